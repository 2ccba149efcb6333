//! What waits for the county's decision, and whom it has to do with.

use super::organization::Organization;

/// An organization with how much it runs and how many work for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub organization: Organization,
    /// Public or not.
    pub entries: i64,
    pub people: i64,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Drafts, proposals of imports, and what people ask for: claims, declines, registrations.
    pub to_decide: usize,
    /// Entries that citizens say are not right.
    pub reported: usize,
    /// Public entries that nobody has looked at for long.
    pub stale: usize,
    /// Public entries whose organization nobody leads.
    pub without_owner: usize,
}
