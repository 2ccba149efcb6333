//! Drafts, versions, proposals and notices on both engines.

use app::domain::{
    account::OrganizationRole,
    draft::{Draft, DraftState, EntryVersion},
    facility::{Facility, LegalParticulars, Visibility},
    ids::NoticeId,
    notice::{Notice, NoticeKind, NoticeState},
};
use server::store::{Store, StoreError};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::support::{
    samples::{self, fill_editing, full_facility, full_offer, municipality, organization},
    stores,
};

const NOON: time::OffsetDateTime = datetime!(2026-07-01 10:00 UTC);

/// A public entry with two offers, and somebody who leads its organization.
async fn entry(store: &Store) -> (Facility, app::domain::ids::AccountId) {
    let (operator, town) = (organization("Diakonie"), municipality("Parchim", Some("13076108")));
    let mut facility = full_facility("Haus Aue", &operator, &town);
    facility.legal = LegalParticulars { register: Some("HRB 1".to_owned()), ..LegalParticulars::default() };
    facility.updated_at = NOON - Duration::days(500);
    let account = samples::account("petra@heim.example");
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_organization(&operator).await.expect("inserted");
    tx.insert_municipality(&town).await.expect("inserted");
    tx.insert_facility(&facility, None).await.expect("inserted");
    for (care_type, id) in [("tagespflege", "1"), ("kurzzeitpflege", "2")] {
        let offer = full_offer(care_type, id);
        tx.insert_offer(facility.id, &offer).await.expect("inserted");
        facility.offers.push(offer);
    }
    tx.insert_account(&account, NOON).await.expect("inserted");
    tx.save_membership(account.account.id, operator.id, OrganizationRole::Owner).await.expect("saved");
    tx.commit().await.expect("committed");
    (facility, account.account.id)
}

#[tokio::test]
async fn a_draft_comes_back_as_it_was_and_names_who_wrote_it() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (facility, account) = entry(store).await;
        let live = store.list_facilities(&[facility.id]).await.expect("an answer").pop();
        assert_eq!(live.as_ref(), Some(&facility), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        fill_editing(&mut tx, &facility, account, NOON).await;
        tx.commit().await.expect("committed");
        let draft = store.find_draft(facility.id).await.expect("an answer").expect("a draft");
        assert_eq!(draft.facility.legal, facility.legal, "{engine}");
        assert_eq!((draft.state, draft.revision), (DraftState::Submitted, 3), "{engine}");
        assert_eq!(
            draft.author.as_ref().and_then(|own| own.name.as_deref()),
            Some("Petra Muster"),
            "{engine}"
        );
        assert_eq!(
            store.list_submitted_drafts(9).await.expect("drafts"),
            std::slice::from_ref(&draft),
            "{engine}"
        );
        let organization = facility.organization.as_ref().expect("one").id;
        let lines = store.list_entries(organization).await.expect("entries");
        assert_eq!(lines[0].draft, Some(DraftState::Submitted), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        let state = DraftState::Returned;
        tx.save_draft(&Draft { state, submitted_at: None, ..draft.clone() }).await.expect("saved");
        let torn = tx.save_draft(&Draft { state, ..draft }).await;
        assert!(matches!(torn, Err(StoreError::Refused(_))), "{engine}: {torn:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        assert!(tx.delete_draft(facility.id).await.expect("deleted"), "{engine}");
        assert!(!tx.delete_draft(facility.id).await.expect("an answer"), "{engine}");
        tx.commit().await.expect("committed");
        assert_eq!(store.find_draft(facility.id).await.expect("an answer"), None, "{engine}");
    }
}

#[tokio::test]
async fn versions_are_numbered_and_an_offer_that_was_taken_out_keeps_its_reports() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (facility, _) = entry(store).await;
        let mut tx = store.begin().await.expect("a transaction");
        let version = |number| EntryVersion {
            number,
            facility: facility.clone(),
            author: None,
            approved_by: None,
            reason: Some(format!("Nr. {number}")),
            recorded_at: NOON,
        };
        for number in [1, 2] {
            tx.insert_version(&version(number)).await.expect("inserted");
        }
        assert_eq!(tx.last_version(facility.id).await.expect("a number"), 2, "{engine}");
        assert!(tx.is_kept(facility.id).await.expect("an answer"), "{engine}");
        tx.commit().await.expect("committed");
        let mut tx = store.begin().await.expect("a transaction");
        let twice = tx.insert_version(&version(2)).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{engine}: {twice:?}");
        drop(tx);
        let reasons: Vec<_> = store.list_versions(facility.id).await.expect("versions");
        let reasons: Vec<_> = reasons.into_iter().filter_map(|own| own.reason).collect();
        assert_eq!(reasons, ["Nr. 2", "Nr. 1"], "{engine}");

        let gone = &facility.offers[0];
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_report(&samples::report(gone.id, 3)).await.expect("inserted");
        tx.withdraw_offer(facility.id, gone).await.expect("withdrawn");
        tx.commit().await.expect("committed");
        let offers = async || {
            let found = store.list_facilities(&[facility.id]).await.expect("an answer").pop();
            found.expect("the entry").offers
        };
        assert_eq!(
            offers().await.iter().map(|own| own.id).collect::<Vec<_>>(),
            [facility.offers[1].id],
            "{engine}"
        );
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_offer(facility.id, gone).await.expect("back");
        tx.commit().await.expect("committed");
        let back = offers().await.into_iter().find(|own| own.id == gone.id).expect("the offer");
        assert_eq!(back.latest_report.and_then(|report| report.free_now), Some(3), "{engine}");
    }
}

