//! Places people name: municipalities, Ortsteile and postcodes of the records themselves, then of the
//! configuration, then of an imported gazetteer.

use std::collections::{HashMap, HashSet};

use app::domain::place::Position;

use super::{
    facts::{FacilityFacts, Facts},
    text::{Word, fold, words},
};

/// Most words of a place's name ("Plau am See" has three).
pub const LONGEST_NAME: usize = 6;

/// How a facility is known to be at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// Number of the municipality in the facts.
    Municipality(u32),
    /// Number of the Ortsteil in the facts.
    Locality(u32),
    PostalCode(u32),
    /// A point without records of its own.
    Point,
    /// Where a device is: everything counts as there, only at different distances.
    Device,
}

/// A place with its centroid.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub label: String,
    pub kind: PlaceKind,
    pub position: Option<Position>,
    /// Official key of its municipality, for service areas.
    pub ags: Option<String>,
}

impl Place {
    /// The position of a device, which has no name.
    pub fn device(position: Position) -> Self {
        Self { label: String::new(), kind: PlaceKind::Device, position: Some(position), ags: None }
    }

    /// Whether a facility stands at this place, without any radius.
    pub fn contains(&self, facility: &FacilityFacts) -> bool {
        match &self.kind {
            PlaceKind::Municipality(number) => facility.municipality == Some(*number),
            PlaceKind::Locality(number) => facility.locality == Some(*number),
            PlaceKind::PostalCode(code) => facility.postal_code == Some(*code),
            PlaceKind::Point => false,
            PlaceKind::Device => true,
        }
    }
}

/// A place of the configuration or of an imported gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct OutsidePlace {
    pub name: String,
    pub postal_code: Option<String>,
    /// First five digits of the official key.
    pub county_key: Option<String>,
    /// Official key of the municipality, where the configuration names it.
    pub ags: Option<String>,
    /// Named by the configuration: such a place comes before the gazetteer's.
    pub configured: bool,
    pub position: Position,
}

/// How sure a name is a place: records before gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Far away: only in the field that asks for a place.
    Elsewhere,
    /// In the county or near it.
    Nearby,
    Records,
}

/// All places by name.
#[derive(Clone, Debug, Default)]
pub struct Places {
    known: Vec<(Place, Trust)>,
    by_name: HashMap<String, u32>,
    words: HashSet<String>,
}

/// Kilometres from the middle of the records within which a place counts as near.
const NEARBY_KM: f64 = 80.0;

impl Places {
    /// Collects the places; earlier sources win where a name is taken.
    pub fn build(facts: &Facts, outside: &[OutsidePlace]) -> Self {
        let mut places = Self::default();
        places.add_records(facts);
        places.add_outside(facts, outside);
        places
    }

    /// The place that the words name from their beginning, longest name first, with its length.
    pub fn longest_at(&self, words: &[Word]) -> Option<(&Place, Trust, usize)> {
        (1..=words.len().min(LONGEST_NAME)).rev().find_map(|count| {
            let key = words[..count].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
            let (place, trust) = self.find(&key)?;
            Some((place, trust, count))
        })
    }

    /// The place with this folded name.
    pub fn find(&self, key: &str) -> Option<(&Place, Trust)> {
        let (place, trust) = &self.known[*self.by_name.get(key)? as usize];
        Some((place, *trust))
    }

    /// Folded words of names near enough to be meant by a misspelt word.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether the folded word is part of a near place's name.
    pub fn knows_word(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }

