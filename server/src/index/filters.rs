//! Filters of a search, in the numbers of the facts; and which of them an offer fails.

use app::domain::{
    capacity::{Light, Stretch, weekday_bit},
    care_type::Taxonomy,
    map::Area,
    now::Now,
    search::SearchQuery,
    search_results::Facets,
    unknown::Filter,
};
use time::{Duration, OffsetDateTime};

use crate::clock;

use super::{
    facts::{FacilityFacts, FacilityRef, Facts, OfferFacts},
    places::{Place, PlaceKind},
};

/// A value nothing has: an unknown filter value finds nothing instead of everything.
const NOTHING: u16 = u16::MAX - 1;

/// The groups of facets. A filter's own group does not narrow its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Group {
    CareType,
    Municipality,
    Light,
    Specialism,
    Language,
    BarrierFree,
    OpenNow,
    /// The days of a stay: no value is counted.
    FreeDays,
    Weekday,
    Reported,
}

impl Group {
    pub const ALL: [Self; 10] = [
        Self::CareType,
        Self::Municipality,
        Self::Light,
        Self::Specialism,
        Self::Language,
        Self::BarrierFree,
        Self::OpenNow,
        Self::FreeDays,
        Self::Weekday,
        Self::Reported,
    ];

    pub fn bit(self) -> u16 {
        1 << self as u8
    }

    /// The group of a filter; a circle is none.
    fn of(filter: Filter) -> Option<Self> {
        Some(match filter {
            Filter::Radius => return None,
            Filter::Municipality => Self::Municipality,
            Filter::CareType => Self::CareType,
            Filter::Light => Self::Light,
            Filter::Specialism => Self::Specialism,
            Filter::Language => Self::Language,
            Filter::BarrierFree => Self::BarrierFree,
            Filter::OpenNow => Self::OpenNow,
            Filter::FreeFrom | Filter::FreeUntil => Self::FreeDays,
            Filter::Weekday => Self::Weekday,
            Filter::Reported => Self::Reported,
        })
    }
}

/// What must hold of an offer and its facility. Empty lists ask for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    pub care_types: Vec<u16>,
    pub municipalities: Vec<u32>,
    pub lights: Vec<Light>,
    pub specialisms: Vec<u16>,
    pub languages: Vec<u16>,
    pub barrier_free: bool,
    pub open_now: bool,
    /// Days on each of which a place has to be free.
    pub stretch: Option<Stretch>,
    /// Weekdays on all of which a place has to be free, as bits.
    pub weekdays: u8,
    /// A report has to be recent.
    pub recent: bool,
    /// What is recent: the age asked for, else the one that the filter offers.
    pub since: Option<OffsetDateTime>,
    /// The part of the map that is looked at: what stands elsewhere does not exist for this search.
    pub area: Option<Area>,
    /// The groups that ask only for what nobody knows, as bits: everything fails them.
    pub unmet: u16,
}

impl Filters {
    /// Reads the filters of a search.
    pub fn of(query: &SearchQuery, facts: &Facts, taxonomy: &Taxonomy, now: Now) -> Self {
        let care_type = |slug: &str| taxonomy.ordinal(slug).and_then(|at| u16::try_from(at).ok());
        Self {
            care_types: query.care_types.iter().map(|s| care_type(s.as_str()).unwrap_or(NOTHING)).collect(),
            municipalities: query
                .municipalities
                .iter()
                .map(|value| facts.municipality(value).unwrap_or(u32::MAX))
                .collect(),
            lights: query.lights.clone(),
            specialisms: query.specialisms.iter().map(|s| number(facts.specialisms.find(s))).collect(),
            languages: query.languages.iter().map(|l| number(facts.languages.find(l))).collect(),
            barrier_free: query.barrier_free,
            open_now: query.open_now,
            stretch: query.stretch(now.berlin_date),
            weekdays: query.weekdays.iter().fold(0, |bits, weekday| bits | weekday_bit(*weekday)),
            recent: query.reported_days.is_some(),
            since: Some(since(query.reported_days.unwrap_or(Facets::REPORTED_DAYS), now)),
            area: query.area,
            unmet: query.asks_only_unknown().filter_map(Group::of).fold(0, |bits, group| bits | group.bit()),
        }
    }

    /// Whether every offer passes, wherever it stands: the area is no group of filters.
    #[inline]
    fn is_empty(&self) -> bool {
        let Self {
            care_types,
            municipalities,
            lights,
            specialisms,
            languages,
            barrier_free,
            open_now,
            stretch,
            weekdays,
            recent,
            since: _,
            area: _,
            unmet,
        } = self;
        let none = care_types.is_empty() && municipalities.is_empty() && lights.is_empty() && *unmet == 0;
        let any_time = stretch.is_none() && *weekdays == 0 && !recent;
        none && any_time && specialisms.is_empty() && languages.is_empty() && !barrier_free && !open_now
    }

