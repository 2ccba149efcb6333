//! What the county decides: drafts, proposals of imports, and whether an entry is listed at all.

use app::{
    backend::access::{CountyStaff, EntryEditor},
    domain::{
        account::{Account, Email, OrganizationRole},
        audit::{Action, Subject},
        draft::{Author, Draft, Entry, EntryLine, Proposal},
        facility::{Facility, Visibility},
        ids::{FacilityId, Slug},
        moderation::Waiting,
        notice::Notice,
        offer::{Offer, Source},
    },
    routes,
    text::{
        editing as words,
        letters::{self, News},
    },
};
use time::Duration;

use super::{
    EntryError, EntryService, entry,
    publish::{Credit, publish},
};
use crate::store::{StoreError, Tx};

/// Stands beside the reason of a version.
const CORRECTED: &str = "Vom Landkreis berichtigt.";
/// Why a draft comes back that nobody has decided about.
const OVERTAKEN: &str = "Der Landkreis hat inzwischen Angaben aus einem Import übernommen. Bitte vergleichen Sie Ihren Entwurf damit.";

/// Most lines of a list.
const LIST: i64 = 200;

/// What waits for the county.
#[derive(Debug)]
pub struct Queue {
    pub waiting: Waiting,
    pub drafts: Vec<Entry>,
    pub proposals: Vec<(Entry, Proposal)>,
    pub notices: Vec<Notice>,
}

/// What somebody of the county has seen of a draft, and says to it.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub entry: FacilityId,
    pub revision: i64,
    pub reason: &'a str,
}

impl EntryService {
    /// All that waits, the oldest first.
    pub async fn queue(&self, staff: &CountyStaff) -> Result<Queue, EntryError> {
        let waiting = self.store.count_waiting(self.stale_before()).await?;
        let drafts = self.list_submitted(staff).await?;
        let proposals = self.store.list_proposals(LIST).await?;
        let notices = self.store.list_notices(true, LIST).await?;
        let ids: Vec<FacilityId> = proposals.iter().map(|proposal| proposal.facility.id).collect();
        let live = self.store.list_facilities(&ids).await?;
        let beside = |proposal: Proposal| {
            let live = live.iter().find(|own| own.id == proposal.facility.id).cloned()?;
            Some((Entry { live, draft: None }, proposal))
        };
        Ok(Queue { waiting, drafts, proposals: proposals.into_iter().filter_map(beside).collect(), notices })
    }

    /// Submitted drafts, the oldest first.
    pub async fn list_submitted(&self, _: &CountyStaff) -> Result<Vec<Entry>, EntryError> {
        let drafts = self.store.list_submitted_drafts(LIST).await?;
        let ids: Vec<FacilityId> = drafts.iter().map(|draft| draft.facility.id).collect();
        let live = self.store.list_facilities(&ids).await?;
        let with = |draft: Draft| {
            let live = live.iter().find(|own| own.id == draft.facility.id).cloned()?;
            Some(entry(live, Some(draft)))
        };
        Ok(drafts.into_iter().filter_map(with).collect())
    }

    /// Entries by a part of their name, hidden ones and drafts with them.
    pub async fn find_entries(&self, _: &CountyStaff, letters: &str) -> Result<Vec<EntryLine>, EntryError> {
        let letters: String = app::domain::value::one_line(letters).chars().take(100).collect();
        Ok(self.store.find_entries(&letters, LIST).await?)
    }

    /// Public entries that nobody has looked at for long.
    pub async fn list_stale(&self, _: &CountyStaff) -> Result<Vec<EntryLine>, EntryError> {
        Ok(self.store.list_stale_entries(self.stale_before(), LIST).await?)
    }

    /// Public entries whose organization nobody leads.
    pub async fn list_without_owner(&self, _: &CountyStaff) -> Result<Vec<EntryLine>, EntryError> {
        Ok(self.store.list_entries_without_owner(LIST).await?)
    }

    fn stale_before(&self) -> time::OffsetDateTime {
        let days = self.portal().stale_after_days.unwrap_or(u16::MAX);
        self.clock.now().instant - Duration::days(i64::from(days))
    }

    /// Makes a submitted draft the live entry. It is found within a second. Gives its address.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where the draft is not the one that was seen, [`EntryError::FourEyes`].
    pub async fn approve(&self, staff: &CountyStaff, decision: Decision<'_>) -> Result<Slug, EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let slug = self.approve_in(&mut tx, staff, decision).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(slug)
    }

