//! Where somebody is signed in. A session is found by the hash of what its cookie holds.

use app::domain::ids::{AccountId, SessionId};
use sqlx::{FromRow, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    audit::digest,
    engine::{Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("session/insert");
const UPDATE: Sql = sql!("session/update");
const FIND: Sql = sql!("session/find");
const TOUCH: Sql = sql!("session/touch");
const DELETE: Sql = sql!("session/delete");
const DELETE_OF_ACCOUNT: Sql = sql!("session/delete_of_account");
const DELETE_OTHERS: Sql = sql!("session/delete_others");
const DELETE_OLD: Sql = sql!("session/delete_old");
const LIST: Sql = sql!("session/list_of_account");
const LIST_ALL: Sql = sql!("session/list_all");
const DELETE_ALL: Sql = sql!("session/delete_all");

/// The hash of what a cookie holds: the secret itself is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionKey(String);

impl SessionKey {
    pub fn of(secret: &[u8]) -> Self {
        Self(digest(secret))
    }
}

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSession {
    pub id: SessionId,
    pub key: SessionKey,
    pub data: serde_json::Value,
    pub created_at: OffsetDateTime,
    pub seen_at: OffsetDateTime,
}

#[derive(FromRow)]
struct SessionRow {
    id: Uuid,
    key_hash: String,
    data: Json<serde_json::Value>,
    created_at: Instant,
    seen_at: Instant,
}

#[derive(FromRow)]
struct OwnedSessionRow {
    account_id: Uuid,
    #[sqlx(flatten)]
    session: SessionRow,
}

impl TryFrom<SessionRow> for StoredSession {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SessionId(row.id),
            key: SessionKey(row.key_hash),
            data: row.data.0,
            created_at: row.created_at.read()?,
            seen_at: row.seen_at.read()?,
        })
    }
}

impl Store {
    pub async fn find_session(&self, key: &SessionKey) -> Result<Option<StoredSession>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional SessionRow = FIND, [key.0.as_str()])?;
        row.map(TryInto::try_into).transpose()
    }

    /// The sessions of an account, the one used last first.
    pub async fn list_sessions(&self, account: AccountId) -> Result<Vec<StoredSession>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all SessionRow = LIST, [account.0])?;
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

impl Store {
    /// The sessions that belong to somebody, the one used last first.
    pub async fn list_all_sessions(&self, limit: i64) -> Result<Vec<(AccountId, StoredSession)>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all OwnedSessionRow = LIST_ALL, [limit])?;
        rows.into_iter().map(|row| Ok((AccountId(row.account_id), row.session.try_into()?))).collect()
    }
}

/// Nobody keeps a copy of sessions, so no change is recorded.
impl Tx {
    /// Adds a session.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where there is one with this key.
    pub async fn insert_session(
        &mut self,
        key: &SessionKey,
        account: Option<AccountId>,
        data: &serde_json::Value,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let (id, account) = (Uuid::now_v7(), account.map(|account| account.0));
        run!(self.session(), execute INSERT, [id, key.0.as_str(), account, Json(data), Instant::from(now)])?;
        Ok(())
    }

    /// Replaces what a session knows; nothing where it was ended meanwhile.
    pub async fn update_session(
        &mut self,
        key: &SessionKey,
        account: Option<AccountId>,
        data: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let account = account.map(|account| account.0);
        run!(self.session(), execute UPDATE, [key.0.as_str(), account, Json(data)])?;
        Ok(())
    }

    /// Remembers that a session was used.
    pub async fn touch_session(&mut self, key: &SessionKey, now: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute TOUCH, [key.0.as_str(), Instant::from(now)])?;
        Ok(())
    }

    pub async fn delete_session(&mut self, key: &SessionKey) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE, [key.0.as_str()])?;
        Ok(())
    }

    /// Ends one session of an account.
    pub async fn delete_session_of(&mut self, account: AccountId, id: SessionId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OF_ACCOUNT, [account.0, id.0])?;
        Ok(())
    }

    /// Ends all sessions of an account.
    pub async fn delete_all_sessions(&mut self, account: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_ALL, [account.0])?;
        Ok(())
    }

    /// Ends all sessions of an account but one.
    pub async fn delete_other_sessions(
        &mut self,
        account: AccountId,
        kept: &SessionKey,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OTHERS, [account.0, kept.0.as_str()])?;
        Ok(())
    }

    /// Removes sessions that began, or were last used, before these instants.
    pub async fn delete_old_sessions(
        &mut self,
        created_before: OffsetDateTime,
        seen_before: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let (created, seen) = (Instant::from(created_before), Instant::from(seen_before));
        run!(self.session(), execute DELETE_OLD, [created, seen])?;
        Ok(())
    }
}
