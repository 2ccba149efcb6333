//! Asking the device where it is.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Geolocation, Position as Found, PositionError, PositionOptions, window};

use super::Near;
use crate::{
    domain::{
        place::{DevicePosition, Position},
        search::Sort,
    },
    islands::{live_results::live, swap::History},
    routes,
};

/// How long the device may think, and how old an answer may be, in milliseconds.
const PATIENCE: u32 = 10_000;
const OLDEST: u32 = 300_000;

/// Whether the device can be asked: only on safe connections, and where no policy forbids it.
pub(super) fn is_possible() -> bool {
    window().is_some_and(|window| window.is_secure_context()) && geolocation().is_some()
}

fn geolocation() -> Option<Geolocation> {
    window()?.navigator().geolocation().ok()
}

/// Asks, and shows the results from there.
pub(super) fn ask(state: RwSignal<Near>) {
    let Some(device) = geolocation().filter(|_| state.get_untracked() != Near::Asking) else { return };
    state.set(Near::Asking);
    let found = Closure::once_into_js(move |found: Found| {
        let coords = found.coords();
        match Position::new(coords.latitude(), coords.longitude()) {
            Some(position) => {
                state.set(Near::Idle);
                show(DevicePosition::rounded(position));
            }
            None => state.set(Near::Unknown),
        }
    });
    let failed = Closure::once_into_js(move |error: PositionError| {
        let refused = error.code() == PositionError::PERMISSION_DENIED;
        state.set(if refused { Near::Refused } else { Near::Unknown });
    });
    let options = PositionOptions::new();
    options.set_timeout(PATIENCE);
    options.set_maximum_age(OLDEST);
    let function = |value: &JsValue| value.unchecked_ref::<web_sys::js_sys::Function>().clone();
    let asked = device.get_current_position_with_error_callback_and_options(
        &function(&found),
        Some(&function(&failed)),
        &options,
    );
    if asked.is_err() {
        state.set(Near::Unknown);
    }
}

/// The same search around the device instead of a place, the nearest first.
fn show(near: DevicePosition) {
    let head = document().query_selector("[data-placeless]").ok().flatten();
    let placeless = head.and_then(|head| head.get_attribute("data-placeless")).unwrap_or_default();
    let query = placeless.split_once('?').map_or("", |(_, query)| query);
    let query = routes::parse_search(query).with(|q| q.sort = Sort::Distance);
    live::set_near(Some(near));
    live::go(routes::search(&query), History::Push, live::HEADING);
}
