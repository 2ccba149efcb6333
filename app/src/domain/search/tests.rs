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
fn nonsense_in_no_filter_is_left_out() {
    let query = SearchQuery::from_pairs([
        ("seite", "0"),
        ("sort", "zufall"),
        ("ansicht", "globus"),
        ("unbekannt", "x"),
        ("ampel", " "),
        ("umkreis", ""),
        ("barrierefrei", "0"),
    ]);
    assert_eq!(query, SearchQuery { page: 1, ..SearchQuery::default() });
    assert!(query.to_pairs().is_empty());
}

#[test]
fn a_value_that_its_filter_does_not_have_is_kept_as_such() {
    let pairs = [
        ("umkreis", "999999"),
        ("art", "<script>"),
        ("ampel", "blau"),
        ("ampel", "frei"),
        ("sprache", "tür kisch"),
        ("barrierefrei", "vielleicht"),
        ("ampel", "blau"),
    ];
    let query = SearchQuery::from_pairs(pairs);
    let kept: Vec<_> = query.unknown.iter().map(|u| (u.filter.parameter(), u.value.as_str())).collect();
    assert_eq!(kept, [pairs[0], pairs[1], pairs[2], pairs[4], pairs[5]]);
    assert!(query.has_filters() && query.lights == [Light::Free]);
    assert_eq!(reread(&query), query);
    // One light that is known is asked for; of the others nothing can be met.
    let unmet: Vec<_> = query.asks_only_unknown().collect();
    assert_eq!(unmet, [Filter::CareType, Filter::Language, Filter::BarrierFree]);
}

#[test]
fn what_turns_out_to_be_unknown_leaves_its_filter() {
    let mut query = SearchQuery::from_pairs([("art", "kurzzeitpflege"), ("art", "gestern")]);
    let unknown = UnknownValue { filter: Filter::CareType, value: "gestern".to_owned() };
    query.set_aside(&unknown);
    query.set_aside(&unknown);
    assert_eq!((query.care_types.len(), query.unknown.len()), (1, 1));
    assert_eq!(query.asks_only_unknown().count(), 0);
}

#[test]
fn the_memory_of_unknown_values_is_bounded() {
    let long = "ä".repeat(10_000);
    let pairs: Vec<_> = (0..100).map(|n| ("ampel", format!("{n}{long}"))).collect();
    let query = SearchQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(query.unknown.len(), SearchQuery::MAX_UNKNOWN);
    assert!(query.unknown.iter().all(|u| u.value.chars().count() <= UnknownValue::MAX));
}

#[test]
fn what_nobody_sees_in_a_value_does_not_make_it_unknown() {
    let query = SearchQuery::from_pairs([
        ("umkreis", "1\u{e}"),
        ("ampel", "\u{0}frei "),
        ("art", "tages\u{7}pflege"),
    ]);
    assert_eq!((query.radius_km, query.lights.as_slice()), (Some(1), [Light::Free].as_slice()));
    // A control character between letters separates them: that is no care type, and stays none.
    assert_eq!(query.unknown, [UnknownValue { filter: Filter::CareType, value: "tages pflege".to_owned() }]);
    assert_eq!(reread(&query), query);
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
        pairs in proptest::collection::vec((
            "q|ort|umkreis|art|ampel|schwerpunkt|seite|gemeinde|sprache|barrierefrei|geoeffnet|ausschnitt|sort|ansicht|ids|frei_ab|frei_bis|wochentag|gemeldet",
            prop_oneof![
                ".{0,300}",
                // Values that make sense, in odd dress: with control characters, spaces, too long.
                "[\\u{0}-\\u{20}]{0,3}(0{0,70}(1|20)|frei|nein|tuerkisch|[a-z]{60,70}|karte|name)[\\u{0}-\\u{20}x]{0,3}",
                "(202[67]|9999)-(0[1-9]|13)-[0-3][0-9]|[0-3]?[0-9]\\.8\\.2026|mittwoch|so|365",
            ],
        ), 0..80)
    ) {
        let query = SearchQuery::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        prop_assert!(query.text.chars().count() <= SearchQuery::MAX_TEXT);
        prop_assert_eq!(reread(&query), query);
    }
}

#[test]
fn times_are_read_in_any_dress_and_written_in_one() {
    use time::{Weekday, macros::date};
    let query = SearchQuery::from_pairs([
        ("gemeldet", "7"),
        ("wochentag", "fr"),
        ("wochentag", "mittwoch"),
        ("wochentag", "freitag"),
        ("frei_bis", "16.8.2026"),
        ("frei_ab", "2026-08-03"),
    ]);
    assert_eq!(
        (query.free_from, query.free_until),
        (Some(date!(2026 - 08 - 03)), Some(date!(2026 - 08 - 16)))
    );
    assert_eq!(
        (query.weekdays.as_slice(), query.reported_days),
        ([Weekday::Wednesday, Weekday::Friday].as_slice(), Some(7))
    );
    let written: Vec<_> =
        query.to_pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let expected = [
        "frei_ab=2026-08-03",
        "frei_bis=2026-08-16",
        "wochentag=mittwoch",
        "wochentag=freitag",
        "gemeldet=7",
    ];
    assert_eq!(written, expected);
    assert!(query.has_filters() && reread(&query) == query);
    let empty =
        SearchQuery::from_pairs([("frei_ab", ""), ("frei_bis", ""), ("wochentag", ""), ("gemeldet", "")]);
    assert_eq!(empty, SearchQuery { page: 1, ..SearchQuery::default() });
}

#[test]
fn times_that_make_no_sense_are_kept_as_unknown() {
    let unknown = |pairs: &[(&str, &str)]| {
        let query = SearchQuery::from_pairs(pairs.iter().copied());
        assert_eq!(reread(&query), query, "{pairs:?}");
        query.asks_only_unknown().collect::<Vec<_>>()
    };
    // Which of the two is wrong nobody knows: nothing is listed, and that is said.
    assert_eq!(unknown(&[("frei_bis", "2026-08-03"), ("frei_ab", "2026-08-16")]), [Filter::FreeUntil]);
    for value in
        ["9999-12-31", "0001-01-01", "2026-02-30", "-2026-01-01", "morgen", "3.8.", "2026-08-03T00:00"]
    {
        assert_eq!(unknown(&[("frei_ab", value)]), [Filter::FreeFrom], "{value}");
    }
    for value in ["0", "366", "-1", "7,5", "sieben"] {
        assert_eq!(unknown(&[("gemeldet", value)]), [Filter::Reported], "{value}");
    }
    let many: Vec<_> = (0..1000).map(|n| ("wochentag", ["mo", "di", "mi", "heute"][n % 4])).collect();
    let query = SearchQuery::from_pairs(many);
    assert_eq!((query.weekdays.len(), query.unknown.len()), (3, 1));
}
