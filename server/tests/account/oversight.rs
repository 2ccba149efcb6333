//! What those who lead the county see of other people's accounts, and the record of who has seen it.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    audit::Action,
};
use axum::http::StatusCode;
use server::store::Chain;
use time::Duration;

use crate::desk::{Browser, EMAIL, Office, PASSWORD};

const ADMIN: &str = "admin@kreis.example";
const SESSIONS: &str = "/kreis/sitzungen";

async fn admin(office: &Office) -> Browser<'_> {
    office.person(ADMIN, Some(CountyRole::Administrator)).await;
    office.signed_in_twice(ADMIN).await
}

/// How often this was written down.
async fn noted(office: &Office, action: Action) -> usize {
    let lines = office.store().list_audit(i64::MAX, 1_000).await.expect("the log");
    lines.into_iter().filter(|line| line.action == Some(action)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_the_county_sees_who_is_signed_in_and_ends_it() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    let account = office.person(EMAIL, None).await;
    office.joins(account, organization, OrganizationRole::Editor).await;
    office.person("weg@heim.example", None).await;
    let (one, other) = (office.signed_in(EMAIL).await, office.signed_in(EMAIL).await);
    let admin = admin(&office).await;
    let page = admin.get(SESSIONS).await;
    page.shows("Diakonie Aue: Redaktion");
    assert_eq!(page.text.matches("Firefox auf Linux").count(), 3, "{}", page.text);
    assert!(page.text.contains("(dieses Gerät)"), "{}", page.text);
    let cookie = one.cookie.lock().expect("a lock").clone().expect("a cookie");
    let secret = cookie.split_once('=').expect("a value").1.to_owned();
    assert!(!page.text.contains(&secret) && !page.text.contains("203.0.113"), "{}", page.text);
    let path = format!("{SESSIONS}/{account}");
    admin.get(&path).await.shows("Überall abmelden");
    let wrong = admin.post(&path, &[("passwort", "nicht meines, wirklich")]).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    one.get("/konto").await.shows("Diakonie Aue");
    let done = format!("{SESSIONS}?getan=abgemeldet");
    admin.post(&path, &[("passwort", PASSWORD)]).await.leads_to(&done);
    for browser in [&one, &other] {
        browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    }
    let page = admin.get(&done).await;
    page.shows("Die Person ist überall abgemeldet.");
    assert!(!page.text.contains("Diakonie Aue"), "{}", page.text);
    admin.get(&path).await.shows("zurzeit nirgends angemeldet");
    admin.get("/kreis/protokoll").await.shows("Geräte abgemeldet");
    assert_eq!(admin.get(&format!("{SESSIONS}/x")).await.status, StatusCode::NOT_FOUND);
    office.signed_in(EMAIL).await.get("/konto").await.shows("Diakonie Aue");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_is_nobody_who_is_signed_in() {
    let office = Office::open().await;
    let admin = admin(&office).await;
    office.person("zweite@kreis.example", Some(CountyRole::Editor)).await;
    drop(office.signed_in_twice("zweite@kreis.example").await);
    office.clock.passes(Duration::hours(3));
    let half = office.signed_in("zweite@kreis.example").await;
    half.get("/konto").await.leads_to("/anmelden/code");
    // So is what was not used for long.
    admin.get(SESSIONS).await.leads_to("/anmelden?weiter=/kreis/sitzungen");
    office.clock.passes(Duration::minutes(1));
    let page = office.signed_in_twice(ADMIN).await.get(SESSIONS).await;
    page.shows("Administration des Landkreises");
    assert!(!page.text.contains("Redaktion des Landkreises"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_written_down_once_for_each_look_who_saw_other_peoples_accounts() {
    let office = Office::open().await;
    let organization = office.organization("Diakonie Aue").await;
    let lead = office.person(EMAIL, None).await;
    office.joins(lead, organization, OrganizationRole::Owner).await;
    let owner = office.signed_in(EMAIL).await;
    let own = office.person(ADMIN, Some(CountyRole::Administrator)).await;
    let admin = office.signed_in_twice(ADMIN).await;
    let team = "/redaktion/diakonie-aue/team";
    let looks = [
        ("/kreis/personen", Action::TeamSeen, 1),
        (team, Action::TeamSeen, 2),
        (&format!("{team}/{lead}"), Action::PersonSeen, 1),
        (&format!("{SESSIONS}/{lead}"), Action::PersonSeen, 1),
        (SESSIONS, Action::SessionsSeen, 1),
        ("/kreis/protokoll", Action::LogSeen, 1),
        ("/kreis/eintraege.csv", Action::TableTaken, 1),
        ("/redaktion/diakonie-aue/eintraege.csv", Action::TableTaken, 2),
    ];
    for (path, action, wanted) in looks {
        for _ in 0..2 {
            assert_eq!(admin.get(path).await.status, StatusCode::OK, "{path}");
            assert_eq!(noted(&office, action).await, wanted, "{path}");
        }
    }
    // A form that comes back shows the same page.
    office.clock.passes(Duration::minutes(16));
    let refused = admin.post("/kreis/personen", &[("email", "x"), ("rolle", "editor")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(noted(&office, Action::TeamSeen).await, 3);
    admin.get("/kreis/protokoll").await.shows("Liste der Personen angesehen");
    assert_eq!(noted(&office, Action::LogSeen).await, 2);
    // One's own account, and one's own team, are nobody else's.
    let before = office.store().list_audit(i64::MAX, 1_000).await.expect("the log").len();
    admin.get(&format!("/kreis/personen/{own}")).await.shows("Rolle von");
    admin.get("/konto").await.shows("Mein Konto");
    owner.get(team).await.shows("Personen");
    owner.get("/redaktion/diakonie-aue/eintraege.csv").await.shows("einrichtung");
    let after = office.store().list_audit(i64::MAX, 1_000).await.expect("the log").len();
    assert_eq!(before, after);
    // At the same moment it is one look, too.
    office.clock.passes(Duration::minutes(16));
    let (a, b) = tokio::join!(admin.get(SESSIONS), admin.get(SESSIONS));
    assert_eq!((a.status, b.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(noted(&office, Action::SessionsSeen).await, 2);
    let chain = office.store().verify_audit().await.expect("an answer");
    assert!(matches!(chain, Chain::Sound { .. }), "{chain:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_down_is_not_shown() {
    let office = Office::open().await;
    office.person("zweite@kreis.example", Some(CountyRole::Editor)).await;
    let admin = admin(&office).await;
    office
        .execute("CREATE TRIGGER no_log BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'full'); END")
        .await;
    for path in ["/kreis/personen", SESSIONS, "/kreis/protokoll", "/kreis/eintraege.csv"] {
        let answer = admin.get(path).await;
        assert!(answer.status.is_server_error(), "{path}: {}", answer.status);
        assert!(!answer.text.contains("zweite@kreis.example"), "{path}");
    }
    admin.get("/kreis").await.shows("Zu entscheiden");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_finds_their_own_area_and_the_way_out_on_every_page_and_citizens_find_neither() {
    let office = Office::open().await;
    let (editor, _) = crate::editing::editor(&office).await;
    let admin = admin(&office).await;
    let nav = |text: &str| {
        let nav = text.split("aria-label=\"Ihr Bereich\"").nth(1).unwrap_or_default();
        let nav = nav.split("</nav>").next().unwrap_or_default();
        ["href=\"/kreis\"", "href=\"/redaktion\"", "href=\"/konto\"", "action=\"/abmelden\""]
            .map(|link| nav.contains(link))
    };
    for path in ["/konto", "/redaktion", crate::editing::AUE, "/redaktion/eintraege/haus-aue/verlauf"] {
        assert_eq!(nav(&editor.get(path).await.text), [false, true, true, true], "{path}");
    }
    for path in ["/konto", "/kreis", "/kreis/protokoll", crate::editing::AUE, "/kreis/personen", SESSIONS] {
        assert_eq!(nav(&admin.get(path).await.text), [true, false, true, true], "{path}");
    }
    for path in ["/", "/einrichtung/haus-aue", "/mitmachen", "/anmelden"] {
        assert_eq!(nav(&editor.get(path).await.text), [false; 4], "{path}: it is everybody's page");
    }
}
