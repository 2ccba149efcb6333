//! Builds store, index, services and router. The program and the tests use the same.

use std::{
    future::{Future, IntoFuture},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use app::backend::{Backend, Clock};
use axum::{Router, serve::ListenerExt};
use tokio::net::TcpListener;

use crate::{
    config::Config,
    http::{self, HttpState, assets::Assets},
};

mod pending;

/// How long running requests may take once the program was told to stop.
const STOP_DEADLINE: Duration = Duration::from_secs(10);

/// Why the program does not start. The text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "Die Adresse {0} ist schon belegt: Läuft das Portal bereits, oder soll KREISLOTSE_LISTEN eine andere nennen?"
    )]
    PortTaken(SocketAddr),
    #[error(
        "An der Adresse {address} lässt sich nicht lauschen ({reason}): Bitte prüfen Sie KREISLOTSE_LISTEN."
    )]
    Listen { address: SocketAddr, reason: io::ErrorKind },
    #[error(
        "Das Datenverzeichnis {} ist nicht beschreibbar: Bitte prüfen Sie KREISLOTSE_DATA_DIR und die Rechte daran.",
        .0.display()
    )]
    DataDirectory(PathBuf),
    #[error(
        "Die Zeitzone Europe/Berlin ist auf diesem Rechner nicht bekannt: Bitte installieren Sie tzdata."
    )]
    TimeZone,
    #[error("Der Dienst wurde vom Betriebssystem beendet: {0}.")]
    Serve(io::Error),
}

/// The whole program behind one router.
pub struct Application {
    router: Router,
}

impl Application {
    /// Opens the address early, so that a taken one is noticed before any work.
    pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
        TcpListener::bind(address).await.map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => StartError::PortTaken(address),
            reason => StartError::Listen { address, reason },
        })
    }

    /// Builds everything. The index is built in the background.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        prepare_data_directory(&config.settings.data_dir)?;
        let pending = Arc::new(pending::Pending);
        let backend = Backend {
            search: pending.clone(),
            facilities: pending.clone(),
            organizations: pending.clone(),
            clock,
            portal: Arc::new(config.portal),
        };
        let state = HttpState::new(backend, pending, Arc::new(Assets::embedded()));
        Ok(Self { router: http::router(state) })
    }

    /// What answers requests; tests call it directly.
    pub fn router(&self) -> Router {
        self.router.clone()
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
        tokio::select! {
            ended = serving.into_future() => ended.map_err(StartError::Serve),
            () = deadline => {
                tracing::warn!("requests were still running at the deadline");
                Ok(())
            }
        }
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

/// Creates the data directory and tries to write into it.
pub fn prepare_data_directory(directory: &Path) -> Result<(), StartError> {
    let probe = directory.join(".schreibprobe");
    std::fs::create_dir_all(directory)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|_| StartError::DataDirectory(directory.to_owned()))
}
