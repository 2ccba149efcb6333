//! "Unverändert": what a report says, said once more.

use time::{Date, Duration};

use super::{Availability, CapacityReport, Fault, Field, Light, LightReason, Statement};
use crate::domain::{care_type::Taxonomy, now::Now, offer::Offer};

/// Why nobody can say that nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAgain {
    NeverReported,
    /// The day that was announced has come: somebody has to say what it brought.
    Over(Date),
    /// What was said then would not be taken today, or says nothing a light could be read from.
    Unclear,
}

impl Statement {
    /// What "unverändert" says of an offer now, with the light that it would have.
    ///
    /// # Errors
    /// Why it has to be said anew.
    pub fn unchanged(offer: &Offer, taxonomy: &Taxonomy, now: Now) -> Result<(Self, Availability), NotAgain> {
        let report = offer.latest_report.as_ref().ok_or(NotAgain::NeverReported)?;
        let statement = Self::again(report, now.berlin_date);
        let faults = statement.faults(offer, taxonomy, now.berlin_date);
        let over = faults.iter().find_map(|fault| match fault {
            Fault::Past(Field::FreeFrom) => statement.free_from,
            Fault::Past(Field::IntakeStopUntil) => statement.intake_stop_until,
            _ => None,
        });
        if !faults.is_empty() {
            return Err(over.map_or(NotAgain::Unclear, NotAgain::Over));
        }
        let still = CapacityReport {
            times: statement.times.clone(),
            valid_until: now.instant + Duration::DAY,
            ..report.clone()
        };
        let kind = taxonomy.light_of(&offer.care_type, offer.form);
        let light = Availability::of(kind, Some(&still), now).ok_or(NotAgain::Unclear)?;
        match light.reason {
            LightReason::AnnouncedNotConfirmed { date } => Err(NotAgain::Over(date)),
            _ if light.light == Light::Unknown => Err(NotAgain::Unclear),
            _ => Ok((statement, light)),
        }
    }

    /// What a form shows first: what is still true of a report. Days that are over are left out.
    pub fn to_mend(report: &CapacityReport, today: Date) -> Self {
        let mut statement = Self::again(report, today);
        let none_free = statement.free_now.unwrap_or(0) == 0;
        let is_over = |day: Date| day < today || day == today && none_free;
        statement.free_from = statement.free_from.filter(|day| !is_over(*day));
        if statement.intake_stop_until.is_some_and(|until| until < today) {
            (statement.intake_stop, statement.intake_stop_until) = (false, None);
        }
        statement
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            capacity::{FreePeriod, Intake},
            care_type::CareTypeSlug,
            ids::ReportId,
        },
        testing::NOW,
    };
    use uuid::Uuid;

    fn said(statement: Statement) -> Offer {
        let mut offer = crate::testing::offer(1, "hospiz");
        offer.care_type = CareTypeSlug::parse("kurzzeitpflege").expect("a slug");
        let source = ("Büro".to_owned(), crate::domain::capacity::ReportSource::Provider);
        // Expired since yesterday: it can be confirmed all the same.
        let when = (NOW.instant - Duration::days(4), NOW.instant - Duration::days(1));
        offer.latest_report = Some(statement.into_report(ReportId(Uuid::nil()), offer.id, source, when));
        offer
    }

    fn again(statement: Statement) -> Result<(Statement, Availability), NotAgain> {
        Statement::unchanged(&said(statement), &Taxonomy::builtin(), NOW)
    }

    #[test]
    fn what_was_said_can_be_said_again_after_it_has_expired() {
        let free = Statement { free_now: Some(2), ..Statement::default() };
        let (statement, light) = again(free.clone()).expect("the same");
        assert_eq!((statement, light.reason), (free, LightReason::FreePlaces(2)));
    }

    #[test]
    fn a_day_that_has_come_cannot_be_announced_again() {
        let today = NOW.berlin_date;
        let yesterday = today.previous_day().expect("a day");
        let from = |day, free| {
            again(Statement { free_from: Some(day), free_now: free, ..Statement::default() }).map(drop)
        };
        assert_eq!(from(yesterday, Some(0)), Err(NotAgain::Over(yesterday)));
        assert_eq!(from(yesterday, Some(1)), Err(NotAgain::Over(yesterday)));
        assert_eq!(from(today, None), Err(NotAgain::Over(today)));
        assert_eq!(from(today.next_day().expect("a day"), None), Ok(()));
        let stop =
            Statement { intake_stop: true, intake_stop_until: Some(yesterday), ..Statement::default() };
        assert_eq!(again(stop.clone()).map(drop), Err(NotAgain::Over(yesterday)));
        let report = said(stop).latest_report.expect("a report");
        assert_eq!(Statement::to_mend(&report, today), Statement::default());
    }

    #[test]
    fn what_says_nothing_any_more_is_said_anew() {
        let never = Offer { latest_report: None, ..said(Statement::default()) };
        let answer = Statement::unchanged(&never, &Taxonomy::builtin(), NOW).map(drop);
        assert_eq!(answer, Err(NotAgain::NeverReported));
        let mut times = Statement::default();
        let day = NOW.berlin_date.previous_day().expect("a day");
        times.times.periods = vec![FreePeriod { from: day, until: day, places: 1 }];
        assert_eq!(again(times).map(drop), Err(NotAgain::Unclear));
        let wrong = Statement { intake: Intake::Accepting, ..Statement::default() };
        assert_eq!(again(wrong).map(drop), Err(NotAgain::Unclear));
    }
}
