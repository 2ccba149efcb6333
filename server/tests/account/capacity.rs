//! The one screen on which somebody says what is free, link by link and role by role.

use app::domain::{
    account::OrganizationRole,
    audit::Action,
    capacity::CapacityReport,
    facility::Facility,
    ids::{AccountId, OfferId, OrganizationId},
    offer::Offer,
};
use axum::http::StatusCode;
use server::service::capacity::mail_link;
use time::{Duration, macros::date};

use crate::{
    desk::{Answer, Browser, Office},
    support::samples,
};

pub const SCREEN: &str = "/redaktion/diakonie-aue/meldung";
pub const OFFICE: &str = "buero@aue.example";

/// An organization whose only house offers day care, and somebody of its office.
pub struct House {
    pub office: Office,
    pub organization: OrganizationId,
    pub facility: Facility,
    /// Whoever reports and does nothing else.
    pub person: AccountId,
}

impl House {
    pub async fn open() -> Self {
        let office = Office::open().await;
        let organization = office.organization("Diakonie Aue").await;
        let facility = office.entry("Haus Aue", organization).await;
        let person = office.person(OFFICE, None).await;
        office.joins(person, organization, OrganizationRole::Capacity).await;
        Self { office, organization, facility, person }
    }

    /// Day care: it counts places on weekdays.
    pub fn day(&self) -> OfferId {
        self.facility.offers[0].id
    }

    pub async fn adds(&self, care_type: &str) -> OfferId {
        let offer = Offer { places_total: Some(10), ..samples::plain_offer(care_type) };
        let mut tx = self.office.store().begin().await.expect("a transaction");
        tx.insert_offer(self.facility.id, &offer).await.expect("inserted");
        tx.commit().await.expect("committed");
        offer.id
    }

    pub async fn latest(&self, offer: OfferId) -> Option<CapacityReport> {
        let found = self.office.store().list_facilities(&[self.facility.id]).await.expect("an answer");
        let own = found[0].offers.iter().find(|own| own.id == offer).expect("the offer");
        own.latest_report.clone()
    }

    /// How often something stands in the log.
    pub async fn logged(&self, action: Action) -> usize {
        let lines = self.office.store().list_audit(i64::MAX, 1_000).await.expect("the log");
        lines.iter().filter(|line| line.action == Some(action)).count()
    }

    /// The path of a link in a mail to somebody of the office.
    pub async fn mailed(&self) -> String {
        let known = self.office.store().list_organizations().await.expect("organizations");
        let own = known.into_iter().find(|own| own.id == self.organization).expect("the organization");
        let recipient = (self.person, "Petra Muster".to_owned());
        let mut tx = self.office.store().begin().await.expect("a transaction");
        let secret = mail_link(&mut tx, &own, recipient, self.office.clock.instant()).await.expect("a link");
        tx.commit().await.expect("committed");
        format!("/m/{}", secret.as_str())
    }

    /// What the page says was seen of an offer.
    async fn seen(&self, offer: OfferId) -> String {
        self.latest(offer).await.map_or_else(String::new, |report| report.sequence.to_string())
    }

    pub async fn says(
        &self,
        browser: &Browser<'_>,
        path: &str,
        offer: OfferId,
        fields: &[(&str, &str)],
    ) -> Answer {
        let (id, seen) = (offer.to_string(), self.seen(offer).await);
        let own = [("was", "melden"), ("angebot", &*id), ("gesehen", &*seen)];
        browser.post(path, &[&own, fields].concat()).await
    }

