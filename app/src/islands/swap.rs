//! Going to another state of the same page without leaving it: the server renders the page of that
//! address as ever, and its parts take the place of those on the screen.
//!
//! What is swapped carries `data-swap` and a name. Whatever goes wrong, the browser goes there itself.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Headers, HtmlElement, HtmlInputElement, NodeList, RequestInit,
    SupportedType, window,
};

use crate::{domain::place::DevicePosition, routes};

/// What becomes of the address in the history of the browser.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum History {
    /// A step of its own, to which "back" leads.
    Push,
    /// The present step becomes the new one.
    Replace,
    /// The browser has moved by itself.
    Keep,
}

/// The document at an address of this portal; `None` if it cannot be had.
pub(super) async fn fetch(address: &str, near: Option<DevicePosition>) -> Option<Document> {
    let headers = Headers::new().ok()?;
    if let Some(near) = near {
        headers.set(routes::DEVICE_POSITION, &near.header()).ok()?;
    }
    let request = RequestInit::new();
    request.set_headers(&headers);
    let response = JsFuture::from(window()?.fetch_with_str_and_init(address, &request)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}

/// Lets the browser go to an address in the ordinary way.
pub(super) fn leave_for(address: &str) {
    if let Some(window) = window() {
        // If even this fails, the page stays as it is.
        let _ = window.location().assign(address);
    }
}

/// Puts the parts of another document in the place of those with the same name; what it does not have
/// becomes empty. What has the focus keeps it and stays where it is on the screen; if it is gone,
/// `fallback` gets the focus. Answers whether the other document is a page like this one.
pub(super) fn swap(
    from: &Document,
    address: &str,
    near: Option<DevicePosition>,
    history: History,
    fallback: &str,
) -> bool {
    let here = document();
    let Ok(parts) = here.query_selector_all("[data-swap]") else { return false };
    if parts.length() == 0 || !from.query_selector("[data-swap]").is_ok_and(|part| part.is_some()) {
        return false;
    }
    let focus = Focus::of(&here);
    for old in elements(&parts) {
        let name = old.get_attribute("data-swap").unwrap_or_default();
        let Ok(Some(new)) = from.query_selector(&format!("[data-swap=\"{name}\"]")) else {
            old.set_inner_html("");
            continue;
        };
        keep_open(&old, &new);
        if old.replace_with_with_node_1(&new).is_ok() {
            announce(&new);
        }
    }
    keep_fields(&here, from);
    here.set_title(&from.title());
    record(address, near, history);
    focus.restore(&here, fallback);
    true
}

pub(super) fn elements(list: &NodeList) -> impl Iterator<Item = Element> + '_ {
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok())
}

/// What somebody has unfolded stays so.
fn keep_open(old: &Element, new: &Element) {
    let Ok(open) = old.query_selector_all("details[id][open]") else { return };
    for details in elements(&open) {
        if let Ok(Some(same)) = new.query_selector(&format!("details[id=\"{}\"]", details.id())) {
            let _ = same.set_attribute("open", "");
        }
    }
}

/// The fields of the search say what the address says, unless somebody is typing.
fn keep_fields(here: &Document, from: &Document) {
    for id in ["q", "ort"] {
        let field = |document: &Document| document.get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok();
        let (Some(old), Some(new)) = (field(here), field(from)) else { continue };
        if here.active_element().is_none_or(|active| active.id() != id) {
            old.set_value(&new.get_attribute("value").unwrap_or_default());
        }
    }
}

/// Tells `start.js` that there may be new islands, and islands that there is something new.
fn announce(part: &Element) {
    let init = web_sys::CustomEventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("swapped", &init) {
        // Nobody can cancel it.
        let _ = part.dispatch_event(&event);
    }
}

/// The position stays with the step in the history, on this device; it is no part of the address.
fn record(address: &str, near: Option<DevicePosition>, history: History) {
    let Some(Ok(browser)) = window().map(|window| window.history()) else { return };
    let state = near.map_or(JsValue::NULL, |near| JsValue::from_str(&near.header()));
    // Browsers refuse too many steps in a short time; then the address stays behind for a moment.
    let _ = match history {
        History::Push => browser.push_state_with_url(&state, "", Some(address)),
        History::Replace => browser.replace_state_with_url(&state, "", Some(address)),
        History::Keep => Ok(()),
    };
}

/// The position that belongs to the present step in the history.
pub(super) fn remembered() -> Option<DevicePosition> {
    DevicePosition::parse(&window()?.history().ok()?.state().ok()?.as_string()?)
}

/// What has the focus, and where it is on the screen.
struct Focus {
    had_any: bool,
    id: String,
    top: f64,
}

impl Focus {
    fn of(here: &Document) -> Self {
        let active = here.active_element().filter(|element| element.tag_name() != "BODY");
        Self {
            had_any: active.is_some(),
            id: active.as_ref().map(Element::id).unwrap_or_default(),
            top: active.map_or(0.0, |element| element.get_bounding_client_rect().top()),
        }
    }

    fn restore(&self, here: &Document, fallback: &str) {
        let is_lost = here.active_element().is_none_or(|element| element.tag_name() == "BODY");
        let same = Some(&self.id).filter(|id| !id.is_empty()).and_then(|id| here.get_element_by_id(id));
        if let Some(same) = &same {
            // Under a finger nothing may jump away.
            let moved = same.get_bounding_client_rect().top() - self.top;
            if let Some(window) = window().filter(|_| moved.abs() > 1.0) {
                window.scroll_by_with_x_and_y(0.0, moved);
            }
        }
        if !is_lost || !self.had_any {
            return;
        }
        let calm = web_sys::FocusOptions::new();
        calm.set_prevent_scroll(same.is_some());
        let target = same.or_else(|| here.get_element_by_id(fallback));
        if let Some(target) = target.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = target.focus_with_options(&calm);
        }
    }
}
