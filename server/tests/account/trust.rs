//! "War doch nicht frei" as a citizen says it, and what provider, county and everybody see of it.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    capacity::{ReportSource, Statement},
    facility::Facility,
    ids::{OrganizationId, ReportId},
};
use axum::http::StatusCode;
use server::clock::days_later;
use time::Duration;
use uuid::Uuid;

use crate::desk::{Answer, Browser, Office};

const PAGE: &str = "/einrichtung/haus-aue";
const TELL: &str = "/einrichtung/haus-aue/nicht-frei";
const HISTORY: &str = "/redaktion/diakonie-aue/verlauf";
const JSON: &str = "/api/v1/search?q=Tagespflege";
const DOUBTED: &str = "wird geprüft";

/// An entry whose offer was reported just now.
async fn entry(office: &Office) -> (OrganizationId, Facility, i64) {
    let organization = office.organization("Diakonie Aue").await;
    let facility = office.entry("Haus Aue", organization).await;
    let sequence = report(office, &facility, 2).await;
    (organization, facility, sequence)
}

async fn report(office: &Office, facility: &Facility, places: u32) -> i64 {
    let now = office.clock.instant();
    let said = Statement { free_now: Some(places), ..Statement::default() };
    let by = ("Büro Aue".to_owned(), ReportSource::Provider);
    let id = ReportId(Uuid::now_v7());
    let report = said.into_report(id, facility.offers[0].id, by, (now, days_later(now, 14)));
    let mut tx = office.store().begin().await.expect("a transaction");
    let sequence = tx.insert_report(&report).await.expect("a report");
    tx.commit().await.expect("it is there");
    sequence
}

async fn tell(browser: &Browser<'_>, facility: &Facility, sequence: i64) -> Answer {
    let (offer, sequence) = (facility.offers[0].id.to_string(), sequence.to_string());
    browser.post(TELL, &[("angebot", &offer), ("meldung", &sequence), ("webseite", "")]).await
}

fn from(office: &Office, last: u8) -> Browser<'_> {
    let mut browser = office.browser();
    browser.network = format!("198.51.100.{last}");
    browser
}

/// How often it was said.
async fn said(office: &Office, facility: &Facility) -> u32 {
    office.store().count_not_free(facility.id).await.expect("counts").values().sum()
}

