//! Whether what somebody says about an offer stands.

use std::collections::{HashMap, HashSet};

use app::{
    backend::access::CapacityReporter,
    domain::{
        capacity::{CapacityReport, Fault, Statement},
        care_type::Taxonomy,
        ids::{OfferId, ReportId},
        now::Now,
        offer::Offer,
    },
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Reported, Said, Seen};
use crate::clock;

/// How many days a report of an offer holds.
pub(super) fn days_of(offer: &Offer, own: &HashMap<OfferId, u16>, taxonomy: &Taxonomy) -> u16 {
    let of_type = || taxonomy.find(offer.care_type.as_str()).and_then(|own| own.valid_days);
    own.get(&offer.id).copied().or_else(of_type).unwrap_or(1)
}

/// Instants as the store keeps them.
pub(super) fn whole_microseconds(instant: OffsetDateTime) -> OffsetDateTime {
    instant.replace_nanosecond(instant.nanosecond() / 1_000 * 1_000).unwrap_or(instant)
}

pub(super) enum Weighed {
    Stands(Box<Reported>),
    Conflict,
    Outdated,
    Faults(Vec<Fault>),
}

/// Who speaks, and when.
pub(super) struct Moment<'a> {
    pub reporter: &'a CapacityReporter,
    pub taxonomy: &'a Taxonomy,
    /// Offers whose latest report says the same as the one that somebody saw and calls unchanged.
    pub agreeing: HashSet<OfferId>,
    pub now: Now,
}

impl Moment<'_> {
    pub fn weigh(&self, offer: &Offer, seen: Seen, said: Said, own_days: &HashMap<OfferId, u16>) -> Weighed {
        let latest = offer.latest_report.as_ref();
        let today = self.now.berlin_date;
        // "Unchanged" says what was seen: whether that is what stands, its report has to tell.
        let is_same = said == Said::Same;
        let statement = match said {
            Said::New(statement) => statement,
            Said::Same => match latest {
                Some(report) => Statement::again(report, today),
                None => return Weighed::Faults(vec![Fault::Nothing]),
            },
        };
        let says_again = |report: &CapacityReport| {
            if is_same { self.agreeing.contains(&offer.id) } else { Statement::of(report) == statement }
        };
        if let Seen::Report(seen) = seen
            && seen != latest.map(|report| report.sequence)
        {
            return match latest {
                // The same form, sent twice.
                Some(report) if says_again(report) && report.reported_by == self.reporter.by() => {
                    Weighed::Stands(Box::new(Reported { report: report.clone(), is_new: false }))
                }
                _ => Weighed::Conflict,
            };
        }
        if let Seen::At(seen) = seen
            && latest.is_some_and(|report| seen < report.reported_at)
        {
            return Weighed::Outdated;
        }
        let faults = statement.faults(offer, self.taxonomy, today);
        if !faults.is_empty() {
            return Weighed::Faults(faults);
        }
        let reported_at = whole_microseconds(self.now.instant);
        let valid_until = clock::days_later(reported_at, days_of(offer, own_days, self.taxonomy));
        Weighed::Stands(Box::new(Reported {
            report: statement.into_report(
                ReportId(Uuid::now_v7()),
                offer.id,
                (self.reporter.by().to_owned(), self.reporter.source()),
                (reported_at, valid_until),
            ),
            is_new: true,
        }))
    }
}
