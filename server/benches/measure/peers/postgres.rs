//! PostgreSQL: the German configuration with weights, then trigrams for what that does not find.

use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

use super::documents::{Document, words};

const MAKE: &str = "
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    DROP TABLE IF EXISTS peer;
    CREATE TABLE peer (id BIGINT PRIMARY KEY, words TEXT NOT NULL, text TSVECTOR NOT NULL);";
const INSERT: &str = "
    INSERT INTO peer (id, words, text)
    SELECT id, concat_ws(' ', name, kinds, place),
        setweight(to_tsvector('german', name), 'A') || setweight(to_tsvector('german', kinds), 'B')
            || setweight(to_tsvector('german', place), 'C')
    FROM unnest($1::BIGINT[], $2::TEXT[], $3::TEXT[], $4::TEXT[]) AS new (id, name, kinds, place)";
const FINISH: &str = "
    CREATE INDEX peer_text ON peer USING gin (text);
    CREATE INDEX peer_words ON peer USING gin (words gin_trgm_ops);
    ANALYZE peer;";
const ALL_WORDS: &str = "
    SELECT id FROM peer, plainto_tsquery('german', $1) AS query
    WHERE text @@ query ORDER BY ts_rank_cd(text, query) DESC, id LIMIT 20";
const ANY_WORD: &str = "
    SELECT id FROM peer, to_tsquery('german', $1) AS query
    WHERE text @@ query ORDER BY ts_rank_cd(text, query) DESC, id LIMIT 20";
const SIMILAR: &str = "
    SELECT id FROM peer WHERE $1 <% words ORDER BY word_similarity($1, words) DESC, id LIMIT 20";

pub struct Postgres(PgPool);

impl Postgres {
    pub async fn filled(url: &str, documents: &[Document]) -> Self {
        let pool = PgPoolOptions::new().max_connections(1).connect(url).await.expect("PostgreSQL");
        sqlx::raw_sql(AssertSqlSafe(MAKE)).execute(&pool).await.expect("a table");
        let mut id = 0_i64;
        for part in documents.chunks(5000) {
            let ids: Vec<i64> = part.iter().zip(id..).map(|(_, id)| id).collect();
            id += i64::try_from(part.len()).unwrap_or(i64::MAX);
            let column = |of: fn(&Document) -> &String| part.iter().map(of).cloned().collect::<Vec<_>>();
            sqlx::query(INSERT)
                .bind(ids)
                .bind(column(|document| &document.name))
                .bind(column(|document| &document.kinds))
                .bind(column(|document| &document.place))
                .execute(&pool)
                .await
                .expect("rows");
        }
        sqlx::raw_sql(AssertSqlSafe(FINISH)).execute(&pool).await.expect("indexes");
        Self(pool)
    }

    /// All words; then what is similar, for typing errors; then any word.
    pub async fn search(&self, text: &str) -> Vec<i64> {
        let any = words(text).join(" | ");
        for (statement, asked) in [(ALL_WORDS, text), (SIMILAR, text), (ANY_WORD, any.as_str())] {
            let found: Vec<i64> =
                sqlx::query_scalar(statement).bind(asked).fetch_all(&self.0).await.expect("an answer");
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}
