//! Versions of entries that were live. They name people by their ids alone.

use app::domain::{
    draft::{EntryVersion, content},
    facility::Facility,
    ids::FacilityId,
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    draft::author,
    engine::{Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("entry_version/insert");
const FIND_LAST: Sql = sql!("entry_version/find_last");
const FIND_FIRST: Sql = sql!("entry_version/find_first");
const LIST: Sql = sql!("entry_version/list");

#[derive(FromRow)]
struct EntryVersionRow {
    number: i64,
    content: Json<Facility>,
    author_id: Option<Uuid>,
    author_name: Option<String>,
    approved_by: Option<Uuid>,
    approver_name: Option<String>,
    reason: Option<String>,
    recorded_at: Instant,
}

impl TryFrom<EntryVersionRow> for EntryVersion {
    type Error = StoreError;

    fn try_from(row: EntryVersionRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            facility: row.content.0,
            author: author(row.author_id, row.author_name),
            approved_by: author(row.approved_by, row.approver_name),
            reason: row.reason,
            recorded_at: row.recorded_at.read()?,
        })
    }
}

impl Store {
    /// All versions of an entry, the newest first.
    pub async fn list_versions(&self, facility: FacilityId) -> Result<Vec<EntryVersion>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all EntryVersionRow = LIST, [facility.0])?;
        rows.into_iter().map(EntryVersion::try_from).collect()
    }
}

impl Tx {
    /// The number of the newest version of an entry; 0 where none was kept.
    pub async fn last_version(&mut self, facility: FacilityId) -> Result<i64, StoreError> {
        let (number,) = run!(self.session(), fetch_one(i64,) = FIND_LAST, [facility.0])?;
        Ok(number)
    }

    /// What the entry was before anybody edited it by hand; `None` where nobody has.
    pub async fn first_version(&mut self, facility: FacilityId) -> Result<Option<Facility>, StoreError> {
        let row = run!(self.session(), fetch_optional(Json<Facility>,) = FIND_FIRST, [facility.0])?;
        Ok(row.map(|(content,)| content.0))
    }

    /// Keeps a version; reports are no part of it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the entry has one of this number.
    pub async fn insert_version(&mut self, version: &EntryVersion) -> Result<(), StoreError> {
        let content = content(&version.facility);
        run!(self.session(), execute INSERT, [
            version.facility.id.0,
            version.number,
            Json(&content),
            version.author.as_ref().map(|author| author.id.0),
            version.approved_by.as_ref().map(|author| author.id.0),
            &version.reason,
            Instant::from(version.recorded_at),
        ])?;
        Ok(())
    }
}
