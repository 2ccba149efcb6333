//! The map of the example county.

use crate::demo::Demo;

/// The marks of one layer: their addresses and how many facilities they stand for.
fn marks(page: &str, layer: &str) -> Vec<(String, usize)> {
    let layer = page.split(&format!("map__layer--{layer}")).nth(1).expect("a layer");
    let layer = layer.split("<g class=\"map__layer").next().expect("its end");
    let layer = layer.split("map__below").next().expect("its end");
    layer
        .split("<a ")
        .skip(1)
        .filter(|mark| mark.split('>').next().is_some_and(|tag| tag.contains("class=\"spot")))
        .map(|mark| {
            let address = mark.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
            let count = mark.split("spot__count").nth(1).and_then(|rest| {
                let text = rest.split('>').nth(1)?.split('<').next()?;
                text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
            });
            (address.expect("a link").replace("&amp;", "&"), count.unwrap_or(1))
        })
        .collect()
}

fn number(json: &serde_json::Value) -> usize {
    json["total"].as_u64().and_then(|total| usize::try_from(total).ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_result_is_on_the_map_once_and_every_mark_leads_on() {
    let demo = Demo::ready().await;
    for query in ["", "q=Kurzzeitpflege", "art=hausarzt&ort=Tholey", "ampel=frei"] {
        let total = number(&demo.search(query).await);
        let (status, page) = demo.get(&format!("/suche?{query}&ansicht=karte")).await;
        assert_eq!(status, 200, "{query}");
        for layer in ["narrow", "wide"] {
            let marks = marks(&page, layer);
            assert_eq!(marks.iter().map(|(_, count)| count).sum::<usize>(), total, "{query} {layer}");
            for (address, count) in &marks {
                let (status, there) = demo.get(address).await;
                assert_eq!(status, 200, "{address}");
                if *count > 1 {
                    // A cluster leads to a closer part that holds at least all of its facilities.
                    let query = address.split_once('?').expect("a query").1;
                    assert!(number(&demo.search(query).await) >= *count, "{address}");
                    assert!(there.contains("Kartenausschnitt"), "{address}");
                }
            }
        }
        let shown = if query.contains("ort=") {
            ["Tholey"].as_slice()
        } else {
            &["Freisen", "Nonnweiler", "St. Wendel"]
        };
        for name in shown {
            assert!(page.contains(&format!("<title>{name}</title>")), "{query}: {name}");
        }
        assert!(page.contains("© GeoBasis-DE / BKG 2017 (Daten verändert)"), "{query}");
        assert!(page.contains("id=\"liste\""), "{query}: a list follows");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn zooming_into_clusters_ends_at_single_houses() {
    let demo = Demo::ready().await;
    let mut address = "/suche?ansicht=karte".to_owned();
    for _ in 0..20 {
        let (status, page) = demo.get(&address).await;
        assert_eq!(status, 200, "{address}");
        let largest = marks(&page, "narrow").into_iter().max_by_key(|(_, count)| *count).expect("a mark");
        if largest.1 == 1 || !largest.0.contains("ansicht=karte") {
            return;
        }
        address = largest.0;
    }
    panic!("still clusters at {address}");
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_the_map_that_make_no_sense_bring_a_sensible_page() {
    let demo = Demo::ready().await;
    let all = number(&demo.search("").await);
    for part in [
        "",
        "x",
        "7,49,8",
        "8,49,7,50",
        "7,50,8,49",
        "NaN,NaN,NaN,NaN",
        "inf,0,1,1",
        "-181,49,8,50",
        "1e300,0,1e301,1",
        "7;49;8;50",
        "<script>",
        "7,49,8,50,9",
        "%00,%FF,1,2",
    ] {
        let address =
            format!("/suche?ansicht=karte&ausschnitt={}", part.replace('<', "%3C").replace('>', "%3E"));
        let (status, page) = demo.get(&address).await;
        assert_eq!(status, 200, "{part}");
        assert!(!page.contains("Kartenausschnitt"), "{part}: it is none");
        assert_eq!(marks(&page, "wide").iter().map(|(_, count)| count).sum::<usize>(), all, "{part}");
    }
    // Parts of the Earth far from here, the whole of it, and one smaller than a house.
    for part in [
        "-180,-90,180,90",
        "0,0,0.0001,0.0001",
        "179.9,89.9,180,90",
        "-180,-90,-179.9,-89.9",
        "7.17,49.46,7.1701,49.4601",
    ] {
        let (status, page) = demo.get(&format!("/suche?ansicht=karte&ausschnitt={part}")).await;
        assert_eq!(status, 200, "{part}");
        assert!(page.contains("Kartenausschnitt") && page.contains("id=\"karte\""), "{part}");
        assert!(!page.contains("NaN") && !page.contains("inf,") && page.len() < 200_000, "{part}");
        let found = number(&demo.search(&format!("ausschnitt={part}")).await);
        assert_eq!(marks(&page, "wide").iter().map(|(_, count)| count).sum::<usize>(), found, "{part}");
        if found == 0 {
            assert!(page.contains("Ohne den Filter „Kartenausschnitt“"), "{part}: the way out");
        }
    }
}
