//! The two fields of the search with their button.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{
    domain::{
        map::Area,
        search::{SearchQuery, View},
        shortlist,
    },
    islands::Suggestions,
    routes,
};

/// The `id` of the search form: filters elsewhere on the page belong to it.
pub const FORM: &str = "suche";

/// "Was suchen Sie?" and "Ort oder PLZ", as a plain GET form.
#[component]
pub fn SearchForm(query: SearchQuery) -> impl IntoView {
    let (on_map, area) = (query.view == View::Map, query.area);
    // Other words or another place may be anywhere: this button leaves the part of the map. It comes
    // behind the hidden field, and the last one counts.
    let leave = (on_map || area.is_some()).then_some("ausschnitt");
    let ids = (!query.shortlist.is_empty())
        .then(|| view! { <input type="hidden" name="ids" value=shortlist::to_text(&query.shortlist) /> });
    let longest = SearchQuery::MAX_TEXT.to_string();
    view! {
        <form id=FORM class="search" action=routes::SEARCH method="get" role="search">
            {leave.map(|_| view! { <MapState on_map area /> })}
            <div class="search__field search__field--what">
                <label class="kern-label" for="q">
                    "Was suchen Sie?"
                </label>
                <div class="search__box">
                    <Drawn icon=Icon::Search />
                    <input
                        id="q"
                        name="q"
                        type="search"
                        class="kern-form-input__input"
                        value=query.text
                        maxlength=longest.clone()
                        autocomplete="off"
                        enterkeyhint="search"
                        aria-describedby="q-hint"
                    />
                    <Suggestions field="q".to_owned() only_places=false />
                </div>
                <p class="search__hint" id="q-hint">
                    "Zum Beispiel Kurzzeitpflege, Hausarzt oder ein Name"
                </p>
            </div>
            <div class="search__field search__field--where">
                <label class="kern-label" for="ort">
                    "Ort oder PLZ"
                </label>
                <div class="search__box">
                    <Drawn icon=Icon::Pin />
                    <input
                        id="ort"
                        name="ort"
                        type="text"
                        class="kern-form-input__input"
                        value=query.place
                        maxlength=longest
                        autocomplete="off"
                        enterkeyhint="search"
                    />
                    <Suggestions field="ort".to_owned() only_places=true />
                </div>
            </div>
            {ids}
            <button type="submit" class="kern-btn kern-btn--primary search__go" name=leave>
                <span class="kern-label">"Suchen"</span>
            </button>
        </form>
    }
    .into_any()
}

/// View and part of the map: filters keep them, as they submit this form, too.
#[component]
fn MapState(on_map: bool, area: Option<Area>) -> impl IntoView {
    view! {
        <div hidden data-swap="zustand">
            {on_map.then(|| view! { <input type="hidden" name="ansicht" value="karte" /> })}
            {area.map(|area| view! { <input type="hidden" name="ausschnitt" value=area.to_string() /> })}
        </div>
    }
}
