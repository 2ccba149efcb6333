//! Two programs on one PostgreSQL.

use std::{fs, path::Path};

use crate::{
    program::{Serving, directory, kreislotse, succeeds},
    support::postgres_store,
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

#[tokio::test]
async fn a_change_on_one_node_is_found_on_the_other_and_a_killed_node_loses_nobody_a_page() {
    let Some(database) = postgres_store().await else { return };
    let url = database.url.as_str();
    let (one, two) = (directory(), directory());
    let environment = [("KREISLOTSE_DATABASE_URL", url)];
    let first = Serving::start_with(one.path(), &[], &environment);
    let second = Serving::start_with(two.path(), &[], &environment);
    first.wait_until_ready();
    second.wait_until_ready();

    import(one.path(), url, &["Haus Ahorn"]);
    second.wait_until(ALL, |answer| answer.contains("Haus Ahorn"));
    first.wait_until(ALL, |answer| answer.contains("Haus Ahorn"));

    // One dies. Whoever asks the other gets every page, and changes go on.
    first.kill();
    for path in ["/", "/suche?q=Ahorn", ALL, "/einrichtung/haus-ahorn", "/readyz"].repeat(5) {
        let answer = second.get(path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    import(two.path(), url, &["Haus Ahorn", "Haus Birke"]);
    second.wait_until(ALL, |answer| answer.contains("Haus Birke"));

    // It comes back and knows what happened meanwhile.
    let first = Serving::start_with(one.path(), &[], &environment);
    first.wait_until_ready();
    assert!(first.get(ALL).contains("Haus Birke"));
}
