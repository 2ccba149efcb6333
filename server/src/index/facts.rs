//! What filters, facets and sorting need to know of every public facility, held in memory.
//!
//! The light is not among it: it is decided when it is asked for, from the latest report.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::Arc,
};

use app::domain::{
    capacity::{Availability, CapacityReport},
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

/// What is known of an offer.
#[derive(Debug)]
pub struct OfferFacts {
    pub id: OfferId,
    /// Position of its type in the taxonomy.
    pub care_type: u16,
    pub light: LightKind,
    pub comes_to_people: bool,
    pub service_area: Option<ServiceArea>,
    /// Numbers of [`Facts::specialisms`].
    pub specialisms: Box<[u16]>,
    pub report: Option<Box<CapacityReport>>,
}

impl OfferFacts {
    /// The light now; `None` where the type has none.
    pub fn availability(&self, now: Now) -> Option<Availability> {
        Availability::of(self.light, self.report.as_deref(), now)
    }
}

/// What is known of a facility.
#[derive(Debug)]
pub struct FacilityFacts {
    pub id: FacilityId,
    /// Folded name, for sorting.
    pub sort_name: Box<str>,
    /// Names as written, of the facility and of its organization.
    pub names: Box<str>,
    /// How much of [`Self::names`] is its own name, in bytes.
    pub name_bytes: u16,
    /// Its slug, where that is not made of name and municipality: see [`Facts::slug`].
    pub odd_slug: Option<Box<str>>,
    /// Number of [`Facts::municipalities`].
    pub municipality: Option<u32>,
    /// Folded name of the Ortsteil.
    pub locality: Option<Box<str>>,
    pub locality_name: Option<Box<str>>,
    pub postal_code: Option<u32>,
    pub position: Option<Position>,
    /// Numbers of [`Facts::languages`].
    pub languages: Box<[u16]>,
    pub barrier_free: bool,
    pub hours: OpeningHours,
    pub offers: Vec<OfferFacts>,
    /// Changes when the words to be found by change.
    pub words_hash: u64,
    /// Changes when the place changes.
    pub place_hash: u64,
}

impl FacilityFacts {
    /// Its own name, as written.
    pub fn name(&self) -> &str {
        self.names.get(..usize::from(self.name_bytes)).unwrap_or_default()
    }
}

/// What an import makes of name and municipality.
fn usual_slug(name: &str, municipality: Option<&str>) -> Slug {
    Slug::from_name(&format!("{name} {}", municipality.unwrap_or_default()))
}

/// Names that got a number, in order of their first occurrence.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u16 {
        let at = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// The number of a name that has one.
    pub fn find(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|n| n == name).and_then(|at| u16::try_from(at).ok())
    }

    pub fn all(&self) -> &[String] {
        &self.names
    }
}

