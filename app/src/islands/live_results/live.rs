//! What the results page listens to, and how it gets from one address to the next.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{
    Element, Event, HtmlDetailsElement, HtmlElement, HtmlFormElement, MouseEvent, PopStateEvent,
    UrlSearchParams, window,
};

use crate::{
    domain::{
        place::DevicePosition,
        search::{SearchQuery, View},
        unknown::Filter,
    },
    islands::{
        filter_count::is_of_filters,
        swap::{self, History},
    },
    routes,
};

/// What gets the focus where the element that had it is gone.
pub(in crate::islands) const HEADING: &str = "ergebnisse";

/// The state of the results page.
#[derive(Default)]
struct Live {
    /// Number of the newest request: older answers are dropped.
    asked: u32,
    /// The address asked for last, which may still be on its way.
    address: Option<String>,
    /// Where the device is, while results near it are shown.
    near: Option<DevicePosition>,
    said: Option<RwSignal<String>>,
    /// The `id` of the search form.
    form: String,
}

thread_local! {
    static LIVE: RefCell<Live> = RefCell::default();
}

/// Listens on this page, for as long as it lives.
pub(super) fn start(form: String, said: RwSignal<String>) {
    LIVE.with_borrow_mut(|live| (live.form, live.said) = (form, Some(said)));
    listen("change", change);
    listen("click", click);
    listen("submit", submit);
    if let Some(window) = window() {
        let popped = Closure::<dyn Fn(PopStateEvent)>::new(|event: PopStateEvent| back(&event));
        let _ = window.add_event_listener_with_callback("popstate", popped.as_ref().unchecked_ref());
        popped.forget();
    }
    // Back from another page: what was near the device is so again.
    if let Some(near) = swap::remembered() {
        set_near(Some(near));
        go(here(), History::Keep, HEADING);
    }
}

fn listen(name: &str, act: fn(&Event)) {
    let acting = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&event));
    if document().add_event_listener_with_callback(name, acting.as_ref().unchecked_ref()).is_ok() {
        acting.forget();
    }
}

/// The search that is shown, or already asked for.
pub(in crate::islands) fn query() -> SearchQuery {
    let address = LIVE.with_borrow(|live| live.address.clone()).unwrap_or_else(here);
    parse(&address)
}

/// From now on results are those near the device, or no longer.
pub(in crate::islands) fn set_near(near: Option<DevicePosition>) {
    LIVE.with_borrow_mut(|live| live.near = near);
}

/// The number of the newest request.
pub(in crate::islands) fn latest() -> u32 {
    LIVE.with_borrow(|live| live.asked)
}

/// Shows the results of an address, and answers the number of the request. Whatever goes wrong, the
/// browser goes there itself. `fallback` names what gets the focus if the element that has it is gone.
pub(in crate::islands) fn go(address: String, history: History, fallback: &'static str) -> u32 {
    let (asked, near) = LIVE.with_borrow_mut(|live| {
        live.asked += 1;
        live.address = Some(address.clone());
        (live.asked, live.near)
    });
    busy(true);
    leptos::task::spawn_local(async move {
        let page = swap::fetch(&address, near).await;
        if latest() != asked {
            return;
        }
        busy(false);
        if !page.is_some_and(|page| swap::swap(&page, &address, near, history, fallback)) {
            swap::leave_for(&address);
            return;
        }
        let heading = document().get_element_by_id(HEADING).and_then(|heading| heading.text_content());
        if let Some(said) = LIVE.with_borrow(|live| live.said) {
            said.set(heading.unwrap_or_default());
        }
    });
    asked
}

/// A filter was changed: its results are shown at once.
fn change(event: &Event) {
    if is_of_filters(event)
        && let Some(asked) = of_form()
        && !is_half_a_day(&asked)
    {
        go(routes::search(&asked), History::Push, HEADING);
    }
}

