//! Facilities, their old slugs and the keys under which imports find them again.

use app::domain::{
    facility::Facility,
    ids::{FacilityId, Slug},
    place::PostalCode,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    ChangeKind, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Instant, source_columns, visibility_columns},
};

mod read;
mod row;

const FIND_SLUG: Sql = sql!("facility/find_slug");
const FIND_SLUG_USE: Sql = sql!("facility/find_slug_use");
const INSERT: Sql = sql!("facility/insert");
const UPDATE: Sql = sql!("facility/update");
const INSERT_OLD_SLUG: Sql = sql!("facility/insert_old_slug");
const DELETE_NEW: Sql = sql!("facility/delete_new");
const MOVE_OLD_SLUGS: Sql = sql!("facility/move_old_slugs");
const IS_KEPT: Sql = sql!("facility/is_kept");
const DELETE_OLD_SLUG: Sql = sql!("facility/delete_old_slug");

/// Under which an import finds its facility again, whoever edits it in between.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportKey {
    /// Names the import, as in `Source::Import`.
    pub source: String,
    /// What its rows of one facility have in common.
    pub key: String,
}

impl Tx {
    /// Inserts a facility without its offers: see [`Tx::insert_offer`]. Organization and
    /// municipality must be there, only their ids are looked at; the locality is made where it is
    /// missing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where another facility has the slug or the import key,
    /// [`StoreError::Refused`] where organization or municipality is missing, or a public one has no name.
    pub async fn insert_facility(
        &mut self,
        facility: &Facility,
        import_key: Option<&ImportKey>,
    ) -> Result<(), StoreError> {
        let f = facility;
        let municipality = self.settle(f).await?;
        let (kind, source) = source_columns(&f.source);
        let (visibility, hidden) = visibility_columns(f.visibility);
        run!(self.session(), execute INSERT, [
            f.id.0,
            f.slug.as_str(),
            visibility,
            &f.name,
            f.organization.as_ref().map(|o| o.id.0),
            &f.owner,
            &f.address.street,
            f.address.postal_code.as_ref().map(PostalCode::as_str),
            municipality,
            &f.address.locality,
            f.position.map(|p| p.lat),
            f.position.map(|p| p.lon),
            &f.phone,
            &f.email,
            &f.website,
            &f.description,
            Json(&f.contacts),
            Json(&f.opening_hours),
            Json(&f.languages),
            Json(&f.accessibility),
            kind,
            source,
            Instant::from(f.updated_at),
            import_key.map(|k| k.source.as_str()),
            import_key.map(|k| k.key.as_str()),
            Json(&f.documents),
            hidden,
            f.confirmed_at.map(Instant::from),
            Json(&f.legal),
            Json(&f.pictures),
        ])?;
        self.record(ChangeKind::Facility, f.id.0);
        Ok(())
    }

    /// Changes a facility, not its offers. A slug it had before redirects; its import key stays.
    pub async fn update_facility(&mut self, facility: &Facility) -> Result<(), StoreError> {
        let f = facility;
        let old = run!(self.session(), fetch_optional(String,) = FIND_SLUG, [f.id.0])?;
        let (old,) = old.ok_or(StoreError::NotFound)?;
        if old != f.slug.as_str() {
            run!(self.session(), execute DELETE_OLD_SLUG, [f.slug.as_str(), f.id.0])?;
            run!(self.session(), execute INSERT_OLD_SLUG, [&old, f.id.0])?;
        }
        let municipality = self.settle(f).await?;
        let (kind, source) = source_columns(&f.source);
        let (visibility, hidden) = visibility_columns(f.visibility);
        run!(self.session(), execute UPDATE, [
            f.id.0,
            f.slug.as_str(),
            visibility,
            &f.name,
            f.organization.as_ref().map(|o| o.id.0),
            &f.owner,
            &f.address.street,
            f.address.postal_code.as_ref().map(PostalCode::as_str),
            municipality,
            &f.address.locality,
            f.position.map(|p| p.lat),
            f.position.map(|p| p.lon),
            &f.phone,
            &f.email,
            &f.website,
            &f.description,
            Json(&f.contacts),
            Json(&f.opening_hours),
            Json(&f.languages),
            Json(&f.accessibility),
            kind,
            source,
            Instant::from(f.updated_at),
            Json(&f.documents),
            hidden,
            f.confirmed_at.map(Instant::from),
            Json(&f.legal),
            Json(&f.pictures),
        ])?;
        self.record(ChangeKind::Facility, f.id.0);
        Ok(())
    }

    /// Whether people keep an entry by hand: it was edited or claimed, or its organization has people.
    pub async fn is_kept(&mut self, facility: FacilityId) -> Result<bool, StoreError> {
        let (kept,) = run!(self.session(), fetch_one(bool,) = IS_KEPT, [facility.0])?;
        Ok(kept)
    }

    /// Removes an entry that was never public and has nothing from elsewhere; `false`: it is no such one.
    pub async fn delete_new_facility(&mut self, facility: FacilityId) -> Result<bool, StoreError> {
        let deleted = run!(self.session(), execute DELETE_NEW, [facility.0])? == 1;
        self.record(ChangeKind::Facility, facility.0);
        Ok(deleted)
    }

    /// Lets the addresses of an entry that is not public any more lead to another one.
    pub async fn redirect_facility(&mut self, from: &Facility, to: FacilityId) -> Result<(), StoreError> {
        run!(self.session(), execute MOVE_OLD_SLUGS, [from.id.0, to.0])?;
        run!(self.session(), execute INSERT_OLD_SLUG, [from.slug.as_str(), to.0])?;
        Ok(())
    }

    /// The wanted slug, or the first numbered one that no facility has or had.
    pub async fn free_facility_slug(&mut self, wanted: &Slug) -> Result<Slug, StoreError> {
        self.free_slug(FIND_SLUG_USE, "facility", wanted).await
    }

    /// Makes the locality of the address and gives the id of the municipality.
    async fn settle(&mut self, facility: &Facility) -> Result<Option<Uuid>, StoreError> {
        let municipality = facility.address.municipality.as_ref().map(|m| m.id.0);
        if let (Some(municipality), Some(locality)) = (municipality, &facility.address.locality) {
            self.ensure_locality(municipality, locality).await?;
        }
        Ok(municipality)
    }
}
