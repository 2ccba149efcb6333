//! `/impressum` and the other pages whose words the county writes.

use leptos::prelude::*;

use super::{PageResponse, head, midnight};
use crate::{
    components::{advice::AdviceBox, feedback::Feedback, frame::legal_title, written::Written},
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
    let text = text.trim().to_owned();
    let portal = site.portal.clone();
    let html = document(site, head, move || {
        let body = if text.is_empty() {
            view! {
                <p class="note">
                    {format!("Hier steht noch nichts. {} hat diesen Text noch nicht geschrieben.", portal.county)}
                </p>
                <AdviceBox centre=portal.advice_centre.clone() />
            }
            .into_any()
        } else {
            view! { <Written text /> }.into_any()
        };
        let feedback = (name == "barrierefreiheit").then(|| view! { <Feedback portal /> });
        let class = if name == "leichte-sprache" { "wrap narrow easy" } else { "wrap narrow" };
        view! { <div class=class><h1>{title}</h1>{body} {feedback}</div> }.into_any()
    });
    Some(PageResponse::ok(html, midnight(now)))
}
