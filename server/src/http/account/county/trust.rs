//! `/kreis/nicht-frei` and `/kreis/vertrauen`.

use app::{pages::county as pages, routes as addresses};
use axum::{
    Router,
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{Lead, Staff};
use crate::http::account::{AccountState, Pairs, go, private, said, trust::not_there};

const DONE: [(&str, &str); 2] = [
    ("an", "In wenigen Augenblicken steht es auf der Seite jeder Einrichtung."),
    ("aus", "In wenigen Augenblicken steht es auf keiner öffentlichen Seite mehr."),
];

pub(super) fn routes() -> Router<AccountState> {
    Router::new().route(addresses::NOT_FREE, get(list)).route(addresses::TRUST, get(show).post(save))
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
