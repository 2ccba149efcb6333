//! Suggestions below a field of the search: the combobox of the ARIA Authoring Practices, with a list.

use leptos::prelude::*;

use crate::{
    domain::suggestion::{Suggestion, SuggestionKind},
    text::suggestions as text,
};

#[cfg(feature = "hydrate")]
mod combobox;

/// What the list shows.
#[derive(Clone, Copy)]
struct Shown {
    items: RwSignal<Vec<Suggestion>>,
    open: RwSignal<bool>,
    /// The option that Enter takes.
    active: RwSignal<Option<usize>>,
    /// What a screen reader is told.
    said: RwSignal<String>,
    /// An option that was pressed.
    pressed: RwSignal<Option<usize>>,
}

impl Shown {
    fn is_visible(self) -> bool {
        self.open.get() && self.items.with(|items| !items.is_empty())
    }
}

/// The list below a field. Without WebAssembly it stays hidden, and the field is a plain field.
#[island]
pub fn Suggestions(
    /// The `id` of the field.
    field: String,
    /// Whether only places are of use.
    only_places: bool,
) -> impl IntoView {
    let shown = Shown {
        items: RwSignal::new(Vec::new()),
        open: RwSignal::new(false),
        active: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        pressed: RwSignal::new(None),
    };
    #[cfg(feature = "hydrate")]
    combobox::attach(&field, only_places, shown);
    #[cfg(not(feature = "hydrate"))]
    let _ = only_places;
    let list = list_id(&field);
    let options = move || {
        let items = shown.items.get().into_iter().enumerate();
        items.map(|(at, item)| option_of(&field, at, item, shown)).collect_view()
    };
    view! {
        <ul
            id=list
            class="suggest"
            role="listbox"
            aria-label="Vorschläge"
            hidden=move || !shown.is_visible()
            // The field keeps the focus.
            on:mousedown=|event| event.prevent_default()
        >
            {options}
        </ul>
        <span class="kern-sr-only" role="status">
            {shown.said}
        </span>
    }
}

fn option_of(field: &str, at: usize, item: Suggestion, shown: Shown) -> impl IntoView + use<> {
    let (name, detail) = item.parts();
    let kind = match item.kind {
        SuggestionKind::CareType => "Angebot",
        SuggestionKind::Place => "Ort",
        SuggestionKind::Facility => "Einrichtung",
    };
    let is_active = move || shown.active.get() == Some(at);
    view! {
        <li
            id=option_id(field, at)
            class="suggest__option"
            role="option"
            aria-selected=move || if is_active() { "true" } else { "false" }
            on:click=move |_| shown.pressed.set(Some(at))
        >
            <span class="suggest__name">{name.to_owned()}</span>
            {detail.map(|detail| view! { <span class="suggest__detail">{detail.to_owned()}</span> })}
            <span class="suggest__kind">{kind}</span>
        </li>
    }
}

fn list_id(field: &str) -> String {
    format!("{field}-{}", text::LIST)
}

fn option_id(field: &str, at: usize) -> String {
    format!("{field}-{}-{at}", text::LIST)
}
