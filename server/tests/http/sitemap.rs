//! What search engines and browsers read of the portal.

use app::{backend::PublicAddress, domain::ids::Slug};
use axum::http::StatusCode;
use time::macros::datetime;

use crate::support::Portal;

fn address(name: &str, organization: Option<&str>) -> PublicAddress {
    PublicAddress {
        slug: Slug::from_name(name),
        organization: organization.map(Slug::from_name),
        updated_at: datetime!(2026-06-30 23:30 UTC),
    }
}

fn places(file: &str) -> Vec<String> {
    file.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
}

#[tokio::test]
async fn the_sitemap_names_every_page_once_with_the_day_of_its_last_change() {
    let portal = Portal::at("https://pflege.example");
    portal.has_addresses(vec![
        address("Haus Eins", Some("Träger")),
        address("Haus Zwei", Some("Träger")),
        address("Haus Drei", None),
    ]);
    let answer = portal.get("/sitemap.xml").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), Some("application/xml; charset=utf-8"));
    let base = "https://pflege.example";
    let pages = [
        "/",
        "/suche",
        "/impressum",
        "/traeger/traeger",
        "/einrichtung/haus-eins",
        "/einrichtung/haus-zwei",
        "/einrichtung/haus-drei",
    ];
    assert_eq!(places(&answer.text()), pages.map(|page| format!("{base}{page}")));
    // 23:30 in Greenwich is the next day in Berlin.
    assert!(answer.text().contains("haus-eins</loc><lastmod>2026-07-01</lastmod>"));
}

#[tokio::test]
async fn a_large_county_has_a_sitemap_in_parts() {
    let portal = Portal::at("https://pflege.example");
    portal.has_addresses((0..63_874).map(|number| address(&format!("Haus {number}"), None)).collect());
    let index = portal.get("/sitemap.xml").await.text();
    assert!(index.contains("<sitemapindex"));
    assert_eq!(
        places(&index),
        ["https://pflege.example/sitemap.xml?teil=1", "https://pflege.example/sitemap.xml?teil=2"]
    );
    let first = places(&portal.get("/sitemap.xml?teil=1").await.text());
    let second = places(&portal.get("/sitemap.xml?teil=2").await.text());
    assert_eq!((first.len(), second.len()), (40_000, 63_874 + 3 - 40_000));
    assert_eq!(second.last().map(String::as_str), Some("https://pflege.example/einrichtung/haus-63873"));
    assert_eq!(portal.get("/sitemap.xml?teil=3").await.status, StatusCode::NOT_FOUND);
    assert!(portal.get("/sitemap.xml?teil=<x>").await.text().contains("<sitemapindex"));
}

#[tokio::test]
async fn a_sitemap_of_a_store_that_is_away_is_no_empty_sitemap() {
    let answer = Portal::broken().get("/sitemap.xml").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(Portal::indexing().get("/sitemap.xml").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn robots_are_told_where_the_sitemap_is() {
    let answer = Portal::at("https://pflege.example").get("/robots.txt").await;
    assert_eq!(
        answer.text(),
        "User-agent: *\nDisallow: /api/\n\nSitemap: https://pflege.example/sitemap.xml\n"
    );
}

#[tokio::test]
async fn browsers_learn_how_to_search_here() {
    let answer = Portal::at("https://pflege.example").get("/opensearch.xml").await;
    assert_eq!(answer.header("content-type"), Some("application/opensearchdescription+xml; charset=utf-8"));
    let text = answer.text();
    for part in [
        "<ShortName>Pflegelotse &lt;Aue</ShortName>",
        "template=\"https://pflege.example/suche?q={searchTerms}\"",
        "<InputEncoding>UTF-8</InputEncoding>",
        "rel=\"self\" template=\"https://pflege.example/opensearch.xml\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
