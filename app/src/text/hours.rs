//! Opening hours in words.

use time::Date;

use super::{dates, holidays};
use crate::domain::{
    holiday::Holiday,
    now::Now,
    opening_hours::{OpenSpan, OpeningHours},
};

/// What counts now: "heute bis 16 Uhr", "heute ab 8 Uhr", "heute geschlossen (Fronleichnam, Feiertag)".
/// `None` where the hours are not known.
pub fn today(hours: &OpeningHours, now: Now) -> Option<String> {
    match hours {
        OpeningHours::NotKnown => None,
        OpeningHours::ByAppointment => Some("nach Vereinbarung".to_owned()),
        OpeningHours::Regular(_) => {
            let said = regular(hours, now);
            let holiday = now.holiday.map(|holiday| format!(" ({}, Feiertag)", holidays::name(holiday)));
            Some(said + &holiday.unwrap_or_default())
        }
    }
}

fn regular(hours: &OpeningHours, now: Now) -> String {
    let spans = hours.on(now.opening_day());
    if let Some(to) = hours.closes_at(now.opening_day(), now.berlin_minute) {
        return match to {
            1440 if spans.iter().any(|s| s.from == 0 && s.to == 1440) => "heute rund um die Uhr".to_owned(),
            1440 => "heute bis Mitternacht".to_owned(),
            to => format!("heute bis {} Uhr", dates::clock(to)),
        };
    }
    match spans.iter().find(|s| s.from > now.berlin_minute) {
        Some(next) => format!("heute ab {} Uhr", dates::clock(next.from)),
        None if spans.is_empty() => "heute geschlossen".to_owned(),
        None => "für heute geschlossen".to_owned(),
    }
}

/// The spans of one weekday: "8–12 Uhr und 14–16 Uhr", "geschlossen".
pub fn day(spans: &[OpenSpan]) -> String {
    if spans.is_empty() {
        return "geschlossen".to_owned();
    }
    let said: Vec<String> = spans
        .iter()
        .map(|s| match (s.from, s.to) {
            (0, 1440) => "rund um die Uhr".to_owned(),
            (from, to) => format!("{}–{} Uhr", dates::clock(from), dates::clock(to)),
        })
        .collect();
    said.join(" und ")
}

/// What holds on a holiday: "4. Juni (Fronleichnam): geschlossen".
pub fn holiday(hours: &OpeningHours, (date, holiday): (Date, Holiday), today: Date) -> String {
    let spans = day(&hours.on(OpenSpan::HOLIDAY));
    format!("{} ({}): {spans}", dates::date(date, today), holidays::name(holiday))
}

/// The week with equal days together: "Montag bis Freitag", "8–16 Uhr". Empty where hours are not
/// regular.
pub fn week(hours: &OpeningHours) -> Vec<(String, String)> {
    let OpeningHours::Regular(_) = hours else { return Vec::new() };
    let mut runs: Vec<(u8, u8, String)> = Vec::new();
    for number in 1..=7 {
        let text = day(&hours.on(number));
        match runs.last_mut() {
            Some((_, to, known)) if *known == text => *to = number,
            _ => runs.push((number, number, text)),
        }
    }
    let days = |from: u8, to: u8| match to - from {
        0 => dates::weekday(from).to_owned(),
        1 => format!("{} und {}", dates::weekday(from), dates::weekday(to)),
        _ => format!("{} bis {}", dates::weekday(from), dates::weekday(to)),
    };
    runs.into_iter().map(|(from, to, text)| (days(from, to), text)).collect()
}

/// The next minute of today at which [`today`] says something else.
pub fn next_change(hours: &OpeningHours, now: Now) -> Option<u16> {
    hours
        .on(now.opening_day())
        .iter()
        .flat_map(|s| [s.from, s.to])
        .filter(|minute| *minute > now.berlin_minute)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    fn monday_at(minute: u16) -> Now {
        Now {
            instant: datetime!(2026-11-23 08:00 UTC),
            berlin_date: date!(2026 - 11 - 23),
            berlin_minute: minute,
            holiday: None,
        }
    }

    fn span(from: u16, to: u16) -> OpenSpan {
        OpenSpan::new(1, from, to).expect("a span")
    }

    #[test]
    fn today_says_what_counts_now() {
        let hours = OpeningHours::Regular(vec![span(480, 720), span(840, 990)]);
        for (minute, text) in [
            (400, "heute ab 8 Uhr"),
            (480, "heute bis 12 Uhr"),
            (720, "heute ab 14 Uhr"),
            (900, "heute bis 16:30 Uhr"),
            (990, "für heute geschlossen"),
        ] {
            assert_eq!(today(&hours, monday_at(minute)).as_deref(), Some(text), "{minute}");
        }
        assert_eq!(next_change(&hours, monday_at(500)), Some(720));
        assert_eq!(next_change(&hours, monday_at(990)), None);
    }

    #[test]
    fn a_holiday_is_named_beside_what_counts() {
        let now = Now { holiday: Some(Holiday::CorpusChristi), ..monday_at(500) };
        let week = OpeningHours::Regular(vec![span(480, 960)]);
        assert_eq!(today(&week, now).as_deref(), Some("heute geschlossen (Fronleichnam, Feiertag)"));
        let always = OpeningHours::Regular((1..=7).filter_map(|day| OpenSpan::new(day, 0, 1440)).collect());
        assert_eq!(today(&always, now).as_deref(), Some("heute rund um die Uhr (Fronleichnam, Feiertag)"));
        let day = (date!(2026 - 06 - 04), Holiday::CorpusChristi);
        assert_eq!(holiday(&week, day, now.berlin_date), "4. Juni (Fronleichnam): geschlossen");
    }

    #[test]
    fn hours_that_are_not_regular_say_so_or_nothing() {
        assert_eq!(today(&OpeningHours::NotKnown, monday_at(600)), None);
        assert_eq!(today(&OpeningHours::ByAppointment, monday_at(600)).as_deref(), Some("nach Vereinbarung"));
        assert_eq!(
            today(&OpeningHours::Regular(Vec::new()), monday_at(600)).as_deref(),
            Some("heute geschlossen")
        );
    }

    #[test]
    fn a_week_says_equal_days_together() {
        let spans = [1, 2, 3, 5].map(|day| OpenSpan::new(day, 480, 960).expect("a span"));
        let week = week(&OpeningHours::Regular(spans.to_vec()));
        let said: Vec<String> = week.into_iter().map(|(days, text)| format!("{days}: {text}")).collect();
        assert_eq!(
            said,
            [
                "Montag bis Mittwoch: 8–16 Uhr",
                "Donnerstag: geschlossen",
                "Freitag: 8–16 Uhr",
                "Samstag und Sonntag: geschlossen"
            ]
        );
        assert!(super::week(&OpeningHours::ByAppointment).is_empty());
    }

    #[test]
    fn a_day_lists_its_spans() {
        assert_eq!(day(&[span(480, 720), span(840, 990)]), "8–12 Uhr und 14–16:30 Uhr");
        assert_eq!(day(&[]), "geschlossen");
    }
}
