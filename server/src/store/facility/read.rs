//! Reading facilities: ids first, then everything about them in one statement, which sees one moment: an
//! offer never comes with a report, or a house with offers, of another time.

use std::collections::HashMap;

use app::{
    backend::PublicAddress,
    domain::{
        care_type::CareTypeSlug,
        facility::Facility,
        ids::{FacilityId, OfferId, OrganizationId, Slug},
    },
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    ImportKey,
    row::{FacilityRow, read_facility},
};
use crate::store::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql, sql_pair},
    values::Instant,
};

const LIST: Sql = sql_pair!("facility/list");
const LIST_ADDRESSES: Sql = sql!("facility/list_addresses");
const LIST_NAMES: Sql = sql_pair!("facility/list_names");
const LIST_IDS: Sql = sql!("facility/list_ids");
const LIST_PUBLIC_IDS: Sql = sql!("facility/list_public_ids");
const LIST_PUBLIC_IDS_OF_ORGANIZATION: Sql = sql!("facility/list_public_ids_of_organization");
const LIST_IDS_OF_OFFERS: Sql = sql_pair!("facility/list_ids_of_offers");
const LIST_OLD_SLUGS: Sql = sql!("facility/list_old_slugs");
const FIND_BY_SLUG: Sql = sql!("facility/find_by_slug");
const FIND_BY_IMPORT_KEY: Sql = sql!("facility/find_by_import_key");
const FIND_SLUG_REDIRECT: Sql = sql!("facility/find_slug_redirect");

/// The facilities with these ids, in their order, each with offers and latest reports.
async fn list(session: Session<'_>, ids: &[Uuid]) -> Result<Vec<Facility>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = Json(ids.iter().map(|id| id.simple().to_string()).collect::<Vec<_>>());
    let rows = run!(session, fetch_all FacilityRow = LIST, [&list])?;
    let mut facilities = HashMap::with_capacity(rows.len());
    for row in rows {
        let facility = read_facility(row)?;
        facilities.insert(facility.id, facility);
    }
    Ok(ids.iter().filter_map(|id| facilities.remove(&FacilityId(*id))).collect())
}

async fn find(session: Session<'_>, id: Option<(Uuid,)>) -> Result<Option<Facility>, StoreError> {
    match id {
        Some((id,)) => Ok(list(session, &[id]).await?.pop()),
        None => Ok(None),
    }
}

impl Store {
    /// Finds a facility, public or draft, with everything about it.
    pub async fn find_facility_by_slug(&self, slug: &Slug) -> Result<Option<Facility>, StoreError> {
        let mut lease = self.lease().await?;
        let id = run!(lease.session(), fetch_optional(Uuid,) = FIND_BY_SLUG, [slug.as_str()])?;
        find(lease.session(), id).await
    }

