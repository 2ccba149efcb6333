//! Builds store, index, services and router. The program and the tests use the same.

use std::{future::Future, net::SocketAddr, sync::Arc};

use app::{
    backend::{Backend, Clock},
    domain::{place::PostalCode, portal::Portal},
};
use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    config::Config,
    http::{
        self, HttpState,
        assets::Assets,
        serve::{Bounds, serve},
        tidy::TidyListener,
    },
    index::places::OutsidePlace,
    service::{demo, facility::FacilityService, organization::OrganizationService, search::SearchService},
    store::Store,
};

mod data_directory;
mod error;

pub use data_directory::{InstanceLock, prepare};
pub use error::StartError;

/// The whole program behind one router.
pub struct Application {
    router: Router,
    store: Store,
    follower: JoinHandle<()>,
}

/// Opens the store of a configuration and brings its schema up to date.
pub async fn open_store(config: &Config) -> Result<Store, StartError> {
    prepare(&config.settings.data_dir)?;
    let url = &config.settings.database_url;
    let store = Store::connect(url).await.map_err(|error| StartError::store(url, error))?;
    store.migrate().await.map_err(|error| StartError::store(url, error))?;
    Ok(store)
}

/// Whether the entries of the configured store are those of the example county.
pub async fn is_demo(config: &Config) -> Result<bool, StartError> {
    let store = open_store(config).await?;
    let answer = asked_whether_demo(config, &store).await;
    store.close().await;
    answer
}

async fn asked_whether_demo(config: &Config, store: &Store) -> Result<bool, StartError> {
    demo::is_demo(store).await.map_err(|error| StartError::store(&config.settings.database_url, error))
}

impl Application {
    /// Opens the address early, so that a taken one is noticed before any work.
    pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
        TcpListener::bind(address).await.map_err(|error| StartError::listen(address, &error))
    }

    /// Builds everything. The index is built in the background; `/readyz` says when it is there.
    ///
    /// Needs a Tokio runtime with several threads.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let store = open_store(&config).await?;
        let mut portal = config.portal.clone();
        portal.demo |= asked_whether_demo(&config, &store).await?;
        let portal = Arc::new(portal);
        let search = search_service(&config, &store, &clock, &portal);
        let backend = Backend {
            search: search.clone(),
            facilities: Arc::new(FacilityService::new(store.clone(), clock.clone(), portal.clone())),
            organizations: Arc::new(OrganizationService::new(store.clone(), clock.clone(), portal.clone())),
            clock,
            portal,
        };
        let state = HttpState::new(backend, search.clone(), Arc::new(Assets::embedded()));
        let follower = tokio::spawn(search.follow());
        Ok(Self { router: http::router(state), store, follower })
    }

    /// What answers requests; tests call it directly.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The store behind it, for tests.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Serves until `stop`, then lets running requests end, at most for ten seconds.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        serve(TidyListener(listener), self.router, Bounds::default(), stop).await;
        self.follower.abort();
        self.store.close().await;
    }
}

/// Builds the search index anew and waits until it is complete.
///
/// Needs a Tokio runtime with several threads, and no portal that serves from the same directory.
pub async fn reindex(config: &Config, clock: Arc<dyn Clock>) -> Result<(), StartError> {
    let store = open_store(config).await?;
    let directory = config.settings.index_dir();
    if directory.exists() {
        std::fs::remove_dir_all(&directory)
            .map_err(|_| StartError::DataDirectory(config.settings.data_dir.clone()))?;
    }
    let search = search_service(config, &store, &clock, &Arc::new(config.portal.clone()));
    let built = search.build_once().await;
    store.close().await;
    built.map_err(|_| StartError::Index)
}

fn search_service(
    config: &Config,
    store: &Store,
    clock: &Arc<dyn Clock>,
    portal: &Arc<Portal>,
) -> Arc<SearchService> {
    let (directory, places) = (config.settings.index_dir(), configured_places(config));
    Arc::new(SearchService::new(store.clone(), clock.clone(), portal.clone(), Some(directory), places))
}

/// The places of the configuration that have a position, under every name they have.
fn configured_places(config: &Config) -> Vec<OutsidePlace> {
    let mut places = Vec::new();
    for municipality in &config.municipalities {
        let county = municipality.ags.as_str().chars().take(5).collect::<String>();
        let mut add = |name: &str, codes: &[PostalCode], position| {
            let Some(position) = position else { return };
            let first = codes.first().map(|code| code.as_str().to_owned());
            places.push(OutsidePlace {
                name: name.to_owned(),
                postal_code: first,
                county_key: Some(county.clone()),
                ags: Some(municipality.ags.as_str().to_owned()),
                configured: true,
                position,
            });
        };
        for name in std::iter::once(&municipality.name).chain(&municipality.aliases) {
            add(name, &municipality.postal_codes, municipality.position);
        }
        for locality in &municipality.localities {
            for name in std::iter::once(&locality.name).chain(&locality.aliases) {
                add(name, &locality.postal_codes, locality.position);
            }
        }
    }
    places
}

/// Ends when the process is told to stop (SIGTERM, SIGINT).
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        }
        // Without handlers the operating system ends the process at once.
        _ => std::future::pending().await,
    }
}