    /// Every chosen value.
    pub fn chosen(&self) -> Vec<(Group, u32)> {
        let care_types = self.care_types.iter().map(|v| (Group::CareType, u32::from(*v)));
        let municipalities = self.municipalities.iter().map(|v| (Group::Municipality, *v));
        let lights = self.lights.iter().map(|v| (Group::Light, *v as u32));
        let specialisms = self.specialisms.iter().map(|v| (Group::Specialism, u32::from(*v)));
        let languages = self.languages.iter().map(|v| (Group::Language, u32::from(*v)));
        let weekdays = (0..7).filter(|day| self.weekdays & (1 << day) != 0).map(|day| (Group::Weekday, day));
        let named = care_types.chain(municipalities).chain(lights).chain(specialisms).chain(languages);
        named.chain(weekdays).collect()
    }

    /// Whether a facility stands in the part of the map that is looked at.
    pub fn is_in_area(&self, facility: &FacilityFacts) -> bool {
        self.area.is_none_or(|area| facility.position.is_some_and(|position| area.contains(position)))
    }

    /// The groups that an offer fails, as bits; 0 passes. The light and the type are those of the
    /// same offer.
    pub fn failed(
        &self,
        facts: &Facts,
        facility: FacilityRef<'_>,
        offer: &OfferFacts,
        of_now: OfNow,
        now: Now,
    ) -> u16 {
        if self.is_empty() {
            return 0;
        }
        let mut failed = self.unmet;
        let mut check = |group: Group, fails: bool| {
            if fails {
                failed |= group.bit();
            }
        };
        check(Group::CareType, misses(&self.care_types, |v| offer.care_type == *v));
        check(Group::Municipality, misses(&self.municipalities, |v| facility.municipality == Some(*v)));
        check(Group::Light, misses(&self.lights, |v| of_now.light == Some(*v)));
        check(Group::Specialism, misses(&self.specialisms, |v| facts.set(offer.specialisms).contains(v)));
        check(Group::Language, misses(&self.languages, |v| facts.set(facility.languages).contains(v)));
        check(Group::BarrierFree, self.barrier_free && !facility.barrier_free);
        check(Group::OpenNow, self.open_now && !of_now.open);
        check(Group::FreeDays, self.stretch.is_some_and(|stretch| !is_free_over(offer, stretch, now)));
        check(Group::Weekday, self.weekdays & !of_now.weekdays != 0);
        check(Group::Reported, self.recent && !of_now.recent);
        failed
    }
}

/// What is true of an offer at the moment.
#[derive(Clone, Copy, Debug)]
pub struct OfNow {
    pub light: Option<Light>,
    pub open: bool,
    /// Weekdays with a free place, as bits.
    pub weekdays: u8,
    /// Its report is valid and not older than asked.
    pub recent: bool,
}

impl Filters {
    /// What is true of an offer of a facility that is open or not.
    #[inline]
    pub fn look(&self, offer: &OfferFacts, open: bool, now: Now) -> OfNow {
        let report = offer.counting();
        OfNow {
            light: offer.light(now),
            open,
            weekdays: report.map_or(0, |report| report.weekday_bits(now)),
            recent: self.since.zip(report).is_some_and(|(since, report)| report.is_newer_than(since, now)),
        }
    }
}

fn is_free_over(offer: &OfferFacts, stretch: Stretch, now: Now) -> bool {
    offer.counting().is_some_and(|report| report.is_free_over(stretch, now))
}

/// The beginning of a day some days ago on Berlin's clocks: as people count days, and as cards say them.
fn since(days: u16, now: Now) -> OffsetDateTime {
    clock::begin_of(now.berlin_date.saturating_sub(Duration::days(i64::from(days))))
}

fn number(found: Option<u32>) -> u16 {
    found.and_then(|number| u16::try_from(number).ok()).unwrap_or(NOTHING)
}

fn misses<T>(wanted: &[T], has: impl Fn(&T) -> bool) -> bool {
    !wanted.is_empty() && !wanted.iter().any(has)
}

/// A place, with the radius around it that still counts.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFilter {
    pub place: Place,
    pub radius_km: Option<f64>,
}

/// How an offer belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    There,
    /// It stands elsewhere and comes there.
    Serves,
    Elsewhere,
}

impl PlaceFilter {
    /// Whether an offer belongs to the place: it stands there, or it comes there. Where its service
    /// area is not known, address and distance decide.
    pub fn presence(&self, facility: FacilityRef<'_>, offer: &OfferFacts) -> Presence {
        // Within a circle only the distance counts; without positions the name of the place has to do.
        let within = self.radius_km.and_then(|radius| Some(self.distance_km(&facility)? <= radius));
        let named = || {
            // A circle around a device has no name that could do.
            let nameless = self.radius_km.is_some() && self.place.kind == PlaceKind::Device;
            !nameless && self.place.contains(&facility)
        };
        if within.unwrap_or_else(named) {
            return Presence::There;
        }
        let serves = offer.comes_to_people
            && offer.service_area.as_ref().is_some_and(|area| {
                area.covers(self.place.ags.as_deref(), facility.position, self.place.position)
            });
        if serves { Presence::Serves } else { Presence::Elsewhere }
    }

    /// Kilometres from the place to a facility, where both positions are known.
    pub fn distance_km(&self, facility: &FacilityFacts) -> Option<f64> {
        Some(self.place.position?.distance_km(facility.position?))
    }
}
