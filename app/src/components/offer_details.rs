//! An offer with everything that decides a placement.

use std::sync::Arc;

use leptos::prelude::*;
use time::Date;

use super::{
    light::LightLine,
    not_free::{Asked, NotFree},
    times::Times,
};
use crate::{
    backend::FacilityView,
    domain::{
        capacity::{Availability, Light, history::Share},
        map::Outline,
        offer::{Approval, Offer, ServiceArea},
        portal::Portal,
        search::SearchQuery,
    },
    routes,
    text::{address, counts, dates, features, trust},
};

/// The offers of a facility with their lights; equal ones are one row with their number.
pub fn fold(view: &FacilityView) -> Vec<(Offer, Option<Availability>, usize)> {
    let mut rows: Vec<(Offer, Option<Availability>, usize)> = Vec::new();
    for offer in &view.facility.offers {
        let light = view.light(offer.id).cloned();
        let share = view.share(offer.id);
        let known = rows.iter_mut().find(|(other, shown, _)| {
            *shown == light && view.share(other.id) == share && is_same(other, offer)
        });
        match known {
            Some((_, _, count)) => *count += 1,
            None => rows.push((offer.clone(), light, 1)),
        }
    }
    rows
}

/// Whether two offers say the same to people: all but their ids and reports, which the light stands
/// for.
fn is_same(a: &Offer, b: &Offer) -> bool {
    let plain = |offer: &Offer| Offer { id: a.id, external_id: None, latest_report: None, ..offer.clone() };
    plain(a) == plain(b)
}

/// One row: name, light, and a table of what is known.
#[component]
pub fn OfferDetails(
    offer: Offer,
    light: Option<Availability>,
    count: usize,
    portal: Arc<Portal>,
    today: Date,
    /// The municipality of the facility: whoever finds nothing free here may want to be told of all that becomes free.
    town: Option<String>,
    /// How reliably it is reported, where the county shows it.
    share: Option<Share>,
    /// Of which report people may say that it was not free after all.
    asked: Option<Asked>,
) -> impl IntoView {
    let type_name = portal.taxonomy.name_of(&offer.care_type).to_owned();
    let name = offer.label.clone().unwrap_or_else(|| type_name.clone());
    let name = if count > 1 { format!("{count} × {name}") } else { name };
    let name_said = name.clone();
    let also = offer.label.is_some().then_some(type_name);
    let rows = facts(&offer, light.as_ref(), count, &portal, today)
        .into_iter()
        .map(|(term, text)| view! { <div class="facts-table__row"><dt>{term}</dt><dd>{text}</dd></div> })
        .collect_view();
    let report_link = offer.quality_report_url.as_deref().and_then(address::web).map(|link| {
        view! {
            <p>
                <a href=link rel="noopener external nofollow">
                    "Qualitätsbericht des Medizinischen Dienstes"
                </a>
            </p>
        }
    });
    let watch = light.as_ref().filter(|light| light.light != Light::Free && portal.has_mail());
    let watch = watch.map(|_| {
        let query = SearchQuery {
            care_types: vec![offer.care_type.clone()],
            place: town.clone().unwrap_or_default(),
            page: 1,
            ..SearchQuery::default()
        };
        let place = town.map(|town| format!(" in {town}")).unwrap_or_default();
        let text = format!(
            "Benachrichtigen, wenn etwas frei wird: {}{place}",
            portal.taxonomy.name_of(&offer.care_type)
        );
        view! {
            <p>
                <a class="detours__one" href=routes::alert(&query) rel="nofollow">
                    {text}
                </a>
            </p>
        }
    });
    let times = light.as_ref().map(|light| light.times.clone());
    view! {
        <li class="offer-card">
            <h3>{name}</h3>
            {also.map(|text| view! { <p class="offer__details">{text}</p> })}
            {light.map(|availability| view! { <LightLine availability today /> })}
            {times.map(|times| view! { <Times times today /> })}
            {share.map(|share| view! { <p class="offer__share">{trust::public_share(share)}</p> })}
            {asked.map(|asked| view! { <NotFree asked about=name_said /> })}
            <dl class="facts-table">{rows}</dl>
            {report_link}
            {watch}
        </li>
    }
    .into_any()
}

/// Terms and texts of what is known about an offer.
fn facts(
    offer: &Offer,
    light: Option<&Availability>,
    count: usize,
    portal: &Portal,
    today: Date,
) -> Vec<(&'static str, String)> {
    let total = light.and_then(|light| light.total).or(offer.places_total).map(|total| {
        let each = if count > 1 { "je " } else { "insgesamt " };
        let shared = if offer.shares_places_with.is_some() { " (Dauer- oder Kurzzeitpflege)" } else { "" };
        format!("{each}{}{shared}", counts::places(total))
    });
    let area = offer.service_area.as_ref().map(|area| match area {
        ServiceArea::RadiusKm(km) => format!("{km:.0} km um die Einrichtung"),
        ServiceArea::Municipalities(keys) => municipalities(keys, portal),
    });
    let cost = offer.cost_share.as_ref().map(|cost| {
        let as_of = dates::date(cost.as_of, today);
        format!("{} im Monat (Stand {as_of})", counts::euro(cost.cents_per_month))
    });
    let approval = offer.approval.map(|approval| match approval {
        Approval::Approved => "ja, die Pflegekassen rechnen ab".to_owned(),
        Approval::NotApproved => "nein".to_owned(),
    });
    let specialisms: Vec<&str> =
        offer.specialisms.iter().map(|slug| portal.taxonomy.specialism_name(slug)).collect();
    [
        ("Form", offer.form.map(|form| features::form(form).to_owned())),
        ("Plätze", total),
        ("Fachrichtung", offer.specialty.clone()),
        ("Schwerpunkte", (!specialisms.is_empty()).then(|| specialisms.join(", "))),
        ("Kommt nach", area),
        ("Eigenanteil", cost),
        ("Zugelassen", approval),
        ("Bedingungen", offer.conditions.clone()),
    ]
    .into_iter()
    .filter_map(|(term, text)| Some((term, text?)))
    .collect()
}

/// The names of municipalities as far as the county's map knows all of them, else their number.
fn municipalities(keys: &[String], portal: &Portal) -> String {
    let name = |key: &String| {
        let known = |outline: &&Outline| outline.ags.as_ref().is_some_and(|ags| ags.as_str() == key);
        portal.map.outlines.iter().find(known).map(|outline| outline.name.as_str())
    };
    match keys.iter().map(name).collect::<Option<Vec<&str>>>() {
        Some(mut names) if !names.is_empty() => {
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        }
        _ if keys.len() == 1 => "eine Gemeinde".to_owned(),
        _ => format!("{} Gemeinden", keys.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::municipalities;
    use crate::testing;

    #[test]
    fn an_area_is_named_where_the_map_knows_all_of_it() {
        let said = |keys: &[&str]| {
            municipalities(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>(), &testing::portal())
        };
        assert_eq!(said(&["00000001", "00000000"]), "Ahlow, Birkensee");
        assert_eq!(said(&["00000001", "99999999"]), "2 Gemeinden");
        assert_eq!(said(&["99999999"]), "eine Gemeinde");
    }
}
