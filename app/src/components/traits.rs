//! What a facility is like: specialisms, languages, accessibility.

use leptos::prelude::*;

use crate::{
    domain::accessibility::{Accessibility, Feature},
    text::features,
};

/// Specialisms and languages as lists, accessibility as yes, no or not known.
#[component]
pub fn Traits(
    specialisms: Vec<String>,
    languages: Vec<String>,
    accessibility: Accessibility,
) -> impl IntoView {
    view! {
        {(!specialisms.is_empty()).then(|| view! { <Listed id="specialisms" title="Schwerpunkte" items=specialisms /> })}
        {(!languages.is_empty())
            .then(|| view! { <Listed id="languages" title="Hier spricht man auch" items=languages /> })}
        <Access accessibility />
    }
    .into_any()
}

#[component]
fn Listed(id: &'static str, title: &'static str, items: Vec<String>) -> impl IntoView {
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="facts">{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
        </section>
    }
}

/// Every feature spelled out; one sentence where nothing at all is known.
#[component]
fn Access(accessibility: Accessibility) -> impl IntoView {
    let body = if accessibility.0.is_empty() {
        view! { <p>"Dazu ist noch nichts bekannt. Fragen Sie am besten vor Ihrem Besuch nach."</p> }
            .into_any()
    } else {
        let rows = Feature::ALL
            .into_iter()
            .map(|feature| {
                let value = accessibility.get(feature);
                let class = match value {
                    Some(true) => "known known--yes",
                    Some(false) => "known known--no",
                    None => "known",
                };
                view! {
                    <div class="facts-table__row">
                        <dt>{features::feature(feature)}</dt>
                        <dd class=class>{features::known(value)}</dd>
                    </div>
                }
            })
            .collect_view();
        view! { <dl class="facts-table">{rows}</dl> }.into_any()
    };
    view! {
        <section aria-labelledby="access">
            <h2 id="access">"Barrierefreiheit"</h2>
            {body}
        </section>
    }
    .into_any()
}
