//! `GET /api/v1/search`: what `/suche` finds, as JSON. The shape is a contract (PRODUCT, "Addresses").

use std::collections::BTreeMap;

use app::{
    domain::{
        capacity::{self, FreeTimes, WEEK},
        search::{SearchQuery, View, times::weekday_slug},
        search_results::{FacetValue, FacilityHit, OfferHit, SearchResults},
    },
    routes,
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::http::{
    HttpState,
    error_page::{self, ErrorPage, PROBLEM},
    rendered::{Rendered, RenderedPages},
};

/// Facilities of a page where `limit` says nothing, and at most.
const LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;

pub(crate) async fn answer(
    State(state): State<HttpState>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Some(failure) = error_page::unready(state.pulse.readiness()) {
        return ErrorPage::from(failure).problem();
    }
    let raw = raw.unwrap_or_default();
    // Numbers and names only: nobody looks at the map of an answer in JSON.
    let query = SearchQuery { view: View::List, ..routes::parse_search(&raw) };
    let limit = limit(&raw);
    let key = format!("{}#{limit}", routes::api_search(&query));
    RenderedPages::answer(&state, &headers, key, render(&state, &query, limit)).await
}

async fn render(state: &HttpState, query: &SearchQuery, limit: usize) -> Rendered {
    match state.backend.search.search(query, limit).await {
        Ok(results) => json(&Answer::from(&results)),
        Err(failure) => failed(failure.into()),
    }
}

pub(super) fn failed(page: ErrorPage) -> Rendered {
    let body = page.words();
    Rendered { status: page.status, content_type: PROBLEM, location: None, body, keep_until: None }
}

pub(super) fn json(body: &impl Serialize) -> Rendered {
    // Plain structs of strings and numbers: writing them cannot fail.
    let body = serde_json::to_string(body).unwrap_or_default();
    // How long it stays true, the pulse and the minute decide.
    let keep_until =
        Some(OffsetDateTime::from_unix_timestamp(MAX_INSTANT).unwrap_or(OffsetDateTime::UNIX_EPOCH));
    Rendered { status: StatusCode::OK, content_type: "application/json", location: None, body, keep_until }
}

/// 9999-01-01: no bound of its own.
const MAX_INSTANT: i64 = 253_370_764_800;

/// The last `limit` of a query string, within its bounds.
fn limit(raw: &str) -> usize {
    raw.split('&')
        .filter_map(|pair| pair.strip_prefix("limit="))
        .filter_map(|value| value.parse().ok())
        .next_back()
        .map_or(LIMIT, |limit: usize| limit.clamp(1, MAX_LIMIT))
}

#[derive(Serialize)]
struct Answer<'a> {
    total: usize,
    page: u32,
    place: Option<Place<'a>>,
    facets: Facets<'a>,
    results: Vec<Hit<'a>>,
    suggestion: Option<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    label: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct Facets<'a> {
    art: Vec<FacetCount<'a>>,
    gemeinde: Vec<FacetCount<'a>>,
    ampel: Vec<FacetCount<'a>>,
}

#[derive(Serialize)]
struct FacetCount<'a> {
    value: &'a str,
    label: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Hit<'a> {
    facility: Facility<'a>,
    distance_km: Option<f64>,
    offers: Vec<Offer<'a>>,
}

#[derive(Serialize)]
struct Facility<'a> {
    id: String,
    slug: &'a str,
    name: &'a str,
    organization: Option<&'a str>,
    street: Option<&'a str>,
    postal_code: Option<&'a str>,
    municipality: Option<&'a str>,
    locality: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    phone: Option<&'a str>,
    url: String,
}

#[derive(Serialize)]
struct Offer<'a> {
    id: String,
    external_id: Option<&'a str>,
    care_type: &'a str,
    label: &'a str,
    /// `none`: offers of this type have no light.
    availability: &'static str,
    free_now: Option<u32>,
    total: Option<u32>,
    reported_at: Option<String>,
    valid_until: Option<String>,
    /// People say that it is not so. Only there where it is true.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    under_review: bool,
    /// Stretches of days on which places are free, from today; none where the report has expired.
    free_periods: Vec<FreePeriod>,
    /// Free places by weekday; null where none was reported, or the report has expired.
    free_weekdays: Option<BTreeMap<&'static str, u16>>,
}

