//! Values of filters that nobody knows.

use crate::demo::Demo;

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_value_that_nobody_knows_finds_nothing_and_everybody_is_told() {
    let demo = Demo::ready().await;
    let all = demo.search("").await["total"].as_u64().expect("a total");
    for (query, said) in [
        ("ampel=blau", "Im Filter „Plätze“ gibt es „blau“ nicht."),
        ("art=kurzeitpflege", "Im Filter „Angebotsart“ gibt es „kurzeitpflege“ nicht."),
        ("art=Tagespflege", "Im Filter „Angebotsart“ gibt es „Tagespflege“ nicht."),
        ("gemeinde=99999999", "Im Filter „Gemeinde“ gibt es „99999999“ nicht."),
        ("schwerpunkt=fernweh", "Im Filter „Schwerpunkt“ gibt es „fernweh“ nicht."),
        ("sprache=klingonisch", "Im Filter „Sprache“ gibt es „klingonisch“ nicht."),
        ("barrierefrei=vielleicht", "Im Filter „Barrierefrei“ gibt es „vielleicht“ nicht."),
        ("geoeffnet=gestern", "Im Filter „Jetzt geöffnet“ gibt es „gestern“ nicht."),
    ] {
        let (_, page) = demo.get(&format!("/suche?{query}")).await;
        assert!(page.contains(said), "{query}: {page}");
        assert!(page.contains("Ohne den unbekannten Filter"), "{query}");
        assert!(page.contains("(unbekannt)"), "{query}: a chip takes it away");
        let found = demo.search(query).await;
        assert_eq!(found["total"], 0, "{query}");
        let text = found["suggestion"]["text"].as_str().expect("a suggestion");
        assert!(text.starts_with("Ohne den unbekannten Filter „"), "{query}: {text}");
        assert_eq!(
            (&found["suggestion"]["url"], &found["suggestion"]["change"]),
            (&"/suche".into(), &"drop_filter".into())
        );
    }
    // Beside a value that is known it changes nothing, and is said.
    let free = demo.search("ampel=frei").await["total"].as_u64().expect("a total");
    assert_eq!(demo.search("ampel=frei&ampel=blau").await["total"], free);
    assert!(demo.get("/suche?ampel=frei&ampel=blau").await.1.contains("„blau“ nicht"));
    // A circle that makes no sense leaves the place as it is.
    let there = demo.search("ort=Tholey").await["total"].clone();
    assert_eq!(demo.search("ort=Tholey&umkreis=weit").await["total"], there);
    assert!(
        demo.get("/suche?ort=Tholey&umkreis=weit").await.1.contains("Einen Umkreis von „weit“ gibt es nicht")
    );
    // What is known and simply not there is no unknown value, and empty fields ask for nothing.
    for query in ["ampel=belegt&sprache=nds", "art=&ampel=&gemeinde=&umkreis=&barrierefrei=0"] {
        assert!(!demo.get(&format!("/suche?{query}")).await.1.contains("(unbekannt)"), "{query}");
    }
    assert_eq!(demo.search("art=&ampel=").await["total"], all);
    let (_, hostile) = demo.get("/suche?ampel=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(hostile.contains("&lt;script&gt;") && !hostile.contains("<script>alert"), "{hostile}");
}
