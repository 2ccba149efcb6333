use super::*;
use proptest::prelude::*;
use time::macros::{date, datetime};
use uuid::Uuid;

fn now() -> Now {
    Now {
        instant: datetime!(2026-07-01 10:00 UTC),
        berlin_date: date!(2026 - 07 - 01),
        berlin_minute: 720,
        holiday: None,
    }
}

fn report() -> CapacityReport {
    CapacityReport {
        id: ReportId(Uuid::nil()),
        offer: OfferId(Uuid::nil()),
        sequence: 1,
        total: Some(40),
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
        under_review: false,
        reported_by: "Büro".to_owned(),
        source: ReportSource::Provider,
        reported_at: datetime!(2026-06-29 10:00 UTC),
        valid_until: datetime!(2026-07-06 10:00 UTC),
    }
}

fn light(report: &CapacityReport) -> (Light, LightReason) {
    let availability = Availability::of(LightKind::Places, Some(report), now()).expect("a light");
    (availability.light, availability.reason)
}

#[test]
fn an_offer_without_a_light_has_no_availability() {
    assert_eq!(Availability::of(LightKind::None, Some(&report()), now()), None);
}

#[test]
fn an_offer_that_never_reported_is_unknown() {
    let availability = Availability::of(LightKind::Places, None, now()).expect("a light");
    assert_eq!((availability.light, availability.reason), (Light::Unknown, LightReason::NeverReported));
    assert_eq!(availability.reported_at, None);
}

#[test]
fn an_expired_green_report_shows_as_unknown_without_numbers() {
    let mut green = report();
    green.free_now = Some(3);
    for (instant, expected) in [
        (datetime!(2026-07-06 9:59:59 UTC), Light::Free),
        (datetime!(2026-07-06 10:00:00 UTC), Light::Unknown),
        (datetime!(2026-07-06 10:00:01 UTC), Light::Unknown),
    ] {
        let at = Now { instant, ..now() };
        let availability = Availability::of(LightKind::Places, Some(&green), at).expect("a light");
        assert_eq!(availability.light, expected, "{instant}");
        let shown = (availability.free_now, availability.total);
        assert_eq!(shown, if expected == Light::Free { (Some(3), Some(40)) } else { (None, None) });
        assert_eq!(availability.reported_at, Some(green.reported_at));
    }
}

#[test]
fn an_intake_stop_beats_free_places_until_its_last_day_is_over() {
    let mut stopped = report();
    stopped.free_now = Some(2);
    stopped.intake_stop = true;
    assert_eq!(light(&stopped).0, Light::Full);
    stopped.intake_stop_until = Some(date!(2026 - 07 - 01));
    assert_eq!(light(&stopped).0, Light::Full);
    stopped.intake_stop_until = Some(date!(2026 - 06 - 30));
    assert_eq!(
        light(&stopped),
        (Light::Unknown, LightReason::AnnouncedNotConfirmed { date: date!(2026 - 06 - 30) })
    );
}

#[test]
fn an_announced_place_turns_grey_on_its_day_unless_a_place_is_free() {
    let mut announced = report();
    announced.free_from = Some(date!(2026 - 07 - 02));
    assert_eq!(light(&announced), (Light::WaitingList, LightReason::FreeFrom(date!(2026 - 07 - 02))));
    announced.free_from = Some(date!(2026 - 07 - 01));
    assert_eq!(light(&announced).0, Light::Unknown);
    announced.free_now = Some(1);
    assert_eq!(light(&announced), (Light::Free, LightReason::FreePlaces(1)));
}

#[test]
fn free_places_and_accepting_are_green() {
    let mut free = report();
    free.free_now = Some(3);
    assert_eq!(light(&free), (Light::Free, LightReason::FreePlaces(3)));
    let mut accepting = report();
    accepting.intake = Intake::Accepting;
    assert_eq!(light(&accepting), (Light::Free, LightReason::Accepting));
}

#[test]
fn a_waiting_list_is_yellow_even_with_no_place_free() {
    let mut waiting = report();
    waiting.free_now = Some(0);
    waiting.waiting_list = WaitingList::Open;
    waiting.waiting_weeks = Some((4, 6));
    assert_eq!(light(&waiting), (Light::WaitingList, LightReason::WaitingList { weeks: Some((4, 6)) }));
}

