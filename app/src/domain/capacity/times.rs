//! When places are free that are given for a while: weeks of short-term care, weekdays of day care.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::domain::care_type::CareTypeSlug;

/// What kind of times an offer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// People live there for good, or come without an appointment of this kind.
    None,
    /// People stay from one day to another.
    Stays,
    /// People come on some days of each week.
    Weekdays,
}

/// Types whose guests stay for some weeks (§§ 39 and 42 SGB XI).
const STAYS: [&str; 2] = ["kurzzeitpflege", "verhinderungspflege"];
/// Types whose guests come by day or by night, on fixed weekdays (§ 41 SGB XI).
const WEEKDAYS: [&str; 2] = ["tagespflege", "nachtpflege"];

impl TimeKind {
    /// What an offer of this type has.
    pub fn of(slug: &CareTypeSlug) -> Self {
        if STAYS.contains(&slug.as_str()) {
            Self::Stays
        } else if WEEKDAYS.contains(&slug.as_str()) {
            Self::Weekdays
        } else {
            Self::None
        }
    }
}

/// A stretch of days on each of which so many places are free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreePeriod {
    pub from: Date,
    /// The last day.
    pub until: Date,
    pub places: u16,
}

/// Places that are free at some times, as reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeTimes {
    /// In the order of their first days.
    pub periods: Vec<FreePeriod>,
    /// Free places from Monday to Sunday; `None`: not said.
    pub weekdays: [Option<u16>; 7],
}

impl FreeTimes {
    /// Most periods of an offer.
    pub const MOST: usize = 12;

    pub fn is_empty(&self) -> bool {
        self.periods.is_empty() && self.weekdays.iter().all(Option::is_none)
    }
}
