//! Which of many searches would list an offer that has become free: the way back from results to searches. It goes by
//! the same words, places and filters as a search does.

use std::{cell::OnceCell, collections::BTreeMap, sync::Arc};

use app::domain::{
    alert::watched,
    capacity::Light,
    care_type::{LightKind, Taxonomy},
    ids::{FacilityId, OfferId},
    now::Now,
    place::Municipality,
    search::SearchQuery,
};
use tantivy::{Opstamp, index::SegmentId};

use super::{
    IndexError,
    engine::Prepared,
    facts::FacilityRef,
    filters::{Filters, PlaceFilter, Presence},
    ladder,
    lexicon::Lexicon,
    places::{Place, Places},
    retrieve::Candidate,
    select::Selection,
    snapshot::{Snapshot, Words},
    understand::Concept,
};

/// An offer that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeOffer {
    pub facility: FacilityId,
    pub offer: OfferId,
    pub kind: LightKind,
    /// The number of its latest report.
    pub sequence: i64,
}

impl Snapshot {
    /// The offers of a facility that are free.
    pub fn free_offers(&self, facility: FacilityId, now: Now) -> Vec<FreeOffer> {
        let offers = self.facts.find(facility).map(FacilityRef::offers).unwrap_or_default();
        let free = offers.iter().filter(|offer| offer.light(now) == Some(Light::Free));
        free.map(|offer| FreeOffer {
            facility,
            offer: offer.id,
            kind: offer.light,
            sequence: offer.report.as_ref().map_or(0, |report| report.sequence),
        })
        .collect()
    }

    /// What a search lists as just what it asks for, and is free.
    pub fn free_of(&self, query: &SearchQuery, now: Now) -> Result<Vec<FreeOffer>, IndexError> {
        let prepared = Prepared::new(self, &watched(query), now)?;
        let filters = of_the_free(prepared.filters(query));
        let selection = prepared.selection(&filters);
        let candidates = &prepared.found.candidates;
        let mut found = Vec::new();
        for hit in selection.pass(candidates).there {
            let Some(facility) = self.facts.get(hit.facility) else { continue };
            let matching = selection.matching_offers(candidates, hit.facility);
            let ids: Vec<_> =
                matching.iter().filter_map(|at| Some(facility.offers().get(usize::from(*at))?.id)).collect();
            found.extend(
                self.free_offers(facility.id, now).into_iter().filter(|free| ids.contains(&free.offer)),
            );
        }
        Ok(found)
    }
}

/// The filters of a search that is watched: see [`watched`].
fn of_the_free(filters: Filters) -> Filters {
    Filters { lights: vec![Light::Free], open_now: false, ..filters }
}

/// Many searches, understood once. What words and places mean is kept as long as neither words nor places change:
/// reports change neither.
#[derive(Default)]
pub struct Matcher {
    queries: Vec<SearchQuery>,
    compiled: Option<Compiled>,
}

impl Matcher {
    pub fn new(queries: impl IntoIterator<Item = SearchQuery>) -> Self {
        Self { queries: queries.into_iter().map(|query| watched(&query)).collect(), compiled: None }
    }

    /// The positions of the searches that list an offer, at this moment, as just what they ask for. Nothing where it is
    /// not free.
    pub fn matches(
        &mut self,
        snapshot: &Snapshot,
        facility: FacilityId,
        offer: OfferId,
        now: Now,
    ) -> Result<Vec<usize>, IndexError> {
        if self.compiled.as_ref().is_none_or(|compiled| !compiled.basis.is_of(snapshot)) {
            self.compiled = None;
        }
        let compiled = self.compiled.get_or_insert_with(|| Compiled::new(&self.queries, snapshot, now));
        let Some(subject) = Subject::of(snapshot, facility, offer, now) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (at, search) in compiled.searches.iter().enumerate() {
            if compiled.lists(search, &subject)? {
                found.push(at);
            }
        }
        Ok(found)
    }
}

