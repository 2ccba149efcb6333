//! Free days and weekdays as filters: only what a valid report says, of the same offer, counted exactly.

use std::sync::Arc;

use app::domain::{
    capacity::{FreePeriod, FreeTimes, WEEK},
    facility::Facility,
    offer::Offer,
    search::{SearchQuery, times::weekday_slug},
    search_results::Understood,
};
use proptest::prelude::*;
use server::index::{filters::Group, snapshot::Snapshot};
use time::{Duration, macros::date};

use crate::{
    support::samples,
    world::{Reports, Says, ask, ask_at, index_of, names, noon, offer, prepare, town},
};

trait Times {
    /// Free over some days of August.
    fn free_in_august(self, from: u8, until: u8) -> Self;
    fn free_on(self, weekdays: &[usize]) -> Self;
    fn stopped_until(self, until: Option<time::Date>) -> Self;
    fn reported_ago(self, ago: Duration) -> Self;
}

impl Times for Offer {
    fn free_in_august(mut self, from: u8, until: u8) -> Self {
        let day = |day| date!(2026 - 08 - 01).replace_day(day).expect("a day of August");
        let report = self.latest_report.as_mut().expect("a report");
        report.times.periods.push(FreePeriod { from: day(from), until: day(until), places: 1 });
        self
    }

    fn free_on(mut self, weekdays: &[usize]) -> Self {
        let report = self.latest_report.as_mut().expect("a report");
        for at in weekdays {
            report.times.weekdays[*at] = Some(1);
        }
        self
    }

    fn stopped_until(mut self, until: Option<time::Date>) -> Self {
        let report = self.latest_report.as_mut().expect("a report");
        (report.intake_stop, report.intake_stop_until) = (true, until);
        self
    }

    fn reported_ago(mut self, ago: Duration) -> Self {
        self.latest_report.as_mut().expect("a report").reported_at = noon().instant - ago;
        self
    }
}

fn stay(free: u32) -> Offer {
    offer("kurzzeitpflege").reporting(free, noon().instant + Duration::days(1))
}

fn day_care(free: u32) -> Offer {
    offer("tagespflege").reporting(free, noon().instant + Duration::days(1))
}

fn house(name: &str, offers: impl IntoIterator<Item = Offer>) -> Facility {
    offers.into_iter().fold(samples::plain_facility(name), Says::offering)
}

fn listed(snapshot: &Arc<Snapshot>, address: &str) -> Vec<String> {
    let mut names = names(snapshot, &ask(snapshot, address));
    names.sort();
    names
}

const FORTNIGHT: &str = "frei_ab=2026-08-03&frei_bis=2026-08-16";

#[test]
fn a_fortnight_is_found_where_every_day_of_it_is_reported_free() {
    let facilities = [
        house("Genau", [stay(0).free_in_august(3, 16)]),
        house("Zwei Zeiten", [stay(0).free_in_august(1, 9).free_in_august(10, 20)]),
        house("Ein Tag fehlt", [stay(1).free_in_august(3, 9).free_in_august(11, 16)]),
        house("Heute frei", [stay(3)]),
        house("Nie gemeldet", [offer("kurzzeitpflege")]),
        // The days are those of another offer.
        house(
            "Zweierlei",
            [
                stay(2),
                offer("verhinderungspflege")
                    .reporting(1, noon().instant + Duration::days(1))
                    .free_in_august(1, 31),
            ],
        ),
    ];
    let snapshot = index_of(&facilities).snapshot();
    assert_eq!(listed(&snapshot, &format!("art=kurzzeitpflege&{FORTNIGHT}")), ["genau", "zwei zeiten"]);
    assert_eq!(listed(&snapshot, &format!("q=Kurzzeitpflege&{FORTNIGHT}")), ["genau", "zwei zeiten"]);
    assert_eq!(listed(&snapshot, FORTNIGHT), ["genau", "zwei zeiten", "zweierlei"]);
    // One day alone; and the days from today up to one.
    assert_eq!(listed(&snapshot, "art=kurzzeitpflege&frei_ab=2026-08-11").len(), 3);
    assert_eq!(ask(&snapshot, "frei_bis=2026-08-16").total, 0);
    // What makes no sense or is over finds nobody.
    for nothing in
        ["frei_ab=2026-08-16&frei_bis=2026-08-03", "frei_ab=2020-08-03&frei_bis=2020-08-16", "frei_ab=bald"]
    {
        assert_eq!(ask(&snapshot, nothing).total, 0, "{nothing}");
    }
}

