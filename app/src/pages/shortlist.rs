//! `/merkliste`: facilities side by side. The list is in the address; the browser keeps the reader's own.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::Duration;

use super::{PageResponse, head, keep_until};
use crate::{
    backend::{Backend, BackendError, FacilityView},
    components::{
        advice::AdviceBox,
        compare::Comparison,
        icon::{Drawn, Icon},
        qr::Qr,
    },
    domain::{
        ids::FacilityId,
        now::Now,
        portal::Portal,
        search::SearchQuery,
        shortlist::{self, Shortlist},
    },
    routes,
    shell::{Head, Site, document},
    text::{dates, hours, shortlist as text},
};

pub(super) async fn page(
    backend: &Backend,
    site: &Site,
    query_string: &str,
) -> Result<PageResponse, BackendError> {
    let list = routes::parse_shortlist(query_string);
    let mut wanted = list.ids.clone();
    wanted.extend(list.removed.map(|(id, _)| id).filter(|id| !list.ids.contains(id)));
    let mut views = backend.facilities.list_facilities(&wanted).await?;
    let now = backend.clock.now();
    let removed = list
        .removed
        .filter(|(id, _)| !list.ids.contains(id))
        .and_then(|(id, stood)| Some((views.iter().position(|view| view.facility.id == id)?, stood)))
        .map(|(at, stood)| (views.remove(at), stood));
    let ends = views.iter().flat_map(|view| view.lights.iter().map(|(_, light)| light.valid_until));
    let change = |view: &FacilityView| {
        let minute = hours::next_change(&view.facility.opening_hours, now)?;
        Some(now.instant + Duration::minutes(i64::from(minute - now.berlin_minute)))
    };
    let until = keep_until(now, ends.chain(views.iter().map(change)));
    let title = if views.is_empty() { "Merkliste".to_owned() } else { text::title(views.len()) };
    // A private list is nobody else's business.
    let head = Head { noindex: true, islands: true, shortlist: list.ids.clone(), ..head(&title) };
    let portal = site.portal.clone();
    let shown = Listed { list, views, removed };
    Ok(PageResponse::ok(document(site, head, move || main(portal, shown, now)), until))
}

/// What the page shows.
struct Listed {
    list: Shortlist,
    /// In the order of the list, without those that are gone.
    views: Vec<FacilityView>,
    /// With where it stood.
    removed: Option<(FacilityView, usize)>,
}

fn main(portal: Arc<Portal>, shown: Listed, now: Now) -> AnyView {
    let Listed { list, views, removed } = shown;
    let ids: Vec<FacilityId> = views.iter().map(|view| view.facility.id).collect();
    let gone = list.ids.len() - ids.len();
    let title = if ids.is_empty() { "Merkliste".to_owned() } else { text::title(ids.len()) };
    let more = routes::search(&SearchQuery { shortlist: ids.clone(), page: 1, ..SearchQuery::default() });
    let body = if ids.is_empty() {
        view! { <Empty portal=portal.clone() /> }.into_any()
    } else {
        let link = format!("{}{}", portal.base_url, routes::shortlist(&ids));
        view! {
            <Comparison views ids=ids.clone() portal=portal.clone() />
            <p class="list__more">
                <a class="act" href=more>
                    <Drawn icon=Icon::Search />
                    <span>"Weiter suchen"</span>
                </a>
            </p>
            <Share link />
        }
        .into_any()
    };
    view! {
        <div class="wrap list" data-liste=shortlist::to_text(&ids)>
            <header class="list__head">
                <h1>{title}</h1>
                <p class="quiet">{format!("Stand der Angaben: {}", dates::exact(now.instant))}</p>
                <p class="list__printed" data-gedruckt=""></p>
            </header>
            {removed.map(|(view, stood)| view! { <Undo view stood ids=ids.clone() /> })}
            {(list.left_out > 0).then(|| view! { <p class="note">{text::left_out(list.left_out)}</p> })}
            {(gone > 0)
                .then(|| {
                    view! {
                        <p class="note">
                            {text::gone(gone)} " "
                            <a href=routes::shortlist(&ids) data-setzt=shortlist::to_text(&ids)>
                                "Aus der Liste nehmen"
                            </a>
                        </p>
                    }
                })}
            <Hints />
            {body}
        </div>
    }
    .into_any()
}

