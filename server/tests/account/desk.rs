//! Somebody with a browser without JavaScript in front of the portal.

use std::{
    collections::HashMap,
    net::IpAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use app::domain::{
    account::{CountyRole, OrganizationRole, Password},
    facility::Facility,
    ids::{AccountId, OrganizationId},
    offer::{Offer, Source},
    place::Municipality,
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use server::{
    config::Config,
    http::peer::Peer,
    service::{
        account::{AccountService, NewAccount},
        mail::Mailbox,
    },
    startup::Application,
    store::Store,
};
use sqlx::{Connection, Executor, SqliteConnection};
use tempfile::TempDir;
use time::{Duration, macros::datetime};
use totp_rs::{Builder, Secret};
use tower::ServiceExt;

pub use crate::support::clock::TestClock;
use crate::support::samples;

pub const PASSWORD: &str = "Regenschirm tanzt lila";
const BASE_URL: &str = "https://pflege.example";
pub const EMAIL: &str = "petra@heim.example";

/// What the app shows for a secret.
pub fn code(office: &Office, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let seconds = u64::try_from(office.clock.instant().unix_timestamp()).expect("a time");
    Builder::new().with_secret(secret).build_noncompliant().generate(seconds).to_string()
}

/// The secret that a page shows.
pub fn secret_of(page: &str) -> String {
    let shown = page.split("account__secret\">").nth(1).and_then(|rest| rest.split('<').next());
    shown.filter(|shown| shown.len() == 39).expect("a secret of 32 letters in groups").replace(' ', "")
}

/// The portal of a county.
pub struct Office {
    application: Application,
    /// Second factors that were set up, by address.
    secrets: Mutex<HashMap<String, String>>,
    pub accounts: AccountService,
    pub clock: Arc<TestClock>,
    router: Router,
    directory: TempDir,
}

impl Office {
    pub async fn open() -> Self {
        let directory = TempDir::new().expect("a directory");
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/county/portal.toml");
        let variables = HashMap::from([
            ("KREISLOTSE_DATA_DIR", directory.path().display().to_string()),
            ("KREISLOTSE_CONFIG", written.display().to_string()),
            ("KREISLOTSE_BASE_URL", BASE_URL.to_owned()),
            // Nobody is there: what was written stays in the queue.
            ("KREISLOTSE_SMTP_URL", "smtp://127.0.0.1:1".to_owned()),
        ]);
        let config = Config::from_environment(|name| variables.get(name).cloned()).expect("a configuration");
        let clock = Arc::new(TestClock::at(datetime!(2026-07-01 10:00 UTC)));
        let portal = config.portal.clone();
        let application = Application::start(config, clock.clone()).await.expect("the program");
        let mailbox = Mailbox::new(Arc::new(portal));
        let accounts = AccountService::new(application.store().clone(), clock.clone(), mailbox);
        let router = application.router();
        let secrets = Mutex::default();
        Self { application, secrets, accounts, clock, router, directory }
    }

    pub fn store(&self) -> &Store {
        self.application.store()
    }

    /// What answers requests that no browser makes.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// An organization of the directory.
    pub async fn organization(&self, name: &str) -> OrganizationId {
        let organization = samples::organization(name);
        let mut tx = self.store().begin().await.expect("a transaction");
        tx.insert_organization(&organization).await.expect("inserted");
        tx.commit().await.expect("committed");
        organization.id
    }

    /// A public entry of an organization with one offer; its address is the name in the spelling of slugs.
    pub async fn entry(&self, name: &str, organization: OrganizationId) -> Facility {
        let mut known = self.store().list_organizations().await.expect("organizations").into_iter();
        let organization = known.find(|own| own.id == organization).expect("an organization");
        let municipality = self.municipality().await;
        let mut facility = samples::full_facility(name, &organization, &municipality);
        facility.pictures.clear();
        facility.source = Source::Provider;
        facility.updated_at = self.clock.instant() - Duration::days(30);
        let offer =
            Offer { source: Source::Provider, external_id: None, ..samples::full_offer("tagespflege", "1") };
        let mut tx = self.store().begin().await.expect("a transaction");
        tx.insert_facility(&facility, None).await.expect("inserted");
        tx.insert_offer(facility.id, &offer).await.expect("inserted");
        tx.commit().await.expect("committed");
        facility.offers = vec![offer];
        facility
    }

    /// The municipality of all entries.
    pub async fn municipality(&self) -> Municipality {
        let known = self.store().list_municipalities().await.expect("municipalities").into_iter().next();
        if let Some(known) = known {
            return known;
        }
        let municipality = samples::municipality("Parchim", Some("13076108"));
        let mut tx = self.store().begin().await.expect("a transaction");
        tx.insert_municipality(&municipality).await.expect("inserted");
        tx.commit().await.expect("committed");
        municipality
    }

    /// Asks for a page until it is nowhere.
    pub async fn goes(&self, path: &str) {
        for _ in 0..600 {
            if self.browser().get(path).await.status == StatusCode::NOT_FOUND {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{path} never went");
    }

    /// Asks for something until it is there.
    pub async fn comes(&self, path: &str, text: &str) {
        for _ in 0..600 {
            if self.browser().get(path).await.text.contains(text) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let last = self.browser().get(path).await;
        panic!("{text} never came at {path}: {} {}", last.status, last.text);
    }

    pub async fn joins(&self, account: AccountId, organization: OrganizationId, role: OrganizationRole) {
        let mut tx = self.store().begin().await.expect("a transaction");
        tx.save_membership(account, organization, role).await.expect("saved");
        tx.commit().await.expect("committed");
    }

    /// Runs a statement that no part of the program would.
    pub async fn execute(&self, statement: &'static str) {
        let file = self.directory.path().join("kreislotse.db");
        let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await;
        database.as_mut().expect("the file").execute(statement).await.expect("executed");
    }

    pub async fn person(&self, email: &str, county_role: Option<CountyRole>) -> AccountId {
        let (email, name) = (email.to_owned(), "Petra Muster".to_owned());
        let new = NewAccount { email, name, password: Password::typed(PASSWORD), county_role };
        self.accounts.add(new).await.expect("an account").id
    }

    /// A browser in which somebody has signed in with both steps; the second one is set up where it is missing.
    pub async fn signed_in_twice(&self, email: &str) -> Browser<'_> {
        let browser = self.signed_in(email).await;
        let known = self.secrets.lock().expect("a lock").get(email).cloned();
        if let Some(secret) = known {
            browser.post("/anmelden/code", &[("code", &code(self, &secret))]).await.leads_to("/konto");
        } else {
            let secret = secret_of(&browser.get("/konto/zweiter-schritt").await.text);
            let fields = [("code", &*code(self, &secret)), ("passwort", PASSWORD)];
            browser.post("/konto/zweiter-schritt", &fields).await.shows("Ihre Ersatzcodes");
            self.secrets.lock().expect("a lock").insert(email.to_owned(), secret);
        }
        browser
    }

    /// What was written to an address, the newest first.
    pub async fn mails_to(&self, email: &str) -> Vec<Letter> {
        let mails = self.accounts.list_mail().await.expect("mails");
        let to = mails.into_iter().filter(|mail| mail.recipient.as_str() == email);
        to.map(|mail| Letter { subject: mail.subject, text: mail.text }).collect()
    }

    pub async fn newest_mail(&self, email: &str) -> Letter {
        self.mails_to(email).await.into_iter().next().expect("a mail")
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Browser<'_> {
        Browser { office: self, cookie: Mutex::default(), network: "203.0.113.1".to_owned() }
    }

    /// A browser in which somebody has signed in by password.
    pub async fn signed_in(&self, email: &str) -> Browser<'_> {
        let browser = self.browser();
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }
}

/// A mail as its reader sees it.
#[derive(Debug)]
pub struct Letter {
    pub subject: String,
    pub text: String,
}

impl Letter {
    /// The path of the link that begins so.
    pub fn link(&self, path: &str) -> String {
        let mut links = self.text.split_whitespace().filter_map(|word| word.strip_prefix(BASE_URL));
        links.rfind(|link| link.starts_with(path)).expect("a link").to_owned()
    }
}

/// A browser: it keeps the cookie and asks from one network.
pub struct Browser<'a> {
    office: &'a Office,
    pub cookie: Mutex<Option<String>>,
    pub network: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Nothing where the answer is no text.
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn leads_to(&self, path: &str) {
        assert_eq!((self.status, self.header("location")), (StatusCode::SEE_OTHER, path), "{}", self.text);
    }

    pub fn refuses(&self, status: StatusCode, text: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert!(
            self.text.contains("Bitte prüfen Sie Ihre Angaben") && self.text.contains(text),
            "{}",
            self.text
        );
    }

    pub fn shows(&self, text: &str) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        assert!(self.text.contains(text), "{text} is missing in {}", self.text);
    }
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("sec-fetch-site", "none")], String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin")], encoded(fields)).await
    }

    /// A form on another site that posts here.
    pub async fn post_from_elsewhere(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
        self.send(Method::POST, path, &headers, encoded(fields)).await
    }

    /// A program that is no browser: it says nothing of where it comes from.
    #[allow(dead_code, reason = "not every test program speaks to programs")]
    pub async fn post_as_program(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &[], encoded(fields)).await
    }

    /// A program that reads mails and presses a button for its reader (RFC 8058).
    #[allow(dead_code, reason = "not every test program reads mails")]
    pub async fn post_by_program(&self, path: &str) -> Answer {
        self.send(Method::POST, path, &[], "List-Unsubscribe=One-Click".to_owned()).await
    }

    /// The same program, with a form as RFC 8058 would rather have it.
    #[allow(dead_code, reason = "not every test program reads mails")]
    pub async fn post_parts_by_program(&self, path: &str) -> Answer {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        let kind = "multipart/form-data; boundary=x";
        self.send_as(kind, Method::POST, path, &[], body.as_bytes().to_vec()).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/anmelden", &[("email", email), ("passwort", password)]).await
    }

    /// Sends a form with files: name of the field, name of the file (none: it is a plain field), content.
    pub async fn post_files(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
        const BOUNDARY: &str = "kreislotse-test-boundary";
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_as(&kind, Method::POST, path, &[("sec-fetch-site", "same-origin")], body).await
    }

    /// Sends a form with one file in it, under a name that says what it is not.
    pub async fn send_file(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut parts: Vec<(&str, Option<&str>, &[u8])> =
            fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        parts.push(("datei", Some("../bild.jpg"), file));
        self.post_files(path, &parts).await
    }

    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        self.send_as("application/x-www-form-urlencoded", method, path, headers, body.into_bytes()).await
    }

    async fn send_as(
        &self,
        kind: &str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", kind)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .header("x-forwarded-for", &self.network);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &*self.cookie.lock().expect("a lock") {
            request = request.header("cookie", cookie);
        }
        // The county's proxy is on the same machine.
        request = request.extension(Peer(IpAddr::from([127, 0, 0, 1])));
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.office.router().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        if let Some(set) = parts.headers.get("set-cookie").and_then(|value| value.to_str().ok()) {
            let pair = set.split(';').next().unwrap_or_default();
            let is_gone = pair.ends_with('=') || set.contains("Max-Age=0");
            *self.cookie.lock().expect("a lock") = (!is_gone).then(|| pair.to_owned());
        }
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text, bytes: bytes.to_vec() }
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}
