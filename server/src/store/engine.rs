//! The two engines, and the one place that tells them apart.

mod sqlite;

use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    migrate::Migrator,
    pool::{PoolConnection, PoolOptions},
    postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use super::error::StoreError;

static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/postgres");

/// How long a caller waits for a connection before the store counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(2);
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
    POSTGRES_MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
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
            sqlite::open(options).await
        } else if url.is_empty() || url.contains("://") {
            Err(StoreError::Address)
        } else {
            sqlite::open(SqliteConnectOptions::new().filename(url)).await
        }
    }

    async fn connect_postgres(options: PgConnectOptions) -> Result<Self, StoreError> {
        // A pool asks again until its patience ends, and then says nothing of the reason.
        let mut first = tokio::time::timeout(PATIENCE, options.connect())
            .await
            .map_err(|_| StoreError::from(sqlx::Error::PoolTimedOut))??;
        let (encoding,): (String,) = sqlx::query_as("SHOW server_encoding").fetch_one(&mut first).await?;
        first.close().await?;
        if encoding != "UTF8" {
            return Err(StoreError::Encoding(encoding));
        }
        let pool = PoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE);
        Ok(Self::Postgres(pool.connect_with(options).await?))
    }

    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, .. } => sqlite::migrate(writer).await?,
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
