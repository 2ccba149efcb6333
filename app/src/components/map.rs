//! The map: outlines of municipalities and marks, as one drawing without any foreign host.
//!
//! Marks and names stand at shares of the side of the map and keep their size in pixels, so that one
//! drawing fits every screen; the content policy allows no inline style.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::{
        map::{Frame, Label, MapView, Mark, Outline, Scale, labels},
        portal::Portal,
        search::SearchQuery,
    },
    islands::MapMotion,
    routes, text,
};

mod legend;
mod marks;
mod tools;

use legend::Legend;
use marks::{Marks, Shapes};
use tools::Tools;

/// A share of the side of the map as SVG wants it, in hundredths of a percent.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// The map of a search, with its tools, legend and source.
#[component]
pub fn CountyMap(map: MapView, query: SearchQuery, portal: Arc<Portal>) -> impl IntoView {
    let outlines = &portal.map.outlines;
    let described = text::map::drawing(&portal.county, map.wide.len());
    let land =
        view! { <Land frame=map.frame outlines=outlines.clone() chosen=query.municipalities.clone() /> };
    let names = |scale: Scale, marks: &[Mark]| {
        let at: Vec<(f64, f64)> = marks.iter().map(|mark| mark.at).collect();
        labels(outlines, &map.frame, scale, &at)
    };
    let layer = |class: &'static str, scale: Scale, marks: &[Mark]| {
        let names = names(scale, marks);
        view! { <g class=class><Names names /><Marks marks=marks.to_vec() query=query.clone() /></g> }
    };
    let narrow = layer("map__layer map__layer--narrow", Scale::Narrow, &map.narrow);
    let wide = layer("map__layer map__layer--wide", Scale::Wide, &map.wide);
    let all = routes::search(&query.with(|q| q.area = map.outside.map(|(_, area)| area)));
    view! {
        <section class="map" id="karte" aria-labelledby="karte-titel">
            <MapMotion />
            <h2 class="kern-sr-only" id="karte-titel">"Karte"</h2>
            <a class="skip skip--inner" href="#liste">"Karte überspringen"</a>
            <div class="map__view" id="karte-blick">
                <div data-swap="karte" data-area=map.frame.area().to_string()>
                    <svg class="map__sheet" width="100%" height="100%" role="group" aria-label=described>
                        <Shapes />
                        {land}
                        {narrow}
                        {wide}
                    </svg>
                </div>
            </div>
            <div class="map__below" data-swap="karte-weg">
                <Tools query=query.clone() frame=map.frame is_part=map.is_part />
                {map
                    .outside
                    .map(|(count, _)| {
                        view! {
                            <p class="map__note">
                                {text::map::outside(count)} " "
                                <a href=all rel="nofollow">"Alle auf der Karte zeigen"</a>
                            </p>
                        }
                    })}
                {(map.unplaced > 0)
                    .then(|| view! { <p class="map__note">{text::map::unplaced(map.unplaced)}</p> })}
            </div>
            <p class="map__hint" hidden>
                <span class="map__hint-touch">"Mit zwei Fingern verschieben und vergrößern."</span>
                <span class="map__hint-mouse">"Ziehen verschiebt die Karte, Strg und Mausrad vergrößern sie."</span>
            </p>
            <Legend />
            {portal.map.attribution.clone().map(|text| view! { <p class="map__source">{text}</p> })}
        </section>
    }
    .into_any()
}

/// The municipalities as quiet fills; those that the search is limited to stand out.
#[component]
pub(super) fn Land(frame: Frame, outlines: Vec<Outline>, chosen: Vec<String>) -> impl IntoView {
    let side = Outline::UNITS;
    let areas = outlines
        .into_iter()
        .filter_map(|outline| {
            let path = outline.path(&frame);
            let is_chosen = outline.ags.as_ref().is_some_and(|ags| chosen.iter().any(|c| c == ags.as_str()));
            let class = if is_chosen { "map__area map__area--chosen" } else { "map__area" };
            (!path.is_empty()).then(|| {
                view! { <path class=class d=path><title>{outline.name}</title></path> }
            })
        })
        .collect_view();
    view! {
        <svg class="map__land" viewBox=format!("0 0 {side} {side}") width="100%" height="100%">
            {areas}
        </svg>
    }
}

/// Names of municipalities. Screen readers have them from the outlines.
#[component]
fn Names(names: Vec<Label>) -> impl IntoView {
    names
        .into_iter()
        .map(|label| {
            view! {
                <text class="map__name" x=percent(label.at.0) y=percent(label.at.1) dy="0.35em" aria-hidden="true">
                    {label.name}
                </text>
            }
        })
        .collect_view()
}
