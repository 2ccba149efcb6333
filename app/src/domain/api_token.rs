//! Accesses of programs: whoever has one reports capacity for an organization, and does nothing else.

use time::OffsetDateTime;

use super::{
    account::OrganizationRole,
    ids::{AccountId, ApiTokenId, FacilityId, OrganizationId, Slug},
};

/// An access as it is kept. Its secret is known to nobody but whoever has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub organization: OrganizationId,
    pub organization_slug: Slug,
    /// The one facility it reports for, with the name of today; `None`: all of the organization.
    pub facility: Option<(FacilityId, String)>,
    /// What it is called, for example "Heimsoftware".
    pub name: String,
    /// Who made it; `None`: that account is gone.
    pub maker: Option<TokenMaker>,
    pub created_at: OffsetDateTime,
    /// When it was last used, to the minute.
    pub used_at: Option<OffsetDateTime>,
    pub revoked_at: Option<OffsetDateTime>,
}

/// Who made an access, as they are today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenMaker {
    pub account: AccountId,
    pub name: String,
    /// Their role in the organization; `None`: they have left it.
    pub role: Option<OrganizationRole>,
    pub is_county: bool,
}

/// Whether an access is worth something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    Good,
    Revoked,
    /// Whoever made it may not edit for the organization any more.
    MakerLeft,
}

impl ApiToken {
    /// What each of them begins with: programs that look for leaked secrets find them by it.
    pub const PREFIX: &str = "kl_";
    /// Longest name in characters.
    pub const LONGEST_NAME: usize = 60;
    /// Most of an organization that are not switched off.
    pub const MOST: usize = 20;

    /// An access is as good as whoever made it: it ends with their role.
    pub fn state(&self) -> TokenState {
        let maker_may = self.maker.as_ref().is_some_and(|maker| {
            maker.is_county || maker.role.is_some_and(|role| role.includes(OrganizationRole::Editor))
        });
        match self.revoked_at {
            Some(_) => TokenState::Revoked,
            None if maker_may => TokenState::Good,
            None => TokenState::MakerLeft,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn an_access_ends_with_the_role_of_whoever_made_it() {
        let maker = |role, is_county| TokenMaker {
            account: AccountId(Uuid::nil()),
            name: "Petra Muster".to_owned(),
            role,
            is_county,
        };
        let token = |maker| ApiToken {
            id: ApiTokenId(Uuid::nil()),
            organization: OrganizationId(Uuid::nil()),
            organization_slug: Slug::from_name("aue"),
            facility: None,
            name: "Heimsoftware".to_owned(),
            maker,
            created_at: datetime!(2026-07-01 10:00 UTC),
            used_at: None,
            revoked_at: None,
        };
        for (maker, state) in [
            (Some(maker(Some(OrganizationRole::Owner), false)), TokenState::Good),
            (Some(maker(Some(OrganizationRole::Editor), false)), TokenState::Good),
            (Some(maker(Some(OrganizationRole::Capacity), false)), TokenState::MakerLeft),
            (Some(maker(None, false)), TokenState::MakerLeft),
            (Some(maker(None, true)), TokenState::Good),
            (None, TokenState::MakerLeft),
        ] {
            assert_eq!(token(maker).state(), state);
        }
        let revoked_at = Some(datetime!(2026-07-02 10:00 UTC));
        let revoked = ApiToken { revoked_at, ..token(Some(maker(None, true))) };
        assert_eq!(revoked.state(), TokenState::Revoked);
    }
}
