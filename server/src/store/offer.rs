//! Offers.

use app::domain::{
    capacity::CapacityReport,
    care_type::CareTypeSlug,
    ids::{FacilityId, OfferId, OrganizationId},
    offer::{CostShare, Offer, ServiceArea, Source},
};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    capacity::ReportRow,
    engine::{Sql, run, sql},
    values::{Keyed, date_text, read, read_count, read_date, read_source, source_columns},
};

const FIND_BY_EXTERNAL_ID: Sql = sql!("offer/find_by_external_id");
const LIST_EXTERNAL_IDS: Sql = sql!("offer/list_external_ids_of_organization");
const FIND_FACILITY: Sql = sql!("offer/find_facility");
const INSERT: Sql = sql!("offer/insert");
const UPDATE: Sql = sql!("offer/update");

/// One document instead of many columns, for speed: see `FacilityEntry`.
#[derive(Deserialize)]
pub(super) struct OfferRow {
    id: Uuid,
    external_id: Option<String>,
    care_type: String,
    label: Option<String>,
    form: Option<String>,
    specialty: Option<String>,
    specialisms: Vec<String>,
    places_total: Option<i64>,
    service_area: Option<ServiceArea>,
    cost_share_cents: Option<i64>,
    cost_share_as_of: Option<String>,
    approval: Option<String>,
    quality_report_url: Option<String>,
    conditions: Option<String>,
    shares_places_with: Option<Uuid>,
    source_kind: String,
    source_name: Option<String>,
    latest_report: Option<ReportRow>,
}

impl TryFrom<OfferRow> for Offer {
    type Error = StoreError;

    fn try_from(row: OfferRow) -> Result<Self, StoreError> {
        let cost_share = match (row.cost_share_cents, row.cost_share_as_of) {
            (Some(cents_per_month), Some(day)) => {
                Some(CostShare { cents_per_month, as_of: read_date(&day)? })
            }
            _ => None,
        };
        Ok(Self {
            id: OfferId(row.id),
            external_id: row.external_id,
            care_type: CareTypeSlug::parse(&row.care_type).ok_or(StoreError::Unreadable("care type"))?,
            label: row.label,
            form: row.form.as_deref().map(read).transpose()?,
            specialty: row.specialty,
            specialisms: row.specialisms,
            places_total: row.places_total.map(read_count).transpose()?,
            service_area: row.service_area,
            cost_share,
            approval: row.approval.as_deref().map(read).transpose()?,
            quality_report_url: row.quality_report_url,
            conditions: row.conditions,
            shares_places_with: row.shares_places_with.map(OfferId),
            source: read_source(&row.source_kind, row.source_name)?,
            latest_report: row.latest_report.map(CapacityReport::try_from).transpose()?,
        })
    }
}

impl Store {
    /// The public offers of an organization that have the id of an imported file, with it.
    pub async fn list_external_ids(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<(String, OfferId, FacilityId)>, StoreError> {
        let mut lease = self.lease().await?;
        let rows =
            run!(lease.session(), fetch_all(String, Uuid, Uuid) = LIST_EXTERNAL_IDS, [organization.0])?;
        let read = |(external_id, id, facility)| (external_id, OfferId(id), FacilityId(facility));
        Ok(rows.into_iter().map(read).collect())
    }
}

impl Tx {
    /// Finds the offer that an import made from the row with this id.
    pub async fn find_offer_by_external_id(
        &mut self,
        import_source: &str,
        external_id: &str,
    ) -> Result<Option<(FacilityId, OfferId)>, StoreError> {
        let row = run!(
            self.session(),
            fetch_optional(Uuid, Uuid) = FIND_BY_EXTERNAL_ID,
            [import_source, external_id]
        )?;
        Ok(row.map(|(offer, facility)| (FacilityId(facility), OfferId(offer))))
    }

    /// The facility that has an offer.
    pub async fn find_facility_of_offer(&mut self, id: OfferId) -> Result<Option<FacilityId>, StoreError> {
        let row = run!(self.session(), fetch_optional(Uuid,) = FIND_FACILITY, [id.0])?;
        Ok(row.map(|(facility,)| FacilityId(facility)))
    }

    /// Inserts an offer of a facility. Its latest report is not looked at; see [`Tx::insert_report`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where an offer of the same import has this external id,
    /// [`StoreError::Refused`] where the facility, or the offer it shares places with, is missing.
    pub async fn insert_offer(&mut self, facility: FacilityId, offer: &Offer) -> Result<(), StoreError> {
        let import_source = match &offer.source {
            Source::Import(name) => Some(name.as_str()),
            Source::Provider | Source::County => None,
        };
        let (kind, name) = source_columns(&offer.source);
        run!(self.session(), execute INSERT, [
            offer.id.0,
            facility.0,
            &offer.external_id,
            offer.care_type.as_str(),
            &offer.label,
            offer.form.map(Keyed::key),
            &offer.specialty,
            Json(&offer.specialisms),
            offer.places_total.map(i64::from),
            offer.service_area.as_ref().map(Json),
            offer.cost_share.as_ref().map(|share| share.cents_per_month),
            offer.cost_share.as_ref().map(|share| date_text(share.as_of)),
            offer.approval.map(Keyed::key),
            &offer.quality_report_url,
            &offer.conditions,
            offer.shares_places_with.map(|id| id.0),
            kind,
            name,
            import_source,
        ])?;
        self.record(ChangeKind::Facility, facility.0);
        Ok(())
    }

    /// Changes an offer, which may move to another facility. It stays findable by the import it came
    /// from, whatever its source is now.
    pub async fn update_offer(&mut self, facility: FacilityId, offer: &Offer) -> Result<(), StoreError> {
        self.write_offer(facility, offer, false).await
    }

    /// Takes an offer out of its facility. It keeps its reports, and comes back by [`Tx::update_offer`].
    pub async fn withdraw_offer(&mut self, facility: FacilityId, offer: &Offer) -> Result<(), StoreError> {
        self.write_offer(facility, offer, true).await
    }

    async fn write_offer(
        &mut self,
        facility: FacilityId,
        offer: &Offer,
        is_withdrawn: bool,
    ) -> Result<(), StoreError> {
        let before = run!(self.session(), fetch_optional(Uuid,) = FIND_FACILITY, [offer.id.0])?;
        let (before,) = before.ok_or(StoreError::NotFound)?;
        let (kind, name) = source_columns(&offer.source);
        run!(self.session(), execute UPDATE, [
            offer.id.0,
            facility.0,
            &offer.external_id,
            offer.care_type.as_str(),
            &offer.label,
            offer.form.map(Keyed::key),
            &offer.specialty,
            Json(&offer.specialisms),
            offer.places_total.map(i64::from),
            offer.service_area.as_ref().map(Json),
            offer.cost_share.as_ref().map(|share| share.cents_per_month),
            offer.cost_share.as_ref().map(|share| date_text(share.as_of)),
            offer.approval.map(Keyed::key),
            &offer.quality_report_url,
            &offer.conditions,
            offer.shares_places_with.map(|id| id.0),
            kind,
            name,
            is_withdrawn,
        ])?;
        self.record(ChangeKind::Facility, before);
        self.record(ChangeKind::Facility, facility.0);
        Ok(())
    }
}
