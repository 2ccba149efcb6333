//! Organizations as the county keeps them by hand.

use app::domain::account::{CountyRole, OrganizationRole};
use axum::http::StatusCode;

use crate::{
    desk::{Browser, EMAIL, Office},
    editing::editor,
    moderation::{county, stamp},
};

const LIST: &str = "/kreis/traeger";
const AUE: &str = "/kreis/traeger/diakonie-aue";

async fn save(
    browser: &Browser<'_>,
    path: &str,
    stamp: &str,
    name: &str,
    phone: &str,
) -> crate::desk::Answer {
    let fields = [("stand", stamp), ("name", name), ("telefon", phone), ("dachverband", "Diakonie")];
    browser.post(path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_adds_an_organization_and_invites_who_leads_it() {
    let office = Office::open().await;
    let browser = county(&office).await;
    browser.get(LIST).await.shows("Es ist noch kein Träger");
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    browser.post(LIST, &[]).await.refuses(wrong, "den Namen des Trägers");
    let hostile = "<script>alert(1)</script>";
    let answer = browser.post(LIST, &[("name", hostile), ("email", "keine")]).await;
    answer.refuses(wrong, "keine E-Mail-Adresse");
    assert!(answer.text.contains("value=\"&lt;script&gt;"), "what was typed is kept: {}", answer.text);
    assert!(!answer.text.contains(hostile), "{}", answer.text);
    browser.post(LIST, &[("name", &"ä".repeat(300))]).await.refuses(wrong, "kürzen Sie auf 200 Zeichen");
    let added =
        [("name", "Haus der Pflege"), ("dachverband", "Caritas"), ("website", "https://haus.example")];
    let path = format!("{LIST}/haus-der-pflege");
    browser.post(LIST, &added).await.leads_to(&format!("{path}?getan=angelegt"));
    let twice = [("name", "haus der  Pflege "), ("dachverband", "caritas")];
    browser.post(LIST, &twice).await.refuses(wrong, "gibt es unter diesem Dachverband schon");
    let page = browser.get(&path).await;
    page.shows("Erste Person einladen");
    assert!(page.text.contains("/redaktion/haus-der-pflege/team"), "{}", page.text);
    browser.get(LIST).await.shows("Caritas · 0 Einträge · 0 Personen");
    let own = office.store().list_organizations().await.expect("organizations").remove(0);
    let account = office.person(EMAIL, None).await;
    office.joins(account, own.id, OrganizationRole::Owner).await;
    browser.get(&path).await.shows(EMAIL);
    browser.get(LIST).await.shows("0 Einträge · 1 Person<");
    assert_eq!(browser.get("/kreis/traeger/gibt-es-nicht").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_is_public_at_once_and_the_old_address_leads_there() {
    let office = Office::open().await;
    let (editor, _) = editor(&office).await;
    let browser = county(&office).await;
    office.comes("/traeger/diakonie-aue", "Diakonie Aue").await;
    browser.get("/kreis").await.shows(AUE);
    let page = browser.get(AUE).await;
    page.shows("Haus Aue");
    let seen = stamp(&browser, AUE).await;
    let new = "/kreis/traeger/diakonie-auental";
    save(&browser, AUE, &seen, "Diakonie Auental", "03871 99")
        .await
        .leads_to(&format!("{new}?getan=gespeichert"));
    office.comes("/traeger/diakonie-auental", "03871 99").await;
    office.comes("/einrichtung/haus-aue", "Diakonie Auental").await;
    office.comes("/suche?q=Diakonie+Auental", "Haus Aue").await;
    // The page that was kept goes with the next generation of the index.
    let moved = async || {
        for _ in 0..600 {
            let answer = office.browser().get("/traeger/diakonie-aue").await;
            if answer.status == StatusCode::MOVED_PERMANENTLY {
                return answer.header("location").to_owned();
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the old address leads nowhere");
    };
    assert_eq!(moved().await, "/traeger/diakonie-auental");
    browser.get(AUE).await.leads_to(new);
    editor.get("/redaktion").await.shows("Diakonie Auental");

    // Whoever is second sees both versions, and nothing is overwritten.
    let late = save(&browser, new, &seen, "Diakonie Auental", "03871 1").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for text in ["Jemand anderes hat inzwischen gespeichert", "03871 99", "03871 1"] {
        assert!(late.text.contains(text), "{text}: {}", late.text);
    }
    let phone = async || {
        let all = office.store().list_organizations().await.expect("organizations");
        all[0].phone.clone().unwrap_or_default()
    };
    assert_eq!(phone().await, "03871 99");
    // With what the page of the conflict has seen it is meant.
    let newly = late.text.split("name=\"stand\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    save(&browser, new, newly.expect("a stamp"), "Diakonie Auental", "03871 1")
        .await
        .leads_to(&format!("{new}?getan=gespeichert"));
    assert_eq!(phone().await, "03871 1");
    // Back to the old name, and so to the old address.
    let seen = stamp(&browser, new).await;
    save(&browser, new, &seen, "Diakonie Aue", "03871 1").await.leads_to(&format!("{AUE}?getan=gespeichert"));
    let other = office.organization("Neuer Träger").await;
    let taken = stamp(&browser, "/kreis/traeger/neuer-traeger").await;
    let own = office.store().list_organizations().await.expect("organizations");
    let name = own.iter().find(|own| own.id != other).expect("the other").name.clone();
    save(&browser, "/kreis/traeger/neuer-traeger", &taken, &name, "")
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "gibt es unter diesem Dachverband schon");
    office.comes("/traeger/diakonie-aue", "03871 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_those_who_lead_an_organization_is_written_down() {
    let office = Office::open().await;
    office.organization("Diakonie Aue").await;
    office.person("admin@kreis.example", Some(CountyRole::Administrator)).await;
    let county = office.signed_in_twice("admin@kreis.example").await;
    county.get("/kreis/traeger/diakonie-aue").await.shows("Leitung");
    let log = county.get("/kreis/protokoll").await;
    assert!(log.text.contains("Liste der Personen angesehen"), "{}", log.text);
}
