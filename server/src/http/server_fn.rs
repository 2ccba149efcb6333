//! Server functions of the islands, under `/api/fn/`.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use leptos::prelude::provide_context;

use super::{HttpState, error_page};

pub(super) async fn answer(State(state): State<HttpState>, request: Request<Body>) -> Response {
    let backend = state.backend.clone();
    let provide = move || provide_context(backend.clone());
    let answered = leptos_axum::handle_server_fns_with_context(provide, request).await;
    let mut response = answered.into_response();
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    match response.status() {
        // Leptos names the path it does not know, as text without a type: nothing of a request is
        // repeated.
        StatusCode::BAD_REQUEST if !response.headers().contains_key(CONTENT_TYPE) => {
            error_page::NOT_FOUND.json()
        }
        StatusCode::INTERNAL_SERVER_ERROR => failure(response).await,
        _ => response,
    }
}

/// Leptos says 500 for everything; its body begins with the kind of the error.
async fn failure(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let of_kind = |kind: &str| body.starts_with(kind.as_bytes());
    if of_kind("Args|") || of_kind("MissingArg|") || of_kind("Deserialization|") {
        return error_page::BAD_REQUEST.json();
    }
    if of_kind("ServerError|") {
        // The backend has logged why; mostly it is the store or the index that is away.
        parts.status = StatusCode::SERVICE_UNAVAILABLE;
    }
    Response::from_parts(parts, Body::from(body))
}