/// The offer that is looked at.
struct Subject<'a> {
    snapshot: &'a Snapshot,
    ordinal: u32,
    facility: FacilityRef<'a>,
    /// Its position in the facility.
    at: u16,
    /// All offers of the facility.
    all: Vec<Candidate>,
    now: Now,
}

impl<'a> Subject<'a> {
    fn of(snapshot: &'a Snapshot, facility: FacilityId, offer: OfferId, now: Now) -> Option<Self> {
        let ordinal = snapshot.facts.ordinal(facility)?;
        let facility = snapshot.facts.get(ordinal)?;
        let at = facility.offers().iter().position(|own| own.id == offer)?;
        if facility.offers()[at].light(now) != Some(Light::Free) {
            return None;
        }
        let count = u16::try_from(facility.offers().len()).unwrap_or(u16::MAX);
        let all = (0..count).map(|offer| Candidate { facility: ordinal, offer, score: 0.0 }).collect();
        Some(Self { snapshot, ordinal, facility, at: u16::try_from(at).ok()?, all, now })
    }
}

/// What the numbers and words of compiled searches depend on. It holds what it compares: an address that is still in
/// use is no other's.
struct Basis {
    places: Arc<Places>,
    words: Arc<Words>,
    lexicon: Arc<Lexicon>,
    taxonomy: Arc<Taxonomy>,
    municipalities: Arc<Vec<Municipality>>,
    /// How many specialisms and languages have a number.
    names: (usize, usize),
    segments: BTreeMap<SegmentId, Option<Opstamp>>,
}

impl Basis {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            places: snapshot.places.clone(),
            words: snapshot.words.clone(),
            lexicon: snapshot.lexicon.clone(),
            taxonomy: snapshot.taxonomy.clone(),
            municipalities: snapshot.facts.municipalities.clone(),
            names: names(snapshot),
            segments: snapshot.searcher.generation().segments().clone(),
        }
    }

    fn is_of(&self, snapshot: &Snapshot) -> bool {
        Arc::ptr_eq(&self.places, &snapshot.places)
            && Arc::ptr_eq(&self.words, &snapshot.words)
            && Arc::ptr_eq(&self.lexicon, &snapshot.lexicon)
            && Arc::ptr_eq(&self.taxonomy, &snapshot.taxonomy)
            && Arc::ptr_eq(&self.municipalities, &snapshot.facts.municipalities)
            && self.names == names(snapshot)
            && self.segments == *snapshot.searcher.generation().segments()
    }
}

fn names(snapshot: &Snapshot) -> (usize, usize) {
    (snapshot.facts.specialisms.all().len(), snapshot.facts.languages.all().len())
}

struct Compiled {
    basis: Basis,
    searches: Vec<Search>,
    texts: Vec<Text>,
}

struct Search {
    filters: Filters,
    /// The place of its own field.
    place: Option<PlaceFilter>,
    radius_km: Option<f64>,
    /// Its words, by number.
    text: usize,
}

/// Words that searches have in common, and whether a place may be among them.
struct Text {
    words: String,
    find_place: bool,
    meaning: OnceCell<Meaning>,
}

/// Offers that words find, in order: ordinal of the facility, position in it. `None` stands for all there are.
type Offers = Box<[(u32, u16)]>;

struct Meaning {
    place: Option<Place>,
    concepts: Vec<Concept>,
    offers: OnceCell<Option<Offers>>,
}

