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
use leptos::prelude::provide_context;

use super::{HttpState, error_page};

pub(super) async fn answer(State(state): State<HttpState>, request: Request<Body>) -> Response {
    let backend = state.backend.clone();
    let provide = move || provide_context(backend.clone());
    let answered = leptos_axum::handle_server_fns_with_context(provide, request).await;
    let mut response = answered.into_response();
    // Leptos names the path it does not know, as text without a type: nothing of a request is repeated.
    let unknown =
        response.status() == StatusCode::BAD_REQUEST && !response.headers().contains_key(CONTENT_TYPE);
    if unknown {
        return error_page::NOT_FOUND.json();
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
