//! Suggestions while somebody types.

use std::sync::Arc;

use app::domain::{
    facility::{Facility, Visibility},
    ids::Slug,
    suggestion::{SuggestQuery, Suggestion, SuggestionKind},
};
use server::index::snapshot::Snapshot;

use crate::{
    support::samples,
    world::{Says, index_of, offer, outside, town},
};

fn county() -> Vec<Facility> {
    let (luebz, plau) = (town("Lübz", "99000001"), town("Plau am See", "99000002"));
    vec![
        samples::plain_facility("Elde-Apotheke")
            .in_town(&luebz, "99386", 53.46, 12.03)
            .offering(offer("apotheke")),
        samples::plain_facility("Haus am Anger")
            .in_town(&luebz, "99386", 53.47, 12.03)
            .in_locality("Ruthen")
            .offering(offer("vollstationaere-pflege")),
        samples::plain_facility("Seniorenhaus Sonnenschein")
            .in_town(&plau, "99395", 53.45, 12.26)
            .offering(offer("kurzzeitpflege")),
    ]
}

fn suggest(snapshot: &Arc<Snapshot>, text: &str) -> Vec<Suggestion> {
    snapshot.suggest(&SuggestQuery { text: text.to_owned(), only_places: false })
}

fn labels(snapshot: &Arc<Snapshot>, text: &str) -> Vec<String> {
    suggest(snapshot, text).into_iter().map(|suggestion| suggestion.label).collect()
}

fn places(snapshot: &Arc<Snapshot>, text: &str) -> Vec<String> {
    let found = snapshot.suggest(&SuggestQuery { text: text.to_owned(), only_places: true });
    assert!(found.iter().all(|s| s.kind == SuggestionKind::Place), "{text}: {found:?}");
    found.into_iter().map(|suggestion| suggestion.label).collect()
}

#[test]
fn nothing_is_suggested_below_two_letters() {
    let snapshot = index_of(&county()).snapshot();
    for text in ["", " ", "a", "L", "?!", "a ,"] {
        assert!(suggest(&snapshot, text).is_empty(), "{text:?}");
    }
    assert!(!suggest(&snapshot, "lu").is_empty());
}

#[test]
fn a_care_type_is_suggested_by_its_name() {
    let snapshot = index_of(&county()).snapshot();
    let found = suggest(&snapshot, "Kurzz");
    assert_eq!(
        found[0],
        Suggestion {
            kind: SuggestionKind::CareType,
            label: "Kurzzeitpflege".to_owned(),
            url: "/suche?art=kurzzeitpflege".to_owned(),
        }
    );
}

#[test]
fn what_people_call_a_care_type_is_suggested_with_what_it_means() {
    let snapshot = index_of(&county()).snapshot();
    for text in ["Altersh", "altershei", "ALTERSHEIM"] {
        let found = suggest(&snapshot, text);
        assert_eq!(found[0].label, "Altersheim – Vollstationäre Pflege (Pflegeheim)", "{text}");
        assert_eq!(found[0].url, "/suche?art=vollstationaere-pflege");
    }
    // "Pflegeheim" is part of the name, and shorter words of the lists say the same.
    assert!(labels(&snapshot, "pflegeheim").iter().any(|label| label.contains("Vollstationäre Pflege")));
    // A word that says more than the type leads to the word.
    assert_eq!(suggest(&snapshot, "Demenzhei")[0].url, "/suche?q=Demenzheim");
    assert_eq!(suggest(&snapshot, "Urlaubspf")[0].url, "/suche?art=kurzzeitpflege&art=verhinderungspflege");
}

#[test]
fn what_a_care_type_is_filled_in_as_is_understood_as_that_type() {
    let taxonomy = {
        let mut taxonomy = app::domain::care_type::Taxonomy::builtin();
        let mut renamed = taxonomy.find("menuedienst").expect("built in").clone();
        renamed.name = "Zauberküche unterwegs".to_owned();
        taxonomy.set(renamed);
        taxonomy
    };
    let lexicon = server::index::lexicon::Lexicon::builtin().expect("the lists");
    let index = server::index::SearchIndex::open(None, taxonomy.clone(), lexicon).expect("an index").index;
    let snapshot = index.snapshot();
    for care_type in taxonomy.all() {
        let understood = snapshot.understand(&care_type.name, false);
        let asked = understood.concepts.iter().find_map(|concept| match concept {
            server::index::understand::Concept::CareTypes { asked, .. } => Some(asked.clone()),
            _ => None,
        });
        let asked = asked.unwrap_or_default();
        assert!(asked.contains(&care_type.slug.as_str().to_owned()), "{}: {asked:?}", care_type.name);
    }
}

#[test]
fn umlauts_may_be_written_in_any_way() {
    let snapshot = index_of(&county()).snapshot();
    for text in ["Lü", "Lue", "lub", "LÜBZ", "Lu\u{308}b"] {
        assert_eq!(places(&snapshot, text), ["Lübz"], "{text}");
        assert!(labels(&snapshot, text).contains(&"Lübz".to_owned()), "{text}");
    }
}

#[test]
fn places_are_municipalities_localities_and_postcodes() {
    let snapshot = index_of(&county()).snapshot();
    assert_eq!(places(&snapshot, "Rut"), ["Ruthen – Lübz"]);
    assert_eq!(places(&snapshot, "993"), ["99386 – Lübz", "99395 – Plau am See"]);
    assert_eq!(places(&snapshot, "See"), ["Plau am See"]);
    let found = snapshot.suggest(&SuggestQuery { text: "plau am".to_owned(), only_places: true });
    assert_eq!(found[0].url, "/suche?ort=Plau%20am%20See");
}

