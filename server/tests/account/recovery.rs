//! A new password, and a new address, by a link in a mail.

use app::domain::account::Password;
use axum::http::StatusCode;
use time::Duration;

use crate::desk::{EMAIL, Office, PASSWORD};

const NEW: &str = "Vier ganz andere Worte";
const OTHER: &str = "petra.neu@heim.example";

async fn forget(office: &Office, email: &str) {
    office.browser().post("/passwort-vergessen", &[("email", email)]).await.shows("in Ihr Postfach");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_forgotten_a_password_gets_a_link_that_works_once() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let phone = office.signed_in(EMAIL).await;
    forget(&office, " Petra@heim.example ").await;
    let mail = office.newest_mail(EMAIL).await;
    assert!(mail.subject.contains("Neues Passwort") && mail.text.contains("Guten Tag Petra Muster"));
    let link = mail.link("/passwort-neu/");
    let browser = office.browser();
    for _ in 0..2 {
        browser.get(&link).await.shows("Neues Passwort wählen");
    }
    assert!(browser.cookie.lock().expect("a lock").is_none(), "no cookie before somebody signs in");
    for (password, says) in [("kurz", "12 bis 128 Zeichen"), ("passwort1234", "leicht zu erraten")] {
        let answer = browser.post(&link, &[("neu", password)]).await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, says);
    }
    browser.post(&link, &[("neu", NEW)]).await.leads_to("/anmelden?getan=passwort");
    browser.get("/anmelden?getan=passwort").await.shows("Ihr neues Passwort gilt");
    let again = browser.post(&link, &[("neu", "Noch ein ganz anderes")]).await;
    assert_eq!(again.status, StatusCode::GONE, "{}", again.text);
    assert_eq!(browser.get(&link).await.status, StatusCode::GONE);
    phone.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    browser.sign_in(EMAIL, NEW).await.leads_to("/konto");
    assert!(office.newest_mail(EMAIL).await.subject.contains("ist geändert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_new_password_ends_after_an_hour_with_the_next_one_and_with_the_old_password() {
    let office = Office::open().await;
    let id = office.person(EMAIL, None).await;
    let browser = office.browser();
    let is_gone = async |link: &str| browser.post(link, &[("neu", NEW)]).await.status == StatusCode::GONE;
    forget(&office, EMAIL).await;
    let late = office.newest_mail(EMAIL).await.link("/passwort-neu/");
    office.clock.passes(Duration::minutes(61));
    assert!(is_gone(&late).await, "too late");

    forget(&office, EMAIL).await;
    let first = office.newest_mail(EMAIL).await.link("/passwort-neu/");
    office.clock.passes(Duration::seconds(1));
    forget(&office, EMAIL).await;
    let second = office.newest_mail(EMAIL).await.link("/passwort-neu/");
    assert!(first != second && is_gone(&first).await, "the newer one counts");

    let network = [203, 0, 113, 9].into();
    let (old, new) = (Password::typed(PASSWORD), Password::typed("Ein Zug voller Zitronen"));
    office.accounts.change_password(id, &old, new, network).await.expect("changed");
    assert!(is_gone(&second).await, "the password it was for is no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_address_has_an_account() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.browser();
    let ask = async |email: &str| browser.post("/passwort-vergessen", &[("email", email)]).await;
    let (known, unknown) = (ask(EMAIL).await, ask("niemand@heim.example").await);
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.text, unknown.text.replace("niemand@heim.example", EMAIL));
    let mail = office.newest_mail("niemand@heim.example").await;
    assert!(mail.text.contains("kein Konto") && !mail.text.contains("/passwort-neu/"));
    assert_eq!(mail.subject, office.newest_mail(EMAIL).await.subject);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_flooded_with_letters_and_whoever_asks_does_not_notice() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    for _ in 0..5 {
        forget(&office, EMAIL).await;
        forget(&office, "niemand@heim.example").await;
    }
    for email in [EMAIL, "niemand@heim.example"] {
        assert_eq!(office.mails_to(email).await.len(), 3, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_is_said_and_no_letter_is_written() {
    let office = Office::open().await;
    let browser = office.browser();
    for typed in ["", "petra", "a@b.de\r\nBcc: c@d.de", "a@b.de, c@d.de", "\"><script>alert(1)</script>@b.de"]
    {
        let answer = browser.post("/passwort-vergessen", &[("email", typed)]).await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, "keine E-Mail-Adresse");
        assert!(!answer.text.contains("<script>alert"));
    }
    assert_eq!(office.accounts.list_mail().await.expect("mails").len(), 0);
    for path in ["/passwort-neu/abc", "/passwort-neu/%00", "/konto/adresse/abc"] {
        assert_eq!(browser.get(path).await.status, StatusCode::GONE, "{path}");
        assert_eq!(browser.post(path, &[("neu", NEW)]).await.status, StatusCode::GONE, "{path}");
    }
    let forged = browser.post_from_elsewhere("/passwort-vergessen", &[("email", EMAIL)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_counts_once_its_mailbox_is_proved_and_the_old_one_is_told() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    let ask = |password, email| [("passwort-adresse", password), ("neue-adresse", email)];
    let wrong = browser.post("/konto/adresse", &ask("falsch falsch falsch", OTHER)).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    assert!(wrong.text.contains(OTHER), "what was typed is kept");
    let same = browser.post("/konto/adresse", &ask(PASSWORD, EMAIL)).await;
    same.refuses(StatusCode::UNPROCESSABLE_ENTITY, "andere E-Mail-Adresse");
    browser.post("/konto/adresse", &ask(PASSWORD, OTHER)).await.leads_to("/konto?getan=adresse");
    let link = office.newest_mail(OTHER).await.link("/konto/adresse/");
    forget(&office, EMAIL).await;
    let old_mailbox = office.newest_mail(EMAIL).await.link("/passwort-neu/");
    browser.get(&link).await.shows("Künftig melden Sie sich mit");
    browser.sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
    browser.post(&link, &[]).await.leads_to("/anmelden?getan=adresse");
    assert_eq!(browser.post(&link, &[]).await.status, StatusCode::GONE);
    assert!(office.newest_mail(EMAIL).await.text.contains("hat jetzt eine andere E-Mail-Adresse"));
    assert_eq!(browser.get(&old_mailbox).await.status, StatusCode::GONE, "the old mailbox opens nothing");
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    let old = office.browser().sign_in(EMAIL, PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    office.browser().sign_in(OTHER, PASSWORD).await.leads_to("/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_somebodys_stays_theirs_and_nobody_learns_it() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    office.person(OTHER, None).await;
    let browser = office.signed_in(EMAIL).await;
    let fields = [("passwort-adresse", PASSWORD), ("neue-adresse", OTHER)];
    browser.post("/konto/adresse", &fields).await.leads_to("/konto?getan=adresse");
    let mail = office.newest_mail(OTHER).await;
    assert!(mail.text.contains("bleibt, wie es ist") && !mail.text.contains("/konto/adresse/"));

    // It becomes somebody's between the letter and its link.
    let late = [("passwort-adresse", PASSWORD), ("neue-adresse", "frei@heim.example")];
    browser.post("/konto/adresse", &late).await.leads_to("/konto?getan=adresse");
    office.person("frei@heim.example", None).await;
    let link = office.newest_mail("frei@heim.example").await.link("/konto/adresse/");
    assert_eq!(browser.post(&link, &[]).await.status, StatusCode::GONE);
    office.browser().sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_an_address_changes_no_password_and_the_other_way_round() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    let fields = [("passwort-adresse", PASSWORD), ("neue-adresse", OTHER)];
    browser.post("/konto/adresse", &fields).await.leads_to("/konto?getan=adresse");
    forget(&office, EMAIL).await;
    let address = office.newest_mail(OTHER).await.link("/konto/adresse/");
    let password = office.newest_mail(EMAIL).await.link("/passwort-neu/");
    let crossed = [
        address.replace("/konto/adresse/", "/passwort-neu/"),
        password.replace("/passwort-neu/", "/konto/adresse/"),
    ];
    for link in &crossed {
        assert_eq!(browser.get(link).await.status, StatusCode::GONE);
        assert_eq!(browser.post(link, &[("neu", NEW)]).await.status, StatusCode::GONE);
    }
    assert_eq!(browser.get(&address).await.status, StatusCode::OK, "and neither is used up");
    assert_eq!(browser.get(&password).await.status, StatusCode::OK);
}
