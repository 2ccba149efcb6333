//! `/kreis/nicht-frei` and `/kreis/vertrauen`.

use app::{
    backend::{Found, access::CapacityReporter},
    domain::ids::Slug,
    pages::{
        county as pages,
        editing::{HistoryOf, report_history},
    },
    routes as addresses,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{Lead, Staff, nothing};
use crate::http::{
    account::{AccountState, Pairs, go, private, said, trust::not_there},
    pages::failed,
};

const DONE: [(&str, &str); 2] = [
    ("an", "In wenigen Augenblicken steht es auf der Seite jeder Einrichtung."),
    ("aus", "In wenigen Augenblicken steht es auf keiner öffentlichen Seite mehr."),
];

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(addresses::NOT_FREE, get(list))
        .route(&format!("{}/{{slug}}", addresses::COUNTY_HISTORY), get(history))
        .route(addresses::TRUST, get(show).post(save))
}

/// What people doubt.
async fn list(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    match state.trust.list_not_free(&staff).await {
        Ok(lines) => {
            let now = state.http.backend.clock.now();
            private(StatusCode::OK, pages::not_free(&state.site(), lines, now))
        }
        Err(error) => not_there(&state, &error),
    }
}

/// The last ninety days of one facility, whoever runs it.
async fn history(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
    query: RawQuery,
) -> Response {
    let Some(slug) = Slug::parse(&slug) else { return nothing(&state) };
    let facility = match state.http.backend.facilities.find_facility(&slug).await {
        Ok(Found::Here(view)) => view.facility,
        Ok(Found::Moved(slug)) => return go(&addresses::county_history(&slug, 1)),
        Ok(Found::Nowhere) => return nothing(&state),
        Err(failure) => return failed(&state.http, failure),
    };
    let reporter = CapacityReporter::of_county(&staff, &facility, false);
    let page = addresses::value_of(&query.0.unwrap_or_default(), "seite").parse().unwrap_or(1);
    let back_to = ("Zu den angezweifelten Ampeln", addresses::NOT_FREE.to_owned());
    match state.trust.history(&reporter, None, page).await {
        Ok(found) => {
            let whose = HistoryOf::Facility(facility.name);
            private(StatusCode::OK, report_history(&state.site(), whose, found, back_to))
        }
        Err(error) => not_there(&state, &error),
    }
}

async fn show(State(state): State<AccountState>, Lead(_, lead): Lead, query: RawQuery) -> Response {
    match state.trust.shows_share(&lead).await {
        Ok(shows) => private(StatusCode::OK, pages::trust(&state.site(), shows, said(&query, &DONE))),
        Err(error) => not_there(&state, &error),
    }
}

async fn save(State(state): State<AccountState>, Lead(_, lead): Lead, form: Pairs) -> Response {
    let word = match form.get("zeigen") {
        "an" => "an",
        "aus" => "aus",
        // Nothing that the page offers: it shows what there is to choose.
        _ => return go(addresses::TRUST),
    };
    match state.trust.set_share(&lead, word == "an").await {
        Ok(()) => go(&format!("{}?getan={word}", addresses::TRUST)),
        Err(error) => not_there(&state, &error),
    }
}