#[test]
fn places_far_away_are_suggested_only_where_a_place_is_asked_for() {
    let index = index_of(&county());
    index.set_outside_places(vec![outside("Rosenheim", "83022", 47.85, 12.13)]).expect("places");
    let snapshot = index.snapshot();
    assert_eq!(places(&snapshot, "Rosenh"), ["Rosenheim"]);
    assert!(!labels(&snapshot, "Rosenh").contains(&"Rosenheim".to_owned()));
}

#[test]
fn a_facility_is_suggested_by_any_word_of_its_name_with_its_town() {
    let snapshot = index_of(&county()).snapshot();
    let expected = "Haus am Anger – Lübz".to_owned();
    for text in ["Haus am", "Ang", "anger haus", "haus an"] {
        assert!(labels(&snapshot, text).contains(&expected), "{text}");
    }
    let found = suggest(&snapshot, "Anger");
    assert_eq!(
        (found[0].kind, found[0].url.as_str()),
        (SuggestionKind::Facility, "/einrichtung/haus-am-anger")
    );
}

#[test]
fn a_facility_with_any_slug_is_led_to() {
    let mut county = county();
    county[1].slug = Slug::parse("etwas-anderes").expect("a slug");
    county[2].slug = Slug::from_name("Seniorenhaus Sonnenschein Plau am See");
    let snapshot = index_of(&county).snapshot();
    assert_eq!(suggest(&snapshot, "Anger")[0].url, "/einrichtung/etwas-anderes");
    let sunny = suggest(&snapshot, "Sonnens");
    assert_eq!(sunny[0].url, "/einrichtung/seniorenhaus-sonnenschein-plau-am-see");
}

#[test]
fn a_care_type_and_the_beginning_of_a_place_are_suggested_together() {
    let snapshot = index_of(&county()).snapshot();
    for text in ["Kurzzeitpflege Pl", "kurzzeitpflege in plau"] {
        let found = suggest(&snapshot, text);
        assert_eq!(found[0].label, "Kurzzeitpflege in Plau am See", "{text}");
        assert_eq!(found[0].url, "/suche?ort=Plau%20am%20See&art=kurzzeitpflege");
    }
    let found = suggest(&snapshot, "Altersheim Lue");
    assert_eq!(found[0].label, "Altersheim in Lübz – Vollstationäre Pflege (Pflegeheim)");
}

#[test]
fn typing_errors_are_forgiven_where_nothing_begins_so() {
    let snapshot = index_of(&county()).snapshot();
    assert_eq!(suggest(&snapshot, "Kurzeitpf")[0].label, "Kurzzeitpflege");
    assert_eq!(suggest(&snapshot, "Apohtek")[0].label, "Apotheke");
    assert_eq!(places(&snapshot, "Ruhte"), ["Ruthen – Lübz"]);
    assert!(labels(&snapshot, "Sonenschein").contains(&"Seniorenhaus Sonnenschein – Plau am See".to_owned()));
    // A postcode is never corrected.
    assert!(places(&snapshot, "99387").is_empty());
}

#[test]
fn each_kind_has_room_and_together_they_are_eight_at_most() {
    let place = town("Pflegau", "99000001");
    let many = (0..30).map(|n| {
        samples::plain_facility(&format!("Pflegehof {n}"))
            .in_town(&place, "99001", 50.0, 10.0)
            .in_locality(&format!("Pflegdorf {n}"))
            .offering(offer("tagespflege"))
    });
    let snapshot = index_of(&many.collect::<Vec<_>>()).snapshot();
    let found = suggest(&snapshot, "pfleg");
    let count = |kind| found.iter().filter(|suggestion| suggestion.kind == kind).count();
    assert_eq!(
        [SuggestionKind::CareType, SuggestionKind::Place, SuggestionKind::Facility].map(count),
        [3, 3, 2]
    );
    assert_eq!(places(&snapshot, "pfleg").len(), 8);
}

#[test]
fn drafts_and_what_a_county_hides_are_never_suggested_and_changes_show_at_once() {
    let mut home = samples::plain_facility("Haus Morgen").offering(offer("tagespflege"));
    let index = index_of(std::slice::from_ref(&home));
    let found = |text: &str| labels(&index.snapshot(), text);
    assert_eq!(found("morg"), ["Haus Morgen"]);
    home.visibility = Visibility::Draft;
    index.apply(vec![(home.id, Some(home.clone()))], 2, false).expect("applied");
    assert!(found("morg").is_empty());
    home.visibility = Visibility::Public;
    home.name = "Haus Abend".to_owned();
    index.apply(vec![(home.id, Some(home.clone()))], 3, false).expect("applied");
    assert!(found("morg").is_empty());
    assert_eq!(found("aben"), ["Haus Abend"]);
    home.offers.clear();
    index.apply(vec![(home.id, Some(home.clone()))], 4, false).expect("applied");
    assert!(found("aben").is_empty());
}

#[test]
fn any_text_is_answered() {
    let snapshot = index_of(&county()).snapshot();
    for text in ["\0\u{1}\u{7f}", "<script>alert(1)</script>", "%%%", "' OR 1=1 --", "🏠🏠🏠", "ﷺ ﷺ", "(((("]
    {
        suggest(&snapshot, text);
        places(&snapshot, text);
    }
    assert!(suggest(&snapshot, &"a".repeat(10_000)).is_empty());
    suggest(&snapshot, &"haus ".repeat(2_000));
}
