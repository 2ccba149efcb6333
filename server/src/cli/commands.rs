//! What each command does, in terms of services.

use std::{io, path::Path, sync::Arc};

use app::backend::Clock;

use super::accounts::AccountRefusal;
use crate::{
    clock::SystemClock,
    config::{Config, ConfigError, settings},
    service::{
        backup::{self, BackupError},
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
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    #[error("Das Programm bekommt vom Betriebssystem keine Fäden (Threads): {0}.")]
    Runtime(#[source] io::Error),
}

pub(super) async fn serve(mut config: Config, demo: bool) -> Result<(), CommandError> {
    let clock = clock()?;
    let listener = Application::listen(config.settings.listen, settings::LISTEN).await?;
    let admin = match config.settings.admin_listen {
        Some(address) => Some(Application::listen(address, settings::ADMIN_LISTEN).await?),
        None => None,
    };
    let _lock = InstanceLock::take(&config.settings.data_dir)?;
    if demo {
        let store = startup::open_store(&config).await?;
        demo::fill(&store, &config.portal.taxonomy, clock.now()).await?;
        store.close().await;
    } else if config.settings.is_production() {
        startup::refuse_demo_people(&config).await?;
    } else if config.is_unwritten && startup::is_demo(&config).await? {
        // The example county keeps its name where it was made with --demo once.
        config = Config::load_or_example()?;
    }
    for warning in &config.warnings {
        eprintln!("Hinweis: {warning}");
    }
    let (address, taxonomy) = (config.portal.base_url.clone(), config.portal.taxonomy.clone());
    let application = Application::start(config, clock.clone()).await?;
    let reporting = demo.then(|| {
        let store = application.store().clone();
        tokio::spawn(async move { demo::keep_fresh(&store, &taxonomy, clock.as_ref()).await })
    });
    let stop = startup::stop_signal();
    eprintln!("Das Portal läuft: {address}");
    application.serve(listener, admin, stop).await;
    if let Some(reporting) = reporting {
        reporting.abort();
    }
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
    let taxonomy = &startup::taxonomy(config, &store).await?;
    let elsewhere = Some(config.settings.data_dir.as_path());
    let request = ImportRequest { file, mapping, dry_run, rejects, elsewhere, taxonomy, now };
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

pub(super) async fn backup(config: &Config, file: &Path) -> Result<(), CommandError> {
    let now = clock()?.now().instant;
    let store = startup::open_store(config).await?;
    let report = backup::backup(&store, file, now).await?;
    store.close().await;
    println!("Gesichert in {}: {report}.", file.display());
    Ok(())
}

pub(super) fn check(file: &Path) -> Result<(), CommandError> {
    let report = backup::check(file)?;
    println!("{} ist vollständig, gesichert {}: {report}.", file.display(), report.created_at);
    Ok(())
}

pub(super) async fn restore(config: &Config, file: &Path) -> Result<(), CommandError> {
    let directory = &config.settings.data_dir;
    let _lock = InstanceLock::take(directory)?;
    let store = startup::open_store(config).await?;
    // An index of other entries would pass for one of these.
    startup::forget_index(config)?;
    let report = backup::restore(&store, file).await?;
    store.close().await;
    println!("Eingespielt aus {}, gesichert {}: {report}.", file.display(), report.created_at);
    Ok(())
}

pub(super) async fn move_to(config: &Config, to: &str) -> Result<(), CommandError> {
    let now = clock()?.now().instant;
    let directory = &config.settings.data_dir;
    let _lock = InstanceLock::take(directory)?;
    let from = startup::open_store(config).await?;
    let target = startup::connect(to).await?;
    let report = backup::copy_to(&from, &target, directory, now).await?;
    target.close().await;
    from.close().await;
    println!("Umgezogen: {report}.");
    println!(
        "Bitte setzen Sie jetzt KREISLOTSE_DATABASE_URL auf die neue Adresse und starten Sie das Portal."
    );
    Ok(())
}

pub(super) async fn places(config: &Config, file: &Path) -> Result<(), CommandError> {
    let store = startup::open_store(config).await?;
    let report = places::run(&store, file).await?;
    store.close().await;
    println!("{report}");
    Ok(())
}

pub(super) fn clock() -> Result<Arc<dyn Clock>, StartError> {
    SystemClock::new().map(|clock| Arc::new(clock) as Arc<dyn Clock>).map_err(|_| StartError::TimeZone)
}
