//! Accesses of programs: what they are good for, and when they end.

use app::domain::{account::OrganizationRole, api_token::ApiToken};
use axum::http::Method;
use serde_json::json;
use server::{service::capacity::CapacityError, store::Chain};
use time::Duration;

use crate::program::{BATCH, Program, facility, find};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_access_gets_nobody_in() {
    let program = Program::begin().await;
    let path = Program::path(program.home());
    let wrong = format!("Bearer kl_{}", "0".repeat(64));
    let basic = format!("Basic {}", program.token);
    for (shown, kind) in [
        (Some("Bearer"), "missing-token"),
        (Some(basic.as_str()), "missing-token"),
        (Some("Bearer x"), "invalid-token"),
        (Some(wrong.as_str()), "invalid-token"),
        (Some(&program.token[3..]), "missing-token"),
        (None, "missing-token"),
    ] {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(shown.map(|shown| ("authorization", shown)));
        let reply = program.call(Method::PUT, &path, &headers, "{\"free_now\": 1}").await;
        reply.is_problem(401, Some(kind));
        assert!(reply.header("www-authenticate").starts_with("Bearer"));
    }
    assert_eq!(program.latest(program.home()).await, None);
    assert!(program.token.starts_with("kl_") && program.token.len() == 67);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_was_switched_off_says_so_and_the_last_report_stands() {
    let program = Program::begin().await;
    program.put(program.home(), &json!({"free_now": 3})).await;
    let lead = program.lead().await;
    assert!(program.capacity.revoke_token(&lead, program.token_id).await.expect("an answer"));
    assert!(!program.capacity.revoke_token(&lead, program.token_id).await.expect("an answer"));
    program.put(program.home(), &json!({"free_now": 0})).await.is_problem(401, Some("token-revoked"));
    assert_eq!(program.latest(program.home()).await.expect("a report").free_now, Some(3));
    assert!(matches!(
        program.office.store().verify_audit().await.expect("an answer"),
        Chain::Sound { entries: 4.., .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_ends_with_whoever_made_it() {
    let program = Program::begin().await;
    let said = json!({"free_now": 3});
    let id = program.organization.id;
    program.office.joins(program.owner, id, OrganizationRole::Editor).await;
    assert_eq!(program.put(program.home(), &said).await.status.as_u16(), 200);
    program.office.joins(program.owner, id, OrganizationRole::Capacity).await;
    program.put(program.home(), &said).await.is_problem(401, Some("token-maker-left"));
    let mut tx = program.office.store().begin().await.expect("a transaction");
    tx.delete_membership(program.owner, id).await.expect("they leave");
    tx.commit().await.expect("committed");
    program.put(program.home(), &said).await.is_problem(401, Some("token-maker-left"));
    let mut tx = program.office.store().begin().await.expect("a transaction");
    tx.delete_account(program.owner).await.expect("they are gone");
    tx.commit().await.expect("committed");
    program.put(program.home(), &said).await.is_problem(401, Some("token-maker-left"));
    let tokens = program.office.store().list_api_tokens(id).await.expect("a list");
    assert_eq!((tokens.len(), &tokens[0].maker), (1, &None), "who leads the team still sees it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_for_one_house_reports_for_no_other() {
    let mut program = Program::begin().await;
    let other = facility(&program.office, "Haus Tal", &program.organization).await;
    let foreign = program.office.organization("Fremder Träger").await;
    let foreign = facility(&program.office, "Haus Berg", &find(&program.office, foreign).await).await;
    (program.token_id, program.token) = program.access("Haus Tal", Some(other.id)).await;
    let said = json!({"free_now": 1});
    program.put(program.home(), &said).await.is_problem(404, Some("unknown-offer"));
    assert_eq!(program.put(other.offers[0].id, &said).await.status.as_u16(), 200);
    let both = json!({"items": [{"offer": other.offers[0].id, "free_now": 2}, {"offer": program.home(), "free_now": 2}]});
    program.put_all(&both).await.is_refused("/items/1/offer", "unknown_offer");
    // When somebody else runs the house, the access is worth nothing for it.
    let mut moved = other.clone();
    moved.organization = foreign.organization.clone();
    let mut tx = program.office.store().begin().await.expect("a transaction");
    tx.update_facility(&moved).await.expect("updated");
    tx.commit().await.expect("committed");
    program.put(other.offers[0].id, &said).await.is_problem(404, Some("unknown-offer"));
    let refused = program
        .capacity
        .add_token(&program.lead().await, &program.organization, "x".to_owned(), Some(foreign.id))
        .await;
    assert!(matches!(refused, Err(CapacityError::NoFacility)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_known_to_the_minute() {
    let program = Program::begin().await;
    let used = || async {
        let tokens = program.office.store().list_api_tokens(program.organization.id).await.expect("a list");
        tokens[0].used_at
    };
    assert_eq!(used().await, None);
    let begin = program.office.clock.instant();
    program.put(program.home(), &json!({})).await;
    program.office.clock.passes(Duration::seconds(59));
    program.put(program.home(), &json!({})).await;
    assert_eq!(used().await, Some(begin), "one write a minute is enough");
    program.office.clock.passes(Duration::seconds(1));
    program.put(program.home(), &json!({})).await;
    assert_eq!(used().await, Some(begin + Duration::minutes(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_has_so_many_accesses_each_with_a_name_of_its_own() {
    let program = Program::begin().await;
    let lead = program.lead().await;
    let add = |name: &str| program.capacity.add_token(&lead, &program.organization, name.to_owned(), None);
    assert!(matches!(add("HEIMSOFTWARE").await, Err(CapacityError::NameTaken)));
    for number in 1..ApiToken::MOST {
        add(&format!("Programm {number}")).await.expect("an access");
    }
    assert!(matches!(add("noch eines").await, Err(CapacityError::TooManyTokens)));
    program.capacity.revoke_token(&lead, program.token_id).await.expect("an answer");
    add("Heimsoftware").await.expect("its name is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_calls_too_often_is_told_to_wait() {
    let program = Program::begin().await;
    let mut replies = Vec::new();
    for _ in 0..300 {
        replies.push(program.put(program.home(), &json!([])).await);
    }
    let refused = replies.iter().find(|reply| reply.status.as_u16() == 429).expect("one too many");
    refused.is_problem(429, Some("too-many-calls"));
    assert_eq!(refused.header("retry-after"), "1");
    assert!(replies.iter().take(120).all(|reply| reply.status.as_u16() == 422));
    // Somebody who guesses does not use up the calls of those who have an access, in the same network either.
    let guess = |_| program.call(Method::PUT, BATCH, &[("authorization", "Bearer kl_x")], "{}");
    let mut kinds = std::collections::BTreeSet::new();
    for at in 0..60 {
        kinds.insert(guess(at).await.status.as_u16());
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), [401, 429]);
    let (_, other) = program.access("Anderes Programm", None).await;
    let other = Program { token: other, ..program };
    assert_eq!(other.put(other.home(), &json!({"free_now": 1})).await.status.as_u16(), 200);
}
