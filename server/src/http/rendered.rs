//! Rendered answers, kept in memory with their compressed bodies.
//!
//! A kept answer is shown only while it is true to the second. It dies at the next change of the
//! store, when a light changes by itself, and with the Berlin minute it was made in: opening hours,
//! "heute" and "vor 3 Stunden" change at minutes, midnight is one of them. What remains is what
//! matters: many people asking for the same thing at once.

use std::{future::Future, sync::Arc, time::Duration};

use app::domain::now::Now;
use axum::{
    body::Bytes,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, VARY},
    },
    response::{IntoResponse, Response},
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use time::{Date, OffsetDateTime};

use super::{HttpState, encoding::Encoding};

/// Most memory for kept answers, in bytes.
const CAPACITY: u64 = 16 * 1024 * 1024;
/// Bookkeeping of one entry besides its texts, in bytes (estimate).
const OVERHEAD: usize = 256;

/// What a page or the API answers, before it is compressed.
pub struct Rendered {
    pub status: StatusCode,
    pub content_type: &'static str,
    /// Where to go instead.
    pub location: Option<String>,
    pub body: String,
    /// Until when it stays true if the store does not change; `None`: not to be kept.
    pub keep_until: Option<OffsetDateTime>,
}

struct Kept {
    body: Bytes,
    encoding: Encoding,
    etag: String,
    content_type: &'static str,
    generation: u64,
    minute: (Date, u16),
    until: OffsetDateTime,
}

/// The memory of rendered answers. Cheap to clone.
#[derive(Clone)]
pub struct RenderedPages {
    kept: Cache<(String, Encoding), Arc<Kept>>,
}

impl Default for RenderedPages {
    fn default() -> Self {
        let weigh = |key: &(String, Encoding), kept: &Arc<Kept>| {
            u32::try_from(key.0.len() + kept.body.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        let kept = Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(weigh)
            // No entry is true for longer; this only frees the memory.
            .time_to_live(Duration::from_mins(1))
            .build();
        Self { kept }
    }
}

impl RenderedPages {
    /// Gives the kept answer for the key, else renders, compresses and keeps it.
    ///
    /// The key has to say everything the answer depends on besides the store and the clock.
    pub async fn answer(
        state: &HttpState,
        headers: &HeaderMap,
        key: String,
        render: impl Future<Output = Rendered>,
    ) -> Response {
        let encoding = Encoding::accepted(headers);
        let key = (key, encoding);
        let now = state.backend.clock.now();
        // Before rendering: a change meanwhile must make this answer old, not new.
        let generation = state.pulse.generation();
        let fresh = |kept: &Arc<Kept>| {
            kept.generation == generation && kept.minute == minute(now) && now.instant < kept.until
        };
        if let Some(kept) = state.rendered.kept.get(&key).filter(fresh) {
            state.metrics.page(true);
            return kept.response(headers);
        }
        state.metrics.page(false);
        let rendered = render.await;
        if rendered.status != StatusCode::OK {
            return rendered.failure();
        }
        let etag = hash(rendered.body.as_bytes());
        let (used, body) = encoding.compress(rendered.body.into_bytes());
        let until = state.pulse.fresh_until(now).into_iter().chain(rendered.keep_until).min();
        let kept = Arc::new(Kept {
            body,
            encoding: used,
            etag: format!("\"{etag}-{used:?}\""),
            content_type: rendered.content_type,
            generation,
            minute: minute(now),
            until: until.unwrap_or(now.instant),
        });
        if rendered.keep_until.is_some() {
            state.rendered.kept.insert(key, kept.clone());
        }
        kept.response(headers)
    }
}

impl Kept {
    fn response(&self, request: &HeaderMap) -> Response {
        let known = matches_etag(request, &self.etag);
        let mut response =
            if known { StatusCode::NOT_MODIFIED.into_response() } else { self.body.clone().into_response() };
        let headers = response.headers_mut();
        // Browsers keep it but ask each time: they never show a light that has changed.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(ETAG, etag);
        }
        if known {
            headers.remove(CONTENT_TYPE);
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(encoding) = self.encoding.header() {
            headers.insert(CONTENT_ENCODING, encoding);
        }
        response
    }
}

impl Rendered {
    /// An answer for this visitor alone: compressed, and kept nowhere.
    pub(super) fn for_one(self, request: &HeaderMap) -> Response {
        if self.status != StatusCode::OK {
            return self.failure();
        }
        let (used, body) = Encoding::accepted(request).compress(self.body.into_bytes());
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(encoding) = used.header() {
            headers.insert(CONTENT_ENCODING, encoding);
        }
        response
    }

    /// An answer that is not kept anywhere.
    pub(super) fn failure(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(axum::http::header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if let Some(location) = self.location.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(LOCATION, location);
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        response
    }
}

fn minute(now: Now) -> (Date, u16) {
    (now.berlin_date, now.berlin_minute)
}

/// Names a content; 64 bits are plenty where nobody gains by a collision with himself.
pub(super) fn hash(content: &[u8]) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(content);
    digest.iter().take(8).fold(String::with_capacity(16), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether the browser already has this content (RFC 9110, 13.1.2: weak comparison).
pub(super) fn matches_etag(request: &HeaderMap, etag: &str) -> bool {
    request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
    })
}
