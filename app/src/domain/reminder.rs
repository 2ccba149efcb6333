//! Reminders: when somebody is asked to report again, and when nobody is.

use time::{Date, Duration, OffsetDateTime, Weekday};

use super::{
    care_type::CareTypeSlug,
    holiday::Holidays,
    ids::{OfferId, Slug},
    now::Now,
    organization::Organization,
};

/// What a reminder says of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReminderKind {
    /// The last report ends soon.
    BeforeExpiry,
    /// It is over, and the light is grey.
    Expired,
}

impl ReminderKind {
    pub const ALL: [Self; 2] = [Self::BeforeExpiry, Self::Expired];

    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeExpiry => "before_expiry",
            Self::Expired => "expired",
        }
    }
}

/// Which reminders somebody wants. Whoever has said nothing gets all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReminderSettings {
    pub before_expiry: bool,
    pub expired: bool,
    /// The last day of a pause.
    pub paused_until: Option<Date>,
}

impl Default for ReminderSettings {
    fn default() -> Self {
        Self { before_expiry: true, expired: true, paused_until: None }
    }
}

impl ReminderSettings {
    /// Longest pause in days: whoever is away for longer stops the reminders.
    pub const LONGEST_PAUSE: i64 = 366;

    pub fn wants(self, kind: ReminderKind) -> bool {
        match kind {
            ReminderKind::BeforeExpiry => self.before_expiry,
            ReminderKind::Expired => self.expired,
        }
    }

    /// The same without one kind, or without any (`None`).
    #[must_use]
    pub fn without(self, kind: Option<ReminderKind>) -> Self {
        match kind {
            Some(ReminderKind::BeforeExpiry) => Self { before_expiry: false, ..self },
            Some(ReminderKind::Expired) => Self { expired: false, ..self },
            None => Self { before_expiry: false, expired: false, ..self },
        }
    }

    /// Whether nobody is to write on a Berlin date.
    pub fn rests_on(self, day: Date) -> bool {
        self.paused_until.is_some_and(|last| day <= last)
    }
}

/// The minute of the day in Berlin from which mails are written.
pub const FROM: u16 = 8 * 60;
/// From this minute on it is evening.
pub const UNTIL: u16 = 18 * 60;

/// Whether now is a time to write to people: by day, and on no Sunday and no holiday of the county.
pub fn may_write(now: Now) -> bool {
    now.holiday.is_none()
        && now.berlin_date.weekday() != Weekday::Sunday
        && (FROM..UNTIL).contains(&now.berlin_minute)
}

/// The next Berlin date after a day on which mails are written.
pub fn next_day(after: Date, holidays: &Holidays) -> Date {
    // No calendar has two weeks of Sundays and holidays.
    let days = (1..=14).filter_map(|ahead| after.checked_add(Duration::days(ahead)));
    let mut free = days.filter(|day| day.weekday() != Weekday::Sunday && holidays.on(*day).is_none());
    free.next().unwrap_or(after)
}

/// When a report was made, and when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportTimes {
    pub reported_at: OffsetDateTime,
    pub valid_until: OffsetDateTime,
}

/// Reports that hold so long are announced so long before they end; the first row that fits counts.
const LEADS: [(Duration, Duration); 4] = [
    (LONG, LONGEST_LEAD),
    (Duration::days(7), USUAL_LEAD),
    (Duration::days(2), Duration::hours(12)),
    (Duration::ZERO, Duration::hours(4)),
];
/// Reports that hold so long are announced earlier than a day before.
pub const LONG: Duration = Duration::days(28);
/// The longest time between an announcement and the end.
pub const LONGEST_LEAD: Duration = Duration::days(3);
/// The longest for reports that are not [`LONG`].
pub const USUAL_LEAD: Duration = Duration::days(1);
/// So long after the end somebody still hears of it; by then the county has phoned.
pub const NEWS: Duration = Duration::days(14);

/// What there is to say now about an offer whose latest report has these times. `again` is when mails are next written
/// after today: what ends before that is said today.
///
/// Nothing is announced before half of its time is over: whoever has just reported is left alone.
pub fn due(report: ReportTimes, now: OffsetDateTime, again: OffsetDateTime) -> Option<ReminderKind> {
    let ReportTimes { reported_at, valid_until } = report;
    if now >= valid_until {
        return (now < valid_until + NEWS).then_some(ReminderKind::Expired);
    }
    let holds = valid_until - reported_at;
    let lead = LEADS.iter().find(|(from, _)| holds >= *from).map_or(Duration::ZERO, |(_, lead)| *lead);
    let is_near = now >= valid_until - lead || valid_until <= again;
    (is_near && now >= reported_at + holds / 2).then_some(ReminderKind::BeforeExpiry)
}

