//! Einrichtung: a place with an address, run by one organization.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    accessibility::Accessibility,
    care_type::Taxonomy,
    ids::{FacilityId, Slug},
    offer::{Offer, Source},
    opening_hours::OpeningHours,
    organization::Organization,
    place::{Municipality, Position, PostalCode},
    upload::Picture,
};

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street with house number.
    pub street: Option<String>,
    pub postal_code: Option<PostalCode>,
    pub municipality: Option<Municipality>,
    /// Ortsteil.
    pub locality: Option<String>,
}

/// Whom to ask about something ("Aufnahme", "Beschwerden").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub purpose: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Something to read or to fill in before one comes: house rules, a price list, an application form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub title: String,
    /// Where it lies: a web address, or the path of an uploaded file (`routes::document`).
    pub url: String,
}

/// Whether people see a facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    /// Waits for the county, for example because it has no name yet.
    Draft,
    /// It is there no more; the county keeps what was known.
    Archived,
    /// Those who run it do not want to be listed; no import brings it back.
    Declined,
}

impl Visibility {
    /// Whether it was taken out of the directory: only a decision of its own brings it back.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Archived | Self::Declined)
    }
}

/// Who answers for a facility in law (§ 5 DDG); what is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalParticulars {
    /// Rechtsform, for example "gGmbH".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<String>,
    /// Who acts for it: managing directors, board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub represented_by: Option<String>,
    /// Court and number of the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Aufsichtsbehörde, for a home the Heimaufsicht.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervisory_authority: Option<String>,
    /// Institutionskennzeichen: nine digits (§ 293 SGB V).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution_code: Option<String>,
}

/// An Einrichtung with its offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facility {
    pub id: FacilityId,
    pub slug: Slug,
    pub visibility: Visibility,
    /// Empty only while a draft.
    pub name: String,
    pub organization: Option<Organization>,
    /// Owner of the building where it is not the organization (Eigentümer).
    pub owner: Option<String>,
    pub address: Address,
    pub position: Option<Position>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub contacts: Vec<Contact>,
    pub opening_hours: OpeningHours,
    /// ISO 639-1 codes of languages spoken besides German.
    pub languages: Vec<String>,
    pub accessibility: Accessibility,
    pub documents: Vec<Document>,
    /// The most telling one first.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    pub source: Source,
    pub updated_at: OffsetDateTime,
    /// When those who run it last said that everything is right.
    pub confirmed_at: Option<OffsetDateTime>,
    pub legal: LegalParticulars,
    pub offers: Vec<Offer>,
}

impl Facility {
    /// When somebody last saw to it that what is said here is right.
    pub fn checked_at(&self) -> OffsetDateTime {
        self.confirmed_at.map_or(self.updated_at, |confirmed| confirmed.max(self.updated_at))
    }

    /// Whether people see it: it is public, and something is left to offer.
    pub fn is_shown(&self, taxonomy: &Taxonomy) -> bool {
        self.visibility == Visibility::Public
            && self.offers.iter().any(|offer| taxonomy.shows(&offer.care_type))
    }

    /// What people see of it: without offers of hidden types, and without hidden specialisms. `None` while it is a
    /// draft, or where nothing is left to offer.
    pub fn shown(mut self, taxonomy: &Taxonomy) -> Option<Self> {
        if !self.is_shown(taxonomy) {
            return None;
        }
        self.offers.retain(|offer| taxonomy.shows(&offer.care_type));
        for offer in &mut self.offers {
            offer.specialisms.retain(|slug| !taxonomy.hides_specialism(slug));
        }
        Some(self)
    }
}
