//! What the county decides.

use std::sync::Arc;

use app::{
    backend::access::CountyStaff,
    domain::{account::CountyRole, care_type::Taxonomy, facility::Visibility, portal::Portal},
};
use axum::http::{Method, StatusCode};
use server::{
    service::{
        account::AccountService,
        entry::{Decision, EntryError, EntryService},
        import::{ImportRequest, run},
        mail::Mailbox,
    },
    store::Chain,
};

use crate::{
    desk::{Browser, EMAIL, Office},
    editing::{AUE, act, change, editor},
};

const DECIDE: &str = "/kreis/pruefen/haus-aue";

async fn county(office: &Office) -> Browser<'_> {
    office.person("kreis@kreis.example", Some(CountyRole::Editor)).await;
    office.signed_in_twice("kreis@kreis.example").await
}

/// What the page of a decision has seen.
async fn stamp(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await.text;
    let shown = page.split("name=\"stand\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    shown.expect("a stamp").to_owned()
}

async fn decide(browser: &Browser<'_>, stamp: &str, what: &str, reason: &str) -> crate::desk::Answer {
    browser.post(DECIDE, &[("stand", stamp), ("was", what), ("grund", reason)]).await
}

async fn submit(browser: &Browser<'_>, phone: &str) {
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
    county.get("/kreis/pruefen").await.shows("03871 22");
    let (aue, right, wrong) =
        (format!("{}.2", facility.id), format!("{}.2", berg.id), format!("{}.1", berg.id));
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
async fn an_import_proposes_and_what_was_taken_over_is_not_proposed_again() {
    let office = Office::open().await;
    let county = county(&office).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (file, mapping) = (folder.path().join("liste.csv"), folder.path().join("liste.toml"));
    std::fs::write(&mapping, "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\nname = \"name\"\ntype = \"care_type\"\nplace = \"municipality\"\nphone = \"phone\"\n").expect("written");
    let import = async |rows: &str| {
        std::fs::write(&file, format!("id,name,type,place,phone\n{rows}")).expect("written");
        let request = ImportRequest {
            file: &file,
            mapping: &mapping,
            dry_run: false,
            rejects: None,
            elsewhere: Some(folder.path()),
            taxonomy: &Taxonomy::builtin(),
            now: office.clock.instant(),
        };
        let report = run(office.store(), &request).await.expect("it runs");
        (report.created, report.updated, report.unchanged, report.proposed)
    };
    let first = "1,Haus Liste,tagespflege,Parchim,03871 1\n";
    assert_eq!(import(first).await, (1, 0, 0, 0));
    let path = "/redaktion/eintraege/haus-liste-parchim";
    change(&county, &format!("{path}/grunddaten"), &[("beschreibung", "Von Hand."), ("telefon", "03871 9")])
        .await;
    act(&county, path, "einreichen").await.leads_to(&format!("{path}?getan=veroeffentlicht"));
    assert_eq!(import(first).await, (0, 0, 1, 0), "it says what it said before");
    office.clock.passes(time::Duration::hours(1));
    let second = "1,Haus Liste,tagespflege,Parchim,03871 2\n2,Haus Liste,kurzzeitpflege,Parchim,03871 2\n";
    assert_eq!(import(second).await, (0, 0, 0, 2));
    let proposal = "/kreis/pruefen/haus-liste-parchim/vorschlag";
    let page = county.get(proposal).await;
    assert!(page.text.contains("03871 2") && !page.text.contains("Von Hand."), "{}", page.text);
    let seen = stamp(&county, proposal).await;
    let nothing = county.post(proposal, &[("stand", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    county
        .post(proposal, &[("stand", &seen), ("was", "uebernehmen")])
        .await
        .leads_to("/kreis?getan=uebernommen");
    let live = async || {
        let all = office.store().list_public_facilities(None, 9).await.expect("entries");
        all.into_iter().find(|own| own.name == "Haus Liste").expect("the entry")
    };
    let taken = live().await;
    assert_eq!((taken.description.as_deref(), taken.offers.len()), (Some("Von Hand."), 2));
    for _ in 0..2 {
        assert_eq!(import(second).await, (0, 0, 2, 0));
    }
    assert_eq!(live().await.offers.len(), 2);
    // A new file; then somebody edits the entry: the proposal is made anew, not taken over as it was.
    office.clock.passes(time::Duration::hours(1));
    let third = second.replace("03871 2", "03871 3");
    assert_eq!(import(&third).await, (0, 0, 0, 2));
    let seen = stamp(&county, proposal).await;
    office.clock.passes(time::Duration::minutes(1));
    change(&county, &format!("{path}/grunddaten"), &[("beschreibung", "Neu von Hand.")]).await;
    act(&county, path, "einreichen").await.leads_to(&format!("{path}?getan=veroeffentlicht"));
    let stale = county.post(proposal, &[("stand", &seen), ("was", "uebernehmen")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    office.clock.passes(time::Duration::minutes(1));
    assert_eq!(import(&third).await, (0, 0, 0, 2));
    let seen = stamp(&county, proposal).await;
    county.post(proposal, &[("stand", &seen), ("was", "ablehnen")]).await.leads_to("/kreis?getan=abgelehnt");
    assert_eq!(import(&third).await, (0, 0, 2, 0));
    assert_eq!(live().await.description.as_deref(), Some("Neu von Hand."));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_entries_become_one_and_old_addresses_lead_there() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let organization = facility.organization.as_ref().expect("one").id;
    let double = office.entry("Haus Aue alt", organization).await;
    let county = county(&office).await;
    let path = "/redaktion/eintraege/haus-aue-alt";
    change(&county, &format!("{path}/angebot-neu"), &[("art", "kurzzeitpflege"), ("plaetze", "4")]).await;
    act(&county, path, "einreichen").await.leads_to(&format!("{path}?getan=veroeffentlicht"));
    change(&browser, &format!("{AUE}/grunddaten"), &[("telefon", "03871 8")]).await;
    let merge = async |into: &str| county.post(&format!("{path}/zusammenfuehren"), &[("ziel", into)]).await;
    for nowhere in ["", "haus-aue-alt", "gibt-es-nicht", "https://anderswo.example/"] {
        merge(nowhere).await.leads_to(&format!("{path}?getan=kein-anderer"));
    }
    let into = "https://pflege.example/einrichtung/haus-aue?ids=x";
    merge(into).await.leads_to(&format!("{AUE}?getan=zusammengefuehrt"));
    let live = office.store().list_facilities(&[facility.id, double.id]).await.expect("an answer");
    let kinds: Vec<_> = live[0].offers.iter().map(|offer| offer.care_type.to_string()).collect();
    assert_eq!(kinds, ["tagespflege", "kurzzeitpflege"], "the same offer is not there twice");
    assert_eq!((live[1].visibility, live[1].offers.len()), (Visibility::Archived, 0));
    let moved = async || {
        for _ in 0..600 {
            let answer = office.browser().get("/einrichtung/haus-aue-alt").await;
            if answer.status == StatusCode::MOVED_PERMANENTLY {
                return answer.header("location").to_owned();
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the old address leads nowhere");
    };
    assert_eq!(moved().await, "/einrichtung/haus-aue");
    browser.get(AUE).await.shows("mit einem zweiten zusammengeführt");
    // Whoever goes on with their draft takes nothing away.
    act(&browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
    let seen = stamp(&county, DECIDE).await;
    decide(&county, &seen, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    let live = office.store().list_facilities(&[facility.id]).await.expect("an answer");
    assert_eq!((live[0].offers.len(), live[0].phone.as_deref()), (2, Some("03871 8")));
    // It does not come back empty; nor does one come back that nobody has ever approved.
    browser.post("/redaktion/diakonie-aue/neu", &[("name", "Unfertig")]).await;
    let draft = "/redaktion/eintraege/entwurf-unfertig";
    act(&county, draft, "archivieren").await.leads_to(draft);
    act(&county, path, "wieder-zeigen").await.leads_to(path);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organization_runs_an_entry_and_sees_nothing_that_was_begun() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let other = office.organization("Neuer Träger").await;
    let county = county(&office).await;
    change(&browser, &format!("{AUE}/grunddaten"), &[("telefon", "03871 8")]).await;
    let refused = browser.post(&format!("{AUE}/traeger"), &[("traeger", &other.to_string())]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    county.post(&format!("{AUE}/traeger"), &[("traeger", "x")]).await.leads_to(AUE);
    county.get(AUE).await.shows("Neuer Träger");
    let changed = county.post(&format!("{AUE}/traeger"), &[("traeger", &other.to_string())]).await;
    changed.leads_to(&format!("{AUE}?getan=traeger"));
    assert_eq!(browser.get(AUE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.store().find_draft(facility.id).await.expect("an answer"), None);
    office.comes("/einrichtung/haus-aue", "/traeger/neuer-traeger").await;
    // Nobody has joined the new one yet, and no import gives the entry back.
    let mut tx = office.store().begin().await.expect("a transaction");
    assert!(tx.is_kept(facility.id).await.expect("an answer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_holds_what_one_may_see_and_nothing_that_a_spreadsheet_computes() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let other = office.organization("Fremder Träger").await;
    office.entry("Haus Berg", other).await;
    let county = county(&office).await;
    let path = "/redaktion/eintraege/haus-berg";
    change(
        &county,
        &format!("{path}/grunddaten"),
        &[("beschreibung", "=HYPERLINK(\"http://evil.example\")")],
    )
    .await;
    act(&county, path, "einreichen").await.leads_to(&format!("{path}?getan=veroeffentlicht"));
    let own = browser.get("/redaktion/diakonie-aue/eintraege.csv").await;
    assert_eq!(own.header("content-type"), "text/csv; charset=utf-8");
    assert!(own.text.contains("Haus Aue") && !own.text.contains("Haus Berg"), "{}", own.text);
    let all = county.get("/kreis/eintraege.csv").await;
    assert!(all.text.contains("Haus Aue") && all.text.contains("Haus Berg"), "{}", all.text);
    assert!(all.text.contains("'=HYPERLINK") && !all.text.contains(";=HYPERLINK"), "{}", all.text);
    act(&county, path, "archivieren").await;
    let all = county.get("/kreis/eintraege.csv").await;
    assert!(!all.text.contains("Haus Berg"), "{}", all.text);
}

/// What each kind of person gets from each address: of an entry of their own organization, and of another.
#[tokio::test(flavor = "multi_thread")]
async fn every_role_edits_and_decides_what_is_theirs_and_nothing_else() {
    const AWAY: u16 = 303;
    let office = Office::open().await;
    let own = office.organization("Diakonie Aue").await;
    let other = office.organization("Fremder Träger").await;
    let facility = office.entry("Haus Aue", own).await;
    let foreign = office.entry("Haus Berg", other).await;
    let browsers = crate::team::cast(&office, own).await;
    let berg = "/redaktion/eintraege/haus-berg";
    let offer = format!("{AUE}/angebot-{}", facility.offers[0].id);
    let foreign_offer = format!("{AUE}/angebot-{}", foreign.offers[0].id);
    let (get, post) = (Method::GET, Method::POST);
    let own_part = [AWAY, 404, 403, 200, 200, 200, 200];
    let own_step = [AWAY, 404, 403, AWAY, AWAY, AWAY, AWAY];
    let only_county = [AWAY, 404, 404, 404, 404, 200, 200];
    let table: Vec<(&Method, String, [u16; 7])> = vec![
        (&get, AUE.to_owned(), own_part),
        (&get, format!("{AUE}/grunddaten"), own_part),
        (&get, format!("{AUE}/angebot-neu"), own_part),
        (&get, offer.clone(), own_part),
        (&get, format!("{AUE}/vorschau"), own_part),
        (&get, format!("{AUE}/ansicht"), own_part),
        (&get, format!("{AUE}/verlauf"), own_part),
        (&get, format!("{AUE}/gibt-es-nicht"), [AWAY, 404, 403, 404, 404, 404, 404]),
        // Whoever is not signed in gets what was typed back.
        (&post, format!("{AUE}/grunddaten"), [200, 404, 403, 422, 422, 422, 422]),
        (&post, foreign_offer, [200, 404, 403, 404, 404, 404, 404]),
        (&post, format!("{AUE}/gibt-es-nicht/entfernen"), own_step),
        (&post, format!("{AUE}/einreichen"), own_step),
        (&post, format!("{AUE}/zurueckziehen"), own_step),
        (&post, format!("{AUE}/verwerfen"), own_step),
        (&post, format!("{AUE}/loeschen"), own_step),
        (&post, format!("{AUE}/geprueft"), own_step),
        (&post, format!("{AUE}/verlauf/9"), own_step),
        (&post, format!("{AUE}/archivieren"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (&post, format!("{AUE}/wieder-zeigen"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (&post, format!("{AUE}/traeger"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (&post, format!("{AUE}/zusammenfuehren"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (&get, berg.to_owned(), only_county),
        (&get, format!("{berg}/vorschau"), only_county),
        (&post, format!("{berg}/grunddaten"), [200, 404, 404, 404, 404, 422, 422]),
        (&post, format!("{berg}/einreichen"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (&get, "/redaktion/diakonie-aue/neu".to_owned(), own_part),
        (&post, "/redaktion/diakonie-aue/neu".to_owned(), [AWAY, 404, 403, 422, 422, 422, 422]),
        (&get, "/redaktion/fremder-traeger/neu".to_owned(), only_county),
        (&post, "/redaktion/fremder-traeger/neu".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (&get, "/redaktion/diakonie-aue/eintraege.csv".to_owned(), own_part),
        (&get, "/redaktion/fremder-traeger/eintraege.csv".to_owned(), only_county),
        (&get, "/kreis/eintraege.csv".to_owned(), only_county),
        (&get, "/kreis/eintraege".to_owned(), only_county),
        (&get, "/kreis".to_owned(), only_county),
        (&get, "/kreis/veraltet".to_owned(), only_county),
        (&get, "/kreis/ohne-leitung".to_owned(), only_county),
        (&get, "/kreis/hinweise".to_owned(), only_county),
        (&get, "/kreis/protokoll".to_owned(), [AWAY, 404, 404, 404, 404, 403, 200]),
        (&post, "/konto/loeschen".to_owned(), [AWAY, 422, 422, 422, 422, 422, 422]),
        (&get, "/kreis/hinweise/x".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (&post, "/kreis/hinweise/x".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (&get, "/kreis/pruefen".to_owned(), only_county),
        (&post, "/kreis/pruefen".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (&get, DECIDE.to_owned(), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (&post, DECIDE.to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (&get, format!("{DECIDE}/vorschlag"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (&post, format!("{DECIDE}/vorschlag"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
    ];
    for (method, path, wanted) in table {
        let mut found = [0; 7];
        for (at, browser) in browsers.iter().enumerate() {
            let answer =
                if method == get { browser.get(&path).await } else { browser.post(&path, &[]).await };
            found[at] = answer.status.as_u16();
            if found[at] == AWAY && at == 0 {
                assert!(answer.header("location").starts_with("/anmelden"), "{path}");
            }
        }
        assert_eq!(found, wanted, "{method} {path}");
    }
}
