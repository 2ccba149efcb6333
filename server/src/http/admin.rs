//! What the county's IT sees, on an address of its own: `/metrics`.

use std::sync::Arc;

use app::{backend::Clock, domain::capacity::Light};
use axum::{
    Router,
    extract::State,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    metrics::{self, Metrics, Present},
    service::{
        pulse::{Pulse, Readiness},
        search::SearchService,
    },
    store::Store,
};

/// What the metrics are made of.
#[derive(Clone)]
pub struct AdminState {
    pub metrics: Arc<Metrics>,
    pub search: Arc<SearchService>,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
}

/// The router of the admin address.
pub fn router(state: AdminState) -> Router {
    Router::new().route("/metrics", get(answer)).with_state(state)
}

async fn answer(State(state): State<AdminState>) -> Response {
    let present = present(&state).await;
    match state.metrics.text(&present) {
        Ok(text) => {
            ([(CONTENT_TYPE, metrics::CONTENT_TYPE), (CACHE_CONTROL, "no-store")], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn present(state: &AdminState) -> Present {
    let (index_change, heard) = state.search.reached();
    let mut present = Present {
        ready: state.search.readiness() == Readiness::Ready,
        generation: state.search.generation(),
        index_change,
        heard,
        store_change: state.store.latest_change().await.ok(),
        resident_bytes: metrics::resident_bytes(),
        ..Present::default()
    };
    let mut without_light = 0;
    let mut lights = Light::ALL.map(|light| (light.slug(), 0));
    if let Ok(snapshot) = state.search.snapshot() {
        let now = state.clock.now();
        for (_, facility) in snapshot.facts.iter() {
            present.facilities += 1;
            for offer in facility.offers() {
                match offer.light(now) {
                    Some(light) => lights[light as usize].1 += 1,
                    None => without_light += 1,
                }
            }
        }
    }
    present.offers = lights.into_iter().chain([("ohne", without_light)]).collect();
    present
}
