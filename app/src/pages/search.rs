//! `/suche`: the results. Every state of the page is its address.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{PageResponse, keep_until};
use crate::{
    backend::{Backend, BackendError},
    components::{
        advice::AdviceBox,
        card::FacilityCard,
        chips::{self, Chips},
        filters::Filters,
        map::CountyMap,
        pagination::Pagination,
        search_form::{FORM, SearchForm},
        share::{OnPaper, Share},
        views::Views,
    },
    domain::{
        care_type::{CareTypeSlug, LightKind},
        ids::FacilityId,
        now::Now,
        portal::Portal,
        search::{SearchQuery, Sort, View},
        search_results::{FacilityHit, FoundPlace, HitKind, SearchResults, Suggestion},
    },
    islands::{LiveResults, NearMe},
    routes,
    shell::{Head, Site, document},
    text::summary,
};

/// Facilities on one page.
const PAGE_SIZE: usize = 20;
/// So many results of one place are few: then its surroundings are one press away.
const FEW: usize = 5;
const WIDER_KM: u16 = 10;

pub(super) async fn page(
    backend: &Backend,
    site: &Site,
    mut query: SearchQuery,
) -> Result<PageResponse, BackendError> {
    let results = backend.search.search(&query, PAGE_SIZE).await?;
    results.unknown.iter().for_each(|unknown| query.set_aside(unknown));
    let now = backend.clock.now();
    let ends =
        results.hits.iter().flat_map(|hit| &hit.offers).map(|offer| offer.availability.as_ref()?.valid_until);
    let until = keep_until(now, ends);
    let head = Head {
        title: summary::title(&query, &results),
        description: Some(format!("{}.", summary::sentence(&query, &results, now.berlin_date))),
        canonical: Some(routes::search(&query.with(|q| {
            q.sort = Sort::default();
            q.shortlist.clear();
        }))),
        picture: None,
        results: Some("ergebnisse"),
        shortlist: query.shortlist.clone(),
        noindex: !query.shortlist.is_empty() || query.has_filters() || query.page > 1 || results.total == 0,
        islands: true,
        own_search: true,
        structured_data: None,
        script: None,
    };
    // Opening hours change by the minute, and so does what is open now.
    let changes = query.open_now || results.facets.open_now > 0;
    let portal = site.portal.clone();
    let html = document(site, head, move || main(portal, query, results, now));
    let mut response = PageResponse::ok(html, until);
    if changes {
        let seconds = i64::from(60 - now.instant.second());
        response.keep_until = Some(until.min(now.instant + time::Duration::seconds(seconds)));
    }
    Ok(response)
}

