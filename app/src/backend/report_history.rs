//! What was reported over time, as those see it who report, and the county.

use crate::domain::{
    capacity::{
        CapacityReport,
        history::{Share, Span, Window},
    },
    ids::{OfferId, Slug},
    now::Now,
};

/// The history of one facility, and which others there are.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportHistory {
    /// All that have a history, by address and name.
    pub facilities: Vec<(Slug, String)>,
    /// `None`: there is none.
    pub chosen: Option<FacilityHistory>,
    pub window: Window,
    pub now: Now,
}

/// The offers of a facility that have a light, some at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityHistory {
    pub slug: Slug,
    pub name: String,
    pub offers: Vec<OfferHistory>,
    /// From 1.
    pub page: usize,
    pub pages: usize,
}

/// What was reported about one offer.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferHistory {
    pub id: OfferId,
    pub name: String,
    /// Its places are counted.
    pub counts_places: bool,
    pub share: Share,
    /// In the order of their numbers.
    pub reports: Vec<CapacityReport>,
    /// How often somebody said of each of them that it was not free after all.
    pub told: Vec<u32>,
    pub spans: Vec<Span>,
}
