//! `/konto`: one's own account.

use app::{
    backend::access::CountyStaff,
    components::form::Problem,
    domain::account::{Account, Password},
    pages::account::{self as pages, OwnAccount, SessionRow},
};
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{
    AccountState, Pairs, away, go, private, said,
    session::{SignedIn, parse_id, stored},
    sign_in::TOO_OFTEN,
    team::denied,
    unreadable,
};
use crate::{
    http::peer::Network,
    service::account::{AccountError, Weak},
    store::{SessionKey, StoredSession},
};

const WRONG: &str = "Das ist nicht Ihr Passwort. Bitte geben Sie es noch einmal ein.";
const LENGTH: &str = "Bitte nehmen Sie 12 bis 128 Zeichen.";
const GUESSABLE: &str =
    "Dieses Passwort ist leicht zu erraten. Gut sind mehrere Wörter, die nichts miteinander zu tun haben.";

/// The page after something was tried.
pub(super) async fn page(
    state: &AccountState,
    signed_in: &SignedIn,
    status: StatusCode,
    problems: Vec<Problem>,
    said: Option<&'static str>,
) -> Response {
    page_with(state, signed_in, status, problems, said, String::new()).await
}

/// The same, with an address that was typed.
pub(super) async fn page_with(
    state: &AccountState,
    signed_in: &SignedIn,
    status: StatusCode,
    problems: Vec<Problem>,
    said: Option<&'static str>,
    new_email: String,
) -> Response {
    let account = signed_in.account.id;
    let key = signed_in.key();
    let sessions = match state.accounts.list_sessions(account).await {
        Ok(sessions) => sessions,
        Err(error) => return away(state, &error),
    };
    let recovery_codes = match state.accounts.recovery_codes_left(account).await {
        Ok(left) => left,
        Err(error) => return away(state, &error),
    };
    let county_mail = match CountyStaff::require(&signed_in.account) {
        Ok(staff) => match state.accounts.wants_county_mail(&staff).await {
            Ok(wants) => Some(wants),
            Err(error) => return away(state, &error),
        },
        Err(_) => None,
    };
    let own = OwnAccount {
        account: signed_in.account.clone(),
        sessions: rows(&signed_in.account, sessions, key.as_ref()),
        recovery_codes,
        county_mail,
        new_email,
        problems,
        done: said,
        now: state.http.backend.clock.now(),
    };
    private(status, pages::own(&state.site(), own))
}

/// The sessions of an account that are worth something; `this` is the one that asks.
pub(super) fn rows(
    account: &Account,
    sessions: Vec<StoredSession>,
    this: Option<&SessionKey>,
) -> Vec<SessionRow> {
    let row = |session: StoredSession| {
        let who = stored(&session).filter(|who| who.complete && who.holds_for(account))?;
        Some(SessionRow {
            device: who.device,
            since: session.created_at,
            seen: session.seen_at,
            is_this: this == Some(&session.key),
            id: session.id,
        })
    };
    sessions.into_iter().filter_map(row).collect()
}

/// What was done, by the word that the address of the page says it with.
const DONE: [(&str, &str); 7] = [
    ("mail-an", "Wir schreiben Ihnen, wenn etwas auf den Landkreis wartet."),
    ("mail-aus", "Sie bekommen keine E-Mails mehr, wenn etwas auf den Landkreis wartet."),
    ("passwort", "Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet."),
    ("adresse", "Wir haben an die neue Adresse geschrieben. Sie gilt, sobald Sie den Link darin bestätigen."),
    ("geraet", "Das Gerät ist abgemeldet."),
    ("geraete", "Sie sind überall sonst abgemeldet."),
    ("schritt", "Der zweite Schritt ist abgeschaltet."),
];

/// Back to the page, which then says what was done: nothing is sent twice when it is loaded again.
pub(super) fn done(word: &'static str) -> Response {
    go(&format!("{}?getan={word}", app::routes::OWN_ACCOUNT))
}

