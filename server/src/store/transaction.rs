//! Transactions of either engine: one that reads what is true at one moment, one that writes.

use sqlx::{Postgres, Sqlite};

use super::{
    Store, StoreError,
    engine::{Db, Session},
};

/// A transaction on the connection of one engine. Dropping it undoes everything.
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    /// Sees the store as it was when its first statement ran, whatever is written meanwhile.
    async fn reading(db: &Db) -> Result<Self, StoreError> {
        db.refuse_missing_file()?;
        Ok(match db {
            Db::Sqlite { readers, .. } => Self::Sqlite(readers.begin().await?),
            Db::Postgres(pool) => {
                Self::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    pub(super) async fn writing(db: &Db) -> Result<Self, StoreError> {
        db.refuse_missing_file()?;
        Ok(match db {
            // A transaction that first reads and then writes could not wait for another writer.
            Db::Sqlite { writer, .. } => Self::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Self::Postgres(pool.begin().await?),
        })
    }

    pub(super) fn session(&mut self) -> Session<'_> {
        match self {
            Self::Sqlite(transaction) => Session::Sqlite(transaction),
            Self::Postgres(transaction) => Session::Postgres(transaction),
        }
    }

    /// Takes a lock of PostgreSQL that ends with the transaction. SQLite has one writer anyway.
    pub(super) async fn lock(&mut self, key: i64) -> Result<(), StoreError> {
        if let Self::Postgres(transaction) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(&mut **transaction).await?;
        }
        Ok(())
    }

    /// Waits for locks of PostgreSQL as long as SQLite waits for its writer: whoever waits holds a connection.
    pub(super) async fn limit_patience(&mut self) -> Result<(), StoreError> {
        self.set("SET LOCAL lock_timeout = '2s'").await
    }

    /// Waits for a lock of PostgreSQL as long as somebody in front of a page would.
    pub(super) async fn wait_a_while(&mut self) -> Result<(), StoreError> {
        self.set("SET LOCAL lock_timeout = '20s'").await
    }

    /// The other way: an import waits for the one before.
    pub(super) async fn wait_as_long_as_it_takes(&mut self) -> Result<(), StoreError> {
        self.set("SET LOCAL lock_timeout = 0").await
    }

    async fn set(&mut self, setting: &'static str) -> Result<(), StoreError> {
        if let Self::Postgres(transaction) = self {
            sqlx::query(setting).execute(&mut **transaction).await?;
        }
        Ok(())
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await?,
            Self::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}

impl Store {
    /// For answers that take several statements: all of them see the same moment.
    pub(super) async fn moment(&self) -> Result<Transaction, StoreError> {
        Transaction::reading(&self.db).await
    }
}
