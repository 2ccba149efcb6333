//! Files of the browser, inside the program: hashed names, compressed when they were built.

use std::collections::HashMap;

use app::shell::AssetPaths;
use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY},
    },
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use super::{HttpState, encoding::Encoding, error_page, rendered::matches_etag};

/// What `cargo xtask build` left; empty in a build without it.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// Hashed names never change their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Names without a hash are asked for again each time.
const REVALIDATE: &str = "no-cache";

struct File {
    content_type: HeaderValue,
    etag: String,
    identity: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

/// All files by path, and their addresses by plain name.
#[derive(Default)]
pub struct Assets {
    files: HashMap<String, File>,
    addresses: AssetPaths,
}

impl Assets {
    /// The files inside the program.
    pub fn embedded() -> Self {
        let files = Site::iter().filter_map(|name| {
            let bytes = match Site::get(&name)?.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((name.into_owned(), bytes))
        });
        Self::new(files.collect())
    }

    /// Files by path as they lie in the site directory, with `manifest.json` and the compressed
    /// ones (`.br`, `.gz`) among them.
    pub fn new(mut contents: HashMap<String, Bytes>) -> Self {
        let manifest = contents.remove("manifest.json").unwrap_or_default();
        let addresses = AssetPaths::new(serde_json::from_slice(&manifest).unwrap_or_default());
        let files = contents
            .iter()
            .filter(|(path, _)| !is_compressed(path))
            .map(|(path, identity)| {
                let file = File {
                    content_type: HeaderValue::from_static(content_type(path)),
                    etag: super::rendered::hash(identity),
                    identity: identity.clone(),
                    gzip: contents.get(&format!("{path}.gz")).cloned(),
                    brotli: contents.get(&format!("{path}.br")).cloned(),
                };
                (format!("/{path}"), file)
            })
            .collect();
        Self { files, addresses }
    }

    /// The same with one more file, which the county gave. `kind` is the end of its name.
    #[must_use]
    pub fn with(mut self, name: &str, kind: &str, content: Vec<u8>) -> Self {
        let etag = super::rendered::hash(&content);
        let stem = name.split('.').next().unwrap_or(name);
        let address = format!("/pkg/{stem}.{etag}.{kind}");
        let compressed = |encoding: Encoding| match encoding.compress(content.clone()) {
            (used, bytes) if used == encoding => Some(bytes),
            _ => None,
        };
        let is_text = ["css", "svg"].contains(&kind);
        let file = File {
            content_type: HeaderValue::from_static(content_type(&address)),
            etag,
            gzip: is_text.then(|| compressed(Encoding::Gzip)).flatten(),
            brotli: is_text.then(|| compressed(Encoding::Brotli)).flatten(),
            identity: content.into(),
        };
        self.files.insert(address.clone(), file);
        self.addresses = self.addresses.with(name, address);
        self
    }

    /// Plain names and their addresses (`kreislotse.css`, `/pkg/kreislotse.HASH.css`).
    pub fn addresses(&self) -> &AssetPaths {
        &self.addresses
    }

    fn response(&self, path: &str, headers: &HeaderMap, cache: &'static str) -> Option<Response> {
        let file = self.files.get(path)?;
        let wanted = Encoding::accepted(headers);
        let (encoding, body) = match wanted {
            Encoding::Brotli if file.brotli.is_some() => (wanted, file.brotli.clone()),
            Encoding::Brotli | Encoding::Gzip if file.gzip.is_some() => (Encoding::Gzip, file.gzip.clone()),
            _ => (Encoding::Identity, None),
        };
        // A client that takes brotli but not gzip gets neither where only gzip is there.
        let (encoding, body) = match (wanted, encoding) {
            (Encoding::Brotli, Encoding::Gzip) => (Encoding::Identity, None),
            _ => (encoding, body),
        };
        let etag = format!("\"{}-{encoding:?}\"", file.etag);
        let status = if matches_etag(headers, &etag) { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut response = status.into_response();
        let answer = response.headers_mut();
        answer.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
        answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
        answer.insert(ETAG, HeaderValue::from_str(&etag).ok()?);
        if status == StatusCode::OK {
            answer.insert(CONTENT_TYPE, file.content_type.clone());
            if let Some(value) = encoding.header() {
                answer.insert(CONTENT_ENCODING, value);
            }
            *response.body_mut() = body.unwrap_or_else(|| file.identity.clone()).into();
        }
        Some(response)
    }
}

pub(super) async fn answer(State(state): State<HttpState>, request: Request) -> Response {
    state
        .assets
        .response(request.uri().path(), request.headers(), IMMUTABLE)
        .unwrap_or_else(|| error_page::NOT_FOUND.response(&state))
}

/// Browsers ask for these two names by themselves; both are the same picture.
pub(super) async fn favicon(State(state): State<HttpState>, request: Request) -> Response {
    let path = state.assets.addresses.address("favicon.svg");
    state
        .assets
        .response(&path, request.headers(), REVALIDATE)
        .unwrap_or_else(|| error_page::NOT_FOUND.response(&state))
}

fn is_compressed(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "br" || extension == "gz")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "json" | "geojson" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
