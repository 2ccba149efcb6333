//! The two fields of the search with their button.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{domain::search::SearchQuery, islands::Suggestions, routes};

/// The `id` of the search form: filters elsewhere on the page belong to it.
pub const FORM: &str = "suche";

/// "Was suchen Sie?" and "Ort oder PLZ", as a plain GET form.
#[component]
pub fn SearchForm(query: SearchQuery) -> impl IntoView {
    let longest = SearchQuery::MAX_TEXT.to_string();
    view! {
        <form id=FORM class="search" action=routes::SEARCH method="get" role="search">
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
            <button type="submit" class="kern-btn kern-btn--primary search__go">
                <span class="kern-label">"Suchen"</span>
            </button>
        </form>
    }
    .into_any()
}
