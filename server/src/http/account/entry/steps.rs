//! What is done with an entry as a whole.

use app::{
    backend::access::{CountyStaff, Denied},
    domain::{
        facility::Visibility,
        ids::{OrganizationId, Slug},
    },
    pages::county,
    routes as addresses,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{EYES, Editing, NO_OTHER, page, seen, wrong};
use crate::{
    http::account::{AccountState, Pairs, go, private, team::denied},
    service::entry::{Decision, EntryError, merge_stamp},
};

pub(super) async fn restore(
    State(state): State<AccountState>,
    editing: Editing,
    path: Path<std::collections::HashMap<String, String>>,
) -> Response {
    let number = path.0.get("number").and_then(|number| number.parse().ok()).unwrap_or_default();
    let restored = state.entries.restore(&editing.editor, number).await;
    editing.outcome(&state, restored, "wiederhergestellt")
}

/// Submits the draft. What the county itself wrote is approved at once, unless two people have to look at it.
pub(super) async fn submit(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    match state.entries.submit(&editing.editor, seen(&form), form.get("notiz")).await {
        Ok(()) if editing.editor.is_county() => publish(&state, &editing, &form).await,
        Err(EntryError::Incomplete(obstacles)) => {
            let note = form.get("notiz").to_owned();
            page(&state, editing, StatusCode::UNPROCESSABLE_ENTITY, None, (obstacles, note)).await
        }
        result => editing.outcome(&state, result, "eingereicht"),
    }
}

/// What was submitted a moment ago is approved, if nobody has changed it in between.
async fn publish(state: &AccountState, editing: &Editing, form: &Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return editing.done("eingereicht");
    };
    let (entry, revision) = (editing.entry.live.id, seen(form) + 1);
    match state.entries.approve(&staff, Decision { entry, revision, reason: form.get("notiz") }).await {
        Ok(slug) => go(&format!("{}?getan=veroeffentlicht", addresses::entry(&slug))),
        Err(EntryError::FourEyes) => editing.done(EYES.0),
        Err(error) => editing.outcome(state, Err(error), ""),
    }
}

pub(super) async fn remove_new(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    match state.entries.remove_new(&editing.editor, seen(&form)).await {
        Ok(()) => go(addresses::EDITING),
        result => editing.outcome(&state, result, ""),
    }
}

pub(super) async fn take_back(State(state): State<AccountState>, editing: Editing) -> Response {
    let result = state.entries.take_back(&editing.editor).await;
    editing.outcome(&state, result, "zurueck")
}

pub(super) async fn discard(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let result = state.entries.discard(&editing.editor, seen(&form)).await;
    editing.outcome(&state, result, "verworfen")
}

pub(super) async fn confirm(State(state): State<AccountState>, editing: Editing) -> Response {
    let result = state.entries.confirm(&editing.editor).await;
    editing.outcome(&state, result, "geprueft")
}

pub(super) async fn archive(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    set_visibility(&state, &editing, Visibility::Archived, &form).await
}

pub(super) async fn show_again(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    set_visibility(&state, &editing, Visibility::Public, &form).await
}

/// Why the county does something, for those who run the entry. The forms of a page name it after what they do.
fn reason<'a>(form: &'a Pairs, step: &str) -> &'a str {
    form.get(&format!("grund-{step}"))
}

/// Only the county takes entries out of the directory.
async fn set_visibility(
    state: &AccountState,
    editing: &Editing,
    visibility: Visibility,
    form: &Pairs,
) -> Response {
    let step = if visibility == Visibility::Public { "wieder-zeigen" } else { "archivieren" };
    match CountyStaff::require(&editing.signed_in.account) {
        Ok(staff) => {
            let result = state
                .entries
                .set_visibility(&staff, editing.entry.live.id, visibility, reason(form, step))
                .await;
            editing.outcome(state, result, "sichtbarkeit")
        }
        // They see the entry, and this is not theirs to decide.
        Err(_) => denied(state, Denied::Role),
    }
}

pub(super) async fn change_operator(
    State(state): State<AccountState>,
    editing: Editing,
    form: Pairs,
) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return denied(&state, Denied::Role);
    };
    let Ok(organization) = form.get("traeger").parse() else { return go(&editing.path()) };
    let id = editing.entry.live.id;
    let changed = state
        .entries
        .change_operator(&staff, id, OrganizationId(organization), reason(&form, "traeger"))
        .await;
    editing.outcome(&state, changed, "traeger")
}

const CHANGED: &str = "Einer der Einträge hat sich inzwischen geändert, oder Sie haben ihn noch nicht gesehen. Es ist nichts zusammengelegt. Bitte sehen Sie noch einmal hin.";

/// The other entry is named by its address, or by the end of it.
fn other(form: &Pairs) -> Option<Slug> {
    let typed = form.get("ziel").trim().split(['?', '#']).next().unwrap_or_default();
    Slug::parse(typed.trim_end_matches('/').rsplit('/').next().unwrap_or_default())
}

/// Both entries, before anything happens to them.
pub(super) async fn show_merge(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return denied(&state, Denied::Role);
    };
    match other(&form) {
        Some(into) => merge_page(&state, &editing, &staff, &into, StatusCode::OK, (None, "")).await,
        None => editing.done(NO_OTHER.0),
    }
}

async fn merge_page(
    state: &AccountState,
    editing: &Editing,
    staff: &CountyStaff,
    into: &Slug,
    status: StatusCode,
    (problem, reason): (Option<&'static str>, &str),
) -> Response {
    match state.entries.preview_merge(staff, &editing.entry.live.slug, into).await {
        Ok(both) => {
            let stamp = merge_stamp(&both.from, &both.to);
            private(status, county::merge(&state.site(), both, (stamp, reason.to_owned()), problem))
        }
        Err(EntryError::Gone) => editing.done(NO_OTHER.0),
        Err(error) => wrong(state, error),
    }
}

pub(super) async fn merge(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return denied(&state, Denied::Role);
    };
    let Some(into) = other(&form) else { return editing.done(NO_OTHER.0) };
    match state
        .entries
        .merge(&staff, editing.entry.live.id, &into, (form.get("stand"), reason(&form, "zusammenfuehren")))
        .await
    {
        Ok(slug) => go(&format!("{}?getan=zusammengefuehrt", addresses::entry(&slug))),
        Err(EntryError::Gone) => editing.done(NO_OTHER.0),
        Err(EntryError::Changed) => {
            let typed = (Some(CHANGED), reason(&form, "zusammenfuehren"));
            merge_page(&state, &editing, &staff, &into, StatusCode::CONFLICT, typed).await
        }
        Err(error) => wrong(&state, error),
    }
}
