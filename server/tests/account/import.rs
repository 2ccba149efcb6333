//! A table in the browser: tried, looked at, taken over as it was seen, or not at all.

use app::domain::account::CountyRole;
use axum::http::StatusCode;
use server::store::Chain;
use time::Duration;

use crate::desk::{Answer, Browser, Office};

const IMPORT: &str = "/kreis/import";
const MAPPING: &str = "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\nname = \"name\"\ntype = \"care_type\"\nplace = \"municipality\"\nphone = \"phone\"\n";
const TABLE: &str = "id,name,type,place,phone\n1,Haus Liste,tagespflege,Parchim,03871 1\n2,Haus Zwei,gibtesnicht,Parchim,03871 2\n";
const EMAIL: &str = "leitung@kreis.example";

async fn administrator<'a>(office: &'a Office, email: &str) -> Browser<'a> {
    office.person(email, Some(CountyRole::Administrator)).await;
    office.signed_in_twice(email).await
}

async fn send(browser: &Browser<'_>, table: &[u8], mapping: &str) -> Answer {
    let parts: [(&str, Option<&str>, &[u8]); 3] = [
        ("datei", Some("C:\\fakepath\\liste.csv"), table),
        ("zuordnung", None, b"eigene"),
        ("zuordnung-datei", Some("liste.toml"), mapping.as_bytes()),
    ];
    browser.post_files(IMPORT, &parts).await
}

/// Tries a table; gives its page.
async fn tried(browser: &Browser<'_>, table: &str) -> String {
    let answer = send(browser, table.as_bytes(), MAPPING).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let path = answer.header("location").to_owned();
    assert!(path.starts_with("/kreis/import/"), "{path}");
    path
}

