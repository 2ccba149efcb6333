//! Several at once: programs that make the tables, readers beside a writer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use server::store::Store;
use sqlx::{ConnectOptions, Executor, sqlite::SqliteConnectOptions};

use crate::support::{
    empty_database,
    samples::{plain_facility, plain_offer},
    stores,
};

/// Eight programs that open one database at the same moment and want its tables.
async fn make_tables_at_once(url: &str, round: &str) {
    let programs: Vec<_> = (0..8)
        .map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move {
                let store = Store::connect(&url).await?;
                store.migrate().await?;
                let empty = store.is_empty().await;
                store.close().await;
                empty
            })
        })
        .collect();
    for program in programs {
        let empty = program.await.expect("no panic");
        assert!(empty.unwrap_or_else(|error| panic!("{round}: {error:?}")), "{round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_make_the_tables_at_once_all_succeed() {
    for round in 0..5 {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("new.db").display().to_string();
        make_tables_at_once(&file, &format!("SQLite, round {round}")).await;
        if let Ok(server) = std::env::var("KREISLOTSE_TEST_POSTGRES") {
            let (url, _place) = empty_database(&server).await;
            make_tables_at_once(&url, &format!("PostgreSQL, round {round}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_somebody_reads_or_changes_is_waited_for() {
    let reads = ("PRAGMA journal_mode = DELETE", "BEGIN; SELECT * FROM theirs", 1);
    let changes_for_longer_than_a_writer_waits = ("PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE", 6);
    for (mode, hold, seconds) in [reads, changes_for_longer_than_a_writer_waits] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("new.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let mut other = options.connect().await.expect("connected");
        other.execute(mode).await.expect("a mode");
        other.execute("CREATE TABLE theirs (id INTEGER)").await.expect("a table");
        other.execute(hold).await.expect("a lock");
        let url = file.display().to_string();
        let program = tokio::spawn(async move { Store::connect(&url).await?.migrate().await });
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        assert!(!program.is_finished(), "{hold}");
        other.execute("COMMIT").await.expect("released");
        program.await.expect("no panic").expect(hold);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facility_is_read_as_it_was_at_one_moment() {
    for test in stores().await {
        let (mut home, mut offer) = (plain_facility("Haus 0"), plain_offer("tagespflege"));
        offer.label = Some(home.name.clone());
        let mut tx = test.store.begin().await.expect("a transaction");
        tx.insert_facility(&home, None).await.expect("inserted");
        tx.insert_offer(home.id, &offer).await.expect("inserted");
        tx.commit().await.expect("committed");

        let (store, stop) = (test.store.clone(), Arc::new(AtomicBool::new(false)));
        let (slug, stopped) = (home.slug.clone(), stop.clone());
        let writer = tokio::spawn(async move {
            for number in 1.. {
                if stopped.load(Ordering::Relaxed) {
                    return number;
                }
                home.name = format!("Haus {number}");
                offer.label = Some(home.name.clone());
                let mut tx = store.begin().await.expect("a transaction");
                tx.update_facility(&home).await.expect("updated");
                tx.update_offer(home.id, &offer).await.expect("updated");
                tx.commit().await.expect("committed");
            }
            unreachable!()
        });
        for _ in 0..500 {
            let found =
                test.store.find_facility_by_slug(&slug).await.expect("an answer").expect("a facility");
            assert_eq!(found.offers[0].label.as_ref(), Some(&found.name), "{}", test.engine);
        }
        stop.store(true, Ordering::Relaxed);
        assert!(writer.await.expect("no panic") > 5, "{}: nothing was written meanwhile", test.engine);
    }
}
