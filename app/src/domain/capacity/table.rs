//! Tables of what is free, as somebody looks at them before they are taken over.

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// It says something else than the last report.
    New,
    /// It says the same again.
    Confirmed,
    /// It says what was reported today already.
    Known,
}

/// A row of a table that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// From 1.
    pub line: usize,
    /// Facility and offer.
    pub name: String,
    /// The light that would follow, in words.
    pub says: String,
    pub change: RowChange,
}
