use super::*;
use proptest::prelude::*;

fn reread(query: &SearchQuery) -> SearchQuery {
    let pairs = query.to_pairs();
    SearchQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))
}

#[test]
fn a_full_address_is_read_and_written_the_same() {
    let query = SearchQuery::from_pairs([
        ("q", " Kurzzeitpflege  Demenz "),
        ("ort", "19370"),
        ("umkreis", "20"),
        ("gemeinde", "13076108"),
        ("art", "kurzzeitpflege"),
        ("art", "tagespflege"),
        ("ampel", "frei"),
        ("schwerpunkt", "demenz"),
        ("barrierefrei", "1"),
        ("sprache", "tr"),
        ("geoeffnet", "1"),
        ("sort", "entfernung"),
        ("ansicht", "karte"),
        ("seite", "3"),
    ]);
    assert_eq!(query.text, "Kurzzeitpflege Demenz");
    assert_eq!(query.to_pairs().len(), 14);
    assert_eq!(reread(&query), query);
}

#[test]
fn nonsense_is_left_out() {
    let query = SearchQuery::from_pairs([
        ("umkreis", "-5"),
        ("umkreis", "999999"),
        ("art", "<script>"),
        ("ampel", "blau"),
        ("seite", "0"),
        ("sort", "zufall"),
        ("unbekannt", "x"),
    ]);
    assert_eq!(query, SearchQuery { page: 1, ..SearchQuery::default() });
    assert!(query.to_pairs().is_empty());
}

#[test]
fn a_changed_search_starts_on_its_first_page() {
    let query = SearchQuery::from_pairs([("seite", "4"), ("ampel", "frei")]);
    let changed = query.with(|q| toggle(&mut q.lights, Light::Full));
    assert_eq!((changed.page, changed.lights.len()), (1, 2));
    assert!(changed.with(|q| toggle(&mut q.lights, Light::Free)).lights == [Light::Full]);
}

proptest! {
    #[test]
    fn any_query_string_is_read_and_what_was_read_is_stable(
        pairs in proptest::collection::vec(("q|ort|umkreis|art|ampel|seite|gemeinde|sprache", ".{0,300}"), 0..80)
    ) {
        let query = SearchQuery::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        prop_assert!(query.text.chars().count() <= SearchQuery::MAX_TEXT);
        prop_assert_eq!(reread(&query), query);
    }
}
