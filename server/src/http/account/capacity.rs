//! `/redaktion/{organization}/meldung`: what is free at an organization, by those who have an account there.

use app::{
    backend::access::{CapacityReporter, Team, TeamLead},
    domain::{
        account::{Membership, OrganizationRole},
        organization::Organization,
    },
    forms::Typed,
    pages::editing,
    routes as addresses,
};
use axum::{
    Router,
    extract::{FromRequestParts, OriginalUri, RawQuery, State},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::get,
};

use super::{
    AccountState, Pairs, away,
    entry::leads_to_sign_in,
    failed, private,
    session::SignedIn,
    team::{denied, organization_of, segments},
};
use crate::{http::pages, service::capacity::CapacityError};

mod link;
mod links;
pub(super) mod screen;

pub(super) use link::routes as link_routes;
use screen::{Frame, Screen};

pub(super) fn routes() -> Router<AccountState> {
    let below = |path: &str| format!("{}/{{organization}}/{path}", addresses::EDITING);
    Router::new().route(&below("meldung"), get(show).post(send)).merge(links::routes())
}

/// What nobody can mend by typing something else.
pub(super) fn wrong(state: &AccountState, error: &CapacityError) -> Response {
    match error {
        CapacityError::Store(error) if error.is_unavailable() => {
            pages::failed(&state.http, app::backend::BackendError::Unavailable)
        }
        CapacityError::Account(error) => away(state, error),
        error => failed(state, error),
    }
}

/// Somebody who reports for the organization that the path names.
struct Reporting {
    reporter: CapacityReporter,
    organization: Organization,
    is_county: bool,
    leads: bool,
    /// This screen is all that they have.
    is_all: bool,
}

impl FromRequestParts<AccountState> for Reporting {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("organization").unwrap_or_default();
        let organization = organization_of(state, &slug).await?;
        let account = &signed_in.account;
        let reporter = CapacityReporter::require(account, &organization);
        let reporter = reporter.map_err(|refused| denied(state, refused))?;
        let is_county = account.county_role.is_some();
        let team = Team::Organization(organization.clone());
        let leads = TeamLead::require(account, team).is_ok();
        let only_reports =
            |own: &[Membership]| matches!(own, [one] if one.role == OrganizationRole::Capacity);
        let is_all = !is_county && only_reports(&account.memberships);
        Ok(Self { reporter, organization, is_county, leads, is_all })
    }
}

impl Reporting {
    fn screen(self, state: &AccountState) -> Screen {
        let slug = &self.organization.slug;
        let (way, back) = if self.is_county {
            ("Zum Landkreis", addresses::COUNTY)
        } else {
            ("Zu Ihren Einrichtungen", addresses::EDITING)
        };
        let links = self.leads.then(|| ("Melde-Links und Karten".to_owned(), addresses::report_links(slug)));
        let others = [
            ("Verlauf der Meldungen".to_owned(), addresses::report_history(slug)),
            ("Tabellen und Programme".to_owned(), addresses::interface(slug)),
        ];
        let also = links.into_iter().chain(others).collect();
        let frame = Frame {
            title: "Freie Plätze melden".to_owned(),
            lead: format!("{}: Was ist heute frei?", self.organization.name),
            back: (!self.is_all).then(|| (way.to_owned(), back.to_owned())),
            path: addresses::report(slug),
            also,
            names_people: true,
            ..Frame::default()
        };
        Screen { reporter: self.reporter, frame, site: state.site() }
    }
}

async fn show(State(state): State<AccountState>, own: Reporting, query: RawQuery) -> Response {
    own.screen(&state).show(&state, &query).await
}

async fn send(
    State(state): State<AccountState>,
    OriginalUri(uri): OriginalUri,
    own: Result<Reporting, Response>,
    form: Pairs,
) -> Response {
    match own {
        Ok(own) => own.screen(&state).send(&state, form).await,
        Err(refused) => carried_on(&state, uri.path(), refused, form),
    }
}

/// Where the session has ended meanwhile, what was typed is carried on.
pub(super) fn carried_on(state: &AccountState, path: &str, refused: Response, form: Pairs) -> Response {
    if form.get("was").is_empty() || !leads_to_sign_in(&refused) {
        return refused;
    }
    private(StatusCode::OK, editing::kept(&state.site(), path.to_owned(), Typed(form.0)))
}
