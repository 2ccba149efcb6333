//! What people without an account write, and what the county makes of it.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    facility::Visibility,
};
use axum::http::StatusCode;

use crate::desk::{Browser, Office};

const PAGE: &str = "/einrichtung/haus-aue";
const GUEST: &str = "neu@heim.example";

async fn county(office: &Office) -> Browser<'_> {
    office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    office.signed_in_twice("kreis@kreis.example").await
}

/// The newest notice, as the county's list leads to it.
async fn newest(office: &Office) -> String {
    let open = office.store().list_notices(true, 9).await.expect("notices");
    format!("/kreis/hinweise/{}", open.last().expect("a notice").id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_reports_an_error_without_a_cookie_and_gets_an_answer() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    office.entry("Haus Aue", organization).await;
    let citizen = office.browser();
    office.comes(PAGE, "/einrichtung/haus-aue/hinweis").await;
    let path = format!("{PAGE}/hinweis");
    citizen.get(&path).await.shows("Was stimmt nicht?");
    citizen.post(&path, &[("text", " ")]).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, "worum es geht");
    let wrong = citizen.post(&path, &[("text", "<b>Zu</b>"), ("email", "a@b\r\nBcc: c@d.de")]).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "keine E-Mail-Adresse");
    assert!(wrong.text.contains("&lt;b&gt;Zu"), "{}", wrong.text);
    let long = "x".repeat(2_001);
    citizen.post(&path, &[("text", &long)]).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, "2000 Zeichen");
    let sent = citizen.post(&path, &[("text", "Die Nummer ist falsch."), ("email", GUEST)]).await;
    sent.leads_to(&format!("{path}?getan=gesendet"));
    citizen.get(&format!("{path}?getan=gesendet")).await.shows("Danke");
    assert_eq!(*citizen.cookie.lock().expect("a lock"), None);
    assert_eq!(citizen.get("/einrichtung/gibt-es-nicht/hinweis").await.status, StatusCode::NOT_FOUND);
    let forged = citizen.post_from_elsewhere(&path, &[("text", "x")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);

    let county = county(&office).await;
    county.get("/kreis").await.shows("Hinweis: etwas stimmt nicht");
    let notice = newest(&office).await;
    county.get(&notice).await.shows("Die Nummer ist falsch.");
    county
        .post(&notice, &[("was", "annehmen"), ("antwort", "Jetzt stimmt sie.")])
        .await
        .leads_to("/kreis?getan=angenommen");
    let letter = office.newest_mail(GUEST).await;
    assert!(letter.text.contains("Jetzt stimmt sie."), "{}", letter.text);
    county.post(&notice, &[("was", "annehmen")]).await.leads_to("/kreis?getan=schneller");
    assert_eq!(office.mails_to(GUEST).await.len(), 1, "nobody is answered twice");
    county.get("/kreis/hinweise").await.shows("bearbeitet");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_writes_so_many_notices_and_no_more() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    office.entry("Haus Aue", organization).await;
    let path = format!("{PAGE}/hinweis");
    let mut browser = office.browser();
    for _ in 0..10 {
        browser.post(&path, &[("text", "noch einer")]).await.leads_to(&format!("{path}?getan=gesendet"));
    }
    let refused = browser.post(&path, &[("text", "Mein Text")]).await;
    refused.refuses(StatusCode::TOO_MANY_REQUESTS, "viele Nachrichten");
    assert!(refused.text.contains("Mein Text"), "what was typed is kept");
    browser.network = "203.0.113.9".to_owned();
    browser.post(&path, &[("text", "ein anderer")]).await.leads_to(&format!("{path}?getan=gesendet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_claims_an_entry_is_invited_and_then_keeps_it() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    let facility = office.entry("Haus Aue", organization).await;
    let path = format!("{PAGE}/uebernehmen");
    let guest = office.browser();
    guest
        .post(&path, &[("text", "Ich leite das Haus.")])
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "Ihren Namen");
    let fields =
        [("text", "Ich leite das Haus."), ("name", "Anna Neu"), ("email", GUEST), ("traeger", "Aue gGmbH")];
    guest.post(&path, &fields).await.leads_to(&format!("{path}?getan=gesendet"));
    // Those who ran it before have begun something.
    let before = office.person("alt@heim.example", None).await;
    office.joins(before, organization, OrganizationRole::Editor).await;
    let former = office.signed_in("alt@heim.example").await;
    let basics = "/redaktion/eintraege/haus-aue/grunddaten";
    crate::editing::change(&former, basics, &[("telefon", "03871 666")]).await;
    let county = county(&office).await;
    let notice = newest(&office).await;
    let nothing = county.post(&notice, &[]).await;
    nothing.refuses(StatusCode::UNPROCESSABLE_ENTITY, "was geschehen soll");
    county.get(&notice).await.shows("Neuer Träger: Aue gGmbH");
    let unsaid = county.post(&notice, &[("was", "annehmen")]).await;
    unsaid.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Bitte wählen Sie den Träger");
    let changed = [("was", "annehmen"), ("traeger", "neu")];
    county.post(&notice, &changed).await.leads_to("/kreis?getan=angenommen");
    let mails = office.mails_to(GUEST).await;
    assert_eq!(mails.len(), 2);
    let invitation = mails.iter().find(|mail| mail.text.contains("/einladung/")).expect("an invitation");
    let link = invitation.link("/einladung/");
    guest
        .post(&link, &[("name", "Anna Neu"), ("neu", "Vier ganz andere Worte")])
        .await
        .leads_to("/anmelden?getan=einladung");
    guest.sign_in(GUEST, "Vier ganz andere Worte").await.leads_to("/konto");
    guest.get("/redaktion").await.shows("Haus Aue");
    guest.get(basics).await.shows("03871 2000");
    assert_eq!(former.get(basics).await.status, StatusCode::NOT_FOUND);
    let live =
        office.store().list_facilities(&[facility.id]).await.expect("an answer").pop().expect("the entry");
    assert_eq!(live.organization.expect("one").name, "Aue gGmbH");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_want_to_be_listed_is_hidden_and_who_is_new_is_invited() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    let facility = office.entry("Haus Aue", organization).await;
    let county = county(&office).await;
    let guest = office.browser();
    let path = format!("{PAGE}/nicht-listen");
    let fields = [("text", "Inhaberin"), ("name", "Anna Neu"), ("email", GUEST)];
    guest.post(&path, &fields).await.leads_to(&format!("{path}?getan=gesendet"));
    let notice = newest(&office).await;
    county.post(&notice, &[("was", "annehmen")]).await.leads_to("/kreis?getan=angenommen");
    office.goes(PAGE).await;
    let live =
        office.store().list_facilities(&[facility.id]).await.expect("an answer").pop().expect("the entry");
    assert_eq!(live.visibility, Visibility::Declined);

    let fields =
        [("text", "Tagespflege"), ("name", "Kim"), ("email", "kim@neu.example"), ("traeger", "Neu e. V.")];
    guest.post("/mitmachen", &fields).await.leads_to("/mitmachen?getan=gesendet");
    let notice = newest(&office).await;
    county
        .post(&notice, &[("was", "ablehnen"), ("antwort", "Bitte mit Nachweis.")])
        .await
        .leads_to("/kreis?getan=erledigt");
    assert!(office.newest_mail("kim@neu.example").await.text.contains("Bitte mit Nachweis."));
    guest.post("/mitmachen", &fields).await.leads_to("/mitmachen?getan=gesendet");
    let notice = newest(&office).await;
    county.post(&notice, &[("was", "annehmen")]).await.leads_to("/kreis?getan=angenommen");
    let mails = office.mails_to("kim@neu.example").await;
    assert!(mails.iter().any(|mail| mail.text.contains("Neu e. V., Leitung")), "{mails:?}");
    county.get("/kreis").await.shows("Neu e. V.");
}
