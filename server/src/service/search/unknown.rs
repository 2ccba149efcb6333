//! Values of filters that name nothing in this county.

use app::{
    domain::{
        search::SearchQuery,
        unknown::{Filter, UnknownValue},
    },
    text,
};

use crate::index::snapshot::Snapshot;

/// The search with every value set aside that names nothing: no care type of the county's, no
/// municipality that it or its records know.
pub(super) fn set_aside(query: &SearchQuery, snapshot: &Snapshot) -> SearchQuery {
    let facts = &snapshot.facts;
    let mut unknown = Vec::new();
    let mut note = |filter, value: &str, known: bool| {
        if !known {
            unknown.push(UnknownValue { filter, value: value.to_owned() });
        }
    };
    for slug in &query.care_types {
        note(Filter::CareType, slug.as_str(), snapshot.taxonomy.find(slug.as_str()).is_some());
    }
    for value in &query.municipalities {
        let is_a_place = || snapshot.places.iter().any(|(place, _)| place.ags.as_deref() == Some(value));
        note(Filter::Municipality, value, facts.municipality(value).is_some() || is_a_place());
    }
    // Lists of names know more than this county's records happen to have.
    for slug in &query.specialisms {
        note(
            Filter::Specialism,
            slug,
            facts.specialisms.find(slug).is_some()
                || snapshot.taxonomy.shown_specialisms().any(|(own, _)| own == slug),
        );
    }
    for code in &query.languages {
        let has_name = text::features::language(code) != code;
        note(Filter::Language, code, facts.languages.find(code).is_some() || has_name);
    }
    let mut query = query.clone();
    for unknown in &unknown {
        query.set_aside(unknown);
    }
    query
}
