//! Speed with many records: one search inside the program, the full index, memory.

use std::time::{Duration, Instant};

use app::{
    backend::SearchBackend,
    domain::{search::SearchQuery, suggestion::SuggestQuery},
};
use server::store::Store;

use crate::{county, large, queries, report::Row};

/// Median and 99th percentile.
pub fn percentiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    (at(50), at(99))
}

/// Fills a store with the large set and measures searches in it; the store serves the pages later.
pub async fn run(store: &Store, index: &std::path::Path) -> Vec<Row> {
    let Some(shared) = county::shared() else {
        println!("skipped: large set (no folder with real data)");
        return Vec::new();
    };
    let started = Instant::now();
    let records = large::fill(store, &shared).await;
    println!("{records} records stored in {:.1} s", started.elapsed().as_secs_f64());
    let (service, indexing) = county::search(store, Some(index.to_owned())).await;
    let texts = queries::texts(100);
    let mut times = Vec::new();
    let mut found = 0;
    for round in 0..6 {
        for text in &texts {
            let query = SearchQuery { text: text.clone(), page: 1, ..SearchQuery::default() };
            let started = Instant::now();
            let results = service.search(&query, 20).await.expect("results");
            // The first round warms caches that a running program has warm.
            if round > 0 {
                times.push(started.elapsed());
                found += usize::from(results.total > 0);
            }
        }
    }
    let (median, slow) = percentiles(times.clone());
    println!("{found} of {} searches found something", times.len());
    let (typed, slow_typed) = percentiles(suggestions(service.as_ref(), &texts).await);
    let visible = change_becomes_visible(store, service.as_ref()).await;
    vec![
        Row::at_most("a change is findable after", visible.as_secs_f64() * 1e3, 1000.0, "ms"),
        Row::at_most("one search in the program, median", median.as_secs_f64() * 1e3, 2.0, "ms"),
        Row::at_most("one search in the program, 99th percentile", slow.as_secs_f64() * 1e3, 10.0, "ms"),
        Row::at_most("suggestions for a beginning, median", typed.as_secs_f64() * 1e3, 1.0, "ms"),
        Row::at_most(
            "suggestions for a beginning, 99th percentile",
            slow_typed.as_secs_f64() * 1e3,
            5.0,
            "ms",
        ),
        Row::at_most("full index of 63,874 records", indexing.as_secs_f64(), 20.0, "s"),
    ]
}

/// How long suggestions take for everything that was typed on the way to these texts.
async fn suggestions(service: &impl SearchBackend, texts: &[String]) -> Vec<Duration> {
    let mut times = Vec::new();
    for text in texts {
        for (end, _) in text.char_indices().skip(2) {
            let query = SuggestQuery { text: text[..end].to_owned(), only_places: false };
            let started = Instant::now();
            service.suggest(&query).await.expect("suggestions");
            times.push(started.elapsed());
        }
    }
    times
}

/// The slowest of some changes, from commit to being found.
async fn change_becomes_visible(store: &Store, service: &impl SearchBackend) -> Duration {
    let mut slowest = Duration::ZERO;
    for at in 0..5 {
        let mut facility = store.list_public_facilities(None, 1).await.expect("a facility").remove(0);
        facility.name = format!("Zwiebelfisch{at}haus");
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_facility(&facility).await.expect("an update");
        tx.commit().await.expect("a commit");
        let started = Instant::now();
        let query = SearchQuery { text: facility.name.clone(), page: 1, ..SearchQuery::default() };
        while service
            .search(&query, 1)
            .await
            .expect("results")
            .hits
            .first()
            .is_none_or(|hit| hit.name != facility.name)
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        slowest = slowest.max(started.elapsed());
    }
    slowest
}