#[test]
fn nobody_is_free_while_an_intake_stop_is_in_force() {
    let until = |day| Some(date!(2026 - 08 - 01).replace_day(day).expect("a day"));
    let facilities = [
        house("Vorher", [stay(1).free_in_august(1, 31).stopped_until(until(2)), day_care(1).free_on(&[2])]),
        house("Mittendrin", [stay(1).free_in_august(1, 31).stopped_until(until(3))]),
        house("Offen", [stay(1).free_in_august(1, 31).stopped_until(None)]),
        house("Gestoppt", [day_care(1).free_on(&[2]).stopped_until(until(2))]),
    ];
    let snapshot = index_of(&facilities).snapshot();
    assert_eq!(listed(&snapshot, FORTNIGHT), ["vorher"]);
    assert_eq!(listed(&snapshot, "wochentag=mittwoch"), ["vorher"]);
}

#[test]
fn times_and_news_end_at_the_second_at_which_the_report_does() {
    let until = noon().instant + Duration::seconds(1);
    let stays = offer("kurzzeitpflege").reporting(1, until).free_in_august(1, 31);
    let days = offer("tagespflege").reporting(1, until).free_on(&[2]);
    let snapshot = index_of(&[house("Haus Morgen", [stays, days])]).snapshot();
    for (seconds, found) in [(0, 1), (1, 0), (2, 0)] {
        let mut now = noon();
        now.instant += Duration::seconds(seconds);
        for address in [FORTNIGHT, "wochentag=mi", "gemeldet=7"] {
            assert_eq!(ask_at(&snapshot, address, now).total, found, "{address}, {seconds} s later");
        }
        let counts = ask_at(&snapshot, "", now).counts;
        assert_eq!(counts.get(Group::Weekday, 2), found);
        assert_eq!(counts.get(Group::Reported, 0), found);
        assert_eq!(
            ask_at(&snapshot, &format!("{FORTNIGHT}&ansicht=karte"), now).located.map(|l| l.unplaced),
            Some(found)
        );
    }
}

#[test]
fn all_chosen_weekdays_have_to_be_free() {
    let facilities = [
        house("Mittwochs", [day_care(1).free_on(&[2])]),
        house("Beide", [day_care(1).free_on(&[2, 4])]),
        house("Geteilt", [day_care(1).free_on(&[2]), day_care(1).free_on(&[4])]),
    ];
    let snapshot = index_of(&facilities).snapshot();
    assert_eq!(ask(&snapshot, "wochentag=mittwoch").total, 3);
    assert_eq!(listed(&snapshot, "wochentag=mittwoch&wochentag=freitag"), ["beide"]);
    assert_eq!(ask(&snapshot, "wochentag=montag").total, 0);
    // The count of a day is what it would list alone, whatever else is chosen.
    let counts = ask(&snapshot, "wochentag=mittwoch&wochentag=freitag").counts;
    assert_eq!((counts.get(Group::Weekday, 2), counts.get(Group::Weekday, 4)), (3, 2));
}

#[test]
fn news_is_counted_in_days_as_people_count_them() {
    // At noon; seven days ago the day began twelve hours earlier.
    let ago = |hours| [stay(0).reported_ago(Duration::hours(hours))];
    let facilities = [house("Sieben Tage", ago(7 * 24 + 11)), house("Acht Tage", ago(7 * 24 + 13))];
    let snapshot = index_of(&facilities).snapshot();
    assert_eq!(listed(&snapshot, "gemeldet=7"), ["sieben tage"]);
    assert_eq!(ask(&snapshot, "gemeldet=8").total, 2);
    assert_eq!(ask(&snapshot, "gemeldet=1").total, 0);
    assert_eq!(ask(&snapshot, "").counts.get(Group::Reported, 0), 1);
    assert_eq!(ask(&snapshot, "gemeldet=8").counts.get(Group::Reported, 0), 2);
}

#[test]
fn the_newest_valid_report_of_a_matching_offer_comes_first_and_grey_last() {
    let expired = offer("kurzzeitpflege").reporting(1, noon().instant);
    let mut silent = stay(0).reported_ago(Duration::minutes(1));
    silent.latest_report.as_mut().expect("a report").free_now = None;
    let facilities = [
        house("Abgelaufen", [expired.reported_ago(Duration::minutes(2))]),
        house("Nichts gesagt", [silent]),
        house("Gestern", [stay(0).reported_ago(Duration::days(1))]),
        house("Heute", [stay(0).reported_ago(Duration::hours(2))]),
        // The newest report is that of another offer.
        house(
            "Vorgestern",
            [stay(1).reported_ago(Duration::days(2)), day_care(1).reported_ago(Duration::hours(1))],
        ),
    ];
    let snapshot = index_of(&facilities).snapshot();
    let sorted = |address: &str| names(&snapshot, &ask(&snapshot, address));
    assert_eq!(
        sorted("art=kurzzeitpflege&sort=aktualitaet"),
        ["heute", "gestern", "vorgestern", "abgelaufen", "nichts gesagt"]
    );
    assert_eq!(sorted("sort=aktualitaet")[0], "vorgestern");
}

