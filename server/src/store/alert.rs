//! What citizens want to be told, what they were told, and how far the change log was looked at for them.

use app::domain::{
    account::Email,
    alert::Alert,
    capacity::{CapacityReport, FreeTimes, ReportSource, WaitingList},
    ids::{AlertId, FacilityId, OfferId, ReportId},
};
use serde::Serialize;
use sqlx::{FromRow, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql, sql_pair},
    values::{Instant, read, read_count, read_date},
};

const INSERT: Sql = sql!("alert/insert");
const INSERT_LINK: Sql = sql!("alert/insert_link");
const LIST_OF_LINK: Sql = sql!("alert/list_of_link");
const LIST_OF_EMAIL: Sql = sql!("alert/list_of_email");
const CONFIRM: Sql = sql!("alert/confirm");
const EXTEND: Sql = sql!("alert/extend");
const DELETE: Sql = sql!("alert/delete");
const DELETE_OVER: Sql = sql!("alert/delete_over");
const HAS_OVER: Sql = sql!("alert/has_over");
const DELETE_LETTERS: Sql = sql!("alert/delete_letters");
const FIND_STAMP: Sql = sql!("alert/find_stamp");
const LIST_CONFIRMED: Sql = sql!("alert/list_confirmed");
const FIND_POSITION: Sql = sql!("alert/find_position");
const START: Sql = sql!("alert/start");
const ADVANCE: Sql = sql!("alert/advance");
/// News that is written at a time.
const NEWS: usize = 1_000;
const FIND_LATEST_NEWS: Sql = sql!("alert/find_latest_news_of");
const INSERT_NEWS: Sql = sql_pair!("alert/insert_news");
const LIST_DUE_ADDRESSES: Sql = sql!("alert/list_due_addresses");
const LIST_WAITING: Sql = sql!("alert/list_waiting");
const CLAIM: Sql = sql!("alert/claim");
const TELL: Sql = sql!("alert/tell");
const DROP_NEWS: Sql = sql!("alert/drop_news");
const LIST_REPORTS: Sql = sql!("alert/list_reports");

#[derive(FromRow)]
struct AlertRow {
    id: Uuid,
    email: String,
    query: String,
    created_at: Instant,
    confirmed_at: Option<Instant>,
    ends_at: Instant,
}

impl TryFrom<AlertRow> for Alert {
    type Error = StoreError;

    fn try_from(row: AlertRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AlertId(row.id),
            email: read_email(&row.email)?,
            query: row.query,
            created_at: row.created_at.read()?,
            confirmed_at: row.confirmed_at.map(Instant::read).transpose()?,
            ends_at: row.ends_at.read()?,
        })
    }
}

fn read_email(text: &str) -> Result<Email, StoreError> {
    Email::parse(text).ok_or(StoreError::Unreadable("e-mail address"))
}

/// Which alerts tell: it changes with every one that begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertStamp {
    pub count: i64,
    /// When the newest was confirmed, in microseconds since 1970.
    newest: i64,
}

/// An offer that is free since a report, for an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertNews {
    pub alert: AlertId,
    pub facility: FacilityId,
    pub offer: OfferId,
    /// The report with which it became free.
    pub since: i64,
}

/// How news travels to the database.
#[derive(Serialize)]
struct NewsRow {
    alert: String,
    facility: String,
    offer: String,
    sequence: i64,
}

impl From<&AlertNews> for NewsRow {
    fn from(news: &AlertNews) -> Self {
        let text = |id: Uuid| id.simple().to_string();
        let (alert, facility, offer) = (text(news.alert.0), text(news.facility.0), text(news.offer.0));
        Self { alert, facility, offer, sequence: news.since }
    }
}

/// News that waits for a mail, with what the mail says of its alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNews {
    pub news: AlertNews,
    pub query: String,
    pub ends_at: OffsetDateTime,
}

#[derive(FromRow)]
struct WaitingRow {
    id: Uuid,
    query: String,
    ends_at: Instant,
    facility_id: Uuid,
    offer_id: Uuid,
    report_sequence: i64,
}

/// A report of before, as far as the light needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastReport(pub CapacityReport);

#[derive(FromRow)]
struct ReportRow {
    sequence: i64,
    free_now: Option<i64>,
    free_from: Option<String>,
    intake: String,
    intake_stop: bool,
    intake_stop_until: Option<String>,
    reported_at: Instant,
    valid_until: Instant,
}

