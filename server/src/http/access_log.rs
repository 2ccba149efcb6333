//! One log line per request, and its place in the metrics: never query strings, search texts or addresses of people.

use std::time::Instant;

use app::routes;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};

use super::HttpState;

pub(super) async fn log(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let kind = kind(request.uri().path());
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    state.metrics.request(kind, status, took);
    let micros = took.as_micros();
    // 503 is a state, and whoever noticed it has said so; the others are defects.
    if response.status().is_server_error() && response.status() != StatusCode::SERVICE_UNAVAILABLE {
        tracing::warn!(%method, kind, status, micros, "request failed");
    } else {
        tracing::debug!(%method, kind, status, micros, "request answered");
    }
    response
}

/// What was asked for, without what people typed.
fn kind(path: &str) -> &'static str {
    let below = |parent: &str| path.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
    match path {
        routes::START => "start",
        routes::SEARCH => "search",
        routes::API_SEARCH => "api search",
        routes::API_SUGGEST => "api suggest",
        routes::LIVEZ | routes::READYZ => "health",
        _ if below(routes::FACILITY) => "facility",
        _ if below(routes::ORGANIZATION) => "organization",
        _ if below(routes::REPORT_LINK) => "report link",
        _ if below("/pkg") => "asset",
        _ if below("/api/fn") => "server function",
        _ => "other",
    }
}
