//! Builds store, index, services and router. The program and the tests use the same.

use std::{convert::Infallible, future::Future, net::SocketAddr, sync::Arc};

use app::{
    backend::{Backend, Clock, CurrentPortal},
    domain::{care_type::Taxonomy, place::PostalCode},
    shell::{COUNTY_STYLE, LOGO},
};
use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    clock::CountyClock,
    config::Config,
    http::{
        self, HttpState, Offices,
        admin::{self, AdminState},
        assets::Assets,
        serve::{Bounds, serve},
        tidy::TidyListener,
    },
    index::places::OutsidePlace,
    jobs::{alerts::AlertJob, mail::MailJob, reminders::ReminderJob},
    service::{
        account::AccountService, alert::AlertService, capacity::CapacityService, demo, entry::EntryService,
        facility::FacilityService, mail::Mailbox, organization::OrganizationService,
        reminder::ReminderService, search::SearchService, trust::TrustService, vocabulary::VocabularyService,
    },
    store::Store,
};

mod data_directory;
mod error;

pub use data_directory::{InstanceLock, prepare};
pub use error::StartError;

/// The whole program behind one router.
pub struct Application {
    router: Router,
    admin: Router,
    store: Store,
    follower: JoinHandle<()>,
    presence: JoinHandle<Infallible>,
    /// What runs beside requests: letters that are sent.
    jobs: Vec<JoinHandle<Infallible>>,
}

/// The files of the browser, with what the county gave.
fn assets(config: &Config) -> Assets {
    let mut assets = Assets::embedded();
    if let Some(accent) = config.accent {
        assets = assets.with(COUNTY_STYLE, "css", accent.css().into_bytes());
    }
    if let Some(logo) = &config.logo {
        assets = assets.with(LOGO, logo.kind, logo.bytes.clone());
    }
    assets
}

/// Opens the store of a configuration and brings its schema up to date.
pub async fn open_store(config: &Config) -> Result<Store, StartError> {
    prepare(&config.settings.data_dir)?;
    connect(&config.settings.database_url).await
}

/// Opens the store at an address and brings its schema up to date.
pub async fn connect(url: &str) -> Result<Store, StartError> {
    let store = Store::connect(url).await.map_err(|error| StartError::store(url, error))?;
    store.migrate().await.map_err(|error| StartError::store(url, error))?;
    Ok(store)
}

/// Refuses a county's own portal whose database is the example, or has its accounts.
///
/// # Errors
/// [`StartError::DemoPeople`]
pub async fn refuse_demo_people(config: &Config) -> Result<(), StartError> {
    let store = open_store(config).await?;
    // Accounts may have other addresses by now: the example says of itself that it is one.
    let found = match demo::is_demo(&store).await {
        Ok(false) => demo::has_demo_people(&store).await,
        answer => answer,
    };
    store.close().await;
    let found = found.map_err(|error| StartError::store(&config.settings.database_url, error))?;
    if found { Err(StartError::DemoPeople) } else { Ok(()) }
}

