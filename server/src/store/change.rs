//! The change log: what the index and everybody else that keeps a copy has to look at again.

use serde::Serialize;
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use super::{
    Store, StoreError,
    engine::{Session, Sql, run, sql, sql_pair},
    values::keys,
};

const LIST: Sql = sql!("change/list");
const FIND_LATEST: Sql = sql!("change/find_latest");
const INSERT: Sql = sql_pair!("change/insert");

/// What kind of entry has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// A facility, its offers, their reports, or what it shows of its organization or municipality. As a whole: what
    /// pages show of all of them has changed, and nothing that is searched.
    Facility,
    Organization,
    Municipality,
    /// The gazetteer as a whole.
    Gazetteer,
    /// Care types, specialisms and words of the search as the county changed them, as a whole.
    Vocabulary,
}

keys!(ChangeKind: "change kind" {
    Facility = "facility",
    Organization = "organization",
    Municipality = "municipality",
    Gazetteer = "gazetteer",
    Vocabulary = "vocabulary",
});

/// An entry of the change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Grows with every commit, with gaps.
    pub sequence: i64,
    pub kind: ChangeKind,
    /// Which one; `None` where the kind as a whole has changed.
    pub id: Option<Uuid>,
}

#[derive(FromRow)]
struct ChangeRow {
    sequence: i64,
    kind: String,
    entry_id: Option<Uuid>,
}

/// How a change travels to the database.
#[derive(Serialize)]
pub(super) struct NewChangeRow {
    kind: &'static str,
    id: Option<String>,
}

pub(super) fn rows(changes: &[(ChangeKind, Option<Uuid>)]) -> Vec<NewChangeRow> {
    use super::values::Keyed;
    changes
        .iter()
        .map(|(kind, id)| NewChangeRow { kind: kind.key(), id: id.map(|id| id.simple().to_string()) })
        .collect()
}

pub(super) async fn insert(session: Session<'_>, changes: Json<Vec<NewChangeRow>>) -> Result<(), StoreError> {
    run!(session, execute INSERT, [changes])?;
    Ok(())
}

impl Store {
    /// The changes after a number of the log, oldest first.
    pub async fn list_changes(&self, after: i64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let mut lease = self.lease().await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = run!(lease.session(), fetch_all ChangeRow = LIST, [after, limit])?;
        rows.into_iter()
            .map(|row| {
                let kind = super::values::read(&row.kind)?;
                Ok(Change { sequence: row.sequence, kind, id: row.entry_id })
            })
            .collect()
    }

    /// The number of the latest change; 0 where nothing has ever changed.
    pub async fn latest_change(&self) -> Result<i64, StoreError> {
        let mut lease = self.lease().await?;
        let (sequence,) = run!(lease.session(), fetch_one(i64,) = FIND_LATEST, [])?;
        Ok(sequence)
    }
}
