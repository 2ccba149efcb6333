//! Every "Merken" of a page, and the link to the list. The elements come from the server; here they
//! get their state and hear clicks, through one listener on the document.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, StorageEvent};

use super::{list, storage};
use crate::{
    domain::shortlist::{self, Shortlist},
    routes,
    text::shortlist as text,
};

/// What becomes a button.
const MARKS: &str = "a[data-merken]";

/// Begins to listen, once the page is there.
pub(super) fn start(said: RwSignal<String>) {
    Effect::new(move |_| {
        show();
        list::start();
        hear(document().as_ref(), "click", move |event| click(event, said));
        // A button is pressed with the space bar, too.
        hear(document().as_ref(), "keydown", |event| {
            let space = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == " ");
            if let Some(mark) = closest(event, MARKS).filter(|_| space) {
                event.prevent_default();
                if let Ok(mark) = mark.dyn_into::<HtmlElement>() {
                    mark.click();
                }
            }
        });
        hear(window().as_ref(), "storage", |event| {
            let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
            // Without a key everything was removed.
            if key.is_none_or(|key| key == storage::LIST) {
                show();
                list::follow();
            }
        });
        hear(window().as_ref(), "beforeprint", |_| {
            let today = js_sys::Date::new_0().to_locale_date_string("de-DE", &JsValue::UNDEFINED);
            for line in all("[data-gedruckt]") {
                line.set_text_content(Some(&format!("Gedruckt am {}", String::from(today.clone()))));
            }
        });
        // Results of another search took the place of these (islands/swap.rs).
        hear(document().as_ref(), "swapped", |_| show());
        // Back from another page, the browser may show this one as it was.
        hear(window().as_ref(), "pageshow", |_| show());
    });
}

/// Listens as long as the page lives.
pub(super) fn hear(target: &web_sys::EventTarget, name: &str, heard: impl Fn(&Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| heard(&event));
    if target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// All elements of the page that a selector finds.
pub(super) fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn click(event: &Event, said: RwSignal<String>) {
    // Another button or a key with it means: as a link, in another window.
    let plain = event.dyn_ref::<web_sys::MouseEvent>().is_none_or(|mouse| {
        mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key())
    });
    let Some(mark) = closest(event, MARKS).filter(|_| plain) else { return };
    let Some(id) = mark.get_attribute("data-merken").and_then(|id| shortlist::parse_id(&id)) else { return };
    let name = mark.get_attribute("data-name").unwrap_or_default();
    let before = storage::list();
    let kept = before.contains(&id);
    if !kept && before.len() >= Shortlist::MOST {
        event.prevent_default();
        said.set(text::full());
        say_beside(&mark, &text::full());
        return;
    }
    let after = if kept { shortlist::without(&before, id) } else { shortlist::with(&before, id) };
    // Where the browser keeps nothing, the link does what it says: it opens the list.
    if storage::set_list(&after) {
        event.prevent_default();
        said.set(if kept { text::taken_off(&name, after.len()) } else { text::kept(&name, after.len()) });
        show();
    }
}

/// What cannot be seen otherwise is said beside the button.
fn say_beside(mark: &Element, words: &str) {
    if let Ok(Some(word)) = mark.query_selector("[data-wort]") {
        word.set_text_content(Some(words));
    }
}

/// Brings buttons and counter in step with the list.
pub(super) fn show() {
    let ids = storage::list();
    for mark in all(MARKS) {
        let id = mark.get_attribute("data-merken").and_then(|id| shortlist::parse_id(&id));
        let kept = id.is_some_and(|id| ids.contains(&id));
        let _ = mark.class_list().toggle_with_force("keep--kept", kept);
        let _ = mark.set_attribute("role", "button");
        let _ = mark.set_attribute("aria-pressed", if kept { "true" } else { "false" });
        say_beside(&mark, if kept { "Gemerkt" } else { "Merken" });
    }
    let page_says = !all("[data-liste]").is_empty();
    for link in all("[data-zahl]") {
        if !ids.is_empty() || !page_says {
            let _ = link.set_attribute("href", &routes::shortlist(&ids));
        }
        if let Ok(Some(number)) = link.query_selector("[data-wert]") {
            let count = if ids.is_empty() { String::new() } else { ids.len().to_string() };
            number.set_text_content(Some(&count));
        }
        if let Ok(Some(words)) = link.query_selector("[data-worte]") {
            words.set_text_content(Some(&text::count(ids.len())));
        }
    }
}
