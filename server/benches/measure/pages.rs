//! The results page under load, against a static file of the same process; and its weight.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    domain::{
        map::Area,
        search::{SearchQuery, View},
    },
    routes,
};

use crate::{
    client::{self, Load},
    program::Program,
    report::Row,
};

const TIME: Duration = Duration::from_secs(6);

/// Measures a data directory. `share` is the bound: pages per static file.
pub fn run(name: &str, data: &Path, texts: &[String], share: f64, weigh: bool) -> Vec<Row> {
    let program = Program::start(data);
    let page = |text: &String, number: u32| {
        routes::search(&SearchQuery { text: text.clone(), page: number, ..SearchQuery::default() })
    };
    let start = client::get(program.port, &page(&texts[0], 1), &[]).expect("a page");
    let html = String::from_utf8_lossy(&start.body).into_owned();
    let style = linked(&html, ".css").into_iter().next().expect("a style sheet");
    let warm: Arc<Vec<String>> = Arc::new(texts.iter().map(|text| page(text, 1)).collect());
    // Every address a different one: nothing of the page is remembered.
    let fresh: Vec<String> = (0..40)
        .flat_map(|km| texts.iter().map(move |text| (km, text)))
        .map(|(km, text)| format!("{}&umkreis={}", page(text, 1), km + 1))
        .collect();
    let static_file = client::load(program.port, &Arc::new(vec![style]), TIME, false);
    let fresh = client::load(program.port, &Arc::new(fresh), TIME, true);
    let remembered = client::load(program.port, &warm, TIME, false);
    println!("{name}: static file {}", figures(&static_file));
    println!("{name}: page seen before {}", figures(&remembered));
    println!("{name}: page never seen before {}", figures(&fresh));
    let ratio = |load: &Load| load.per_second / static_file.per_second;
    let spread = |load: &Load| load.slow.as_secs_f64() / load.median.as_secs_f64();
    let mut rows = vec![
        Row::at_least(&format!("{name}: results page per static file"), ratio(&remembered), share, "×"),
        Row::at_most(&format!("{name}: results page p99 / p50"), spread(&remembered), 3.0, "×"),
        Row::plain(
            &format!("{name}: page never seen before per static file"),
            format!("{:.3} ×", ratio(&fresh)),
        ),
        Row::plain(&format!("{name}: page never seen before p99 / p50"), format!("{:.2} ×", spread(&fresh))),
        Row::plain(
            &format!("{name}: ready after start"),
            format!("{:.1} s", program.ready_after.as_secs_f64()),
        ),
    ];
    if weigh {
        rows.extend(weight(&program, &html, &page(&texts[0], 1)));
    } else {
        let peak = program.peak_until_ready_mb;
        rows.push(Row::at_most(&format!("{name}: resident memory while indexing"), peak, 300.0, "MB"));
        rows.push(Row::at_most(
            &format!("{name}: resident memory serving"),
            program.resident_mb(),
            150.0,
            "MB",
        ));
        rows.extend(map_weight(&program));
    }
    rows
}

fn figures(load: &Load) -> String {
    format!(
        "{:.0}/s, p50 {:.1} ms, p99 {:.1} ms, {} failed",
        load.per_second,
        load.median.as_secs_f64() * 1e3,
        load.slow.as_secs_f64() * 1e3,
        load.failed
    )
}

/// Addresses below /pkg/ with this ending that a text names.
fn linked(text: &str, ending: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split(['"', '\'', '(', ')', ' '])
        .filter(|part| part.starts_with("/pkg/") && part.ends_with(ending))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The heaviest page: the map with all records on it, in the county and from afar.
fn map_weight(program: &Program) -> Vec<Row> {
    let everywhere = Area::parse("5.8,47.2,15.1,55.1");
    let parts = [("county", None), ("all records", everywhere)];
    let weigh = |(what, area)| {
        let query = SearchQuery { view: View::Map, area, page: 1, ..SearchQuery::default() };
        let size = |headers: &[&str]| {
            let started = Instant::now();
            let answer = client::get(program.port, &routes::search(&query), headers).expect("a page");
            assert_eq!(answer.status, 200, "the map");
            println!("map, {what} {headers:?}: {} B in {:?}", answer.body.len(), started.elapsed());
            #[allow(clippy::cast_precision_loss)]
            let kilobytes = answer.body.len() as f64 / 1000.0;
            kilobytes
        };
        [
            Row::at_most(&format!("map page with {what}, uncompressed"), size(&[]), 200.0, "kB"),
            Row::at_most(
                &format!("map page with {what}, as sent"),
                size(&["Accept-Encoding: br"]),
                40.0,
                "kB",
            ),
        ]
    };
    parts.into_iter().flat_map(weigh).collect()
}

/// Everything a first visit loads, as sent with brotli.
fn weight(program: &Program, html: &str, address: &str) -> Vec<Row> {
    let size = |path: &str| {
        let answer = client::get(program.port, path, &["Accept-Encoding: br"]).expect("an answer");
        answer.body.len()
    };
    let text = |path: &str| {
        String::from_utf8_lossy(&client::get(program.port, path, &[]).expect("an answer").body).into_owned()
    };
    let styles = linked(html, ".css");
    let mut plain: Vec<String> =
        [".svg", ".woff2", ".webmanifest", ".png"].iter().flat_map(|e| linked(html, e)).collect();
    for style in &styles {
        plain.extend(linked(&text(style), ".woff2"));
    }
    plain.extend(styles);
    plain.sort();
    plain.dedup();
    let mut active = linked(html, ".js");
    for script in active.clone() {
        let script = text(&script);
        active.extend(linked(&script, ".js"));
        active.extend(linked(&script, ".wasm"));
    }
    active.sort();
    active.dedup();
    let sum = |paths: &[String]| paths.iter().map(|path| size(path)).sum::<usize>();
    #[allow(clippy::cast_precision_loss)]
    let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
    let (page, plain, active) = (size(address), sum(&plain), sum(&active));
    println!(
        "first visit: page {page} B, style, fonts and pictures {plain} B, script and WebAssembly {active} B"
    );
    vec![
        Row::at_most("first visit of the results page", kilobytes(page + plain + active), 250.0, "kB"),
        Row::at_most("without script and WebAssembly", kilobytes(page + plain), 130.0, "kB"),
    ]
}
