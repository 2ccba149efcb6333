//! `/konto/zweiter-schritt`: an authenticator app is set up or given up.

use app::{
    components::form::Problem,
    domain::account::Password,
    pages::account::{self as pages, SetupForm},
};
use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    AccountState, Pairs, away, go, own, private,
    session::{PENDING, PasswordGiven, SignedIn},
    unreadable,
};
use crate::{
    http::peer::Network,
    service::account::{AccountError, Proof, second_factor::Setup},
};

const WRONG_CODE: &str =
    "Dieser Code passt nicht zum Schlüssel. Bitte geben Sie den Code ein, den die App gerade zeigt.";

/// The secret that waits in the session, or a new one.
async fn setup(state: &AccountState, signed_in: &SignedIn) -> Result<Setup, Response> {
    let issuer = &state.http.backend.portal().name;
    let pending: Option<String> =
        signed_in.session.get(PENDING).await.map_err(|error| unreadable(state, &error))?;
    if let Some(secret) = pending {
        return Ok(Setup::with(secret, &signed_in.account, issuer));
    }
    let setup = Setup::new(&signed_in.account, issuer);
    signed_in.session.insert(PENDING, &setup.secret).await.map_err(|error| unreadable(state, &error))?;
    Ok(setup)
}

fn page(
    state: &AccountState,
    signed_in: &SignedIn,
    setup: Setup,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Response {
    let form = SetupForm {
        secret: setup.secret,
        url: setup.url,
        is_required: signed_in.account.lacks_totp(),
        problems,
    };
    private(status, pages::set_up(&state.site(), form))
}

pub(in crate::http) async fn show(
    State(state): State<AccountState>,
    PasswordGiven(signed_in): PasswordGiven,
) -> Response {
    match setup(&state, &signed_in).await {
        Ok(setup) => page(&state, &signed_in, setup, StatusCode::OK, Vec::new()),
        Err(response) => response,
    }
}

pub(in crate::http) async fn send(
    State(state): State<AccountState>,
    Network(network): Network,
    PasswordGiven(signed_in): PasswordGiven,
    form: Pairs,
) -> Response {
    let setup = match setup(&state, &signed_in).await {
        Ok(setup) => setup,
        Err(response) => return response,
    };
    let account = signed_in.account.id;
    let proof = Proof { password: Password::typed(form.get("passwort")), code: form.get("code").to_owned() };
    let error = match state.accounts.confirm_totp(account, &setup.secret, &proof, network).await {
        Ok((account, codes)) => {
            return match signed_in.renew(&account).await {
                Ok(()) => private(StatusCode::OK, pages::recovery_codes(&state.site(), codes.0)),
                Err(error) => unreadable(&state, &error),
            };
        }
        Err(error) => error,
    };
    let refused = match error {
        AccountError::WrongCode => Some((StatusCode::UNPROCESSABLE_ENTITY, Problem::new("code", WRONG_CODE))),
        ref error => own::refusal(error, "passwort"),
    };
    match refused {
        Some((status, problem)) => page(&state, &signed_in, setup, status, vec![problem]),
        None => away(&state, &error),
    }
}

pub(in crate::http) async fn remove(
    State(state): State<AccountState>,
    Network(network): Network,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    const FIELD: &str = "passwort-zweiter-faktor";
    let password = Password::typed(form.get(FIELD));
    if signed_in.account.needs_totp() {
        return go(app::routes::OWN_ACCOUNT);
    }
    match state.accounts.remove_totp(signed_in.account.id, &password, network).await {
        Ok(account) => match signed_in.renew(&account).await {
            Ok(()) => own::done("schritt"),
            Err(error) => unreadable(&state, &error),
        },
        Err(error) => match own::refusal(&error, FIELD) {
            Some((status, problem)) => own::page(&state, &signed_in, status, vec![problem], None).await,
            None => away(&state, &error),
        },
    }
}
