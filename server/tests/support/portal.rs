//! The real router over a backend and a clock that a test holds in its hands.

#![allow(dead_code, reason = "every test program uses its own part")]

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::{
    backend::{
        Backend, BackendError, Clock, Counts, FacilityBackend, FacilityView, Found, OrganizationBackend,
        OrganizationView, PublicAddress, SearchBackend,
    },
    domain::{
        ids::{FacilityId, Slug},
        now::Now,
        portal::{AdviceCentre, LegalPages, Portal as PortalConfig},
        search::SearchQuery,
        search_results::SearchResults,
        suggestion::{SuggestQuery, Suggestion, SuggestionKind},
    },
};
use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use server::{
    http::{self, HttpState, assets::Assets, limits::Deadlines},
    service::pulse::{Pulse, Readiness},
};
use time::{OffsetDateTime, macros::datetime};
use tower::ServiceExt;

/// What the fake backend does when it is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Answers,
    Fails(BackendError),
    Panics,
    /// Never comes to an end.
    Ponders,
}

/// A backend, a pulse and a clock in one, to be changed while requests come.
struct Fake {
    mood: Mutex<Mood>,
    readiness: Mutex<Readiness>,
    now: Mutex<Now>,
    generation: Mutex<u64>,
    fresh_until: Mutex<Option<OffsetDateTime>>,
    results: Mutex<SearchResults>,
    suggested: Mutex<SuggestQuery>,
    facility: Mutex<Found<FacilityView>>,
    addresses: Mutex<Vec<PublicAddress>>,
    searches: AtomicUsize,
    page_size: AtomicUsize,
    query: Mutex<SearchQuery>,
}

/// A portal under test.
pub struct Portal {
    fake: Arc<Fake>,
    router: Router,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A Wednesday, 12:00:20 in Berlin.
pub const NOON: Now = Now {
    instant: datetime!(2026-07-01 10:00:20 UTC),
    berlin_date: time::macros::date!(2026 - 07 - 01),
    berlin_minute: 720,
    holiday: None,
};

impl Portal {
    pub fn ready() -> Self {
        Self::at("http://localhost:3000")
    }

    pub fn indexing() -> Self {
        let portal = Self::ready();
        *portal.fake.readiness.lock().expect("a lock") = Readiness::Indexing;
        portal
    }

    pub fn broken() -> Self {
        let portal = Self::ready();
        portal.store_goes_away();
        portal
    }

    pub fn panicking() -> Self {
        let portal = Self::ready();
        *portal.fake.mood.lock().expect("a lock") = Mood::Panics;
        portal
    }

    /// Searches take longer than anybody may wait.
    pub fn pondering() -> Self {
        let deadlines = Deadlines {
            search: Duration::from_millis(20),
            other: Duration::from_mins(1),
            ..Deadlines::default()
        };
        let portal = Self::with("http://localhost:3000", Assets::default(), deadlines);
        *portal.fake.mood.lock().expect("a lock") = Mood::Ponders;
        portal
    }

    pub fn at(base_url: &str) -> Self {
        Self::with_assets(base_url, Assets::default())
    }

    pub fn with_assets(base_url: &str, assets: Assets) -> Self {
        Self::with(base_url, assets, Deadlines::default())
    }

    fn with(base_url: &str, assets: Assets, deadlines: Deadlines) -> Self {
        let fake = Arc::new(Fake {
            mood: Mutex::new(Mood::Answers),
            readiness: Mutex::new(Readiness::Ready),
            now: Mutex::new(NOON),
            generation: Mutex::new(1),
            fresh_until: Mutex::new(None),
            results: Mutex::new(no_results()),
            suggested: Mutex::default(),
            facility: Mutex::new(Found::Nowhere),
            addresses: Mutex::default(),
            searches: AtomicUsize::new(0),
            page_size: AtomicUsize::new(0),
            query: Mutex::default(),
        });
        let backend = Backend {
            search: fake.clone(),
            facilities: fake.clone(),
            organizations: fake.clone(),
            clock: fake.clone(),
            portal: configuration(base_url).into(),
        };
        let mut state = HttpState::new(backend, fake.clone(), Arc::new(assets));
        state.deadlines = deadlines;
        let router = http::router(state);
        Self { fake, router }
    }

    /// The search has not heard from the store for long.
    pub fn falls_behind(&self) {
        *self.fake.readiness.lock().expect("a lock") = Readiness::Behind;
    }

    pub fn becomes_ready(&self) {
        *self.fake.readiness.lock().expect("a lock") = Readiness::Ready;
        *self.fake.mood.lock().expect("a lock") = Mood::Answers;
    }

    /// Queries fail, and nobody has noticed yet.
    pub fn store_goes_away(&self) {
        *self.fake.mood.lock().expect("a lock") = Mood::Fails(BackendError::Unavailable);
    }

    /// The absence of the store was noticed.
    pub fn store_is_known_to_be_away(&self) {
        *self.fake.readiness.lock().expect("a lock") = Readiness::StoreAway;
    }

    /// Something in the store changed, and searches find it now.
    pub fn changes(&self, results: SearchResults) {
        *self.fake.results.lock().expect("a lock") = results;
        *self.fake.generation.lock().expect("a lock") += 1;
    }

    /// Searches find something else, and no change was announced.
    pub fn finds(&self, results: SearchResults) {
        *self.fake.results.lock().expect("a lock") = results;
    }

    pub fn a_report_expires_at(&self, instant: OffsetDateTime) {
        *self.fake.fresh_until.lock().expect("a lock") = Some(instant);
    }