/// A year is typed digit by digit, and the second day after the first: what is no day yet, or ends before it begins,
/// waits for the rest. The button sends it as it is.
fn is_half_a_day(asked: &SearchQuery) -> bool {
    asked.unknown.iter().any(|value| matches!(value.filter, Filter::FreeFrom | Filter::FreeUntil))
}

fn form_id() -> String {
    LIVE.with_borrow(|live| live.form.clone())
}

/// The search of the form, in the part of the map that is looked at by now.
fn of_form() -> Option<SearchQuery> {
    let form: HtmlFormElement = document().get_element_by_id(&form_id())?.dyn_into().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let shown = query();
    let asked = routes::parse_search(&String::from(pairs.to_string()));
    Some(SearchQuery { area: shown.area, view: shown.view, ..asked })
}

/// Chips, pages, other parts of the map: links to another state of this page.
fn click(event: &Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
    let special = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    if special || event.default_prevented() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(link) = target.and_then(|target| target.closest("[data-swap] a[href]").ok().flatten()) else {
        return;
    };
    let address = link.get_attribute("href").unwrap_or_default();
    let is_search = address.split_once('?').map_or(address.as_str(), |(path, _)| path) == routes::SEARCH;
    // Another view has other parts.
    if !is_search || parse(&address).view != query().view {
        return;
    }
    event.prevent_default();
    if link.has_attribute("data-fern") {
        set_near(None);
    }
    let inside = |selector: &str| link.closest(selector).is_ok_and(|found| found.is_some());
    go(address, History::Push, if inside(".map") { "karte-blick" } else { HEADING });
    if inside(".pages") {
        show_heading();
    }
}

/// What the button of the filters asks for is there already: it leads to it. Other words near the
/// device have no address of their own; all else is a new page.
fn submit(event: &Event) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let by_filters = event
        .dyn_ref::<web_sys::SubmitEvent>()
        .and_then(web_sys::SubmitEvent::submitter)
        .is_some_and(|button| button.closest("#filter").is_ok_and(|filters| filters.is_some()));
    if form.is_none_or(|form| form.id() != form_id()) {
        return;
    }
    let Some(mut asked) = of_form() else { return };
    if !by_filters {
        if LIVE.with_borrow(|live| live.near.is_none()) || !asked.place.is_empty() {
            return;
        }
        asked.area = None;
    }
    event.prevent_default();
    if asked != query().with(|_| ()) {
        go(routes::search(&asked), History::Push, HEADING);
    }
    if let Some(sheet) = document().get_element_by_id("filter")
        && let Some(sheet) = sheet.dyn_ref::<HtmlDetailsElement>()
    {
        sheet.set_open(false);
    }
    show_heading();
}

/// The browser went back or forward by itself.
fn back(event: &PopStateEvent) {
    set_near(event.state().as_string().as_deref().and_then(DevicePosition::parse));
    let address = here();
    if parse(&address).view == shown_view() {
        go(address, History::Keep, HEADING);
    } else if let Some(window) = window() {
        // Another view has other parts.
        let _ = window.location().reload();
    }
}

fn shown_view() -> View {
    if document().get_element_by_id("karte").is_some() { View::Map } else { View::List }
}

fn show_heading() {
    let heading = document().get_element_by_id(HEADING);
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.focus();
        heading.scroll_into_view_with_bool(true);
    }
}

fn busy(is_busy: bool) {
    let Ok(parts) = document().query_selector_all("#liste, #karte-blick") else { return };
    for part in swap::elements(&parts) {
        let _ = if is_busy {
            part.set_attribute("aria-busy", "true")
        } else {
            part.remove_attribute("aria-busy")
        };
    }
}

/// The address on the screen, without host.
fn here() -> String {
    let location = window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        location.as_ref().and_then(|location| read(location).ok()).unwrap_or_default()
    };
    part(web_sys::Location::pathname) + &part(web_sys::Location::search)
}

fn parse(address: &str) -> SearchQuery {
    routes::parse_search(address.split_once('?').map_or("", |(_, query)| query))
}
