//! Files that were tried, and lists for the county, on both engines.

use app::domain::{
    account::OrganizationRole,
    audit::{Action, AuditEvent},
    ids::ImportId,
    import::{ImportNumbers, ImportPreview, ImportRemark, PendingImport},
};
use server::store::PendingFiles;
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::support::{samples, stores};

const NOON: time::OffsetDateTime = datetime!(2026-07-01 10:00 UTC);

#[tokio::test]
async fn a_file_waits_for_whoever_tried_it_and_for_nobody_else() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (own, other) = (samples::account("a@kreis.example"), samples::account("b@kreis.example"));
        let reject = ImportRemark { line: 3, text: "„<b>“ gibt es nicht".to_owned() };
        let preview = ImportPreview {
            source: "Liste".to_owned(),
            numbers: ImportNumbers { created: 2, rejected: 1, ..ImportNumbers::default() },
            rejects: vec![reject],
            ..ImportPreview::default()
        };
        let mut pending = PendingImport {
            id: ImportId(Uuid::now_v7()),
            file_name: "liste.csv".to_owned(),
            mapping_name: "liste.toml".to_owned(),
            preview,
            created_at: NOON,
        };
        // Any bytes, as they came.
        let files =
            PendingFiles { content: vec![0, 255, 10], mapping: b"x".to_vec(), rejects: Some(vec![252]) };
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_account(&own, NOON).await.expect("inserted");
        tx.insert_account(&other, NOON).await.expect("inserted");
        tx.insert_pending_import(&pending, own.account.id, &files).await.expect("inserted");
        tx.commit().await.expect("committed");
        let find = async |who: &server::store::StoredAccount, since| {
            store.find_pending_import((pending.id, who.account.id), since).await.expect("an answer")
        };
        let before = NOON - Duration::hours(1);
        assert_eq!(find(&own, before).await.as_ref(), Some(&pending), "{engine}");
        assert_eq!(find(&other, before).await, None, "{engine}");
        assert_eq!(find(&own, NOON).await, None, "{engine}");
        assert_eq!(store.find_pending_files(pending.id).await.expect("an answer"), Some(files), "{engine}");

        pending.preview.numbers.created = 1;
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_pending_import(pending.id, &pending.preview, None).await.expect("updated");
        assert!(!tx.delete_pending_import((pending.id, other.account.id)).await.expect("an answer"));
        tx.delete_old_pending_imports(before).await.expect("deleted");
        tx.commit().await.expect("committed");
        let found = store.find_pending_import((pending.id, own.account.id), before).await.expect("an answer");
        assert_eq!(found, Some(pending.clone()), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        tx.delete_account(own.account.id).await.expect("deleted");
        tx.commit().await.expect("committed");
        assert_eq!(store.find_pending_files(pending.id).await.expect("an answer"), None, "{engine}");
    }
}

#[tokio::test]
async fn the_log_of_one_kind_has_the_newest_first_with_what_they_say() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        for (action, source) in
            [(Action::Imported, "eins"), (Action::Invited, "x"), (Action::Imported, "zwei")]
        {
            let detail = [("source", source.to_owned())].into();
            let mut tx = store.begin().await.expect("a transaction");
            tx.record_audit(&AuditEvent { actor: None, action, subject: None, detail, at: NOON })
                .await
                .expect("recorded");
            tx.commit().await.expect("committed");
        }
        let all = store.list_audit_of(Action::Imported, 9).await.expect("entries");
        let sources: Vec<_> = all.iter().map(|own| own.detail["source"].as_str()).collect();
        assert_eq!(sources, ["zwei", "eins"], "{engine}");
        assert_eq!(store.list_audit_of(Action::Imported, 1).await.expect("entries").len(), 1, "{engine}");
    }
}

#[tokio::test]
async fn organizations_are_counted_with_what_they_run_and_who_works_for_them() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (own, idle) = (samples::organization("Diakonie"), samples::organization("Zweite"));
        let town = samples::municipality("Parchim", Some("13076108"));
        let person = samples::account("a@heim.example");
        let houses = ["Haus Aue", "Haus Berg"].map(|name| samples::full_facility(name, &own, &town));
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_organization(&own).await.expect("inserted");
        tx.insert_organization(&idle).await.expect("inserted");
        tx.insert_municipality(&town).await.expect("inserted");
        for house in &houses {
            tx.insert_facility(house, None).await.expect("inserted");
        }
        tx.insert_account(&person, NOON).await.expect("inserted");
        tx.save_membership(person.account.id, own.id, OrganizationRole::Owner).await.expect("saved");
        tx.redirect_facility(&houses[0], houses[1].id).await.expect("redirected");
        tx.commit().await.expect("committed");
        let all = store.list_operators().await.expect("organizations");
        let counted: Vec<_> =
            all.into_iter().map(|one| (one.organization, one.entries, one.people)).collect();
        assert_eq!(counted, [(own, 2, 1), (idle, 0, 0)], "{engine}");
        let old = store.list_old_facility_slugs(houses[1].id).await.expect("slugs");
        assert_eq!(old, [houses[0].slug.clone()], "{engine}");
    }
}
