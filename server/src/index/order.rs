//! The order of results.

use std::cmp::Ordering;

use app::domain::{capacity::Light, search::Sort, search_results::HitKind};

use super::{engine::Prepared, select::Hit, understand::Concept};

struct Key<'a> {
    hit: Hit,
    kind: HitKind,
    distance: f64,
    name: &'a str,
    id: uuid::Uuid,
}

/// Brings the first `wanted` hits into order; the rest stays as it is. Kinds stay together, matches
/// first. By relevance equal scores are decided by the light (free places first), then by distance,
/// then by name; what lies outside the place goes by distance (`by_distance`). Where the words ask for
/// nothing but a kind, all that is found is of that kind: then the light decides before the score, and
/// of free places the nearest comes first.
pub(super) fn sort_hits(
    hits: &mut Vec<(Hit, HitKind)>,
    sort: Sort,
    by_distance: bool,
    search: &Prepared<'_>,
    wanted: usize,
) {
    let facts = &search.snapshot.facts;
    let mut keys: Vec<Key<'_>> = hits
        .iter()
        .filter_map(|(hit, kind)| {
            let facility = facts.get(hit.facility)?;
            let distance = search.place.as_ref().and_then(|place| place.distance_km(&facility));
            Some(Key {
                hit: *hit,
                kind: *kind,
                distance: distance.unwrap_or(f64::INFINITY),
                name: facility.sort_name(),
                id: facility.id.0,
            })
        })
        .collect();
    let radius = search.place.as_ref().is_some_and(|place| place.radius_km.is_some());
    let concepts = &search.found.concepts;
    let kind_only = concepts.iter().all(|concept| matches!(concept, Concept::CareTypes { .. }));
    let order = |a: &Key<'_>, b: &Key<'_>| {
        let relevance = || b.hit.score.total_cmp(&a.hit.score);
        let distance = || a.distance.total_cmp(&b.distance);
        let light = || wanted_first(a.hit.light).cmp(&wanted_first(b.hit.light));
        let within = match sort {
            Sort::Relevance if by_distance && a.kind == HitKind::Nearest => distance().then_with(relevance),
            Sort::Relevance if kind_only && radius && a.hit.light == FREE => {
                light().then_with(distance).then_with(relevance)
            }
            Sort::Relevance if kind_only && radius => light().then_with(relevance).then_with(distance),
            Sort::Relevance if kind_only => light().then_with(relevance),
            Sort::Relevance if radius => relevance().then_with(light).then_with(distance),
            Sort::Relevance => relevance().then_with(light),
            Sort::Distance => distance(),
            Sort::Name => Ordering::Equal,
            Sort::Freshness => b.hit.reported_at.cmp(&a.hit.reported_at),
        };
        rank(a.kind)
            .cmp(&rank(b.kind))
            .then(within)
            .then_with(|| a.name.cmp(b.name))
            .then_with(|| a.id.cmp(&b.id))
    };
    if wanted < keys.len() {
        keys.select_nth_unstable_by(wanted, order);
        keys[..wanted].sort_unstable_by(order);
    } else {
        keys.sort_unstable_by(order);
    }
    *hits = keys.into_iter().map(|key| (key.hit, key.kind)).collect();
}

const FREE: u8 = Light::Free as u8;

/// Which light people want to see first: a place nobody has reported on is worth a call, a full one is not.
fn wanted_first(light: u8) -> u8 {
    if light == Light::Full as u8 { u8::MAX } else { light }
}

fn rank(kind: HitKind) -> u8 {
    match kind {
        HitKind::Match | HitKind::ServesPlace => 0,
        HitKind::Related => 1,
        HitKind::Nearest => 2,
    }
}
