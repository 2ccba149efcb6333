//! What the county calls things: care types, specialisms and the words of the search.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::{
        fields::Fields,
        form::{self, Problem},
    },
    domain::vocabulary::{Comparison, Findings},
    forms::Typed,
    text::counts,
};

mod care_types;
mod specialisms;
mod words;

pub use care_types::{CareTypePage, care_type, care_types};
pub use specialisms::{SpecialismPage, specialism, specialisms};
pub use words::{WordPage, WordsPage, word, words};

/// A form that is shown once more, or for the first time.
#[derive(Clone, Debug)]
pub struct Shown {
    pub typed: Typed,
    /// What the form showed first: whoever sends it back has seen this.
    pub stamp: String,
    pub problems: Vec<Problem>,
    /// What the words would find, where somebody asked.
    pub preview: Option<Vec<Comparison>>,
}

impl Shown {
    fn fields(&self) -> Fields<'_> {
        Fields { typed: &self.typed, problems: &self.problems }
    }

    fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// A form of one thing: its fields, what it would change, and the buttons.
fn form(path: String, shown: &Shown, fields: AnyView) -> AnyView {
    let preview = shown.preview.clone().map(preview);
    view! {
        {form::summary(&shown.problems)}
        {preview}
        <form class="form form--wide" method="post" action=path>
            <input type="hidden" name="stand" value=shown.stamp.clone() />
            {fields}
            <div class="buttons">
                <button type="submit" class="kern-btn kern-btn--primary" name="was" value="speichern">
                    <span class="kern-label">"Speichern"</span>
                </button>
                <button type="submit" class="kern-btn kern-btn--secondary" name="was" value="vorschau">
                    <span class="kern-label">"Vorschau"</span>
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// A step that takes something back, behind a word of warning.
fn undo(
    path: String,
    stamp: String,
    what: &'static str,
    title: &'static str,
    warning: &'static str,
) -> AnyView {
    view! {
        <details class="danger">
            <summary>{title}</summary>
            <p>{warning}</p>
            <form method="post" action=path>
                <input type="hidden" name="stand" value=stamp />
                <button type="submit" class="kern-btn kern-btn--secondary" name="was" value=what>
                    <span class="kern-label">{format!("Ja, {}", title.to_lowercase())}</span>
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// What the change would find, word by word.
fn preview(rows: Vec<Comparison>) -> AnyView {
    let is_empty = rows.is_empty();
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row" data-spalte="Wort">
                        {row.word}
                    </th>
                    <td data-spalte="Findet heute">{findings(row.now)}</td>
                    <td data-spalte="Findet dann">{findings(row.then)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section id="vorschau" aria-labelledby="vorschau-titel">
            <h2 id="vorschau-titel">"Vorschau"</h2>
            <p role="status">"Noch ist nichts gespeichert. Das würde diese Änderung finden:"</p>
            {if is_empty {
                view! { <p>"An dem, was die Suche findet, ändern Namen und Wörter hier nichts."</p> }.into_any()
            } else {
                view! {
                    <table class="compare-table log-table">
                        <thead>
                            <tr>
                                <th scope="col">"Wort"</th>
                                <th scope="col">"Findet heute"</th>
                                <th scope="col">"Findet dann"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}

/// How many facilities, and the first of them by name.
fn findings(found: Findings) -> AnyView {
    let names = found.first.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <p>{counts::facilities(found.total)}</p>
        <ul class="plain">{names}</ul>
    }
    .into_any()
}

/// What was done, above a list.
fn notice(done: Option<&'static str>) -> AnyView {
    done.map(|text| view! { <p class="account__notice" role="status">{text}</p> }).into_any()
}

/// What a list says to those who may not change it.
fn only_administrators(may_change: bool) -> AnyView {
    (!may_change)
        .then(|| view! { <p class="note">"Ändern kann das nur die Administration des Landkreises."</p> })
        .into_any()
}

/// A button that leads somewhere.
fn leads_to(path: String, text: &'static str) -> AnyView {
    view! {
        <p>
            <a class="kern-btn kern-btn--secondary" href=path>
                <span class="kern-label">{text}</span>
            </a>
        </p>
    }
    .into_any()
}
