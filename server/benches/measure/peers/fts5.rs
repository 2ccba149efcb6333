//! SQLite FTS5: words without accents, weighted columns, bm25.

use std::str::FromStr;

use sqlx::{
    AssertSqlSafe, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::documents::{Document, words};

const SEARCH: &str =
    "SELECT rowid - 1 FROM facility WHERE facility MATCH $1 ORDER BY bm25(facility, 4.0, 3.0, 2.0) LIMIT 20";

pub struct Fts5(SqlitePool);

impl Fts5 {
    /// In memory, so that no disk is measured.
    pub async fn filled(documents: &[Document]) -> Self {
        let options = SqliteConnectOptions::from_str("sqlite::memory:").expect("an address");
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("SQLite");
        let create = "CREATE VIRTUAL TABLE facility USING fts5(name, kinds, place, prefix = '3 4', \
                      tokenize = \"unicode61 remove_diacritics 2\")";
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&pool).await.expect("a table");
        let mut tx = pool.begin().await.expect("a transaction");
        for document in documents {
            sqlx::query("INSERT INTO facility (name, kinds, place) VALUES ($1, $2, $3)")
                .bind(&document.name)
                .bind(&document.kinds)
                .bind(&document.place)
                .execute(&mut *tx)
                .await
                .expect("a row");
        }
        tx.commit().await.expect("a commit");
        let optimise = "INSERT INTO facility (facility) VALUES ('optimize')";
        sqlx::raw_sql(AssertSqlSafe(optimise)).execute(&pool).await.expect("one segment");
        Self(pool)
    }

    pub async fn search(&self, text: &str) -> Vec<i64> {
        let terms: Vec<String> = words(text).iter().map(|word| format!("\"{word}\"*")).collect();
        for operator in [" AND ", " OR "] {
            let found: Vec<i64> = sqlx::query_scalar(SEARCH)
                .bind(terms.join(operator))
                .fetch_all(&self.0)
                .await
                .expect("an answer");
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}
