//! What people write into portal.toml and the environment, and what the program says of it.

use std::{collections::HashMap, fs, path::PathBuf};

use app::domain::holiday::Holiday;
use server::{
    config::{Config, ConfigError},
    mail::SmtpSender,
};
use tempfile::TempDir;
use time::macros::date;

/// Reads a file with this content and these variables.
fn load(content: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let directory = TempDir::new().expect("a directory");
    let file = directory.path().join("portal.toml");
    fs::write(&file, content).expect("a file");
    let mut all: HashMap<_, _> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    all.insert("KREISLOTSE_CONFIG".to_owned(), file.display().to_string());
    Config::from_environment(|name| all.get(name).cloned())
        .map_err(|error| error.to_string().replace(&directory.path().display().to_string(), ""))
}

fn sentence(content: &str) -> String {
    load(content, &[]).expect_err("an error")
}

#[test]
fn the_example_in_the_repository_is_complete() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../portal.toml");
    let file = file.display().to_string();
    let config = Config::from_environment(|name| match name {
        "KREISLOTSE_CONFIG" => Some(file.clone()),
        "KREISLOTSE_BASE_URL" => Some("https://pflege.example".to_owned()),
        "KREISLOTSE_SMTP_URL" => Some("smtps://mail.example".to_owned()),
        _ => None,
    })
    .expect("a configuration");
    assert!(config.mail.is_some() && config.portal.writes_mail);
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    assert_eq!(config.portal.base_url, "https://pflege.example");
    assert_eq!(config.municipalities.len(), 8);
    assert_eq!(config.portal.map.outlines.len(), 8);
    assert!(config.portal.announcements.len() >= 3);
}

#[test]
fn the_example_county_has_a_configuration_of_its_own_where_nobody_wrote_one() {
    let nothing = |_: &str| None;
    let config = Config::or_example(nothing).expect("a configuration");
    assert_eq!(config.portal.county, "Landkreis St. Wendel (Beispiel)");
    assert!(config.is_unwritten && config.warnings.is_empty(), "{:?}", config.warnings);
    assert_eq!(config.portal.map.outlines.len(), 8);
    let config = Config::from_environment(nothing).expect("a configuration");
    assert!(config.is_unwritten && config.portal.announcements.is_empty());
}

#[test]
fn the_template_starts_once_its_legal_pages_are_written() {
    let template = include_str!("../../operations/portal.toml");
    let config = load(template, &[]).expect("a configuration");
    assert_eq!((config.portal.urgent.len(), config.portal.announcements.len()), (3, 0));
    let refusal = load(template, &[("KREISLOTSE_BASE_URL", "https://pflege.example")]).expect_err("an error");
    for page in ["impressum", "datenschutz", "barrierefreiheit", "leichte_sprache", "kontakt"] {
        assert!(refusal.contains(page), "{refusal}");
    }
    // What is commented out is right, too: each line that looks like a setting.
    let all: String = template
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line))
        .filter(|line| !line.starts_with("logo") && !line.starts_with("outlines"))
        .collect::<Vec<_>>()
        .join("\n");
    let all = all.replace("@landkreis-….de", "@kreis.example");
    let config = load(&all, &[]).expect("a configuration");
    assert!(config.portal.advice_centre.is_some() && config.municipalities.len() == 1);
}

