//! Reminders, and what nobody has reported.

use super::value_of;
use crate::domain::{
    ids::Slug,
    unreported::{UnreportedQuery, UnreportedShow},
};

pub const OWN_REMINDERS: &str = "/konto/erinnerungen";
pub const STOP_REMINDERS: &str = "/erinnerungen-abbestellen";
pub const UNREPORTED: &str = "/kreis/meldungen";

/// Where somebody ends their reminders, with what the link in one holds.
pub fn stop_reminders(secret: &str) -> String {
    format!("{STOP_REMINDERS}/{secret}")
}

/// Where the county puts a facility off that does not report.
pub fn put_off(facility: &Slug) -> String {
    format!("{UNREPORTED}/{facility}/spaeter")
}

/// What has not been reported for long, as the address of a page says it.
pub fn unreported(query: UnreportedQuery) -> String {
    let show = (query.show != UnreportedShow::default()).then(|| format!("zeigen={}", query.show.slug()));
    let page = (query.before > 0).then(|| format!("seite={}", query.before + 1));
    let parts: Vec<String> = [show, page].into_iter().flatten().collect();
    let mark = if parts.is_empty() { "" } else { "?" };
    format!("{UNREPORTED}{mark}{}", parts.join("&"))
}

/// Reads what [`unreported`] writes. Never fails.
pub fn parse_unreported(query_string: &str) -> UnreportedQuery {
    let page: u32 = value_of(query_string, "seite").parse().unwrap_or(1);
    // Nobody turns so many pages.
    let before = page.clamp(1, 10_000) - 1;
    UnreportedQuery { show: UnreportedShow::parse(&value_of(query_string, "zeigen")), before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_silent_is_in_its_address_and_anything_is_read() {
        let later = UnreportedQuery { show: UnreportedShow::Later, before: 2 };
        assert_eq!(unreported(later), "/kreis/meldungen?zeigen=spaeter&seite=3");
        assert_eq!(parse_unreported("zeigen=spaeter&seite=3"), later);
        assert_eq!(unreported(UnreportedQuery::default()), UNREPORTED);
        for text in ["", "seite=0&zeigen=x", "seite=-1", "seite=99999999999999", "%ZZ&=&seite"] {
            assert_eq!(parse_unreported(text), UnreportedQuery::default(), "{text}");
        }
    }
}
