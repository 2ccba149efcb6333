//! `/kreis/meldungen/{facility}`: what the county reports on a provider's behalf, and how long reports hold there.

use app::{
    backend::access::{CapacityReporter, CountyStaff},
    components::form::Problem,
    domain::{facility::Facility, ids::OfferId},
    forms::{Typed, capacity as forms},
    pages::capacity::ValidityForm,
    routes as addresses,
    text::address,
};
use axum::{
    Router,
    extract::{OriginalUri, Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use super::{Staff, nothing};
use crate::{
    http::account::{
        AccountState, Pairs,
        capacity::{
            carried_on,
            screen::{Frame, Screen, Shown},
            wrong,
        },
        entry, go,
    },
    service::capacity::CapacityError,
};

/// How the county knows: the value that forms carry, and the words.
const WAYS: [(&str, &str); 2] = [("telefon", "am Telefon erfahren"), ("kreis", "vom Landkreis")];
const NO_DAYS: &str = "Bitte geben Sie 1 bis 365 Tage an, oder leeren Sie das Feld.";
const NO_OFFER: &str = "Dieses Angebot gehört nicht zu der Einrichtung. Es ist nichts geändert.";

pub(super) fn routes() -> Router<AccountState> {
    let below = |path: &str| format!("{}/{{slug}}{path}", addresses::UNREPORTED);
    Router::new().route(&below(""), get(show).post(send)).route(&below("/gueltigkeit"), post(change_validity))
}

/// The facility of a slug; an old one leads to the new one.
async fn facility(state: &AccountState, slug: &str) -> Result<Facility, Response> {
    let Some(slug) = app::domain::ids::Slug::parse(slug) else { return Err(nothing(state)) };
    let found = state.entries.find(&slug).await.map_err(|error| entry::wrong(state, error))?;
    if let Some(entry) = found {
        return Ok(entry.live);
    }
    let moved = state.entries.find_moved(&slug).await.map_err(|error| entry::wrong(state, error))?;
    Err(moved.map_or_else(|| nothing(state), |slug| go(&addresses::county_report(&slug))))
}

async fn screen(
    state: &AccountState,
    staff: &CountyStaff,
    facility: &Facility,
    way: &str,
) -> Result<Screen, Response> {
    let own = state.capacity.list_validity(staff, facility.id).await.map_err(|error| wrong(state, &error))?;
    let chosen = WAYS.iter().find(|(key, _)| *key == way).unwrap_or(&WAYS[0]).0;
    let path = addresses::county_report(&facility.slug);
    let ways = WAYS.map(|(key, text)| (text, (key != chosen).then(|| format!("{path}?weg={key}")))).to_vec();
    let call =
        facility.phone.as_ref().and_then(|phone| Some((format!("Anrufen: {phone}"), address::tel(phone)?)));
    let frame = Frame {
        title: format!("Melden für {}", facility.name),
        lead: "Was ist heute frei? Sie melden im Namen der Einrichtung.".to_owned(),
        also: call.into_iter().collect(),
        back: Some(("Zum Landkreis".to_owned(), addresses::COUNTY.to_owned())),
        way: Some(("weg", chosen)),
        ways,
        names_people: true,
        validity: Some(ValidityForm {
            path: addresses::county_validity(&facility.slug),
            own,
            offer: None,
            typed: Typed::default(),
            problems: Vec::new(),
        }),
        path,
        ..Frame::default()
    };
    let reporter = CapacityReporter::of_county(staff, facility, chosen == WAYS[0].0);
    Ok(Screen { reporter, frame, site: state.site() })
}

async fn show(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
    query: RawQuery,
) -> Response {
    let way = addresses::value_of(query.0.as_deref().unwrap_or_default(), "weg");
    let screen = match facility(&state, &slug).await {
        Ok(facility) => screen(&state, &staff, &facility, &way).await,
        Err(response) => Err(response),
    };
    match screen {
        Ok(screen) => screen.show(&state, &query).await,
        Err(response) => response,
    }
}

async fn send(
    State(state): State<AccountState>,
    OriginalUri(uri): OriginalUri,
    staff: Result<Staff, Response>,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let staff = match staff {
        Ok(Staff(_, staff)) => staff,
        Err(refused) => return carried_on(&state, uri.path(), refused, form),
    };
    let screen = match facility(&state, &slug).await {
        Ok(facility) => screen(&state, &staff, &facility, form.get("weg")).await,
        Err(response) => Err(response),
    };
    match screen {
        Ok(screen) => screen.send(&state, form).await,
        Err(response) => response,
    }
}

/// What was typed as days; `None`: those of the type.
fn days(typed: &str) -> Result<Option<u16>, CapacityError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let is_number = typed.bytes().all(|b| b.is_ascii_digit());
    typed.parse().ok().filter(|_| is_number).map(Some).ok_or(CapacityError::Days)
}

async fn change_validity(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let facility = match facility(&state, &slug).await {
        Ok(facility) => facility,
        Err(response) => return response,
    };
    let typed = forms::plain(Typed(form.0));
    let offer = typed.get("angebot").parse().ok().map(OfferId);
    let changed = match (offer, days(typed.get("tage"))) {
        (None, _) => Err(CapacityError::Gone(Vec::new())),
        (Some(_), Err(error)) => Err(error),
        (Some(offer), Ok(days)) => state.capacity.change_validity(&staff, facility.id, offer, days).await,
    };
    let error = match changed {
        Ok(()) => {
            let path = addresses::county_report(&facility.slug);
            return go(&format!("{path}?getan=gueltigkeit"));
        }
        Err(error) => error,
    };
    let mut screen = match screen(&state, &staff, &facility, "").await {
        Ok(screen) => screen,
        Err(response) => return response,
    };
    match error {
        CapacityError::Days => {
            if let Some(form) = &mut screen.frame.validity {
                (form.offer, form.typed) = (offer, typed);
                form.problems = vec![Problem::new("tage", NO_DAYS)];
            }
            screen.page(&state, StatusCode::UNPROCESSABLE_ENTITY, Shown::default()).await
        }
        CapacityError::Gone(_) => {
            let shown = Shown { trouble: Some(NO_OFFER), ..Shown::default() };
            screen.page(&state, StatusCode::NOT_FOUND, shown).await
        }
        error => wrong(&state, &error),
    }
}
