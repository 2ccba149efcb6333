//! List and map: two views of one search.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{
    domain::search::{SearchQuery, View},
    routes,
};

/// The switch between them. It keeps everything that is chosen.
#[component]
pub fn Views(query: SearchQuery) -> impl IntoView {
    let shown = query.view;
    let tab = move |view: View, name: &'static str, icon: Icon| {
        let address = routes::search(&query.with(|q| q.view = view));
        let current = (view == shown).then_some("true");
        view! {
            <li>
                <a class="views__tab" href=address aria-current=current>
                    <Drawn icon />
                    <span>{name}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="views" aria-label="Ansicht">
            <ul>{tab(View::List, "Liste", Icon::List)} {tab(View::Map, "Karte", Icon::Map)}</ul>
        </nav>
    }
}
