//! What becomes of a proposal while other things happen to its entry.

use app::domain::{care_type::Taxonomy, facility::Facility};
use axum::http::StatusCode;
use server::service::import::{ImportRequest, run};
use time::Duration;

use crate::{
    desk::Office,
    editing::{act, change},
    moderation::{county, stamp},
};

const ONE: &str = "/redaktion/eintraege/haus-liste-parchim";
const PROPOSAL: &str = "/kreis/pruefen/haus-liste-parchim/vorschlag";

/// Reads rows as a file; gives how many became proposals.
async fn import(office: &Office, rows: &str) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, mapping) = (folder.path().join("liste.csv"), folder.path().join("liste.toml"));
    std::fs::write(&mapping, "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\nname = \"name\"\ntype = \"care_type\"\nplace = \"municipality\"\nphone = \"phone\"\n").expect("written");
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
    run(office.store(), &request).await.expect("it runs").proposed
}

async fn live(office: &Office) -> Facility {
    let all = office.store().list_public_facilities(None, 9).await.expect("entries");
    all.into_iter().find(|own| own.name == "Haus Liste").expect("the entry")
}

async fn open(office: &Office) -> usize {
    office.store().list_proposals(9).await.expect("proposals").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_survives_a_merge_is_made_anew_and_takes_no_offer_away() {
    let office = Office::open().await;
    let county = county(&office).await;
    let row = |phone: &str| format!("1,Haus Liste,tagespflege,Parchim,{phone}\n");
    import(&office, &format!("{}2,Haus Zwei,kurzzeitpflege,Parchim,03871 2\n", row("03871 1"))).await;
    change(&county, &format!("{ONE}/grunddaten"), &[("beschreibung", "Von Hand.")]).await;
    act(&county, ONE, "einreichen").await.leads_to(&format!("{ONE}?getan=veroeffentlicht"));
    office.clock.passes(Duration::hours(1));
    assert_eq!(import(&office, &row("03871 3")).await, 1);
    let seen = stamp(&county, PROPOSAL).await;
    office.clock.passes(Duration::minutes(1));
    let two = "/redaktion/eintraege/haus-zwei-parchim";
    let both = stamp(&county, &format!("{two}/zusammenfuehren?ziel=haus-liste-parchim")).await;
    let fields = [("ziel", "haus-liste-parchim"), ("stand", &both)];
    let merged = county.post(&format!("{two}/zusammenfuehren"), &fields).await;
    merged.leads_to(&format!("{ONE}?getan=zusammengefuehrt"));
    // It still waits, but what it was made of is no more.
    assert_eq!(open(&office).await, 1);
    let stale = county.post(PROPOSAL, &[("stand", &seen), ("was", "uebernehmen")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    assert_eq!(live(&office).await.phone.as_deref(), Some("03871 1"));
    office.clock.passes(Duration::hours(1));
    assert_eq!(import(&office, &row("03871 3")).await, 1);
    let seen = stamp(&county, PROPOSAL).await;
    let taken = county.post(PROPOSAL, &[("stand", &seen), ("was", "uebernehmen")]).await;
    taken.leads_to("/kreis?getan=uebernommen");
    let taken = live(&office).await;
    let kinds: Vec<_> = taken.offers.iter().map(|offer| offer.care_type.to_string()).collect();
    assert_eq!((kinds.len(), taken.phone.as_deref()), (2, Some("03871 3")), "{kinds:?}");
    assert_eq!(taken.description.as_deref(), Some("Von Hand."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_that_the_file_takes_back_is_closed() {
    let office = Office::open().await;
    let county = county(&office).await;
    let row = |phone: &str| format!("1,Haus Liste,tagespflege,Parchim,{phone}\n");
    import(&office, &row("03871 1")).await;
    change(&county, &format!("{ONE}/grunddaten"), &[("beschreibung", "Von Hand.")]).await;
    act(&county, ONE, "einreichen").await.leads_to(&format!("{ONE}?getan=veroeffentlicht"));
    office.clock.passes(Duration::hours(1));
    assert_eq!((import(&office, &row("03871 3")).await, open(&office).await), (1, 1));
    let seen = stamp(&county, PROPOSAL).await;
    assert_eq!((import(&office, &row("03871 1")).await, open(&office).await), (0, 0));
    county.get(PROPOSAL).await.leads_to("/kreis?getan=schneller");
    let late = county.post(PROPOSAL, &[("stand", &seen), ("was", "uebernehmen")]).await;
    late.leads_to("/kreis?getan=schneller");
    assert_eq!(live(&office).await.phone.as_deref(), Some("03871 1"));
}
