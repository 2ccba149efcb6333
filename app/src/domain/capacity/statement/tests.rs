use super::{super::FreePeriod, *};
use crate::domain::care_type::CareTypeSlug;
use time::macros::date;

const TODAY: Date = date!(2026 - 07 - 01);

fn faults(care_type: &str, statement: &Statement) -> Vec<Fault> {
    let care_type = CareTypeSlug::parse(care_type).expect("a slug");
    let offer = Offer { care_type, places_total: Some(40), ..crate::testing::offer(1, "hospiz") };
    statement.faults(&offer, &Taxonomy::builtin(), TODAY)
}

fn home(statement: Statement) -> Vec<Fault> {
    faults("vollstationaere-pflege", &statement)
}

#[test]
fn what_a_home_says_every_week_is_right() {
    for statement in [
        Statement { free_now: Some(0), ..Statement::default() },
        Statement { free_now: Some(40), total: Some(40), ..Statement::default() },
        Statement { free_from: Some(TODAY), ..Statement::default() },
        Statement { intake_stop: true, intake_stop_until: Some(TODAY), ..Statement::default() },
        Statement { waiting_list: WaitingList::Open, waiting_weeks: Some((4, 4)), ..Statement::default() },
    ] {
        assert_eq!(home(statement), []);
    }
}

#[test]
fn contradictions_are_named() {
    let none = Statement::default;
    let yesterday = TODAY.previous_day();
    assert_eq!(home(none()), [Fault::Nothing]);
    assert_eq!(
        home(Statement { free_now: Some(41), ..none() }),
        [Fault::FreeOverTotal { field: Field::FreeNow, total: 40 }]
    );
    assert_eq!(
        home(Statement { free_now: Some(u32::MAX), total: Some(u32::MAX), ..none() }),
        [Fault::TooMany(Field::Total), Fault::TooMany(Field::FreeNow)]
    );
    assert_eq!(
        home(Statement { free_from: yesterday, free_now: Some(0), ..none() }),
        [Fault::Past(Field::FreeFrom)]
    );
    assert_eq!(
        home(Statement { free_from: Some(date!(2099 - 01 - 01)), ..none() }),
        [Fault::TooFar(Field::FreeFrom)]
    );
    assert_eq!(
        home(Statement { free_now: Some(0), intake_stop_until: Some(TODAY), ..none() }),
        [Fault::UntilWithoutStop]
    );
    assert_eq!(
        home(Statement { free_now: Some(0), waiting_weeks: Some((2, 4)), ..none() }),
        [Fault::WeeksWithoutList]
    );
    assert_eq!(
        home(Statement { waiting_list: WaitingList::Open, waiting_weeks: Some((4, 2)), ..none() }),
        [Fault::Reversed(Field::WaitingWeeks)]
    );
    assert_eq!(
        home(Statement { free_now: Some(1), remark: Some("x".repeat(201)), ..none() }),
        [Fault::TooLong(Field::Remark)]
    );
    assert_eq!(
        home(Statement { intake: Intake::Accepting, ..none() }),
        [Fault::NotOfThisType(Field::Intake)]
    );
}

#[test]
fn services_count_no_places() {
    let service = |statement| faults("ambulanter-pflegedienst", &statement);
    let accepting = Statement { intake: Intake::Accepting, ..Statement::default() };
    assert_eq!(service(accepting.clone()), []);
    assert_eq!(service(Statement { intake_stop: true, ..accepting.clone() }), [Fault::AcceptsWhileStopped]);
    assert_eq!(service(Statement { free_now: Some(3), ..accepting }), [Fault::NotOfThisType(Field::FreeNow)]);
}

#[test]
fn times_belong_to_types_that_give_places_for_a_while() {
    let period = |from, until, places| FreePeriod { from, until, places };
    let with =
        |periods| Statement { times: FreeTimes { periods, ..FreeTimes::default() }, ..Statement::default() };
    let august = period(date!(2026 - 08 - 03), date!(2026 - 08 - 17), 2);
    assert_eq!(faults("kurzzeitpflege", &with(vec![august.clone()])), []);
    assert_eq!(home(with(vec![august.clone()])), [Fault::NotOfThisType(Field::Period(0))]);
    let odd = with(vec![august, period(TODAY, date!(2026 - 06 - 01), 41)]);
    assert_eq!(
        faults("kurzzeitpflege", &odd),
        [
            Fault::Reversed(Field::Period(1)),
            Fault::Past(Field::Period(1)),
            Fault::FreeOverTotal { field: Field::Period(1), total: 40 }
        ]
    );
    let mut days = Statement::default();
    days.times.weekdays[2] = Some(3);
    assert_eq!(faults("tagespflege", &days), []);
    assert_eq!(home(days), [Fault::NotOfThisType(Field::Weekdays)]);
}
