//! `/`: search, groups, life situations, urgent help, news, providers, county.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{PageResponse, midnight};
use crate::{
    backend::{Backend, BackendError, Counts},
    components::{
        about::About,
        icon::{Drawn, Icon},
        news::News,
        search_form::SearchForm,
        urgent::Urgent,
    },
    domain::{
        care_type::{CareGroup, CareType},
        now::Now,
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
    let now = backend.clock.now();
    let html = document(site, head, move || main(portal, counts, now));
    // News come and go at midnight.
    Ok(PageResponse::ok(html, midnight(now)))
}

fn main(portal: Arc<Portal>, counts: Counts, now: Now) -> AnyView {
    let query = SearchQuery { page: 1, ..SearchQuery::default() };
    let all = routes::search(&query);
    let known = format!(
        "{} mit {} im Verzeichnis",
        counts::facilities(counts.facilities),
        counts::offers_dative(counts.offers)
    );
    let urgent = portal.urgent.clone();
    let announcements = portal.current_announcements(now.berlin_date).into_iter().cloned().collect();
    let situations = groups::SITUATIONS.iter().filter(|situation| is_answered(situation, &counts));
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
            <ul class="situations">{situations.map(situation).collect_view()}</ul>
        </section>
        <Urgent numbers=urgent />
        <News announcements today=now.berlin_date />
        <About portal />
    }
    .into_any()
}

/// Whether the county has something for a situation: no link leads to an empty page.
fn is_answered(situation: &groups::Situation, counts: &Counts) -> bool {
    situation.care_types.is_empty()
        || counts.by_type.iter().any(|(slug, n)| *n > 0 && situation.care_types.contains(&slug.as_str()))
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

/// Types that a tile names; the rest is one step away, so that urgent help stays within two screens.
const NAMED_TYPES: usize = 4;

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
    // One type more takes no more room than saying that there is one.
    let named = if types.len() <= NAMED_TYPES + 1 { types.len() } else { NAMED_TYPES };
    let more = types.len() - named;
    let more = (more > 0).then(|| {
        view! {
            <li>
                <a href=all.clone()>
                    <span>
                        {format!("{more} weitere Arten")}
                        <span class="kern-sr-only">{format!(" in {}", groups::group(group))}</span>
                    </span>
                </a>
            </li>
        }
    });
    let links = types
        .iter()
        .take(named)
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
            <ul class="tile__types">{links} {more}</ul>
        </li>
    })
}
