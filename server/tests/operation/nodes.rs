//! Two programs on one PostgreSQL.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::domain::{
    care_type::{CareType, CareTypeSlug, Taxonomy},
    vocabulary::CareTypeChange,
};

use crate::{
    program::{Serving, directory, kreislotse, succeeds, try_get},
    support::{empty_database, postgres_store},
};

const MAPPING: &str = "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\n\
    name = \"name\"\ntype = \"care_type\"\n";

/// Imports houses through the program whose data directory this is.
fn import(data: &Path, url: &str, names: &[&str]) {
    let rows: Vec<_> = names.iter().map(|name| format!("{name},{name},tagespflege\n")).collect();
    let (file, mapping) = (data.join("liste.csv"), data.join("liste.toml"));
    fs::write(&file, format!("id,name,type\n{}", rows.concat())).expect("written");
    fs::write(&mapping, MAPPING).expect("written");
    let mut command = kreislotse(data);
    command.arg("import").arg(&file).arg("--mapping").arg(&mapping).env("KREISLOTSE_DATABASE_URL", url);
    succeeds(&mut command);
}

const ALL: &str = "/api/v1/search?limit=100";

/// How long it takes until a node finds what was just imported through another.
fn found_after(node: &Serving, name: &str) -> Duration {
    let started = Instant::now();
    node.wait_until(ALL, |answer| answer.contains(name));
    started.elapsed()
}

