//! `/redaktion/{organization}/verlauf`: what was reported in the last ninety days, as a picture and as a table.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{back, page};
use crate::{
    backend::{FacilityHistory, OfferHistory, ReportHistory},
    components::{icon::Shape, light, report_chart::report_chart},
    domain::{
        capacity::{
            Light,
            history::{Span, Window},
        },
        ids::Slug,
        now::Now,
        organization::Organization,
    },
    routes,
    shell::Site,
    text::{dates, trust},
};

/// Most rows of a table: beyond that, the picture says it.
const ROWS: usize = 200;

/// Whose history it is.
#[derive(Clone, Debug)]
pub enum HistoryOf {
    Organization(Organization),
    /// One facility by its name, whoever runs it: for the county.
    Facility(String),
}

impl HistoryOf {
    fn name(&self) -> &str {
        match self {
            Self::Organization(organization) => &organization.name,
            Self::Facility(name) => name,
        }
    }

    fn path(&self, facility: &Slug, page: usize) -> String {
        match self {
            Self::Organization(organization) => routes::facility_history(&organization.slug, facility, page),
            Self::Facility(_) => routes::county_history(facility, page),
        }
    }
}

/// The page, for those who report and for the county. `back_to` is where they came from.
pub fn report_history(
    site: &Site,
    whose: HistoryOf,
    history: ReportHistory,
    back_to: (&'static str, String),
) -> String {
    let title = format!("Verlauf der Meldungen: {}", whose.name());
    page(site, &title, false, move || {
        let ReportHistory { facilities, chosen, window, now } = history;
        let here = chosen.as_ref().map(|own| own.slug.clone());
        let links: Vec<_> = facilities
            .iter()
            .map(|(slug, name)| {
                let current = (here.as_ref() == Some(slug)).then_some("page");
                let to = whose.path(slug, 1);
                view! {
                    <li>
                        <a href=to aria-current=current>{name.clone()}</a>
                    </li>
                }
            })
            .collect();
        let links = (links.len() > 1).then(|| {
            view! {
                <nav aria-label="Einrichtungen">
                    <ul class="plain">{links}</ul>
                </nav>
            }
        });
        let shown = match chosen {
            Some(facility) => one(&whose, facility, window, now),
            None => view! { <p>"Hier gibt es noch kein Angebot mit einer Ampel."</p> }.into_any(),
        };
        view! {
            <div class="wrap account">
                {back(back_to.0.to_owned(), back_to.1)}
                <h1>"Verlauf der Meldungen"</h1>
                <p class="lead">{whose.name().to_owned()}</p>
                {links}
                {shown}
            </div>
        }
        .into_any()
    })
}

fn one(whose: &HistoryOf, facility: FacilityHistory, window: Window, now: Now) -> AnyView {
    let FacilityHistory { slug, name, offers, page, pages } = facility;
    let rows: Vec<AnyView> = offers.iter().map(|offer| offer_history(offer, window, now)).collect();
    let turn = |to: usize, text: &'static str| {
        let to = whose.path(&slug, to);
        view! {
            <li>
                <a href=to>{text}</a>
            </li>
        }
    };
    let pages = (pages > 1).then(|| {
        let before = (page > 1).then(|| turn(page - 1, "Angebote davor"));
        let after = (page < pages).then(|| turn(page + 1, "Weitere Angebote"));
        view! {
            <nav aria-label="Seiten">
                <p>{format!("Seite {page} von {pages}")}</p>
                <ul class="plain">{before} {after}</ul>
            </nav>
        }
    });
    view! {
        <section aria-labelledby="einrichtung">
            <h2 id="einrichtung">{name}</h2>
            {legend()}
            {rows}
            {pages}
        </section>
    }
    .into_any()
}

fn legend() -> AnyView {
    let rows: Vec<_> = Light::ALL
        .into_iter()
        .map(|own| {
            view! {
                <li class=light::class(own)>
                    <Shape light=own />
                    <span>{crate::text::light::name(own)}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="report-legend" aria-label="Zeichen im Bild">{rows}</ul> }.into_any()
}

fn offer_history(history: &OfferHistory, window: Window, now: Now) -> AnyView {
    let today = now.berlin_date;
    let heading = format!("angebot-{}", history.id);
    let labelled = heading.clone();
    // The newest first.
    let rows: Vec<AnyView> =
        history.spans.iter().rev().take(ROWS).map(|span| row(history, span, window, now)).collect();
    let left_out = history.spans.len().saturating_sub(ROWS);
    let left_out = (left_out > 0).then(|| {
        view! { <p>{format!("{left_out} ältere Zeilen stehen nur im Bild.")}</p> }
    });
    let told: u32 = history.told.iter().sum();
    let told = (told > 0)
        .then(|| view! { <p class="account__notice">{format!("In dieser Zeit {}.", trust::told(told))}</p> });
    let caption = format!("{}: Meldungen der letzten {} Tage", history.name, Window::DAYS);
    let region = caption.clone();
    view! {
        <section class="report-history" aria-labelledby=labelled>
            <h3 id=heading>{history.name.clone()}</h3>
            <p>
                <strong>{format!("In den letzten {} Tagen {}.", Window::DAYS, trust::share(history.share))}</strong>
            </p>
            {told}
            {report_chart(history, window, today)}
            <details class="more">
                <summary>"Als Tabelle"</summary>
                <div class="report-table" tabindex="0" role="region" aria-label=region>
                    <table>
                        <caption class="kern-sr-only">{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Von"</th>
                                <th scope="col">"Bis"</th>
                                <th scope="col">"Ampel"</th>
                                <th scope="col">"Gemeldet"</th>
                                <th scope="col">"Von wem"</th>
                                <th scope="col">"Auf welchem Weg"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {left_out}
            </details>
        </section>
    }
    .into_any()
}

fn row(history: &OfferHistory, span: &Span, window: Window, now: Now) -> AnyView {
    let today = now.berlin_date;
    let report = span.report.map(|at| &history.reports[at]);
    let valid = report.filter(|report| report.is_valid_at(span.from));
    let from = if span.from <= window.from { "davor".to_owned() } else { dates::exact(span.from) };
    let until = if span.until >= window.until { "jetzt".to_owned() } else { dates::exact(span.until) };
    let told = span.report.and_then(|at| history.told.get(at).copied()).filter(|times| *times > 0);
    let told = told.filter(|_| valid.is_some()).map(|times| view! { <br /> {trust::told(times)} });
    let numbers = valid.map_or_else(|| "–".to_owned(), |report| trust::numbers(report, today));
    let by = valid.map_or_else(|| "–".to_owned(), |report| report.reported_by.clone());
    let source = valid.map_or("–", |report| trust::source(report.source));
    let own = span.availability.light;
    view! {
        <tr>
            <td>{from}</td>
            <td>{until}</td>
            <td>
                <span class=light::class(own)>
                    <Shape light=own />
                    <span>{trust::said(span, today)} {told}</span>
                </span>
            </td>
            <td>{numbers}</td>
            <td>{by}</td>
            <td>{source}</td>
        </tr>
    }
    .into_any()
}
