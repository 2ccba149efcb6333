//! Accounts, sessions and the audit log on both engines.

use std::collections::BTreeMap;

use app::domain::{
    account::{CountyRole, Email, OrganizationRole},
    audit::{Action, AuditEvent, Subject},
    ids::InvitationId,
    invitation::{Invitation, InvitedTo},
};
use server::store::{Chain, MailToken, SessionKey, StoreError};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::{
    rules::execute,
    support::{samples, stores},
};

const NOON: time::OffsetDateTime = datetime!(2026-07-01 10:00 UTC);

#[tokio::test]
async fn an_account_is_found_by_its_address_with_what_it_is() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let organization = samples::organization("Diakonie");
        let mut new = samples::account("petra@heim.example");
        new.account.county_role = Some(CountyRole::Editor);
        let id = new.account.id;
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_organization(&organization).await.expect("inserted");
        tx.insert_account(&new, NOON).await.expect("inserted");
        for role in [OrganizationRole::Capacity, OrganizationRole::Owner] {
            tx.save_membership(id, organization.id, role).await.expect("saved");
        }
        tx.commit().await.expect("committed");
        let email = Email::parse("Petra@Heim.example").expect("an address");
        let found = store.find_account_by_email(&email).await.expect("an answer").expect("an account");
        assert_eq!(found.account.memberships[0].role, OrganizationRole::Owner, "{engine}");
        assert_eq!(found.account.memberships[0].name, "Diakonie", "{engine}");
        assert_eq!(found.account.county_role, Some(CountyRole::Editor), "{engine}");
        let by_id = store.find_account(id).await.expect("an answer").expect("an account");
        assert_eq!(
            (by_id.account, by_id.password_hash),
            (found.account, new.password_hash.clone()),
            "{engine}"
        );
        let mut tx = store.begin().await.expect("a transaction");
        let twice = tx.insert_account(&samples::account("petra@heim.example"), NOON).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{engine}: {twice:?}");
    }
}

#[tokio::test]
async fn no_code_is_taken_twice() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let new = samples::account("petra@heim.example");
        let id = new.account.id;
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_account(&new, NOON).await.expect("inserted");
        let mut account = new.account.clone();
        assert!(!tx.take_totp_step(&account, 1).await.expect("an answer"), "{engine}: there is no secret");
        tx.update_totp(&account, Some("JBSWY3DPEHPK3PXP"), Some(10)).await.expect("updated");
        let stale = tx.update_totp(&account, None, None).await;
        assert!(matches!(stale, Err(StoreError::NotFound)), "{engine}: {stale:?}");
        let stale = tx.update_password(&account, "x").await;
        assert!(matches!(stale, Err(StoreError::NotFound)), "{engine}: {stale:?}");
        assert!(!tx.take_totp_step(&account, 11).await.expect("an answer"), "{engine}: of another factor");
        account.credentials += 1;
        let mut taken = Vec::new();
        for step in [10, 9, 11, 11, 13, 12] {
            taken.push(tx.take_totp_step(&account, step).await.expect("an answer"));
        }
        assert_eq!(taken, [false, false, true, false, true, false], "{engine}");
        tx.replace_recovery_codes(id, &["a".to_owned(), "b".to_owned()]).await.expect("inserted");
        let mut used = Vec::new();
        for code in ["a", "a", "c"] {
            used.push(tx.take_recovery_code(id, code).await.expect("an answer"));
        }
        assert_eq!(used, [true, false, false], "{engine}");
        tx.commit().await.expect("committed");
        assert_eq!(store.count_recovery_codes(id).await.expect("a count"), 1, "{engine}");
    }
}

