//! What the county calls things, as its administrators change it: care types, specialisms, words of the search.

use app::domain::account::CountyRole;
use axum::http::StatusCode;

use crate::{
    desk::{Answer, Browser, Office},
    editing::{AUE, editor, fields},
};

const TYPES: &str = "/kreis/angebotsarten";
const DAY_CARE: &str = "/kreis/angebotsarten/tagespflege";
const WORDS: &str = "/kreis/woerter";
const ADMINISTRATOR: &str = "leitung@kreis.example";

async fn administrator(office: &Office) -> Browser<'_> {
    office.person(ADMINISTRATOR, Some(CountyRole::Administrator)).await;
    office.signed_in_twice(ADMINISTRATOR).await
}

/// Sends what a form shows, with some fields filled in otherwise.
async fn send(browser: &Browser<'_>, path: &str, other: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    post(browser, path, &page.text, other).await
}

/// Sends what a page showed, with some fields filled in otherwise; nothing empties a field.
async fn post(browser: &Browser<'_>, path: &str, page: &str, other: &[(&str, &str)]) -> Answer {
    let shown = fields(page);
    let mut sent: Vec<(&str, &str)> = shown
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| other.iter().all(|(own, _)| own != name))
        .collect();
    sent.extend(other.iter().filter(|(_, value)| !value.is_empty()));
    browser.post(path, &sent).await
}

/// Takes back what was changed, as the page offers it.
async fn undo(browser: &Browser<'_>, path: &str, what: &str) -> Answer {
    let page = browser.get(path).await.text;
    let shown = fields(&page);
    let seen = shown.iter().find(|(name, _)| name == "stand").expect("a stamp");
    browser.post(path, &[("stand", &seen.1), ("was", what)]).await
}

