//! `/m/{link}`: the screen for whoever holds a link. No cookie, no session; reading writes nothing but that it was
//! opened.

use app::{
    backend::access::CapacityReporter,
    pages::capacity::{self as pages, WornLink},
    routes as addresses,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, REFERRER_POLICY},
    },
    middleware,
    response::Response,
    routing::get,
};

use super::{
    screen::{Frame, Screen},
    wrong,
};
use crate::{
    http::account::{AccountState, Pairs, below, private},
    service::account::link::LinkSecret,
};

/// To be merged outside of the layer of sessions.
pub(in crate::http::account) fn routes() -> Router<AccountState> {
    Router::new()
        .route(&below(addresses::REPORT_LINK), get(show).post(send))
        .layer(middleware::map_response(quietly))
}

/// The address is a secret: it is told to no other page, kept by nobody and found by no search engine.
async fn quietly(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn worn(state: &AccountState, why: WornLink) -> Response {
    let status = match why {
        WornLink::Unknown => StatusCode::NOT_FOUND,
        WornLink::Over => StatusCode::GONE,
    };
    private(status, pages::worn_link(&state.http.site(), why))
}

/// The screen behind a link; that it was opened is written down.
async fn screen(state: &AccountState, path: Result<Path<String>, PathRejection>) -> Result<Screen, Response> {
    let secret = path.ok().and_then(|Path(text)| LinkSecret::parse(&text));
    let secret = secret.ok_or_else(|| worn(state, WornLink::Unknown))?;
    let found = state.capacity.find_link(&secret).await.map_err(|error| wrong(state, &error))?;
    let link = found.ok_or_else(|| worn(state, WornLink::Unknown))?;
    let now = state.http.backend.clock.now().instant;
    let reporter = CapacityReporter::of_link(&link, now).map_err(|_| worn(state, WornLink::Over))?;
    state.capacity.note_opened(&reporter).await.map_err(|error| wrong(state, &error))?;
    let frame = Frame {
        title: "Freie Plätze melden".to_owned(),
        lead: format!("{}: Was ist heute frei?", link.organization_name),
        path: addresses::report_link(secret.as_str()),
        is_visit: true,
        ..Frame::default()
    };
    Ok(Screen { reporter, frame, site: state.http.site() })
}

async fn show(
    State(state): State<AccountState>,
    path: Result<Path<String>, PathRejection>,
    query: RawQuery,
) -> Response {
    match screen(&state, path).await {
        Ok(screen) => screen.show(&state, &query).await,
        Err(response) => response,
    }
}

async fn send(
    State(state): State<AccountState>,
    path: Result<Path<String>, PathRejection>,
    form: Pairs,
) -> Response {
    match screen(&state, path).await {
        Ok(screen) => screen.send(&state, form).await,
        Err(response) => response,
    }
}