fn stamp(page: &str) -> String {
    let shown = page.split("name=\"stand\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    shown.expect("a stamp").to_owned()
}

async fn take_over(browser: &Browser<'_>, path: &str, stamp: &str) -> Answer {
    browser.post(path, &[("stand", stamp), ("was", "uebernehmen")]).await
}

async fn names(office: &Office) -> Vec<String> {
    let all = office.store().list_all_facilities(None, 99).await.expect("entries");
    all.into_iter().map(|own| own.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_tried_shown_taken_over_and_found() {
    let office = Office::open().await;
    office.municipality().await;
    let browser = administrator(&office, EMAIL).await;
    browser.get("/kreis").await.shows("Tabelle einlesen");
    browser.get(IMPORT).await.shows("Noch nichts.");
    let path = tried(&browser, TABLE).await;
    let page = browser.get(&path).await;
    page.shows("Was sich ändern würde");
    for text in ["liste.csv, Zuordnung liste.toml, Quelle „Liste“", "Zeile 3: ", "Abgelehnte Zeilen (1)"]
    {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    assert!(!page.text.contains("fakepath"), "{}", page.text);
    assert!(names(&office).await.is_empty(), "nothing is written yet");
    let rejects = browser.get(&format!("{path}/abgelehnt.csv")).await;
    assert_eq!(rejects.text, "id,name,type,place,phone\n2,Haus Zwei,gibtesnicht,Parchim,03871 2\n");
    assert!(rejects.header("content-disposition").contains("abgelehnt.csv"));

    let nothing = browser.post(&path, &[("stand", "x")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text.contains("was mit der Tabelle geschehen soll"), "{}", nothing.text);
    let seen = stamp(&page.text);
    take_over(&browser, &path, &seen).await.leads_to(&format!("{IMPORT}?getan=uebernommen"));
    assert_eq!(names(&office).await, ["Haus Liste"]);
    let own = office.store().list_public_facilities(None, 9).await.expect("entries").remove(0);
    office.comes(&format!("/einrichtung/{}", own.slug), "03871 1").await;
    // The same confirmation once more, and the page of what is gone.
    take_over(&browser, &path, &seen).await.leads_to(&format!("{IMPORT}?getan=weg"));
    browser.get(&path).await.leads_to(&format!("{IMPORT}?getan=weg"));
    browser.get(&format!("{IMPORT}?getan=weg")).await.shows("wartet nicht mehr");
    let page = browser.get(IMPORT).await;
    page.shows("„Liste“: 1 neu, 1 abgelehnt");
    assert!(page.text.contains("Petra Muster"), "{}", page.text);
    browser.get("/kreis/protokoll").await.shows("Datei eingelesen");
    let chain = office.store().verify_audit().await.expect("an answer");
    assert!(matches!(chain, Chain::Sound { .. }), "{chain:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_do_something_else_by_now_is_shown_and_not_taken_over() {
    let office = Office::open().await;
    office.municipality().await;
    let browser = administrator(&office, EMAIL).await;
    let path = tried(&browser, TABLE).await;
    let seen = stamp(&browser.get(&path).await.text);
    // Somebody else imports the same house meanwhile.
    let other = administrator(&office, "zweite@kreis.example").await;
    let theirs = tried(&other, TABLE).await;
    let their_seen = stamp(&other.get(&theirs).await.text);
    // Neither sees nor takes over what is the other's.
    other.get(&path).await.leads_to(&format!("{IMPORT}?getan=weg"));
    take_over(&other, &path, &seen).await.leads_to(&format!("{IMPORT}?getan=weg"));
    let discard = [("was", "verwerfen")];
    other.post(&path, &discard).await.leads_to(&format!("{IMPORT}?getan=weg"));
    other.get(&format!("{path}/abgelehnt.csv")).await.leads_to(&format!("{IMPORT}?getan=weg"));
    take_over(&other, &theirs, &their_seen).await.leads_to(&format!("{IMPORT}?getan=uebernommen"));

    let refused = take_over(&browser, &path, &seen).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    assert!(refused.text.contains("inzwischen etwas geändert"), "{}", refused.text);
    let newly = stamp(&refused.text);
    assert_ne!(newly, seen);
    take_over(&browser, &path, &newly).await.leads_to(&format!("{IMPORT}?getan=uebernommen"));
    browser.get(IMPORT).await.shows("„Liste“: 1 unverändert, 1 abgelehnt");
    assert_eq!(names(&office).await, ["Haus Liste"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_in_words_and_nothing_is_kept() {
    let office = Office::open().await;
    let browser = administrator(&office, EMAIL).await;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    browser.post(IMPORT, &[]).await.refuses(wrong, "wählen Sie die Tabelle aus");
    let nothing: [(&str, Option<&str>, &[u8]); 2] = [("datei", Some(""), b""), ("zuordnung", None, b"lup")];
    browser.post_files(IMPORT, &nothing).await.refuses(wrong, "wählen Sie die Tabelle aus");
    send(&browser, b"", MAPPING).await.refuses(wrong, "Diese Datei ist leer");
    send(&browser, b" \n", MAPPING).await.refuses(wrong, "liste.csv: Die Datei ist leer.");
    send(&browser, b"PK\x03\x04rest", MAPPING).await.refuses(wrong, "keine Textdatei");
    send(&browser, b"{\"a\": [1],\n\"b\": 2}\n", MAPPING).await.refuses(wrong, "Die Spalte");
    let utf8 = MAPPING.replace("facility", "encoding = \"utf-8\"\nfacility");
    send(&browser, b"id,name,type,place,phone\n1,L\xfcbz,tagespflege,x,1\n", &utf8)
        .await
        .refuses(wrong, "liste.csv, Zeile 2");
    let broken = MAPPING.replace("external_id", "kennung");
    send(&browser, TABLE.as_bytes(), &broken).await.refuses(wrong, "liste.toml, Zeile 4");
    send(&browser, TABLE.as_bytes(), "").await.refuses(wrong, "mit Ihrer Zuordnung");
    send(&browser, TABLE.as_bytes(), &"#".repeat(300_000)).await.refuses(wrong, "keine Zuordnung");
    let hostile: [(&str, Option<&str>, &[u8]); 2] = [
        ("datei", Some("<script>alert(1)</script>.csv"), TABLE.as_bytes()),
        ("zuordnung", None, b"kreislotse"),
    ];
    let answer = browser.post_files(IMPORT, &hostile).await;
    answer.refuses(wrong, "script&gt;.csv, Zeile 1: Die Spalte");
    assert!(!answer.text.contains("<script>alert"), "{}", answer.text);
    let unknown: [(&str, Option<&str>, &[u8]); 2] =
        [("datei", Some("a.csv"), TABLE.as_bytes()), ("zuordnung", None, b"../../etc/passwd")];
    browser.post_files(IMPORT, &unknown).await.refuses(wrong, "wählen Sie eine Zuordnung");
    let large = vec![b'a'; 9 * 1024 * 1024];
    let answer = send(&browser, &large, MAPPING).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("Diese Datei ist zu groß"), "{}", answer.text);
    let barely = vec![b'a'; 8 * 1024 * 1024 + 1];
    send(&browser, &barely, MAPPING).await.refuses(wrong, "höchstens 8 MB");
    // What is larger than other forms may be is read here.
    let row = |n: usize| format!("{n},Haus {n},gibtesnicht,Parchim,03871 {n}\n");
    let rows = (0..4_000).map(row).collect::<Vec<_>>().concat();
    let page = tried(&browser, &format!("id,name,type,place,phone\n{rows}")).await;
    browser.get(&page).await.shows("Und 3900 weitere.");
    assert!(names(&office).await.is_empty());
    let elsewhere = browser.post_from_elsewhere(IMPORT, &[]).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_confirmations_at_the_same_moment_import_once() {
    let office = Office::open().await;
    office.municipality().await;
    let browser = administrator(&office, EMAIL).await;
    let path = tried(&browser, TABLE).await;
    let seen = stamp(&browser.get(&path).await.text);
    let answers = tokio::join!(
        take_over(&browser, &path, &seen),
        take_over(&browser, &path, &seen),
        take_over(&browser, &path, &seen),
    );
    let mut done = 0;
    for answer in [answers.0, answers.1, answers.2] {
        match (answer.status, answer.header("location")) {
            (StatusCode::SEE_OTHER, "/kreis/import?getan=uebernommen") => done += 1,
            (StatusCode::SEE_OTHER, "/kreis/import?getan=weg") => {}
            (StatusCode::CONFLICT, _) => assert!(answer.text.contains("eine andere Tabelle eingelesen")),
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(names(&office).await, ["Haus Liste"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_decides_about_is_forgotten_and_what_is_thrown_away_at_once() {
    let office = Office::open().await;
    let browser = administrator(&office, EMAIL).await;
    let first = tried(&browser, TABLE).await;
    browser.post(&first, &[("was", "verwerfen")]).await.leads_to(&format!("{IMPORT}?getan=verworfen"));
    browser.get(&first).await.leads_to(&format!("{IMPORT}?getan=weg"));
    // One at a time for each person.
    let second = tried(&browser, TABLE).await;
    let third = tried(&browser, TABLE).await;
    browser.get(&second).await.leads_to(&format!("{IMPORT}?getan=weg"));
    browser.get(&third).await.shows("Was sich ändern würde");
    office.clock.passes(Duration::hours(25));
    let browser = office.signed_in_twice(EMAIL).await;
    browser.get(&third).await.leads_to(&format!("{IMPORT}?getan=weg"));
    let id =
        app::domain::ids::ImportId(third.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
    let files = office.store().find_pending_files(id).await.expect("an answer");
    assert!(files.is_none(), "its bytes are gone, too");
}