    pub async fn confirms(&self, browser: &Browser<'_>, path: &str, offer: OfferId) -> Answer {
        let (id, seen) = (offer.to_string(), self.seen(offer).await);
        browser.post(path, &[("was", "gleich"), ("angebot", &*id), ("gesehen", &*seen)]).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_reports_is_at_the_screen_at_once_and_sees_nothing_else() {
    let house = House::open().await;
    let browser = house.office.signed_in(OFFICE).await;
    browser.get("/redaktion").await.leads_to(SCREEN);
    let page = browser.get(SCREEN).await;
    page.shows("Freie Plätze melden");
    page.shows("noch nie gemeldet");
    assert!(
        !page.text.contains("meldelinks") && !page.text.contains("Zu Ihren Einrichtungen"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script>") && page.text.contains("/pkg/capacity."), "{}", page.text);
    // For two organizations there is a list.
    let other = house.office.organization("Diakonie Berg").await;
    house.office.joins(house.person, other, OrganizationRole::Capacity).await;
    let list = browser.get("/redaktion").await;
    list.shows("Freie Plätze melden<!>: Diakonie Berg");
    assert!(!list.text.contains("Haus Aue"), "{}", list.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_holds_and_can_be_confirmed_unchanged_alone_and_with_all_others() {
    let house = House::open().await;
    let home = house.adds("vollstationaere-pflege").await;
    let browser = house.office.signed_in(OFFICE).await;
    let answer = house.says(&browser, SCREEN, house.day(), &[("frei", "3"), ("tag-3", "2")]).await;
    let day = house.day();
    answer.leads_to(&format!("{SCREEN}?getan=gemeldet&angebot={day}#angebot-{day}"));
    let first = house.latest(day).await.expect("a report");
    assert_eq!((first.free_now, first.times.weekdays[2]), (Some(3), Some(2)));
    assert_eq!(first.reported_by, "Petra Muster");
    let page = browser.get(SCREEN).await;
    // Day care: a fortnight, to the hour in Berlin.
    page.shows("gilt bis Mittwoch, 15. Juli, 12 Uhr");
    page.shows("Freie Plätze je Wochentag: Mittwoch 2");
    house.office.comes("/einrichtung/haus-aue", "3 Plätze frei").await;

    house.office.clock.passes(Duration::days(2));
    let browser = house.office.signed_in(OFFICE).await;
    house
        .confirms(&browser, SCREEN, day)
        .await
        .leads_to(&format!("{SCREEN}?getan=gemeldet&angebot={day}#angebot-{day}"));
    let second = house.latest(day).await.expect("a report");
    assert_eq!(second.valid_until, first.valid_until + Duration::days(2));
    assert_eq!(second.times, first.times);

    house.says(&browser, SCREEN, home, &[("frei", "0")]).await;
    house.office.clock.passes(Duration::days(1));
    let browser = house.office.signed_in(OFFICE).await;
    let stands = [format!("{day}.{}", house.seen(day).await), format!("{home}.{}", house.seen(home).await)];
    let all = [("was", "alle"), ("stand", &*stands[0]), ("stand", &*stands[1])];
    for stand in &stands {
        browser.get(SCREEN).await.shows(stand);
    }
    for _twice in 0..2 {
        browser.post(SCREEN, &all).await.leads_to(&format!("{SCREEN}?getan=gemeldet"));
    }
    assert_eq!(house.latest(day).await.expect("a report").valid_until, first.valid_until + Duration::days(3));
    assert_eq!(house.latest(home).await.expect("a report").free_now, Some(0));
    // The same form, sent twice, is one report of each.
    assert_eq!(house.logged(Action::CapacityReported).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_can_be_said_arrives() {
    let house = House::open().await;
    let short = house.adds("kurzzeitpflege").await;
    let service = house.adds("ambulanter-pflegedienst").await;
    let browser = house.office.signed_in(OFFICE).await;
    let fields = [
        ("feld", "4"),
        ("frei-4", "0"),
        ("ab-4", "3.8.2026"),
        ("liste-4", "offen"),
        ("wochen-von-4", "4"),
        ("wochen-bis-4", "6"),
        ("ruecksprache-4", "ja"),
        ("raeume-4", " Einzelzimmer\u{202e} "),
        ("fuer-wen-4", "nur Frauen"),
        ("hinweis-4", "Bitte <b>vormittags</b> anrufen."),
        ("zeit-von-1-4", "1.9.2026"),
        ("zeit-bis-1-4", "2026-09-14"),
        ("zeit-plaetze-1-4", "2"),
    ];
    assert_eq!(house.says(&browser, SCREEN, short, &fields).await.status, StatusCode::SEE_OTHER);
    let said = house.latest(short).await.expect("a report");
    assert_eq!((said.free_now, said.free_from), (Some(0), Some(date!(2026 - 08 - 03))));
    assert_eq!((said.waiting_weeks, said.only_after_assessment), (Some((4, 6)), true));
    assert_eq!((said.rooms.as_deref(), said.for_whom.as_deref()), (Some("Einzelzimmer"), Some("nur Frauen")));
    assert_eq!(said.times.periods[0].until, date!(2026 - 09 - 14));
    let page = browser.get(SCREEN).await;
    page.shows("ab Montag, 3. August, nach Rücksprache");
    page.shows("1. September bis 14. September: 2 Plätze frei");
    assert!(!page.text.contains("<b>vormittags"), "{}", page.text);

    let stop = [("aufnahme", "stopp"), ("stopp-bis", "2026-07-10")];
    assert_eq!(house.says(&browser, SCREEN, service, &stop).await.status, StatusCode::SEE_OTHER);
    browser.get(SCREEN).await.shows("Aufnahmestopp bis 10. Juli");
    // Its last day is over: nobody can say "unverändert".
    house.office.clock.passes(Duration::days(10));
    let browser = house.office.signed_in(OFFICE).await;
    browser.get(SCREEN).await.shows("angekündigt war etwas für 10. Juli: Was gilt jetzt?");
    let refused = house.confirms(&browser, SCREEN, service).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("lässt sich nicht mehr bestätigen"), "{}", refused.text);
    assert_eq!(house.logged(Action::CapacityReported).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field_what_was_typed_stays_and_nothing_is_reported() {
    let house = House::open().await;
    let browser = house.office.signed_in(OFFICE).await;
    let huge = "9".repeat(40);
    for (name, value, text) in [
        ("frei", "-1", "ganze Zahl ab 0"),
        ("frei", "43", "Es gibt hier 42 Plätze"),
        ("frei", &huge, "höchstens 9.999 Plätze"),
        ("ab", "bald", "zum Beispiel 3.8.2026"),
        ("ab", "30.6.2026", "schon vorbei"),
        ("ab", "3.8.2126", "in den nächsten zwei Jahren"),
        ("stopp-bis", "3.8.2026", "gehört zu einem Aufnahmestopp"),
        ("wochen-von", "4", "offenen Warteliste"),
        ("liste", "lang", "wie es um die Warteliste steht"),
        ("raeume", &"x".repeat(81), "kürzen Sie auf 80 Zeichen"),
        ("tag-7", "99", "Es gibt hier 42 Plätze"),
        ("frei", "</title><script>alert(1)</script>", "ganze Zahl ab 0"),
    ] {
        let mut fields = vec![("hinweis", "Das bleibt stehen.")];
        if name != "frei" {
            fields.push(("frei", "1"));
        }
        fields.push((name, value));
        let answer = house.says(&browser, SCREEN, house.day(), &fields).await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, text);
        assert!(answer.text.contains("value=\"Das bleibt stehen.\""), "{name}: {}", answer.text);
        assert!(answer.text.contains("<title>Fehler: "), "{name}");
        assert!(!answer.text.contains("<script>alert"), "{name}");
    }
    let nothing = house.says(&browser, SCREEN, house.day(), &[]).await;
    nothing.refuses(StatusCode::UNPROCESSABLE_ENTITY, "was frei ist");
    assert_eq!(house.latest(house.day()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlives_the_session() {
    let house = House::open().await;
    let browser = house.office.browser();
    let answer =
        house.says(&browser, SCREEN, house.day(), &[("frei", "1"), ("hinweis", "Bitte anrufen.")]).await;
    answer.shows("Ihre Anmeldung ist abgelaufen");
    answer.shows("Bitte anrufen.");
    assert_eq!(house.latest(house.day()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn plus_and_minus_answer_the_same_page_and_report_nothing() {
    let house = House::open().await;
    let browser = house.office.signed_in(OFFICE).await;
    let id = house.day().to_string();
    for (was, free, shown) in
        [("mehr", "", "1"), ("mehr", "3", "4"), ("weniger", "0", "0"), ("weniger", "5", "4")]
    {
        let fields =
            [("was", was), ("angebot", &*id), ("gesehen", ""), ("frei", free), ("raeume", "Zweibettzimmer")];
        let page = browser.post(SCREEN, &fields).await;
        page.shows(&format!(
            "inputmode=\"numeric\" value=\"{shown}\" autocomplete=\"off\" aria-describedby=\"frei-0"
        ));
        page.shows("value=\"Zweibettzimmer\"");
    }
    assert_eq!(house.latest(house.day()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_before_somebody_elses_report_keeps_what_was_typed_and_shows_what_is_there() {
    let house = House::open().await;
    let colleague = house.office.person("kollege@aue.example", None).await;
    house.office.execute("UPDATE account SET name = 'Paul Alt' WHERE email = 'kollege@aue.example'").await;
    house.office.joins(colleague, house.organization, OrganizationRole::Capacity).await;
    let (petra, paul) =
        (house.office.signed_in(OFFICE).await, house.office.signed_in("kollege@aue.example").await);
    let id = house.day().to_string();
    house.says(&paul, SCREEN, house.day(), &[("frei", "5")]).await;
    let stale = [("was", "melden"), ("angebot", &*id), ("gesehen", ""), ("frei", "7")];
    let answer = petra.post(SCREEN, &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("Jemand anderes hat inzwischen gemeldet"), "{}", answer.text);
    assert!(answer.text.contains("5 Plätze frei") && answer.text.contains("value=\"7\""), "{}", answer.text);
    assert!(answer.text.contains("Paul Alt"), "{}", answer.text);
    let confirmed = petra.post(SCREEN, &[("was", "gleich"), ("angebot", &*id), ("gesehen", "")]).await;
    assert_eq!(confirmed.status, StatusCode::CONFLICT);
    let all = format!("{id}.0");
    assert_eq!(petra.post(SCREEN, &[("was", "alle"), ("stand", &*all)]).await.status, StatusCode::CONFLICT);
    assert_eq!(house.latest(house.day()).await.expect("a report").free_now, Some(5));
    // What came back has seen the other report: sent again, it counts.
    house.says(&petra, SCREEN, house.day(), &[("frei", "7")]).await;
    assert_eq!(house.latest(house.day()).await.expect("a report").free_now, Some(7));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_somebody_elses_is_refused_and_changes_nothing() {
    let house = House::open().await;
    let other = house.office.organization("Fremder Träger").await;
    let foreign = house.office.entry("Haus Berg", other).await.offers[0].id;
    let without_light = house.adds("pflegestuetzpunkt").await;
    let browser = house.office.signed_in(OFFICE).await;
    for offer in [foreign, without_light, OfferId(uuid::Uuid::max())] {
        let id = offer.to_string();
        for was in ["melden", "gleich"] {
            let fields = [("was", was), ("angebot", &*id), ("gesehen", ""), ("frei", "1")];
            let answer = browser.post(SCREEN, &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{was}: {}", answer.text);
            assert!(answer.text.contains("Dieses Angebot gibt es hier nicht"), "{}", answer.text);
        }
    }
    let own = house.day().to_string();
    for (fields, status) in [
        (vec![("was", "melden"), ("angebot", "x")], StatusCode::NOT_FOUND),
        (vec![("was", "alle"), ("stand", "x")], StatusCode::NOT_FOUND),
        (vec![("was", "alle")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("was", "loeschen"), ("angebot", &*own)], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(browser.post(SCREEN, &fields).await.status, status, "{fields:?}");
    }
    let foreign = house.office.store().list_facilities_of_organization(other).await.expect("an answer");
    assert_eq!(foreign[0].offers[0].latest_report, None);
    assert_eq!(house.latest(house.day()).await, None);
    let elsewhere = [("was", "melden"), ("angebot", &*own), ("frei", "1")];
    assert_eq!(browser.post_from_elsewhere(SCREEN, &elsewhere).await.status, StatusCode::FORBIDDEN);
}
