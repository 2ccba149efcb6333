//! What keys, typing and pressing do. The field itself comes from the server and stays what it is.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde::Deserialize;
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, HtmlInputElement, KeyboardEvent, Response, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::{Shown, list_id, option_id};
use crate::{
    domain::suggestion::{SuggestQuery, Suggestion, SuggestionKind},
    routes,
    text::suggestions as text,
};

/// Between the last key and the question.
const PAUSE: Duration = Duration::from_millis(120);

/// How long a press may take.
const PRESS: Duration = Duration::from_millis(300);

/// Everything the field's events need.
#[derive(Clone)]
struct Combobox {
    input: HtmlInputElement,
    id: String,
    only_places: bool,
    shown: Shown,
    /// Answers may come back in another order than they were asked for.
    latest: StoredValue<u32>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

/// Makes the field with this `id` a combobox.
pub(super) fn attach(field: &str, only_places: bool, shown: Shown) {
    let (latest, waiting) = (StoredValue::new(0), StoredValue::new(None));
    let id = field.to_owned();
    Effect::new(move |_| {
        let input = document().get_element_by_id(&id).and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let combobox = Combobox { input, id: id.clone(), only_places, shown, latest, waiting };
        combobox.listen();
        combobox.describe();
    });
}

impl Combobox {
    fn listen(&self) {
        let this = self.clone();
        let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| this.hear(&event));
        for name in ["input", "compositionend", "keydown", "blur"] {
            let _ = self.input.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        }
        // The field lives as long as the page.
        heard.forget();
        let this = self.clone();
        Effect::new(move |_| {
            if let Some(at) = this.shown.pressed.get() {
                this.shown.pressed.set(None);
                this.choose(at);
            }
        });
    }

    /// Keeps the attributes of the field in step with what is shown.
    fn describe(&self) {
        let set = |name: &str, value: &str| drop(self.input.set_attribute(name, value));
        set("role", "combobox");
        set("aria-autocomplete", "list");
        set("aria-controls", &list_id(&self.id));
        let this = self.clone();
        Effect::new(move |_| {
            let visible = this.shown.is_visible();
            let _ = this.input.set_attribute("aria-expanded", if visible { "true" } else { "false" });
            let active = this.shown.active.get().filter(|_| visible).map(|at| option_id(&this.id, at));
            let _ = match &active {
                Some(option) => this.input.set_attribute("aria-activedescendant", option),
                None => this.input.remove_attribute("aria-activedescendant"),
            };
            if let Some(option) = active.and_then(|option| document().get_element_by_id(&option)) {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        });
    }

    fn hear(&self, event: &Event) {
        match event.type_().as_str() {
            "keydown" => {
                if let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing()) {
                    self.press(key);
                }
            }
            "blur" => self.close_soon(),
            "input" if is_composing(event) => {}
            _ => self.ask_soon(PAUSE),
        }
    }

    fn press(&self, key: &KeyboardEvent) {
        if key.ctrl_key() || key.meta_key() {
            return;
        }
        let visible = untrack(|| self.shown.is_visible());
        let active = self.shown.active.get_untracked();
        let count = self.shown.items.with_untracked(Vec::len);
        match key.key().as_str() {
            "ArrowUp" if visible && key.alt_key() => self.close(),
            name @ ("ArrowDown" | "ArrowUp") if visible => {
                self.shown.active.set(Some(step(active, count, name == "ArrowDown")));
            }
            "ArrowDown" | "ArrowUp" => self.ask_soon(Duration::ZERO),
            "Enter" if visible && active.is_some() => self.choose(active.unwrap_or_default()),
            "Escape" if visible => self.close(),
            "Enter" | "Tab" => return self.close(),
            // These move in the text, so the text is what is meant again.
            "Home" | "End" | "ArrowLeft" | "ArrowRight" => return self.shown.active.set(None),
            _ => return,
        }
        key.prevent_default();
    }

    fn close(&self) {
        self.forget_questions();
        self.shown.active.set(None);
        self.shown.open.set(false);
    }

    /// Where somebody presses something below the list, it must not move away from under the finger.
    fn close_soon(&self) {
        self.forget_questions();
        let this = self.clone();
        let close = move || {
            let focused = document().active_element();
            if focused.as_ref() != Some(this.input.unchecked_ref()) {
                this.close();
            }
        };
        if set_timeout_with_handle(close, PRESS).is_err() {
            self.close();
        }
    }

    /// No answer that is still on its way opens the list.
    fn forget_questions(&self) -> u32 {
        if let Some(handle) = self.waiting.get_value() {
            handle.clear();
        }
        self.latest.update_value(|n| *n = n.wrapping_add(1));
        self.latest.get_value()
    }

    fn ask_soon(&self, pause: Duration) {
        self.shown.active.set(None);
        let asked = self.forget_questions();
        let typed = self.input.value();
        if typed.chars().filter(|c| c.is_alphanumeric()).count() < SuggestQuery::FEWEST {
            self.shown.open.set(false);
            self.shown.said.set(String::new());
            return;
        }
        let this = self.clone();
        let ask = move || {
            spawn_local(async move {
                let items = ask(typed, this.only_places).await;
                if this.latest.get_value() == asked {
                    this.show(items);
                }
            });
        };
        self.waiting.set_value(set_timeout_with_handle(ask, pause).ok());
    }

    /// Nothing is said of an answer that did not come: the field works without.
    fn show(&self, items: Option<Vec<Suggestion>>) {
        let items = items.unwrap_or_default();
        self.shown.said.set(text::count(items.len()));
        self.shown.items.set(items);
        self.shown.open.set(true);
    }

    fn choose(&self, at: usize) {
        let Some(item) = self.shown.items.with_untracked(|items| items.get(at).cloned()) else { return };
        self.close();
        if item.kind == SuggestionKind::Facility {
            let _ = window().location().assign(&item.url);
            return;
        }
        let (name, _) = item.parts();
        self.input.set_value(name);
        let _ = self.input.focus();
        self.shown.said.set(text::taken(name));
        // Whoever counts results wants to know.
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        if let Ok(changed) = Event::new_with_event_init_dict("change", &init) {
            let _ = self.input.dispatch_event(&changed);
        }
    }
}

fn is_composing(event: &Event) -> bool {
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}

/// The option after or before the active one, around the end.
fn step(active: Option<usize>, count: usize, down: bool) -> usize {
    match (active, down) {
        (None, true) => 0,
        (None, false) => count.saturating_sub(1),
        (Some(at), true) => (at + 1) % count.max(1),
        (Some(at), false) => (at + count.max(1) - 1) % count.max(1),
    }
}

#[derive(Deserialize)]
struct Answer {
    items: Vec<Suggestion>,
}

async fn ask(text: String, only_places: bool) -> Option<Vec<Suggestion>> {
    let address = routes::api_suggest(&SuggestQuery { text, only_places });
    let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let body = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str::<Answer>(&body).ok().map(|answer| answer.items)
}
