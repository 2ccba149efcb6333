//! What filters, facets and sorting need to know of every public facility, held in memory.
//!
//! The light is not among it: it is decided when it is asked for, from the latest report.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::Arc,
};

use app::domain::{
    capacity::{Availability, CapacityReport, Light},
    care_type::{LightKind, Taxonomy},
    facility::Facility,
    ids::{FacilityId, MunicipalityId, OfferId, Slug},
    now::Now,
    offer::ServiceArea,
    opening_hours::OpeningHours,
    place::{Municipality, Position},
};

use time::OffsetDateTime;

use super::text::fold;

mod chunk;
mod interned;

use chunk::{Chunk, Entry};
pub use chunk::{FacilityRef, Text};
pub use interned::Interned;

/// What is known of an offer.
#[derive(Clone, Debug)]
pub struct OfferFacts {
    pub id: OfferId,
    /// Position of its type in the taxonomy.
    pub care_type: u16,
    pub light: LightKind,
    pub comes_to_people: bool,
    /// Number in [`Facts::sets`]: numbers of [`Facts::specialisms`].
    pub specialisms: u32,
    pub service_area: Option<Arc<ServiceArea>>,
    pub report: Option<Arc<CapacityReport>>,
}

impl OfferFacts {
    /// The light now; `None` where the type has none.
    #[inline]
    pub fn light(&self, now: Now) -> Option<Light> {
        // By far the most have none.
        if self.light == LightKind::None {
            return None;
        }
        Availability::light_of(self.light, self.report.as_deref(), now)
    }

    /// The report, where the type has a light: without one it counts for nothing.
    #[inline]
    pub fn counting(&self) -> Option<&CapacityReport> {
        self.report.as_deref().filter(|_| self.light != LightKind::None)
    }
}

/// What is known of a facility.
#[derive(Clone, Debug)]
pub struct FacilityFacts {
    pub id: FacilityId,
    pub position: Option<Position>,
    /// Number of [`Facts::municipalities`].
    pub municipality: Option<u32>,
    /// Number of [`Facts::localities`].
    pub locality: Option<u32>,
    pub postal_code: Option<u32>,
    /// Number in [`Facts::sets`]: numbers of [`Facts::languages`].
    pub languages: u32,
    /// Number in [`Facts::hours`]; [`NONE`] where they are not regular.
    pub hours: u32,
    pub barrier_free: bool,
    /// Changes when the words to be found by change.
    words_hash: u64,
    /// Changes when the place changes.
    place_hash: u64,
    text: Text,
    offers: chunk::Range,
}

/// The number of nothing.
const NONE: u32 = u32::MAX;

/// What an import makes of name and municipality.
fn usual_slug(name: &str, municipality: Option<&str>) -> Slug {
    Slug::from_name(&format!("{name} {}", municipality.unwrap_or_default()))
}

/// All facilities by ordinal. An ordinal stays with its facility until the next full build. A clone
/// shares everything; what changes is copied in small pieces.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    chunks: Vec<Arc<Chunk>>,
    ordinals: Arc<HashMap<FacilityId, u32>>,
    municipality_numbers: Arc<HashMap<MunicipalityId, u32>>,
    pub municipalities: Arc<Vec<Municipality>>,
    /// Filter value of each municipality.
    municipality_values: Arc<Vec<Box<str>>>,
    /// Folded names.
    pub localities: Interned<Box<str>>,
    locality_names: Arc<Vec<Box<str>>>,
    pub specialisms: Interned<String>,
    pub languages: Interned<String>,
    sets: Interned<Box<[u16]>>,
    hours: Interned<OpeningHours>,
}

/// What a change of a facility touches besides its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The words to be found by.
    pub words: bool,
    /// The places it stands for.
    pub place: bool,
}

impl Facts {
    /// Takes a facility in as people see it, in its newest state.
    pub fn put(&mut self, facility: &Facility, taxonomy: &Taxonomy) -> Touched {
        let entry = self.entry_of(facility, taxonomy);
        let now = (entry.facts.words_hash, entry.facts.place_hash);
        let ordinal = self.ordinals.get(&facility.id).copied().unwrap_or_else(|| {
            let next = u32::try_from(self.ordinals.len()).unwrap_or(u32::MAX);
            Arc::make_mut(&mut self.ordinals).insert(facility.id, next);
            next
        });
        let before = self.get(ordinal).map(|f| (f.words_hash, f.place_hash));
        let (at, slot) = chunk::place_of(ordinal);
        if at == self.chunks.len() {
            self.chunks.push(Arc::default());
        }
        Arc::make_mut(&mut self.chunks[at]).put(slot, Some(entry));
        Touched {
            words: before.map(|(words, _)| words) != Some(now.0),
            place: before.map(|(_, place)| place) != Some(now.1),
        }
    }

