//! Pages for what cannot be shown: nothing there, nothing to reach, a defect.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{PageResponse, head};
use crate::{
    backend::BackendError,
    components::{advice::AdviceBox, search_form::SearchForm},
    domain::{portal::Portal, search::SearchQuery},
    routes,
    shell::{Head, Site, document},
    text::errors,
};

/// 404: says so, and searches on.
pub(super) fn not_found(site: &Site) -> String {
    let portal = site.portal.clone();
    let head = Head { noindex: true, islands: true, own_search: true, ..head("Nicht gefunden") };
    document(site, head, move || missing(portal))
}

/// 503 while something is away, 500 for a defect.
pub(super) fn response(site: &Site, failure: BackendError) -> PageResponse {
    let status = match failure {
        BackendError::Unavailable | BackendError::Indexing | BackendError::Behind => 503,
        BackendError::Internal => 500,
    };
    let portal = site.portal.clone();
    let (title, _) = errors::failure(failure);
    let head = Head { noindex: true, own_search: true, ..head(title) };
    PageResponse::failed(status, document(site, head, move || failed(portal, failure)))
}

fn missing(portal: Arc<Portal>) -> AnyView {
    let query = SearchQuery::default();
    view! {
        <div class="wrap narrow">
            <h1>"Diese Seite gibt es nicht"</h1>
            <p class="lead">
                "Der Eintrag wurde vielleicht umbenannt oder gelöscht, oder in der Adresse ist ein Tippfehler. Suchen Sie hier weiter:"
            </p>
            <SearchForm query />
            <AdviceBox centre=portal.advice_centre.clone() />
        </div>
    }
    .into_any()
}

fn failed(portal: Arc<Portal>, failure: BackendError) -> AnyView {
    let (title, text) = errors::failure(failure);
    view! {
        <div class="wrap narrow">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <p>
                <a class="kern-btn kern-btn--secondary" href=routes::START>
                    <span class="kern-label">"Zur Startseite"</span>
                </a>
            </p>
            <AdviceBox centre=portal.advice_centre.clone() />
        </div>
    }
    .into_any()
}
