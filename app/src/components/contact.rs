//! Call, mail, web: only links that are safe to follow.

use leptos::prelude::*;

use super::icon::{Drawn, Icon};
use crate::text::address;

/// The ways to reach somebody; what is no address is shown as text.
#[component]
pub fn ContactLinks(phone: Option<String>, email: Option<String>, website: Option<String>) -> impl IntoView {
    let phone = phone.map(|phone| {
        let link = address::tel(&phone);
        view! { <Way icon=Icon::Phone name="Telefon" link text=phone.clone() strong=true /> }
    });
    let email = email.map(|email| {
        let link = address::mail(&email);
        view! { <Way icon=Icon::Mail name="E-Mail" link text=email.clone() strong=false /> }
    });
    let website = website.map(|website| {
        let link = address::web(&website);
        let text = link.as_deref().map_or_else(|| website.clone(), |link| address::host(link).to_owned());
        view! { <Way icon=Icon::Web name="Website" link text strong=false /> }
    });
    view! { <ul class="ways">{phone} {email} {website}</ul> }.into_any()
}

#[component]
fn Way(
    icon: Icon,
    name: &'static str,
    link: Option<String>,
    text: String,
    /// The way most people take.
    strong: bool,
) -> impl IntoView {
    let class = if strong { "way way--strong" } else { "way" };
    let inside = view! {
        <Drawn icon />
        <span class="kern-sr-only">{format!("{name}: ")}</span>
        <span class="way__text">{text}</span>
    };
    let way = match link {
        Some(link) => {
            view! { <a class=class href=link rel="noopener external nofollow">{inside}</a> }.into_any()
        }
        None => view! { <span class=class>{inside}</span> }.into_any(),
    };
    view! { <li>{way}</li> }
}
