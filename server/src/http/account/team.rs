//! The teams of the county and of organizations.

use std::collections::HashMap;

use app::{
    backend::access::{Denied, Team, TeamLead},
    components::form::Problem,
    domain::{
        account::{Email, Password},
        audit::{Action, Subject},
        ids::{AccountId, InvitationId, Slug},
        invitation::TeamMember,
        organization::Organization,
    },
    pages::{
        account::{self as pages, RolePage, TeamPage},
        editing,
    },
    routes as addresses,
    text::account as words,
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{get, post},
};

use super::{
    AccountState, NO_ADDRESS, Pairs, away, go, own::refusal, private, said, seen, session::SignedIn,
    sign_in::TOO_OFTEN,
};
use crate::{
    http::{error_page, peer::Network},
    service::account::AccountError,
};

const NO_ROLE: &str = "Bitte wählen Sie, was die Person darf.";
const LAST: &str =
    "Ohne diese Person leitet niemand mehr das Team. Geben Sie zuerst einer anderen diese Rolle.";
const TOO_MANY: &str = "An diese Adresse gingen schon mehrere E-Mails. Bitte warten Sie eine Stunde.";

/// What takes somebody out of a team.
const NOBODY: (&str, &str) = ("keine", "Nicht mehr im Team");

/// What was done, by the word that the address of the page says it with.
const DONE: [(&str, &str); 3] = [
    ("eingeladen", "Die Einladung ist unterwegs."),
    ("zurueckgenommen", "Die Einladung ist zurückgenommen. Der Link darin gilt nicht mehr."),
    ("rolle", "Die Rolle ist geändert. Sie gilt sofort."),
];

/// The pages of one team, below its own path.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route("/", get(show).post(invite))
        .route("/zuruecknehmen", post(withdraw))
        .route("/{account}", get(show_role).post(change_role))
}

pub(super) fn denied(state: &AccountState, denied: Denied) -> Response {
    match denied {
        Denied::Hidden => error_page::NOT_FOUND.response(&state.http),
        Denied::Role => private(StatusCode::FORBIDDEN, editing::forbidden(&state.site())),
    }
}

/// Somebody who leads the team that the path names. The team of an organization is found by its slug; what is
/// not there answers as what is nobody else's business.
struct Leading(TeamLead);

impl FromRequestParts<AccountState> for Leading {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let team = match segments(parts, state).await.remove("organization") {
            None => Team::County,
            Some(slug) => Team::Organization(organization_of(state, &slug).await?),
        };
        TeamLead::require(&signed_in.account, team).map(Self).map_err(|refused| denied(state, refused))
    }
}

/// Somebody who leads a team, and whom of it the path names.
struct Chosen(TeamLead, TeamMember);

impl FromRequestParts<AccountState> for Chosen {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let Leading(lead) = Leading::from_request_parts(parts, state).await?;
        let team = state.accounts.list_team(&lead).await.map_err(|error| away(state, &error))?;
        let id = segments(parts, state).await.remove("account").and_then(|id| id.parse().ok()).map(AccountId);
        let found = team.into_iter().find(|person| Some(person.account) == id);
        Ok(Self(lead, found.ok_or_else(|| denied(state, Denied::Hidden))?))
    }
}

/// The organization of a slug; what is not there answers as what is nobody else's business.
pub(super) async fn organization_of(state: &AccountState, slug: &str) -> Result<Organization, Response> {
    let slug = Slug::parse(slug).ok_or_else(|| denied(state, Denied::Hidden))?;
    let found = state.accounts.find_organization(&slug).await.map_err(|error| away(state, &error))?;
    found.ok_or_else(|| denied(state, Denied::Hidden))
}

/// The parts of the path by name; none where they are no text.
pub(super) async fn segments(parts: &mut Parts, state: &AccountState) -> HashMap<String, String> {
    Path::from_request_parts(parts, state).await.map(|Path(segments)| segments).unwrap_or_default()
}

fn path_of(lead: &TeamLead) -> String {
    match lead.team() {
        Team::County => addresses::COUNTY_TEAM.to_owned(),
        Team::Organization(own) => addresses::team(&own.slug),
    }
}

/// The roles of a team by key, with what they may; those with least come first.
fn roles(team: &Team) -> Vec<(&'static str, &'static str)> {
    match team {
        Team::County => words::COUNTY_ROLES.map(|(role, text)| (role.key(), text)).to_vec(),
        Team::Organization(_) => words::ORGANIZATION_ROLES.map(|(role, text)| (role.key(), text)).to_vec(),
    }
}

/// What somebody typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    email: String,
    role: String,
    problems: Vec<Problem>,
    done: Option<&'static str>,
}

