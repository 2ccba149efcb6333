//! The page of the list. Where it shows the reader's own list, what changes it there changes what the
//! browser keeps; a list from a link can be taken over.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlInputElement};

use super::{
    keeper::{all, closest, hear, show},
    storage,
};
use crate::{
    domain::{
        ids::FacilityId,
        shortlist::{self, Shortlist},
    },
    routes,
};

/// Everything that is pressed on the page.
const PRESSED: &str =
    "[data-setzt],[data-uebernehmen],[data-kopieren],[data-teilen],[data-drucken],[data-leeren]";

fn first(selector: &str) -> Option<Element> {
    all(selector).into_iter().next()
}

fn reveal(selector: &str, shown: bool) {
    if let Some(element) = first(selector) {
        let _ = if shown { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
    }
}

/// The ids the page shows; `None` on any other page.
fn of_page() -> Option<Vec<FacilityId>> {
    let text = first("[data-liste]")?.get_attribute("data-liste")?;
    Some(Shortlist::parse(&text).ids)
}

/// Whether the page shows the reader's own list: decided when it opens, kept in the page.
fn is_own() -> bool {
    first("[data-liste]").is_some_and(|page| page.has_attribute("data-eigen"))
}

pub(super) fn start() {
    let Some(shown) = of_page() else { return };
    let own = storage::list();
    let asked = window().location().search().unwrap_or_default();
    if shown.is_empty() && !own.is_empty() && asked.is_empty() {
        // The address without ids means: my list.
        let _ = window().location().replace(&routes::shortlist(&own));
        return;
    }
    if shown == own {
        if let Some(page) = first("[data-liste]") {
            let _ = page.set_attribute("data-eigen", "");
        }
    } else {
        reveal("[data-geteilt]", !shown.is_empty());
    }
    reveal("[data-werkzeug]", true);
    reveal("[data-teilen]", has_share());
    hear(document().as_ref(), "click", press);
}

/// Another window changed the list: nothing moves, but it is said.
pub(super) fn follow() {
    if is_own() && of_page().is_some_and(|shown| shown != storage::list()) {
        reveal("[data-veraltet]", true);
        if let Some(link) = first("[data-eigene]") {
            let _ = link.set_attribute("href", &routes::shortlist(&storage::list()));
        }
    }
}

fn press(event: &Event) {
    let Some(pressed) = closest(event, PRESSED) else { return };
    if let Some(ids) = pressed.get_attribute("data-setzt") {
        // The link itself shows the changed list.
        if is_own() {
            storage::set_list(&Shortlist::parse(&ids).ids);
        }
    } else if pressed.has_attribute("data-uebernehmen") {
        take_over();
    } else if pressed.has_attribute("data-kopieren") {
        copy(pressed);
    } else if pressed.has_attribute("data-teilen") {
        share();
    } else if pressed.has_attribute("data-drucken") {
        let _ = window().print();
    } else {
        storage::forget_all();
        let _ = window().location().assign(routes::SHORTLIST);
    }
}

/// Adds the list of the page to the reader's own.
fn take_over() {
    let mut ids = storage::list();
    for id in of_page().unwrap_or_default() {
        if ids.len() < Shortlist::MOST {
            ids = shortlist::with(&ids, id);
        }
    }
    if storage::set_list(&ids) {
        show();
        let _ = window().location().assign(&routes::shortlist(&ids));
    } else if let Some(button) = first("[data-uebernehmen]") {
        button.set_text_content(Some("Ihr Browser speichert nichts. Merken Sie sich den Link."));
    }
}

fn link() -> Option<HtmlInputElement> {
    document().get_element_by_id("link")?.dyn_into().ok()
}

/// Copies the link; where the browser does not allow it, marks it for the reader to copy.
fn copy(button: Element) {
    let Some(field) = link() else { return };
    let navigator = window().navigator();
    let allowed =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| !value.is_undefined());
    if !allowed {
        field.select();
        button.set_text_content(Some("Link ist markiert"));
        return;
    }
    let copied = navigator.clipboard().write_text(&field.value());
    spawn_local(async move {
        let done = JsFuture::from(copied).await.is_ok();
        if !done {
            field.select();
        }
        button.set_text_content(Some(if done { "Link ist kopiert" } else { "Link ist markiert" }));
    });
}

fn has_share() -> bool {
    js_sys::Reflect::has(&window().navigator(), &"share".into()).unwrap_or(false)
}

fn share() {
    let Some(field) = link() else { return };
    let data = web_sys::ShareData::new();
    data.set_title(&document().title());
    data.set_url(&field.value());
    let shared = window().navigator().share_with_data(&data);
    // Whoever changes their mind has done nothing wrong.
    spawn_local(async move { drop(JsFuture::from(shared).await) });
}
