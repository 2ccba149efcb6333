//! The order of results.

use std::cmp::Ordering;

use app::domain::{search::Sort, search_results::HitKind};

use super::{engine::Prepared, select::Hit};

struct Key<'a> {
    hit: Hit,
    kind: HitKind,
    distance: f64,
    name: &'a str,
    id: uuid::Uuid,
}

/// Brings the first `wanted` hits into order; the rest stays as it is. Kinds stay together, matches
/// first. By relevance equal scores are decided by the light (free places first), then by distance,
/// then by name; what lies outside the place goes by distance (`by_distance`).
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
    let order = |a: &Key<'_>, b: &Key<'_>| {
        let relevance = || b.hit.score.total_cmp(&a.hit.score);
        let distance = || a.distance.total_cmp(&b.distance);
        let light = || a.hit.light.cmp(&b.hit.light);
        let within = match sort {
            Sort::Relevance if by_distance && a.kind == HitKind::Nearest => distance().then_with(relevance),
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

fn rank(kind: HitKind) -> u8 {
    match kind {
        HitKind::Match | HitKind::ServesPlace => 0,
        HitKind::Related => 1,
        HitKind::Nearest => 2,
    }
}
