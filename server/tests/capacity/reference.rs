//! The rule of the light once more, written from the table of the product alone: it knows no code of the program.
//!
//! Berlin's clocks are two tables of their own, so that a mistake in the program's calendar is no mistake here.

use time::{Date, OffsetDateTime, PrimitiveDateTime, UtcOffset, macros::datetime};

/// What the office said, as somebody would note it on paper.
#[derive(Clone, Debug)]
pub struct Noted {
    pub at: OffsetDateTime,
    /// Days that it holds.
    pub days: i64,
    pub free: Option<u32>,
    pub from: Option<Date>,
    /// "accepting", "waiting", "stopped" or nothing.
    pub intake: &'static str,
    pub list_open: bool,
    pub stop: bool,
    pub stop_until: Option<Date>,
}

/// Summer time of these years, in UTC (Sommerzeitverordnung: last Sundays of March and October, 01:00 UTC).
const SUMMERS: [(OffsetDateTime, OffsetDateTime); 3] = [
    (datetime!(2025-03-30 01:00 UTC), datetime!(2025-10-26 01:00 UTC)),
    (datetime!(2026-03-29 01:00 UTC), datetime!(2026-10-25 01:00 UTC)),
    (datetime!(2027-03-28 01:00 UTC), datetime!(2027-10-31 01:00 UTC)),
];

/// How far Berlin's clocks are ahead.
fn ahead(instant: OffsetDateTime) -> i64 {
    if SUMMERS.iter().any(|(begin, end)| (*begin..*end).contains(&instant)) { 2 } else { 1 }
}

/// What Berlin's clocks show.
pub fn on_the_wall(instant: OffsetDateTime) -> PrimitiveDateTime {
    let shown = instant.to_offset(UtcOffset::UTC) + time::Duration::hours(ahead(instant));
    PrimitiveDateTime::new(shown.date(), shown.time())
}

/// The instant at which they show this; by day there is just one.
pub fn when_the_wall_shows(wall: PrimitiveDateTime) -> OffsetDateTime {
    let guess = |hours| wall.assume_utc() - time::Duration::hours(hours);
    if ahead(guess(2)) == 2 { guess(2) } else { guess(1) }
}

impl Noted {
    /// The instant from which it counts for nothing: so many days later, at the same time of day.
    pub fn over(&self) -> OffsetDateTime {
        when_the_wall_shows(on_the_wall(self.at) + time::Duration::days(self.days))
    }
}

/// The light at an instant, as the JSON of the portal says it, and the free places that are shown.
pub fn light(noted: &[Noted], instant: OffsetDateTime) -> (&'static str, Option<u32>) {
    let today = on_the_wall(instant).date();
    let Some(last) = noted.iter().rfind(|one| one.at <= instant) else { return ("unknown", None) };
    if instant >= last.over() {
        return ("unknown", None);
    }
    let some_free = matches!(last.free, Some(1..));
    let stop_is_over = last.stop_until.is_some_and(|day| day < today);
    let row = match () {
        () if last.stop && !stop_is_over => "full",
        () if last.stop => "unknown",
        () if last.from.is_some_and(|day| day <= today) && !some_free => "unknown",
        () if some_free || last.intake == "accepting" => "free",
        () if last.list_open || last.intake == "waiting" || last.from.is_some() => "waiting_list",
        () if last.free == Some(0) || last.intake == "stopped" => "full",
        () => "unknown",
    };
    (row, last.free)
}