impl ReportRow {
    fn read(self, offer: OfferId) -> Result<PastReport, StoreError> {
        Ok(PastReport(CapacityReport {
            id: ReportId(Uuid::nil()),
            offer,
            sequence: self.sequence,
            total: None,
            free_now: self.free_now.map(read_count).transpose()?,
            free_from: self.free_from.as_deref().map(read_date).transpose()?,
            intake: read(&self.intake)?,
            waiting_list: WaitingList::NotSaid,
            waiting_weeks: None,
            intake_stop: self.intake_stop,
            intake_stop_until: self.intake_stop_until.as_deref().map(read_date).transpose()?,
            only_after_assessment: false,
            rooms: None,
            for_whom: None,
            remark: None,
            times: FreeTimes::default(),
            under_review: false,
            reported_by: String::new(),
            source: ReportSource::Provider,
            reported_at: self.reported_at.read()?,
            valid_until: self.valid_until.read()?,
        }))
    }
}

async fn of_link(session: Session<'_>, hash: &str, now: OffsetDateTime) -> Result<Vec<Alert>, StoreError> {
    let rows = run!(session, fetch_all AlertRow = LIST_OF_LINK, [hash, Instant::from(now)])?;
    rows.into_iter().map(Alert::try_from).collect()
}

impl Store {
    /// The alerts that the link with this hash is for, confirmed or not.
    pub async fn list_alerts_of_link(
        &self,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<Alert>, StoreError> {
        let mut lease = self.lease().await?;
        of_link(lease.session(), hash, now).await
    }

    /// Which alerts tell at the moment.
    pub async fn find_alert_stamp(&self, now: OffsetDateTime) -> Result<AlertStamp, StoreError> {
        let mut lease = self.lease().await?;
        let (count, newest) = run!(lease.session(), fetch_one(i64, i64) = FIND_STAMP, [Instant::from(now)])?;
        Ok(AlertStamp { count, newest })
    }

    /// All alerts that tell at the moment, with their searches.
    pub async fn list_confirmed_alerts(
        &self,
        now: OffsetDateTime,
    ) -> Result<Vec<(AlertId, String)>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all(Uuid, String) = LIST_CONFIRMED, [Instant::from(now)])?;
        Ok(rows.into_iter().map(|(id, query)| (AlertId(id), query)).collect())
    }

    /// Whether an alert is over and still there.
    pub async fn has_over_alert(&self, now: OffsetDateTime) -> Result<bool, StoreError> {
        let mut lease = self.lease().await?;
        Ok(run!(lease.session(), fetch_optional(i32,) = HAS_OVER, [Instant::from(now)])?.is_some())
    }

    /// The number of the last change that was looked at for all alerts; `None`: nobody has looked yet.
    pub async fn find_alert_position(&self) -> Result<Option<i64>, StoreError> {
        let mut lease = self.lease().await?;
        Ok(run!(lease.session(), fetch_optional(i64,) = FIND_POSITION, [])?.map(|(up_to,)| up_to))
    }

    /// Addresses, in order after one of them, with an alert that has news and has not written since `before`.
    pub async fn list_due_alert_addresses(
        &self,
        now: OffsetDateTime,
        before: OffsetDateTime,
        after: &str,
        most: i64,
    ) -> Result<Vec<Email>, StoreError> {
        let mut lease = self.lease().await?;
        let (now, before) = (Instant::from(now), Instant::from(before));
        let rows =
            run!(lease.session(), fetch_all(String,) = LIST_DUE_ADDRESSES, [now, before, after, most])?;
        rows.iter().map(|(email,)| read_email(email)).collect()
    }

    /// What waits for an address, by alert.
    pub async fn list_waiting_news(
        &self,
        email: &Email,
        now: OffsetDateTime,
        before: OffsetDateTime,
    ) -> Result<Vec<WaitingNews>, StoreError> {
        let mut lease = self.lease().await?;
        let (now, before) = (Instant::from(now), Instant::from(before));
        let rows = run!(lease.session(), fetch_all WaitingRow = LIST_WAITING, [email.as_str(), now, before])?;
        let read = |row: WaitingRow| {
            let news = AlertNews {
                alert: AlertId(row.id),
                facility: FacilityId(row.facility_id),
                offer: OfferId(row.offer_id),
                since: row.report_sequence,
            };
            Ok(WaitingNews { news, query: row.query, ends_at: row.ends_at.read()? })
        };
        rows.into_iter().map(read).collect()
    }

    /// The report with which an offer became free, as it was last news, up to a number.
    pub async fn find_latest_news_of(&self, offer: OfferId, up_to: i64) -> Result<Option<i64>, StoreError> {
        let mut lease = self.lease().await?;
        let found = run!(lease.session(), fetch_optional(i64,) = FIND_LATEST_NEWS, [offer.0, up_to])?;
        Ok(found.map(|(sequence,)| sequence))
    }

    /// Reports of an offer up to a number, the newest first.
    pub async fn list_past_reports(
        &self,
        offer: OfferId,
        up_to: i64,
        most: i64,
    ) -> Result<Vec<PastReport>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all ReportRow = LIST_REPORTS, [offer.0, up_to, most])?;
        rows.into_iter().map(|row| row.read(offer)).collect()
    }
}

