//! The whole program: store, index, services, pages.

use std::{
    fs,
    time::{Duration, Instant},
};

use axum::http::StatusCode;

#[path = "support/county.rs"]
mod support;

use support::County;

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_finds_a_home_and_opens_its_pages() {
    let county = County::ready().await;
    let (status, _, text) = county.get("/suche?q=Kurzzeitpflege&ort=Auenstadt").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Haus am Auenpark"));
    let (_, _, json) = county.get("/api/v1/search?q=Haus%20am%20Auenpark&limit=1").await;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let address = json["results"][0]["facility"]["url"].as_str().expect("an address").to_owned();
    let (status, _, page) = county.get(&address).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Haus am Auenpark") && page.contains("keine aktuelle Meldung"));
    let organization = page.split("href=\"/traeger/").nth(1).and_then(|rest| rest.split('"').next());
    let (status, _, page) = county.get(&format!("/traeger/{}", organization.expect("a link"))).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Haus am Auenpark"));
    assert_eq!(county.status("/einrichtung/gibt-es-nicht").await, StatusCode::NOT_FOUND);
    assert_eq!(county.status("/traeger/gibt-es-nicht").await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_in_the_store_comes_to_every_page_by_itself() {
    let county = County::ready().await;
    let addresses = ["/suche?q=Auenpark", "/api/v1/search?q=Auenpark"];
    for address in addresses {
        assert!(county.get(address).await.2.contains("09990 4410"), "{address}");
    }
    county.import(|text| text.replace("09990 4410", "09990 4499")).await;
    for address in addresses {
        county.until(address, |_, text| text.contains("09990 4499")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_said_and_comes_back_without_a_restart() {
    let county = County::ready().await;
    let addresses = ["/", "/suche?q=Pflege", "/api/v1/search?q=Pflege", "/einrichtung/haus-am-auenpark"];
    for address in addresses {
        county.get(address).await;
    }
    let (there, aside) = (county.directory.path(), county.directory.path().join("aside"));
    fs::create_dir(&aside).expect("a directory");
    let files = ["kreislotse.db", "kreislotse.db-wal", "kreislotse.db-shm"];
    for file in files {
        let _ = fs::rename(there.join(file), aside.join(file));
    }
    county.until("/readyz", |status, _| status == StatusCode::SERVICE_UNAVAILABLE).await;
    for address in addresses {
        let (status, headers, text) = county.get(address).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
        assert!(headers.contains_key("content-security-policy") && headers.contains_key("retry-after"));
        assert!(!text.to_lowercase().contains("sqlite") && !text.contains("panick"), "{text}");
    }
    assert_eq!(county.status("/livez").await, StatusCode::OK);
    assert_eq!(county.status("/impressum").await, StatusCode::OK);
    for file in files {
        let _ = fs::rename(aside.join(file), there.join(file));
    }
    county.until("/readyz", |status, _| status == StatusCode::OK).await;
    for address in addresses {
        assert!(county.status(address).await.as_u16() < 500, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_queries_get_a_page_in_time_and_no_markup_back() {
    let county = County::ready().await;
    let parts = [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "%00%00%00",
        "%FF%FE%F0%28%8C%28",
        "%ED%A0%80",
        "%",
        "%zz%u0041",
        "((((((((((((((((((((",
        "[[[[[[]]]]]]{{{{}}}}",
        "a:b~9*?%5E4%20AND%20OR%20NOT%20[a%20TO%20b]",
        "'%20OR%201=1;%20DROP%20TABLE%20facility;--",
        "%E2%80%AE%E2%80%8B%EF%BB%BF%F0%9F%91%B5%F0%9F%8F%BD",
        "-9999999999999999999999",
        "NaN",
        "../../../../etc/passwd",
    ];
    let long = "pflege+".repeat(1500);
    let many = "art=kurzzeitpflege&".repeat(800);
    let distinct = (0..900).map(|n| format!("art=a{n}")).collect::<Vec<_>>().join("&");
    let names = [
        "q",
        "ort",
        "umkreis",
        "gemeinde",
        "art",
        "ampel",
        "schwerpunkt",
        "sprache",
        "sort",
        "seite",
        "ansicht=karte&ausschnitt",
        "limit",
        "x[y][z]",
    ];
    let mut queries: Vec<String> =
        names.iter().flat_map(|name| parts.iter().map(move |part| format!("{name}={part}"))).collect();
    queries.extend([
        format!("q={long}"),
        format!("q={}", "x".repeat(12_000)),
        format!("q={}", "%C3%A4".repeat(2500)),
        many,
        distinct,
        parts.join("&"),
        "&&&===&=&".to_owned(),
        "a=1&".repeat(10_000),
    ]);
    for query in queries {
        for path in ["/suche", "/api/v1/search", "/api/fn/count_facilities", "/"] {
            let start = Instant::now();
            let (status, _, text) = county.get(&format!("{path}?{query}")).await;
            let shown: String = query.chars().take(80).collect();
            assert!(status.as_u16() < 500, "{status}: {path}?{shown}");
            assert!(start.elapsed() < Duration::from_secs(2), "{:?}: {path}?{shown}", start.elapsed());
            if path != "/api/v1/search" {
                assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}?{shown}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_paths_lead_nowhere() {
    let county = County::ready().await;
    for path in [
        "/einrichtung/%FF%00",
        "/einrichtung/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/einrichtung/../../etc/passwd",
        "/traeger/%2e%2e%2f",
        "/pkg/%2e%2e%2f%2e%2e%2fCargo.toml",
        "/gibt/es/nicht",
        "/api/v2/search",
        "/api/fn/%3Cscript%3E",
    ] {
        let (status, _, text) = county.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(!text.contains("<script>alert") && !text.contains("etc/passwd"), "{path}");
    }
    for path in ["//boese.example/", "//boese.example/%2f..", "/%5cboese.example/"] {
        let (_, headers, _) = county.get(path).await;
        let target = headers.get("location").map(|value| value.to_str().expect("text").to_owned());
        assert!(target.is_none_or(|target| !target.starts_with("//")), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_names_a_county_comes_from_its_configuration() {
    let county = County::ready().await;
    let pages = [
        "/",
        "/suche?q=Kurzzeitpflege",
        "/suche?q=gibtesnicht",
        "/suche?ansicht=karte",
        "/einrichtung/haus-am-auenpark-auenstadt",
        "/gibt-es-nicht",
        "/impressum",
        "/barrierefreiheit",
        "/leichte-sprache",
    ];
    let mut logo = String::new();
    for page in pages {
        let (_, _, text) = county.get(page).await;
        assert!(text.contains("Auenlotse") && text.contains("Beispielkreis Auenland"), "{page}");
        for other in ["Wendel", "Kreislotse", "Ludwigslust"] {
            assert!(!text.contains(other), "{other} on {page}");
        }
        let css = attribute(&text, "/pkg/county.").expect("the county's colours");
        let (status, headers, css) = county.get(&css).await;
        assert_eq!(
            (status, &headers["content-type"]),
            (StatusCode::OK, &"text/css; charset=utf-8".parse().expect("a value"))
        );
        // Its own green is too light for white.
        assert!(
            css.contains("--kern-color-action-default:#")
                && !css.starts_with(":root{--kern-color-action-default:#3fa34d")
        );
        logo = attribute(&text, "/pkg/logo.").expect("the county's logo");
    }
    let (status, headers, picture) = county.get(&logo).await;
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"image/svg+xml".parse().expect("a value"))
    );
    assert!(picture.contains("<svg"));
    let (_, _, text) = county.get("/barrierefreiheit").await;
    for words in ["mailto:barriere@auenland.example", "tel:", "https://schlichtung.example"] {
        assert!(text.contains(words), "{words}");
    }
    let (_, _, text) = county.get("/impressum").await;
    assert!(text.contains("<h2>Herausgeber</h2>") && text.contains("mailto:post@auenland.example"));
}

/// The value of an attribute that begins like this.
fn attribute(html: &str, start: &str) -> Option<String> {
    let at = html.find(&format!("\"{start}"))? + 1;
    html[at..].split('"').next().map(str::to_owned)
}
