//! Free days and weekdays in the example county, from the address and from words to cards and pages.

use app::backend::Clock;
use server::clock::SystemClock;
use time::{Date, Duration};

use crate::demo::Demo;

fn today() -> Date {
    SystemClock::new().expect("a clock").now().berlin_date
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fortnight_of_short_term_care_is_found_typed_or_chosen_and_shown_everywhere() {
    let demo = Demo::ready().await;
    let (from, until) = (today() + Duration::days(2), today() + Duration::days(15));
    let all = demo.search("q=Kurzzeitpflege&limit=100").await;
    let chosen = format!("q=Kurzzeitpflege&frei_ab={from}&frei_bis={until}&limit=100");
    let found = demo.search(&chosen).await;
    let hits = found["results"].as_array().expect("results");
    assert!(!hits.is_empty() && found["total"].as_u64() < all["total"].as_u64(), "{found}");
    let (first, last) = (from.to_string(), until.to_string());
    let is_inside = |period: &serde_json::Value| {
        period["from"].as_str().is_some_and(|day| day <= first.as_str())
            && period["until"].as_str().is_some_and(|day| day >= last.as_str())
    };
    let mut joined = 0;
    for offer in hits.iter().flat_map(|hit| hit["offers"].as_array().expect("offers")) {
        let periods = offer["free_periods"].as_array().expect("periods");
        joined += usize::from(!periods.iter().any(is_inside));
        assert!(!periods.is_empty(), "{offer}");
    }
    assert!(joined < hits.len(), "most have one period for all of it");
    // What has expired says nothing any more.
    let offers = all["results"]
        .as_array()
        .expect("results")
        .iter()
        .flat_map(|hit| hit["offers"].as_array().expect("offers"));
    let grey: Vec<_> = offers.filter(|o| o["availability"] == "unknown" && o["free_now"].is_null()).collect();
    assert!(
        !grey.is_empty() && grey.iter().all(|offer| offer["free_periods"] == serde_json::json!([])),
        "{grey:?}"
    );
    // The same as words.
    let words =
        format!("14+Tage+Kurzzeitpflege+ab+{}.{}.{}", from.day(), u8::from(from.month()), from.year());
    let typed = demo.search(&format!("q={words}&limit=100")).await;
    assert_eq!(typed["results"], found["results"]);
    let (_, page) = demo.get(&format!("/suche?q={words}")).await;
    assert!(
        page.contains("/suche?q=Kurzzeitpflege\""),
        "a chip leads to the search without the days: {page}"
    );
    assert!(page.contains(", frei vom ") && page.contains("offer__times"), "{page}");
    assert!(page.contains("name=\"frei_ab\"") && page.contains("name=\"gemeldet\""), "{page}");
    let house = hits[0]["facility"]["url"].as_str().expect("an address");
    let (_, page) = demo.get(house).await;
    assert!(page.contains("class=\"calendar\"") && page.contains("times__list"), "{page}");
    // The map has the same.
    assert_eq!(demo.get(&format!("/suche?{chosen}&ansicht=karte")).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn day_care_is_found_by_weekday_and_who_is_free_today_is_named_where_few_are() {
    let demo = Demo::ready().await;
    let all = demo.search("art=tagespflege").await["total"].as_u64().expect("a total");
    let chosen = demo.search("q=Tagespflege&wochentag=mittwoch&limit=100").await;
    let typed = demo.search("q=Tagespflege+mittwochs&limit=100").await;
    assert_eq!(chosen["results"], typed["results"]);
    let total = chosen["total"].as_u64().expect("a total");
    assert!((1..all).contains(&total), "{total} of {all}");
    for offer in chosen["results"]
        .as_array()
        .expect("results")
        .iter()
        .flat_map(|hit| hit["offers"].as_array().expect("offers"))
    {
        assert!(offer["free_weekdays"]["mittwoch"].as_u64() > Some(0), "{offer}");
    }
    let (_, page) = demo.get("/suche?q=Tagespflege+mittwochs").await;
    assert!(page.contains("mittwochs frei") && page.contains("/suche?q=Tagespflege\""), "{page}");
    // Nobody says anything about a day in two years.
    let far = today() + Duration::days(700);
    let (_, page) = demo.get(&format!("/suche?art=kurzzeitpflege&frei_ab={far}")).await;
    assert!(
        page.contains("Heute frei: ") && page.contains("/suche?art=kurzzeitpflege&amp;ampel=frei"),
        "{page}"
    );
    let free = demo.search("art=kurzzeitpflege&ampel=frei").await["total"].as_u64().expect("a total");
    assert!(free > 1 && page.contains(&format!("Heute frei: {free} Einrichtungen")), "{free}: {page}");
    assert!(page.contains("Ohne den Filter „Freier Zeitraum“"), "{page}");
    let (_, page) = demo.get("/suche?art=kurzzeitpflege&frei_ab=2020-01-01&frei_bis=2020-01-14").await;
    assert!(page.contains("Dieser Zeitraum ist schon vorbei"), "{page}");
    let (_, page) = demo.get("/suche?frei_ab=2026-08-17&frei_bis=2026-08-03").await;
    assert!(page.contains("Der letzte Tag liegt vor dem ersten"), "{page}");
}
