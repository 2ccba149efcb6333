//! Files of the browser.

use std::{collections::BTreeMap, io::Read, path::Path};

use axum::http::StatusCode;
use server::http::assets::Assets;

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

#[tokio::test]
async fn every_file_of_the_program_is_the_same_in_every_encoding() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site/manifest.json");
    let manifest = std::fs::read_to_string(manifest).expect("a manifest");
    let names: BTreeMap<String, String> = serde_json::from_str(&manifest).expect("names");
    if names.is_empty() {
        eprintln!("skipped: no assets, build them with cargo xtask assets");
        return;
    }
    let portal = Portal::with_assets("http://localhost:3000", Assets::embedded());
    for (name, path) in names {
        let plain = portal.get(&path).await;
        assert_eq!(plain.status, StatusCode::OK, "{path}");
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
        assert!(plain.header("content-type").is_some_and(|of| of != "application/octet-stream"), "{path}");
        let is_font = Path::new(&name).extension().is_some_and(|extension| extension == "woff2");
        let mut tags = vec![plain.header("etag").expect("a tag").to_owned()];
        for encoding in ["br", "gzip"] {
            let packed = portal.get_with(&path, &[("accept-encoding", encoding)]).await;
            assert_eq!(packed.header("vary"), Some("accept-encoding"), "{path}");
            if is_font {
                assert_eq!(packed.header("content-encoding"), None, "{path} is compressed already");
                continue;
            }
            assert_eq!(packed.header("content-encoding"), Some(encoding), "{path}");
            assert!(packed.body.len() < plain.body.len(), "{path} is no smaller as {encoding}");
            let mut unpacked = Vec::new();
            if encoding == "br" {
                brotli::BrotliDecompress(&mut &packed.body[..], &mut unpacked).expect("brotli");
            } else {
                flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).expect("gzip");
            }
            assert!(unpacked == plain.body, "{path} differs as {encoding}");
            tags.push(packed.header("etag").expect("a tag").to_owned());
        }
        let kept = portal.get_with(&path, &[("if-none-match", &tags[0])]).await;
        assert_eq!((kept.status, kept.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        assert_eq!(kept.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
        tags.dedup();
        assert_eq!(tags.len(), if is_font { 1 } else { 3 }, "{path}: one tag an encoding");
    }
}
