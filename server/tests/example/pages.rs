//! The example county as people see it.

use app::{routes, text::groups::SITUATIONS};

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_that_it_is_an_example() {
    let demo = Demo::ready().await;
    let hits = demo.search("limit=100").await;
    let facilities = hits["results"].as_array().expect("results").iter();
    let mut addresses: Vec<String> =
        facilities.map(|hit| hit["facility"]["url"].as_str().expect("an address").to_owned()).collect();
    assert_eq!(addresses.len(), 100);
    for address in ["/", "/suche", "/suche?q=xyzzy", "/impressum", "/datenschutz", "/barrierefreiheit"] {
        addresses.push(address.to_owned());
    }
    for address in
        ["/leichte-sprache", "/kontakt", "/traeger/schaumberg-soziale-dienste-ggmbh", "/gibt-es-nicht"]
    {
        addresses.push(address.to_owned());
    }
    for address in &addresses {
        let (status, page) = demo.get(address).await;
        assert_eq!(status, if address == "/gibt-es-nicht" { 404 } else { 200 }, "{address}");
        assert!(page.contains("class=\"demo\"") && page.contains("erfunden"), "{address}");
        assert!(page.contains("Landkreis St. Wendel (Beispiel)"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_life_situation_brings_results() {
    let demo = Demo::ready().await;
    for situation in SITUATIONS {
        let address = routes::api_search(&situation.query());
        let found = demo.search(address.split_once('?').expect("a query").1).await;
        assert!(found["total"].as_u64().is_some_and(|n| n >= 3), "{}: {}", situation.title, found["total"]);
        let page = demo.get(&routes::search(&situation.query())).await;
        assert_eq!(page.0, 200, "{}", situation.title);
        assert!(page.1.contains("Plätze frei") || page.1.contains("nimmt auf"), "{}", situation.title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_found_as_people_write_them() {
    let demo = Demo::ready().await;
    for (query, place) in [
        ("q=Kurzzeitpflege+St.+Wendel", "St. Wendel"),
        ("q=Kurzzeitpflege&ort=Sankt+Wendel", "St. Wendel"),
        ("q=Hausarzt&ort=66636", "66636"),
        ("q=Tagespflege+Theley", "Theley"),
        ("q=Pflegedienst&ort=Hasborn", "Hasborn"),
        ("q=Apotheke&ort=Nohfelden", "Nohfelden"),
        ("q=Apotheke&ort=T%C3%BCrkism%C3%BChle", "Türkismühle"),
        ("q=Pflegeheim&ort=Neunkirchen/Nahe", "Neunkirchen/Nahe"),
    ] {
        let found = demo.search(query).await;
        let label = found["place"]["label"].as_str().unwrap_or("nowhere");
        assert!(label.contains(place), "{query}: {label}");
        assert!(found["total"].as_u64().is_some_and(|total| total > 0), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_tells_the_news_of_the_county() {
    let demo = Demo::ready().await;
    let (_, page) = demo.get("/").await;
    for text in ["Dieser Landkreis ist ein Beispiel", "Pflegeheim und Kurzzeit", "Vorbeugen", "116 117"] {
        assert!(page.contains(text), "{text}");
    }
}
