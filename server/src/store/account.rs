//! Accounts, what they are in organizations, and their recovery codes.

use app::domain::{
    account::{Account, CountyRole, Email, Membership},
    ids::{AccountId, OrganizationId, Slug},
};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    transaction::Transaction,
    values::{Instant, Keyed, read, read_count},
};

const FIND: Sql = sql!("account/find");
const FIND_BY_EMAIL: Sql = sql!("account/find_by_email");
const INSERT: Sql = sql!("account/insert");
const UPDATE_PASSWORD: Sql = sql!("account/update_password");
const LIST_OF_COUNTY: Sql = sql!("account/list_of_county");
const UPDATE_COUNTY_ROLE: Sql = sql!("account/update_county_role");
const COUNT_ADMINISTRATORS: Sql = sql!("account/count_administrators");
const DELETE: Sql = sql!("account/delete");
const UPDATE_EMAIL: Sql = sql!("account/update_email");
const UPDATE_TOTP: Sql = sql!("account/update_totp");
const TAKE_TOTP_STEP: Sql = sql!("account/take_totp_step");
const LIST_MEMBERSHIPS: Sql = sql!("membership/list_of_account");
const INSERT_CODE: Sql = sql!("recovery_code/insert");
const TAKE_CODE: Sql = sql!("recovery_code/take");
const DELETE_CODES: Sql = sql!("recovery_code/delete_all");
const COUNT_CODES: Sql = sql!("recovery_code/count");

impl Keyed for CountyRole {
    const NAME: &'static str = "county role";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

/// An account with what it proves itself by.
#[derive(Clone)]
pub struct StoredAccount {
    pub account: Account,
    /// In PHC string format.
    pub password_hash: String,
    /// base32; `None`: no second factor.
    pub totp_secret: Option<String>,
}

#[derive(FromRow)]
struct AccountRow {
    id: Uuid,
    email: String,
    name: String,
    password_hash: String,
    county_role: Option<String>,
    totp_secret: Option<String>,
    credentials: i64,
}

#[derive(FromRow)]
struct MembershipRow {
    organization_id: Uuid,
    slug: String,
    name: String,
    role: String,
}

impl AccountRow {
    fn read(self, memberships: Vec<MembershipRow>) -> Result<StoredAccount, StoreError> {
        let memberships = memberships.into_iter().map(|row| {
            Ok(Membership {
                organization: OrganizationId(row.organization_id),
                slug: Slug::parse(&row.slug).ok_or(StoreError::Unreadable("slug"))?,
                name: row.name,
                role: read(&row.role)?,
            })
        });
        Ok(StoredAccount {
            account: Account {
                id: AccountId(self.id),
                email: Email::parse(&self.email).ok_or(StoreError::Unreadable("e-mail address"))?,
                name: self.name,
                county_role: self.county_role.as_deref().map(read).transpose()?,
                memberships: memberships.collect::<Result<_, StoreError>>()?,
                has_totp: self.totp_secret.is_some(),
                credentials: self.credentials,
            },
            password_hash: self.password_hash,
            totp_secret: self.totp_secret,
        })
    }
}

/// The account of a row, with what it is in organizations at the same moment.
async fn complete(
    transaction: &mut Transaction,
    row: Option<AccountRow>,
) -> Result<Option<StoredAccount>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let memberships = run!(transaction.session(), fetch_all MembershipRow = LIST_MEMBERSHIPS, [row.id])?;
    row.read(memberships).map(Some)
}

impl Store {
    /// An account by its id.
    pub async fn find_account(&self, id: AccountId) -> Result<Option<StoredAccount>, StoreError> {
        let mut moment = self.moment().await?;
        let row = run!(moment.session(), fetch_optional AccountRow = FIND, [id.0])?;
        complete(&mut moment, row).await
    }

    /// An account by its address.
    pub async fn find_account_by_email(&self, email: &Email) -> Result<Option<StoredAccount>, StoreError> {
        let mut moment = self.moment().await?;
        let row = run!(moment.session(), fetch_optional AccountRow = FIND_BY_EMAIL, [email.as_str()])?;
        complete(&mut moment, row).await
    }

