//! What people say about green lights: how often, and on which day. Who says so never gets here.

use std::collections::HashMap;

use app::domain::{
    capacity::NotFreeLine,
    care_type::CareTypeSlug,
    ids::{FacilityId, OrganizationId, Slug},
};
use sqlx::FromRow;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Instant, date_text, read_count, read_date},
};

const TELL: Sql = sql!("not_free/tell");
const COUNT: Sql = sql!("not_free/count");
const REVIEW: Sql = sql!("not_free/review");
const LIST: Sql = sql!("not_free/list");
const LIST_OF_FACILITY: Sql = sql!("not_free/list_of_facility");

#[derive(FromRow)]
struct LineRow {
    slug: String,
    name: String,
    phone: Option<String>,
    organization_slug: Option<String>,
    organization_name: Option<String>,
    label: Option<String>,
    care_type: String,
    reported_at: Instant,
    times: i64,
    last: String,
    reviews: i64,
}

impl TryFrom<LineRow> for NotFreeLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let slug = |text: &str| Slug::parse(text).ok_or(StoreError::Unreadable("slug"));
        let organization = match (row.organization_slug, row.organization_name) {
            (Some(own), Some(name)) => Some((slug(&own)?, name)),
            _ => None,
        };
        Ok(Self {
            facility: (slug(&row.slug)?, row.name),
            phone: row.phone,
            organization,
            label: row.label,
            care_type: CareTypeSlug::parse(&row.care_type).ok_or(StoreError::Unreadable("care type"))?,
            reported_at: row.reported_at.read()?,
            times: read_count(row.times)?,
            last: read_date(&row.last)?,
            under_review: row.reviews > 0,
        })
    }
}

impl Store {
    /// Offers whose report still holds, and of which people say that it was not free after all; of all organizations
    /// or of one. What was said most often comes first.
    pub async fn list_not_free(
        &self,
        organization: Option<OrganizationId>,
        now: OffsetDateTime,
        limit: i64,
    ) -> Result<Vec<NotFreeLine>, StoreError> {
        let mut lease = self.lease().await?;
        let id = organization.map_or(Uuid::nil(), |own| own.0);
        let params = (Instant::from(now), organization.is_none());
        let rows = run!(lease.session(), fetch_all LineRow = LIST, [params.0, params.1, id, limit])?;
        rows.into_iter().map(NotFreeLine::try_from).collect()
    }

    /// How often people said so of each report of a facility, by its number.
    pub async fn count_not_free(&self, facility: FacilityId) -> Result<HashMap<i64, u32>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all(i64, i64) = LIST_OF_FACILITY, [facility.0])?;
        rows.into_iter().map(|(sequence, times)| Ok((sequence, read_count(times)?))).collect()
    }
}

impl Tx {
    /// Counts one more who says of a report of a facility that it was not free after all. From `limit` on (`None`:
    /// never) the light carries "wird geprüft"; only that is a change for everybody. Answers how many there are.
    pub async fn tell_not_free(
        &mut self,
        facility: FacilityId,
        sequence: i64,
        today: Date,
        limit: Option<u16>,
    ) -> Result<u32, StoreError> {
        let day = date_text(today);
        run!(self.session(), execute TELL, [sequence, &day])?;
        let (times, reviews) = run!(self.session(), fetch_one(i64, i64) = COUNT, [sequence])?;
        let times: u32 = read_count(times)?;
        if reviews == 0 && limit.is_some_and(|limit| times >= u32::from(limit)) {
            run!(self.session(), execute REVIEW, [sequence, &day])?;
            self.record(ChangeKind::Facility, facility.0);
        }
        Ok(times)
    }
}