#[test]
fn no_place_or_stopped_is_red_and_silence_is_grey() {
    let mut full = report();
    full.free_now = Some(0);
    assert_eq!(light(&full), (Light::Full, LightReason::Occupied));
    let mut stopped = report();
    stopped.intake = Intake::Stopped;
    assert_eq!(light(&stopped), (Light::Full, LightReason::Stopped));
    assert_eq!(light(&report()), (Light::Unknown, LightReason::NotSaid));
}

#[test]
fn an_assessment_changes_no_colour() {
    let mut free = report();
    free.free_now = Some(3);
    free.only_after_assessment = true;
    let availability = Availability::of(LightKind::Places, Some(&free), now()).expect("a light");
    assert_eq!((availability.light, availability.only_after_assessment), (Light::Free, true));
}

fn any_date() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of((0..20i64).prop_map(|days| date!(2026 - 06 - 21) + time::Duration::days(days)))
}

prop_compose! {
    fn any_report()(
        free_now in proptest::option::of(0u32..5),
        free_from in any_date(),
        until in any_date(),
        stop in any::<bool>(),
        intake in prop_oneof![Just(Intake::Accepting), Just(Intake::Waiting), Just(Intake::Stopped), Just(Intake::NotSaid)],
        list in prop_oneof![Just(WaitingList::Open), Just(WaitingList::Closed), Just(WaitingList::None), Just(WaitingList::NotSaid)],
        valid_hours in -200i64..200,
    ) -> CapacityReport {
        let mut report = report();
        report.free_now = free_now;
        report.free_from = free_from;
        report.intake_stop = stop;
        report.intake_stop_until = until;
        report.intake = intake;
        report.waiting_list = list;
        report.valid_until = now().instant + time::Duration::hours(valid_hours);
        report
    }
}

/// The rule written a second time, as the table reads, row by row.
fn by_the_table(r: &CapacityReport, now: Now) -> Light {
    let today = now.berlin_date;
    let none_free = r.free_now.is_none_or(|n| n == 0);
    let rows = [
        (now.instant >= r.valid_until, Light::Unknown),
        (r.intake_stop && r.intake_stop_until.is_none_or(|d| d >= today), Light::Full),
        (r.intake_stop && r.intake_stop_until.is_some_and(|d| d < today), Light::Unknown),
        (r.free_from.is_some_and(|d| d <= today) && none_free, Light::Unknown),
        (r.free_now.is_some_and(|n| n >= 1) || r.intake == Intake::Accepting, Light::Free),
        (
            r.waiting_list == WaitingList::Open
                || r.intake == Intake::Waiting
                || r.free_from.is_some_and(|d| d > today),
            Light::WaitingList,
        ),
        (r.free_now == Some(0) || r.intake == Intake::Stopped, Light::Full),
    ];
    rows.into_iter().find(|row| row.0).map_or(Light::Unknown, |row| row.1)
}

proptest! {
    #[test]
    fn the_light_follows_the_table(report in any_report()) {
        let availability = Availability::of(LightKind::Places, Some(&report), now()).expect("a light");
        prop_assert_eq!(availability.light, by_the_table(&report, now()));
    }

    #[test]
    fn numbers_are_shown_only_while_a_report_is_valid(report in any_report()) {
        let availability = Availability::of(LightKind::Places, Some(&report), now()).expect("a light");
        let valid = now().instant < report.valid_until;
        prop_assert_eq!(availability.total.is_some(), valid);
        prop_assert!(valid || availability.free_now.is_none());
    }
}

#[test]
fn what_a_report_says_beside_its_number_ends_with_it() {
    let mut said = report();
    (said.rooms, said.for_whom) = (Some("Zweibettzimmer".to_owned()), Some("nur Frauen".to_owned()));
    said.remark = Some("Bitte rufen Sie an.".to_owned());
    let notes = |instant| {
        let at = Now { instant, ..now() };
        Availability::of(LightKind::Places, Some(&said), at).expect("a light").notes
    };
    assert_eq!(notes(now().instant), ["Zweibettzimmer, nur Frauen", "Bitte rufen Sie an."]);
    assert_eq!(notes(said.valid_until), Vec::<String>::new());
    said.for_whom = None;
    assert_eq!(
        Availability::of(LightKind::Places, Some(&said), now()).expect("a light").notes[0],
        "Zweibettzimmer"
    );
}
