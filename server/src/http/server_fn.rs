//! Server functions of the islands, under `/api/fn/`.

use app::backend::BackendError;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Collected};
use leptos::prelude::provide_context;

use super::{
    HttpState,
    error_page::{self, ErrorPage},
};

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
            error_page::NOT_FOUND.problem()
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            let body = response.into_body().collect().await.map(Collected::to_bytes).unwrap_or_default();
            failure(&body).problem()
        }
        _ => response,
    }
}

/// Leptos says 500 for everything; its body begins with the kind of the error.
fn failure(body: &[u8]) -> ErrorPage {
    let (kind, text) = match body.iter().position(|byte| *byte == b'|') {
        Some(at) => (&body[..at], &body[at + 1..]),
        None => (body, &body[..0]),
    };
    match kind {
        b"Args" | b"MissingArg" | b"Deserialization" => error_page::BAD_REQUEST,
        // What the backend answered is in the words of its error, and the cause in the log.
        b"ServerError" => [BackendError::Unavailable, BackendError::Indexing, BackendError::Behind]
            .into_iter()
            .find(|error| error.to_string().as_bytes() == text)
            .map_or(error_page::INTERNAL, ErrorPage::from),
        _ => error_page::INTERNAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_a_server_function_has_the_status_of_its_cause() {
        for (body, status) in [
            ("Args|missing field `query`", StatusCode::BAD_REQUEST),
            ("MissingArg|query", StatusCode::BAD_REQUEST),
            ("Deserialization|x", StatusCode::BAD_REQUEST),
            ("ServerError|the store is away", StatusCode::SERVICE_UNAVAILABLE),
            ("ServerError|the index is being built", StatusCode::SERVICE_UNAVAILABLE),
            ("ServerError|internal error", StatusCode::INTERNAL_SERVER_ERROR),
            ("Serialization|x", StatusCode::INTERNAL_SERVER_ERROR),
            ("", StatusCode::INTERNAL_SERVER_ERROR),
        ] {
            assert_eq!(failure(body.as_bytes()).status, status, "{body}");
        }
    }
}
