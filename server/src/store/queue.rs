//! What waits for the county, in numbers and in lists.

use app::domain::{draft::EntryLine, moderation::Waiting};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::{
    Store, StoreError,
    draft::EntryLineRow,
    engine::{Sql, run, sql},
    values::{Instant, read_count},
};

const COUNT: Sql = sql!("queue/count");
const LIST_STALE: Sql = sql!("queue/list_stale");
const LIST_ENTRIES: Sql = sql!("queue/list_entries");
const LIST_WITHOUT_OWNER: Sql = sql!("queue/list_without_owner");

#[derive(FromRow)]
struct CountRow {
    to_decide: i64,
    reported: i64,
    stale: i64,
    without_owner: i64,
}

impl Store {
    /// How much waits. Entries that nobody has looked at since `stale_before` count as stale.
    pub async fn count_waiting(&self, stale_before: OffsetDateTime) -> Result<Waiting, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_one CountRow = COUNT, [Instant::from(stale_before)])?;
        Ok(Waiting {
            to_decide: read_count(row.to_decide)?,
            reported: read_count(row.reported)?,
            stale: read_count(row.stale)?,
            without_owner: read_count(row.without_owner)?,
        })
    }

    /// Public entries that nobody has looked at since, the oldest first.
    pub async fn list_stale_entries(
        &self,
        before: OffsetDateTime,
        limit: i64,
    ) -> Result<Vec<EntryLine>, StoreError> {
        let mut lease = self.lease().await?;
        let rows =
            run!(lease.session(), fetch_all EntryLineRow = LIST_STALE, [Instant::from(before), limit])?;
        rows.into_iter().map(EntryLine::try_from).collect()
    }

    /// Entries whose name has these letters in it, hidden ones and drafts with them, by name.
    pub async fn find_entries(&self, letters: &str, limit: i64) -> Result<Vec<EntryLine>, StoreError> {
        let escaped = letters.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let mut lease = self.lease().await?;
        let rows =
            run!(lease.session(), fetch_all EntryLineRow = LIST_ENTRIES, [format!("%{escaped}%"), limit])?;
        rows.into_iter().map(EntryLine::try_from).collect()
    }

    /// Public entries whose organization nobody leads, the oldest first.
    pub async fn list_entries_without_owner(&self, limit: i64) -> Result<Vec<EntryLine>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all EntryLineRow = LIST_WITHOUT_OWNER, [limit])?;
        rows.into_iter().map(EntryLine::try_from).collect()
    }
}
