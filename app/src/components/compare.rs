//! Facilities side by side: a table where there is room, cards on the phone.

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::Date;

use super::{
    icon::{Drawn, Icon},
    light::LightLine,
    offer_details::fold,
};
use crate::{
    backend::FacilityView,
    domain::{accessibility::Feature, facility::Facility, ids::FacilityId, portal::Portal, shortlist},
    islands::ShortlistNote,
    routes,
    text::{address, counts, dates, features, hours},
};

const OFFERS: &str = "Angebote und Plätze";
const COSTS: &str = "Eigenanteil";
const HOURS: &str = "Geöffnet";
const ACCESS: &str = "Barrierefreiheit";
const NOTE: &str = "Ihre Notiz";

/// The table. Roles are said, as the phone's layout takes them from the elements.
#[component]
pub fn Comparison(
    views: Vec<FacilityView>,
    /// All ids of the list, for the links that change it.
    ids: Vec<FacilityId>,
    portal: std::sync::Arc<Portal>,
) -> impl IntoView {
    let heads = ["Einrichtung", OFFERS, COSTS, HOURS, ACCESS, NOTE]
        .map(|title| view! { <th role="columnheader" scope="col">{title}</th> });
    let last = views.len().saturating_sub(1);
    let rows =
        views.into_iter().enumerate().map(|(at, view)| row(view, (at, last), &ids, &portal)).collect_view();
    view! {
        <table class="compare" role="table" aria-label="Einrichtungen im Vergleich">
            <thead role="rowgroup">
                <tr role="row">{heads.into_iter().collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(view: FacilityView, place: (usize, usize), ids: &[FacilityId], portal: &Portal) -> AnyView {
    let today = view.now.berlin_date;
    let costs = costs(&view.facility, portal, today);
    let offers = offers(&view, portal, today);
    let facility = view.facility;
    let opens = opens(&facility, view.now);
    let access = access(&facility);
    let note = shortlist::short(facility.id);
    let (name, anchor) = (facility.name.clone(), format!("e-{note}"));
    view! {
        <tr role="row" id=anchor class="compare__row">
            <th role="rowheader" scope="row" class="compare__who">
                <Who facility ids=ids.to_vec() place />
            </th>
            <td role="cell" data-kopf=OFFERS>{offers}</td>
            <td role="cell" data-kopf=COSTS>{costs}</td>
            <td role="cell" data-kopf=HOURS>{opens}</td>
            <td role="cell" data-kopf=ACCESS>{access}</td>
            <td role="cell" data-kopf=NOTE class="compare__note">
                <ShortlistNote id=note name />
            </td>
        </tr>
    }
    .into_any()
}

/// Name, place, number, and what can be done with the entry.
#[component]
fn Who(facility: Facility, ids: Vec<FacilityId>, place: (usize, usize)) -> impl IntoView {
    let (at, last) = place;
    let town = address::town_of(&facility.address);
    let street = facility.address.street.clone().map(|street| format!("{street}, ")).unwrap_or_default();
    let phone = facility.phone.clone().map(|phone| match address::tel(&phone) {
        Some(link) => view! { <a class="compare__call" href=link>{phone}</a> }.into_any(),
        None => view! { <span>{phone}</span> }.into_any(),
    });
    let name = facility.name.clone();
    let anchor = format!("#e-{}", shortlist::short(facility.id));
    let step = |to: usize, icon: Icon, word: &'static str| {
        let ids = shortlist::exchanged(&ids, at, to);
        let href = format!("{}{anchor}", routes::shortlist(&ids));
        let text = format!("{name} {word}");
        view! {
            <a class="act act--small" href=href data-setzt=shortlist::to_text(&ids) title=word>
                <Drawn icon />
                <span class="kern-sr-only">{text}</span>
            </a>
        }
    };
    let up = (at > 0).then(|| step(at - 1, Icon::Up, "nach oben"));
    let down = (at < last).then(|| step(at + 1, Icon::Down, "nach unten"));
    let rest = shortlist::without(&ids, facility.id);
    view! {
        <a class="compare__name" href=routes::facility_with(&facility.slug, &ids)>{facility.name.clone()}</a>
        <span class="compare__place">{street}{town}</span>
        {phone}
        <span class="compare__acts">
            {up} {down}
            <a
                class="act act--small"
                href=routes::shortlist_without(&rest, (facility.id, at))
                data-setzt=shortlist::to_text(&rest)
            >
                <Drawn icon=Icon::Close />
                <span>"Entfernen"</span>
                <span class="kern-sr-only">{format!(": {}", facility.name)}</span>
            </a>
        </span>
    }
}

fn offers(view: &FacilityView, portal: &Portal, today: Date) -> AnyView {
    let rows = fold(view)
        .into_iter()
        .map(|(offer, light, count)| {
            let name =
                offer.label.clone().unwrap_or_else(|| portal.taxonomy.name_of(&offer.care_type).to_owned());
            let name = if count > 1 { format!("{count} × {name}") } else { name };
            let total = light.as_ref().and_then(|light| light.total).or(offer.places_total);
            view! {
                <li>
                    <p class="offer__name">{name}</p>
                    {light.map(|availability| view! { <LightLine availability today /> })}
                    {total.map(|total| {
                        let each = if count > 1 { "je" } else { "insgesamt" };
                        view! { <p class="offer__details">{format!("{each} {}", counts::places(total))}</p> }
                    })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="compare__offers">{rows}</ul> }.into_any()
}

fn costs(facility: &Facility, portal: &Portal, today: Date) -> AnyView {
    let known: Vec<_> = facility
        .offers
        .iter()
        .filter_map(|offer| {
            let cost = offer.cost_share.as_ref()?;
            let name = portal.taxonomy.name_of(&offer.care_type).to_owned();
            let text = format!("{} im Monat", counts::euro(cost.cents_per_month));
            let as_of = format!("{name}, Stand {}", dates::date(cost.as_of, today));
            Some(view! { <li><strong>{text}</strong> " " <span class="quiet">{as_of}</span></li> })
        })
        .collect();
    if known.is_empty() {
        return not_known("nicht bekannt");
    }
    view! { <ul>{known}</ul> }.into_any()
}

fn opens(facility: &Facility, now: crate::domain::now::Now) -> AnyView {
    let Some(today) = hours::today(&facility.opening_hours, now) else { return not_known("nicht bekannt") };
    let week = hours::week(&facility.opening_hours)
        .into_iter()
        .map(|(days, text)| view! { <li><span class="quiet">{format!("{days}: ")}</span>{text}</li> })
        .collect_view();
    view! { <p>{today}</p><ul>{week}</ul> }.into_any()
}

fn access(facility: &Facility) -> AnyView {
    let known: Vec<_> = Feature::ALL
        .into_iter()
        .filter_map(|feature| {
            let value = facility.accessibility.get(feature)?;
            let class = if value { "known known--yes" } else { "known known--no" };
            let text = format!("{}: {}", features::feature(feature), features::known(Some(value)));
            Some(view! { <li class=class>{text}</li> })
        })
        .collect();
    if known.is_empty() {
        return not_known("nicht bekannt");
    }
    let rest = Feature::ALL.len() - known.len();
    let rest = (rest > 0).then(|| view! { <li class="quiet">"Alles Übrige: nicht bekannt"</li> });
    view! { <ul>{known}{rest}</ul> }.into_any()
}

fn not_known(text: &'static str) -> AnyView {
    view! { <span class="quiet">{text}</span> }.into_any()
}
