//! An offer that matched, as a row of a card.

use leptos::prelude::*;
use time::Date;

use super::light::LightLine;
use crate::{
    domain::search_results::OfferHit,
    text::{counts, features},
};

/// Name, light and places of one offer; equal offers are one row ("4 ×").
#[component]
pub fn OfferRow(offer: OfferHit, today: Date) -> impl IntoView {
    let name = if offer.count > 1 { format!("{} × {}", offer.count, offer.label) } else { offer.label };
    let form = offer.form.map(features::form);
    let total = offer.total.map(|total| {
        let each = if offer.count > 1 { "je" } else { "insgesamt" };
        let shared = if offer.shares_places { " (Dauer- oder Kurzzeitpflege)" } else { "" };
        format!("{each} {}{shared}", counts::places(total))
    });
    let details = [form.map(str::to_owned), total].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li class="offer">
            <p class="offer__name">{name}</p>
            {offer.availability.map(|availability| view! { <LightLine availability today /> })}
            {(!details.is_empty()).then(|| view! { <p class="offer__details">{details}</p> })}
        </li>
    }
    .into_any()
}
