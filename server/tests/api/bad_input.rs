//! What makes no sense gets a clear answer, writes nothing, and leaves the last valid report as it is.

use serde_json::{Value, json};
use time::{Duration, format_description::well_known::Rfc3339};

use crate::program::{Program, facility, find};

/// A program whose home has three places.
async fn with_a_report() -> Program {
    let program = Program::begin().await;
    assert_eq!(program.put(program.home(), &json!({"free_now": 3})).await.status.as_u16(), 200);
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_dates_that_cannot_be_are_refused_and_the_last_report_stands() {
    let program = with_a_report().await;
    let before = program.latest(program.home()).await;
    for (said, pointer, code) in [
        (json!({"free_now": -1}), "/free_now", "out_of_range"),
        (json!({"free_now": 4_000_000_000_u32}), "/free_now", "out_of_range"),
        (json!({"free_now": 41}), "/free_now", "free_over_total"),
        (json!({"free_now": 6, "total": 5}), "/free_now", "free_over_total"),
        (json!({"free_now": 0, "free_from": "2026-06-30"}), "/free_from", "date_in_the_past"),
        (json!({"free_now": 0, "free_from": "2199-06-30"}), "/free_from", "date_too_far"),
        (
            json!({"intake_stop": true, "intake_stop_until": "2026-06-30"}),
            "/intake_stop_until",
            "date_in_the_past",
        ),
        (
            json!({"free_now": 0, "intake_stop_until": "2026-08-30"}),
            "/intake_stop_until",
            "until_without_stop",
        ),
        (
            json!({"waiting_list": "open", "waiting_weeks": {"min": 4, "max": 2}}),
            "/waiting_weeks",
            "end_before_beginning",
        ),
        (
            json!({"free_now": 0, "waiting_weeks": {"min": 1, "max": 2}}),
            "/waiting_weeks",
            "weeks_without_list",
        ),
        (json!({"intake": "accepting"}), "/intake", "not_of_this_type"),
        (
            json!({"periods": [{"from": "2026-08-03", "until": "2026-08-04", "places": 1}]}),
            "/periods/0",
            "not_of_this_type",
        ),
        (json!({"rooms": "Einzelzimmer"}), "/free_now", "nothing_said"),
        (json!({"frei": 3}), "/frei", "unknown_field"),
        (json!([]), "", "wrong_type"),
    ] {
        program.put(program.home(), &said).await.is_refused(pointer, code);
    }
    let short = program.offer("kurzzeitpflege");
    let periods = json!({"periods": [
        {"from": "2026-09-10", "until": "2026-09-01", "places": 1},
        {"from": "2026-08-03", "until": "2026-08-04", "places": 1}
    ]});
    program.put(short, &periods).await.is_refused("/periods/0", "end_before_beginning");
    assert_eq!(program.latest(program.home()).await, before);
    assert_eq!(program.latest(short).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_in_a_batch_keeps_all_of_it_out() {
    let program = with_a_report().await;
    let before = program.latest(program.home()).await;
    let (home, short) = (program.home(), program.offer("kurzzeitpflege"));
    let stranger = uuid::Uuid::from_u128(7);
    let batch = |last: Value| json!({"items": [{"offer": home, "free_now": 1}, {"offer": short, "free_now": 1}, last]});
    for (last, pointer, code) in [
        (
            json!({"offer": program.offer("tagespflege"), "free_now": 99}),
            "/items/2/free_now",
            "free_over_total",
        ),
        (json!({"offer": program.offer("tagespflege"), "free_now": -1}), "/items/2/free_now", "out_of_range"),
        (json!({"offer": stranger, "free_now": 1}), "/items/2/offer", "unknown_offer"),
        (
            json!({"offer": program.offer("pflegestuetzpunkt"), "free_now": 1}),
            "/items/2/offer",
            "unknown_offer",
        ),
        (json!({"external_id": "gibt-es-nicht", "free_now": 1}), "/items/2/external_id", "unknown_offer"),
        (json!({"offer": home, "free_now": 2}), "/items/2/offer", "named_twice"),
        (json!({"external_id": "haus-aue-0", "free_now": 2}), "/items/2/external_id", "named_twice"),
        (json!({"free_now": 2}), "/items/2/offer", "missing"),
    ] {
        program.put_all(&batch(last)).await.is_refused(pointer, code);
    }
    assert_eq!(program.latest(home).await, before);
    assert_eq!(program.latest(short).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_are_unknown_foreign_or_hidden_are_not_there() {
    let program = with_a_report().await;
    let other = program.office.organization("Fremder Träger").await;
    let foreign = facility(&program.office, "Haus Berg", &find(&program.office, other).await).await;
    let said = json!({"free_now": 1});
    let nobodys = app::domain::ids::OfferId(uuid::Uuid::from_u128(7));
    for offer in [nobodys, foreign.offers[0].id, program.offer("pflegestuetzpunkt")] {
        program.put(offer, &said).await.is_problem(404, Some("unknown-offer"));
    }
    for path in ["/api/v1/offers/x/capacity", "/api/v1/offers/%ff/capacity"] {
        program.send(path, &[], &said.to_string()).await.is_problem(404, Some("unknown-offer"));
    }
    program
        .put_all(&json!({"items": [{"external_id": "haus-berg-0", "free_now": 1}]}))
        .await
        .is_refused("/items/0/external_id", "unknown_offer");
    let found = program.office.store().find_facility_by_slug(&foreign.slug).await.expect("an answer");
    assert!(found.expect("the house").offers.iter().all(|offer| offer.latest_report.is_none()));
    // An entry that is no longer public takes no reports, either.
    let mut hidden = program.facility.clone();
    hidden.visibility = app::domain::facility::Visibility::Archived;
    let mut tx = program.office.store().begin().await.expect("a transaction");
    tx.update_facility(&hidden).await.expect("updated");
    tx.commit().await.expect("committed");
    program.put(program.home(), &said).await.is_problem(404, Some("unknown-offer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_whose_clock_is_wrong_is_told_the_time() {
    let program = with_a_report().await;
    let now = program.office.clock.instant();
    let at = |offset: Duration| json!({"free_now": 1, "observed_at": (now + offset).format(&Rfc3339).expect("a text")});
    let ahead = program.put(program.home(), &at(Duration::minutes(5) + Duration::seconds(1))).await;
    ahead.is_refused("/observed_at", "observed_in_future");
    assert_eq!(ahead.json()["server_time"], "2026-07-01T10:00:00Z");
    let old = program.put(program.home(), &at(-Duration::hours(24) - Duration::seconds(1))).await;
    old.is_refused("/observed_at", "observed_too_old");
    let before = program.latest(program.home()).await;
    let overtaken = program.put(program.home(), &at(-Duration::seconds(1))).await;
    let problem = overtaken.is_problem(409, Some("outdated-report"));
    assert_eq!(problem["errors"][0]["pointer"], "/observed_at");
    assert_eq!(program.latest(program.home()).await, before);
    let batch = json!({"items": [{"offer": program.offer("kurzzeitpflege"), "free_now": 1}, {
        "offer": program.home(), "free_now": 1, "observed_at": "2026-07-01T11:59:59+02:00"
    }]});
    let problem = program.put_all(&batch).await.is_problem(409, Some("outdated-report"));
    assert_eq!(problem["errors"][0]["pointer"], "/items/1/observed_at");
    assert_eq!(program.latest(program.offer("kurzzeitpflege")).await, None, "all or nothing");
    for offset in [Duration::minutes(5), Duration::ZERO] {
        assert_eq!(program.put(program.home(), &at(offset)).await.status.as_u16(), 200);
    }
}
