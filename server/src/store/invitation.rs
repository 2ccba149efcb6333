//! Invitations. Only hashes of their links lie in the database.

use app::domain::{
    account::{CountyRole, Email, OrganizationRole},
    ids::{AccountId, InvitationId, OrganizationId},
    invitation::{Invitation, InvitedTo},
};
use sqlx::FromRow;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Instant, read},
};

const INSERT: Sql = sql!("invitation/insert");
const DELETE_SAME: Sql = sql!("invitation/delete_same");
const FIND: Sql = sql!("invitation/find");
const LIST: Sql = sql!("invitation/list");
const DELETE_OLD: Sql = sql!("invitation/delete_old");
const DELETE_OF_ACCOUNT: Sql = sql!("invitation/delete_of_account");
const DELETE_OF_ACCOUNT_IN: Sql = sql!("invitation/delete_of_account_in");
const TAKE: Sql = sql!("invitation/take");
const WITHDRAW: Sql = sql!("invitation/withdraw");

/// How long it is shown that an invitation was not taken.
const KEPT: Duration = Duration::days(30);

#[derive(FromRow)]
struct InvitationRow {
    id: Uuid,
    email: String,
    county_role: Option<String>,
    organization_id: Option<Uuid>,
    organization_name: Option<String>,
    organization_role: Option<String>,
    invited_by: Uuid,
    inviter: String,
    created_at: Instant,
    expires_at: Instant,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = StoreError;

    fn try_from(row: InvitationRow) -> Result<Self, StoreError> {
        let to = match (row.county_role, row.organization_id, row.organization_name, row.organization_role) {
            (Some(role), ..) => InvitedTo::County(read::<CountyRole>(&role)?),
            (None, Some(id), Some(name), Some(role)) => {
                let role = read::<OrganizationRole>(&role)?;
                InvitedTo::Organization { id: OrganizationId(id), name, role }
            }
            _ => return Err(StoreError::Unreadable("an invitation")),
        };
        Ok(Self {
            id: InvitationId(row.id),
            email: Email::parse(&row.email).ok_or(StoreError::Unreadable("e-mail address"))?,
            to,
            invited_by: AccountId(row.invited_by),
            inviter: row.inviter,
            created_at: row.created_at.read()?,
            expires_at: row.expires_at.read()?,
        })
    }
}

impl Store {
    /// The invitation whose link has this hash, if it can still be taken.
    pub async fn find_invitation(
        &self,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<Invitation>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional InvitationRow = FIND, [hash, Instant::from(now)])?;
        row.map(Invitation::try_from).transpose()
    }

    /// The invitations of an organization, or of the county itself; the newest first, those with them that
    /// cannot be taken any more.
    pub async fn list_invitations(
        &self,
        organization: Option<OrganizationId>,
    ) -> Result<Vec<Invitation>, StoreError> {
        let mut lease = self.lease().await?;
        let organization = organization.map(|id| id.0);
        let rows = run!(lease.session(), fetch_all InvitationRow = LIST, [organization])?;
        rows.into_iter().map(Invitation::try_from).collect()
    }
}

impl Tx {
    /// Adds an invitation in the place of the one that this address has to the same.
    pub async fn replace_invitation(
        &mut self,
        invitation: &Invitation,
        hash: &str,
    ) -> Result<(), StoreError> {
        let long_ago = Instant::from(invitation.created_at - KEPT);
        run!(self.session(), execute DELETE_OLD, [long_ago])?;
        let (county_role, organization, role) = match &invitation.to {
            InvitedTo::County(role) => (Some(role.key()), None, None),
            InvitedTo::Organization { id, role, .. } => (None, Some(id.0), Some(role.key())),
        };
        let email = invitation.email.as_str();
        run!(self.session(), execute DELETE_SAME, [email, organization])?;
        run!(
            self.session(),
            execute INSERT,
            [
                invitation.id.0,
                hash,
                email,
                county_role,
                organization,
                role,
                invitation.invited_by.0,
                Instant::from(invitation.created_at),
                Instant::from(invitation.expires_at),
            ]
        )?;
        Ok(())
    }

    /// Uses up an invitation; `false`: it is worth nothing, or was taken before.
    pub async fn take_invitation(&mut self, hash: &str, now: OffsetDateTime) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute TAKE, [hash, Instant::from(now)])? == 1)
    }

    /// Removes the invitations by an account and to its address.
    pub async fn delete_invitations_of(&mut self, account: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OF_ACCOUNT, [account.0])?;
        Ok(())
    }

    /// The same for one organization, or for the county itself.
    pub async fn delete_invitations_of_in(
        &mut self,
        account: AccountId,
        organization: Option<OrganizationId>,
    ) -> Result<(), StoreError> {
        let organization = organization.map(|id| id.0);
        run!(self.session(), execute DELETE_OF_ACCOUNT_IN, [account.0, organization])?;
        Ok(())
    }

    /// Takes an invitation of an organization back, or of the county itself; `false`: it has none such.
    pub async fn withdraw_invitation(
        &mut self,
        id: InvitationId,
        organization: Option<OrganizationId>,
    ) -> Result<bool, StoreError> {
        let organization = organization.map(|id| id.0);
        Ok(run!(self.session(), execute WITHDRAW, [id.0, organization])? == 1)
    }
}
