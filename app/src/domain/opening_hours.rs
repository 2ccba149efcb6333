//! Opening hours: regular, by appointment, or not known.

use serde::{Deserialize, Serialize};
use time::Weekday;

/// A span on one weekday, in minutes since midnight, Berlin time. A span over midnight is two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenSpan {
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    pub weekday: u8,
    pub from: u16,
    /// Exclusive; 1440 is the end of the day.
    pub to: u16,
}

impl OpenSpan {
    /// `None` unless the weekday is 1 to 7 and the span lies within a day.
    pub fn new(weekday: u8, from: u16, to: u16) -> Option<Self> {
        ((1..=7).contains(&weekday) && from < to && to <= 1440).then_some(Self { weekday, from, to })
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
    /// Whether it is open; hours that are not regular never count as open.
    pub fn is_open(&self, weekday: Weekday, minute: u16) -> bool {
        self.closes_at(weekday, minute).is_some()
    }

    /// The minute at which it closes today, if it is open now.
    pub fn closes_at(&self, weekday: Weekday, minute: u16) -> Option<u16> {
        let Self::Regular(spans) = self else { return None };
        let day = weekday.number_from_monday();
        spans.iter().find(|s| s.weekday == day && (s.from..s.to).contains(&minute)).map(|s| s.to)
    }

    /// The spans of a weekday, in order.
    pub fn on(&self, weekday: u8) -> Vec<OpenSpan> {
        let Self::Regular(spans) = self else { return Vec::new() };
        let mut of_day: Vec<_> = spans.iter().copied().filter(|s| s.weekday == weekday).collect();
        of_day.sort();
        of_day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_from_the_first_minute_until_before_the_last() {
        let hours = OpeningHours::Regular(vec![OpenSpan::new(1, 480, 960).expect("a span")]);
        assert!(hours.is_open(Weekday::Monday, 480));
        assert!(!hours.is_open(Weekday::Monday, 960));
        assert!(!hours.is_open(Weekday::Tuesday, 500));
        assert_eq!(hours.closes_at(Weekday::Monday, 500), Some(960));
    }

    #[test]
    fn unknown_hours_never_count_as_open() {
        assert!(!OpeningHours::NotKnown.is_open(Weekday::Monday, 600));
        assert!(!OpeningHours::ByAppointment.is_open(Weekday::Monday, 600));
    }

    #[test]
    fn a_span_must_lie_within_a_day() {
        assert_eq!(OpenSpan::new(0, 1, 2), None);
        assert_eq!(OpenSpan::new(1, 600, 600), None);
        assert_eq!(OpenSpan::new(1, 600, 1441), None);
    }
}
