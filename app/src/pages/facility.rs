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
        not_free,
        offer_details::{OfferDetails, fold},
        pictures::Pictures,
        printed::Printed,
        small_map::SmallMap,
        traits::Traits,
    },
    domain::{
        facility::{Contact, LegalParticulars, Visibility},
        ids::{FacilityId, Slug},
        notice::NoticeKind,
        organization::Organization,
        portal::Portal,
        upload::UploadFile,
    },
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
        picture: facility.pictures.first().map(|own| routes::upload(own.id, UploadFile::Picture)),
        description: Some(format!("{}, {town}: {}.", facility.name, offers.join(", "))),
        ..head(&facility.name)
    }
}

/// The page below the header.
pub(crate) fn main(portal: Arc<Portal>, view: FacilityView, kept: Vec<FacilityId>) -> AnyView {
    let today = view.now.berlin_date;
    let own_town = view.facility.address.municipality.as_ref().map(|own| own.name.clone());
    // What is not public has no address yet where somebody could write about it.
    let slug = (view.facility.visibility == Visibility::Public).then(|| view.facility.slug.clone());
    let offers = fold(&view)
        .into_iter()
        .map(|(offer, light, count)| {
            let portal = portal.clone();
            let share = view.share(offer.id);
            let asked = not_free::report_of(&offer, light.as_ref(), slug.as_ref());
            let town = own_town.clone();
            view! { <OfferDetails offer light count portal today town share asked /> }
        })
        .collect_view();
    let now = view.now;
    let holidays = portal.holidays.next(today, 7);
    let link = format!("{}{}", portal.base_url, routes::facility(&view.facility.slug));
    let updated = dates::berlin(view.facility.checked_at()).date();
    let is_confirmed = view.facility.confirmed_at.is_some();
    let is_public = slug.is_some();
    let facility = view.facility;
    let town = address::town_of(&facility.address);
    let municipality = facility.address.municipality.map(|municipality| municipality.name);
    let geo = address::geo(facility.position, &facility.name);
    let today_text = hours::today(&facility.opening_hours, now);
    let specialisms: Vec<String> = {
        let mut slugs: Vec<&String> = facility.offers.iter().flat_map(|o| &o.specialisms).collect();
        slugs.sort();
        slugs.dedup();
        slugs.into_iter().map(|slug| portal.taxonomy.specialism_name(slug).to_owned()).collect()
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
                <Description text=facility.description />
                <Pictures pictures=facility.pictures />
                <SmallMap position=facility.position municipality portal=portal.clone() />
                <Hours hours=facility.opening_hours now holidays />
                <Traits specialisms languages accessibility=facility.accessibility />
                <Documents documents=facility.documents />
                <Legal legal=facility.legal />
                <Origin
                    source=features::source(&facility.source)
                    updated
                    is_confirmed
                    stale=portal.is_stale(updated, now.berlin_date)
                    owner=facility.owner
                    slug
                />
                {is_public.then(|| view! { <Printed link now /> })}
            </div>
        </article>
    }
    .into_any()
}

#[component]
fn Description(text: Option<String>) -> impl IntoView {
    text.map(|text| {
        view! {
            <section aria-labelledby="about">
                <h2 id="about">"So ist es hier"</h2>
                <p class="prose">{text}</p>
            </section>
        }
    })
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

/// Who answers for it in law; nothing where nothing is known.
#[component]
fn Legal(legal: LegalParticulars) -> impl IntoView {
    let rows: Vec<_> = [
        ("Rechtsform", legal.legal_form),
        ("Vertreten durch", legal.represented_by),
        ("Register", legal.register),
        ("Aufsichtsbehörde", legal.supervisory_authority),
        ("Institutionskennzeichen", legal.institution_code),
    ]
    .into_iter()
    .filter_map(|(label, value)| {
        value.map(|value| view! { <div class="facts-table__row"><dt>{label}</dt><dd>{value}</dd></div> })
    })
    .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="legal">
                <h2 id="legal">"Rechtliche Angaben"</h2>
                <dl class="facts-table">{rows}</dl>
            </section>
        }
    })
}

/// Where the entry comes from and of when it is.
#[component]
fn Origin(
    source: String,
    updated: Date,
    /// Somebody has said that everything is right.
    is_confirmed: bool,
    /// It is so long ago that much may have changed.
    stale: bool,
    owner: Option<String>,
    /// Where it is public; `None`: it is not.
    slug: Option<Slug>,
) -> impl IntoView {
    let notices = slug.map(|slug| {
        let to = |kind| routes::write_notice(&slug, kind);
        view! {
            <p class="origin__wrong">
                "Stimmt etwas nicht? " <a href=to(NoticeKind::Wrong)>"Fehler melden"</a>
            </p>
            <p class="origin__wrong">
                "Ist das Ihre Einrichtung? " <a href=to(NoticeKind::Claim)>"Eintrag selbst pflegen"</a>
                " oder "
                <a href=to(NoticeKind::Decline)>"nicht gelistet werden"</a>
            </p>
        }
    });
    view! {
        <footer class="origin">
            {owner.map(|owner| view! { <p>{format!("Eigentümer des Gebäudes: {owner}")}</p> })}
            <p>{format!("{source}, {} {}.", if is_confirmed { "geprüft am" } else { "Stand" }, dates::full_date(updated))}</p>
            {stale.then(|| view! { <p>"Diese Angaben sind älter. Bitte fragen Sie nach, ob sie noch stimmen."</p> })}
            {notices}
        </footer>
    }
}