/// Asks for something until it is gone there.
async fn goes_from(office: &Office, path: &str, text: &str) {
    for _ in 0..600 {
        if !office.browser().get(path).await.text.contains(text) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{text} never went from {path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_three_people_say_is_shown_to_everybody_until_the_next_report() {
    let office = Office::open().await;
    let (organization, facility, sequence) = entry(&office).await;
    let account = office.person("frei@aue.example", None).await;
    office.joins(account, organization, OrganizationRole::Capacity).await;
    let provider = office.signed_in("frei@aue.example").await;
    office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    let county = office.signed_in_twice("kreis@kreis.example").await;
    office.comes(PAGE, "Melden: War doch nicht frei").await;

    let citizen = from(&office, 1);
    let page = citizen.get(PAGE).await.text;
    assert!(page.contains(&format!("name=\"meldung\" value=\"{sequence}\"")), "{page}");
    tell(&citizen, &facility, sequence).await.leads_to(&format!("{TELL}?getan=gesendet"));
    let thanks = citizen.get(&format!("{TELL}?getan=gesendet")).await;
    thanks.shows("Danke für Ihren Hinweis");
    thanks.shows("09990 7000");
    tell(&citizen, &facility, sequence).await.leads_to(&format!("{TELL}?getan=schon"));
    citizen.get(&format!("{TELL}?getan=schon")).await.shows("heute schon gemeldet");
    assert_eq!(*citizen.cookie.lock().expect("a lock"), None);
    assert_eq!(said(&office, &facility).await, 1);
    assert!(!office.browser().get(PAGE).await.text.contains(DOUBTED));

    // Provider and county see it from the first on.
    provider.get("/redaktion/diakonie-aue/meldung").await.shows("einmal „War doch nicht frei“ gemeldet");
    provider.get(HISTORY).await.shows("einmal „War doch nicht frei“ gemeldet");
    county.get("/kreis").await.shows("Ampel angezweifelt");
    county.get("/kreis/nicht-frei").await.shows("/kreis/verlauf/haus-aue");
    county.get("/kreis/verlauf/haus-aue").await.shows("einmal „War doch nicht frei“ gemeldet");

    for last in [2, 3] {
        tell(&from(&office, last), &facility, sequence).await.leads_to(&format!("{TELL}?getan=gesendet"));
    }
    office.comes(PAGE, "2 Plätze frei, wird geprüft").await;
    let found = office.browser().get("/suche?q=Tagespflege").await;
    found.shows("2 Plätze frei, wird geprüft");
    found.shows("light--free");
    let json: serde_json::Value = serde_json::from_str(&office.browser().get(JSON).await.text).expect("JSON");
    let offer = &json["results"][0]["offers"][0];
    assert_eq!((&offer["availability"], &offer["under_review"]), (&"free".into(), &true.into()), "{json}");
    county.get("/kreis/nicht-frei").await.shows(DOUBTED);

    office.clock.passes(Duration::HOUR);
    let next = report(&office, &facility, 1).await;
    office.comes(PAGE, "1 Platz frei").await;
    for path in [PAGE, JSON, "/suche?q=Tagespflege"] {
        goes_from(&office, path, DOUBTED).await;
        assert!(!office.browser().get(path).await.text.contains("under_review"), "{path}");
    }
    assert!(!county.get("/kreis/nicht-frei").await.text.contains("Haus Aue"));
    // Whoever still looks at the page of before says it of nothing.
    let late = tell(&from(&office, 4), &facility, sequence).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("inzwischen neu gemeldet"), "{}", late.text);
    tell(&from(&office, 1), &facility, next).await.leads_to(&format!("{TELL}?getan=gesendet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_is_sent_there_is_answered_and_counts_nothing() {
    let office = Office::open().await;
    let (_, facility, sequence) = entry(&office).await;
    office.comes(PAGE, "Melden: War doch nicht frei").await;
    let browser = from(&office, 1);
    let (offer, number) = (facility.offers[0].id.to_string(), sequence.to_string());
    let fields = |offer: &str, report: &str, trap: &str| {
        [("angebot", offer.to_owned()), ("meldung", report.to_owned()), ("webseite", trap.to_owned())]
    };
    for (sent, status, text) in [
        (fields("", "", ""), StatusCode::UNPROCESSABLE_ENTITY, "konnten wir nicht lesen"),
        (
            fields(&offer, "99999999999999999999", ""),
            StatusCode::UNPROCESSABLE_ENTITY,
            "konnten wir nicht lesen",
        ),
        (fields("x' OR 1=1", &number, ""), StatusCode::UNPROCESSABLE_ENTITY, "konnten wir nicht lesen"),
        (fields(&Uuid::nil().to_string(), &number, ""), StatusCode::CONFLICT, "gibt es nicht mehr"),
        (fields(&offer, "-1", ""), StatusCode::CONFLICT, "inzwischen neu gemeldet"),
        (fields(&offer, &number, "https://spam.example"), StatusCode::SEE_OTHER, ""),
    ] {
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post(TELL, &sent).await;
        assert_eq!(answer.status, status, "{sent:?}");
        assert!(answer.text.contains(text), "{sent:?}: {}", answer.text);
    }
    let forged = browser.post_from_elsewhere(TELL, &[("angebot", &offer), ("meldung", &number)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    browser.get(TELL).await.leads_to(PAGE);
    assert_eq!(browser.get("/einrichtung/gibt-es-nicht/nicht-frei").await.status, StatusCode::NOT_FOUND);
    let nowhere = browser.post("/einrichtung/gibt-es-nicht/nicht-frei", &[("angebot", &offer)]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(said(&office, &facility).await, 0);
    // Full, and over: there is no form, and who sends one all the same is told.
    let full = report(&office, &facility, 0).await;
    office.comes(PAGE, "belegt").await;
    assert!(!office.browser().get(PAGE).await.text.contains("Melden: War doch nicht frei"));
    let answer = tell(&browser, &facility, full).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("nichts als frei gemeldet"), "{}", answer.text);
    assert_eq!(said(&office, &facility).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_doubts_everything_is_asked_to_call() {
    let office = Office::open().await;
    let (_, facility, mut sequence) = entry(&office).await;
    let browser = from(&office, 1);
    for _ in 0..10 {
        tell(&browser, &facility, sequence).await.leads_to(&format!("{TELL}?getan=gesendet"));
        sequence = report(&office, &facility, 2).await;
    }
    let refused = tell(&browser, &facility, sequence).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text.contains("09990 7000"), "{}", refused.text);
    tell(&from(&office, 2), &facility, sequence).await.leads_to(&format!("{TELL}?getan=gesendet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_shows_everybody_how_reliable_reports_are_and_takes_it_back() {
    const SHARE: &str = "In den letzten 90 Tagen war die Meldung zu 16 % der Zeit aktuell.";
    const SETTING: &str = "/kreis/vertrauen";
    let office = Office::open().await;
    let (_, facility, _) = entry(&office).await;
    office.clock.passes(Duration::days(100));
    report(&office, &facility, 1).await;
    office.clock.passes(Duration::days(14));
    report(&office, &facility, 1).await;
    office.comes(PAGE, "1 Platz frei").await;
    assert!(!office.browser().get(PAGE).await.text.contains("der Zeit aktuell"));
    office.person("admin@kreis.example", Some(CountyRole::Administrator)).await;
    let lead = office.signed_in_twice("admin@kreis.example").await;
    lead.get("/kreis").await.shows(SETTING);
    lead.get(SETTING).await.shows("Zurzeit sehen diesen Satz nur die Einrichtung selbst und der Landkreis.");
    lead.post(SETTING, &[("zeigen", "vielleicht")]).await.leads_to(SETTING);
    lead.post(SETTING, &[("zeigen", "an")]).await.leads_to("/kreis/vertrauen?getan=an");
    lead.get("/kreis/vertrauen?getan=an").await.shows("Zurzeit sehen alle diesen Satz.");
    // A page that was kept is shown no more, although nothing else has changed.
    office.comes(PAGE, SHARE).await;
    lead.post(SETTING, &[("zeigen", "an")]).await.leads_to("/kreis/vertrauen?getan=an");
    lead.post(SETTING, &[("zeigen", "aus")]).await.leads_to("/kreis/vertrauen?getan=aus");
    goes_from(&office, PAGE, "der Zeit aktuell").await;
    let log = lead.get("/kreis/protokoll").await;
    log.shows("Anzeige der Verlässlichkeit geändert");
    assert_eq!(
        log.text.matches("Anzeige der Verlässlichkeit geändert").count(),
        2,
        "saying the same is no change"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_a_picture_and_the_same_in_words() {
    let office = Office::open().await;
    let (organization, facility, _) = entry(&office).await;
    office.clock.passes(Duration::days(2));
    report(&office, &facility, 0).await;
    office.clock.passes(Duration::days(20));
    let account = office.person("frei@aue.example", None).await;
    office.joins(account, organization, OrganizationRole::Capacity).await;
    let provider = office.signed_in("frei@aue.example").await;
    provider.get("/redaktion/diakonie-aue/meldung").await.shows(HISTORY);
    let page = provider.get(HISTORY).await;
    // Two days, then two weeks.
    for text in [
        "In den letzten 90 Tagen an 16 von 90 Tagen aktuell gemeldet (18 %).",
        "role=\"img\"",
        "Plätze frei: 2 Tage",
        "belegt: 14 Tage",
        "Büro Aue",
        "<th scope=\"col\">Auf welchem Weg</th>",
        "Mittwoch, 1. Juli 2026, 12 Uhr",
        "keine aktuelle Meldung",
    ] {
        page.shows(text);
    }
    provider.get(&format!("{HISTORY}?einrichtung=haus-aue&seite=99")).await.shows("Haus Aue");
    for strange in ["gibt-es-nicht", "%00", "../x"] {
        let answer = provider.get(&format!("{HISTORY}?einrichtung={strange}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{strange}");
    }
    office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    let county = office.signed_in_twice("kreis@kreis.example").await;
    county.get("/kreis/traeger/diakonie-aue").await.shows(HISTORY);
    county.get(HISTORY).await.shows("Zum Träger");
}
