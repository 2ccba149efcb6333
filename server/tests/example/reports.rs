//! What the example county reports, and that it goes on doing so.

use std::{collections::BTreeSet, mem::discriminant};

use app::domain::{
    capacity::{Availability, Light, LightReason},
    care_type::{LightKind, Taxonomy},
    now::Now,
    offer::Offer,
};
use server::{
    service::demo::{self, DemoError},
    store::Store,
};

use crate::{
    NOW, county,
    demo::Demo,
    later,
    support::{samples::municipality, stores},
};

/// The lights of offers at a moment.
fn lights<'a>(offers: impl IntoIterator<Item = &'a Offer>, now: Now) -> Vec<Availability> {
    let taxonomy = Taxonomy::builtin();
    let light =
        |o: &Offer| Availability::of(taxonomy.light_of(&o.care_type, o.form), o.latest_report.as_ref(), now);
    offers.into_iter().filter_map(light).collect()
}

fn share(lights: &[Availability], light: Light) -> usize {
    lights.iter().filter(|shown| shown.light == light).count() * 100 / lights.len()
}

async fn stored(store: &Store, now: Now) -> Vec<Availability> {
    let ids: Vec<_> = county(now).facilities.iter().map(|facility| facility.id).collect();
    let facilities = store.list_facilities(&ids).await.expect("facilities");
    assert_eq!(facilities.len(), ids.len());
    lights(facilities.iter().flat_map(|facility| &facility.offers), now)
}

#[test]
fn every_light_every_reason_and_every_age_occurs() {
    let county = county(NOW);
    let offers: Vec<&Offer> = county.facilities.iter().flat_map(|facility| &facility.offers).collect();
    let all = lights(offers.iter().copied(), NOW);
    let some = NOW.berlin_date;
    for reason in [
        LightReason::NeverReported,
        LightReason::Expired,
        LightReason::IntakeStop { until: None },
        LightReason::AnnouncedNotConfirmed { date: some },
        LightReason::FreePlaces(1),
        LightReason::Accepting,
        LightReason::WaitingList { weeks: None },
        LightReason::FreeFrom(some),
        LightReason::Occupied,
        LightReason::Stopped,
        LightReason::NotSaid,
    ] {
        assert!(all.iter().any(|l| discriminant(&l.reason) == discriminant(&reason)), "{reason:?}");
    }
    assert!(all.iter().any(|l| l.reason == LightReason::IntakeStop { until: None }));
    assert!(all.iter().any(|l| matches!(l.reason, LightReason::IntakeStop { until: Some(_) })));
    assert!(all.iter().any(|l| matches!(l.reason, LightReason::WaitingList { weeks: Some(_) })));
    assert!(all.iter().any(|l| l.only_after_assessment && l.light == Light::Free));
    let reports: Vec<_> = offers.iter().filter_map(|offer| offer.latest_report.as_ref()).collect();
    assert!(reports.iter().any(|r| r.rooms.is_some()) && reports.iter().any(|r| r.for_whom.is_some()));
    assert!(reports.iter().any(|r| r.remark.is_some()));
    assert!(reports.iter().all(|r| r.reported_at < NOW.instant && r.free_now <= r.total.or(r.free_now)));
    let days: BTreeSet<i64> = reports.iter().map(|r| (NOW.instant - r.reported_at).whole_days()).collect();
    assert!(days.contains(&0) && days.len() > 12 && days.iter().any(|days| *days > 60), "{days:?}");
    for light in Light::ALL {
        assert!((15..=45).contains(&share(&all, light)), "{light:?}: {} %", share(&all, light));
    }
}

#[test]
fn short_term_places_are_free_and_full_and_unknown() {
    let county = county(NOW);
    let short_term = county.facilities.iter().flat_map(|f| &f.offers);
    let short_term = lights(short_term.filter(|o| o.care_type.as_str() == "kurzzeitpflege"), NOW);
    for light in Light::ALL {
        assert!(short_term.iter().any(|shown| shown.light == light), "{light:?}");
    }
}

#[test]
fn a_report_is_valid_as_long_as_its_type_says() {
    let taxonomy = Taxonomy::builtin();
    for offer in county(NOW).facilities.iter().flat_map(|facility| &facility.offers) {
        let kind = taxonomy.light_of(&offer.care_type, offer.form);
        let Some(report) = &offer.latest_report else { continue };
        assert_ne!(kind, LightKind::None);
        let days = taxonomy.find(offer.care_type.as_str()).and_then(|t| t.valid_days).expect("days");
        let hours = (report.valid_until - report.reported_at).whole_hours();
        assert!((hours - i64::from(days) * 24).abs() <= 1, "{}: {hours} hours", offer.care_type);
    }
}

