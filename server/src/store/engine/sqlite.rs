//! How a SQLite file is opened and its tables are made, by several programs at the same moment, too.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, Connection, SqlitePool,
    migrate::Migrator,
    pool::PoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{Db, PATIENCE, StoreError};
use crate::store::error::is_busy;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");

/// SQLite before this version can corrupt a database in WAL mode.
const OLDEST: (u32, u32, u32) = (3, 51, 3);
/// How long a writer waits for another writer of the file, in this process or another.
const WRITER_PATIENCE: Duration = Duration::from_secs(5);
/// How long a program waits for another one that is making the file or its tables.
const SETUP_PATIENCE: Duration = Duration::from_mins(1);
const READERS: u32 = 4;

pub(super) async fn open(options: SqliteConnectOptions) -> Result<Db, StoreError> {
    let file = PathBuf::from(options.get_filename()).into();
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WRITER_PATIENCE)
        .pragma("cache_size", "-2000")
        .disable_statement_logging();
    // Only now may the file be created: a connection that is opened later must not put an empty
    // database in the place of one that somebody moved away.
    prepare(&options.clone().create_if_missing(true)).await?;
    let options = options.create_if_missing(false);
    let writer = PoolOptions::new()
        .max_connections(1)
        .acquire_timeout(WRITER_PATIENCE)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    let readers = PoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Db::Sqlite { file, readers, writer })
}

/// Makes the file where there is none, turns it to WAL and refuses a SQLite that is too old for that.
async fn prepare(options: &SqliteConnectOptions) -> Result<(), StoreError> {
    let mut connection = when_free(|| options.connect()).await?;
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut connection).await?;
    connection.close().await?;
    if is_safe(&version) { Ok(()) } else { Err(StoreError::OldSqlite(version)) }
}

/// Makes the tables.
///
/// Unlike PostgreSQL's, the migrator of SQLite takes no lock: of two programs that make the same tables
/// one would fail. So each is alone.
pub(super) async fn migrate(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut alone = when_free(|| writer.begin_with("BEGIN IMMEDIATE")).await?;
    MIGRATIONS.run_direct(None, &mut *alone, false).await?;
    Ok(alone.commit().await?)
}

/// Asks again as long as somebody else has the file.
///
/// A busy timeout is not enough: SQLite fails at once where a file is turned to WAL while another
/// connection reads it, and gives up on a writer that takes longer than the timeout, as somebody who
/// makes tables may.
async fn when_free<T, F>(mut ask: impl FnMut() -> F) -> sqlx::Result<T>
where
    F: Future<Output = sqlx::Result<T>>,
{
    let end = Instant::now() + SETUP_PATIENCE;
    loop {
        match ask().await {
            Err(error) if is_busy(&error) && Instant::now() < end => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            answer => return answer,
        }
    }
}

fn is_safe(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_sqlite_that_can_corrupt_its_file_is_refused() {
        for version in ["3.51.2", "3.46.0", "3.7.17", "2.99.9", ""] {
            assert!(!is_safe(version), "{version}");
        }
        for version in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(is_safe(version), "{version}");
        }
    }
}
