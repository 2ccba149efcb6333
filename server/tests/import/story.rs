//! One county, imported, changed, mended, exported.

use std::fs;

use app::domain::{
    accessibility::Feature,
    capacity::Light,
    facility::{Facility, LegalParticulars, Visibility},
    offer::OfferForm,
};
use server::service::export;
use time::macros::{date, datetime};

use crate::{facilities, fixture, import, last_line, named, support};

const FIRST: &str = "created=8 updated=0 unchanged=0 rejected=4 drafts=2";
const AGAIN: &str = "created=0 updated=0 unchanged=8 rejected=4 drafts=2";

#[tokio::test]
async fn a_county_is_imported_and_a_second_import_changes_nothing() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (fixture("musterau.csv"), fixture("musterau.toml"));
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), FIRST, "{}: {report}", county.engine);
        let before = (facilities(&county.store).await, county.store.latest_change().await.expect("a number"));
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), AGAIN, "{}: {report}", county.engine);
        let after = (facilities(&county.store).await, county.store.latest_change().await.expect("a number"));
        assert_eq!(before, after, "{}", county.engine);
    }
}

#[tokio::test]
async fn every_encoding_and_delimiter_brings_the_same_county() {
    let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    let county = support::sqlite_store().await;
    import(&county.store, &fixture("musterau.csv"), &fixture("musterau.toml"), folder.path())
        .await
        .expect("it runs");
    for delimiter in [";", "\t"] {
        // The fixture has commas inside quotes: those stay what they are.
        let text = text.replace(',', delimiter).replace(&format!("e.V{delimiter}"), "e.V,");
        let crlf = text.replace('\n', "\r\n");
        let ansi: Vec<u8> = crlf.chars().map(|c| u8::try_from(c).expect("Latin")).collect();
        for bytes in [text.clone().into_bytes(), [b"\xef\xbb\xbf", crlf.as_bytes()].concat(), ansi] {
            let file = folder.path().join("other.csv");
            fs::write(&file, bytes).expect("written");
            let report = import(&county.store, &file, &fixture("musterau.toml"), folder.path()).await;
            assert_eq!(last_line(&report.expect("it runs")), AGAIN);
        }
    }
}

#[tokio::test]
async fn rows_become_facilities_with_everything_they_say() {
    let county = support::sqlite_store().await;
    let folder = tempfile::tempdir().expect("a folder");
    import(&county.store, &fixture("musterau.csv"), &fixture("musterau.toml"), folder.path())
        .await
        .expect("it runs");

    let home = named(&county.store, "Haus \"Am Anger\"").await;
    assert_eq!(home.slug.as_str(), "haus-am-anger-muehlau-am-bach");
    assert_eq!(home.email.as_deref(), Some("info@anger.example"));
    assert_eq!(home.contacts[0].email.as_deref(), Some("heim@anger.example"));
    assert_eq!(home.website.as_deref(), Some("https://www.anger.example"));
    assert_eq!(home.position.map(|p| p.lat), Some(51.5), "the first row's");
    let organization = home.organization.expect("an organization");
    assert_eq!(
        (organization.name.as_str(), organization.umbrella.as_deref()),
        ("Sozialwerk Musterau e.V.", Some("Diakonie"))
    );
    let [place, short] = &home.offers[..] else { panic!("two offers") };
    assert_eq!((place.places_total, place.external_id.as_deref()), (Some(60), Some("1")));
    assert_eq!((short.form, short.shares_places_with), (Some(OfferForm::Embedded), Some(place.id)));
    assert!(place.latest_report.is_none(), "places in all are no report");

    let practice = named(&county.store, "Praxis Lindenweg").await;
    assert_eq!(practice.offers.len(), 2, "2 a is 2a");
    assert_eq!(practice.phone.as_deref(), Some("09999 201"));
    let further: Vec<_> = practice.contacts.iter().filter_map(|contact| contact.phone.as_deref()).collect();
    assert_eq!(further, ["09999 202", "09999 203"], "no number is lost");
    assert_eq!(practice.offers[0].places_total, None, "a doctor counts no places");
    let muehlau = practice.address.municipality.expect("a municipality");
    assert_eq!((muehlau.name.as_str(), &muehlau.aliases[..]), ("Mühlau am Bach", &["Mühlau".to_owned()][..]));

    let day = named(&county.store, "Tagespflege Sandow").await;
    let sandow = day.address.municipality.expect("a municipality");
    assert_eq!((sandow.name.as_str(), sandow.ags), ("Sandow", None), "another name and another postcode");
    assert_eq!((day.website, day.phone.as_deref()), (None, Some("09999 / 300")));
    assert_eq!(day.organization.map(|own| own.id), Some(organization.id));

    let care = named(&county.store, "Pflege daheim").await;
    assert_eq!(care.offers[0].specialisms, ["palliativ"]);
    assert_eq!(care.organization.and_then(|own| own.umbrella), None, "private is no umbrella");
    assert_eq!(care.address.locality.as_deref(), Some("Hof"));
    let station = named(&county.store, "Sozialstation Auhof").await;
    assert_eq!(station.offers[0].conditions.as_deref(), Some("Hausbesuche bis 20 km"));
    assert_eq!(station.organization.and_then(|own| own.umbrella).as_deref(), Some("DRK"));
    named(&county.store, "<script>alert(1)</script> Apotheke").await;

    let all = facilities(&county.store).await;
    let drafts: Vec<_> = all.iter().filter(|facility| facility.visibility == Visibility::Draft).collect();
    assert_eq!(drafts.len(), 1, "one address, one draft");
    assert_eq!((drafts[0].name.as_str(), drafts[0].offers.len()), ("", 2));
    assert_eq!(drafts[0].accessibility.get(Feature::BarrierFree), Some(true));
    assert_eq!(Light::ALL.len(), 4);
}

