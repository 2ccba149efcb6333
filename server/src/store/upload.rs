//! Uploaded files. They are found by their id; whether somebody may see one is up to the entry that names it.

use app::domain::{
    ids::{FacilityId, UploadId},
    upload::UploadKind,
};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Instant, Keyed, read},
};

const INSERT: Sql = sql!("upload/insert");
const FIND: Sql = sql!("upload/find");
const READ: Sql = sql!("upload/read");
const LIST: Sql = sql!("upload/list");
const DELETE: Sql = sql!("upload/delete");
const DELETE_OF_FACILITY: Sql = sql!("upload/delete_of_facility");

impl Keyed for UploadKind {
    const NAME: &'static str = "kind of an upload";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

/// A file that is to be kept.
#[derive(Debug)]
pub struct NewUpload<'a> {
    pub id: UploadId,
    pub facility: FacilityId,
    /// The name it is saved under by whoever loads it down.
    pub name: &'a str,
    pub content: &'a [u8],
    /// A picture for phones; a document has none.
    pub small: Option<&'a [u8]>,
    pub created_at: OffsetDateTime,
}

/// A file, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub facility: FacilityId,
    pub kind: UploadKind,
    pub name: String,
}

#[derive(FromRow)]
struct UploadRow {
    facility_id: Uuid,
    kind: String,
    name: String,
}

impl Store {
    /// What a file is, and which entry it belongs to.
    pub async fn find_upload(&self, id: UploadId) -> Result<Option<Upload>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional UploadRow = FIND, [id.0])?;
        row.map(|row| {
            let (facility, kind) = (FacilityId(row.facility_id), read(&row.kind)?);
            Ok(Upload { facility, kind, name: row.name })
        })
        .transpose()
    }

    /// What is in a file; of a picture the small size, where that is wanted.
    pub async fn read_upload(&self, id: UploadId, small: bool) -> Result<Option<Vec<u8>>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional(Vec<u8>,) = READ, [id.0, small])?;
        Ok(row.map(|(content,)| content))
    }
}

impl Tx {
    pub async fn insert_upload(&mut self, new: &NewUpload<'_>) -> Result<(), StoreError> {
        let kind = if new.small.is_some() { UploadKind::Picture } else { UploadKind::Document };
        run!(self.session(), execute INSERT, [
            new.id.0,
            new.facility.0,
            kind.key(),
            new.name,
            new.content,
            new.small,
            Instant::from(new.created_at),
        ])?;
        Ok(())
    }

    /// The files of an entry, with the moments they came at.
    pub async fn list_uploads(
        &mut self,
        facility: FacilityId,
    ) -> Result<Vec<(UploadId, OffsetDateTime)>, StoreError> {
        let rows = run!(self.session(), fetch_all(Uuid, Instant) = LIST, [facility.0])?;
        rows.into_iter().map(|(id, at)| Ok((UploadId(id), at.read()?))).collect()
    }

    pub async fn delete_upload(&mut self, id: UploadId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE, [id.0])?;
        Ok(())
    }

    /// Removes all files of an entry that is removed itself.
    pub async fn delete_uploads_of(&mut self, facility: FacilityId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OF_FACILITY, [facility.0])?;
        Ok(())
    }
}
