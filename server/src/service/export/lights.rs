//! The light in tables for people. The command `export` has none: what it writes is read again, and a report is made by
//! those who report.

use app::{
    domain::{
        capacity::{Availability, Light},
        care_type::Taxonomy,
        now::Now,
        offer::Offer,
    },
    text::dates,
};
use time::{Date, OffsetDateTime};

/// The columns behind those of the export. No mapping reads them.
pub(super) const COLUMNS: [&str; 4] = ["ampel", "plaetze_frei", "gemeldet", "gilt_bis"];

/// The moment that a table shows.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    pub now: Now,
    pub taxonomy: &'a Taxonomy,
}

/// What the columns hold. Of a report that is over, they say only when it was made and when it ended.
pub(super) struct Lit {
    /// As in addresses; empty where there is no light.
    pub light: &'static str,
    pub free_now: Option<u32>,
    pub reported: Option<Date>,
    pub valid_until: Option<Date>,
}

impl Moment<'_> {
    pub(super) fn light(self, offer: &Offer) -> Lit {
        let kind = self.taxonomy.light_of(&offer.care_type, offer.form);
        let own = Availability::of(kind, offer.latest_report.as_ref(), self.now);
        let day = |at: Option<OffsetDateTime>| at.map(|at| dates::berlin(at).date());
        Lit {
            light: own.as_ref().map_or("", |own| Light::slug(own.light)),
            free_now: own.as_ref().and_then(|own| own.free_now),
            reported: day(own.as_ref().and_then(|own| own.reported_at)),
            valid_until: day(own.as_ref().and_then(|own| own.valid_until)),
        }
    }
}

impl Lit {
    pub(super) fn cells(&self) -> [String; 4] {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let free = self.free_now.map(|free| free.to_string()).unwrap_or_default();
        [self.light.to_owned(), free, day(self.reported), day(self.valid_until)]
    }
}
