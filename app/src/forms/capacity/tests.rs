use super::*;
use time::macros::date;

const TODAY: Date = date!(2026 - 07 - 01);
const HOME: Kind = Kind { light: LightKind::Places, times: TimeKind::None };
const SHORT: Kind = Kind { light: LightKind::Places, times: TimeKind::Stays };
const DAY: Kind = Kind { light: LightKind::Places, times: TimeKind::Weekdays };
const SERVICE: Kind = Kind { light: LightKind::Intake, times: TimeKind::None };

fn typed(pairs: &[(&str, &str)]) -> Typed {
    Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn said(pairs: &[(&str, &str)], kind: Kind) -> Statement {
    read(&typed(pairs), kind).expect("it can be read").statement
}

fn refused(pairs: &[(&str, &str)], kind: Kind) -> Vec<String> {
    let problems = read(&typed(pairs), kind).expect_err("it cannot be read");
    problems.into_iter().map(|problem| problem.field.into_owned()).collect()
}

#[test]
fn what_a_form_shows_reads_the_same() {
    let period = |from, until| FreePeriod { from, until, places: 2 };
    let periods = vec![
        period(date!(2026 - 08 - 03), date!(2026 - 08 - 17)),
        period(date!(2026 - 09 - 01), date!(2026 - 09 - 01)),
    ];
    let times = FreeTimes { periods, ..FreeTimes::default() };
    let places = Statement {
        total: Some(40),
        free_now: Some(0),
        free_from: Some(date!(2026 - 08 - 03)),
        waiting_list: WaitingList::Open,
        waiting_weeks: Some((4, 6)),
        intake_stop: true,
        intake_stop_until: Some(TODAY),
        only_after_assessment: true,
        rooms: Some("Einzelzimmer".to_owned()),
        for_whom: Some("nur Frauen".to_owned()),
        remark: Some("Bitte „vormittags“ anrufen.".to_owned()),
        times,
        ..Statement::default()
    };
    let mut week = Statement::default();
    week.times.weekdays = [Some(3), None, Some(0), None, None, None, Some(1)];
    let stopped = Statement {
        intake: Intake::Stopped,
        intake_stop: true,
        intake_stop_until: Some(TODAY),
        ..Statement::default()
    };
    let waiting = Statement { intake: Intake::Waiting, waiting_weeks: Some((2, 2)), ..Statement::default() };
    for (statement, kind) in
        [(places, SHORT), (week, DAY), (stopped, SERVICE), (waiting, SERVICE), (Statement::default(), HOME)]
    {
        let shown = write(&statement, kind);
        assert_eq!(read(&shown, kind).expect("it can be read").statement, statement);
        let numbered = Typed([numbered(&shown, 7).0, vec![("feld".to_owned(), "7".to_owned())]].concat());
        assert_eq!(read(&plain(numbered), kind).expect("it can be read").statement, statement);
    }
}

#[test]
fn days_are_read_as_people_write_them() {
    for text in ["2026-08-03", "3.8.2026", "03.08.2026", "3. 8. 2026", " 3.8.26 "] {
        assert_eq!(said(&[("ab", text)], HOME).free_from, Some(date!(2026 - 08 - 03)), "{text}");
    }
    for text in ["bald", "31.2.2026", "3.8", "2026-13-01", "3.8.+6"] {
        assert_eq!(refused(&[("ab", text)], HOME), ["ab"], "{text}");
    }
    assert_eq!(said(&[("ab", "\u{0}")], HOME).free_from, None);
}

#[test]
fn what_is_no_number_is_named_and_what_is_too_large_is_too_many() {
    for text in ["-1", "−1", "1,5", "1.5", "drei", "0x10", "+3"] {
        assert_eq!(refused(&[("frei", text)], HOME), ["frei"], "{text}");
    }
    assert_eq!(said(&[("frei", "99999999999999")], HOME).free_now, Some(u32::MAX));
    assert_eq!(said(&[("frei", " 3 ")], HOME).free_now, Some(3));
    let weeks = said(&[("liste", "offen"), ("wochen-von", "99999999")], HOME).waiting_weeks;
    assert_eq!(weeks, Some((u16::MAX, u16::MAX)));
}

#[test]
fn fields_of_other_types_are_read_by_nobody() {
    let all = [("frei", "3"), ("aufnahme", "ja"), ("zeit-von-0", "x"), ("tag-1", "x")];
    assert_eq!(said(&all, HOME), Statement { free_now: Some(3), ..Statement::default() });
    assert_eq!(said(&all, SERVICE), Statement { intake: Intake::Accepting, ..Statement::default() });
    assert_eq!(refused(&[("aufnahme", "vielleicht")], SERVICE), ["aufnahme"]);
    assert_eq!(refused(&[("liste", "lang")], HOME), ["liste"]);
}

#[test]
fn emptied_rows_are_gone_and_half_filled_ones_are_named() {
    let rows = typed(&[
        ("zeit-von-0", ""),
        ("zeit-bis-0", " "),
        ("zeit-von-2", "1.9.2026"),
        ("zeit-bis-2", "2.9.2026"),
        ("zeit-plaetze-2", "1"),
        ("zeit-von-3", "3.8.2026"),
        ("zeit-bis-3", "1.8.2026"),
        ("zeit-plaetze-3", "1"),
    ]);
    let read = read(&rows, SHORT).expect("it can be read");
    let first: Vec<_> = read.statement.times.periods.iter().map(|period| period.from).collect();
    assert_eq!(first, [date!(2026 - 08 - 03), date!(2026 - 09 - 01)]);
    // The first of the statement was typed into the fourth row.
    assert_eq!(read.problems(&[Fault::Reversed(Field::Period(0))])[0].field, "zeit-von-3");
    assert_eq!(super::rows(&rows), 6);
    assert_eq!(super::rows(&Typed::default()), 2);
    assert_eq!(refused(&[("zeit-von-1", "3.8.2026")], SHORT), ["zeit-bis-1", "zeit-plaetze-1"]);
}

#[test]
fn every_fault_stands_at_a_field_of_the_form() {
    let home = read(&typed(&[("frei", "1")]), HOME).expect("it can be read");
    let service = read(&Typed::default(), SERVICE).expect("it can be read");
    assert_eq!(home.problems(&[Fault::Nothing])[0].field, "frei");
    assert_eq!(service.problems(&[Fault::Nothing])[0].field, "aufnahme");
    let over = home.problems(&[Fault::FreeOverTotal { field: Field::FreeNow, total: 40 }]);
    assert_eq!(over, [Problem::new("frei", "Es gibt hier 40 Plätze. Mehr können nicht frei sein.")]);
}

#[test]
fn steps_stay_where_places_are() {
    let after = |free: &str, more| step(typed(&[("frei", free)]), more).get("frei").to_owned();
    assert_eq!((after("", true), after("0", false), after("3", true)), ("1".into(), "0".into(), "4".into()));
    assert_eq!((after("9999", true), after("99999999999", true)), ("9999".into(), "9999".into()));
    assert_eq!(after("drei", true), "drei");
}
