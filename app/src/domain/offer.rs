//! Angebot: one care type offered at one facility. The searchable unit, and what a light belongs to.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{capacity::CapacityReport, care_type::CareTypeSlug, ids::OfferId, place::Position};

/// How an offer of its type is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferForm {
    /// Kurzzeitpflege in a house of its own (solitär).
    Standalone,
    /// Kurzzeitpflege in beds of a nursing home (eingestreut).
    Embedded,
    /// Verhinderungspflege in a home (stationär).
    Residential,
    /// Verhinderungspflege at the person's home (häuslich).
    AtHome,
    /// Verhinderungspflege by the hour (stundenweise).
    Hourly,
}

impl OfferForm {
    pub const ALL: [Self; 5] =
        [Self::Standalone, Self::Embedded, Self::Residential, Self::AtHome, Self::Hourly];

    /// The value in the store and in import mappings.
    pub fn key(self) -> &'static str {
        match self {
            Self::Standalone => "standalone",
            Self::Embedded => "embedded",
            Self::Residential => "residential",
            Self::AtHome => "at_home",
            Self::Hourly => "hourly",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }
}

/// Einzugsgebiet of a service that comes to people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceArea {
    /// Municipalities by official key (AGS).
    Municipalities(Vec<String>),
    /// Kilometres around the facility.
    RadiusKm(f64),
}

impl ServiceArea {
    /// Whether the service comes to a place, given by its official key and its position as far as they
    /// are known. `base` is where the facility stands.
    pub fn covers(&self, ags: Option<&str>, base: Option<Position>, place: Option<Position>) -> bool {
        match self {
            Self::Municipalities(keys) => ags.is_some_and(|ags| keys.iter().any(|key| key == ags)),
            Self::RadiusKm(km) => base.zip(place).is_some_and(|(base, place)| base.distance_km(place) <= *km),
        }
    }
}

/// Monthly own share (Eigenanteil) of a resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostShare {
    /// Euro cents a month.
    pub cents_per_month: i64,
    /// The day the amount was valid.
    pub as_of: Date,
}

/// Approval by the Pflegekassen (Versorgungsvertrag).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    Approved,
    NotApproved,
}

impl Approval {
    /// The value in the store and in import mappings.
    pub fn key(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::NotApproved => "not_approved",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        [Self::Approved, Self::NotApproved].into_iter().find(|a| a.key() == key)
    }
}

/// Where an entry comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An import; the text names it.
    Import(String),
    Provider,
    County,
}

/// One Angebot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub id: OfferId,
    /// The id the row had in the imported file.
    pub external_id: Option<String>,
    pub care_type: CareTypeSlug,
    /// The offer's own name, where it has one beside its type.
    pub label: Option<String>,
    pub form: Option<OfferForm>,
    /// Fachrichtung of a Facharztpraxis.
    pub specialty: Option<String>,
    /// Slugs of specialisms.
    pub specialisms: Vec<String>,
    /// Agreed places in all; known without any report.
    pub places_total: Option<u32>,
    /// `None`: the area is not known.
    pub service_area: Option<ServiceArea>,
    pub cost_share: Option<CostShare>,
    /// `None`: not known.
    pub approval: Option<Approval>,
    /// Quality report of the Medizinischer Dienst.
    pub quality_report_url: Option<String>,
    /// Conditions and exclusions.
    pub conditions: Option<String>,
    /// The offer whose beds these places are (eingestreute Kurzzeitpflege).
    pub shares_places_with: Option<OfferId>,
    pub source: Source,
    /// The latest capacity report, valid or not.
    pub latest_report: Option<CapacityReport>,
}
