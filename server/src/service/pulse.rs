//! Whether what was said a moment ago is still true.

use app::domain::now::Now;
use time::OffsetDateTime;

/// Whether people can be sent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// The search index is being built.
    Indexing,
    /// The search has not heard from the change log for too long to pass for current.
    Behind,
    /// The database does not answer; the program tries again by itself.
    StoreAway,
}

/// What keeps rendered pages honest: they die at the next change or when a light changes by itself.
pub trait Pulse: Send + Sync {
    /// Grows with every change that the search knows of. Read it before rendering.
    fn generation(&self) -> u64;
    /// The first instant after now at which a report expires; `None`: no report is valid now.
    fn fresh_until(&self, now: Now) -> Option<OffsetDateTime>;
    fn readiness(&self) -> Readiness;
}
