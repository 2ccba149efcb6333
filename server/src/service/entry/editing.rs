//! What those do who edit an entry. Nothing of it is public before the county approves.

use app::{
    backend::access::{EntryEditor, OrganizationEditor},
    domain::{
        accessibility::Accessibility,
        audit::{Action, Subject},
        draft::{Author, Draft, DraftState, Entry},
        facility::{Address, Facility, LegalParticulars, Visibility},
        ids::{FacilityId, OfferId, Slug},
        offer::Source,
        opening_hours::OpeningHours,
        value,
    },
    forms::{self, Known, Part, Typed},
    text::editing as words,
};
use uuid::Uuid;

use super::{Conflict, EntryError, EntryService};
use crate::store::{Tx, digest};

/// Most entries of an organization that wait for their first approval.
const MOST_NEW: usize = 50;

/// Longest note or reason in characters.
pub const NOTE: usize = 1_000;

/// What a form showed: whoever sends it back has seen this.
pub fn stamp(typed: &Typed) -> String {
    let parts: Vec<&str> = typed.0.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
    digest(&serde_json::to_vec(&parts).unwrap_or_default())
}

impl EntryService {
    /// Adds an entry that nobody sees yet. Gives its address.
    ///
    /// # Errors
    /// [`EntryError::Gone`] where the name cannot be used.
    pub async fn add(&self, editor: &OrganizationEditor, name: &str) -> Result<Slug, EntryError> {
        let organization = editor.organization();
        let name = value::one_line(name);
        if name.is_empty() || name.chars().count() > 200 {
            return Err(EntryError::Gone);
        }
        let now = self.clock.now().instant;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_entries().await?;
        let known = self.store.list_entries(organization.id).await?;
        if known.iter().filter(|entry| entry.visibility == Visibility::Draft).count() >= MOST_NEW {
            return Err(EntryError::TooOften);
        }
        let slug = tx.free_facility_slug(&Slug::from_name(&format!("entwurf {name}"))).await?;
        let source = if editor.is_county() { Source::County } else { Source::Provider };
        let facility = Facility {
            id: FacilityId(Uuid::now_v7()),
            slug: slug.clone(),
            visibility: Visibility::Draft,
            name,
            organization: Some(organization.clone()),
            owner: None,
            address: Address { street: None, postal_code: None, municipality: None, locality: None },
            position: None,
            phone: organization.phone.clone(),
            email: organization.email.clone(),
            website: organization.website.clone(),
            description: None,
            contacts: Vec::new(),
            opening_hours: OpeningHours::NotKnown,
            languages: Vec::new(),
            accessibility: Accessibility::default(),
            documents: Vec::new(),
            pictures: Vec::new(),
            source,
            updated_at: now,
            confirmed_at: None,
            legal: LegalParticulars::default(),
            offers: Vec::new(),
        };
        tx.insert_facility(&facility, None).await?;
        let subject = Subject::Entry(facility.id);
        self.audit(&mut tx, editor.account(), Action::EntryAdded, subject).await?;
        tx.commit().await?;
        Ok(slug)
    }