/// All facilities by ordinal. An ordinal stays with its facility until the next full build.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    facilities: Vec<Option<Arc<FacilityFacts>>>,
    ordinals: Arc<HashMap<FacilityId, u32>>,
    municipality_numbers: Arc<HashMap<MunicipalityId, u32>>,
    pub municipalities: Arc<Vec<Municipality>>,
    pub specialisms: Names,
    pub languages: Names,
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
        let facts = self.facts_of(facility, taxonomy);
        let ordinal = self.ordinals.get(&facility.id).copied();
        let slot = ordinal.unwrap_or_else(|| {
            let next = u32::try_from(self.facilities.len()).unwrap_or(u32::MAX);
            Arc::make_mut(&mut self.ordinals).insert(facility.id, next);
            self.facilities.push(None);
            next
        }) as usize;
        let before = self.facilities[slot].replace(Arc::new(facts));
        let now = self.facilities[slot].as_deref();
        Touched {
            words: before.as_deref().map(|f| f.words_hash) != now.map(|f| f.words_hash),
            place: before.as_deref().map(|f| f.place_hash) != now.map(|f| f.place_hash),
        }
    }

    /// Takes a facility out.
    pub fn remove(&mut self, id: FacilityId) -> Touched {
        let gone = self
            .ordinals
            .get(&id)
            .and_then(|ordinal| self.facilities.get_mut(*ordinal as usize))
            .and_then(Option::take)
            .is_some();
        Touched { words: gone, place: gone }
    }

    /// The ordinal of a facility, listed or not.
    pub fn ordinal(&self, id: FacilityId) -> Option<u32> {
        self.ordinals.get(&id).copied()
    }

    pub fn get(&self, ordinal: u32) -> Option<&FacilityFacts> {
        self.facilities.get(ordinal as usize).and_then(Option::as_deref)
    }

    /// A listed facility by its id.
    pub fn find(&self, id: FacilityId) -> Option<&FacilityFacts> {
        self.get(self.ordinal(id)?)
    }

    /// Every listed facility with its ordinal.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &FacilityFacts)> {
        (0u32..).zip(&self.facilities).filter_map(|(at, slot)| Some((at, slot.as_deref()?)))
    }

    /// The name of a facility's municipality.
    pub fn municipality_of(&self, facility: &FacilityFacts) -> Option<&str> {
        Some(&self.municipalities.get(facility.municipality? as usize)?.name)
    }

    /// The slug of a facility. Most are made of name and municipality, so they are not held.
    pub fn slug(&self, facility: &FacilityFacts) -> Slug {
        let odd = facility.odd_slug.as_deref().and_then(Slug::parse);
        odd.unwrap_or_else(|| usual_slug(facility.name(), self.municipality_of(facility)))
    }

    /// The instants at which reports expire, in order.
    pub fn expiries(&self) -> Vec<OffsetDateTime> {
        let reports = self.iter().flat_map(|(_, f)| &f.offers).filter_map(|offer| offer.report.as_ref());
        let mut expiries: Vec<_> = reports.map(|report| report.valid_until).collect();
        expiries.sort_unstable();
        expiries
    }

    /// The number of the municipality with this filter value (AGS, or slug of its name).
    pub fn municipality(&self, filter_value: &str) -> Option<u32> {
        let at = self.municipalities.iter().position(|m| m.filter_value() == filter_value)?;
        u32::try_from(at).ok()
    }

    fn facts_of(&mut self, facility: &Facility, taxonomy: &Taxonomy) -> FacilityFacts {
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
                service_area: offer.service_area.clone(),
                specialisms: offer.specialisms.iter().map(|s| self.specialisms.number(s)).collect(),
                report: offer.latest_report.clone().map(Box::new),
            })
            .collect();
        let town = facility.address.municipality.as_ref().map(|m| m.name.as_str());
        FacilityFacts {
            id: facility.id,
            sort_name: fold(&facility.name).into(),
            names: match &facility.organization {
                Some(organization) => format!("{} {}", facility.name, organization.name).into(),
                None => facility.name.as_str().into(),
            },
            name_bytes: u16::try_from(facility.name.len()).unwrap_or(0),
            odd_slug: (facility.slug != usual_slug(&facility.name, town))
                .then(|| facility.slug.as_str().into()),
            municipality,
            locality: facility.address.locality.as_deref().map(|name| fold(name).into()),
            locality_name: facility.address.locality.as_deref().map(Into::into),
            postal_code: facility.address.postal_code.as_ref().and_then(|code| code.as_str().parse().ok()),
            position: facility.position,
            languages: facility.languages.iter().map(|l| self.languages.number(l)).collect(),
            barrier_free: facility.accessibility.is_barrier_free(),
            hours: facility.opening_hours.clone(),
            offers,
            words_hash: words_hash(facility),
            place_hash: place_hash(facility),
        }
    }

    fn municipality_number(&mut self, municipality: &Municipality) -> u32 {
        if let Some(&number) = self.municipality_numbers.get(&municipality.id) {
            if self.municipalities[number as usize] != *municipality {
                Arc::make_mut(&mut self.municipalities)[number as usize] = municipality.clone();
            }
            return number;
        }
        let number = u32::try_from(self.municipalities.len()).unwrap_or(u32::MAX);
        Arc::make_mut(&mut self.municipalities).push(municipality.clone());
        Arc::make_mut(&mut self.municipality_numbers).insert(municipality.id, number);
        number
    }
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
