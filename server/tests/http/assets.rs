//! Files of the browser.

use axum::http::StatusCode;

use crate::support::{Portal, some_assets};

const CSS: &str = "/pkg/kreislotse.abc.css";

fn portal() -> Portal {
    Portal::with_assets("http://localhost:3000", some_assets())
}

#[tokio::test]
async fn a_file_is_sent_as_small_as_the_browser_takes_it() {
    for (accepted, encoding, body) in
        [("gzip, br", Some("br"), "brotli"), ("gzip", Some("gzip"), "gzip"), ("br;q=0", None, "main {")]
    {
        let answer = portal().get_with(CSS, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert!(answer.text().starts_with(body), "{accepted}");
        assert_eq!(answer.header("content-type"), Some("text/css; charset=utf-8"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
    }
}

#[tokio::test]
async fn a_hashed_file_is_kept_for_ever_and_not_sent_twice() {
    let first = portal().get(CSS).await;
    assert_eq!(first.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let etag = first.header("etag").expect("a tag").to_owned();
    let second = portal().get_with(CSS, &[("if-none-match", &etag)]).await;
    assert_eq!(second.status, StatusCode::NOT_MODIFIED);
    assert!(second.body.is_empty());
}

#[tokio::test]
async fn what_is_no_file_is_not_found() {
    for address in [
        "/pkg/../Cargo.toml",
        "/pkg/%2e%2e/manifest.json",
        "/pkg/manifest.json",
        "/pkg/kreislotse.abc.css.br",
    ] {
        assert_eq!(portal().get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
