//! Pages for what HTTP itself refuses or meets, and below `/api/` the same as problems of RFC 9457. They need neither store nor index nor Leptos, so
//! that they can be shown whatever is broken. Nothing of the request is repeated in them.

use std::fmt::Write;

use axum::{
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use app::{backend::BackendError, shell::COUNTY_STYLE};

use super::HttpState;
use crate::service::pulse::Readiness;

/// The media type of RFC 9457.
pub const PROBLEM: &str = "application/problem+json";

/// A page for one kind of failure.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPage {
    pub status: StatusCode,
    heading: &'static str,
    /// What to do now.
    advice: &'static str,
}

const fn page(status: StatusCode, heading: &'static str, advice: &'static str) -> ErrorPage {
    ErrorPage { status, heading, advice }
}

pub const INTERNAL: ErrorPage = page(
    StatusCode::INTERNAL_SERVER_ERROR,
    "Das hat leider nicht geklappt",
    "Auf unserer Seite ist ein Fehler passiert. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
pub const TOO_SLOW: ErrorPage = page(
    StatusCode::SERVICE_UNAVAILABLE,
    "Das hat zu lange gedauert",
    "Gerade ist viel los. Bitte versuchen Sie es in einer Minute noch einmal.",
);
pub const SEARCH_TOO_SLOW: ErrorPage = page(
    StatusCode::SERVICE_UNAVAILABLE,
    "Ihre Suche hat zu lange gedauert",
    "Gerade ist viel los. Bitte versuchen Sie es in einer Minute noch einmal, am besten mit weniger Wörtern.",
);
pub const BEHIND: ErrorPage = page(
    StatusCode::SERVICE_UNAVAILABLE,
    "Unsere Angaben sind gerade nicht aktuell",
    "Damit Sie nichts Falsches lesen, zeigen wir sie im Moment nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
pub const STORE_AWAY: ErrorPage = page(
    StatusCode::SERVICE_UNAVAILABLE,
    "Das Portal ist gerade nicht erreichbar",
    "Wir kommen im Moment nicht an die Daten. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
pub const INDEXING: ErrorPage = page(
    StatusCode::SERVICE_UNAVAILABLE,
    "Einen Moment noch",
    "Das Suchverzeichnis wird aufgebaut. Bitte laden Sie die Seite in einigen Sekunden neu.",
);
pub const NOT_FOUND: ErrorPage = page(
    StatusCode::NOT_FOUND,
    "Diese Seite gibt es nicht",
    "Vielleicht ist die Adresse nicht vollständig. Suchen Sie auf der Startseite nach dem, was Sie brauchen.",
);
pub const METHOD_NOT_ALLOWED: ErrorPage = page(
    StatusCode::METHOD_NOT_ALLOWED,
    "Das geht auf dieser Seite nicht",
    "Bitte öffnen Sie die Seite neu über die Startseite.",
);
pub const URI_TOO_LONG: ErrorPage = page(
    StatusCode::URI_TOO_LONG,
    "Diese Adresse ist zu lang",
    "Bitte beginnen Sie Ihre Suche auf der Startseite noch einmal.",
);
pub const BODY_TOO_LARGE: ErrorPage = page(
    StatusCode::PAYLOAD_TOO_LARGE,
    "Das sind zu viele Daten auf einmal",
    "Bitte kürzen Sie Ihre Eingabe und senden Sie sie noch einmal.",
);
pub const FILE_TOO_LARGE: ErrorPage = page(
    StatusCode::PAYLOAD_TOO_LARGE,
    "Diese Datei ist zu groß",
    "Es ist nichts gespeichert. Eine Tabelle darf höchstens 8 MB haben: Bitte teilen Sie sie und senden Sie die Teile nacheinander.",
);
pub const CALL_TOO_LARGE: ErrorPage = page(
    StatusCode::PAYLOAD_TOO_LARGE,
    "Das sind zu viele Daten auf einmal",
    "Es ist nichts gespeichert. Auf einmal gehen höchstens 1.000 Meldungen und 4 MB: Bitte teilen Sie sie auf.",
);
pub const BAD_REQUEST: ErrorPage = page(
    StatusCode::BAD_REQUEST,
    "Diese Anfrage ist nicht vollständig",
    "Bitte öffnen Sie die Seite neu und versuchen Sie es noch einmal.",
);
pub const FOREIGN: ErrorPage = page(
    StatusCode::FORBIDDEN,
    "Diese Anfrage kam von einer anderen Seite",
    "Zu Ihrem Schutz nehmen wir nur Eingaben an, die Sie auf unseren eigenen Seiten machen.",
);

impl ErrorPage {
    /// The page as HTML; [`for_programs`] makes a problem of it where a program asked.
    pub fn response(self, state: &HttpState) -> Response {
        self.answer("text/html; charset=utf-8", self.html(state))
    }

    /// The same for programs.
    pub fn problem(self) -> Response {
        self.answer(PROBLEM, self.words())
    }

    fn answer(self, content_type: &'static str, body: String) -> Response {
        let mut response = (self.status, body).into_response();
        response.extensions_mut().insert(self);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let (name, value) = match self.status {
            StatusCode::SERVICE_UNAVAILABLE => (RETRY_AFTER, "5"),
            StatusCode::METHOD_NOT_ALLOWED => (ALLOW, "GET, HEAD"),
            _ => return response,
        };
        headers.insert(name, HeaderValue::from_static(value));
        response
    }

    /// What it says as a problem of RFC 9457.
    pub fn words(self) -> String {
        let status = self.status.as_u16();
        serde_json::json!({
            "type": "about:blank", "title": self.heading, "status": status, "detail": self.advice,
        })
        .to_string()
    }

    pub(super) fn html(self, state: &HttpState) -> String {
        let portal = &state.backend.portal();
        let mut html = String::with_capacity(1024);
        html.push_str("<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\">");
        html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.push_str(
            "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">",
        );
        let style = escape(&state.assets.addresses().address("kreislotse.css"));
        let county_style = state.assets.addresses().find(COUNTY_STYLE).map_or_else(String::new, |address| {
            format!("<link rel=\"stylesheet\" href=\"{}\">", escape(address))
        });
        let (name, county) = (escape(&portal.name), escape(&portal.county));
        let Self { heading, advice, .. } = self;
        let _ = write!(
            html,
            "<title>{heading} – {name}</title><link rel=\"stylesheet\" href=\"{style}\">{county_style}</head>\
             <body><main id=\"inhalt\" class=\"error-page\"><p>{name} – {county}</p><h1>{heading}</h1><p>{advice}</p>"
        );
        if let Some(centre) = &portal.advice_centre {
            let _ = write!(
                html,
                "<p>Sie können auch anrufen: {}, Telefon <a href=\"tel:{}\">{}</a></p>",
                escape(&centre.name),
                escape(&centre.phone.replace(|c: char| !c.is_ascii_digit() && c != '+', "")),
                escape(&centre.phone)
            );
        }
        html.push_str("<p><a href=\"/\">Zur Startseite</a></p></main></body></html>");
        html
    }
}

impl From<BackendError> for ErrorPage {
    fn from(error: BackendError) -> Self {
        match error {
            BackendError::Unavailable => STORE_AWAY,
            BackendError::Indexing => INDEXING,
            BackendError::Behind => BEHIND,
            BackendError::Internal => INTERNAL,
        }
    }
}

/// Why nobody can be answered at the moment.
pub(super) fn unready(readiness: Readiness) -> Option<BackendError> {
    match readiness {
        Readiness::Ready => None,
        Readiness::Indexing => Some(BackendError::Indexing),
        Readiness::Behind => Some(BackendError::Behind),
        Readiness::StoreAway => Some(BackendError::Unavailable),
    }
}

/// Whether a path is one that programs ask for.
pub(super) fn is_for_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Below `/api/`, whatever of ours refuses a request says so as a problem.
pub(super) async fn for_programs(request: Request, next: Next) -> Response {
    let asked_by_program = is_for_programs(request.uri().path());
    let response = next.run(request).await;
    match response.extensions().get::<ErrorPage>() {
        Some(page) if asked_by_program => {
            let mut problem = page.problem();
            // The router knows better which methods there are, and says so where nobody else has.
            problem.headers_mut().remove(ALLOW);
            if let Some(allow) = response.headers().get(ALLOW) {
                problem.headers_mut().insert(ALLOW, allow.clone());
            }
            problem
        }
        _ => response,
    }
}

pub(super) async fn method_not_allowed(State(state): State<HttpState>) -> Response {
    let mut response = METHOD_NOT_ALLOWED.response(&state);
    // The router says which methods there are where nobody else has.
    response.headers_mut().remove(ALLOW);
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
