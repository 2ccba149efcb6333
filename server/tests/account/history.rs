//! Earlier versions, and pages that are shown before anybody else sees them.

use axum::http::StatusCode;

use crate::{
    desk::Office,
    editing::{AUE, act, change, editor},
    moderation::{DECIDE, county, decide, stamp, submit},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_a_page_beside_what_is_live_and_becomes_the_draft() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    submit(&browser, "03871 555").await;
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "Neue Anlage").await.leads_to("/kreis?getan=freigegeben");
    browser.get(&format!("{AUE}/verlauf")).await.shows("/verlauf/1\"");
    let path = format!("{AUE}/verlauf/1");
    let page = browser.get(&path).await;
    page.shows("In dieser Fassung");
    assert!(page.text.contains("03871 555") && page.text.contains("03871 2000"), "{}", page.text);
    assert!(page.text.contains("haus@example.org"), "what is the same is shown, too: {}", page.text);
    assert_eq!(page.text.matches("compare__new").count(), 1, "{}", page.text);
    assert!(page.text.contains("Diese Fassung wiederherstellen"), "{}", page.text);
    let newest = browser.get(&format!("{AUE}/verlauf/2")).await;
    newest.shows("sagt jetzt dasselbe");
    assert!(!newest.text.contains("Neue Anlage") && !newest.text.contains("freigegeben von"));
    county.get(&format!("{AUE}/verlauf/2")).await.shows("Neue Anlage");
    for nowhere in ["0", "3", "x", "99999999999999999999"] {
        let answer = browser.get(&format!("{AUE}/verlauf/{nowhere}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    browser.post(&path, &[("stand", "0")]).await.leads_to(&format!("{AUE}?getan=wiederhergestellt"));
    let page = browser.get(&path).await;
    page.shows("Es gibt gerade einen Entwurf.");
    assert!(!page.text.contains("Diese Fassung wiederherstellen"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_leads_nowhere_where_nobody_can_go_yet() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    browser.get(&format!("{AUE}/ansicht")).await.shows("Fehler melden");
    browser.post("/redaktion/diakonie-aue/neu", &[("name", "Haus Neu")]).await;
    let path = "/redaktion/eintraege/entwurf-haus-neu";
    change(&browser, &format!("{path}/grunddaten"), &[("telefon", "03871 9")]).await;
    let page = browser.get(&format!("{path}/ansicht")).await;
    page.shows("03871 9");
    assert!(!page.text.contains("/einrichtung/entwurf-haus-neu"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_county_wrote_comes_back_where_the_draft_was_taken_back_meanwhile() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    submit(&browser, "03871 1").await;
    let seen = stamp(&county, DECIDE).await;
    act(&browser, AUE, "zurueckziehen").await;
    let reason = "Die Nummer <ist> zu kurz.";
    let late = decide(&county, &seen, "zurueckgeben", reason).await;
    late.refuses(StatusCode::CONFLICT, "inzwischen zurückgeholt");
    assert!(late.text.contains("Die Nummer &lt;ist&gt; zu kurz."), "{}", late.text);
    assert!(!late.text.contains("value=\"zurueckgeben\""), "there is nothing to decide");
    // Submitted again, it is another one: the reason is in its field.
    act(&browser, AUE, "einreichen").await;
    let changed = decide(&county, &seen, "zurueckgeben", reason).await;
    changed.refuses(StatusCode::CONFLICT, "inzwischen geändert");
    assert!(changed.text.contains("Die Nummer &lt;ist&gt; zu kurz."), "{}", changed.text);
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    let decided = decide(&county, &seen, "zurueckgeben", reason).await;
    decided.refuses(StatusCode::CONFLICT, "inzwischen entschieden");
    assert!(decided.text.contains("Die Nummer &lt;ist&gt; zu kurz."), "{}", decided.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_county_wrote_comes_back_where_the_entry_is_gone_meanwhile() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    let municipality = office.municipality().await.id.to_string();
    browser.post("/redaktion/diakonie-aue/neu", &[("name", "Haus Neu")]).await;
    let path = "/redaktion/eintraege/entwurf-haus-neu";
    change(&browser, &format!("{path}/grunddaten"), &[("gemeinde", &municipality)]).await;
    change(&browser, &format!("{path}/angebot-neu"), &[("art", "tagespflege"), ("plaetze", "12")]).await;
    act(&browser, path, "einreichen").await.leads_to(&format!("{path}?getan=eingereicht"));
    let decision = "/kreis/pruefen/entwurf-haus-neu";
    let seen = stamp(&county, decision).await;
    act(&browser, path, "zurueckziehen").await;
    act(&browser, path, "loeschen").await.leads_to("/redaktion");
    let fields = [("stand", &*seen), ("was", "zurueckgeben"), ("grund", "Bitte <noch> eine Nummer.")];
    let late = county.post(decision, &fields).await;
    late.refuses(StatusCode::CONFLICT, "veröffentlicht oder gelöscht");
    assert!(late.text.contains("Bitte &lt;noch&gt; eine Nummer."), "{}", late.text);
    let nothing = county.post(decision, &[("stand", &*seen), ("was", "freigeben")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}
