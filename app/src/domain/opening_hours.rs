//! Opening hours: regular, by appointment, or not known.

use serde::{Deserialize, Serialize};

/// A span on one weekday, in minutes since midnight, Berlin time. A span over midnight is two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenSpan {
    /// 1 is Monday, 7 is Sunday (ISO 8601); 8 is any public holiday.
    pub weekday: u8,
    pub from: u16,
    /// Exclusive; 1440 is the end of the day.
    pub to: u16,
}

impl OpenSpan {
    const SUNDAY: u8 = 7;
    /// Stands for the weekday of what holds on public holidays.
    pub const HOLIDAY: u8 = 8;

    /// `None` unless the weekday is 1 to 8 and the span lies within a day.
    pub fn new(weekday: u8, from: u16, to: u16) -> Option<Self> {
        ((1..=Self::HOLIDAY).contains(&weekday) && from < to && to <= 1440).then_some(Self {
            weekday,
            from,
            to,
        })
    }
}

/// When a facility is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningHours {
    Regular(Vec<OpenSpan>),
    ByAppointment,
    #[default]
    NotKnown,
}

impl OpeningHours {
    /// Whether it is open on a day (see [`super::now::Now::opening_day`]); hours that are not regular never
    /// count as open.
    pub fn is_open(&self, day: u8, minute: u16) -> bool {
        self.closes_at(day, minute).is_some()
    }

    /// The minute at which it closes on that day, if it is open then.
    pub fn closes_at(&self, day: u8, minute: u16) -> Option<u16> {
        let Self::Regular(spans) = self else { return None };
        let day = self.stated(day);
        spans.iter().find(|s| s.weekday == day && (s.from..s.to).contains(&minute)).map(|s| s.to)
    }

    /// The spans of a weekday or of holidays, in order.
    pub fn on(&self, day: u8) -> Vec<OpenSpan> {
        let Self::Regular(spans) = self else { return Vec::new() };
        let day = self.stated(day);
        let mut of_day: Vec<_> = spans.iter().copied().filter(|s| s.weekday == day).collect();
        of_day.sort();
        of_day
    }

    /// Whether something is said about holidays.
    pub fn says_holidays(&self) -> bool {
        matches!(self, Self::Regular(spans) if spans.iter().any(|span| span.weekday == OpenSpan::HOLIDAY))
    }

    /// Who says nothing about holidays is taken to be open as on Sundays: a practice is not, a home is.
    fn stated(&self, day: u8) -> u8 {
        if day == OpenSpan::HOLIDAY && !self.says_holidays() { OpenSpan::SUNDAY } else { day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_from_the_first_minute_until_before_the_last() {
        let hours = OpeningHours::Regular(vec![OpenSpan::new(1, 480, 960).expect("a span")]);
        assert!(hours.is_open(1, 480));
        assert!(!hours.is_open(1, 960));
        assert!(!hours.is_open(2, 500));
        assert_eq!(hours.closes_at(1, 500), Some(960));
    }

    #[test]
    fn unknown_hours_never_count_as_open() {
        assert!(!OpeningHours::NotKnown.is_open(1, 600));
        assert!(!OpeningHours::ByAppointment.is_open(1, 600));
    }

    #[test]
    fn on_a_holiday_hold_its_own_hours_else_those_of_sunday() {
        let week = (1..=5).filter_map(|day| OpenSpan::new(day, 480, 960));
        let practice = OpeningHours::Regular(week.clone().collect());
        assert!(!practice.is_open(OpenSpan::HOLIDAY, 500) && practice.on(OpenSpan::HOLIDAY).is_empty());
        let home = OpeningHours::Regular(week.clone().chain(OpenSpan::new(7, 600, 720)).collect());
        assert_eq!(home.closes_at(OpenSpan::HOLIDAY, 610), Some(720));
        let stated = week.chain(OpenSpan::new(7, 0, 1440)).chain(OpenSpan::new(OpenSpan::HOLIDAY, 600, 660));
        let stated = OpeningHours::Regular(stated.collect());
        assert!(stated.says_holidays() && !home.says_holidays());
        assert_eq!((stated.is_open(OpenSpan::HOLIDAY, 30), stated.is_open(7, 30)), (false, true));
    }

    #[test]
    fn a_span_must_lie_within_a_day() {
        assert_eq!(OpenSpan::new(0, 1, 2), None);
        assert_eq!(OpenSpan::new(9, 1, 2), None);
        assert_eq!(OpenSpan::new(1, 600, 600), None);
        assert_eq!(OpenSpan::new(1, 600, 1441), None);
    }
}
