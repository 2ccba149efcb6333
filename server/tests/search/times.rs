//! Free days and weekdays as filters: only what a valid report says, of the same offer, counted exactly.

use std::sync::Arc;

use app::domain::{
    capacity::FreePeriod,
    facility::Facility,
    offer::Offer,
    search::{SearchQuery, times::weekday_slug},
    search_results::Understood,
};
use server::index::{filters::Group, snapshot::Snapshot};
use time::{Duration, macros::date};

use crate::{
    support::samples,
    world::{Reports, Says, ask, ask_at, index_of, names, noon, offer, prepare, town},
};

pub trait Times {
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

pub fn stay(free: u32) -> Offer {
    offer("kurzzeitpflege").reporting(free, noon().instant + Duration::days(1))
}

pub fn day_care(free: u32) -> Offer {
    offer("tagespflege").reporting(free, noon().instant + Duration::days(1))
}

pub fn house(name: &str, offers: impl IntoIterator<Item = Offer>) -> Facility {
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
