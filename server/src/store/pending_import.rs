//! Files that somebody tried to import and has not decided about.

use app::domain::{
    ids::{AccountId, ImportId},
    import::{ImportPreview, PendingImport},
};
use sqlx::{FromRow, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("pending_import/insert");
const UPDATE: Sql = sql!("pending_import/update");
const FIND: Sql = sql!("pending_import/find");
const FIND_FILES: Sql = sql!("pending_import/find_files");
const DELETE: Sql = sql!("pending_import/delete");
const DELETE_OF_AUTHOR: Sql = sql!("pending_import/delete_of_author");
const DELETE_OLD: Sql = sql!("pending_import/delete_old");

/// The files themselves, byte by byte as they came.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PendingFiles {
    pub content: Vec<u8>,
    pub mapping: Vec<u8>,
    /// The rows that would be rejected, as a file.
    pub rejects: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct PendingImportRow {
    id: Uuid,
    file_name: String,
    mapping_name: String,
    preview: Json<ImportPreview>,
    created_at: Instant,
}

impl TryFrom<PendingImportRow> for PendingImport {
    type Error = StoreError;

    fn try_from(row: PendingImportRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ImportId(row.id),
            file_name: row.file_name,
            mapping_name: row.mapping_name,
            preview: row.preview.0,
            created_at: row.created_at.read()?,
        })
    }
}

async fn find(
    session: Session<'_>,
    (id, author): (ImportId, AccountId),
    since: OffsetDateTime,
) -> Result<Option<PendingImport>, StoreError> {
    let since = Instant::from(since);
    let row = run!(session, fetch_optional PendingImportRow = FIND, [id.0, author.0, since])?;
    row.map(PendingImport::try_from).transpose()
}

impl Store {
    /// A file that this person tried, not before an instant.
    pub async fn find_pending_import(
        &self,
        own: (ImportId, AccountId),
        since: OffsetDateTime,
    ) -> Result<Option<PendingImport>, StoreError> {
        let mut lease = self.lease().await?;
        find(lease.session(), own, since).await
    }

    pub async fn find_pending_files(&self, id: ImportId) -> Result<Option<PendingFiles>, StoreError> {
        let mut lease = self.lease().await?;
        run!(lease.session(), fetch_optional PendingFiles = FIND_FILES, [id.0])
    }
}

/// What is tried is in no index, so no change is recorded.
impl Tx {
    /// See [`Store::find_pending_import`], as this transaction sees it.
    pub async fn find_pending_import(
        &mut self,
        own: (ImportId, AccountId),
        since: OffsetDateTime,
    ) -> Result<Option<PendingImport>, StoreError> {
        find(self.session(), own, since).await
    }

    pub async fn find_pending_files(&mut self, id: ImportId) -> Result<Option<PendingFiles>, StoreError> {
        run!(self.session(), fetch_optional PendingFiles = FIND_FILES, [id.0])
    }

    pub async fn insert_pending_import(
        &mut self,
        pending: &PendingImport,
        author: AccountId,
        files: &PendingFiles,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute INSERT, [
            pending.id.0,
            author.0,
            pending.file_name.as_str(),
            files.content.as_slice(),
            pending.mapping_name.as_str(),
            files.mapping.as_slice(),
            Json(&pending.preview),
            files.rejects.as_deref(),
            Instant::from(pending.created_at),
        ])?;
        Ok(())
    }

    /// What the same file would do by now.
    pub async fn update_pending_import(
        &mut self,
        id: ImportId,
        preview: &ImportPreview,
        rejects: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute UPDATE, [id.0, Json(preview), rejects])?;
        Ok(())
    }

    /// Forgets a file; `false`: it was gone, or somebody else's.
    pub async fn delete_pending_import(
        &mut self,
        (id, author): (ImportId, AccountId),
    ) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute DELETE, [id.0, author.0])? > 0)
    }

    /// Forgets what somebody tried before.
    pub async fn delete_pending_imports_of(&mut self, author: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OF_AUTHOR, [author.0])?;
        Ok(())
    }

    /// Forgets what was tried before an instant.
    pub async fn delete_old_pending_imports(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }
}
