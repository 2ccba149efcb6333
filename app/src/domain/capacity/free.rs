//! Whether an offer is free over some days or on a weekday: only what a valid report says counts.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, Weekday};

use super::{CapacityReport, FreePeriod, FreeTimes};
use crate::domain::now::Now;

/// Days from the first to the last, both of them included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stretch {
    pub from: Date,
    pub until: Date,
}

impl Stretch {
    /// The days that two dates of an address ask for today. A first day alone is that day; a last day alone is
    /// counted from today, and so is a first day that has passed. What is wholly over stays as it is: nothing is
    /// free then.
    pub fn asked(from: Option<Date>, until: Option<Date>, today: Date) -> Option<Self> {
        let until = until.or(from)?;
        let from = from.unwrap_or(today.min(until));
        Some(if until < today { Self { from, until } } else { Self { from: from.max(today), until } })
    }

    /// Whether its last day has passed.
    pub fn is_over(self, today: Date) -> bool {
        self.until < today
    }
}

impl FreeTimes {
    /// Whether a place is free on each of these days, in one period or in several that join.
    pub fn covers(&self, stretch: Stretch) -> bool {
        if stretch.until < stretch.from {
            return false;
        }
        let mut day = stretch.from;
        loop {
            let here = self.periods.iter().filter(|p| p.places > 0 && p.from <= day && day <= p.until);
            // Each step leaves at least one period behind.
            match here.map(|period| period.until).max() {
                None => return false,
                Some(last) if last >= stretch.until => return true,
                Some(last) => match last.next_day() {
                    Some(next) => day = next,
                    None => return true,
                },
            }
        }
    }

    /// Free places on a weekday; `None`: not said.
    pub fn on(&self, weekday: Weekday) -> Option<u16> {
        self.weekdays[usize::from(weekday.number_days_from_monday())]
    }

    /// The weekdays with a free place.
    pub fn free_weekdays(&self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(|weekday| self.on(*weekday).is_some_and(|places| places > 0))
    }
}

/// The week as Germans count it.
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl CapacityReport {
    /// The times at which somebody can still come: those of a valid report, without days that have passed and without
    /// those on which nobody is taken in.
    pub fn times_at(&self, now: Now) -> FreeTimes {
        let today = now.berlin_date;
        let Some(first) = self.first_open_day(today).filter(|_| self.is_valid_at(now.instant)) else {
            return FreeTimes::default();
        };
        let open = self.times.periods.iter().filter(|period| period.places > 0 && period.until >= first);
        FreeTimes {
            periods: open
                .map(|period| FreePeriod { from: period.from.max(first), ..period.clone() })
                .collect(),
            weekdays: if first == today { self.times.weekdays } else { [None; 7] },
        }
    }

    /// Whether a place is free on each of these days.
    pub fn is_free_over(&self, stretch: Stretch, now: Now) -> bool {
        let is_open = |first: Date| first <= stretch.from && !stretch.is_over(now.berlin_date);
        !self.times.periods.is_empty()
            && self.is_valid_at(now.instant)
            && self.first_open_day(now.berlin_date).is_some_and(is_open)
            && self.times.covers(stretch)
    }

    /// The weekdays on which a place is free, as bits: 1 is Monday.
    pub fn weekday_bits(&self, now: Now) -> u8 {
        let says_nothing = self.times.weekdays.iter().all(Option::is_none);
        if says_nothing
            || !self.is_valid_at(now.instant)
            || self.first_open_day(now.berlin_date) != Some(now.berlin_date)
        {
            return 0;
        }
        self.times.free_weekdays().fold(0, |bits, weekday| bits | weekday_bit(weekday))
    }

    /// Whether it is valid and was not made before an instant.
    pub fn is_newer_than(&self, since: OffsetDateTime, now: Now) -> bool {
        self.reported_at >= since && self.is_valid_at(now.instant)
    }

    /// The first day from today on that no intake stop covers; `None` while its end is open.
    fn first_open_day(&self, today: Date) -> Option<Date> {
        if !self.intake_stop {
            return Some(today);
        }
        Some(self.intake_stop_until?.next_day()?.max(today))
    }
}

/// The bit of a weekday.
pub fn weekday_bit(weekday: Weekday) -> u8 {
    1 << weekday.number_days_from_monday()
}

#[cfg(test)]
mod tests;
