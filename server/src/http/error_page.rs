//! Pages for what HTTP itself refuses or meets. They need neither store nor index nor Leptos, so
//! that they can be shown whatever is broken. Nothing of the request is repeated in them.

use std::fmt::Write;

use axum::{
    extract::State,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};

use super::HttpState;

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
    /// The page as HTML.
    pub fn response(self, state: &HttpState) -> Response {
        let mut response = (self.status, self.html(state)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }

    /// The same for programs.
    pub fn json(self) -> Response {
        let mut response = (self.status, axum::Json(self.words())).into_response();
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }

    /// What it says, as JSON.
    pub fn words(self) -> serde_json::Value {
        serde_json::json!({ "error": format!("{}. {}", self.heading, self.advice) })
    }

    fn html(self, state: &HttpState) -> String {
        let portal = &state.backend.portal;
        let mut html = String::with_capacity(1024);
        html.push_str("<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\">");
        html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.push_str(
            "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">",
        );
        let style = escape(&state.assets.addresses().address("kreislotse.css"));
        let (name, county) = (escape(&portal.name), escape(&portal.county));
        let Self { heading, advice, .. } = self;
        let _ = write!(
            html,
            "<title>{heading} – {name}</title><link rel=\"stylesheet\" href=\"{style}\"></head>\
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

pub(super) async fn method_not_allowed(State(state): State<HttpState>) -> Response {
    METHOD_NOT_ALLOWED.response(&state)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
