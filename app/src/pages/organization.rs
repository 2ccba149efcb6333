//! `/traeger/{slug}`: an organization and what it runs.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{PageResponse, head, keep_until};
use crate::{
    backend::OrganizationView,
    components::{card::FacilityCard, contact::ContactLinks},
    domain::now::Now,
    routes,
    shell::{Head, Site, document},
    text::counts,
};

pub(super) fn page(site: &Site, view: OrganizationView, now: Now) -> PageResponse {
    let ends = view.facilities.iter().flat_map(|f| &f.offers).map(|o| o.availability.as_ref()?.valid_until);
    let until = keep_until(now, ends);
    let head = Head {
        islands: true,
        canonical: Some(routes::organization(&view.organization.slug)),
        description: Some(format!(
            "{}: {} im Verzeichnis.",
            view.organization.name,
            counts::facilities(view.facilities.len())
        )),
        ..head(&view.organization.name)
    };
    PageResponse::ok(document(site, head, move || main(view, now)), until)
}

fn main(view: OrganizationView, now: Now) -> AnyView {
    let OrganizationView { organization, facilities } = view;
    let count = counts::facilities(facilities.len());
    let cards = facilities
        .into_iter()
        .map(|hit| view! { <li><FacilityCard hit today=now.berlin_date /></li> })
        .collect_view();
    view! {
        <div class="wrap narrow">
            <p class="over">"Träger"</p>
            <h1>{organization.name}</h1>
            {organization.umbrella.map(|umbrella| view! { <p class="lead">{format!("Gehört zu: {umbrella}")}</p> })}
            <ContactLinks phone=organization.phone email=organization.email website=organization.website />
            <h2>{count}</h2>
            <ul class="cards">{cards}</ul>
        </div>
    }
    .into_any()
}
