//! What the database itself refuses.

use app::domain::{
    facility::{Facility, Visibility},
    ids::{OfferId, OrganizationId},
    organization::Organization,
};
use server::store::{ImportKey, Store, StoreError};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::support::{
    TestStore,
    samples::{full_offer, municipality, organization, plain_facility, plain_offer, report},
    stores,
};

/// Runs a statement past the store.
pub async fn execute(test: &TestStore, statement: &str) -> Result<u64, String> {
    let sql = AssertSqlSafe(statement.to_owned());
    if test.engine == "SQLite" {
        let mut connection = SqliteConnection::connect(&test.url).await.expect("a connection");
        sqlx::query(sql).execute(&mut connection).await.map(|done| done.rows_affected())
    } else {
        let mut connection = PgConnection::connect(&test.url).await.expect("a connection");
        sqlx::query(sql).execute(&mut connection).await.map(|done| done.rows_affected())
    }
    .map_err(|error| error.to_string())
}

async fn offer_with_report(store: &Store) -> OfferId {
    let home = plain_facility("Haus");
    let offer = plain_offer("tagespflege");
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_facility(&home, None).await.expect("inserted");
    tx.insert_offer(home.id, &offer).await.expect("inserted");
    tx.insert_report(&report(offer.id, 1)).await.expect("inserted");
    tx.commit().await.expect("committed");
    offer.id
}

#[tokio::test]
async fn a_capacity_report_can_be_neither_changed_nor_deleted() {
    for test in stores().await {
        offer_with_report(&test.store).await;
        let mut statements = vec![
            "UPDATE capacity_report SET free_now = 9",
            "DELETE FROM capacity_report",
            "DELETE FROM offer",
        ];
        if test.engine == "SQLite" {
            statements.push("REPLACE INTO capacity_report SELECT * FROM capacity_report");
        } else {
            statements.push("TRUNCATE capacity_report");
            statements.push("TRUNCATE offer CASCADE");
        }
        for statement in statements {
            let refused = execute(&test, statement).await;
            assert!(refused.is_err(), "{}: {statement} touched {refused:?}", test.engine);
        }
        let facilities = test.store.list_public_facilities(None, 1).await.expect("a page");
        let latest = facilities[0].offers[0].latest_report.as_ref().expect("a report");
        assert_eq!(latest.free_now, Some(1), "{}", test.engine);
    }
}

#[tokio::test]
async fn what_must_be_unique_conflicts_and_what_is_missing_is_refused() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let work = organization("Werk");
        let (first, second) = (plain_facility("Haus"), plain_facility("Heim"));
        let key = ImportKey { source: "Liste".to_owned(), key: "a".to_owned() };
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_organization(&work).await.expect("inserted");
        tx.insert_municipality(&municipality("Parchim", Some("13076108"))).await.expect("inserted");
        tx.insert_municipality(&municipality("Ohne Schlüssel", None)).await.expect("inserted");
        tx.insert_municipality(&municipality("Auch ohne", None)).await.expect("no key is no conflict");
        tx.insert_facility(&first, Some(&key)).await.expect("inserted");
        tx.insert_offer(first.id, &full_offer("tagespflege", "1")).await.expect("inserted");
        tx.commit().await.expect("committed");

        let mut tx = store.begin().await.expect("a transaction");
        let done = tx.insert_facility(&second, Some(&key)).await;
        assert!(matches!(done, Err(StoreError::Conflict(_))), "{engine}: import key, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let done = tx.insert_municipality(&municipality("Parchim II", Some("13076108"))).await;
        assert!(matches!(done, Err(StoreError::Conflict(_))), "{engine}: ags, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let done = tx.insert_offer(first.id, &full_offer("kurzzeitpflege", "1")).await;
        assert!(matches!(done, Err(StoreError::Conflict(_))), "{engine}: external id, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let twin =
            Organization { id: OrganizationId(Uuid::now_v7()), slug: work.slug.numbered(2), ..work.clone() };
        let done = tx.insert_organization(&twin).await;
        assert!(matches!(done, Err(StoreError::Conflict(_))), "{engine}: organization, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let done = tx.insert_offer(second.id, &plain_offer("tagespflege")).await;
        assert!(matches!(done, Err(StoreError::Refused(_))), "{engine}: facility, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let nameless = Facility { name: String::new(), ..second.clone() };
        let done = tx.insert_facility(&nameless, None).await;
        assert!(matches!(done, Err(StoreError::Refused(_))), "{engine}: public without name, {done:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("a transaction");
        let draft = Facility { visibility: Visibility::Draft, ..nameless };
        tx.insert_facility(&draft, None).await.expect("a draft needs no name");
        for done in [
            tx.update_facility(&plain_facility("Nirgends")).await,
            tx.update_offer(first.id, &plain_offer("tagespflege")).await,
            tx.update_organization(&organization("Niemand")).await,
            tx.update_municipality(&municipality("Nirgends", None)).await,
            tx.insert_report(&report(OfferId(Uuid::now_v7()), 1)).await.map(drop),
        ] {
            assert!(matches!(done, Err(StoreError::NotFound)), "{engine}: {done:?}");
        }
        drop(tx);
    }
}
