//! Entries as those see them who edit and who approve: drafts, versions, what waits for the county.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{
        Clock,
        access::{CountyStaff, EntryEditor, OrganizationEditor},
    },
    components::form::Problem,
    domain::{
        account::{Account, Email},
        audit::{Action, AuditEvent, Subject},
        draft::{Draft, Entry, EntryVersion, OwnOrganization},
        facility::Facility,
        ids::{AccountId, OrganizationId, Slug},
        place::Municipality,
        portal::Portal,
    },
    forms::Part,
    text::letter::Letter,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    account::{AccountError, AccountService},
    export,
    import::ImportError,
    mail::Mailbox,
};
use crate::store::{Store, StoreError, Tx};

mod editing;
pub mod imports;
mod moderation;
mod news;
pub mod notices;
mod operator;
mod organizations;
mod publish;
pub mod uploads;

pub use editing::stamp;
pub use moderation::{Decision, Queue};
pub use operator::merge_stamp;
pub use organizations::OperatorView;

/// Two versions of an entry that two people made of the same part.
#[derive(Debug)]
pub struct Conflict {
    /// What somebody else has saved.
    pub theirs: Facility,
    /// What it would become.
    pub mine: Facility,
    /// The [`stamp`] of what is saved: whoever sends it has seen that.
    pub stamp: String,
}