#[tokio::test]
async fn a_notice_is_handled_once_and_the_numbers_follow() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (facility, account) = entry(store).await;
        let waiting = async || {
            let found = store.count_waiting(NOON - Duration::days(365)).await.expect("numbers");
            (found.to_decide, found.reported, found.stale, found.without_owner)
        };
        assert_eq!(waiting().await, (0, 0, 1, 0), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        fill_editing(&mut tx, &facility, account, NOON).await;
        let claim = Notice {
            id: NoticeId(Uuid::now_v7()),
            kind: NoticeKind::Registration,
            about: None,
            organization_name: Some("Neu".to_owned()),
            name: None,
            email: None,
            text: "x".to_owned(),
            created_at: NOON,
            state: NoticeState::Open,
            handled_by: None,
            handled_at: None,
            answer: None,
        };
        tx.insert_notice(&claim).await.expect("inserted");
        let confirmed_at = Some(NOON);
        tx.update_facility(&Facility { confirmed_at, ..facility.clone() }).await.expect("updated");
        tx.delete_membership(account, facility.organization.as_ref().expect("one").id)
            .await
            .expect("deleted");
        tx.commit().await.expect("committed");
        // A draft, a proposal and a registration; one report.
        assert_eq!(waiting().await, (3, 1, 0, 1), "{engine}");
        assert_eq!(store.list_entries_without_owner(9).await.expect("entries").len(), 1, "{engine}");
        for (wanted, state) in [(true, NoticeState::Accepted), (false, NoticeState::Refused)] {
            let mut tx = store.begin().await.expect("a transaction");
            let closed = tx.close_notice(claim.id, state, account, NOON, Some("gut")).await;
            assert_eq!(closed.expect("an answer"), wanted, "{engine}");
            tx.commit().await.expect("committed");
        }
        let handled = store.find_notice(claim.id).await.expect("an answer").expect("a notice");
        assert_eq!(
            (handled.state, handled.answer.as_deref()),
            (NoticeState::Accepted, Some("gut")),
            "{engine}"
        );
        assert_eq!(store.list_notices(true, 9).await.expect("notices").len(), 1, "{engine}");
        assert_eq!(store.list_notices(false, 9).await.expect("notices"), [handled], "{engine}");
        for visibility in [Visibility::Archived, Visibility::Declined, Visibility::Draft, Visibility::Public]
        {
            let mut tx = store.begin().await.expect("a transaction");
            tx.update_facility(&Facility { visibility, ..facility.clone() }).await.expect("updated");
            tx.commit().await.expect("committed");
            let found = store.find_facility_by_slug(&facility.slug).await.expect("an answer");
            assert_eq!(found.map(|own| own.visibility), Some(visibility), "{engine}");
        }
    }
}

#[tokio::test]
async fn whoever_waits_for_an_entry_gives_up_and_an_import_waits() {
    let Some(test) = crate::support::postgres_store().await else { return };
    let mut first = test.store.begin().await.expect("a transaction");
    first.lock_entries().await.expect("the lock");
    let mut second = test.store.begin().await.expect("a transaction");
    let refused = second.lock_entries().await.expect_err("somebody has it");
    assert!(refused.is_unavailable(), "{refused:?}");
    let store = test.store.clone();
    let import = tokio::spawn(async move { store.begin_alone().await.map(drop) });
    // Longer than anybody else waits.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert!(!import.is_finished());
    drop(first);
    import.await.expect("its end").expect("its turn");
}
