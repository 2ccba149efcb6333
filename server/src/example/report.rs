//! Capacity reports of the example county: every light, every age, every row of the light's rule.

use std::collections::HashMap;

use app::domain::{
    capacity::{CapacityReport, FreePeriod, FreeTimes, Intake, ReportSource, TimeKind, WaitingList},
    care_type::{CareTypeSlug, LightKind, Taxonomy},
    ids::ReportId,
    now::Now,
    offer::Offer,
};
use time::{Date, Duration};

use super::{
    dice::Dice,
    facility::turn,
    lists::{ListError, ReportLine, Reports},
};
use crate::clock;

/// Gives offers of each type one entry of the list after the other.
pub(super) struct Reporter<'a> {
    reports: &'a Reports,
    taxonomy: &'a Taxonomy,
    now: Now,
    turns: HashMap<CareTypeSlug, usize>,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(reports: &'a Reports, taxonomy: &'a Taxonomy, now: Now) -> Self {
        Self { reports, taxonomy, now, turns: HashMap::new() }
    }

    /// What an offer has reported last; `None` where it has no light or never reported.
    pub(super) fn report(
        &mut self,
        offer: &Offer,
        dice: Dice,
        has_rooms: bool,
    ) -> Result<Option<CapacityReport>, ListError> {
        let lines = match self.taxonomy.light_of(&offer.care_type, offer.form) {
            LightKind::None => return Ok(None),
            LightKind::Places => &self.reports.places,
            LightKind::Intake => &self.reports.intake,
        };
        let days = self.taxonomy.find(offer.care_type.as_str()).and_then(|known| known.valid_days);
        // Types begin at different entries, so that rare ones do not all begin with a free place.
        let start = Dice::new(offer.care_type.as_str()).below("first report", lines.len());
        let number = self.turns.entry(offer.care_type.clone()).or_insert(start);
        let line = turn(lines, *number);
        *number += 1;
        match (line, days) {
            (Some(line), Some(days)) if !line.never => {
                self.write(line, offer, dice, days, has_rooms).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn write(
        &self,
        line: &ReportLine,
        offer: &Offer,
        dice: Dice,
        days: u16,
        has_rooms: bool,
    ) -> Result<CapacityReport, ListError> {
        let validity = Duration::days(i64::from(days));
        let age: Duration = validity * line.age / 100_i32;
        let minutes = Duration::minutes(i64::from(dice.between("minutes", [1, 50])));
        let reported_at = self.now.instant - age - minutes;
        let moment = u64::try_from(reported_at.unix_timestamp_nanos() / 1_000_000).unwrap_or(0);
        let room = |text: &Option<String>| text.clone().filter(|_| has_rooms);
        Ok(CapacityReport {
            id: ReportId(dice.id_at("report", moment)),
            offer: offer.id,
            // The store gives the number.
            sequence: 0,
            total: offer.places_total,
            free_now: line.free.map(|free| free.min(offer.places_total.unwrap_or(free))),
            free_from: line.free_in.map(|days| self.day(days)),
            intake: match line.intake.as_deref() {
                None => Intake::NotSaid,
                Some("accepting") => Intake::Accepting,
                Some("waiting") => Intake::Waiting,
                Some("stopped") => Intake::Stopped,
                Some(other) => return Err(ListError::new("reports.toml", other)),
            },
            waiting_list: match line.waiting.as_deref() {
                None => WaitingList::NotSaid,
                Some("open") => WaitingList::Open,
                Some("closed") => WaitingList::Closed,
                Some("none") => WaitingList::None,
                Some(other) => return Err(ListError::new("reports.toml", other)),
            },
            waiting_weeks: line.weeks,
            intake_stop: line.stop,
            intake_stop_until: line.stop_in.map(|days| self.day(days)),
            only_after_assessment: line.assessment,
            rooms: room(&line.rooms),
            for_whom: room(&line.for_whom),
            remark: line.remark.clone(),
            times: self.times(line, offer),
            under_review: false,
            reported_by: line.by.clone(),
            source: match line.via.as_str() {
                "provider" => ReportSource::Provider,
                "county" => ReportSource::County,
                "api" => ReportSource::Api,
                "phone" => ReportSource::Phone,
                other => return Err(ListError::new("reports.toml", other)),
            },
            reported_at,
            valid_until: clock::days_later(reported_at, days),
        })
    }

    /// Times as offers of its type have them, never with more places than there are.
    fn times(&self, line: &ReportLine, offer: &Offer) -> FreeTimes {
        let most = offer.places_total.and_then(|total| u16::try_from(total).ok()).unwrap_or(u16::MAX);
        let places = |number: i64| u16::try_from(number).unwrap_or(0).min(most);
        let mut times = FreeTimes::default();
        match TimeKind::of(&offer.care_type) {
            TimeKind::Stays => {
                let period = |[from, until, free]: &[i64; 3]| FreePeriod {
                    from: self.day(*from),
                    until: self.day(*until),
                    places: places(*free),
                };
                times.periods = line.stays.iter().map(period).collect();
            }
            TimeKind::Weekdays => {
                let said = line.week.iter().flatten();
                for (slot, number) in times.weekdays.iter_mut().zip(said) {
                    *slot = (*number >= 0).then(|| places(i64::from(*number)));
                }
            }
            TimeKind::None => {}
        }
        times
    }

    fn day(&self, from_today: i64) -> Date {
        self.now.berlin_date.saturating_add(Duration::days(from_today))
    }
}
