//! Specialisms.

use app::{
    domain::{specialism::Specialism, vocabulary::Comparison},
    forms::{Typed, vocabulary as forms},
    pages::county::{self as pages, Lists, Shown, SpecialismPage},
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
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => {
            let may_change = staff.is_administrator();
            page((StatusCode::OK, pages::specialisms(&state.site(), lists, may_change, said(&query, &DONE))))
        }
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn show_new(State(state): State<AccountState>, Staff(_, staff): Staff, _: Lead) -> Response {
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => form(&state, &lists, None, (StatusCode::OK, fresh(Typed::default()))),
        Err(error) => refused(&state, error),
    }
}

pub(super) async fn show(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    _: Lead,
    Path(slug): Path<String>,
) -> Response {
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => match lists.current.find_specialism(&slug).cloned() {
            Some(own) => {
                let shown = fresh(forms::write_specialism(&own));
                form(&state, &lists, Some(own), (StatusCode::OK, shown))
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
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    send(&state, (staff, lead), Some(&slug), &Typed(form.0)).await
}

async fn send(
    state: &AccountState,
    (Staff(_, staff), Lead(_, own)): (Staff, Lead),
    slug: Option<&str>,
    typed: &Typed,
) -> Response {
    let vocabulary = &state.vocabulary;
    let outcome: Result<Option<Vec<Comparison>>, VocabularyError> = match (Step::of(typed), slug) {
        (Step::Preview, slug) => vocabulary.preview_specialism(&own, slug, typed).await.map(Some),
        (Step::Undo, Some(slug)) => match vocabulary.reset_specialism(&own, slug, typed.get("stand")).await {
            Ok(()) => return done(addresses::SPECIALISMS, "zurueckgesetzt"),
            Err(error) => Err(error),
        },
        (Step::Save | Step::Undo, slug) => vocabulary.save_specialism(&own, slug, typed).await.map(|()| None),
    };
    let lists = match vocabulary.lists(&staff).await {
        Ok(lists) => lists,
        Err(error) => return refused(state, error),
    };
    let stored = slug.and_then(|slug| lists.current.find_specialism(slug)).cloned();
    let shown = match outcome {
        Ok(None) => return done(addresses::SPECIALISMS, "gespeichert"),
        Ok(Some(rows)) => Ok(with_preview(typed, rows)),
        Err(error) => {
            let written = stored.as_ref().map(forms::write_specialism).unwrap_or_default();
            with_error(typed, error, ("name", &written))
        }
    };
    match shown {
        Ok(shown) => form(state, &lists, stored, shown),
        Err(error) => refused(state, error),
    }
}

fn form(
    state: &AccountState,
    lists: &Lists,
    own: Option<Specialism>,
    (status, shown): (StatusCode, Shown),
) -> Response {
    let can_be_reset = own.as_ref().is_some_and(|own| {
        lists.vocabulary.find_specialism(&own.slug).is_some()
            && lists.configured.find_specialism(&own.slug).is_some()
    });
    page((status, pages::specialism(&state.site(), SpecialismPage { own, can_be_reset, shown })))
}
