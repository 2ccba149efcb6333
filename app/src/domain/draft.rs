//! Entwurf: an edit of an entry. It waits for the county's approval, and the live entry stays meanwhile.

use time::OffsetDateTime;

use super::{
    account::Membership,
    capacity::NotFreeLine,
    facility::Facility,
    ids::{AccountId, FacilityId, Slug},
    offer::{Offer, Source},
    place::same_place,
};

/// How far a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Somebody is at it.
    Editing,
    /// The county has it.
    Submitted,
    /// The county wants something else first.
    Returned,
}

impl DraftState {
    pub const ALL: [Self; 3] = [Self::Editing, Self::Submitted, Self::Returned];

    pub fn key(self) -> &'static str {
        match self {
            Self::Editing => "editing",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == text)
    }
}

/// Somebody, as far as they are still known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub id: AccountId,
    /// `None`: the account is gone.
    pub name: Option<String>,
}

/// An edit of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The entry as it is to become. What no form sets (slug, source, visibility, reports) is that of the live one.
    pub facility: Facility,
    pub state: DraftState,
    /// Grows with every change.
    pub revision: i64,
    /// Who changed it last.
    pub author: Option<Author>,
    /// Who of the county corrected what was submitted.
    pub corrected_by: Option<Author>,
    /// From whoever submitted it to the county.
    pub note: Option<String>,
    /// Why the county returned it.
    pub reason: Option<String>,
    pub changed_at: OffsetDateTime,
    pub submitted_at: Option<OffsetDateTime>,
}

impl Draft {
    /// The county has it: whoever wrote it cannot change it.
    pub fn is_submitted(&self) -> bool {
        self.state == DraftState::Submitted
    }

    /// Back with whoever wrote it, for a reason.
    #[must_use]
    pub fn returned(self, reason: &str) -> Self {
        let reason = Some(reason.to_owned());
        Self { state: DraftState::Returned, reason, ..self.reopened() }
    }

    /// Back with whoever wrote it, to go on.
    #[must_use]
    pub fn reopened(self) -> Self {
        Self { state: DraftState::Editing, revision: self.revision + 1, submitted_at: None, ..self }
    }

    /// Takes offers in that came to the entry by another way: who goes on with the draft takes none of them away.
    pub fn take_in(&mut self, offers: impl IntoIterator<Item = Offer>) {
        let own = &mut self.facility.offers;
        for offer in offers {
            if !own.iter().any(|known| known.id == offer.id) {
                own.push(offer);
            }
        }
    }
}

/// An entry with its draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub live: Facility,
    pub draft: Option<Draft>,
}

impl Entry {
    /// What editing goes on from.
    pub fn current(&self) -> &Facility {
        self.draft.as_ref().map_or(&self.live, |draft| &draft.facility)
    }

    /// The revision of the draft; 0 where there is none.
    pub fn revision(&self) -> i64 {
        self.draft.as_ref().map_or(0, |draft| draft.revision)
    }

    /// Whether the county has the draft.
    pub fn is_submitted(&self) -> bool {
        self.draft.as_ref().is_some_and(Draft::is_submitted)
    }
}

/// What was live once, or is.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryVersion {
    /// The oldest has number 1.
    pub number: i64,
    pub facility: Facility,
    pub author: Option<Author>,
    pub approved_by: Option<Author>,
    pub reason: Option<String>,
    pub recorded_at: OffsetDateTime,
}

/// An entry in a list of those who edit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    pub id: FacilityId,
    pub slug: Slug,
    pub name: String,
    pub visibility: super::facility::Visibility,
    pub draft: Option<DraftState>,
    pub reason: Option<String>,
    /// When somebody last saw to it that what is said there is right.
    pub checked_at: OffsetDateTime,
}

/// An organization that somebody works for, with its entries.
#[derive(Clone, Debug)]
pub struct OwnOrganization {
    pub own: Membership,
    pub entries: Vec<EntryLine>,
    /// Its offers of which people say that they were not free after all.
    pub not_free: Vec<NotFreeLine>,
}

/// What an import would make of an entry that people edit by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub facility: Facility,
    /// Names the import, as in `Source::Import`.
    pub source: String,
    /// Of what the file says; the same is not proposed twice.
    pub fingerprint: String,
    pub proposed_at: OffsetDateTime,
    /// The county has taken it over or not; the same is not proposed again.
    pub is_decided: bool,
}

/// Whether two versions of an entry say the same where an import says something.
pub fn says_the_same(a: &Facility, b: &Facility) -> bool {
    let plain = |facility: &Facility| {
        let offers = facility.offers.iter().map(|offer| Offer {
            latest_report: None,
            external_id: None,
            source: Source::County,
            ..offer.clone()
        });
        Facility {
            slug: a.slug.clone(),
            visibility: a.visibility,
            source: Source::County,
            organization: None,
            // Digits that a document may have lost are no difference.
            position: None,
            updated_at: a.updated_at,
            confirmed_at: None,
            offers: offers.collect(),
            ..facility.clone()
        }
    };
    same_place(a.position, b.position) && plain(a) == plain(b)
}

/// What editing may change, as it is stored: without reports, which go their own way.
#[must_use]
pub fn content(facility: &Facility) -> Facility {
    let offers = facility.offers.iter().map(|offer| Offer { latest_report: None, ..offer.clone() });
    Facility { offers: offers.collect(), ..facility.clone() }
}
