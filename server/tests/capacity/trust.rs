//! "War doch nicht frei": who counts, what it does to a light, and what is never written down; and what was reported
//! over time.

use std::{io::Read, net::IpAddr, sync::Arc};

use app::{
    backend::CurrentPortal,
    domain::{
        capacity::{Availability, Light, NotFreeRefusal},
        ids::{FacilityId, OfferId, OrganizationId},
        portal::Portal,
    },
};
use server::{
    service::{
        backup::backup,
        trust::{TrustError, TrustService},
    },
    store::{ChangeKind, copy::TABLES},
};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::world::{World, free};

const ME: &str = "203.0.113.77";

fn service(world: &World) -> TrustService {
    let portal = Portal { review_from: Some(3), ..Portal::default() };
    TrustService::new(world.place.store.clone(), world.clock.clone(), CurrentPortal::from(portal))
}

/// Says it from a network of the report with this number.
async fn tell(trust: &TrustService, world: &World, from: &str, sequence: i64) -> Result<(), TrustError> {
    let network: IpAddr = from.parse().expect("an address");
    trust.tell_not_free(world.facility.id, world.home(), sequence, network).await
}

/// Reports free places for the home; gives the number of the report.
async fn reported(world: &World, places: u32) -> i64 {
    world.say(world.home(), free(places)).await.expect("a report")[0].report.sequence
}

async fn light(world: &World) -> Availability {
    world.desk().await.facilities[0].light(world.home()).expect("a light").clone()
}

