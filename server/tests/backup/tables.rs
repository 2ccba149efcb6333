//! A new table must not be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use server::store::copy::{LEFT_OUT, TABLES};
use sqlx::Connection;

use crate::{
    content, fill, save,
    support::{postgres_store, sqlite_store, stores},
};

type Columns = BTreeMap<String, BTreeSet<String>>;

fn collect(rows: Vec<(String, String)>) -> Columns {
    let mut columns = Columns::new();
    let copied = |table: &String| table != "_sqlx_migrations" && !LEFT_OUT.contains(&table.as_str());
    for (table, column) in rows.into_iter().filter(|(table, _)| copied(table)) {
        columns.entry(table).or_default().insert(column);
    }
    columns
}

fn copied() -> Columns {
    let columns = |table: &server::store::copy::Table| table.columns().map(str::to_owned).collect();
    TABLES.iter().map(|table| (table.name.to_owned(), columns(table))).collect()
}

#[tokio::test]
async fn every_table_and_column_of_sqlite_is_copied() {
    let test = sqlite_store().await;
    let mut connection = sqlx::SqliteConnection::connect(&test.url).await.expect("the file");
    let rows = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
    );
    assert_eq!(collect(rows.fetch_all(&mut connection).await.expect("columns")), copied());
}

#[tokio::test]
async fn every_table_and_column_of_postgres_is_copied() {
    let Some(test) = postgres_store().await else { return };
    let mut connection = sqlx::PgConnection::connect(&test.url).await.expect("the database");
    let rows = sqlx::query_as(
        "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns \
         WHERE table_schema = 'public'",
    );
    assert_eq!(collect(rows.fetch_all(&mut connection).await.expect("columns")), copied());
}

#[tokio::test]
async fn the_stories_of_this_test_have_a_row_in_every_table() {
    for test in stores().await {
        fill(&test.store).await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.backup");
        let report = save(&test.store, &file).await.expect("a backup");
        for table in TABLES {
            assert!(report.rows[table.name] > 0, "{} of {} is empty", table.name, test.engine);
        }
        let rows = usize::try_from(report.rows.values().sum::<u64>()).expect("a number");
        assert_eq!(content(&file).len(), rows + TABLES.len(), "{}", test.engine);
    }
}
