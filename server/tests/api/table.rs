//! Tables of what is free, and the page that accesses are made on.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    capacity::ReportSource,
};
use axum::http::StatusCode;
use serde_json::json;
use time::Duration;

use crate::{
    desk::{Answer, Browser, EMAIL},
    program::Program,
};

const PAGE: &str = "/redaktion/diakonie-aue/schnittstelle";
const TABLE: &str = "/redaktion/diakonie-aue/schnittstelle/tabelle";
const OFFICE: &str = "buero@heim.example";

/// Somebody who may report and nothing else.
async fn office_worker(program: &Program) -> Browser<'_> {
    let id = program.office.person(OFFICE, None).await;
    program.office.joins(id, program.organization.id, OrganizationRole::Capacity).await;
    program.office.signed_in(OFFICE).await
}

async fn send(browser: &Browser<'_>, table: &[u8]) -> Answer {
    browser.post_files(TABLE, &[("datei", Some("belegung.csv"), table)]).await
}

/// What a hidden field of a page holds.
fn hidden(page: &str, name: &str) -> String {
    let shown =
        page.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    let shown = shown.unwrap_or_else(|| panic!("{name} in {page}"));
    shown.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

async fn decide(browser: &Browser<'_>, page: &str) -> Answer {
    let (text, stamp) = (hidden(page, "text"), hidden(page, "stand"));
    browser.post_files(TABLE, &[("text", None, text.as_bytes()), ("stand", None, stamp.as_bytes())]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_looked_at_and_then_reported_and_the_second_time_it_does_nothing() {
    let program = Program::begin().await;
    let browser = office_worker(&program).await;
    let table = format!(
        "Angebot-ID;Kennung;frei;frei ab;Bemerkung;Zimmernummer\r\n{};;3;;\"Bitte \"\"gern\"\" <anrufen>; danke\";7\r\n;haus-aue-1;0;3.8.2026;;\r\n;haus-aue-2;;;;9\r\n",
        program.home()
    );
    let (ansi, _, _) = encoding_rs_of(&table);
    let page = send(&browser, &ansi).await;
    page.shows("Haus Aue: Vollstationäre Pflege");
    page.shows("3 Plätze frei");
    page.shows("Zimmernummer");
    page.shows("Zeilen ohne Angabe: 1");
    page.shows("2 Angebote jetzt melden");
    assert_eq!(program.latest(program.home()).await, None, "nothing is reported yet");
    decide(&browser, &page.text).await.leads_to(&format!("{PAGE}?getan=gemeldet"));
    let stands = program.latest(program.home()).await.expect("a report");
    assert_eq!((stands.free_now, stands.source), (Some(3), ReportSource::Provider));
    assert_eq!(stands.remark.as_deref(), Some("Bitte \"gern\" <anrufen>; danke"));
    // The same file again, and the same button again.
    let again = send(&browser, &ansi).await;
    again.shows("heute schon gemeldet");
    assert!(!again.text.contains("jetzt melden"));
    let pressed_twice = decide(&browser, &page.text).await;
    assert_eq!(pressed_twice.status, StatusCode::CONFLICT);
    assert_eq!(program.latest(program.home()).await, Some(stands));
    // The next day it is news that nothing has changed.
    program.office.clock.passes(Duration::days(1));
    let browser = program.office.signed_in(OFFICE).await;
    let page = send(&browser, &ansi).await;
    page.shows("unverändert bestätigt");
    decide(&browser, &page.text).await.leads_to(&format!("{PAGE}?getan=gemeldet"));
    let confirmed = program.latest(program.home()).await.expect("a report");
    assert_eq!(confirmed.reported_at, program.office.clock.instant());
}

/// As an office saves it.
fn encoding_rs_of(text: &str) -> (Vec<u8>, &'static str, bool) {
    let (bytes, encoding, lost) = encoding_rs::WINDOWS_1252.encode(text);
    (bytes.into_owned(), encoding.name(), lost)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_line_keeps_the_whole_table_out() {
    let program = Program::begin().await;
    let browser = office_worker(&program).await;
    program.put(program.home(), &json!({"free_now": 3})).await;
    let before = program.latest(program.home()).await;
    let table = "Kennung;frei;frei ab\nhaus-aue-0;1;\nhaus-aue-1;41;\ngibt-es-nicht;1;\nhaus-aue-2;1;01.01.2020\nhaus-aue-0;2;\nhaus-aue-3;1;\nhaus-aue-1;-1;\n";
    let page = send(&browser, table.as_bytes()).await;
    page.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Zeile 3: Haus Aue: Kurzzeitpflege: „frei“");
    for line in [
        "Zeile 4: Dieses Angebot",
        "Das Datum ist vorbei",
        "Zeile 6: Dieses Angebot steht",
        "Zeile 7:",
        "Zeile 8: Spalte „frei“",
    ] {
        assert!(page.text.contains(line), "{line}: {}", page.text);
    }
    assert!(!page.text.contains("jetzt melden"));
    // Whoever sends the decision all the same gets the same answer.
    let forged = browser.post_files(TABLE, &[("text", None, table.as_bytes()), ("stand", None, b"x")]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(program.latest(program.home()).await, before);
    for (file, words) in [
        (&b""[..], "Diese Datei ist leer"),
        (b"frei;gesamt\n1;2\n", "Angebot-ID"),
        (b"PK\x03\x04", "Arbeitsmappe"),
        (b"Kennung;frei\n", "nur die Kopfzeile"),
    ] {
        send(&browser, file).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, words);
    }
    let large = vec![b'x'; 1_000_001];
    send(&browser, &large).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, "zu groß");
    browser
        .post_files(TABLE, &[])
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "wählen Sie die Tabelle aus");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reported_meanwhile_is_shown_before_it_is_overwritten() {
    let program = Program::begin().await;
    let browser = office_worker(&program).await;
    let page = send(&browser, b"Kennung;frei\nhaus-aue-0;1\n").await;
    program.put(program.home(), &json!({"free_now": 3})).await;
    let answer = decide(&browser, &page.text).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("Inzwischen wurde etwas gemeldet"), "{}", answer.text);
    assert_eq!(program.latest(program.home()).await.expect("a report").free_now, Some(3));
    decide(&browser, &answer.text).await.leads_to(&format!("{PAGE}?getan=gemeldet"));
    assert_eq!(program.latest(program.home()).await.expect("a report").free_now, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_has_all_offers_and_nothing_that_a_spreadsheet_computes() {
    let program = Program::begin().await;
    let mut house = program.facility.clone();
    house.name = "=HYPERLINK(\"x\")".to_owned();
    let mut tx = program.office.store().begin().await.expect("a transaction");
    tx.update_facility(&house).await.expect("updated");
    tx.commit().await.expect("committed");
    let browser = office_worker(&program).await;
    let template = browser.get(&format!("{PAGE}/vorlage.csv")).await;
    assert!(
        template.bytes.starts_with(b"\xef\xbb\xbf")
            && template.header("content-type").starts_with("text/csv")
    );
    assert!(
        template.text.contains(&format!("{};\"haus-aue-0\";\"'=HYPERLINK(\"\"x\"\")\";", program.home()))
    );
    assert_eq!(template.text.lines().count(), 5, "four offers have a light");
    send(&browser, &template.bytes).await.shows("Zeilen ohne Angabe: 4");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_makes_an_access_sees_it_once_and_switches_it_off() {
    let mut program = Program::begin().await;
    let owner = program.office.signed_in(EMAIL).await;
    let page = owner.get(PAGE).await;
    page.shows("Heimsoftware");
    page.shows("noch nie benutzt");
    let nameless = owner.post(&format!("{PAGE}/zugang"), &[("name", " ")]).await;
    nameless.refuses(StatusCode::UNPROCESSABLE_ENTITY, "einen Namen");
    let taken = owner.post(&format!("{PAGE}/zugang"), &[("name", "heimsoftware")]).await;
    taken.refuses(StatusCode::UNPROCESSABLE_ENTITY, "So heißt schon ein Zugang");
    assert!(taken.text.contains("value=\"heimsoftware\""), "what was typed is kept");
    let foreign = owner
        .post(
            &format!("{PAGE}/zugang"),
            &[("name", "x"), ("einrichtung", &uuid::Uuid::from_u128(7).to_string())],
        )
        .await;
    foreign.refuses(StatusCode::UNPROCESSABLE_ENTITY, "wofür der Zugang gilt");
    let house = program.facility.id.to_string();
    let made =
        owner.post(&format!("{PAGE}/zugang"), &[("name", "Neue <Software>"), ("einrichtung", &house)]).await;
    made.shows("nur dieses eine Mal gezeigt");
    assert_eq!(made.header("cache-control"), "no-store");
    let secret = made.text.split("account__secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let secret = secret.expect("a secret").trim().to_owned();
    let page = owner.get(PAGE).await;
    page.shows("Neue &lt;Software&gt;");
    assert!(!page.text.contains(&secret) && !page.text.contains("kl_0"));
    drop(owner);
    program.token = secret;
    assert_eq!(program.put(program.home(), &json!({"free_now": 2})).await.status, StatusCode::OK);
    let owner = program.office.signed_in(EMAIL).await;
    let page = owner.get(PAGE).await;
    page.shows("zuletzt benutzt: ");
    let ids: Vec<_> = page.text.split("name=\"zugang\" value=\"").skip(1).map(|rest| &rest[..36]).collect();
    assert_eq!(ids.len(), 2);
    for id in ids {
        owner
            .post(&format!("{PAGE}/abschalten"), &[("zugang", id)])
            .await
            .leads_to(&format!("{PAGE}?getan=abgeschaltet"));
    }
    program.put(program.home(), &json!({"free_now": 2})).await.is_problem(401, Some("token-revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_reports_sees_no_access_and_the_county_sees_all() {
    let program = Program::begin().await;
    let page = office_worker(&program).await.get(PAGE).await;
    page.shows("Tabelle hochladen");
    assert!(!page.text.contains("Heimsoftware") && !page.text.contains("Zugang anlegen"));
    program.office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    let county = program.office.signed_in_twice("kreis@kreis.example").await;
    county.get(PAGE).await.shows("Heimsoftware");
}
