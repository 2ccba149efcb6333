//! The short list as an address: whatever stands in it is a page.

use axum::http::StatusCode;

use crate::support::Portal;

#[tokio::test]
async fn a_hostile_list_is_a_page_that_repeats_nothing() {
    let portal = Portal::ready();
    let long = format!("ids={}", "x.".repeat(4000));
    for query in [
        "",
        "ids=",
        "ids=<script>alert(1)</script>",
        "ids=%00%ff%fe&ids=..&weg=<b>.1&weg=x.99999999999999999999",
        "ids=0190b0c0-0000-7000-8000-000000000000,0190b0c0-0000-7000-8000-000000000000",
        &long,
    ] {
        let answer = portal.get(&format!("/merkliste?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!html.contains("alert(1)") && !html.contains("<b>"), "{query}");
        assert!(html.contains("Auf Ihrer Liste steht noch nichts."), "{query}");
    }
}

#[tokio::test]
async fn a_store_that_is_away_is_said_on_the_list_too() {
    let portal = Portal::broken();
    assert_eq!(portal.get("/merkliste").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
