//! Alerts as families meet them, through the whole program.

use axum::http::StatusCode;

use crate::desk::Office;

const FORM: &str = "/benachrichtigen?ort=Parchim&art=tagespflege";
const FAMILY: &str = "anna@familie.example";
const SEARCH: &str = "ort=Parchim&art=tagespflege";

async fn office() -> Office {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    office.entry("Haus Aue", organization).await;
    office.comes("/einrichtung/haus-aue", "Benachrichtigen, wenn etwas frei wird").await;
    office
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_finds_the_form_confirms_and_ends_it_without_a_cookie() {
    let office = office().await;
    let family = office.browser();
    let results = family.get("/suche?ort=Parchim&art=tagespflege&ansicht=karte").await;
    results.shows("/benachrichtigen?ort=Parchim&amp;art=tagespflege\"");
    let form = family.get(FORM).await;
    form.shows("Tagespflege in Parchim");
    form.shows("90 Tage");
    form.shows("Datenschutz");
    let refused = family.post("/benachrichtigen", &[("suche", SEARCH), ("email", "anna")]).await;
    refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "keine E-Mail-Adresse");
    assert!(refused.text.contains("value=\"anna\""), "what was typed stays");
    let asked = family.post("/benachrichtigen", &[("suche", SEARCH), ("email", FAMILY)]).await;
    asked.leads_to("/benachrichtigen/unterwegs");
    family.get("/benachrichtigen/unterwegs").await.shows("Postfach");
    let link = office.newest_mail(FAMILY).await.link("/benachrichtigen/");
    // Scanners open links, as often as they like.
    family.get(&link).await.shows("Benachrichtigung bestätigen");
    family.get(&link).await.shows("Vorher schreiben wir Ihnen nicht");
    family.post(&link, &[("was", "bestaetigen")]).await.leads_to(&link);
    let shown = family.get(&link).await;
    shown.shows("Endet von selbst am 29. September 2026");
    family.post(&link, &[("was", "beenden")]).await.leads_to("/benachrichtigen/beendet");
    family.get("/benachrichtigen/beendet").await.shows("gelöscht");
    assert_eq!(family.get(&link).await.status, StatusCode::GONE);
    assert_eq!(*family.cookie.lock().expect("a lock"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_program_ends_an_alert_with_one_click_and_no_other_site_does() {
    let office = office().await;
    let family = office.browser();
    family.post("/benachrichtigen", &[("suche", SEARCH), ("email", FAMILY)]).await;
    let link = office.newest_mail(FAMILY).await.link("/benachrichtigen/");
    family.post(&link, &[("was", "bestaetigen")]).await.leads_to(&link);
    let one_click = [("List-Unsubscribe", "One-Click")];
    let foreign = family.post_from_elsewhere(&link, &one_click).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    // What is no link of a mail is refused to programs as ever.
    assert_eq!(family.post_as_program("/benachrichtigen", &one_click).await.status, StatusCode::FORBIDDEN);
    assert_eq!(family.get(&link).await.status, StatusCode::OK);
    assert_eq!(family.post_parts_by_program(&link).await.status, StatusCode::OK);
    assert_eq!(family.get(&link).await.status, StatusCode::GONE);
    assert_eq!(family.post_as_program(&link, &one_click).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_same_whether_an_address_is_known_or_not() {
    let office = office().await;
    let family = office.browser();
    family.post("/benachrichtigen", &[("suche", SEARCH), ("email", FAMILY)]).await;
    let link = office.newest_mail(FAMILY).await.link("/benachrichtigen/");
    family.post(&link, &[("was", "bestaetigen")]).await.leads_to(&link);
    for (path, nobody) in [
        ("/benachrichtigen", "niemand@familie.example"),
        ("/benachrichtigen/beenden", "nirgends@familie.example"),
    ] {
        let known = family.post(path, &[("suche", SEARCH), ("email", FAMILY)]).await;
        let unknown = family.post(path, &[("suche", SEARCH), ("email", nobody)]).await;
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text), "{path}");
        assert_eq!(known.header("location"), unknown.header("location"), "{path}");
    }
    assert_eq!(office.mails_to("niemand@familie.example").await.len(), 1);
    assert!(office.mails_to("nirgends@familie.example").await.is_empty(), "there is nothing to end");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_forms_have_a_clear_answer_and_write_nothing() {
    let office = office().await;
    let family = office.browser();
    let trapped = [("suche", SEARCH), ("email", FAMILY), ("homepage", "https://spam.example")];
    family.post("/benachrichtigen", &trapped).await.leads_to("/benachrichtigen/unterwegs");
    let many = "a&".repeat(10_000);
    let long = format!("q={}", "x".repeat(60_000));
    let unknown = "art=gestern";
    for (search, status) in [
        (unknown, StatusCode::UNPROCESSABLE_ENTITY),
        (many.as_str(), StatusCode::UNPROCESSABLE_ENTITY),
        (long.as_str(), StatusCode::UNPROCESSABLE_ENTITY),
        ("q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer =
            family.post("/benachrichtigen", &[("suche", search), ("email", "a@b\r\nBcc: c@d.de")]).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(!answer.text.contains("<script>alert"), "{}", answer.text);
    }
    let refused = family.get(&format!("/benachrichtigen?{many}")).await;
    assert_eq!(refused.status, StatusCode::URI_TOO_LONG);
    family.get(&format!("/benachrichtigen?{}", &many[..9_000])).await.shows("Alle Angebote");
    let unmet = family.get("/benachrichtigen?art=gestern").await;
    assert_eq!(unmet.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unmet.text.contains("gibt es „gestern“ nicht"), "{}", unmet.text);
    assert_eq!(family.post("/benachrichtigen", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for link in ["/benachrichtigen/x", &format!("/benachrichtigen/{}", "0".repeat(64))] {
        assert_eq!(family.get(link).await.status, StatusCode::GONE, "{link}");
        for what in ["bestaetigen", "beenden", "alle"] {
            assert_eq!(family.post(link, &[("was", what)]).await.status, StatusCode::GONE, "{link} {what}");
        }
    }
    assert!(office.mails_to(FAMILY).await.is_empty());
}
