//! The example county of `serve --demo`.

#[path = "example/demo.rs"]
mod demo;
#[path = "example/filters.rs"]
mod filters;
#[path = "example/lists.rs"]
mod lists;
#[path = "example/map.rs"]
mod map;
#[path = "example/pages.rs"]
mod pages;
#[path = "example/relax.rs"]
mod relax;
#[path = "example/reports.rs"]
mod reports;
mod support;
#[path = "example/times.rs"]
mod times;

use app::domain::{care_type::Taxonomy, now::Now};
use server::example::ExampleCounty;
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};

/// A Sunday afternoon in November.
pub const NOW: Now = Now {
    instant: datetime!(2026-11-22 14:30 UTC),
    berlin_date: date!(2026 - 11 - 22),
    berlin_minute: 930,
    holiday: None,
};

/// Some days later, at the same time.
pub fn later(days: i64) -> Now {
    let instant: OffsetDateTime = NOW.instant + time::Duration::days(days);
    Now { instant, berlin_date: instant.date(), berlin_minute: NOW.berlin_minute, holiday: None }
}

pub fn county(now: Now) -> ExampleCounty {
    ExampleCounty::at(now, &Taxonomy::builtin()).expect("complete lists")
}
