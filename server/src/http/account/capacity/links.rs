//! `/redaktion/{organization}/meldelinks`: links that report, for those who lead.

use app::{
    backend::access::{Team, TeamLead},
    components::form::Problem,
    domain::{
        ids::{AccountId, ReportLinkId},
        organization::Organization,
        report_link::ReportLink,
        value,
    },
    forms::Typed,
    pages::capacity::{self as pages, CardPage, LinksPage},
    routes as addresses,
};
use axum::{
    Router,
    extract::{FromRequestParts, RawQuery, State},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{get, post},
};

use super::wrong;
use crate::{
    http::account::{
        AccountState, Pairs, go, private,
        reminder::unremembered,
        said,
        session::SignedIn,
        team::{denied, organization_of, segments},
    },
    service::{capacity::CapacityError, reminder::ReminderError},
};

const OFF: (&str, &str) = ("abgeschaltet", "Abgeschaltet. Mit diesem Link meldet niemand mehr.");
const WAS_OFF: (&str, &str) = ("nichts", "Dieser Link galt schon nicht mehr.");
const NO_NAME: &str = "Bitte geben Sie der Karte einen Namen, zum Beispiel: Büro.";
const SENT: (&str, &str) = ("geschickt", "Der Link ist unterwegs.");
const NOBODY: &str = "Bitte wählen Sie jemanden aus dem Team.";
const ENOUGH: &str = "Diese Person hat heute schon drei Links bekommen. Bitte sehen Sie im Postfach nach.";
const TOO_MANY: &str = "Es gibt schon 50 Karten. Bitte schalten Sie erst eine ab.";

pub(super) fn routes() -> Router<AccountState> {
    let below = |path: &str| format!("{}/{{organization}}/meldelinks{path}", addresses::EDITING);
    Router::new()
        .route(&below(""), get(show))
        .route(&below("/karte"), get(back).post(add_card))
        .route(&below("/senden"), get(back).post(send))
        .route(&below("/abschalten"), post(revoke))
}

/// Somebody who leads the organization that the path names.
struct Leading(TeamLead, Organization);

impl FromRequestParts<AccountState> for Leading {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("organization").unwrap_or_default();
        let organization = organization_of(state, &slug).await?;
        let lead = TeamLead::require(&signed_in.account, Team::Organization(organization.clone()));
        lead.map(|lead| Self(lead, organization)).map_err(|refused| denied(state, refused))
    }
}

async fn page(
    state: &AccountState,
    Leading(lead, organization): Leading,
    status: StatusCode,
    (typed, problems): (Typed, Vec<Problem>),
    done: Option<&'static str>,
) -> Response {
    let people = match recipients(state, &lead).await {
        Ok(people) => people,
        Err(refused) => return refused,
    };
    match state.capacity.list_links(&lead).await {
        Ok(links) => {
            let now = state.http.backend.clock.now();
            let shown = LinksPage { organization, links, people, typed, problems, done, now };
            private(status, pages::links(&state.site(), shown))
        }
        Err(error) => wrong(state, &error),
    }
}

/// Whom a link can be sent to, where letters are read at all.
async fn recipients(state: &AccountState, lead: &TeamLead) -> Result<Vec<(String, String)>, Response> {
    if !state.http.backend.portal().has_mail() {
        return Ok(Vec::new());
    }
    let people = state.reminders.list_recipients(lead).await.map_err(|error| unremembered(state, &error))?;
    Ok(people.into_iter().map(|own| (own.account.to_string(), own.name)).collect())
}

async fn send(State(state): State<AccountState>, own: Leading, form: Pairs) -> Response {
    let to = form.get("person").parse().ok().map(AccountId);
    let sent = match to {
        Some(to) => state.reminders.send_link(&own.0, &own.1, to).await,
        None => Err(ReminderError::Gone),
    };
    let problem = match sent {
        Ok(()) => return go(&format!("{}?getan={}", addresses::report_links(&own.1.slug), SENT.0)),
        Err(ReminderError::Gone) => NOBODY,
        Err(ReminderError::Enough) => ENOUGH,
        Err(error) => return unremembered(&state, &error),
    };
    let refused = (Typed(form.0), vec![Problem::new("person", problem)]);
    page(&state, own, StatusCode::UNPROCESSABLE_ENTITY, refused, None).await
}

async fn show(State(state): State<AccountState>, own: Leading, query: RawQuery) -> Response {
    let done = said(&query, &[OFF, WAS_OFF, SENT]);
    page(&state, own, StatusCode::OK, (Typed::default(), Vec::new()), done).await
}

/// A card is shown once: whoever comes back finds the list.
async fn back(Leading(_, organization): Leading) -> Response {
    go(&addresses::report_links(&organization.slug))
}

async fn add_card(State(state): State<AccountState>, own: Leading, form: Pairs) -> Response {
    let label = value::one_line(form.get("name"));
    let length = label.chars().count();
    let problem = if label.is_empty() {
        Some(NO_NAME.to_owned())
    } else if length > ReportLink::LONGEST_LABEL {
        Some(format!("Bitte kürzen Sie auf {} Zeichen. Es sind {length}.", ReportLink::LONGEST_LABEL))
    } else {
        None
    };
    let problem = match problem {
        Some(problem) => problem,
        None => match state.capacity.add_card(&own.0, &own.1, label.clone()).await {
            Ok((_, secret)) => {
                let base = state.http.backend.portal().base_url.clone();
                let address = format!("{base}{}", addresses::report_link(secret.as_str()));
                let shown = CardPage { organization: own.1, label, address };
                return private(StatusCode::OK, pages::card(&state.site(), shown));
            }
            Err(CapacityError::TooManyCards) => TOO_MANY.to_owned(),
            Err(error) => return wrong(&state, &error),
        },
    };
    let refused = (Typed(form.0), vec![Problem::new("name", problem)]);
    page(&state, own, StatusCode::UNPROCESSABLE_ENTITY, refused, None).await
}

async fn revoke(
    State(state): State<AccountState>,
    Leading(lead, organization): Leading,
    form: Pairs,
) -> Response {
    let list = addresses::report_links(&organization.slug);
    let Some(id) = form.get("link").parse().ok().map(ReportLinkId) else {
        return go(&format!("{list}?getan={}", WAS_OFF.0));
    };
    match state.capacity.revoke_link(&lead, id).await {
        Ok(was_on) => go(&format!("{list}?getan={}", if was_on { OFF.0 } else { WAS_OFF.0 })),
        Err(error) => wrong(&state, &error),
    }
}
