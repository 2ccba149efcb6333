//! Going to another state of the same page without leaving it: the server renders the page of that
//! address as ever, and its parts take the place of those on the screen.
//!
//! What is swapped carries `data-swap` and a name. Whatever goes wrong, the browser goes there itself.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, HtmlElement, HtmlInputElement, NodeList, SupportedType, window};

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
pub(super) async fn fetch(address: &str) -> Option<Document> {
    let response = JsFuture::from(window()?.fetch_with_str(address)).await.ok()?;
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

/// Puts the parts of another document in the place of those with the same name. The focus stays where
/// it was, or goes to `fallback` if what had it is gone. Answers whether there was anything to swap.
pub(super) fn swap(from: &Document, address: &str, history: History, fallback: &str) -> bool {
    let here = document();
    let Ok(parts) = here.query_selector_all("[data-swap]") else { return false };
    let focused = here.active_element().map(|element| element.id());
    let mut swapped = false;
    for old in elements(&parts) {
        let name = old.get_attribute("data-swap").unwrap_or_default();
        let Ok(Some(new)) = from.query_selector(&format!("[data-swap=\"{name}\"]")) else { continue };
        if is_being_changed(&old) || old.replace_with_with_node_1(&new).is_err() {
            continue;
        }
        swapped = true;
        announce(&new);
    }
    if swapped {
        here.set_title(&from.title());
        record(address, history);
        restore_focus(&here, focused, fallback);
    }
    swapped
}

fn elements(list: &NodeList) -> impl Iterator<Item = Element> + '_ {
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok())
}

/// Whether somebody has ticked something there that is not sent yet.
fn is_being_changed(part: &Element) -> bool {
    part.query_selector_all("input").is_ok_and(|inputs| {
        elements(&inputs)
            .filter_map(|element| element.dyn_into::<HtmlInputElement>().ok())
            .any(|input| input.checked() != input.default_checked())
    })
}

/// Tells `start.js` that there may be new islands.
fn announce(part: &Element) {
    let init = web_sys::CustomEventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("swapped", &init) {
        // Nobody can cancel it.
        let _ = part.dispatch_event(&event);
    }
}

fn record(address: &str, history: History) {
    let Some(Ok(browser)) = window().map(|window| window.history()) else { return };
    // Browsers refuse too many steps in a short time; then the address stays behind for a moment.
    let _ = match history {
        History::Push => browser.push_state_with_url(&JsValue::NULL, "", Some(address)),
        History::Replace => browser.replace_state_with_url(&JsValue::NULL, "", Some(address)),
        History::Keep => Ok(()),
    };
}

fn restore_focus(here: &Document, focused: Option<String>, fallback: &str) {
    let is_lost = here.active_element().is_none_or(|element| element.tag_name() == "BODY");
    if !is_lost || focused.is_none() {
        return;
    }
    let same = focused.filter(|id| !id.is_empty()).and_then(|id| here.get_element_by_id(&id));
    let target = same.or_else(|| here.get_element_by_id(fallback));
    if let Some(target) = target.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