/// Why something about an entry was not done.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// There is no such entry, draft, offer, version or notice any more.
    #[error("it is not there")]
    Gone,
    /// What was typed cannot be used.
    #[error("the form has problems")]
    Problems(Vec<Problem>),
    /// Somebody else has saved this part meanwhile.
    #[error("somebody else was faster")]
    Conflict(Box<Conflict>),
    /// The county has the draft: whoever wants to change it takes it back first.
    #[error("the draft is submitted")]
    Submitted,
    /// The entry is not listed: the county brings it back first.
    #[error("the entry is hidden")]
    Hidden,
    /// The draft is not the one that was seen.
    #[error("the draft has changed")]
    Changed,
    /// Something has to be there first.
    #[error("the entry is not complete")]
    Incomplete(Vec<(Part, &'static str)>),
    /// The county wants two people for each decision.
    #[error("somebody else has to approve")]
    FourEyes,
    #[error("too often")]
    TooOften,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Most offers that people doubt, in the list of an organization.
const NOT_FREE: i64 = 50;

/// How many change entries at the same time.
const TURNS: usize = 4;

/// How many files are received at the same time: each is in memory as a whole.
const FILES: usize = 8;

/// Answers for entries.
pub struct EntryService {
    store: Store,
    clock: Arc<dyn Clock>,
    mailbox: Mailbox,
    accounts: Arc<AccountService>,
    turns: Semaphore,
    /// Pictures that are read at the same time.
    pictures: Arc<Semaphore>,
    /// Files that are received at the same time.
    files: Semaphore,
    /// One import at a time.
    imports: Semaphore,
}

impl EntryService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, mailbox: Mailbox, accounts: Arc<AccountService>) -> Self {
        let (turns, files) = (Semaphore::new(TURNS), Semaphore::new(FILES));
        let (pictures, imports) = (Arc::new(Semaphore::new(1)), Semaphore::new(1));
        Self { store, clock, mailbox, accounts, turns, pictures, files, imports }
    }

    /// Waits for its turn to write. Each holds a connection and may need a second one: all together must not take those
    /// that pages read with.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.turns.acquire().await.ok()
    }

    fn portal(&self) -> Arc<Portal> {
        self.mailbox.portal()
    }

    /// An entry, public or not, with its draft.
    pub async fn find(&self, slug: &Slug) -> Result<Option<Entry>, EntryError> {
        let Some(live) = self.store.find_facility_by_slug(slug).await? else { return Ok(None) };
        let draft = self.store.find_draft(live.id).await?;
        Ok(Some(entry(live, draft)))
    }

    /// The address of an entry that had another one.
    pub async fn find_moved(&self, slug: &Slug) -> Result<Option<Slug>, EntryError> {
        Ok(self.store.find_facility_slug_redirect(slug).await?)
    }

    /// The organizations that somebody works for, each with its entries.
    pub async fn list_own(&self, account: Account) -> Result<Vec<OwnOrganization>, EntryError> {
        let mut all = Vec::with_capacity(account.memberships.len());
        for own in account.memberships {
            let entries = self.store.list_entries(own.organization).await?;
            let now = self.clock.now().instant;
            let not_free = self.store.list_not_free(Some(own.organization), now, NOT_FREE).await?;
            all.push(OwnOrganization { own, entries, not_free });
        }
        Ok(all)
    }

    /// All entries as a table for spreadsheets.
    pub async fn spreadsheet(&self, _: &CountyStaff) -> Result<Vec<u8>, EntryError> {
        self.table(None).await
    }

    /// The entries of one organization as a table for spreadsheets.
    pub async fn own_spreadsheet(&self, editor: &OrganizationEditor) -> Result<Vec<u8>, EntryError> {
        self.table(Some(editor.organization().id)).await
    }

    /// All entries as a workbook.
    pub async fn workbook(&self, _: &CountyStaff) -> Result<Vec<u8>, EntryError> {
        self.book(None).await
    }

    /// The entries of one organization as a workbook.
    pub async fn own_workbook(&self, editor: &OrganizationEditor) -> Result<Vec<u8>, EntryError> {
        self.book(Some(editor.organization().id)).await
    }

    async fn table(&self, organization: Option<OrganizationId>) -> Result<Vec<u8>, EntryError> {
        let portal = self.portal();
        let moment = export::Moment { now: self.clock.now(), taxonomy: &portal.taxonomy };
        export::spreadsheet(&self.store, organization, moment).await.map_err(not_written)
    }

    async fn book(&self, organization: Option<OrganizationId>) -> Result<Vec<u8>, EntryError> {
        let portal = self.portal();
        let moment = export::Moment { now: self.clock.now(), taxonomy: &portal.taxonomy };
        export::workbook(&self.store, organization, moment).await.map_err(not_written)
    }

    /// The municipalities that a form offers.
    pub async fn list_municipalities(&self) -> Result<Vec<Municipality>, EntryError> {
        let mut all = self.store.list_municipalities().await?;
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// All versions of an entry, the newest first.
    pub async fn list_versions(&self, editor: &EntryEditor) -> Result<Vec<EntryVersion>, EntryError> {
        Ok(self.store.list_versions(editor.entry()).await?)
    }

    /// The entry of an editor as a transaction sees it. The right is asked for once more: it may be gone.
    async fn locked(&self, tx: &mut Tx, editor: &EntryEditor) -> Result<Entry, EntryError> {
        tx.lock_entries().await?;
        let live = tx.find_facility(editor.entry()).await?.ok_or(EntryError::Gone)?;
        let account = self.accounts.find(editor.account()).await?.ok_or(EntryError::Gone)?;
        EntryEditor::require(&account, &live).map_err(|_| EntryError::Gone)?;
        let draft = tx.find_draft(live.id).await?;
        Ok(entry(live, draft))
    }

    async fn audit(
        &self,
        tx: &mut Tx,
        actor: AccountId,
        action: Action,
        subject: Subject,
    ) -> Result<(), EntryError> {
        self.audit_with(tx, actor, action, subject, BTreeMap::new()).await
    }

    async fn audit_with(
        &self,
        tx: &mut Tx,
        actor: AccountId,
        action: Action,
        subject: Subject,
        detail: BTreeMap<&'static str, String>,
    ) -> Result<(), EntryError> {
        let (subject, at) = (Some(subject), self.clock.now().instant);
        tx.record_audit(&AuditEvent { actor: Some(actor), action, subject, detail, at }).await?;
        Ok(())
    }

    /// Puts a letter into the queue of a transaction.
    async fn post(&self, tx: &mut Tx, to: &Email, letter: &Letter) -> Result<(), EntryError> {
        Ok(self.mailbox.post(tx, to, letter, self.clock.now().instant).await?)
    }
}

/// Why there is no table.
fn not_written(error: ImportError) -> EntryError {
    match error {
        ImportError::Refused(error) | ImportError::Unavailable(error) => EntryError::Store(error),
        _ => EntryError::Gone,
    }
}

/// A draft has the reports of the live entry, and all that no form sets.
fn entry(live: Facility, draft: Option<Draft>) -> Entry {
    let draft = draft.map(|mut draft| {
        let own = &mut draft.facility;
        own.slug.clone_from(&live.slug);
        own.visibility = live.visibility;
        own.organization.clone_from(&live.organization);
        own.source.clone_from(&live.source);
        (own.updated_at, own.confirmed_at) = (live.updated_at, live.confirmed_at);
        for offer in &mut own.offers {
            let known = live.offers.iter().find(|known| known.id == offer.id);
            offer.latest_report = known.and_then(|known| known.latest_report.clone());
        }
        draft
    });
    Entry { live, draft }
}
