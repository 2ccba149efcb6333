//! Pages for people: everything that is no other route.

use app::{domain::ids::Slug, routes};
use axum::{
    extract::{Request, State},
    http::Method,
    response::Response,
};

use super::{HttpState, error_page};
use crate::service::pulse::Readiness;

pub(super) async fn answer(State(state): State<HttpState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return error_page::METHOD_NOT_ALLOWED.response(&state);
    }
    let path = request.uri().path();
    match state.pulse.readiness() {
        Readiness::Ready => {}
        // What the law demands is shown in any state.
        _ if is_legal(&state, path) => {}
        Readiness::Indexing => return error_page::INDEXING.response(&state),
        Readiness::StoreAway => return error_page::STORE_AWAY.response(&state),
    }
    let _ = (routes::START, Slug::parse(path));
    error_page::NOT_FOUND.response(&state)
}

fn is_legal(state: &HttpState, path: &str) -> bool {
    state.backend.portal.legal.all().iter().any(|(name, _)| routes::legal(name) == path)
}
