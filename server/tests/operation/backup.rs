//! `backup`, `restore` and `move` at a terminal.

use std::{fs, path::Path};

use crate::{
    program::{Serving, directory, fails, kreislotse, succeeds},
    support::postgres_store,
};

/// All offers as the program writes them.
fn export(data: &Path, url: Option<&str>) -> String {
    let mut command = kreislotse(data);
    if let Some(url) = url {
        command.env("KREISLOTSE_DATABASE_URL", url);
    }
    succeeds(command.args(["export", "-"]))
}

#[test]
fn a_county_is_saved_while_it_serves_and_restored_elsewhere() {
    let (first, second) = (directory(), directory());
    let file = first.path().join("sicherung.kreislotse");
    let portal = Serving::start(first.path(), &["--demo"]);
    portal.wait_until_ready();
    let said = succeeds(kreislotse(first.path()).arg("backup").arg(&file));
    assert!(said.starts_with("Gesichert in ") && said.contains("Angebote: "), "{said}");
    let said = succeeds(kreislotse(second.path()).arg("restore").arg(&file).arg("--check"));
    assert!(said.contains("ist vollständig"), "{said}");
    assert!(!second.path().join("kreislotse.db").exists(), "a check touches nothing");

    // Never into what serves, never over what is there.
    fails(kreislotse(first.path()).arg("restore").arg(&file), 1, &["läuft schon ein Portal"]);
    let before = export(first.path(), None);
    assert_eq!(portal.stop(), Some(0));
    fails(kreislotse(first.path()).arg("restore").arg(&file), 1, &["enthält schon Einträge"]);

    // An index of other entries is there; it must not pass for one of these.
    fs::create_dir_all(second.path().join("index")).expect("a folder");
    fs::write(second.path().join("index/meta.json"), "{}").expect("written");
    succeeds(kreislotse(second.path()).arg("restore").arg(&file));
    assert!(!second.path().join("index").exists());
    assert_eq!(export(second.path(), None), before);
    let portal = Serving::start(second.path(), &[]);
    portal.wait_until_ready();
    let page = portal.get("/suche");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("erfunden"), "invented entries say so: {page}");
}

#[test]
fn what_is_no_backup_is_one_sentence() {
    let data = directory();
    let file = data.path().join("brief.txt");
    fs::write(&file, "Sehr geehrte Damen und Herren").expect("written");
    fails(kreislotse(data.path()).arg("restore").arg(&file), 1, &["brief.txt", "keine Sicherung"]);
    fails(kreislotse(data.path()).args(["restore", "gibtsnicht"]), 1, &["gibtsnicht"]);
    fails(kreislotse(data.path()).args(["backup", "gibt/es/nicht"]), 1, &["gibt/es/nicht", "nicht ablegen"]);
    fails(kreislotse(data.path()).arg("backup"), 2, &["DATEI"]);
    fails(kreislotse(data.path()).arg("move"), 2, &["--to"]);
    let url = "postgres://anna:geheim@127.0.0.1:1/lotse";
    fails(kreislotse(data.path()).args(["move", "--to", url]), 1, &["antwortet nicht"]);
}

#[tokio::test]
async fn a_county_moves_from_sqlite_to_postgres_with_one_command() {
    let Some(database) = postgres_store().await else { return };
    let data = directory();
    let portal = Serving::start(data.path(), &["--demo"]);
    portal.wait_until_ready();
    let to = ["move", "--to", &database.url];
    fails(kreislotse(data.path()).args(to), 1, &["läuft schon ein Portal"]);
    let before = export(data.path(), None);
    portal.stop();
    let said = succeeds(kreislotse(data.path()).args(to));
    assert!(said.contains("KREISLOTSE_DATABASE_URL"), "{said}");
    assert_eq!(export(data.path(), Some(&database.url)), before);
    fails(kreislotse(data.path()).args(to), 1, &["enthält schon Einträge"]);
    let url = [("KREISLOTSE_DATABASE_URL", database.url.as_str())];
    let portal = Serving::start_with(data.path(), &[], &url);
    portal.wait_until_ready();
    assert!(portal.get("/suche?q=Kurzzeitpflege").contains("/einrichtung/"));
}

#[tokio::test]
async fn a_county_on_postgres_is_saved_while_it_serves_and_restored_into_sqlite() {
    let Some(database) = postgres_store().await else { return };
    let (first, second) = (directory(), directory());
    let file = first.path().join("sicherung.kreislotse");
    let url = [("KREISLOTSE_DATABASE_URL", database.url.as_str())];
    let portal = Serving::start_with(first.path(), &["--demo"], &url);
    portal.wait_until_ready();
    succeeds(kreislotse(first.path()).arg("backup").arg(&file).envs(url));
    // A portal on another machine is noticed, too.
    let mut restoring = kreislotse(second.path());
    fails(restoring.arg("restore").arg(&file).envs(url), 1, &["Portal"]);
    succeeds(kreislotse(second.path()).arg("restore").arg(&file));
    assert_eq!(export(second.path(), None), export(first.path(), Some(&database.url)));
    assert!(portal.get("/suche").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_user_whom_postgres_does_not_know_is_one_sentence() {
    let Ok(server) = std::env::var("KREISLOTSE_TEST_POSTGRES") else { return };
    let host = server.rsplit_once('@').map_or(server.as_str(), |(_, host)| host);
    let stranger = format!("postgres://niemand:geheim@{}", host.trim_start_matches("postgres://"));
    let data = directory();
    let mut command = kreislotse(data.path());
    command.arg("migrate").env("KREISLOTSE_DATABASE_URL", stranger);
    fails(&mut command, 1, &["lässt diesen Benutzer nicht herein"]);
    let text = String::from_utf8(command.output().expect("an output").stderr).expect("UTF-8");
    assert!(!text.contains("geheim"), "{text}");
}
