//! A search from its address to facilities, counts and notes. No I/O but the index itself.

use std::{cell::OnceCell, collections::HashMap};

use app::domain::{
    capacity::{Light, TimeKind, weekday_bit},
    care_type::{CareTypeSlug, Taxonomy},
    ids::{FacilityId, OfferId},
    map::MapPoint,
    now::Now,
    place::Position,
    search::times::{self, TypedTimes},
    search::{SearchQuery, View},
    search_results::{HitKind, Understood, Widened},
};

use super::{
    IndexError,
    counts::{Counts, Widening},
    facts::Facts,
    filters::{Filters, Group, PlaceFilter, Presence},
    ladder::{self, Found},
    order::sort_hits,
    places::{Place, PlaceKind, Trust},
    retrieve::Candidate,
    select::{Hit, Pass, Selection},
    snapshot::Snapshot,
    understand::{Concept, Understanding},
};

/// A facility that is listed, with what matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub facility: FacilityId,
    pub offers: Vec<OfferId>,
    pub kind: HitKind,
    pub distance_km: Option<f64>,
}

/// The answer to a search.
#[derive(Debug)]
pub struct Outcome {
    pub total: usize,
    /// Facilities with a free place on a matching offer.
    pub total_free: usize,
    pub listed: Vec<Listed>,
    pub widened: Option<Widened>,
    pub counts: Counts,
    /// All that is listed, where it is shown on a map.
    pub located: Option<Located>,
    /// Nothing is just as it was asked: what is listed was widened, or is nothing at all.
    pub nothing_there: bool,
    /// In that case: what other municipalities would bring with everything else as it is.
    pub elsewhere: Vec<(u32, usize)>,
}

/// Where the listed facilities are.
#[derive(Debug, Default)]
pub struct Located {
    /// By ordinal.
    pub points: Vec<MapPoint>,
    /// Facilities whose position is not known.
    pub unplaced: usize,
    /// The search names a place or a municipality.
    pub at_place: bool,
}

/// A search whose words are understood and looked up; filters may still change.
pub struct Prepared<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) found: Found,
    /// Offers of types related to those the words ask for; looked up when first needed.
    related: OnceCell<Vec<Candidate>>,
    /// The place of the search.
    pub place: Option<PlaceFilter>,
    /// The free text without the place, where the place was found in it.
    pub text_without_place: Option<String>,
    /// Something was typed as a place and is none.
    pub place_unknown: bool,
    pub notes: Vec<Understood>,
    /// The free text without "jetzt geöffnet", where that was among its words: it is a filter then.
    pub text_without_open: Option<String>,
    /// Days and weekdays among the words, as far as what is asked for has such times: they are filters then.
    pub times_in_text: TypedTimes,
    /// What kinds of times those types have that the words and filters ask for.
    pub time_kinds: Vec<TimeKind>,
    pub(super) now: Now,
}

/// What is listed, in order.
#[derive(Debug)]
pub(super) struct Listing {
    pub hits: Vec<(Hit, HitKind)>,
    pub widened: Option<Widened>,
    pub pass: Pass,
    /// Where nothing was found at the place.
    pub widening: Option<Widening>,
}

impl Listing {
    /// Municipalities whose facilities fail nothing but the filter of municipalities.
    fn elsewhere(&self) -> Vec<(u32, usize)> {
        let counted = self.pass.tally.of_group(Group::Municipality).filter(|(_, tally)| tally.count > 0);
        counted.map(|(municipality, tally)| (municipality, tally.count as usize)).collect()
    }
}

