//! The audit log: what was done by whom, in a chain that shows when somebody has changed it.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    draft::Author,
    ids::{AccountId, FacilityId, NoticeId, OrganizationId, ReportLinkId, Slug},
};

/// What was done. Keys are stable: they are part of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    AccountAdded,
    /// With all that names the person.
    AccountRemoved,
    AccountReset,
    PasswordChanged,
    /// By a link in a mail.
    PasswordReset,
    AddressChanged,
    TotpSetUp,
    TotpRemoved,
    RecoveryCodeUsed,
    SessionsEnded,
    /// Somebody of the county wants to be told what waits, or not any more.
    CountyMailChanged,
    Invited,
    InvitationWithdrawn,
    InvitationTaken,
    /// A role in a team was given, changed or taken away.
    RoleChanged,
    EntryAdded,
    EntrySubmitted,
    /// The county changed what was submitted.
    EntryCorrected,
    /// Somebody took back what they had submitted, or threw a draft away.
    EntryWithdrawn,
    EntryApproved,
    EntryReturned,
    /// Those who run it say that everything is right.
    EntryConfirmed,
    EntryArchived,
    EntryDeclined,
    /// An archived or declined entry is public again.
    EntryRestored,
    /// Two entries were one and the same.
    EntryMerged,
    /// Another organization runs it.
    OperatorChanged,
    ProposalDismissed,
    NoticeAccepted,
    NoticeRefused,
    /// Somebody of the county looked at the account of another person.
    PersonSeen,
    /// … at who is in a team; of the county's own where no organization is named.
    TeamSeen,
    SessionsSeen,
    LogSeen,
    TableTaken,
    /// What the county calls care types, and which it has.
    CareTypeChanged,
    SpecialismChanged,
    /// What the search understands under a word.
    WordsChanged,
    /// A file was imported.
    Imported,
    OrganizationAdded,
    /// By the county, by hand.
    OrganizationChanged,
    /// What is free at an organization's offers was reported.
    CapacityReported,
    /// A link that reports capacity was made, for a card.
    ReportLinkMade,
    /// … was switched off.
    ReportLinkRevoked,
    /// … was sent to somebody of the organization, who had not been reminded.
    ReportLinkSent,
    /// Somebody opened such a link.
    ReportLinkOpened,
    /// Reports of an offer hold longer, or shorter.
    ValidityChanged,
    /// Somebody wants to be reminded otherwise.
    RemindersChanged,
    /// A program may report for an organization.
    ApiTokenMade,
    /// … and may no more.
    ApiTokenRevoked,
    /// What citizens had asked to be told about was deleted, as promised.
    AlertsPurged,
    /// Everybody sees how reliably offers are reported, or not any more.
    ShareShown,
}

