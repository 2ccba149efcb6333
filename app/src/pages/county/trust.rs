//! `/kreis/nicht-frei` and `/kreis/vertrauen`: what people doubt, and what everybody sees of how reliable reports are.

use leptos::prelude::*;

use crate::{
    domain::{capacity::NotFreeLine, now::Now},
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{address, dates, trust},
};

/// Offers of which people say that they were not free after all.
pub fn not_free(site: &Site, lines: Vec<NotFreeLine>, now: Now) -> String {
    let portal = site.portal.clone();
    page(site, "War doch nicht frei", false, move || {
        let is_empty = lines.is_empty();
        let rows: Vec<_> = lines
            .into_iter()
            .map(|line| {
                let name = line.label.unwrap_or_else(|| portal.taxonomy.name_of(&line.care_type).to_owned());
                let about = format!(
                    "{name} · {} · zuletzt am {} · gemeldet {}",
                    trust::told(line.times),
                    dates::date(line.last, now.berlin_date),
                    dates::ago(line.reported_at, now.berlin_date)
                );
                let phone = line.phone.map(|phone| match address::tel(&phone) {
                    Some(link) => view! { <a href=link>{phone}</a> }.into_any(),
                    None => view! { <span>{phone}</span> }.into_any(),
                });
                let operator = line.organization.map_or_else(String::new, |(_, name)| format!(" ({name})"));
                let history = view! {
                    " · "
                    <a href=routes::county_history(&line.facility.0, 1)>{format!("Verlauf{operator}")}</a>
                };
                let badge = line
                    .under_review
                    .then(|| view! { <span class="badge badge--open">"wird geprüft"</span> });
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::facility(&line.facility.0)>{line.facility.1}</a>
                            </p>
                            <p class="account__small">{about}</p>
                            <p class="account__small">{phone} {history}</p>
                        </div>
                        {badge}
                    </li>
                }
            })
            .collect();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"War doch nicht frei"</h1>
                <p class="lead">"Zu diesen grünen Ampeln haben Menschen gemeldet, dass doch nichts frei war. Fragen Sie in der Einrichtung nach. Mit der nächsten Meldung verschwindet die Zeile."</p>
                {is_empty.then(|| view! { <p>"Zurzeit ist nichts gemeldet."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// Whether everybody sees the share.
pub fn trust(site: &Site, shows: bool, done: Option<&'static str>) -> String {
    page(site, "Verlässlichkeit", false, move || {
        let (state, value, text) = if shows {
            ("Zurzeit sehen alle diesen Satz.", "aus", "Satz ausblenden")
        } else {
            (
                "Zurzeit sehen diesen Satz nur die Einrichtung selbst und der Landkreis.",
                "an",
                "Satz allen zeigen",
            )
        };
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Verlässlichkeit der Meldungen"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                <p class="lead">"Auf der Seite jeder Einrichtung kann stehen: „In den letzten 90 Tagen war die Meldung zu 79 % der Zeit aktuell.“"</p>
                <p>{state}</p>
                <form method="post" action=routes::TRUST>
                    <input type="hidden" name="zeigen" value=value />
                    <button type="submit" class="kern-btn kern-btn--primary">
                        <span class="kern-label">{text}</span>
                    </button>
                </form>
            </div>
        }
        .into_any()
    })
}