    /// Takes a facility out.
    pub fn remove(&mut self, id: FacilityId) -> Touched {
        let ordinal = self.ordinal(id).filter(|ordinal| self.get(*ordinal).is_some());
        if let Some(ordinal) = ordinal {
            let (at, slot) = chunk::place_of(ordinal);
            Arc::make_mut(&mut self.chunks[at]).put(slot, None);
        }
        Touched { words: ordinal.is_some(), place: ordinal.is_some() }
    }

    /// The ordinal of a facility, listed or not.
    pub fn ordinal(&self, id: FacilityId) -> Option<u32> {
        self.ordinals.get(&id).copied()
    }

    /// One more than the highest ordinal.
    pub fn ordinals(&self) -> usize {
        self.ordinals.len()
    }

    #[inline]
    pub fn get(&self, ordinal: u32) -> Option<FacilityRef<'_>> {
        let (at, slot) = chunk::place_of(ordinal);
        self.chunks.get(at)?.get(slot)
    }

    /// A listed facility by its id.
    pub fn find(&self, id: FacilityId) -> Option<FacilityRef<'_>> {
        self.get(self.ordinal(id)?)
    }

    /// Every listed facility with its ordinal.
    pub fn iter(&self) -> impl Iterator<Item = (u32, FacilityRef<'_>)> {
        let all = u32::try_from(self.ordinals.len()).unwrap_or(u32::MAX);
        (0..all).filter_map(|ordinal| Some((ordinal, self.get(ordinal)?)))
    }

    /// The name of a facility's municipality.
    pub fn municipality_of(&self, facility: &FacilityFacts) -> Option<&str> {
        Some(&self.municipalities.get(facility.municipality? as usize)?.name)
    }

    /// The slug of a facility. Most are made of name and municipality, so they are not held.
    pub fn slug(&self, facility: FacilityRef<'_>) -> Slug {
        let odd = facility.odd_slug().and_then(Slug::parse);
        odd.unwrap_or_else(|| usual_slug(facility.name(), self.municipality_of(&facility)))
    }

    /// The instants at which reports expire, in order.
    pub fn expiries(&self) -> Vec<OffsetDateTime> {
        let reports = self.iter().flat_map(|(_, f)| f.offers()).filter_map(|offer| offer.report.as_ref());
        let mut expiries: Vec<_> = reports.map(|report| report.valid_until).collect();
        expiries.sort_unstable();
        expiries
    }

    /// The number of the municipality with this filter value (AGS, or slug of its name).
    pub fn municipality(&self, filter_value: &str) -> Option<u32> {
        let at = self.municipality_values.iter().position(|value| **value == *filter_value)?;
        u32::try_from(at).ok()
    }

    /// The filter value of a municipality.
    pub fn municipality_value(&self, number: u32) -> Option<&str> {
        self.municipality_values.get(number as usize).map(|value| &**value)
    }

    /// How the locality with this number was first written.
    pub fn locality_name(&self, number: u32) -> Option<&str> {
        self.locality_names.get(number as usize).map(|name| &**name)
    }

    /// Numbers of specialisms or languages.
    #[inline]
    pub fn set(&self, number: u32) -> &[u16] {
        self.sets.get(number).map(|set| &**set).unwrap_or_default()
    }

    /// Whether a facility is open at the moment.
    #[inline]
    pub fn is_open(&self, facility: &FacilityFacts, now: Now) -> bool {
        self.hours
            .get(facility.hours)
            .is_some_and(|hours| hours.is_open(now.opening_day(), now.berlin_minute))
    }

    fn entry_of(&mut self, facility: &Facility, taxonomy: &Taxonomy) -> Entry {
        let municipality = facility.address.municipality.as_ref().map(|m| self.municipality_number(m));
        let offers: Vec<OfferFacts> = facility
            .offers
            .iter()
            .map(|offer| OfferFacts {
                id: offer.id,
                care_type: taxonomy
                    .ordinal(offer.care_type.as_str())
                    .and_then(|at| u16::try_from(at).ok())
                    .unwrap_or(u16::MAX),
                light: taxonomy.light_of(&offer.care_type, offer.form),
                comes_to_people: taxonomy.find(offer.care_type.as_str()).is_some_and(|t| t.comes_to_people),
                service_area: offer.service_area.clone().map(Arc::new),
                specialisms: numbered(&mut self.specialisms, &mut self.sets, &offer.specialisms),
                report: offer.latest_report.clone().map(Arc::new),
            })
            .collect();
        let facts = FacilityFacts {
            id: facility.id,
            municipality,
            locality: facility.address.locality.as_deref().map(|name| self.locality_number(name)),
            postal_code: facility.address.postal_code.as_ref().and_then(|code| code.as_str().parse().ok()),
            position: facility.position,
            languages: numbered(&mut self.languages, &mut self.sets, &facility.languages),
            barrier_free: facility.accessibility.is_barrier_free(),
            hours: match &facility.opening_hours {
                hours @ OpeningHours::Regular(_) => self.hours.number(hours),
                OpeningHours::ByAppointment | OpeningHours::NotKnown => NONE,
            },
            words_hash: words_hash(facility),
            place_hash: place_hash(facility),
            text: Text::default(),
            offers: chunk::Range::default(),
        };
        let town = facility.address.municipality.as_ref().map(|m| m.name.as_str());
        let odd = facility.slug != usual_slug(&facility.name, town);
        Entry {
            facts,
            offers,
            name: facility.name.clone(),
            organization: facility.organization.as_ref().map(|o| o.name.clone()).unwrap_or_default(),
            sort_name: fold(&facility.name),
            odd_slug: if odd { facility.slug.to_string() } else { String::new() },
        }
    }

    fn locality_number(&mut self, name: &str) -> u32 {
        let number = self.localities.number(&fold(name).into());
        if number as usize == self.locality_names.len() {
            Arc::make_mut(&mut self.locality_names).push(name.into());
        }
        number
    }

    fn municipality_number(&mut self, municipality: &Municipality) -> u32 {
        if let Some(&number) = self.municipality_numbers.get(&municipality.id) {
            if self.municipalities[number as usize] != *municipality {
                Arc::make_mut(&mut self.municipalities)[number as usize] = municipality.clone();
                Arc::make_mut(&mut self.municipality_values)[number as usize] =
                    municipality.filter_value().into();
            }
            return number;
        }
        let number = u32::try_from(self.municipalities.len()).unwrap_or(u32::MAX);
        Arc::make_mut(&mut self.municipalities).push(municipality.clone());
        Arc::make_mut(&mut self.municipality_values).push(municipality.filter_value().into());
        Arc::make_mut(&mut self.municipality_numbers).insert(municipality.id, number);
        number
    }
}

