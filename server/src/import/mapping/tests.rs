use super::*;

const HEAD: &str =
    "source = \"Test\"\n[columns]\nid = \"external_id\"\nname = \"name\"\nart = \"care_type\"\n";

fn parse(text: &str) -> Result<Mapping, FileError> {
    Mapping::parse(text.as_bytes(), &Taxonomy::builtin())
}

/// The sentence with its place, as the command prints it behind the file's name.
fn complaint(text: &str) -> String {
    let error = parse(text).expect_err("a wrong mapping");
    format!("{}: {error}", error.place())
}

#[test]
fn values_are_translated_whatever_their_case() {
    let text = format!(
        "{HEAD}[care_types]\n\"Kurzzeit  (Streuplätze)\" = {{ type = \"kurzzeitpflege\", form = \"embedded\" }}\n"
    );
    let mapping = parse(&text).expect("a mapping");
    let (slug, meaning) = &mapping.care_types[&fold_value("KURZZEIT (streuplätze)")];
    assert_eq!((slug.as_str(), meaning.form), ("kurzzeitpflege", Some(OfferForm::Embedded)));
}

#[test]
fn what_is_unknown_is_named_with_its_line() {
    for (more, expected) in [
        ("x = \"strase\"\n", ", Zeile 6, Spalte 5: Das Feld „strase“ gibt es nicht."),
        ("[care_types]\nArzt = \"artz\"\n", ", Zeile 7, Spalte 8: Die Angebotsart „artz“ gibt es nicht."),
        ("[care_types]\nArzt = { form = \"rund\" }\n", ", Zeile 7, Spalte 8: Die Form „rund“ gibt es nicht."),
        ("[defaults]\nplz = \"1\"\n", ", Zeile 7, Spalte 1: Das Feld „plz“ gibt es nicht."),
        (
            "nummer = \"external_id\"\n",
            ", Zeile 6, Spalte 10: Zwei Spalten sind dem Feld „external_id“ zugeordnet.",
        ),
    ] {
        assert_eq!(complaint(&format!("{HEAD}{more}")), expected);
    }
    assert!(complaint("source = \"x\"\n[columns\n").starts_with(", Zeile 2"));
    assert!(
        complaint("source = \"x\"\nencoding = \"latin\"\n[columns]\n")
            .starts_with(": Keine Spalte ist dem Feld")
    );
    assert!(complaint(&format!("encoding = \"latin\"\n{HEAD}")).starts_with(", Zeile 1, Spalte 12"));
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(
        complaint("[columns]\nid = \"external_id\"\n"),
        ": In der Zuordnung fehlt die Angabe „source“."
    );
    assert!(complaint("source = \"x\"\n[columns]\nid = \"external_id\"\n").contains("„name“"));
    assert!(complaint(&format!("kolumne = 1\n{HEAD}")).contains("„kolumne“"));
}