    /// The county's own people, by name, without what they are in organizations.
    pub async fn list_county_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all AccountRow = LIST_OF_COUNTY, [])?;
        rows.into_iter().map(|row| Ok(row.read(Vec::new())?.account)).collect()
    }

    /// How many recovery codes are left.
    pub async fn count_recovery_codes(&self, account: AccountId) -> Result<usize, StoreError> {
        let mut lease = self.lease().await?;
        let (count,) = run!(lease.session(), fetch_one(i64,) = COUNT_CODES, [account.0])?;
        read_count(count)
    }
}

impl Tx {
    /// Removes an account with its sessions, links and memberships. What names it by its id (log, versions) stays and
    /// names nobody any more.
    pub async fn delete_account(&mut self, id: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE, [id.0])?;
        Ok(())
    }

    /// Adds an account without memberships and second factor.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the address has one.
    pub async fn insert_account(
        &mut self,
        new: &StoredAccount,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let account = &new.account;
        let role = account.county_role.map(CountyRole::key);
        run!(
            self.session(),
            execute INSERT,
            [
                account.id.0,
                account.email.as_str(),
                account.name.as_str(),
                new.password_hash.as_str(),
                role,
                Instant::from(now),
            ]
        )?;
        Ok(())
    }

    /// Replaces the hash of a password, as long as the account is as it was read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where password or second factor were changed meanwhile.
    pub async fn update_password(&mut self, account: &Account, hash: &str) -> Result<(), StoreError> {
        let touched =
            run!(self.session(), execute UPDATE_PASSWORD, [account.id.0, account.credentials, hash])?;
        touched_one(touched)
    }

    /// Gives an account another address, as long as it is as it was read. Links and sessions of before are worth
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the address has an account, [`StoreError::NotFound`] where password or
    /// second factor were changed meanwhile.
    pub async fn update_email(&mut self, account: &Account, email: &Email) -> Result<(), StoreError> {
        let (id, credentials) = (account.id.0, account.credentials);
        touched_one(run!(self.session(), execute UPDATE_EMAIL, [id, credentials, email.as_str()])?)
    }

    /// Gives somebody a role in the county's own team, or takes it away; `false`: there is no such account.
    pub async fn update_county_role(
        &mut self,
        account: AccountId,
        role: Option<CountyRole>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute UPDATE_COUNTY_ROLE, [account.0, role.map(CountyRole::key)])? == 1)
    }

    /// How many administrate the county.
    pub async fn count_administrators(&mut self) -> Result<usize, StoreError> {
        let (count,) = run!(self.session(), fetch_one(i64,) = COUNT_ADMINISTRATORS, [])?;
        read_count(count)
    }

    /// Sets up a second factor, or takes it away, as long as the account is as it was read. Codes up to and
    /// including `step` count as used.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where password or second factor were changed meanwhile.
    pub async fn update_totp(
        &mut self,
        account: &Account,
        secret: Option<&str>,
        step: Option<i64>,
    ) -> Result<(), StoreError> {
        let (id, credentials) = (account.id.0, account.credentials);
        touched_one(run!(self.session(), execute UPDATE_TOTP, [id, credentials, secret, step])?)
    }

    /// Takes the code of a time step; `false`: this one or a later one was taken before, or the factor is
    /// another one by now.
    pub async fn take_totp_step(&mut self, account: &Account, step: i64) -> Result<bool, StoreError> {
        let (id, credentials) = (account.id.0, account.credentials);
        Ok(run!(self.session(), execute TAKE_TOTP_STEP, [id, credentials, step])? == 1)
    }

    /// Replaces all recovery codes by those with these hashes.
    pub async fn replace_recovery_codes(
        &mut self,
        account: AccountId,
        hashes: &[String],
    ) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_CODES, [account.0])?;
        for hash in hashes {
            run!(self.session(), execute INSERT_CODE, [account.0, hash.as_str()])?;
        }
        Ok(())
    }

    /// Uses up a recovery code; `false`: there is none with this hash.
    pub async fn take_recovery_code(&mut self, account: AccountId, hash: &str) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute TAKE_CODE, [account.0, hash])? == 1)
    }
}

fn touched_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
