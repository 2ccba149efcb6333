//! What the tests of the server share. (A `mod.rs`, because Cargo would take `support.rs` for a test.)
//!
//! PostgreSQL is tested where `KREISLOTSE_TEST_POSTGRES` holds a URL with the right to create
//! databases. Every test has a database of its own, which is dropped in the end.

#![allow(dead_code, reason = "every test uses only a part")]

pub mod clock;
pub mod samples;

use std::path::PathBuf;

use server::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

/// A fresh, migrated store.
pub struct TestStore {
    pub store: Store,
    /// Says in assertions which engine failed.
    pub engine: &'static str,
    /// Where another connection finds the same database.
    pub url: String,
    pub _place: Place,
}

pub enum Place {
    Folder(TempDir),
    Database { server: String, name: String },
}

/// One store for every engine that is there.
pub async fn stores() -> Vec<TestStore> {
    let mut stores = vec![sqlite_store().await];
    stores.extend(postgres_store().await);
    stores
}

pub async fn sqlite_store() -> TestStore {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = folder.path().join("test.db").to_str().expect("a path").to_owned();
    open("SQLite", url, Place::Folder(folder)).await
}

/// `None`, said aloud, where no PostgreSQL is named.
pub async fn postgres_store() -> Option<TestStore> {
    let Ok(server) = std::env::var("KREISLOTSE_TEST_POSTGRES") else {
        eprintln!("skipped: no PostgreSQL");
        return None;
    };
    let (url, place) = empty_database(&server).await;
    Some(open("PostgreSQL", url, place).await)
}

/// A new database without tables on a server; its address, and what drops it in the end.
pub async fn empty_database(server: &str) -> (String, Place) {
    let name = format!("kreislotse_test_{}", uuid::Uuid::now_v7().simple());
    administer(server, format!("CREATE DATABASE {name}")).await;
    (with_database(server, &name), Place::Database { server: server.to_owned(), name })
}

async fn open(engine: &'static str, url: String, place: Place) -> TestStore {
    let store = Store::connect(&url).await.expect("the store opens");
    store.migrate().await.expect("the schema is made");
    TestStore { store, engine, url, _place: place }
}

async fn administer(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.expect("PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("it obeys");
}

/// The URL with another database name.
fn with_database(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, String::new()), |(a, o)| (a, format!("?{o}")));
    let host_at = address.find("://").map_or(0, |at| at + 3);
    let address = match address[host_at..].find('/') {
        Some(slash) => &address[..host_at + slash],
        None => address,
    };
    format!("{address}/{name}{options}")
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self::Database { server, name } = self else { return };
        let (server, statement) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(administer(&server, statement));
        })
        .join();
        if dropped.is_err() {
            eprintln!("the database {name} was left behind");
        }
    }
}

/// A folder or file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
