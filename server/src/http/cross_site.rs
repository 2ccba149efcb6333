//! Refuses requests that another site makes a browser send: server functions have no check of their own.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header::ORIGIN},
    middleware::Next,
    response::Response,
};

use super::{HttpState, alert, error_page};

pub(super) async fn refuse_foreign(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // A mail program that ends an alert is no browser, and the address alone is its right (RFC 8058).
    let one_click = is_no_browser(request.headers()) && alert::is_link(request.uri().path());
    if reads || is_own(request.headers(), &state.backend.portal().base_url) || one_click {
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

/// Browsers say one of both with every form.
fn is_no_browser(headers: &HeaderMap) -> bool {
    !headers.contains_key("sec-fetch-site") && !headers.contains_key(ORIGIN)
}