#[tokio::test]
async fn warnings_and_rejects_name_line_and_reason() {
    let county = support::sqlite_store().await;
    let folder = tempfile::tempdir().expect("a folder");
    let report = import(&county.store, &fixture("musterau.csv"), &fixture("musterau.toml"), folder.path())
        .await
        .expect("it runs");
    insta::assert_snapshot!(report.to_string().replace(&folder.path().display().to_string(), "FOLDER"));
}

#[tokio::test]
async fn only_rows_that_changed_are_updated() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (folder.path().join("county.csv"), fixture("musterau.toml"));
        let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
        fs::write(&file, &text).expect("written");
        import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        let slug = named(&county.store, "Haus \"Am Anger\"").await.slug;
        for (from, to, expected) in [
            (
                "www.anger.example,60,",
                "www.anger.example,61,",
                "created=0 updated=1 unchanged=7 rejected=4 drafts=2",
            ),
            ("09999 203", "09999 204", "created=0 updated=1 unchanged=7 rejected=4 drafts=2"),
            (
                "Haus \"\"Am Anger\"\"",
                "Haus \"\"Am Markt\"\"",
                "created=0 updated=2 unchanged=6 rejected=4 drafts=2",
            ),
            ("09999 / 300", "", "created=0 updated=1 unchanged=7 rejected=4 drafts=2"),
        ] {
            let text = text.replace(from, to);
            assert!(!text.contains(from), "{from}");
            fs::write(&file, &text).expect("written");
            let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
            assert_eq!(last_line(&report), expected, "{} {to}: {report}", county.engine);
            let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
            assert_eq!(last_line(&report), AGAIN, "{} {to} again: {report}", county.engine);
            fs::write(&file, text.replace(to, from)).expect("written");
            let original = fs::read(fixture("musterau.csv")).expect("the fixture");
            fs::write(&file, original).expect("written");
            import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        }
        assert_eq!(named(&county.store, "Haus \"Am Anger\"").await.slug, slug, "slugs are stable");
    }
}

#[tokio::test]
async fn mended_rejects_are_imported_with_the_same_mapping_and_take_nothing_away() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (fixture("musterau.csv"), fixture("musterau.toml"));
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        let rejects = report.rejects_file.expect("a file of rejects");
        let text = fs::read_to_string(&rejects).expect("text");
        assert_eq!(text.lines().count(), 5, "header and four rows");
        // Becomes another doctor of a practice that is there already.
        let mended = text
            .replace("9,XY,Praxis ohne Art,Bachgasse,11,", "9,Arzt,Praxis Lindenweg,Lindenweg,2a,")
            .replace("8,,,Bachgasse,9", "8,Apotheke,Apotheke am Bach,Bachgasse,9");
        let file = folder.path().join("mended.csv");
        fs::write(&file, mended).expect("written");
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=2 updated=0 unchanged=0 rejected=2 drafts=0", "{report}");
        let practice = named(&county.store, "Praxis Lindenweg").await;
        assert_eq!(
            (practice.offers.len(), practice.phone.as_deref()),
            (3, Some("09999 201")),
            "{}",
            county.engine
        );
        let report = import(&county.store, &fixture("musterau.csv"), &mapping, folder.path()).await;
        assert_eq!(last_line(&report.expect("it runs")), AGAIN, "{}", county.engine);
    }
}

#[tokio::test]
async fn a_draft_that_gets_its_name_becomes_public_under_the_name() {
    let county = support::sqlite_store().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (file, mapping) = (folder.path().join("county.csv"), fixture("musterau.toml"));
    let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
    fs::write(&file, &text).expect("written");
    import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
    fs::write(&file, text.replace("Wohnung,,Bachgasse", "Wohnung,Wohnen am Bach,Bachgasse"))
        .expect("written");
    let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
    assert_eq!(last_line(&report), "created=0 updated=2 unchanged=8 rejected=4 drafts=0");
    let house = named(&county.store, "Wohnen am Bach").await;
    assert_eq!(
        (house.visibility, house.slug.as_str()),
        (Visibility::Public, "wohnen-am-bach-muehlau-am-bach")
    );
    assert_eq!(facilities(&county.store).await.iter().filter(|f| f.name.is_empty()).count(), 0);
}

