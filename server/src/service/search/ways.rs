//! Where nothing is just as it was asked: what would bring something, each with what it brings.

use app::{
    domain::{
        search::SearchQuery,
        search_results::{Change, HitKind, Suggestion},
    },
    text,
};

use super::{suggest, times};
use crate::index::{
    IndexError,
    engine::{Outcome, Prepared},
};

/// Most municipalities nearby that are named.
const NEIGHBOURS: usize = 4;
/// Most filters that could be left out.
const FILTERS: usize = 3;
/// Circles that are offered, in kilometres.
const CIRCLES: [u16; 6] = [5, 10, 20, 30, 50, 100];

/// A larger circle, municipalities nearby, one filter less; without what is suggested anyway.
pub(super) fn ways(
    prepared: &Prepared<'_>,
    query: &SearchQuery,
    outcome: &Outcome,
    suggested: Option<&Suggestion>,
) -> Result<Vec<Suggestion>, IndexError> {
    if !outcome.nothing_there {
        return Ok(Vec::new());
    }
    let mut ways: Vec<Suggestion> = circle(prepared, query, outcome)?.into_iter().collect();
    ways.extend(neighbours(prepared, query, outcome));
    for (name, without) in times::dropped(prepared, query) {
        let total = prepared.again_there(&without)?;
        let text = format!("{}: {}", suggest::drop_text(name), text::counts::facilities(total));
        ways.extend((total > 0).then_some(Suggestion { text, query: without, change: Change::DropText }));
    }
    ways.extend(filters(prepared, query));
    ways.retain(|way| suggested.is_none_or(|suggested| suggested.query != way.query));
    Ok(ways)
}

/// The smallest circle that holds one of what is listed as the nearest.
fn circle(
    prepared: &Prepared<'_>,
    query: &SearchQuery,
    outcome: &Outcome,
) -> Result<Option<Suggestion>, IndexError> {
    let nearest = outcome.listed.iter().filter(|listed| listed.kind == HitKind::Nearest);
    let nearest = nearest.filter_map(|listed| listed.distance_km).min_by(f64::total_cmp);
    let wide = |nearest: f64| CIRCLES.into_iter().find(|km| f64::from(*km) >= nearest);
    let Some(km) = query.radius_km.and(nearest).and_then(wide) else { return Ok(None) };
    let wider = query.with(|q| q.radius_km = Some(km));
    let total = prepared.again_there(&wider)?;
    let text = format!("Im Umkreis von {km} km: {}", text::counts::facilities(total));
    Ok((total > 0).then_some(Suggestion { text, query: wider, change: Change::WidenCircle }))
}

/// Municipalities that have what was asked, the nearest to those asked for first.
fn neighbours(prepared: &Prepared<'_>, query: &SearchQuery, outcome: &Outcome) -> Vec<Suggestion> {
    if outcome.elsewhere.is_empty() {
        return Vec::new();
    }
    let facts = prepared.facts();
    let asked: Vec<u32> = query.municipalities.iter().filter_map(|value| facts.municipality(value)).collect();
    let numbers: Vec<u32> =
        outcome.elsewhere.iter().map(|(number, _)| *number).chain(asked.clone()).collect();
    let middles = prepared.middles(&numbers);
    let distance = |number: &u32| {
        let here = middles.get(number);
        let distances = asked.iter().filter_map(|other| Some(here?.distance_km(*middles.get(other)?)));
        distances.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
    };
    let mut near: Vec<(f64, u32, usize)> =
        outcome.elsewhere.iter().map(|(number, count)| (distance(number), *number, *count)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.into_iter()
        .filter_map(|(_, number, count)| {
            let name = &facts.municipalities.get(number as usize)?.name;
            let value = facts.municipality_value(number)?.to_owned();
            Some(Suggestion {
                text: format!("In {name}: {}", text::counts::facilities(count)),
                query: query.with(|q| q.municipalities = vec![value]),
                change: Change::Neighbour,
            })
        })
        .take(NEIGHBOURS)
        .collect()
}

/// Single filters without which there would be something.
fn filters(prepared: &Prepared<'_>, query: &SearchQuery) -> Vec<Suggestion> {
    suggest::without_one(query)
        .into_iter()
        .filter_map(|(name, without)| {
            let total = prepared.total_there(&prepared.filters(&without));
            let text = format!("{}: {}", suggest::drop_text(name), text::counts::facilities(total));
            (total > 0).then_some(Suggestion { text, query: without, change: Change::DropFilter })
        })
        .take(FILTERS)
        .collect()
}