async fn total(office: &Office, query: &str) -> u64 {
    let answer = office.browser().get(&format!("/api/v1/search?{query}")).await;
    let json: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    json["total"].as_u64().expect("a total")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_type_is_called_so_everywhere_and_can_be_reset() {
    let office = Office::open().await;
    let (provider, _) = editor(&office).await;
    office.comes("/api/v1/search?q=Tagespflege", "Haus Aue").await;
    let browser = administrator(&office).await;
    browser.get("/kreis").await.shows(TYPES);
    browser.get(TYPES).await.shows("Tagespflege");
    let preview = send(&browser, DAY_CARE, &[("name", "Tagestreff Sonne"), ("was", "vorschau")]).await;
    preview.shows("Noch ist nichts gespeichert");
    assert!(preview.text.contains("value=\"Tagestreff Sonne\""), "{}", preview.text);
    assert!(!browser.get(TYPES).await.text.contains("Tagestreff"), "a preview saves nothing");
    // What the preview shows can be saved as it is.
    post(&browser, DAY_CARE, &preview.text, &[]).await.leads_to(&format!("{TYPES}?getan=gespeichert"));
    browser.get(&format!("{TYPES}?getan=gespeichert")).await.shows("Tagestreff Sonne");
    browser.get(TYPES).await.shows("Vorgabe – Name: Tagespflege");
    for (path, text) in [
        ("/suche?q=Tagespflege", "Tagestreff Sonne"),
        ("/suche?q=Tagestreff+Sonne", "Haus Aue"),
        ("/", "Tagestreff Sonne"),
        ("/einrichtung/haus-aue", "Tagestreff Sonne"),
        ("/api/v1/search?q=Tagespflege", "Tagestreff Sonne"),
        ("/api/v1/suggest?q=Tagestr", "Tagestreff Sonne"),
    ] {
        office.comes(path, text).await;
    }
    provider.get(&format!("{AUE}/angebot-neu")).await.shows("Tagestreff Sonne");
    browser.get("/kreis/protokoll").await.shows("tagespflege: Name: Tagespflege → Name: Tagestreff Sonne");
    undo(&browser, DAY_CARE, "zuruecksetzen").await.leads_to(&format!("{TYPES}?getan=zurueckgesetzt"));
    let page = browser.get(TYPES).await.text;
    assert!(!page.contains("Tagestreff"), "{page}");
    for _ in 0..600 {
        if !office.browser().get("/").await.text.contains("Tagestreff") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the old name never came back");
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_of_a_hidden_type_vanish_and_come_back() {
    let office = Office::open().await;
    editor(&office).await;
    office.comes("/einrichtung/haus-aue", "Tagespflege").await;
    office.comes("/api/v1/search?q=Tagespflege", "Haus Aue").await;
    let browser = administrator(&office).await;
    let page = browser.get(DAY_CARE).await;
    page.shows("Zurzeit wird 1 Angebot dieser Art gezeigt. Ausgeblendet verschwindet es aus dem Portal");
    let hidden = send(&browser, DAY_CARE, &[("ausgeblendet", "ja")]).await;
    hidden.leads_to(&format!("{TYPES}?getan=gespeichert"));
    browser.get(TYPES).await.shows("ausgeblendet");
    office.goes("/einrichtung/haus-aue").await;
    assert_eq!(total(&office, "q=Aue").await, 0);
    send(&browser, DAY_CARE, &[("ausgeblendet", "")]).await.leads_to(&format!("{TYPES}?getan=gespeichert"));
    office.comes("/einrichtung/haus-aue", "Tagespflege").await;
    office.comes("/api/v1/search?q=Aue", "Haus Aue").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_added_type_can_be_offered_and_is_never_removed() {
    let office = Office::open().await;
    let (provider, _) = editor(&office).await;
    let browser = administrator(&office).await;
    let new = format!("{TYPES}/neu");
    let wanted = [("name", "Kinderhospiz"), ("gruppe", "hospice"), ("ampel", "places"), ("tage", "3")];
    send(&browser, &new, &wanted).await.leads_to(&format!("{TYPES}?getan=gespeichert"));
    send(&browser, &new, &wanted).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, "gibt es schon");
    browser.get(TYPES).await.shows("eigene");
    let own = format!("{TYPES}/kinderhospiz");
    let renamed = send(&browser, &own, &[("name", "Hospiz für Kinder")]).await;
    renamed.leads_to(&format!("{TYPES}?getan=gespeichert"));
    browser.get(&own).await.shows("Kürzel in Adressen und Tabellen: kinderhospiz");
    // There is nothing to go back to.
    assert_eq!(undo(&browser, &own, "zuruecksetzen").await.status, StatusCode::NOT_FOUND);
    let path = format!("{AUE}/angebot-neu");
    for _ in 0..600 {
        if provider.get(&path).await.text.contains("Hospiz für Kinder") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    crate::editing::change(&provider, &path, &[("art", "kinderhospiz"), ("plaetze", "4")]).await;
    provider.get(AUE).await.shows("Hospiz für Kinder");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_the_county_is_previewed_saved_found_changed_and_removed() {
    let office = Office::open().await;
    editor(&office).await;
    office.comes("/api/v1/search?q=Tagespflege", "Haus Aue").await;
    let browser = administrator(&office).await;
    browser.get(&format!("{WORDS}?wort=K%C3%A4sekrainer")).await.shows("steht in keiner Liste");
    let new = format!("{WORDS}/neu");
    let wanted = [("woerter", "Käsekrainer"), ("art", "tagespflege"), ("was", "vorschau")];
    let preview = send(&browser, &new, &wanted).await;
    preview.shows("Noch ist nichts gespeichert");
    let cells: Vec<&str> = preview.text.split("<td").skip(1).collect();
    assert!(!cells[0].contains("Haus Aue") && cells[1].contains("Haus Aue"), "{}", preview.text);
    browser.get(WORDS).await.shows("Noch keine.");
    assert_eq!(total(&office, "q=K%C3%A4sekrainer").await, 0);
    post(&browser, &new, &preview.text, &[]).await.leads_to(&format!("{WORDS}?getan=gespeichert"));
    office.comes("/api/v1/search?q=K%C3%A4sekrainer", "Haus Aue").await;
    let list = browser.get(WORDS).await;
    list.shows("= Tagespflege");
    browser.get(&format!("{WORDS}?wort=K%C3%A4sekrainer")).await.shows("Haus Aue");
    let line = list.text.split("href=\"/kreis/woerter/").skip(1).map(|rest| rest.split('"').next());
    let line = line.flatten().find(|id| *id != "neu").expect("a line").to_owned();
    let line = format!("{WORDS}/{line}");
    // The same word stands in one line only; changing that line is another thing.
    let twice = send(&browser, &new, &[("woerter", "Wurst, KÄSE-KRAINER"), ("gleich", "Hospiz")]).await;
    twice.refuses(StatusCode::UNPROCESSABLE_ENTITY, "steht schon in einer anderen Zeile");
    assert!(twice.text.contains("Wurst, KÄSE-KRAINER"), "{}", twice.text);
    let old = browser.get(&line).await.text;
    let changed =
        send(&browser, &line, &[("woerter", "Käsekrainer\nWurst"), ("art", ""), ("gleich", "Tagespflege")]);
    changed.await.leads_to(&format!("{WORDS}?getan=gespeichert"));
    office.comes("/api/v1/search?q=Wurst", "Haus Aue").await;
    // Somebody else still has the page of before: they are told, and may have their way then.
    let late = post(&browser, &line, &old, &[("woerter", "Semmel")]).await;
    late.refuses(StatusCode::CONFLICT, "Inzwischen hat jemand anderes das geändert");
    assert!(late.text.contains("Käsekrainer, Wurst = wie „Tagespflege“"), "{}", late.text);
    post(&browser, &line, &late.text, &[]).await.leads_to(&format!("{WORDS}?getan=gespeichert"));
    browser
        .get("/kreis/protokoll")
        .await
        .shows("Käsekrainer, Wurst = wie „Tagespflege“ → Semmel = Tagespflege");
    undo(&browser, &line, "entfernen").await.leads_to(&format!("{WORDS}?getan=entfernt"));
    browser.get(WORDS).await.shows("Noch keine.");
    assert_eq!(browser.get(&line).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&line, &[("was", "entfernen")]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_specialism_is_renamed_hidden_and_added() {
    let office = Office::open().await;
    let (provider, facility) = editor(&office).await;
    assert!(facility.offers[0].specialisms.iter().any(|slug| slug == "demenz"), "{:?}", facility.offers[0]);
    office.comes("/einrichtung/haus-aue", "Demenz").await;
    let browser = administrator(&office).await;
    let (list, path) = ("/kreis/schwerpunkte", "/kreis/schwerpunkte/demenz");
    browser.get(list).await.shows("Gerontopsychiatrie");
    send(&browser, path, &[("name", "Leben mit Vergessen"), ("was", "vorschau")])
        .await
        .shows("Noch ist nichts gespeichert");
    let renamed = send(&browser, path, &[("name", "Leben mit Vergessen")]).await;
    renamed.leads_to(&format!("{list}?getan=gespeichert"));
    office.comes("/einrichtung/haus-aue", "Leben mit Vergessen").await;
    office.comes("/suche?q=Aue", "Leben mit Vergessen").await;
    provider.get(&format!("{AUE}/angebot-neu")).await.shows("Leben mit Vergessen");
    send(&browser, path, &[("ausgeblendet", "ja")]).await.leads_to(&format!("{list}?getan=gespeichert"));
    for _ in 0..600 {
        let shown = office.browser().get("/einrichtung/haus-aue").await.text.contains("Leben mit Vergessen");
        let found = office.browser().get("/suche?q=Aue").await.text.contains("Leben mit Vergessen");
        if !shown && !found {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(total(&office, "q=Aue").await, 1, "the offer stays");
    assert!(!provider.get(&format!("{AUE}/angebot-neu")).await.text.contains("Leben mit Vergessen"));
    undo(&browser, path, "zuruecksetzen").await.leads_to(&format!("{list}?getan=zurueckgesetzt"));
    office.comes("/suche?q=Aue", "Demenz").await;
    let added = send(&browser, "/kreis/schwerpunkte/neu", &[("name", "Tiere erlaubt")]).await;
    added.leads_to(&format!("{list}?getan=gespeichert"));
    browser.get(list).await.shows("Tiere erlaubt");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_kept_and_shown_as_text() {
    let office = Office::open().await;
    let browser = administrator(&office).await;
    let long = "x".repeat(100_000);
    let script = "<script>alert(1)</script>";
    for (path, typed, text) in [
        (DAY_CARE, vec![("name", "x")], "2 bis 80 Zeichen"),
        (DAY_CARE, vec![("name", &*long)], "2 bis 80 Zeichen"),
        (DAY_CARE, vec![("name", "Kurzzeitpflege")], "gibt es schon"),
        (DAY_CARE, vec![("tage", "0")], "1 bis 365"),
        (DAY_CARE, vec![("gruppe", "nirgends")], "wählen Sie eine Gruppe"),
        (DAY_CARE, vec![("verwandt", script)], "gibt es nicht"),
        ("/kreis/schwerpunkte/demenz", vec![("name", " ")], "2 bis 80 Zeichen"),
        ("/kreis/schwerpunkte/neu", vec![("name", "Demenz")], "gibt es schon"),
        (
            "/kreis/woerter/neu",
            vec![("woerter", "für"), ("art", "tagespflege")],
            "sagt für sich allein zu wenig",
        ),
        ("/kreis/woerter/neu", vec![("woerter", "Wurst")], "was die Wörter bedeuten"),
        ("/kreis/woerter/neu", vec![("woerter", &*long), ("art", "tagespflege")], "höchstens 6 Wörter"),
        (
            "/kreis/woerter/neu",
            vec![("woerter", "Wurst"), ("gleich", "und")],
            "sagt für sich allein zu wenig",
        ),
    ] {
        for step in ["speichern", "vorschau"] {
            let mut typed = typed.clone();
            typed.push(("was", step));
            send(&browser, path, &typed).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, text);
        }
    }
    // Markup is a name like any other, and never more than that.
    let name = format!("{script}&");
    send(&browser, DAY_CARE, &[("name", &*name)]).await.leads_to(&format!("{TYPES}?getan=gespeichert"));
    let line = [("woerter", "</textarea><b>x"), ("gleich", script)];
    send(&browser, "/kreis/woerter/neu", &line).await.leads_to(&format!("{WORDS}?getan=gespeichert"));
    let list = browser.get(WORDS).await.text;
    let id = list.split("href=\"/kreis/woerter/").skip(1).filter_map(|rest| rest.split('"').next());
    let id = id.into_iter().find(|id| *id != "neu").expect("a line").to_owned();
    let own = format!("{WORDS}/{id}");
    for path in [TYPES, DAY_CARE, WORDS, &own, "/kreis/protokoll", "/kreis/woerter?wort=%3Cscript%3E"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.contains("<script>") && !page.text.contains("<b>x"), "{path}: {}", page.text);
    }
    assert_eq!(send(&browser, &own, &[("was", "vorschau")]).await.status, StatusCode::OK);
    for path in ["/kreis/angebotsarten/gibt-es-nicht", "/kreis/schwerpunkte/%3Cb%3E", "/kreis/woerter/x"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(browser.post(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let foreign = browser.post_from_elsewhere(DAY_CARE, &[("name", "Böses")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_type_at_once_one_is_told() {
    let office = Office::open().await;
    let browser = administrator(&office).await;
    let page = browser.get(DAY_CARE).await.text;
    let (one, two) = tokio::join!(
        post(&browser, DAY_CARE, &page, &[("name", "Tagestreff Eins")]),
        post(&browser, DAY_CARE, &page, &[("name", "Tagestreff Zwei")]),
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    // Twice the same is no conflict.
    let saved = if one.status == StatusCode::SEE_OTHER { "Tagestreff Eins" } else { "Tagestreff Zwei" };
    post(&browser, DAY_CARE, &page, &[("name", saved)]).await.leads_to(&format!("{TYPES}?getan=gespeichert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn editors_of_the_county_look_and_do_not_change() {
    let office = Office::open().await;
    let browser = crate::moderation::county(&office).await;
    for path in [TYPES, "/kreis/schwerpunkte", WORDS] {
        let page = browser.get(path).await;
        page.shows("Ändern kann das nur die Administration des Landkreises.");
        assert!(!page.text.contains("/neu\""), "{}", page.text);
    }
    for path in [DAY_CARE, "/kreis/schwerpunkte/demenz", "/kreis/woerter/neu"] {
        let answer = browser.post(path, &[("name", "Meins"), ("woerter", "Meins"), ("art", "hospiz")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let stored = office.store().list_vocabulary().await.expect("an answer");
    assert!(stored.care_types.is_empty() && stored.specialisms.is_empty() && stored.lines.is_empty());
}
