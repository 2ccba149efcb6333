//! An offer that matched, as a row of a card.

use leptos::prelude::*;
use time::Date;

use super::light::LightLine;
use crate::{
    domain::search_results::OfferHit,
    text::{counts, features, times},
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
    let times = offer.availability.as_ref().and_then(|light| times::short(&light.times, today));
    let details = [form.map(str::to_owned), total].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li class="offer">
            <p class="offer__name">{name}</p>
            {offer.availability.map(|availability| view! { <LightLine availability today /> })}
            {times.map(|times| view! { <p class="offer__times"><span class="kern-sr-only">"Frei: "</span>{times}</p> })}
            {(!details.is_empty()).then(|| view! { <p class="offer__details">{details}</p> })}
        </li>
    }
    .into_any()
}

/// Equal offers as one row with their number: equal in all that people see.
pub fn fold_equal(offers: Vec<OfferHit>) -> Vec<OfferHit> {
    let mut rows: Vec<OfferHit> = Vec::new();
    for offer in offers {
        let same = |row: &&mut OfferHit| {
            let alike = OfferHit {
                id: row.id,
                external_id: row.external_id.clone(),
                count: row.count,
                ..offer.clone()
            };
            **row == alike
        };
        match rows.iter_mut().find(same) {
            Some(row) => row.count += offer.count,
            None => rows.push(offer),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::fold_equal;
    use crate::testing::offer_hit;

    #[test]
    fn only_offers_that_look_the_same_are_folded() {
        let flat = offer_hit("betreutes-wohnen", "Betreutes Wohnen", None);
        let larger = crate::domain::search_results::OfferHit { total: Some(40), ..flat.clone() };
        let rows = fold_equal(vec![flat.clone(), larger.clone(), flat.clone(), flat]);
        assert_eq!(
            rows.iter().map(|row| (row.total, row.count)).collect::<Vec<_>>(),
            [(None, 3), (Some(40), 1)]
        );
    }
}