/// What scripts add: taking over a list from a link, following another window.
#[component]
fn Hints() -> impl IntoView {
    view! {
        <div class="note list__offer" data-geteilt="" hidden>
            <p>"Diese Liste kommt aus einem Link. In Ihrem Browser ist sie noch nicht gespeichert."</p>
            <button type="button" class="act" data-uebernehmen="">
                <Drawn icon=Icon::Keep />
                <span>"In meine Merkliste übernehmen"</span>
            </button>
        </div>
        <p class="note" data-veraltet="" role="status" hidden>
            "Ihre Merkliste wurde in einem anderen Fenster geändert. "
            <a href=routes::SHORTLIST data-eigene="">
                "Neue Liste ansehen"
            </a>
        </p>
    }
}

#[component]
fn Undo(view: FacilityView, stood: usize, ids: Vec<FacilityId>) -> impl IntoView {
    let back = shortlist::with_at(&ids, view.facility.id, stood);
    view! {
        <p class="note" role="status">
            {format!("„{}“ ist von der Liste genommen. ", view.facility.name)}
            <a href=routes::shortlist(&back) data-setzt=shortlist::to_text(&back)>
                "Rückgängig machen"
            </a>
        </p>
    }
}

/// Nothing on the list: what to do.
#[component]
fn Empty(portal: Arc<Portal>) -> impl IntoView {
    let search = routes::search(&SearchQuery { page: 1, ..SearchQuery::default() });
    view! {
        <section class="list__empty">
            <p class="lead">"Auf Ihrer Liste steht noch nichts."</p>
            <ol class="steps">
                <li>"Suchen Sie nach einem Angebot oder einer Einrichtung."</li>
                <li>"Wählen Sie bei jeder Einrichtung, die in Frage kommt, „Merken“."</li>
                <li>"Hier vergleichen Sie dann Plätze, Kosten und Öffnungszeiten, drucken die Liste oder geben sie weiter."</li>
            </ol>
            <p>
                <a class="kern-btn kern-btn--primary" href=search>
                    <span class="kern-label">"Angebote suchen"</span>
                </a>
            </p>
            <AdviceBox centre=portal.advice_centre.clone() />
        </section>
    }
}

/// The list as a link, a code, and what scripts can do with it.
#[component]
fn Share(link: String) -> impl IntoView {
    view! {
        <section class="share" aria-labelledby="weitergeben">
            <div class="share__text">
                <h2 id="weitergeben">"Liste weitergeben"</h2>
                <p>"Wer diesen Link öffnet oder den Code abfotografiert, sieht dieselbe Liste. Ihre Notizen sind nicht dabei."</p>
                <label class="kern-label" for="link">
                    "Link zur Liste"
                </label>
                <input id="link" class="kern-form-input__input share__link" type="text" readonly value=link.clone() />
                <div class="acts" data-werkzeug="" hidden>
                    <button type="button" class="act" data-kopieren="">"Link kopieren"</button>
                    <button type="button" class="act" data-teilen="" hidden>"Teilen"</button>
                    <button type="button" class="act" data-drucken="">"Drucken"</button>
                    <button type="button" class="act" data-leeren="">"Liste und Notizen löschen"</button>
                </div>
                <p class="quiet">"Ihre Merkliste steht nur in Ihrem Browser und in diesem Link. Bei uns wird sie nicht gespeichert."</p>
            </div>
            <div class="share__code">
                <Qr text=link label="QR-Code mit dem Link zu dieser Liste" />
            </div>
        </section>
    }
}