#[tokio::test]
async fn sessions_belong_to_an_account_and_are_ended_alone_or_together() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (petra, paul) = (samples::account("petra@heim.example"), samples::account("paul@heim.example"));
        let key = |name: &str| SessionKey::of(name.as_bytes());
        let data = serde_json::json!({"who": "ä"});
        let mut tx = store.begin().await.expect("a transaction");
        for new in [&petra, &paul] {
            tx.insert_account(new, NOON).await.expect("inserted");
        }
        for (name, owner) in [("pc", &petra), ("phone", &petra), ("tablet", &petra), ("paul", &paul)] {
            tx.insert_session(&key(name), Some(owner.account.id), &data, NOON).await.expect("inserted");
        }
        tx.touch_session(&key("phone"), NOON + Duration::HOUR).await.expect("touched");
        tx.commit().await.expect("committed");
        let found = store.find_session(&key("phone")).await.expect("an answer").expect("a session");
        assert_eq!((found.data, found.created_at), (data, NOON), "{engine}");
        let id = petra.account.id;
        let list = store.list_sessions(id).await.expect("sessions");
        assert_eq!((list.len(), list[0].key.clone()), (3, key("phone")), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        tx.delete_session_of(paul.account.id, list[0].id).await.expect("nothing of his");
        tx.delete_old_sessions(NOON - Duration::DAY, NOON + Duration::MINUTE).await.expect("cleared");
        tx.commit().await.expect("committed");
        let keys =
            |list: Vec<server::store::StoredSession>| list.into_iter().map(|s| s.key).collect::<Vec<_>>();
        assert_eq!(keys(store.list_sessions(id).await.expect("sessions")), [key("phone")], "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_session(&key("pc"), Some(id), &serde_json::json!({}), NOON).await.expect("inserted");
        tx.delete_other_sessions(id, &key("pc")).await.expect("ended");
        tx.commit().await.expect("committed");
        assert_eq!(keys(store.list_sessions(id).await.expect("sessions")), [key("pc")], "{engine}");
    }
}

