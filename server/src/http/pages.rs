//! Pages for people: everything that is no other route.

use app::{backend::BackendError, domain::place::DevicePosition, pages, routes};
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode},
    response::Response,
};

use super::{
    HttpState, error_page,
    rendered::{Rendered, RenderedPages},
};

const HTML: &str = "text/html; charset=utf-8";

pub(super) async fn answer(State(state): State<HttpState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return error_page::METHOD_NOT_ALLOWED.response(&state);
    }
    let path = request.uri().path();
    if error_page::is_for_programs(path) {
        return error_page::NOT_FOUND.problem();
    }
    match error_page::unready(state.pulse.readiness()) {
        // What the law demands is shown in any state.
        Some(failure) if !is_legal(&state, path) => return failed(&state, failure),
        _ => {}
    }
    let query = canonical_query(path, request.uri().query().unwrap_or_default());
    if let Some(near) = near(&request) {
        let page = pages::respond_near(&state.backend, state.assets.addresses(), &query, near).await;
        return Rendered::from(page).for_one(request.headers());
    }
    let key = format!("{path}?{query}");
    RenderedPages::answer(&state, request.headers(), key, async {
        pages::respond(&state.backend, state.assets.addresses(), path, &query).await.into()
    })
    .await
}

/// Where the device is, if a search near it was asked for. It is in no log and no kept page.
fn near(request: &Request) -> Option<DevicePosition> {
    let is_search = request.uri().path() == routes::SEARCH;
    let header = request.headers().get(routes::DEVICE_POSITION).filter(|_| is_search)?;
    DevicePosition::parse(header.to_str().ok()?)
}

/// What of a query a page may depend on: equal searches are one page, and nothing else of an
/// address that somebody made up reaches a page.
fn canonical_query(path: &str, query: &str) -> String {
    let path = path.trim_end_matches('/');
    let address = if path == routes::SEARCH {
        routes::search(&routes::parse_search(query))
    } else if path == routes::SHORTLIST {
        routes::parsed_shortlist(&routes::parse_shortlist(query))
    } else if path.starts_with(routes::FACILITY) {
        routes::shortlist(&routes::parse_shortlist(query).ids)
    } else {
        return String::new();
    };
    address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}

fn is_legal(state: &HttpState, path: &str) -> bool {
    state.backend.portal().legal.all().iter().any(|(name, _)| routes::legal(name) == path)
}

/// The page for a failure that is known before any page is asked.
pub(super) fn failed(state: &HttpState, failure: BackendError) -> Response {
    Rendered::from(pages::failed(&state.site(), failure)).failure()
}

impl From<pages::PageResponse> for Rendered {
    fn from(page: pages::PageResponse) -> Self {
        Self {
            status: StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            content_type: HTML,
            location: page.location,
            body: page.html,
            keep_until: page.keep_until,
        }
    }
}
