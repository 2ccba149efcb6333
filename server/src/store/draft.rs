//! Drafts: one for each entry that somebody edits.

use app::domain::{
    draft::{Author, Draft, DraftState, EntryLine, content},
    facility::Facility,
    ids::{AccountId, FacilityId, OrganizationId, Slug},
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    values::{Instant, Keyed, read, read_visibility},
};

const FIND: Sql = sql!("draft/find");
const LIST_SUBMITTED: Sql = sql!("draft/list_submitted");
const LIST_ENTRIES: Sql = sql!("draft/list_entries");
const SAVE: Sql = sql!("draft/save");
const DELETE: Sql = sql!("draft/delete");

impl Keyed for DraftState {
    const NAME: &'static str = "state of a draft";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

#[derive(FromRow)]
struct DraftRow {
    content: Json<Facility>,
    state: String,
    revision: i64,
    author_id: Option<Uuid>,
    author_name: Option<String>,
    corrected_by: Option<Uuid>,
    corrector_name: Option<String>,
    note: Option<String>,
    reason: Option<String>,
    changed_at: Instant,
    submitted_at: Option<Instant>,
}

/// Somebody by id, and by name as long as there is one.
pub(super) fn author(id: Option<Uuid>, name: Option<String>) -> Option<Author> {
    id.map(|id| Author { id: AccountId(id), name })
}

impl TryFrom<DraftRow> for Draft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        Ok(Self {
            facility: row.content.0,
            state: read(&row.state)?,
            revision: row.revision,
            author: author(row.author_id, row.author_name),
            corrected_by: author(row.corrected_by, row.corrector_name),
            note: row.note,
            reason: row.reason,
            changed_at: row.changed_at.read()?,
            submitted_at: row.submitted_at.map(Instant::read).transpose()?,
        })
    }
}

/// An entry as a list of those who edit it names it.
#[derive(FromRow)]
pub(super) struct EntryLineRow {
    id: Uuid,
    slug: String,
    name: String,
    visibility: String,
    hidden: Option<String>,
    updated_at: Instant,
    confirmed_at: Option<Instant>,
    state: Option<String>,
    reason: Option<String>,
}

impl TryFrom<EntryLineRow> for EntryLine {
    type Error = StoreError;

    fn try_from(row: EntryLineRow) -> Result<Self, StoreError> {
        let updated = row.updated_at.read()?;
        let confirmed = row.confirmed_at.map(Instant::read).transpose()?;
        Ok(Self {
            id: FacilityId(row.id),
            slug: Slug::parse(&row.slug).ok_or(StoreError::Unreadable("slug"))?,
            name: row.name,
            visibility: read_visibility(&row.visibility, row.hidden.as_deref())?,
            draft: row.state.as_deref().map(read).transpose()?,
            reason: row.reason,
            checked_at: confirmed.map_or(updated, |confirmed| confirmed.max(updated)),
        })
    }
}

async fn find(session: Session<'_>, facility: FacilityId) -> Result<Option<Draft>, StoreError> {
    let row = run!(session, fetch_optional DraftRow = FIND, [facility.0])?;
    row.map(Draft::try_from).transpose()
}

impl Store {
    /// The draft of an entry.
    pub async fn find_draft(&self, facility: FacilityId) -> Result<Option<Draft>, StoreError> {
        let mut lease = self.lease().await?;
        find(lease.session(), facility).await
    }

    /// What the county has to decide about, the oldest first.
    pub async fn list_submitted_drafts(&self, limit: i64) -> Result<Vec<Draft>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all DraftRow = LIST_SUBMITTED, [limit])?;
        rows.into_iter().map(Draft::try_from).collect()
    }

    /// The entries of an organization, public or not, by name.
    pub async fn list_entries(&self, organization: OrganizationId) -> Result<Vec<EntryLine>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all EntryLineRow = LIST_ENTRIES, [organization.0])?;
        rows.into_iter().map(EntryLine::try_from).collect()
    }
}

impl Tx {
    /// The draft of an entry, as this transaction sees it.
    pub async fn find_draft(&mut self, facility: FacilityId) -> Result<Option<Draft>, StoreError> {
        find(self.session(), facility).await
    }

    /// Writes the draft of an entry in the place of the one before; reports are no part of it.
    pub async fn save_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let content = content(&draft.facility);
        run!(self.session(), execute SAVE, [
            draft.facility.id.0,
            Json(&content),
            draft.state.key(),
            draft.revision,
            draft.author.as_ref().map(|author| author.id.0),
            draft.corrected_by.as_ref().map(|author| author.id.0),
            &draft.note,
            &draft.reason,
            Instant::from(draft.changed_at),
            draft.submitted_at.map(Instant::from),
        ])?;
        Ok(())
    }

    /// Throws the draft of an entry away; `false`: there is none.
    pub async fn delete_draft(&mut self, facility: FacilityId) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute DELETE, [facility.0])? == 1)
    }
}
