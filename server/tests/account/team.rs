//! Teams: who invites whom, who says who is in, and who sees nothing of it.

use app::domain::{
    account::{CountyRole, OrganizationRole},
    ids::OrganizationId,
};
use axum::http::{Method, StatusCode};
use server::store::Chain;
use time::Duration;

use crate::desk::{Browser, EMAIL, Office, PASSWORD};

const NEW: &str = "Vier ganz andere Worte";
const GUEST: &str = "neu@heim.example";
const TEAM: &str = "/redaktion/haus-aue/team";
const COUNTY_TEAM: &str = "/kreis/personen";

/// An administrator of the county in front of a browser.
async fn administrator(office: &Office) -> Browser<'_> {
    office.person("kreis@kreis.example", Some(CountyRole::Administrator)).await;
    office.signed_in_twice("kreis@kreis.example").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_invites_who_leads_and_who_leads_invites_who_works() {
    let office = Office::open().await;
    office.organization("Haus Aue").await;
    let county = administrator(&office).await;
    county.get("/kreis").await.shows("Haus Aue");
    county.get(TEAM).await.shows("Hier arbeitet noch niemand mit");
    let invite = |email, role| [("email", email), ("rolle", role)];
    let sent = county.post(TEAM, &invite(" Neu@Heim.example", "owner")).await;
    sent.leads_to(&format!("{TEAM}?getan=eingeladen"));
    county.get(TEAM).await.shows(GUEST);

    let letter = office.newest_mail(GUEST).await;
    assert!(letter.text.contains("lädt Sie ein: Haus Aue, Leitung"), "{}", letter.text);
    let link = letter.link("/einladung/");
    let guest = office.browser();
    for _ in 0..2 {
        guest.get(&link).await.shows("Ihre Einladung");
    }
    let no_name = guest.post(&link, &[("name", " "), ("neu", NEW)]).await;
    no_name.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Ihren Namen");
    let weak = guest.post(&link, &[("name", "Anna Neu"), ("neu", "kurz")]).await;
    weak.refuses(StatusCode::UNPROCESSABLE_ENTITY, "12 bis 128 Zeichen");
    assert!(weak.text.contains("Anna Neu"), "what was typed is kept");
    guest.post(&link, &[("name", "Anna Neu"), ("neu", NEW)]).await.leads_to("/anmelden?getan=einladung");
    let again = guest.post(&link, &[("name", "Eva"), ("neu", NEW)]).await;
    assert_eq!(again.status, StatusCode::GONE);
    guest.sign_in(GUEST, NEW).await.leads_to("/konto");
    guest.get("/redaktion").await.shows("Haus Aue");
    guest.get(TEAM).await.shows("Anna Neu");
    assert!(!county.get(TEAM).await.text.contains("Zurücknehmen"), "it is taken");

    guest.post(TEAM, &invite("kollegin@heim.example", "capacity")).await;
    let link = office.newest_mail("kollegin@heim.example").await.link("/einladung/");
    office.browser().post(&link, &[("name", "Kim"), ("neu", "Ein Zug voller Zitronen")]).await;
    guest.get(TEAM).await.shows("Meldung freier Plätze");
    let chain = office.store().verify_audit().await.expect("an answer");
    assert!(matches!(chain, Chain::Sound { entries, .. } if entries >= 6), "{chain:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_an_account_takes_an_invitation_without_another_password() {
    let office = Office::open().await;
    office.organization("Haus Aue").await;
    office.person(EMAIL, None).await;
    let county = administrator(&office).await;
    county.post(TEAM, &[("email", EMAIL), ("rolle", "editor")]).await;
    let link = office.newest_mail(EMAIL).await.link("/einladung/");
    let page = office.browser().get(&link).await;
    page.shows("Sie haben schon ein Konto");
    assert!(!page.text.contains("name=\"neu\""));
    office
        .browser()
        .post(&link, &[("neu", NEW), ("name", "Mallory")])
        .await
        .leads_to("/anmelden?getan=einladung");
    let browser = office.signed_in(EMAIL).await;
    browser.get("/redaktion").await.shows("Haus Aue");
    browser.get("/konto").await.shows("Petra Muster");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_ends_after_two_weeks_with_the_next_one_and_when_it_is_taken_back() {
    let office = Office::open().await;
    office.organization("Haus Aue").await;
    let county = administrator(&office).await;
    let fields = [("email", GUEST), ("rolle", "editor")];
    let status = async |link: &str| office.browser().get(link).await.status;
    county.post(TEAM, &fields).await;
    let first = office.newest_mail(GUEST).await.link("/einladung/");
    office.clock.passes(Duration::seconds(1));
    county.post(TEAM, &fields).await;
    let second = office.newest_mail(GUEST).await.link("/einladung/");
    assert_eq!((status(&first).await, status(&second).await), (StatusCode::GONE, StatusCode::OK));
    let page = county.get(TEAM).await.text;
    assert_eq!(page.matches("Zurücknehmen").count(), 1);
    let id = page.split("name=\"einladung\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let id = id.expect("an id").to_owned();
    // Only the team it belongs to takes it back.
    county.post(&format!("{COUNTY_TEAM}/zuruecknehmen"), &[("einladung", &id)]).await.leads_to(COUNTY_TEAM);
    assert_eq!(status(&second).await, StatusCode::OK);
    let back = county.post(&format!("{TEAM}/zuruecknehmen"), &[("einladung", &id)]).await;
    back.leads_to(&format!("{TEAM}?getan=zurueckgenommen"));
    assert_eq!(status(&second).await, StatusCode::GONE);
    county.post(&format!("{TEAM}/zuruecknehmen"), &[("einladung", "unsinn")]).await.leads_to(TEAM);

    county.post(TEAM, &fields).await;
    let late = office.newest_mail(GUEST).await.link("/einladung/");
    office.clock.passes(Duration::days(15));
    assert_eq!(status(&late).await, StatusCode::GONE);
    let county = office.signed_in_twice("kreis@kreis.example").await;
    county.get(TEAM).await.shows("bitte laden Sie noch einmal ein");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_invited_is_said_and_kept() {
    let office = Office::open().await;
    office.organization("Haus Aue").await;
    let county = administrator(&office).await;
    for (email, role, says) in [
        ("niemand", "editor", "keine E-Mail-Adresse"),
        ("a@b.de\r\nBcc: c@d.de", "editor", "keine E-Mail-Adresse"),
        (GUEST, "", "was die Person darf"),
        // A role of the other kind of team.
        (GUEST, "administrator", "was die Person darf"),
    ] {
        let answer = county.post(TEAM, &[("email", email), ("rolle", role)]).await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, says);
    }
    let kept = county.post(TEAM, &[("email", "anna@"), ("rolle", "capacity")]).await.text;
    assert!(kept.contains("value=\"anna@\"") && kept.contains("value=\"capacity\" checked"), "{kept}");
    for _ in 0..3 {
        county.post(TEAM, &[("email", GUEST), ("rolle", "editor")]).await;
    }
    let often = county.post(TEAM, &[("email", GUEST), ("rolle", "editor")]).await;
    often.refuses(StatusCode::TOO_MANY_REQUESTS, "eine Stunde");
    assert_eq!(office.mails_to(GUEST).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_changed_by_who_says_their_password_and_the_last_lead_stays() {
    let office = Office::open().await;
    let aue = office.organization("Haus Aue").await;
    let lead = office.person(EMAIL, None).await;
    let other = office.person(GUEST, None).await;
    office.joins(lead, aue, OrganizationRole::Owner).await;
    office.joins(other, aue, OrganizationRole::Capacity).await;
    let browser = office.signed_in(EMAIL).await;
    let (own, theirs) = (format!("{TEAM}/{lead}"), format!("{TEAM}/{other}"));
    browser.get(&theirs).await.shows("bisher: Meldung freier Plätze");
    let change = |role, password| [("rolle", role), ("passwort", password)];
    let wrong = browser.post(&theirs, &change("editor", "falsch falsch falsch")).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    let nonsense = browser.post(&theirs, &change("kaiserin", PASSWORD)).await;
    nonsense.refuses(StatusCode::UNPROCESSABLE_ENTITY, "was die Person darf");
    for role in ["keine", "editor"] {
        browser
            .post(&own, &change(role, PASSWORD))
            .await
            .refuses(StatusCode::CONFLICT, "leitet niemand mehr");
    }
    browser.post(&theirs, &change("owner", PASSWORD)).await.leads_to(&format!("{TEAM}?getan=rolle"));
    browser.post(&own, &change("editor", PASSWORD)).await.leads_to("/konto");
    assert_eq!(browser.get(TEAM).await.status, StatusCode::FORBIDDEN, "it counts at once");
    let other = office.signed_in(GUEST).await;
    other.post(&own, &change("keine", PASSWORD)).await.leads_to(&format!("{TEAM}?getan=rolle"));
    browser.get("/redaktion").await.shows("gehört noch zu keiner Einrichtung");
    assert_eq!(browser.get(TEAM).await.status, StatusCode::NOT_FOUND);

    let id = office.person("kreis@kreis.example", Some(CountyRole::Administrator)).await;
    let county = office.signed_in_twice("kreis@kreis.example").await;
    let last = county.post(&format!("{COUNTY_TEAM}/{id}"), &change("editor", PASSWORD)).await;
    last.refuses(StatusCode::CONFLICT, "leitet niemand mehr");
}

/// Nobody, somebody who is nothing, capacity, editor and owner of an organization, the county's editor and administrator.
pub async fn cast(office: &Office, own: OrganizationId) -> Vec<Browser<'_>> {
    let people = ["", "niemand@x.example", "frei@aue.example", "text@aue.example", "leitung@aue.example"];
    let roles = [
        None,
        None,
        Some(OrganizationRole::Capacity),
        Some(OrganizationRole::Editor),
        Some(OrganizationRole::Owner),
    ];
    let mut browsers = Vec::new();
    for (email, role) in people.into_iter().zip(roles) {
        if email.is_empty() {
            browsers.push(office.browser());
            continue;
        }
        let account = office.person(email, None).await;
        if let Some(role) = role {
            office.joins(account, own, role).await;
        }
        browsers.push(office.signed_in(email).await);
    }
    for (email, role) in
        [("text@kreis.example", CountyRole::Editor), ("admin@kreis.example", CountyRole::Administrator)]
    {
        office.person(email, Some(role)).await;
        browsers.push(office.signed_in_twice(email).await);
    }
    browsers
}

/// What each kind of person gets from each address: of their own organization, and of another.
#[tokio::test(flavor = "multi_thread")]
async fn every_role_reaches_what_is_theirs_and_nothing_else() {
    const AWAY: u16 = 303;
    let office = Office::open().await;
    let (own, other) = (office.organization("Haus Aue").await, office.organization("Haus Berg").await);
    let somebody = office.person("jemand@berg.example", None).await;
    office.joins(somebody, other, OrganizationRole::Editor).await;
    let colleague = office.person("kollege@aue.example", None).await;
    office.joins(colleague, own, OrganizationRole::Editor).await;

    let browsers = cast(&office, own).await;
    let (own_colleague, other_colleague) =
        (format!("{TEAM}/{colleague}"), format!("/redaktion/haus-berg/team/{somebody}"));
    let across = format!("{TEAM}/{somebody}");
    let sessions = format!("/kreis/sitzungen/{somebody}");
    let (get, post) = (Method::GET, Method::POST);
    let table: [(&Method, &str, [u16; 7]); 20] = [
        (&get, "/konto", [AWAY, 200, 200, 200, 200, 200, 200]),
        (&get, "/redaktion", [AWAY, 200, AWAY, 200, 200, 200, 200]),
        (&get, "/kreis", [AWAY, 404, 404, 404, 404, 200, 200]),
        (&get, COUNTY_TEAM, [AWAY, 404, 404, 404, 404, 403, 200]),
        (&post, COUNTY_TEAM, [AWAY, 404, 404, 404, 404, 403, 422]),
        (&post, "/kreis/personen/zuruecknehmen", [AWAY, 404, 404, 404, 404, 403, AWAY]),
        (&get, TEAM, [AWAY, 404, 403, 403, 200, 200, 200]),
        (&post, TEAM, [AWAY, 404, 403, 403, 422, 422, 422]),
        (&post, "/redaktion/haus-aue/team/zuruecknehmen", [AWAY, 404, 403, 403, AWAY, AWAY, AWAY]),
        (&get, &own_colleague, [AWAY, 404, 403, 403, 200, 200, 200]),
        (&post, &own_colleague, [AWAY, 404, 403, 403, 422, 422, 422]),
        (&get, "/redaktion/haus-berg/team", [AWAY, 404, 404, 404, 404, 200, 200]),
        (&post, "/redaktion/haus-berg/team", [AWAY, 404, 404, 404, 404, 422, 422]),
        (&get, &other_colleague, [AWAY, 404, 404, 404, 404, 200, 200]),
        (&post, &other_colleague, [AWAY, 404, 404, 404, 404, 422, 422]),
        // Somebody of another team below one's own.
        (&post, &across, [AWAY, 404, 403, 403, 404, 404, 404]),
        (&get, "/kreis/sitzungen", [AWAY, 404, 404, 404, 404, 403, 200]),
        (&get, &sessions, [AWAY, 404, 404, 404, 404, 403, 200]),
        (&post, &sessions, [AWAY, 404, 404, 404, 404, 403, 422]),
        (&get, "/redaktion/gibt-es-nicht/team", [AWAY, 404, 404, 404, 404, 404, 404]),
    ];
    for (method, path, wanted) in table {
        let mut found = [0; 7];
        for (at, browser) in browsers.iter().enumerate() {
            let answer = if method == get {
                browser.get(path).await
            } else {
                browser.post(path, &[("rolle", "x")]).await
            };
            found[at] = answer.status.as_u16();
            if found[at] == AWAY && at == 0 {
                assert!(answer.header("location").starts_with("/anmelden"), "{path}");
            }
        }
        assert_eq!(found, wanted, "{method} {path}");
    }
    let forged = browsers[4].post_from_elsewhere(TEAM, &[("email", GUEST), ("rolle", "owner")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(office.mails_to(GUEST).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_leads_who_take_each_other_out_at_the_same_moment_do_not_both_succeed() {
    let office = Office::open().await;
    let aue = office.organization("Haus Aue").await;
    let (one, two) = (office.person(EMAIL, None).await, office.person(GUEST, None).await);
    for account in [one, two] {
        office.joins(account, aue, OrganizationRole::Owner).await;
    }
    let (first, second) = (office.signed_in(EMAIL).await, office.signed_in(GUEST).await);
    let fields = [("rolle", "keine"), ("passwort", PASSWORD)];
    let (their, mine) = (format!("{TEAM}/{two}"), format!("{TEAM}/{one}"));
    tokio::join!(first.post(&their, &fields), second.post(&mine, &fields));
    let leads = [first.get(TEAM).await.status, second.get(TEAM).await.status];
    assert_eq!(leads.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{leads:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_taken_out_comes_back_by_no_letter_that_lies_about() {
    let office = Office::open().await;
    let aue = office.organization("Haus Aue").await;
    let (lead, leaver) = (office.person(EMAIL, None).await, office.person("geht@heim.example", None).await);
    for account in [lead, leaver] {
        office.joins(account, aue, OrganizationRole::Owner).await;
    }
    let (browser, leaving) = (office.signed_in(EMAIL).await, office.signed_in("geht@heim.example").await);
    let invite = async |browser: &Browser<'_>, email: &str| {
        browser
            .post(TEAM, &[("email", email), ("rolle", "owner")])
            .await
            .leads_to(&format!("{TEAM}?getan=eingeladen"));
        office.newest_mail(email).await.link("/einladung/")
    };
    let by_them = invite(&leaving, GUEST).await;
    let to_them = invite(&browser, "geht@heim.example").await;
    let out = [("rolle", "keine"), ("passwort", PASSWORD)];
    browser.post(&format!("{TEAM}/{leaver}"), &out).await.leads_to(&format!("{TEAM}?getan=rolle"));
    for link in [&by_them, &to_them] {
        let taken = office.browser().post(link, &[("name", "Anna"), ("neu", NEW)]).await;
        assert_eq!(taken.status, StatusCode::GONE, "{}", taken.text);
    }
    // Nor by one that was sent by somebody who lost the right otherwise.
    let link = invite(&browser, GUEST).await;
    office.accounts.dismiss(EMAIL).await.expect("dismissed");
    assert_eq!(
        office.browser().post(&link, &[("name", "Anna"), ("neu", NEW)]).await.status,
        StatusCode::GONE
    );
    assert_eq!(browser.get(TEAM).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_takes_nothing_away() {
    let office = Office::open().await;
    let aue = office.organization("Haus Aue").await;
    let lead = office.person(EMAIL, None).await;
    office.joins(lead, aue, OrganizationRole::Owner).await;
    let browser = office.signed_in(EMAIL).await;
    browser.post(TEAM, &[("email", EMAIL), ("rolle", "capacity")]).await;
    let link = office.newest_mail(EMAIL).await.link("/einladung/");
    browser.post(&link, &[]).await.leads_to("/anmelden?getan=einladung");
    browser.get(TEAM).await.shows("Leitung");
}
