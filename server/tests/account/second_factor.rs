//! The second factor: set up, asked for, never taken twice.

use app::domain::{account::CountyRole, ids::AccountId};
use axum::http::StatusCode;
use time::Duration;

use crate::desk::{Browser, EMAIL, Office, PASSWORD, code, secret_of};

/// Sets an app up; gives its secret and the recovery codes.
async fn set_up(office: &Office, browser: &Browser<'_>) -> (String, Vec<String>) {
    let page = browser.get("/konto/zweiter-schritt").await;
    let secret = secret_of(&page.text);
    let fields = [("code", code(office, &secret)), ("passwort", PASSWORD.to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let done = browser.post("/konto/zweiter-schritt", &fields).await;
    done.shows("Ihre Ersatzcodes");
    let codes = done.text.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next());
    (secret, codes.map(str::to_owned).collect())
}

async fn left(office: &Office, id: AccountId) -> usize {
    office.accounts.recovery_codes_left(id).await.expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_the_county_set_it_up_before_anything_else() {
    let office = Office::open().await;
    office.person(EMAIL, Some(CountyRole::Editor)).await;
    let browser = office.signed_in(EMAIL).await;
    browser.get("/konto").await.leads_to("/konto/zweiter-schritt");
    let change = [("passwort", PASSWORD), ("neu", "Vier ganz andere Worte")];
    browser.post("/konto/passwort", &change).await.leads_to("/konto/zweiter-schritt");
    let (_, codes) = set_up(&office, &browser).await;
    assert_eq!(codes.len(), 10);
    browser.get("/konto").await.shows("Redaktion des Landkreises");
    let off =
        browser.post("/konto/zweiter-schritt/abschalten", &[("passwort-zweiter-faktor", PASSWORD)]).await;
    off.leads_to("/konto");
    browser.get("/konto").await.shows("Eingerichtet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_wanted_after_the_password_and_taken_once() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let (secret, _) = set_up(&office, &office.signed_in(EMAIL).await).await;
    let browser = office.browser();
    browser.sign_in(EMAIL, PASSWORD).await.leads_to("/anmelden/code");
    browser.get("/konto").await.leads_to("/anmelden/code");
    // The code that set it up was used with that.
    let used = code(&office, &secret);
    let again = browser.post("/anmelden/code", &[("code", &used)]).await;
    again.refuses(StatusCode::UNPROCESSABLE_ENTITY, "gilt nicht");
    office.clock.passes(Duration::seconds(30));
    let fresh = code(&office, &secret);
    browser
        .post("/anmelden/code", &[("code", &format!("{} {}", &fresh[..3], &fresh[3..]))])
        .await
        .leads_to("/konto");
    browser.get("/konto").await.shows(EMAIL);
    // Somebody who looked over the shoulder comes too late.
    let other = office.browser();
    other.sign_in(EMAIL, PASSWORD).await.leads_to("/anmelden/code");
    let replayed = other.post("/anmelden/code", &[("code", &fresh)]).await;
    replayed.refuses(StatusCode::UNPROCESSABLE_ENTITY, "gilt nicht");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_works_once_however_it_is_typed() {
    let office = Office::open().await;
    let id = office.person(EMAIL, None).await;
    let (_, codes) = set_up(&office, &office.signed_in(EMAIL).await).await;
    assert_eq!(left(&office, id).await, 10);
    let browser = office.browser();
    browser.sign_in(EMAIL, PASSWORD).await.leads_to("/anmelden/code");
    let typed = codes[0].to_lowercase().replace('-', " ");
    browser.post("/anmelden/code", &[("code", &typed)]).await.leads_to("/konto");
    assert_eq!(left(&office, id).await, 9);
    let other = office.browser();
    other.sign_in(EMAIL, PASSWORD).await.leads_to("/anmelden/code");
    let again = other.post("/anmelden/code", &[("code", &codes[0])]).await;
    again.refuses(StatusCode::UNPROCESSABLE_ENTITY, "gilt nicht");
    assert_eq!(left(&office, id).await, 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_found_an_open_session_can_neither_replace_nor_remove_it() {
    let office = Office::open().await;
    let id = office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    set_up(&office, &browser).await;
    let page = browser.get("/konto/zweiter-schritt").await;
    let secret = secret_of(&page.text);
    let right = code(&office, &secret);
    let replaced = browser
        .post("/konto/zweiter-schritt", &[("code", &right), ("passwort", "falsch falsch falsch")])
        .await;
    replaced.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    let removed = browser
        .post("/konto/zweiter-schritt/abschalten", &[("passwort-zweiter-faktor", "falsch falsch")])
        .await;
    removed.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    assert_eq!(left(&office, id).await, 10);
    let off = [("passwort-zweiter-faktor", PASSWORD)];
    browser.post("/konto/zweiter-schritt/abschalten", &off).await.leads_to("/konto?getan=schritt");
    assert_eq!(left(&office, id).await, 0);
    office.browser().sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_keeps_the_secret_so_that_nobody_scans_twice() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    let first = secret_of(&browser.get("/konto/zweiter-schritt").await.text);
    let wrong = browser.post("/konto/zweiter-schritt", &[("code", "000000"), ("passwort", PASSWORD)]).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "passt nicht zum Schlüssel");
    assert_eq!(secret_of(&wrong.text), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_without_a_code_is_worth_nothing_once_there_is_a_second_factor() {
    let office = Office::open().await;
    office.person(EMAIL, Some(CountyRole::Editor)).await;
    // Whoever knew the first password was quicker.
    let early = office.signed_in(EMAIL).await;
    set_up(&office, &office.signed_in(EMAIL).await).await;
    early.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    early.get("/konto/zweiter-schritt").await.leads_to("/anmelden?weiter=/konto/zweiter-schritt");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_began_in_a_browser_is_gone_for_the_next_one() {
    let office = Office::open().await;
    office.person("before@heim.example", None).await;
    office.person(EMAIL, None).await;
    let shared = office.signed_in("before@heim.example").await;
    let known = secret_of(&shared.get("/konto/zweiter-schritt").await.text);
    shared.sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
    let shown = secret_of(&shared.get("/konto/zweiter-schritt").await.text);
    assert_ne!(known, shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_password_guesses_few_codes_from_however_many_networks() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    set_up(&office, &office.signed_in(EMAIL).await).await;
    let mut refused = 0;
    for network in 0..12 {
        let mut guesser = office.browser();
        guesser.network = format!("198.51.100.{network}");
        guesser.sign_in(EMAIL, PASSWORD).await.leads_to("/anmelden/code");
        let answer = guesser.post("/anmelden/code", &[("code", "000000")]).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 4);
}
