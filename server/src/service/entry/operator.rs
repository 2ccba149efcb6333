//! What the county sets right about whole entries: another operator, two entries that are one.

use std::collections::BTreeMap;

use app::{
    backend::access::CountyStaff,
    domain::{
        audit::{Action, Subject},
        draft::{Entry, EntryVersion, content},
        facility::{Facility, Visibility},
        ids::{FacilityId, OrganizationId, Slug},
        merge::{Merge, twin},
        offer::Offer,
    },
    routes,
    text::letters::News,
};

use super::{
    EntryError, EntryService, entry,
    moderation::{by, text},
    publish::keep_first,
};
use crate::store::{Tx, digest};

const MERGED: &str = "Ein zweiter Eintrag derselben Einrichtung ist hier aufgegangen";
/// Most open notices that are looked at.
const NOTICES: i64 = 1_000;
/// Why a draft comes back that knows nothing of new offers.
const GROWN: &str = "Der Landkreis hat diesen Eintrag mit einem zweiten zusammengeführt. Bitte vergleichen Sie Ihren Entwurf damit.";

impl EntryService {
    /// Another organization runs an entry. What the one before has begun is none of its business.
    ///
    /// # Errors
    /// [`EntryError::Gone`] where there is no such entry or organization.
    pub async fn change_operator(
        &self,
        staff: &CountyStaff,
        id: FacilityId,
        organization: OrganizationId,
        reason: &str,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        let live = tx.find_facility(id).await?.ok_or(EntryError::Gone)?;
        let known = tx.list_organizations().await?.into_iter().find(|own| own.id == organization);
        let organization = known.ok_or(EntryError::Gone)?;
        if live.organization.as_ref() == Some(&organization) {
            return Ok(());
        }
        // From now on no import says who runs it.
        keep_first(&mut tx, &live).await?;
        tx.delete_draft(id).await?;
        let changed = Facility { organization: Some(organization.clone()), ..live.clone() };
        tx.update_facility(&changed).await?;
        let (entry, path) = (live.name.as_str(), routes::facility(&live.slug));
        let (operators, reason) = ((live.organization.as_ref(), &organization), text(reason));
        self.tell_of_operator(&mut tx, staff, (entry, &path), operators, reason.as_deref()).await?;
        let subject = Subject::Entry(id);
        self.audit(&mut tx, staff.account(), Action::OperatorChanged, subject).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// What would become of two entries, see [`EntryService::merge`].
    ///
    /// # Errors
    /// [`EntryError::Gone`] where they cannot become one.
    pub async fn preview_merge(
        &self,
        _: &CountyStaff,
        from: &Slug,
        into: &Slug,
    ) -> Result<Merge, EntryError> {
        let from = self.find(from).await?.ok_or(EntryError::Gone)?;
        let to = self.find(into).await?.ok_or(EntryError::Gone)?;
        may_merge(&from.live, &to.live)?;
        let mut addresses = vec![from.live.slug.clone()];
        addresses.extend(self.store.list_old_facility_slugs(from.live.id).await?);
        let versions = self.store.list_versions(from.live.id).await?.len();
        let open = self.store.list_notices(true, NOTICES).await?;
        let notices =
            open.iter().filter(|own| own.about.as_ref().is_some_and(|about| about.id == from.live.id));
        let notices = notices.count();
        Ok(Merge { from, to, addresses, versions, notices })
    }

    /// Two public entries are one facility: the offers that the other one lacks go there with their reports, the entry
    /// leaves the directory, and its addresses lead to the other one. Gives the address of that.
    ///
    /// # Errors
    /// [`EntryError::Gone`] where one of them is not public, or both are the same; [`EntryError::Changed`] where they are
    /// not as `seen` ([`merge_stamp`]).
    pub async fn merge(
        &self,
        staff: &CountyStaff,
        id: FacilityId,
        into: &Slug,
        (seen, reason): (&str, &str),
    ) -> Result<Slug, EntryError> {
        let target = self.store.find_facility_by_slug(into).await?.ok_or(EntryError::Gone)?.id;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        let from = tx.find_facility(id).await?.ok_or(EntryError::Gone)?;
        let to = tx.find_facility(target).await?.ok_or(EntryError::Gone)?;
        may_merge(&from, &to)?;
        let drafts = (tx.find_draft(from.id).await?, tx.find_draft(to.id).await?);
        if merge_stamp(&entry(from.clone(), drafts.0), &entry(to.clone(), drafts.1)) != seen {
            return Err(EntryError::Changed);
        }
        keep_first(&mut tx, &from).await?;
        let last = keep_first(&mut tx, &to).await?;
        let twin = |offer: &Offer| twin(offer, &to).map(|own| own.id);
        let find = |id| from.offers.iter().find(|own| own.id == id);
        // Those that share beds come last: what they refer to is there by then.
        let mut offers = from.offers.clone();
        offers.sort_by_key(|offer| offer.shares_places_with.is_some());
        let mut moved = Vec::new();
        for offer in offers {
            let shares_places_with =
                offer.shares_places_with.and_then(find).map(|other| twin(other).unwrap_or(other.id));
            if twin(&offer).is_some() {
                tx.withdraw_offer(from.id, &Offer { shares_places_with: None, ..offer }).await?;
            } else {
                let offer = Offer { shares_places_with, ..offer };
                tx.update_offer(to.id, &offer).await?;
                moved.push(offer);
            }
        }
        tx.delete_draft(from.id).await?;
        tx.update_facility(&Facility { visibility: Visibility::Archived, ..from.clone() }).await?;
        tx.redirect_facility(&from, to.id).await?;
        // What an import has proposed before knows nothing of this.
        let now = self.clock.now().instant;
        tx.update_facility(&Facility { updated_at: now, ..to.clone() }).await?;
        if let Some(mut draft) = tx.find_draft(to.id).await? {
            draft.take_in(moved);
            tx.save_draft(&draft.returned(GROWN)).await?;
        }
        let facility = tx.find_facility(to.id).await?.ok_or(EntryError::Gone)?;
        let version = EntryVersion {
            number: last + 1,
            facility,
            author: None,
            approved_by: Some(by(staff)),
            reason: Some(format!("{MERGED}: {}.", from.name)),
            recorded_at: now,
        };
        tx.insert_version(&version).await?;
        self.tell_of_merge(&mut tx, staff, (&from, &to), text(reason).as_deref()).await?;
        let detail = BTreeMap::from([("into", to.id.to_string())]);
        self.audit_with(&mut tx, staff.account(), Action::EntryMerged, Subject::Entry(from.id), detail)
            .await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(to.slug)
    }

    /// Tells those who ran either of two entries; whoever ran both hears of it once.
    async fn tell_of_merge(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        (from, to): (&Facility, &Facility),
        reason: Option<&str>,
    ) -> Result<(), EntryError> {
        let path = routes::facility(&to.slug);
        let gone = self.keepers(staff, from.organization.as_ref()).await?;
        let mut kept = self.keepers(staff, to.organization.as_ref()).await?;
        kept.retain(|own| !gone.iter().any(|other| other.account == own.account));
        self.tell(tx, &gone, &from.name, (News::Merged(&to.name), reason), &path).await?;
        self.tell(tx, &kept, &to.name, (News::TookIn(&from.name), reason), &path).await
    }
}

fn may_merge(from: &Facility, to: &Facility) -> Result<(), EntryError> {
    let both_public = [from, to].into_iter().all(|own| own.visibility == Visibility::Public);
    if from.id == to.id || !both_public { Err(EntryError::Gone) } else { Ok(()) }
}

/// What somebody has seen of two entries: what is live, and how far their drafts are.
pub fn merge_stamp(from: &Entry, to: &Entry) -> String {
    let changed = |entry: &Entry| entry.draft.as_ref().map(|draft| draft.changed_at);
    let seen = |entry: &Entry| (content(&entry.live), entry.revision(), changed(entry));
    digest(&serde_json::to_vec(&[seen(from), seen(to)]).unwrap_or_default())
}
