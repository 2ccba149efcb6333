//! A facility's page as search engines, other programs and people with old links meet it.

use app::{
    backend::{FacilityView, Found},
    domain::{
        holiday::Holiday,
        ids::Slug,
        now::Now,
        opening_hours::{OpenSpan, OpeningHours},
    },
};
use axum::http::StatusCode;
use serde_json::Value;
use time::macros::datetime;

use crate::{
    samples,
    support::{NOON, Portal},
};

const PAGE: &str = "/einrichtung/haus-eldetal";

/// A facility with its offer, seen at a moment.
fn view(name: &str, now: Now) -> FacilityView {
    let (organization, municipality) =
        (samples::organization("Diakoniewerk Muster"), samples::municipality("Parchim", None));
    let mut facility = samples::full_facility(name, &organization, &municipality);
    facility.offers = vec![samples::full_offer("vollstationaere-pflege", "1")];
    FacilityView { facility, lights: Vec::new(), shares: Vec::new(), now }
}

async fn page(view: FacilityView) -> String {
    let portal = Portal::at("https://pflege.example");
    portal.clock_shows(view.now);
    portal.has_facility(Found::Here(view));
    let answer = portal.get(PAGE).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.text()
}

/// What stands in the block for search engines.
fn told(html: &str) -> Value {
    let block = html.split("<script type=\"application/ld+json\">").nth(1).expect("a block");
    serde_json::from_str(block.split("</script>").next().expect("its end")).expect("JSON")
}

#[tokio::test]
async fn the_head_says_what_the_page_is_and_where() {
    let html = page(view("Haus Eldetal", NOON)).await;
    for part in [
        "<link rel=\"canonical\" href=\"https://pflege.example/einrichtung/haus-eldetal\"",
        "<meta property=\"og:title\" content=\"Haus Eldetal\"",
        "<meta property=\"og:url\" content=\"https://pflege.example/einrichtung/haus-eldetal\"",
        "<meta property=\"og:site_name\" content=\"Pflegelotse &lt;Auental&gt;\"",
        "<meta property=\"og:locale\" content=\"de_DE\"",
        "type=\"application/opensearchdescription+xml\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let told = told(&html);
    assert_eq!(told["name"], "Haus Eldetal");
    assert_eq!(told["address"]["addressLocality"], "Parchim");
    assert_eq!(told["parentOrganization"]["name"], "Diakoniewerk Muster");
}

#[tokio::test]
async fn no_text_of_an_entry_ends_the_block_for_search_engines() {
    let evil = "</script><script>alert(1)</script><!--<script>";
    let mut view = view("Haus Eldetal", NOON);
    evil.clone_into(&mut view.facility.name);
    view.facility.description = Some(evil.to_owned());
    view.facility.contacts[0].purpose = evil.to_owned();
    view.facility.documents[0].title = evil.to_owned();
    let html = page(view).await;
    assert!(!html.contains("<script>") && !html.contains("<!--<"));
    // The block and the file that starts the islands.
    assert_eq!(html.matches("<script").count(), 2);
    assert_eq!(html.matches("</script>").count(), 2);
    let told = told(&html);
    assert_eq!((&told["name"], &told["description"]), (&evil.into(), &evil.into()));
}

#[tokio::test]
async fn an_old_link_leads_to_the_new_page_for_good_and_keeps_the_short_list() {
    let portal = Portal::ready();
    portal.has_facility(Found::Moved(Slug::from_name("Neues Haus")));
    let answer = portal.get("/einrichtung/altes-haus?utm=x").await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(answer.header("location"), Some("/einrichtung/neues-haus"));
    let answer = portal.get("/einrichtung/altes-haus?ids=AAAAAAAAAAAAAAAAAAAAAB").await;
    assert_eq!(answer.header("location"), Some("/einrichtung/neues-haus?ids=AAAAAAAAAAAAAAAAAAAAAB"));
}

#[tokio::test]
async fn a_holiday_is_said_where_people_look_for_hours() {
    let holiday = Now { holiday: Some(Holiday::Unity), ..NOON };
    let html = page(view("Haus Eldetal", holiday)).await;
    assert!(html.contains("heute geschlossen (Tag der Deutschen Einheit, Feiertag)"));
    // Two days before Unity Day, which is one everywhere.
    let before = Now {
        instant: datetime!(2026-10-01 10:00 UTC),
        berlin_date: time::macros::date!(2026 - 10 - 01),
        ..NOON
    };
    let html = page(view("Haus Eldetal", before)).await;
    assert!(html.contains("3. Oktober (Tag der Deutschen Einheit): geschlossen"));
    assert!(html.contains("Für Feiertage ist nichts angegeben."));
    let mut stated = view("Haus Eldetal", before);
    stated.facility.opening_hours =
        OpeningHours::Regular(vec![OpenSpan::new(OpenSpan::HOLIDAY, 600, 720).expect("a span")]);
    let html = page(stated).await;
    assert!(html.contains("3. Oktober (Tag der Deutschen Einheit): 10–12 Uhr"));
    assert!(!html.contains("Für Feiertage ist nichts angegeben."));
}
