//! The edge: axum and nothing else knows it. Order of the layers, from outside: security headers,
//! log, problems for programs, panic, limits, cross-site check,
//! routes.

use std::sync::Arc;

use app::{backend::Backend, routes, shell::Site};
use axum::{
    Router, middleware,
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    metrics::Metrics,
    service::{
        account::AccountService, alert::AlertService, capacity::CapacityService, entry::EntryService,
        pulse::Pulse, reminder::ReminderService, trust::TrustService, vocabulary::VocabularyService,
    },
};

mod access_log;
mod account;
pub mod admin;
mod alert;
pub mod api;
pub mod assets;
mod cross_site;
pub mod encoding;
pub mod error_page;
mod health;
pub mod limits;
mod opensearch;
mod pages;
pub mod peer;
pub mod rendered;
mod robots;
pub mod security_headers;
pub mod serve;
mod server_fn;
mod sitemap;
pub mod tidy;
mod xml;

/// Everything a handler can reach.
#[derive(Clone)]
pub struct HttpState {
    pub backend: Backend,
    pub pulse: Arc<dyn Pulse>,
    pub assets: Arc<assets::Assets>,
    pub rendered: rendered::RenderedPages,
    pub deadlines: limits::Deadlines,
    pub metrics: Arc<Metrics>,
    /// `None`: nobody can sign in.
    pub accounts: Option<Offices>,
}

/// The services for those who sign in.
#[derive(Clone)]
pub struct Offices {
    pub accounts: Arc<AccountService>,
    pub entries: Arc<EntryService>,
    pub vocabulary: Arc<VocabularyService>,
    pub capacity: Arc<CapacityService>,
    pub alerts: Arc<AlertService>,
    pub reminders: Arc<ReminderService>,
    pub trust: Arc<TrustService>,
}

impl HttpState {
    pub fn new(backend: Backend, pulse: Arc<dyn Pulse>, assets: Arc<assets::Assets>) -> Self {
        let (rendered, deadlines) = (rendered::RenderedPages::default(), limits::Deadlines::default());
        Self { backend, pulse, assets, rendered, deadlines, metrics: Arc::default(), accounts: None }
    }

    /// The same where people can sign in.
    #[must_use]
    pub fn with_accounts(self, offices: Offices) -> Self {
        Self { accounts: Some(offices), ..self }
    }

    /// What a page needs to know that asks no backend.
    fn site(&self) -> Site {
        Site { portal: self.backend.portal(), assets: self.assets.addresses().clone(), reader: None }
    }
}

/// The whole router: what `serve` listens with, and what the tests call.
pub fn router(state: HttpState) -> Router {
    let panicked = state.clone();
    let accounts = state.accounts.clone().map(|offices| {
        let alerts = alert::router(&state, offices.alerts.clone());
        account::router(&state, offices).merge(alerts)
    });
    let programs = state.accounts.clone().map(|offices| api::capacity::router(&state, offices.capacity));
    Router::new()
        .merge(accounts.unwrap_or_default())
        .merge(programs.unwrap_or_default())
        .route(routes::LIVEZ, get(health::livez))
        .route(routes::READYZ, get(health::readyz))
        .route(routes::API_SEARCH, get(api::search::answer))
        .route(routes::API_SUGGEST, get(api::suggest::answer))
        .route(routes::API_DESCRIPTION, get(api::description::answer))
        .route("/api/fn/{*name}", any(server_fn::answer))
        .route("/pkg/{*path}", get(assets::answer))
        .route("/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::favicon))
        .route(routes::ROBOTS, get(robots::answer))
        .route(routes::SITEMAP, get(sitemap::answer))
        .route(routes::OPENSEARCH, get(opensearch::answer))
        .method_not_allowed_fallback(error_page::method_not_allowed)
        .fallback(pages::answer)
        .layer(middleware::from_fn_with_state(state.clone(), cross_site::refuse_foreign))
        .layer(middleware::from_fn_with_state(state.clone(), limits::bound))
        .layer(CatchPanicLayer::custom(move |_| error_page::INTERNAL.response(&panicked)))
        .layer(middleware::from_fn(error_page::for_programs))
        .layer(middleware::from_fn_with_state(state.clone(), access_log::log))
        .layer(middleware::from_fn_with_state(state.clone(), security_headers::add))
        .with_state(state)
}
