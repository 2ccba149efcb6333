//! The moment a rule is asked about.

use time::{Date, OffsetDateTime};

use super::{holiday::Holiday, opening_hours::OpenSpan};

/// An instant together with what clock and calendar on the wall show in the county, on Berlin's time.
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
    /// The public holiday of that date, as the county has it.
    pub holiday: Option<Holiday>,
}

impl Now {
    /// The day whose opening hours hold: [`OpenSpan::HOLIDAY`], or the ISO number of the weekday.
    pub fn opening_day(self) -> u8 {
        match self.holiday {
            Some(_) => OpenSpan::HOLIDAY,
            None => self.berlin_date.weekday().number_from_monday(),
        }
    }
}
