//! A database that is away, and comes back.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use server::store::{Store, StoreError};
use sqlx::postgres::PgConnectOptions;
use tokio::{
    net::{TcpListener, TcpStream, UnixStream},
    task::JoinHandle,
};

use crate::support::{postgres_store, samples::plain_facility, sqlite_store};

/// No caller waits longer for the news that the database is away.
const LONGEST: Duration = Duration::from_secs(7);

async fn assert_unavailable(store: &Store) {
    let start = Instant::now();
    let read = store.list_municipalities().await.map(drop);
    let write = store.begin().await.map(drop);
    let ping = store.ping().await;
    for error in [read, write, ping] {
        let error = error.expect_err("nothing answers");
        assert!(error.is_unavailable(), "{error:?}");
        assert_eq!(error.to_string(), "the database does not answer");
    }
    assert!(start.elapsed() < 3 * LONGEST);
}

async fn assert_works(store: &Store) {
    store.ping().await.expect("an answer");
    let home = plain_facility("Haus");
    let mut tx = store.begin().await.expect("a transaction");
    let slug = tx.free_facility_slug(&home.slug).await.expect("a slug");
    let home = app::domain::facility::Facility { slug, ..home };
    tx.insert_facility(&home, None).await.expect("inserted");
    tx.commit().await.expect("committed");
    assert_eq!(store.find_facility_by_slug(&home.slug).await.expect("an answer"), Some(home));
}

#[tokio::test]
async fn a_file_that_is_moved_away_is_missed_and_welcomed_back() {
    let test = sqlite_store().await;
    assert_works(&test.store).await;
    let aside = format!("{}.aside", test.url);
    std::fs::rename(&test.url, &aside).expect("moved");
    assert_unavailable(&test.store).await;
    assert!(!std::path::Path::new(&test.url).exists(), "an empty database must not take its place");
    std::fs::rename(&aside, &test.url).expect("moved back");
    assert_works(&test.store).await;
}

#[tokio::test]
async fn a_file_that_another_program_locks_is_unavailable_for_writers_until_it_lets_go() {
    let test = sqlite_store().await;
    let other = Store::connect(&test.url).await.expect("the store opens");
    let tx = other.begin().await.expect("a transaction");
    let start = Instant::now();
    let refused = test.store.begin().await.map(drop).expect_err("the file is locked");
    assert!(refused.is_unavailable(), "{refused:?}");
    assert!(start.elapsed() < LONGEST);
    assert_eq!(test.store.list_municipalities().await.expect("readers are free"), []);
    drop(tx);
    assert_works(&test.store).await;
}

#[tokio::test]
async fn addresses_that_make_no_sense_are_told_from_databases_that_do_not_answer() {
    for url in ["", "mysql://localhost/x", "http://localhost", "postgres://[", "file://x"] {
        let error = Store::connect(url).await.expect_err(url);
        assert!(matches!(error, StoreError::Address), "{url}: {error:?}");
    }
    for url in ["/nowhere/at/all/x.db", "sqlite:///nowhere/at/all/x.db", "postgres://localhost:1/x"] {
        let error = Store::connect(url).await.expect_err(url);
        assert!(error.is_unavailable(), "{url}: {error:?}");
    }
}

/// Stands between store and PostgreSQL and can be switched off.
struct Wire {
    address: SocketAddr,
    target: Arc<PgConnectOptions>,
    accepting: Option<JoinHandle<()>>,
    connections: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Wire {
    async fn new(target: PgConnectOptions) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let mut wire =
            Self { address, target: Arc::new(target), accepting: None, connections: Arc::default() };
        wire.connect().await;
        wire
    }

    async fn connect(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the port");
        let (target, connections) = (self.target.clone(), self.connections.clone());
        self.accepting = Some(tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let target = target.clone();
                let connection = tokio::spawn(async move {
                    if let Some(socket) = target.get_socket() {
                        let path = socket.join(format!(".s.PGSQL.{}", target.get_port()));
                        let mut server = UnixStream::connect(path).await.expect("PostgreSQL");
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    } else {
                        let server = (target.get_host(), target.get_port());
                        let mut server = TcpStream::connect(server).await.expect("PostgreSQL");
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    }
                });
                connections.lock().expect("the list").push(connection);
            }
        }));
    }

    async fn cut(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
            let _ = accepting.await;
        }
        let connections = std::mem::take(&mut *self.connections.lock().expect("the list"));
        for connection in connections {
            connection.abort();
            let _ = connection.await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_went_away_is_used_again_as_soon_as_it_is_back() {
    let Some(test) = postgres_store().await else { return };
    let target: PgConnectOptions = test.url.parse().expect("a URL");
    let login = match target.get_username() {
        "" => String::new(),
        user => format!("{user}@"),
    };
    let database = target.get_database().expect("a database").to_owned();
    let mut wire = Wire::new(target).await;
    let url = format!("postgres://{login}{}/{database}?sslmode=disable", wire.address);
    let store = Store::connect(&url).await.expect("the store opens");
    assert_works(&store).await;
    wire.cut().await;
    assert_unavailable(&store).await;
    wire.connect().await;
    assert_works(&store).await;
}