/// Alerts are in no index, so no change is recorded.
impl Tx {
    /// Adds an alert that waits to be confirmed.
    pub async fn insert_alert(&mut self, alert: &Alert) -> Result<(), StoreError> {
        let (created, ends) = (Instant::from(alert.created_at), Instant::from(alert.ends_at));
        run!(
            self.session(),
            execute INSERT,
            [alert.id.0, alert.email.as_str(), alert.query.as_str(), created, ends]
        )?;
        Ok(())
    }

    /// Lets a link be for an alert, too; `hash` is of what the link holds.
    pub async fn insert_alert_link(&mut self, hash: &str, alert: AlertId) -> Result<(), StoreError> {
        run!(self.session(), execute INSERT_LINK, [hash, alert.0])?;
        Ok(())
    }

    /// See [`Store::list_alerts_of_link`].
    pub async fn list_alerts_of_link(
        &mut self,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<Alert>, StoreError> {
        of_link(self.session(), hash, now).await
    }

    /// The alerts of an address, confirmed or not.
    pub async fn list_alerts_of(
        &mut self,
        email: &Email,
        now: OffsetDateTime,
    ) -> Result<Vec<Alert>, StoreError> {
        let rows =
            run!(self.session(), fetch_all AlertRow = LIST_OF_EMAIL, [email.as_str(), Instant::from(now)])?;
        rows.into_iter().map(Alert::try_from).collect()
    }

    /// Lets an alert tell from now on.
    pub async fn confirm_alert(
        &mut self,
        id: AlertId,
        now: OffsetDateTime,
        ends_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute CONFIRM, [id.0, Instant::from(now), Instant::from(ends_at)])?;
        Ok(())
    }

    /// Lets an alert end at another instant.
    pub async fn extend_alert(&mut self, id: AlertId, ends_at: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute EXTEND, [id.0, Instant::from(ends_at)])?;
        Ok(())
    }

    /// Deletes an alert with all that belongs to it; how many there were.
    pub async fn delete_alert(&mut self, id: AlertId) -> Result<u64, StoreError> {
        run!(self.session(), execute DELETE, [id.0])
    }

    /// Deletes all alerts that are over; how many there were.
    pub async fn delete_over_alerts(&mut self, now: OffsetDateTime) -> Result<u64, StoreError> {
        run!(self.session(), execute DELETE_OVER, [Instant::from(now)])
    }

    /// Deletes the letters about alerts that wait for somebody who has none any more.
    pub async fn delete_alert_letters(&mut self) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_LETTERS, [])?;
        Ok(())
    }

    /// Begins to look at the change log after this number.
    pub async fn start_alerts(&mut self, up_to: i64) -> Result<(), StoreError> {
        run!(self.session(), execute START, [up_to])?;
        Ok(())
    }

    /// Notes that changes were looked at; `false`: somebody else has looked at them.
    pub async fn advance_alerts(&mut self, from: i64, up_to: i64) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute ADVANCE, [from, up_to])? > 0)
    }

    /// Notes news, each once. Alerts that ended meanwhile have none.
    pub async fn insert_alert_news(&mut self, news: &[AlertNews], is_told: bool) -> Result<(), StoreError> {
        for some in news.chunks(NEWS) {
            let rows = Json(some.iter().map(NewsRow::from).collect::<Vec<_>>());
            run!(self.session(), execute INSERT_NEWS, [rows, is_told])?;
        }
        Ok(())
    }

    /// Takes the turn of an alert to write; `false`: somebody else has, or it is over.
    pub async fn claim_alert(
        &mut self,
        id: AlertId,
        now: OffsetDateTime,
        before: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let (now, before) = (Instant::from(now), Instant::from(before));
        Ok(run!(self.session(), execute CLAIM, [id.0, now, before])? > 0)
    }

    /// Notes that news was told.
    pub async fn tell_alert_news(&mut self, news: &AlertNews) -> Result<(), StoreError> {
        run!(self.session(), execute TELL, [news.alert.0, news.offer.0, news.since])?;
        Ok(())
    }

    /// Forgets news that is none any more.
    pub async fn drop_alert_news(&mut self, news: &AlertNews) -> Result<(), StoreError> {
        run!(self.session(), execute DROP_NEWS, [news.alert.0, news.offer.0, news.since])?;
        Ok(())
    }
}
