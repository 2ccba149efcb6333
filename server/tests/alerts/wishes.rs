//! How an alert begins.

use app::{domain::search::SearchQuery, routes};
use server::service::alert::{AlertError, Switched};
use time::Duration;

use crate::world::{FAMILY, SEARCH, World, network};

#[tokio::test(flavor = "multi_thread")]
async fn to_look_at_the_link_confirms_nothing_and_to_say_yes_does() {
    for world in World::all().await {
        let link = world.wishes(FAMILY, SEARCH).await;
        for _ in 0..3 {
            let found = world.node.alerts.find(&link).await.expect("an answer");
            assert_eq!(found.len(), 1);
            assert!(found[0].alert.confirmed_at.is_none(), "{}", world.place.engine);
            assert_eq!(found[0].words, "Kurzzeitpflege in Parchim");
        }
        world.is_free(0, 2).await;
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "nobody has said yes");
        assert_eq!(world.node.alerts.confirm(&link).await.expect("an answer"), Switched::On);
        assert_eq!(world.node.alerts.confirm(&link).await.expect("an answer"), Switched::On);
        let found = world.node.alerts.find(&link).await.expect("an answer");
        assert!(found[0].alert.confirmed_at.is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_free_already_is_on_the_page_and_in_no_mail() {
    for world in World::all().await {
        world.is_free(0, 2).await;
        let link = world.is_to_know(FAMILY, SEARCH).await;
        let found = world.node.alerts.find(&link).await.expect("an answer");
        let (named, count) = &found[0].free;
        assert_eq!((*count, named[0].facility.as_str()), (1, "Haus am Birkensee"));
        world.runs().await;
        world.passes(Duration::hours(3));
        world.says_again(0).await;
        world.runs().await;
        assert!(world.mails_to(FAMILY).await.is_empty(), "{}", world.place.engine);
        world.is_free(1, 1).await;
        world.runs().await;
        assert_eq!(world.reads(FAMILY).await.len(), 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_confirms_within_two_days_is_gone() {
    for world in World::all().await {
        let link = world.wishes(FAMILY, SEARCH).await;
        world.passes(Duration::hours(48) - Duration::seconds(1));
        assert_eq!(world.node.alerts.find(&link).await.expect("an answer").len(), 1);
        world.passes(Duration::seconds(1));
        assert!(world.node.alerts.find(&link).await.expect("an answer").is_empty());
        assert_eq!(world.node.alerts.confirm(&link).await.expect("an answer"), Switched::Gone);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_ten_and_the_mail_says_why_there_is_no_eleventh() {
    for world in World::all().await {
        // One that was asked for in time counts when it is confirmed.
        for n in 1..=9 {
            world.is_to_know(FAMILY, &format!("art=kurzzeitpflege&ort=Parchim&umkreis={n}")).await;
        }
        let (tenth, eleventh) =
            (world.wishes(FAMILY, "art=tagespflege").await, world.wishes(FAMILY, "art=hospiz").await);
        assert_eq!(world.node.alerts.confirm(&tenth).await.expect("an answer"), Switched::On);
        assert_eq!(world.node.alerts.confirm(&eleventh).await.expect("an answer"), Switched::TooMany);
        let node = world.another_node();
        world.knows(&node).await;
        node.alerts.ask(FAMILY, &routes::parse_search("art=nachtpflege"), network()).await.expect("asked");
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1, "{}", world.place.engine);
        assert!(mails[0].text.contains("schon 10 Benachrichtigungen"), "{}", mails[0].text);
        let link = crate::world::link_in(&mails[0]);
        assert_eq!(node.alerts.find(&link).await.expect("an answer").len(), 10);
        // The same wish again is no eleventh: it lasts longer.
        world.passes(Duration::days(30));
        let again = world.is_to_know(FAMILY, "art=tagespflege").await;
        let found = world.node.alerts.find(&again).await.expect("an answer");
        assert_eq!(found.len(), 1, "{}", world.place.engine);
        assert_eq!(found[0].alert.ends_at, world.clock.instant() + Duration::days(90));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_somebody_elses_mailbox() {
    for world in World::all().await {
        world.knows(&world.node).await;
        let ask = async |node: &crate::world::Node, n: u16| {
            let query = routes::parse_search(&format!("ort=Parchim&umkreis={n}"));
            node.alerts.ask(FAMILY, &query, network()).await
        };
        for n in 1..=10 {
            ask(&world.node, n).await.expect("the answer is always the same");
        }
        assert_eq!(world.mails_to(FAMILY).await.len(), 3, "{}", world.place.engine);
        // Nor through other programs that have counted nothing.
        for n in 11..=13 {
            let node = world.another_node();
            world.knows(&node).await;
            ask(&node, n).await.expect("the answer is always the same");
        }
        assert_eq!(world.mails_to(FAMILY).await.len(), 3, "{}", world.place.engine);
        let mut refused = 0;
        for n in 0..30 {
            let query = routes::parse_search("ort=Parchim");
            let email = format!("opfer{n}@familie.example");
            let answer = world.node.alerts.ask(&email, &query, network()).await;
            refused += usize::from(matches!(answer, Err(AlertError::TooOften)));
        }
        assert!(refused >= 20, "one network writes to so many and no more: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_wishes_are_refused_and_leave_nothing() {
    for world in World::all().await {
        world.knows(&world.node).await;
        let plain = routes::parse_search(SEARCH);
        for email in ["", "anna", "a@b\r\nBcc: c@d.de", "a@familie.example, b@familie.example", "ä@ö.de"] {
            let answer = world.node.alerts.ask(email, &plain, network()).await;
            assert!(matches!(answer, Err(AlertError::NoAddress)), "{email}");
        }
        let many: Vec<String> = (0..10_000).map(|n| format!("gemeinde=ort-{n:050}")).collect();
        let long = routes::parse_search(&many.join("&"));
        let answer = world.node.alerts.ask(FAMILY, &long, network()).await;
        assert!(matches!(answer, Err(AlertError::TooLong)), "{answer:?}");
        for unknown in ["art=%3Cscript%3E", "art=gestern", "gemeinde=99999999", "ort=Nirgendwo"] {
            let answer = world.node.alerts.ask(FAMILY, &routes::parse_search(unknown), network()).await;
            assert!(matches!(answer, Err(AlertError::Unknown)), "{unknown}: {answer:?}");
        }
        assert!(world.store().list_mail(9).await.expect("mails").is_empty(), "{}", world.place.engine);
        // Words that nobody understands are words like others.
        let odd = SearchQuery { text: "🦀 ' OR 1=1 --".repeat(10), page: 1, ..SearchQuery::default() };
        world.node.alerts.ask(FAMILY, &odd, network()).await.expect("asked");
        let mails = world.reads(FAMILY).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(
            world.node.alerts.confirm(&crate::world::link_in(&mails[0])).await.expect("an answer"),
            Switched::On
        );
        world.is_free(0, 2).await;
        world.runs().await;
    }
}
