//! Times against a walk through the reports, offer by offer and day by day.

use app::domain::{
    capacity::{FreePeriod, FreeTimes, WEEK},
    offer::Offer,
    search::SearchQuery,
};
use proptest::prelude::*;
use server::index::filters::Group;
use time::{Duration, macros::date};

use crate::{
    times::{Times, day_care, house, stay},
    world::{Reports, index_of, noon, offer, prepare},
};

const TYPES: [&str; 4] = ["kurzzeitpflege", "verhinderungspflege", "tagespflege", "apotheke"];

#[derive(Clone, Debug)]
struct Plan {
    kind: usize,
    /// Days of August: from, length, places.
    periods: Vec<(u8, u8, u16)>,
    weekdays: [Option<u16>; 7],
    valid: bool,
    hours_ago: i64,
    /// The last day of an intake stop; that of August stands for an open end.
    stop: Option<u8>,
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (
        0..TYPES.len(),
        proptest::collection::vec((1..20u8, 0..9u8, 0..3u16), 0..4),
        proptest::array::uniform7(proptest::option::of(0..3u16)),
        prop_oneof![3 => Just(true), 1 => Just(false)],
        0..400i64,
        proptest::option::weighted(0.2, prop_oneof![1..10u8, Just(31)]),
    )
        .prop_map(|(kind, periods, weekdays, valid, hours_ago, stop)| Plan {
            kind,
            periods,
            weekdays,
            valid,
            hours_ago,
            stop,
        })
}

fn august(day: u8) -> time::Date {
    date!(2026 - 08 - 01).replace_day(day).expect("a day of August")
}

impl Plan {
    fn build(&self) -> Offer {
        let until = noon().instant + if self.valid { Duration::days(1) } else { Duration::ZERO };
        let mut offer =
            offer(TYPES[self.kind]).reporting(0, until).reported_ago(Duration::hours(self.hours_ago));
        let report = offer.latest_report.as_mut().expect("a report");
        report.times = FreeTimes {
            periods: self
                .periods
                .iter()
                .map(|(from, days, places)| FreePeriod {
                    from: august(*from),
                    until: august(from + days),
                    places: *places,
                })
                .collect(),
            weekdays: self.weekdays,
        };
        report.intake_stop = self.stop.is_some();
        report.intake_stop_until = self.stop.filter(|day| *day < 31).map(august);
        offer
    }

    fn counts(&self) -> bool {
        self.valid && TYPES[self.kind] != "apotheke"
    }

    fn is_free(&self, day: u8) -> bool {
        let stopped = self.stop.is_some_and(|until| day <= until);
        let is_open =
            |(from, days, places): &(u8, u8, u16)| *places > 0 && (*from..=from + days).contains(&day);
        self.counts() && !stopped && self.periods.iter().any(is_open)
    }

    /// Every stop of these plans is in force today, in July.
    fn is_free_on(&self, weekday: usize) -> bool {
        self.counts() && self.stop.is_none() && self.weekdays[weekday].unwrap_or(0) > 0
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn what_is_listed_and_counted_is_what_a_walk_through_the_reports_finds(
        houses in proptest::collection::vec(proptest::collection::vec(any_plan(), 1..3), 1..12),
        days in proptest::option::of((1..20u8, 0..8u8)),
        weekdays in proptest::collection::vec(0..7usize, 0..3),
        reported in proptest::option::of(1..14u16),
        kind in proptest::option::of(0..3usize),
    ) {
        let facilities: Vec<_> = houses
            .iter()
            .enumerate()
            .map(|(at, plans)| house(&format!("Haus {at}"), plans.iter().map(Plan::build)))
            .collect();
        let snapshot = index_of(&facilities).snapshot();
        let query = SearchQuery {
            free_from: days.map(|(from, _)| august(from)),
            free_until: days.map(|(from, length)| august(from + length)),
            weekdays: {
                let mut chosen: Vec<_> = weekdays.iter().map(|at| WEEK[*at]).collect();
                chosen.sort_by_key(|day| day.number_days_from_monday());
                chosen.dedup();
                chosen
            },
            reported_days: reported,
            care_types: kind.map(|at| crate::world::care_type(TYPES[at])).into_iter().collect(),
            page: 1,
            ..SearchQuery::default()
        };
        // Of one and the same offer; `but` is the group of filters that is left out.
        let fits = |plan: &Plan, but: Option<Group>| {
            let holds = |group: Group, does: bool| but == Some(group) || does;
            let age = reported.map_or(i64::MAX, |days| i64::from(days) * 24 + 12);
            holds(Group::FreeDays, days.is_none_or(|(from, length)| (from..=from + length).all(|day| plan.is_free(day))))
                && holds(Group::Weekday, weekdays.iter().all(|day| plan.is_free_on(*day)))
                && holds(Group::Reported, reported.is_none() || plan.counts() && plan.hours_ago <= age)
                && holds(Group::CareType, kind.is_none_or(|at| plan.kind == at))
        };
        let count = |keep: &dyn Fn(&Plan) -> bool| houses.iter().filter(|plans| plans.iter().any(keep)).count();
        let outcome = prepare(&snapshot, &query, noon()).answer(&query, 100);
        let expected = count(&|plan| fits(plan, None));
        prop_assume!(outcome.widened.is_none());
        prop_assert_eq!(outcome.total, expected);
        if expected > 0 {
            for (day, weekday) in WEEK.iter().enumerate() {
                let alone = count(&|plan| fits(plan, Some(Group::Weekday)) && plan.is_free_on(day));
                let counted = outcome.counts.get(Group::Weekday, u32::try_from(day).expect("a day"));
                prop_assert_eq!(counted, alone, "{:?}", weekday);
            }
            let age = i64::from(reported.unwrap_or(7)) * 24 + 12;
            let recent = count(&|plan| fits(plan, Some(Group::Reported)) && plan.counts() && plan.hours_ago <= age);
            prop_assert_eq!(outcome.counts.get(Group::Reported, 0), recent);
            for (at, slug) in TYPES.iter().enumerate() {
                let alone = count(&|plan| fits(plan, Some(Group::CareType)) && plan.kind == at);
                let ordinal = app::domain::care_type::Taxonomy::builtin().ordinal(slug).expect("a type");
                let counted = outcome.counts.get(Group::CareType, u32::try_from(ordinal).expect("small"));
                prop_assert_eq!(counted, alone, "{}", slug);
            }
        }
    }

    #[test]
    fn no_query_string_upsets_the_search(
        pairs in proptest::collection::vec((
            "frei_ab|frei_bis|wochentag|gemeldet|sort|q|art|ansicht",
            prop_oneof![
                ".{0,30}",
                "-?[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}",
                "(montag|mi|so|feiertag|7|0|99999|kurzzeitpflege|tagespflege|karte|aktualitaet)",
                "Kurzzeitpflege (ab|bis|vom) [0-9]{1,2}\\.( bis [0-9]{1,2}\\.)? ?(August|2|99|Februar) ?[0-9]{0,5}",
            ],
        ), 0..12)
    ) {
        let query = SearchQuery::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        let facilities = [house("Haus", [stay(1).free_in_august(1, 31), day_care(1).free_on(&[0, 1, 2, 3, 4, 5, 6])])];
        let snapshot = index_of(&facilities).snapshot();
        prop_assert!(prepare(&snapshot, &query, noon()).answer(&query, 10).total <= 1);
    }
}
