//! Where somebody is signed in, and for how long.

use app::domain::{
    audit::Action,
    ids::{AccountId, SessionId},
};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use super::{AccountError, AccountService};
use crate::service::entry::imports::KEPT as PENDING_IMPORT;
use crate::store::{SessionKey, StoreError, StoredSession};

/// A session ends when it was not used for so long.
const IDLE: Duration = Duration::hours(2);
/// It ends so long after signing in, used or not.
const ABSOLUTE: Duration = Duration::hours(12);
/// Its use is written down this often.
const NOTED: Duration = Duration::minutes(1);

/// Whether a session still lasts.
fn lasts(session: &StoredSession, now: OffsetDateTime) -> bool {
    now < session.seen_at + IDLE && now < session.created_at + ABSOLUTE
}

impl AccountService {
    /// Begins a session, and clears away those that have ended.
    pub async fn begin_session(
        &self,
        key: &SessionKey,
        account: Option<AccountId>,
        data: &Value,
    ) -> Result<(), AccountError> {
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        tx.delete_old_sessions(now - ABSOLUTE, now - IDLE).await?;
        // Whoever signs in sweeps up: nobody else may come by.
        tx.delete_old_pending_imports(now - PENDING_IMPORT).await?;
        tx.insert_session(key, account, data, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Replaces what a session knows.
    pub async fn save_session(
        &self,
        key: &SessionKey,
        account: Option<AccountId>,
        data: &Value,
    ) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        tx.update_session(key, account, data).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What a session knows that still lasts; its use is remembered.
    pub async fn use_session(&self, key: &SessionKey) -> Result<Option<Value>, AccountError> {
        let now = self.clock.now().instant;
        let found = self.store.find_session(key).await?;
        let Some(session) = found.filter(|session| lasts(session, now)) else { return Ok(None) };
        if session.seen_at + NOTED <= now
            && let Err(error) = self.note_use(key, now).await
            // While somebody else writes for long, people can read: the next use is noted again.
            && !error.is_unavailable()
        {
            return Err(error.into());
        }
        Ok(Some(session.data))
    }

    async fn note_use(&self, key: &SessionKey, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.touch_session(key, now).await?;
        tx.commit().await
    }

    pub async fn end_session(&self, key: &SessionKey) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        tx.delete_session(key).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The sessions of an account that still last, the one used last first.
    pub async fn list_sessions(&self, account: AccountId) -> Result<Vec<StoredSession>, AccountError> {
        let now = self.clock.now().instant;
        let mut sessions = self.store.list_sessions(account).await?;
        sessions.retain(|session| lasts(session, now));
        Ok(sessions)
    }

    /// Whether a session that lies in the store still lasts.
    pub(super) fn still_lasts(&self, session: &StoredSession) -> bool {
        lasts(session, self.clock.now().instant)
    }

    /// Ends one of somebody's own sessions.
    pub async fn end_session_of(&self, account: AccountId, session: SessionId) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        tx.delete_session_of(account, session).await?;
        self.audit(&mut tx, account, Action::SessionsEnded).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all of somebody's own sessions but one.
    pub async fn end_other_sessions(
        &self,
        account: AccountId,
        kept: &SessionKey,
    ) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        tx.delete_other_sessions(account, kept).await?;
        self.audit(&mut tx, account, Action::SessionsEnded).await?;
        tx.commit().await?;
        Ok(())
    }
}
