//! A map of an invented county.

use crate::domain::{
    capacity::Light,
    ids::Slug,
    map::{Area, Frame, MapView, Mark, MarkKind, Outline},
    place::{Ags, Position},
    portal::CountyMap,
};

/// Two municipalities side by side.
pub(crate) fn county_map() -> CountyMap {
    let outline = |ags: &str, name: &str, west: f64| {
        let corner = |lat, lon| Position { lat, lon };
        let east = west + 0.2;
        let ring = vec![corner(53.3, west), corner(53.3, east), corner(53.5, east), corner(53.5, west)];
        Outline { ags: Ags::parse(ags), name: name.to_owned(), polygons: vec![vec![ring]] }
    };
    CountyMap {
        outlines: vec![outline("00000000", "Ahlow", 11.6), outline("00000001", "Birkensee", 11.8)],
        attribution: Some("© Landkreis Seenland".to_owned()),
    }
}

/// A house, a cluster and several houses in one place on [`county_map`].
pub(crate) fn map_view() -> MapView {
    let area = |text: &str| Area::parse(text).expect("an area");
    let place = MarkKind::Place { slug: Slug::from_name("Haus"), name: "Haus am Birkensee".to_owned() };
    let none = MarkKind::Place { slug: Slug::from_name("Apotheke"), name: "Apotheke & Co".to_owned() };
    let cluster = MarkKind::Cluster { count: 1234, area: area("11.6,53.3,11.7,53.4"), one_spot: false };
    let spot = MarkKind::Cluster { count: 3, area: area("11.9,53.4,11.9001,53.4001"), one_spot: true };
    let mark = |at, light, kind: &MarkKind| Mark { at, light, kind: kind.clone() };
    MapView {
        frame: Frame::around(area("11.6,53.3,12,53.5")),
        is_part: true,
        narrow: vec![mark((0.5, 0.5), Some(Light::WaitingList), &cluster)],
        wide: vec![
            mark((0.6, 0.4), Some(Light::Free), &place),
            mark((0.999, 0.7), None, &none),
            mark((0.2, 0.7), Some(Light::Full), &cluster),
            mark((0.8, 0.75), None, &spot),
        ],
        outside: Some((2, area("9,50,12,54"))),
        unplaced: 1,
    }
}
