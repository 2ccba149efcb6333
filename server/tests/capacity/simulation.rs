//! Ninety days of a county in which some report in time, some late and most hardly ever: at each moment each light is
//! what the rule says, on every page and every node, and nobody saves anything in between.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
    time::Duration as Patience,
};

use app::{
    backend::access::CapacityReporter,
    domain::{
        capacity::{Intake, Statement, WaitingList},
        ids::OfferId,
        portal::Portal,
    },
};
use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use server::{
    config::Config,
    service::capacity::{CapacityService, Seen},
    startup::Application,
};
use tempfile::TempDir;
use time::{Date, Duration, OffsetDateTime, macros::datetime};
use tower::ServiceExt;

use crate::{
    reference::{self, Noted},
    support::{TestStore, clock::TestClock, samples, stores},
    world::said,
};

/// A Tuesday; summer time ends on day 60.
const BEGIN: OffsetDateTime = datetime!(2026-08-25 22:00 UTC);
const DAYS: i64 = 90;

/// Types of offers, how long their reports hold, and whether they count places.
const TYPES: [(&str, i64, bool); 6] = [
    ("vollstationaere-pflege", 7, true),
    ("kurzzeitpflege", 3, true),
    ("tagespflege", 14, true),
    ("betreutes-wohnen", 30, true),
    ("ambulanter-pflegedienst", 14, false),
    ("physiotherapie", 60, false),
];
/// Offers of each type: one reports in time, one late, one once, one never.
const HABITS: [i64; 4] = [60, 130, i64::MAX, 0];

/// Numbers that look drawn and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// A day from today on.
    fn day(&mut self, today: Date) -> Date {
        today + Duration::days(i64::try_from(self.below(12)).expect("a number"))
    }
}

/// What an office says one day.
fn news(draw: &mut Draw, at: OffsetDateTime, days: i64, counts: bool) -> (Noted, Statement) {
    let today = reference::on_the_wall(at).date();
    let stop = draw.one_in(6);
    let stop_until = (stop && draw.one_in(2)).then(|| draw.day(today));
    let from = draw.one_in(4).then(|| draw.day(today));
    let free = counts.then(|| u32::try_from(draw.below(3)).expect("a number"));
    let list_open = draw.one_in(3);
    let intake = match draw.below(3) {
        _ if counts => "",
        0 if !stop => "accepting",
        1 => "waiting",
        _ => "stopped",
    };
    let noted = Noted { at, days, free, from, intake, list_open, stop, stop_until };
    let statement = Statement {
        free_now: free,
        free_from: from,
        intake: match intake {
            "accepting" => Intake::Accepting,
            "waiting" => Intake::Waiting,
            "stopped" => Intake::Stopped,
            _ => Intake::NotSaid,
        },
        waiting_list: if list_open { WaitingList::Open } else { WaitingList::NotSaid },
        intake_stop: stop,
        intake_stop_until: stop_until,
        ..Statement::default()
    };
    (noted, statement)
}

/// All reports of the ninety days: when, on which offer (by number), what.
fn reports() -> BTreeMap<(OffsetDateTime, usize), (Noted, Statement)> {
    let mut draw = Draw(2_026);
    let mut all = BTreeMap::new();
    for (number, (_, days, counts)) in offers().into_iter().enumerate() {
        let habit = HABITS[number % HABITS.len()];
        if habit == 0 {
            continue;
        }
        let mut day = i64::try_from(draw.below(5)).expect("a number");
        while day < DAYS {
            // Between seven and six, by the second.
            let second = 7 * 3_600 + i64::try_from(draw.below(11 * 3_600)).expect("a number");
            let wall = reference::on_the_wall(BEGIN) + Duration::days(day) + Duration::seconds(second);
            let at = reference::when_the_wall_shows(wall);
            all.insert((at, number), news(&mut draw, at, days, counts));
            day = day.saturating_add((days.saturating_mul(habit) / 100).max(1));
        }
    }
    all
}

fn offers() -> Vec<(&'static str, i64, bool)> {
    TYPES.iter().flat_map(|own| HABITS.map(|_| *own)).collect()
}

