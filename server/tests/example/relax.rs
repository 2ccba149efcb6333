//! Where nothing is just as it was asked, the page says what would bring something.

use crate::demo::Demo;

/// The addresses of the ways on, with their texts.
fn links(page: &str) -> Vec<(String, String)> {
    let of = |part: &str| {
        let (tag, rest) = part.split_once('>')?;
        let address =
            tag.contains("detours__one").then(|| tag.split("href=\"").nth(1)?.split('"').next())??;
        Some((address.replace("&amp;", "&"), rest.split('<').next()?.to_owned()))
    };
    page.split("<a ").skip(1).filter_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_brings_what_it_says() {
    let demo = Demo::ready().await;
    let mut seen = 0;
    // Every municipality with every rare type: most have none of them.
    for (key, town) in [
        ("10046111", "Freisen"),
        ("10046112", "Marpingen"),
        ("10046113", "Namborn"),
        ("10046115", "Nonnweiler"),
        ("10046116", "Oberthal"),
    ] {
        for filter in
            ["art=hospiz", "art=krankenhaus", "art=rehabilitation", "art=hospiz&geoeffnet=1&ampel=frei"]
        {
            let query = format!("gemeinde={key}&{filter}");
            let (_, page) = demo.get(&format!("/suche?{query}")).await;
            if !page.contains("Keine Einrichtung") {
                continue;
            }
            let links = links(&page);
            assert!(
                page.contains("Wir helfen Ihnen am Telefon") && page.contains("href=\"tel:"),
                "{town} {filter}"
            );
            for (address, text) in &links {
                let found = demo.search(address.split_once('?').expect("a query").1).await;
                let total = found["total"].as_u64().expect("a number").to_string();
                assert!(text.contains(&format!(": {total} Einrichtung")), "{address}: {text}, not {total}");
                seen += 1;
            }
            if filter == "art=hospiz" {
                assert!(links.iter().any(|(_, text)| text.starts_with("In ")), "{town}: {links:?}");
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_that_is_too_small_is_widened_to_one_that_is_not() {
    let demo = Demo::ready().await;
    let (_, page) = demo.get("/suche?q=Krankenhaus&ort=Nonnweiler&umkreis=1").await;
    let wider = links(&page).into_iter().find(|(_, text)| text.starts_with("Im Umkreis von "));
    let (address, text) = wider.expect("a wider circle");
    let found = demo.search(address.split_once('?').expect("a query").1).await;
    assert!(
        text.ends_with(&format!(": {} Einrichtung", found["total"])) || text.contains("Einrichtungen"),
        "{text}"
    );
    assert!(
        found["results"]
            .as_array()
            .expect("results")
            .iter()
            .all(|hit| hit["distance_km"].as_f64() < Some(100.0))
    );
}
