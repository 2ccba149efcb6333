//! One part of an entry: its form, and what becomes of it when it is sent.

use app::{
    backend::access::Denied,
    components::form::Problem,
    domain::draft::Entry,
    forms::{self, Part, Typed},
    pages::editing::{self as pages, PartPage},
    routes as addresses,
    text::changes,
};
use axum::{
    extract::{FromRequestParts, OriginalUri, State},
    http::{StatusCode, header::LOCATION, request::Parts},
    response::Response,
};

use super::{BUSY, Editing, seen, wrong};
use crate::{
    http::account::{
        AccountState, Pairs, go, private,
        team::{denied, segments},
    },
    service::entry::{Conflict, EntryError, stamp},
};

const BUSY_NOW: &str = "Der Entwurf liegt inzwischen beim Landkreis. Ihre Eingaben stehen noch hier: Holen Sie den Entwurf in einem neuen Fenster zurück und speichern Sie dann.";
const OFFER_GONE: &str = "Dieses Angebot hat inzwischen jemand entfernt. Ihre Eingaben stehen noch hier; „Speichern“ legt es neu an.";

/// The part that the path names, where the entry has it.
fn part_of(entry: &Entry, segment: Option<String>) -> Option<(Part, Typed)> {
    let part = Part::parse(&segment?)?;
    Some((part, forms::write(part, entry.current())?))
}

/// A part of the entry, as a segment of the path.
pub(super) struct Segment(Option<String>);

impl FromRequestParts<AccountState> for Segment {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        Ok(Self(segments(parts, state).await.remove("part")))
    }
}

pub(super) async fn show_part(
    State(state): State<AccountState>,
    editing: Editing,
    Segment(segment): Segment,
) -> Response {
    let Some((part, typed)) = part_of(&editing.entry, segment) else { return denied(&state, Denied::Hidden) };
    if editing.entry.is_submitted() && !editing.editor.is_county() {
        return editing.done(BUSY.0);
    }
    let stamp = stamp(&typed);
    part_page(
        &state,
        editing,
        StatusCode::OK,
        Shown { part, typed, stamp, problems: Vec::new(), conflict: None },
    )
    .await
}

struct Shown {
    part: Part,
    typed: Typed,
    stamp: String,
    problems: Vec<Problem>,
    conflict: Option<Vec<changes::Change>>,
}

async fn part_page(state: &AccountState, editing: Editing, status: StatusCode, shown: Shown) -> Response {
    let municipalities = match state.entries.list_municipalities().await {
        Ok(all) => all,
        Err(error) => return wrong(state, error),
    };
    let Shown { part, typed, stamp, problems, conflict } = shown;
    let page = PartPage { entry: editing.entry, part, typed, stamp, problems, conflict, municipalities };
    private(status, pages::part(&state.site(), page))
}

/// The page of a part from which a file was sent that is not taken.
pub(in crate::http::account) async fn upload_refused(
    state: &AccountState,
    editing: Editing,
    part: Part,
    typed: Typed,
    problems: Vec<Problem>,
) -> Response {
    let stamp = forms::write(part, editing.entry.current()).map(|shown| stamp(&shown)).unwrap_or_default();
    let shown = Shown { part, typed, stamp, problems, conflict: None };
    part_page(state, editing, StatusCode::UNPROCESSABLE_ENTITY, shown).await
}

/// Saves a part. Where the session has ended meanwhile, what was typed is carried on.
pub(super) async fn save_part(
    State(state): State<AccountState>,
    OriginalUri(uri): OriginalUri,
    editing: Result<Editing, Response>,
    Segment(segment): Segment,
    form: Pairs,
) -> Response {
    let typed = Typed(form.0);
    let editing = match editing {
        Ok(editing) => editing,
        Err(refused) if leads_to_sign_in(&refused) => {
            return private(StatusCode::OK, pages::kept(&state.site(), uri.path().to_owned(), typed));
        }
        Err(refused) => return refused,
    };
    let seen = typed.get("stand").to_owned();
    let part = match (part_of(&editing.entry, segment.clone()), segment.as_deref().and_then(Part::parse)) {
        (Some((part, _)), _) => part,
        (None, Some(Part::Offer(_))) if !typed.get("art").is_empty() => {
            let problems = vec![Problem::new("art", OFFER_GONE)];
            let stamp = stamp(&Typed::default());
            let shown = Shown { part: Part::NewOffer, typed, stamp, problems, conflict: None };
            return part_page(&state, editing, StatusCode::CONFLICT, shown).await;
        }
        _ => return denied(&state, Denied::Hidden),
    };
    match state.entries.save_part(&editing.editor, part, &typed, &seen).await {
        Ok(()) => editing.done("gespeichert"),
        Err(EntryError::Problems(problems)) => {
            let shown = Shown { part, typed, stamp: seen, problems, conflict: None };
            part_page(&state, editing, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(EntryError::Conflict(conflict)) => {
            let Conflict { theirs, mine, stamp } = *conflict;
            let conflict = Some(changes::changes(&theirs, &mine, &state.http.backend.portal()));
            let shown = Shown { part, typed, stamp, problems: Vec::new(), conflict };
            part_page(&state, editing, StatusCode::CONFLICT, shown).await
        }
        Err(EntryError::Submitted) => {
            let problems = vec![Problem::new("inhalt", BUSY_NOW)];
            let shown = Shown { part, typed, stamp: seen, problems, conflict: None };
            part_page(&state, editing, StatusCode::CONFLICT, shown).await
        }
        Err(EntryError::Gone) => go(&editing.path()),
        Err(error) => wrong(&state, error),
    }
}

pub(in crate::http::account) fn leads_to_sign_in(response: &Response) -> bool {
    let target = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    target.is_some_and(|target| target.starts_with(addresses::SIGN_IN))
}

pub(super) async fn remove_offer(
    State(state): State<AccountState>,
    editing: Editing,
    Segment(segment): Segment,
    form: Pairs,
) -> Response {
    let Some((Part::Offer(id), _)) = part_of(&editing.entry, segment) else { return go(&editing.path()) };
    let removed = state.entries.remove_offer(&editing.editor, seen(&form), id).await;
    editing.outcome(&state, removed, "entfernt")
}
