//! "War doch nicht frei?" for everybody, and the history of reports for those who report. No cookie is set for the
//! former.

use app::{
    backend::{
        Found,
        access::{CapacityReporter, CountyStaff},
    },
    components::not_free::TRAP,
    domain::{
        facility::Facility,
        ids::{OfferId, Slug},
    },
    pages::{
        editing::{self as pages, HistoryOf},
        not_free::{NotFreeAnswer, not_free},
    },
    routes as addresses,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{
    AccountState, Pairs, failed as broken, go, private,
    session::SignedIn,
    team::{denied, organization_of},
};
use crate::{
    http::{error_page, pages::failed, peer::Network},
    service::trust::TrustError,
};

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(&format!("{}/{{slug}}/nicht-frei", addresses::FACILITY), get(show_told).post(tell))
        .route(&format!("{}/{{organization}}/verlauf", addresses::EDITING), get(history))
}

/// What nobody can mend by typing something else.
pub(super) fn not_there(state: &AccountState, error: &TrustError) -> Response {
    match error {
        TrustError::Store(error) if error.is_unavailable() => {
            failed(&state.http, app::backend::BackendError::Unavailable)
        }
        TrustError::Gone => error_page::NOT_FOUND.response(&state.http),
        error => broken(state, error),
    }
}

/// The public entry of a slug; `Err`: where else to look.
async fn find(state: &AccountState, slug: &str) -> Result<Facility, Response> {
    let nowhere = || error_page::NOT_FOUND.response(&state.http);
    let slug = Slug::parse(slug).ok_or_else(nowhere)?;
    match state.http.backend.facilities.find_facility(&slug).await {
        Ok(Found::Here(view)) => Ok(view.facility),
        Ok(Found::Moved(slug)) => Err(go(&addresses::facility(&slug))),
        Ok(Found::Nowhere) => Err(nowhere()),
        Err(failure) => Err(failed(&state.http, failure)),
    }
}

fn answer(state: &AccountState, facility: Facility, status: StatusCode, answer: NotFreeAnswer) -> Response {
    private(status, not_free(&state.site(), &facility.slug, facility.name, answer))
}

/// What became of it; whoever comes here otherwise finds the form on the page of the facility.
async fn show_told(State(state): State<AccountState>, Path(slug): Path<String>, query: RawQuery) -> Response {
    let facility = match find(&state, &slug).await {
        Ok(facility) => facility,
        Err(response) => return response,
    };
    match query.0.as_deref() {
        Some("getan=gesendet") => answer(&state, facility, StatusCode::OK, NotFreeAnswer::Told),
        Some("getan=schon") => answer(&state, facility, StatusCode::OK, NotFreeAnswer::Already),
        _ => go(&addresses::facility(&facility.slug)),
    }
}

async fn tell(
    State(state): State<AccountState>,
    Network(network): Network,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let facility = match find(&state, &slug).await {
        Ok(facility) => facility,
        Err(response) => return response,
    };
    let done = |word: &str| go(&format!("{}?getan={word}", addresses::not_free(&facility.slug)));
    if !form.get(TRAP).is_empty() {
        // No person has seen that field. A program learns nothing from the answer.
        return done("gesendet");
    }
    let (Ok(offer), Ok(sequence)) = (form.get("angebot").parse(), form.get("meldung").parse()) else {
        return answer(&state, facility, StatusCode::UNPROCESSABLE_ENTITY, NotFreeAnswer::Unreadable);
    };
    match state.trust.tell_not_free(facility.id, OfferId(offer), sequence, network).await {
        Ok(()) => done("gesendet"),
        Err(TrustError::Already) => done("schon"),
        Err(TrustError::Refused(refusal)) => {
            answer(&state, facility, StatusCode::CONFLICT, NotFreeAnswer::Refused(refusal))
        }
        Err(TrustError::TooOften) => {
            answer(&state, facility, StatusCode::TOO_MANY_REQUESTS, NotFreeAnswer::TooOften)
        }
        Err(error) => not_there(&state, &error),
    }
}

/// The last ninety days of an organization's offers, one facility at a time.
async fn history(
    State(state): State<AccountState>,
    signed_in: SignedIn,
    Path(organization): Path<String>,
    query: RawQuery,
) -> Response {
    let organization = match organization_of(&state, &organization).await {
        Ok(organization) => organization,
        Err(response) => return response,
    };
    let reporter = match CapacityReporter::require(&signed_in.account, &organization) {
        Ok(reporter) => reporter,
        Err(refused) => return denied(&state, refused),
    };
    let query = query.0.unwrap_or_default();
    let wanted = addresses::value_of(&query, "einrichtung");
    // What can be no address names nothing.
    let wanted =
        if wanted.is_empty() { Ok(None) } else { Slug::parse(&wanted).map(Some).ok_or(TrustError::Gone) };
    let page = addresses::value_of(&query, "seite").parse().unwrap_or(1);
    let found = match wanted {
        Ok(wanted) => state.trust.history(&reporter, wanted.as_ref(), page).await,
        Err(error) => Err(error),
    };
    let is_own = signed_in.account.memberships.iter().any(|own| own.organization == organization.id);
    let back_to = if !is_own && CountyStaff::require(&signed_in.account).is_ok() {
        ("Zum Träger", addresses::operator(&organization.slug))
    } else {
        ("Zu Ihren Einrichtungen", addresses::EDITING.to_owned())
    };
    match found {
        Ok(found) => private(
            StatusCode::OK,
            pages::report_history(&state.site(), HistoryOf::Organization(organization), found, back_to),
        ),
        Err(error) => not_there(&state, &error),
    }
}
