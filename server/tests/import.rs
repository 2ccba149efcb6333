//! The story of importing a county, on both engines: an invented one always, the real one where its
//! files are.

mod support;

#[path = "import/faults.rs"]
mod faults;
#[path = "import/kept.rs"]
mod kept;
#[path = "import/real.rs"]
mod real;
#[path = "import/story.rs"]
mod story;
#[path = "import/together.rs"]
mod together;

use std::path::{Path, PathBuf};

use app::domain::{care_type::Taxonomy, facility::Facility};
use server::{
    service::import::{ImportError, ImportReport, ImportRequest, run},
    store::Store,
};
use time::macros::datetime;

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Imports with rejects going to the folder of the test.
pub async fn import(
    store: &Store,
    file: &Path,
    mapping: &Path,
    folder: &Path,
) -> Result<ImportReport, ImportError> {
    run(
        store,
        &ImportRequest {
            file,
            mapping,
            dry_run: false,
            rejects: Some(&folder.join("rejects.csv")),
            elsewhere: None,
            taxonomy: &Taxonomy::builtin(),
            now: datetime!(2026-11-22 08:00 UTC),
        },
    )
    .await
}

pub fn last_line(report: &ImportReport) -> String {
    report.to_string().lines().last().unwrap_or_default().to_owned()
}

/// Every facility, drafts too.
pub async fn facilities(store: &Store) -> Vec<Facility> {
    store.list_all_facilities(None, 10_000).await.expect("facilities")
}

pub async fn named(store: &Store, name: &str) -> Facility {
    let found = facilities(store).await.into_iter().find(|facility| facility.name == name);
    found.unwrap_or_else(|| panic!("no facility {name}"))
}
