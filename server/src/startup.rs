//! Builds store, index, services and router. The program and the tests use the same.

use std::{
    future::{Future, IntoFuture},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use app::backend::{Backend, Clock};
use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    config::Config,
    http::{self, HttpState, assets::Assets},
    service::{demo, facility::FacilityService, organization::OrganizationService},
    store::Store,
};

mod data_directory;
mod error;
mod pending;

pub use data_directory::{InstanceLock, prepare};
pub use error::StartError;

/// How long running requests may take once the program was told to stop.
const STOP_DEADLINE: Duration = Duration::from_secs(10);

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
        let mut portal = config.portal;
        portal.demo |= demo::is_demo(&config.settings.data_dir);
        let portal = Arc::new(portal);
        let search = Arc::new(pending::Pending);
        let backend = Backend {
            search: search.clone(),
            facilities: Arc::new(FacilityService::new(store.clone(), clock.clone(), portal.clone())),
            organizations: Arc::new(OrganizationService::new(store.clone(), clock.clone(), portal.clone())),
            clock,
            portal,
        };
        let state = HttpState::new(backend, search, Arc::new(Assets::embedded()));
        let follower = tokio::spawn(std::future::pending());
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
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), StartError> {
        let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
        let listener = listener.tap_io(|connection| {
            // With Nagle's algorithm small answers wait for an acknowledgement.
            let _ = connection.set_nodelay(true);
        });
        let serving = axum::serve(listener, self.router).with_graceful_shutdown(async move {
            stop.await;
            tracing::info!("stopping");
            let _ = stopping.send(());
        });
        let deadline = async {
            let _ = stopped.await;
            tokio::time::sleep(STOP_DEADLINE).await;
        };
        let ended = tokio::select! {
            ended = serving.into_future() => ended.map_err(StartError::Serve),
            () = deadline => {
                tracing::warn!("requests were still running at the deadline");
                Ok(())
            }
        };
        self.follower.abort();
        self.store.close().await;
        ended
    }
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
