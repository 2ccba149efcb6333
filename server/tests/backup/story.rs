//! What is saved comes back, on whichever engine.

use std::{
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use app::domain::{care_type::Taxonomy, facility::Facility, now::Now};
use server::{
    service::{
        backup::{check, copy_to, restore},
        demo,
    },
    store::Store,
};
use time::macros::{date, datetime};

use crate::{
    content, fill, samples, save,
    support::{sqlite_store, stores},
};

async fn facilities(store: &Store) -> Vec<Facility> {
    store.list_all_facilities(None, 10_000).await.expect("facilities")
}

#[tokio::test]
async fn what_is_restored_on_any_engine_is_what_was_saved_on_any() {
    for from in stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        fill(&from.store).await;
        let saved = save(&from.store, &first).await.expect("a backup");
        assert_eq!(check(&first).expect("whole"), saved);
        for to in stores().await {
            let way = format!("{} → {}", from.engine, to.engine);
            let restored =
                restore(&to.store, &first).await.unwrap_or_else(|error| panic!("{way}: {error:?}"));
            assert_eq!(restored, saved, "{way}");
            save(&to.store, &second).await.expect("a backup");
            assert_eq!(content(&first), content(&second), "{way}");
            assert_eq!(facilities(&from.store).await, facilities(&to.store).await, "{way}");
            let latest = |store: Store| async move { store.latest_change().await.expect("a number") };
            assert_eq!(latest(from.store.clone()).await, latest(to.store.clone()).await, "{way}");
            goes_on(&to.store, &way).await;
        }
    }
}

/// Numbers that the database hands out go on after those that were restored.
async fn goes_on(store: &Store, way: &str) {
    let before = store.latest_change().await.expect("a number");
    let all = facilities(store).await;
    let reported = all.iter().flat_map(|f| &f.offers).find(|offer| offer.latest_report.is_some());
    let offer = reported.expect("a reported offer");
    let last = offer.latest_report.as_ref().expect("a report").sequence;
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_report(&samples::report(offer.id, 1)).await.expect(way);
    tx.replace_gazetteer(&[samples::gazetteer_place("19370", "Parchim")]).await.expect(way);
    tx.commit().await.expect(way);
    let now = facilities(store).await.into_iter().flat_map(|f| f.offers).find(|o| o.id == offer.id);
    assert!(now.expect("the offer").latest_report.expect("a report").sequence > last, "{way}");
    assert!(store.latest_change().await.expect("a number") > before, "{way}");
}

#[tokio::test]
async fn the_example_county_comes_back_as_it_was() {
    let now = Now {
        instant: datetime!(2026-11-22 08:00 UTC),
        berlin_date: date!(2026 - 11 - 22),
        berlin_minute: 540,
        holiday: None,
    };
    for from in stores().await {
        demo::fill(&from.store, &Taxonomy::builtin(), now).await.expect("filled");
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        let saved = save(&from.store, &first).await.expect("a backup");
        assert!(saved.rows["facility"] >= 250 && saved.rows["capacity_report"] > 100, "{saved}");
        for to in stores().await {
            let way = format!("{} → {}", from.engine, to.engine);
            restore(&to.store, &first).await.expect("restored");
            assert!(demo::is_demo(&to.store).await.expect("an answer"), "invented entries stay marked");
            save(&to.store, &second).await.expect("a backup");
            assert!(content(&first) == content(&second), "{way}: not bit-equal");
        }
    }
}

#[tokio::test]
async fn moving_to_another_engine_takes_everything_along() {
    let now = datetime!(2026-11-22 08:00 UTC);
    for from in stores().await {
        fill(&from.store).await;
        for to in stores().await {
            let folder = tempfile::tempdir().expect("a folder");
            copy_to(&from.store, &to.store, folder.path(), now).await.expect("moved");
            assert_eq!(facilities(&from.store).await, facilities(&to.store).await, "to {}", to.engine);
            let left = std::fs::read_dir(folder.path()).expect("a folder").count();
            assert_eq!(left, 0, "nothing is left behind");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_shows_one_moment_while_others_write() {
    for test in stores().await {
        let (mut home, mut offer) = (samples::plain_facility("Haus 0"), samples::plain_offer("tagespflege"));
        offer.label = Some(home.name.clone());
        let mut tx = test.store.begin().await.expect("a transaction");
        tx.insert_facility(&home, None).await.expect("inserted");
        tx.insert_offer(home.id, &offer).await.expect("inserted");
        tx.commit().await.expect("committed");
        let stop = Arc::new(AtomicBool::new(false));
        let (store, stopped) = (test.store.clone(), stop.clone());
        let writer = tokio::spawn(async move {
            for number in 1_u32.. {
                if stopped.load(Ordering::Relaxed) {
                    return number;
                }
                home.name = format!("Haus {number}");
                offer.label = Some(home.name.clone());
                let mut tx = store.begin().await.expect("a transaction");
                tx.update_facility(&home).await.expect("updated");
                tx.update_offer(home.id, &offer).await.expect("updated");
                tx.commit().await.expect("committed");
            }
            unreachable!()
        });
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.backup");
        for _ in 0..20 {
            // The same name again and again: each replaces the one before.
            save(&test.store, &file).await.expect("a backup");
            let copy = sqlite_store().await;
            restore(&copy.store, &file).await.expect("restored");
            let found = facilities(&copy.store).await.remove(0);
            assert_eq!(found.offers[0].label.as_ref(), Some(&found.name), "{}", test.engine);
        }
        stop.store(true, Ordering::Relaxed);
        assert!(writer.await.expect("no panic") > 5, "{}: nothing was written meanwhile", test.engine);
        let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
        assert_eq!(names.len(), 1, "nothing but the backup is left: {names:?}");
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may not read it");
    }
}