fn is_setting(text: &str) -> bool {
    let name = text.split(" = ").next().unwrap_or_default();
    text.starts_with('[') && text.ends_with(']')
        || text.contains(" = ") && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[test]
fn mail_needs_a_server_and_an_address_to_answer_to() {
    const SMTP: &str = "KREISLOTSE_SMTP_URL";
    let from = "[mail]\nfrom = \"Pflege@Kreis.example\"\n";
    let config = load(from, &[(SMTP, "smtp://name:Zwq9Kx@mail.kreis.example:587?tls=required")]);
    let config = config.expect("a configuration");
    assert_eq!(
        config.mail.as_ref().map(SmtpSender::writer).as_deref(),
        Some("Kreislotse <pflege@kreis.example>")
    );
    assert!(!format!("{config:?}").contains("Zwq9Kx"), "a password is never shown");
    assert!(!load(from, &[]).expect("a configuration").portal.writes_mail);
    assert!(sentence("[mail]\nfrom = \"niemand\"\n").contains("„niemand“ ist keine E-Mail-Adresse"));
    let refusal = |content: &str, url: &str| load(content, &[(SMTP, url)]).expect_err("an error");
    assert!(refusal("", "smtp://mail.kreis.example").contains("„mail.from“"));
    for url in ["mail.kreis.example", "https://mail.kreis.example", "smtp://geheim@:x"] {
        let text = refusal(from, url);
        assert!(text.contains(SMTP) && !text.contains("geheim@"), "{text}");
    }
}

#[test]
fn the_state_says_which_holidays_there_are() {
    let on = |content: &str, day| load(content, &[]).expect("a configuration").portal.holidays.on(day);
    let (all_saints, reformation) = (date!(2026 - 11 - 01), date!(2026 - 10 - 31));
    let saarland = "[portal]\nstate = \"saarland\"\n";
    assert_eq!(on(saarland, all_saints), Some(Holiday::AllSaints));
    assert_eq!(on(saarland, reformation), None);
    // Where nothing is said, the keys of the municipalities know.
    let by_keys = "[[municipalities]]\nname = \"Parchim\"\nags = \"13076108\"\n";
    assert_eq!((on(by_keys, all_saints), on(by_keys, reformation)), (None, Some(Holiday::Reformation)));
    assert_eq!((on("", all_saints), on("", date!(2026 - 12 - 25))), (None, Some(Holiday::Christmas)));
    let more = "[portal]\nstate = \"Bayern\"\nholidays = [\"Mariä Himmelfahrt\"]\n";
    assert_eq!(on(more, date!(2026 - 08 - 15)), Some(Holiday::Assumption));
    assert!(sentence("[portal]\nstate = \"Schweiz\"\n").contains("„Schweiz“ ist kein Bundesland"));
    assert!(sentence("[portal]\nholidays = [\"Rosenmontag\"]\n").contains("ist kein Feiertag"));
}

#[test]
fn announcements_are_read_with_their_days_and_links() {
    let config = load(
        "[[announcements]]\ntitle = \" Kurs \"\ntext = \"Am Abend.\"\ndate = 2026-11-02\nuntil = \"2026-11-30\"\n\
         link = { text = \"Anmelden\", url = \"/kontakt\" }\n[[announcements]]\ntitle = \"Neu\"\ntext = \"Da.\"\ndate = 2026-11-05\n",
        &[],
    )
    .expect("a configuration");
    let news = &config.portal.announcements;
    assert_eq!((news[0].title.as_str(), news[0].until), ("Kurs", Some(date!(2026 - 11 - 30))));
    let titles = |day| -> Vec<String> {
        config.portal.current_announcements(day).iter().map(|news| news.title.clone()).collect()
    };
    assert_eq!(titles(date!(2026 - 11 - 05)), ["Neu", "Kurs"]);
    assert_eq!(titles(date!(2026 - 12 - 01)), ["Neu"]);
    assert_eq!(titles(date!(2026 - 11 - 01)), Vec::<String>::new());
}

#[test]
fn a_wrong_key_is_named_with_its_line() {
    let text = sentence("[portal]\nname = \"Lotse\"\n\n[colours]\nakzent = \"#ffffff\"\n");
    assert_eq!(
        text,
        "/portal.toml, Zeile 5, Schlüssel „colours.akzent“: den Schlüssel „akzent“ gibt es hier nicht."
    );
    assert!(sentence("[farben]\n").contains("Zeile 1, Schlüssel „farben“"));
    assert!(
        sentence("[[urgent]]\nname = \"Notruf\"\nphone = \"112\"\ntelefon = \"\"\n").contains("„telefon“")
    );
}

#[test]
fn a_wrong_value_is_named_with_its_line() {
    let cases = [
        ("[portal]\nname = 5\n", "Zeile 2, Schlüssel „portal.name“: der Wert hat nicht die Art"),
        ("[colours]\naccent = \"petrol\"\n", "Zeile 2, Schlüssel „colours.accent“: „petrol“ ist keine Farbe"),
        ("[[municipalities]]\nname = \"A\"\nags = \"123\"\n", "„123“ ist kein Gemeindeschlüssel"),
        (
            "[[municipalities]]\nname = \"A\"\nags = \"13999001\"\npostal_codes = [\"1999\"]\n",
            "keine Postleitzahl",
        ),
        (
            "[[municipalities]]\nname = \"A\"\nags = \"13999001\"\nposition = [153.4, 11.0]\n",
            "kein Ort auf der Erde",
        ),
        ("[[municipalities]]\nags = \"13999001\"\n", "der Schlüssel „name“ fehlt"),
        ("[portal]\nwebsite = \"javascript:alert(1)\"\n", "Zeile 2, Schlüssel „portal.website“"),
        (
            "[[announcements]]\ntitle = \"A\"\ntext = \"B\"\ndate = \"morgen\"\n",
            "Zeile 4, Schlüssel „announcements.date“: erwartet wird ein Tag wie 2026-11-30",
        ),
        ("[[announcements]]\ntitle = \"A\"\ndate = 2026-11-30\n", "der Schlüssel „text“ fehlt"),
        ("[[announcements]]\ntitle = \" \"\ntext = \"B\"\ndate = 2026-11-30\n", "hier fehlt der Text"),
        (
            "[[announcements]]\ntitle = \"A\"\ntext = \"B\"\ndate = 2026-11-30\n\
             link = { text = \"C\", url = \"javascript:alert(1)\" }\n",
            "ist keine Adresse: erwartet wird https://… oder ein Pfad",
        ),
        ("[portal\n", "Zeile 1"),
        ("name = \n", "kein gültiges TOML"),
        ("[portal]\nname = \"a\"\nname = \"b\"\n", "zweimal"),
        ("[care_types.hospiz]\ngroup = \"sonstiges\"\n", "„sonstiges“ gibt es hier nicht"),
        ("[care_types.Hospiz]\nname = \"x\"\n", "Kleinbuchstaben"),
        ("[care_types.neu]\nname = \"x\"\n", "braucht name, group und light"),
        ("[care_types.apotheke]\nvalid_days = 3\n", "ohne Ampel gibt es keine Gültigkeit"),
        ("[care_types.hospiz]\nvalid_days = 0\n", "mindestens 1"),
        ("[care_types.hospiz]\nrelated = [\"gibts-nicht\"]\n", "die Angebotsart „gibts-nicht“ gibt es nicht"),
    ];
    for (content, expected) in cases {
        let text = sentence(content);
        assert!(text.contains(expected), "{content:?} gives {text:?}");
        assert_eq!(text.lines().count(), 1, "{text:?}");
    }
}

#[test]
fn outlines_are_read_from_beside_the_file_and_checked() {
    let with = |geojson: Option<&str>, section: &str| {
        let directory = TempDir::new().expect("a directory");
        if let Some(text) = geojson {
            fs::write(directory.path().join("kreis.geojson"), text).expect("a file");
        }
        let file = directory.path().join("portal.toml");
        fs::write(&file, format!("[map]\noutlines = \"kreis.geojson\"\n{section}")).expect("a file");
        let name = file.display().to_string();
        Config::from_environment(|variable| (variable == "KREISLOTSE_CONFIG").then(|| name.clone()))
            .map_err(|error| error.to_string())
    };
    let polygon = |points: &str, properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","attribution":"© Amt","features":[{{"type":"Feature",
            "properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[{points}]]}}}}]}}"#
        )
    };
    let good = polygon("[7.1,49.5],[7.2,49.5],[7.2,49.6],[7.1,49.5]", r#""ags":"10046111","name":"Freisen""#);
    let map = with(Some(&good), "").expect("a configuration").portal.map;
    assert_eq!(map.outlines[0].name, "Freisen");
    assert_eq!(map.outlines[0].polygons[0][0].len(), 3, "the repeated point is left out");
    assert_eq!(map.attribution.as_deref(), Some("© Amt"));
    let map = with(Some(&good), "attribution = \"© Kreis\"").expect("a configuration").portal.map;
    assert_eq!(map.attribution.as_deref(), Some("© Kreis"));

    let many: Vec<String> = (0..20_100).map(|n| format!("[7.{n:05},49.5]")).collect();
    for (geojson, expected) in [
        (None, "lässt sich nicht lesen: es gibt sie nicht"),
        (Some("<kml/>".to_owned()), "ist kein GeoJSON (Zeile 1, Spalte 1)"),
        (Some(r#"{"type":"Feature"}"#.to_owned()), "nicht „Feature“"),
        (Some(r#"{"type":"FeatureCollection","features":[]}"#.to_owned()), "keine Fläche"),
        (Some(good.replace("Polygon", "Point")), "keine Fläche"),
        (Some(good.replace("\"name\"", "\"GEN\"")), "Nummer 1 der Flächen: die Eigenschaft „name“ fehlt"),
        (Some(good.replace("10046111", "1004")), "„1004“ ist kein Gemeindeschlüssel"),
        (
            Some(polygon("[375000,5480000],[376000,5480000],[376000,5481000]", r#""name":"A""#)),
            "kein Punkt in WGS84",
        ),
        (Some(polygon("[49.5,7.1],[49.6,7.1],[49.6,7.2]", r#""name":"A""#)), "Zuerst steht die Länge"),
        (Some(polygon("[7.1,49.5],[7.2,49.5]", r#""name":"A""#)), "weniger als drei Punkte"),
        (Some(polygon("[7.1,49.5],[7.2,49.5],[7.2]", r#""name":"A""#)), "weniger als zwei Zahlen"),
        (Some(polygon("[\"a\",49.5]", r#""name":"A""#)), "keine Ringe"),
        (Some(polygon(&many.join(","), r#""name":"A""#)), "20100 Punkte"),
    ] {
        let text = with(geojson.as_deref(), "").expect_err("an error");
        assert!(text.contains(expected) && text.contains("kreis.geojson"), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn the_outlines_of_the_example_county_are_its_eight_municipalities() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("example/outlines.geojson");
    let map = server::config::outlines::parse(&fs::read_to_string(file).expect("a file")).expect("outlines");
    let names: Vec<&str> = map.outlines.iter().map(|outline| outline.name.as_str()).collect();
    assert_eq!(
        names,
        ["Freisen", "Marpingen", "Namborn", "Nohfelden", "Nonnweiler", "Oberthal", "St. Wendel", "Tholey"]
    );
    assert!(map.outlines.iter().all(|o| o.ags.as_ref().is_some_and(|ags| ags.as_str().starts_with("10046"))));
    assert!(map.attribution.is_some_and(|text| text.contains("GeoBasis-DE / BKG")));
}

#[test]
fn care_types_can_be_changed_hidden_and_added() {
    let config = load(
        "[care_types.hospiz]\nname = \"Hospizhaus\"\nvalid_days = 5\n[care_types.hebamme]\nhidden = true\n\
         [care_types.kinderhospiz]\nname = \"Kinderhospiz\"\ngroup = \"hospice\"\nlight = \"places\"\nvalid_days = 3\n",
        &[],
    )
    .expect("a configuration");
    let taxonomy = &config.portal.taxonomy;
    let hospiz = taxonomy.find("hospiz").expect("built in");
    assert_eq!((hospiz.name.as_str(), hospiz.valid_days), ("Hospizhaus", Some(5)));
    assert!(taxonomy.find("hebamme").expect("built in").hidden);
    assert_eq!(taxonomy.find("kinderhospiz").map(|t| t.valid_days), Some(Some(3)));
}

#[test]
fn without_its_legal_pages_it_starts_only_where_nobody_else_sees_it() {
    let content = "[legal]\nimpressum = \"Wir\"\n";
    let config = load(content, &[]).expect("a configuration");
    assert!(config.warnings.iter().any(|warning| warning.contains("datenschutz")));
    let refused = load(content, &[("KREISLOTSE_BASE_URL", "https://pflege.example")]).expect_err("an error");
    assert!(refused.contains("[legal]") && refused.contains("kontakt") && !refused.contains("impressum"));
}

#[test]
fn the_environment_says_where_it_runs() {
    let config = load("", &[]).expect("a configuration");
    assert_eq!(config.settings.database_url, "sqlite://./data/kreislotse.db");
    assert_eq!(config.portal.base_url, "http://127.0.0.1:3000");
    let config = load("", &[("KREISLOTSE_DATA_DIR", "/srv/lotse"), ("KREISLOTSE_LISTEN", "0.0.0.0:80")])
        .expect("a configuration");
    assert_eq!(config.settings.database_url, "sqlite:///srv/lotse/kreislotse.db");
    for (name, value) in [
        ("KREISLOTSE_LISTEN", "3000"),
        ("KREISLOTSE_BASE_URL", "pflege.example"),
        ("KREISLOTSE_BASE_URL", "https://pflege.example/portal"),
        ("KREISLOTSE_BASE_URL", "ftp://pflege.example"),
    ] {
        let text = load("", &[(name, value)]).expect_err("an error");
        assert!(text.contains(name) && text.contains(value), "{text}");
    }
}

#[test]
fn a_named_file_has_to_exist_and_the_usual_one_has_not() {
    let missing = Config::from_environment(|name| {
        (name == "KREISLOTSE_CONFIG").then(|| "/gibt/es/nicht.toml".to_owned())
    });
    assert!(matches!(missing, Err(ConfigError::Unreadable { .. })));
    assert_eq!(
        missing.expect_err("an error").to_string(),
        "Die Datei /gibt/es/nicht.toml lässt sich nicht lesen: es gibt sie nicht."
    );
}

#[test]
fn a_colour_that_is_hard_to_read_is_darkened_and_said() {
    let config = load("[colours]\naccent = \"#FFCC00\"\n", &[]).expect("a configuration");
    let accent = config.accent.expect("a colour");
    assert!(accent.css().contains(&accent.by_day.to_string()), "{}", accent.css());
    let said = config.warnings.iter().any(|warning| {
        warning.contains("#ffcc00 wäre auf Weiß") && warning.contains(&accent.by_day.to_string())
    });
    assert!(said, "{:?}", config.warnings);
    let config = load("[colours]\naccent = \"#0b5d6b\"\n", &[]).expect("a configuration");
    assert!(!config.warnings.iter().any(|warning| warning.contains("Farbe")), "{:?}", config.warnings);
}

#[test]
fn a_logo_must_be_a_light_picture_that_is_there() {
    let directory = TempDir::new().expect("a directory");
    let logo = directory.path().join("wappen");
    let text = format!("[portal]\nlogo = \"{}\"\n", logo.display());
    assert!(sentence(&text).contains("es gibt sie nicht"));
    fs::write(&logo, "kein Bild").expect("a file");
    assert!(sentence(&text).contains("portal.logo") && sentence(&text).contains("ist kein Bild"));
    fs::write(&logo, vec![0; 200_001]).expect("a file");
    assert!(sentence(&text).contains("größer als 200 kB"));
    fs::write(&logo, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").expect("a file");
    assert_eq!(load(&text, &[]).expect("a configuration").logo.expect("a logo").kind, "svg");
}

#[test]
fn where_a_conciliation_is_must_be_an_address() {
    let text = "[accessibility]\nconciliation = { name = \"Stelle\", url = \"javascript:alert(1)\" }\n";
    assert!(sentence(text).contains("accessibility.conciliation.url"));
}

#[test]
fn the_county_says_how_many_days_after_a_report_it_asks_for_the_next() {
    let written = "[staleness]\nentry_days = 9\nreport_days = 0\n";
    for (content, days) in [("", 3), ("[staleness]\nentry_days = 9\n", 3), (written, 0)] {
        let config = load(content, &[]).expect("a configuration");
        assert_eq!(config.portal.county_asks_after_days, days, "{content}");
    }
}