/// When somebody looks: around the end of each report, at each midnight, and twice a day besides.
fn looks(reports: &BTreeMap<(OffsetDateTime, usize), (Noted, Statement)>) -> Vec<OffsetDateTime> {
    let mut looks = Vec::new();
    for (noted, _) in reports.values() {
        looks.extend([-1, 0, 1].map(|second| noted.over() + Duration::seconds(second)));
        looks.push(noted.at + Duration::seconds(1));
    }
    for day in 0..DAYS {
        let midnight = reference::on_the_wall(BEGIN) + Duration::days(day);
        let midnight = reference::when_the_wall_shows(midnight);
        looks.extend([-1, 0, 9 * 3_600, 19 * 3_600].map(|second| midnight + Duration::seconds(second)));
    }
    looks.retain(|at| (BEGIN..BEGIN + Duration::days(DAYS)).contains(at));
    looks.sort_unstable();
    looks.dedup();
    looks
}

/// A node of the portal over a store.
struct Node {
    application: Application,
    router: Router,
    _data: TempDir,
}

impl Node {
    async fn start(url: &str, clock: &Arc<TestClock>) -> Self {
        let data = TempDir::new().expect("a directory");
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/county/portal.toml");
        let variables = HashMap::from([
            ("KREISLOTSE_DATA_DIR", data.path().display().to_string()),
            ("KREISLOTSE_DATABASE_URL", url.to_owned()),
            ("KREISLOTSE_CONFIG", written.display().to_string()),
        ]);
        let config = Config::from_environment(|name| variables.get(name).cloned()).expect("a configuration");
        let application = Application::start(config, clock.clone()).await.expect("the program");
        let router = application.router();
        Self { application, router, _data: data }
    }

    async fn get(&self, path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        String::from_utf8(body.to_vec()).expect("text")
    }

    async fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(path).await).unwrap_or_default()
    }

    /// Waits until the search has taken in what was reported, which it says in its metrics.
    async fn catches_up(&self) {
        for _ in 0..2_000 {
            let request = Request::get("/metrics").body(Body::empty()).expect("a request");
            let answer = self.application.admin().oneshot(request).await.expect("an answer");
            let body = answer.into_body().collect().await.expect("a body").to_bytes();
            let text = String::from_utf8(body.to_vec()).expect("text");
            let says = |line: &str| text.lines().any(|own| own == line);
            if says("kreislotse_ready 1") && says("kreislotse_index_lag_changes 0") {
                return;
            }
            tokio::time::sleep(Patience::from_millis(10)).await;
        }
        panic!("the node does not hear of reports");
    }

    /// The first thing that is not what the reference says.
    async fn difference(&self, expected: &[Expected], at: OffsetDateTime) -> Option<String> {
        let shown = self.json(ALL).await;
        for (id, light, free) in expected {
            let offer = offer_of(&shown, id);
            let is_right = offer.is_some_and(|offer| {
                offer["availability"] == *light && offer["free_now"].as_u64() == free.map(u64::from)
            });
            if !is_right {
                return Some(format!("{at}: {light} {free:?} and not {offer:?}"));
            }
        }
        for (light, word) in LIGHTS {
            let count = expected.iter().filter(|(_, own, _)| *own == light).count();
            let facet = shown["facets"]["ampel"].as_array()?.iter().find(|own| own["value"] == word);
            if facet.map_or(0, |own| own["count"].as_u64().unwrap_or(0)) != count as u64 {
                return Some(format!("{at}: {count} {word} and not {facet:?}"));
            }
        }
        let free = expected.iter().filter(|(_, light, _)| *light == "free").count();
        let filtered = self.json("/api/v1/search?limit=100&ampel=frei").await;
        if filtered["total"] != free {
            return Some(format!("{at}: {free} behind the filter and not {}", filtered["total"]));
        }
        // Pages are dear; which moments they are looked at is left to the second.
        if at.unix_timestamp() % 3 != 0 {
            return None;
        }
        // The page that people see, and that is kept while nothing changes; the map is part of it.
        let page = self.get("/suche?ansicht=karte&ampel=frei").await;
        let cards = page.matches("<article").count();
        (cards != free.min(20)).then(|| format!("{at}: {free} on the page and not {cards}"))
    }
}

