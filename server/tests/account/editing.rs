//! Entries as those keep them who run them: drafts, parts, submission, versions.

use app::domain::{account::OrganizationRole, facility::Facility, opening_hours::OpeningHours};
use axum::http::StatusCode;
use time::Duration;

use crate::desk::{Browser, EMAIL, Office};

pub const AUE: &str = "/redaktion/eintraege/haus-aue";

/// Somebody who edits the entry "Haus Aue".
pub async fn editor(office: &Office) -> (Browser<'_>, Facility) {
    let organization = office.organization("Diakonie Aue").await;
    let facility = office.entry("Haus Aue", organization).await;
    let account = office.person(EMAIL, None).await;
    office.joins(account, organization, OrganizationRole::Editor).await;
    (office.signed_in(EMAIL).await, facility)
}

/// The fields that a form of a page shows, as a browser would send them.
pub fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("class=\"form form--wide\"").nth(1).unwrap_or_else(|| panic!("a form in {page}"));
    let form = form.split("</form>").next().expect("its end");
    let mut found = Vec::new();
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(plain(value))
    };
    for (at, _) in form.match_indices('<') {
        let rest = &form[at..];
        let tag = rest.split('>').next().unwrap_or_default();
        let Some(name) = attribute(tag, "name") else { continue };
        if tag.starts_with("<input") {
            let chosen = !(tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\""))
                || tag.split_whitespace().any(|word| word.trim_end_matches('/').starts_with("checked"));
            if chosen {
                found.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("<textarea") {
            let text = rest[tag.len() + 1..].split("</textarea>").next().unwrap_or_default();
            found.push((name, plain(text.strip_prefix('\n').unwrap_or(text))));
        } else if tag.starts_with("<select") {
            let options = rest.split("</select>").next().unwrap_or_default();
            let chosen = options
                .split("<option")
                .find(|option| option.split('>').next().is_some_and(|tag| tag.contains(" selected")));
            let value = chosen.and_then(|option| attribute(option, "value"));
            found.push((name, value.unwrap_or_default()));
        }
    }
    found
}

/// Where the page of a lost session sends its form, and what.
fn carried(page: &str) -> (String, Vec<(String, String)>) {
    let form = page.split("<main").nth(1).and_then(|main| main.split("<form ").nth(1)).expect("a form");
    let action = form.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an action");
    let fields = form.split("</form>").next().expect("its end").split("<textarea").skip(1).map(|area| {
        let name = area.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
        let text = area.split_once('>').expect("a tag").1.split("</textarea>").next().unwrap_or_default();
        (plain(name), plain(text.strip_prefix('\n').unwrap_or(text)))
    });
    (action.to_owned(), fields.collect())
}

fn plain(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&#x27;", "'").replace("&amp;", "&")
}

