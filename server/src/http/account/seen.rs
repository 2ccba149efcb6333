//! Who of the county has seen what about other people's accounts. What cannot be written down is not shown.

use app::domain::{
    audit::{Action, Subject},
    ids::AccountId,
};
use axum::response::Response;

use super::{AccountState, away};

/// Writes down that somebody looks at something.
pub(super) async fn note(
    state: &AccountState,
    reader: AccountId,
    action: Action,
    subject: Option<Subject>,
) -> Result<(), Response> {
    state.accounts.note_seen(reader, action, subject).await.map_err(|error| away(state, &error))
}

/// The same for a person. One's own account is nobody else's.
pub(super) async fn note_person(
    state: &AccountState,
    reader: AccountId,
    person: AccountId,
) -> Result<(), Response> {
    if reader == person {
        return Ok(());
    }
    note(state, reader, Action::PersonSeen, Some(Subject::Account(person))).await
}
