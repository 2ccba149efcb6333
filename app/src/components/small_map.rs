//! Where a facility is in its county, at a glance.

use std::sync::Arc;

use leptos::prelude::*;

use super::map::{Land, percent};
use crate::{
    domain::{
        map::{Area, Frame},
        place::Position,
        portal::Portal,
        search::{SearchQuery, View},
    },
    routes,
};

/// How much of the surroundings the link to the large map shows, in degrees of latitude.
const AROUND: f64 = 0.03;

/// A dot in the outlines of the county, which leads to the large map; nothing without outlines, or
/// for what lies outside of them.
#[component]
pub fn SmallMap(
    position: Option<Position>,
    municipality: Option<String>,
    portal: Arc<Portal>,
) -> impl IntoView {
    let outlines = portal.map.outlines.clone();
    let frame = Frame::choose(None, &outlines, &[], false);
    let at = position.map(|position| frame.project(position));
    let on_map = at.filter(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y));
    position.zip(on_map).filter(|_| !outlines.is_empty()).map(|(position, (x, y))| {
        let chosen: Vec<String> = outlines
            .iter()
            .filter(|outline| Some(&outline.name) == municipality.as_ref())
            .filter_map(|outline| outline.ags.as_ref().map(|ags| ags.as_str().to_owned()))
            .collect();
        let place = match &municipality {
            Some(name) => format!("Lage in {name}, {}", portal.county),
            None => format!("Lage: {}", portal.county),
        };
        let area = surroundings(position);
        let large = SearchQuery { area: Some(area), view: View::Map, page: 1, ..SearchQuery::default() };
        view! {
            <section class="small-map" aria-labelledby="lage">
                <h2 id="lage">"Lage"</h2>
                <div class="small-map__view">
                    <svg class="map__sheet" width="100%" height="100%" role="img" aria-label=place>
                        <Land frame outlines chosen />
                        <svg class="spot__at" x=percent(x) y=percent(y)>
                            <circle class="small-map__halo" r="14" />
                            <circle class="small-map__dot" r="7" />
                        </svg>
                    </svg>
                </div>
                <p class="small-map__more">
                    <a href=routes::search(&large) rel="nofollow">"Umgebung auf der Karte ansehen"</a>
                </p>
                {portal.map.attribution.clone().map(|text| view! { <p class="map__source">{text}</p> })}
            </section>
        }
    })
}

fn surroundings(position: Position) -> Area {
    let corner = |by: f64| Position { lat: position.lat + by, lon: position.lon + by };
    let area = Area::between(corner(-AROUND), corner(AROUND));
    Frame::around(area).area()
}
