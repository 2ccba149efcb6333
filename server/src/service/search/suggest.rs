//! Where a search finds nothing: the one change that brings results.

use app::{
    domain::{
        search::SearchQuery,
        search_results::{Change, Suggestion},
    },
    text,
};

use super::times;
use crate::index::{IndexError, engine::Prepared};

/// The first change that brings results: one filter less, then no filter, then no words. Places need
/// no change: a search without a match at its place lists the nearest anyway.
pub(super) fn one_change(
    prepared: &Prepared<'_>,
    query: &SearchQuery,
) -> Result<Option<Suggestion>, IndexError> {
    for (what, change, changed) in changes(prepared, query) {
        let total = match change {
            // Filters do not touch what the words found.
            Change::DropFilter if changed.has_filters() => prepared.total(&prepared.filters(&changed)),
            _ => prepared.again(&changed)?,
        };
        if total > 0 {
            let text = format!("{what}: {}", text::counts::facilities(total));
            return Ok(Some(Suggestion { text, query: changed, change }));
        }
    }
    Ok(None)
}

pub(super) fn drop_text(name: &str) -> String {
    format!("Ohne den Filter „{name}“")
}

type Tried = (String, Change, SearchQuery);

/// Every filter that is set, with its name and the search without it.
pub(super) fn without_one(query: &SearchQuery) -> Vec<(&'static str, SearchQuery)> {
    let mut found = Vec::new();
    let mut drop = |name: &'static str, set: bool, change: fn(&mut SearchQuery)| {
        if set {
            found.push((name, query.with(change)));
        }
    };
    drop("Kartenausschnitt", query.area.is_some(), |q| q.area = None);
    drop("Jetzt geöffnet", query.open_now, |q| q.open_now = false);
    drop("Freier Zeitraum", query.free_from.or(query.free_until).is_some(), |q| {
        q.free_from = None;
        q.free_until = None;
    });
    drop("Wochentag", !query.weekdays.is_empty(), |q| q.weekdays.clear());
    drop("Gemeldet", query.reported_days.is_some(), |q| q.reported_days = None);
    drop("Plätze", !query.lights.is_empty(), |q| q.lights.clear());
    drop("Sprache", !query.languages.is_empty(), |q| q.languages.clear());
    drop("Barrierefrei", query.barrier_free, |q| q.barrier_free = false);
    drop("Schwerpunkt", !query.specialisms.is_empty(), |q| q.specialisms.clear());
    drop("Gemeinde", !query.municipalities.is_empty(), |q| q.municipalities.clear());
    drop("Angebotsart", !query.care_types.is_empty(), |q| q.care_types.clear());
    found
}

fn changes(prepared: &Prepared<'_>, query: &SearchQuery) -> Vec<Tried> {
    let mut tries: Vec<Tried> = Vec::new();
    if let Some(rest) = &prepared.text_without_open {
        let what = "Auch, was gerade geschlossen hat".to_owned();
        let open = |q: &mut SearchQuery| {
            q.text.clone_from(rest);
            prepared.times_in_text.keep(q);
        };
        tries.push((what, Change::DropText, query.with(open)));
    }
    for (name, without) in times::dropped(prepared, query) {
        tries.push((drop_text(name), Change::DropText, without));
    }
    if !query.unknown.is_empty() {
        let what = text::summary::without_unknown(&query.unknown);
        tries.push((what, Change::DropFilter, query.with(|q| q.unknown.clear())));
    }
    let without = |(name, query): (&str, SearchQuery)| (drop_text(name), Change::DropFilter, query);
    tries.extend(without_one(query).into_iter().map(without));
    if query.has_filters() {
        tries.push((drop_text("Alle Filter"), Change::DropFilter, query.without_filters()));
    }
    if !query.text.is_empty() {
        let what = "Alle Angebote, ohne das Suchwort".to_owned();
        tries.push((what, Change::DropText, query.with(|q| q.text.clear())));
    }
    tries.push((
        "Alle Angebote".to_owned(),
        Change::DropText,
        SearchQuery { page: 1, ..SearchQuery::default() },
    ));
    tries
}
