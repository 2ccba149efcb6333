//! What each command does, in terms of services.

use std::{io, path::Path, sync::Arc};

use app::backend::Clock;

use crate::{
    clock::SystemClock,
    config::{Config, ConfigError},
    service::{
        demo::{self, DemoError},
        export,
        import::{self, ImportError, ImportRequest},
        places,
    },
    startup::{self, Application, InstanceLock, StartError},
};

/// Why a command did not do its work. The text is one German sentence for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("Das Programm bekommt vom Betriebssystem keine Fäden (Threads): {0}.")]
    Runtime(#[source] io::Error),
}

pub(super) async fn serve(config: Config, demo: bool) -> Result<(), CommandError> {
    for warning in &config.warnings {
        eprintln!("Hinweis: {warning}");
    }
    let clock = clock()?;
    let address = config.portal.base_url.clone();
    let listener = Application::listen(config.settings.listen).await?;
    let _lock = InstanceLock::take(&config.settings.data_dir)?;
    if demo {
        let store = startup::open_store(&config).await?;
        let now = clock.now().instant;
        demo::fill(&store, &config.settings.data_dir, &config.portal.taxonomy, now).await?;
        store.close().await;
    }
    let application = Application::start(config, clock).await?;
    eprintln!("Das Portal läuft: {address}");
    application.serve(listener, startup::stop_signal()).await;
    Ok(())
}

pub(super) async fn migrate(config: &Config) -> Result<(), CommandError> {
    startup::open_store(config).await?.close().await;
    println!("Die Tabellen der Datenbank sind auf dem neuesten Stand.");
    Ok(())
}

pub(super) async fn reindex(config: &Config) -> Result<(), CommandError> {
    let _lock = InstanceLock::take(&config.settings.data_dir)?;
    startup::reindex(config, clock()?).await?;
    println!("Das Suchverzeichnis ist neu aufgebaut.");
    Ok(())
}

pub(super) async fn import(
    config: &Config,
    file: &Path,
    mapping: &Path,
    dry_run: bool,
    rejects: Option<&Path>,
) -> Result<(), CommandError> {
    let now = clock()?.now().instant;
    let store = startup::open_store(config).await?;
    let taxonomy = &config.portal.taxonomy;
    let request = ImportRequest { file, mapping, dry_run, rejects, taxonomy, now };
    let report = import::run(&store, &request).await?;
    store.close().await;
    println!("{report}");
    Ok(())
}

pub(super) async fn export(config: &Config, file: &Path) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let report = export::run(&store, file).await?;
    store.close().await;
    // The standard output may be the file.
    eprintln!("{report}");
    Ok(())
}

pub(super) async fn places(config: &Config, file: &Path) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let report = places::run(&store, file).await?;
    store.close().await;
    println!("{report}");
    Ok(())
}

fn clock() -> Result<Arc<dyn Clock>, StartError> {
    SystemClock::new().map(|clock| Arc::new(clock) as Arc<dyn Clock>).map_err(|_| StartError::TimeZone)
}
