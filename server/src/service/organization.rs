//! Organizations for their pages.

use std::sync::Arc;

use app::{
    backend::{BackendError, Clock, CurrentPortal, Found, OrganizationBackend, OrganizationView},
    domain::ids::Slug,
};
use async_trait::async_trait;

use super::{search::listed_whole, store_error};
use crate::store::{Store, StoreError};

/// Finds organizations in the store, with the cards of what they run.
pub struct OrganizationService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
}

impl OrganizationService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, portal: impl Into<CurrentPortal>) -> Self {
        Self { store, clock, portal: portal.into() }
    }

    async fn find(&self, slug: &Slug) -> Result<Found<OrganizationView>, StoreError> {
        let Some(organization) = self.store.find_organization_by_slug(slug).await? else {
            let now_called = self.store.find_organization_slug_redirect(slug).await?;
            return Ok(now_called.map_or(Found::Nowhere, Found::Moved));
        };
        let all = self.store.list_facilities_of_organization(organization.id).await?;
        let taxonomy = &self.portal.get().taxonomy;
        let shown = all.into_iter().filter_map(|facility| facility.shown(taxonomy));
        let facilities: Vec<_> = shown.collect();
        if facilities.is_empty() {
            return Ok(Found::Nowhere);
        }
        let now = self.clock.now();
        let hits = facilities.into_iter().map(|facility| listed_whole(facility, taxonomy, now)).collect();
        Ok(Found::Here(OrganizationView { organization, facilities: hits }))
    }
}

#[async_trait]
impl OrganizationBackend for OrganizationService {
    async fn find_organization(&self, slug: &Slug) -> Result<Found<OrganizationView>, BackendError> {
        self.find(slug).await.map_err(|error| store_error(&error))
    }
}
