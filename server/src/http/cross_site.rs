//! Refuses requests that another site makes a browser send: server functions have no check of their own.

use app::routes;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header::ORIGIN},
    middleware::Next,
    response::Response,
};

use super::{HttpState, alert, error_page};

pub(super) async fn refuse_foreign(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let (path, headers) = (request.uri().path(), request.headers());
    let by_program =
        is_no_browser(headers) && (is_one_click(path) || routes::takes_reports_of_programs(path));
    if reads || by_program || counts_no_cookie(path) || is_own(headers, &state.backend.portal().base_url) {
        return next.run(request).await;
    }
    error_page::FOREIGN.response(&state)
}

/// Whether an address says itself what somebody may: a browser adds nothing that could be misused. Pages there send no
/// referrer, so that older browsers do not say where their forms come from, either.
fn counts_no_cookie(path: &str) -> bool {
    path.strip_prefix(routes::REPORT_LINK).is_some_and(|below| below.starts_with('/'))
}

/// The program in which somebody reads a mail ends such mails by itself (RFC 8058). It is no browser, has no session, and
/// says with the address what it ends.
fn is_one_click(path: &str) -> bool {
    alert::is_link(path)
        || path.strip_prefix(routes::STOP_REMINDERS).is_some_and(|below| below.starts_with('/'))
}

/// A program says neither; every browser says one of them with what it sends for another site. What is asked without a
/// cookie is refused without an access, or an address, that no browser adds by itself.
fn is_no_browser(headers: &HeaderMap) -> bool {
    !headers.contains_key("sec-fetch-site") && !headers.contains_key(ORIGIN)
}

/// Modern browsers say where a request comes from; for the others the origin has to be ours.
fn is_own(headers: &HeaderMap, base_url: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|origin| origin == base_url),
    }
}