#[tokio::test]
async fn the_audit_log_shows_that_somebody_changed_it() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        assert_eq!(store.verify_audit().await.expect("an answer"), Chain::Sound { entries: 0, last: None });
        let actor = samples::account("petra@heim.example").account.id;
        for minute in 0..5 {
            let mut tx = store.begin().await.expect("a transaction");
            let event = samples::audit_event(actor, NOON + Duration::minutes(minute));
            tx.record_audit(&event).await.expect("recorded");
            tx.commit().await.expect("committed");
        }
        let sound = store.verify_audit().await.expect("an answer");
        assert!(matches!(sound, Chain::Sound { entries: 5, last: Some(_) }), "{engine}: {sound:?}");
        let beyond = if engine == "SQLite" {
            "REPLACE INTO audit_log SELECT * FROM audit_log WHERE sequence = 3"
        } else {
            "TRUNCATE audit_log"
        };
        for statement in ["UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", beyond] {
            assert!(execute(&test, statement).await.is_err(), "{engine}: {statement}");
        }
        // Whoever owns the database can get past its triggers; what they then change shows in the chain.
        let off = if engine == "SQLite" {
            vec!["DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete"]
        } else {
            vec!["DROP TRIGGER audit_log_no_change ON audit_log"]
        };
        for statement in off {
            execute(&test, statement).await.expect("dropped");
        }
        execute(&test, "UPDATE audit_log SET detail = '{}' WHERE sequence = 3").await.expect("changed");
        assert_eq!(store.verify_audit().await.expect("an answer"), Chain::Broken { sequence: 3 }, "{engine}");
        execute(&test, "DELETE FROM audit_log WHERE sequence = 2").await.expect("deleted");
        assert_eq!(store.verify_audit().await.expect("an answer"), Chain::Broken { sequence: 2 }, "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_at_the_same_moment_form_one_chain() {
    for test in stores().await {
        let actor = samples::account("petra@heim.example").account.id;
        let writers = (0..8).map(|_| {
            let store = test.store.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    let mut tx = store.begin().await.expect("a transaction");
                    tx.record_audit(&samples::audit_event(actor, NOON)).await.expect("recorded");
                    tx.commit().await.expect("committed");
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("it ends");
        }
        let chain = test.store.verify_audit().await.expect("an answer");
        assert!(matches!(chain, Chain::Sound { entries: 40, .. }), "{}: {chain:?}", test.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_the_same_moment_one_takes_a_code() {
    for test in stores().await {
        let new = samples::account("petra@heim.example");
        let mut tx = test.store.begin().await.expect("a transaction");
        tx.insert_account(&new, NOON).await.expect("inserted");
        tx.update_totp(&new.account, Some("JBSWY3DPEHPK3PXP"), Some(10)).await.expect("updated");
        tx.replace_recovery_codes(new.account.id, &["a".to_owned()]).await.expect("inserted");
        tx.commit().await.expect("committed");
        let account = app::domain::account::Account { credentials: 1, ..new.account };
        let takers = (0..8).map(|_| {
            let (store, account) = (test.store.clone(), account.clone());
            tokio::spawn(async move {
                let mut tx = store.begin().await.expect("a transaction");
                let step = tx.take_totp_step(&account, 11).await.expect("an answer");
                let code = tx.take_recovery_code(account.id, "a").await.expect("an answer");
                tx.commit().await.expect("committed");
                (usize::from(step), usize::from(code))
            })
        });
        let mut taken = (0, 0);
        for taker in takers.collect::<Vec<_>>() {
            let (step, code) = taker.await.expect("it ends");
            taken = (taken.0 + step, taken.1 + code);
        }
        assert_eq!(taken, (1, 1), "{}", test.engine);
    }
}

#[tokio::test]
async fn links_and_invitations_are_taken_once_and_the_newer_one_counts() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (own, house) = (samples::account("petra@heim.example"), samples::organization("Haus Aue"));
        let (id, later) = (own.account.id, NOON + Duration::hours(1));
        let link = MailToken { account: id, credentials: 0, new_email: None };
        let address = MailToken { new_email: Email::parse("neu@heim.example"), ..link.clone() };
        let invitation = |to| Invitation {
            id: InvitationId(Uuid::now_v7()),
            email: Email::parse("neu@heim.example").expect("an address"),
            to,
            invited_by: id,
            inviter: "Petra Muster".to_owned(),
            created_at: NOON,
            expires_at: later,
        };
        let role = OrganizationRole::Editor;
        let to_house = || InvitedTo::Organization { id: house.id, name: house.name.clone(), role };
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_account(&own, NOON).await.expect("inserted");
        tx.insert_organization(&house).await.expect("inserted");
        for (hash, token) in [("first", &link), ("address", &address), ("second", &link)] {
            tx.replace_mail_token(hash, token, NOON, later).await.expect("made");
        }
        for (hash, to) in [
            ("house", to_house()),
            ("county", InvitedTo::County(CountyRole::Editor)),
            ("house again", to_house()),
        ] {
            tx.replace_invitation(&invitation(to), hash).await.expect("made");
        }
        tx.commit().await.expect("committed");
        let mut found = Vec::new();
        for hash in ["first", "second", "address"] {
            found.push(store.find_mail_token(hash, NOON).await.expect("an answer"));
        }
        assert_eq!(found, [None, Some(link.clone()), Some(address)], "{engine}: one of each kind");
        assert_eq!(store.find_mail_token("second", later).await.expect("an answer"), None, "{engine}");
        let house_again = store.find_invitation("house again", NOON).await.expect("an answer");
        assert_eq!(house_again.map(|own| own.to), Some(to_house()), "{engine}");
        assert_eq!(store.find_invitation("house", NOON).await.expect("an answer"), None, "{engine}");
        let of = async |team| store.list_invitations(team).await.expect("invitations");
        let (of_house, of_county) = (of(Some(house.id)).await, of(None).await);
        assert_eq!((of_house.len(), of_county.len()), (1, 1), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        assert!(!tx.withdraw_invitation(of_house[0].id, None).await.expect("an answer"), "{engine}");
        assert!(tx.withdraw_invitation(of_house[0].id, Some(house.id)).await.expect("an answer"), "{engine}");
        assert!(!tx.take_invitation("county", later).await.expect("an answer"), "{engine}");
        assert!(tx.take_invitation("county", NOON).await.expect("an answer"), "{engine}");
        assert!(!tx.take_invitation("county", NOON).await.expect("an answer"), "{engine}");
        assert_eq!(tx.take_mail_token("second", NOON).await.expect("an answer"), Some(link), "{engine}");
        assert_eq!(tx.take_mail_token("second", NOON).await.expect("an answer"), None, "{engine}");
    }
}

#[tokio::test]
async fn the_county_is_told_once_until_somebody_looks_or_time_has_passed() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let mut people = Vec::new();
        let mut tx = store.begin().await.expect("a transaction");
        for (email, role) in [
            ("eins@kreis.example", Some(CountyRole::Editor)),
            ("zwei@kreis.example", Some(CountyRole::Administrator)),
            ("petra@heim.example", None),
        ] {
            let mut new = samples::account(email);
            new.account.county_role = role;
            tx.insert_account(&new, NOON).await.expect("inserted");
            people.push(new.account.id);
        }
        tx.commit().await.expect("committed");
        let told = async |but, at: time::OffsetDateTime| {
            let mut tx = store.begin().await.expect("a transaction");
            let told = tx.tell_county(but, at, at - Duration::hours(4)).await.expect("an answer");
            tx.commit().await.expect("committed");
            let mut names: Vec<_> = told.iter().map(|(_, email)| email.as_str()[..4].to_owned()).collect();
            names.sort();
            names
        };
        let (a, b) = tokio::join!(told(Some(people[0]), NOON), told(Some(people[0]), NOON));
        assert_eq!([a, b].concat(), ["zwei"], "{engine}");
        assert_eq!(told(None, NOON + Duration::hours(1)).await, ["eins"], "{engine}");
        assert!(told(None, NOON + Duration::hours(2)).await.is_empty(), "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        tx.county_was_looked_at(people[1]).await.expect("noted");
        tx.update_county_mail(people[0], false).await.expect("noted");
        tx.commit().await.expect("committed");
        let found = store.find_county_mail(people[0]).await.expect("an answer").expect("an account");
        assert!(!found.wants_county_mail && found.was_told, "{engine}");
        assert_eq!(told(None, NOON + Duration::hours(2)).await, ["zwei"], "{engine}");
        assert_eq!(told(None, NOON + Duration::hours(6)).await, ["zwei"], "{engine}");
    }
}

#[tokio::test]
async fn the_same_look_is_written_down_once_and_the_chain_holds() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let reader = samples::account("eins@kreis.example").account.id;
        let look = |minutes: i64, subject| AuditEvent {
            actor: Some(reader),
            action: Action::TeamSeen,
            subject,
            detail: BTreeMap::new(),
            at: NOON + Duration::minutes(minutes),
        };
        let note = async |event: AuditEvent| {
            let mut tx = store.begin().await.expect("a transaction");
            let since = event.at - Duration::minutes(15);
            let noted = tx.record_audit_once(&event, since).await.expect("an answer");
            tx.commit().await.expect("committed");
            assert!(store.was_audited(&event, since).await.expect("an answer"), "{engine}");
            noted
        };
        let own = Some(Subject::Organization(samples::organization("Diakonie").id));
        let (a, b) = tokio::join!(note(look(0, None)), note(look(0, None)));
        assert!(a != b, "{engine}: at the same moment it is one");
        assert!(note(look(1, own)).await, "{engine}: something else is another look");
        assert!(!note(look(14, own)).await && !note(look(14, None)).await, "{engine}");
        assert!(note(look(15, None)).await, "{engine}");
        let chain = store.verify_audit().await.expect("an answer");
        assert!(matches!(chain, Chain::Sound { entries: 3, .. }), "{engine}: {chain:?}");
    }
}

