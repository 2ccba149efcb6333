//! What the program does for pages and commands: implements the traits of `app::backend` over store
//! and index.
//!
//! Only here and in `jobs` transactions are committed, and only here causes of errors are logged.

pub mod account;
pub mod alert;
pub mod backup;
pub mod capacity;
pub mod demo;
pub mod entry;
pub mod export;
pub mod facility;
pub mod import;
pub mod mail;
pub mod organization;
pub mod places;
pub mod pulse;
pub mod reminder;
pub mod search;
pub mod trust;
pub mod vocabulary;
pub mod workers;

use app::backend::BackendError;

use crate::store::StoreError;

/// What a page is told when the store fails; the cause goes to the log.
fn store_error(error: &StoreError) -> BackendError {
    if error.is_unavailable() {
        tracing::warn!(error = error as &dyn std::error::Error, "the store is away");
        return BackendError::Unavailable;
    }
    tracing::error!(error = error as &dyn std::error::Error, "the store failed");
    BackendError::Internal
}
