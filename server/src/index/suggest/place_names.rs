//! Places by how their names begin: those of the records first.

use std::cmp::Reverse;

use app::domain::{
    search::SearchQuery,
    suggestion::{Suggestion, SuggestionKind},
};

use super::{Typed, texts::Texts};
use crate::index::{
    facts::Facts,
    places::{Place, PlaceKind, Places, Trust},
    text::words,
};

/// All names of places.
#[derive(Clone, Debug, Default)]
pub struct PlaceNames {
    /// Numbers of [`Places`].
    places: Vec<u32>,
    texts: Texts,
}

impl PlaceNames {
    /// Collects the names of all places.
    pub fn build(places: &Places) -> Self {
        let names: Vec<(&str, u32)> =
            places.names().into_iter().filter(|(n, at)| !is_joined(n, *at, places)).collect();
        Self {
            places: names.iter().map(|(_, at)| *at).collect(),
            texts: Texts::build(names.iter().map(|(name, _)| *name)),
        }
    }

    /// The likeliest places whose names begin as typed. Far ones only if `far`.
    pub fn find<'a>(&self, typed: &Typed, places: &'a Places, far: bool, most: usize) -> Vec<&'a Place> {
        let mut hits: Vec<_> = typed
            .rows(&self.texts)
            .into_iter()
            .filter_map(|(start, edits)| {
                let number = self.places[start.entry as usize];
                let (place, trust) = places.get(number)?;
                if trust == Trust::Elsewhere && !far {
                    return None;
                }
                let whole = self.texts.suffix(start).len() == typed.phrase.len();
                let key = (edits, Reverse(trust), start.at > 0, !whole, rank(place));
                Some((key, number, place))
            })
            .collect();
        hits.sort_unstable_by(|a, b| (a.0, &a.2.label).cmp(&(b.0, &b.2.label)));
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for (_, number, place) in hits {
            if !seen.contains(&number) {
                seen.push(number);
                found.push(place);
            }
            if found.len() == most {
                break;
            }
        }
        found
    }
}

/// A place as a suggestion, with the municipality it lies in.
pub fn suggestion(place: &Place, facts: &Facts) -> Suggestion {
    let query = SearchQuery { place: place.label.clone(), page: 1, ..SearchQuery::default() };
    let municipality = place.ags.as_deref().and_then(|ags| {
        facts.municipalities.iter().find(|m| m.ags.as_ref().is_some_and(|own| own.as_str() == ags))
    });
    let within = municipality.map(|m| m.name.as_str()).filter(|name| *name != place.label);
    Suggestion::new(SuggestionKind::Place, &place.label, within, app::routes::search(&query))
}

fn rank(place: &Place) -> u8 {
    match place.kind {
        PlaceKind::Municipality(_) => 0,
        PlaceKind::Locality(_) => 1,
        PlaceKind::PostalCode(_) => 2,
        PlaceKind::Point | PlaceKind::Device => 3,
    }
}

/// Names written together ("plauamsee") are there for typed words, not for people to read.
fn is_joined(name: &str, number: u32, places: &Places) -> bool {
    let Some((place, _)) = places.get(number) else { return true };
    let own = words(&place.label);
    own.len() > 1 && name == own.iter().map(|word| word.folded.as_str()).collect::<String>()
}
