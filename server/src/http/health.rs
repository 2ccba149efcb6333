//! `/livez`: the process answers. `/readyz`: people can be sent here.

use axum::{
    extract::State,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::IntoResponse,
};

use super::HttpState;
use crate::service::pulse::Readiness;

pub(super) async fn livez() -> impl IntoResponse {
    plain(StatusCode::OK, "ok\n")
}

pub(super) async fn readyz(State(state): State<HttpState>) -> impl IntoResponse {
    match state.pulse.readiness() {
        Readiness::Ready => plain(StatusCode::OK, "bereit\n"),
        Readiness::Indexing => plain(StatusCode::SERVICE_UNAVAILABLE, "Suchverzeichnis wird aufgebaut\n"),
        Readiness::Behind => plain(StatusCode::SERVICE_UNAVAILABLE, "Suchverzeichnis ist nicht aktuell\n"),
        Readiness::StoreAway => plain(StatusCode::SERVICE_UNAVAILABLE, "Datenbank antwortet nicht\n"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> impl IntoResponse {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], text)
}