/// The number of a set of names; [`NONE`] of an empty one.
fn numbered(names: &mut Interned<String>, sets: &mut Interned<Box<[u16]>>, set: &[String]) -> u32 {
    if set.is_empty() {
        return NONE;
    }
    let numbers = set.iter().map(|name| u16::try_from(names.number(name)).unwrap_or(u16::MAX));
    sets.number(&numbers.collect())
}

fn words_hash(facility: &Facility) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&facility.name, &facility.description, &facility.owner).hash(&mut hasher);
    (&facility.address.street, &facility.address.locality).hash(&mut hasher);
    facility.address.postal_code.hash(&mut hasher);
    if let Some(municipality) = &facility.address.municipality {
        (&municipality.name, &municipality.aliases).hash(&mut hasher);
    }
    if let Some(organization) = &facility.organization {
        (&organization.name, &organization.umbrella).hash(&mut hasher);
    }
    for offer in &facility.offers {
        (offer.id, &offer.care_type, &offer.label, &offer.specialty).hash(&mut hasher);
        (&offer.specialisms, &offer.conditions).hash(&mut hasher);
    }
    hasher.finish()
}

fn place_hash(facility: &Facility) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Some(municipality) = &facility.address.municipality {
        (&municipality.id, &municipality.name, &municipality.aliases, &municipality.ags).hash(&mut hasher);
    }
    (&facility.address.locality, &facility.address.postal_code).hash(&mut hasher);
    if let Some(position) = facility.position {
        (position.lat.to_bits(), position.lon.to_bits()).hash(&mut hasher);
    }
    hasher.finish()
}
