//! What the marks mean.

use leptos::prelude::*;

use crate::{
    components::{icon::Shape, light},
    domain::capacity::Light,
    text,
};

/// Every shape with its words, and how clusters are read.
#[component]
pub fn Legend() -> impl IntoView {
    let lights = Light::ALL
        .into_iter()
        .map(|light| {
            view! {
                <li>
                    <span class=light::class(light)><Shape light /></span>
                    {text::light::name(light)}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="legend" aria-label="Zeichen auf der Karte">
            {lights}
            <li>
                <span class="legend__dot" aria-hidden="true"></span>
                "ohne Angabe freier Plätze"
            </li>
            <li>
                <span class="legend__count" aria-hidden="true">"12"</span>
                "mehrere Einrichtungen, mit der besten Ampel"
            </li>
        </ul>
    }
}
