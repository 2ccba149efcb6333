//! Whose page is made: every handler of accounts says so in the head of its page, and none has to pass it on.

use std::cell::Cell;

use app::{domain::account::Account, shell::Reader};
use axum::{extract::Request, middleware::Next, response::Response};

tokio::task_local! {
    /// Of the request that is being answered.
    static READER: Cell<Option<Reader>>;
}

/// Gives each request a place for its reader.
pub(super) async fn remember(request: Request, next: Next) -> Response {
    READER.scope(Cell::new(None), next.run(request)).await
}

/// This account has asked.
pub(super) fn is(account: &Account) {
    let reader =
        Reader { is_county: account.county_role.is_some(), is_member: !account.memberships.is_empty() };
    // Outside of a request nobody reads.
    let _ = READER.try_with(|own| own.set(Some(reader)));
}

/// Who has asked, as far as that is known.
pub(super) fn now() -> Option<Reader> {
    READER.try_with(Cell::get).ok().flatten()
}
