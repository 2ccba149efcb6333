//! Why a program was refused (RFC 9457). Each kind has an address of its own, which says what it means.

use app::routes;
use axum::{
    extract::{Path, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::read::MOST_ERRORS;
use crate::http::{
    HttpState,
    error_page::{self, PROBLEM},
};

/// A kind of problem. Names and status codes are stable: programs rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub name: &'static str,
    pub status: StatusCode,
    title: &'static str,
    /// What it means and what to do.
    about: &'static str,
}

macro_rules! kinds {
    ($($constant:ident = $name:literal, $status:ident, $title:literal, $about:literal;)*) => {
        $(pub const $constant: Kind =
            Kind { name: $name, status: StatusCode::$status, title: $title, about: $about };)*
        /// All of them.
        pub const KINDS: &[Kind] = &[$($constant),*];
    };
}

kinds! {
    MISSING_TOKEN = "missing-token", UNAUTHORIZED, "Der Zugang fehlt",
        "Senden Sie den Zugang im Kopf der Anfrage: Authorization: Bearer kl_…";
    INVALID_TOKEN = "invalid-token", UNAUTHORIZED, "Diesen Zugang gibt es nicht",
        "Prüfen Sie, ob der Zugang vollständig übernommen ist. Die Leitung des Trägers legt einen neuen an.";
    TOKEN_REVOKED = "token-revoked", UNAUTHORIZED, "Dieser Zugang ist abgeschaltet",
        "Die Leitung des Trägers hat diesen Zugang abgeschaltet. Sie kann einen neuen anlegen.";
    TOKEN_MAKER_LEFT = "token-maker-left", UNAUTHORIZED, "Dieser Zugang gilt nicht mehr",
        "Die Person, die diesen Zugang angelegt hat, arbeitet nicht mehr in der Redaktion des Trägers. Die Leitung des Trägers legt einen neuen an.";
    MALFORMED = "malformed-request", BAD_REQUEST, "Die Anfrage ist nicht lesbar",
        "Der Inhalt ist kein gültiges JSON, oder eine Angabe im Kopf der Anfrage ist nicht zu gebrauchen.";
    UNKNOWN_OFFER = "unknown-offer", NOT_FOUND, "Dieses Angebot gibt es hier nicht",
        "Unter dieser Kennung hat Ihr Träger kein öffentliches Angebot mit Ampel, oder der Zugang gilt nur für eine andere Einrichtung.";
    RUNNING = "call-running", CONFLICT, "Dieser Aufruf läuft noch",
        "Ein Aufruf mit demselben Idempotency-Key wird gerade beantwortet. Fragen Sie in einigen Sekunden noch einmal.";
    OUTDATED = "outdated-report", CONFLICT, "Es gibt schon eine neuere Meldung",
        "observed_at liegt vor der letzten Meldung. Die letzte Meldung gilt weiter; es ist nichts gespeichert.";
    UNSUPPORTED = "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE, "Nur JSON wird angenommen",
        "Senden Sie den Inhalt als JSON, mit Content-Type: application/json.";
    INVALID = "invalid-report", UNPROCESSABLE_ENTITY, "Die Meldung hat Fehler",
        "errors nennt jede fehlerhafte Stelle. Es ist nichts gespeichert; die letzte gültige Meldung gilt weiter.";
    KEY_REUSED = "idempotency-key-reused", UNPROCESSABLE_ENTITY, "Dieser Idempotency-Key gehört zu einer anderen Anfrage",
        "Mit diesem Schlüssel kam in den letzten 24 Stunden ein anderer Inhalt. Nehmen Sie für jede neue Anfrage einen neuen.";
    TOO_MANY_CALLS = "too-many-calls", TOO_MANY_REQUESTS, "Das sind zu viele Aufrufe",
        "Ein Zugang darf 120-mal in der Minute aufrufen. Warten Sie, bis Retry-After vorbei ist, und melden Sie mehrere Angebote in einem Aufruf.";
}

/// What is wrong at one place of a request.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Error {
    /// A JSON Pointer (RFC 6901).
    pub pointer: String,
    pub code: &'static str,
    pub detail: String,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Error>,
    /// For programs whose clock is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    server_time: Option<String>,
}

/// A problem that is answered.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    detail: Option<String>,
    errors: Vec<Error>,
    server_time: Option<String>,
    retry_after: Option<u32>,
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self { kind, detail: None, errors: Vec::new(), server_time: None, retry_after: None }
    }
}

impl Problem {
    pub fn of(kind: Kind, errors: Vec<Error>) -> Self {
        let errors = errors.into_iter().take(MOST_ERRORS).collect();
        Self { errors, ..kind.into() }
    }

    #[must_use]
    pub fn saying(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }

    #[must_use]
    pub fn at(self, server_time: String) -> Self {
        Self { server_time: Some(server_time), ..self }
    }

    #[must_use]
    pub fn again_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    pub fn response(self, state: &HttpState) -> Response {
        let Self { kind, detail, errors, server_time, retry_after } = self;
        let body = Body {
            r#type: address(state, kind),
            title: kind.title,
            status: kind.status.as_u16(),
            detail: detail.as_deref().unwrap_or(kind.about),
            errors,
            server_time,
        };
        // Plain structs of strings and numbers: writing them cannot fail.
        let mut response = (kind.status, serde_json::to_string(&body).unwrap_or_default()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if kind == MISSING_TOKEN {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        } else if kind.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        }
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn address(state: &HttpState, kind: Kind) -> String {
    format!("{}{}", state.backend.portal().base_url, routes::api_problem(kind.name))
}

/// `GET /api/v1/probleme/{name}`: what a kind of problem means.
pub(super) async fn explain(State(state): State<HttpState>, Path(name): Path<String>) -> Response {
    let Some(kind) = KINDS.iter().find(|kind| kind.name == name) else {
        return error_page::NOT_FOUND.problem();
    };
    let about = serde_json::json!({
        "type": address(&state, *kind), "title": kind.title, "status": kind.status.as_u16(), "detail": kind.about,
    });
    let mut response = about.to_string().into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
