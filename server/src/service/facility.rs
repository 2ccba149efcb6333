//! Facilities for their pages.

use std::sync::Arc;

use app::{
    backend::{BackendError, Clock, CurrentPortal, FacilityBackend, FacilityView, Found, PublicAddress},
    domain::{
        care_type::Taxonomy,
        facility::Facility,
        ids::{FacilityId, Slug},
    },
};
use async_trait::async_trait;

use super::{store_error, trust::public_shares};
use crate::store::{Store, StoreError};

/// Finds facilities in the store and decides their lights now.
pub struct FacilityService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
}

impl FacilityService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, portal: impl Into<CurrentPortal>) -> Self {
        Self { store, clock, portal: portal.into() }
    }

    async fn find(&self, slug: &Slug) -> Result<Found<FacilityView>, StoreError> {
        let found = self.store.find_facility_by_slug(slug).await?;
        let portal = self.portal.get();
        if let Some(facility) = found.and_then(|facility| facility.shown(&portal.taxonomy)) {
            let mut view = self.view(facility, &portal.taxonomy);
            view.shares = public_shares(&self.store, &view.facility, &portal.taxonomy, view.now).await?;
            return Ok(Found::Here(view));
        }
        let now_called = self.store.find_facility_slug_redirect(slug).await?;
        Ok(now_called.map_or(Found::Nowhere, Found::Moved))
    }

    fn view(&self, facility: Facility, taxonomy: &Taxonomy) -> FacilityView {
        FacilityView::of(facility, taxonomy, self.clock.now())
    }
}

#[async_trait]
impl FacilityBackend for FacilityService {
    async fn find_facility(&self, slug: &Slug) -> Result<Found<FacilityView>, BackendError> {
        self.find(slug).await.map_err(|error| store_error(&error))
    }

    async fn list_facilities(&self, ids: &[FacilityId]) -> Result<Vec<FacilityView>, BackendError> {
        let found = self.store.list_facilities(ids).await.map_err(|error| store_error(&error))?;
        let taxonomy = &self.portal.get().taxonomy;
        let shown = found.into_iter().filter_map(|facility| facility.shown(taxonomy));
        let mut views: Vec<FacilityView> = shown.map(|facility| self.view(facility, taxonomy)).collect();
        views.sort_by_key(|view| ids.iter().position(|id| *id == view.facility.id));
        Ok(views)
    }

    async fn list_addresses(&self) -> Result<Vec<PublicAddress>, BackendError> {
        let found = self.store.list_addresses().await.map_err(|error| store_error(&error))?;
        let portal = self.portal.get();
        let shown = found.into_iter().filter(|(_, care_type)| portal.taxonomy.shows(care_type));
        let mut addresses: Vec<PublicAddress> = shown.map(|(address, _)| address).collect();
        // One row for each type that a facility offers.
        addresses.dedup_by(|a, b| a.slug == b.slug);
        Ok(addresses)
    }
}
