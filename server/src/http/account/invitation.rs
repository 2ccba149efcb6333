//! `/einladung/{link}`.

use app::{
    components::form::Problem,
    domain::account::{Account, Password},
    pages::account as pages,
    routes,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{AccountState, Pairs, away, go, own::refusal, private};
use crate::{
    http::peer::Network,
    service::account::{AccountError, link::LinkSecret, team::NewPerson},
};

const NO_NAME: &str = "Bitte geben Sie Ihren Namen an, höchstens 100 Zeichen.";

fn worn(state: &AccountState) -> Response {
    private(StatusCode::GONE, pages::worn_link(&state.site(), "Zur Anmeldung", routes::SIGN_IN))
}

async fn page(
    state: &AccountState,
    secret: Option<&LinkSecret>,
    status: StatusCode,
    name: String,
    problems: Vec<Problem>,
) -> Response {
    let Some(secret) = secret else { return worn(state) };
    match state.accounts.find_invitation(secret).await {
        Ok(Some((invitation, has_account))) => {
            let action = routes::invitation(secret.as_str());
            let html = pages::invitation(&state.site(), invitation, has_account, action, name, problems);
            private(status, html)
        }
        Ok(None) => worn(state),
        Err(error) => away(state, &error),
    }
}

pub(in crate::http) async fn show(State(state): State<AccountState>, Path(link): Path<String>) -> Response {
    page(&state, LinkSecret::parse(&link).as_ref(), StatusCode::OK, String::new(), Vec::new()).await
}

pub(in crate::http) async fn send(
    State(state): State<AccountState>,
    Path(link): Path<String>,
    Network(network): Network,
    form: Pairs,
) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return worn(&state) };
    let person = NewPerson { name: form.get("name").to_owned(), password: Password::typed(form.get("neu")) };
    let (status, problem) = match state.accounts.take_invitation(&secret, person, network).await {
        Ok(()) => return go(&format!("{}?getan=einladung", routes::SIGN_IN)),
        // An account was made with this address at the same moment: the page knows by now.
        Err(AccountError::Wrong | AccountError::Taken) => {
            return page(&state, Some(&secret), StatusCode::CONFLICT, String::new(), Vec::new()).await;
        }
        Err(AccountError::Unusable) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("name", NO_NAME)),
        Err(error) => match refusal(&error, "neu") {
            Some(refused) => refused,
            None => return away(&state, &error),
        },
    };
    let name = form.get("name").chars().take(Account::MAX_NAME).collect();
    page(&state, Some(&secret), status, name, vec![problem]).await
}
