//! `/redaktion`: what somebody keeps, and what is to do first.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::{badges, page};
use crate::{
    domain::{
        account::OrganizationRole,
        draft::{DraftState, EntryLine, OwnOrganization},
        facility::Visibility,
        now::Now,
        portal::Portal,
    },
    routes,
    shell::Site,
    text::{account as words, dates, trust},
};

/// The organizations that somebody works for.
pub fn editing(site: &Site, organizations: Vec<OwnOrganization>, now: Now) -> String {
    let portal = site.portal.clone();
    page(site, "Ihre Einrichtungen", false, move || {
        let is_empty = organizations.is_empty();
        let tasks = tasks(&organizations, &portal, now);
        let reports = reports(&organizations);
        let rows = organizations
            .into_iter()
            .map(|organization| view! { <OneOrganization organization now /> })
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
                {reports}
                {tasks}
                {rows}
                <p>
                    <a href=routes::OWN_ACCOUNT>"Zu Ihrem Konto"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// The first thing for everybody: what is free.
fn reports(organizations: &[OwnOrganization]) -> impl IntoView + use<> {
    let several = organizations.len() > 1;
    let rows: Vec<_> = organizations
        .iter()
        .map(|own| {
            let about = format!(": {}", own.own.name);
            view! {
                <a class="kern-btn kern-btn--primary" href=routes::report(&own.own.slug)>
                    <span class="kern-label">"Freie Plätze melden"{several.then(|| about.clone())}</span>
                </a>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <div class="buttons">{rows}</div> })
}

/// What needs doing now: what came back first, then what nobody has looked at for long.
fn tasks(organizations: &[OwnOrganization], portal: &Portal, now: Now) -> impl IntoView + use<> {
    let edits = |own: &&OwnOrganization| own.own.role.includes(OrganizationRole::Editor);
    let entries = || organizations.iter().filter(edits).flat_map(|own| &own.entries);
    let returned = entries().filter(|entry| entry.draft == Some(DraftState::Returned));
    let is_old = |at: OffsetDateTime| portal.is_stale(dates::berlin(at).date(), now.berlin_date);
    let old = entries().filter(|entry| {
        entry.visibility == Visibility::Public && entry.draft.is_none() && is_old(entry.checked_at)
    });
    let line = |text: String, entry: &EntryLine| {
        let link = routes::entry(&entry.slug);
        view! {
            <li>
                <a href=link>{entry.name.clone()}</a>
                {text}
            </li>
        }
    };
    let returned = returned.map(|entry| {
        let reason = entry.reason.clone().unwrap_or_default();
        line(format!(": zurückgegeben. {reason}"), entry)
    });
    let old = old.map(|entry| {
        line(": Stimmen die Angaben noch? Bitte prüfen Sie sie einmal im Jahr.".to_owned(), entry)
    });
    let doubted = organizations.iter().filter(|own| !own.not_free.is_empty()).map(|own| {
        let link = routes::report(&own.own.slug);
        let names: Vec<&str> = own.not_free.iter().map(|line| line.facility.1.as_str()).collect();
        let text = format!(
            ": {}. Bitte melden Sie neu, was frei ist.",
            trust::told(own.not_free.iter().map(|line| line.times).sum())
        );
        view! {
            <li>
                <a href=link>{dedup(names)}</a>
                {text}
            </li>
        }
    });
    let doubted: Vec<_> = doubted.map(IntoAny::into_any).collect();
    let others = returned.chain(old).map(IntoAny::into_any);
    let rows: Vec<_> = doubted.into_iter().chain(others).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="account__notice" aria-labelledby="zu-tun">
                <h2 id="zu-tun">"Jetzt zu tun"</h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

/// Names, each once.
fn dedup(mut names: Vec<&str>) -> String {
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

#[component]
fn OneOrganization(organization: OwnOrganization, now: Now) -> impl IntoView {
    let OwnOrganization { own, entries, .. } = organization;
    let edits = own.role.includes(OrganizationRole::Editor);
    let is_empty = entries.is_empty();
    let people = (own.role == OrganizationRole::Owner).then(|| {
        view! {
            <a class="kern-btn kern-btn--secondary" href=routes::team(&own.slug)>
                <span class="kern-label">"Personen"</span>
                <span class="unseen">{format!(": {}", own.name)}</span>
            </a>
        }
    });
    let add = edits.then(|| {
        view! {
            <a class="kern-btn kern-btn--secondary" href=routes::new_entry(&own.slug)>
                <span class="kern-label">"Einrichtung hinzufügen"</span>
                <span class="unseen">{format!(": {}", own.name)}</span>
            </a>
        }
    });
    let interface = view! {
        <a class="kern-btn kern-btn--tertiary" href=routes::interface(&own.slug)>
            <span class="kern-label">"Tabellen und Programme"</span>
            <span class="unseen">{format!(": {}", own.name)}</span>
        </a>
    };
    let table = (edits && !entries.is_empty()).then(|| {
        view! {
            <p>
                <a href=routes::entries_xlsx(&own.slug) download>"Als Tabelle herunterladen (Excel)"</a>
                " · "
                <a href=routes::entries_csv(&own.slug)>"als CSV"</a>
            </p>
        }
    });
    // Whoever only reports keeps no entries.
    let entries = if edits { entries } else { Vec::new() };
    let rows = entries
        .into_iter()
        .map(|entry| {
            let checked = dates::ago(entry.checked_at, now.berlin_date);
            view! {
                <li class="account__session">
                    <div>
                        <p>
                            <a href=routes::entry(&entry.slug)>{entry.name}</a>
                        </p>
                        <p class="account__small">{format!("Stand: {checked}")}</p>
                    </div>
                    {badges(entry.visibility, entry.draft)}
                </li>
            }
        })
        .collect_view();
    let heading = format!("traeger-{}", own.slug);
    let labelled = heading.clone();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=heading>{own.name.clone()}</h2>
            <p class="account__small">{words::organization_role(own.role)}</p>
            {(edits && is_empty).then(|| view! { <p>"Noch ist keine Einrichtung eingetragen."</p> })}
            <ul class="account__sessions">{rows}</ul>
            {table}
            <div class="buttons">
                {add} {people} {interface}
                <a class="kern-btn kern-btn--secondary" href=routes::report_history(&own.slug)>
                    <span class="kern-label">"Verlauf der Meldungen"</span>
                    <span class="unseen">{format!(": {}", own.name)}</span>
                </a>
            </div>
        </section>
    }
    .into_any()
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
