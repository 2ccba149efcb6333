//! Links that report capacity: whoever has one says what is free at an organization, and does nothing else.

use time::OffsetDateTime;

use super::ids::{AccountId, OrganizationId, ReportLinkId, Slug};

/// A link as it is kept. What it holds is known to nobody but whoever has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLink {
    pub id: ReportLinkId,
    pub organization: OrganizationId,
    pub organization_slug: Slug,
    pub organization_name: String,
    /// Whom it was sent to, with the name of today; `None`: it is on a card.
    pub recipient: Option<(AccountId, String)>,
    /// What a card is called, for example "Büro".
    pub label: String,
    pub created_at: OffsetDateTime,
    /// `None`: until it is switched off.
    pub expires_at: Option<OffsetDateTime>,
    pub revoked_at: Option<OffsetDateTime>,
    pub used_at: Option<OffsetDateTime>,
}

impl ReportLink {
    /// How long a link in a mail lives, in days.
    pub const MAIL_DAYS: i64 = 30;
    /// Longest name of a card in characters.
    pub const LONGEST_LABEL: usize = 60;
    /// Most cards of an organization that are worth something at the same time.
    pub const MOST_CARDS: usize = 50;

    /// Whether it still reports at an instant.
    pub fn holds_at(&self, instant: OffsetDateTime) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| instant < end)
    }
}
