//! What an offer said over time: which light it showed when, and for how long anybody could rely on it.

use time::{Date, Duration, OffsetDateTime, Time};

use super::{Availability, CapacityReport};
use crate::domain::{care_type::LightKind, now::Now};

/// A stretch of time, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: OffsetDateTime,
    pub until: OffsetDateTime,
}

impl Window {
    /// How far back a history goes, in days of 24 hours.
    pub const DAYS: i64 = 90;

    /// The last ninety days.
    pub fn before(instant: OffsetDateTime) -> Self {
        Self { from: instant - Duration::days(Self::DAYS), until: instant }
    }
}

/// For how much of a time a valid report was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub covered: Duration,
    pub of: Duration,
}

impl Share {
    /// The share of a time that these reports of one offer cover, exactly. A report counts from its own moment until
    /// it is over or another takes its place, as the light does: time that two of them name counts once.
    pub fn of(reports: &[CapacityReport], window: Window) -> Self {
        let valid = in_force(reports, window).into_iter().filter_map(|stretch| {
            let report = &reports[stretch.report?];
            Some((stretch.until.min(report.valid_until) - stretch.from).max(Duration::ZERO))
        });
        Self { covered: valid.sum(), of: window.until - window.from }
    }

    /// Whole days of 24 hours that are covered, rounded down.
    pub fn days(self) -> i64 {
        self.covered.whole_days()
    }

    /// In hundredths, rounded: 100 only where nothing is missing, 0 only where nothing is there.
    pub fn percent(self) -> u8 {
        let (covered, of) = (self.covered.whole_microseconds(), self.of.whole_microseconds());
        if covered <= 0 || of <= 0 {
            return 0;
        }
        if covered >= of {
            return 100;
        }
        u8::try_from((covered * 100 + of / 2) / of).unwrap_or(99).clamp(1, 99)
    }
}

/// A stretch of time in which an offer showed one and the same light.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub from: OffsetDateTime,
    pub until: OffsetDateTime,
    /// The place of the report it came from, among those that were given; `None`: there was none yet.
    pub report: Option<usize>,
    pub availability: Availability,
}

/// The light that an offer showed at each moment of a time, from the oldest to the newest. `date_at` says the date in
/// Berlin of an instant: what was announced for a date becomes due there at midnight.
pub fn spans(
    kind: LightKind,
    reports: &[CapacityReport],
    window: Window,
    date_at: impl Fn(OffsetDateTime) -> Date,
) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for Stretch { from, until, report } in in_force(reports, window) {
        let mut cuts = vec![from, until];
        if let Some(report) = report.map(|at| &reports[at]) {
            cuts.push(report.valid_until);
            let due = [report.free_from, report.intake_stop_until.and_then(Date::next_day)];
            cuts.extend(due.into_iter().flatten().filter_map(|date| midnight(date, &date_at)));
        }
        cuts.retain(|cut| (from..=until).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let now =
                Now { instant: pair[0], berlin_date: date_at(pair[0]), berlin_minute: 0, holiday: None };
            let Some(availability) = Availability::of(kind, report.map(|at| &reports[at]), now) else {
                return Vec::new();
            };
            match all.last_mut() {
                // A date came and changed nothing.
                Some(last) if last.report == report && last.availability == availability => {
                    last.until = pair[1];
                }
                _ => all.push(Span { from: pair[0], until: pair[1], report, availability }),
            }
        }
    }
    all
}

/// A stretch of time in which one report was the latest.
struct Stretch {
    from: OffsetDateTime,
    until: OffsetDateTime,
    report: Option<usize>,
}

/// Which report was the latest when: of those made until then, the one with the highest number. All of the window is
/// covered, without a gap.
fn in_force(reports: &[CapacityReport], window: Window) -> Vec<Stretch> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_unstable_by_key(|at| (reports[*at].reported_at, reports[*at].sequence));
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut from, mut report) = (window.from, None::<usize>);
    for at in order {
        if report.is_some_and(|latest| reports[latest].sequence > reports[at].sequence) {
            continue;
        }
        let begins = reports[at].reported_at;
        if begins >= window.until {
            break;
        }
        if begins > from {
            stretches.push(Stretch { from, until: begins, report });
            from = begins;
        }
        report = Some(at);
    }
    if from < window.until {
        stretches.push(Stretch { from, until: window.until, report });
    }
    stretches
}

/// When a date begins in Berlin, which is one or two hours ahead of UTC. Its clocks never change at midnight.
fn midnight(date: Date, date_at: &impl Fn(OffsetDateTime) -> Date) -> Option<OffsetDateTime> {
    let there = date.with_time(Time::MIDNIGHT).assume_utc();
    [2, 1].into_iter().find_map(|hours| {
        let instant = there.checked_sub(Duration::hours(hours))?;
        (date_at(instant) == date).then_some(instant)
    })
}

#[cfg(test)]
mod tests;
