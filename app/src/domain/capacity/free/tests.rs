use proptest::prelude::*;
use time::{Duration, macros::date, macros::datetime};
use uuid::Uuid;

use super::*;
use crate::domain::{
    capacity::{Availability, Intake, Light, ReportSource, WaitingList},
    care_type::LightKind,
    ids::{OfferId, ReportId},
};

const TODAY: Date = date!(2026 - 07 - 01);

fn now() -> Now {
    Now { instant: datetime!(2026-07-01 10:00 UTC), berlin_date: TODAY, berlin_minute: 720, holiday: None }
}

fn day(number: i64) -> Date {
    TODAY + Duration::days(number)
}

fn period(from: i64, until: i64, places: u16) -> FreePeriod {
    FreePeriod { from: day(from), until: day(until), places }
}

fn stretch(from: i64, until: i64) -> Stretch {
    Stretch { from: day(from), until: day(until) }
}

fn report(times: FreeTimes) -> CapacityReport {
    CapacityReport {
        id: ReportId(Uuid::nil()),
        offer: OfferId(Uuid::nil()),
        sequence: 1,
        total: Some(20),
        free_now: Some(0),
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
        times,
        under_review: false,
        reported_by: "Büro".to_owned(),
        source: ReportSource::Provider,
        reported_at: now().instant - Duration::days(1),
        valid_until: now().instant + Duration::seconds(1),
    }
}

fn stays(periods: &[FreePeriod]) -> FreeTimes {
    FreeTimes { periods: periods.to_vec(), ..FreeTimes::default() }
}

#[test]
fn periods_that_join_cover_a_stretch_together_and_a_gap_breaks_it() {
    let joined = stays(&[period(33, 40, 1), period(41, 50, 2)]);
    assert!(joined.covers(stretch(33, 50)) && joined.covers(stretch(40, 41)));
    assert!(!joined.covers(stretch(32, 40)) && !joined.covers(stretch(41, 51)));
    let gap = stays(&[period(33, 40, 1), period(42, 50, 2)]);
    assert!(!gap.covers(stretch(40, 42)));
    assert!(!stays(&[period(33, 40, 0)]).covers(stretch(35, 36)), "no place is no free place");
    assert!(!joined.covers(stretch(40, 35)), "a stretch that ends before it begins is none");
}

#[test]
fn the_end_of_the_calendar_is_no_trap() {
    let for_ever = FreePeriod { from: Date::MIN, until: Date::MAX, places: 1 };
    assert!(stays(&[for_ever]).covers(Stretch { from: Date::MIN, until: Date::MAX }));
}

#[test]
fn two_dates_are_read_as_days_from_today_on() {
    let (early, late) = (day(-5), day(9));
    for (from, until, asked) in [
        (None, None, None),
        (Some(late), None, Some(stretch(9, 9))),
        (None, Some(late), Some(stretch(0, 9))),
        (Some(early), Some(late), Some(stretch(0, 9))),
        (Some(early), None, Some(stretch(-5, -5))),
        (None, Some(early), Some(stretch(-5, -5))),
    ] {
        assert_eq!(Stretch::asked(from, until, TODAY), asked);
    }
    assert!(stretch(-5, -5).is_over(TODAY) && !stretch(0, 0).is_over(TODAY));
}

#[test]
fn times_end_with_the_report() {
    let mut weekdays = [None; 7];
    weekdays[2] = Some(1);
    let report = report(FreeTimes { periods: vec![period(0, 20, 1)], weekdays });
    let mut later = now();
    assert!(report.is_free_over(stretch(3, 5), later) && report.weekday_bits(later) == 0b100);
    later.instant += Duration::seconds(1);
    assert!(!report.is_free_over(stretch(3, 5), later));
    assert_eq!((report.weekday_bits(later), report.times_at(later)), (0, FreeTimes::default()));
    let shown = Availability::of(LightKind::Places, Some(&report), later).expect("a light");
    assert_eq!((shown.light, shown.times), (Light::Unknown, FreeTimes::default()));
    assert!(!report.is_newer_than(later.instant - Duration::days(7), later));
    assert!(report.is_newer_than(now().instant - Duration::days(1), now()));
    assert!(!report.is_newer_than(now().instant - Duration::hours(23), now()));
}

#[test]
fn what_is_over_is_not_free() {
    let report = report(stays(&[period(-30, 30, 1)]));
    assert!(!report.is_free_over(stretch(-5, -1), now()));
    assert_eq!(report.times_at(now()).periods, [period(0, 30, 1)]);
}

proptest! {
    #[test]
    fn a_stretch_is_covered_if_every_day_of_it_is(
        periods in proptest::collection::vec((-10..40i64, -3..15i64, 0..3u16), 0..8),
        from in -12..45i64,
        length in -2..30i64,
    ) {
        let periods: Vec<_> = periods.into_iter().map(|(from, days, places)| period(from, from + days, places)).collect();
        let is_free = |number: i64| periods.iter().any(|p| p.places > 0 && p.from <= day(number) && day(number) <= p.until);
        let expected = length >= 0 && (from..=from + length).all(is_free);
        prop_assert_eq!(stays(&periods).covers(stretch(from, from + length)), expected);
    }

    #[test]
    fn what_is_shown_is_what_the_filters_find(
        periods in proptest::collection::vec((-10..40i64, 0..15i64, 0..3u16), 0..6),
        weekdays in proptest::array::uniform7(proptest::option::of(0..3u16)),
        stop in proptest::option::of(proptest::option::of(-5..30i64)),
        from in 0..40i64,
        length in 0..20i64,
        valid in any::<bool>(),
    ) {
        let periods: Vec<_> = periods.into_iter().map(|(from, days, places)| period(from, from + days, places)).collect();
        let mut report = report(FreeTimes { periods: periods.clone(), weekdays });
        report.intake_stop = stop.is_some();
        report.intake_stop_until = stop.flatten().map(day);
        if !valid {
            report.valid_until = now().instant;
        }
        let asked = stretch(from, from + length);
        // Day by day, as the rule says it.
        let stopped = |number: i64| match stop {
            None => false,
            Some(None) => true,
            Some(Some(until)) => number <= until,
        };
        let is_free = |number: i64| valid && !stopped(number)
            && periods.iter().any(|p| p.places > 0 && p.from <= day(number) && day(number) <= p.until);
        let expected = (from..=from + length).all(is_free);
        prop_assert_eq!(report.is_free_over(asked, now()), expected);
        let shown = report.times_at(now());
        prop_assert_eq!(shown.covers(asked), expected);
        for weekday in WEEK {
            let is_free = valid && !stopped(0) && report.times.on(weekday).unwrap_or(0) > 0;
            prop_assert_eq!(report.weekday_bits(now()) & weekday_bit(weekday) != 0, is_free);
            prop_assert_eq!(shown.free_weekdays().any(|shown| shown == weekday), is_free);
        }
    }

    #[test]
    fn the_light_alone_is_that_of_the_whole_availability(
        free in proptest::option::of(0..3u32),
        stop in any::<bool>(),
        valid in any::<bool>(),
        kind in 0..3usize,
    ) {
        let mut report = report(FreeTimes::default());
        (report.free_now, report.intake_stop) = (free, stop);
        if !valid {
            report.valid_until = now().instant;
        }
        let kind = LightKind::ALL[kind];
        for latest in [None, Some(&report)] {
            let whole = Availability::of(kind, latest, now()).map(|shown| shown.light);
            prop_assert_eq!(Availability::light_of(kind, latest, now()), whole);
        }
    }
}
