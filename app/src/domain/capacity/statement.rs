//! What somebody says about an offer, before it is a report: what can be wrong with it.

use time::{Date, Duration, OffsetDateTime};

use super::{CapacityReport, FreeTimes, Intake, ReportSource, TimeKind, WaitingList};
use crate::domain::{
    care_type::{LightKind, Taxonomy},
    ids::{OfferId, ReportId},
    offer::Offer,
};

#[cfg(test)]
mod tests;

/// More places than any house has.
pub const MOST_PLACES: u32 = 9_999;
/// Longest wait in weeks: ten years.
pub const MOST_WEEKS: u16 = 520;
/// Longest text about rooms, or for whom a place is, in characters.
pub const LONGEST_NOTE: usize = 80;
/// Longest remark in characters.
pub const LONGEST_REMARK: usize = 200;
/// How far ahead a date may be.
const FARTHEST: Duration = Duration::days(2 * 366);

/// What a [`CapacityReport`] says, without who said it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub total: Option<u32>,
    pub free_now: Option<u32>,
    pub free_from: Option<Date>,
    pub intake: Intake,
    pub waiting_list: WaitingList,
    pub waiting_weeks: Option<(u16, u16)>,
    pub intake_stop: bool,
    pub intake_stop_until: Option<Date>,
    pub only_after_assessment: bool,
    pub rooms: Option<String>,
    pub for_whom: Option<String>,
    pub remark: Option<String>,
    pub times: FreeTimes,
}

impl Default for Statement {
    fn default() -> Self {
        Self {
            total: None,
            free_now: None,
            free_from: None,
            intake: Intake::NotSaid,
            waiting_list: WaitingList::NotSaid,
            waiting_weeks: None,
            intake_stop: false,
            intake_stop_until: None,
            only_after_assessment: false,
            rooms: None,
            for_whom: None,
            remark: None,
            times: FreeTimes::default(),
        }
    }
}

/// A part of a [`Statement`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Total,
    FreeNow,
    FreeFrom,
    Intake,
    WaitingWeeks,
    IntakeStopUntil,
    Rooms,
    ForWhom,
    Remark,
    /// The period with this number, from 0.
    Period(usize),
    Weekdays,
}

/// What is wrong with a [`Statement`]. Texts for people are made where they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// It says nothing a light could be read from.
    Nothing,
    /// More than there can be.
    TooMany(Field),
    /// More places are free than there are.
    FreeOverTotal {
        field: Field,
        total: u32,
    },
    /// The date is over.
    Past(Field),
    /// The date is years ahead.
    TooFar(Field),
    /// The end is before the beginning.
    Reversed(Field),
    TooLong(Field),
    /// The end of a stop, without the stop.
    UntilWithoutStop,
    /// It accepts people although intake has stopped.
    AcceptsWhileStopped,
    /// How long people wait, where nobody waits.
    WeeksWithoutList,
    /// The type of offer has no such thing: places where none are counted, times where none are given.
    NotOfThisType(Field),
}

impl Fault {
    /// The field that has to be mended.
    pub fn field(self) -> Field {
        match self {
            Self::TooMany(field)
            | Self::FreeOverTotal { field, .. }
            | Self::Past(field)
            | Self::TooFar(field)
            | Self::Reversed(field)
            | Self::TooLong(field)
            | Self::NotOfThisType(field) => field,
            Self::UntilWithoutStop => Field::IntakeStopUntil,
            Self::AcceptsWhileStopped => Field::Intake,
            Self::WeeksWithoutList => Field::WaitingWeeks,
            Self::Nothing => Field::FreeNow,
        }
    }
}

impl Statement {
    /// What a report says.
    pub fn of(report: &CapacityReport) -> Self {
        Self {
            total: report.total,
            free_now: report.free_now,
            free_from: report.free_from,
            intake: report.intake,
            waiting_list: report.waiting_list,
            waiting_weeks: report.waiting_weeks,
            intake_stop: report.intake_stop,
            intake_stop_until: report.intake_stop_until,
            only_after_assessment: report.only_after_assessment,
            rooms: report.rooms.clone(),
            for_whom: report.for_whom.clone(),
            remark: report.remark.clone(),
            times: report.times.clone(),
        }
    }

    /// What a report says, said again on this day: times that are over are left out.
    pub fn again(report: &CapacityReport, today: Date) -> Self {
        let mut statement = Self::of(report);
        statement.times.periods.retain(|period| period.until >= today);
        statement
    }

    /// The report that says this: by whom and through which channel, from when and until when. The store gives it
    /// its number.
    pub fn into_report(
        self,
        id: ReportId,
        offer: OfferId,
        (reported_by, source): (String, ReportSource),
        (reported_at, valid_until): (OffsetDateTime, OffsetDateTime),
    ) -> CapacityReport {
        CapacityReport {
            id,
            offer,
            sequence: 0,
            total: self.total,
            free_now: self.free_now,
            free_from: self.free_from,
            intake: self.intake,
            waiting_list: self.waiting_list,
            waiting_weeks: self.waiting_weeks,
            intake_stop: self.intake_stop,
            intake_stop_until: self.intake_stop_until,
            only_after_assessment: self.only_after_assessment,
            rooms: self.rooms,
            for_whom: self.for_whom,
            remark: self.remark,
            times: self.times,
            under_review: false,
            reported_by,
            source,
            reported_at,
            valid_until,
        }
    }

