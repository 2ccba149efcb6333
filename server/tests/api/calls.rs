//! What a program reports, and what it is answered.

use app::domain::{
    audit::Action,
    capacity::{ReportSource, WaitingList},
};
use axum::http::{Method, StatusCode};
use serde_json::json;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339, macros::date};

use crate::program::{BATCH, Program};

fn instant(value: &serde_json::Value) -> OffsetDateTime {
    OffsetDateTime::parse(value.as_str().expect("a text"), &Rfc3339).expect("an instant")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reports_an_offer_and_learns_its_light() {
    let program = Program::begin().await;
    let now = program.office.clock.instant();
    let said = json!({"free_now": 3, "total": 40, "rooms": "Einzelzimmer", "remark": " Bitte  anrufen. "});
    let reply = program.put(program.home(), &said).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let light = reply.json();
    assert_eq!((&light["availability"], &light["free_now"]), (&json!("free"), &json!(3)));
    assert_eq!(
        (instant(&light["reported_at"]), instant(&light["valid_until"])),
        (now, now + Duration::days(7))
    );
    let stands = program.latest(program.home()).await.expect("a report");
    assert_eq!(json!(stands.sequence), light["sequence"]);
    assert_eq!((stands.reported_by.as_str(), stands.source), ("Heimsoftware", ReportSource::Api));
    assert_eq!((stands.remark.as_deref(), stands.total), (Some("Bitte anrufen."), Some(40)));
    let past = program.office.store().list_audit_of(Action::CapacityReported, 5).await.expect("a log");
    assert_eq!(past.len(), 1);
    assert_eq!(past[0].detail.get("token"), Some(&program.token_id.to_string()), "which access it was");
    program.office.comes("/api/v1/search?q=Haus+Aue", "\"availability\":\"free\",\"free_now\":3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_true_is_said_in_one_word() {
    let program = Program::begin().await;
    let unchanged = json!({"unchanged": true});
    program.put(program.home(), &unchanged).await.is_refused("/free_now", "nothing_said");
    let said = json!({"waiting_list": "open", "waiting_weeks": {"min": 4, "max": 6}});
    assert_eq!(program.put(program.home(), &said).await.json()["availability"], "waiting_list");
    program.office.clock.passes(Duration::days(3));
    let light = program.put(program.home(), &unchanged).await.json();
    assert_eq!(instant(&light["reported_at"]), program.office.clock.instant());
    let stands = program.latest(program.home()).await.expect("a report");
    assert_eq!((stands.waiting_list, stands.waiting_weeks), (WaitingList::Open, Some((4, 6))));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_offers_are_reported_in_one_call_by_either_of_their_names() {
    let program = Program::begin().await;
    let (short, day) = (program.offer("kurzzeitpflege"), program.offer("tagespflege"));
    let reply = program
        .put_all(&json!({"items": [
            {"external_id": "haus-aue-0", "free_now": 0},
            {"offer": short, "periods": [{"from": "2026-08-03", "until": "2026-08-16", "places": 2}], "free_now": 1},
            {"offer": day, "weekdays": [2, 0, 1, null, null, null, null], "free_now": 2},
            {"offer": program.offer("ambulanter-pflegedienst"), "intake": "accepting"}
        ]}))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let answer = reply.json();
    let items = answer["items"].as_array().expect("items");
    let lights: Vec<_> = items.iter().map(|item| item["availability"].as_str().expect("a light")).collect();
    assert_eq!(lights, ["full", "free", "free", "free"]);
    assert_eq!(items[0]["offer"], json!(program.home()));
    let stands = program.latest(short).await.expect("a report").times;
    assert_eq!((stands.periods[0].from, stands.periods[0].places), (date!(2026 - 08 - 03), 2));
    assert_eq!(program.latest(day).await.expect("a report").times.weekdays[..3], [Some(2), Some(0), Some(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_programs_call_and_browsers_of_other_sites_do_not() {
    let program = Program::begin().await;
    let bearer = format!("Bearer {}", program.token);
    let body = json!({"free_now": 3}).to_string();
    let path = Program::path(program.home());
    let call = |headers: Vec<(&'static str, String)>| {
        let (program, body, path) = (&program, body.clone(), path.clone());
        async move {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            program.call(Method::PUT, &path, &headers, body).await
        }
    };
    let token = || ("authorization", bearer.clone());
    let kind = || ("content-type", "application/json".to_owned());
    for from in [("origin", "https://evil.example".to_owned()), ("sec-fetch-site", "cross-site".to_owned())] {
        call(vec![token(), kind(), from]).await.is_problem(403, None);
    }
    // A page that a browser shows has no access: what it is signed in with counts for nothing here.
    let owner = program.office.signed_in(crate::desk::EMAIL).await;
    let cookie = owner.cookie.lock().expect("a lock").clone().expect("a cookie");
    let own = ("sec-fetch-site", "same-origin".to_owned());
    let reply = call(vec![("cookie", cookie), kind(), own.clone()]).await;
    reply.is_problem(401, Some("missing-token"));
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    assert_eq!(program.latest(program.home()).await, None);
    let reply = call(vec![token(), kind(), own]).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
    assert!(!reply.headers.contains_key("set-cookie"));
    // Elsewhere a request without a word on where it comes from is refused as before.
    program.call(Method::PUT, "/api/v1/search", &[], "").await.is_problem(403, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_http_itself_refuses_is_a_problem_too() {
    let program = Program::begin().await;
    let bearer = format!("Bearer {}", program.token);
    let path = Program::path(program.home());
    let plain = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    program.call(Method::PUT, &path, &plain, "{}").await.is_problem(415, Some("unsupported-media-type"));
    for body in ["", "{", "{\"free_now\": 1, \"free_now\": 2}", "\u{feff}{}"] {
        program.send(&path, &[], body).await.is_problem(400, Some("malformed-request"));
    }
    program.send(&path, &[("idempotency-key", "")], "{}").await.is_problem(400, Some("malformed-request"));
    let long = "x".repeat(256);
    program.send(&path, &[("idempotency-key", &long)], "{}").await.is_problem(400, Some("malformed-request"));
    let reply = program.call(Method::GET, &path, &plain, "").await;
    reply.is_problem(405, None);
    assert_eq!(reply.header("allow"), "PUT");
    program.send(&path, &[], &" ".repeat(70_000)).await.is_problem(413, None);
    program.send(BATCH, &[], &" ".repeat(70_000)).await.is_problem(400, Some("malformed-request"));
    program.send(BATCH, &[], &" ".repeat(5 << 20)).await.is_problem(413, None);
    assert_eq!(program.latest(program.home()).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_problem_explains_itself() {
    let program = Program::begin().await;
    let problem = program.put(program.home(), &json!({})).await.is_problem(422, Some("invalid-report"));
    let address = problem["type"].as_str().expect("an address").to_owned();
    let path = address.strip_prefix("https://pflege.example").expect("ours");
    let about = program.call(Method::GET, path, &[], "").await;
    assert_eq!(about.status, StatusCode::OK);
    assert_eq!((&about.json()["type"], &about.json()["status"]), (&json!(address), &json!(422)));
    program.call(Method::GET, "/api/v1/probleme/x", &[], "").await.is_problem(404, None);
}
