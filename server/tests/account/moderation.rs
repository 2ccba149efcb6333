//! What the county decides.

use std::sync::Arc;

use app::{
    backend::access::CountyStaff,
    domain::{
        account::CountyRole,
        facility::{Facility, Visibility},
        portal::Portal,
    },
};
use axum::http::StatusCode;
use server::{
    service::{
        account::AccountService,
        entry::{Decision, EntryError, EntryService},
        mail::Mailbox,
    },
    store::Chain,
};

use crate::{
    desk::{Browser, EMAIL, Office},
    editing::{AUE, act, change, editor},
};

pub const DECIDE: &str = "/kreis/pruefen/haus-aue";

pub async fn county(office: &Office) -> Browser<'_> {
    office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    office.signed_in_twice("kreis@kreis.example").await
}

/// What the page of a decision has seen.
pub async fn stamp(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await.text;
    let shown = page.split("name=\"stand\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    shown.expect("a stamp").to_owned()
}

pub async fn decide(browser: &Browser<'_>, stamp: &str, what: &str, reason: &str) -> crate::desk::Answer {
    browser.post(DECIDE, &[("stand", stamp), ("was", what), ("grund", reason)]).await
}

pub async fn submit(browser: &Browser<'_>, phone: &str) {
    change(browser, &format!("{AUE}/grunddaten"), &[("telefon", phone)]).await;
    act(browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_goes_back_is_mended_approved_and_found() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let county = county(&office).await;
    county.get("/kreis").await.shows("Es wartet nichts");
    submit(&browser, "03871 1").await;
    county.get("/kreis").await.shows("Änderung");
    county.get(DECIDE).await.shows("03871 2000");
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "zurueckgeben", " ")
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "was anders werden soll");
    decide(&county, &seen, "zurueckgeben", "Die Nummer ist zu kurz.")
        .await
        .leads_to("/kreis?getan=zurueckgegeben");
    let letter = office.newest_mail(EMAIL).await;
    assert!(letter.text.contains("Die Nummer ist zu kurz."), "{}", letter.text);
    assert_eq!(letter.link("/redaktion"), AUE);
    browser.get("/redaktion").await.shows("Jetzt zu tun");
    browser.get(AUE).await.shows("Die Nummer ist zu kurz.");

    submit(&browser, "03871 555").await;
    let old = decide(&county, &seen, "freigeben", "").await;
    old.refuses(StatusCode::CONFLICT, "inzwischen geändert");
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=schneller");
    assert!(office.newest_mail(EMAIL).await.subject.starts_with("Veröffentlicht"));
    office.comes("/einrichtung/haus-aue", "03871 555").await;
    office.comes("/api/v1/search?q=Haus+Aue", "03871 555").await;
    let page = office.browser().get("/einrichtung/haus-aue").await;
    assert!(page.text.contains("Angaben der Einrichtung"), "{}", page.text);

    let versions = office.store().list_versions(facility.id).await.expect("versions");
    let phones: Vec<_> = versions.iter().map(|own| own.facility.phone.clone().unwrap_or_default()).collect();
    assert_eq!(phones, ["03871 555", "03871 2000"]);
    assert_eq!(versions[0].approved_by.as_ref().and_then(|own| own.name.as_deref()), Some("Petra Muster"));
    browser.get(&format!("{AUE}/verlauf")).await.shows("Geändert: Telefon");
    browser.post(&format!("{AUE}/verlauf/1"), &[]).await.leads_to(&format!("{AUE}?getan=wiederhergestellt"));
    act(&browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    office.comes("/einrichtung/haus-aue", "03871 2000").await;
    let chain = office.store().verify_audit().await.expect("an answer");
    assert!(matches!(chain, Chain::Sound { entries, .. } if entries >= 6), "{chain:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_entry_with_an_offer_gets_its_address_when_it_is_approved() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let municipality = office.municipality().await;
    let county = county(&office).await;
    let new = "/redaktion/diakonie-aue/neu";
    browser
        .post(new, &[("name", " ")])
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "Bitte nennen Sie den Namen");
    browser.post(new, &[("name", "Haus Neu")]).await.leads_to("/redaktion/eintraege/entwurf-haus-neu");
    let path = "/redaktion/eintraege/entwurf-haus-neu";
    office.goes("/einrichtung/entwurf-haus-neu").await;
    change(&browser, &format!("{path}/grunddaten"), &[("plz", "19370")]).await;
    let early = act(&browser, path, "einreichen").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.text.contains("Die Gemeinde fehlt.") && early.text.contains("Es fehlt ein Angebot"),
        "{}",
        early.text
    );
    let id = municipality.id.to_string();
    change(&browser, &format!("{path}/grunddaten"), &[("gemeinde", &id)]).await;
    let day_care = [("art", "tagespflege"), ("plaetze", "12")];
    change(&browser, &format!("{path}/angebot-neu"), &day_care)
        .await
        .leads_to(&format!("{path}?getan=gespeichert"));
    act(&browser, path, "einreichen").await.leads_to(&format!("{path}?getan=eingereicht"));
    county.get("/kreis").await.shows("Neuer Eintrag");
    let decision = "/kreis/pruefen/entwurf-haus-neu";
    let seen = stamp(&county, decision).await;
    county
        .post(decision, &[("stand", &seen), ("was", "freigeben")])
        .await
        .leads_to("/kreis?getan=freigegeben");
    office.comes("/einrichtung/haus-neu-parchim", "Haus Neu").await;
    office.comes("/suche?q=Tagespflege+Parchim", "Haus Neu").await;
    assert_eq!(browser.get("/redaktion/eintraege/haus-neu-parchim").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_was_taken_out_comes_back_with_an_earlier_version() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let county = county(&office).await;
    let second = [("art", "kurzzeitpflege"), ("plaetze", "5")];
    change(&browser, &format!("{AUE}/angebot-neu"), &second).await;
    let gone = format!("angebot-{}/entfernen", facility.offers[0].id);
    act(&browser, AUE, &gone).await.leads_to(&format!("{AUE}?getan=entfernt"));
    // The county approves what it corrects itself.
    change(&county, &format!("{AUE}/grunddaten"), &[("telefon", "03871 77")]).await;
    act(&county, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=veroeffentlicht"));
    let live = async || {
        let found = office.store().list_facilities(&[facility.id]).await.expect("an answer").pop();
        found.expect("the entry").offers
    };
    let kinds: Vec<_> = live().await.iter().map(|offer| offer.care_type.to_string()).collect();
    assert_eq!(kinds, ["kurzzeitpflege"]);
    browser.post(&format!("{AUE}/verlauf/1"), &[]).await;
    act(&browser, AUE, "einreichen").await;
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    assert_eq!(live().await.iter().map(|offer| offer.id).collect::<Vec<_>>(), [facility.offers[0].id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_approved_together_or_none() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let berg = office.entry("Haus Berg", facility.organization.as_ref().expect("one").id).await;
    let county = county(&office).await;
    submit(&browser, "03871 11").await;
    let path = "/redaktion/eintraege/haus-berg";
    change(&browser, &format!("{path}/grunddaten"), &[("telefon", "03871 22")]).await;
    act(&browser, path, "einreichen").await;
    county.get("/kreis").await.shows("Mehrere Änderungen auf einmal freigeben");
    let page = county.get("/kreis/pruefen").await;
    page.shows("03871 22");
    // What a box stands for: an entry, and the revision of its draft that is shown.
    let shown = |entry: &Facility| {
        let of_entry = page.text.split("value=\"").find(|rest| rest.starts_with(&format!("{}.", entry.id)));
        of_entry.and_then(|rest| rest.split('"').next()).expect("a box").to_owned()
    };
    let (aue, right) = (shown(&facility), shown(&berg));
    let (id, revision) = right.split_once('.').expect("a revision");
    let wrong = format!("{id}.{}", revision.parse::<i64>().expect("a number") - 1);
    let refused = county.post("/kreis/pruefen", &[("eintrag", &aue), ("eintrag", &wrong)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("Es ist nichts veröffentlicht"));
    let waiting = async || office.store().list_submitted_drafts(9).await.expect("drafts").len();
    assert_eq!(waiting().await, 2);
    county
        .post("/kreis/pruefen", &[("eintrag", &aue), ("eintrag", &right)])
        .await
        .leads_to("/kreis?getan=freigegeben");
    assert_eq!(waiting().await, 0);
    office.comes("/einrichtung/haus-berg", "03871 22").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_takes_an_entry_out_and_brings_it_back_and_nobody_else_does() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let county = county(&office).await;
    let refused = browser.post(&format!("{AUE}/archivieren"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    county.post(&format!("{AUE}/archivieren"), &[]).await.leads_to(&format!("{AUE}?getan=sichtbarkeit"));
    let visibility = async || {
        let found = office.store().list_facilities(&[facility.id]).await.expect("an answer").pop();
        found.expect("the entry").visibility
    };
    assert_eq!(visibility().await, Visibility::Archived);
    office.goes("/einrichtung/haus-aue").await;
    browser.get("/redaktion").await.shows("archiviert");
    county.get("/kreis/eintraege?q=haus+AUE").await.shows("archiviert");
    county.get("/kreis/eintraege?q=%25").await.shows("Kein Eintrag heißt so");
    county.post(&format!("{AUE}/wieder-zeigen"), &[]).await.leads_to(&format!("{AUE}?getan=sichtbarkeit"));
    assert_eq!(visibility().await, Visibility::Public);
    office.comes("/einrichtung/haus-aue", "03871 2000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_comes_back_only_by_a_decision_of_its_own() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let county = county(&office).await;
    submit(&browser, "03871 5").await;
    let seen = stamp(&county, DECIDE).await;
    act(&county, AUE, "archivieren").await.leads_to(&format!("{AUE}?getan=sichtbarkeit"));
    let bulk = format!("{}.{seen}", facility.id);
    let refused = county.post("/kreis/pruefen", &[("eintrag", &bulk)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    decide(&county, &seen, "freigeben", "").await.refuses(StatusCode::CONFLICT, "inzwischen geändert");
    act(&browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=verborgen"));
    assert_eq!(office.store().count_waiting(office.clock.instant()).await.expect("numbers").to_decide, 0);
    let live = office.store().list_facilities(&[facility.id]).await.expect("an answer").pop();
    assert_eq!(live.map(|own| own.visibility), Some(Visibility::Archived));
    act(&county, AUE, "wieder-zeigen").await;
    act(&browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_approves_what_they_wrote_or_corrected_where_two_have_to_look() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let county = county(&office).await;
    submit(&browser, "03871 5").await;
    change(&county, &format!("{AUE}/grunddaten"), &[("telefon", "03871 6")]).await;
    let draft = office.store().find_draft(facility.id).await.expect("an answer").expect("a draft");
    let portal = Arc::new(Portal { four_eyes: true, ..Portal::default() });
    let mailbox = Mailbox::new(portal);
    let accounts = || AccountService::new(office.store().clone(), office.clock.clone(), mailbox.clone());
    let strict = EntryService::new(
        office.store().clone(),
        office.clock.clone(),
        mailbox.clone(),
        Arc::new(accounts()),
    );
    let decision = Decision { entry: facility.id, revision: draft.revision, reason: "" };
    let corrector = draft.corrected_by.expect("somebody").id;
    let other = office.person("zweite@kreis.example", Some(CountyRole::Editor)).await;
    for (id, may) in [(corrector, false), (other, true)] {
        let account = office.accounts.find(id).await.expect("an answer").expect("an account");
        let staff = CountyStaff::require(&account).expect("of the county");
        let approved = strict.approve(&staff, decision).await;
        assert_eq!(approved.is_ok(), may, "{approved:?}");
        assert!(may || matches!(approved, Err(EntryError::FourEyes)), "{approved:?}");
    }
    let versions = office.store().list_versions(facility.id).await.expect("versions");
    assert!(versions[0].reason.as_deref().is_some_and(|reason| reason.contains("Vom Landkreis berichtigt.")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_of_an_earlier_draft_decides_nothing_about_a_later_one() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    submit(&browser, "03871 1").await;
    let seen = stamp(&county, DECIDE).await;
    browser.post(&format!("{AUE}/zurueckziehen"), &[]).await.leads_to(&format!("{AUE}?getan=zurueck"));
    act(&browser, AUE, "verwerfen").await.leads_to(&format!("{AUE}?getan=verworfen"));
    office.clock.passes(time::Duration::seconds(1));
    // As many steps as before: only the number tells that it is another one.
    submit(&browser, "03871 666").await;
    decide(&county, &seen, "freigeben", "").await.refuses(StatusCode::CONFLICT, "inzwischen geändert");
    office.comes("/einrichtung/haus-aue", "03871 2000").await;
}
