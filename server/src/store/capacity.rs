//! Capacity reports: appended, never changed.

use std::collections::HashMap;

use app::domain::{
    capacity::{CapacityReport, FreePeriod, FreeTimes},
    ids::{FacilityId, OfferId, ReportId},
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Sql, run, sql, sql_pair},
    values::{Instant, Keyed, date_text, read, read_count, read_date},
};

const INSERT: Sql = sql!("capacity/insert");
const LIST: Sql = sql_pair!("capacity/list");
const INSERT_ALL: Sql = sql_pair!("capacity/insert_all");
const AGREE: Sql = sql!("capacity/agree");
const FIND_FACILITY: Sql = sql!("offer/find_facility");

/// One document instead of many columns, for speed: see `FacilityEntry`.
#[derive(Deserialize)]
pub(super) struct ReportRow {
    sequence: i64,
    id: Uuid,
    offer_id: Uuid,
    total: Option<i64>,
    free_now: Option<i64>,
    free_from: Option<String>,
    intake: String,
    waiting_list: String,
    waiting_weeks_min: Option<i64>,
    waiting_weeks_max: Option<i64>,
    intake_stop: bool,
    intake_stop_until: Option<String>,
    only_after_assessment: bool,
    rooms: Option<String>,
    for_whom: Option<String>,
    remark: Option<String>,
    periods: Vec<PeriodRow>,
    weekdays: [Option<u16>; 7],
    under_review: bool,
    reported_by: String,
    source: String,
    reported_at: Instant,
    valid_until: Instant,
}

/// Dates as everywhere in the database.
#[derive(Deserialize, Serialize)]
struct PeriodRow {
    from: String,
    until: String,
    places: u16,
}

impl TryFrom<PeriodRow> for FreePeriod {
    type Error = StoreError;

    fn try_from(row: PeriodRow) -> Result<Self, StoreError> {
        Ok(Self { from: read_date(&row.from)?, until: read_date(&row.until)?, places: row.places })
    }
}

impl From<&FreePeriod> for PeriodRow {
    fn from(period: &FreePeriod) -> Self {
        Self { from: date_text(period.from), until: date_text(period.until), places: period.places }
    }
}

impl TryFrom<ReportRow> for CapacityReport {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let waiting_weeks = match (row.waiting_weeks_min, row.waiting_weeks_max) {
            (Some(min), Some(max)) => Some((read_count(min)?, read_count(max)?)),
            _ => None,
        };
        Ok(Self {
            id: ReportId(row.id),
            offer: OfferId(row.offer_id),
            sequence: row.sequence,
            total: row.total.map(read_count).transpose()?,
            free_now: row.free_now.map(read_count).transpose()?,
            free_from: row.free_from.as_deref().map(read_date).transpose()?,
            intake: read(&row.intake)?,
            waiting_list: read(&row.waiting_list)?,
            waiting_weeks,
            intake_stop: row.intake_stop,
            intake_stop_until: row.intake_stop_until.as_deref().map(read_date).transpose()?,
            only_after_assessment: row.only_after_assessment,
            rooms: row.rooms,
            for_whom: row.for_whom,
            remark: row.remark,
            times: FreeTimes {
                periods: row.periods.into_iter().map(FreePeriod::try_from).collect::<Result<_, _>>()?,
                weekdays: row.weekdays,
            },
            under_review: row.under_review,
            reported_by: row.reported_by,
            source: read(&row.source)?,
            reported_at: row.reported_at.read()?,
            valid_until: row.valid_until.read()?,
        })
    }
}

impl Store {
    /// The reports of these offers since an instant, in the order of their numbers, and of each offer the latest from
    /// before: at that instant it was in force.
    pub async fn list_reports(
        &self,
        offers: &[OfferId],
        since: OffsetDateTime,
    ) -> Result<Vec<CapacityReport>, StoreError> {
        if offers.is_empty() {
            return Ok(Vec::new());
        }
        let ids = Json(offers.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>());
        let mut lease = self.lease().await?;
        let rows = run!(
            lease.session(),
            fetch_all(Json<ReportRow>,) = LIST,
            [&ids, Instant::from(since)]
        )?;
        rows.into_iter().map(|(Json(row),)| CapacityReport::try_from(row)).collect()
    }
}

