//! Invitations: who may become what.

use time::OffsetDateTime;

use super::{
    account::{CountyRole, Email, OrganizationRole},
    ids::{AccountId, InvitationId, OrganizationId},
};

/// What somebody is invited to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitedTo {
    County(CountyRole),
    Organization { id: OrganizationId, name: String, role: OrganizationRole },
}

/// An invitation that nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: Email,
    pub to: InvitedTo,
    pub invited_by: AccountId,
    /// Who invites, by name.
    pub inviter: String,
    pub created_at: OffsetDateTime,
    /// From then on it cannot be taken.
    pub expires_at: OffsetDateTime,
}

/// Somebody of an organization, as their colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    pub account: AccountId,
    pub name: String,
    pub email: Email,
    pub role: OrganizationRole,
    /// A second factor is set up.
    pub has_totp: bool,
}
