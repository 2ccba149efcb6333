//! `GET /api/v1/suggest`: what somebody may mean who is still typing. The shape is a contract (PRODUCT,
//! "Addresses"); `feld=ort` asks for places only.

use app::{
    domain::suggestion::{SuggestQuery, Suggestion},
    routes,
};
use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use serde::Serialize;

use super::search::{failed, json};
use crate::http::{
    HttpState,
    error_page::{self, ErrorPage},
    rendered::{Rendered, RenderedPages},
};

#[derive(Serialize)]
struct Answer {
    items: Vec<Suggestion>,
}

pub(crate) async fn answer(
    State(state): State<HttpState>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(failure) = error_page::unready(state.pulse.readiness()) {
        return ErrorPage::from(failure).problem();
    }
    let query = routes::parse_suggest(&raw.unwrap_or_default());
    let key = routes::api_suggest(&query);
    RenderedPages::answer(&state, &headers, key, render(&state, &query)).await
}

async fn render(state: &HttpState, query: &SuggestQuery) -> Rendered {
    match state.backend.search.suggest(query).await {
        Ok(items) => json(&Answer { items }),
        Err(failure) => failed(failure.into()),
    }
}
