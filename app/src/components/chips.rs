//! What is chosen, as chips that take it away again.

use leptos::prelude::*;
use time::Date;

use super::icon::{Drawn, Icon};
use crate::{
    domain::{
        search::SearchQuery,
        search_results::{AskedTimes, FacetValue, Facets, FoundPlace},
    },
    routes,
    text::{light, times},
};

/// A chosen thing and the search without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    pub label: String,
    pub without: SearchQuery,
}

/// Every chosen value of a search, the place first and the times last.
pub fn of(
    query: &SearchQuery,
    place: Option<&FoundPlace>,
    facets: &Facets,
    asked: &AskedTimes,
    today: Date,
) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut add = |label: String, without: SearchQuery| chips.push(Chip { label, without });
    if let Some(place) = place {
        let label = if place.is_device { "In meiner Nähe".to_owned() } else { place.label.clone() };
        add(label, place.without.with(|_| ()));
    }
    if let Some(km) = query.radius_km {
        add(format!("{km} km Umkreis"), query.with(|q| q.radius_km = None));
    }
    for slug in &query.care_types {
        add(label(&facets.care_types, slug.as_str()), query.with(|q| q.care_types.retain(|s| s != slug)));
    }
    for ags in &query.municipalities {
        add(label(&facets.municipalities, ags), query.with(|q| q.municipalities.retain(|s| s != ags)));
    }
    for chosen in &query.lights {
        add(light::name(*chosen).to_owned(), query.with(|q| q.lights.retain(|l| l != chosen)));
    }
    for slug in &query.specialisms {
        add(label(&facets.specialisms, slug), query.with(|q| q.specialisms.retain(|s| s != slug)));
    }
    for code in &query.languages {
        add(label(&facets.languages, code), query.with(|q| q.languages.retain(|c| c != code)));
    }
    for value in &query.unknown {
        add(format!("„{}“ (unbekannt)", value.value), query.with(|q| q.unknown.retain(|u| u != value)));
    }
    if query.barrier_free {
        add("barrierefrei".to_owned(), query.with(|q| q.barrier_free = false));
    }
    if query.open_now {
        add("jetzt geöffnet".to_owned(), query.with(|q| q.open_now = false));
    }
    if let Some(stretch) = asked.stretch {
        let without = || {
            query.with(|q| {
                q.free_from = None;
                q.free_until = None;
            })
        };
        let label = format!("frei {}", times::over(stretch, today));
        add(label, asked.without_stretch.clone().unwrap_or_else(without));
    }
    if let Some(without) = &asked.without_weekdays {
        add(format!("{} frei", times::weekdays(&asked.weekdays)), without.clone());
    } else {
        for weekday in &query.weekdays {
            let label = format!("{} frei", times::weekdays(&[*weekday]));
            add(label, query.with(|q| q.weekdays.retain(|own| own != weekday)));
        }
    }
    if let Some(days) = query.reported_days {
        add(times::reported_within(days), query.with(|q| q.reported_days = None));
    }
    if query.area.is_some() {
        add("Kartenausschnitt".to_owned(), query.with(|q| q.area = None));
    }
    chips
}

fn label(values: &[FacetValue], value: &str) -> String {
    values.iter().find(|v| v.value == value).map_or_else(|| value.to_owned(), |v| v.label.clone())
}

/// The chips, and a link that takes all filters away at once.
#[component]
pub fn Chips(chips: Vec<Chip>, query: SearchQuery) -> impl IntoView {
    let clear = (chips.len() > 1).then(|| {
        let bare = query.without_filters();
        view! { <li><a class="chips__clear" href=routes::search(&bare)>"Alle Filter entfernen"</a></li> }
    });
    (!chips.is_empty()).then(|| {
        let items = chips
            .into_iter()
            .map(|chip| {
                // The position is in no address: an island has to forget it.
                let far = (query.near.is_some() && chip.without.near.is_none()).then_some("");
                view! {
                    <li>
                        <a class="chip" href=routes::search(&chip.without) data-fern=far>
                            <span>{chip.label}</span>
                            <Drawn icon=Icon::Close />
                            <span class="kern-sr-only">"entfernen"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="chips" aria-label="Gewählte Filter">{items} {clear}</ul> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::NOW;

    #[test]
    fn taking_one_filter_away_leaves_the_others() {
        let query =
            crate::routes::parse_search("q=Heim&art=kurzzeitpflege&ampel=frei&barrierefrei=1&seite=3");
        let addresses: Vec<String> =
            of(&query, None, &Facets::default(), &AskedTimes::default(), NOW.berlin_date)
                .iter()
                .map(|chip| routes::search(&chip.without))
                .collect();
        assert_eq!(
            addresses,
            [
                "/suche?q=Heim&ampel=frei&barrierefrei=1",
                "/suche?q=Heim&art=kurzzeitpflege&barrierefrei=1",
                "/suche?q=Heim&art=kurzzeitpflege&ampel=frei",
            ]
        );
    }
}
