//! `/postausgang`, in an example portal without a mail server.

use app::{
    pages::account::{self as pages, OutboxRow},
    text::dates,
};
use axum::{extract::State, http::StatusCode, response::Response};

use super::{AccountState, away, private};

pub(in crate::http) async fn show(State(state): State<AccountState>) -> Response {
    match state.accounts.list_mail().await {
        Ok(mails) => {
            let rows = mails.into_iter().map(|mail| OutboxRow {
                written: dates::exact(mail.created_at),
                recipient: mail.recipient,
                subject: mail.subject,
                text: mail.text,
            });
            private(StatusCode::OK, pages::outbox(&state.site(), rows.collect()))
        }
        Err(error) => away(&state, &error),
    }
}
