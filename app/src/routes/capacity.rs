//! Where people say what is free, and what becomes of that.

use super::{EDITING, FACILITY, UNREPORTED};
use crate::domain::ids::Slug;

/// Links that report capacity.
pub const REPORT_LINK: &str = "/m";
pub const COUNTY_HISTORY: &str = "/kreis/verlauf";
pub const NOT_FREE: &str = "/kreis/nicht-frei";
pub const TRUST: &str = "/kreis/vertrauen";

/// Where an organization says what is free.
pub fn report(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/meldung")
}

/// The same for whoever has a link, with what it holds.
pub fn report_link(secret: &str) -> String {
    format!("{REPORT_LINK}/{secret}")
}

/// The links of an organization that report.
pub fn report_links(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/meldelinks")
}

/// Where a card with such a link is made.
pub fn report_card(organization: &Slug) -> String {
    format!("{}/karte", report_links(organization))
}

/// Where somebody is sent such a link.
pub fn send_report_link(organization: &Slug) -> String {
    format!("{}/senden", report_links(organization))
}

/// Where such a link is switched off.
pub fn revoke_report_link(organization: &Slug) -> String {
    format!("{}/abschalten", report_links(organization))
}

/// Where the county says what is free at a facility.
pub fn county_report(facility: &Slug) -> String {
    format!("{UNREPORTED}/{facility}")
}

/// Where the county says how long reports of an offer hold.
pub fn county_validity(facility: &Slug) -> String {
    format!("{}/gueltigkeit", county_report(facility))
}

/// What an organization reported over time.
pub fn report_history(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/verlauf")
}

/// The same of one of its facilities; pages count from 1.
pub fn facility_history(organization: &Slug, facility: &Slug, page: usize) -> String {
    let page = if page > 1 { format!("&seite={page}") } else { String::new() };
    format!("{}?einrichtung={facility}{page}", report_history(organization))
}

/// The same of one facility, for the county, whoever runs it.
pub fn county_history(facility: &Slug, page: usize) -> String {
    let page = if page > 1 { format!("?seite={page}") } else { String::new() };
    format!("{COUNTY_HISTORY}/{facility}{page}")
}

/// Where somebody says of a green light that it was not free after all.
pub fn not_free(slug: &Slug) -> String {
    format!("{FACILITY}/{slug}/nicht-frei")
}
