//! What people may read before they come.

use leptos::prelude::*;

use crate::{domain::facility::Document, routes, text::address};

/// Links to documents, each with its kind and the host it lies on. One whose address cannot be followed
/// is left out.
#[component]
pub fn Documents(documents: Vec<Document>) -> impl IntoView {
    let rows: Vec<_> = documents
        .into_iter()
        .filter_map(|Document { title, url }| {
            let (link, about) = if routes::uploaded_document(&url).is_some() {
                (url, " (PDF)".to_owned())
            } else {
                let link = address::web(&url)?;
                let host = address::host(&link).to_owned();
                let about = if is_pdf(&link) { format!(" (PDF, {host})") } else { format!(" ({host})") };
                (link, about)
            };
            Some(view! {
                <li>
                    <a href=link rel="noopener external nofollow">
                        {title}
                    </a>
                    {about}
                </li>
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="documents">
                <h2 id="documents">"Unterlagen"</h2>
                <ul class="documents">{rows}</ul>
            </section>
        }
    })
}

fn is_pdf(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or(link);
    path.to_ascii_lowercase().ends_with(".pdf")
}