/// The page below the header.
pub(crate) fn main(portal: Arc<Portal>, query: SearchQuery, results: SearchResults, now: Now) -> AnyView {
    let asked = results.times.clone();
    let chips = chips::of(&query, results.place.as_ref(), &results.facets, &asked, now.berlin_date);
    let sentence = summary::sentence(&query, &results, now.berlin_date);
    let widened = summary::widened(&results);
    let understood = results
        .understood
        .iter()
        .filter_map(summary::understood)
        .map(|text| view! { <li>{text}</li> })
        .collect_view();
    let nowhere = results
        .unknown
        .iter()
        .map(|value| view! { <p class="note">{summary::unknown(value)}</p> })
        .collect_view();
    let has_place = results.place.as_ref().is_some_and(|place| place.position.is_some());
    let unknown = results.place.as_ref().filter(|place| place.unknown).map(|place| place.label.clone());
    let size = u32::try_from(results.page_size.max(1)).unwrap_or(u32::MAX);
    let pages = u32::try_from(results.total).unwrap_or(u32::MAX).div_ceil(size).min(SearchQuery::MAX_PAGE);
    let in_words = [asked.without_stretch.is_some(), asked.without_weekdays.is_some()];
    let of_text = in_words.into_iter().chain([results.place.is_some()]).filter(|is_there| *is_there).count();
    let set = chips.len().saturating_sub(of_text);
    let over = asked.stretch.is_some_and(|stretch| stretch.is_over(now.berlin_date));
    let over = over.then(|| {
        view! { <p class="note">"Dieser Zeitraum ist schon vorbei. Bitte wählen Sie einen späteren."</p> }
    });
    let free_today = asked.free_today.clone().map(|way| view! { <FreeToday way /> });
    let nothing = results.total == 0;
    let is_widened = results.widened.is_some();
    // The same search wherever it is: for those who want it around them.
    let placeless = routes::search(results.place.as_ref().map_or(&query, |place| &place.without));
    let wider = has_place.then(|| wider(&query, &results)).flatten();
    let filters = chips.iter().map(|chip| chip.label.clone()).collect::<Vec<_>>();
    let on_map = query.view == View::Map;
    let beyond = (results.hits.is_empty() && !nothing).then(|| routes::search(&query.with(|q| q.page = 1)));
    let pages = if beyond.is_some() { 1 } else { pages };
    let on_paper = view! { <OnPaper filters query=query.clone() pages now portal=portal.clone() /> };
    let share = view! { <Share query=query.clone() sentence=sentence.clone() portal=portal.clone() /> };
    let watch = watch(&portal, &query, &results);
    view! {
        <div class=if on_map { "wrap results results--map" } else { "wrap results" }>
            <div class="results__search">
                <SearchForm query=query.clone() />
                <NearMe />
                <LiveResults form=FORM.to_owned() />
            </div>
            <div class="results__filters">
                <Filters query=query.clone() facets=results.facets has_place set times=asked />
            </div>
            <div class="results__head" data-swap="kopf" data-total=results.total.to_string() data-placeless=placeless>
                <h1 class="results__sum" id="ergebnisse" tabindex="-1">{sentence}</h1>
                {on_paper}
                <ul class="understood">{understood}</ul>
                {unknown
                    .map(|label| {
                        view! {
                            <p class="note">
                                {format!("Einen Ort „{label}“ kennen wir nicht. Wir zeigen Ergebnisse aus dem ganzen Landkreis.")}
                            </p>
                        }
                    })}
                {nowhere}
                {over}
                <Chips chips query=query.clone() />
                <Views query=query.clone() />
            </div>
            {results.map.map(|map| view! { <CountyMap map query=query.clone() portal=portal.clone() /> })}
            <div class="results__list" id="liste" tabindex="-1" data-swap="liste">
                {widened
                    .map(|text| {
                        view! {
                            <div class="note note--widened">
                                <p>{text}</p>
                                <Ways ways=results.ways.clone() />
                            </div>
                        }
                    })}
                {beyond
                    .map(|first| {
                        view! {
                            <p class="note">
                                "So viele Seiten gibt es nicht. " <a href=first>"Zur ersten Seite der Ergebnisse"</a>
                            </p>
                        }
                    })}
                <Hits hits=results.hits place=results.place now kept=query.shortlist.clone() />
                {nothing
                    .then(|| {
                        view! { <Nothing suggestion=results.suggestion ways=results.ways portal=portal.clone() /> }
                    })}
                {free_today}
                {wider}
                {watch}
                <Pagination query page=results.page pages />
                {is_widened.then(|| view! { <AdviceBox centre=portal.advice_centre.clone() /> })}
            </div>
            {share}
        </div>
    }
    .into_any()
}

/// The cards, with a heading wherever the reason changes for which they are listed.
#[component]
fn Hits(hits: Vec<FacilityHit>, place: Option<FoundPlace>, now: Now, kept: Vec<FacilityId>) -> impl IntoView {
    let mut runs: Vec<(HitKind, Vec<FacilityHit>)> = Vec::new();
    for hit in hits {
        match runs.last_mut() {
            Some((kind, run)) if *kind == hit.kind => run.push(hit),
            _ => runs.push((hit.kind, vec![hit])),
        }
    }
    let from_device = place.as_ref().is_some_and(|place| place.is_device);
    // One kind alone that is what was asked needs no heading to see.
    let plain = matches!(runs.as_slice(), [(HitKind::Match, _)]);
    let class = if plain { "kern-sr-only" } else { "results__kind" };
    runs.into_iter()
        .map(|(kind, run)| {
            let title = if plain { "Ergebnisse".to_owned() } else { summary::kind(kind, place.as_ref()) };
            let cards = run
                .into_iter()
                .map(|hit| view! { <li><FacilityCard hit today=now.berlin_date kept=kept.clone() from_device /></li> })
                .collect_view();
            view! {
                <h2 class=class>{title}</h2>
                <ul class="cards">{cards}</ul>
            }
        })
        .collect_view()
}

