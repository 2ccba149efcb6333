//! Where a search finds nothing: the one change that brings results.

use app::{
    domain::{
        search::SearchQuery,
        search_results::{Change, Suggestion},
    },
    text,
};

use crate::index::{IndexError, engine::Prepared};

/// Radii to try, in kilometres.
const RADII: [u16; 5] = [10, 20, 30, 50, 100];

/// The first change that brings results: a wider circle, one filter less, no place, no words.
pub(super) fn one_change(
    prepared: &Prepared<'_>,
    query: &SearchQuery,
) -> Result<Option<Suggestion>, IndexError> {
    for (what, change, changed) in changes(prepared, query) {
        let total = match change {
            // Filters do not touch what the words found.
            Change::DropFilter => prepared.total(&prepared.filters(&changed)),
            _ => prepared.again(&changed)?,
        };
        if total > 0 {
            let text = format!("{what}: {}", text::counts::facilities(total));
            return Ok(Some(Suggestion { text, query: changed, change }));
        }
    }
    Ok(None)
}

type Tried = (String, Change, SearchQuery);

fn changes(prepared: &Prepared<'_>, query: &SearchQuery) -> Vec<Tried> {
    let mut tries: Vec<Tried> = Vec::new();
    if let (Some(radius), Some(place)) = (query.radius_km, &prepared.place) {
        for km in RADII.into_iter().filter(|km| *km > radius) {
            let what = format!("Im Umkreis von {km} km um {}", place.place.label);
            tries.push((what, Change::WidenRadius, query.with(|q| q.radius_km = Some(km))));
        }
    }
    let mut drop = |name: &str, set: bool, change: fn(&mut SearchQuery)| {
        if set {
            tries.push((format!("Ohne den Filter „{name}“"), Change::DropFilter, query.with(change)));
        }
    };
    drop("Jetzt geöffnet", query.open_now, |q| q.open_now = false);
    drop("Ampel", !query.lights.is_empty(), |q| q.lights.clear());
    drop("Sprache", !query.languages.is_empty(), |q| q.languages.clear());
    drop("Barrierefrei", query.barrier_free, |q| q.barrier_free = false);
    drop("Schwerpunkt", !query.specialisms.is_empty(), |q| q.specialisms.clear());
    drop("Gemeinde", !query.municipalities.is_empty(), |q| q.municipalities.clear());
    drop("Angebotsart", !query.care_types.is_empty(), |q| q.care_types.clear());
    drop("Alle Filter", query.has_filters(), |q| {
        *q = SearchQuery { text: q.text.clone(), place: q.place.clone(), page: 1, ..SearchQuery::default() };
    });
    if prepared.place.is_some() {
        let without_place = query.with(|q| {
            q.place.clear();
            q.radius_km = None;
            if let Some(rest) = &prepared.text_without_place {
                q.text.clone_from(rest);
            }
        });
        tries.push(("Im ganzen Landkreis".to_owned(), Change::DropPlace, without_place));
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