impl Action {
    pub const ALL: [Self; 52] = [
        Self::AccountAdded,
        Self::AccountRemoved,
        Self::AccountReset,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::AddressChanged,
        Self::TotpSetUp,
        Self::TotpRemoved,
        Self::RecoveryCodeUsed,
        Self::SessionsEnded,
        Self::CountyMailChanged,
        Self::Invited,
        Self::InvitationWithdrawn,
        Self::InvitationTaken,
        Self::RoleChanged,
        Self::EntryAdded,
        Self::EntrySubmitted,
        Self::EntryCorrected,
        Self::EntryWithdrawn,
        Self::EntryApproved,
        Self::EntryReturned,
        Self::EntryConfirmed,
        Self::EntryArchived,
        Self::EntryDeclined,
        Self::EntryRestored,
        Self::EntryMerged,
        Self::OperatorChanged,
        Self::ProposalDismissed,
        Self::NoticeAccepted,
        Self::NoticeRefused,
        Self::PersonSeen,
        Self::TeamSeen,
        Self::SessionsSeen,
        Self::LogSeen,
        Self::TableTaken,
        Self::CareTypeChanged,
        Self::SpecialismChanged,
        Self::WordsChanged,
        Self::Imported,
        Self::OrganizationAdded,
        Self::OrganizationChanged,
        Self::CapacityReported,
        Self::ReportLinkMade,
        Self::ReportLinkRevoked,
        Self::ReportLinkSent,
        Self::ReportLinkOpened,
        Self::ValidityChanged,
        Self::RemindersChanged,
        Self::ApiTokenMade,
        Self::ApiTokenRevoked,
        Self::AlertsPurged,
        Self::ShareShown,
    ];

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.key() == key)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::AccountAdded => "account_added",
            Self::AccountRemoved => "account_removed",
            Self::AccountReset => "account_reset",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::AddressChanged => "address_changed",
            Self::TotpSetUp => "totp_set_up",
            Self::TotpRemoved => "totp_removed",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::SessionsEnded => "sessions_ended",
            Self::CountyMailChanged => "county_mail_changed",
            Self::Invited => "invited",
            Self::InvitationWithdrawn => "invitation_withdrawn",
            Self::InvitationTaken => "invitation_taken",
            Self::RoleChanged => "role_changed",
            Self::EntryAdded => "entry_added",
            Self::EntrySubmitted => "entry_submitted",
            Self::EntryCorrected => "entry_corrected",
            Self::EntryWithdrawn => "entry_withdrawn",
            Self::EntryApproved => "entry_approved",
            Self::EntryReturned => "entry_returned",
            Self::EntryConfirmed => "entry_confirmed",
            Self::EntryArchived => "entry_archived",
            Self::EntryDeclined => "entry_declined",
            Self::EntryRestored => "entry_restored",
            Self::EntryMerged => "entry_merged",
            Self::OperatorChanged => "operator_changed",
            Self::ProposalDismissed => "proposal_dismissed",
            Self::NoticeAccepted => "notice_accepted",
            Self::NoticeRefused => "notice_refused",
            Self::PersonSeen => "person_seen",
            Self::TeamSeen => "team_seen",
            Self::SessionsSeen => "sessions_seen",
            Self::LogSeen => "log_seen",
            Self::TableTaken => "table_taken",
            Self::CareTypeChanged => "care_type_changed",
            Self::SpecialismChanged => "specialism_changed",
            Self::WordsChanged => "words_changed",
            Self::Imported => "imported",
            Self::OrganizationAdded => "organization_added",
            Self::OrganizationChanged => "organization_changed",
            Self::CapacityReported => "capacity_reported",
            Self::ReportLinkMade => "report_link_made",
            Self::ReportLinkRevoked => "report_link_revoked",
            Self::ReportLinkSent => "report_link_sent",
            Self::ReportLinkOpened => "report_link_opened",
            Self::ValidityChanged => "validity_changed",
            Self::RemindersChanged => "reminders_changed",
            Self::ApiTokenMade => "api_token_made",
            Self::ApiTokenRevoked => "api_token_revoked",
            Self::AlertsPurged => "alerts_purged",
            Self::ShareShown => "share_shown",
        }
    }
}

/// What it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Account(AccountId),
    Entry(FacilityId),
    Notice(NoticeId),
    Organization(OrganizationId),
    ReportLink(ReportLinkId),
}

impl Subject {
    /// Its kind, as a stable key, and its id.
    pub fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Account(id) => ("account", id.0),
            Self::Entry(id) => ("entry", id.0),
            Self::Notice(id) => ("notice", id.0),
            Self::Organization(id) => ("organization", id.0),
            Self::ReportLink(id) => ("report_link", id.0),
        }
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// Who did it; `None`: the program, or somebody at its command line.
    pub actor: Option<AccountId>,
    pub action: Action,
    pub subject: Option<Subject>,
    /// What changed. It names nobody: names can be removed later, this cannot.
    pub detail: BTreeMap<&'static str, String>,
    pub at: OffsetDateTime,
}

/// An entry of the log as people read it: names are those of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    pub sequence: i64,
    pub at: OffsetDateTime,
    /// `None`: the program, or somebody at its command line.
    pub actor: Option<Author>,
    /// `None`: an action that a newer program has written.
    pub action: Option<Action>,
    /// The account, entry or organization it was done to, by name, with its address where it has one.
    pub subject: Option<(String, Option<Slug>)>,
    /// For what has no address: what it was about, what it was before and what it is now.
    pub change: Option<AuditChange>,
}

/// What a change was about, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChange {
    pub about: String,
    pub before: String,
    pub after: String,
}