/// An offer, as somebody is reminded of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderOffer {
    pub organization: Organization,
    pub facility: String,
    pub facility_slug: Slug,
    pub offer: OfferId,
    pub care_type: CareTypeSlug,
    pub label: Option<String>,
    /// The number of the latest report and its times; `None`: there never was one.
    pub last: Option<(i64, ReportTimes)>,
    /// They have heard of what is true now.
    pub was_told: bool,
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::domain::holiday::{Holiday, State};

    fn at(day: Date, minute: u16, holiday: Option<Holiday>) -> Now {
        Now { instant: OffsetDateTime::UNIX_EPOCH, berlin_date: day, berlin_minute: minute, holiday }
    }

    fn holds(days: i64) -> ReportTimes {
        let reported_at = datetime!(2026-07-01 10:00 UTC);
        ReportTimes { reported_at, valid_until: reported_at + Duration::days(days) }
    }

    #[test]
    fn mails_are_written_by_day_and_on_no_sunday_and_no_holiday() {
        let wednesday = date!(2026 - 07 - 01);
        for (minute, writes) in [(0, false), (479, false), (480, true), (1_079, true), (1_080, false)] {
            assert_eq!(may_write(at(wednesday, minute, None)), writes, "{minute}");
        }
        assert!(may_write(at(date!(2026 - 07 - 04), 600, None)), "a Saturday");
        assert!(!may_write(at(date!(2026 - 07 - 05), 600, None)), "a Sunday");
        assert!(!may_write(at(wednesday, 600, Some(Holiday::Unity))));
    }

    #[test]
    fn after_a_day_comes_the_next_one_that_is_no_sunday_and_no_holiday() {
        let saarland = Holidays { state: Some(State::Saarland), also: Vec::new() };
        for (day, next) in [
            (date!(2026 - 07 - 01), date!(2026 - 07 - 02)),
            (date!(2026 - 07 - 04), date!(2026 - 07 - 06)),
            // Good Friday, a Saturday, Easter Sunday and Monday.
            (date!(2026 - 04 - 02), date!(2026 - 04 - 04)),
            (date!(2026 - 04 - 04), date!(2026 - 04 - 07)),
            // Christmas 2026 is a Friday.
            (date!(2026 - 12 - 24), date!(2026 - 12 - 28)),
        ] {
            assert_eq!(next_day(day, &saarland), next, "{day}");
        }
    }

    #[test]
    fn a_report_is_announced_the_longer_before_its_end_the_longer_it_holds() {
        for (days, lead) in [(1, 4), (2, 12), (6, 12), (7, 24), (14, 24), (27, 24), (28, 72), (60, 72)] {
            let report = holds(days);
            let start = report.valid_until - Duration::hours(lead);
            // Mails are written at any moment.
            let due = |now| due(report, now, now);
            assert_eq!(due(start - Duration::SECOND), None, "{days}");
            assert_eq!(due(start), Some(ReminderKind::BeforeExpiry), "{days}");
            assert_eq!(due(report.valid_until - Duration::SECOND), Some(ReminderKind::BeforeExpiry));
            assert_eq!(due(report.valid_until), Some(ReminderKind::Expired));
            assert_eq!(due(report.valid_until + NEWS - Duration::SECOND), Some(ReminderKind::Expired));
            assert_eq!(due(report.valid_until + NEWS), None);
            assert!(lead <= LONGEST_LEAD.whole_hours());
            assert!(report.valid_until - report.reported_at >= LONG || lead <= USUAL_LEAD.whole_hours());
        }
    }

    #[test]
    fn what_ends_before_mails_are_written_again_is_said_before() {
        let report = holds(7);
        let morning = report.valid_until - Duration::days(2);
        assert_eq!(due(report, morning, report.valid_until - Duration::SECOND), None);
        assert_eq!(due(report, morning, report.valid_until), Some(ReminderKind::BeforeExpiry));
    }

    #[test]
    fn whoever_has_just_reported_is_left_alone() {
        let report = holds(2);
        let monday = report.valid_until + Duration::days(1);
        let half = report.reported_at + Duration::days(1);
        assert_eq!(due(report, half - Duration::SECOND, monday), None);
        assert_eq!(due(report, half, monday), Some(ReminderKind::BeforeExpiry));
    }

    #[test]
    fn somebody_wants_what_they_have_not_refused_and_nothing_during_a_pause() {
        let all = ReminderSettings::default();
        assert!(ReminderKind::ALL.into_iter().all(|kind| all.wants(kind)));
        for kind in ReminderKind::ALL {
            let fewer = all.without(Some(kind));
            assert!(ReminderKind::ALL.into_iter().all(|other| fewer.wants(other) == (other != kind)));
            assert!(!all.without(None).wants(kind));
        }
        let last = date!(2026 - 08 - 14);
        let paused = ReminderSettings { paused_until: Some(last), ..all };
        assert!(paused.rests_on(last) && !all.rests_on(last));
        assert!(!paused.rests_on(date!(2026 - 08 - 15)));
    }
}
