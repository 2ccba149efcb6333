//! How long reports of single offers hold, where the county wants something else than their type says.

use std::collections::{BTreeMap, HashMap};

use app::{
    backend::access::{CountyStaff, ReportScope},
    domain::{
        audit::{Action, AuditEvent, Subject},
        ids::{FacilityId, OfferId},
    },
};

use super::{CapacityError, CapacityService};

/// Days that a report may hold.
const DAYS: std::ops::RangeInclusive<u16> = 1..=365;

impl CapacityService {
    /// The days of those offers of a facility that have their own.
    pub async fn list_validity(
        &self,
        _: &CountyStaff,
        facility: FacilityId,
    ) -> Result<HashMap<OfferId, u16>, CapacityError> {
        Ok(self.store.list_offer_validity(ReportScope::Facility(facility)).await?)
    }

    /// Lets reports of an offer hold so many days from the next one on; `None`: as long as its type says.
    ///
    /// # Errors
    /// [`CapacityError::Days`] where nothing may hold so long, [`CapacityError::Gone`] where the facility has no such
    /// offer.
    pub async fn change_validity(
        &self,
        staff: &CountyStaff,
        facility: FacilityId,
        offer: OfferId,
        days: Option<u16>,
    ) -> Result<(), CapacityError> {
        if days.is_some_and(|days| !DAYS.contains(&days)) {
            return Err(CapacityError::Days);
        }
        let mut tx = self.store.begin().await?;
        let known = tx.find_facility(facility).await?;
        if !known.is_some_and(|known| known.offers.iter().any(|own| own.id == offer)) {
            return Err(CapacityError::Gone(vec![offer]));
        }
        let before = tx.list_offer_validity(ReportScope::Facility(facility)).await?.get(&offer).copied();
        if before == days {
            return Ok(());
        }
        tx.save_offer_validity(offer, days).await?;
        let written = |days: Option<u16>| days.map_or_else(|| "type".to_owned(), |days| days.to_string());
        let detail = BTreeMap::from([
            ("offer", offer.to_string()),
            ("before", written(before)),
            ("days", written(days)),
        ]);
        let (actor, subject) = (Some(staff.account()), Some(Subject::Entry(facility)));
        let at = self.clock.now().instant;
        tx.record_audit(&AuditEvent { actor, action: Action::ValidityChanged, subject, detail, at }).await?;
        tx.commit().await?;
        Ok(())
    }
}
