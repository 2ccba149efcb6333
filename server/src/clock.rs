//! The real clock. Elsewhere `Now` is a parameter.

use std::sync::Arc;

use app::{
    backend::Clock,
    domain::{holiday::Holidays, now::Now},
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use time::{Date, Month, OffsetDateTime};

/// Reads the system clock and knows Berlin's time zone.
pub struct SystemClock {
    berlin: TimeZone,
}

impl SystemClock {
    /// # Errors
    /// When neither the system nor the program knows the time zone "Europe/Berlin".
    pub fn new() -> Result<Self, jiff::Error> {
        Ok(Self { berlin: TimeZone::get("Europe/Berlin")? })
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the present comes from")]
    fn now(&self) -> Now {
        now_at(Timestamp::now(), &self.berlin)
    }
}

/// A clock with the calendar of a county: it knows the public holidays.
pub struct CountyClock {
    clock: Arc<dyn Clock>,
    holidays: Holidays,
}

impl CountyClock {
    pub fn new(clock: Arc<dyn Clock>, holidays: Holidays) -> Self {
        Self { clock, holidays }
    }
}

impl Clock for CountyClock {
    fn now(&self) -> Now {
        let now = self.clock.now();
        Now { holiday: self.holidays.on(now.berlin_date), ..now }
    }
}

/// What an instant looks like in Berlin; holidays are the county's to say.
pub fn berlin(instant: OffsetDateTime) -> Now {
    let berlin = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let timestamp = Timestamp::from_nanosecond(instant.unix_timestamp_nanos()).unwrap_or(Timestamp::MIN);
    now_at(timestamp, &berlin)
}

/// What an instant looks like in Berlin.
fn now_at(timestamp: Timestamp, berlin: &TimeZone) -> Now {
    let local = berlin.to_datetime(timestamp);
    let (hour, minute) = (local.hour().unsigned_abs(), local.minute().unsigned_abs());
    Now {
        instant: OffsetDateTime::from_unix_timestamp_nanos(timestamp.as_nanosecond())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH),
        berlin_date: Month::try_from(local.month().unsigned_abs())
            .and_then(|month| {
                Date::from_calendar_date(i32::from(local.year()), month, local.day().unsigned_abs())
            })
            .unwrap_or(Date::MIN),
        berlin_minute: u16::from(hour) * 60 + u16::from(minute),
        holiday: None,
    }
}

/// The first instant of a day in Berlin.
pub fn begin_of(day: Date) -> OffsetDateTime {
    let berlin = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let number = |number: u8| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(day.year()).unwrap_or(i16::MAX);
    jiff::civil::Date::new(year, number(day.month().into()), number(day.day()))
        .and_then(|day| day.to_zoned(berlin))
        .ok()
        .and_then(|day| OffsetDateTime::from_unix_timestamp_nanos(day.timestamp().as_nanosecond()).ok())
        // Only beyond all calendars.
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// So many days later at the same time of day in Berlin: summer time may begin or end in between.
pub fn days_later(instant: OffsetDateTime, days: u16) -> OffsetDateTime {
    let berlin = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Timestamp::from_nanosecond(instant.unix_timestamp_nanos())
        .and_then(|timestamp| timestamp.to_zoned(berlin).checked_add(i64::from(days).days()))
        .ok()
        .and_then(|later| OffsetDateTime::from_unix_timestamp_nanos(later.timestamp().as_nanosecond()).ok())
        // Only at the end of all calendars.
        .unwrap_or(instant)
}

/// The instant at which Berlin's clocks show so many minutes after midnight.
pub fn in_berlin(day: Date, minute: u16) -> OffsetDateTime {
    let berlin = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let day = i16::try_from(day.year())
        .ok()
        .zip(i8::try_from(u8::from(day.month())).ok())
        .zip(i8::try_from(day.day()).ok());
    day.and_then(|((year, month), day)| jiff::civil::Date::new(year, month, day).ok())
        .and_then(|day| {
            let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
            day.at(hour, minute, 0, 0).to_zoned(berlin).ok()
        })
        .and_then(|there| OffsetDateTime::from_unix_timestamp_nanos(there.timestamp().as_nanosecond()).ok())
        // Only at the end of all calendars.
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn berlin_is_two_hours_ahead_in_summer_and_one_in_winter() {
        let berlin = TimeZone::get("Europe/Berlin").expect("the time zone");
        let summer = now_at("2026-07-01T22:30:00Z".parse().expect("an instant"), &berlin);
        assert_eq!((summer.berlin_date, summer.berlin_minute), (date!(2026 - 07 - 02), 30));
        let winter = now_at("2026-12-01T22:30:00Z".parse().expect("an instant"), &berlin);
        assert_eq!((winter.berlin_date, winter.berlin_minute), (date!(2026 - 12 - 01), 23 * 60 + 30));
    }

    #[test]
    fn a_time_of_day_in_berlin_is_another_instant_in_winter() {
        assert_eq!(in_berlin(date!(2026 - 10 - 24), 480), datetime!(2026-10-24 06:00 UTC));
        assert_eq!(in_berlin(date!(2026 - 10 - 26), 485), datetime!(2026-10-26 07:05 UTC));
    }

    #[test]
    fn a_day_begins_at_midnight_also_before_the_clocks_change() {
        assert_eq!(begin_of(date!(2026 - 10 - 21)), datetime!(2026-10-20 22:00 UTC));
        assert_eq!(begin_of(date!(2026 - 10 - 28)), datetime!(2026-10-27 23:00 UTC));
    }

    #[test]
    fn a_day_later_is_the_same_time_in_berlin_although_the_clocks_change() {
        let before = datetime!(2026-10-24 10:00 UTC);
        assert_eq!(days_later(before, 1), datetime!(2026-10-25 11:00 UTC));
        assert_eq!(days_later(before, 0), before);
        assert_eq!(days_later(datetime!(2026-06-01 10:00 UTC), 7), datetime!(2026-06-08 10:00 UTC));
    }
}
