//! Bounds on what a request may cost.

use std::{error::Error, time::Duration};

use app::routes;
use axum::{
    body::Body,
    extract::{Request, State, multipart::MultipartError},
    http::{StatusCode, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use http_body_util::{LengthLimitError, Limited};

use super::{HttpState, error_page};
use crate::service::entry::imports;

/// Longest path with query in bytes. Longer than anything a form of ours makes, even with every
/// filter set; a search reads far less of it.
pub const URI_BYTES: usize = 16 * 1024;
/// Largest body in bytes.
pub const BODY_BYTES: usize = 64 * 1024;
/// Largest body where files are taken, in bytes: somewhat more than the largest file, so that whoever sends more is told
/// so on the page instead of being cut off.
pub const FILE_BODY_BYTES: usize = 24 * 1024 * 1024;
/// The same where somebody imports: file, mapping and what is around them.
pub const IMPORT_BYTES: usize = imports::FILE_BYTES + imports::MAPPING_BYTES + BODY_BYTES;
/// The same where programs report many offers, or somebody sends a table of them: a thousand reports that say everything.
pub const CALL_BYTES: usize = 4 * 1024 * 1024;
/// Longest times for an answer, the reading of the request's body included.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// Of searches: whoever waits longer has gone elsewhere.
    pub search: Duration,
    /// Of what brings a file: a slow line needs its time.
    pub file: Duration,
    /// Of everything else.
    pub other: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { search: Duration::from_secs(2), file: Duration::from_mins(3), other: Duration::from_secs(10) }
    }
}

pub(super) async fn bound(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let uri_bytes = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if uri_bytes > URI_BYTES {
        return error_page::URI_TOO_LONG.response(&state);
    }
    let most = most_bytes(request.uri().path());
    let too_large = match most {
        BODY_BYTES => error_page::BODY_TOO_LARGE,
        CALL_BYTES => error_page::CALL_TOO_LARGE,
        _ => error_page::FILE_TOO_LARGE,
    };
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|bytes: u64| bytes > most as u64) {
        return too_large.response(&state);
    }
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    let searches = is_search(request.uri().path());
    let deadline = match most {
        _ if searches => state.deadlines.search,
        BODY_BYTES => state.deadlines.other,
        _ => state.deadlines.file,
    };
    match tokio::time::timeout(deadline, next.run(request)).await {
        Ok(response) if response.status() == StatusCode::PAYLOAD_TOO_LARGE => too_large.response(&state),
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(searches, "request exceeded its deadline");
            if searches { error_page::SEARCH_TOO_SLOW } else { error_page::TOO_SLOW }.response(&state)
        }
    }
}

/// The largest body that an address takes. Whoever may not send it there is refused before it is read.
fn most_bytes(path: &str) -> usize {
    match path.strip_prefix(routes::IMPORT) {
        _ if routes::takes_files(path) => FILE_BODY_BYTES,
        _ if path == routes::API_CAPACITY || routes::takes_capacity_tables(path) => CALL_BYTES,
        Some(below) if below.is_empty() || below.starts_with('/') => IMPORT_BYTES,
        _ => BODY_BYTES,
    }
}

/// Whether a form with files could not be read because it is longer than its address takes.
pub(super) fn is_too_long(error: &MultipartError) -> bool {
    is_too_long_body(error) || error.status() == StatusCode::PAYLOAD_TOO_LARGE
}

/// Whether a body could not be read because it is longer than its address takes.
pub(super) fn is_too_long_body(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(own) = cause {
        if own.is::<LengthLimitError>() {
            return true;
        }
        cause = own.source();
    }
    false
}

fn is_search(path: &str) -> bool {
    [routes::SEARCH, routes::API_SEARCH].contains(&path.trim_end_matches('/')) || path.starts_with("/api/fn/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_files_are_sent_much_is_taken() {
        for (path, bytes) in [
            ("/kreis/import", IMPORT_BYTES),
            ("/kreis/import/x", IMPORT_BYTES),
            ("/kreis/importiert", BODY_BYTES),
            ("/redaktion/eintraege/haus-aue/bilder/neu", FILE_BODY_BYTES),
            ("/redaktion/eintraege/haus-aue/bilder", BODY_BYTES),
            ("/api/v1/capacity", CALL_BYTES),
            ("/api/v1/offers/x/capacity", BODY_BYTES),
            ("/redaktion/diakonie-aue/schnittstelle/tabelle", CALL_BYTES),
            ("/anmelden", BODY_BYTES),
            ("/suche", BODY_BYTES),
        ] {
            assert_eq!(most_bytes(path), bytes, "{path}");
        }
    }
}
