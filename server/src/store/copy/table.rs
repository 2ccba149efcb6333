//! What a copy knows of a table.

/// How a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store::copy) enum Kind {
    Uuid,
    Text,
    Integer,
    Real,
    /// 0 or 1 in SQLite.
    Bool,
    /// A text in SQLite.
    Json,
    /// Travels as base64.
    Bytes,
}

/// A table and its columns.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub(in crate::store::copy) columns: &'static [(&'static str, Kind)],
    /// What rows are ordered by; unique.
    pub(in crate::store::copy) key: &'static [&'static str],
    /// A column that refers to rows of the same table: set when all of them are there.
    pub(in crate::store::copy) late: Option<&'static str>,
    /// A column whose numbers the database hands out.
    pub(in crate::store::copy) numbered: Option<&'static str>,
}

impl Table {
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|(name, _)| *name)
    }

    pub(in crate::store::copy) fn column(&self, name: &str) -> Option<(&'static str, Kind)> {
        self.columns.iter().find(|(column, _)| *column == name).copied()
    }
}

pub(super) const fn table(
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [(&'static str, Kind)],
) -> Table {
    Table { name, columns, key, late: None, numbered: None }
}
