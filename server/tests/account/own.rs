//! One's own account: password and sessions.

use app::domain::account::CountyRole;
use axum::http::StatusCode;

use crate::desk::{EMAIL, Office, PASSWORD};

const NEW: &str = "Vier ganz andere Worte";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_signs_everybody_else_out() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let (office_pc, phone) = (office.signed_in(EMAIL).await, office.signed_in(EMAIL).await);
    let change = [("passwort", PASSWORD), ("neu", NEW)];
    let before = office_pc.cookie.lock().expect("a lock").clone();
    office_pc.post("/konto/passwort", &change).await.leads_to("/konto?getan=passwort");
    assert_ne!(*office_pc.cookie.lock().expect("a lock"), before);
    office_pc.get("/konto?getan=passwort").await.shows("Ihr Passwort ist geändert");
    phone.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    phone.get("/anmelden?weiter=/konto").await.shows("Bitte melden Sie sich an");
    assert_eq!(phone.sign_in(EMAIL, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    phone.sign_in(EMAIL, NEW).await.leads_to("/konto");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_only_by_who_knows_it_and_only_to_a_good_one() {
    let office = Office::open().await;
    office.person(EMAIL, None).await;
    let browser = office.signed_in(EMAIL).await;
    for (current, new, says) in [
        ("falsch falsch falsch", NEW, "nicht Ihr Passwort"),
        (PASSWORD, "kurz", "12 bis 128 Zeichen"),
        (PASSWORD, "passwort1234", "leicht zu erraten"),
        (PASSWORD, "petra@heim.example", "leicht zu erraten"),
    ] {
        let answer = browser.post("/konto/passwort", &[("passwort", current), ("neu", new)]).await;
        answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, says);
        assert!(!answer.text.contains(&format!("value=\"{current}\"")), "a password is never sent back");
    }
    let empty = browser.post("/konto/passwort", &[]).await;
    empty.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    office.signed_in(EMAIL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_sees_where_they_are_signed_in_and_ends_it() {
    let office = Office::open().await;
    let id = office.person(EMAIL, None).await;
    let (pc, phone, library) =
        (office.signed_in(EMAIL).await, office.signed_in(EMAIL).await, office.signed_in(EMAIL).await);
    let sessions = office.accounts.list_sessions(id).await.expect("sessions");
    assert_eq!(sessions.len(), 3);
    let page = pc.get("/konto").await;
    assert_eq!(page.text.matches("name=\"sitzung\"").count(), 3, "two others, and all of them");
    let of_phone =
        page.text.split("name=\"sitzung\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let ended = pc.post("/konto/sitzungen", &[("sitzung", of_phone.expect("an id"))]).await;
    ended.leads_to("/konto?getan=geraet");
    pc.get("/konto?getan=geraet").await.shows("Das Gerät ist abgemeldet");
    assert_eq!(office.accounts.list_sessions(id).await.expect("sessions").len(), 2);
    pc.post("/konto/sitzungen", &[("sitzung", "andere")]).await.leads_to("/konto?getan=geraete");
    pc.get("/konto?getan=geraete").await.shows("überall sonst abgemeldet");
    assert!(!pc.get("/konto?getan=%3Cscript%3E").await.text.contains("<script>"));
    for other in [phone, library] {
        other.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_the_session_of_somebody_else() {
    let office = Office::open().await;
    let victim = office.person(EMAIL, None).await;
    office.person("other@heim.example", None).await;
    let theirs = office.signed_in(EMAIL).await;
    let session = office.accounts.list_sessions(victim).await.expect("sessions")[0].id.to_string();
    let attacker = office.signed_in("other@heim.example").await;
    attacker.post("/konto/sitzungen", &[("sitzung", &session)]).await.leads_to("/konto?getan=geraet");
    attacker.post("/konto/sitzungen", &[("sitzung", "andere")]).await.leads_to("/konto?getan=geraete");
    attacker.post("/konto/sitzungen", &[("sitzung", "' OR 1=1")]).await.leads_to("/konto");
    theirs.get("/konto").await.shows(EMAIL);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_is_named_nowhere_and_the_log_still_holds() {
    let office = Office::open().await;
    let (browser, facility) = crate::editing::editor(&office).await;
    let basics = format!("{}/grunddaten", crate::editing::AUE);
    crate::editing::change(&browser, &basics, &[("telefon", "03871 9")]).await;
    let remove = |password| [("passwort-loeschen", password)];
    let wrong = browser.post("/konto/loeschen", &remove("falsch falsch falsch")).await;
    wrong.refuses(StatusCode::UNPROCESSABLE_ENTITY, "nicht Ihr Passwort");
    browser.post("/konto/loeschen", &remove(PASSWORD)).await.leads_to("/anmelden?getan=geloescht");
    browser.get("/konto").await.leads_to("/anmelden?weiter=/konto");
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let draft = office.store().find_draft(facility.id).await.expect("an answer").expect("the draft stays");
    assert_eq!(draft.author.expect("an id").name, None);
    let chain = office.store().verify_audit().await.expect("an answer");
    assert!(matches!(chain, server::store::Chain::Sound { .. }), "{chain:?}");

    office.person("kreis@kreis.example", Some(CountyRole::Administrator)).await;
    let county = office.signed_in_twice("kreis@kreis.example").await;
    county.get("/kreis/protokoll").await.shows("Konto gelöscht");
    county.get("/redaktion/eintraege/haus-aue").await.shows("Entwurf, zuletzt geändert");
    let last = county.post("/konto/loeschen", &remove(PASSWORD)).await;
    last.refuses(StatusCode::CONFLICT, "leitet niemand mehr");
    office.accounts.remove("kreis@kreis.example").await.expect("removed from the command line");
    county.get("/kreis").await.leads_to("/anmelden?weiter=/kreis");
}
