//! Calls that come twice.

use std::sync::Arc;

use app::{backend::access::CapacityReporter, domain::ids::ApiTokenId};
use axum::http::StatusCode;
use serde_json::json;
use server::service::capacity::{Begun, Once, Reported, Seen};
use time::Duration;

use crate::{
    program::{BATCH, Program},
    world::{World, free, said},
};

const KEY: (&str, &str) = ("idempotency-key", "nacht 2026-07-01");

#[tokio::test(flavor = "multi_thread")]
async fn the_same_call_is_answered_alike_and_reported_once() {
    let program = Program::begin().await;
    let path = Program::path(program.home());
    let body = json!({"free_now": 3}).to_string();
    let first = program.send(&path, &[KEY], &body).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    let sequence = program.sequence(program.home()).await;
    program.office.clock.passes(Duration::hours(23));
    let again = program.send(&path, &[KEY], &body).await;
    assert_eq!((again.status, &again.text), (StatusCode::OK, &first.text));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(program.sequence(program.home()).await, sequence);
    let other = json!({"free_now": 4}).to_string();
    program.send(&path, &[KEY], &other).await.is_problem(422, Some("idempotency-key-reused"));
    let elsewhere = Program::path(program.offer("kurzzeitpflege"));
    program.send(&elsewhere, &[KEY], &body).await.is_problem(422, Some("idempotency-key-reused"));
    assert_eq!(program.latest(program.home()).await.expect("a report").free_now, Some(3));
    program.office.clock.passes(Duration::hours(1) + Duration::seconds(1));
    let next = program.send(&path, &[KEY], &other).await;
    assert_eq!(next.status, StatusCode::OK, "after a day the key is free: {}", next.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_was_refused_leaves_its_key_free() {
    let program = Program::begin().await;
    let body = |free| json!({"items": [{"offer": program.home(), "free_now": free}]}).to_string();
    program.send(BATCH, &[KEY], &body(99)).await.is_refused("/items/0/free_now", "free_over_total");
    assert_eq!(program.send(BATCH, &[KEY], &body(9)).await.status, StatusCode::OK);
    let (_, other) = program.access("Anderes Programm", None).await;
    let other = Program { token: other, ..program };
    let reply = other
        .send(BATCH, &[KEY], &json!({"items": [{"offer": other.home(), "free_now": 1}]}).to_string())
        .await;
    assert_eq!(reply.status, StatusCode::OK, "each program has keys of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_the_same_moment_report_once() {
    let program = Arc::new(Program::begin().await);
    let body = json!({"free_now": 3}).to_string();
    let calls = (0..12).map(|_| {
        let (program, body) = (program.clone(), body.clone());
        tokio::spawn(async move { program.send(&Program::path(program.home()), &[KEY], &body).await })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.expect("no panic"));
    }
    let (done, running): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == StatusCode::OK);
    for answer in running {
        answer.is_problem(409, Some("call-running"));
        assert_eq!(answer.header("retry-after"), "2");
    }
    assert!(done.iter().all(|answer| answer.text == done[0].text) && !done.is_empty());
    assert_eq!(program.sequence(program.home()).await, done[0].json()["sequence"].as_i64());
    assert_eq!(program.sequence(program.home()).await, Some(1), "one report, whoever asked");
}

/// An access in a world of either engine.
async fn token(world: &World) -> ApiTokenId {
    let made =
        world.capacity.add_token(&world.lead(), &world.organization, "Programm".to_owned(), None).await;
    made.expect("an access").0
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_taken_over_writes_nothing() {
    for world in World::all().await {
        let token = token(&world).await;
        let begin = |request: &'static str| world.capacity.begin_call(token, "k", request);
        let Begun::New(first) = begin("a").await.expect("an answer") else { panic!("it is new") };
        assert!(matches!(begin("a").await.expect("an answer"), Begun::Running));
        assert!(matches!(begin("b").await.expect("an answer"), Begun::Reused));
        world.clock.passes(Duration::minutes(4) + Duration::seconds(1));
        let Begun::New(second) = begin("a").await.expect("an answer") else { panic!("nobody works on it") };
        let reporter: CapacityReporter = world.reporter();
        let report = |free_now, call| {
            let answer = |_: &[Reported]| "{}".to_owned();
            let (world, reporter) = (&world, reporter.clone());
            async move {
                let news = vec![said(world.home(), Seen::Unsaid, free(free_now))];
                world.capacity.report_once(&reporter, news, Some(Once { call, answer: &answer })).await
            }
        };
        assert!(report(1, &first).await.is_err(), "{}", world.place.engine);
        assert_eq!(world.latest(world.home()).await, None);
        report(2, &second).await.expect("a report");
        assert!(matches!(begin("a").await.expect("an answer"), Begun::Known(answer) if answer == "{}"));
        assert_eq!(world.latest(world.home()).await.expect("a report").free_now, Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_begins_a_call_on_either_engine() {
    for world in World::all().await {
        let token = token(&world).await;
        let begun =
            futures_util::future::join_all((0..8).map(|_| world.capacity.begin_call(token, "k", "a"))).await;
        let new = begun.into_iter().filter(|begun| matches!(begun, Ok(Begun::New(_)))).count();
        assert_eq!(new, 1, "{}", world.place.engine);
    }
}