    /// Everything that is wrong with it as news of this day (in Berlin) about an offer; empty: it can be reported.
    pub fn faults(&self, offer: &Offer, taxonomy: &Taxonomy, today: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        match taxonomy.light_of(&offer.care_type, offer.form) {
            LightKind::Places => self.check_places(offer.places_total, &mut faults),
            LightKind::Intake | LightKind::None => self.check_intake(&mut faults),
        }
        for (field, date) in
            [(Field::FreeFrom, self.free_from), (Field::IntakeStopUntil, self.intake_stop_until)]
        {
            let Some(date) = date else { continue };
            check_date(field, date, today, &mut faults);
        }
        match self.waiting_weeks {
            Some((_, to)) if to > MOST_WEEKS => faults.push(Fault::TooMany(Field::WaitingWeeks)),
            Some((from, to)) if from > to => faults.push(Fault::Reversed(Field::WaitingWeeks)),
            Some(_) if self.waiting_list != WaitingList::Open && self.intake != Intake::Waiting => {
                faults.push(Fault::WeeksWithoutList);
            }
            _ => {}
        }
        if self.intake_stop_until.is_some() && !self.intake_stop {
            faults.push(Fault::UntilWithoutStop);
        }
        if self.intake_stop && self.intake == Intake::Accepting {
            faults.push(Fault::AcceptsWhileStopped);
        }
        for (field, text, longest) in [
            (Field::Rooms, &self.rooms, LONGEST_NOTE),
            (Field::ForWhom, &self.for_whom, LONGEST_NOTE),
            (Field::Remark, &self.remark, LONGEST_REMARK),
        ] {
            if text.as_ref().is_some_and(|text| text.chars().count() > longest) {
                faults.push(Fault::TooLong(field));
            }
        }
        let most = self.total.or(offer.places_total);
        self.check_times(TimeKind::of(&offer.care_type), most, today, &mut faults);
        if self.says_nothing() {
            faults.push(Fault::Nothing);
        }
        faults
    }

    fn says_nothing(&self) -> bool {
        let has_news = self.free_now.is_some()
            || self.free_from.is_some()
            || self.intake_stop
            || self.intake != Intake::NotSaid
            || self.waiting_list == WaitingList::Open
            || !self.times.is_empty();
        !has_news
    }

    fn check_places(&self, places_total: Option<u32>, faults: &mut Vec<Fault>) {
        if self.intake != Intake::NotSaid {
            faults.push(Fault::NotOfThisType(Field::Intake));
        }
        let counts = [(Field::Total, self.total), (Field::FreeNow, self.free_now)];
        let too_many = counts.into_iter().filter(|(_, count)| count.is_some_and(|n| n > MOST_PLACES));
        faults.extend(too_many.map(|(field, _)| Fault::TooMany(field)));
        if let (Some(free), Some(total)) = (self.free_now, self.total.or(places_total))
            && free > total
        {
            faults.push(Fault::FreeOverTotal { field: Field::FreeNow, total });
        }
    }

    fn check_intake(&self, faults: &mut Vec<Fault>) {
        for (field, count) in [(Field::Total, self.total), (Field::FreeNow, self.free_now)] {
            if count.is_some() {
                faults.push(Fault::NotOfThisType(field));
            }
        }
    }

    fn check_times(&self, kind: TimeKind, most: Option<u32>, today: Date, faults: &mut Vec<Fault>) {
        let FreeTimes { periods, weekdays } = &self.times;
        if kind != TimeKind::Stays && !periods.is_empty() {
            faults.push(Fault::NotOfThisType(Field::Period(0)));
            return;
        }
        let has_weekdays = weekdays.iter().any(Option::is_some);
        if kind != TimeKind::Weekdays && has_weekdays {
            faults.push(Fault::NotOfThisType(Field::Weekdays));
            return;
        }
        if periods.len() > FreeTimes::MOST {
            faults.push(Fault::TooMany(Field::Period(FreeTimes::MOST)));
            return;
        }
        let most = most.unwrap_or(MOST_PLACES);
        for (number, period) in periods.iter().enumerate() {
            let field = Field::Period(number);
            if period.until < period.from {
                faults.push(Fault::Reversed(field));
            }
            check_date(field, period.until, today, faults);
            if u32::from(period.places) > most {
                faults.push(Fault::FreeOverTotal { field, total: most });
            }
        }
        if weekdays.iter().flatten().any(|places| u32::from(*places) > most) {
            faults.push(Fault::FreeOverTotal { field: Field::Weekdays, total: most });
        }
    }
}

fn check_date(field: Field, date: Date, today: Date, faults: &mut Vec<Fault>) {
    if date < today {
        faults.push(Fault::Past(field));
    } else if date - today > FARTHEST {
        faults.push(Fault::TooFar(field));
    }
}
