//! `/kreis/sitzungen`: who is signed in, for those who lead the county.

use app::{
    components::form::Problem,
    domain::{account::Password, audit::Action, ids::AccountId},
    pages::county::{self as pages, PersonSessions},
    routes as addresses,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{Lead, nothing};
use crate::{
    http::{
        account::{
            AccountState, Pairs, away, go,
            own::{refusal, rows},
            private, said, seen,
        },
        peer::Network,
    },
    service::account::AccountError,
};

const DONE: [(&str, &str); 1] = [("abgemeldet", "Die Person ist überall abgemeldet.")];

pub(super) async fn show(State(state): State<AccountState>, lead: Lead, query: RawQuery) -> Response {
    let reader = lead.1.account();
    if let Err(response) = seen::note(&state, reader, Action::SessionsSeen, None).await {
        return response;
    }
    let people = match state.accounts.list_signed_in(&lead.1).await {
        Ok(people) => people,
        Err(error) => return away(&state, &error),
    };
    let key = lead.0.key();
    let people = people.into_iter().filter_map(|(account, sessions)| {
        let sessions = rows(&account, sessions, key.as_ref());
        (!sessions.is_empty()).then_some(PersonSessions { account, sessions })
    });
    let now = state.http.backend.clock.now();
    private(StatusCode::OK, pages::sessions(&state.site(), people.collect(), said(&query, &DONE), now))
}

async fn person(
    state: &AccountState,
    lead: &Lead,
    id: &str,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Response {
    let Ok(id) = id.parse().map(AccountId) else { return nothing(state) };
    let found = match state.accounts.find_signed_in(&lead.1, id).await {
        Ok(Some(found)) => found,
        Ok(None) => return nothing(state),
        Err(error) => return away(state, &error),
    };
    let reader = lead.1.account();
    if let Err(response) = seen::note_person(state, reader, id).await {
        return response;
    }
    let (account, sessions) = found;
    let sessions = rows(&account, sessions, lead.0.key().as_ref());
    let now = state.http.backend.clock.now();
    let shown = PersonSessions { account, sessions };
    private(status, pages::person_sessions(&state.site(), shown, problems, now))
}

pub(super) async fn show_person(
    State(state): State<AccountState>,
    lead: Lead,
    Path(id): Path<String>,
) -> Response {
    person(&state, &lead, &id, StatusCode::OK, Vec::new()).await
}

pub(super) async fn end(
    State(state): State<AccountState>,
    Network(network): Network,
    lead: Lead,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    let Ok(account) = id.parse().map(AccountId) else { return nothing(&state) };
    let password = Password::typed(form.get("passwort"));
    match state.accounts.end_sessions_of(&lead.1, account, &password, network).await {
        Ok(()) => go(&format!("{}?getan=abgemeldet", addresses::COUNTY_SESSIONS)),
        Err(AccountError::Gone) => nothing(&state),
        Err(error) => match refusal(&error, "passwort") {
            Some((status, problem)) => person(&state, &lead, &id, status, vec![problem]).await,
            None => away(&state, &error),
        },
    }
}
