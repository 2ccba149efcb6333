//! A facility in a list.

use leptos::prelude::*;
use time::Date;

use super::{
    icon::{Drawn, Icon},
    keep::Keep,
    offer::{OfferRow, fold_equal},
};
use crate::{
    domain::{
        ids::FacilityId,
        search_results::{FacilityHit, HitKind},
    },
    routes,
    text::{address, counts},
};

/// Name, operator, place, matching offers with their lights, facts, what to do.
#[component]
pub fn FacilityCard(
    hit: FacilityHit,
    today: Date,
    /// The short list that the page's address carries.
    #[prop(optional)]
    kept: Vec<FacilityId>,
    /// Distances are those from the device.
    #[prop(optional)]
    from_device: bool,
) -> impl IntoView {
    let town =
        address::town(hit.postal_code.as_deref(), hit.municipality.as_deref(), hit.locality.as_deref());
    let place = [hit.street.clone().unwrap_or_default(), town]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let from = match hit.kind {
        _ if from_device => "entfernt",
        HitKind::Match | HitKind::Related => "von der Ortsmitte",
        HitKind::ServesPlace | HitKind::Nearest => "entfernt",
    };
    let distance = hit.distance_km.map(|km| format!("{} {from}", counts::distance(km)));
    let tel = hit.phone.as_deref().and_then(address::tel).zip(hit.phone.clone());
    let geo = address::geo(hit.position, &hit.name);
    let name = hit.name.clone();
    view! {
        <article class="card">
            <header class="card__head">
                <h3 class="card__name">
                    <a href=routes::facility_with(&hit.slug, &kept)>{hit.name}</a>
                </h3>
                {hit.organization.map(|by| view! { <p class="card__by">{by}</p> })}
                <p class="card__place">
                    <Drawn icon=Icon::Pin />
                    <span>
                        {place}
                        {distance.map(|text| view! { <span class="card__distance">{text}</span> })}
                    </span>
                </p>
            </header>
            <ul class="offers">
                {fold_equal(hit.offers).into_iter().map(|offer| view! { <OfferRow offer today /> }).collect_view()}
            </ul>
            {(!hit.facts.is_empty())
                .then(|| {
                    let facts = hit.facts.into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
                    view! { <ul class="facts">{facts}</ul> }
                })}
            {(!hit.other_offers.is_empty()).then(|| view! { <OtherOffers names=hit.other_offers /> })}
            <Actions id=hit.id name kept tel geo />
        </article>
    }
    .into_any()
}

/// The offers that did not match, folded; equal names are one line.
#[component]
fn OtherOffers(names: Vec<String>) -> impl IntoView {
    let title = match names.len() {
        1 => "1 weiteres Angebot".to_owned(),
        n => format!("{n} weitere Angebote"),
    };
    let rows = fold(names)
        .into_iter()
        .map(|(name, count)| {
            let text = if count > 1 { format!("{count} × {name}") } else { name };
            view! { <li>{text}</li> }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary>{title}</summary>
            <ul>{rows}</ul>
        </details>
    }
}

/// Equal names with their number, in the order of their first.
fn fold(names: Vec<String>) -> Vec<(String, usize)> {
    let mut folded: Vec<(String, usize)> = Vec::new();
    for name in names {
        match folded.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => folded.push((name, 1)),
        }
    }
    folded
}

/// Call, keep and way.
#[component]
fn Actions(
    id: FacilityId,
    name: String,
    kept: Vec<FacilityId>,
    tel: Option<(String, String)>,
    geo: Option<String>,
) -> impl IntoView {
    let whom = format!(": {name}");
    let way_to = whom.clone();
    let call = tel.map(|(link, number)| {
        view! {
            <a class="act act--call" href=link>
                <Drawn icon=Icon::Phone />
                <span>"Anrufen " <span class="act__number">{number}</span></span>
                <span class="kern-sr-only">{whom}</span>
            </a>
        }
    });
    let way = geo.map(|link| {
        view! {
            <a class="act" href=link>
                <Drawn icon=Icon::Way />
                <span>"Weg"</span>
                <span class="kern-sr-only">{way_to}</span>
            </a>
        }
    });
    view! { <div class="acts">{call} <Keep id name kept /> {way}</div> }
}
