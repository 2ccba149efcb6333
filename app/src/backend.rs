//! What the pages need from the rest of the program: narrow traits, one per noun.
//!
//! The server implements them in its `service` module; tests may give their own.

pub mod access;
mod portal;
mod report_history;

pub use portal::CurrentPortal;
pub use report_history::{FacilityHistory, OfferHistory, ReportHistory};

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::domain::{
    capacity::{Availability, history::Share},
    care_type::{CareTypeSlug, Taxonomy},
    facility::Facility,
    ids::{FacilityId, OfferId, Slug},
    now::Now,
    offer::Offer,
    organization::Organization,
    portal::Portal,
    search::SearchQuery,
    search_results::{FacilityHit, SearchResults},
    suggestion::{SuggestQuery, Suggestion},
};

/// Why the program cannot answer. Texts for people are made where they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// The database does not answer; it may again in a moment.
    #[error("the store is away")]
    Unavailable,
    /// The search index is being built.
    #[error("the index is being built")]
    Indexing,
    /// What the search knows may be old: a light that cannot be checked is not shown.
    #[error("the index is behind the store")]
    Behind,
    /// A defect; the cause is in the log.
    #[error("internal error")]
    Internal,
}

/// The result of looking for an entry by its slug.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<T> {
    Here(T),
    /// The entry has this slug now: redirect for good.
    Moved(Slug),
    Nowhere,
}

/// A facility as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityView {
    pub facility: Facility,
    /// The light of each offer that has one.
    pub lights: Vec<(OfferId, Availability)>,
    /// How reliably each of them is reported, where the county shows it.
    pub shares: Vec<(OfferId, Share)>,
    pub now: Now,
}

impl FacilityView {
    /// A facility with the lights of its offers at a moment.
    pub fn of(facility: Facility, taxonomy: &Taxonomy, now: Now) -> Self {
        let light = |offer: &Offer| {
            let kind = taxonomy.light_of(&offer.care_type, offer.form);
            Some((offer.id, Availability::of(kind, offer.latest_report.as_ref(), now)?))
        };
        let lights = facility.offers.iter().filter_map(light).collect();
        Self { facility, lights, shares: Vec::new(), now }
    }

    /// How reliably an offer is reported; `None`: that is not for everybody.
    pub fn share(&self, offer: OfferId) -> Option<Share> {
        self.shares.iter().find(|(id, _)| *id == offer).map(|(_, share)| *share)
    }

    /// The light of an offer; `None` where its type has none.
    pub fn light(&self, offer: OfferId) -> Option<&Availability> {
        self.lights.iter().find(|(id, _)| *id == offer).map(|(_, light)| light)
    }
}

/// All offers that somebody may report, with their lights.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// Each with those of its offers that have a light, and at least one.
    pub facilities: Vec<FacilityView>,
    /// How many days a report of each offer holds.
    pub days: HashMap<OfferId, u16>,
    pub now: Now,
}

/// Where a public facility is found, for search engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    pub slug: Slug,
    pub organization: Option<Slug>,
    pub updated_at: OffsetDateTime,
}

/// An organization with its facilities.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganizationView {
    pub organization: Organization,
    pub facilities: Vec<FacilityHit>,
}

/// How much the county has, for the start page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub facilities: usize,
    pub offers: usize,
    /// Offers per care type.
    pub by_type: Vec<(CareTypeSlug, usize)>,
}

#[async_trait]
pub trait SearchBackend: Send + Sync {
    /// Answers a search with pages of `page_size` facilities.
    async fn search(&self, query: &SearchQuery, page_size: usize) -> Result<SearchResults, BackendError>;
    /// Suggests what somebody may mean who is still typing; at most [`Suggestion::MOST`].
    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, BackendError>;
    /// Counts what is public.
    async fn counts(&self) -> Result<Counts, BackendError>;
}

#[async_trait]
pub trait FacilityBackend: Send + Sync {
    /// Finds a public facility. Drafts are found nowhere.
    async fn find_facility(&self, slug: &Slug) -> Result<Found<FacilityView>, BackendError>;
    /// The public ones among these facilities, in the order asked for.
    async fn list_facilities(&self, ids: &[FacilityId]) -> Result<Vec<FacilityView>, BackendError>;
    /// Every public facility, always in the same order.
    async fn list_addresses(&self) -> Result<Vec<PublicAddress>, BackendError>;
}

#[async_trait]
pub trait OrganizationBackend: Send + Sync {
    /// Finds an organization that runs at least one public facility.
    async fn find_organization(&self, slug: &Slug) -> Result<Found<OrganizationView>, BackendError>;
}

/// Reads the clock. The one place where the present comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Now;
}

/// Everything a page can reach, provided as Leptos context.
#[derive(Clone)]
pub struct Backend {
    pub search: Arc<dyn SearchBackend>,
    pub facilities: Arc<dyn FacilityBackend>,
    pub organizations: Arc<dyn OrganizationBackend>,
    pub clock: Arc<dyn Clock>,
    pub portal: CurrentPortal,
}

impl Backend {
    /// The portal of this moment.
    pub fn portal(&self) -> Arc<Portal> {
        self.portal.get()
    }
}
