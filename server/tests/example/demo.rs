//! The program with the example county in it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::{
    backend::Clock,
    domain::{
        account::OrganizationRole,
        demo_people::{DemoRole, PASSWORD, PEOPLE},
    },
    routes,
};
use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use server::{clock::SystemClock, config::Config, service::demo, startup, startup::Application};
use tempfile::TempDir;
use tower::ServiceExt;

/// The portal with the example county in it.
pub struct Demo {
    router: Router,
    _application: Application,
    _directory: TempDir,
}

impl Demo {
    /// As `serve --demo` does it, where nobody wrote a `portal.toml`.
    pub async fn ready() -> Self {
        let directory = TempDir::new().expect("a directory");
        let variables = HashMap::from([("KREISLOTSE_DATA_DIR", directory.path().display().to_string())]);
        let config = Config::or_example(|name| variables.get(name).cloned()).expect("a configuration");
        let clock = Arc::new(SystemClock::new().expect("a clock"));
        let store = startup::open_store(&config).await.expect("a store");
        demo::fill(&store, &config.portal.taxonomy, clock.now()).await.expect("filled");
        store.close().await;
        let application = Application::start(config, clock).await.expect("the program");
        let demo = Self { router: application.router(), _application: application, _directory: directory };
        for _ in 0..600 {
            if demo.get("/readyz").await.0 == 200 {
                return demo;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not become ready");
    }

    pub async fn get(&self, address: &str) -> (u16, String) {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
    }

    pub async fn search(&self, query: &str) -> serde_json::Value {
        let (status, text) = self.get(&format!("{}?{query}", routes::API_SEARCH)).await;
        assert_eq!(status, 200, "{query}");
        serde_json::from_str(&text).expect("JSON")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_try_every_role_of_the_example() {
    let demo = Demo::ready().await;
    let (status, page) = demo.get(routes::SIGN_IN).await;
    assert_eq!(status, 200);
    for person in PEOPLE {
        assert!(page.contains(person.email), "{}", person.email);
        let form = format!("email={}&passwort={}", person.email, PASSWORD.replace(' ', "+"));
        let request = Request::post(routes::SIGN_IN)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        let answer = demo.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(
            answer.headers().get("location").map(axum::http::HeaderValue::as_bytes),
            Some(&b"/konto"[..]),
            "{}",
            person.email
        );
        let cookie = answer.headers().get("set-cookie").expect("a cookie").clone();
        let start = if matches!(person.role, DemoRole::County(_)) { routes::COUNTY } else { routes::EDITING };
        let request = Request::get(start).header("cookie", cookie).body(Body::empty()).expect("a request");
        let answer = demo.router.clone().oneshot(request).await.expect("an answer");
        // Whoever only reports is led to the one screen there is for them.
        let only_reports = person.role == DemoRole::Organization(OrganizationRole::Capacity);
        let expected = if only_reports { 303 } else { 200 };
        assert_eq!(answer.status(), expected, "{} needs no second step here", person.email);
        let led_to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
        assert_eq!(led_to.ends_with("/meldung"), only_reports, "{led_to}");
    }
    assert_eq!(demo.get(routes::OUTBOX).await.0, 200);
}
