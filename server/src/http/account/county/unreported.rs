//! `/kreis/meldungen`: who has not reported for long.

use app::{
    components::form::Problem,
    domain::{ids::Slug, unreported::FollowUp, value},
    forms::Typed,
    pages::county::{self as pages, PutOffPage},
    routes as addresses,
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
    http::account::{AccountState, Pairs, go, private, reminder::unremembered, said},
    service::reminder::ReminderError,
};

const DONE: [(&str, &str); 1] =
    [("zurueckgestellt", "Gespeichert. Bis zu dem Tag steht die Einrichtung unter „Zurückgestellt“.")];
const NO_DAY: &str = "Bitte geben Sie einen Tag ab heute an, höchstens 90 Tage voraus.";

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(addresses::UNREPORTED, get(show))
        .route(&format!("{}/{{slug}}/spaeter", addresses::UNREPORTED), get(show_put_off).post(put_off))
}

async fn show(State(state): State<AccountState>, Staff(_, staff): Staff, query: RawQuery) -> Response {
    let asked = addresses::parse_unreported(query.0.as_deref().unwrap_or_default());
    match state.reminders.list_unreported(&staff, asked).await {
        // Somebody has reported meanwhile, and the page is there no more.
        Ok(page) if page.facilities.is_empty() && asked.before > 0 => {
            go(&addresses::unreported(app::domain::unreported::UnreportedQuery { before: 0, ..asked }))
        }
        Ok(page) => {
            let now = state.http.backend.clock.now();
            let html = pages::unreported(&state.site(), asked, page, said(&query, &DONE), now);
            private(StatusCode::OK, html)
        }
        Err(error) => unremembered(&state, &error),
    }
}

async fn put_off_page(
    state: &AccountState,
    Staff(_, staff): Staff,
    slug: &Slug,
    status: StatusCode,
    (typed, problems): (Typed, Vec<Problem>),
) -> Response {
    match state.reminders.find_follow_up(&staff, slug).await {
        Ok((facility, follow_up)) => {
            let now = state.http.backend.clock.now();
            let shown =
                PutOffPage { slug: facility.slug, name: facility.name, follow_up, typed, problems, now };
            private(status, pages::put_off(&state.site(), shown))
        }
        Err(error) => unremembered(state, &error),
    }
}

async fn show_put_off(State(state): State<AccountState>, staff: Staff, Path(slug): Path<String>) -> Response {
    let Some(slug) = Slug::parse(&slug) else { return nothing(&state) };
    put_off_page(&state, staff, &slug, StatusCode::OK, (Typed::default(), Vec::new())).await
}

async fn put_off(
    State(state): State<AccountState>,
    staff: Staff,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let Some(slug) = Slug::parse(&slug) else { return nothing(&state) };
    let typed = Typed(form.0);
    let saved = match value::date(typed.get("tag").trim()) {
        Some(day) => state.reminders.put_off(&staff.1, &slug, day, typed.get("notiz")).await,
        None => Err(ReminderError::Day),
    };
    let problem = match saved {
        Ok(()) => return go(&format!("{}?getan=zurueckgestellt", addresses::UNREPORTED)),
        Err(ReminderError::Day) => Problem::new("tag", NO_DAY),
        Err(ReminderError::Note) => {
            let text = format!("Bitte fassen Sie sich kürzer: höchstens {} Zeichen.", FollowUp::LONGEST_NOTE);
            Problem::new("notiz", text)
        }
        Err(error) => return unremembered(&state, &error),
    };
    put_off_page(&state, staff, &slug, StatusCode::UNPROCESSABLE_ENTITY, (typed, vec![problem])).await
}
