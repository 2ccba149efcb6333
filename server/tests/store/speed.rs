//! How fast the store is. Not run by default: `cargo test -p server --release --test store -- --ignored
//! --nocapture speed`.

use std::time::Instant;

use app::domain::{facility::Facility, ids::FacilityId};
use server::store::{ImportKey, Store};

use crate::support::{
    TestStore,
    samples::{IMPORT, full_facility, full_offer, municipality, organization, report},
    sqlite_store, stores,
};

/// As many as in the larger of the real lists.
const FACILITIES: usize = 64_000;
/// A page of results.
const PAGE: usize = 20;

/// Writes the facilities as an import does, with one offer each, in one transaction.
async fn fill(store: &Store, count: usize) -> Vec<FacilityId> {
    let (work, town) = (organization("Werk"), municipality("Parchim", Some("13076108")));
    let mut ids = Vec::with_capacity(count);
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_organization(&work).await.expect("inserted");
    tx.insert_municipality(&town).await.expect("inserted");
    for number in 0..count {
        let key = ImportKey { source: IMPORT.to_owned(), key: number.to_string() };
        assert!(tx.find_facility_by_import_key(&key).await.expect("an answer").is_none());
        let facility = full_facility(&format!("Haus {}", number % 500), &work, &town);
        let slug = tx.free_facility_slug(&facility.slug).await.expect("a slug");
        let facility = Facility { slug, ..facility };
        tx.insert_facility(&facility, Some(&key)).await.expect("inserted");
        let offer = full_offer("tagespflege", &number.to_string());
        tx.insert_offer(facility.id, &offer).await.expect("inserted");
        if number % 10 == 0 {
            tx.insert_report(&report(offer.id, 1)).await.expect("inserted");
        }
        ids.push(facility.id);
    }
    tx.commit().await.expect("committed");
    ids
}

async fn median_micros(store: &Store, ids: &[FacilityId]) -> u128 {
    let mut times = Vec::new();
    for round in 0..200 {
        let start = (round * 7919) % (ids.len() - PAGE);
        let page = &ids[start..start + PAGE];
        let began = Instant::now();
        let facilities = store.list_facilities(page).await.expect("a page");
        times.push(began.elapsed().as_micros());
        assert_eq!(facilities.len(), PAGE);
    }
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn speed_of_a_page_of_results_in_a_small_county() {
    for TestStore { store, engine, _place, .. } in stores().await {
        let ids = fill(&store, 500).await;
        println!("{engine}: {PAGE} of 500 facilities in {} µs", median_micros(&store, &ids).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn speed_of_an_import_and_a_scan_of_many_facilities() {
    let TestStore { store, engine, _place, .. } = sqlite_store().await;
    let began = Instant::now();
    let ids = fill(&store, FACILITIES).await;
    println!("{engine}: {FACILITIES} facilities written in {:?}", began.elapsed());
    let began = Instant::now();
    let (mut after, mut count) = (None, 0);
    loop {
        let page = store.list_public_facilities(after, 500).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        count += page.len();
    }
    assert_eq!(count, FACILITIES);
    println!("{engine}: {FACILITIES} facilities read in {:?}", began.elapsed());
    println!("{engine}: {PAGE} of {FACILITIES} facilities in {} µs", median_micros(&store, &ids).await);
}
