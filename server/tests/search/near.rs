//! Searches around a device.

use std::sync::Arc;

use app::{
    domain::{now::Now, place::DevicePosition, search::SearchQuery, search_results::HitKind},
    routes,
};
use server::index::{engine::Outcome, snapshot::Snapshot};

use crate::{
    support::samples,
    world::{Says, index_of, names, noon, offer, prepare, town},
};

fn county() -> Arc<Snapshot> {
    let (aubach, bergen) = (town("Aubach", "99000001"), town("Bergen", "99000002"));
    let facilities = [
        samples::plain_facility("Apotheke Fern")
            .in_town(&bergen, "99002", 50.5, 10.0)
            .offering(offer("apotheke")),
        samples::plain_facility("Apotheke Nah")
            .in_town(&aubach, "99001", 50.01, 10.0)
            .offering(offer("apotheke")),
        samples::plain_facility("Apotheke Irgendwo").offering(offer("apotheke")),
    ];
    index_of(&facilities).snapshot()
}

fn near(county: &Arc<Snapshot>, address: &str) -> Outcome {
    let now: Now = noon();
    let query = SearchQuery { near: DevicePosition::parse("50,10"), ..routes::parse_search(address) };
    prepare(county, &query, now).answer(&query, 20)
}

#[test]
fn everything_is_listed_the_nearest_first_and_what_is_nowhere_last() {
    let county = county();
    let outcome = near(&county, "q=Apotheke&sort=entfernung");
    assert_eq!(names(&county, &outcome), ["apotheke nah", "apotheke fern", "apotheke irgendwo"]);
    assert!(outcome.widened.is_none() && outcome.listed.iter().all(|listed| listed.kind == HitKind::Match));
    let distance = outcome.listed[0].distance_km.expect("a distance");
    assert!((distance - 1.1).abs() < 0.1, "{distance}");
}

#[test]
fn a_circle_holds_what_is_known_to_be_in_it() {
    let county = county();
    assert_eq!(names(&county, &near(&county, "q=Apotheke&umkreis=5")), ["apotheke nah"]);
    let map = near(&county, "q=Apotheke&umkreis=5&ansicht=karte").located.expect("a map");
    assert!(map.at_place && map.unplaced == 0);
    assert!(!near(&county, "q=Apotheke&ansicht=karte").located.expect("a map").at_place);
}

#[test]
fn a_place_that_is_named_comes_before_where_the_device_is() {
    let county = county();
    for address in ["q=Apotheke+Bergen", "q=Apotheke&ort=Bergen"] {
        assert_eq!(names(&county, &near(&county, address)), ["apotheke fern"], "{address}");
    }
}

#[test]
fn words_that_mean_nothing_bring_nothing_near_the_device_either() {
    let county = county();
    assert_eq!(near(&county, "q=Xylophonstimmerei").total, 0);
}