    /// The addresses that a facility had before.
    pub async fn list_old_facility_slugs(&self, id: FacilityId) -> Result<Vec<Slug>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all(String,) = LIST_OLD_SLUGS, [id.0])?;
        Ok(rows.into_iter().filter_map(|(slug,)| Slug::parse(&slug)).collect())
    }

    /// The present slug of the public facility that once had this one.
    pub async fn find_facility_slug_redirect(&self, slug: &Slug) -> Result<Option<Slug>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional(String,) = FIND_SLUG_REDIRECT, [slug.as_str()])?;
        Ok(row.and_then(|(slug,)| Slug::parse(&slug)))
    }

    /// The facilities with these ids, public or draft, in the given order. Missing ones are left out.
    pub async fn list_facilities(&self, ids: &[FacilityId]) -> Result<Vec<Facility>, StoreError> {
        let mut lease = self.lease().await?;
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        list(lease.session(), &ids).await
    }

    /// Slug and name of the public ones among these facilities, in any order.
    pub async fn list_facility_names(
        &self,
        ids: &[FacilityId],
    ) -> Result<HashMap<FacilityId, (Slug, String)>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut lease = self.lease().await?;
        let list = Json(ids.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>());
        let rows = run!(lease.session(), fetch_all(Uuid, String, String) = LIST_NAMES, [&list])?;
        let named =
            |(id, slug, name): (Uuid, String, String)| Some((FacilityId(id), (Slug::parse(&slug)?, name)));
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// A page of public facilities in the order of their ids, those after `after`.
    pub async fn list_public_facilities(
        &self,
        after: Option<FacilityId>,
        limit: usize,
    ) -> Result<Vec<Facility>, StoreError> {
        let mut lease = self.lease().await?;
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ids = run!(lease.session(), fetch_all(Uuid,) = LIST_PUBLIC_IDS, [after, limit])?;
        list(lease.session(), &plain(ids)).await
    }

    /// A page of facilities in the order of their ids, drafts too, those after `after`.
    pub async fn list_all_facilities(
        &self,
        after: Option<FacilityId>,
        limit: usize,
    ) -> Result<Vec<Facility>, StoreError> {
        let mut lease = self.lease().await?;
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ids = run!(lease.session(), fetch_all(Uuid,) = LIST_IDS, [after, limit])?;
        list(lease.session(), &plain(ids)).await
    }

    /// The addresses of public facilities by their ids, once for each care type they offer.
    pub async fn list_addresses(&self) -> Result<Vec<(PublicAddress, CareTypeSlug)>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all AddressRow = LIST_ADDRESSES, [])?;
        rows.into_iter().map(read_address).collect()
    }

    /// The public facilities that an organization runs, by name.
    pub async fn list_facilities_of_organization(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<Facility>, StoreError> {
        let mut lease = self.lease().await?;
        let ids =
            run!(lease.session(), fetch_all(Uuid,) = LIST_PUBLIC_IDS_OF_ORGANIZATION, [organization.0])?;
        list(lease.session(), &plain(ids)).await
    }
}

/// Id (for the order), slug, last change, care type, slug of the organization.
type AddressRow = (Uuid, String, Instant, String, Option<String>);

fn read_address(
    (_, own, updated, care_type, organization): AddressRow,
) -> Result<(PublicAddress, CareTypeSlug), StoreError> {
    let slug = |text: &str| Slug::parse(text).ok_or(StoreError::Unreadable("slug"));
    let address = PublicAddress {
        slug: slug(&own)?,
        organization: organization.as_deref().map(slug).transpose()?,
        updated_at: updated.read()?,
    };
    let care_type = CareTypeSlug::parse(&care_type).ok_or(StoreError::Unreadable("care type"))?;
    Ok((address, care_type))
}

fn plain(ids: Vec<(Uuid,)>) -> Vec<Uuid> {
    ids.into_iter().map(|(id,)| id).collect()
}

impl Tx {
    /// Finds the facility that an import made under this key, as it is now, with everything about it.
    pub async fn find_facility_by_import_key(
        &mut self,
        key: &ImportKey,
    ) -> Result<Option<Facility>, StoreError> {
        let id = run!(self.session(), fetch_optional(Uuid,) = FIND_BY_IMPORT_KEY, [&key.source, &key.key])?;
        find(self.session(), id).await
    }

    /// See [`Store::list_facilities_of_organization`].
    pub async fn list_facilities_of_organization(
        &mut self,
        organization: OrganizationId,
    ) -> Result<Vec<Facility>, StoreError> {
        let ids = run!(self.session(), fetch_all(Uuid,) = LIST_PUBLIC_IDS_OF_ORGANIZATION, [organization.0])?;
        list(self.session(), &plain(ids)).await
    }

    /// Those of the public facilities that an organization runs which have one of these offers.
    pub async fn list_facilities_of_offers(
        &mut self,
        organization: OrganizationId,
        offers: &[OfferId],
    ) -> Result<Vec<Facility>, StoreError> {
        let offers = Json(offers.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>());
        let ids = run!(self.session(), fetch_all(Uuid,) = LIST_IDS_OF_OFFERS, [&offers, organization.0])?;
        list(self.session(), &plain(ids)).await
    }

    /// Finds a facility, public or draft, with everything about it.
    pub async fn find_facility(&mut self, id: FacilityId) -> Result<Option<Facility>, StoreError> {
        find(self.session(), Some((id.0,))).await
    }
}
