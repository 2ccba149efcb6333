//! Organizations for their pages.

use std::sync::Arc;

use app::{
    backend::{BackendError, Clock, Found, OrganizationBackend, OrganizationView},
    domain::{
        capacity::Availability,
        care_type::Taxonomy,
        facility::Facility,
        ids::Slug,
        now::Now,
        offer::Offer,
        portal::Portal,
        search_results::{FacilityHit, HitKind, OfferHit},
    },
};
use async_trait::async_trait;

use super::failure;
use crate::store::{Store, StoreError};

/// Finds organizations in the store, with the cards of what they run.
pub struct OrganizationService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: Arc<Portal>,
}

impl OrganizationService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, portal: Arc<Portal>) -> Self {
        Self { store, clock, portal }
    }

    async fn find(&self, slug: &Slug) -> Result<Found<OrganizationView>, StoreError> {
        let Some(organization) = self.store.find_organization_by_slug(slug).await? else {
            let now_called = self.store.find_organization_slug_redirect(slug).await?;
            return Ok(now_called.map_or(Found::Nowhere, Found::Moved));
        };
        let facilities = self.store.list_facilities_of_organization(organization.id).await?;
        if facilities.is_empty() {
            return Ok(Found::Nowhere);
        }
        let now = self.clock.now();
        let hits =
            facilities.into_iter().map(|facility| card(facility, &self.portal.taxonomy, now)).collect();
        Ok(Found::Here(OrganizationView { organization, facilities: hits }))
    }
}

#[async_trait]
impl OrganizationBackend for OrganizationService {
    async fn find_organization(&self, slug: &Slug) -> Result<Found<OrganizationView>, BackendError> {
        self.find(slug).await.map_err(|error| failure::of_store("organization", &error))
    }
}

/// A facility with all its offers, as nobody has asked for certain ones.
fn card(facility: Facility, taxonomy: &Taxonomy, now: Now) -> FacilityHit {
    let offers = facility.offers.iter().fold(Vec::new(), |mut rows: Vec<OfferHit>, offer| {
        let row = row(offer, taxonomy, now);
        match rows.iter_mut().find(|other| reads_the_same(other, &row)) {
            Some(other) => other.count += 1,
            None => rows.push(row),
        }
        rows
    });
    FacilityHit {
        id: facility.id,
        slug: facility.slug,
        name: facility.name,
        organization: facility.organization.map(|organization| organization.name),
        street: facility.address.street,
        postal_code: facility.address.postal_code.map(|code| code.as_str().to_owned()),
        municipality: facility.address.municipality.map(|municipality| municipality.name),
        locality: facility.address.locality,
        position: facility.position,
        phone: facility.phone,
        kind: HitKind::Match,
        distance_km: None,
        offers,
        other_offers: Vec::new(),
        facts: Vec::new(),
    }
}

fn row(offer: &Offer, taxonomy: &Taxonomy, now: Now) -> OfferHit {
    let kind = taxonomy.light_of(&offer.care_type, offer.form);
    let availability = Availability::of(kind, offer.latest_report.as_ref(), now);
    OfferHit {
        id: offer.id,
        external_id: offer.external_id.clone(),
        care_type: offer.care_type.clone(),
        label: offer.label.clone().unwrap_or_else(|| taxonomy.name_of(&offer.care_type).to_owned()),
        form: offer.form,
        total: availability.as_ref().and_then(|light| light.total).or(offer.places_total),
        availability,
        shares_places: offer.shares_places_with.is_some(),
        count: 1,
    }
}

/// Equal rows are folded into one ("4 ×").
fn reads_the_same(a: &OfferHit, b: &OfferHit) -> bool {
    let key =
        |row: &OfferHit| (row.care_type.clone(), row.label.clone(), row.form, row.total, row.shares_places);
    key(a) == key(b) && a.availability == b.availability
}
