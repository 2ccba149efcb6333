//! The whole program over a real SQLite store with the invented county.

use std::{collections::HashMap, fs, path::Path, sync::Arc, time::Duration};

use app::backend::Clock;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use server::{
    clock::SystemClock,
    config::Config,
    service::import::{self, ImportRequest},
    startup::Application,
};
use tempfile::TempDir;
use tower::ServiceExt;

/// Longest time that anything in the background may take here.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program with the invented county in it.
pub struct County {
    pub directory: TempDir,
    pub application: Application,
    config: Config,
    router: Router,
}

impl County {
    /// Starts it and waits until it is ready.
    pub async fn ready() -> Self {
        let county = Self::starting().await;
        county.import(|text| text).await;
        county.until("/readyz", |status, _| status == StatusCode::OK).await;
        county.until("/api/v1/search", |_, text| text.contains("Haus am Auenpark")).await;
        county
    }

    async fn starting() -> Self {
        let directory = TempDir::new().expect("a directory");
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/county/portal.toml");
        let variables = HashMap::from([
            ("KREISLOTSE_DATA_DIR", directory.path().display().to_string()),
            ("KREISLOTSE_CONFIG", written.display().to_string()),
        ]);
        let config = Config::from_environment(|name| variables.get(name).cloned()).expect("a configuration");
        let clock = Arc::new(SystemClock::new().expect("a clock"));
        let application = Application::start(config.clone(), clock).await.expect("the program");
        let router = application.router();
        Self { directory, application, config, router }
    }

    /// Imports the invented county, changed as a test wants it.
    pub async fn import(&self, change: impl Fn(String) -> String) {
        let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/county");
        let records = fs::read_to_string(county.join("county.csv")).expect("records");
        let file = self.directory.path().join("county.csv");
        fs::write(&file, change(records)).expect("a file");
        let clock = SystemClock::new().expect("a clock");
        let request = ImportRequest {
            file: &file,
            mapping: &county.join("county.toml"),
            dry_run: false,
            rejects: None,
            elsewhere: None,
            taxonomy: &self.config.portal.taxonomy,
            now: clock.now().instant,
        };
        import::run(self.application.store(), &request).await.expect("an import");
    }

    pub async fn get(&self, address: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
    }

    pub async fn status(&self, address: &str) -> StatusCode {
        self.get(address).await.0
    }

    /// Asks again and again until the answer is as expected.
    pub async fn until(&self, address: &str, expected: impl Fn(StatusCode, &str) -> bool) {
        let asking = async {
            loop {
                let (status, _, text) = self.get(address).await;
                if expected(status, &text) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
        };
        assert!(tokio::time::timeout(PATIENCE, asking).await.is_ok(), "{address} is not as expected");
    }
}
