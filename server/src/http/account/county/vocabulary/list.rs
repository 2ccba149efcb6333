//! What all of the county's lists have in common: forms that are shown, looked at before, saved and taken back.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::vocabulary::{Comparison, Lists},
    forms::Typed,
    pages::county::Shown,
    shell::Site,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    http::{
        account::{
            AccountState, Pairs,
            county::{Lead, nothing},
            entry::wrong,
            go, private,
        },
        pages::failed,
    },
    service::{
        entry::{EntryError, stamp},
        vocabulary::{VocabularyError, VocabularyService},
    },
};

/// One of the lists.
pub(super) trait List: 'static {
    /// Names one of it in addresses.
    type Id: Send + Sync;
    type Own: Clone + Send + Sync;

    /// Its own address.
    const PATH: &'static str;
    /// The field at which it is said what somebody else has made of it.
    const FIELD: &'static str;
    /// What was done where something was taken back.
    const UNDONE: &'static str;

    fn parse(segment: &str) -> Option<Self::Id>;
    fn find(lists: &Lists, id: &Self::Id) -> Option<Self::Own>;
    /// What the form of one shows.
    fn write(own: &Self::Own) -> Typed;
    /// `None`: a new one.
    fn page(site: &Site, lists: Lists, own: Option<Self::Own>, shown: Shown) -> String;

    fn preview(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&Self::Id>,
        typed: &Typed,
    ) -> impl Future<Output = Result<Vec<Comparison>, VocabularyError>> + Send;

    fn save(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&Self::Id>,
        typed: &Typed,
    ) -> impl Future<Output = Result<(), VocabularyError>> + Send;

    /// As it was configured, or away.
    fn undo(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: &Self::Id,
        seen: &str,
    ) -> impl Future<Output = Result<(), VocabularyError>> + Send;
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

/// Back to the list, which then says what was done.
fn done<L: List>(word: &str) -> Response {
    go(&format!("{}?getan={word}", L::PATH))
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
pub(super) fn refused(state: &AccountState, error: VocabularyError) -> Response {
    match error {
        VocabularyError::Search(failure) => failed(&state.http, failure),
        VocabularyError::Account(error) => wrong(state, EntryError::Account(error)),
        VocabularyError::Store(error) => wrong(state, EntryError::Store(error)),
        VocabularyError::Problems(problems) => wrong(state, EntryError::Problems(problems)),
        VocabularyError::Gone | VocabularyError::Changed(_) => wrong(state, EntryError::Gone),
    }
}

pub(super) async fn show_new<L: List>(State(state): State<AccountState>, Lead(_, lead): Lead) -> Response {
    match state.vocabulary.lists(lead.staff()).await {
        Ok(lists) => form::<L>(&state, lists, None, (StatusCode::OK, fresh(Typed::default()))),
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn show<L: List>(
    State(state): State<AccountState>,
    Lead(_, lead): Lead,
    Path(id): Path<String>,
) -> Response {
    let Some(id) = L::parse(&id) else { return nothing(&state) };
    match state.vocabulary.lists(lead.staff()).await {
        Ok(lists) => match L::find(&lists, &id) {
            Some(own) => {
                let shown = fresh(L::write(&own));
                form::<L>(&state, lists, Some(own), (StatusCode::OK, shown))
            }
            None => nothing(&state),
        },
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn add<L: List>(
    State(state): State<AccountState>,
    Lead(_, lead): Lead,
    form: Pairs,
) -> Response {
    send::<L>(&state, &lead, None, &Typed(form.0)).await
}

pub(super) async fn change<L: List>(
    State(state): State<AccountState>,
    Lead(_, lead): Lead,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    match L::parse(&id) {
        Some(id) => send::<L>(&state, &lead, Some(&id), &Typed(form.0)).await,
        None => nothing(&state),
    }
}

async fn send<L: List>(
    state: &AccountState,
    lead: &CountyAdministrator,
    id: Option<&L::Id>,
    typed: &Typed,
) -> Response {
    let service = &state.vocabulary;
    let outcome = match (Step::of(typed), id) {
        (Step::Preview, id) => L::preview(service, lead, id, typed).await,
        (Step::Undo, Some(id)) => match L::undo(service, lead, id, typed.get("stand")).await {
            Ok(()) => return done::<L>(L::UNDONE),
            Err(error) => Err(error),
        },
        (Step::Save | Step::Undo, id) => match L::save(service, lead, id, typed).await {
            Ok(()) => return done::<L>("gespeichert"),
            Err(error) => Err(error),
        },
    };
    let lists = match service.lists(lead.staff()).await {
        Ok(lists) => lists,
        Err(error) => return refused(state, error),
    };
    let stored = id.and_then(|id| L::find(&lists, id));
    let shown = match outcome {
        Ok(rows) => Ok(with_preview(typed, rows)),
        Err(error) => {
            let written = stored.as_ref().map(L::write).unwrap_or_default();
            with_error(typed, error, (L::FIELD, &written))
        }
    };
    match shown {
        Ok(shown) => form::<L>(state, lists, stored, shown),
        Err(error) => refused(state, error),
    }
}

fn form<L: List>(
    state: &AccountState,
    lists: Lists,
    own: Option<L::Own>,
    (status, shown): (StatusCode, Shown),
) -> Response {
    private(status, L::page(&state.site(), lists, own, shown))
}