impl<'a> Prepared<'a> {
    /// Understands the words of a search and looks them up.
    pub fn new(snapshot: &'a Snapshot, query: &SearchQuery, now: Now) -> Result<Self, IndexError> {
        let own_place = if query.place.is_empty() { None } else { snapshot.place_of(&query.place) };
        let place_unknown = own_place.is_none() && !query.place.is_empty();
        let (understood, times_in_text, time_kinds) = understand(snapshot, query, own_place.is_none(), now);
        let at_a_place = own_place.is_some() || understood.place.is_some();
        let found = ladder::climb(snapshot, understood.concepts, at_a_place)?;
        let (in_text, text_without_place) =
            understood.place.map_or((None, None), |p| (Some(p.place), Some(times::without(&p.rest, &[]))));
        let mut notes = understood.notes;
        notes.extend(found.ignored.iter().cloned());
        Ok(Self {
            snapshot,
            place: own_place
                .or(in_text)
                .or_else(|| query.near.map(|near| Place::device(near.position())))
                .map(|place| PlaceFilter { place, radius_km: query.radius_km.map(f64::from) }),
            text_without_place,
            place_unknown,
            notes,
            text_without_open: understood.text_without_open.map(|rest| times::without(&rest, &[])),
            times_in_text,
            time_kinds,
            found,
            related: OnceCell::new(),
            now,
        })
    }

    /// The filters of the search as they count.
    pub fn filters(&self, query: &SearchQuery) -> Filters {
        let mut filters = Filters::of(query, &self.snapshot.facts, &self.snapshot.taxonomy, self.now);
        filters.open_now |= self.text_without_open.is_some();
        // What the filters say counts more than words.
        if filters.stretch.is_none() {
            filters.stretch = self.times_in_text.stretch.as_ref().map(|read| read.value);
        }
        if filters.weekdays == 0
            && let Some(read) = &self.times_in_text.weekdays
        {
            filters.weekdays = read.value.iter().fold(0, |bits, weekday| bits | weekday_bit(*weekday));
        }
        filters
    }

    /// Answers the search: one page, and the counts of all filters.
    pub fn answer(&self, query: &SearchQuery, page_size: usize) -> Outcome {
        let filters = self.filters(query);
        let mut listing = self.list(&filters);
        let total = listing.hits.len();
        let total_free = listing.hits.iter().filter(|(hit, _)| hit.light == 0).count();
        let counts = Counts::of(self, &filters, &listing);
        let nothing_there = listing.pass.there.is_empty();
        let elsewhere = if nothing_there && !filters.municipalities.is_empty() {
            listing.elsewhere()
        } else {
            Vec::new()
        };
        let located = (query.view == View::Map).then(|| self.locate(&listing, &filters));
        let from = (query.page.max(1) as usize - 1).saturating_mul(page_size);
        let by_distance = listing.widened.is_some() && !self.has_free_words();
        sort_hits(&mut listing.hits, query.sort, by_distance, self, from.saturating_add(page_size));
        let page: Vec<_> = listing.hits.into_iter().skip(from).take(page_size).collect();
        let listed = self.listed(&page, &filters);
        let widened = listing.widened;
        Outcome { total, total_free, listed, widened, counts, located, nothing_there, elsewhere }
    }

    fn locate(&self, listing: &Listing, filters: &Filters) -> Located {
        // The whole county is near somebody: only a circle is a place on the map.
        let around = |place: &PlaceFilter| place.place.kind != PlaceKind::Device || place.radius_km.is_some();
        let at_place = self.place.as_ref().is_some_and(around) || !filters.municipalities.is_empty();
        let mut located = Located { at_place, ..Located::default() };
        for (hit, _) in &listing.hits {
            match self.snapshot.facts.get(hit.facility).and_then(|facility| facility.position) {
                Some(position) => {
                    let light = Light::ALL.get(usize::from(hit.light)).copied();
                    located.points.push(MapPoint { key: hit.facility, position, light });
                }
                None => located.unplaced += 1,
            }
        }
        located
    }

    /// How many facilities a search with other filters would list.
    pub fn total(&self, filters: &Filters) -> usize {
        self.list(filters).hits.len()
    }

    /// How many facilities are just as a search with other filters asks.
    pub fn total_there(&self, filters: &Filters) -> usize {
        self.selection(filters).pass(&self.found.candidates).there.len()
    }

