//! Stands in until store and search are wired: says that the index is being built.

use app::{
    backend::{
        BackendError, Counts, FacilityBackend, FacilityView, Found, OrganizationBackend, OrganizationView,
        SearchBackend,
    },
    domain::{ids::Slug, now::Now, search::SearchQuery, search_results::SearchResults},
};
use async_trait::async_trait;
use time::OffsetDateTime;

use crate::service::pulse::{Pulse, Readiness};

pub(super) struct Pending;

#[async_trait]
impl SearchBackend for Pending {
    async fn search(&self, _: &SearchQuery, _: usize) -> Result<SearchResults, BackendError> {
        Err(BackendError::Indexing)
    }

    async fn counts(&self) -> Result<Counts, BackendError> {
        Err(BackendError::Indexing)
    }
}

#[async_trait]
impl FacilityBackend for Pending {
    async fn find_facility(&self, _: &Slug) -> Result<Found<FacilityView>, BackendError> {
        Err(BackendError::Indexing)
    }
}

#[async_trait]
impl OrganizationBackend for Pending {
    async fn find_organization(&self, _: &Slug) -> Result<Found<OrganizationView>, BackendError> {
        Err(BackendError::Indexing)
    }
}

impl Pulse for Pending {
    fn generation(&self) -> u64 {
        0
    }

    fn fresh_until(&self, _: Now) -> Option<OffsetDateTime> {
        None
    }

    fn readiness(&self) -> Readiness {
        Readiness::Indexing
    }
}
