//! Facilities on the map: the shape of the light, or how many there are.

use leptos::prelude::*;

use super::percent;
use crate::{
    components::icon::shape_path,
    domain::{
        capacity::Light,
        map::{Mark, MarkKind},
        search::{SearchQuery, View},
    },
    routes,
    text::{self, counts},
};

/// How near to the edge a mark is drawn, as a share of the side.
const EDGE: f64 = 0.03;

fn symbol(light: Light) -> String {
    format!("karte-{}", light.slug())
}

/// The shapes that marks refer to, each around its middle.
#[component]
pub fn Shapes() -> impl IntoView {
    let shapes = Light::ALL
        .into_iter()
        .map(|light| {
            view! { <path id=symbol(light) transform="translate(-10-10)" fill-rule="evenodd" d=shape_path(light) /> }
        })
        .collect_view();
    view! { <defs>{shapes}</defs> }
}

/// All marks, in the order in which a page is read.
#[component]
pub fn Marks(marks: Vec<Mark>, query: SearchQuery) -> impl IntoView {
    marks.into_iter().map(|mark| view! { <OneMark mark query=query.clone() /> }).collect_view()
}

#[component]
fn OneMark(mark: Mark, query: SearchQuery) -> impl IntoView {
    let title = text::map::mark(&mark);
    let (x, y) = (mark.at.0.clamp(EDGE, 1.0 - EDGE), mark.at.1.clamp(EDGE, 1.0 - EDGE));
    let class = match mark.light {
        Some(Light::Free) => "spot spot--free",
        Some(Light::WaitingList) => "spot spot--waiting",
        Some(Light::Full) => "spot spot--full",
        Some(Light::Unknown) => "spot spot--unknown",
        None => "spot",
    };
    let shape = mark.light.map(|light| format!("#{}", symbol(light)));
    let (address, drawn, follow) = match mark.kind {
        MarkKind::Place { slug, .. } => (routes::facility(&slug), place(shape).into_any(), None),
        MarkKind::Cluster { count, area, one_spot } => {
            let closer = query.with(|q| {
                q.area = Some(area);
                q.view = if one_spot { View::List } else { View::Map };
            });
            (routes::search(&closer), cluster(count, shape).into_any(), Some("nofollow"))
        }
    };
    view! {
        <a class=class href=address rel=follow>
            <title>{title}</title>
            <svg class="spot__at" x=percent(x) y=percent(y)>{drawn}</svg>
        </a>
    }
}

/// A shape on a disc that takes the finger; a dot where there is no light.
fn place(shape: Option<String>) -> impl IntoView {
    let drawn = match shape {
        Some(shape) => view! { <use href=shape /> }.into_any(),
        None => view! { <circle class="spot__dot" r="6" /> }.into_any(),
    };
    view! {
        <circle class="spot__touch" r="18" />
        {drawn}
    }
}

/// The number on a disc, with the best light above it.
fn cluster(count: usize, shape: Option<String>) -> impl IntoView {
    let radius = if count < 1000 { "18" } else { "22" };
    let middle = if shape.is_some() { "10" } else { "5" };
    view! {
        <circle class="spot__disc" r=radius />
        {shape.map(|shape| view! { <use href=shape transform="translate(0-7)scale(.6)" /> })}
        <text class="spot__count" y=middle>{counts::number(count)}</text>
    }
}
