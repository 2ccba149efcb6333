//! Organizations and their old slugs.

use app::domain::{
    ids::{OrganizationId, Slug},
    moderation::Operator,
    organization::Organization,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Sql, run, sql},
};

const LIST: Sql = sql!("organization/list");
const LIST_COUNTED: Sql = sql!("organization/list_counted");
const FIND_BY_SLUG: Sql = sql!("organization/find_by_slug");
const FIND_BY_NAME: Sql = sql!("organization/find_by_name");
const FIND_SLUG_REDIRECT: Sql = sql!("organization/find_slug_redirect");
const FIND_SLUG: Sql = sql!("organization/find_slug");
const FIND_SLUG_USE: Sql = sql!("organization/find_slug_use");
const INSERT: Sql = sql!("organization/insert");
const UPDATE: Sql = sql!("organization/update");
const INSERT_OLD_SLUG: Sql = sql!("organization/insert_old_slug");
const DELETE_OLD_SLUG: Sql = sql!("organization/delete_old_slug");
const LIST_FACILITY_IDS: Sql = sql!("facility/list_ids_of_organization");

#[derive(FromRow)]
pub(super) struct OrganizationRow {
    id: Uuid,
    slug: String,
    name: String,
    umbrella: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    website: Option<String>,
}

#[derive(FromRow)]
struct OperatorRow {
    #[sqlx(flatten)]
    organization: OrganizationRow,
    entries: i64,
    people: i64,
}

impl TryFrom<OrganizationRow> for Organization {
    type Error = StoreError;

    fn try_from(row: OrganizationRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: OrganizationId(row.id),
            slug: Slug::parse(&row.slug).ok_or(StoreError::Unreadable("slug"))?,
            name: row.name,
            umbrella: row.umbrella,
            phone: row.phone,
            email: row.email,
            website: row.website,
        })
    }
}

impl Store {
    pub async fn find_organization_by_slug(&self, slug: &Slug) -> Result<Option<Organization>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional OrganizationRow = FIND_BY_SLUG, [slug.as_str()])?;
        row.map(Organization::try_from).transpose()
    }

    /// All organizations by name.
    pub async fn list_organizations(&self) -> Result<Vec<Organization>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all OrganizationRow = LIST, [])?;
        rows.into_iter().map(Organization::try_from).collect()
    }

    /// All organizations by name, with how much they run and how many work for them.
    pub async fn list_operators(&self) -> Result<Vec<Operator>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all OperatorRow = LIST_COUNTED, [])?;
        let read = |row: OperatorRow| {
            let OperatorRow { organization, entries, people } = row;
            Ok(Operator { organization: organization.try_into()?, entries, people })
        };
        rows.into_iter().map(read).collect()
    }

    /// The present slug of the organization that once had this one.
    pub async fn find_organization_slug_redirect(&self, slug: &Slug) -> Result<Option<Slug>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional(String,) = FIND_SLUG_REDIRECT, [slug.as_str()])?;
        Ok(row.and_then(|(slug,)| Slug::parse(&slug)))
    }
}

impl Tx {
    /// See [`Store::find_organization_slug_redirect`], as this transaction sees it.
    pub async fn find_organization_slug_redirect(&mut self, slug: &Slug) -> Result<Option<Slug>, StoreError> {
        let row = run!(self.session(), fetch_optional(String,) = FIND_SLUG_REDIRECT, [slug.as_str()])?;
        Ok(row.and_then(|(slug,)| Slug::parse(&slug)))
    }

    /// All organizations by name.
    pub async fn list_organizations(&mut self) -> Result<Vec<Organization>, StoreError> {
        let rows = run!(self.session(), fetch_all OrganizationRow = LIST, [])?;
        rows.into_iter().map(Organization::try_from).collect()
    }

    /// Name and umbrella together identify an organization: every Diakonie has its Sozialstation.
    pub async fn find_organization_by_name(
        &mut self,
        name: &str,
        umbrella: Option<&str>,
    ) -> Result<Option<Organization>, StoreError> {
        let row = run!(self.session(), fetch_optional OrganizationRow = FIND_BY_NAME, [name, umbrella])?;
        row.map(Organization::try_from).transpose()
    }

    pub async fn insert_organization(&mut self, organization: &Organization) -> Result<(), StoreError> {
        let o = organization;
        run!(self.session(), execute INSERT, [
            o.id.0, o.slug.as_str(), &o.name, &o.umbrella, &o.phone, &o.email, &o.website,
        ])?;
        self.record(ChangeKind::Organization, o.id.0);
        Ok(())
    }

    /// Changes an organization; its facilities count as changed, too. A slug it had before redirects.
    pub async fn update_organization(&mut self, organization: &Organization) -> Result<(), StoreError> {
        let o = organization;
        let old = run!(self.session(), fetch_optional(String,) = FIND_SLUG, [o.id.0])?;
        let (old,) = old.ok_or(StoreError::NotFound)?;
        if old != o.slug.as_str() {
            run!(self.session(), execute DELETE_OLD_SLUG, [o.slug.as_str(), o.id.0])?;
            run!(self.session(), execute INSERT_OLD_SLUG, [&old, o.id.0])?;
        }
        run!(self.session(), execute UPDATE, [
            o.id.0, o.slug.as_str(), &o.name, &o.umbrella, &o.phone, &o.email, &o.website,
        ])?;
        self.record(ChangeKind::Organization, o.id.0);
        let facilities = run!(self.session(), fetch_all(Uuid,) = LIST_FACILITY_IDS, [o.id.0])?;
        for (facility,) in facilities {
            self.record(ChangeKind::Facility, facility);
        }
        Ok(())
    }

    /// The wanted slug, or the first numbered one that no organization has or had.
    pub async fn free_organization_slug(&mut self, wanted: &Slug) -> Result<Slug, StoreError> {
        self.free_slug(FIND_SLUG_USE, "organization", wanted).await
    }

    /// Tries the slug itself, then `-2`, `-3` … until nobody uses it.
    pub(super) async fn free_slug(
        &mut self,
        use_of: Sql,
        noun: &str,
        wanted: &Slug,
    ) -> Result<Slug, StoreError> {
        let memory = format!("{noun}/{wanted}");
        let mut number = self.next_number.get(&memory).copied().unwrap_or(1);
        loop {
            let slug = if number == 1 { wanted.clone() } else { wanted.numbered(number) };
            let user = run!(self.session(), fetch_optional(Uuid,) = use_of, [slug.as_str()])?;
            if user.is_none() {
                self.next_number.insert(memory, number);
                return Ok(slug);
            }
            number += 1;
        }
    }
}
