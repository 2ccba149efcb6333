//! The same records and questions in the two search engines that a portal would use without one of its
//! own: SQLite FTS5, and PostgreSQL's German full text with trigrams for typing errors. Both get what their
//! manuals recommend: weighted fields, all words first, any word where that finds nothing. They only find
//! ids; the program's own times include counted filters and twenty loaded facilities.

#[path = "peers/documents.rs"]
mod documents;
#[path = "peers/fts5.rs"]
mod fts5;
#[path = "peers/postgres.rs"]
mod postgres;

use std::{path::Path, time::Instant};

use app::{backend::SearchBackend, domain::search::SearchQuery};
use server::store::Store;

use crate::{citizens::QUESTIONS, county, report::Row, scale::percentiles};
use documents::Document;

/// A search engine with documents inside.
enum Peer {
    Fts5(fts5::Fts5),
    Postgres(postgres::Postgres),
}

impl Peer {
    /// All engines at hand, filled.
    async fn all(documents: &[Document]) -> Vec<Self> {
        let mut peers = vec![Self::Fts5(fts5::Fts5::filled(documents).await)];
        match std::env::var("KREISLOTSE_TEST_POSTGRES") {
            Ok(url) => peers.push(Self::Postgres(postgres::Postgres::filled(&url, documents).await)),
            Err(_) => println!("skipped: PostgreSQL as a search engine (KREISLOTSE_TEST_POSTGRES)"),
        }
        peers
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Fts5(_) => "SQLite FTS5",
            Self::Postgres(_) => "PostgreSQL full text and pg_trgm",
        }
    }

    /// Positions of the first twenty documents.
    async fn search(&self, text: &str) -> Vec<usize> {
        let found = match self {
            Self::Fts5(engine) => engine.search(text).await,
            Self::Postgres(engine) => engine.search(text).await,
        };
        found.into_iter().filter_map(|at| usize::try_from(at).ok()).collect()
    }
}

/// How many of the ten questions of citizens each answers with its first result.
pub async fn quality(shared: &Path) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = county::store_in(folder.path()).await;
    county::import_county(&store, shared).await;
    let documents = documents::of(&store).await;
    let (service, _) = county::search(&store, None).await;
    let mut right = 0;
    for question in &QUESTIONS {
        let query = SearchQuery { text: question.text.to_owned(), page: 1, ..SearchQuery::default() };
        let hits = service.search(&query, 20).await.expect("results").hits;
        right += usize::from(hits.first().is_some_and(|hit| {
            let types: Vec<&str> = hit.offers.iter().map(|offer| offer.care_type.as_str()).collect();
            let places: Vec<&str> =
                [&hit.municipality, &hit.locality].into_iter().filter_map(|place| place.as_deref()).collect();
            question.fits(&hit.name, &types, &places)
        }));
    }
    let row = |name: &str, right: usize| {
        Row::plain(
            &format!("citizens' questions answered first: {name}"),
            format!("{right} of {}", QUESTIONS.len()),
        )
    };
    let mut rows = vec![row("Kreislotse", right)];
    for peer in Peer::all(&documents).await {
        let mut right = 0;
        for question in &QUESTIONS {
            let found = peer.search(question.text).await;
            let first = found.first().and_then(|at| documents.get(*at));
            right += usize::from(first.is_some_and(|document| document.answers(question)));
        }
        rows.push(row(peer.name(), right));
    }
    rows
}

/// How long each takes for these questions over the same records.
pub async fn speed(store: &Store, texts: &[String]) -> Vec<Row> {
    let documents = documents::of(store).await;
    let mut rows = Vec::new();
    for peer in Peer::all(&documents).await {
        let mut times = Vec::new();
        for round in 0..3 {
            for text in texts {
                let started = Instant::now();
                std::hint::black_box(peer.search(text).await);
                if round > 0 {
                    times.push(started.elapsed());
                }
            }
        }
        let (median, slow) = percentiles(times);
        rows.push(Row::plain(
            &format!("one search, median and 99th percentile: {}", peer.name()),
            format!("{:.2} ms, {:.2} ms", median.as_secs_f64() * 1e3, slow.as_secs_f64() * 1e3),
        ));
    }
    rows
}
