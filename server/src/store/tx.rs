//! A transaction that writes, and the change log that it leaves behind.

use std::collections::{HashMap, HashSet};

use sqlx::{Postgres, Sqlite, Transaction, types::Json};
use uuid::Uuid;

use super::{
    change::{self, ChangeKind},
    engine::{Db, Session},
    error::StoreError,
};

/// The key of the lock under which PostgreSQL's change log is written: any number, but always the
/// same.
const CHANGE_LOG_LOCK: i64 = 0x6b72_6569_736c_6f74;

enum Connection {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction. Dropping it without [`Tx::commit`] undoes everything.
///
/// Every method that writes records the change itself, so that nobody can forget to.
pub struct Tx {
    connection: Connection,
    changes: Vec<(ChangeKind, Option<Uuid>)>,
    recorded: HashSet<(ChangeKind, Option<Uuid>)>,
    /// The next number to try for a slug, so that a thousand entries of one name ask a thousand times
    /// and not half a million times.
    pub(super) next_number: HashMap<String, usize>,
    /// Localities known to exist.
    pub(super) localities: HashSet<(Uuid, String)>,
}

impl Tx {
    pub(super) async fn begin(db: &Db) -> Result<Self, StoreError> {
        db.refuse_missing_file()?;
        let connection = match db {
            // A transaction that first reads and then writes could not wait for another writer.
            Db::Sqlite { writer, .. } => Connection::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Connection::Postgres(pool.begin().await?),
        };
        Ok(Self {
            connection,
            changes: Vec::new(),
            recorded: HashSet::new(),
            next_number: HashMap::new(),
            localities: HashSet::new(),
        })
    }

    pub(super) fn session(&mut self) -> Session<'_> {
        match &mut self.connection {
            Connection::Sqlite(transaction) => Session::Sqlite(transaction),
            Connection::Postgres(transaction) => Session::Postgres(transaction),
        }
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
        if !self.changes.is_empty() {
            // Numbers of the log must become visible in their order. PostgreSQL hands them out at the
            // insert, so from there to the commit there is one transaction at a time.
            if let Connection::Postgres(transaction) = &mut self.connection {
                sqlx::query("SELECT pg_advisory_xact_lock($1)")
                    .bind(CHANGE_LOG_LOCK)
                    .execute(&mut **transaction)
                    .await?;
            }
            let changes = std::mem::take(&mut self.changes);
            change::insert(self.session(), Json(change::rows(&changes))).await?;
            if let Connection::Postgres(transaction) = &mut self.connection {
                sqlx::query("SELECT pg_notify('kreislotse_change', '')").execute(&mut **transaction).await?;
            }
        }
        match self.connection {
            Connection::Sqlite(transaction) => transaction.commit().await?,
            Connection::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything and frees the connection at once.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self.connection {
            Connection::Sqlite(transaction) => transaction.rollback().await?,
            Connection::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}