/// A report as one of a list that is written at once.
#[derive(Serialize)]
struct NewReport<'a> {
    id: String,
    offer_id: String,
    total: Option<u32>,
    free_now: Option<u32>,
    free_from: Option<String>,
    intake: &'static str,
    waiting_list: &'static str,
    waiting_weeks_min: Option<u16>,
    waiting_weeks_max: Option<u16>,
    intake_stop: bool,
    intake_stop_until: Option<String>,
    only_after_assessment: bool,
    rooms: Option<&'a str>,
    for_whom: Option<&'a str>,
    remark: Option<&'a str>,
    reported_by: &'a str,
    source: &'static str,
    reported_at: i64,
    valid_until: i64,
    periods: Vec<PeriodRow>,
    weekdays: [Option<u16>; 7],
}

impl<'a> From<&'a CapacityReport> for NewReport<'a> {
    fn from(r: &'a CapacityReport) -> Self {
        Self {
            id: r.id.0.simple().to_string(),
            offer_id: r.offer.0.simple().to_string(),
            total: r.total,
            free_now: r.free_now,
            free_from: r.free_from.map(date_text),
            intake: r.intake.key(),
            waiting_list: r.waiting_list.key(),
            waiting_weeks_min: r.waiting_weeks.map(|(min, _)| min),
            waiting_weeks_max: r.waiting_weeks.map(|(_, max)| max),
            intake_stop: r.intake_stop,
            intake_stop_until: r.intake_stop_until.map(date_text),
            only_after_assessment: r.only_after_assessment,
            rooms: r.rooms.as_deref(),
            for_whom: r.for_whom.as_deref(),
            remark: r.remark.as_deref(),
            reported_by: &r.reported_by,
            source: r.source.key(),
            reported_at: Instant::from(r.reported_at).micros(),
            valid_until: Instant::from(r.valid_until).micros(),
            periods: r.times.periods.iter().map(PeriodRow::from).collect(),
            weekdays: r.times.weekdays,
        }
    }
}

impl Tx {
    /// Whether two reports are about one offer and say the same, whoever made them.
    pub async fn reports_agree(&mut self, one: i64, other: i64) -> Result<bool, StoreError> {
        Ok(run!(self.session(), fetch_optional(i32,) = AGREE, [one, other])?.is_some())
    }

    /// Appends reports of offers, each with the facility that has the offer, in one statement. Gives the sequences that
    /// the store gave them.
    pub async fn insert_reports(
        &mut self,
        reports: &[(FacilityId, &CapacityReport)],
    ) -> Result<HashMap<ReportId, i64>, StoreError> {
        if reports.is_empty() {
            return Ok(HashMap::new());
        }
        let list = Json(reports.iter().map(|(_, report)| NewReport::from(*report)).collect::<Vec<_>>());
        let rows = run!(self.session(), fetch_all(Uuid, i64) = INSERT_ALL, [&list])?;
        for (facility, _) in reports {
            self.record(ChangeKind::Facility, facility.0);
        }
        Ok(rows.into_iter().map(|(id, sequence)| (ReportId(id), sequence)).collect())
    }

    /// Appends a report and returns the sequence the store gave it; the one it came with is ignored.
    pub async fn insert_report(&mut self, report: &CapacityReport) -> Result<i64, StoreError> {
        let r = report;
        let facility = run!(self.session(), fetch_optional(Uuid,) = FIND_FACILITY, [r.offer.0])?;
        let (facility,) = facility.ok_or(StoreError::NotFound)?;
        let (sequence,) = run!(
            self.session(),
            fetch_one(i64,) = INSERT,
            [
                r.id.0,
                r.offer.0,
                r.total.map(i64::from),
                r.free_now.map(i64::from),
                r.free_from.map(date_text),
                r.intake.key(),
                r.waiting_list.key(),
                r.waiting_weeks.map(|(min, _)| i64::from(min)),
                r.waiting_weeks.map(|(_, max)| i64::from(max)),
                r.intake_stop,
                r.intake_stop_until.map(date_text),
                r.only_after_assessment,
                &r.rooms,
                &r.for_whom,
                &r.remark,
                &r.reported_by,
                r.source.key(),
                Instant::from(r.reported_at),
                Instant::from(r.valid_until),
                Json(r.times.periods.iter().map(PeriodRow::from).collect::<Vec<_>>()),
                Json(r.times.weekdays),
            ]
        )?;
        self.record(ChangeKind::Facility, facility);
        Ok(sequence)
    }
}
