//! What whoever has a link sees beside the screen: what was reported, and that a link is worth nothing.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{Done, One, by_facility, offers, page, words};
use crate::{
    backend::Desk,
    components::light::LightLine,
    domain::{now::Now, portal::Portal},
    routes,
    shell::Site,
    text::address,
};

/// Thanks, with the new lights. `path` leads back to the screen.
pub fn reported(site: &Site, desk: &Desk, done: Done, path: String) -> String {
    let portal = site.portal.clone();
    page(site, "Gemeldet", false, move || {
        let mut all = offers(desk);
        if let Done::One(id) = done {
            all.retain(|one| one.offer.id == id);
        }
        let facilities: Vec<_> =
            by_facility(&all).into_iter().filter_map(|own| facility(own, &portal, desk.now)).collect();
        view! {
            <div class="wrap narrow account report">
                <h1>"Danke, das ist gemeldet"</h1>
                <p class="lead" role="status">
                    "In wenigen Augenblicken sehen es alle, die suchen."
                </p>
                {facilities}
                <p>
                    <a class="kern-btn kern-btn--secondary" href=path>
                        <span class="kern-label">"Weitere Angebote melden"</span>
                    </a>
                </p>
            </div>
        }
        .into_any()
    })
}

fn facility(own: &[One<'_>], portal: &Portal, now: Now) -> Option<AnyView> {
    let first = own.first()?;
    let today = now.berlin_date;
    let rows: Vec<_> = own
        .iter()
        .map(|one| {
            let light = one.view.light(one.offer.id).cloned();
            let holds = one.offer.latest_report.as_ref().filter(|report| report.is_valid_at(now.instant));
            let holds = holds.map(|report| words::until(report.valid_until, today));
            view! {
                <section class="report__offer">
                    <h3>{one.name(portal)}</h3>
                    {light.map(|availability| view! { <LightLine availability today /> })}
                    {holds.map(|text| view! { <p class="report__until">{text}</p> })}
                </section>
            }
        })
        .collect();
    let name = first.view.facility.name.clone();
    Some(
        view! {
            <section class="report__facility">
                <h2>{name.clone()}</h2>
                {rows}
                <p>
                    <a href=routes::facility(&first.view.facility.slug)>{format!("So sehen es alle: {name}")}</a>
                </p>
            </section>
        }
        .into_any(),
    )
}

/// Why a link reports nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WornLink {
    /// Nobody knows it, or whoever it was for has left.
    Unknown,
    /// It is over, or was switched off.
    Over,
}

/// The link is worth nothing: what to do now.
pub fn worn_link(site: &Site, why: WornLink) -> String {
    let portal = site.portal.clone();
    let title = match why {
        WornLink::Unknown => "Diesen Link kennen wir nicht",
        WornLink::Over => "Dieser Link gilt nicht mehr",
    };
    page(site, title, false, move || {
        let reason = match why {
            WornLink::Unknown => {
                "Vielleicht fehlt am Ende ein Stück der Adresse, oder die Person, für die er war, arbeitet nicht mehr dort."
            }
            WornLink::Over => {
                "Links in E-Mails gelten 30 Tage. Oder die Leitung Ihrer Einrichtung hat ihn abgeschaltet."
            }
        };
        let call = portal.advice_centre.clone().map(|centre| {
            let number = match address::tel(&centre.phone) {
                Some(link) => view! { <a href=link>{centre.phone}</a> }.into_any(),
                None => centre.phone.into_any(),
            };
            view! { <li>{format!("Oder rufen Sie an: {}, ", centre.name)} {number}</li> }
        });
        view! {
            <div class="wrap narrow account">
                <h1>{title}</h1>
                <p class="lead">{reason} " Es ist nichts gemeldet."</p>
                <p>"So melden Sie trotzdem:"</p>
                <ul class="report__left">
                    <li>"Nehmen Sie den Link aus der neuesten E-Mail."</li>
                    <li>"Fragen Sie die Leitung Ihrer Einrichtung nach einer neuen Meldekarte."</li>
                    <li>
                        "Oder melden Sie sich mit Ihrem Konto an: " <a href=routes::SIGN_IN>"Zur Anmeldung"</a>
                    </li>
                    {call}
                </ul>
            </div>
        }
        .into_any()
    })
}
