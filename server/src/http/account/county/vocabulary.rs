//! `/kreis/angebotsarten`, `/kreis/schwerpunkte`, `/kreis/woerter`: what the county calls things.

use app::{
    components::form::Problem, domain::vocabulary::Comparison, forms::Typed, pages::county::Shown,
    routes as addresses,
};
use axum::{Router, http::StatusCode, response::Response, routing::get};

use crate::{
    http::{
        account::{AccountState, entry::wrong, go, private},
        pages::failed,
    },
    service::{
        entry::{EntryError, stamp},
        vocabulary::VocabularyError,
    },
};

mod care_types;
mod specialisms;
mod words;

const DONE: [(&str, &str); 3] = [
    ("gespeichert", "Gespeichert. In wenigen Augenblicken gilt es überall im Portal."),
    ("zurueckgesetzt", "Zurückgesetzt. In wenigen Augenblicken gilt es überall im Portal."),
    ("entfernt", "Entfernt. In wenigen Augenblicken gilt es überall im Portal."),
];

pub(super) fn routes() -> Router<AccountState> {
    let of_list = |list: &str| format!("{list}/{{id}}");
    let new = |list: &str| addresses::of_list(list, None);
    Router::new()
        .route(addresses::CARE_TYPES, get(care_types::list))
        .route(&new(addresses::CARE_TYPES), get(care_types::show_new).post(care_types::add))
        .route(&of_list(addresses::CARE_TYPES), get(care_types::show).post(care_types::change))
        .route(addresses::SPECIALISMS, get(specialisms::list))
        .route(&new(addresses::SPECIALISMS), get(specialisms::show_new).post(specialisms::add))
        .route(&of_list(addresses::SPECIALISMS), get(specialisms::show).post(specialisms::change))
        .route(addresses::WORDS, get(words::list))
        .route(&new(addresses::WORDS), get(words::show_new).post(words::add))
        .route(&of_list(addresses::WORDS), get(words::show).post(words::change))
}

/// What somebody wants to happen with what they typed.
enum Step {
    Save,
    Preview,
    /// As it was configured, or away.
    Undo,
}

impl Step {
    fn of(typed: &Typed) -> Self {
        match typed.get("was") {
            "vorschau" => Self::Preview,
            "zuruecksetzen" | "entfernen" => Self::Undo,
            _ => Self::Save,
        }
    }
}

/// Back to a list, which then says what was done.
fn done(list: &str, word: &str) -> Response {
    go(&format!("{list}?getan={word}"))
}

/// A form as it is shown first.
fn fresh(written: Typed) -> Shown {
    Shown { stamp: stamp(&written), typed: written, problems: Vec::new(), preview: None }
}

/// What was typed once more, with what would be found.
fn with_preview(seen: &Typed, rows: Vec<Comparison>) -> (StatusCode, Shown) {
    let (typed, stamp) = (seen.clone(), seen.get("stand").to_owned());
    (StatusCode::OK, Shown { typed, stamp, problems: Vec::new(), preview: Some(rows) })
}

/// What was typed once more, with what is wrong with it. `field` is where it is said what somebody else has made of it;
/// `stored` is what the form would hold now: whoever sends it again has seen that. Gives back what nobody can mend by
/// typing something else.
fn with_error(
    seen: &Typed,
    error: VocabularyError,
    (field, stored): (&'static str, &Typed),
) -> Result<(StatusCode, Shown), VocabularyError> {
    let (status, problems, stamp) = match error {
        VocabularyError::Problems(problems) => {
            (StatusCode::UNPROCESSABLE_ENTITY, problems, seen.get("stand").to_owned())
        }
        VocabularyError::Changed(now) => {
            let text = format!(
                "Inzwischen hat jemand anderes das geändert. Jetzt gilt: {now}. Wenn Sie noch einmal speichern, gilt Ihre Fassung."
            );
            (StatusCode::CONFLICT, vec![Problem::new(field, text)], stamp(stored))
        }
        error => return Err(error),
    };
    Ok((status, Shown { typed: seen.clone(), stamp, problems, preview: None }))
}

/// The page for what nobody can mend by typing something else.
fn refused(state: &AccountState, error: VocabularyError) -> Response {
    match error {
        VocabularyError::Search(failure) => failed(&state.http, failure),
        VocabularyError::Account(error) => wrong(state, EntryError::Account(error)),
        VocabularyError::Store(error) => wrong(state, EntryError::Store(error)),
        VocabularyError::Problems(problems) => wrong(state, EntryError::Problems(problems)),
        VocabularyError::Gone | VocabularyError::Changed(_) => wrong(state, EntryError::Gone),
    }
}

/// A page for one person.
fn page((status, html): (StatusCode, String)) -> Response {
    private(status, html)
}
