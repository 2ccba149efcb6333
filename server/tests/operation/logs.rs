//! The log says what happened and nothing about who asked for what.

use crate::program::{Serving, directory, get_with};

#[test]
fn no_log_line_at_any_level_repeats_what_people_typed_or_where_they_are() {
    // Words that are in no record, so that whoever repeats them has them from the request.
    let secrets = [
        "Xylofonbauer",
        "Quastenflosser",
        "53.4321",
        "11.8765",
        "53.432",
        "11.87",
        "geheimesgemeindchen",
        "Zwiebelkuh",
    ];
    for format in ["text", "json"] {
        let data = directory();
        let environment = [("KREISLOTSE_LOG", "trace"), ("KREISLOTSE_LOG_FORMAT", format)];
        let portal = Serving::start_with(data.path(), &["--demo"], &environment);
        portal.wait_until_ready();
        for path in [
            "/suche?q=Xylofonbauer&ort=Quastenflosser&lat=53.4321&lon=11.8765&gemeinde=geheimesgemeindchen",
            "/api/v1/search?q=Xylofonbauer&ort=Quastenflosser&lat=53.4321&lon=11.8765",
            "/api/v1/suggest?q=Xylofonbauer",
            "/api/fn/count_facilities?query=q%3DXylofonbauer%26ort%3DQuastenflosser",
            "/einrichtung/zwiebelkuh?q=Zwiebelkuh",
            "/gibt-es-nicht/Zwiebelkuh?Xylofonbauer",
            "/suche?q=\"Xylofonbauer\"<Zwiebelkuh>",
        ] {
            portal.get(path);
        }
        let near = get_with(&portal.address, "/suche?q=Hospiz", "Device-Position: 53.4321,11.8765\r\n");
        assert!(near.starts_with("HTTP/1.1 200") && near.contains("In meiner Nähe"), "{near}");
        let log = portal.log().to_lowercase();
        assert!(log.contains("request answered"), "requests are logged: {log}");
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(&secret.to_lowercase()));
            assert_eq!(line, None, "{format}");
        }
    }
}

#[test]
fn structured_lines_are_json_and_say_of_a_request_only_what_it_was_and_how_it_went() {
    let data = directory();
    let environment = [("KREISLOTSE_LOG", "server=debug"), ("KREISLOTSE_LOG_FORMAT", "json")];
    let portal = Serving::start_with(data.path(), &[], &environment);
    portal.wait_until_ready();
    portal.get("/suche?q=Pflege");
    portal.get("/api/v1/suggest?q=pf");
    let log = portal.log();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON: {line}")))
        .collect();
    assert!(lines.iter().all(|line| line["level"].is_string() && line["timestamp"].is_string()), "{log}");
    let requests: Vec<_> =
        lines.iter().filter(|line| line["fields"]["message"] == "request answered").collect();
    for kind in ["search", "api suggest", "health"] {
        assert!(requests.iter().any(|line| line["fields"]["kind"] == kind), "{kind}: {log}");
    }
    for request in requests {
        let fields = request["fields"].as_object().expect("fields");
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        assert_eq!(names, ["kind", "message", "method", "micros", "status"], "{request}");
        assert!(request.get("span").is_none() && request.get("spans").is_none(), "{request}");
    }
}
