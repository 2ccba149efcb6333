//! What `cargo xtask bench` measures: search quality, speed and size. Parts by name: `quality
//! [questions.jsonl]`, `login`, `capacity`, `alerts`, `scale`, `pages`; without arguments everything.

#[path = "measure/alerts.rs"]
mod alerts;
#[path = "measure/capacity.rs"]
mod capacity;
#[path = "../tests/search/citizens.rs"]
mod citizens;
#[path = "measure/client.rs"]
mod client;
#[path = "measure/county.rs"]
mod county;
#[path = "measure/large.rs"]
mod large;
#[path = "measure/login.rs"]
mod login;
#[path = "measure/pages.rs"]
mod pages;
#[path = "measure/peers.rs"]
mod peers;
#[path = "measure/program.rs"]
mod program;
#[path = "measure/quality.rs"]
mod quality;
#[path = "measure/queries.rs"]
mod queries;
#[path = "measure/report.rs"]
mod report;
#[path = "measure/scale.rs"]
mod scale;
#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let part = arguments.first().map(String::as_str);
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    let Some(shared) = county::shared() else {
        println!("skipped: all figures need the folder with real data (KREISLOTSE_SHARED)");
        return;
    };
    let mut rows = Vec::new();
    if wanted("quality") {
        rows.extend(runtime.block_on(quality::run(arguments.get(1).map(std::path::Path::new))));
        rows.extend(runtime.block_on(peers::quality(&shared)));
    }
    if wanted("login") {
        let folder = tempfile::tempdir().expect("a folder");
        rows.extend(runtime.block_on(async {
            let store = county::store_in(folder.path()).await;
            let rows = login::run(&store).await;
            store.close().await;
            rows
        }));
    }
    if wanted("capacity") {
        rows.extend(runtime.block_on(capacity::run()));
    }
    if wanted("alerts") {
        let folder = tempfile::tempdir().expect("a folder");
        rows.extend(runtime.block_on(async {
            let store = county::store_in(folder.path()).await;
            county::import_county(&store, &shared).await;
            let rows = alerts::run(&store, &county_texts(&shared)).await;
            store.close().await;
            rows
        }));
    }
    if wanted("pages") {
        let folder = tempfile::tempdir().expect("a folder");
        runtime.block_on(async {
            let store = county::store_in(folder.path()).await;
            county::import_county(&store, &shared).await;
            store.close().await;
        });
        rows.extend(pages::run("county", folder.path(), &county_texts(&shared), 0.1, true));
    }
    if wanted("scale") {
        let folder = tempfile::tempdir().expect("a folder");
        let indexes = tempfile::tempdir().expect("a folder");
        rows.extend(runtime.block_on(async {
            let store = county::store_in(folder.path()).await;
            let mut rows = scale::run(&store, indexes.path()).await;
            rows.extend(peers::speed(&store, &queries::texts(100)).await);
            store.close().await;
            rows
        }));
        rows.extend(pages::run("large set", folder.path(), &queries::texts(100), 1.0 / 15.0, false));
    }
    report::print(&rows);
}

/// What people ask in the real county.
fn county_texts(shared: &std::path::Path) -> Vec<String> {
    let questions = std::fs::read_to_string(shared.join("data/lup/questions.jsonl")).expect("questions");
    let text = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).expect("a question")["q"].as_str().map(str::to_owned)
    };
    questions.lines().filter_map(text).collect()
}
