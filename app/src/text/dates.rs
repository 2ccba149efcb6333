//! Dates and times in the words people use, on Berlin's clocks.

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset, Weekday, macros::offset};

const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// The name of a weekday by its ISO number, 1 to 7.
pub fn weekday(number: u8) -> &'static str {
    WEEKDAYS[usize::from(number.clamp(1, 7)) - 1]
}

/// The name of a month.
pub fn month(month: Month) -> &'static str {
    MONTHS[usize::from(u8::from(month)) - 1]
}

/// The instant on Berlin's clocks. Summer time is from the last Sunday of March to the last Sunday
/// of October, each 01:00 UTC (Directive 2000/84/EC).
pub fn berlin(instant: OffsetDateTime) -> OffsetDateTime {
    let utc = instant.to_offset(UtcOffset::UTC);
    let summer =
        last_sunday(utc.year(), Month::March) <= utc && utc < last_sunday(utc.year(), Month::October);
    utc.to_offset(if summer { offset!(+2) } else { offset!(+1) })
}

fn last_sunday(year: i32, month: Month) -> OffsetDateTime {
    let last = Date::from_calendar_date(year, month, 31).unwrap_or(Date::MIN);
    let back = i64::from(last.weekday().number_days_from_sunday());
    let sunday = last.checked_sub(Duration::days(back)).unwrap_or(last);
    sunday.with_time(Time::MIDNIGHT).assume_utc() + Duration::HOUR
}

/// "3. August"; with the year where it is another than today's.
pub fn date(day: Date, today: Date) -> String {
    if day.year() == today.year() { day_and_month(day) } else { full_date(day) }
}

/// "3. August 2026".
pub fn full_date(day: Date) -> String {
    format!("{} {}", day_and_month(day), day.year())
}

/// "Montag, 3. August"; with the year where it is another than today's.
pub fn weekday_and_date(day: Date, today: Date) -> String {
    format!("{}, {}", name_of(day.weekday()), date(day, today))
}

/// "Freitag, 20. November 2026, 14:30 Uhr", on Berlin's clocks.
pub fn exact(instant: OffsetDateTime) -> String {
    let there = berlin(instant);
    let day = there.date();
    format!("{}, {}, {} Uhr", name_of(day.weekday()), full_date(day), clock(minute_of(there)))
}

/// The machine-readable form for `<time datetime>`.
pub fn machine(instant: OffsetDateTime) -> String {
    let utc = instant.to_offset(UtcOffset::UTC);
    let (date, time) = (utc.date(), utc.time());
    format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
}

/// "heute", "gestern", "vor 2 Tagen", "vor 3 Wochen", "vor 5 Monaten", "vor 2 Jahren": counted in
/// calendar days in Berlin, so that it changes at midnight only.
pub fn ago(instant: OffsetDateTime, today: Date) -> String {
    let days = (today - berlin(instant).date()).whole_days();
    match days {
        ..=0 => "heute".to_owned(),
        1 => "gestern".to_owned(),
        2..=13 => format!("vor {days} Tagen"),
        14..=59 => format!("vor {} Wochen", days / 7),
        60..=729 => format!("vor {} Monaten", days / 30),
        _ => format!("vor {} Jahren", days / 365),
    }
}

/// "16 Uhr", "16:30 Uhr" without the word: minutes since midnight as people say them.
pub fn clock(minute: u16) -> String {
    let (hour, rest) = (minute / 60, minute % 60);
    if rest == 0 { hour.to_string() } else { format!("{hour}:{rest:02}") }
}

fn day_and_month(day: Date) -> String {
    format!("{}. {}", day.day(), month(day.month()))
}

fn name_of(day: Weekday) -> &'static str {
    weekday(day.number_from_monday())
}

fn minute_of(there: OffsetDateTime) -> u16 {
    u16::from(there.hour()) * 60 + u16::from(there.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn berlin_changes_its_clocks_on_the_last_sundays_of_march_and_october() {
        for (utc, hour) in [
            (datetime!(2026-03-29 00:59 UTC), 1),
            (datetime!(2026-03-29 01:00 UTC), 3),
            (datetime!(2026-10-25 00:59 UTC), 2),
            (datetime!(2026-10-25 01:00 UTC), 2),
            (datetime!(2026-07-01 22:30 UTC), 0),
        ] {
            assert_eq!(berlin(utc).hour(), hour, "{utc}");
        }
    }

    #[test]
    fn the_past_is_said_in_calendar_days() {
        let today = date!(2026 - 11 - 22);
        for (instant, text) in [
            (datetime!(2026-11-22 08:00 UTC), "heute"),
            (datetime!(2026-11-21 23:30 UTC), "heute"),
            (datetime!(2026-11-21 22:30 UTC), "gestern"),
            (datetime!(2026-11-20 12:00 UTC), "vor 2 Tagen"),
            (datetime!(2026-11-01 12:00 UTC), "vor 3 Wochen"),
            (datetime!(2026-06-01 12:00 UTC), "vor 5 Monaten"),
            (datetime!(2023-06-01 12:00 UTC), "vor 3 Jahren"),
            (datetime!(2026-11-23 12:00 UTC), "heute"),
        ] {
            assert_eq!(ago(instant, today), text, "{instant}");
        }
    }

    #[test]
    fn a_date_names_its_year_only_where_it_is_another() {
        let today = date!(2026 - 07 - 20);
        assert_eq!(weekday_and_date(date!(2026 - 08 - 03), today), "Montag, 3. August");
        assert_eq!(weekday_and_date(date!(2027 - 01 - 04), today), "Montag, 4. Januar 2027");
        assert_eq!(exact(datetime!(2026-11-20 13:30 UTC)), "Freitag, 20. November 2026, 14:30 Uhr");
        assert_eq!(machine(datetime!(2026-11-20 13:30 UTC)), "2026-11-20T13:30:00Z");
    }
}
