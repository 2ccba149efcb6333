//! `/redaktion` and `/kreis`: where people of organizations and of the county begin.

use leptos::prelude::*;

use super::page;
use crate::{
    domain::{
        account::{Account, OrganizationRole},
        organization::Organization,
    },
    routes,
    shell::Site,
    text::account as words,
};

/// The organizations that somebody works for.
pub fn editing(site: &Site, account: Account) -> String {
    page(site, "Ihre Einrichtungen", false, move || {
        let is_empty = account.memberships.is_empty();
        let rows = account
            .memberships
            .into_iter()
            .map(|own| {
                let leads = own.role == OrganizationRole::Owner;
                let people = leads.then(|| {
                    view! {
                        <a class="kern-btn kern-btn--secondary" href=routes::team(&own.slug)>
                            <span class="kern-label">"Personen"</span>
                            <span class="unseen">{format!(": {}", own.name)}</span>
                        </a>
                    }
                });
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::organization(&own.slug)>{own.name.clone()}</a>
                            </p>
                            <p class="account__small">{words::organization_role(own.role)}</p>
                        </div>
                        {people}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Ihre Einrichtungen"</h1>
                {is_empty
                    .then(|| {
                        view! {
                            <p class="lead">
                                "Ihr Konto gehört noch zu keiner Einrichtung. Die Leitung der Einrichtung oder der Landkreis lädt Sie ein."
                            </p>
                        }
                    })}
                <ul class="account__sessions">{rows}</ul>
                <p>
                    <a href=routes::OWN_ACCOUNT>"Zu Ihrem Konto"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// The county's own: its people, and those of every organization.
pub fn county(site: &Site, is_administrator: bool, organizations: Vec<Organization>) -> String {
    page(site, "Landkreis", false, move || {
        let is_empty = organizations.is_empty();
        let rows = organizations
            .into_iter()
            .map(|organization| {
                let umbrella =
                    organization.umbrella.map(|umbrella| format!(" ({umbrella})")).unwrap_or_default();
                view! {
                    <li class="account__session">
                        <p>{format!("{}{umbrella}", organization.name)}</p>
                        <a href=routes::team(&organization.slug)>
                            "Personen" <span class="unseen">{format!(": {}", organization.name)}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Landkreis"</h1>
                {is_administrator
                    .then(|| {
                        view! {
                            <p>
                                <a class="kern-btn kern-btn--secondary" href=routes::COUNTY_TEAM>
                                    <span class="kern-label">"Personen des Landkreises"</span>
                                </a>
                            </p>
                        }
                    })}
                <section aria-labelledby="traeger">
                    <h2 id="traeger">"Träger"</h2>
                    {is_empty.then(|| view! { <p>"Es ist noch kein Träger im Verzeichnis."</p> })}
                    <ul class="account__sessions">{rows}</ul>
                </section>
                <p>
                    <a href=routes::OWN_ACCOUNT>"Zu Ihrem Konto"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Somebody is signed in, and this is not for their role.
pub fn forbidden(site: &Site) -> String {
    page(site, "Nicht für Ihre Rolle", false, || {
        view! {
            <div class="wrap narrow account">
                <h1>"Das gehört nicht zu Ihrer Rolle"</h1>
                <p class="lead">"Fragen Sie bitte, wer Ihr Team leitet: Diese Person kann Ihnen mehr Rechte geben."</p>
                <p>
                    <a href=routes::OWN_ACCOUNT>"Zu Ihrem Konto"</a>
                </p>
            </div>
        }
        .into_any()
    })
}
