//! Meldungen des Kreises.

use leptos::prelude::*;
use time::Date;

use crate::{domain::portal::Announcement, text::dates};

/// What is new in the county, in the order it comes in; nothing where nothing is.
#[component]
pub fn News(announcements: Vec<Announcement>, today: Date) -> impl IntoView {
    (!announcements.is_empty()).then(|| {
        let items = announcements
            .into_iter()
            .map(|announcement| view! { <li><Item announcement today /></li> })
            .collect_view();
        view! {
            <section class="wrap band" aria-labelledby="news">
                <h2 id="news">"Meldungen des Kreises"</h2>
                <ul class="news">{items}</ul>
            </section>
        }
    })
}

#[component]
fn Item(announcement: Announcement, today: Date) -> impl IntoView {
    let Announcement { title, text, date, link, .. } = announcement;
    let paragraphs: Vec<String> =
        text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    let link = link.map(|link| {
        // A link within the portal needs no warning; one that leaves it gives no referrer to sell.
        let outside = (!link.url.starts_with('/')).then_some("noopener external");
        view! {
            <p>
                <a class="news__link" href=link.url rel=outside>
                    {link.text}
                </a>
            </p>
        }
    });
    view! {
        <article class="news__item">
            <h3>{title}</h3>
            <p class="news__date">
                <time datetime=date.to_string()>{dates::date(date, today)}</time>
            </p>
            {paragraphs.into_iter().map(|text| view! { <p class="prose">{text}</p> }).collect_view()}
            {link}
        </article>
    }
    .into_any()
}
