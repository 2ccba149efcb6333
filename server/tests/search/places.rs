//! Places in words and in their own field, and what is listed where a place has nothing.

use app::domain::{
    offer::ServiceArea,
    search_results::{HitKind, Widened},
};

use crate::{
    support::samples,
    world::{Reports, Says, ask, index_of, names, noon, offer, outside, prepare, town},
};
use app::domain::facility::Facility;

fn county() -> Vec<Facility> {
    let (luebz, plau) = (town("Lübz", "99000001"), town("Plau am See", "99000002"));
    vec![
        samples::plain_facility("Elde-Apotheke")
            .in_town(&luebz, "99386", 53.46, 12.03)
            .offering(offer("apotheke")),
        samples::plain_facility("Haus am Anger")
            .in_town(&luebz, "99386", 53.47, 12.03)
            .in_locality("Ruthen")
            .offering(offer("verhinderungspflege")),
        samples::plain_facility("Seehaus")
            .in_town(&plau, "99395", 53.45, 12.26)
            .offering(offer("kurzzeitpflege")),
        samples::plain_facility("Mobile Pflege Seeblick").in_town(&plau, "99395", 53.45, 12.26).offering(
            offer("ambulanter-pflegedienst")
                .coming_to(ServiceArea::Municipalities(vec!["99000001".to_owned()])),
        ),
    ]
}

#[test]
fn a_place_is_found_in_every_spelling_and_leaves_the_rest_of_the_words() {
    let snapshot = index_of(&county()).snapshot();
    for text in [
        "Apotheke Lübz",
        "apotheke luebz",
        "LUBZ Apotheke",
        "Apotheke in Lübz",
        "Apotheke 99386",
        "Apoteke Lübtz",
    ] {
        let query = app::routes::parse_search(&format!("q={text}"));
        let prepared = prepare(&snapshot, &query, noon());
        assert!(prepared.place.is_some(), "{text}");
        assert!(
            ["Apotheke", "apotheke", "Apoteke"]
                .contains(&prepared.text_without_place.as_deref().unwrap_or_default()),
            "{text}"
        );
        assert_eq!(names(&snapshot, &prepared.answer(&query, 10)), ["elde-apotheke"], "{text}");
    }
}

#[test]
fn localities_and_long_names_are_places() {
    let snapshot = index_of(&county()).snapshot();
    // The service comes to the municipality that Ruthen belongs to.
    assert_eq!(names(&snapshot, &ask(&snapshot, "ort=Ruthen")), ["haus am anger", "mobile pflege seeblick"]);
    assert_eq!(names(&snapshot, &ask(&snapshot, "q=Haus Ruthen")), ["haus am anger"]);
    assert_eq!(ask(&snapshot, "q=Kurzzeitpflege Plau am See").total, 1);
    assert_eq!(ask(&snapshot, "q=Kurzzeitpflege&ort=Plau").total, 1);
}

#[test]
fn a_place_without_the_asked_type_shows_relatives_there_and_then_the_nearest() {
    let snapshot = index_of(&county()).snapshot();
    let outcome = ask(&snapshot, "q=Kurzzeitpflege Lübz");
    assert_eq!(outcome.widened, Some(Widened::RelatedThenNearest));
    assert_eq!(names(&snapshot, &outcome), ["haus am anger", "seehaus"]);
    let kinds: Vec<_> = outcome.listed.iter().map(|listed| listed.kind).collect();
    assert_eq!(kinds, [HitKind::Related, HitKind::Nearest]);
    assert!(outcome.listed[1].distance_km.is_some_and(|km| (10.0..20.0).contains(&km)));
}

#[test]
fn a_service_is_found_where_it_comes_to() {
    let snapshot = index_of(&county()).snapshot();
    let outcome = ask(&snapshot, "q=Pflegedienst Lübz");
    assert_eq!(names(&snapshot, &outcome), ["mobile pflege seeblick"]);
    assert_eq!((outcome.listed[0].kind, outcome.widened), (HitKind::ServesPlace, None));
}

#[test]
fn a_radius_counts_from_the_middle_of_the_place() {
    let snapshot = index_of(&county()).snapshot();
    assert_eq!(ask(&snapshot, "q=Kurzzeitpflege&ort=Lübz&umkreis=20").widened, None);
    assert_eq!(ask(&snapshot, "q=Kurzzeitpflege&ort=Lübz&umkreis=20").total, 1);
    assert_eq!(ask(&snapshot, "ort=Lübz&umkreis=1").total, 3, "two in Lübz and one that comes there");
}

#[test]
fn the_gazetteer_helps_out_but_never_beats_the_records() {
    let index = index_of(&county());
    index
        .set_outside_places(vec![
            outside("Goldberg", "99399", 53.59, 12.09),
            outside("Anger", "83454", 47.8, 12.85),
        ])
        .expect("places");
    let snapshot = index.snapshot();
    let outcome = ask(&snapshot, "q=Apotheke Goldberg");
    assert_eq!((outcome.widened, outcome.total), (Some(Widened::Nearest), 1));
    // There is an Anger in Bavaria, but here it is part of a name.
    assert_eq!(names(&snapshot, &ask(&snapshot, "q=Haus am Anger")), ["haus am anger"]);
    assert!(prepare(&snapshot, &app::routes::parse_search("q=Haus am Anger"), noon()).place.is_none());
}

#[test]
fn a_place_nobody_knows_is_said_so() {
    let snapshot = index_of(&county()).snapshot();
    let query = app::routes::parse_search("q=Apotheke&ort=Xyzhausen");
    let prepared = prepare(&snapshot, &query, noon());
    assert!(prepared.place_unknown && prepared.place.is_none());
    assert_eq!(prepared.answer(&query, 10).total, 1);
}
