//! Handing results over: by link, by mail, on paper.

use std::sync::Arc;

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    domain::{now::Now, portal::Portal, search::SearchQuery},
    islands::ShareTools,
    routes,
    text::dates,
};

/// The search as a link that shows everybody the same. Where a device is, is no part of it, nor is what
/// somebody keeps.
fn address(query: &SearchQuery, portal: &Portal) -> String {
    let query = SearchQuery { shortlist: Vec::new(), ..query.clone() };
    format!("{}{}", portal.base_url, routes::search(&query))
}

/// Copy, print, mail.
#[component]
pub fn Share(query: SearchQuery, sentence: String, portal: Arc<Portal>) -> impl IntoView {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let subject = encoded(&format!("{}: {sentence}", portal.name));
    let body = encoded(&format!("{sentence}:\n{}\n", address(&query, &portal)));
    view! {
        <section class="pass-on" aria-labelledby="weitergeben">
            <h2 id="weitergeben">"Ergebnisse weitergeben"</h2>
            <div class="pass-on__ways">
                <p data-swap="weitergeben">
                    <a class="act" href=format!("mailto:?subject={subject}&body={body}")>
                        "Per E-Mail senden"
                    </a>
                </p>
                <ShareTools />
            </div>
        </section>
    }
}

/// What paper has to say besides the list: filters, page, when, and where it can be seen anew.
#[component]
pub fn OnPaper(
    filters: Vec<String>,
    query: SearchQuery,
    pages: u32,
    now: Now,
    portal: Arc<Portal>,
) -> impl IntoView {
    let filters = (!filters.is_empty()).then(|| format!("Gewählt: {}. ", filters.join(", ")));
    let page = (pages > 1).then(|| format!("Seite {} von {pages}. ", query.page));
    let when = format!("Stand: {}. ", dates::full_date(now.berlin_date));
    view! {
        <p class="on-paper">{filters} {page} {when} {address(&query, &portal)} " " <span data-gedruckt=""></span></p>
    }
}
