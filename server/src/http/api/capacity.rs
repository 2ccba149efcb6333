//! `PUT /api/v1/offers/{id}/capacity` and `PUT /api/v1/capacity`: programs say what is free. `openapi.json` beside this
//! describes both.

use std::sync::Arc;

use app::{
    backend::access::CapacityReporter,
    domain::{
        capacity::{Availability, CapacityReport, Fault, Field},
        care_type::LightKind,
        ids::OfferId,
        now::Now,
    },
    routes,
    text::report_faults,
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, Request, State, rejection::PathRejection},
    http::{
        HeaderMap, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::{get, put},
};
use serde::Serialize;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    http::{
        HttpState,
        error_page::{self, ErrorPage},
        limits::is_too_long_body,
        peer::Network,
    },
    service::capacity::{
        Begun, CALL_AGAIN, CapacityError, CapacityService, FAIL_AGAIN, News, Once, Refusal, Reported,
    },
    store::digest,
};

mod items;
mod json;
mod problem;
mod read;

use items::Failure;
use problem::Problem;
use read::{Item, Which};

/// Longest key of a call in bytes.
const LONGEST_KEY: usize = 255;
/// After so many seconds a call that runs is over.
const RUNNING_AGAIN: u32 = 2;

#[derive(Clone)]
pub(in crate::http) struct ApiState {
    http: HttpState,
    capacity: Arc<CapacityService>,
}

pub(in crate::http) fn router(http: &HttpState, capacity: Arc<CapacityService>) -> Router<HttpState> {
    let state = ApiState { http: http.clone(), capacity };
    let reports = Router::new()
        .route(routes::API_OFFER_CAPACITY, put(put_one))
        .route(routes::API_CAPACITY, put(put_many))
        .with_state(state);
    Router::new().merge(reports).route(&routes::api_problem("{name}"), get(problem::explain))
}

/// What a call is about.
enum Target {
    One(OfferId),
    Many,
}

async fn put_one(
    State(state): State<ApiState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let id = id.ok().and_then(|Path(id)| id.parse().ok()).map(|id| Target::One(OfferId(id)));
    answer(&state, id, request).await.unwrap_or_else(|refused| refused)
}

async fn put_many(State(state): State<ApiState>, request: Request) -> Response {
    answer(&state, Some(Target::Many), request).await.unwrap_or_else(|refused| refused)
}

async fn answer(state: &ApiState, target: Option<Target>, request: Request) -> Result<Response, Response> {
    let (mut parts, body) = request.into_parts();
    let Ok(Network(network)) = Network::from_request_parts(&mut parts, state).await;
    // Nothing is read before it is known who sends it.
    let shown =
        bearer(&parts.headers).ok_or_else(|| Problem::from(problem::MISSING_TOKEN).response(&state.http))?;
    let reporter = state.capacity.admit(shown, network).await.map_err(|refusal| refused(state, refusal))?;
    let target = target.ok_or_else(|| Problem::from(problem::UNKNOWN_OFFER).response(&state.http))?;
    if !is_json(&parts.headers) {
        return Err(Problem::from(problem::UNSUPPORTED).response(&state.http));
    }
    let key = key_of(&parts.headers).map_err(|problem| problem.response(&state.http))?;
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(|error| {
        let too_long = is_too_long_body(&error);
        if too_long { error_page::CALL_TOO_LARGE.problem() } else { error_page::BAD_REQUEST.problem() }
    })?;
    let Some((key, token)) = key.zip(reporter.token()) else {
        return taken(state, &reporter, &target, &body, None).await;
    };
    let asked = [parts.uri.path().as_bytes(), b"\n", &body].concat();
    let begun = state.capacity.begin_call(token, &key, &digest(&asked)).await;
    let call = match begun.map_err(|error| failed(state, &error))? {
        Begun::New(call) => call,
        Begun::Known(answer) => {
            let mut response = written(answer);
            response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
            return Ok(response);
        }
        Begun::Reused => return Err(Problem::from(problem::KEY_REUSED).response(&state.http)),
        Begun::Running => {
            let problem = Problem::from(problem::RUNNING).again_after(RUNNING_AGAIN);
            return Err(problem.response(&state.http));
        }
    };
    let answer = taken(state, &reporter, &target, &body, Some(&call)).await;
    if answer.is_err() {
        // Nothing was written: whoever mends the call may use its key again.
        state.capacity.give_up_call(call).await.map_err(|error| failed(state, &error))?;
    }
    answer
}

/// Reads a call, and reports what it says.
async fn taken(
    state: &ApiState,
    reporter: &CapacityReporter,
    target: &Target,
    body: &[u8],
    call: Option<&crate::service::capacity::Call>,
) -> Result<Response, Response> {
    let value = json::parse(body).map_err(|(line, column)| {
        let detail = format!("Kein gültiges JSON, oder ein Name ist doppelt: Zeile {line}, Spalte {column}.");
        Problem::from(problem::MALFORMED).saying(detail).response(&state.http)
    })?;
    let now = state.http.backend.clock.now();
    let news = news(state, reporter, target, &value, now).await?;
    let many = matches!(target, Target::Many);
    let write = |stands: &[Reported]| write(stands, many, now);
    let once = call.map(|call| Once { call, answer: &write });
    let reports: Vec<News> = news.iter().map(|(news, _)| news.clone()).collect();
    match state.capacity.report_once(reporter, reports, once).await {
        Ok(stands) => Ok(written(write(&stands))),
        Err(error) => Err(match items::failure(&error, &news, many) {
            Some(Failure { kind, errors }) => Problem::of(kind, errors).response(&state.http),
            None => failed(state, &error),
        }),
    }
}