    /// The same for another search at the same moment.
    pub fn again_there(&self, query: &SearchQuery) -> Result<usize, IndexError> {
        let other = Self::new(self.snapshot, query, self.now)?;
        Ok(other.total_there(&other.filters(query)))
    }

    /// What is known of all facilities.
    pub fn facts(&self) -> &Facts {
        &self.snapshot.facts
    }

    /// The middle of the records of some municipalities.
    pub fn middles(&self, municipalities: &[u32]) -> HashMap<u32, Position> {
        let middle = |(place, _): (&Place, Trust)| match place.kind {
            PlaceKind::Municipality(number) if municipalities.contains(&number) => {
                Some((number, place.position?))
            }
            _ => None,
        };
        self.snapshot.places.iter().filter_map(middle).collect()
    }

    /// How many facilities another search would list at the same moment.
    pub fn again(&self, query: &SearchQuery) -> Result<usize, IndexError> {
        let other = Self::new(self.snapshot, query, self.now)?;
        Ok(other.total(&other.filters(query)))
    }

    /// What is listed: the place itself, else related types there and then the nearest ones.
    pub(super) fn list(&self, filters: &Filters) -> Listing {
        let pass = self.selection(filters).pass(&self.found.candidates);
        if !pass.there.is_empty() {
            let hits = pass.there.iter().map(|hit| (*hit, kind_at_place(*hit))).collect();
            return Listing { hits, widened: None, pass, widening: None };
        }
        let widening = Widening::of(self, filters, pass.anywhere.is_empty());
        let related_hits = widening.related_there.as_slice();
        // Where nobody offers the asked type, the nearest of its relatives are better than nothing.
        let outside = if pass.anywhere.is_empty() && related_hits.is_empty() {
            &widening.related_anywhere
        } else {
            &pass.anywhere
        };
        let mut hits: Vec<(Hit, HitKind)> = related_hits.iter().map(|hit| (*hit, HitKind::Related)).collect();
        let listed = |hit: &&Hit| related_hits.binary_search_by_key(&hit.facility, |r| r.facility).is_ok();
        let nearest = outside.iter().filter(|hit| !listed(hit));
        hits.extend(nearest.map(|hit| (*hit, HitKind::Nearest)));
        let widened = match (related_hits.is_empty(), outside.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Widened::Nearest),
            (false, true) => Some(Widened::Related),
            (false, false) => Some(Widened::RelatedThenNearest),
        };
        Listing { hits, widened, pass, widening: Some(widening) }
    }

    /// Offers of related types with the filters that apply to them; `None` where there are none.
    pub(super) fn related_filters(&self, filters: &Filters) -> Option<(Filters, &[Candidate])> {
        if self.asks_for_types() {
            return Some((filters.clone(), self.related()));
        }
        let care_types = self.related_ordinals(&filters.care_types);
        let related = Filters { care_types, ..filters.clone() };
        (!related.care_types.is_empty()).then_some((related, &self.found.candidates))
    }

    /// For each care type, the types that have it among their relatives.
    pub(super) fn relatives_of_types(&self) -> Vec<Vec<u16>> {
        let mut relatives = vec![Vec::new(); self.snapshot.taxonomy.all().len()];
        for of in 0..u16::try_from(relatives.len()).unwrap_or(u16::MAX) {
            for related in self.related_ordinals(&[of]) {
                relatives[related as usize].push(of);
            }
        }
        relatives
    }

    fn related(&self) -> &[Candidate] {
        self.related.get_or_init(|| {
            ladder::related(self.snapshot, &self.found.concepts).unwrap_or_else(|error| {
                tracing::error!(%error, "related offers could not be looked up");
                Vec::new()
            })
        })
    }

    /// Whether the words ask for care types.
    pub(super) fn asks_for_types(&self) -> bool {
        self.found.concepts.iter().any(|c| matches!(c, Concept::CareTypes { .. }))
    }

    fn has_free_words(&self) -> bool {
        self.found.concepts.iter().any(|c| matches!(c, Concept::Word { .. }))
    }

    /// Types related to some types, by their position in the taxonomy.
    pub(super) fn related_ordinals(&self, asked: &[u16]) -> Vec<u16> {
        let taxonomy: &Taxonomy = &self.snapshot.taxonomy;
        let slug = |at: &u16| taxonomy.all().get(*at as usize).map(|t| t.slug.as_str().to_owned());
        let asked: Vec<String> = asked.iter().filter_map(slug).collect();
        let ordinal = |slug: &String| taxonomy.ordinal(slug).and_then(|at| u16::try_from(at).ok());
        ladder::related_types(&asked, taxonomy).iter().filter_map(ordinal).collect()
    }

    pub(super) fn selection<'b>(&'b self, filters: &'b Filters) -> Selection<'b> {
        Selection {
            facts: &self.snapshot.facts,
            filters,
            place: self.place.as_ref(),
            now: self.now,
            care_types: self.snapshot.taxonomy.all().len(),
        }
    }

    fn listed(&self, page: &[(Hit, HitKind)], filters: &Filters) -> Vec<Listed> {
        let related =
            self.related_filters(filters).filter(|_| page.iter().any(|(_, kind)| *kind == HitKind::Related));
        let offers = |facility: u32, kind: HitKind| match &related {
            Some((filters, candidates)) if kind == HitKind::Related => {
                self.selection(filters).matching_offers(candidates, facility)
            }
            _ => self.selection(filters).matching_offers(&self.found.candidates, facility),
        };
        page.iter()
            .filter_map(|(hit, kind)| {
                let facility = self.snapshot.facts.get(hit.facility)?;
                let id = |at: u16| facility.offers().get(at as usize).map(|offer| offer.id);
                Some(Listed {
                    facility: facility.id,
                    offers: offers(hit.facility, *kind).into_iter().filter_map(id).collect(),
                    kind: *kind,
                    distance_km: self.place.as_ref().and_then(|place| place.distance_km(&facility)),
                })
            })
            .collect()
    }
}

