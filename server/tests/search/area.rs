//! A part of the map narrows a search, and everything listed is on the map or said to be missing there.

use std::sync::Arc;

use app::domain::{capacity::Light, facility::Facility};
use server::index::{filters::Group, snapshot::Snapshot};
use time::Duration;

use crate::{
    support::samples,
    world::{Reports, Says, ask, index_of, names, noon, offer, town},
};

fn county() -> Arc<Snapshot> {
    let (aubach, bergen) = (town("Aubach", "99000001"), town("Bergen", "99000002"));
    let valid = noon().instant + Duration::days(1);
    let facilities: [Facility; 3] = [
        samples::plain_facility("Haus Morgen")
            .in_town(&aubach, "99001", 50.0, 10.0)
            .offering(offer("kurzzeitpflege").reporting(0, valid))
            .offering(offer("tagespflege").reporting(2, valid)),
        samples::plain_facility("Haus Abend")
            .in_town(&bergen, "99002", 50.2, 10.2)
            .offering(offer("kurzzeitpflege").reporting(1, valid)),
        samples::plain_facility("Haus Irgendwo").offering(offer("kurzzeitpflege")),
    ];
    index_of(&facilities).snapshot()
}

#[test]
fn what_stands_outside_the_part_is_neither_listed_nor_counted() {
    let county = county();
    let outcome = ask(&county, "ausschnitt=9.9,49.9,10.1,50.1");
    assert_eq!(names(&county, &outcome), ["haus morgen"]);
    let chosen = ask(&county, "ausschnitt=9.9,49.9,10.1,50.1&art=tagespflege");
    assert_eq!(names(&county, &chosen), ["haus morgen"]);
    // The counts are those of the part, too, of whichever group.
    assert_eq!(chosen.counts.of_group(Group::Municipality).len(), 1);
    assert_eq!(chosen.counts.of_group(Group::CareType).iter().map(|(_, count)| count).sum::<usize>(), 2);
    assert_eq!(ask(&county, "ausschnitt=20,40,21,41").total, 0);
}

#[test]
fn with_words_and_a_place_the_part_still_counts() {
    let county = county();
    let outcome = ask(&county, "q=Kurzzeitpflege+Aubach&ausschnitt=10.1,50.1,10.3,50.3");
    // Nothing of Aubach is there: the nearest that are in the part follow, as without a map.
    assert_eq!(names(&county, &outcome), ["haus abend"]);
    assert!(outcome.widened.is_some());
}

#[test]
fn the_map_has_all_results_with_the_best_light_of_what_matched() {
    let county = county();
    let located = ask(&county, "art=kurzzeitpflege&ansicht=karte").located.expect("a map");
    assert_eq!((located.points.len(), located.unplaced, located.at_place), (2, 1, false));
    let mut lights: Vec<_> = located.points.iter().map(|point| point.light).collect();
    lights.sort_by_key(|light| light.map(|light| light as u8));
    assert_eq!(lights, [Some(Light::Free), Some(Light::Full)], "free day care does not count");
    assert!(ask(&county, "art=kurzzeitpflege&ansicht=karte&ort=Aubach").located.expect("a map").at_place);
    assert!(ask(&county, "art=kurzzeitpflege").located.is_none(), "nobody looks at it");
}
