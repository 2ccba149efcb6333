//! Accesses of programs. Only hashes lie in the database.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    api_token::{ApiToken, TokenMaker},
    ids::{AccountId, ApiTokenId, FacilityId, OrganizationId, Slug},
};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::{Instant, read},
};

const INSERT: Sql = sql!("api_token/insert");
const FIND: Sql = sql!("api_token/find");
const LIST: Sql = sql!("api_token/list_of_organization");
const USE: Sql = sql!("api_token/use");
const REVOKE: Sql = sql!("api_token/revoke");
const DELETE_OLD: Sql = sql!("api_token/delete_old");

#[derive(FromRow)]
struct TokenRow {
    id: Uuid,
    organization_id: Uuid,
    organization_slug: String,
    facility_id: Option<Uuid>,
    facility_name: Option<String>,
    name: String,
    created_by: Option<Uuid>,
    maker_name: Option<String>,
    maker_county_role: Option<String>,
    maker_role: Option<String>,
    created_at: Instant,
    used_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl TryFrom<TokenRow> for ApiToken {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        let instant = |instant: Option<Instant>| instant.map(Instant::read).transpose();
        let role: Option<OrganizationRole> = row.maker_role.as_deref().map(read).transpose()?;
        let county_role: Option<CountyRole> = row.maker_county_role.as_deref().map(read).transpose()?;
        let maker = row.created_by.map(|id| TokenMaker {
            account: AccountId(id),
            name: row.maker_name.unwrap_or_default(),
            role,
            is_county: county_role.is_some(),
        });
        Ok(Self {
            id: ApiTokenId(row.id),
            organization: OrganizationId(row.organization_id),
            organization_slug: Slug::parse(&row.organization_slug).ok_or(StoreError::Unreadable("slug"))?,
            facility: row.facility_id.map(|id| (FacilityId(id), row.facility_name.unwrap_or_default())),
            name: row.name,
            maker,
            created_at: row.created_at.read()?,
            used_at: instant(row.used_at)?,
            revoked_at: instant(row.revoked_at)?,
        })
    }
}

impl Store {
    /// The access with this hash, worth something or not.
    pub async fn find_api_token(&self, hash: &str) -> Result<Option<ApiToken>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional TokenRow = FIND, [hash])?;
        row.map(ApiToken::try_from).transpose()
    }

    /// All accesses of an organization, the newest first.
    pub async fn list_api_tokens(&self, of: OrganizationId) -> Result<Vec<ApiToken>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all TokenRow = LIST, [of.0])?;
        rows.into_iter().map(ApiToken::try_from).collect()
    }
}

/// Accesses are in no index, so no change is recorded.
impl Tx {
    /// See [`Store::list_api_tokens`].
    pub async fn list_api_tokens(&mut self, of: OrganizationId) -> Result<Vec<ApiToken>, StoreError> {
        let rows = run!(self.session(), fetch_all TokenRow = LIST, [of.0])?;
        rows.into_iter().map(ApiToken::try_from).collect()
    }

    /// Adds an access; `hash` is of its secret.
    pub async fn insert_api_token(&mut self, hash: &str, token: &ApiToken) -> Result<(), StoreError> {
        let facility = token.facility.as_ref().map(|(id, _)| id.0);
        let (maker, created) =
            (token.maker.as_ref().map(|maker| maker.account.0), Instant::from(token.created_at));
        run!(
            self.session(),
            execute INSERT,
            [token.id.0, hash, token.organization.0, facility, &token.name, maker, created]
        )?;
        Ok(())
    }

    /// Notes that an access was used.
    pub async fn use_api_token(&mut self, id: ApiTokenId, at: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute USE, [id.0, Instant::from(at)])?;
        Ok(())
    }

    /// Switches an access of an organization off for good; `false`: there is none that was on.
    pub async fn revoke_api_token(
        &mut self,
        id: ApiTokenId,
        of: OrganizationId,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let rows = run!(self.session(), execute REVOKE, [id.0, of.0, Instant::from(at)])?;
        Ok(rows > 0)
    }

    /// Forgets accesses that were switched off before an instant.
    pub async fn delete_old_api_tokens(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }
}
