//! What the store should hold after an import.

use std::collections::BTreeMap;

use app::domain::{
    accessibility::Accessibility,
    facility::{Contact, Document, LegalParticulars},
    ids::Slug,
    opening_hours::OpeningHours,
    place::{Position, PostalCode},
};

use super::{decode::Found, municipality::PlannedMunicipality, row::OfferCells, table::Table};

/// A remark for the person who imports. The line is that of the record in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub line: usize,
    pub text: String,
}

/// A row that is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub line: usize,
    pub reason: String,
    /// The record as it stands in the file.
    pub raw: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedOrganization {
    pub name: String,
    pub umbrella: Option<String>,
}

/// A row as an offer of its facility.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedOffer {
    pub line: usize,
    pub external_id: String,
    pub source: String,
    pub cells: OfferCells,
    /// Which of the facility's planned offers it shares its places with.
    pub shares_places_with: Option<usize>,
    /// What the row itself says about the facility, by field: decides whether a change of the
    /// facility is a change of this row.
    pub own: BTreeMap<&'static str, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedFacility {
    pub source: String,
    /// Rows with the same key are one facility.
    pub key: String,
    /// Empty: a draft.
    pub name: String,
    /// Position in [`Plan::organizations`].
    pub organization: Option<usize>,
    pub owner: Option<String>,
    /// Which slug a new facility wants; `None`: the one that its name makes.
    pub slug: Option<Slug>,
    pub street: Option<String>,
    pub postal_code: Option<PostalCode>,
    /// Position in [`Plan::municipalities`].
    pub municipality: Option<usize>,
    pub locality: Option<String>,
    pub position: Option<Position>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub contacts: Vec<Contact>,
    pub opening_hours: OpeningHours,
    pub languages: Vec<String>,
    pub accessibility: Accessibility,
    pub documents: Vec<Document>,
    pub legal: LegalParticulars,
    pub offers: Vec<PlannedOffer>,
}

impl PlannedFacility {
    /// Without a name it waits for the county.
    pub fn is_draft(&self) -> bool {
        self.name.is_empty()
    }
}

/// A whole file.
#[derive(Clone, Debug)]
pub struct Plan {
    pub encoding: Found,
    pub table: Table,
    pub municipalities: Vec<PlannedMunicipality>,
    pub organizations: Vec<PlannedOrganization>,
    pub facilities: Vec<PlannedFacility>,
    pub rejects: Vec<Reject>,
    /// In the order of their lines.
    pub warnings: Vec<Remark>,
}

impl Plan {
    /// Turns an offer of a facility into a reject.
    pub fn reject(&mut self, facility: usize, offer: usize, reason: String) {
        let line = super::facility::remove(&mut self.facilities[facility], offer).line;
        let record = self.table.records.iter().find(|record| record.line == line);
        let raw = record.map(|record| record.raw.clone()).unwrap_or_default();
        self.rejects.push(Reject { line, reason, raw });
        self.rejects.sort_by_key(|reject| reject.line);
    }

    /// The rejected rows as a file with the same header, delimiter, line ends and encoding; `None`
    /// where there are none.
    pub fn rejects_file(&self) -> Option<Vec<u8>> {
        if self.rejects.is_empty() {
            return None;
        }
        let mut text = self.table.head.clone();
        for reject in &self.rejects {
            text.push_str(&reject.raw);
            text.push_str(self.table.line_end);
        }
        Some(self.encoding.encode(&text))
    }
}
