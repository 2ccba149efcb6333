//! How programs that share a PostgreSQL know that a portal serves from it.

use std::{convert::Infallible, time::Duration};

use sqlx::Connection;

use super::{
    Store, StoreError, Tx,
    engine::{Db, Session},
};

/// The key of the lock that every serving portal shares.
const SERVING_LOCK: i64 = 0x6b72_6569_7365_7276;

/// How often a portal looks whether its mark is still there.
const INTERVAL: Duration = Duration::from_secs(5);

impl Store {
    /// Marks the database as one that a portal serves from, for as long as this runs. The mark of a
    /// program that dies goes with its connection. A SQLite file is served by whoever holds its data
    /// directory.
    pub async fn stay_present(&self) -> Infallible {
        let Db::Postgres(pool) = &self.db else { return std::future::pending().await };
        loop {
            if let Ok(connection) = pool.acquire().await {
                let mut connection = connection.detach();
                let locked = sqlx::query("SELECT pg_advisory_lock_shared($1)").bind(SERVING_LOCK);
                let mut present = locked.execute(&mut connection).await.is_ok();
                while present {
                    tokio::time::sleep(INTERVAL).await;
                    present = connection.ping().await.is_ok();
                }
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

impl Tx {
    /// Keeps portals out until the end of the transaction; `false`: one is there, on this machine or another.
    /// A SQLite file is guarded by its data directory.
    pub async fn lock_out_portals(&mut self) -> Result<bool, StoreError> {
        let Session::Postgres(connection) = self.session() else { return Ok(true) };
        let query = sqlx::query_as("SELECT pg_try_advisory_xact_lock($1)").bind(SERVING_LOCK);
        let (alone,): (bool,) = query.fetch_one(connection).await?;
        Ok(alone)
    }
}
