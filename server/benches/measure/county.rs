//! Stores filled for measuring.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{backend::Clock, domain::portal::Portal};
use server::{
    clock::SystemClock,
    service::{
        import::{self, ImportRequest},
        places,
        pulse::{Pulse, Readiness},
        search::SearchService,
    },
    store::Store,
};

/// The folder with real data, where there is one.
pub fn shared() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("KREISLOTSE_SHARED").map_or(default, PathBuf::from);
    folder.join("data").is_dir().then_some(folder)
}

/// A portal with the built-in taxonomy and nothing else.
pub fn portal() -> Portal {
    Portal {
        county: "Landkreis".to_owned(),
        name: "Portal".to_owned(),
        base_url: "http://localhost".to_owned(),
        ..Portal::default()
    }
}

/// A SQLite store where the program looks for it in a data directory.
pub async fn store_in(data: &Path) -> Store {
    let file = data.join("kreislotse.db");
    let store = Store::connect(&file.display().to_string()).await.expect("a store");
    store.migrate().await.expect("a schema");
    store
}

/// Imports the real county with its gazetteer.
pub async fn import_county(store: &Store, shared: &Path) {
    let clock = SystemClock::new().expect("a clock");
    let request = ImportRequest {
        file: &shared.join("data/lup/einrichtungen.csv"),
        mapping: &Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings/lup.toml"),
        dry_run: false,
        rejects: Some(Path::new("/dev/null")),
        elsewhere: None,
        taxonomy: &portal().taxonomy,
        now: clock.now().instant,
    };
    import::run(store, &request).await.expect("an import");
    places::run(store, &shared.join("data/gazetteer/de_places.csv")).await.expect("places");
}

/// A search service over a store, ready for questions; with the time its index took.
pub async fn search(store: &Store, directory: Option<PathBuf>) -> (Arc<SearchService>, Duration) {
    let clock = Arc::new(SystemClock::new().expect("a clock"));
    let service =
        Arc::new(SearchService::new(store.clone(), clock, Arc::new(portal()), directory, Vec::new()));
    let started = Instant::now();
    tokio::spawn(service.clone().follow());
    while service.readiness() != Readiness::Ready {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (service, started.elapsed())
}
