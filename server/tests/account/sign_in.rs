//! Signing in and out, and what others may not learn or do.

use axum::http::StatusCode;
use time::Duration;

use crate::desk::{EMAIL, Office, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_sees_their_account_and_signs_out() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.browser();
    let page = browser.get("/anmelden").await;
    page.shows("Passwort");
    assert_eq!(page.header("set-cookie"), "", "nobody gets a cookie before they sign in");
    assert_eq!(page.header("cache-control"), "no-store");
    let answer = browser.sign_in(" Petra@Heim.Example ", PASSWORD).await;
    answer.leads_to("/konto");
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["__Host-kreislotse=", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"] {
        assert!(cookie.contains(part), "{part} is missing in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let own = browser.get("/konto").await;
    own.shows(EMAIL);
    own.shows("Firefox auf Linux");
    assert_eq!(own.header("cache-control"), "no-store");
    browser.get("/anmelden").await.leads_to("/konto");
    let kept = browser.cookie.lock().expect("a lock").clone();
    let left = browser.post("/abmelden", &[]).await;
    left.leads_to("/");
    let removal = "__Host-kreislotse=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
    assert_eq!(left.header("set-cookie"), removal, "a browser ignores anything less");
    // Not only the cookie is gone: the session is.
    *browser.cookie.lock().expect("a lock") = kept;
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_there_is_an_account() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.browser();
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@heim.example", "no address"] {
        let answer = browser.sign_in(email, "falsch falsch falsch").await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, "passen nicht zusammen");
        assert!(!answer.text.contains("falsch falsch"), "a password is never sent back");
        answers.push(answer.text.replace(email, "…"));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(*browser.cookie.lock().expect("a lock"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_comes_back_as_text() {
    let office = Office::open().await;
    let typed = "\"><script>alert(1)</script>";
    let answer = office.browser().sign_in(typed, "x").await;
    assert!(!answer.text.contains("<script>alert"), "{}", answer.text);
    assert!(
        answer.text.contains("&quot;&gt;&lt;script")
            || answer.text.contains("&quot;><script")
            || answer.text.contains("&#x22;"),
        "{}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_somebody_planted_is_worth_nothing() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    office.person("planter@heim.example", None).await;
    // A real session, so that nothing but a new id helps.
    let planter = office.signed_in("planter@heim.example").await;
    let planted = planter.cookie.lock().expect("a lock").clone();
    let browser = office.browser();
    browser.cookie.lock().expect("a lock").clone_from(&planted);
    browser.sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
    assert_ne!(*browser.cookie.lock().expect("a lock"), planted);
    browser.get("/konto").await.shows(EMAIL);
    planter.get("/konto").await.leads_to("/anmelden?weiter=/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    for _ in 0..11 {
        office.clock.passes(Duration::minutes(64));
        browser.get("/konto").await.shows(EMAIL);
    }
    office.clock.passes(Duration::minutes(20));
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    let browser = office.signed_in(EMAIL).await;
    office.clock.passes(Duration::minutes(119));
    browser.get("/konto").await.shows(EMAIL);
    office.clock.passes(Duration::minutes(120));
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_in_somebody_goes_on_where_they_wanted_to_and_nowhere_else() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    for (wanted, leads_to) in [
        ("/konto/zweiter-schritt", "/konto/zweiter-schritt"),
        ("https://evil.example/", "/konto"),
        ("//evil.example", "/konto"),
        ("/\\evil.example", "/konto"),
    ] {
        let fields = [("email", EMAIL), ("passwort", PASSWORD), ("weiter", wanted)];
        office.browser().post("/anmelden", &fields).await.leads_to(leads_to);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_on_another_site_changes_nothing() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    let fields = [("passwort", PASSWORD), ("neu", "Vier ganz andere Worte")];
    for path in ["/konto/passwort", "/konto/sitzungen", "/abmelden", "/anmelden"] {
        assert_eq!(browser.post_from_elsewhere(path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    browser.get("/konto").await.shows(EMAIL);
    office.signed_in(EMAIL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_has_to_wait_and_the_owner_does_not() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let guesser = office.browser();
    for _ in 0..8 {
        guesser.sign_in(EMAIL, "falsch falsch falsch").await;
    }
    for password in ["falsch falsch falsch", PASSWORD] {
        let answer = guesser.sign_in(EMAIL, password).await;
        answer.refuses(StatusCode::TOO_MANY_REQUESTS, "zu viele Versuche");
    }
    let mut owner = office.browser();
    owner.network = "198.51.100.20".to_owned();
    owner.sign_in(EMAIL, PASSWORD).await.leads_to("/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_an_account_ask_to_sign_in_first() {
    let office = Office::open().await;
    let browser = office.browser();
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    browser.get("/konto/zweiter-schritt").await.leads_to("/anmelden?weiter=/konto/zweiter-schritt");
    browser.get("/anmelden/code").await.leads_to("/anmelden");
    browser.get("/anmelden?weiter=/konto").await.shows("Bitte melden Sie sich an");
    for path in ["/konto/passwort", "/konto/sitzungen", "/konto/zweiter-schritt/abschalten"] {
        browser.post(path, &[]).await.leads_to("/anmelden?weiter=/konto");
    }
    assert_eq!(browser.get("/abmelden").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_session_can_be_written_it_is_said_in_words() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    office.execute("DROP TABLE session").await;
    let answer = office.browser().sign_in(EMAIL, PASSWORD).await;
    assert!(
        answer.status.is_server_error() && answer.text.contains("<h1"),
        "{} {}",
        answer.status,
        answer.text
    );
}