/// The care types and specialisms of a county: as they were configured, with what it has changed since.
pub async fn taxonomy(config: &Config, store: &Store) -> Result<Taxonomy, StartError> {
    let changed = store.list_vocabulary().await;
    let changed = changed.map_err(|error| StartError::store(&config.settings.database_url, error))?;
    Ok(changed.taxonomy(&config.portal.taxonomy))
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
    /// Opens an address early, so that a taken one is noticed before any work. `variable` is where it
    /// comes from.
    pub async fn listen(address: SocketAddr, variable: &'static str) -> Result<TcpListener, StartError> {
        TcpListener::bind(address).await.map_err(|error| StartError::listen(address, variable, &error))
    }

    /// Builds everything. The index is built in the background; `/readyz` says when it is there.
    ///
    /// Needs a Tokio runtime with several threads.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let store = open_store(&config).await?;
        let mut portal = config.portal.clone();
        portal.demo |= asked_whether_demo(&config, &store).await?;
        let portal = CurrentPortal::from(portal);
        portal.change(taxonomy(&config, &store).await?);
        let clock: Arc<dyn Clock> = Arc::new(CountyClock::new(clock, portal.get().holidays.clone()));
        let search = search_service(&config, &store, &clock, &portal);
        let backend = Backend {
            search: search.clone(),
            facilities: Arc::new(FacilityService::new(store.clone(), clock.clone(), portal.clone())),
            organizations: Arc::new(OrganizationService::new(store.clone(), clock.clone(), portal.clone())),
            clock,
            portal,
        };
        let clock = backend.clock.clone();
        let mailbox = Mailbox::new(backend.portal.clone());
        let mut jobs = Vec::new();
        // Without a mail server nobody sends anything.
        if let Some(sender) = config.mail.clone() {
            let job = MailJob::new(store.clone(), clock.clone(), Arc::new(sender), mailbox.wake());
            jobs.push(tokio::spawn(job.run()));
        }
        let reminders = Arc::new(ReminderService::new(store.clone(), clock.clone(), mailbox.clone()));
        if mailbox.portal().has_mail() {
            jobs.push(tokio::spawn(ReminderJob::new(reminders.clone()).run()));
        }
        let accounts = Arc::new(AccountService::new(store.clone(), clock.clone(), mailbox.clone()));
        let alerts =
            Arc::new(AlertService::new(store.clone(), clock.clone(), mailbox.clone(), search.clone()));
        // Where nobody would read them, there are none.
        if backend.portal.get().has_mail() {
            jobs.push(tokio::spawn(AlertJob::new(alerts.clone()).run()));
        }
        let entries = EntryService::new(store.clone(), clock.clone(), mailbox, accounts.clone());
        let vocabulary = VocabularyService::new(
            store.clone(),
            clock.clone(),
            backend.portal.clone(),
            accounts.clone(),
            search.clone(),
        );
        let capacity = CapacityService::new(store.clone(), clock.clone(), backend.portal.clone());
        let trust = Arc::new(TrustService::new(store.clone(), clock.clone(), backend.portal.clone()));
        jobs.push(tokio::spawn(trust.clone().forget_daily()));
        let offices = Offices {
            accounts,
            entries: Arc::new(entries),
            vocabulary: Arc::new(vocabulary),
            capacity: Arc::new(capacity),
            alerts,
            reminders,
            trust,
        };
        let state = HttpState::new(backend, search.clone(), Arc::new(assets(&config))).with_accounts(offices);
        let metrics = state.metrics.clone();
        let admin =
            admin::router(AdminState { metrics, search: search.clone(), store: store.clone(), clock });
        let follower = tokio::spawn(search.follow());
        let serving = store.clone();
        let presence = tokio::spawn(async move { serving.stay_present().await });
        Ok(Self { router: http::router(state), admin, store, follower, presence, jobs })
    }

    /// What answers requests; tests call it directly.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What answers on the address of the metrics; tests call it directly.
    pub fn admin(&self) -> Router {
        self.admin.clone()
    }

    /// The store behind it, for tests.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Serves until `stop`, then lets running requests end, at most for ten seconds.
    /// The metrics are on an address of their own, or nowhere.
    pub async fn serve(
        self,
        listener: TcpListener,
        admin: Option<TcpListener>,
        stop: impl Future<Output = ()>,
    ) {
        let admin = admin.map(|listener| {
            let never = std::future::pending();
            tokio::spawn(serve(TidyListener(listener), self.admin, Bounds::default(), never))
        });
        serve(TidyListener(listener), self.router, Bounds::default(), stop).await;
        end(self.follower).await;
        end(self.presence).await;
        for job in self.jobs {
            end(job).await;
        }
        if let Some(admin) = admin {
            admin.abort();
        }
        self.store.close().await;
    }
}

/// Ends background work and waits for its end: what still runs must find store and clock.
async fn end<T>(work: JoinHandle<T>) {
    work.abort();
    // That it was ended is no news.
    let _ = work.await;
}

/// Builds the search index anew and waits until it is complete.
///
/// Needs a Tokio runtime with several threads, and no portal that serves from the same directory.
pub async fn reindex(config: &Config, clock: Arc<dyn Clock>) -> Result<(), StartError> {
    let store = open_store(config).await?;
    forget_index(config)?;
    let search = search_service(config, &store, &clock, &config.portal.clone().into());
    let built = search.build_once().await;
    store.close().await;
    built.map_err(|_| StartError::Index)
}

/// Removes the search index: the next start builds it anew.
pub fn forget_index(config: &Config) -> Result<(), StartError> {
    let directory = config.settings.index_dir();
    if directory.exists() {
        std::fs::remove_dir_all(&directory)
            .map_err(|_| StartError::DataDirectory(config.settings.data_dir.clone()))?;
    }
    Ok(())
}

fn search_service(
    config: &Config,
    store: &Store,
    clock: &Arc<dyn Clock>,
    portal: &CurrentPortal,
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

/// Ends when the process is told to stop (SIGTERM, SIGINT). It listens from this call on, so that who is
/// told right after the start stops in order, too.
pub fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate()).and_then(|t| Ok((t, signal(SignalKind::interrupt())?)));
    async move {
        match signals {
            Ok((mut terminate, mut interrupt)) => {
                tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            }
            // Without handlers the operating system ends the process at once.
            Err(_) => std::future::pending().await,
        }
    }
}