    /// Every place with how sure it is one.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, Trust)> {
        self.known.iter().map(|(place, trust)| (place, *trust))
    }

    /// The place with this number.
    pub fn get(&self, number: u32) -> Option<(&Place, Trust)> {
        self.known.get(number as usize).map(|(place, trust)| (place, *trust))
    }

    /// Every folded name with the number of its place, in order.
    pub fn names(&self) -> Vec<(&str, u32)> {
        let mut names: Vec<(&str, u32)> =
            self.by_name.iter().map(|(name, at)| (name.as_str(), *at)).collect();
        names.sort_unstable();
        names
    }

    fn add(&mut self, place: Place, trust: Trust, names: &[&str]) {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let mut taken = false;
        for name in names {
            let found = words(name);
            let key = found.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
            let joined = key.replace(' ', "");
            for key in [key, joined] {
                if !key.is_empty() {
                    self.by_name.entry(key).or_insert_with(|| {
                        taken = true;
                        number
                    });
                }
            }
            if trust > Trust::Elsewhere {
                self.words.extend(found.into_iter().map(|w| w.folded));
            }
        }
        if taken {
            self.known.push((place, trust));
        }
    }

    fn add_records(&mut self, facts: &Facts) {
        let mut municipalities: Vec<Middle> = vec![Middle::default(); facts.municipalities.len()];
        let mut localities: Vec<(Option<u32>, Middle)> =
            vec![Default::default(); facts.localities.all().len()];
        let mut codes: HashMap<u32, (HashMap<u32, usize>, Middle)> = HashMap::new();
        for (_, facility) in facts.iter() {
            if let Some(number) = facility.municipality {
                municipalities[number as usize].add(facility.position);
            }
            if let Some((of, middle)) = facility.locality.and_then(|at| localities.get_mut(at as usize)) {
                *of = of.or(facility.municipality);
                middle.add(facility.position);
            }
            if let Some(code) = facility.postal_code {
                let entry = codes.entry(code).or_default();
                entry.1.add(facility.position);
                if let Some(number) = facility.municipality {
                    *entry.0.entry(number).or_default() += 1;
                }
            }
        }
        let ags = |number: Option<u32>| {
            let municipality = facts.municipalities.get(number? as usize)?;
            municipality.ags.as_ref().map(|ags| ags.as_str().to_owned())
        };
        for (number, (municipality, middle)) in (0u32..).zip(facts.municipalities.iter().zip(&municipalities))
        {
            if middle.records == 0 {
                continue;
            }
            let mut names: Vec<&str> = vec![&municipality.name];
            names.extend(municipality.aliases.iter().map(String::as_str));
            names.push(short_name(&municipality.name));
            let place = Place {
                label: municipality.name.clone(),
                kind: PlaceKind::Municipality(number),
                position: middle.position(),
                ags: ags(Some(number)),
            };
            self.add(place, Trust::Records, &names);
        }
        for (number, (municipality, middle)) in (0u32..).zip(localities) {
            let Some(name) = facts.locality_name(number).filter(|_| middle.records > 0) else { continue };
            let place = Place {
                label: name.to_owned(),
                kind: PlaceKind::Locality(number),
                position: middle.position(),
                ags: ags(municipality),
            };
            self.add(place, Trust::Records, &[name, short_name(name)]);
        }
        for (code, (counts, middle)) in codes {
            let most =
                counts.into_iter().max_by_key(|(number, count)| (*count, *number)).map(|(number, _)| number);
            let label = format!("{code:05}");
            let place = Place {
                kind: PlaceKind::PostalCode(code),
                position: middle.position(),
                ags: ags(most),
                label: label.clone(),
            };
            self.add(place, Trust::Records, &[&label]);
        }
    }

    fn add_outside(&mut self, facts: &Facts, outside: &[OutsidePlace]) {
        let mut middle = Middle::default();
        facts.iter().for_each(|(_, facility)| middle.add(facility.position));
        let middle = middle.position();
        let counties: HashSet<&str> = facts
            .municipalities
            .iter()
            .filter_map(|m| m.ags.as_ref().map(|ags| &ags.as_str()[..5]))
            .collect();
        let mut sorted: Vec<((bool, bool), f64, &OutsidePlace)> = outside
            .iter()
            .map(|place| {
                let own = place.county_key.as_deref().is_some_and(|key| counties.contains(key));
                (
                    (!place.configured, !(own || place.configured)),
                    middle.map_or(0.0, |m| m.distance_km(place.position)),
                    place,
                )
            })
            .collect();
        sorted.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal));
        for ((_, foreign), distance, place) in sorted {
            let trust = if !foreign || distance <= NEARBY_KM { Trust::Nearby } else { Trust::Elsewhere };
            // "Zarrentin am Schaalsee" is the records' "Zarrentin".
            if self.same_as_record(place) {
                continue;
            }
            let point = |label: &str| Place {
                label: label.to_owned(),
                kind: PlaceKind::Point,
                position: Some(place.position),
                ags: place.ags.clone(),
            };
            self.add(point(&place.name), trust, &[&place.name, short_name(&place.name)]);
            if let Some(code) = &place.postal_code {
                self.add(point(code), trust, &[code]);
            }
        }
    }

    /// Lets a gazetteer's longer name lead to the records' place, where both lie together.
    fn same_as_record(&mut self, place: &OutsidePlace) -> bool {
        let key = |name: &str| words(name).iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        let (full, short) = (key(&place.name), key(short_name(&place.name)));
        if full == short {
            return false;
        }
        let Some(&number) = self.by_name.get(&short) else { return false };
        let (record, trust) = &self.known[number as usize];
        let together = record.position.is_some_and(|p| p.distance_km(place.position) < 15.0);
        if *trust != Trust::Records || !together {
            return false;
        }
        self.by_name.entry(full).or_insert(number);
        true
    }
}

/// A name without what only tells it from others: "Plau am See" → "Plau".
fn short_name(name: &str) -> &str {
    let cut = ["/", "(", ",", " am ", " an der ", " an ", " im ", " in ", " bei ", " ob ", " vor "];
    let end = cut.iter().filter_map(|mark| name.find(mark)).min().unwrap_or(name.len());
    let short = name[..end].trim();
    // "Bad am …" and the like keep their full name.
    if fold(short).len() < 4 { name } else { short }
}

/// Mean of positions.
#[derive(Clone, Debug, Default)]
struct Middle {
    records: u32,
    positions: u32,
    lat: f64,
    lon: f64,
}

impl Middle {
    fn add(&mut self, position: Option<Position>) {
        self.records += 1;
        if let Some(position) = position {
            self.positions += 1;
            self.lat += position.lat;
            self.lon += position.lon;
        }
    }

    fn position(&self) -> Option<Position> {
        let count = f64::from(self.positions);
        (self.positions > 0).then(|| Position { lat: self.lat / count, lon: self.lon / count })
    }
}
