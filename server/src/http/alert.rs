//! `/benachrichtigen`: alerts for people without an account. No session, no cookie; what a link in a mail holds is all
//! the right there is.

use std::sync::Arc;

use app::{
    backend::BackendError,
    components::form::Problem,
    domain::{
        alert::{asks_for_days, watched},
        search::SearchQuery,
    },
    forms::Typed,
    pages::alert::{self as pages, AlertForm, AlertRow},
    routes,
    text::{account::NO_EMAIL, alert as words},
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{
    HttpState,
    account::{Pairs, go, private},
    pages::failed,
    peer::Network,
};
use crate::service::{
    account::link::LinkSecret,
    alert::{AlertError, AlertService, LinkedAlert, Switched},
};

const TOO_OFTEN: &str = "Von Ihrem Anschluss kamen gerade viele Anfragen. Bitte versuchen Sie es in einer Viertelstunde noch einmal.";
const TOO_LONG: &str =
    "Ihre Suche ist dafür zu lang. Bitte kürzen Sie die Suche und versuchen Sie es noch einmal.";
const TOO_MANY: &str = "Für Ihre Adresse gibt es schon zehn Benachrichtigungen. Bitte beenden Sie zuerst eine davon: Den Link dazu finden Sie in unseren E-Mails.";

#[derive(Clone)]
struct AlertState {
    http: HttpState,
    alerts: Arc<AlertService>,
}

pub(super) fn router(http: &HttpState, alerts: Arc<AlertService>) -> Router<HttpState> {
    let state = AlertState { http: http.clone(), alerts };
    // Where nobody would read a letter, nobody is asked for an address.
    if !http.backend.portal().has_mail() {
        return Router::new();
    }
    Router::new()
        .route(routes::ALERTS, get(show).post(send))
        .route(routes::ALERTS_SENT, get(sent))
        .route(routes::ALERTS_END, get(show_end).post(send_end))
        .route(routes::ALERTS_ENDED, get(ended))
        .route(&routes::alert_link("{link}"), get(show_link).post(use_link))
        .with_state(state)
}

/// Whether a path is that of a link in a mail.
pub(super) fn is_link(path: &str) -> bool {
    let link = path.strip_prefix(routes::ALERTS).and_then(|below| below.strip_prefix('/'));
    link.and_then(LinkSecret::parse).is_some()
}

impl AlertState {
    fn failed(&self, error: &AlertError) -> Response {
        let failure = match error {
            AlertError::Backend(failure) => *failure,
            error if error.is_unavailable() => BackendError::Unavailable,
            error => {
                tracing::error!(error = error as &dyn std::error::Error, "an alert could not be served");
                BackendError::Internal
            }
        };
        failed(&self.http, failure)
    }

    async fn form(
        &self,
        query: &SearchQuery,
        status: StatusCode,
        (typed, problems): (Typed, Vec<Problem>),
    ) -> Response {
        match self.alerts.look(query).await {
            Ok((words, results)) => {
                let leaves_days_out = asks_for_days(query);
                let mut query = watched(query);
                results.unknown.iter().for_each(|unknown| query.set_aside(unknown));
                let unknown_place = words::unknown_place(&results);
                let is_known = query.unknown.is_empty() && unknown_place.is_none();
                let status = if is_known { status } else { StatusCode::UNPROCESSABLE_ENTITY };
                let form = AlertForm { query, words, unknown_place, leaves_days_out, typed, problems };
                private(status, pages::alert(&self.http.site(), form))
            }
            Err(error) => self.failed(&error),
        }
    }

    fn worn(&self) -> Response {
        private(StatusCode::GONE, pages::worn_alert_link(&self.http.site()))
    }

    async fn linked(&self, secret: &LinkSecret, status: StatusCode, problem: Option<&str>) -> Response {
        match self.alerts.find(secret).await {
            Ok(found) if found.is_empty() => self.worn(),
            Ok(found) => {
                let rows = found.into_iter().map(row).collect();
                let action = routes::alert_link(secret.as_str());
                let problem = problem.map(str::to_owned);
                private(status, pages::alert_link(&self.http.site(), action, rows, problem))
            }
            Err(error) => self.failed(&error),
        }
    }
}

fn row(LinkedAlert { alert, words, free: (free, count) }: LinkedAlert) -> AlertRow {
    AlertRow {
        words,
        ends_at: alert.confirmed_at.map(|_| alert.ends_at),
        more: count.saturating_sub(free.len()),
        free,
        results: words::free_results(&routes::parse_search(&alert.query)),
    }
}

async fn show(State(state): State<AlertState>, RawQuery(query): RawQuery) -> Response {
    let query = routes::parse_search(&query.unwrap_or_default());
    state.form(&query, StatusCode::OK, (Typed::default(), Vec::new())).await
}

async fn send(State(state): State<AlertState>, Network(network): Network, form: Pairs) -> Response {
    let query = routes::parse_search(form.get("suche"));
    // Only programs fill in what nobody sees.
    if !form.get(pages::TRAP).is_empty() {
        return go(routes::ALERTS_SENT);
    }
    let (status, problem) = match state.alerts.ask(form.get("email"), &query, network).await {
        Ok(()) => return go(routes::ALERTS_SENT),
        Err(AlertError::NoAddress) => (StatusCode::UNPROCESSABLE_ENTITY, NO_EMAIL),
        Err(AlertError::TooLong) => (StatusCode::UNPROCESSABLE_ENTITY, TOO_LONG),
        Err(AlertError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN),
        // The form says itself what is not known.
        Err(AlertError::Unknown) => (StatusCode::UNPROCESSABLE_ENTITY, ""),
        Err(error) => return state.failed(&error),
    };
    let problems = vec![Problem::new("email", problem)];
    state.form(&query, status, (Typed(form.0), problems)).await
}

async fn sent(State(state): State<AlertState>) -> Response {
    private(StatusCode::OK, pages::alert_sent(&state.http.site()))
}

async fn show_end(State(state): State<AlertState>) -> Response {
    private(StatusCode::OK, pages::end_alerts(&state.http.site(), Typed::default(), Vec::new()))
}

async fn send_end(State(state): State<AlertState>, Network(network): Network, form: Pairs) -> Response {
    let (status, problem) = match state.alerts.ask_for_end(form.get("email"), network).await {
        Ok(()) => return go(routes::ALERTS_SENT),
        Err(AlertError::NoAddress) => (StatusCode::UNPROCESSABLE_ENTITY, NO_EMAIL),
        Err(AlertError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN),
        Err(error) => return state.failed(&error),
    };
    let problems = vec![Problem::new("email", problem)];
    private(status, pages::end_alerts(&state.http.site(), Typed(form.0), problems))
}

async fn ended(State(state): State<AlertState>) -> Response {
    private(StatusCode::OK, pages::alerts_ended(&state.http.site()))
}

async fn show_link(State(state): State<AlertState>, Path(link): Path<String>) -> Response {
    match LinkSecret::parse(&link) {
        Some(secret) => state.linked(&secret, StatusCode::OK, None).await,
        None => state.worn(),
    }
}

async fn use_link(State(state): State<AlertState>, Path(link): Path<String>, form: Pairs) -> Response {
    let Some(secret) = LinkSecret::parse(&link) else { return state.worn() };
    // RFC 8058, 3.2: the mail program wants an answer, and no other address. It may send a form that is read by nobody;
    // the buttons of the page always say what they do.
    let is_one_click = form.get("was").is_empty();
    let what = if is_one_click { "beenden" } else { form.get("was") };
    match what {
        "bestaetigen" => match state.alerts.confirm(&secret).await {
            Ok(Switched::On) => go(&routes::alert_link(secret.as_str())),
            Ok(Switched::TooMany) => state.linked(&secret, StatusCode::CONFLICT, Some(TOO_MANY)).await,
            Ok(Switched::Gone) => state.worn(),
            Err(error) => state.failed(&error),
        },
        "beenden" | "alle" => match state.alerts.end(&secret, what == "alle").await {
            Ok(true) if !is_one_click => go(routes::ALERTS_ENDED),
            // Twice is as good as once for a program.
            Ok(_) if is_one_click => ended(State(state)).await,
            Ok(_) => state.worn(),
            Err(error) => state.failed(&error),
        },
        _ => state.linked(&secret, StatusCode::UNPROCESSABLE_ENTITY, None).await,
    }
}
