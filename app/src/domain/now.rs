//! The moment a rule is asked about.

use time::{Date, OffsetDateTime, Weekday};

/// An instant together with what the clock on the wall shows in Berlin.
///
/// Rules of the light need both: a report expires at an instant, an announcement becomes due at a
/// date. The caller reads the clock; the domain never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant, in UTC.
    pub instant: OffsetDateTime,
    /// The calendar date in Berlin at that instant.
    pub berlin_date: Date,
    /// Minutes since midnight on Berlin's clocks, 0 to 1439.
    pub berlin_minute: u16,
}

impl Now {
    /// The weekday in Berlin.
    pub fn weekday(self) -> Weekday {
        self.berlin_date.weekday()
    }
}
