//! What a database remembers about itself.

use crate::support::stores;

#[tokio::test]
async fn a_setting_is_remembered_and_replaced_and_makes_no_store_full() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        assert_eq!(store.find_setting("demo").await.expect("an answer"), None, "{engine}");
        for value in ["first", "second"] {
            let mut tx = store.begin().await.expect("a transaction");
            tx.save_setting("demo", value).await.expect("saved");
            tx.commit().await.expect("committed");
            let found = store.find_setting("demo").await.expect("an answer");
            assert_eq!(found.as_deref(), Some(value), "{engine}");
        }
        assert_eq!(store.find_setting("other").await.expect("an answer"), None, "{engine}");
        assert!(store.is_empty().await.expect("an answer"), "{engine}");
    }
}

#[tokio::test]
async fn a_setting_belongs_to_its_transaction() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let mut tx = store.begin().await.expect("a transaction");
        tx.save_setting("demo", "undone").await.expect("saved");
        tx.rollback().await.expect("undone");
        assert_eq!(store.find_setting("demo").await.expect("an answer"), None, "{engine}");
    }
}
