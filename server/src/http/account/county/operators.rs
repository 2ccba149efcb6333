//! `/kreis/traeger`: the organizations of the directory.

use app::{
    components::form::Problem,
    domain::{
        audit::{Action, Subject},
        ids::Slug,
    },
    forms::{Typed, organization as form},
    pages::county::{self as pages, OperatorPage, OperatorsPage},
    routes as addresses,
    text::changes::Change,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{Staff, nothing};
use crate::{
    http::account::{AccountState, Pairs, entry::wrong, go, private, said, seen as seen_by},
    service::entry::{EntryError, OperatorView, stamp},
};

const DONE: [(&str, &str); 2] = [
    (
        "angelegt",
        "Angelegt. Laden Sie jetzt jemanden ein, der den Träger leitet, oder fügen Sie eine Einrichtung hinzu.",
    ),
    ("gespeichert", "Gespeichert. In wenigen Augenblicken gilt es überall."),
];

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(addresses::OPERATORS, get(list).post(add))
        .route(&format!("{}/{{slug}}", addresses::OPERATORS), get(show).post(save))
}

async fn list_page(
    state: &AccountState,
    Staff(_, staff): Staff,
    status: StatusCode,
    typed: Typed,
    problems: Vec<Problem>,
) -> Response {
    match state.entries.list_operators(&staff).await {
        Ok(operators) => {
            private(status, pages::operators(&state.site(), OperatorsPage { operators, typed, problems }))
        }
        Err(error) => wrong(state, error),
    }
}

async fn list(State(state): State<AccountState>, staff: Staff) -> Response {
    list_page(&state, staff, StatusCode::OK, Typed::default(), Vec::new()).await
}

async fn add(State(state): State<AccountState>, staff: Staff, fields: Pairs) -> Response {
    let typed = Typed(fields.0);
    match state.entries.add_operator(&staff.1, &typed).await {
        Ok(slug) => go(&format!("{}?getan=angelegt", addresses::operator(&slug))),
        Err(EntryError::Problems(problems)) => {
            list_page(&state, staff, StatusCode::UNPROCESSABLE_ENTITY, typed, problems).await
        }
        Err(error) => wrong(&state, error),
    }
}

/// The organization that a path names, or where it is by now.
async fn find(state: &AccountState, staff: &Staff, slug: &str) -> Result<OperatorView, Response> {
    let Some(slug) = Slug::parse(slug) else { return Err(nothing(state)) };
    let found = state.entries.find_operator(&staff.1, &slug).await.map_err(|error| wrong(state, error))?;
    if let Some(found) = found {
        return Ok(found);
    }
    match state.entries.find_moved_operator(&slug).await {
        Ok(Some(slug)) => Err(go(&addresses::operator(&slug))),
        Ok(None) => Err(nothing(state)),
        Err(error) => Err(wrong(state, error)),
    }
}

/// What a form shows besides the organization itself.
#[derive(Default)]
struct Shown {
    /// `None`: what is stored.
    typed: Option<Typed>,
    problems: Vec<Problem>,
    conflict: Option<Vec<Change>>,
    done: Option<&'static str>,
}

/// `stamp` is what the form has seen; `None`: what is there now.
async fn page(
    state: &AccountState,
    staff: &Staff,
    view: OperatorView,
    status: StatusCode,
    shown: Shown,
    seen: Option<String>,
) -> Response {
    let OperatorView { organization, entries, people } = view;
    // It names people with their addresses.
    let subject = Some(Subject::Organization(organization.id));
    if let Err(response) = seen_by::note(state, staff.1.account(), Action::TeamSeen, subject).await {
        return response;
    }
    let stored = form::write(&organization);
    let stamp = seen.unwrap_or_else(|| stamp(&stored));
    let Shown { typed, problems, conflict, done } = shown;
    let typed = typed.unwrap_or(stored);
    let shown = OperatorPage { organization, entries, people, typed, stamp, problems, conflict, done };
    private(status, pages::operator(&state.site(), shown))
}

async fn show(
    State(state): State<AccountState>,
    staff: Staff,
    Path(slug): Path<String>,
    query: RawQuery,
) -> Response {
    match find(&state, &staff, &slug).await {
        Ok(view) => {
            let shown = Shown { done: said(&query, &DONE), ..Shown::default() };
            page(&state, &staff, view, StatusCode::OK, shown, None).await
        }
        Err(response) => response,
    }
}

async fn save(
    State(state): State<AccountState>,
    staff: Staff,
    Path(slug): Path<String>,
    fields: Pairs,
) -> Response {
    // Somebody may have renamed it meanwhile: what was typed is compared with what is there now.
    let moved = match Slug::parse(&slug) {
        Some(slug) => state.entries.find_moved_operator(&slug).await.ok().flatten(),
        None => None,
    };
    let slug = moved.map_or(slug, |own| own.to_string());
    let view = match find(&state, &staff, &slug).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let typed = Typed(fields.0);
    let seen = typed.get("stand").to_owned();
    match state.entries.change_organization(&staff.1, view.organization.id, &typed, &seen).await {
        Ok(slug) => go(&format!("{}?getan=gespeichert", addresses::operator(&slug))),
        Err(EntryError::Problems(problems)) => {
            let shown = Shown { typed: Some(typed), problems, ..Shown::default() };
            page(&state, &staff, view, StatusCode::UNPROCESSABLE_ENTITY, shown, Some(seen)).await
        }
        // Somebody else was faster: both versions, and what is there now counts as seen.
        Err(EntryError::Changed) => match find(&state, &staff, view.organization.slug.as_str()).await {
            Ok(view) => {
                let conflict = Some(form::changes(&form::write(&view.organization), &typed));
                let shown = Shown { typed: Some(typed), conflict, ..Shown::default() };
                page(&state, &staff, view, StatusCode::CONFLICT, shown, None).await
            }
            Err(response) => response,
        },
        Err(error) => wrong(&state, error),
    }
}
