//! Pages that are kept in memory: fast, and never older than the truth.

use app::domain::search_results::SearchResults;
use axum::http::StatusCode;
use time::Duration;

use crate::support::{NOON, Portal, no_results};

const SEARCH: &str = "/api/v1/search?q=pflege";

fn of(total: usize) -> SearchResults {
    SearchResults { total, ..no_results() }
}

async fn total(portal: &Portal) -> u64 {
    portal.get(SEARCH).await.json()["total"].as_u64().expect("a number")
}

#[tokio::test]
async fn equal_searches_are_answered_once() {
    let portal = Portal::ready();
    portal.get("/suche?q=Pflege&ort=Parchim&unbekannt=1").await;
    let again = portal.get("/suche?ort=Parchim&q=Pflege").await;
    assert_eq!((again.status, portal.searches()), (StatusCode::OK, 1));
    portal.get("/suche?q=Pflege&ort=Parchim&umkreis=10").await;
    assert_eq!(portal.searches(), 2);
}

#[tokio::test]
async fn a_change_is_seen_at_once() {
    let portal = Portal::ready();
    assert_eq!(total(&portal).await, 0);
    portal.finds(of(7));
    assert_eq!(total(&portal).await, 0, "nobody announced a change");
    portal.changes(of(7));
    assert_eq!(total(&portal).await, 7);
}

#[tokio::test]
async fn a_page_dies_when_a_report_expires() {
    let portal = Portal::ready();
    portal.a_report_expires_at(NOON.instant + Duration::seconds(10));
    assert_eq!(total(&portal).await, 0);
    portal.finds(of(7));
    portal.clock_shows(app::domain::now::Now { instant: NOON.instant + Duration::seconds(9), ..NOON });
    assert_eq!(total(&portal).await, 0, "the report is still valid");
    portal.clock_shows(app::domain::now::Now { instant: NOON.instant + Duration::seconds(10), ..NOON });
    assert_eq!(total(&portal).await, 7);
}

#[tokio::test]
async fn a_page_dies_with_its_minute_and_its_day() {
    let later = Duration::seconds(5);
    let next_minute = app::domain::now::Now { instant: NOON.instant + later, berlin_minute: 721, ..NOON };
    let tomorrow = app::domain::now::Now {
        instant: NOON.instant + later,
        berlin_date: NOON.berlin_date.next_day().expect("a day"),
        ..NOON
    };
    for now in [next_minute, tomorrow] {
        let portal = Portal::ready();
        assert_eq!(total(&portal).await, 0);
        portal.finds(of(7));
        portal.clock_shows(now);
        assert_eq!(total(&portal).await, 7);
    }
}

#[tokio::test]
async fn a_browser_asks_again_and_gets_nothing_twice() {
    let portal = Portal::ready();
    for address in [SEARCH, "/suche?q=pflege"] {
        let first = portal.get(address).await;
        assert_eq!(first.header("cache-control"), Some("no-cache"));
        assert_eq!(first.header("vary"), Some("accept-encoding"));
        let etag = first.header("etag").expect("a tag").to_owned();
        let same = portal.get_with(address, &[("if-none-match", &format!("\"x\", W/{etag}"))]).await;
        assert_eq!(same.status, StatusCode::NOT_MODIFIED, "{address}");
        assert!(same.body.is_empty());
        assert_eq!(same.header("etag"), Some(etag.as_str()));
        let other = portal.get_with(address, &[("if-none-match", "\"x\"")]).await;
        assert_eq!(other.status, StatusCode::OK);
    }
    let before = portal.get(SEARCH).await.header("etag").map(str::to_owned);
    portal.changes(of(7));
    assert_ne!(portal.get(SEARCH).await.header("etag").map(str::to_owned), before);
}

#[tokio::test]
async fn a_cold_page_is_compressed_too() {
    let portal = Portal::ready();
    let plain = portal.get("/suche").await;
    assert_eq!(plain.header("content-encoding"), None);
    for _ in 0..2 {
        let small = portal.get_with("/suche", &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(small.header("content-encoding"), Some("br"));
        assert!(small.body.len() * 2 < plain.body.len());
    }
    let gzip = portal.get_with("/suche", &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert_ne!(gzip.header("etag"), plain.header("etag"));
}

#[tokio::test]
async fn a_store_that_is_away_is_said_in_german_and_comes_back_by_itself() {
    let portal = Portal::ready();
    portal.store_goes_away();
    for address in ["/", "/suche?q=pflege", "/einrichtung/haus-am-see", "/traeger/haus-am-see"] {
        let page = portal.get(address).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
        assert!(page.text().contains("lang=\"de\""), "{address}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{address}");
    }
    assert_eq!(portal.get(SEARCH).await.status, StatusCode::SERVICE_UNAVAILABLE);
    portal.store_is_known_to_be_away();
    assert_eq!(portal.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(portal.get("/suche").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(portal.get("/impressum").await.status, StatusCode::OK);
    portal.becomes_ready();
    for address in ["/", "/suche?q=pflege", SEARCH, "/readyz"] {
        assert_eq!(portal.get(address).await.status, StatusCode::OK, "{address}");
    }
}