#[tokio::test]
async fn an_export_imports_as_it_is_and_fills_an_empty_store() {
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        import(&county.store, &fixture("musterau.csv"), &fixture("musterau.toml"), folder.path())
            .await
            .expect("it runs");
        let before = facilities(&county.store).await;
        let file = folder.path().join("export.csv");
        let report = export::run(&county.store, &file).await.expect("exported");
        assert_eq!((report.facilities, report.offers), (7, 10));
        let mapping = std::path::Path::new("kreislotse");
        let report = import(&county.store, &file, mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=0 updated=0 unchanged=8 rejected=0 drafts=2", "{report}");
        assert_eq!(facilities(&county.store).await, before, "{}", county.engine);

        let other = support::sqlite_store().await;
        let report = import(&other.store, &file, mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=8 updated=0 unchanged=0 rejected=0 drafts=2", "{report}");
        let again = folder.path().join("again.csv");
        export::run(&other.store, &again).await.expect("exported");
        assert_eq!(fs::read_to_string(&again).expect("text"), fs::read_to_string(&file).expect("text"));
    }
}

/// Neither a file that says nothing of the law, nor one that came from here, takes anything of it away.
#[tokio::test]
async fn who_answers_in_law_travels_with_an_export_and_no_silent_file_forgets_it() {
    for county in support::stores().await {
        let (store, engine) = (&county.store, county.engine);
        let folder = tempfile::tempdir().expect("a folder");
        let foreign = async || {
            let file = fixture("musterau.csv");
            import(store, &file, &fixture("musterau.toml"), folder.path()).await.expect("it runs")
        };
        foreign().await;
        let said = |text: &str| Some(text.to_owned());
        let legal = LegalParticulars {
            legal_form: said("Eigenbetrieb der Stadt"),
            represented_by: said("Ada Beispiel; Bo Beispiel"),
            register: said("Amtsgericht \"Süd\", HRB 1"),
            supervisory_authority: said("Heimaufsicht"),
            institution_code: said("260000001"),
        };
        let known = named(store, "Haus \"Am Anger\"").await;
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_facility(&Facility { legal: legal.clone(), ..known.clone() }).await.expect("updated");
        tx.commit().await.expect("committed");
        let file = folder.path().join("export.csv");
        export::run(store, &file).await.expect("exported");
        let mapping = std::path::Path::new("kreislotse");
        let report = import(store, &file, mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=0 updated=0 unchanged=8 rejected=0 drafts=2", "{report}");
        let silent = last_line(&foreign().await);
        assert!(silent.starts_with("created=0 updated=0 "), "{engine}: {silent}");
        let found = named(store, &known.name).await;
        assert_eq!(found.legal, legal, "{engine}");
        let other = support::sqlite_store().await;
        import(&other.store, &file, mapping, folder.path()).await.expect("it runs");
        let there = named(&other.store, &known.name).await;
        assert_eq!(there.legal, legal, "{engine}");
        // A file that says something else of it brings that.
        let text = fs::read_to_string(&file).expect("text");
        fs::write(&file, text.replace("Eigenbetrieb der Stadt", "Stiftung")).expect("written");
        let report = import(store, &file, mapping, folder.path()).await.expect("it runs");
        assert!(last_line(&report).starts_with("created=0 updated="), "{report}");
        let found = named(store, &known.name).await;
        assert_eq!(found.legal.legal_form.as_deref(), Some("Stiftung"), "{engine}");
    }
}

#[tokio::test]
async fn the_example_county_comes_back_as_it_was_exported() {
    let (example, other) = (support::sqlite_store().await, support::sqlite_store().await);
    let now = app::domain::now::Now {
        instant: datetime!(2026-11-22 08:00 UTC),
        berlin_date: date!(2026 - 11 - 22),
        berlin_minute: 540,
        holiday: None,
    };
    let taxonomy = app::domain::care_type::Taxonomy::builtin();
    server::service::demo::fill(&example.store, &taxonomy, now).await.expect("the example");
    let folder = tempfile::tempdir().expect("a folder");
    let (file, again) = (folder.path().join("export.csv"), folder.path().join("again.csv"));
    export::run(&example.store, &file).await.expect("exported");
    let mapping = std::path::Path::new("kreislotse");
    let same = import(&example.store, &file, mapping, folder.path()).await.expect("it runs");
    let last = last_line(&same);
    assert!(
        last.starts_with("created=0 updated=0 unchanged=4") && last.ends_with("rejected=0 drafts=0"),
        "{last}"
    );
    import(&other.store, &file, mapping, folder.path()).await.expect("it runs");
    export::run(&other.store, &again).await.expect("exported");
    assert_eq!(fs::read_to_string(&again).expect("text"), fs::read_to_string(&file).expect("text"));
}
