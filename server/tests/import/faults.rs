//! What cannot be imported leaves the store as it was and says so in one sentence.

use std::{fs, path::Path};

use app::domain::care_type::Taxonomy;
use proptest::prelude::*;
use server::{
    import::{mapping::Mapping, plan},
    service::{
        import::{ImportRequest, run},
        places,
    },
};
use time::macros::datetime;

use crate::{fixture, import, support};

#[tokio::test]
async fn what_cannot_be_read_is_one_sentence_with_its_place() {
    let county = support::sqlite_store().await;
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
    let mapping_text = fs::read_to_string(fixture("musterau.toml")).expect("the fixture");
    let utf8 = format!("encoding = \"utf-8\"\n{mapping_text}");
    let cases: [(&[u8], &str, &str); 9] = [
        (b"", &mapping_text, "file.csv: Die Datei ist leer."),
        (b"PK\x03\x04", &mapping_text, "file.csv: Das ist keine Textdatei, sondern eine Arbeitsmappe"),
        (b"a\n\x00\x01", &mapping_text, "file.csv, Zeile 2, Spalte 1: Das ist keine Textdatei"),
        (b"Nr;Name\n1;2\n", &mapping_text, "file.csv, Zeile 1: Die Spalte „"),
        (b"Nr,Nr\n1,2\n", &mapping_text, "file.csv, Zeile 1: Die Kopfzeile nennt die Spalte „Nr“ zweimal."),
        (b"Nr,L\xe4nge\n1,2\n", &utf8, "file.csv, Zeile 1, Spalte 5: Das Byte 0xE4 ist kein gültiges UTF-8."),
        (text.as_bytes(), "source = ", "mapping.toml, Zeile 1"),
        (text.as_bytes(), &mapping_text.replace("\"phone\"", "\"fone\""), "mapping.toml, Zeile 16"),
        (
            text.as_bytes(),
            &mapping_text.replace("= \"arzt\"", "= \"doktor\""),
            "Die Angebotsart „doktor“ gibt es nicht.",
        ),
    ];
    for (bytes, mapping, expected) in cases {
        let (file, mapping_file) = (folder.path().join("file.csv"), folder.path().join("mapping.toml"));
        fs::write(&file, bytes).expect("written");
        fs::write(&mapping_file, mapping).expect("written");
        let error = import(&county.store, &file, &mapping_file, folder.path()).await.expect_err(expected);
        let sentence = error.to_string().replace(&format!("{}/", folder.path().display()), "");
        assert!(sentence.contains(expected), "{sentence}");
        assert!(!sentence.contains('\n'), "one line: {sentence}");
    }
    let missing = folder.path().join("missing.csv");
    let error = import(&county.store, &missing, &fixture("musterau.toml"), folder.path()).await;
    assert!(error.expect_err("missing").to_string().ends_with("missing.csv: Diese Datei gibt es nicht."));
    assert!(county.store.is_empty().await.expect("an answer"), "nothing was written");
}

#[tokio::test]
async fn a_dry_run_reports_and_writes_nothing() {
    for county in support::stores().await {
        let request = ImportRequest {
            file: &fixture("musterau.csv"),
            mapping: &fixture("musterau.toml"),
            dry_run: true,
            rejects: None,
            elsewhere: None,
            taxonomy: &Taxonomy::builtin(),
            now: datetime!(2026-11-22 08:00 UTC),
        };
        let report = run(&county.store, &request).await.expect("it runs");
        assert_eq!((report.created, report.rejects_file), (8, None));
        assert!(county.store.is_empty().await.expect("an answer"), "{}", county.engine);
    }
}

#[tokio::test]
async fn where_rejects_cannot_be_kept_nothing_is_imported() {
    let county = support::sqlite_store().await;
    let missing = Path::new("no/such/folder");
    let error = import(&county.store, &fixture("musterau.csv"), &fixture("musterau.toml"), missing).await;
    assert!(error.expect_err("no folder").to_string().contains("den Ordner gibt es nicht"));
    assert!(county.store.is_empty().await.expect("an answer"));
}

#[tokio::test]
async fn a_gazetteer_is_replaced_as_a_whole_or_not_at_all() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("places.csv");
        let head = "plz,ort,kreis,kreisschluessel,land,lat,lon\n";
        fs::write(
            &file,
            format!("{head}99991,Mühlau,Musterau,99999,XX,51.5,11.5\n99990,Musterbank AG,,,,51,11\n"),
        )
        .expect("written");
        let report = places::run(&county.store, &file).await.expect("it runs");
        assert_eq!((report.places, report.receivers), (1, 1), "{}", county.engine);
        fs::write(&file, "plz,ort\n1,2\n").expect("written");
        assert!(places::run(&county.store, &file).await.is_err());
        let kept = county.store.list_gazetteer().await.expect("places");
        assert_eq!(kept.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["Mühlau"]);
    }
}

fn mapping() -> Mapping {
    let text =
        "source = \"x\"\n[columns]\na = \"external_id\"\nb = \"care_type\"\nc = \"name\"\nd = \"street\"\n";
    Mapping::parse(text.as_bytes(), &Taxonomy::builtin()).expect("a mapping")
}

proptest! {
    #[test]
    fn no_bytes_make_a_plan_fail_and_every_row_has_one_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let whole = [b"a,b,c,d\n".to_vec(), bytes.clone()].concat();
        let _ = plan(&bytes, &mapping(), &Taxonomy::builtin(), &[]);
        if let Ok(plan) = plan(&whole, &mapping(), &Taxonomy::builtin(), &[]) {
            let offers: usize = plan.facilities.iter().map(|facility| facility.offers.len()).sum();
            prop_assert_eq!(offers + plan.rejects.len(), plan.table.records.len());
        }
    }

    #[test]
    fn every_row_ends_once(rows in prop::collection::vec("([1-3]|),(arzt|apotheke|x|),(Haus|\"Haus|),(Weg|)(,y|)", 1..12)) {
        let text = format!("a,b,c,d\n9,arzt,Haus,Weg\n{}\n", rows.join("\n"));
        let plan = plan(text.as_bytes(), &mapping(), &Taxonomy::builtin(), &[]).expect("a plan");
        let mut lines: Vec<usize> = plan.facilities.iter().flat_map(|f| &f.offers).map(|offer| offer.line).collect();
        lines.extend(plan.rejects.iter().map(|reject| reject.line));
        lines.sort_unstable();
        let records: Vec<usize> = plan.table.records.iter().map(|record| record.line).collect();
        prop_assert_eq!(lines, records);
    }
}
