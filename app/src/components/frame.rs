//! Head and foot of every page.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    feedback,
    icon::{Drawn, Icon},
};
use crate::{
    domain::{ids::FacilityId, portal::Portal, search::SearchQuery, shortlist::to_text},
    islands::ShortlistKeeper,
    routes,
    shell::Reader,
    text::{address, shortlist},
};

/// Name of the portal, and a small search where the page has none of its own.
#[component]
pub fn Header(
    portal: Arc<Portal>,
    /// Address of the county's logo.
    logo: Option<String>,
    /// Whose page it is, where it is one person's.
    reader: Option<Reader>,
    search: bool,
    /// The page has islands.
    islands: bool,
    /// The short list that the page's address carries.
    kept: Vec<FacilityId>,
) -> impl IntoView {
    let demo = portal.demo.then(|| {
        view! {
            <aside class="demo" aria-label="Hinweis">
                <p>"Beispiel: Alle Einträge auf dieser Seite sind erfunden."</p>
            </aside>
        }
    });
    view! {
        {demo}
        <header class="top">
            <div class="wrap top__row">
                <a class="brand" href=routes::START>
                    {match logo {
                        // Its name stands beside it.
                        Some(address) => view! { <img class="logo" src=address alt="" height="40" /> }.into_any(),
                        None => view! { <Mark /> }.into_any(),
                    }}
                    <span class="brand__text">
                        <span class="brand__name">{portal.name.clone()}</span>
                        <span class="brand__county">{portal.county.clone()}</span>
                    </span>
                </a>
                {search.then(|| view! { <SmallSearch kept=kept.clone() /> })}
                <ListLink kept />
                {islands.then(|| view! { <ShortlistKeeper /> })}
            </div>
            {reader.map(|reader| view! { <OwnLinks reader /> })}
        </header>
    }
    .into_any()
}

/// What somebody reaches who is signed in, and the way out.
#[component]
fn OwnLinks(reader: Reader) -> impl IntoView {
    let link = |to: &'static str, text: &'static str| {
        view! {
            <li>
                <a href=to>{text}</a>
            </li>
        }
    };
    view! {
        <nav class="wrap top__own" aria-label="Ihr Bereich">
            <ul>
                {reader.is_county.then(|| link(routes::COUNTY, "Landkreis"))}
                {reader.is_member.then(|| link(routes::EDITING, "Redaktion"))}
                {link(routes::OWN_ACCOUNT, "Mein Konto")}
            </ul>
            <form method="post" action=routes::SIGN_OUT>
                <button type="submit" class="kern-btn kern-btn--tertiary">
                    <span class="kern-label">"Abmelden"</span>
                </button>
            </form>
        </nav>
    }
    .into_any()
}

/// The sign of the portal: a pilot's compass rose, one quarter filled.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
            <circle cx="20" cy="20" r="18" />
            <path d="M20 7 24 16 33 20 24 24 20 33 16 24 7 20 16 16z" />
        </svg>
    }
}

/// The way to the short list, with the number of its entries.
#[component]
fn ListLink(kept: Vec<FacilityId>) -> impl IntoView {
    let count = if kept.is_empty() { String::new() } else { kept.len().to_string() };
    view! {
        <a class="top__list" href=routes::shortlist(&kept) data-zahl="">
            <Drawn icon=Icon::Keep />
            <span>"Merkliste"</span>
            <span class="top__count" data-wert="" aria-hidden="true">
                {count}
            </span>
            <span class="kern-sr-only" data-worte="">
                {shortlist::count(kept.len())}
            </span>
        </a>
    }
}

#[component]
fn SmallSearch(kept: Vec<FacilityId>) -> impl IntoView {
    let ids = (!kept.is_empty()).then(|| view! { <input type="hidden" name="ids" value=to_text(&kept) /> });
    let longest = SearchQuery::MAX_TEXT.to_string();
    view! {
        <form class="small-search" action=routes::SEARCH method="get" role="search">
            <label class="kern-sr-only" for="q-top">
                "Was suchen Sie?"
            </label>
            <input
                id="q-top"
                name="q"
                type="search"
                class="kern-form-input__input"
                placeholder="Angebot, Name oder Ort"
                maxlength=longest
                autocomplete="off"
            />
            {ids}
            <button type="submit" class="kern-btn kern-btn--primary">
                <Drawn icon=Icon::Search />
                <span class="kern-sr-only">"Suchen"</span>
            </button>
        </form>
    }
}

/// Urgent numbers, legal pages.
#[component]
pub fn Footer(portal: Arc<Portal>) -> impl IntoView {
    let legal = portal
        .legal
        .all()
        .into_iter()
        .map(|(name, _)| view! { <li><a href=routes::legal(name)>{legal_title(name)}</a></li> })
        .collect_view();
    let advice = portal.advice_centre.clone().map(|centre| {
        let number = match address::tel(&centre.phone) {
            Some(link) => view! { <a href=link>{centre.phone}</a> }.into_any(),
            None => centre.phone.into_any(),
        };
        view! { <p class="foot__advice">{format!("Fragen? {} hilft Ihnen: ", centre.name)} {number}</p> }
    });
    view! {
        <footer class="foot">
            <div class="wrap">
                {advice}
                <nav aria-label="Für Einrichtungen">
                    <ul class="foot__links">
                        <li>
                            <a href=routes::REGISTRATION>"Einrichtung eintragen"</a>
                        </li>
                        <li>
                            <a href=routes::SIGN_IN>"Anmelden für Einrichtungen"</a>
                        </li>
                    </ul>
                </nav>
                <nav aria-label="Rechtliches">
                    <ul class="foot__links">
                        {legal}
                        <li>
                            <a href=format!("{}#{}", routes::legal("barrierefreiheit"), feedback::ID)>"Barriere melden"</a>
                        </li>
                    </ul>
                </nav>
                <p class="foot__who">{format!("{} · {}", portal.county, portal.name)}</p>
            </div>
        </footer>
    }
    .into_any()
}

/// The title of a legal page by its name in addresses.
pub fn legal_title(name: &str) -> &'static str {
    match name {
        "impressum" => "Impressum",
        "datenschutz" => "Datenschutz",
        "barrierefreiheit" => "Barrierefreiheit",
        "leichte-sprache" => "Leichte Sprache",
        _ => "Kontakt",
    }
}
