//! `/passwort-vergessen`, `/passwort-neu/{link}`, `/konto/adresse` and `/konto/adresse/{link}`.

use app::{
    components::form::Problem,
    domain::account::{Email, Password},
    pages::account as pages,
    routes,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    AccountState, NO_ADDRESS, Pairs, away, go,
    own::{self, refusal},
    private,
    session::SignedIn,
    sign_in::TOO_OFTEN,
};
use crate::{
    http::peer::Network,
    service::account::{AccountError, link::LinkSecret},
};

const NO_NEW_ADDRESS: &str = "Bitte geben Sie eine andere E-Mail-Adresse an, zum Beispiel name@haus.de";

pub(in crate::http) async fn show_forgotten(State(state): State<AccountState>) -> Response {
    private(StatusCode::OK, pages::forgotten(&state.site(), String::new(), Vec::new()))
}

pub(in crate::http) async fn send_forgotten(
    State(state): State<AccountState>,
    Network(network): Network,
    form: Pairs,
) -> Response {
    if !state.http.backend.portal().has_mail() {
        return show_forgotten(State(state)).await;
    }
    let email: String = form.get("email").trim().chars().take(Email::MAX).collect();
    let (status, text) = match state.accounts.forgot_password(form.get("email"), network).await {
        Ok(()) => return private(StatusCode::OK, pages::letter_sent(&state.site(), email)),
        Err(AccountError::Unusable) => (StatusCode::UNPROCESSABLE_ENTITY, NO_ADDRESS),
        Err(AccountError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN),
        Err(error) => return away(&state, &error),
    };
    private(status, pages::forgotten(&state.site(), email, vec![Problem::new("email", text)]))
}

fn worn(state: &AccountState) -> Response {
    let html = pages::worn_link(&state.site(), "Neuen Link anfordern", routes::FORGOTTEN);
    private(StatusCode::GONE, html)
}

/// The page that a link for a new password leads to.
async fn password_page(
    state: &AccountState,
    secret: Option<&LinkSecret>,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Response {
    let Some(secret) = secret else { return worn(state) };
    match state.accounts.find_password_link(secret).await {
        Ok(Some(email)) => {
            let action = routes::new_password(secret.as_str());
            private(status, pages::new_password(&state.site(), action, &email, problems))
        }
        Ok(None) => worn(state),
        Err(error) => away(state, &error),
    }
}

pub(in crate::http) async fn show_new_password(
    State(state): State<AccountState>,
    Path(link): Path<String>,
) -> Response {
    password_page(&state, LinkSecret::parse(&link).as_ref(), StatusCode::OK, Vec::new()).await
}

pub(in crate::http) async fn send_new_password(
    State(state): State<AccountState>,
    Path(link): Path<String>,
    Network(network): Network,
    form: Pairs,
) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return worn(&state) };
    match state.accounts.renew_password(&secret, Password::typed(form.get("neu")), network).await {
        Ok(()) => go(&format!("{}?getan=passwort", routes::SIGN_IN)),
        Err(AccountError::Wrong) => worn(&state),
        Err(error) => match refusal(&error, "neu") {
            Some((status, problem)) => password_page(&state, Some(&secret), status, vec![problem]).await,
            None => away(&state, &error),
        },
    }
}

pub(in crate::http) async fn ask_for_address(
    State(state): State<AccountState>,
    Network(network): Network,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    const PASSWORD: &str = "passwort-adresse";
    if !state.http.backend.portal().has_mail() {
        return go(routes::OWN_ACCOUNT);
    }
    let (password, typed) = (Password::typed(form.get(PASSWORD)), form.get("neue-adresse"));
    let asked = state.accounts.ask_for_address(signed_in.account.id, &password, typed, network).await;
    let (status, problem) = match asked {
        Ok(()) => return own::done("adresse"),
        Err(AccountError::Unusable) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("neue-adresse", NO_NEW_ADDRESS))
        }
        Err(error) => match refusal(&error, PASSWORD) {
            Some(refused) => refused,
            None => return away(&state, &error),
        },
    };
    let typed = typed.chars().take(Email::MAX).collect();
    own::page_with(&state, &signed_in, status, vec![problem], None, typed).await
}

fn worn_address(state: &AccountState) -> Response {
    private(StatusCode::GONE, pages::worn_link(&state.site(), "Zu Ihrem Konto", routes::OWN_ACCOUNT))
}

/// The page that a link for an address leads to.
async fn address_page(state: &AccountState, secret: &LinkSecret, refusal: Option<&'static str>) -> Response {
    match state.accounts.find_address_link(secret).await {
        Ok(Some(email)) => {
            let action = routes::confirm_address(secret.as_str());
            let status = refusal.map_or(StatusCode::OK, |_| StatusCode::TOO_MANY_REQUESTS);
            private(status, pages::confirm_address(&state.site(), action, &email, refusal))
        }
        Ok(None) => worn_address(state),
        Err(error) => away(state, &error),
    }
}

pub(in crate::http) async fn show_address(
    State(state): State<AccountState>,
    Path(link): Path<String>,
) -> Response {
    match LinkSecret::parse(&link) {
        Some(secret) => address_page(&state, &secret, None).await,
        None => worn_address(&state),
    }
}

pub(in crate::http) async fn send_address(
    State(state): State<AccountState>,
    Path(link): Path<String>,
    Network(network): Network,
) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return worn_address(&state) };
    match state.accounts.change_address(&secret, network).await {
        Ok(()) => go(&format!("{}?getan=adresse", routes::SIGN_IN)),
        Err(AccountError::Wrong | AccountError::Taken) => worn_address(&state),
        Err(AccountError::TooOften) => address_page(&state, &secret, Some(TOO_OFTEN)).await,
        Err(error) => away(&state, &error),
    }
}
