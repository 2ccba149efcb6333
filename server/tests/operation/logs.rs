//! The log says what happened and nothing about who asked for what.

use crate::program::{Serving, directory};

#[test]
fn no_log_line_at_any_level_repeats_what_people_typed_or_where_they_are() {
    // Words that are in no record, so that whoever repeats them has them from the request.
    let secrets =
        ["Xylofonbauer", "Quastenflosser", "53.4321", "11.8765", "geheimesgemeindchen", "Zwiebelkuh"];
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
        let log = portal.log().to_lowercase();
        assert!(log.contains("request answered"), "requests are logged: {log}");
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(&secret.to_lowercase()));
            assert_eq!(line, None, "{format}");
        }
    }
}
