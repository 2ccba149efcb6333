//! Where programs report what is free, and where their accesses and tables of the same are seen to.

use super::EDITING;
use crate::domain::ids::{OfferId, Slug};

/// What a program reports of many offers; [`API_OFFER_CAPACITY`] is for one.
pub const API_CAPACITY: &str = "/api/v1/capacity";
/// What a program reports of one offer, as a pattern.
pub const API_OFFER_CAPACITY: &str = "/api/v1/offers/{id}/capacity";
pub const API_DESCRIPTION: &str = "/api/v1/openapi.json";

/// Where a program reports one offer.
pub fn api_offer_capacity(offer: OfferId) -> String {
    API_OFFER_CAPACITY.replace("{id}", &offer.to_string())
}

/// What a kind of problem of the API means.
pub fn api_problem(name: &str) -> String {
    format!("/api/v1/probleme/{name}")
}

/// Whether programs report at a path. Nobody is signed in there: each call shows its own access.
pub fn takes_reports_of_programs(path: &str) -> bool {
    let (before, after) = API_OFFER_CAPACITY.split_once("{id}").unwrap_or_default();
    path == API_CAPACITY || path.starts_with(before) && path.ends_with(after)
}

/// Where an organization lets programs report, and sends tables of what is free.
pub fn interface(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/schnittstelle")
}

/// Something below [`interface`].
pub fn interface_step(organization: &Slug, step: &str) -> String {
    format!("{EDITING}/{organization}/schnittstelle/{step}")
}

/// Where an organization sends such a table.
pub fn capacity_table(organization: &Slug) -> String {
    interface_step(organization, "tabelle")
}

/// Whether a path takes tables of what is free: see [`capacity_table`].
pub fn takes_capacity_tables(path: &str) -> bool {
    path.starts_with(EDITING) && path.ends_with("/schnittstelle/tabelle")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::API_SEARCH;

    #[test]
    fn programs_report_at_two_addresses() {
        let offer = OfferId(uuid::Uuid::from_u128(7));
        assert!(
            takes_reports_of_programs(&api_offer_capacity(offer)) && takes_reports_of_programs(API_CAPACITY)
        );
        for other in [API_SEARCH, "/api/v1/offers/", "/api/v1/capacity/x", "/konto", "/x/capacity"] {
            assert!(!takes_reports_of_programs(other), "{other}");
        }
        let organization = Slug::from_name("Diakonie Aue");
        assert!(takes_capacity_tables(&capacity_table(&organization)));
        assert!(
            !takes_capacity_tables(&interface(&organization))
                && !takes_capacity_tables("/x/schnittstelle/tabelle")
        );
    }
}
