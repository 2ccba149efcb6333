//! The county's own words.

use app::{
    domain::{
        ids::LexiconLineId,
        vocabulary::{Comparison, LexiconLine},
    },
    forms::{Typed, vocabulary as forms},
    pages::county::{self as pages, Lists, Shown, WordPage, WordsPage},
    routes as addresses,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{DONE, Step, done, fresh, page, refused, with_error, with_preview};
use crate::{
    http::account::{
        AccountState, Pairs,
        county::{Lead, Staff, nothing},
        said,
    },
    service::vocabulary::VocabularyError,
};

pub(super) async fn list(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    query: RawQuery,
) -> Response {
    let lists = match state.vocabulary.lists(&staff).await {
        Ok(lists) => lists,
        Err(error) => return refused(&state, error),
    };
    let word = addresses::value_of(query.0.as_deref().unwrap_or_default(), "wort");
    let reading = match state.vocabulary.look_up(&staff, &word).await {
        Ok(reading) => reading,
        Err(error) => return refused(&state, error),
    };
    let (may_change, now) = (staff.is_administrator(), state.http.backend.clock.now());
    let shown = WordsPage { lists, may_change, reading, done: said(&query, &DONE), now };
    page((StatusCode::OK, pages::words(&state.site(), shown)))
}

pub(super) async fn show_new(State(state): State<AccountState>, Staff(_, staff): Staff, _: Lead) -> Response {
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => form(&state, lists, None, (StatusCode::OK, fresh(Typed::default()))),
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn show(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    _: Lead,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse().map(LexiconLineId) else { return nothing(&state) };
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => match lists.vocabulary.find_line(id).cloned() {
            Some(line) => {
                let shown = fresh(forms::write_line(&line));
                form(&state, lists, Some(line), (StatusCode::OK, shown))
            }
            None => nothing(&state),
        },
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn add(
    State(state): State<AccountState>,
    staff: Staff,
    lead: Lead,
    form: Pairs,
) -> Response {
    send(&state, (staff, lead), None, &Typed(form.0)).await
}

pub(super) async fn change(
    State(state): State<AccountState>,
    staff: Staff,
    lead: Lead,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    match id.parse() {
        Ok(id) => send(&state, (staff, lead), Some(LexiconLineId(id)), &Typed(form.0)).await,
        Err(_) => nothing(&state),
    }
}

async fn send(
    state: &AccountState,
    (Staff(_, staff), Lead(_, own)): (Staff, Lead),
    id: Option<LexiconLineId>,
    typed: &Typed,
) -> Response {
    let vocabulary = &state.vocabulary;
    let outcome: Result<Option<Vec<Comparison>>, VocabularyError> = match (Step::of(typed), id) {
        (Step::Preview, id) => vocabulary.preview_line(&own, id, typed).await.map(Some),
        (Step::Undo, Some(id)) => match vocabulary.remove_line(&own, id, typed.get("stand")).await {
            Ok(()) => return done(addresses::WORDS, "entfernt"),
            Err(error) => Err(error),
        },
        (Step::Save | Step::Undo, id) => vocabulary.save_line(&own, id, typed).await.map(|()| None),
    };
    let lists = match vocabulary.lists(&staff).await {
        Ok(lists) => lists,
        Err(error) => return refused(state, error),
    };
    let stored = id.and_then(|id| lists.vocabulary.find_line(id)).cloned();
    let shown = match outcome {
        Ok(None) => return done(addresses::WORDS, "gespeichert"),
        Ok(Some(rows)) => Ok(with_preview(typed, rows)),
        Err(error) => {
            let written = stored.as_ref().map(forms::write_line).unwrap_or_default();
            with_error(typed, error, ("woerter", &written))
        }
    };
    match shown {
        Ok(shown) => form(state, lists, stored, shown),
        Err(error) => refused(state, error),
    }
}

fn form(
    state: &AccountState,
    lists: Lists,
    line: Option<LexiconLine>,
    (status, shown): (StatusCode, Shown),
) -> Response {
    page((status, pages::word(&state.site(), WordPage { line, taxonomy: lists.current, shown })))
}
