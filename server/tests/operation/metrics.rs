//! Metrics, for the county's IT and nobody else.

use std::net::TcpListener;

use crate::program::{Serving, directory, fails, get, kreislotse};

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string()
}

/// The value of a series.
fn value(text: &str, series: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok())
}

#[test]
fn metrics_are_on_the_admin_address_and_never_on_the_public_one() {
    let (data, admin) = (directory(), free_address());
    let portal = Serving::start_with(data.path(), &["--demo"], &[("KREISLOTSE_ADMIN_LISTEN", &admin)]);
    portal.wait_until_ready();
    for _ in 0..2 {
        portal.get("/suche?q=Kurzzeitpflege");
    }
    portal.get("/gibt-es-nicht");
    let answer = get(&admin, "/metrics");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("application/openmetrics-text"), "{answer}");
    let of = |series: &str| value(&answer, series).unwrap_or_else(|| panic!("{series}: {answer}"));
    assert!((of("kreislotse_requests_total{class=\"search\",status=\"200\"}") - 2.0).abs() < 0.1);
    assert!((of("kreislotse_requests_total{class=\"other\",status=\"404\"}") - 1.0).abs() < 0.1);
    assert!((of("kreislotse_request_seconds_count{class=\"search\"}") - 2.0).abs() < 0.1);
    assert!((of("kreislotse_pages_total{from=\"memory\"}") - 1.0).abs() < 0.1);
    assert!((of("kreislotse_ready") - 1.0).abs() < 0.1);
    assert!(of("kreislotse_index_generation") >= 1.0 && of("kreislotse_store_change") >= 1.0);
    assert!(of("kreislotse_index_lag_changes").abs() < 0.1 && of("kreislotse_index_heard_seconds") < 60.0);
    assert!(of("kreislotse_facilities") >= 1.0 && of("kreislotse_offers{light=\"unbekannt\"}") >= 1.0);
    assert!(of("process_resident_memory_bytes") > 1e6);
    for series in ["search", "Kurzzeitpflege"] {
        assert_eq!(answer.contains(series), series == "search", "{series}");
    }
    for path in ["/metrics", "/", "/suche"] {
        let expected = if path == "/metrics" { "HTTP/1.1 200" } else { "HTTP/1.1 404" };
        assert!(get(&admin, path).starts_with(expected), "{path}");
    }
    assert!(portal.get("/metrics").starts_with("HTTP/1.1 404"));
    assert_eq!(portal.stop(), Some(0));
}

#[test]
fn without_an_admin_address_there_are_no_metrics_and_a_taken_one_is_one_sentence() {
    let data = directory();
    let portal = Serving::start(data.path(), &[]);
    portal.wait_until_ready();
    assert!(portal.get("/metrics").starts_with("HTTP/1.1 404"));
    let taken = portal.address.clone();
    let other = directory();
    let mut command = kreislotse(other.path());
    fails(
        command.arg("serve").env("KREISLOTSE_ADMIN_LISTEN", &taken),
        1,
        &[&taken, "KREISLOTSE_ADMIN_LISTEN"],
    );
    let mut command = kreislotse(other.path());
    fails(command.arg("serve").env("KREISLOTSE_ADMIN_LISTEN", "x"), 1, &["KREISLOTSE_ADMIN_LISTEN", "„x“"]);
}
