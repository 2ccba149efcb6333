//! Reminders as people meet them: the letter, their settings, and the county's list of those who are silent.

use std::sync::Arc;

use app::domain::{
    account::{CountyRole, OrganizationRole},
    facility::Facility,
    portal::Portal,
};
use axum::http::StatusCode;
use server::{
    service::{mail::Mailbox, reminder::ReminderService},
    store::Chain,
};
use time::macros::datetime;

use crate::{
    desk::{Browser, EMAIL, Letter, Office},
    support::samples,
};

const COUNTY: &str = "kreis@kreis.example";
const SETTINGS: &str = "/konto/erinnerungen";
const LIST: &str = "/kreis/meldungen";

/// Somebody who reports for "Haus Aue", which has reported for two weeks at 30 June.
async fn reporter(office: &Office) -> Facility {
    let organization = office.organization("Diakonie Aue").await;
    let facility = office.entry("Haus Aue", organization).await;
    let account = office.person(EMAIL, None).await;
    office.joins(account, organization, OrganizationRole::Capacity).await;
    let mut report = samples::report(facility.offers[0].id, 2);
    report.reported_at = datetime!(2026-06-30 10:00 UTC);
    report.valid_until = datetime!(2026-07-14 10:00 UTC);
    let mut tx = office.store().begin().await.expect("a transaction");
    tx.insert_report(&report).await.expect("inserted");
    tx.commit().await.expect("committed");
    facility
}

/// A letter of the day before it ends.
async fn letter(office: &Office) -> Letter {
    office.clock.becomes(datetime!(2026-07-13 10:00 UTC));
    let base_url = "https://pflege.example".to_owned();
    let portal = Portal { writes_mail: true, base_url, ..Portal::default() };
    let mailbox = Mailbox::new(Arc::new(portal));
    let reminders = ReminderService::new(office.store().clone(), office.clock.clone(), mailbox);
    reminders.remind_due().await.expect("an answer");
    office.newest_mail(EMAIL).await
}

async fn county(office: &Office) -> Browser<'_> {
    office.person(COUNTY, Some(CountyRole::Editor)).await;
    office.signed_in_twice(COUNTY).await
}

/// How long the audit log is.
async fn audited(office: &Office) -> u64 {
    match office.store().verify_audit().await.expect("an answer") {
        Chain::Sound { entries, .. } => entries,
        Chain::Broken { sequence } => panic!("the chain is broken at {sequence}"),
    }
}

