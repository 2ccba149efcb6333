//! How to tell the county of a barrier, and who helps where it does not answer.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{domain::portal::Portal, text::address};

/// The `id` of the section.
pub const ID: &str = "melden";

/// The feedback channel that the accessibility statement must have (§ 12b BGG and the laws of the states).
#[component]
pub fn Feedback(portal: Arc<Portal>) -> impl IntoView {
    let contact = &portal.accessibility;
    let mail = contact.email.clone().map(|email| {
        let link = format!("mailto:{email}?subject=Barriere%20im%20Portal");
        view! { <li>"E-Mail: " <a href=link>{email}</a></li> }
    });
    let phone = contact.phone.clone().or_else(|| portal.advice_centre.as_ref().map(|c| c.phone.clone()));
    let phone = phone.map(|phone| {
        let number = match address::tel(&phone) {
            Some(link) => view! { <a href=link>{phone}</a> }.into_any(),
            None => phone.into_any(),
        };
        view! { <li>"Telefon: " {number}</li> }
    });
    let conciliation = contact.conciliation.clone().map(|body| {
        let name = match body.url {
            Some(url) => view! { <a href=url rel="external">{body.name}</a> }.into_any(),
            None => body.name.into_any(),
        };
        view! {
            <p>
                "Sie haben nach vier Wochen keine Antwort, oder sie hilft Ihnen nicht? Dann vermittelt kostenlos: "
                {name} "."
            </p>
        }
    });
    view! {
        <section class="written" id=ID aria-labelledby="melden-titel">
            <h2 id="melden-titel">"Eine Barriere melden"</h2>
            <p>
                "Etwas lässt sich nicht lesen oder nicht bedienen? Bitte schreiben Sie uns oder rufen Sie an. Nennen Sie die Seite und was nicht geht."
            </p>
            <ul>{mail} {phone}</ul>
            {conciliation}
        </section>
    }
}
