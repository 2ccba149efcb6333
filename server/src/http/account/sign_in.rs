//! `/anmelden`, `/anmelden/code` and `/abmelden`.

use app::{
    components::form::Problem,
    domain::account::Password,
    pages::account::{self as pages, SignInForm},
    routes,
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use tower_sessions::Session;

use super::{
    AccountState, Pairs, away, go, private,
    session::{Who, own_path},
    unreadable,
};
use crate::{http::peer::Network, service::account::AccountError};

/// The same for every reason: it is never said whether there is an account.
const WRONG: &str = "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte versuchen Sie es noch einmal.";
const WRONG_CODE: &str = "Dieser Code gilt nicht. Jeder Code gilt nur einmal: Bitte nehmen Sie den nächsten.";
pub(super) const TOO_OFTEN: &str = "Das waren zu viele Versuche. Bitte warten Sie einige Minuten.";

/// What the address of the page says; one that cannot be read says nothing.
type Asked = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub(in crate::http) async fn show(
    State(state): State<AccountState>,
    query: Asked,
    session: Session,
) -> Response {
    match Who::of(&state, &session).await {
        Ok(Some((who, _))) if who.complete => return go(routes::OWN_ACCOUNT),
        Ok(_) => {}
        Err(response) => return response,
    }
    let pairs = Pairs(query.map(|query| query.0).unwrap_or_default());
    let next = own_path(pairs.get("weiter"));
    let notice = match (pairs.get("getan"), pairs.get("weiter")) {
        ("passwort", _) => Some("Ihr neues Passwort gilt. Bitte melden Sie sich damit an."),
        ("geloescht", _) => Some("Ihr Konto ist gelöscht. Auf Wiedersehen."),
        ("einladung", _) => Some("Sie sind dabei. Bitte melden Sie sich an."),
        ("adresse", _) => Some("Ihre neue E-Mail-Adresse gilt. Bitte melden Sie sich damit an."),
        (_, "") => None,
        _ => Some("Bitte melden Sie sich an, um weiterzumachen."),
    };
    let form = SignInForm { next: next.to_owned(), notice, ..SignInForm::default() };
    private(StatusCode::OK, pages::sign_in(&state.site(), form))
}

pub(in crate::http) async fn send(
    State(state): State<AccountState>,
    Network(network): Network,
    session: Session,
    headers: HeaderMap,
    form: Pairs,
) -> Response {
    let (email, next) = (form.get("email").trim(), own_path(form.get("weiter")));
    let password = Password::typed(form.get("passwort"));
    let (status, problem) = match state.accounts.sign_in(email, &password, network).await {
        Ok(signed_in) => {
            let who = Who {
                account: signed_in.account.id,
                complete: !signed_in.needs_code,
                credentials: signed_in.account.credentials,
                next: next.to_owned(),
                device: Who::device_of(&headers),
            };
            return match who.enter(&session).await {
                Ok(()) => go(if who.complete { next } else { routes::SIGN_IN_CODE }),
                Err(error) => unreadable(&state, &error),
            };
        }
        Err(AccountError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("passwort", WRONG)),
        Err(AccountError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, Problem::new("passwort", TOO_OFTEN)),
        Err(error) => return away(&state, &error),
    };
    let form = SignInForm {
        email: email.chars().take(app::domain::account::Email::MAX).collect(),
        next: next.to_owned(),
        problems: vec![problem],
        notice: None,
    };
    private(status, pages::sign_in(&state.site(), form))
}

/// Somebody whose password was right and whose code is still wanted.
async fn waiting(state: &AccountState, session: &Session) -> Result<Who, Response> {
    match Who::of(state, session).await? {
        Some((who, _)) if !who.complete => Ok(who),
        Some(_) => Err(go(routes::OWN_ACCOUNT)),
        None => Err(go(routes::SIGN_IN)),
    }
}

pub(in crate::http) async fn show_code(State(state): State<AccountState>, session: Session) -> Response {
    match waiting(&state, &session).await {
        Ok(_) => private(StatusCode::OK, pages::code(&state.site(), Vec::new())),
        Err(response) => response,
    }
}

pub(in crate::http) async fn send_code(
    State(state): State<AccountState>,
    Network(network): Network,
    session: Session,
    form: Pairs,
) -> Response {
    let who = match waiting(&state, &session).await {
        Ok(who) => who,
        Err(response) => return response,
    };
    let checked = state.accounts.check_code(who.account, who.credentials, form.get("code"), network).await;
    let (status, text) = match checked {
        Ok(()) => {
            let who = Who { complete: true, ..who };
            return match who.enter(&session).await {
                Ok(()) => go(own_path(&who.next)),
                Err(error) => unreadable(&state, &error),
            };
        }
        Err(AccountError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, WRONG_CODE),
        Err(AccountError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN),
        Err(error) => return away(&state, &error),
    };
    private(status, pages::code(&state.site(), vec![Problem::new("code", text)]))
}

pub(in crate::http) async fn leave(State(state): State<AccountState>, session: Session) -> Response {
    match session.flush().await {
        Ok(()) => go(routes::START),
        Err(error) => unreadable(&state, &error),
    }
}
