//! Forms for people without an account. No cookie is set here.

use app::{
    backend::Found,
    components::form::Problem,
    domain::{
        ids::Slug,
        notice::{NoticeAbout, NoticeKind},
    },
    forms::Typed,
    pages::notice::{self as pages, NoticeForm},
    routes as addresses,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, get},
};

use super::{AccountState, Pairs, entry::wrong, go, private};
use crate::{
    http::{error_page, pages::failed, peer::Network},
    service::entry::EntryError,
};

const TOO_OFTEN: &str = "Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer halben Stunde noch einmal.";

/// The forms of every entry, and the one of those that have none.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(&below("hinweis"), form(NoticeKind::Wrong))
        .route(&below("uebernehmen"), form(NoticeKind::Claim))
        .route(&below("nicht-listen"), form(NoticeKind::Decline))
        .route(addresses::REGISTRATION, get(show_registration).post(send_registration))
}

fn below(name: &str) -> String {
    format!("{}/{{slug}}/{name}", addresses::FACILITY)
}

/// The form of one kind: its route says which.
fn form(kind: NoticeKind) -> MethodRouter<AccountState> {
    get(move |state: State<AccountState>, path: Path<String>, query: RawQuery| show(kind, state, path, query))
        .post(move |state: State<AccountState>, network: Network, path: Path<String>, form: Pairs| {
            send(kind, state, network, path, form)
        })
}

/// The public entry of a slug.
async fn find(state: &AccountState, slug: &str, kind: NoticeKind) -> Result<NoticeAbout, Response> {
    let nowhere = || error_page::NOT_FOUND.response(&state.http);
    let slug = Slug::parse(slug).ok_or_else(nowhere)?;
    match state.http.backend.facilities.find_facility(&slug).await {
        Ok(Found::Here(view)) => {
            let facility = view.facility;
            Ok(NoticeAbout { id: facility.id, slug: facility.slug, name: facility.name })
        }
        Ok(Found::Moved(slug)) => Err(go(&addresses::write_notice(&slug, kind))),
        Ok(Found::Nowhere) => Err(nowhere()),
        Err(failure) => Err(failed(&state.http, failure)),
    }
}

fn page(
    state: &AccountState,
    kind: NoticeKind,
    about: Option<NoticeAbout>,
    status: StatusCode,
    (typed, problems, done): (Typed, Vec<Problem>, bool),
) -> Response {
    let about = about.map(|about| (about.slug, about.name));
    private(status, pages::notice(&state.site(), NoticeForm { kind, about, typed, problems, done }))
}

fn is_done(query: &RawQuery) -> bool {
    query.0.as_deref() == Some("getan=gesendet")
}

async fn show(
    kind: NoticeKind,
    State(state): State<AccountState>,
    Path(slug): Path<String>,
    query: RawQuery,
) -> Response {
    match find(&state, &slug, kind).await {
        Ok(about) => {
            let shown = (Typed::default(), Vec::new(), is_done(&query));
            page(&state, kind, Some(about), StatusCode::OK, shown)
        }
        Err(response) => response,
    }
}

async fn send(
    kind: NoticeKind,
    State(state): State<AccountState>,
    Network(network): Network,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    match find(&state, &slug, kind).await {
        Ok(about) => write(&state, kind, Some(about), network, form).await,
        Err(response) => response,
    }
}

async fn show_registration(State(state): State<AccountState>, query: RawQuery) -> Response {
    let shown = (Typed::default(), Vec::new(), is_done(&query));
    page(&state, NoticeKind::Registration, None, StatusCode::OK, shown)
}

async fn send_registration(
    State(state): State<AccountState>,
    Network(network): Network,
    form: Pairs,
) -> Response {
    write(&state, NoticeKind::Registration, None, network, form).await
}

async fn write(
    state: &AccountState,
    kind: NoticeKind,
    about: Option<NoticeAbout>,
    network: std::net::IpAddr,
    form: Pairs,
) -> Response {
    let typed = Typed(form.0);
    match state.entries.write_notice(kind, about.clone(), &typed, network).await {
        Ok(()) => {
            let path = about.map_or_else(
                || addresses::REGISTRATION.to_owned(),
                |about| addresses::write_notice(&about.slug, kind),
            );
            go(&format!("{path}?getan=gesendet"))
        }
        Err(EntryError::Problems(problems)) => {
            page(state, kind, about, StatusCode::UNPROCESSABLE_ENTITY, (typed, problems, false))
        }
        Err(EntryError::TooOften) => {
            let problems = vec![Problem::new("text", TOO_OFTEN)];
            page(state, kind, about, StatusCode::TOO_MANY_REQUESTS, (typed, problems, false))
        }
        Err(error) => wrong(state, error),
    }
}
