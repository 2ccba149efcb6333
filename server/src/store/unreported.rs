//! Facilities that have not reported for long, and what the county has noted there.

use app::domain::{
    ids::{AccountId, FacilityId, Slug},
    unreported::{FollowUp, Unreported, UnreportedPage, UnreportedQuery, UnreportedShow},
};
use sqlx::FromRow;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    reminder::{TypeList, list_reminded},
    values::{Instant, date_text, read_count, read_date},
};

const COUNT: Sql = sql!("unreported/count");
const LIST: Sql = sql!("unreported/list");
const FIND_FOLLOW_UP: Sql = sql!("unreported/find_follow_up");
const SAVE_FOLLOW_UP: Sql = sql!("unreported/save_follow_up");

/// How many of those who were reminded are named.
const NAMES: i64 = 3;

/// From when on something is long.
#[derive(Clone, Debug)]
pub struct UnreportedSince {
    pub now: OffsetDateTime,
    /// The Berlin date.
    pub today: Date,
    /// The light of what was over by then has been grey for long.
    pub grey: OffsetDateTime,
    /// The types that have a light.
    pub types: TypeList,
}

impl UnreportedSince {
    /// Offers with a smaller id were there by then: ids begin with the time at which they were made (RFC 9562, 5.7).
    fn oldest_id(&self) -> Uuid {
        let millis = u64::try_from(self.grey.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
        Uuid::from_u64_pair(millis << 16, 0)
    }
}

#[derive(FromRow)]
struct UnreportedRow {
    id: Uuid,
    slug: String,
    name: String,
    organization: Option<String>,
    phone: Option<String>,
    since: Option<Instant>,
    offers: i64,
    people: i64,
    remind_on: Option<String>,
    note: Option<String>,
    author: Option<String>,
    noted_at: Option<Instant>,
}

fn read_follow_up(
    on: Option<String>,
    note: Option<String>,
    author: Option<String>,
    noted_at: Option<Instant>,
) -> Result<Option<FollowUp>, StoreError> {
    let (Some(on), Some(noted_at)) = (on, noted_at) else { return Ok(None) };
    let (on, noted_at) = (read_date(&on)?, noted_at.read()?);
    Ok(Some(FollowUp { on, note: note.unwrap_or_default(), author, noted_at }))
}

impl TryFrom<UnreportedRow> for Unreported {
    type Error = StoreError;

    fn try_from(row: UnreportedRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: FacilityId(row.id),
            slug: Slug::parse(&row.slug).ok_or(StoreError::Unreadable("slug"))?,
            name: row.name,
            organization: row.organization,
            phone: row.phone,
            since: row.since.map(Instant::read).transpose()?,
            offers: read_count(row.offers)?,
            people: read_count(row.people)?,
            follow_up: read_follow_up(row.remind_on, row.note, row.author, row.noted_at)?,
            reminded: Vec::new(),
        })
    }
}

impl Store {
    /// How many facilities have not reported for long.
    pub async fn count_unreported(
        &self,
        since: &UnreportedSince,
        show: UnreportedShow,
    ) -> Result<usize, StoreError> {
        let mut lease = self.lease().await?;
        let (count,) = run!(
            lease.session(),
            fetch_one(i64,) = COUNT,
            [
                Instant::from(since.now),
                Instant::from(since.grey),
                since.oldest_id(),
                date_text(since.today),
                since.types.as_str(),
                show.slug(),
            ]
        )?;
        read_count(count)
    }

    /// A page of them, the longest grey first.
    pub async fn list_unreported(
        &self,
        since: &UnreportedSince,
        query: UnreportedQuery,
    ) -> Result<UnreportedPage, StoreError> {
        let total = self.count_unreported(since, query.show).await?;
        let mut lease = self.lease().await?;
        let rows = run!(
            lease.session(),
            fetch_all UnreportedRow = LIST,
            [
                Instant::from(since.now),
                Instant::from(since.grey),
                since.oldest_id(),
                date_text(since.today),
                since.types.as_str(),
                query.show.slug(),
                i64::from(UnreportedQuery::PAGE),
                i64::from(query.before) * i64::from(UnreportedQuery::PAGE),
            ]
        )?;
        let mut facilities = Vec::with_capacity(rows.len());
        for row in rows {
            let reminded = list_reminded(lease.session(), row.id, NAMES).await?;
            facilities.push(Unreported { reminded, ..row.try_into()? });
        }
        Ok(UnreportedPage { total, facilities })
    }

    /// What was noted last about a facility.
    pub async fn find_follow_up(&self, facility: FacilityId) -> Result<Option<FollowUp>, StoreError> {
        type Row = (String, String, Option<String>, Instant);
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional Row = FIND_FOLLOW_UP, [facility.0])?;
        let Some((on, note, author, noted_at)) = row else { return Ok(None) };
        read_follow_up(Some(on), Some(note), author, Some(noted_at))
    }
}

/// What the county notes is in no index, so no change is recorded.
impl Tx {
    /// Puts a facility off, in the place of what was noted before.
    pub async fn save_follow_up(
        &mut self,
        facility: FacilityId,
        (on, note): (Date, &str),
        author: AccountId,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let at = Instant::from(at);
        run!(self.session(), execute SAVE_FOLLOW_UP, [facility.0, date_text(on), note, author.0, at])?;
        Ok(())
    }
}
