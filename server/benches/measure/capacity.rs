//! Reports: how soon the light is right, and what many of them at once cost those who search.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    backend::{SearchBackend, access::CapacityReporter},
    domain::{
        account::{Account, CountyRole},
        capacity::Statement,
        ids::OfferId,
        organization::Organization,
    },
    routes,
};
use server::{
    clock::SystemClock,
    service::{
        capacity::{CapacityService, News, Said, Seen},
        search::SearchService,
    },
    store::Store,
};
use time::OffsetDateTime;

use crate::{
    client, county,
    program::Program,
    report::Row,
    scale::percentiles,
    support::{self, samples},
};

/// Reports whose way to the results is timed.
const TIMED: usize = 100;
const ORGANIZATIONS: usize = 100;
/// Facilities of each organization.
const HOUSES: usize = 5;
const TYPES: [&str; 4] = ["vollstationaere-pflege", "kurzzeitpflege", "tagespflege", "betreutes-wohnen"];
/// Batches in the minute: 20 offers each make 10,000 reports.
const BATCHES: usize = 500;
const MINUTE: Duration = Duration::from_mins(1);
const QUIET: Duration = Duration::from_secs(15);

/// Somebody who reports, and the offers.
struct Office {
    organization: Organization,
    offers: Vec<OfferId>,
}

impl Office {
    fn reporter(&self) -> CapacityReporter {
        let account = Account {
            county_role: Some(CountyRole::Editor),
            ..samples::account("amt@kreis.example").account
        };
        CapacityReporter::require(&account, &self.organization).expect("the right")
    }

    fn news(&self, free_now: u32) -> Vec<News> {
        let statement = Statement { free_now: Some(free_now), ..Statement::default() };
        let news =
            |offer: &OfferId| News { offer: *offer, seen: Seen::Unsaid, said: Said::New(statement.clone()) };
        self.offers.iter().map(news).collect()
    }
}

async fn fill(store: &Store) -> Vec<Office> {
    let mut tx = store.begin().await.expect("a transaction");
    // Whoever reports has an account, which the log names.
    tx.insert_account(&samples::account("amt@kreis.example"), OffsetDateTime::UNIX_EPOCH)
        .await
        .expect("an account");
    let mut offices = Vec::new();
    for number in 0..ORGANIZATIONS {
        let organization = samples::organization(&format!("Träger {number}"));
        tx.insert_organization(&organization).await.expect("an organization");
        let mut offers = Vec::new();
        for house in 0..HOUSES {
            let mut facility = samples::plain_facility(&format!("Haus {house} von Träger {number}"));
            facility.organization = Some(organization.clone());
            tx.insert_facility(&facility, None).await.expect("a facility");
            for care_type in TYPES {
                let offer = samples::plain_offer(care_type);
                tx.insert_offer(facility.id, &offer).await.expect("an offer");
                offers.push(offer.id);
            }
        }
        offices.push(Office { organization, offers });
    }
    tx.commit().await.expect("a county");
    offices
}

fn service(store: &Store) -> CapacityService {
    let clock = Arc::new(SystemClock::new().expect("a clock"));
    CapacityService::new(store.clone(), clock, county::portal().into())
}

/// Both budgets.
pub async fn run() -> Vec<Row> {
    let mut rows = seen_after().await;
    let folder = tempfile::tempdir().expect("a folder");
    rows.extend(storm(folder.path()).await);
    rows
}

/// How long after its commit a report is in the results of a node.
async fn seen_after() -> Vec<Row> {
    let place = match support::postgres_store().await {
        Some(place) => place,
        None => support::sqlite_store().await,
    };
    let office = fill(&place.store).await.remove(0);
    let (same, _) = county::search(&place.store, None).await;
    let elsewhere = Store::connect(&place.url).await.expect("a second node");
    let (other, _) = county::search(&elsewhere, None).await;
    let capacity = service(&place.store);
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for number in 0..TIMED {
        let free = number % 2 == 0;
        capacity.report(&office.reporter(), office.news(u32::from(free))).await.expect("a report");
        let houses = if free { HOUSES } else { 0 };
        let (one, two) = tokio::join!(until(&same, houses), until(&other, houses));
        here.push(one);
        there.push(two);
        // Not always at the same beat as those who listen.
        tokio::time::sleep(Duration::from_millis(u64::try_from(number * 7 % 90).unwrap_or(0))).await;
    }
    let slow = |times| percentiles(times).1.as_secs_f64() * 1e3;
    let engine = place.engine;
    vec![
        Row::at_most("report to right light, same node, 99 %", slow(here), 1_000.0, "ms"),
        Row::at_most(
            &format!("report to right light, other node ({engine}), 99 %"),
            slow(there),
            2_000.0,
            "ms",
        ),
    ]
}

async fn until(node: &SearchService, houses: usize) -> Duration {
    let started = Instant::now();
    let query = routes::parse_search("q=Kurzzeitpflege&ampel=frei");
    while node.search(&query, 20).await.expect("results").total != houses {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    started.elapsed()
}

/// 10,000 reports in a minute while 32 people search.
async fn storm(data: &Path) -> Vec<Row> {
    let store = county::store_in(data).await;
    let offices = fill(&store).await;
    let program = Program::start(data);
    let port = program.port;
    let paths: Vec<String> = ["Kurzzeitpflege", "Tagespflege", "Pflegeheim", "Betreutes Wohnen", "Haus 3"]
        .iter()
        .flat_map(|text| {
            ["", "&ampel=frei", "&ampel=belegt", "&sort=name", "&seite=2"]
                .map(|rest| format!("{}{rest}", routes::search(&routes::parse_search(&format!("q={text}")))))
        })
        .collect();
    let paths = Arc::new(paths);
    let read = |time| {
        let paths = paths.clone();
        tokio::task::spawn_blocking(move || client::load(port, &paths, time, false))
    };
    let quiet = read(QUIET).await.expect("readers");
    let busy = read(MINUTE);
    let capacity = service(&store);
    let started = Instant::now();
    let mut refused = 0;
    for batch in 0..BATCHES {
        let office = &offices[batch % offices.len()];
        let free = u32::try_from(batch / offices.len() % 3).unwrap_or(0);
        refused += usize::from(capacity.report(&office.reporter(), office.news(free)).await.is_err());
        let due = MINUTE / u32::try_from(BATCHES).unwrap_or(1) * u32::try_from(batch + 1).unwrap_or(0);
        tokio::time::sleep(due.saturating_sub(started.elapsed())).await;
    }
    let took = started.elapsed();
    let busy = busy.await.expect("readers");
    println!(
        "{} reports in {:.0} s; readers' median {:.2} ms quiet, {:.2} ms meanwhile; {:.0}/s and {:.0}/s",
        BATCHES * HOUSES * TYPES.len(),
        took.as_secs_f64(),
        quiet.median.as_secs_f64() * 1e3,
        busy.median.as_secs_f64() * 1e3,
        quiet.per_second,
        busy.per_second
    );
    store.close().await;
    #[allow(clippy::cast_precision_loss)]
    let errors = (refused + quiet.failed + busy.failed) as f64;
    let ratio = busy.median.as_secs_f64() / quiet.median.as_secs_f64();
    vec![
        Row::at_most("10,000 reports in a minute: errors", errors, 0.0, ""),
        Row::at_most("10,000 reports in a minute: time", took.as_secs_f64(), 61.0, "s"),
        Row::at_most("readers' median meanwhile, per quiet", ratio, 1.5, "×"),
    ]
}
