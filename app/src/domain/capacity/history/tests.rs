use proptest::prelude::*;
use time::macros::{date, datetime};

use super::*;
use crate::domain::capacity::{FreeTimes, Intake, Light, LightReason, ReportSource, WaitingList};
use crate::domain::ids::{OfferId, ReportId};
use uuid::Uuid;

const END: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// A report of free places by its number, that holds from and until so many hours before [`END`].
fn report(sequence: i64, free: u32, from: i64, until: i64) -> CapacityReport {
    CapacityReport {
        id: ReportId(Uuid::nil()),
        offer: OfferId(Uuid::nil()),
        sequence,
        total: None,
        free_now: Some(free),
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
        under_review: false,
        reported_by: "Büro".to_owned(),
        source: ReportSource::Provider,
        reported_at: END - Duration::hours(from),
        valid_until: END - Duration::hours(until),
    }
}

/// Berlin as it is, said once more and in another way: clocks change at the two moments of that year.
fn berlin(instant: OffsetDateTime) -> Date {
    let summer = datetime!(2026-03-29 01:00 UTC) <= instant && instant < datetime!(2026-10-25 01:00 UTC);
    (instant + Duration::hours(if summer { 2 } else { 1 })).date()
}

/// The light at a moment, without any of the code above: the newest report that was there by then.
fn light_at(reports: &[CapacityReport], instant: OffsetDateTime) -> (Option<i64>, LightReason) {
    let newest =
        reports.iter().filter(|report| report.reported_at <= instant).max_by_key(|report| report.sequence);
    let now = Now { instant, berlin_date: berlin(instant), berlin_minute: 0, holiday: None };
    let light = Availability::of(LightKind::Places, newest, now).expect("a light");
    (newest.map(|report| report.sequence), light.reason)
}

fn any_reports() -> impl Strategy<Value = Vec<CapacityReport>> {
    let any = (0_i64..120 * 24, 1_i64..30 * 24, 0_u32..2, prop::option::of(-40_i64..40), any::<bool>());
    prop::collection::vec(any, 0..12).prop_map(|all| {
        let with = |(at, (ago, hours, free, date, stops)): (usize, (i64, i64, u32, Option<i64>, bool))| {
            let mut report = report(i64::try_from(at).expect("few"), free, ago, ago - hours);
            let date = date.map(|days| END.date() - Duration::days(40 - days));
            if stops {
                (report.intake_stop, report.intake_stop_until) = (true, date);
            } else {
                report.free_from = date;
            }
            report
        };
        all.into_iter().enumerate().map(with).collect()
    })
}

proptest! {
    #[test]
    fn the_share_is_that_of_hours_in_which_a_light_was_known(reports in any_reports()) {
        let window = Window::before(END);
        let hours = (0..Window::DAYS * 24).filter(|hour| {
            // Everything begins and ends at full hours: half past stands for the whole.
            let instant = window.from + Duration::hours(*hour) + Duration::minutes(30);
            let newest = reports.iter().filter(|own| own.reported_at <= instant).max_by_key(|own| own.sequence);
            newest.is_some_and(|own| instant < own.valid_until)
        });
        let share = Share::of(&reports, window);
        prop_assert_eq!(share.covered, Duration::hours(i64::try_from(hours.count()).expect("few")));
        prop_assert_eq!(share.of, Duration::hours(90 * 24));
    }

    #[test]
    fn each_span_shows_the_light_of_each_of_its_moments_and_none_is_missing(reports in any_reports()) {
        let window = Window::before(END);
        let spans = spans(LightKind::Places, &reports, window, berlin);
        prop_assert_eq!(spans.first().map(|span| span.from), Some(window.from));
        prop_assert_eq!(spans.last().map(|span| span.until), Some(window.until));
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].until, pair[1].from);
        }
        for span in &spans {
            let number = span.report.map(|at| reports[at].sequence);
            let (length, second) = (span.until - span.from, Duration::seconds(1));
            for instant in [span.from, span.from + length / 2, span.until - second] {
                prop_assert_eq!((number, span.availability.reason), light_at(&reports, instant), "{}", instant);
            }
        }
    }
}

#[test]
fn a_later_report_takes_the_place_of_an_earlier_one_and_time_counts_once() {
    let window = Window::before(END);
    let share = |reports: &[CapacityReport]| Share::of(reports, window).covered.whole_hours();
    assert_eq!(share(&[]), 0);
    // 100 hours, of which 40 are named twice.
    assert_eq!(share(&[report(1, 1, 200, 140), report(2, 1, 180, 100)]), 100);
    // The second one was shorter: the first does not come back.
    assert_eq!(share(&[report(1, 1, 200, 100), report(2, 1, 180, 170)]), 30);
    // One from before, one that begins now.
    assert_eq!(share(&[report(1, 1, 3_000, 90 * 24 - 5), report(2, 1, 0, -9)]), 5);
    let whole = Share::of(&[report(1, 1, 3_000, -1)], window);
    assert_eq!((whole.percent(), whole.days()), (100, 90));
}

#[test]
fn a_share_is_never_rounded_to_all_or_nothing() {
    let percent = |covered: Duration| Share { covered, of: Duration::days(90) }.percent();
    assert_eq!(percent(Duration::ZERO), 0);
    assert_eq!(percent(Duration::SECOND), 1);
    assert_eq!(percent(Duration::days(71)), 79);
    assert_eq!(percent(Duration::days(90) - Duration::SECOND), 99);
    assert_eq!(percent(Duration::days(90)), 100);
}

#[test]
fn a_stop_ends_at_midnight_in_berlin_and_a_report_at_its_second() {
    let mut stopped = report(1, 2, 48, 0);
    (stopped.intake_stop, stopped.intake_stop_until) = (true, Some(date!(2026 - 11 - 18)));
    let spans = spans(LightKind::Places, &[stopped], Window::before(END), berlin);
    let told: Vec<_> = spans.iter().map(|span| (span.until, span.availability.light)).collect();
    assert_eq!(
        told,
        [
            (END - Duration::hours(48), Light::Unknown),
            (datetime!(2026-11-18 23:00 UTC), Light::Full),
            (END, Light::Unknown),
        ]
    );
}

#[test]
fn what_has_no_light_has_no_history() {
    assert_eq!(spans(LightKind::None, &[report(1, 1, 48, 0)], Window::before(END), berlin), []);
}
