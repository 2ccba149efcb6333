//! How long it takes to find the alerts that want to know of one change.

use std::time::{Duration, Instant};

use app::{
    backend::Clock,
    domain::{
        capacity::{CapacityReport, FreeTimes, Intake, ReportSource, WaitingList},
        care_type::LightKind,
        ids::{FacilityId, OfferId, ReportId},
        search::SearchQuery,
    },
};
use server::{clock::SystemClock, index::matching::Matcher, service::search::SearchService, store::Store};

use crate::{county, report::Row};

const ALERTS: usize = 10_000;
/// Changes that are looked at.
const CHANGES: usize = 12;

/// Ten thousand different searches over the real county, and one report after the other.
pub async fn run(store: &Store, texts: &[String]) -> Vec<Row> {
    let clock = SystemClock::new().expect("a clock");
    let (search, _) = county::search(store, None).await;
    let mut matcher = Matcher::new(searches(&search, texts));
    let (mut first, mut times, mut matched) = (Duration::ZERO, Vec::new(), 0);
    for (at, (facility, offer)) in offers(&search).into_iter().take(CHANGES).enumerate() {
        becomes_free(store, &search, &clock, offer).await;
        let snapshot = search.snapshot().expect("a view");
        let now = clock.now();
        let started = Instant::now();
        matched += matcher.matches(&snapshot, facility, offer, now).expect("an answer").len();
        // The first one finds out what all the words mean.
        if at == 0 {
            first = started.elapsed();
        } else {
            times.push(started.elapsed());
        }
    }
    let slowest = times.into_iter().max().unwrap_or(first);
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    vec![
        Row::at_most("10,000 alerts matched against one change", ms(slowest), 200.0, "ms"),
        Row::at_most("… the first time, or after words have changed", ms(first), 200.0, "ms"),
        Row::plain("… of these, alerts that want to know of it", (matched / CHANGES).to_string()),
    ]
}

/// Words as people type them, with places, circles and filters.
fn searches(search: &SearchService, texts: &[String]) -> Vec<SearchQuery> {
    let snapshot = search.snapshot().expect("a view");
    let towns: Vec<String> =
        snapshot.facts.municipalities.iter().map(|municipality| municipality.name.clone()).collect();
    let types: Vec<_> = snapshot
        .taxonomy
        .all()
        .iter()
        .filter(|own| own.light != LightKind::None)
        .map(|own| own.slug.clone())
        .collect();
    (0..ALERTS)
        .map(|at| {
            let mut query = SearchQuery { page: 1, ..SearchQuery::default() };
            // Half of them type, the others choose.
            if at % 2 == 0 {
                query.text.clone_from(&texts[at / 2 % texts.len()]);
            } else {
                query.care_types = vec![types[at / 2 % types.len()].clone()];
            }
            if at % 3 > 0 {
                query.place.clone_from(&towns[at / 3 % towns.len()]);
                query.radius_km = u16::try_from(5 + at % 40).ok();
            }
            query.barrier_free = at % 17 == 0;
            query
        })
        .collect()
}

/// Offers that may be free, from all over the county.
fn offers(search: &SearchService) -> Vec<(FacilityId, OfferId)> {
    let snapshot = search.snapshot().expect("a view");
    let with_light: Vec<_> = snapshot
        .facts
        .iter()
        .flat_map(|(_, facility)| facility.offers().iter().map(move |offer| (facility.id, offer)))
        .filter(|(_, offer)| offer.light != LightKind::None)
        .map(|(facility, offer)| (facility, offer.id))
        .collect();
    let step = (with_light.len() / CHANGES).max(1);
    with_light.into_iter().step_by(step).collect()
}

async fn becomes_free(store: &Store, search: &SearchService, clock: &SystemClock, offer: OfferId) {
    let reported_at = clock.now().instant;
    let report = CapacityReport {
        id: ReportId(uuid::Uuid::now_v7()),
        offer,
        sequence: 0,
        total: None,
        free_now: Some(2),
        free_from: None,
        intake: Intake::Accepting,
        waiting_list: WaitingList::NotSaid,
        waiting_weeks: None,
        intake_stop: false,
        intake_stop_until: None,
        only_after_assessment: false,
        rooms: None,
        for_whom: None,
        remark: None,
        times: FreeTimes::default(),
        under_review: false,
        reported_by: "Büro".to_owned(),
        source: ReportSource::Provider,
        reported_at,
        valid_until: reported_at + time::Duration::days(3),
    };
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_report(&report).await.expect("a report");
    tx.commit().await.expect("it is there");
    let latest = store.latest_change().await.expect("a number");
    while search.reached().0 < latest {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
