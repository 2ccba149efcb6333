//! Hinweis: what somebody without an account writes to the county about an entry, or to get one.

use time::OffsetDateTime;

use super::{
    account::Email,
    draft::Author,
    ids::{FacilityId, NoticeId, Slug},
};

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Something in an entry is not right.
    Wrong,
    /// "Diese Einrichtung gehört zu uns": somebody wants to keep an entry.
    Claim,
    /// "Wir möchten nicht gelistet werden."
    Decline,
    /// A provider that is not in the directory yet.
    Registration,
}

impl NoticeKind {
    pub const ALL: [Self; 4] = [Self::Wrong, Self::Claim, Self::Decline, Self::Registration];

    /// The value in the store.
    pub fn key(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Claim => "claim",
            Self::Decline => "decline",
            Self::Registration => "registration",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == text)
    }

    /// Whether the county has to know who writes.
    pub fn needs_sender(self) -> bool {
        self != Self::Wrong
    }

    /// Whether an organization is named.
    pub fn names_organization(self) -> bool {
        matches!(self, Self::Claim | Self::Registration)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    Open,
    Accepted,
    Refused,
}

impl NoticeState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Refused];

    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == text)
    }
}

/// The entry that a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeAbout {
    pub id: FacilityId,
    pub slug: Slug,
    pub name: String,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub kind: NoticeKind,
    /// `None`: a registration is about no entry yet.
    pub about: Option<NoticeAbout>,
    /// The organization that somebody speaks for.
    pub organization_name: Option<String>,
    pub name: Option<String>,
    /// `None`: nobody wants an answer.
    pub email: Option<Email>,
    pub text: String,
    pub created_at: OffsetDateTime,
    pub state: NoticeState,
    pub handled_by: Option<Author>,
    pub handled_at: Option<OffsetDateTime>,
    pub answer: Option<String>,
}

impl Notice {
    /// Longest text in characters.
    pub const MAX_TEXT: usize = 2_000;
    /// Longest name in characters.
    pub const MAX_NAME: usize = 200;
}
