//! The JSON of suggestions, as PRODUCT promises it.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Portal;

#[tokio::test]
async fn suggestions_have_the_promised_shape() {
    let portal = Portal::ready();
    let answer = portal.get("/api/v1/suggest?q=Aue").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let expected = json!({"items": [{"kind": "place", "label": "Auenstadt", "url": "/suche?ort=Auenstadt"}]});
    assert_eq!(answer.json(), expected);
    assert!(!portal.last_typed().only_places);
}

#[tokio::test]
async fn the_place_field_asks_for_places_only() {
    let portal = Portal::ready();
    portal.get("/api/v1/suggest?feld=ort&q=L%C3%BC").await;
    assert_eq!((portal.last_typed().text.as_str(), portal.last_typed().only_places), ("Lü", true));
    portal.get("/api/v1/suggest?feld=%3Cb%3E&q=Lu").await;
    assert!(!portal.last_typed().only_places);
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let portal = Portal::ready();
    let answer = portal.get("/api/v1/suggest?q=Aue").await;
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let etag = answer.header("etag").expect("an etag").to_owned();
    let again = portal.get_with("/api/v1/suggest?q=Aue", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn hostile_input_is_answered_and_never_repeated() {
    let portal = Portal::ready();
    let long = "a".repeat(10_000);
    for query in [
        "",
        "q=",
        "q=%00%01%1b",
        "q=%ff%fe",
        "q=<script>alert(1)</script>",
        "q=a&q=b&feld=&feld=%00",
        &format!("q={long}"),
    ] {
        let answer = portal.get(&format!("/api/v1/suggest?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!body.contains("script") && body.len() < 1000, "{query}");
    }
    assert!(portal.last_typed().text.len() <= 200);
}

#[tokio::test]
async fn while_the_index_is_built_there_are_no_suggestions_but_an_answer() {
    let portal = Portal::indexing();
    let answer = portal.get("/api/v1/suggest?q=Aue").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
}
