//! `/kreis/sitzungen`: who is signed in, for those who lead the county.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::{account::Password, audit::Action, ids::AccountId},
    pages::county::{self as pages, PersonSessions},
    routes as addresses,
};
use axum::{
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{StatusCode, request::Parts},
    response::Response,
};

use super::nothing;
use crate::{
    http::{
        account::{
            AccountState, Pairs, away, go,
            own::{refusal, rows},
            private, said, seen,
            session::SignedIn,
            team::denied,
        },
        peer::Network,
    },
    service::account::AccountError,
};

const DONE: [(&str, &str); 1] = [("abgemeldet", "Die Person ist überall abgemeldet.")];

/// Somebody who leads the county's own team.
pub(in crate::http::account) struct Leading {
    signed_in: SignedIn,
    pub administrator: CountyAdministrator,
}

impl FromRequestParts<AccountState> for Leading {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let administrator =
            CountyAdministrator::require(&signed_in.account).map_err(|refused| denied(state, refused))?;
        Ok(Self { signed_in, administrator })
    }
}

pub(super) async fn show(State(state): State<AccountState>, leading: Leading, query: RawQuery) -> Response {
    let reader = leading.administrator.account();
    if let Err(response) = seen::note(&state, reader, Action::SessionsSeen, None).await {
        return response;
    }
    let people = match state.accounts.list_signed_in(&leading.administrator).await {
        Ok(people) => people,
        Err(error) => return away(&state, &error),
    };
    let key = leading.signed_in.key();
    let people = people.into_iter().filter_map(|(account, sessions)| {
        let sessions = rows(&account, sessions, key.as_ref());
        (!sessions.is_empty()).then_some(PersonSessions { account, sessions })
    });
    let now = state.http.backend.clock.now();
    private(StatusCode::OK, pages::sessions(&state.site(), people.collect(), said(&query, &DONE), now))
}

async fn person(
    state: &AccountState,
    leading: &Leading,
    id: &str,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Response {
    let Ok(id) = id.parse().map(AccountId) else { return nothing(state) };
    let found = match state.accounts.find_signed_in(&leading.administrator, id).await {
        Ok(Some(found)) => found,
        Ok(None) => return nothing(state),
        Err(error) => return away(state, &error),
    };
    let reader = leading.administrator.account();
    if let Err(response) = seen::note_person(state, reader, id).await {
        return response;
    }
    let (account, sessions) = found;
    let sessions = rows(&account, sessions, leading.signed_in.key().as_ref());
    let now = state.http.backend.clock.now();
    let shown = PersonSessions { account, sessions };
    private(status, pages::person_sessions(&state.site(), shown, problems, now))
}

pub(super) async fn show_person(
    State(state): State<AccountState>,
    leading: Leading,
    Path(id): Path<String>,
) -> Response {
    person(&state, &leading, &id, StatusCode::OK, Vec::new()).await
}

pub(super) async fn end(
    State(state): State<AccountState>,
    Network(network): Network,
    leading: Leading,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    let Ok(account) = id.parse().map(AccountId) else { return nothing(&state) };
    let password = Password::typed(form.get("passwort"));
    match state.accounts.end_sessions_of(&leading.administrator, account, &password, network).await {
        Ok(()) => go(&format!("{}?getan=abgemeldet", addresses::COUNTY_SESSIONS)),
        Err(AccountError::Gone) => nothing(&state),
        Err(error) => match refusal(&error, "passwort") {
            Some((status, problem)) => person(&state, &leading, &id, status, vec![problem]).await,
            None => away(&state, &error),
        },
    }
}
