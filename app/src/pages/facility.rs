//! `/einrichtung/{slug}`: everything known about one facility.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::{Date, Duration};

use super::{PageResponse, head, keep_until};
use crate::{
    backend::FacilityView,
    components::{
        contact::ContactLinks,
        documents::Documents,
        hours::Hours,
        icon::{Drawn, Icon},
        keep::Keep,
        offer_details::{OfferDetails, fold},
        printed::Printed,
        small_map::SmallMap,
        traits::Traits,
    },
    domain::{facility::Contact, ids::FacilityId, organization::Organization, portal::Portal},
    routes,
    shell::{Head, Site, document},
    text::{address, dates, features, hours, structured_data},
};

pub(super) fn page(site: &Site, view: FacilityView, query_string: &str) -> PageResponse {
    let now = view.now;
    let hours_change = hours::next_change(&view.facility.opening_hours, now)
        .map(|minute| now.instant + Duration::minutes(i64::from(minute - now.berlin_minute)));
    let ends = view.lights.iter().map(|(_, light)| light.valid_until);
    let until = keep_until(now, ends.chain([hours_change]));
    let kept = routes::parse_shortlist(query_string).ids;
    let head =
        Head { noindex: !kept.is_empty(), shortlist: kept.clone(), islands: true, ..head_of(site, &view) };
    let portal = site.portal.clone();
    PageResponse::ok(document(site, head, move || main(portal, view, kept)), until)
}

fn head_of(site: &Site, view: &FacilityView) -> Head {
    let facility = &view.facility;
    let town = address::town_of(&facility.address);
    let mut offers: Vec<&str> = Vec::new();
    for offer in &facility.offers {
        let name = site.portal.taxonomy.name_of(&offer.care_type);
        if !offers.contains(&name) {
            offers.push(name);
        }
    }
    Head {
        canonical: Some(routes::facility(&facility.slug)),
        structured_data: Some(structured_data::facility(facility, &site.portal)),
        description: Some(format!("{}, {town}: {}.", facility.name, offers.join(", "))),
        ..head(&facility.name)
    }
}

/// The page below the header.
pub(crate) fn main(portal: Arc<Portal>, view: FacilityView, kept: Vec<FacilityId>) -> AnyView {
    let today = view.now.berlin_date;
    let offers = fold(&view)
        .into_iter()
        .map(|(offer, light, count)| {
            let portal = portal.clone();
            view! { <OfferDetails offer light count portal today /> }
        })
        .collect_view();
    let now = view.now;
    let holidays = portal.holidays.next(today, 7);
    let link = format!("{}{}", portal.base_url, routes::facility(&view.facility.slug));
    let updated = dates::berlin(view.facility.updated_at).date();
    let can_write = !portal.legal.kontakt.trim().is_empty();
    let facility = view.facility;
    let town = address::town_of(&facility.address);
    let municipality = facility.address.municipality.map(|municipality| municipality.name);
    let geo = address::geo(facility.position, &facility.name);
    let today_text = hours::today(&facility.opening_hours, now);
    let specialisms: Vec<String> = {
        let mut slugs: Vec<&String> = facility.offers.iter().flat_map(|o| &o.specialisms).collect();
        slugs.sort();
        slugs.dedup();
        slugs.into_iter().map(|slug| crate::domain::specialism::name(slug).to_owned()).collect()
    };
    let languages: Vec<String> =
        facility.languages.iter().map(|code| features::language(code).to_owned()).collect();
    let keep = view! { <Keep id=facility.id name=facility.name.clone() kept /> };
    view! {
        <article class="wrap facility">
            <header class="facility__head">
                <h1>{facility.name}</h1>
                <p class="facility__place">
                    <Drawn icon=Icon::Pin />
                    <span>{town.clone()}</span>
                </p>
                {facility.organization.map(|organization| view! { <RunBy organization /> })}
            </header>
            <section class="contact" aria-labelledby="contact">
                <h2 id="contact">"Kontakt"</h2>
                <ContactLinks phone=facility.phone email=facility.email website=facility.website />
                <address class="contact__address">
                    {facility.address.street.map(|street| view! { <span>{street}</span> })}
                    <span>{town}</span>
                </address>
                {geo
                    .map(|link| {
                        view! {
                            <a class="act" href=link>
                                <Drawn icon=Icon::Way />
                                <span>"Weg zeigen"</span>
                            </a>
                        }
                    })}
                {keep}
                {today_text
                    .map(|text| {
                        view! {
                            <p class="contact__today">
                                <Drawn icon=Icon::Clock />
                                <span>{text}</span>
                            </p>
                        }
                    })}
                <Contacts contacts=facility.contacts />
            </section>
            <div class="facility__body">
                <section aria-labelledby="offers">
                    <h2 id="offers">"Angebote"</h2>
                    <ul class="offer-list">{offers}</ul>
                </section>
                {facility
                    .description
                    .map(|text| {
                        view! {
                            <section aria-labelledby="about">
                                <h2 id="about">"So ist es hier"</h2>
                                <p class="prose">{text}</p>
                            </section>
                        }
                    })}
                <SmallMap position=facility.position municipality portal=portal.clone() />
                <Hours hours=facility.opening_hours now holidays />
                <Traits specialisms languages accessibility=facility.accessibility />
                <Documents documents=facility.documents />
                <Origin
                    source=features::source(&facility.source)
                    updated
                    stale=portal.is_stale(updated, now.berlin_date)
                    owner=facility.owner
                    can_write
                />
                <Printed link now />
            </div>
        </article>
    }
    .into_any()
}

#[component]
fn RunBy(organization: Organization) -> impl IntoView {
    let link = routes::organization(&organization.slug);
    view! {
        <p class="facility__by">
            "Träger: " <a href=link>{organization.name}</a>
            {organization.umbrella.map(|umbrella| view! { <span>{format!(" ({umbrella})")}</span> })}
        </p>
    }
}

/// Whom to ask about what.
#[component]
fn Contacts(contacts: Vec<Contact>) -> impl IntoView {
    (!contacts.is_empty()).then(|| {
        let rows = contacts
            .into_iter()
            .map(|contact| {
                view! {
                    <li>
                        <p class="contact__purpose">{contact.purpose}</p>
                        <ContactLinks phone=contact.phone email=contact.email website=None />
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="contact__more">{rows}</ul> }
    })
}

/// Where the entry comes from and of when it is.
#[component]
fn Origin(
    source: String,
    updated: Date,
    /// It is so long ago that much may have changed.
    stale: bool,
    owner: Option<String>,
    /// The county has a page that says how to write to it.
    can_write: bool,
) -> impl IntoView {
    view! {
        <footer class="origin">
            {owner.map(|owner| view! { <p>{format!("Eigentümer des Gebäudes: {owner}")}</p> })}
            <p>{format!("{source}, Stand {}.", dates::full_date(updated))}</p>
            {stale.then(|| view! { <p>"Diese Angaben sind älter. Bitte fragen Sie nach, ob sie noch stimmen."</p> })}
            {can_write
                .then(|| {
                    view! {
                        <p class="origin__wrong">
                            "Stimmt etwas nicht? "
                            <a href=routes::legal("kontakt")>"Sagen Sie uns Bescheid."</a>
                        </p>
                    }
                })}
        </footer>
    }
}
