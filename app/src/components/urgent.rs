//! Numbers to call in need.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{domain::portal::UrgentNumber, text::address};

/// The strip of urgent numbers; nothing where the county named none.
#[component]
pub fn Urgent(numbers: Vec<UrgentNumber>) -> impl IntoView {
    (!numbers.is_empty()).then(|| {
        let items = numbers.into_iter().map(|number| view! { <li><Number number /></li> }).collect_view();
        view! {
            <section class="urgent" aria-labelledby="urgent">
                <div class="wrap">
                    <h2 id="urgent">"Schnelle Hilfe"</h2>
                    <ul class="urgent__list">{items}</ul>
                </div>
            </section>
        }
    })
}

#[component]
fn Number(number: UrgentNumber) -> impl IntoView {
    let said = view! {
        <span class="urgent__phone">{number.phone.clone()}</span>
        <span class="urgent__name">{number.name}</span>
    };
    let said = match address::tel(&number.phone) {
        Some(link) => {
            view! { <a class="urgent__call" href=link><Drawn icon=Icon::Phone /> <span>{said}</span></a> }
                .into_any()
        }
        None => view! { <p class="urgent__call">{said}</p> }.into_any(),
    };
    view! {
        {said}
        {number.hint.map(|hint| view! { <p class="urgent__hint">{hint}</p> })}
    }
}
