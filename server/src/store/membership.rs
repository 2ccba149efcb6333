//! What people are in organizations.

use app::domain::{
    account::{Email, OrganizationRole},
    ids::{AccountId, OrganizationId},
    invitation::{TeamMember, TeamRole},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Keyed, read, read_count},
};

const LIST: Sql = sql!("membership/list_of_organization");
const SAVE: Sql = sql!("membership/save");
const DELETE: Sql = sql!("membership/delete");
const DELETE_ALL: Sql = sql!("membership/delete_all");
const COUNT_OWNERS: Sql = sql!("membership/count_owners");

impl Keyed for OrganizationRole {
    const NAME: &'static str = "role";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

#[derive(FromRow)]
struct TeamMemberRow {
    id: Uuid,
    name: String,
    email: String,
    role: String,
    has_totp: bool,
}

impl TryFrom<TeamMemberRow> for TeamMember {
    type Error = StoreError;

    fn try_from(row: TeamMemberRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: AccountId(row.id),
            name: row.name,
            email: Email::parse(&row.email).ok_or(StoreError::Unreadable("e-mail address"))?,
            role: TeamRole::Organization(read(&row.role)?),
            has_totp: row.has_totp,
        })
    }
}

impl Store {
    /// The people of an organization, by name.
    pub async fn list_team(&self, organization: OrganizationId) -> Result<Vec<TeamMember>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all TeamMemberRow = LIST, [organization.0])?;
        rows.into_iter().map(TeamMember::try_from).collect()
    }
}

impl Tx {
    /// Gives somebody a role in an organization, in the place of the one before.
    pub async fn save_membership(
        &mut self,
        account: AccountId,
        organization: OrganizationId,
        role: OrganizationRole,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute SAVE, [account.0, organization.0, role.key()])?;
        Ok(())
    }

    /// Takes somebody out of an organization; `false`: they are not in it.
    pub async fn delete_membership(
        &mut self,
        account: AccountId,
        organization: OrganizationId,
    ) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute DELETE, [account.0, organization.0])? == 1)
    }

    /// Takes somebody out of all organizations.
    pub async fn delete_memberships(&mut self, account: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_ALL, [account.0])?;
        Ok(())
    }

    /// How many lead an organization.
    pub async fn count_owners(&mut self, organization: OrganizationId) -> Result<usize, StoreError> {
        let (count,) = run!(self.session(), fetch_one(i64,) = COUNT_OWNERS, [organization.0])?;
        read_count(count)
    }
}
