//! What a failure of the store means for pages. The cause is logged here, once, and goes no further.

use app::backend::BackendError;

use crate::store::StoreError;

/// Logs why `what` could not be answered, and gives what pages may know of it.
pub(super) fn of_store(what: &'static str, error: &StoreError) -> BackendError {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    if error.is_unavailable() {
        tracing::warn!(what, %error, cause, "store is away");
        BackendError::Unavailable
    } else {
        tracing::error!(what, %error, cause, "store failed");
        BackendError::Internal
    }
}