pub(in crate::http) async fn show(
    State(state): State<AccountState>,
    query: RawQuery,
    signed_in: SignedIn,
) -> Response {
    page(&state, &signed_in, StatusCode::OK, Vec::new(), said(&query, &DONE)).await
}

/// What is said where the password that was asked for once more does not fit; `None` for other errors.
pub(super) fn refusal(error: &AccountError, field: &'static str) -> Option<(StatusCode, Problem)> {
    match error {
        AccountError::Wrong => Some((StatusCode::UNPROCESSABLE_ENTITY, Problem::new(field, WRONG))),
        AccountError::TooOften => Some((StatusCode::TOO_MANY_REQUESTS, Problem::new(field, TOO_OFTEN))),
        AccountError::Weak(weak) => {
            let text = match weak {
                Weak::Length => LENGTH,
                Weak::Guessable => GUESSABLE,
            };
            Some((StatusCode::UNPROCESSABLE_ENTITY, Problem::new("neu", text)))
        }
        _ => None,
    }
}

pub(in crate::http) async fn change_password(
    State(state): State<AccountState>,
    Network(network): Network,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    let (current, new) = (Password::typed(form.get("passwort")), Password::typed(form.get("neu")));
    match state.accounts.change_password(signed_in.account.id, &current, new, network).await {
        Ok(account) => match signed_in.renew(&account).await {
            Ok(()) => done("passwort"),
            Err(error) => unreadable(&state, &error),
        },
        Err(error) => match refusal(&error, "passwort") {
            Some((status, problem)) => page(&state, &signed_in, status, vec![problem], None).await,
            None => away(&state, &error),
        },
    }
}

pub(in crate::http) async fn end_sessions(
    State(state): State<AccountState>,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    let account = signed_in.account.id;
    let (ended, word) = match (form.get("sitzung"), signed_in.key()) {
        ("andere", Some(key)) => (state.accounts.end_other_sessions(account, &key).await, "geraete"),
        (id, _) => match parse_id(id) {
            Some(id) => (state.accounts.end_session_of(account, id).await, "geraet"),
            None => return go(app::routes::OWN_ACCOUNT),
        },
    };
    match ended {
        Ok(()) => done(word),
        Err(error) => away(&state, &error),
    }
}

/// Whether somebody of the county is told by mail what waits.
pub(in crate::http) async fn change_county_mail(
    State(state): State<AccountState>,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    let staff = match CountyStaff::require(&signed_in.account) {
        Ok(staff) => staff,
        Err(refused) => return denied(&state, refused),
    };
    let (wants, word) = match form.get("neues") {
        "an" => (true, "mail-an"),
        "aus" => (false, "mail-aus"),
        _ => return go(app::routes::OWN_ACCOUNT),
    };
    match state.accounts.set_county_mail(&staff, wants).await {
        Ok(()) => done(word),
        Err(error) => away(&state, &error),
    }
}

const LAST: &str =
    "Ohne Sie leitet niemand mehr ein Team. Geben Sie zuerst einer anderen Person diese Rolle.";

/// The field of the password that removes the account.
const REMOVE: &str = "passwort-loeschen";

pub(in crate::http) async fn remove(
    State(state): State<AccountState>,
    Network(network): Network,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    let password = Password::typed(form.get(REMOVE));
    let (status, problem) = match state.accounts.leave(signed_in.account.id, &password, network).await {
        Ok(()) => {
            // It is gone with the account; the browser forgets it, too.
            return match signed_in.session.flush().await {
                Ok(()) => go(&format!("{}?getan=geloescht", app::routes::SIGN_IN)),
                Err(error) => unreadable(&state, &error),
            };
        }
        Err(AccountError::LastOne) => (StatusCode::CONFLICT, Problem::new(REMOVE, LAST)),
        Err(error) => match refusal(&error, REMOVE) {
            Some(refused) => refused,
            None => return away(&state, &error),
        },
    };
    page(&state, &signed_in, status, vec![problem], None).await
}
