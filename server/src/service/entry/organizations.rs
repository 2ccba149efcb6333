//! Organizations as the county keeps them by hand.

use app::{
    backend::access::CountyStaff,
    components::form::Problem,
    domain::{
        audit::{Action, Subject},
        draft::EntryLine,
        ids::{OrganizationId, Slug},
        invitation::TeamMember,
        moderation::Operator,
        organization::Organization,
    },
    forms::{Typed, organization as form},
};
use uuid::Uuid;

use super::{EntryError, EntryService, stamp};
use crate::store::Tx;

const TAKEN: &str = "Diesen Träger gibt es unter diesem Dachverband schon.";

/// An organization with what it runs and who works for it.
#[derive(Debug)]
pub struct OperatorView {
    pub organization: Organization,
    pub entries: Vec<EntryLine>,
    pub people: Vec<TeamMember>,
}

impl EntryService {
    /// All organizations, by name.
    pub async fn list_operators(&self, _: &CountyStaff) -> Result<Vec<Operator>, EntryError> {
        Ok(self.store.list_operators().await?)
    }

    pub async fn find_operator(
        &self,
        _: &CountyStaff,
        slug: &Slug,
    ) -> Result<Option<OperatorView>, EntryError> {
        let Some(organization) = self.store.find_organization_by_slug(slug).await? else { return Ok(None) };
        let entries = self.store.list_entries(organization.id).await?;
        let people = self.store.list_team(organization.id).await?;
        Ok(Some(OperatorView { organization, entries, people }))
    }

    /// The address of an organization that had another one.
    pub async fn find_moved_operator(&self, slug: &Slug) -> Result<Option<Slug>, EntryError> {
        Ok(self.store.find_organization_slug_redirect(slug).await?)
    }

    /// Adds an organization. Gives its address.
    ///
    /// # Errors
    /// [`EntryError::Problems`]
    pub async fn add_operator(&self, staff: &CountyStaff, typed: &Typed) -> Result<Slug, EntryError> {
        let mut organization = Organization {
            id: OrganizationId(Uuid::now_v7()),
            slug: Slug::from_name(""),
            name: String::new(),
            umbrella: None,
            phone: None,
            email: None,
            website: None,
        };
        form::read(typed, &mut organization).map_err(EntryError::Problems)?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        refuse_double(&mut tx, &organization).await?;
        organization.slug = tx.free_organization_slug(&Slug::from_name(&organization.name)).await?;
        tx.insert_organization(&organization).await?;
        let subject = Subject::Organization(organization.id);
        self.audit(&mut tx, staff.account(), Action::OrganizationAdded, subject).await?;
        tx.commit().await?;
        Ok(organization.slug)
    }

    /// Changes an organization, which is public at once. A new name makes a new address; the old one leads there.
    ///
    /// # Errors
    /// [`EntryError::Problems`], and [`EntryError::Changed`] where the form showed something else than what is there.
    pub async fn change_organization(
        &self,
        staff: &CountyStaff,
        id: OrganizationId,
        typed: &Typed,
        seen: &str,
    ) -> Result<Slug, EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        let known = tx.list_organizations().await?.into_iter().find(|own| own.id == id);
        let before = known.ok_or(EntryError::Gone)?;
        let mut after = before.clone();
        form::read(typed, &mut after).map_err(EntryError::Problems)?;
        if after == before {
            return Ok(before.slug);
        }
        if stamp(&form::write(&before)) != seen {
            return Err(EntryError::Changed);
        }
        refuse_double(&mut tx, &after).await?;
        let wanted = Slug::from_name(&after.name);
        if wanted != Slug::from_name(&before.name) {
            after.slug = match tx.find_organization_slug_redirect(&wanted).await? {
                // It had this address before.
                Some(own) if own == before.slug => wanted,
                _ => tx.free_organization_slug(&wanted).await?,
            };
        }
        tx.update_organization(&after).await?;
        let subject = Subject::Organization(id);
        self.audit(&mut tx, staff.account(), Action::OrganizationChanged, subject).await?;
        tx.commit().await?;
        Ok(after.slug)
    }
}

/// Name and umbrella together tell organizations apart.
async fn refuse_double(tx: &mut Tx, organization: &Organization) -> Result<(), EntryError> {
    let fold = |text: &str| text.to_lowercase();
    let key = |own: &Organization| (fold(&own.name), fold(own.umbrella.as_deref().unwrap_or_default()));
    let all = tx.list_organizations().await?;
    if all.iter().any(|own| own.id != organization.id && key(own) == key(organization)) {
        return Err(EntryError::Problems(vec![Problem::new("name", TAKEN)]));
    }
    Ok(())
}
