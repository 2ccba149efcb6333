//! `/kreis/meldungen`: who has not reported for long, so that somebody phones.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{
        ids::Slug,
        now::Now,
        unreported::{FollowUp, Unreported, UnreportedPage, UnreportedQuery, UnreportedShow},
    },
    forms::Typed,
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{address, dates},
};

fn name_of(show: UnreportedShow) -> &'static str {
    match show {
        UnreportedShow::Open => "Alle",
        UnreportedShow::Never => "Noch nie gemeldet",
        UnreportedShow::Later => "Zurückgestellt",
    }
}

/// The list, the longest silence first.
pub fn unreported(
    site: &Site,
    query: UnreportedQuery,
    shown: UnreportedPage,
    done: Option<&'static str>,
    now: Now,
) -> String {
    page(site, "Nicht gemeldet", false, move || {
        let UnreportedPage { total, facilities } = shown;
        let filters = UnreportedShow::ALL
            .into_iter()
            .map(|show| {
                let current = (show == query.show).then_some("page");
                let to = routes::unreported(UnreportedQuery { show, before: 0 });
                view! {
                    <a class="kern-btn kern-btn--tertiary" href=to aria-current=current>
                        <span class="kern-label">{name_of(show)}</span>
                    </a>
                }
            })
            .collect_view();
        let count = match total {
            1 => "1 Einrichtung".to_owned(),
            count => format!("{count} Einrichtungen"),
        };
        let rows = facilities.into_iter().map(|facility| row(facility, now)).collect_view();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Nicht gemeldet"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                <p class="lead">
                    "Diese Einrichtungen haben lange nicht gemeldet, was frei ist. Rufen Sie an, und melden Sie für sie."
                </p>
                <nav class="buttons" aria-label="Auswahl">
                    {filters}
                </nav>
                {(total == 0).then(|| view! { <p>"Hier steht zurzeit niemand. Sie müssen nichts tun."</p> })}
                {(total > 0).then(|| view! { <p>{count}</p> })}
                <ul class="account__sessions">{rows}</ul>
                {pages(query, total)}
            </div>
        }
        .into_any()
    })
}

fn row(facility: Unreported, now: Now) -> AnyView {
    let today = now.berlin_date;
    let since = match facility.since {
        Some(since) => format!("nicht gemeldet seit {}", dates::date(dates::berlin(since).date(), today)),
        None => "noch nie gemeldet".to_owned(),
    };
    let offers = match facility.offers {
        1 => "1 Angebot".to_owned(),
        count => format!("{count} Angebote"),
    };
    let phone = facility.phone.map(|phone| match address::tel(&phone) {
        Some(tel) => view! { <a href=tel>{phone}</a> }.into_any(),
        None => view! { <span>{phone}</span> }.into_any(),
    });
    let organization = facility.organization.map(|name| format!("{name} · ")).unwrap_or_default();
    let names: Vec<_> =
        facility.reminded.iter().map(|(name, at)| format!("{name} ({})", dates::ago(*at, today))).collect();
    let reminded = match (facility.people, names.is_empty()) {
        (0, _) => "Niemand hat ein Konto.".to_owned(),
        (_, true) => "Niemand wurde erinnert.".to_owned(),
        (_, false) => format!("Erinnert: {}", names.join(", ")),
    };
    let name = facility.name.clone();
    view! {
        <li class="account__session">
            <div>
                <p>
                    <a href=routes::county_report(&facility.slug)>{facility.name}</a>
                </p>
                <p>{format!("{since} · {offers}")}</p>
                <p class="account__small">{organization} {phone}</p>
                <p class="account__small">{reminded}</p>
                {facility.follow_up.map(|follow_up| view! { <p class="account__small">{noted(&follow_up, now)}</p> })}
            </div>
            <p>
                <a href=routes::put_off(&facility.slug)>
                    "Zurückstellen" <span class="unseen">{format!(": {name}")}</span>
                </a>
            </p>
        </li>
    }
    .into_any()
}

fn noted(follow_up: &FollowUp, now: Now) -> String {
    let by = follow_up.author.as_ref().map(|name| format!(" von {name}")).unwrap_or_default();
    let when = dates::ago(follow_up.noted_at, now.berlin_date);
    let on = dates::date(follow_up.on, now.berlin_date);
    let note = if follow_up.note.is_empty() { String::new() } else { format!(": {}", follow_up.note) };
    format!("Zurückgestellt bis {on}, notiert {when}{by}{note}")
}

fn pages(query: UnreportedQuery, total: usize) -> Option<AnyView> {
    let UnreportedQuery { show, before } = query;
    let shown = (u64::from(before) + 1) * u64::from(UnreportedQuery::PAGE);
    let more = u64::try_from(total).is_ok_and(|total| total > shown);
    let to = |before| routes::unreported(UnreportedQuery { show, before });
    (more || before > 0).then(|| {
        view! {
            <nav class="buttons" aria-label="Seiten">
                {(before > 0)
                    .then(|| {
                        view! {
                            <a class="kern-btn kern-btn--secondary" href=to(before - 1)>
                                <span class="kern-label">"Vorherige Seite"</span>
                            </a>
                        }
                    })}
                {more
                    .then(|| {
                        view! {
                            <a class="kern-btn kern-btn--secondary" href=to(before + 1)>
                                <span class="kern-label">"Nächste Seite"</span>
                            </a>
                        }
                    })}
            </nav>
        }
        .into_any()
    })
}

/// What is put off, and what was typed.
#[derive(Clone, Debug)]
pub struct PutOffPage {
    pub slug: Slug,
    pub name: String,
    pub follow_up: Option<FollowUp>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub now: Now,
}

/// Leaves a facility out of the list until a day.
pub fn put_off(site: &Site, shown: PutOffPage) -> String {
    page(site, "Später erinnern", !shown.problems.is_empty(), move || {
        let PutOffPage { slug, name, follow_up, typed, problems, now } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let day = Line {
            hint: Some("An diesem Tag steht die Einrichtung wieder in der Liste. Heute: sofort."),
            kind: Some("date"),
            short: true,
            ..Line::default()
        };
        let note = Some("Zum Beispiel, mit wem Sie gesprochen haben. Nur der Landkreis sieht das.");
        view! {
            <div class="wrap narrow account">
                {back("Zur Liste".to_owned(), routes::UNREPORTED.to_owned())}
                <h1>"Später erinnern"</h1>
                {form::summary(&problems)}
                <p class="lead">{name}</p>
                {follow_up.map(|follow_up| view! { <p class="account__small">{noted(&follow_up, now)}</p> })}
                <form class="form" method="post" action=routes::put_off(&slug)>
                    {fields.line("tag", "Erinnern am", day)}
                    {fields.lines("notiz", "Notiz (freiwillig)", note, 2)}
                    {form::submit("Speichern")}
                </form>
            </div>
        }
        .into_any()
    })
}