impl Compiled {
    fn new(queries: &[SearchQuery], snapshot: &Snapshot, now: Now) -> Self {
        let mut own_places: BTreeMap<&str, Option<Place>> = BTreeMap::new();
        let mut numbers: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        let mut texts = Vec::new();
        let mut searches = Vec::with_capacity(queries.len());
        for query in queries {
            let radius_km = query.radius_km.map(f64::from);
            let place = if query.place.is_empty() {
                None
            } else {
                own_places.entry(&query.place).or_insert_with(|| snapshot.place_of(&query.place)).clone()
            };
            let find_place = place.is_none();
            let text = *numbers.entry((&query.text, find_place)).or_insert_with(|| {
                texts.push(Text { words: query.text.clone(), find_place, meaning: OnceCell::new() });
                texts.len() - 1
            });
            searches.push(Search {
                // None of them depends on the day: see `watched`.
                filters: of_the_free(Filters::of(query, &snapshot.facts, &snapshot.taxonomy, now)),
                place: place.map(|place| PlaceFilter { place, radius_km }),
                radius_km,
                text,
            });
        }
        Self { basis: Basis::of(snapshot), searches, texts }
    }

    /// Whether a search lists the offer. What costs least is asked first.
    fn lists(&self, search: &Search, subject: &Subject<'_>) -> Result<bool, IndexError> {
        let Subject { snapshot, ordinal, facility, at, all, now } = subject;
        let (facts, filters) = (&snapshot.facts, &search.filters);
        let Some(offer) = facility.offers().get(usize::from(*at)) else { return Ok(false) };
        let fails = filters.failed(facts, *facility, offer, filters.look(offer, true, *now), *now) != 0;
        if fails || !filters.is_in_area(facility) {
            return Ok(false);
        }
        let Some(text) = self.texts.get(search.text) else { return Ok(false) };
        let meaning = text.meaning(snapshot);
        let in_text = || {
            let place = meaning.place.clone()?;
            Some(PlaceFilter { place, radius_km: search.radius_km })
        };
        let named = if search.place.is_none() { in_text() } else { None };
        let place = search.place.as_ref().or(named.as_ref());
        let is_there = |place: &PlaceFilter, own| place.presence(*facility, own) != Presence::Elsewhere;
        if place.is_some_and(|place| !facility.offers().iter().any(|own| is_there(place, own))) {
            return Ok(false);
        }
        let found: Vec<Candidate> = match meaning.offers(snapshot, !text.find_place)? {
            None => all.clone(),
            Some(offers) => {
                let from = offers.partition_point(|(other, _)| other < ordinal);
                let own = offers[from..].iter().take_while(|(other, _)| other == ordinal);
                own.map(|(facility, offer)| Candidate { facility: *facility, offer: *offer, score: 0.0 })
                    .collect()
            }
        };
        let care_types = snapshot.taxonomy.all().len();
        let selection = Selection { facts, filters, place, now: *now, care_types };
        // The facility is listed for any of its offers at the place, with all that pass.
        let (mut is_listed, mut passes) = (false, false);
        selection.look(&found, |seen| {
            if selection.listed(&seen).is_some() {
                is_listed |= seen.presence != Presence::Elsewhere;
                passes |= seen.candidate.offer == *at;
            }
        });
        Ok(is_listed && passes)
    }
}

impl Text {
    fn meaning(&self, snapshot: &Snapshot) -> &Meaning {
        self.meaning.get_or_init(|| {
            let understood = snapshot.understand(&self.words, self.find_place);
            let place = understood.place.map(|found| found.place);
            Meaning { place, concepts: understood.concepts, offers: OnceCell::new() }
        })
    }
}

impl Meaning {
    fn offers(&self, snapshot: &Snapshot, has_own_place: bool) -> Result<Option<&[(u32, u16)]>, IndexError> {
        if let Some(known) = self.offers.get() {
            return Ok(known.as_deref());
        }
        let at_a_place = has_own_place || self.place.is_some();
        let found = ladder::climb(snapshot, self.concepts.clone(), at_a_place)?;
        // Without any concept in the end, everything there is was found.
        let offers = (!found.concepts.is_empty())
            .then(|| found.candidates.iter().map(|found| (found.facility, found.offer)).collect());
        Ok(self.offers.get_or_init(|| offers).as_deref())
    }
}
