//! A transaction that writes, and the change log that it leaves behind.

use std::collections::{HashMap, HashSet};

use sqlx::types::Json;
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    change::{self, ChangeKind},
    engine::{Db, Session},
    error::StoreError,
    transaction::Transaction,
};

/// The key of the lock under which PostgreSQL's change log is written: any number, but always the
/// same.
const CHANGE_LOG_LOCK: i64 = 0x6b72_6569_736c_6f74;
/// The key of the lock of those that look at whole lists before they write. It is always taken before
/// the one above.
const ALONE_LOCK: i64 = CHANGE_LOG_LOCK + 1;
/// The key of the lock under which the audit log is written. It is taken between the two.
const AUDIT_LOCK: i64 = CHANGE_LOG_LOCK + 2;
/// The key of the lock of those that change who is in a team. It is taken before all others.
const TEAM_LOCK: i64 = CHANGE_LOG_LOCK + 3;

/// The key of the lock of those that change drafts, or decide about them. It is taken before the one of audit.
const ENTRY_LOCK: i64 = CHANGE_LOG_LOCK + 4;
/// The key of the lock of those that tell the county what waits. It is taken before the one of audit.
const COUNTY_MAIL_LOCK: i64 = CHANGE_LOG_LOCK + 9;

/// The key of the lock of those that change what citizens want to be told. It is taken before the one of audit.
const ALERT_LOCK: i64 = CHANGE_LOG_LOCK + 17;

/// The key of the lock of those that change words and types. It is taken before the one of audit.
const VOCABULARY_LOCK: i64 = CHANGE_LOG_LOCK + 5;

/// A transaction. Dropping it without [`Tx::commit`] undoes everything.
///
/// Every method that writes records the change itself, so that nobody can forget to.
pub struct Tx {
    transaction: Transaction,
    changes: Vec<(ChangeKind, Option<Uuid>)>,
    changed: watch::Sender<()>,
    recorded: HashSet<(ChangeKind, Option<Uuid>)>,
    /// The next number to try for a slug, so that a thousand entries of one name ask a thousand times
    /// and not half a million times.
    pub(super) next_number: HashMap<String, usize>,
    /// Localities known to exist.
    pub(super) localities: HashSet<(Uuid, String)>,
}

impl Tx {
    pub(super) async fn begin(db: &Db, changed: &watch::Sender<()>) -> Result<Self, StoreError> {
        let mut transaction = Transaction::writing(db).await?;
        transaction.limit_patience().await?;
        Ok(Self {
            transaction,
            changes: Vec::new(),
            changed: changed.clone(),
            recorded: HashSet::new(),
            next_number: HashMap::new(),
            localities: HashSet::new(),
        })
    }

    /// See [`Store::begin_alone`](super::Store::begin_alone).
    pub(super) async fn begin_alone(db: &Db, changed: &watch::Sender<()>) -> Result<Self, StoreError> {
        let mut tx = Self::begin(db, changed).await?;
        tx.transaction.wait_as_long_as_it_takes().await?;
        tx.transaction.lock(ALONE_LOCK).await?;
        // Nor does anybody change entries by hand meanwhile.
        tx.lock_entries().await?;
        Ok(tx)
    }

    /// See [`Store::begin_alone_soon`](super::Store::begin_alone_soon).
    pub(super) async fn begin_alone_soon(db: &Db, changed: &watch::Sender<()>) -> Result<Self, StoreError> {
        let mut tx = Self::begin(db, changed).await?;
        // PostgreSQL itself ends the wait: a connection that was given up while it waits comes back to nobody.
        tx.transaction.wait_a_while().await?;
        tx.transaction.lock(ALONE_LOCK).await?;
        tx.lock_entries().await?;
        tx.transaction.wait_as_long_as_it_takes().await?;
        Ok(tx)
    }

    /// Keeps everybody else from changing who is in a team, until the end of the transaction.
    pub async fn lock_teams(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(TEAM_LOCK).await
    }

    /// Keeps everybody else from changing drafts and entries by hand, until the end of the transaction.
    pub async fn lock_entries(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(ENTRY_LOCK).await
    }

    /// Keeps everybody else from changing words and types, until the end of the transaction.
    pub async fn lock_vocabulary(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(VOCABULARY_LOCK).await
    }

    /// Keeps everybody else from reporting for the same organization, or facility without one, until the end of the
    /// transaction.
    pub async fn lock_reports(&mut self, whose: Uuid) -> Result<(), StoreError> {
        // The random half of the id. Whoever meets somebody else's number waits a moment longer.
        let (_, key) = whose.as_u64_pair();
        self.transaction.lock(i64::from_ne_bytes(key.to_ne_bytes())).await
    }

    /// Keeps everybody else from adding, confirming and ending alerts, until the end of the transaction.
    pub async fn lock_alerts(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(ALERT_LOCK).await
    }

    pub(super) fn session(&mut self) -> Session<'_> {
        self.transaction.session()
    }

    pub(super) async fn lock_county_mail(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(COUNTY_MAIL_LOCK).await
    }

    pub(super) async fn lock_audit(&mut self) -> Result<(), StoreError> {
        self.transaction.lock(AUDIT_LOCK).await
    }

    /// Remembers that an entry has changed; `None` stands for all of its kind. Each is logged once.
    pub(super) fn record(&mut self, kind: ChangeKind, id: impl Into<Option<Uuid>>) {
        let change = (kind, id.into());
        if self.recorded.insert(change) {
            self.changes.push(change);
        }
    }

    /// Whether anything was recorded so far.
    pub fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Appends the change log and makes everything lasting and visible.
    ///
    /// # Errors
    /// Whatever the error, nothing was written, with one exception: where the connection to
    /// PostgreSQL breaks during the commit itself, nobody can know.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let has_changes = !self.changes.is_empty();
        if has_changes {
            // Numbers of the log must become visible in their order. PostgreSQL hands them out at the
            // insert, so from there to the commit there is one transaction at a time.
            self.transaction.lock(CHANGE_LOG_LOCK).await?;
            let changes = std::mem::take(&mut self.changes);
            change::insert(self.session(), Json(change::rows(&changes))).await?;
            if let Transaction::Postgres(transaction) = &mut self.transaction {
                sqlx::query("SELECT pg_notify('kreislotse_change', '')").execute(&mut **transaction).await?;
            }
        }
        self.transaction.commit().await?;
        if has_changes {
            self.changed.send_replace(());
        }
        Ok(())
    }

    /// Undoes everything and frees the connection at once.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.transaction.rollback().await
    }
}