    /// Approves many at once: all of them, or none.
    pub async fn approve_all(
        &self,
        staff: &CountyStaff,
        decisions: &[Decision<'_>],
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        for decision in decisions {
            self.approve_in(&mut tx, staff, *decision).await?;
        }
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    async fn approve_in(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        decision: Decision<'_>,
    ) -> Result<Slug, EntryError> {
        let (live, draft) = self.seen(tx, decision).await?;
        let by_staff = |who: &Option<Author>| who.as_ref().is_some_and(|who| who.id == staff.account());
        let is_own = by_staff(&draft.author);
        if self.portal().four_eyes && (is_own || by_staff(&draft.corrected_by)) {
            return Err(EntryError::FourEyes);
        }
        let writer = self.writer(&draft).await?;
        let is_county = writer.as_ref().is_some_and(|account| account.county_role.is_some());
        let corrected = draft.corrected_by.as_ref().map(|_| CORRECTED.to_owned());
        let said = text(decision.reason).or(draft.note.clone());
        let reason: Vec<String> = [said, corrected].into_iter().flatten().collect();
        let credit = Credit {
            author: draft.author.clone(),
            approved_by: by(staff),
            reason: (!reason.is_empty()).then(|| reason.join("\n")),
            source: if is_county { Source::County } else { Source::Provider },
            import: None,
        };
        let now = self.clock.now().instant;
        let next = publish(tx, &live, draft.facility, credit, now).await?;
        self.audit(tx, staff.account(), Action::EntryApproved, Subject::Entry(live.id)).await?;
        let link = format!("{}{}", self.portal().base_url, routes::facility(&next.slug));
        for (name, email) in self.readers(staff, writer, &live).await? {
            let letter = letters::entry_approved(&self.portal(), &name, &next.name, link.clone());
            self.post(tx, &email, &letter).await?;
        }
        Ok(next.slug)
    }

    /// Gives a submitted draft back, with a reason.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where the draft is not the one that was seen, [`EntryError::Incomplete`] without a
    /// reason.
    pub async fn return_draft(&self, staff: &CountyStaff, decision: Decision<'_>) -> Result<(), EntryError> {
        let reason = text(decision.reason).ok_or(EntryError::Incomplete(Vec::new()))?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let (live, draft) = self.seen(&mut tx, decision).await?;
        let writer = self.writer(&draft).await?;
        let entry_name = draft.facility.name.clone();
        tx.save_draft(&draft.returned(&reason)).await?;
        let subject = Subject::Entry(live.id);
        self.audit(&mut tx, staff.account(), Action::EntryReturned, subject).await?;
        let link = format!("{}{}", self.portal().base_url, routes::entry(&live.slug));
        for (name, email) in self.readers(staff, writer, &live).await? {
            let letter = letters::entry_returned(&self.portal(), &name, &entry_name, &reason, link.clone());
            self.post(&mut tx, &email, &letter).await?;
        }
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// The live entry and its draft, if that is the one that was seen.
    async fn seen(&self, tx: &mut Tx, decision: Decision<'_>) -> Result<(Facility, Draft), EntryError> {
        tx.lock_entries().await?;
        let live = tx.find_facility(decision.entry).await?.ok_or(EntryError::Gone)?;
        let draft = tx.find_draft(live.id).await?.ok_or(EntryError::Changed)?;
        let is_seen = draft.is_submitted() && draft.revision == decision.revision;
        if is_seen { Ok((live, draft)) } else { Err(EntryError::Changed) }
    }

    /// Who wrote a draft, as long as there is an account.
    async fn writer(&self, draft: &Draft) -> Result<Option<Account>, EntryError> {
        match &draft.author {
            Some(author) => Ok(self.accounts.find(author.id).await?),
            None => Ok(None),
        }
    }

    /// Who is told of a decision: whoever wrote the draft, if they still may; else those who lead the organization.
    async fn readers(
        &self,
        staff: &CountyStaff,
        writer: Option<Account>,
        live: &Facility,
    ) -> Result<Vec<(String, Email)>, EntryError> {
        if let Some(writer) = writer.filter(|own| EntryEditor::require(own, live).is_ok()) {
            let told = (writer.id != staff.account()).then_some((writer.name, writer.email));
            return Ok(told.into_iter().collect());
        }
        let Some(organization) = &live.organization else { return Ok(Vec::new()) };
        let leads = self.team(organization.id, OrganizationRole::Owner).await?;
        Ok(leads.into_iter().map(|own| (own.name, own.email)).collect())
    }

    /// Takes an entry out of the directory, or brings it back. What was known is kept.
    pub async fn set_visibility(
        &self,
        staff: &CountyStaff,
        id: FacilityId,
        visibility: Visibility,
        reason: &str,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        self.set_visibility_in(&mut tx, staff, id, (visibility, text(reason).as_deref())).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    pub(super) async fn set_visibility_in(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        id: FacilityId,
        (visibility, reason): (Visibility, Option<&str>),
    ) -> Result<(), EntryError> {
        let live = tx.find_facility(id).await?.ok_or(EntryError::Gone)?;
        let (action, news) = match visibility {
            // What was never approved is not brought back but approved.
            Visibility::Public if live.visibility == Visibility::Draft || live.offers.is_empty() => {
                return Err(EntryError::Gone);
            }
            Visibility::Public if !words::obstacles(&live).is_empty() => return Err(EntryError::Gone),
            Visibility::Public => (Action::EntryRestored, News::Restored),
            // It is not public, and would come back without anybody's approval.
            _ if live.visibility == Visibility::Draft => return Err(EntryError::Gone),
            Visibility::Archived | Visibility::Draft => (Action::EntryArchived, News::Archived),
            Visibility::Declined => (Action::EntryDeclined, News::Declined),
        };
        let is_new = live.visibility != visibility;
        tx.update_facility(&Facility { visibility, ..live.clone() }).await?;
        // What waits for a decision would bring it back: whoever wrote it has it again.
        if let Some(draft) = tx.find_draft(id).await?.filter(Draft::is_submitted) {
            tx.save_draft(&draft.reopened()).await?;
        }
        // Pressed twice, it is no news any more.
        if is_new {
            let readers = self.keepers(staff, live.organization.as_ref()).await?;
            self.tell(tx, &readers, &live.name, (news, reason), &routes::entry(&live.slug)).await?;
        }
        self.audit(tx, staff.account(), action, Subject::Entry(id)).await
    }

    /// What an import proposes for an entry, and the entry.
    pub async fn find_open_proposal(
        &self,
        _: &CountyStaff,
        slug: &Slug,
    ) -> Result<Option<(Entry, Proposal)>, EntryError> {
        let Some(entry) = self.find(slug).await? else { return Ok(None) };
        let proposal = self.store.find_proposal(entry.live.id).await?;
        Ok(proposal.filter(|proposal| !proposal.is_decided).map(|proposal| (entry, proposal)))
    }

    /// Takes over what an import proposes. Whoever has a draft gets it back, to compare it with the new entry.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where another import has proposed something else since `seen`, or the entry was changed
    /// since: then the file is read once more.
    pub async fn accept_proposal(
        &self,
        staff: &CountyStaff,
        id: FacilityId,
        seen: time::OffsetDateTime,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let (live, proposal) = self.proposed(&mut tx, id, seen).await?;
        if live.updated_at > proposal.proposed_at {
            return Err(EntryError::Changed);
        }
        let draft = tx.find_draft(id).await?;
        let credit = Credit {
            author: None,
            approved_by: by(staff),
            reason: Some(format!("Aus dem Import „{}“", proposal.source)),
            source: live.source.clone(),
            import: Some(proposal.source.clone()),
        };
        let published =
            publish(&mut tx, &live, proposal.facility.clone(), credit, self.clock.now().instant).await;
        let published = published.map_err(|error| match error {
            // An offer of it is another entry's by now.
            EntryError::Store(StoreError::Conflict(_)) => EntryError::Changed,
            error => error,
        })?;
        // Somebody's draft knows nothing of it and would undo it unseen.
        if let Some(mut draft) = draft {
            let is_new = |offer: &&Offer| !live.offers.iter().any(|own| own.id == offer.id);
            draft.take_in(published.offers.iter().filter(is_new).cloned());
            tx.save_draft(&draft.returned(OVERTAKEN)).await?;
        }
        tx.save_proposal(&Proposal { is_decided: true, ..proposal }).await?;
        self.audit(&mut tx, staff.account(), Action::EntryApproved, Subject::Entry(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Leaves the entry as it is; the same is not proposed again.
    pub async fn dismiss_proposal(
        &self,
        staff: &CountyStaff,
        id: FacilityId,
        seen: time::OffsetDateTime,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let (_, proposal) = self.proposed(&mut tx, id, seen).await?;
        tx.save_proposal(&Proposal { is_decided: true, ..proposal }).await?;
        self.audit(&mut tx, staff.account(), Action::ProposalDismissed, Subject::Entry(id)).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn proposed(
        &self,
        tx: &mut Tx,
        id: FacilityId,
        seen: time::OffsetDateTime,
    ) -> Result<(Facility, Proposal), EntryError> {
        tx.lock_entries().await?;
        let live = tx.find_facility(id).await?.ok_or(EntryError::Gone)?;
        let proposal = tx.find_proposal(id).await?.filter(|own| !own.is_decided && own.proposed_at == seen);
        let proposal = proposal.ok_or(EntryError::Changed)?;
        if live.visibility.is_hidden() { Err(EntryError::Changed) } else { Ok((live, proposal)) }
    }
}

pub(super) fn by(staff: &CountyStaff) -> Author {
    Author { id: staff.account(), name: Some(staff.name().to_owned()) }
}

/// What was typed, in lines; `None` where nothing was.
pub(super) fn text(typed: &str) -> Option<String> {
    let lines = app::domain::value::lines(typed);
    (!lines.is_empty()).then(|| lines.chars().take(super::editing::NOTE).collect())
}
