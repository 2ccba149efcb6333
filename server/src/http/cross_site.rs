//! Refuses requests that another site makes a browser send: server functions have no check of their own.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header::ORIGIN},
    middleware::Next,
    response::Response,
};

use super::{HttpState, error_page};

pub(super) async fn refuse_foreign(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_own(request.headers(), &state.backend.portal().base_url) {
        return next.run(request).await;
    }
    error_page::FOREIGN.response(&state)
}

/// Modern browsers say where a request comes from; for the others the origin has to be ours.
fn is_own(headers: &HeaderMap, base_url: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|origin| origin == base_url),
    }
}