/// How often it was said, of all reports of the home.
async fn said(world: &World) -> u32 {
    world.place.store.count_not_free(world.facility.id).await.expect("counts").values().sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_counts_once_a_day_for_a_report_and_the_next_day_again() {
    for world in World::all().await {
        let trust = service(&world);
        let first = reported(&world, 2).await;
        tell(&trust, &world, ME, first).await.expect("it counts");
        assert!(matches!(tell(&trust, &world, ME, first).await, Err(TrustError::Already)));
        assert!(matches!(
            tell(&trust, &world, &format!("::ffff:{ME}"), first).await,
            Err(TrustError::Already)
        ));
        assert_eq!(said(&world).await, 1, "{}", world.place.engine);
        // 23:59:59 and midnight in Berlin.
        world.clock.becomes(datetime!(2026-07-01 21:59:59 UTC));
        trust.forget();
        assert!(trust.remembers());
        assert!(matches!(tell(&trust, &world, ME, first).await, Err(TrustError::Already)));
        world.clock.passes(Duration::SECOND);
        trust.forget();
        assert!(!trust.remembers(), "the key is gone although nobody said anything");
        tell(&trust, &world, ME, first).await.expect("it counts again");
        // Another report is other news.
        let second = reported(&world, 1).await;
        tell(&trust, &world, ME, second).await.expect("it counts");
        assert_eq!(said(&world).await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_third_on_the_light_is_under_review_until_the_next_report() {
    for world in World::all().await {
        let trust = service(&world);
        let sequence = reported(&world, 2).await;
        let changes = async || {
            let all = world.place.store.list_changes(0, 1_000).await.expect("changes");
            all.iter().filter(|change| change.kind == ChangeKind::Facility).count()
        };
        let before = changes().await;
        for (number, expected) in [(1, false), (2, false), (3, true), (4, true)] {
            tell(&trust, &world, &format!("198.51.100.{number}"), sequence).await.expect("it counts");
            let shown = light(&world).await;
            assert_eq!((shown.light, shown.under_review), (Light::Free, expected), "{number}");
            assert_eq!(shown.free_now, Some(2), "it changes nothing else");
        }
        assert_eq!(changes().await, before + 1, "everybody follows once");
        let lines = world.place.store.list_not_free(None, world.clock.instant(), 9).await.expect("a list");
        assert_eq!((lines.len(), lines[0].times, lines[0].under_review), (1, 4, true));
        let own = async |organization| {
            let of = world.place.store.list_not_free(Some(organization), world.clock.instant(), 9).await;
            of.expect("a list").len()
        };
        let stranger = OrganizationId(Uuid::from_u128(1));
        assert_eq!((own(world.organization.id).await, own(stranger).await), (1, 0));
        // Over: it carries nothing.
        let until = light(&world).await.valid_until.expect("an end");
        world.clock.becomes(until - Duration::SECOND);
        assert!(light(&world).await.under_review);
        world.clock.becomes(until);
        let shown = light(&world).await;
        assert_eq!((shown.light, shown.under_review), (Light::Unknown, false));
        assert!(world.place.store.list_not_free(None, until, 9).await.expect("a list").is_empty());
        reported(&world, 2).await;
        let shown = light(&world).await;
        assert_eq!((shown.light, shown.under_review), (Light::Free, false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_green_light_that_is_there_can_be_doubted_and_else_nothing_is_written() {
    for world in World::all().await {
        let trust = service(&world);
        let me: IpAddr = ME.parse().expect("an address");
        let refused = async |facility: FacilityId, offer: OfferId, sequence: i64| match trust
            .tell_not_free(facility, offer, sequence, me)
            .await
        {
            Err(TrustError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        let (here, home) = (world.facility.id, world.home());
        let nobody = OfferId(Uuid::from_u128(1));
        assert_eq!(refused(here, home, 1).await, NotFreeRefusal::Outdated, "it was never reported");
        let old = reported(&world, 2).await;
        let new = reported(&world, 1).await;
        assert_eq!(refused(here, home, old).await, NotFreeRefusal::Outdated);
        assert_eq!(refused(here, home, i64::MAX).await, NotFreeRefusal::Outdated);
        assert_eq!(refused(here, nobody, new).await, NotFreeRefusal::Gone);
        assert_eq!(refused(here, world.short(), new).await, NotFreeRefusal::Outdated);
        assert_eq!(refused(FacilityId(Uuid::from_u128(1)), home, new).await, NotFreeRefusal::Gone);
        world.clock.passes(Duration::days(7));
        assert_eq!(refused(here, home, new).await, NotFreeRefusal::NotGreen, "it is over");
        let full = reported(&world, 0).await;
        assert_eq!(refused(here, home, full).await, NotFreeRefusal::NotGreen);
        assert_eq!(said(&world).await, 0, "{}", world.place.engine);
        assert!(!trust.remembers(), "whoever is refused leaves no trace");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_whoever_says_it_is_in_the_database() {
    let table = TABLES.iter().find(|table| table.name == "not_free_report").expect("the table");
    assert_eq!(
        table.columns().collect::<Vec<_>>(),
        ["report_sequence", "told_on", "times", "under_review"],
        "a number, a day and a count"
    );
    for world in World::all().await {
        let trust = service(&world);
        let sequence = reported(&world, 2).await;
        for network in [ME, "2001:db8:77:7777::1"] {
            tell(&trust, &world, network, sequence).await.expect("it counts");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("all");
        backup(&world.place.store, &file, world.clock.instant()).await.expect("a backup");
        let mut all = String::new();
        let packed = std::fs::File::open(&file).expect("a file");
        flate2::read::GzDecoder::new(packed).read_to_string(&mut all).expect("a text");
        let rows: Vec<_> =
            all.lines().filter(|line| line.contains("2026-07-01") && line.len() < 200).collect();
        assert!(!rows.is_empty() && all.contains("not_free_report"), "{all}");
        for part in [ME, "203.0.113", "2001:db8", "cb00714d"] {
            assert!(!all.contains(part), "{part} is kept in {}", world.place.engine);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_program_of_a_county_adds_to_one_count() {
    for world in World::all().await {
        let nodes = [service(&world), service(&world)];
        let sequence = reported(&world, 2).await;
        tell(&nodes[0], &world, "198.51.100.1", sequence).await.expect("it counts");
        tell(&nodes[1], &world, "198.51.100.2", sequence).await.expect("it counts");
        assert!(!light(&world).await.under_review);
        tell(&nodes[0], &world, "198.51.100.3", sequence).await.expect("it counts");
        assert!(light(&world).await.under_review);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_all_counted_and_one_network_once() {
    for world in World::all().await {
        let trust = Arc::new(service(&world));
        let sequence = reported(&world, 2).await;
        let (facility, offer) = (world.facility.id, world.home());
        let all: Vec<_> = (0..12_u8)
            .map(|number| {
                let trust = trust.clone();
                // Each of six networks twice.
                let network = IpAddr::from([198, 51, 100, number % 6]);
                tokio::spawn(
                    async move { trust.tell_not_free(facility, offer, sequence, network).await.is_ok() },
                )
            })
            .collect();
        let mut counted = 0;
        for one in all {
            counted += u32::from(one.await.expect("no panic"));
        }
        assert_eq!((counted, said(&world).await), (6, 6), "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_begins_with_the_report_that_was_in_force_ninety_days_ago() {
    for world in World::all().await {
        let trust = service(&world);
        let start = world.clock.instant();
        for (day, places) in [(0, 5), (4, 3), (50, 2)] {
            world.clock.becomes(start + Duration::days(day));
            reported(&world, places).await;
        }
        // The window begins on day 6: the first report is over, the second holds until day 11, the third for seven days.
        world.clock.becomes(start + Duration::days(96));
        let history = trust.history(&world.reporter(), None, 1).await.expect("a history");
        let chosen = history.chosen.expect("a facility");
        // What has no light has no history.
        assert_eq!(chosen.offers.len(), 2);
        let home = chosen.offers.iter().find(|own| own.id == world.home()).expect("the home");
        assert_eq!(home.share.covered, Duration::days(5 + 7), "{}", world.place.engine);
        assert_eq!(home.reports.iter().map(|own| own.free_now).collect::<Vec<_>>(), [Some(3), Some(2)]);
        let lights: Vec<_> =
            home.spans.iter().map(|span| (span.availability.light, span.availability.free_now)).collect();
        assert_eq!(
            lights,
            [(Light::Free, Some(3)), (Light::Unknown, None), (Light::Free, Some(2)), (Light::Unknown, None)]
        );
        let short = chosen.offers.iter().find(|own| own.id == world.short()).expect("the other");
        assert_eq!((short.share.percent(), short.spans.len()), (0, 1));
    }
}
