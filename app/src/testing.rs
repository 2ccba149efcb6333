//! Invented data for tests.

use crate::domain::{
    care_type::CareTypeSlug,
    place::Position,
    search::SearchQuery,
    search_results::{FacetValue, Facets, FoundPlace, SearchResults},
};

pub(crate) fn results() -> SearchResults {
    SearchResults {
        total: 12,
        total_free: 0,
        page: 1,
        page_size: 20,
        place: None,
        understood: Vec::new(),
        widened: None,
        facets: Facets {
            care_types: vec![facet("kurzzeitpflege", "Kurzzeitpflege", 12, true)],
            ..Facets::default()
        },
        hits: Vec::new(),
        suggestion: None,
    }
}

pub(crate) fn facet(value: &str, label: &str, count: usize, chosen: bool) -> FacetValue {
    FacetValue { value: value.to_owned(), label: label.to_owned(), count, chosen }
}

pub(crate) fn place(label: &str) -> FoundPlace {
    FoundPlace {
        label: label.to_owned(),
        position: Position::new(53.4, 11.8),
        without: SearchQuery::default(),
        unknown: false,
    }
}

pub(crate) fn slug(text: &str) -> CareTypeSlug {
    CareTypeSlug::parse(text).expect("a slug")
}
