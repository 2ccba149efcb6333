//! What a table of what is free would do, and the decision.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{back, page};
use crate::{
    domain::{
        capacity::{RowChange, TableRow},
        ids::Slug,
    },
    routes,
    shell::Site,
};

/// Faults that are listed.
const MOST: usize = 100;

/// A table that was tried.
#[derive(Clone, Debug)]
pub struct CapacityTablePage {
    pub organization: Slug,
    pub rows: Vec<TableRow>,
    /// What is wrong, by line.
    pub faults: Vec<(usize, String)>,
    /// Headings that nobody knows.
    pub unknown: Vec<String>,
    /// Rows that say nothing.
    pub silent: usize,
    /// The table itself: it is sent again with the decision, and kept nowhere else.
    pub text: String,
    /// What is shown, for the decision.
    pub stamp: String,
    /// It would have done something else a moment ago.
    pub differs: bool,
}

/// What would be reported, or what is wrong.
pub fn capacity_table(site: &Site, shown: CapacityTablePage) -> String {
    let has_faults = !shown.faults.is_empty();
    page(site, "Was gemeldet würde", has_faults, move || {
        let CapacityTablePage { organization, rows, faults, unknown, silent, text, stamp, differs } = shown;
        let is_news = |row: &&TableRow| row.change != RowChange::Known;
        let news = rows.iter().filter(is_news).count();
        let decision = (!has_faults && news > 0).then(|| decide(&organization, text, stamp, news));
        let nothing = !has_faults && news == 0;
        let unknown = (!unknown.is_empty()).then(|| {
            view! { <p class="note">{format!("Diese Spalten lesen wir nicht: {}.", unknown.join(", "))}</p> }
        });
        let silent = (silent > 0)
            .then(|| view! { <p>{format!("Zeilen ohne Angabe: {silent}. Dort ändert sich nichts.")}</p> });
        view! {
            <div class="wrap narrow account">
                {back("Andere Tabelle".to_owned(), routes::interface(&organization))}
                <h1>"Was gemeldet würde"</h1>
                {differs
                    .then(|| {
                        view! {
                            <div class="form__summary" role="alert" tabindex="-1">
                                <p>
                                    "Inzwischen wurde etwas gemeldet. Aus der Tabelle ist noch nichts übernommen. Bitte sehen Sie sich an, was sie jetzt melden würde."
                                </p>
                            </div>
                        }
                    })}
                {has_faults.then(|| mend(faults))}
                {nothing
                    .then(|| {
                        view! {
                            <p class="account__notice" role="status">
                                "Aus dieser Tabelle ist nichts zu melden: Alles darin wurde heute schon so gemeldet, oder es steht nichts darin."
                            </p>
                        }
                    })}
                {unknown}
                {silent}
                {(!rows.is_empty()).then(|| listed(rows))}
                {decision}
            </div>
        }
        .into_any()
    })
}

fn mend(faults: Vec<(usize, String)>) -> AnyView {
    let more = faults.len().saturating_sub(MOST);
    let rows = faults
        .into_iter()
        .take(MOST)
        .map(|(line, text)| view! { <li>{format!("Zeile {line}: {text}")}</li> })
        .collect_view();
    view! {
        <div class="form__summary" role="alert" aria-labelledby="fehler" tabindex="-1">
            <h2 id="fehler">"Bitte prüfen Sie Ihre Angaben"</h2>
            <p>"Es ist nichts gemeldet. Was zuletzt gemeldet war, gilt weiter. Bitte berichtigen Sie die Tabelle und laden Sie sie noch einmal hoch."</p>
            <ul>{rows}</ul>
            {(more > 0).then(|| view! { <p>{format!("Und {more} weitere.")}</p> })}
        </div>
    }
    .into_any()
}

fn listed(rows: Vec<TableRow>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let change = match row.change {
                RowChange::New => "neu",
                RowChange::Confirmed => "unverändert bestätigt",
                RowChange::Known => "heute schon gemeldet",
            };
            view! {
                <tr>
                    <th scope="row">{row.name}</th>
                    <td>{row.says}</td>
                    <td>{change}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="compare-table">
            <caption>"Meldungen der Tabelle"</caption>
            <thead>
                <tr>
                    <th scope="col">"Angebot"</th>
                    <th scope="col">"Ampel"</th>
                    <th scope="col">"Was geschieht"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn decide(organization: &Slug, text: String, stamp: String, news: usize) -> AnyView {
    let words =
        if news == 1 { "1 Angebot jetzt melden".to_owned() } else { format!("{news} Angebote jetzt melden") };
    view! {
        <form class="form" method="post" action=routes::capacity_table(organization) enctype="multipart/form-data">
            <input type="hidden" name="text" value=text />
            <input type="hidden" name="stand" value=stamp />
            <div class="buttons">
                <button type="submit" class="kern-btn kern-btn--primary">
                    <span class="kern-label">{words}</span>
                </button>
                <a class="kern-btn kern-btn--secondary" href=routes::interface(organization)>
                    <span class="kern-label">"Nicht melden"</span>
                </a>
            </div>
        </form>
    }
    .into_any()
}
