//! `/`: search, groups, life situations, urgent help.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{PageResponse, midnight};
use crate::{
    backend::{Backend, BackendError, Counts},
    components::{
        icon::{Drawn, Icon},
        search_form::SearchForm,
        urgent::Urgent,
    },
    domain::{
        care_type::{CareGroup, CareType},
        portal::Portal,
        search::SearchQuery,
    },
    routes,
    shell::{Head, Site, document},
    text::{counts, groups},
};

pub(super) async fn page(backend: &Backend, site: &Site) -> Result<PageResponse, BackendError> {
    let counts = backend.search.counts().await?;
    let portal = site.portal.clone();
    let head = Head {
        description: Some(portal.claim.clone()),
        canonical: Some(routes::START.to_owned()),
        islands: true,
        own_search: true,
        ..Head::default()
    };
    let html = document(site, head, move || main(portal, counts));
    Ok(PageResponse::ok(html, midnight(backend.clock.now())))
}

fn main(portal: Arc<Portal>, counts: Counts) -> AnyView {
    let query = SearchQuery { page: 1, ..SearchQuery::default() };
    let all = routes::search(&query);
    let known = format!(
        "{} mit {} im Verzeichnis",
        counts::facilities(counts.facilities),
        counts::offers_dative(counts.offers)
    );
    let urgent = portal.urgent.clone();
    view! {
        <section class="hero">
            <div class="wrap">
                <h1>
                    <span class="hero__county">{portal.county.clone()}</span>
                    <span class="hero__claim">{portal.claim.clone()}</span>
                </h1>
                <SearchForm query />
                <p class="hero__all">
                    <a href=all>{known}</a>
                </p>
            </div>
        </section>
        <section class="wrap band" aria-labelledby="groups">
            <h2 id="groups">"Was brauchen Sie?"</h2>
            <ul class="tiles">
                {CareGroup::ALL
                    .into_iter()
                    .filter_map(|group| tile(group, &portal, &counts))
                    .collect_view()}
            </ul>
        </section>
        <section class="wrap band" aria-labelledby="situations">
            <h2 id="situations">"Was ist passiert?"</h2>
            <ul class="situations">{groups::SITUATIONS.iter().map(situation).collect_view()}</ul>
        </section>
        <Urgent numbers=urgent />
    }
    .into_any()
}

fn situation(situation: &'static groups::Situation) -> impl IntoView {
    view! {
        <li>
            <a class="situation" href=routes::search(&situation.query())>
                <span class="situation__title">{situation.title}</span>
                <span class="situation__hint">{situation.hint}</span>
                <Drawn icon=Icon::Arrow />
            </a>
        </li>
    }
}

/// A group with the types the county has; `None` where it has none.
fn tile(group: CareGroup, portal: &Portal, counts: &Counts) -> Option<impl IntoView + use<>> {
    let types: Vec<(&CareType, usize)> = portal
        .taxonomy
        .in_group(group)
        .filter_map(|t| {
            let count = counts.by_type.iter().find(|(slug, _)| *slug == t.slug).map_or(0, |(_, n)| *n);
            (count > 0).then_some((t, count))
        })
        .collect();
    let total: usize = types.iter().map(|(_, n)| n).sum();
    if total == 0 {
        return None;
    }
    let search =
        |slugs: Vec<_>| routes::search(&SearchQuery { care_types: slugs, page: 1, ..Default::default() });
    let all = search(types.iter().map(|(t, _)| t.slug.clone()).collect());
    let links = types
        .iter()
        .map(|(t, n)| {
            view! {
                <li>
                    <a href=search(vec![t.slug.clone()])>
                        <span>{t.name.clone()}</span>
                        <span class="tile__count">
                            {counts::number(*n)}
                            <span class="kern-sr-only">{if *n == 1 { " Angebot" } else { " Angebote" }}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <li class="tile">
            <h3 class="tile__title">
                <a href=all>
                    <Drawn icon=Icon::Group(group) />
                    <span>{groups::group(group)}</span>
                </a>
            </h3>
            <p class="tile__sum">{counts::offers(total)}</p>
            <ul class="tile__types">{links}</ul>
        </li>
    })
}