#[tokio::test]
async fn a_county_left_alone_turns_grey_and_reports_anew_when_it_is_shown_again() {
    for test in stores().await {
        let (store, engine, taxonomy) = (&test.store, test.engine, Taxonomy::builtin());
        demo::fill(store, &taxonomy, NOW).await.expect("filled");
        assert_eq!(demo::refresh(store, &taxonomy, NOW).await.expect("looked"), 0, "{engine}");
        let before = stored(store, NOW).await;
        assert_eq!(before.len(), lights(county(NOW).facilities.iter().flat_map(|f| &f.offers), NOW).len());
        for days in [2, 90, 1000] {
            let now = later(days);
            if days >= 90 {
                let grey = stored(store, now).await;
                assert_eq!(share(&grey, Light::Unknown), 100, "{engine}");
            }
            demo::fill(store, &taxonomy, now).await.expect("refreshed");
            let after = stored(store, now).await;
            for (then, now) in before.iter().zip(&after) {
                assert_eq!(discriminant(&then.reason), discriminant(&now.reason), "{engine}, {days} days");
            }
            assert_eq!(demo::refresh(store, &taxonomy, now).await.expect("looked"), 0, "{engine}");
        }
    }
}

#[tokio::test]
async fn what_somebody_else_reported_stays_while_it_is_valid() {
    for test in stores().await {
        let (store, taxonomy) = (&test.store, Taxonomy::builtin());
        demo::fill(store, &taxonomy, NOW).await.expect("filled");
        let county = county(NOW);
        let offers = county.facilities.iter().flat_map(|facility| &facility.offers);
        let example = offers.filter_map(|offer| offer.latest_report.clone());
        let mut own = example.clone().find(|r| r.free_now == Some(0)).expect("a full one");
        own.id = app::domain::ids::ReportId(uuid::Uuid::now_v7());
        (own.free_now, own.total, own.reported_by) = (Some(1), None, "Wir selbst".to_owned());
        (own.reported_at, own.valid_until) = (NOW.instant, NOW.instant + time::Duration::days(2));
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_report(&own).await.expect("reported");
        tx.commit().await.expect("committed");
        demo::refresh(store, &taxonomy, later(1)).await.expect("refreshed");
        let id =
            county.facilities.iter().find(|f| f.offers.iter().any(|o| o.id == own.offer)).expect("it").id;
        let facility = store.list_facilities(&[id]).await.expect("facilities").remove(0);
        let offer = facility.offers.into_iter().find(|offer| offer.id == own.offer).expect("the offer");
        assert_eq!(offer.latest_report.map(|r| r.reported_by), Some("Wir selbst".to_owned()));
    }
}

#[tokio::test]
async fn a_store_with_other_entries_is_neither_filled_nor_refreshed() {
    for test in stores().await {
        let (store, engine, taxonomy) = (&test.store, test.engine, Taxonomy::builtin());
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_municipality(&municipality("Parchim", Some("13076108"))).await.expect("inserted");
        tx.commit().await.expect("committed");
        let filled = demo::fill(store, &taxonomy, NOW).await;
        assert!(matches!(filled, Err(DemoError::NotEmpty)), "{engine}: {filled:?}");
        assert_eq!(demo::refresh(store, &taxonomy, NOW).await.expect("looked"), 0, "{engine}");
        assert!(!demo::is_demo(store).await.expect("an answer"), "{engine}");
        assert_eq!(store.list_municipalities().await.expect("municipalities").len(), 1, "{engine}");
    }
}

/// The lights of a search's results in their order, the best of each facility, with its distance.
async fn order_of(demo: &Demo, query: &str) -> Vec<(String, f64)> {
    const WANTED: [&str; 4] = ["free", "waiting_list", "unknown", "full"];
    let found = demo.search(query).await;
    let best = |hit: &serde_json::Value| {
        let offers = hit["offers"].as_array().expect("offers");
        let lights: Vec<_> = offers.iter().filter_map(|offer| offer["availability"].as_str()).collect();
        WANTED.into_iter().find(|light| lights.contains(light)).expect("a light").to_owned()
    };
    let hits = found["results"].as_array().expect("results");
    hits.iter().map(|hit| (best(hit), hit["distance_km"].as_f64().unwrap_or(0.0))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_a_kind_sees_free_places_first_the_nearest_of_them_and_full_ones_last() {
    let demo = Demo::ready().await;
    for query in ["q=Kurzzeitpflege&limit=100", "q=Kurzzeitpflege&ort=Tholey&umkreis=25&limit=100"] {
        let found = order_of(&demo, query).await;
        let lights: Vec<&str> = found.iter().map(|(light, _)| light.as_str()).collect();
        let groups: Vec<&str> = lights.chunk_by(|a, b| a == b).map(|run| run[0]).collect();
        assert_eq!(groups, ["free", "waiting_list", "unknown", "full"], "{query}: {lights:?}");
        let free: Vec<f64> = found.iter().filter(|(light, _)| light == "free").map(|(_, km)| *km).collect();
        assert!(free.len() > 2 && free.is_sorted(), "{query}: {free:?}");
    }
    // Whoever names a house sees that house first, whatever its light.
    let named = demo.search("q=Seniorenzentrum+Schaumbergblick").await;
    assert_eq!(named["results"][0]["facility"]["name"], "Seniorenzentrum Schaumbergblick");
}
