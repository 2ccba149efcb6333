//! What is told, when, and how often.

use app::domain::{capacity::Statement, facility::Visibility};
use server::{jobs::alerts::AlertJob, service::alert::AlertError};
use time::Duration;

use crate::world::{FAMILY, SEARCH, World};

const HOUR: Duration = Duration::hours(1);

fn full() -> Statement {
    Statement { free_now: Some(0), ..Statement::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_said_yes_is_told_in_the_next_run_with_all_that_it_takes_to_call() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_free(0, 2).await;
        world.passes(Duration::minutes(3));
        world.runs().await;
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1, "{}", world.place.engine);
        assert_eq!(mails[0].subject, "Frei: Kurzzeitpflege, Haus am Birkensee");
        for said in [
            "für Ihre Suche „Kurzzeitpflege in Parchim“ ist etwas frei:",
            "2 Plätze frei, gemeldet vor 3 Minuten, um 12:00 Uhr, vom Landkreis.",
            "Telefon 03871 2000.",
            "https://pflege.example/einrichtung/haus-am-birkensee",
            "https://pflege.example/suche?ort=Parchim&art=kurzzeitpflege&ampel=frei",
            "endet von selbst am 29. September 2026",
            "Nicht mehr benachrichtigen:\nhttps://pflege.example/benachrichtigen/",
        ] {
            assert!(mails[0].text.contains(said), "{said} is missing in {}", mails[0].text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_free_elsewhere_or_otherwise_is_no_news() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_to_know("berta@familie.example", "art=kurzzeitpflege&ort=Parchim&sprache=fr").await;
        world.is_free(2, 4).await;
        world.says(1, full()).await;
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "{}", world.place.engine);
        world.is_free(1, 1).await;
        world.runs().await;
        assert_eq!(world.mails_to(FAMILY).await.len(), 1);
        assert!(world.mails_to("berta@familie.example").await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_news_is_told_once_and_what_was_full_in_between_is_news_again() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_free(0, 2).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
        let other = world.another_node();
        for _ in 0..3 {
            world.passes(HOUR * 2);
            world.says_again(0).await;
            world.runs().await;
            world.runs_on(&other).await;
        }
        assert!(world.reads(FAMILY).await.is_empty(), "it was said again, and no more");
        world.says(0, full()).await;
        world.runs().await;
        world.is_free(0, 1).await;
        world.runs_on(&other).await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
        // What nobody confirmed in time is grey; when it is green again, that is news.
        world.passes(Duration::days(4));
        world.runs().await;
        world.says_again(0).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_programs_at_the_same_moment_write_one_mail() {
    for world in World::all().await {
        let nodes = [world.another_node(), world.another_node(), world.another_node()];
        let families: Vec<String> = (0..4).map(|n| format!("familie{n}@familie.example")).collect();
        for family in &families {
            world.is_to_know(family, SEARCH).await;
        }
        for round in 1..=4 {
            world.is_free(0, round).await;
            for node in &nodes {
                world.knows(node).await;
            }
            let jobs = nodes.each_ref().map(|node| {
                let job = AlertJob::new(node.alerts.clone());
                tokio::spawn(async move { job.run_due().await })
            });
            for job in jobs {
                // One that waited for another one's row may give up; the next run makes up for it.
                let done = job.await.expect("no panic");
                assert!(done.as_ref().is_err_and(AlertError::is_unavailable) || done.is_ok(), "{done:?}");
            }
            world.runs().await;
            for family in &families {
                assert_eq!(world.reads(family).await.len(), 1, "{} {round}", world.place.engine);
            }
            world.says(0, full()).await;
            world.runs().await;
            world.passes(HOUR);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_half_way_loses_nothing_and_repeats_nothing() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        let dying = world.another_node();
        world.is_free(0, 2).await;
        world.knows(&dying).await;
        dying.alerts.find_news().await.expect("noted");
        drop(dying);
        assert!(world.mails_to(FAMILY).await.is_empty(), "{}", world.place.engine);
        let after = world.another_node();
        world.runs_on(&after).await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
        world.passes(HOUR * 2);
        world.runs_on(&after).await;
        world.runs().await;
        assert!(world.reads(FAMILY).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_a_minute_is_collected_and_what_is_full_again_by_then_is_left_out() {
    for world in World::all().await {
        world.is_to_know(FAMILY, "ort=Parchim").await;
        world.is_free(0, 1).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
        world.passes(Duration::seconds(30));
        world.is_free(1, 3).await;
        world.is_free(2, 4).await;
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "not within the minute");
        world.says(1, full()).await;
        world.passes(Duration::seconds(30));
        world.runs().await;
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1, "{}", world.place.engine);
        assert!(mails[0].text.contains("4 Plätze frei"), "{}", mails[0].text);
        assert!(!mails[0].text.contains("3 Plätze frei"), "{}", mails[0].text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_expires_before_it_is_told_is_not_told() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_free(0, 2).await;
        world.knows(&world.node).await;
        world.node.alerts.find_news().await.expect("noted");
        world.passes(Duration::days(3));
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "{}", world.place.engine);
        // It has not used up its turn, either.
        world.is_free(0, 1).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_becomes_public_with_a_free_place_is_news() {
    for world in World::all().await {
        let hidden = |visibility| app::domain::facility::Facility { visibility, ..world.facility.clone() };
        world.is_free(0, 2).await;
        let set = async |visibility| {
            let mut tx = world.store().begin().await.expect("a transaction");
            tx.update_facility(&hidden(visibility)).await.expect("changed");
            tx.commit().await.expect("it is there");
        };
        set(Visibility::Draft).await;
        world.runs().await;
        // There is nothing else at its place.
        world.is_to_know(FAMILY, "art=kurzzeitpflege").await;
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "{}", world.place.engine);
        set(Visibility::Public).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mail_says_all_that_an_address_wants_to_know() {
    for world in World::all().await {
        world.is_to_know(FAMILY, SEARCH).await;
        world.is_to_know(FAMILY, "art=tagespflege").await;
        world.is_free(0, 2).await;
        world.is_free(2, 5).await;
        world.runs().await;
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1, "{}", world.place.engine);
        assert_eq!(mails[0].subject, "2 Angebote frei gemeldet");
        assert!(mails[0].text.contains("2 Plätze frei") && mails[0].text.contains("5 Plätze frei"));
    }
}
