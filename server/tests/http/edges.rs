//! Headers, methods, limits and states: what holds for every address.

use axum::http::{Method, StatusCode};

use crate::support::{Answer, Portal};

/// One address of every kind, those that fail included.
const ADDRESSES: &[&str] = &[
    "/",
    "/suche?q=Kurzzeitpflege",
    "/einrichtung/haus-am-see",
    "/einrichtung/gibt-es-nicht",
    "/einrichtung/%FF%00<script>",
    "/traeger/gibt-es-nicht",
    "/impressum",
    "/gibt-es-nicht",
    "/livez",
    "/readyz",
    "/robots.txt",
    "/favicon.ico",
    "/favicon.svg",
    "/pkg/gibt-es-nicht.css",
    "/api/v1/search?q=Kurzzeitpflege",
    "/api/fn/gibt_es_nicht",
];

fn has_every_security_header(answer: &Answer, what: &str) {
    assert_eq!(
        answer.header("content-security-policy"),
        Some(server::http::security_headers::CONTENT_POLICY),
        "{what}"
    );
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
    assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{what}");
    assert!(answer.header("permissions-policy").is_some(), "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{what}");
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{what}");
    assert_eq!(answer.header("set-cookie"), None, "{what}");
}

#[tokio::test]
async fn every_answer_has_the_security_headers_and_no_cookie() {
    for portal in [Portal::ready(), Portal::indexing(), Portal::broken(), Portal::panicking()] {
        for address in ADDRESSES {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE] {
                let answer = portal.send(method.clone(), address, &[]).await;
                has_every_security_header(&answer, &format!("{method} {address}"));
                assert_eq!(answer.header("strict-transport-security"), None, "{method} {address}");
            }
        }
    }
}

#[tokio::test]
async fn only_an_https_portal_demands_https() {
    let answer = Portal::at("https://pflege.example").get("/livez").await;
    assert!(answer.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn the_process_lives_while_the_index_is_built() {
    let portal = Portal::indexing();
    assert_eq!(portal.get("/livez").await.status, StatusCode::OK);
    let ready = portal.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text().trim(), "Suchverzeichnis wird aufgebaut");
    let page = portal.get("/suche").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().contains("vorbereitet"), "{}", page.text());
    assert_eq!(page.header("retry-after"), Some("5"));
    let json = portal.get("/api/v1/search").await;
    assert_eq!(json.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(json.json()["detail"].is_string());
    portal.becomes_ready();
    assert_eq!(portal.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_panic_is_a_german_page_without_details() {
    let answer = Portal::panicking().get("/api/v1/search?q=a").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.text().contains("Das hat leider nicht geklappt"));
    assert!(!answer.text().contains("panicking"));
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let portal = Portal::at("http://localhost:3000");
    let post = |headers| portal.send(Method::POST, "/api/fn/gibt_es_nicht", headers);
    for foreign in [
        &[][..],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:3000")],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://boese.example")],
        &[("origin", "null")],
    ] {
        assert_eq!(post(foreign).await.status, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    for own in [&[("sec-fetch-site", "same-origin")][..], &[("origin", "http://localhost:3000")]] {
        assert_eq!(post(own).await.status, StatusCode::NOT_FOUND, "{own:?}");
    }
    let read = portal.send(Method::GET, "/livez", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(read.status, StatusCode::OK);
}

#[tokio::test]
async fn other_methods_are_refused_in_german_and_the_right_ones_named() {
    let own = &[("sec-fetch-site", "same-origin")];
    for address in ["/livez", "/suche", "/gibt-es-nicht", "/robots.txt", "/pkg/x.css", "/api/v1/search"] {
        let answer = Portal::ready().send(Method::POST, address, own).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        let mut allowed: Vec<_> = answer.header("allow").expect(address).split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["GET", "HEAD"], "{address}");
        assert!(answer.text().contains("Das geht auf dieser Seite nicht"), "{address}");
    }
}

#[tokio::test]
async fn programs_are_told_of_every_failure_as_a_problem() {
    let long = format!("/api/v1/search?q={}", "a".repeat(20_000));
    let behind = Portal::ready();
    behind.falls_behind();
    let cases = [
        (Portal::ready(), Method::GET, "/api/v2/search", 404),
        (Portal::ready(), Method::GET, "/api", 404),
        (Portal::ready(), Method::GET, "/api/fn/gibt_es_nicht", 404),
        (Portal::ready(), Method::GET, "/api/fn/count_facilities", 400),
        (Portal::ready(), Method::POST, "/api/v1/search", 403),
        (Portal::ready(), Method::GET, long.as_str(), 414),
        (Portal::indexing(), Method::GET, "/api/v1/search", 503),
        (behind, Method::GET, "/api/v1/search", 503),
        (Portal::broken(), Method::GET, "/api/v1/search", 503),
        (Portal::broken(), Method::GET, "/api/fn/count_facilities?query=q%3Da", 503),
        (Portal::pondering(), Method::GET, "/api/v1/search", 503),
        (Portal::panicking(), Method::GET, "/api/v1/search", 500),
    ];
    for (portal, method, address, status) in cases {
        let what: String = format!("{method} {address}").chars().take(80).collect();
        let answer = portal.send(method, address, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{what}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{what}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{what}");
        for field in ["type", "title", "detail"] {
            assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{what}: {field}");
        }
    }
}

#[tokio::test]
async fn a_search_that_takes_too_long_is_ended_with_a_german_page() {
    let answer = Portal::pondering().get("/suche?q=Pflege").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert!(
        answer.text().contains("lang=\"de\"") && answer.text().contains("Ihre Suche hat zu lange gedauert")
    );
}

#[tokio::test]
async fn what_may_be_old_is_not_shown_as_current() {
    let portal = Portal::ready();
    assert_eq!(portal.get("/suche?q=Pflege").await.status, StatusCode::OK);
    portal.falls_behind();
    let ready = portal.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text().trim(), "Suchverzeichnis ist nicht aktuell");
    let page = portal.get("/suche?q=Pflege").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().contains("nicht aktuell"), "{}", page.text());
    assert_eq!(portal.get("/impressum").await.status, StatusCode::OK);
    assert_eq!(portal.get("/livez").await.status, StatusCode::OK);
}

#[tokio::test]
async fn too_much_is_refused() {
    let portal = Portal::ready();
    let long = format!("/suche?q={}", "a".repeat(20_000));
    assert_eq!(portal.get(&long).await.status, StatusCode::URI_TOO_LONG);
    let own = [("sec-fetch-site", "same-origin"), ("content-length", "70000")];
    let answer = portal.send(Method::POST, "/api/fn/gibt_es_nicht", &own).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_head_request_has_no_body() {
    let answer = Portal::ready().send(Method::HEAD, "/gibt-es-nicht", &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.is_empty());
}
