//! Invitations: who may become what.

use time::OffsetDateTime;

use super::{
    account::{CountyRole, Email, OrganizationRole},
    ids::{AccountId, InvitationId, OrganizationId},
};

/// A role in either kind of team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamRole {
    County(CountyRole),
    Organization(OrganizationRole),
}

impl TeamRole {
    pub fn key(self) -> &'static str {
        match self {
            Self::County(role) => role.key(),
            Self::Organization(role) => role.key(),
        }
    }
}

/// What somebody is invited to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitedTo {
    County(CountyRole),
    Organization { id: OrganizationId, name: String, role: OrganizationRole },
}

impl InvitedTo {
    pub fn role(&self) -> TeamRole {
        match self {
            Self::County(role) => TeamRole::County(*role),
            Self::Organization { role, .. } => TeamRole::Organization(*role),
        }
    }

    /// `None`: the county's own team.
    pub fn organization(&self) -> Option<OrganizationId> {
        match self {
            Self::County(_) => None,
            Self::Organization { id, .. } => Some(*id),
        }
    }
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

/// Somebody of a team, as those see them who lead it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    pub account: AccountId,
    pub name: String,
    pub email: Email,
    pub role: TeamRole,
    /// A second factor is set up.
    pub has_totp: bool,
}
