//! "Merken": puts a facility on the short list.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{
    domain::{ids::FacilityId, shortlist},
    routes,
};

/// A link to the list with this facility on it; the island `ShortlistKeeper` makes it a button that
/// keeps the facility in the browser.
#[component]
pub fn Keep(
    id: FacilityId,
    name: String,
    /// The list that this page's address carries.
    kept: Vec<FacilityId>,
) -> impl IntoView {
    let on_list = kept.contains(&id);
    let word = if on_list { "Gemerkt" } else { "Merken" };
    view! {
        <a
            class="act keep"
            class:keep--kept=on_list
            href=routes::shortlist(&shortlist::with(&kept, id))
            rel="nofollow"
            data-merken=shortlist::short(id)
            data-name=name.clone()
        >
            <Drawn icon=Icon::Keep />
            <span data-wort="">{word}</span>
            <span class="kern-sr-only">{format!(": {name}")}</span>
        </a>
    }
}