/// What the page of an entry has shown of its draft.
pub async fn revision(browser: &Browser<'_>, entry: &str) -> String {
    let page = browser.get(entry).await.text;
    let shown = page.split("name=\"stand\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    shown.unwrap_or("0").to_owned()
}

/// Does something with a draft, as its page offers it.
pub async fn act(browser: &Browser<'_>, entry: &str, step: &str) -> crate::desk::Answer {
    let seen = revision(browser, entry).await;
    browser.post(&format!("{entry}/{step}"), &[("stand", &seen), ("notiz", "Neue Nummer")]).await
}

/// Opens a part, changes some fields as somebody would, and sends it.
pub async fn change(browser: &Browser<'_>, path: &str, changes: &[(&str, &str)]) -> crate::desk::Answer {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    send(browser, path, &fields(&page.text), changes).await
}

async fn send(
    browser: &Browser<'_>,
    path: &str,
    shown: &[(String, String)],
    changes: &[(&str, &str)],
) -> crate::desk::Answer {
    let mut all: Vec<(&str, &str)> =
        shown.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for (name, value) in changes {
        all.retain(|(own, _)| own != name);
        all.push((name, value));
    }
    browser.post(path, &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_kept_part_by_part_and_nobody_sees_it_before_it_is_approved() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    browser.get("/redaktion").await.shows("Haus Aue");
    let saved = change(&browser, &format!("{AUE}/grunddaten"), &[("telefon", "03871 4711")]).await;
    saved.leads_to(&format!("{AUE}?getan=gespeichert"));
    browser.get(AUE).await.shows("Entwurf");
    let hours = [("zeiten", "regelmaessig"), ("tag-1", "8–12 Uhr, 13:30–17 Uhr"), ("tag-5", "")];
    change(&browser, &format!("{AUE}/kontakt"), &hours).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    let offer = format!("{AUE}/angebot-{}", facility.offers[0].id);
    change(&browser, &offer, &[("plaetze", "17")]).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    let preview = browser.get(&format!("{AUE}/vorschau")).await;
    for text in ["03871 2000", "03871 4711", "13:30–17 Uhr", "Tagespflege: Plätze insgesamt", "42", "17"] {
        assert!(preview.text.contains(text), "{text} is missing in {}", preview.text);
    }
    browser.get(&format!("{AUE}/ansicht")).await.shows("03871 4711");
    office.comes("/einrichtung/haus-aue", "03871 2000").await;
    let public = office.browser().get("/einrichtung/haus-aue").await;
    assert!(!public.text.contains("4711"), "{}", public.text);

    act(&browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
    browser.get(AUE).await.shows("in Prüfung");
    // Somebody had the form open: what they typed is still there.
    let late = browser.post(&format!("{AUE}/grunddaten"), &[("name", "Haus Spät")]).await;
    late.refuses(StatusCode::CONFLICT, "liegt inzwischen beim Landkreis");
    assert!(late.text.contains("Haus Spät"), "{}", late.text);
    browser.get(&format!("{AUE}/grunddaten")).await.leads_to(&format!("{AUE}?getan=gesperrt"));
    browser.post(&format!("{AUE}/zurueckziehen"), &[]).await.leads_to(&format!("{AUE}?getan=zurueck"));
    let old = browser.post(&format!("{AUE}/verwerfen"), &[("stand", "1")]).await;
    old.leads_to(&format!("{AUE}?getan=schneller"));
    act(&browser, AUE, "verwerfen").await.leads_to(&format!("{AUE}?getan=verworfen"));
    assert_eq!(office.store().find_draft(facility.id).await.expect("an answer"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let text = "</textarea><script>alert(1)</script>\n\nZweite Zeile & \"mehr\"";
    let fields_typed = [("plz", "123"), ("beschreibung", text)];
    let answer = change(&browser, &format!("{AUE}/grunddaten"), &fields_typed).await;
    answer.refuses(StatusCode::UNPROCESSABLE_ENTITY, "fünf Ziffern");
    assert!(!answer.text.contains("<script>alert"), "{}", answer.text);
    let kept = fields(&answer.text);
    let value = |name: &str| kept.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    assert_eq!(value("beschreibung").as_deref(), Some(text));
    assert_eq!(value("plz").as_deref(), Some("123"));
    assert_eq!(office.store().find_draft(facility.id).await.expect("an answer"), None);
    // Stored markup is text everywhere it is shown.
    change(&browser, &format!("{AUE}/grunddaten"), &[("beschreibung", text), ("name", "<b>Haus</b> Aue")])
        .await;
    for path in
        [AUE.to_owned(), format!("{AUE}/grunddaten"), format!("{AUE}/vorschau"), format!("{AUE}/ansicht")]
    {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("<b>Haus"),
            "{path}: {}",
            page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_edit_the_same_part_see_both_versions_and_other_parts_do_not_disturb() {
    let office = Office::open().await;
    let (anna, facility) = editor(&office).await;
    let paul = office.signed_in(EMAIL).await;
    let (basics, contacts) = (format!("{AUE}/grunddaten"), format!("{AUE}/kontakt"));
    let seen = fields(&paul.get(&basics).await.text);
    let other_part = fields(&paul.get(&contacts).await.text);
    change(&anna, &basics, &[("telefon", "03871 1111"), ("website", "https://anna.example")]).await;
    send(&paul, &contacts, &other_part, &[("zeiten", "vereinbarung")])
        .await
        .leads_to(&format!("{AUE}?getan=gespeichert"));
    let conflict = send(&paul, &basics, &seen, &[("telefon", "03871 2222")]).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text);
    for text in
        ["Jemand anderes hat inzwischen gespeichert", "03871 1111", "03871 2222", "https://anna.example"]
    {
        assert!(conflict.text.contains(text), "{text}");
    }
    let draft =
        async || office.store().find_draft(facility.id).await.expect("an answer").expect("a draft").facility;
    assert_eq!(draft().await.phone.as_deref(), Some("03871 1111"), "nothing is lost before somebody decides");
    send(&paul, &basics, &fields(&conflict.text), &[]).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    let decided = draft().await;
    assert_eq!(decided.phone.as_deref(), Some("03871 2222"));
    assert_eq!(decided.opening_hours, OpeningHours::ByAppointment);
    // Sent twice: the second one changes nothing and is no conflict.
    send(&paul, &basics, &fields(&conflict.text), &[]).await.leads_to(&format!("{AUE}?getan=gespeichert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_somebody_types_loses_nothing() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let path = format!("{AUE}/grunddaten");
    let mut shown = fields(&browser.get(&path).await.text);
    shown.retain(|(name, _)| name != "beschreibung");
    shown.push(("beschreibung".to_owned(), "Lange\n<b>getippt".to_owned()));
    office.clock.passes(Duration::hours(3));
    let pairs: Vec<(&str, &str)> =
        shown.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let kept = browser.post(&path, &pairs).await;
    kept.shows("Ihre Eingaben sind noch da");
    assert!(kept.text.contains("Lange\n&lt;b&gt;getippt"), "{}", kept.text);
    let again = office.signed_in(EMAIL).await;
    let (action, carried) = carried(&kept.text);
    assert_eq!(action, path);
    let carried: Vec<(&str, &str)> =
        carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(carried, pairs);
    again.post(&action, &carried).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    let draft = office.store().find_draft(facility.id).await.expect("an answer").expect("a draft");
    assert_eq!(draft.facility.description.as_deref(), Some("Lange\n<b>getippt"));
    // Whoever is signed in and may not edit it learns nothing, and nothing is kept for them.
    office.person("fremd@x.example", None).await;
    let stranger = office.signed_in("fremd@x.example").await;
    assert_eq!(stranger.post(&path, &pairs).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sets_its_own_fields_and_nothing_a_role_may_not() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let other = office.organization("Fremder Träger").await;
    let foreign = office.entry("Haus Berg", other).await;
    let organization = other.to_string();
    let forged = [
        ("slug", "anders"),
        ("visibility", "public"),
        ("organization", organization.as_str()),
        ("organization_id", organization.as_str()),
        ("source", "county"),
        ("confirmed_at", "9999"),
        ("telefon", "03871 99"),
    ];
    change(&browser, &format!("{AUE}/grunddaten"), &forged)
        .await
        .leads_to(&format!("{AUE}?getan=gespeichert"));
    let draft = office.store().find_draft(facility.id).await.expect("an answer").expect("a draft").facility;
    let wanted = Facility { phone: Some("03871 99".to_owned()), ..app::domain::draft::content(&facility) };
    assert_eq!(draft, wanted);
    // An offer of another entry below one's own.
    let path = format!("{AUE}/angebot-{}", foreign.offers[0].id);
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&path, &[("plaetze", "1")]).await.status, StatusCode::NOT_FOUND);
    browser.post(&format!("{path}/entfernen"), &[]).await.leads_to(AUE);
    // One that a colleague has taken out meanwhile: nothing that was typed is lost.
    let own = format!("{AUE}/angebot-{}", facility.offers[0].id);
    act(&browser, AUE, &format!("angebot-{}/entfernen", facility.offers[0].id))
        .await
        .leads_to(&format!("{AUE}?getan=entfernt"));
    let late = browser.post(&own, &[("art", "tagespflege"), ("plaetze", "77")]).await;
    late.refuses(StatusCode::CONFLICT, "inzwischen jemand entfernt");
    assert!(
        late.text.contains("value=\"77\"") && late.text.contains(&format!("{AUE}/angebot-neu")),
        "{}",
        late.text
    );
    assert_eq!(browser.get("/redaktion/eintraege/haus-berg").await.status, StatusCode::NOT_FOUND);
    let elsewhere = browser.post_from_elsewhere(&format!("{AUE}/verwerfen"), &[]).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_runs_it_confirms_once_a_year_and_citizens_see_the_day() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    office.clock.passes(Duration::days(500));
    let browser = {
        drop(browser);
        office.signed_in(EMAIL).await
    };
    browser.get("/redaktion").await.shows("Stimmen die Angaben noch?");
    browser.post(&format!("{AUE}/geprueft"), &[]).await.leads_to(&format!("{AUE}?getan=geprueft"));
    let page = browser.get("/redaktion").await;
    assert!(!page.text.contains("Stimmen die Angaben noch?"), "{}", page.text);
    office.comes("/einrichtung/haus-aue", "geprüft am 13. November 2027").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_was_never_public_is_thrown_away_whole() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let path = "/redaktion/eintraege/entwurf-vertippt";
    browser.post("/redaktion/diakonie-aue/neu", &[("name", "Vertippt")]).await.leads_to(path);
    change(&browser, &format!("{path}/angebot-neu"), &[("art", "tagespflege")]).await;
    act(&browser, path, "loeschen").await.leads_to("/redaktion");
    assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
    // What is public, or came from elsewhere, is not.
    act(&browser, AUE, "loeschen").await.leads_to(AUE);
    assert_eq!(office.store().list_facilities(&[facility.id]).await.expect("an answer").len(), 1);
}
