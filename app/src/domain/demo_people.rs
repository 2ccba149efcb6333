//! The accounts of an example portal, one for each role. Everybody may know their password; a county's own
//! portal does not start with them.

use super::account::{CountyRole, OrganizationRole};

/// What one of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoRole {
    County(CountyRole),
    /// In the first organization of the example.
    Organization(OrganizationRole),
}

/// Somebody invented.
#[derive(Clone, Copy, Debug)]
pub struct DemoPerson {
    pub email: &'static str,
    pub name: &'static str,
    pub role: DemoRole,
}

/// The password of all of them.
pub const PASSWORD: &str = "Beispiel macht klug";

const fn person(email: &'static str, name: &'static str, role: DemoRole) -> DemoPerson {
    DemoPerson { email, name, role }
}

/// All of them; the addresses belong to nobody (RFC 2606, 2).
pub const PEOPLE: [DemoPerson; 5] = [
    person("administration@kreis.example", "Alex Amt", DemoRole::County(CountyRole::Administrator)),
    person("redaktion@kreis.example", "Robin Rat", DemoRole::County(CountyRole::Editor)),
    person("leitung@haus.example", "Luca Leitner", DemoRole::Organization(OrganizationRole::Owner)),
    person("texte@haus.example", "Toni Texter", DemoRole::Organization(OrganizationRole::Editor)),
    person("meldung@haus.example", "Mika Melder", DemoRole::Organization(OrganizationRole::Capacity)),
];
