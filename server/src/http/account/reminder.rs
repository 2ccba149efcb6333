//! `/konto/erinnerungen` and `/erinnerungen-abbestellen/{link}`.

use app::{
    backend::BackendError,
    components::form::Problem,
    domain::{
        reminder::{ReminderKind, ReminderSettings},
        value,
    },
    forms::Typed,
    pages::account::{self as pages, RemindersPage},
    routes,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{AccountState, Pairs, failed, go, private, said, session::SignedIn};
use crate::{
    http::{error_page, pages as public},
    service::{account::link::LinkSecret, reminder::ReminderError},
};

const DONE: [(&str, &str); 1] = [("gespeichert", "Gespeichert.")];
const NO_DAY: &str = "Bitte geben Sie einen Tag ab heute an, höchstens ein Jahr voraus.";

/// Kinds as forms name them.
const KINDS: [(&str, ReminderKind); 2] =
    [("vor-ablauf", ReminderKind::BeforeExpiry), ("abgelaufen", ReminderKind::Expired)];

/// The page for what nobody can mend by typing something else.
pub(super) fn unremembered(state: &AccountState, error: &ReminderError) -> Response {
    match error {
        error if error.is_unavailable() => public::failed(&state.http, BackendError::Unavailable),
        ReminderError::Gone => error_page::NOT_FOUND.response(&state.http),
        error => failed(state, error),
    }
}

fn page(state: &AccountState, status: StatusCode, shown: RemindersPage) -> Response {
    private(status, pages::reminders(&state.site(), shown))
}

pub(in crate::http) async fn show(
    State(state): State<AccountState>,
    query: RawQuery,
    signed_in: SignedIn,
) -> Response {
    let settings = match state.reminders.settings(signed_in.account.id).await {
        Ok(settings) => settings,
        Err(error) => return unremembered(&state, &error),
    };
    let wanted = KINDS.into_iter().filter(|(_, kind)| settings.wants(*kind));
    let mut typed: Vec<_> = wanted.map(|(value, _)| ("arten".to_owned(), value.to_owned())).collect();
    let today = state.http.backend.clock.now().berlin_date;
    if let Some(last) = settings.paused_until.filter(|last| *last >= today) {
        typed.push(("pause".to_owned(), last.to_string()));
    }
    let shown = RemindersPage { typed: Typed(typed), done: said(&query, &DONE), ..RemindersPage::default() };
    page(&state, StatusCode::OK, shown)
}

pub(in crate::http) async fn change(
    State(state): State<AccountState>,
    signed_in: SignedIn,
    form: Pairs,
) -> Response {
    let typed = Typed(form.0);
    let pause = typed.get("pause").trim();
    let paused_until = match (pause.is_empty(), value::date(pause)) {
        (true, _) => Ok(None),
        (false, Some(last)) => Ok(Some(last)),
        (false, None) => Err(ReminderError::Day),
    };
    let wants = |value: &str| typed.has("arten", value);
    let changed = match paused_until {
        Ok(paused_until) => {
            let (before_expiry, expired) = (wants(KINDS[0].0), wants(KINDS[1].0));
            let settings = ReminderSettings { before_expiry, expired, paused_until };
            state.reminders.change(signed_in.account.id, settings).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => go(&format!("{}?getan=gespeichert", routes::OWN_REMINDERS)),
        Err(ReminderError::Day) => {
            let problems = vec![Problem::new("pause", NO_DAY)];
            page(&state, StatusCode::UNPROCESSABLE_ENTITY, RemindersPage { typed, problems, done: None })
        }
        Err(error) => unremembered(&state, &error),
    }
}

/// A link that ends nothing: it is too old, or the account is gone.
fn worn(state: &AccountState) -> Response {
    let html = pages::worn_link(&state.site(), "Erinnerungen einstellen", routes::OWN_REMINDERS);
    private(StatusCode::GONE, html)
}

fn answer(state: &AccountState, error: &ReminderError) -> Response {
    match error {
        ReminderError::Gone => worn(state),
        error => unremembered(state, error),
    }
}

pub(in crate::http) async fn show_stop(
    State(state): State<AccountState>,
    Path(link): Path<String>,
    query: RawQuery,
) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return worn(&state) };
    match state.reminders.find_link(&secret).await {
        Ok(wants) if query.0.as_deref() == Some("getan=abbestellt") => {
            let all = !wants.before_expiry && !wants.expired;
            private(StatusCode::OK, pages::reminders_stopped(&state.site(), all))
        }
        Ok(wants) => {
            let action = routes::stop_reminders(secret.as_str());
            private(StatusCode::OK, pages::stop_reminders(&state.site(), action, wants))
        }
        Err(error) => answer(&state, &error),
    }
}

pub(in crate::http) async fn stop(
    State(state): State<AccountState>,
    Path(link): Path<String>,
    form: Pairs,
) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return worn(&state) };
    let was = form.get("was");
    let kind = KINDS.into_iter().find(|(value, _)| *value == was).map(|(_, kind)| kind);
    match state.reminders.stop(&secret, kind).await {
        // RFC 8058, 3.1: a mail program follows nobody anywhere. What it sends may be a form that is read by nobody.
        Ok(()) if was.is_empty() => private(StatusCode::OK, pages::reminders_stopped(&state.site(), true)),
        Ok(()) => go(&format!("{}?getan=abbestellt", routes::stop_reminders(secret.as_str()))),
        Err(error) => answer(&state, &error),
    }
}
