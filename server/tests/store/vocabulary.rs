//! What the county changes of types and words, on both engines.

use app::domain::{
    care_type::{CareGroup, CareTypeSlug, LightKind},
    draft::Author,
    ids::LexiconLineId,
    vocabulary::{CareTypeChange, LexiconLine, SpecialismChange, Targets, Vocabulary},
};
use server::store::ChangeKind;
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::support::{samples, stores};

const NOON: time::OffsetDateTime = datetime!(2026-07-01 10:00 UTC);

fn slug(text: &str) -> CareTypeSlug {
    CareTypeSlug::parse(text).expect("a slug")
}

fn renamed(of: &str, name: &str) -> CareTypeChange {
    CareTypeChange {
        slug: slug(of),
        name: Some(name.to_owned()),
        group: None,
        light: None,
        valid_days: None,
        related: None,
        comes_to_people: None,
        hidden: None,
    }
}

#[tokio::test]
async fn changes_come_back_as_they_were_in_the_order_in_which_they_were_made() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        assert_eq!(store.list_vocabulary().await.expect("an answer"), Vocabulary::default(), "{engine}");
        let account = samples::account("petra@kreis.example");
        let full = CareTypeChange {
            group: Some(CareGroup::AtHome),
            light: Some(LightKind::Intake),
            valid_days: Some(30),
            related: Some(vec![slug("hospiz"), slug("sapv")]),
            comes_to_people: Some(true),
            hidden: Some(false),
            ..renamed("z-neu", "Neues")
        };
        let hidden = CareTypeChange { name: None, hidden: Some(true), ..renamed("apotheke", "") };
        let specialism = SpecialismChange { slug: "demenz".to_owned(), name: None, hidden: Some(true) };
        let line = LexiconLine {
            id: LexiconLineId(Uuid::now_v7()),
            words: vec!["Käsekrainer".to_owned(), "'; DROP TABLE offer; --".to_owned()],
            targets: Targets {
                care_types: vec![slug("tagespflege")],
                specialisms: vec!["demenz".to_owned()],
                same_as: vec!["Wurst".to_owned()],
            },
            author: Some(Author { id: account.account.id, name: Some("Petra Muster".to_owned()) }),
            changed_at: NOON,
        };
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_account(&account, NOON).await.expect("inserted");
        tx.lock_vocabulary().await.expect("locked");
        tx.save_care_type_change(&full, NOON).await.expect("saved");
        tx.save_care_type_change(&hidden, NOON + Duration::seconds(1)).await.expect("saved");
        tx.save_specialism_change(&specialism, NOON).await.expect("saved");
        tx.save_line(&line).await.expect("saved");
        tx.commit().await.expect("committed");
        let written = Vocabulary {
            care_types: vec![full.clone(), hidden.clone()],
            specialisms: vec![specialism.clone()],
            lines: vec![line.clone()],
        };
        assert_eq!(store.list_vocabulary().await.expect("an answer"), written, "{engine}");
        let log = store.list_changes(0, 10).await.expect("the log");
        let kinds: Vec<_> = log.iter().map(|change| (change.kind, change.id)).collect();
        assert_eq!(kinds, [(ChangeKind::Vocabulary, None)], "{engine}");

        // Changed later, a type keeps its place.
        let again = CareTypeChange { hidden: Some(true), ..full };
        let mut tx = store.begin().await.expect("a transaction");
        tx.save_care_type_change(&again, NOON + Duration::days(1)).await.expect("saved");
        tx.delete_care_type_change(&hidden.slug).await.expect("deleted");
        tx.delete_specialism_change("demenz").await.expect("deleted");
        tx.delete_line(line.id).await.expect("deleted");
        assert_eq!(
            tx.list_vocabulary().await.expect("an answer").care_types,
            std::slice::from_ref(&again),
            "{engine}"
        );
        tx.commit().await.expect("committed");
        let left = Vocabulary { care_types: vec![again], ..Vocabulary::default() };
        assert_eq!(store.list_vocabulary().await.expect("an answer"), left, "{engine}");
        assert_eq!(store.list_changes(0, 10).await.expect("the log").len(), 2, "{engine}");
    }
}
