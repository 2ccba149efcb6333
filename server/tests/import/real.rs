//! The real county, read from the folder that `KREISLOTSE_SHARED` names.

use std::path::PathBuf;

use app::domain::facility::{Facility, Visibility};
use server::service::{export, places};

use crate::{facilities, import, last_line, support};

/// The folder with the real files; `None`, said aloud, where it is missing.
fn shared(path: &str) -> Option<PathBuf> {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder =
        std::env::var_os("KREISLOTSE_SHARED").map_or_else(|| workspace.join("../shared"), PathBuf::from);
    let file = folder.join("data").join(path);
    if file.is_file() {
        return Some(file);
    }
    eprintln!("skipped: {path} is not there");
    None
}

/// The facility that a row of the file belongs to.
fn with_row<'a>(all: &'a [Facility], id: &str) -> Option<&'a Facility> {
    all.iter().find(|own| own.offers.iter().any(|offer| offer.external_id.as_deref() == Some(id)))
}

#[tokio::test]
async fn the_real_county_is_imported_whole_and_twice_is_as_once() {
    let Some(file) = shared("lup/einrichtungen.csv") else { return };
    let mapping = support::repository("server/mappings/lup.toml");
    for county in support::stores().await {
        let folder = tempfile::tempdir().expect("a folder");
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(report.rows(), 493);
        assert_eq!(last_line(&report), "created=445 updated=0 unchanged=0 rejected=4 drafts=44", "{report}");
        let change = county.store.latest_change().await.expect("a number");
        let report = import(&county.store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=0 updated=0 unchanged=445 rejected=4 drafts=44", "{report}");
        assert_eq!(county.store.latest_change().await.expect("a number"), change, "{}", county.engine);

        let all = facilities(&county.store).await;
        let is_draft = |facility: &&Facility| facility.visibility == Visibility::Draft;
        assert!(all.iter().filter(is_draft).all(|facility| facility.name.is_empty()));
        assert!(all.iter().filter(|facility| !is_draft(facility)).all(|facility| !facility.name.is_empty()));
        let drafts: usize = all.iter().filter(is_draft).map(|facility| facility.offers.len()).sum();
        let offers: usize = all.iter().map(|facility| facility.offers.len()).sum();
        assert_eq!((drafts, offers), (44, 489));
        assert!(all.iter().all(|facility| facility.position.is_some()));
        let suckow = with_row(&all, "24").and_then(|own| own.address.municipality.clone());
        assert_eq!(suckow.map(|own| (own.name, own.ags)), Some(("Suckow".to_owned(), None)));
        let municipalities = county.store.list_municipalities().await.expect("municipalities");
        let plau: Vec<_> = municipalities.iter().filter(|own| own.name.starts_with("Plau")).collect();
        assert_eq!(plau.len(), 1);
        assert_eq!((plau[0].name.as_str(), &plau[0].aliases[..]), ("Plau am See", &["Plau".to_owned()][..]));
        let shared_beds =
            all.iter().flat_map(|f| &f.offers).filter(|offer| offer.shares_places_with.is_some());
        assert_eq!(shared_beds.count(), 17, "every eingestreute Kurzzeitpflege has its home");
        let house = with_row(&all, "211").expect("a home");
        assert_eq!((house.offers.len(), house.offers[0].places_total), (2, Some(52)));

        let exported = folder.path().join("export.csv");
        export::run(&county.store, &exported).await.expect("exported");
        let report =
            import(&county.store, &exported, "kreislotse".as_ref(), folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), "created=0 updated=0 unchanged=445 rejected=0 drafts=44", "{report}");
    }
}

#[tokio::test]
async fn the_real_gazetteer_keeps_places_and_drops_firms() {
    let Some(file) = shared("gazetteer/de_places.csv") else { return };
    let county = support::sqlite_store().await;
    let report = places::run(&county.store, &file).await.expect("it runs");
    assert!(report.places > 16_000 && report.receivers > 1_500, "{report}");
    let places = county.store.list_gazetteer().await.expect("places");
    assert!(places.iter().any(|place| place.name == "Godern" && place.postal_code.as_str() == "19065"));
}
