//! The SQL files themselves.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};

use crate::support::{TestStore, postgres_store, repository, sqlite_store};

/// Every file below `server/queries`: its name (`noun/verb.sql`) and its text.
fn queries() -> Vec<(String, String)> {
    let root = repository("server/queries");
    let mut files: Vec<PathBuf> = Vec::new();
    for noun in fs::read_dir(&root).expect("the folder").flatten() {
        files.extend(fs::read_dir(noun.path()).expect("a noun").flatten().map(|file| file.path()));
    }
    let name = |file: &Path| file.strip_prefix(&root).expect("inside").to_str().expect("a name").to_owned();
    files.iter().map(|file| (name(file), fs::read_to_string(file).expect("a text"))).collect()
}

fn file_names(folder: &str) -> BTreeSet<String> {
    fs::read_dir(repository(folder))
        .expect("the folder")
        .flatten()
        .map(|file| file.file_name().to_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test]
async fn every_query_can_be_prepared_on_sqlite() {
    let TestStore { url, _place, .. } = sqlite_store().await;
    let mut connection = SqliteConnection::connect(&url).await.expect("a connection");
    let mut prepared = 0;
    for (name, text) in queries().into_iter().filter(|(name, _)| !name.ends_with(".postgres.sql")) {
        let result = connection.prepare(AssertSqlSafe(text).into_sql_str()).await.map(drop);
        assert!(result.is_ok(), "{name}: {result:?}");
        prepared += 1;
    }
    assert!(prepared > 30, "only {prepared} queries were found");
}

#[tokio::test]
async fn every_query_can_be_prepared_on_postgres() {
    let Some(TestStore { url, _place, .. }) = postgres_store().await else { return };
    let mut connection = PgConnection::connect(&url).await.expect("a connection");
    for (name, text) in queries().into_iter().filter(|(name, _)| !name.ends_with(".sqlite.sql")) {
        let result = connection.prepare(AssertSqlSafe(text).into_sql_str()).await.map(drop);
        assert!(result.is_ok(), "{name}: {result:?}");
    }
}

#[test]
fn a_query_for_one_engine_has_its_twin_and_a_list_parameter() {
    let names: BTreeSet<String> = queries().into_iter().map(|(name, _)| name).collect();
    for (name, text) in queries() {
        let (twin, list) = if let Some(stem) = name.strip_suffix(".sqlite.sql") {
            (format!("{stem}.postgres.sql"), "json_each($1)")
        } else if let Some(stem) = name.strip_suffix(".postgres.sql") {
            (format!("{stem}.sqlite.sql"), "jsonb_array_elements")
        } else {
            continue;
        };
        assert!(names.contains(&twin), "{twin} is missing");
        assert!(text.contains(list), "{name} has no list parameter and needs no twin");
    }
}

/// Takes away `before` and `after` around a column: `json(f.contacts)` becomes `f.contacts`.
fn unwrap(text: &str, before: &str, after: &str) -> String {
    let mut parts = text.split(before);
    let mut plain = parts.next().expect("a beginning").to_owned();
    for part in parts {
        let (column, rest) = part.split_once(after).expect("an end");
        plain.push_str(column);
        plain.push_str(rest);
    }
    plain
}

#[test]
fn twins_that_read_differ_in_nothing_but_their_list_and_the_making_of_json() {
    let all = queries();
    let mut compared = 0;
    for (name, sqlite) in &all {
        let Some(stem) = name.strip_suffix(".sqlite.sql") else { continue };
        if !sqlite.starts_with("SELECT") {
            continue;
        }
        let (_, postgres) =
            all.iter().find(|(name, _)| *name == format!("{stem}.postgres.sql")).expect("a twin");
        let mut expected = sqlite.replace(
            "SELECT unhex(value) FROM json_each($1)",
            "SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1)",
        );
        for (before, after) in [
            ("nullif(lower(hex(", ")), '')"),
            ("lower(hex(", "))"),
            ("json(iif(", ", 'true', 'false'))"),
            ("json(", ")"),
        ] {
            expected = unwrap(&expected, before, after);
        }
        let expected =
            expected.replace("json_object(", "json_build_object(").replace("json_group_array(", "json_agg(");
        assert_eq!(&expected, postgres, "{stem}");
        compared += 1;
    }
    assert!(compared >= 1);
}

#[test]
fn every_query_is_used() {
    let mut sources = String::new();
    let mut folders = vec![repository("server/src/store")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => sources.push_str(&fs::read_to_string(path).expect("a text")),
            }
        }
    }
    sources.push_str(&fs::read_to_string(repository("server/src/store.rs")).expect("a text"));
    for (name, _) in queries() {
        let stem = name.trim_end_matches(".sql").trim_end_matches(".sqlite").trim_end_matches(".postgres");
        assert!(sources.contains(&format!("\"{stem}\"")), "{name} is used nowhere");
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let sqlite = file_names("migrations/sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, file_names("migrations/postgres"));
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    for test in crate::support::stores().await {
        test.store.migrate().await.expect(test.engine);
        assert!(test.store.is_empty().await.expect("an answer"), "{}", test.engine);
    }
}
