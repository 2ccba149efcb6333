//! How an alert ends, and that nothing is left.

use app::{domain::audit::Action, routes};
use server::store::Chain;
use time::Duration;

use crate::world::{FAMILY, SEARCH, World, everything_in, link_in, network};

async fn purges(world: &World) -> usize {
    world.store().list_audit_of(Action::AlertsPurged, 99).await.expect("a log").len()
}

/// Nothing of an address lies anywhere.
async fn is_forgotten(world: &World, email: &str) {
    let all = everything_in(&world.place).await;
    let name = email.split('@').next().expect("a name");
    let left: Vec<&str> = all.lines().filter(|line| line.contains(name)).collect();
    assert!(left.is_empty(), "{}: {left:?}", world.place.engine);
    assert!(all.contains("alerts_purged"), "{}: the log says so", world.place.engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_ends_an_alert_and_nothing_of_the_address_is_left() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        let all = everything_in(&world.place).await;
        assert!(all.contains(FAMILY), "the test sees what lies there");
        world.is_free(0, 2).await;
        world.runs().await;
        // The mail waits still.
        let link = link_in(&world.mails_to(FAMILY).await[0]);
        assert!(world.node.alerts.end(&link, false).await.expect("an answer"));
        is_forgotten(&world, FAMILY).await;
        assert!(!world.node.alerts.end(&link, false).await.expect("an answer"));
        assert_eq!(purges(&world).await, 1, "{}", world.place.engine);
        world.says(0, app::domain::capacity::Statement { free_now: Some(0), ..Default::default() }).await;
        world.is_free(0, 1).await;
        world.passes(Duration::hours(2));
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ninety_days_an_alert_is_over_and_purged() {
    for world in World::all().await {
        let link = world.is_to_know(FAMILY, SEARCH).await;
        world.wishes("berta@familie.example", SEARCH).await;
        world.passes(Duration::days(90) - Duration::seconds(1));
        world.runs().await;
        assert_eq!(world.node.alerts.find(&link).await.expect("an answer").len(), 1);
        world.is_free(0, 1).await;
        world.passes(Duration::seconds(1));
        world.runs().await;
        assert!(world.node.alerts.find(&link).await.expect("an answer").is_empty());
        is_forgotten(&world, FAMILY).await;
        is_forgotten(&world, "berta@familie.example").await;
        assert_eq!(purges(&world).await, 2, "one for each time: {}", world.place.engine);
        let chain = world.store().verify_audit().await.expect("a log");
        assert!(matches!(chain, Chain::Sound { entries: 3, .. }), "{chain:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_all_ends_all_of_one_address_and_of_no_other() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_to_know(FAMILY, "art=tagespflege").await;
        world.is_to_know("berta@familie.example", SEARCH).await;
        world.node.alerts.ask_for_end("nobody@familie.example", network()).await.expect("the same answer");
        assert!(world.mails_to("nobody@familie.example").await.is_empty());
        world.node.alerts.ask_for_end(" ANNA@familie.example", network()).await.expect("the same answer");
        let mails = world.reads(FAMILY).await;
        let link = link_in(&mails[0]);
        assert_eq!(world.node.alerts.find(&link).await.expect("an answer").len(), 2);
        assert!(world.node.alerts.end(&link, true).await.expect("an answer"));
        is_forgotten(&world, FAMILY).await;
        world.is_free(0, 1).await;
        world.runs().await;
        assert_eq!(world.reads("berta@familie.example").await.len(), 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_one_leaves_the_others_of_the_address() {
    for world in World::all().await {
        let first = world.is_to_know(FAMILY, SEARCH).await;
        world.is_to_know(FAMILY, "art=tagespflege").await;
        assert!(world.node.alerts.end(&first, false).await.expect("an answer"));
        world.is_free(0, 1).await;
        world.is_free(2, 6).await;
        world.runs().await;
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1, "{}", world.place.engine);
        assert!(mails[0].text.contains("6 Plätze frei") && !mails[0].text.contains("Kurzzeitpflege"));
        let other = routes::parse_search("art=tagespflege");
        assert!(mails[0].text.contains(&app::text::alert::free_results(&other)));
    }
}
