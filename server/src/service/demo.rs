//! `kreislotse serve --demo`: an invented county to try the program with.
//!
//! A mark in the data directory remembers that the entries are invented, so that the pages say it
//! even when the program is started without `--demo` later.

use std::{fs, io, path::Path};

use app::domain::care_type::Taxonomy;
use time::OffsetDateTime;

use super::import::{self, ImportError, ImportRequest};
use crate::store::{Store, StoreError};

const RECORDS: &[u8] = include_bytes!("../../../end2end/county/county.csv");
const MAPPING: &[u8] = include_bytes!("../../../end2end/county/county.toml");
const MARK: &str = "demo";

/// Why the example county is not there. The text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(
        "Die Datenbank enthält schon Einträge: --demo braucht eine leere, zum Beispiel mit einem anderen KREISLOTSE_DATA_DIR."
    )]
    NotEmpty,
    #[error("Der Beispielkreis lässt sich nicht im Datenverzeichnis ablegen: {0}.")]
    File(#[from] io::Error),
    #[error("Die Datenbank antwortet nicht: Bitte versuchen Sie es später noch einmal.")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// Whether the entries of this data directory are invented.
pub fn is_demo(data_dir: &Path) -> bool {
    data_dir.join(MARK).exists()
}

/// Fills an empty store with the invented county; does nothing where that was done before.
pub async fn fill(
    store: &Store,
    data_dir: &Path,
    taxonomy: &Taxonomy,
    now: OffsetDateTime,
) -> Result<(), DemoError> {
    if !store.is_empty().await? {
        return if is_demo(data_dir) { Ok(()) } else { Err(DemoError::NotEmpty) };
    }
    let directory = data_dir.join("demo.import");
    fs::create_dir_all(&directory)?;
    let (file, mapping) = (directory.join("county.csv"), directory.join("county.toml"));
    fs::write(&file, RECORDS)?;
    fs::write(&mapping, MAPPING)?;
    let rejects = directory.join("rejected.csv");
    // The mark comes first: an invented entry without it would pass for a real one.
    fs::write(data_dir.join(MARK), "Die Einträge dieses Verzeichnisses sind erfunden.\n")?;
    let request = ImportRequest {
        file: &file,
        mapping: &mapping,
        dry_run: false,
        rejects: Some(&rejects),
        taxonomy,
        now,
    };
    import::run(store, &request).await?;
    fs::remove_dir_all(&directory)?;
    Ok(())
}