/// Where a place has few results: its surroundings.
fn wider(query: &SearchQuery, results: &SearchResults) -> Option<impl IntoView + use<>> {
    let is_few = (1..=FEW).contains(&results.total) && results.widened.is_none();
    (is_few && query.radius_km.is_none()).then(|| {
        let link = routes::search(&query.with(|q| {
            q.radius_km = Some(WIDER_KM);
            q.page = 1;
        }));
        let text = format!("Auch im Umkreis von {WIDER_KM} km suchen");
        view! {
            <p class="wider">
                <a class="detours__one" href=link>
                    {text}
                </a>
            </p>
        }
    })
}

/// Where the portal writes mail, and something of the search can become free: a wish to be told.
fn watch(portal: &Portal, query: &SearchQuery, results: &SearchResults) -> Option<impl IntoView + use<>> {
    let has_light = |slug: &CareTypeSlug| {
        portal.taxonomy.find(slug.as_str()).is_some_and(|own| own.light != LightKind::None)
    };
    let can_change = if query.care_types.is_empty() {
        results.total == 0 || results.widened.is_some() || !results.facets.lights.is_empty()
    } else {
        query.care_types.iter().any(has_light)
    };
    // Where a device stands is kept by nobody, and of what nobody knows nobody could be told.
    let is_known = results.unknown.is_empty() && results.place.as_ref().is_none_or(|place| !place.unknown);
    let is_kept = query.near.is_none() && is_known;
    (portal.has_mail() && can_change && is_kept).then(|| {
        view! {
            <p class="wider">
                <a class="kern-btn kern-btn--tertiary" href=routes::alert(&query.with(|q| q.view = View::default())) rel="nofollow">
                    <span class="kern-label">"Benachrichtigen, wenn etwas frei wird"</span>
                </a>
            </p>
        }
    })
}

/// Few say when they are free: who has a place today may have one then, too.
#[component]
fn FreeToday(way: Suggestion) -> impl IntoView {
    view! {
        <p class="wider">
            "Nicht alle melden, wann genau Plätze frei sind. Fragen Sie auch dort nach: "
            <a class="detours__one" href=routes::search(&way.query)>
                {way.text}
            </a>
        </p>
    }
}

/// What else would bring something.
#[component]
fn Ways(ways: Vec<Suggestion>) -> impl IntoView {
    (!ways.is_empty()).then(|| {
        let items = ways
            .into_iter()
            .map(|way| view! { <li><a class="detours__one" href=routes::search(&way.query)>{way.text}</a></li> })
            .collect_view();
        view! { <ul class="detours" aria-label="Das gibt es auch">{items}</ul> }
    })
}

/// No result: one change that brings some, more of them, and whom to call.
#[component]
fn Nothing(suggestion: Option<Suggestion>, ways: Vec<Suggestion>, portal: Arc<Portal>) -> impl IntoView {
    let help = if let Some(suggestion) = suggestion {
        view! {
            <p class="nothing__try">
                <a class="kern-btn kern-btn--primary" href=routes::search(&suggestion.query)>
                    <span class="kern-label">{suggestion.text}</span>
                </a>
            </p>
        }
        .into_any()
    } else {
        let bare = SearchQuery { page: 1, ..SearchQuery::default() };
        let text = "Alle Angebote im Landkreis ansehen";
        view! { <p class="nothing__try"><a href=routes::search(&bare)>{text}</a></p> }.into_any()
    };
    view! {
        <section class="nothing">
            <h2>"So geht es weiter"</h2>
            {help}
            <Ways ways />
            <AdviceBox centre=portal.advice_centre.clone() />
        </section>
    }
}