/// Understands the words of a search. Times among them are taken out, if what is asked for has any.
fn understand(
    snapshot: &Snapshot,
    query: &SearchQuery,
    find_place: bool,
    now: Now,
) -> (Understanding, TypedTimes, Vec<TimeKind>) {
    let kinds = |understanding: &Understanding| -> Vec<TimeKind> {
        let meant = understanding.concepts.iter().flat_map(|concept| match concept {
            Concept::CareTypes { asked, .. } => asked.as_slice(),
            _ => &[],
        });
        let meant = meant.filter_map(|slug| CareTypeSlug::parse(slug));
        let mut kinds = Vec::new();
        for kind in query.care_types.iter().cloned().chain(meant).map(|slug| TimeKind::of(&slug)) {
            if kind != TimeKind::None && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    };
    let mut typed = times::read(&query.text, now.berlin_date);
    if !typed.is_empty() {
        let spans = typed.spans();
        let mut understood = snapshot.understand(&times::blank(&query.text, &spans), find_place);
        let found = kinds(&understood);
        if !found.is_empty() {
            let stretch = if found.contains(&TimeKind::Stays) { None } else { typed.stretch.take() };
            let weekdays = if found.contains(&TimeKind::Weekdays) { None } else { typed.weekdays.take() };
            let unused = stretch.map(|read| read.spans).into_iter().chain(weekdays.map(|read| read.spans));
            for span in unused.flatten() {
                understood.notes.push(Understood::Ignored { typed: query.text[span].to_owned() });
            }
            return (understood, typed, found);
        }
    }
    let understood = snapshot.understand(&query.text, find_place);
    let kinds = kinds(&understood);
    (understood, TypedTimes::default(), kinds)
}

fn kind_at_place(hit: Hit) -> HitKind {
    if hit.presence == Presence::Serves { HitKind::ServesPlace } else { HitKind::Match }
}
