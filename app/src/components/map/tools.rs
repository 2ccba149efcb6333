//! Moving the map with links: every part of it has an address.

use leptos::prelude::*;

use crate::{
    components::icon::{Drawn, Icon},
    domain::{map::Frame, search::SearchQuery},
    routes,
};

/// How far a step goes, as a share of the side.
const STEP: f64 = 0.4;

/// Closer, farther, the whole map; and sideways where a part of it is shown. Dragging is never the
/// only way.
#[component]
pub fn Tools(query: SearchQuery, frame: Frame, is_part: bool) -> impl IntoView {
    let to = |frame: Frame| routes::search(&query.with(|q| q.area = Some(frame.area())));
    let tool = |id: &'static str, label: &'static str, icon: Icon, address: String| {
        view! {
            <li>
                <a class="tool" id=id href=address rel="nofollow" title=label>
                    <Drawn icon />
                    <span class="kern-sr-only">{label}</span>
                </a>
            </li>
        }
    };
    let closer = frame
        .can_shrink()
        .then(|| tool("karte-naeher", "Karte vergrößern", Icon::Plus, to(frame.scaled(0.5))));
    let farther = tool("karte-weiter", "Karte verkleinern", Icon::Minus, to(frame.scaled(2.0)));
    let steps = is_part.then(|| {
        [
            ("karte-westen", "Karte nach Westen", Icon::West, frame.moved(-STEP, 0.0)),
            ("karte-norden", "Karte nach Norden", Icon::North, frame.moved(0.0, -STEP)),
            ("karte-sueden", "Karte nach Süden", Icon::South, frame.moved(0.0, STEP)),
            ("karte-osten", "Karte nach Osten", Icon::Arrow, frame.moved(STEP, 0.0)),
        ]
        .map(|(id, label, icon, frame)| tool(id, label, icon, to(frame)))
        .into_iter()
        .collect_view()
    });
    let whole = is_part.then(|| {
        let address = routes::search(&query.with(|q| q.area = None));
        tool("karte-ganz", "Ganze Karte", Icon::Whole, address)
    });
    view! {
        <nav class="map__tools" aria-label="Karte bewegen">
            <ul>{closer} {farther} {whole} {steps}</ul>
        </nav>
    }
}
