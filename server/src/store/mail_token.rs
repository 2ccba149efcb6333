//! Links that were sent to people, each of which is taken once. Only hashes lie in the database.

use app::domain::{account::Email, ids::AccountId};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("mail_token/insert");
const FIND: Sql = sql!("mail_token/find");
const TAKE: Sql = sql!("mail_token/take");
const DELETE_OF_ACCOUNT: Sql = sql!("mail_token/delete_of_account");
const DELETE_EXPIRED: Sql = sql!("mail_token/delete_expired");

/// What a link that was sent allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailToken {
    pub account: AccountId,
    /// Of the account when the link was made: after a change of password it is worth nothing.
    pub credentials: i64,
    /// The address that is to become the account's; `None`: the link is for a new password.
    pub new_email: Option<Email>,
}

#[derive(FromRow)]
struct MailTokenRow {
    account_id: Uuid,
    credentials: i64,
    new_email: Option<String>,
}

impl TryFrom<MailTokenRow> for MailToken {
    type Error = StoreError;

    fn try_from(row: MailTokenRow) -> Result<Self, StoreError> {
        let address = |text: String| Email::parse(&text).ok_or(StoreError::Unreadable("e-mail address"));
        Ok(Self {
            account: AccountId(row.account_id),
            credentials: row.credentials,
            new_email: row.new_email.map(address).transpose()?,
        })
    }
}

impl Store {
    /// What the link with this hash allows, if it still does.
    pub async fn find_mail_token(
        &self,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<MailToken>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional MailTokenRow = FIND, [hash, Instant::from(now)])?;
        row.map(MailToken::try_from).transpose()
    }
}

impl Tx {
    /// Makes a link worth something, in the place of the account's one of the same kind; expired ones of
    /// everybody are cleared away.
    pub async fn replace_mail_token(
        &mut self,
        hash: &str,
        token: &MailToken,
        now: OffsetDateTime,
        expires: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let (account, email) = (token.account.0, token.new_email.as_ref().map(Email::as_str));
        run!(self.session(), execute DELETE_EXPIRED, [Instant::from(now)])?;
        run!(self.session(), execute DELETE_OF_ACCOUNT, [account, email.is_none()])?;
        let expires = Instant::from(expires);
        run!(self.session(), execute INSERT, [hash, account, token.credentials, email, expires])?;
        Ok(())
    }

    /// Uses up the link with this hash; `None`: it is worth nothing, or was used before.
    pub async fn take_mail_token(
        &mut self,
        hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<MailToken>, StoreError> {
        let row = run!(self.session(), fetch_optional MailTokenRow = TAKE, [hash, Instant::from(now)])?;
        row.map(MailToken::try_from).transpose()
    }
}