#[derive(Serialize)]
struct FreePeriod {
    from: String,
    until: String,
    places: u16,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    text: &'a str,
    url: String,
    change: app::domain::search_results::Change,
}

impl<'a> From<&'a SearchResults> for Answer<'a> {
    fn from(results: &'a SearchResults) -> Self {
        // A place that nobody knows is no place.
        let place = results.place.as_ref().filter(|place| !place.unknown);
        Self {
            total: results.total,
            page: results.page,
            place: place.map(|place| Place {
                label: &place.label,
                lat: place.position.map(|p| p.lat),
                lon: place.position.map(|p| p.lon),
            }),
            facets: Facets {
                art: values(&results.facets.care_types),
                gemeinde: values(&results.facets.municipalities),
                ampel: values(&results.facets.lights),
            },
            results: results.hits.iter().map(Hit::from).collect(),
            suggestion: results.suggestion.as_ref().map(|suggestion| Suggestion {
                text: &suggestion.text,
                url: routes::search(&suggestion.query),
                change: suggestion.change,
            }),
        }
    }
}

fn periods(times: &FreeTimes) -> Vec<FreePeriod> {
    let period = |p: &capacity::FreePeriod| FreePeriod {
        from: p.from.to_string(),
        until: p.until.to_string(),
        places: p.places,
    };
    times.periods.iter().map(period).collect()
}

fn weekdays(times: &FreeTimes) -> Option<BTreeMap<&'static str, u16>> {
    let said = WEEK.into_iter().filter_map(|day| Some((weekday_slug(day), times.on(day)?)));
    let said: BTreeMap<_, _> = said.collect();
    (!said.is_empty()).then_some(said)
}

fn values(values: &[FacetValue]) -> Vec<FacetCount<'_>> {
    values.iter().map(|v| FacetCount { value: &v.value, label: &v.label, count: v.count }).collect()
}

impl<'a> From<&'a FacilityHit> for Hit<'a> {
    fn from(hit: &'a FacilityHit) -> Self {
        Self {
            facility: Facility {
                id: hit.id.to_string(),
                slug: hit.slug.as_str(),
                name: &hit.name,
                organization: hit.organization.as_deref(),
                street: hit.street.as_deref(),
                postal_code: hit.postal_code.as_deref(),
                municipality: hit.municipality.as_deref(),
                locality: hit.locality.as_deref(),
                lat: hit.position.map(|p| p.lat),
                lon: hit.position.map(|p| p.lon),
                phone: hit.phone.as_deref(),
                url: routes::facility(&hit.slug),
            },
            // A hundred metres are as exact as a distance between two addresses is worth.
            distance_km: hit.distance_km.map(|km| (km * 10.0).round() / 10.0),
            offers: hit.offers.iter().map(Offer::from).collect(),
        }
    }
}

impl<'a> From<&'a OfferHit> for Offer<'a> {
    fn from(offer: &'a OfferHit) -> Self {
        let light = offer.availability.as_ref();
        let instant = |instant: Option<OffsetDateTime>| instant.and_then(|i| i.format(&Rfc3339).ok());
        Self {
            id: offer.id.to_string(),
            external_id: offer.external_id.as_deref(),
            care_type: offer.care_type.as_str(),
            label: &offer.label,
            availability: light.map_or("none", |a| a.light.api()),
            free_now: light.and_then(|a| a.free_now),
            total: offer.total,
            reported_at: instant(light.and_then(|a| a.reported_at)),
            valid_until: instant(light.and_then(|a| a.valid_until)),
            under_review: light.is_some_and(|a| a.under_review),
            free_periods: light.map(|a| periods(&a.times)).unwrap_or_default(),
            free_weekdays: light.and_then(|a| weekdays(&a.times)),
        }
    }
}