    /// Saves one part in the draft. `seen` is the [`stamp`] of what the form showed.
    ///
    /// # Errors
    /// [`EntryError::Problems`], [`EntryError::Conflict`], [`EntryError::Submitted`], [`EntryError::Gone`].
    pub async fn save_part(
        &self,
        editor: &EntryEditor,
        part: Part,
        typed: &Typed,
        seen: &str,
    ) -> Result<(), EntryError> {
        let municipalities = self.list_municipalities().await?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.editable(&mut tx, editor).await?;
        let theirs = entry.current();
        let shown = forms::write(part, theirs).ok_or(EntryError::Gone)?;
        let mut mine = theirs.clone();
        let portal = self.portal();
        let known = Known { taxonomy: &portal.taxonomy, municipalities: &municipalities };
        forms::read(part, typed, &mut mine, known).map_err(EntryError::Problems)?;
        if mine == *theirs {
            return Ok(());
        }
        let stamp = stamp(&shown);
        if stamp != seen {
            let theirs = theirs.clone();
            return Err(EntryError::Conflict(Box::new(Conflict { theirs, mine, stamp })));
        }
        self.keep(&mut tx, editor, &entry, mine).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes an offer out of the draft. `seen` is the revision of the draft that was seen, here and below; 0 for none.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where somebody else has changed it since.
    pub async fn remove_offer(
        &self,
        editor: &EntryEditor,
        seen: i64,
        offer: OfferId,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.unchanged(&mut tx, editor, seen).await?;
        let mut next = entry.current().clone();
        next.offers.retain(|own| own.id != offer);
        if next.offers.len() == entry.current().offers.len() {
            return Err(EntryError::Gone);
        }
        for own in next.offers.iter_mut().filter(|own| own.shares_places_with == Some(offer)) {
            own.shares_places_with = None;
        }
        self.keep(&mut tx, editor, &entry, next).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes an earlier version a draft; it is submitted and approved like any other.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where there is a draft: nothing of it is thrown away unasked.
    pub async fn restore(&self, editor: &EntryEditor, number: i64) -> Result<(), EntryError> {
        let versions = self.store.list_versions(editor.entry()).await?;
        let version = versions.into_iter().find(|own| own.number == number).ok_or(EntryError::Gone)?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.unchanged(&mut tx, editor, 0).await?;
        self.keep(&mut tx, editor, &entry, version.facility).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives the draft to the county, with a note.
    ///
    /// # Errors
    /// [`EntryError::Incomplete`], [`EntryError::Changed`], [`EntryError::Hidden`], [`EntryError::Gone`] where there is
    /// nothing to submit.
    pub async fn submit(&self, editor: &EntryEditor, seen: i64, note: &str) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.unchanged(&mut tx, editor, seen).await?;
        if entry.live.visibility.is_hidden() {
            return Err(EntryError::Hidden);
        }
        let obstacles = words::obstacles(entry.current());
        if !obstacles.is_empty() {
            return Err(EntryError::Incomplete(obstacles));
        }
        let draft = entry.draft.ok_or(EntryError::Gone)?;
        let now = self.clock.now().instant;
        let note = value::lines(note);
        let draft = Draft {
            state: DraftState::Submitted,
            revision: draft.revision + 1,
            author: Some(author(editor)),
            corrected_by: None,
            note: (!note.is_empty()).then(|| note.chars().take(NOTE).collect()),
            reason: None,
            submitted_at: Some(now),
            ..draft
        };
        tx.save_draft(&draft).await?;
        // What the county submits waits for nobody, unless two have to look.
        if !editor.is_county() || self.portal().four_eyes {
            let kind = words::waiting_entry(entry.live.visibility);
            let news = format!("„{}“ ({kind})", draft.facility.name);
            self.tell_county(&mut tx, Some(editor.account()), &news).await?;
        }
        self.audit_entry(&mut tx, editor, Action::EntrySubmitted).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// Takes a submitted draft back, to go on with it.
    pub async fn take_back(&self, editor: &EntryEditor) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.locked(&mut tx, editor).await?;
        let draft = entry.draft.filter(Draft::is_submitted).ok_or(EntryError::Gone)?;
        tx.save_draft(&draft.reopened()).await?;
        self.audit_entry(&mut tx, editor, Action::EntryWithdrawn).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Throws an entry away that was never public and has nothing from elsewhere.
    pub async fn remove_new(&self, editor: &EntryEditor, seen: i64) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.unchanged(&mut tx, editor, seen).await?;
        tx.delete_draft(editor.entry()).await?;
        tx.delete_uploads_of(editor.entry()).await?;
        if !tx.delete_new_facility(entry.live.id).await? {
            return Err(EntryError::Gone);
        }
        self.audit_entry(&mut tx, editor, Action::EntryWithdrawn).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Throws the draft away; what is public stays.
    pub async fn discard(&self, editor: &EntryEditor, seen: i64) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        self.unchanged(&mut tx, editor, seen).await?;
        if !tx.delete_draft(editor.entry()).await? {
            return Err(EntryError::Gone);
        }
        self.audit_entry(&mut tx, editor, Action::EntryWithdrawn).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says that everything is right as it is. This needs no approval.
    pub async fn confirm(&self, editor: &EntryEditor) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.locked(&mut tx, editor).await?;
        if entry.live.visibility != Visibility::Public {
            return Err(EntryError::Gone);
        }
        let confirmed_at = Some(self.clock.now().instant);
        tx.update_facility(&Facility { confirmed_at, ..entry.live }).await?;
        self.audit_entry(&mut tx, editor, Action::EntryConfirmed).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The entry, where it may be edited: what the county has is changed by the county alone.
    pub(super) async fn editable(&self, tx: &mut Tx, editor: &EntryEditor) -> Result<Entry, EntryError> {
        let entry = self.locked(tx, editor).await?;
        if entry.is_submitted() && !editor.is_county() { Err(EntryError::Submitted) } else { Ok(entry) }
    }

    /// The same, where the draft is still the one that was seen.
    async fn unchanged(&self, tx: &mut Tx, editor: &EntryEditor, seen: i64) -> Result<Entry, EntryError> {
        let entry = self.editable(tx, editor).await?;
        if entry.revision() == seen { Ok(entry) } else { Err(EntryError::Changed) }
    }

    /// Writes the draft. Where the county corrects what was submitted, it stays submitted by whoever did so, and it is
    /// known who corrected it.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        editor: &EntryEditor,
        entry: &Entry,
        facility: Facility,
    ) -> Result<(), EntryError> {
        let now = self.clock.now().instant;
        let facility = Facility { id: entry.live.id, ..facility };
        let before = entry.draft.clone();
        // A new one begins where none before it can have been: whoever has seen an earlier draft has not seen this one.
        let begun = i64::try_from(now.unix_timestamp_nanos() / 1_000).unwrap_or(1);
        let revision = before.as_ref().map_or(begun, |own| own.revision + 1);
        let draft = match before {
            Some(draft) if draft.is_submitted() => {
                self.audit_entry(tx, editor, Action::EntryCorrected).await?;
                Draft { facility, revision, changed_at: now, corrected_by: Some(author(editor)), ..draft }
            }
            before => Draft {
                facility,
                state: before.as_ref().map_or(DraftState::Editing, |draft| draft.state),
                revision,
                author: Some(author(editor)),
                corrected_by: None,
                note: None,
                reason: before.and_then(|draft| draft.reason),
                changed_at: now,
                submitted_at: None,
            },
        };
        tx.save_draft(&draft).await?;
        // Lists call what was never public as it is called now.
        let (live, name) = (&entry.live, &draft.facility.name);
        if live.visibility == Visibility::Draft && live.name != *name {
            tx.update_facility(&Facility { name: name.clone(), ..live.clone() }).await?;
        }
        Ok(())
    }

    async fn audit_entry(&self, tx: &mut Tx, editor: &EntryEditor, action: Action) -> Result<(), EntryError> {
        self.audit(tx, editor.account(), action, Subject::Entry(editor.entry())).await
    }
}

fn author(editor: &EntryEditor) -> Author {
    Author { id: editor.account(), name: Some(editor.name().to_owned()) }
}
