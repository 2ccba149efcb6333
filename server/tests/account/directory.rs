//! What the county sets right about the directory as a whole: imports, doubles, operators, tables.

use app::domain::{care_type::Taxonomy, facility::Visibility};
use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use server::service::import::{ImportRequest, run};

use crate::{
    desk::Office,
    editing::{AUE, act, change, editor},
    moderation::{DECIDE, county, decide, stamp},
};

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
    let page = format!("{path}/zusammenfuehren");
    for nowhere in ["", "haus-aue-alt", "gibt-es-nicht", "https://anderswo.example/"] {
        let no_other = format!("{path}?getan=kein-anderer");
        county.post(&page, &[("ziel", nowhere)]).await.leads_to(&no_other);
        county.get(&format!("{page}?ziel={nowhere}")).await.leads_to(&no_other);
    }
    let into = "https://pflege.example/einrichtung/haus-aue?ids=x";
    let seen = stamp(
        &county,
        &format!("{page}?ziel=https%3A%2F%2Fpflege.example%2Feinrichtung%2Fhaus-aue%3Fids%3Dx"),
    )
    .await;
    let merged = county.post(&page, &[("ziel", into), ("stand", &seen)]).await;
    merged.leads_to(&format!("{AUE}?getan=zusammengefuehrt"));
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
    let workbook = async |browser: &crate::desk::Browser<'_>, path: &str| {
        let answer = browser.get(path).await;
        assert!(answer.header("content-type").ends_with("spreadsheetml.sheet"), "{answer:?}");
        let mut read = Xlsx::new(std::io::Cursor::new(answer.bytes)).expect("a workbook");
        assert_eq!(read.worksheet_formula("Einträge").expect("formulas").used_cells().count(), 0);
        let sheet = read.worksheet_range("Einträge").expect("the sheet");
        sheet.used_cells().map(|(_, _, cell)| cell.clone()).collect::<Vec<_>>()
    };
    let text = |text: &str| Data::String(text.to_owned());
    let own = workbook(&browser, "/redaktion/diakonie-aue/eintraege.xlsx").await;
    assert!(own.contains(&text("Haus Aue")) && !own.contains(&text("Haus Berg")), "{own:?}");
    let cells = workbook(&county, "/kreis/eintraege.xlsx").await;
    assert!(cells.contains(&text("Haus Aue")) && cells.contains(&text("Haus Berg")), "{cells:?}");
    assert!(cells.contains(&text("=HYPERLINK(\"http://evil.example\")")), "{cells:?}");
    act(&county, path, "archivieren").await;
    let all = county.get("/kreis/eintraege.csv").await;
    assert!(!all.text.contains("Haus Berg"), "{}", all.text);
}
