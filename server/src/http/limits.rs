//! Bounds on what a request may cost.

use std::time::Duration;

use app::routes;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use http_body_util::Limited;

use super::{HttpState, error_page};

/// Longest path with query in bytes. Longer than anything a form of ours makes, even with every
/// filter set; a search reads far less of it.
pub const URI_BYTES: usize = 16 * 1024;
/// Largest body in bytes.
pub const BODY_BYTES: usize = 64 * 1024;
/// Largest body where files are taken, in bytes: somewhat more than the largest file, so that whoever sends more is told
/// so on the page instead of being cut off.
pub const FILE_BODY_BYTES: usize = 24 * 1024 * 1024;
/// Longest times for an answer, the reading of the request's body included.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// Of searches: whoever waits longer has gone elsewhere.
    pub search: Duration,
    /// Of what takes files: phones send slowly.
    pub files: Duration,
    /// Of everything else.
    pub other: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            search: Duration::from_secs(2),
            files: Duration::from_mins(2),
            other: Duration::from_secs(10),
        }
    }
}

pub(super) async fn bound(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let uri_bytes = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if uri_bytes > URI_BYTES {
        return error_page::URI_TOO_LONG.response(&state);
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let takes_files = routes::takes_files(request.uri().path());
    let most = if takes_files { FILE_BODY_BYTES } else { BODY_BYTES };
    if announced.is_some_and(|bytes: u64| bytes > most as u64) {
        return error_page::BODY_TOO_LARGE.response(&state);
    }
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    let searches = is_search(request.uri().path());
    let deadline = match (searches, takes_files) {
        (true, _) => state.deadlines.search,
        (_, true) => state.deadlines.files,
        _ => state.deadlines.other,
    };
    match tokio::time::timeout(deadline, next.run(request)).await {
        Ok(response) if response.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            error_page::BODY_TOO_LARGE.response(&state)
        }
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(searches, "request exceeded its deadline");
            if searches { error_page::SEARCH_TOO_SLOW } else { error_page::TOO_SLOW }.response(&state)
        }
    }
}

fn is_search(path: &str) -> bool {
    [routes::SEARCH, routes::API_SEARCH].contains(&path.trim_end_matches('/')) || path.starts_with("/api/fn/")
}
