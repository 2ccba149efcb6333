//! One pass over the offers that the words found: which facilities are listed, and the counts of
//! every filter value.

use std::collections::{HashMap, HashSet};

use app::domain::{capacity::Light, now::Now};

use super::{
    facts::{FacilityFacts, Facts, OfferFacts},
    filters::{Filters, Group, PlaceFilter, Presence, is_open},
    retrieve::Candidate,
};

/// A facility that is listed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub facility: u32,
    pub score: f32,
    /// Best light of its matching offers, 0 is free; 4 for none.
    pub light: u8,
    /// Microseconds of the newest report of a matching offer, 0 for none.
    pub reported_at: i128,
    pub presence: Presence,
}

/// Facilities per filter value.
#[derive(Clone, Debug)]
pub struct Tally {
    counts: [Vec<u32>; 7],
    last: [Vec<u32>; 7],
}

impl Tally {
    fn new(sizes: [usize; 7]) -> Self {
        Self { counts: sizes.map(|size| vec![0; size]), last: sizes.map(|size| vec![u32::MAX; size]) }
    }

    /// Counts a facility once per value: its offers come one after the other.
    fn add(&mut self, group: Group, value: usize, facility: u32) {
        let group = group as usize;
        if let Some(last) = self.last[group].get_mut(value)
            && *last != facility
        {
            *last = facility;
            self.counts[group][value] += 1;
        }
    }

    /// The count of a value.
    pub fn count(&self, group: Group, value: usize) -> usize {
        self.counts[group as usize].get(value).map_or(0, |count| *count as usize)
    }

    /// How many values a group has.
    pub fn values(&self, group: Group) -> usize {
        self.counts[group as usize].len()
    }
}

/// What a pass found: at the place, and anywhere.
#[derive(Debug)]
pub struct Pass {
    pub there: Vec<Hit>,
    pub anywhere: Vec<Hit>,
    pub tally: Tally,
    /// Facilities by value, where that was asked for.
    pub gathered: Gathered,
}

/// Facilities of every value.
pub type Gathered = HashMap<(Group, u32), Values>;

/// Facilities that have a value.
#[derive(Debug, Default)]
pub struct Values {
    /// At the place; without a place all of them.
    pub there: HashSet<u32>,
    pub anywhere: HashSet<u32>,
}

/// What a pass goes by.
pub struct Selection<'a> {
    pub facts: &'a Facts,
    pub filters: &'a Filters,
    pub place: Option<&'a PlaceFilter>,
    pub now: Now,
    pub care_types: usize,
}

impl Selection<'_> {
    /// Every offer, for a search without words.
    pub fn everything(facts: &Facts) -> Vec<Candidate> {
        let offers = |(facility, facts): (u32, &FacilityFacts)| {
            let count = u16::try_from(facts.offers.len()).unwrap_or(u16::MAX);
            (0..count).map(move |offer| Candidate { facility, offer, score: 0.0 })
        };
        facts.iter().flat_map(offers).collect()
    }

    /// Goes over the candidates, which must be grouped by facility. With `gather` the facilities of
    /// each value are kept, too.
    pub fn pass(&self, candidates: &[Candidate], gather: bool) -> Pass {
        let facts = self.facts;
        let sizes = [
            self.care_types,
            facts.municipalities.len(),
            Light::ALL.len(),
            facts.specialisms.all().len(),
            facts.languages.all().len(),
            1,
            1,
        ];
        let mut pass = Pass {
            there: Vec::new(),
            anywhere: Vec::new(),
            tally: Tally::new(sizes),
            gathered: Gathered::new(),
        };
        for candidate in candidates {
            let Some((facility, offer)) = self.find(candidate) else { continue };
            let light = offer.availability(self.now).map(|a| a.light);
            let open = is_open(facility, self.now);
            let failed = self.filters.failed(facility, offer, light, open);
            let presence = self.place.map_or(Presence::There, |place| place.presence(facility, offer));
            if failed == 0 {
                let hit = self.hit(candidate, offer, light, presence);
                if presence != Presence::Elsewhere {
                    push(&mut pass.there, hit);
                }
                if self.place.is_some() {
                    push(&mut pass.anywhere, hit);
                }
            }
            if failed.count_ones() > 1 {
                continue;
            }
            for group in Group::ALL {
                // A failed group counts in its own facet only.
                if failed & !group.bit() != 0 {
                    continue;
                }
                for_values(group, facility, offer, light, open, |value| {
                    if presence != Presence::Elsewhere {
                        pass.tally.add(group, value as usize, candidate.facility);
                    }
                    if gather {
                        let values = pass.gathered.entry((group, value)).or_default();
                        values.anywhere.insert(candidate.facility);
                        if presence != Presence::Elsewhere {
                            values.there.insert(candidate.facility);
                        }
                    }
                });
            }
        }
        pass
    }

    /// The offers of some facilities that pass, by their position in them.
    pub fn matching_offers(&self, candidates: &[Candidate], facilities: &[u32]) -> HashMap<u32, Vec<u16>> {
        let mut found: HashMap<u32, Vec<u16>> = HashMap::new();
        for candidate in candidates.iter().filter(|c| facilities.contains(&c.facility)) {
            let Some((facility, offer)) = self.find(candidate) else { continue };
            let light = offer.availability(self.now).map(|a| a.light);
            if self.filters.failed(facility, offer, light, is_open(facility, self.now)) == 0 {
                found.entry(candidate.facility).or_default().push(candidate.offer);
            }
        }
        found
    }

    fn find(&self, candidate: &Candidate) -> Option<(&FacilityFacts, &OfferFacts)> {
        let facility = self.facts.get(candidate.facility)?;
        Some((facility, facility.offers.get(candidate.offer as usize)?))
    }

    fn hit(
        &self,
        candidate: &Candidate,
        offer: &OfferFacts,
        light: Option<Light>,
        presence: Presence,
    ) -> Hit {
        let report = offer.report.as_deref().filter(|report| self.now.instant < report.valid_until);
        Hit {
            facility: candidate.facility,
            score: candidate.score,
            light: light.map_or(4, |light| light as u8),
            reported_at: report.map_or(0, |r| r.reported_at.unix_timestamp_nanos() / 1000),
            presence,
        }
    }
}

/// Adds a hit, or joins it to the one of the same facility before it.
fn push(hits: &mut Vec<Hit>, hit: Hit) {
    match hits.last_mut() {
        Some(last) if last.facility == hit.facility => {
            last.score = last.score.max(hit.score);
            last.light = last.light.min(hit.light);
            last.reported_at = last.reported_at.max(hit.reported_at);
            if hit.presence == Presence::There {
                last.presence = Presence::There;
            }
        }
        _ => hits.push(hit),
    }
}

/// Calls back with every value that a facility and its offer have in a group.
fn for_values(
    group: Group,
    facility: &FacilityFacts,
    offer: &OfferFacts,
    light: Option<Light>,
    open: bool,
    mut each: impl FnMut(u32),
) {
    match group {
        Group::CareType => each(u32::from(offer.care_type)),
        Group::Municipality => facility.municipality.into_iter().for_each(each),
        Group::Light => light.into_iter().for_each(|light| each(light as u32)),
        Group::Specialism => offer.specialisms.iter().for_each(|v| each(u32::from(*v))),
        Group::Language => facility.languages.iter().for_each(|v| each(u32::from(*v))),
        Group::BarrierFree => facility.barrier_free.then_some(0).into_iter().for_each(each),
        Group::OpenNow => open.then_some(0).into_iter().for_each(each),
    }
}
