//! `/kreis/import`: a table is tried, looked at, and taken over or not.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::{
        fields::Fields,
        form::{self, Problem},
    },
    domain::import::{ImportPreview, ImportRemark, PastImport, PendingImport},
    forms::Typed,
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{dates, import as words},
};

/// Remarks of each kind that are listed.
const MOST: usize = 100;

/// Where a table is sent.
#[derive(Clone, Debug)]
pub struct ImportPage {
    /// Mappings that come along: key and what they are for.
    pub mappings: Vec<(&'static str, &'static str)>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub past: Vec<PastImport>,
    pub done: Option<&'static str>,
}

/// A form for the table and its mapping, and what was imported before.
pub fn import(site: &Site, shown: ImportPage) -> String {
    page(site, "Tabelle einlesen", !shown.problems.is_empty(), move || {
        let ImportPage { mappings, typed, problems, past, done } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let mut options: Vec<_> =
            mappings.into_iter().map(|(key, about)| (key.to_owned(), about.to_owned())).collect();
        options.push(("eigene".to_owned(), "Eigene Zuordnung (unten)".to_owned()));
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Tabelle einlesen"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <p class="lead">
                    "Zuerst sehen Sie, was sich ändern würde. Geschrieben wird erst, wenn Sie danach zustimmen. Nichts wird gelöscht: Was in der Tabelle fehlt, bleibt."
                </p>
                <form class="form" method="post" action=routes::IMPORT enctype="multipart/form-data">
                    {fields.file("datei", "Tabelle", Some("Als CSV, höchstens 8 MB. Aus Excel: „Speichern unter“, dann „CSV UTF-8“."), ".csv,text/csv")}
                    {fields.select("zuordnung", "Zuordnung", Some("Sie sagt, welche Spalte was bedeutet."), options)}
                    {fields.file("zuordnung-datei", "Eigene Zuordnung", Some("Eine TOML-Datei. Nur nötig, wenn Sie oben „Eigene Zuordnung“ wählen."), ".toml")}
                    {form::submit("Prüfen, ohne zu schreiben")}
                </form>
                {before(past)}
            </div>
        }
        .into_any()
    })
}

fn before(past: Vec<PastImport>) -> AnyView {
    let is_empty = past.is_empty();
    let rows = past
        .into_iter()
        .map(|past| {
            let who = match past.actor {
                Some(own) => own.name.unwrap_or_else(|| "eine Person, die nicht mehr dabei ist".to_owned()),
                None => "Kommandozeile".to_owned(),
            };
            view! {
                <li class="account__session">
                    <div>
                        <p>{format!("„{}“: {}", past.source, words::short(past.numbers))}</p>
                        <p class="account__small">{format!("{}, {who}", dates::exact(past.at))}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="frueher">
            <h2 id="frueher">"Zuletzt eingelesen"</h2>
            {is_empty.then(|| view! { <p>"Noch nichts."</p> })}
            <ul class="account__sessions">{rows}</ul>
        </section>
    }
    .into_any()
}

/// A table that was tried.
#[derive(Clone, Debug)]
pub struct PendingImportPage {
    pub pending: PendingImport,
    /// What was shown, for the decision.
    pub stamp: String,
    /// What stands in the way of it.
    pub problem: Option<String>,
}

/// What a table would do, and the decision.
pub fn pending_import(site: &Site, shown: PendingImportPage) -> String {
    let PendingImportPage { pending, stamp, problem } = shown;
    page(site, "Was sich ändern würde", problem.is_some(), move || {
        let PendingImport { id, file_name, mapping_name, preview, .. } = pending;
        let ImportPreview { source, numbers, into_example, warnings, rejects, .. } = preview;
        let rows = words::numbers(numbers)
            .into_iter()
            .map(|(about, number)| {
                view! {
                    <tr>
                        <th scope="row">{about}</th>
                        <td>{number}</td>
                    </tr>
                }
            })
            .collect_view();
        let has_rejects = !rejects.is_empty();
        let table = has_rejects.then(|| {
            view! {
                <p>
                    <a href=routes::import_rejects(id) download>
                        "Abgelehnte Zeilen als Tabelle (CSV)"
                    </a>
                    ". Berichtigt lassen sie sich mit derselben Zuordnung einlesen. Laden Sie die Tabelle herunter, bevor Sie entscheiden."
                </p>
            }
        });
        view! {
            <div class="wrap narrow account">
                {back("Andere Tabelle".to_owned(), routes::IMPORT.to_owned())}
                <h1>"Was sich ändern würde"</h1>
                {problem
                    .map(|text| {
                        view! {
                            <div class="form__summary" role="alert" tabindex="-1">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                <p class="lead">
                    {format!("{file_name}, Zuordnung {mapping_name}, Quelle „{source}“. Noch ist nichts geschrieben.")}
                </p>
                {into_example
                    .then(|| {
                        view! {
                            <p class="account__notice">
                                "In dieser Datenbank liegt der Beispielkreis. Jede Seite sagt weiter, dass die Einträge erfunden sind."
                            </p>
                        }
                    })}
                <table class="compare-table">
                    <caption>"Zeilen der Tabelle"</caption>
                    <tbody>{rows}</tbody>
                </table>
                <form class="form" method="post" action=routes::pending_import(id)>
                    <input type="hidden" name="stand" value=stamp />
                    <div class="buttons">
                        <button type="submit" class="kern-btn kern-btn--primary" name="was" value="uebernehmen">
                            <span class="kern-label">"Jetzt übernehmen"</span>
                        </button>
                        <button type="submit" class="kern-btn kern-btn--secondary" name="was" value="verwerfen">
                            <span class="kern-label">"Verwerfen"</span>
                        </button>
                    </div>
                    <p class="form__hint">"Ohne Entscheidung wird die Tabelle nach 24 Stunden vergessen."</p>
                </form>
                {remarks("abgelehnt", "Abgelehnte Zeilen", rejects)}
                {table}
                {remarks("hinweise", "Hinweise", warnings)}
            </div>
        }
        .into_any()
    })
}

/// Lines with what is to say about them, not too many at once. Nothing where there are none.
fn remarks(id: &'static str, title: &'static str, all: Vec<ImportRemark>) -> Option<AnyView> {
    let count = all.len();
    let more = (count > MOST).then(|| view! { <p>{format!("Und {} weitere.", count - MOST)}</p> });
    let rows: Vec<_> = all
        .into_iter()
        .take(MOST)
        .map(|own| view! { <li>{format!("Zeile {}: {}.", own.line, own.text)}</li> })
        .collect();
    (count > 0).then(|| {
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{format!("{title} ({count})")}</h2>
                <ul>{rows}</ul>
                {more}
            </section>
        }
        .into_any()
    })
}
