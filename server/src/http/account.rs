//! Signing in, and one's own account: forms of plain HTML. Only here a browser gets a cookie, and only
//! once somebody signs in.

use std::{convert::Infallible, sync::Arc};

use app::{backend::BackendError, routes, shell::Site};
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, SET_COOKIE},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use super::{HttpState, Offices, pages};
use crate::service::{
    account::{AccountError, AccountService},
    capacity::CapacityService,
    entry::EntryService,
    reminder::ReminderService,
    trust::TrustService,
    vocabulary::VocabularyService,
};

mod capacity;
mod county;
mod entry;
mod interface;
mod invitation;
mod notice;
mod outbox;
mod own;
mod reader;
mod recovery;
mod reminder;
mod second_factor;
mod seen;
mod session;
mod sign_in;
mod team;
mod trust;
mod upload;

use session::SessionRecords;

/// The prefix binds the cookie to this host, https and the whole path (RFC 6265bis, 4.1.3.2).
const COOKIE: &str = "__Host-kreislotse";

/// What the handlers of accounts reach.
#[derive(Clone)]
pub(super) struct AccountState {
    http: HttpState,
    accounts: Arc<AccountService>,
    entries: Arc<EntryService>,
    vocabulary: Arc<VocabularyService>,
    capacity: Arc<CapacityService>,
    reminders: Arc<ReminderService>,
    trust: Arc<TrustService>,
}

impl AccountState {
    fn site(&self) -> Site {
        Site { reader: reader::now(), ..self.http.site() }
    }
}

