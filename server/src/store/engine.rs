//! The two engines, and the one place that tells them apart.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    migrate::Migrator,
    pool::{PoolConnection, PoolOptions},
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::error::StoreError;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/postgres");

/// SQLite before this version can corrupt a database in WAL mode.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How long a caller waits for a connection before the store counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a writer waits for another writer of a SQLite file, in this process or another.
const WRITER_PATIENCE: Duration = Duration::from_secs(5);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

/// A statement. The text is the same for both engines unless it has a list parameter.
#[derive(Clone, Copy)]
pub(super) struct Sql {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// The statement in `queries/<noun>/<verb>.sql`.
macro_rules! sql {
    ($path:literal) => {{
        const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/queries/", $path, ".sql"));
        $crate::store::engine::Sql { sqlite: TEXT, postgres: TEXT }
    }};
}

/// The statement in `queries/<noun>/<verb>.sqlite.sql` and `….postgres.sql`.
macro_rules! sql_pair {
    ($path:literal) => {
        $crate::store::engine::Sql {
            sqlite: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/queries/", $path, ".sqlite.sql")),
            postgres: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/queries/", $path, ".postgres.sql")),
        }
    };
}

/// Runs a statement on whichever engine the session has.
///
/// `execute SQL` gives the number of rows touched; `fetch_one`, `fetch_optional` and `fetch_all`
/// followed by `Row = SQL` give rows.
macro_rules! run {
    ($session:expr, execute $sql:expr, [$($param:expr),* $(,)?]) => {
        match $session {
            $crate::store::engine::Session::Sqlite(connection) => sqlx::query::<sqlx::Sqlite>($sql.sqlite)
                $(.bind($param))*
                .execute(&mut *connection)
                .await
                .map(|done| done.rows_affected()),
            $crate::store::engine::Session::Postgres(connection) => sqlx::query::<sqlx::Postgres>($sql.postgres)
                $(.bind($param))*
                .execute(&mut *connection)
                .await
                .map(|done| done.rows_affected()),
        }
        .map_err($crate::store::StoreError::from)
    };
    ($session:expr, $fetch:ident $row:ty = $sql:expr, [$($param:expr),* $(,)?]) => {
        match $session {
            $crate::store::engine::Session::Sqlite(connection) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql.sqlite)$(.bind($param))*.$fetch(&mut *connection).await
            }
            $crate::store::engine::Session::Postgres(connection) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql.postgres)$(.bind($param))*.$fetch(&mut *connection).await
            }
        }
        .map_err($crate::store::StoreError::from)
    };
}

pub(super) use {run, sql, sql_pair};

/// A connection that a statement runs on.
pub(super) enum Session<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// A connection taken from a pool for reading.
pub(super) enum Lease {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Lease {
    pub(super) fn session(&mut self) -> Session<'_> {
        match self {
            Self::Sqlite(connection) => Session::Sqlite(connection),
            Self::Postgres(connection) => Session::Postgres(connection),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Db {
    /// SQLite has one writer, so its pool has one connection.
    Sqlite {
        file: Arc<Path>,
        readers: SqlitePool,
        writer: SqlitePool,
    },
    Postgres(PgPool),
}

/// The number of the newest migration.
pub(super) fn schema_version() -> i64 {
    SQLITE_MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

impl Db {
    pub(super) async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)
                .map_err(|_| StoreError::Address)?
                .application_name("kreislotse")
                .disable_statement_logging();
            Self::connect_postgres(options).await
        } else if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
            Self::connect_sqlite(options).await
        } else if url.is_empty() || url.contains("://") {
            Err(StoreError::Address)
        } else {
            Self::connect_sqlite(SqliteConnectOptions::new().filename(url)).await
        }
    }

    async fn connect_postgres(options: PgConnectOptions) -> Result<Self, StoreError> {
        let pool = PoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE);
        Ok(Self::Postgres(pool.connect_with(options).await?))
    }

    async fn connect_sqlite(options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let file: Arc<Path> = PathBuf::from(options.get_filename()).into();
        let options = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WRITER_PATIENCE)
            .pragma("cache_size", "-2000")
            .disable_statement_logging();
        // Only now may the file be created: a connection that is opened later must not put an empty
        // database in the place of one that somebody moved away.
        refuse_old_sqlite(&options.clone().create_if_missing(true)).await?;
        let options = options.create_if_missing(false);
        let writer = PoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WRITER_PATIENCE)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let readers = PoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self::Sqlite { file, readers, writer })
    }

    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            // Unlike PostgreSQL's, the migrator of SQLite takes no lock: of two programs that make the
            // same tables one would fail.
            Self::Sqlite { writer, .. } => {
                let mut alone = writer.begin_with("BEGIN IMMEDIATE").await?;
                SQLITE_MIGRATIONS.run_direct(None, &mut *alone, false).await?;
                alone.commit().await?;
            }
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    pub(super) async fn lease(&self) -> Result<Lease, StoreError> {
        self.refuse_missing_file()?;
        Ok(match self {
            Self::Sqlite { readers, .. } => Lease::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Lease::Postgres(pool.acquire().await?),
        })
    }

    /// Open connections keep a file alive that is gone from its folder: what they write would be lost.
    pub(super) fn refuse_missing_file(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { file, .. } => match file.metadata() {
                Ok(_) => Ok(()),
                Err(cause) => Err(StoreError::Unavailable(Box::new(cause))),
            },
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

async fn refuse_old_sqlite(options: &SqliteConnectOptions) -> Result<(), StoreError> {
    use sqlx::Connection;
    let mut connection = options.connect().await?;
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut connection).await?;
    connection.close().await?;
    if is_safe_sqlite(&version) { Ok(()) } else { Err(StoreError::OldSqlite(version)) }
}

fn is_safe_sqlite(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_SQLITE
}

#[cfg(test)]
mod tests {
    use super::is_safe_sqlite;

    #[test]
    fn a_sqlite_that_can_corrupt_its_file_is_refused() {
        for version in ["3.51.2", "3.46.0", "3.7.17", "2.99.9", ""] {
            assert!(!is_safe_sqlite(version), "{version}");
        }
        for version in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(is_safe_sqlite(version), "{version}");
        }
    }
}