#[tokio::test]
async fn a_change_on_one_node_is_found_on_the_other() {
    let Some(database) = postgres_store().await else { return };
    let url = database.url.as_str();
    let (one, two) = (directory(), directory());
    let environment = [("KREISLOTSE_DATABASE_URL", url)];
    let first = Serving::start_with(one.path(), &[], &environment);
    let second = Serving::start_with(two.path(), &[], &environment);
    first.wait_until_ready();
    second.wait_until_ready();
    let mut names: Vec<String> = Vec::new();
    let mut took = Vec::new();
    for round in 0..5 {
        names.push(format!("Haus Ahorn {round}"));
        let (through, other) = if round % 2 == 0 { (&one, &second) } else { (&two, &first) };
        import(through.path(), url, &names.iter().map(String::as_str).collect::<Vec<_>>());
        took.push(found_after(other, names.last().expect("a name")));
    }
    // Two seconds are promised. How long it takes depends on the machine, so it is told and not judged.
    println!("found on the other node after {took:?}, at most {:?}", took.iter().max());
    for node in [&first, &second] {
        node.wait_until(ALL, |answer| names.iter().all(|name| answer.contains(name.as_str())));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_type_is_renamed_on_every_node_while_both_go_on_answering() {
    let Some(database) = postgres_store().await else { return };
    let url = database.url.as_str();
    let (one, two) = (directory(), directory());
    let environment = [("KREISLOTSE_DATABASE_URL", url)];
    let first = Serving::start_with(one.path(), &[], &environment);
    let second = Serving::start_with(two.path(), &[], &environment);
    import(one.path(), url, &["Haus Ahorn"]);
    for node in [&first, &second] {
        node.wait_until(ALL, |answer| answer.contains("Haus Ahorn"));
    }
    let (nodes, stop) = ([first.address.clone(), second.address.clone()], Arc::new(AtomicBool::new(false)));
    let people = nodes.map(|node| {
        let stop = stop.clone();
        std::thread::spawn(move || {
            let (mut asked, mut lost) = (0, Vec::new());
            while !stop.load(Ordering::Relaxed) {
                let found = try_get(&node, "/api/v1/search?q=Tagespflege");
                if !found.as_ref().is_some_and(|answer| answer.contains("Haus Ahorn")) {
                    lost.push(found);
                }
                asked += 1;
                // Other tests want some of this machine, too.
                std::thread::sleep(Duration::from_millis(10));
            }
            (asked, lost)
        })
    });
    let slug = CareTypeSlug::parse("tagespflege").expect("a slug");
    let configured = Taxonomy::builtin();
    let before = configured.find("tagespflege").expect("built in");
    for name in ["Sonnentreff am Tag", "Treff unter Nachbarn"] {
        let wanted = CareType { name: name.to_owned(), ..before.clone() };
        let change = CareTypeChange::between(Some(before), &wanted).expect("a change");
        let mut tx = database.store.begin().await.expect("a transaction");
        tx.save_care_type_change(&change, time::OffsetDateTime::UNIX_EPOCH).await.expect("saved");
        tx.commit().await.expect("committed");
        for node in [&first, &second] {
            node.wait_until(ALL, |answer| answer.contains(name));
        }
    }
    stop.store(true, Ordering::Relaxed);
    for person in people {
        let (asked, lost) = person.join().expect("no panic");
        assert!(asked > 10 && lost.is_empty(), "{} of {asked} searches lost: {:?}", lost.len(), lost.first());
    }
    // What was changed while a program was away, and before, holds after a start, too.
    first.stop();
    let mut tx = database.store.begin().await.expect("a transaction");
    tx.delete_care_type_change(&slug).await.expect("deleted");
    tx.commit().await.expect("committed");
    second.wait_until(ALL, |answer| answer.contains("\"Tagespflege\""));
    let first = Serving::start_with(one.path(), &[], &environment);
    first.wait_until_ready();
    assert!(first.get(ALL).contains("\"Tagespflege\""));
}

/// Asks like a reverse proxy in front of both: whoever does not answer is passed over.
fn page_of_any(nodes: &[String], path: &str) -> bool {
    nodes.iter().any(|node| try_get(node, path).is_some_and(|answer| answer.starts_with("HTTP/1.1 200")))
}

#[tokio::test]
async fn a_killed_node_loses_nobody_a_page_and_comes_back() {
    let Some(database) = postgres_store().await else { return };
    let url = database.url.as_str();
    let (one, two) = (directory(), directory());
    let environment = [("KREISLOTSE_DATABASE_URL", url)];
    let first = Serving::start_with(one.path(), &[], &environment);
    let second = Serving::start_with(two.path(), &[], &environment);
    import(one.path(), url, &["Haus Ahorn"]);
    for node in [&first, &second] {
        node.wait_until(ALL, |answer| answer.contains("Haus Ahorn"));
    }

    // People go on asking while one is killed.
    let (nodes, stop) = ([first.address.clone(), second.address.clone()], Arc::new(AtomicBool::new(false)));
    let people: Vec<_> = (0..3)
        .map(|person| {
            let (nodes, stop) = (nodes.clone(), stop.clone());
            std::thread::spawn(move || {
                let paths = ["/", "/suche?q=Ahorn", ALL, "/einrichtung/haus-ahorn", "/suche?q=Tagespflege"];
                let (mut asked, mut lost) = (0, 0);
                while !stop.load(Ordering::Relaxed) {
                    let mut order = nodes.clone();
                    order.rotate_left((asked + person) % 2);
                    lost += usize::from(!page_of_any(&order, paths[asked % paths.len()]));
                    asked += 1;
                }
                (asked, lost)
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    first.kill();
    // Changes go on, too.
    import(two.path(), url, &["Haus Ahorn", "Haus Birke"]);
    second.wait_until(ALL, |answer| answer.contains("Haus Birke"));
    stop.store(true, Ordering::Relaxed);
    for person in people {
        let (asked, lost) = person.join().expect("no panic");
        assert!(asked > 10 && lost == 0, "{lost} of {asked} pages lost");
    }

    // It comes back and knows what happened meanwhile.
    let first = Serving::start_with(one.path(), &[], &environment);
    first.wait_until_ready();
    assert!(first.get(ALL).contains("Haus Birke"));
}

#[tokio::test]
async fn two_nodes_that_start_at_once_on_an_empty_database_make_one_county() {
    let Some(server) = std::env::var("KREISLOTSE_TEST_POSTGRES").ok() else { return };
    for round in 0..3 {
        let (url, _place) = empty_database(&server).await;
        let (one, two) = (directory(), directory());
        let environment = &[("KREISLOTSE_DATABASE_URL", url.as_str())];
        let nodes: Vec<Serving> = std::thread::scope(|scope| {
            let starting: Vec<_> = [one.path(), two.path()]
                .into_iter()
                .map(|data| scope.spawn(move || Serving::start_with(data, &["--demo"], environment)))
                .collect();
            starting.into_iter().map(|node| node.join().expect("it starts")).collect()
        });
        let totals: Vec<String> = nodes
            .iter()
            .map(|node| {
                node.wait_until_ready();
                let answer = node.get("/api/v1/search?limit=1");
                answer.split("\"total\":").nth(1).expect("a total").split(',').next().unwrap_or("").to_owned()
            })
            .collect();
        assert_eq!(totals[0], totals[1], "round {round}");
        assert!(totals[0].parse::<usize>().expect("a number") >= 250, "round {round}: {totals:?}");
    }
}