pub(super) fn router(
    http: &HttpState,
    Offices { accounts, entries, vocabulary, capacity, reminders, trust, .. }: Offices,
) -> Router<HttpState> {
    let sessions = SessionManagerLayer::new(SessionRecords(accounts.clone()))
        .with_name(COOKIE)
        .with_http_only(true)
        .with_secure(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The cookie ends with the browser; how long the session lasts is up to the store.
        .with_expiry(Expiry::OnSessionEnd);
    let state =
        AccountState { http: http.clone(), accounts, entries, vocabulary, capacity, reminders, trust };
    let portal = http.backend.portal();
    // The mails of an example portal that nobody sends.
    let outbox = if portal.demo && !portal.writes_mail {
        Router::new().route(routes::OUTBOX, get(outbox::show))
    } else {
        Router::new()
    };
    Router::new()
        .merge(outbox)
        .route(routes::SIGN_IN, get(sign_in::show).post(sign_in::send))
        .route(routes::SIGN_IN_CODE, get(sign_in::show_code).post(sign_in::send_code))
        .route(routes::SIGN_OUT, post(sign_in::leave))
        .route(routes::OWN_ACCOUNT, get(own::show))
        .route(routes::OWN_PASSWORD, post(own::change_password))
        .route(routes::OWN_SESSIONS, post(own::end_sessions))
        .route(routes::OWN_COUNTY_MAIL, post(own::change_county_mail))
        .route(routes::OWN_REMOVE, post(own::remove))
        .route(routes::OWN_EMAIL, post(recovery::ask_for_address))
        .route(&below(routes::OWN_EMAIL), get(recovery::show_address).post(recovery::send_address))
        .route(routes::OWN_REMINDERS, get(reminder::show).post(reminder::change))
        .route(&below(routes::STOP_REMINDERS), get(reminder::show_stop).post(reminder::stop))
        .route(routes::FORGOTTEN, get(recovery::show_forgotten).post(recovery::send_forgotten))
        .route(
            &below(routes::NEW_PASSWORD),
            get(recovery::show_new_password).post(recovery::send_new_password),
        )
        .route(routes::SECOND_FACTOR, get(second_factor::show).post(second_factor::send))
        .route(routes::SECOND_FACTOR_REMOVE, post(second_factor::remove))
        .route(&below(routes::INVITATION), get(invitation::show).post(invitation::send))
        .merge(capacity::routes())
        .merge(county::routes())
        .merge(notice::routes())
        .merge(trust::routes())
        .route(&format!("{}/{{file}}", routes::UPLOADS), get(upload::show))
        .route(routes::EDITING, get(entry::home))
        .nest(&format!("{}/{{slug}}", routes::ENTRIES), entry::routes())
        .route(&format!("{}/{{organization}}/neu", routes::EDITING), get(entry::show_new).post(entry::add))
        .nest(routes::COUNTY_TEAM, team::routes())
        .nest(&format!("{}/{{organization}}/team", routes::EDITING), team::routes())
        .nest(&format!("{}/{{organization}}/schnittstelle", routes::EDITING), interface::routes())
        .route(&format!("{}/{{organization}}/eintraege.csv", routes::EDITING), get(entry::download))
        .route(&format!("{}/{{organization}}/eintraege.xlsx", routes::EDITING), get(entry::download_workbook))
        .layer(sessions)
        .layer(middleware::map_response(remove_for_good))
        .layer(middleware::from_fn(reader::remember))
        // Whoever has a link has no session, and gets none.
        .merge(capacity::link_routes())
        .layer(middleware::map_response_with_state(state.clone(), in_words))
        .with_state(state)
}

/// The route of a page whose address ends with the secret of a link.
fn below(path: &str) -> String {
    format!("{path}/{{link}}")
}

/// A browser removes a cookie with this prefix only where the answer repeats what it demands.
async fn remove_for_good(mut response: Response) -> Response {
    let removes = |cookie: &HeaderValue| {
        cookie.to_str().is_ok_and(|text| text.starts_with(COOKIE) && text[COOKIE.len()..].starts_with("=;"))
    };
    if response.headers().get_all(SET_COOKIE).iter().any(removes) {
        let gone = format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
        if let Ok(gone) = HeaderValue::from_str(&gone) {
            response.headers_mut().insert(SET_COOKIE, gone);
        }
    }
    response
}

/// Where a session could not be written, its layer answers 500 without a word.
async fn in_words(State(state): State<AccountState>, response: Response) -> Response {
    let is_silent = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(CONTENT_TYPE);
    if is_silent { pages::failed(&state.http, BackendError::Unavailable) } else { response }
}

const NO_ADDRESS: &str = app::text::account::NO_EMAIL;

/// What was done, by the word that the address of a page says it with.
fn said(query: &RawQuery, known: &[(&str, &'static str)]) -> Option<&'static str> {
    let word = query.0.as_deref()?.strip_prefix("getan=")?;
    known.iter().find(|(own, _)| *own == word).map(|(_, text)| *text)
}

/// A page for one person: nobody keeps it.
pub(super) fn private(status: StatusCode, html: String) -> Response {
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A table for spreadsheets: its media type, and what a browser calls it.
#[derive(Clone, Copy)]
struct Download(&'static str, &'static str);

const CSV: Download = Download("text/csv; charset=utf-8", "attachment; filename=\"eintraege.csv\"");
const XLSX: Download = Download(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "attachment; filename=\"eintraege.xlsx\"",
);
/// It has the encoding of the table it comes from, whatever that is.
const REJECTS: Download = Download("text/csv", "attachment; filename=\"abgelehnt.csv\"");

fn download(bytes: Vec<u8>, Download(kind, name): Download) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Goes on with GET. `path` is one of ours.
pub(super) fn go(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(
        LOCATION,
        HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static(routes::OWN_ACCOUNT)),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page for what nobody can mend by typing something else.
fn failed(state: &AccountState, error: &dyn std::error::Error) -> Response {
    tracing::error!(error = error.to_string(), "an account could not be served");
    pages::failed(&state.http, BackendError::Internal)
}

fn away(state: &AccountState, error: &AccountError) -> Response {
    match error {
        AccountError::Store(error) if error.is_unavailable() => {
            pages::failed(&state.http, BackendError::Unavailable)
        }
        error => failed(state, error),
    }
}

/// A session that cannot be read or written: its store has logged why.
fn unreadable(state: &AccountState, error: &tower_sessions::session::Error) -> Response {
    match error {
        tower_sessions::session::Error::Store(_) => pages::failed(&state.http, BackendError::Unavailable),
        error @ tower_sessions::session::Error::SerdeJson(_) => failed(state, error),
    }
}

/// Pairs of a form, decoded; the last of a name counts. Names that a form does not have are read by nobody.
pub(super) struct Pairs(pub(super) Vec<(String, String)>);

impl Pairs {
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Pairs {
    type Rejection = Infallible;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Infallible> {
        // What cannot be read is a form without any field: it is answered with what is missing.
        let form = axum::extract::Form::<Vec<(String, String)>>::from_request(request, state).await;
        Ok(Self(form.map(|form| form.0).unwrap_or_default()))
    }
}