#[tokio::test]
async fn all_sessions_are_listed_with_whose_they_are_and_ended_for_one() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let (one, other) = (samples::account("eins@heim.example"), samples::account("zwei@heim.example"));
        let (one_id, other_id) = (one.account.id, other.account.id);
        let mut tx = store.begin().await.expect("a transaction");
        for new in [&one, &other] {
            tx.insert_account(new, NOON).await.expect("inserted");
        }
        let data = serde_json::json!({});
        let whose = [Some(one_id), Some(other_id), None, Some(one_id)];
        for (at, account) in (0_u8..).zip(whose) {
            let (key, at) = (SessionKey::of(&[at]), NOON + Duration::minutes(i64::from(at)));
            tx.insert_session(&key, account, &data, at).await.expect("inserted");
        }
        tx.commit().await.expect("committed");
        let owners = async |limit| -> Vec<_> {
            let all = store.list_all_sessions(limit).await.expect("sessions");
            all.into_iter().map(|(account, _)| account).collect()
        };
        assert_eq!(owners(9).await, [one_id, other_id, one_id], "{engine}");
        assert_eq!(owners(1).await, [one_id], "{engine}");
        let mut tx = store.begin().await.expect("a transaction");
        tx.delete_all_sessions(one_id).await.expect("ended");
        tx.commit().await.expect("committed");
        assert_eq!(owners(9).await, [other_id], "{engine}");
    }
}
