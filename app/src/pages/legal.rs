//! `/impressum` and the other pages whose words the county writes.

use leptos::prelude::*;

use super::{PageResponse, head, midnight};
use crate::{
    components::{advice::AdviceBox, frame::legal_title},
    domain::now::Now,
    routes,
    shell::{Head, Site, document},
};

/// The legal page at this path; `None` where there is none.
pub(super) fn page(site: &Site, path: &str, now: Now) -> Option<PageResponse> {
    let pages = site.portal.legal.all();
    let (name, text) = pages.into_iter().find(|(name, _)| routes::legal(name) == path)?;
    let title = legal_title(name);
    let head = Head { canonical: Some(routes::legal(name)), noindex: text.trim().is_empty(), ..head(title) };
    let paragraphs: Vec<String> =
        text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    let portal = site.portal.clone();
    let html = document(site, head, move || {
        let body = if paragraphs.is_empty() {
            view! {
                <p class="note">
                    {format!("Hier steht noch nichts. {} hat diesen Text noch nicht geschrieben.", portal.county)}
                </p>
                <AdviceBox centre=portal.advice_centre.clone() />
            }
            .into_any()
        } else {
            paragraphs.into_iter().map(|text| view! { <p class="prose">{text}</p> }).collect_view().into_any()
        };
        view! { <div class="wrap narrow"><h1>{title}</h1>{body}</div> }.into_any()
    });
    Some(PageResponse::ok(html, midnight(now)))
}
