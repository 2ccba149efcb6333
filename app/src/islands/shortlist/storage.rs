//! What the browser keeps: the list as its link says it, and a note for each facility.

use leptos::prelude::window;

use crate::domain::{ids::FacilityId, shortlist};

/// The list, in the form of [`shortlist::to_text`].
pub(super) const LIST: &str = "kreislotse.merkliste";
/// Before the short id of a facility.
const NOTE: &str = "kreislotse.notiz.";

/// `None` where the browser is told to keep nothing.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The reader's list; empty where none is kept or it cannot be read.
pub(super) fn list() -> Vec<FacilityId> {
    let text = storage().and_then(|storage| storage.get_item(LIST).ok().flatten());
    shortlist::Shortlist::parse(&text.unwrap_or_default()).ids
}

/// Whether the list could be kept.
pub(super) fn set_list(ids: &[FacilityId]) -> bool {
    storage().is_some_and(|storage| storage.set_item(LIST, &shortlist::to_text(ids)).is_ok())
}

pub(super) fn note(id: &str) -> String {
    storage().and_then(|storage| storage.get_item(&format!("{NOTE}{id}")).ok().flatten()).unwrap_or_default()
}

/// Whether the note could be kept. An empty one leaves nothing behind.
pub(super) fn set_note(id: &str, text: &str) -> bool {
    let key = format!("{NOTE}{id}");
    storage().is_some_and(|storage| {
        if text.is_empty() { storage.remove_item(&key).is_ok() } else { storage.set_item(&key, text).is_ok() }
    })
}

/// Removes the list and all notes.
pub(super) fn forget_all() {
    let Some(storage) = storage() else { return };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    for key in keys.filter(|key| key == LIST || key.starts_with(NOTE)).collect::<Vec<_>>() {
        let _ = storage.remove_item(&key);
    }
}