/// What was read, what is left of the words as a note, and what is listed.
fn typed(snapshot: &Arc<Snapshot>, text: &str) -> (Option<(String, String)>, Vec<&'static str>, Vec<String>) {
    let query = SearchQuery { text: text.to_owned(), page: 1, ..SearchQuery::default() };
    let prepared = prepare(snapshot, &query, noon());
    let stretch = prepared.times_in_text.stretch.as_ref();
    let days = prepared.times_in_text.weekdays.iter().flat_map(|read| &read.value);
    let outcome = prepared.answer(&query, 100);
    let mut found = names(snapshot, &outcome);
    found.sort();
    (
        stretch.map(|read| (read.value.from.to_string(), read.value.until.to_string())),
        days.map(|day| weekday_slug(*day)).collect(),
        found,
    )
}

#[test]
fn times_among_the_words_are_filters_where_the_type_has_such_times() {
    let parchim = town("Parchim", "13076108");
    let at = |facility: Facility| facility.in_town(&parchim, "19370", 53.4, 11.8);
    let facilities = [
        at(house("Haus Sonne", [stay(0).free_in_august(3, 16)])),
        at(house("Haus Mond", [stay(2)])),
        at(house("Haus Stern", [day_care(1).free_on(&[2, 4])])),
        at(house("Haus Wolke", [day_care(1).free_on(&[0])])),
        at(house("Apotheke am Markt", [offer("apotheke")])),
    ];
    let snapshot = index_of(&facilities).snapshot();
    let fortnight = Some(("2026-08-03".to_owned(), "2026-08-16".to_owned()));
    for text in [
        "Kurzzeitpflege 14 Tage ab 3. August",
        "14 Tage Kurzzeitpflege ab 3.8. in Parchim",
        "Urlaubspflege Parchim vom 3. bis 16. August",
        "Kurzeitpflege zwei Wochen ab dem 3. August",
    ] {
        assert_eq!(
            typed(&snapshot, text),
            (fortnight.clone(), vec![], vec!["haus sonne".to_owned()]),
            "{text}"
        );
    }
    for text in ["Tagespflege mittwochs", "Tagespflege am Mittwoch und Freitag in Parchim"] {
        let (stretch, days, found) = typed(&snapshot, text);
        assert_eq!((stretch, days[0], found), (None, "mittwoch", vec!["haus stern".to_owned()]), "{text}");
    }
    // Where no type has such times, the words are words as before.
    for text in ["Apotheke mittwochs", "Apotheke am Markt ab 3. August", "14 Tage ab 3. August", "mittwochs"]
    {
        let (stretch, days, _) = typed(&snapshot, text);
        assert_eq!((stretch, days.len()), (None, 0), "{text}");
    }
    assert_eq!(typed(&snapshot, "Apotheke mittwochs").2, ["apotheke am markt"]);
    // Days of a stay are no weekdays: that is said, and the rest is searched.
    let query =
        SearchQuery { text: "Tagespflege ab 3. August".to_owned(), page: 1, ..SearchQuery::default() };
    let prepared = prepare(&snapshot, &query, noon());
    assert!(prepared.notes.contains(&Understood::Ignored { typed: "ab 3. August".to_owned() }));
    assert_eq!(prepared.answer(&query, 100).total, 2);
    // What a filter says counts more than words.
    let filtered = "q=Kurzzeitpflege+14+Tage+ab+3.+August&frei_ab=2026-08-20";
    assert_eq!(ask(&snapshot, filtered).total, 0);
    let by_type = ask(&snapshot, "q=14+Tage+ab+3.+August&art=kurzzeitpflege");
    assert_eq!(names(&snapshot, &by_type), ["haus sonne"]);
}

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
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

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
                // Where the search finds something, a value that would have to widen it is not counted.
                let counted = outcome.counts.get(Group::Weekday, u32::try_from(day).expect("a day"));
                if alone > 0 {
                    prop_assert_eq!(counted, alone, "{:?}", weekday);
                }
            }
            let age = i64::from(reported.unwrap_or(7)) * 24 + 12;
            let recent = count(&|plan| fits(plan, Some(Group::Reported)) && plan.counts() && plan.hours_ago <= age);
            prop_assert_eq!(outcome.counts.get(Group::Reported, 0), recent);
            for (at, slug) in TYPES.iter().enumerate() {
                let alone = count(&|plan| fits(plan, Some(Group::CareType)) && plan.kind == at);
                let ordinal = app::domain::care_type::Taxonomy::builtin().ordinal(slug).expect("a type");
                let counted = outcome.counts.get(Group::CareType, u32::try_from(ordinal).expect("small"));
                if alone > 0 {
                    prop_assert_eq!(counted, alone, "{}", slug);
                }
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