/// Whether the box of a kind is ticked.
fn wants(page: &str, kind: &str) -> bool {
    let boxes = page.split("<input").filter(|tag| tag.contains(&format!("value=\"{kind}\"")));
    let mut ticked = boxes.map(|tag| tag.split('>').next().is_some_and(|tag| tag.contains("checked")));
    ticked.next().expect("a box")
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_chooses_their_reminders_and_makes_a_pause() {
    let office = Office::open().await;
    reporter(&office).await;
    let browser = office.signed_in(EMAIL).await;
    let before = audited(&office).await;
    browser.get("/konto").await.shows("href=\"/konto/erinnerungen\"");
    let page = browser.get(SETTINGS).await.text;
    assert!(wants(&page, "vor-ablauf") && wants(&page, "abgelaufen"), "all of them at first: {page}");
    let fields = [("arten", "abgelaufen"), ("pause", "2026-08-14")];
    browser.post(SETTINGS, &fields).await.leads_to("/konto/erinnerungen?getan=gespeichert");
    let page = browser.get("/konto/erinnerungen?getan=gespeichert").await;
    page.shows("Gespeichert.");
    assert!(!wants(&page.text, "vor-ablauf") && wants(&page.text, "abgelaufen"), "{}", page.text);
    assert!(page.text.contains("value=\"2026-08-14\""), "{}", page.text);
    for wrong in ["2026-06-30", "2027-07-03", "bald", "<script>"] {
        let refused = browser.post(SETTINGS, &[("arten", "vor-ablauf"), ("pause", wrong)]).await;
        refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Bitte geben Sie einen Tag ab heute an");
        assert!(wants(&refused.text, "vor-ablauf"), "what was chosen is kept: {}", refused.text);
        assert!(!refused.text.contains("<script>"), "{}", refused.text);
    }
    assert!(wants(&browser.get(SETTINGS).await.text, "abgelaufen"), "nothing has changed");
    // When the pause is over, the form says so.
    office.clock.becomes(datetime!(2026-08-15 10:00 UTC));
    let browser = office.signed_in(EMAIL).await;
    assert!(!browser.get(SETTINGS).await.text.contains("2026-08-14"));
    browser.post(SETTINGS, &[("pause", "")]).await.leads_to("/konto/erinnerungen?getan=gespeichert");
    let page = browser.get(SETTINGS).await.text;
    assert!(!wants(&page, "vor-ablauf") && !wants(&page, "abgelaufen"), "none: {page}");
    assert_eq!(audited(&office).await, before + 2, "each change is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_the_letter_ends_reminders_once_somebody_presses_a_button() {
    let office = Office::open().await;
    reporter(&office).await;
    let letter = letter(&office).await;
    assert_eq!(letter.subject, "Bitte melden: Haus Aue");
    let link = letter.link("/erinnerungen-abbestellen/");
    let browser = office.browser();
    // Scanners of mail open links.
    for _ in 0..2 {
        browser.get(&link).await.shows("Alle Erinnerungen abbestellen");
    }
    let foreign = browser.post_from_elsewhere(&link, &[("was", "alle")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{}", foreign.text);
    browser.get(&link).await.shows("Erinnerungen vor dem Ablauf abbestellen");
    browser.post(&link, &[("was", "vor-ablauf")]).await.leads_to(&format!("{link}?getan=abbestellt"));
    browser.get(&format!("{link}?getan=abbestellt")).await.shows("andere schon");
    let page = browser.get(&link).await;
    page.shows("Alle Erinnerungen abbestellen");
    assert!(!page.text.contains("Erinnerungen vor dem"), "{}", page.text);
    browser.post(&link, &[("was", "alle")]).await.leads_to(&format!("{link}?getan=abbestellt"));
    browser.get(&format!("{link}?getan=abbestellt")).await.shows("Sie bekommen keine Erinnerungen");
    browser.get(&link).await.shows("Sie bekommen keine Erinnerungen an Meldungen.");
    assert!(browser.cookie.lock().expect("a lock").is_none(), "nobody needs a cookie for that");
    let own = office.signed_in(EMAIL).await.get(SETTINGS).await.text;
    assert!(!wants(&own, "vor-ablauf") && !wants(&own, "abgelaufen"), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_program_ends_reminders_by_itself_and_nothing_else() {
    let office = Office::open().await;
    reporter(&office).await;
    let link = letter(&office).await.link("/erinnerungen-abbestellen/");
    let program = office.browser();
    for _ in 0..2 {
        program.post_by_program(&link).await.shows("Sie bekommen keine Erinnerungen an Meldungen mehr.");
    }
    let own = office.signed_in(EMAIL).await.get(SETTINGS).await.text;
    assert!(!wants(&own, "vor-ablauf") && !wants(&own, "abgelaufen"), "{own}");
    let unknown = format!("/erinnerungen-abbestellen/{}", "ab".repeat(32));
    for worn in [&unknown, "/erinnerungen-abbestellen/x", "/erinnerungen-abbestellen/%00"] {
        assert_eq!(program.post_by_program(worn).await.status, StatusCode::GONE, "{worn}");
        assert_eq!(program.get(worn).await.status, StatusCode::GONE, "{worn}");
    }
    for other in
        ["/konto/erinnerungen", "/abmelden", "/erinnerungen-abbestellen", "/erinnerungen-abbestellenx"]
    {
        let refused = program.post_by_program(other).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{other}: {}", refused.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_sees_who_is_silent_phones_and_puts_it_off() {
    let office = Office::open().await;
    reporter(&office).await;
    letter(&office).await;
    let county = county(&office).await;
    let number = |count: usize| format!("<strong>{count}</strong><span>nicht gemeldet</span>");
    county.get("/kreis").await.shows(&number(0));
    county.get(LIST).await.shows("Hier steht zurzeit niemand");
    office.clock.becomes(datetime!(2026-07-17 10:00 UTC));
    let county = office.signed_in_twice(COUNTY).await;
    county.get("/kreis").await.shows(&number(1));
    let page = county.get(LIST).await;
    for part in [
        "href=\"/kreis/meldungen/haus-aue\"",
        "nicht gemeldet seit 14. Juli",
        "1 Angebot<",
        "href=\"tel:038712000\"",
        "Diakonie Aue",
        "Erinnert: Petra Muster (vor 4 Tagen)",
    ] {
        page.shows(part);
    }
    let put_off = "/kreis/meldungen/haus-aue/spaeter";
    county.get(put_off).await.shows("Haus Aue");
    let note = "Anruf bei <b>Frau Muster</b>";
    for wrong in ["", "gestern", "2026-07-16", "2027-01-01"] {
        let refused = county.post(put_off, &[("tag", wrong), ("notiz", note)]).await;
        refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Bitte geben Sie einen Tag ab heute an");
        assert!(refused.text.contains("Anruf bei &lt;b&gt;Frau"), "what was typed is kept: {}", refused.text);
    }
    let long = "ä".repeat(301);
    let refused = county.post(put_off, &[("tag", "2026-07-20"), ("notiz", &long)]).await;
    refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "höchstens 300 Zeichen");
    let done = county.post(put_off, &[("tag", "20.7.2026"), ("notiz", note)]).await;
    done.leads_to("/kreis/meldungen?getan=zurueckgestellt");
    let page = county.get("/kreis/meldungen?getan=zurueckgestellt").await;
    page.shows("Gespeichert. Bis zu dem Tag");
    assert!(!page.text.contains("Haus Aue"), "{}", page.text);
    county.get("/kreis").await.shows(&number(0));
    let later = county.get("/kreis/meldungen?zeigen=spaeter").await;
    later.shows(
        "Zurückgestellt bis 20. Juli, notiert heute von Petra Muster: Anruf bei &lt;b&gt;Frau Muster&lt;/b&gt;",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_has_pages_and_any_address_of_it_has_an_answer() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    // Nobody has an account there: what never reported is in the list at once.
    for number in 0..26 {
        office.entry(&format!("Haus {number:02}"), organization).await;
    }
    let county = county(&office).await;
    let first = county.get(LIST).await;
    first.shows("26 Einrichtungen");
    first.shows("href=\"/kreis/meldungen?seite=2\"");
    first.shows("Niemand hat ein Konto.");
    assert!(first.text.contains("Haus 24") && !first.text.contains("Haus 25"), "{}", first.text);
    let second = county.get("/kreis/meldungen?zeigen=nie&seite=2").await;
    second.shows("Haus 25");
    second.shows("href=\"/kreis/meldungen?zeigen=nie\"");
    county.get("/kreis/meldungen?seite=3").await.leads_to(LIST);
    county.get("/kreis/meldungen?zeigen=spaeter&seite=99999999999").await.shows("Hier steht zurzeit niemand");
    county.get("/kreis/meldungen?zeigen=%ff&seite=-1&&=").await.shows("26 Einrichtungen");
}
