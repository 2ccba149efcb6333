//! Whom to call when the portal does not help.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::{domain::portal::AdviceCentre, text::address};

/// The advice centre with its number; nothing where the county named none.
#[component]
pub fn AdviceBox(centre: Option<AdviceCentre>) -> impl IntoView {
    centre.map(|centre| {
        let call = address::tel(&centre.phone).map(|link| {
            view! {
                <a class="act act--call" href=link>
                    <Drawn icon=Icon::Phone />
                    <span>"Anrufen " <span class="act__number">{centre.phone.clone()}</span></span>
                </a>
            }
        });
        let number = call.is_none().then(|| view! { <p>{centre.phone.clone()}</p> });
        view! {
            <section class="advice" aria-labelledby="advice">
                <h2 id="advice">"Wir helfen Ihnen am Telefon"</h2>
                <p>{format!("{} kennt die Angebote im Landkreis und hilft Ihnen weiter.", centre.name)}</p>
                {call}
                {number}
            </section>
        }
    })
}
