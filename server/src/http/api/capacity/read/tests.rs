use serde_json::json;
use time::macros::date;
use uuid::Uuid;

use super::*;

fn faults(value: &Value) -> Vec<(String, &'static str)> {
    let errors = one(value, OfferId(Uuid::nil())).err().unwrap_or_default();
    errors.into_iter().map(|error| (error.pointer, error.code)).collect()
}

#[test]
fn everything_a_report_may_say_is_read() {
    let value = json!({
        "total": 40, "free_now": 3.0, "free_from": "2026-08-03", "intake": "accepting", "waiting_list": "open",
        "waiting_weeks": {"min": 4, "max": 6}, "intake_stop": true, "intake_stop_until": "2026-08-04",
        "only_after_assessment": true, "rooms": " Einzel-\n zimmer ", "for_whom": "", "remark": null,
        "periods": [
            {"from": "2026-09-01", "until": "2026-09-14", "places": 1},
            {"from": "2026-08-03", "until": "2026-08-17", "places": 2}
        ],
        "weekdays": [1, null, 0, null, null, null, 2], "observed_at": "2026-07-01T12:00:00+02:00"
    });
    let item = one(&value, OfferId(Uuid::nil())).expect("news");
    let Said::New(statement) = item.said else { panic!("it says something") };
    assert_eq!(
        (statement.total, statement.free_now, statement.waiting_weeks),
        (Some(40), Some(3), Some((4, 6)))
    );
    assert_eq!((statement.rooms.as_deref(), statement.for_whom), (Some("Einzel- zimmer"), None));
    assert_eq!(statement.times.periods[0].from, date!(2026 - 08 - 03));
    assert_eq!(item.periods, [1, 0], "and where each stood");
    assert_eq!(statement.times.weekdays[6], Some(2));
}

#[test]
fn what_is_not_understood_is_named_with_its_place() {
    for (value, pointer, code) in [
        (json!({"free": 3}), "/free", "unknown_field"),
        (json!({"a/b~": 3}), "/a~1b~0", "unknown_field"),
        (json!({"free_now": -1}), "/free_now", "out_of_range"),
        (json!({"free_now": 1.5}), "/free_now", "out_of_range"),
        (json!({"free_now": 10_000}), "/free_now", "out_of_range"),
        (json!({"free_now": u64::MAX}), "/free_now", "out_of_range"),
        (json!({"free_now": 1e300}), "/free_now", "out_of_range"),
        (json!({"free_now": "3"}), "/free_now", "wrong_type"),
        (json!({"free_from": "03.08.2026"}), "/free_from", "invalid_date"),
        (json!({"free_from": "2026-02-30"}), "/free_from", "invalid_date"),
        (json!({"free_from": "2026-W01-1"}), "/free_from", "invalid_date"),
        (json!({"intake": "ja"}), "/intake", "invalid_value"),
        (json!({"intake_stop": "true"}), "/intake_stop", "wrong_type"),
        (json!({"waiting_weeks": {"min": 1}}), "/waiting_weeks/max", "missing"),
        (json!({"waiting_weeks": [1, 2]}), "/waiting_weeks", "wrong_type"),
        (json!({"remark": "a\u{0}b"}), "/remark", "invalid_value"),
        (json!({"remark": "x".repeat(201)}), "/remark", "too_long"),
        (json!({"periods": [{"from": "2026-08-03", "until": "2026-08-04"}]}), "/periods/0/places", "missing"),
        (json!({"weekdays": [1, 2]}), "/weekdays", "wrong_type"),
        (json!({"weekdays": [1, 2, 3, 4, 5, 6, -7]}), "/weekdays/6", "out_of_range"),
        (json!({"unchanged": true, "free_now": 1}), "/free_now", "not_with_unchanged"),
        (json!({"observed_at": "gestern"}), "/observed_at", "invalid_date"),
        (json!({"offer": Uuid::nil()}), "/offer", "unknown_field"),
        (json!([]), "", "wrong_type"),
    ] {
        assert_eq!(faults(&value), [(pointer.to_owned(), code)], "{value}");
    }
}

#[test]
fn a_batch_names_the_item() {
    let errors = |value: &Value| many(value).err().unwrap_or_default();
    let place = |value: &Value| errors(value).first().map(|error| error.pointer.clone());
    let id = Uuid::nil();
    assert_eq!(
        place(&json!({"items": [{"offer": id, "free_now": 1}, {"offer": id, "free_now": -1}]})).as_deref(),
        Some("/items/1/free_now")
    );
    assert_eq!(place(&json!({"items": [{"free_now": 1}]})).as_deref(), Some("/items/0/offer"));
    assert_eq!(place(&json!({"items": [{"offer": "x", "free_now": 1}]})).as_deref(), Some("/items/0/offer"));
    assert_eq!(
        place(&json!({"items": [{"offer": id, "external_id": "7"}]})).as_deref(),
        Some("/items/0/external_id")
    );
    assert_eq!(place(&json!({"items": []})).as_deref(), Some("/items"));
    assert_eq!(place(&json!({})).as_deref(), Some("/items"));
    let wrong: Vec<_> = (0..1_000).map(|_| json!({"offer": id, "free_now": -1})).collect();
    assert_eq!(errors(&json!({"items": wrong})).len(), MOST_ERRORS);
    assert_eq!(errors(&json!({"items": vec![json!({}); 1_001]}))[0].pointer, "/items");
}
