//! Links that report, cards, and what the county reports on a provider's behalf.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    audit::Action,
    capacity::ReportSource,
};
use axum::http::StatusCode;
use time::Duration;

use crate::{
    capacity::{House, OFFICE, SCREEN},
    desk::Browser,
};

const LINKS: &str = "/redaktion/diakonie-aue/meldelinks";
const COUNTY: &str = "/kreis/meldungen/haus-aue";
const LEAD: &str = "leitung@aue.example";

async fn lead(house: &House) -> Browser<'_> {
    let account = house.office.person(LEAD, None).await;
    house.office.joins(account, house.organization, OrganizationRole::Owner).await;
    house.office.signed_in(LEAD).await
}

/// What stands between two texts.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split(start).nth(1).unwrap_or_else(|| panic!("{start} is missing in {text}"));
    rest.split(end).next().unwrap_or_default()
}

/// The path of a card that was just made.
async fn card(lead: &Browser<'_>, name: &str) -> String {
    let page = lead.post(&format!("{LINKS}/karte"), &[("name", name)]).await;
    page.shows("Ihre Meldekarte");
    let secret = between(&page.text, "https://pflege.example/m/", "<");
    assert_eq!(secret.trim().len(), 64, "{secret}");
    format!("/m/{}", secret.trim())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_what_is_known_and_reading_reports_nothing() {
    let house = House::open().await;
    let path = house.mailed().await;
    let browser = house.office.browser();
    for _often in 0..3 {
        let page = browser.get(&path).await;
        page.shows("Freie Plätze melden");
        assert_eq!(page.header("set-cookie"), "");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!((page.header("x-robots-tag"), page.header("cache-control")), ("noindex", "no-store"));
        assert!(page.text.contains("name=\"robots\" content=\"noindex\""), "{}", page.text);
        assert!(!page.text.contains("Abmelden"), "{}", page.text);
    }
    assert_eq!(house.latest(house.day()).await, None);
    // Whoever looks again within a quarter of an hour is noted once.
    assert_eq!(house.logged(Action::ReportLinkOpened).await, 1);
    house.office.clock.passes(Duration::minutes(16));
    browser.get(&path).await.shows("Freie Plätze melden");
    assert_eq!(house.logged(Action::ReportLinkOpened).await, 2);
    // Other pages keep what they had.
    assert_eq!(browser.get("/impressum").await.header("referrer-policy"), "same-origin");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_a_card_again_and_again_writes_once() {
    let house = House::open().await;
    let lead = lead(&house).await;
    let path = card(&lead, "Empfang").await;
    let browser = house.office.browser();
    for _often in 0..3 {
        browser.get(&path).await.shows("Freie Plätze melden");
    }
    assert_eq!(house.logged(Action::ReportLinkOpened).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_reports_and_thanks_with_the_new_light() {
    let house = House::open().await;
    let path = house.mailed().await;
    let browser = house.office.browser();
    let sent = house.says(&browser, &path, house.day(), &[("frei", "2")]).await;
    let day = house.day();
    assert_eq!(sent.header("set-cookie"), "");
    assert_eq!(sent.header("referrer-policy"), "no-referrer");
    sent.leads_to(&format!("{path}?getan=gemeldet&angebot={day}#angebot-{day}"));
    let thanks = browser.get(&format!("{path}?getan=gemeldet&angebot={day}")).await;
    thanks.shows("Danke, das ist gemeldet");
    thanks.shows("2 Plätze frei");
    thanks.shows("gilt bis Mittwoch, 15. Juli, 12 Uhr");
    thanks.shows("href=\"/einrichtung/haus-aue\"");
    let report = house.latest(day).await.expect("a report");
    assert_eq!((report.reported_by.as_str(), report.source), ("Petra Muster", ReportSource::Provider));
    house.office.clock.passes(Duration::days(1));
    let stand = format!("{day}.{}", report.sequence);
    browser
        .post(&path, &[("was", "alle"), ("stand", &*stand)])
        .await
        .leads_to(&format!("{path}?getan=gemeldet"));
    browser.get(&format!("{path}?getan=gemeldet")).await.shows("gilt bis Donnerstag, 16. Juli, 12 Uhr");
    let again = house.latest(day).await.expect("a report");
    assert_eq!(again.valid_until, report.valid_until + Duration::DAY);
    assert_eq!(house.logged(Action::CapacityReported).await, 2);
    // A wrong number comes back at its field, as with an account.
    let wrong = house.says(&browser, &path, day, &[("frei", "99")]).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Es gibt hier 42 Plätze");
    assert_eq!(house.latest(day).await, Some(again));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_reaches_nothing_but_the_screen_and_no_other_house() {
    let house = House::open().await;
    let other = house.office.organization("Fremder Träger").await;
    let foreign = house.office.entry("Haus Berg", other).await;
    let path = house.mailed().await;
    let browser = house.office.browser();
    let page = browser.get(&path).await;
    assert!(page.text.contains("Haus Aue") && !page.text.contains("Haus Berg"), "{}", page.text);
    let id = foreign.offers[0].id.to_string();
    let fields = [("was", "melden"), ("angebot", &*id), ("gesehen", ""), ("frei", "1")];
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
    browser.get(SCREEN).await.leads_to(&format!("/anmelden?weiter={SCREEN}"));
    // Older browsers do not say where the form of such a page comes from.
    let id = house.day().to_string();
    let fields = [("was", "melden"), ("angebot", &*id), ("gesehen", ""), ("frei", "1")];
    assert_eq!(browser.post_from_elsewhere(&path, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_worth_nothing_says_what_to_do_and_reports_nothing() {
    let house = House::open().await;
    let browser = house.office.browser();
    let unknown = format!("/m/{}", "0".repeat(64));
    for path in [&*unknown, "/m/abc", "/m/%FF", "/m/..%2Fkonto"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.text.contains("Diesen Link kennen wir nicht") && page.text.contains("/anmelden"),
            "{path}"
        );
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
    }
    let path = house.mailed().await;
    house.office.clock.passes(Duration::days(30));
    let over = browser.get(&path).await;
    assert_eq!(over.status, StatusCode::GONE);
    assert!(over.text.contains("Dieser Link gilt nicht mehr"), "{}", over.text);
    assert_eq!(house.says(&browser, &path, house.day(), &[("frei", "1")]).await.status, StatusCode::GONE);
    // Somebody leaves: what they were sent is worth nothing at once.
    let path = house.mailed().await;
    browser.get(&path).await.shows("Freie Plätze melden");
    let mut tx = house.office.store().begin().await.expect("a transaction");
    tx.delete_membership(house.person, house.organization).await.expect("they leave");
    tx.commit().await.expect("they have left");
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    let late = house.says(&browser, &path, house.day(), &[("frei", "1")]).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert_eq!(house.latest(house.day()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_switches_off_a_link_that_was_passed_on() {
    let house = House::open().await;
    let path = house.mailed().await;
    let lead = lead(&house).await;
    house.office.browser().get(&path).await.shows("Freie Plätze melden");
    let list = lead.get(LINKS).await;
    list.shows("E-Mail an Petra Muster");
    list.shows("zuletzt benutzt heute");
    assert!(!list.text.contains(path.trim_start_matches("/m/")), "the secret is shown nowhere");
    let id = between(&list.text, "name=\"link\" value=\"", "\"").to_owned();
    let off = format!("{LINKS}/abschalten");
    // Others of the team may not.
    let office = house.office.signed_in(OFFICE).await;
    assert_eq!(office.post(&off, &[("link", &*id)]).await.status, StatusCode::FORBIDDEN);
    house.office.browser().get(&path).await.shows("Freie Plätze melden");
    lead.post(&off, &[("link", &*id)]).await.leads_to(&format!("{LINKS}?getan=abgeschaltet"));
    lead.post(&off, &[("link", &*id)]).await.leads_to(&format!("{LINKS}?getan=nichts"));
    lead.post(&off, &[("link", "x")]).await.leads_to(&format!("{LINKS}?getan=nichts"));
    let browser = house.office.browser();
    assert_eq!(browser.get(&path).await.status, StatusCode::GONE);
    assert_eq!(house.says(&browser, &path, house.day(), &[("frei", "1")]).await.status, StatusCode::GONE);
    assert_eq!(house.latest(house.day()).await, None);
    assert_eq!(house.logged(Action::ReportLinkRevoked).await, 1);
    lead.get(LINKS).await.shows("abgeschaltet am 1. Juli");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_shown_once_and_reports_under_its_name() {
    let house = House::open().await;
    let lead = lead(&house).await;
    let nameless = lead.post(&format!("{LINKS}/karte"), &[("name", " ")]).await;
    nameless.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Namen");
    let long = lead.post(&format!("{LINKS}/karte"), &[("name", &"x".repeat(61))]).await;
    long.refuses(StatusCode::UNPROCESSABLE_ENTITY, "60 Zeichen");
    let path = card(&lead, "Büro").await;
    let list = lead.get(LINKS).await;
    list.shows("Karte „Büro“");
    assert!(!list.text.contains(path.trim_start_matches("/m/")), "{}", list.text);
    lead.get(&format!("{LINKS}/karte")).await.leads_to(LINKS);
    let browser = house.office.browser();
    house.office.clock.passes(Duration::days(400));
    house.says(&browser, &path, house.day(), &[("frei", "1")]).await;
    assert_eq!(house.latest(house.day()).await.expect("a report").reported_by, "Büro");
    assert_eq!(house.logged(Action::ReportLinkMade).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_reports_what_it_heard_on_the_phone() {
    let house = House::open().await;
    house.office.person("text@kreis.example", Some(CountyRole::Editor)).await;
    let county = house.office.signed_in_twice("text@kreis.example").await;
    county.get(COUNTY).await.shows("Melden für Haus Aue");
    county.get("/redaktion/eintraege/haus-aue").await.shows(COUNTY);
    let day = house.day();
    let sent = house.says(&county, COUNTY, day, &[("frei", "2"), ("weg", "telefon")]).await;
    sent.leads_to(&format!("{COUNTY}?getan=gemeldet&angebot={day}&weg=telefon#angebot-{day}"));
    let report = house.latest(day).await.expect("a report");
    assert_eq!((report.source, report.reported_by.as_str()), (ReportSource::Phone, "Petra Muster"));
    county.get(&format!("{COUNTY}?weg=kreis")).await.shows("name=\"weg\" value=\"kreis\"");
    house.says(&county, COUNTY, day, &[("frei", "3"), ("weg", "kreis")]).await;
    assert_eq!(house.latest(day).await.expect("a report").source, ReportSource::County);
    // Nothing said about how they know: the phone.
    house.confirms(&county, COUNTY, day).await;
    assert_eq!(house.latest(day).await.expect("a report").source, ReportSource::Phone);
    let other = house.office.organization("Fremder Träger").await;
    let foreign = house.office.entry("Haus Berg", other).await.offers[0].id;
    let refused = house.says(&county, "/kreis/meldungen/haus-berg", day, &[("frei", "1")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let id = foreign.to_string();
    let fields = [("was", "melden"), ("angebot", &*id), ("gesehen", ""), ("frei", "1")];
    assert_eq!(county.post(COUNTY, &fields).await.status, StatusCode::NOT_FOUND);
    county.post("/kreis/meldungen/haus-berg", &fields).await.leads_to(&format!(
        "/kreis/meldungen/haus-berg?getan=gemeldet&angebot={id}&weg=telefon#angebot-{id}"
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_says_how_long_reports_of_an_offer_hold_from_the_next_one_on() {
    let house = House::open().await;
    house.office.person("text@kreis.example", Some(CountyRole::Editor)).await;
    let county = house.office.signed_in_twice("text@kreis.example").await;
    let (day, path) = (house.day(), format!("{COUNTY}/gueltigkeit"));
    let id = day.to_string();
    house.says(&county, COUNTY, day, &[("frei", "1")]).await;
    let first = house.latest(day).await.expect("a report");
    let change = |days: &'static str| {
        let fields = [("angebot", id.clone()), ("feld", "0".to_owned()), ("tage-0", days.to_owned())];
        let (county, path) = (&county, &path);
        async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
            county.post(path, &fields).await
        }
    };
    for days in ["0", "366", "-1", "drei", "99999999999", "1.5"] {
        let refused = change(days).await;
        refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "1 bis 365 Tage");
        assert!(refused.text.contains(&format!("value=\"{days}\"")), "{}", refused.text);
    }
    assert_eq!(house.logged(Action::ValidityChanged).await, 0);
    for _twice in 0..2 {
        change("5").await.leads_to(&format!("{COUNTY}?getan=gueltigkeit"));
    }
    assert_eq!(house.logged(Action::ValidityChanged).await, 1);
    assert_eq!(house.latest(day).await, Some(first.clone()));
    house.confirms(&county, COUNTY, day).await;
    let short = house.latest(day).await.expect("a report");
    assert_eq!(short.valid_until - short.reported_at, Duration::days(5));
    change("").await.leads_to(&format!("{COUNTY}?getan=gueltigkeit"));
    house.confirms(&county, COUNTY, day).await;
    let usual = house.latest(day).await.expect("a report");
    assert_eq!(usual.valid_until - usual.reported_at, Duration::days(14));
    assert_eq!(house.logged(Action::ValidityChanged).await, 2);
    let other = house.office.organization("Fremder Träger").await;
    let foreign = house.office.entry("Haus Berg", other).await.offers[0].id.to_string();
    let refused = county.post(&path, &[("angebot", &*foreign), ("tage", "5")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(house.logged(Action::ValidityChanged).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_sent_to_people_of_the_team_and_to_nobody_else() {
    let house = House::open().await;
    let lead = lead(&house).await;
    let stranger = house.office.person("fremd@berg.example", None).await.to_string();
    let page = lead.get(LINKS).await;
    assert!(page.text.contains("Link schicken") && !page.text.contains(&stranger), "{}", page.text);
    for person in ["", "niemand", &stranger] {
        let refused = lead.post(&format!("{LINKS}/senden"), &[("person", person)]).await;
        refused.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Bitte wählen Sie jemanden aus dem Team.");
    }
    let own = between(&page.text, "<option value=\"", "\"").to_owned();
    for _ in 0..3 {
        let sent = lead.post(&format!("{LINKS}/senden"), &[("person", &own)]).await;
        sent.leads_to(&format!("{LINKS}?getan=geschickt"));
    }
    let fourth = lead.post(&format!("{LINKS}/senden"), &[("person", &own)]).await;
    fourth.refuses(StatusCode::UNPROCESSABLE_ENTITY, "heute schon drei Links");
    assert_eq!(house.logged(Action::ReportLinkSent).await, 3);
    let mut sent = house.office.mails_to(LEAD).await;
    sent.extend(house.office.mails_to(OFFICE).await);
    assert_eq!(sent.len(), 3, "the three links, and no letter besides");
    let path = sent[0].link("/m/");
    house.office.browser().get(&path).await.shows("Freie Plätze melden");
}