/// What is said of which offer, each with the item it came from.
async fn news(
    state: &ApiState,
    reporter: &CapacityReporter,
    target: &Target,
    value: &Value,
    now: Now,
) -> Result<Vec<(News, Item)>, Response> {
    let invalid = |errors| Problem::of(problem::INVALID, errors);
    let items = match target {
        Target::One(offer) => read::one(value, *offer).map(|item| vec![item]),
        Target::Many => read::many(value),
    };
    let items = items.map_err(|errors| invalid(errors).response(&state.http))?;
    let late = items::misplaced(&items, now.instant);
    if !late.is_empty() {
        return Err(invalid(late).at(instant(now.instant)).response(&state.http));
    }
    let external = if items.iter().any(|item| matches!(item.which, Which::External(_))) {
        state.capacity.find_by_external_id(reporter).await.map_err(|error| failed(state, &error))?
    } else {
        std::collections::HashMap::new()
    };
    items::resolve(items, &external).map_err(|errors| invalid(errors).response(&state.http))
}

/// What a program shows as its access.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let shown = headers.get(axum::http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = shown.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// The key that a program gave its call.
fn key_of(headers: &HeaderMap) -> Result<Option<String>, Box<Problem>> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| {
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|b| matches!(b, b' '..=b'~'))
    });
    if let (Some(key), None) = (key, keys.next()) {
        return Ok(Some(key.to_owned()));
    }
    let detail = "Idempotency-Key hat 1 bis 255 druckbare ASCII-Zeichen und steht einmal da.";
    Err(Box::new(Problem::from(problem::MALFORMED).saying(detail.to_owned())))
}

fn refused(state: &ApiState, refusal: Refusal) -> Response {
    let problem = match refusal {
        Refusal::Unknown => problem::INVALID_TOKEN.into(),
        Refusal::Revoked => problem::TOKEN_REVOKED.into(),
        Refusal::MakerLeft => problem::TOKEN_MAKER_LEFT.into(),
        Refusal::TooOften => Problem::from(problem::TOO_MANY_CALLS).again_after(CALL_AGAIN),
        Refusal::TooManyFailures => Problem::from(problem::TOO_MANY_CALLS)
            .saying("Aus Ihrem Netz kamen zu viele Aufrufe ohne gültigen Zugang.".to_owned())
            .again_after(FAIL_AGAIN),
        Refusal::Capacity(error) => return failed(state, &error),
    };
    problem.response(&state.http)
}

/// What no program can mend by sending something else.
fn failed(state: &ApiState, error: &CapacityError) -> Response {
    let page: ErrorPage = match error {
        CapacityError::Store(error) if error.is_unavailable() => error_page::STORE_AWAY,
        CapacityError::TokenOver => return Problem::from(problem::TOKEN_REVOKED).response(&state.http),
        // The other one answers: whoever asks again gets what it says.
        CapacityError::Overtaken => {
            return Problem::from(problem::RUNNING).again_after(RUNNING_AGAIN).response(&state.http);
        }
        error => {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "a call of a program could not be served"
            );
            error_page::INTERNAL
        }
    };
    page.problem()
}

/// The light that follows from a report.
#[derive(Serialize)]
struct Stands {
    offer: String,
    availability: &'static str,
    free_now: Option<u32>,
    reported_at: String,
    valid_until: String,
    sequence: i64,
}

impl Stands {
    fn of(report: &CapacityReport, now: Now) -> Self {
        // Whoever has a report has a light; which of the two kinds it is makes no difference to it.
        let light = Availability::of(LightKind::Places, Some(report), now);
        Self {
            offer: report.offer.to_string(),
            availability: light.as_ref().map_or("none", |light| light.light.api()),
            free_now: light.and_then(|light| light.free_now),
            reported_at: instant(report.reported_at),
            valid_until: instant(report.valid_until),
            sequence: report.sequence,
        }
    }
}

#[derive(Serialize)]
struct Answer {
    items: Vec<Stands>,
}

fn write(stands: &[Reported], many: bool, now: Now) -> String {
    let mut items: Vec<_> = stands.iter().map(|own| Stands::of(&own.report, now)).collect();
    let written =
        if many { serde_json::to_string(&Answer { items }) } else { serde_json::to_string(&items.pop()) };
    // Plain structs of strings and numbers: writing them cannot fail.
    written.unwrap_or_default()
}

fn written(body: String) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn instant(instant: OffsetDateTime) -> String {
    instant.format(&Rfc3339).unwrap_or_default()
}

/// The place of a fault within an item.
fn pointer(item: &Item, fault: Fault) -> String {
    let name = match fault.field() {
        Field::Total => "total",
        Field::FreeNow => "free_now",
        Field::FreeFrom => "free_from",
        Field::Intake => "intake",
        Field::WaitingWeeks => "waiting_weeks",
        Field::IntakeStopUntil => "intake_stop_until",
        Field::Rooms => "rooms",
        Field::ForWhom => "for_whom",
        Field::Remark => "remark",
        Field::Weekdays => "weekdays",
        Field::Period(at) => {
            return format!("{}/periods/{}", item.pointer, item.periods.get(at).unwrap_or(&at));
        }
    };
    format!("{}/{name}", item.pointer)
}

fn of_fault(item: &Item, fault: Fault) -> problem::Error {
    problem::Error {
        pointer: pointer(item, fault),
        code: report_faults::code(fault),
        detail: report_faults::fault(fault),
    }
}