async fn page(state: &AccountState, lead: &TeamLead, status: StatusCode, typed: Typed) -> Response {
    if lead.is_county() {
        let subject = lead.team().organization().map(Subject::Organization);
        if let Err(response) = seen::note(state, lead.account(), Action::TeamSeen, subject).await {
            return response;
        }
    }
    let read = async {
        Ok::<_, AccountError>((
            state.accounts.list_team(lead).await?,
            state.accounts.list_invitations(lead).await?,
        ))
    };
    let (people, invitations) = match read.await {
        Ok(read) => read,
        Err(error) => return away(state, &error),
    };
    let (title, back) = match lead.team() {
        Team::County => ("Personen des Landkreises".to_owned(), ("Zum Landkreis", addresses::COUNTY)),
        Team::Organization(own) if lead.is_county() => {
            (format!("Personen: {}", own.name), ("Zum Landkreis", addresses::COUNTY))
        }
        Team::Organization(own) => {
            (format!("Personen: {}", own.name), ("Zu Ihren Einrichtungen", addresses::EDITING))
        }
    };
    let team = TeamPage {
        title,
        path: path_of(lead),
        back,
        people,
        invitations,
        roles: roles(lead.team()),
        email: typed.email,
        role: typed.role,
        problems: typed.problems,
        done: typed.done,
        has_mail: state.http.backend.portal().has_mail(),
        now: state.http.backend.clock.now(),
    };
    private(status, pages::team(&state.site(), team))
}

async fn show(State(state): State<AccountState>, Leading(lead): Leading, query: RawQuery) -> Response {
    let done = said(&query, &DONE);
    page(&state, &lead, StatusCode::OK, Typed { done, ..Typed::default() }).await
}

async fn invite(State(state): State<AccountState>, Leading(lead): Leading, form: Pairs) -> Response {
    let (email, role) = (form.get("email"), form.get("rolle"));
    if !state.http.backend.portal().has_mail() {
        return go(&path_of(&lead));
    }
    let invited = match lead.team().role(role) {
        Some(role) => state.accounts.invite(&lead, email, role).await.map_err(Some),
        None => Err(None),
    };
    let (status, problem) = match invited {
        // Pressed twice at the same moment: one of them has invited.
        Ok(()) | Err(Some(AccountError::Taken)) => {
            return go(&format!("{}?getan=eingeladen", path_of(&lead)));
        }
        Err(Some(AccountError::Gone)) => return go(addresses::OWN_ACCOUNT),
        Err(None) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("rolle", NO_ROLE)),
        Err(Some(AccountError::Unusable)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("email", NO_ADDRESS))
        }
        Err(Some(AccountError::TooOften)) => (StatusCode::TOO_MANY_REQUESTS, Problem::new("email", TOO_MANY)),
        Err(Some(error)) => return away(&state, &error),
    };
    let email = email.chars().take(Email::MAX).collect();
    let typed = Typed { email, role: role.to_owned(), problems: vec![problem], done: None };
    page(&state, &lead, status, typed).await
}

async fn withdraw(State(state): State<AccountState>, Leading(lead): Leading, form: Pairs) -> Response {
    let Ok(id) = form.get("einladung").parse() else { return go(&path_of(&lead)) };
    match state.accounts.withdraw_invitation(&lead, InvitationId(id)).await {
        Ok(()) => go(&format!("{}?getan=zurueckgenommen", path_of(&lead))),
        // It was taken, or taken back, a moment ago: the page says how it is now.
        Err(AccountError::Gone) => go(&path_of(&lead)),
        Err(error) => away(&state, &error),
    }
}

async fn role_page(
    state: &AccountState,
    Chosen(lead, person): Chosen,
    status: StatusCode,
    chosen: String,
    problems: Vec<Problem>,
) -> Response {
    if lead.is_county()
        && let Err(response) = seen::note_person(state, lead.account(), person.account).await
    {
        return response;
    }
    let mut roles = roles(lead.team());
    roles.push(NOBODY);
    let page = RolePage { person, path: path_of(&lead), roles, chosen, problems };
    private(status, pages::role(&state.site(), page))
}

async fn show_role(State(state): State<AccountState>, chosen: Chosen) -> Response {
    let role = chosen.1.role.key().to_owned();
    role_page(&state, chosen, StatusCode::OK, role, Vec::new()).await
}

async fn change_role(
    State(state): State<AccountState>,
    Network(network): Network,
    Chosen(lead, person): Chosen,
    form: Pairs,
) -> Response {
    let (chosen, password) = (form.get("rolle"), Password::typed(form.get("passwort")));
    let wanted = lead.team().role(chosen).map(Some).or((chosen == NOBODY.0).then_some(None));
    let changed = match wanted {
        Some(role) => {
            state.accounts.change_role(&lead, person.account, role, &password, network).await.map_err(Some)
        }
        None => Err(None),
    };
    let (status, problem) = match changed {
        // Somebody may have taken themselves out.
        Ok(()) if person.account == lead.account() => return go(addresses::OWN_ACCOUNT),
        Ok(()) => return go(&format!("{}?getan=rolle", path_of(&lead))),
        Err(None) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::new("rolle", NO_ROLE)),
        Err(Some(AccountError::LastOne)) => (StatusCode::CONFLICT, Problem::new("rolle", LAST)),
        Err(Some(AccountError::Gone)) => return go(&path_of(&lead)),
        Err(Some(AccountError::TooOften)) => {
            (StatusCode::TOO_MANY_REQUESTS, Problem::new("passwort", TOO_OFTEN))
        }
        Err(Some(error)) => match refusal(&error, "passwort") {
            Some(refused) => refused,
            None => return away(&state, &error),
        },
    };
    role_page(&state, Chosen(lead, person), status, chosen.to_owned(), vec![problem]).await
}