/// An offer, its light and its free places.
type Expected = (String, &'static str, Option<u32>);

const ALL: &str = "/api/v1/search?limit=100";

fn offer_of<'a>(answer: &'a serde_json::Value, id: &str) -> Option<&'a serde_json::Value> {
    let hits = answer["results"].as_array()?;
    hits.iter().flat_map(|hit| hit["offers"].as_array().into_iter().flatten()).find(|offer| offer["id"] == id)
}

/// One facility for each offer, so that a count of facilities is a count of offers.
async fn fill(place: &TestStore) -> Vec<OfferId> {
    let mut tx = place.store.begin().await.expect("a transaction");
    let organization = samples::organization("Birkensee Pflege");
    tx.insert_organization(&organization).await.expect("an organization");
    let mut ids = Vec::new();
    for (number, (slug, ..)) in offers().into_iter().enumerate() {
        let mut facility = samples::plain_facility(&format!("Haus Nummer {number}"));
        facility.organization = Some(organization.clone());
        tx.insert_facility(&facility, None).await.expect("a facility");
        let offer = samples::plain_offer(slug);
        tx.insert_offer(facility.id, &offer).await.expect("an offer");
        ids.push(offer.id);
    }
    tx.insert_account(&samples::account("buero@birkensee.example"), BEGIN).await.expect("an account");
    tx.commit().await.expect("it is there");
    ids
}

/// The German words of lights in addresses and counts.
const LIGHTS: [(&str, &str); 4] =
    [("free", "frei"), ("waiting_list", "warteliste"), ("full", "belegt"), ("unknown", "unbekannt")];

async fn live_through(place: TestStore, nodes: usize) {
    let clock = Arc::new(TestClock::at(BEGIN));
    let ids = fill(&place).await;
    let mut running = Vec::new();
    for _ in 0..nodes {
        running.push(Node::start(&place.url, &clock).await);
    }
    let portal = app::backend::CurrentPortal::from(Portal::default());
    let store = running[0].application.store().clone();
    let capacity = CapacityService::new(store.clone(), clock.clone(), portal);
    let organization = store.list_operators().await.expect("a list").remove(0).organization;
    let office = {
        let mut account = samples::account("buero@birkensee.example").account;
        account.county_role = Some(app::domain::account::CountyRole::Editor);
        account
    };
    let reporter = CapacityReporter::require(&office, &organization).expect("the right");

    let reports = reports();
    assert!(reports.len() > 150, "{} reports are no county", reports.len());
    let mut waiting = reports.iter().peekable();
    let mut noted: Vec<Vec<Noted>> = vec![Vec::new(); ids.len()];
    // The index is built first.
    let (mut is_first, mut seen) = (true, HashMap::<&str, usize>::new());
    for at in looks(&reports) {
        let mut has_news = std::mem::take(&mut is_first);
        while let Some(((said_at, number), (note, statement))) =
            waiting.next_if(|((said_at, _), _)| *said_at <= at)
        {
            clock.becomes(*said_at);
            let news = vec![said(ids[*number], Seen::Unsaid, statement.clone())];
            match capacity.report(&reporter, news).await {
                Ok(_) => {
                    noted[*number].push(note.clone());
                    has_news = true;
                }
                // What says nothing is refused, and what was said before stands.
                Err(error) => assert!(error.to_string().contains("faults"), "{error}"),
            }
        }
        clock.becomes(at);
        let expected: Vec<_> = ids
            .iter()
            .zip(&noted)
            .map(|(id, noted)| {
                let (light, free) = reference::light(noted, at);
                *seen.entry(light).or_default() += 1;
                (id.to_string(), light, free)
            })
            .collect();
        for node in &running {
            // Where nothing was reported, what is shown changes by itself, and at once.
            if has_news {
                node.catches_up().await;
            }
            assert_eq!(node.difference(&expected, at).await, None);
        }
    }
    // Every light was seen often; and grey is what most are, as in the series that this was made after.
    assert!(LIGHTS.iter().all(|(light, _)| seen[light] > 200), "{seen:?}");
    for node in running {
        node.application.store().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_ninety_days_each_light_is_at_each_moment_what_the_rule_says() {
    for place in stores().await {
        // Several nodes share a PostgreSQL.
        let nodes = if place.engine == "PostgreSQL" { 2 } else { 1 };
        live_through(place, nodes).await;
    }
}