    pub fn clock_shows(&self, now: Now) {
        *self.fake.now.lock().expect("a lock") = now;
    }

    /// What is found under any slug.
    pub fn has_facility(&self, found: Found<FacilityView>) {
        *self.fake.facility.lock().expect("a lock") = found;
    }

    /// What search engines are told of.
    pub fn has_addresses(&self, addresses: Vec<PublicAddress>) {
        *self.fake.addresses.lock().expect("a lock") = addresses;
    }

    /// How often the backend was asked to search.
    pub fn searches(&self) -> usize {
        self.fake.searches.load(Ordering::SeqCst)
    }

    /// What was typed when suggestions were last asked for.
    pub fn last_typed(&self) -> SuggestQuery {
        self.fake.suggested.lock().expect("a lock").clone()
    }

    /// The last search.
    pub fn last_query(&self) -> SearchQuery {
        self.fake.query.lock().expect("a lock").clone()
    }

    /// The page size of the last search.
    pub fn last_page_size(&self) -> usize {
        self.fake.page_size.load(Ordering::SeqCst)
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Method::GET, address, &[]).await
    }

    pub async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, address, headers).await
    }

    pub async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)]) -> Answer {
        // Browsers escape these; a test writes them as they are meant.
        let address = address.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// Files of the browser as `cargo xtask build` leaves them.
pub fn some_assets() -> Assets {
    let css = "main { color: black }".repeat(50);
    let files = [
        ("manifest.json", r#"{"kreislotse.css":"/pkg/kreislotse.abc.css"}"#.to_owned()),
        ("pkg/kreislotse.abc.css", css),
        ("pkg/kreislotse.abc.css.br", "brotli".to_owned()),
        ("pkg/kreislotse.abc.css.gz", "gzip".to_owned()),
    ];
    let files = files.into_iter().map(|(path, content)| (path.to_owned(), content.into()));
    Assets::new(files.collect::<HashMap<_, _>>())
}

/// A search that found nothing.
pub fn no_results() -> SearchResults {
    SearchResults {
        total: 0,
        total_free: 0,
        page: 1,
        page_size: 20,
        place: None,
        understood: Vec::new(),
        unknown: Vec::new(),
        times: app::domain::search_results::AskedTimes::default(),
        widened: None,
        facets: app::domain::search_results::Facets::default(),
        hits: Vec::new(),
        map: None,
        suggestion: None,
        ways: Vec::new(),
    }
}

fn configuration(base_url: &str) -> PortalConfig {
    PortalConfig {
        county: "Landkreis Auental".to_owned(),
        name: "Pflegelotse <Auental>".to_owned(),
        claim: "Pflege in Ihrer Nähe.".to_owned(),
        base_url: base_url.to_owned(),
        advice_centre: Some(AdviceCentre {
            name: "Pflegestützpunkt".to_owned(),
            phone: "03999 1234".to_owned(),
        }),
        legal: LegalPages { impressum: "Landkreis Auental".to_owned(), ..LegalPages::default() },
        ..PortalConfig::default()
    }
}

impl Fake {
    fn answer<T>(&self, value: T) -> Result<T, BackendError> {
        let mood = *self.mood.lock().expect("a lock");
        match mood {
            Mood::Answers => Ok(value),
            Mood::Fails(error) => Err(error),
            Mood::Panics | Mood::Ponders => panic!("panicking on purpose"),
        }
    }
}

#[async_trait]
impl SearchBackend for Fake {
    async fn search(&self, query: &SearchQuery, page_size: usize) -> Result<SearchResults, BackendError> {
        *self.query.lock().expect("a lock") = query.clone();
        self.searches.fetch_add(1, Ordering::SeqCst);
        self.page_size.store(page_size, Ordering::SeqCst);
        if *self.mood.lock().expect("a lock") == Mood::Ponders {
            std::future::pending::<()>().await;
        }
        let results = self.results.lock().expect("a lock").clone();
        self.answer(results)
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, BackendError> {
        *self.suggested.lock().expect("a lock") = query.clone();
        let url = "/suche?ort=Auenstadt".to_owned();
        self.answer(vec![Suggestion::new(SuggestionKind::Place, "Auenstadt", None, url)])
    }

    async fn counts(&self) -> Result<Counts, BackendError> {
        self.answer(Counts::default())
    }
}

#[async_trait]
impl FacilityBackend for Fake {
    async fn list_facilities(&self, _: &[FacilityId]) -> Result<Vec<FacilityView>, BackendError> {
        self.answer(Vec::new())
    }

    async fn find_facility(&self, _: &Slug) -> Result<Found<FacilityView>, BackendError> {
        let facility = self.facility.lock().expect("a lock").clone();
        self.answer(facility)
    }

    async fn list_addresses(&self) -> Result<Vec<PublicAddress>, BackendError> {
        let addresses = self.addresses.lock().expect("a lock").clone();
        self.answer(addresses)
    }
}

#[async_trait]
impl OrganizationBackend for Fake {
    async fn find_organization(&self, _: &Slug) -> Result<Found<OrganizationView>, BackendError> {
        self.answer(Found::Nowhere)
    }
}

impl Clock for Fake {
    fn now(&self) -> Now {
        *self.now.lock().expect("a lock")
    }
}

impl Pulse for Fake {
    fn generation(&self) -> u64 {
        *self.generation.lock().expect("a lock")
    }

    fn fresh_until(&self, _: Now) -> Option<OffsetDateTime> {
        *self.fresh_until.lock().expect("a lock")
    }

    fn readiness(&self) -> Readiness {
        *self.readiness.lock().expect("a lock")
    }
}
