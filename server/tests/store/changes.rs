//! The change log, and writers that meet.

use std::collections::BTreeSet;

use server::store::{ChangeKind, Store, StoreError};
use uuid::Uuid;

use crate::support::{
    samples::{full_facility, municipality, organization, plain_facility, plain_offer, report},
    stores,
};

/// What is in the log after a number.
async fn log(store: &Store, after: i64) -> Vec<(ChangeKind, Option<Uuid>)> {
    let changes = store.list_changes(after, 1000).await.expect("a list");
    assert!(changes.is_sorted_by_key(|change| change.sequence));
    changes.into_iter().map(|change| (change.kind, change.id)).collect()
}

#[tokio::test]
async fn every_change_is_logged_once_with_its_commit() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        assert_eq!(store.latest_change().await.expect("a number"), 0, "{engine}");
        let (work, town) = (organization("Werk"), municipality("Lübz", None));
        let home = full_facility("Haus", &work, &town);
        let offer = plain_offer("tagespflege");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_organization(&work).await.expect("inserted");
        tx.insert_municipality(&town).await.expect("inserted");
        tx.insert_facility(&home, None).await.expect("inserted");
        tx.insert_offer(home.id, &offer).await.expect("inserted");
        assert_eq!(store.latest_change().await.expect("a number"), 0, "{engine}: not before the commit");
        tx.commit().await.expect("committed");
        let expected = [
            (ChangeKind::Organization, Some(work.id.0)),
            (ChangeKind::Municipality, Some(town.id.0)),
            (ChangeKind::Facility, Some(home.id.0)),
        ];
        assert_eq!(log(store, 0).await, expected, "{engine}");

        // Whatever a facility shows of others, it has changed with them.
        let facility = (ChangeKind::Facility, Some(home.id.0));
        let after = store.latest_change().await.expect("a number");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_report(&report(offer.id, 1)).await.expect("inserted");
        tx.commit().await.expect("committed");
        assert_eq!(log(store, after).await, [facility], "{engine}");

        let after = store.latest_change().await.expect("a number");
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_organization(&work).await.expect("updated");
        tx.commit().await.expect("committed");
        assert_eq!(
            log(store, after).await,
            [(ChangeKind::Organization, Some(work.id.0)), facility],
            "{engine}"
        );

        let after = store.latest_change().await.expect("a number");
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_municipality(&town).await.expect("updated");
        tx.replace_gazetteer(&[]).await.expect("replaced");
        tx.commit().await.expect("committed");
        let expected = [(ChangeKind::Municipality, Some(town.id.0)), facility, (ChangeKind::Gazetteer, None)];
        assert_eq!(log(store, after).await, expected, "{engine}");
    }
}

#[tokio::test]
async fn what_is_not_committed_leaves_no_trace() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let home = plain_facility("Haus");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_facility(&home, None).await.expect("inserted");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_facility(&home, None).await.expect("inserted");
        tx.rollback().await.expect("undone");
        assert_eq!(store.find_facility_by_slug(&home.slug).await.expect("an answer"), None, "{engine}");
        assert_eq!(log(store, 0).await, [], "{engine}");

        // A step that failed must not let the others through.
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_facility(&home, None).await.expect("inserted");
        let again = tx.insert_facility(&home, None).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{engine}: {again:?}");
        drop(tx);
        assert!(store.is_empty().await.expect("an answer"), "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_at_the_same_time_lose_nothing_and_are_logged_in_order() {
    const WRITERS: usize = 8;
    const EACH: usize = 10;
    for test in stores().await {
        let (store, engine) = (test.store.clone(), test.engine);
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move {
                    for number in 0..EACH {
                        let mut tx = store.begin().await.expect("a transaction");
                        let home = plain_facility(&format!("Haus {writer} {number}"));
                        tx.insert_facility(&home, None).await.expect("inserted");
                        tx.commit().await.expect("committed");
                    }
                })
            })
            .collect();
        // A reader that follows the log meanwhile must not miss what was numbered early and
        // committed late.
        let mut followed = BTreeSet::new();
        let mut after = 0;
        while followed.len() < WRITERS * EACH {
            for change in store.list_changes(after, 5).await.expect("a list") {
                after = change.sequence;
                followed.insert(change.id);
            }
            assert!(
                followed.len() == WRITERS * EACH
                    || !writers.iter().all(tokio::task::JoinHandle::is_finished)
                    || after < store.latest_change().await.expect("a number"),
                "{engine}: a change was missed"
            );
        }
        for writer in writers {
            writer.await.expect("a writer that succeeds");
        }
        let public = store.list_public_facilities(None, 1000).await.expect("a page");
        assert_eq!(public.len(), WRITERS * EACH, "{engine}");
    }
}
