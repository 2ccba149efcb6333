//! `/kreis/angebotsarten`, `/kreis/schwerpunkte`, `/kreis/woerter`: what the county calls things.

use axum::{Router, routing::get};

use crate::http::account::AccountState;

mod care_types;
mod list;
mod specialisms;
mod words;

use care_types::CareTypes;
use list::{List, add, change, show, show_new};
use specialisms::Specialisms;
use words::Words;

const DONE: [(&str, &str); 3] = [
    ("gespeichert", "Gespeichert. In wenigen Augenblicken gilt es überall im Portal."),
    ("zurueckgesetzt", "Zurückgesetzt. In wenigen Augenblicken gilt es überall im Portal."),
    ("entfernt", "Entfernt. In wenigen Augenblicken gilt es überall im Portal."),
];

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(CareTypes::PATH, get(care_types::list))
        .merge(of::<CareTypes>())
        .route(Specialisms::PATH, get(specialisms::list))
        .merge(of::<Specialisms>())
        .route(Words::PATH, get(words::list))
        .merge(of::<Words>())
}

/// The forms of a list.
fn of<L: List>() -> Router<AccountState> {
    Router::new()
        .route(&format!("{}/neu", L::PATH), get(show_new::<L>).post(add::<L>))
        .route(&format!("{}/{{id}}", L::PATH), get(show::<L>).post(change::<L>))
}
