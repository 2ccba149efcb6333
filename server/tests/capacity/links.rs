//! Links that report.

use app::{backend::access::CapacityReporter, domain::report_link::ReportLink};
use server::service::{
    account::link::LinkSecret,
    capacity::{CapacityError, Seen, mail_link},
};
use time::Duration;

use crate::world::{World, free, said};

async fn in_a_mail(world: &World) -> LinkSecret {
    let recipient = (world.office.id, world.office.name.clone());
    let mut tx = world.place.store.begin().await.expect("a transaction");
    let secret = mail_link(&mut tx, &world.organization, recipient, world.clock.instant()).await;
    tx.commit().await.expect("it is there");
    secret.expect("a link")
}

async fn found(world: &World, secret: &LinkSecret) -> Option<ReportLink> {
    world.capacity.find_link(secret).await.expect("an answer")
}

/// Whether a link still reports.
async fn holds(world: &World, secret: &LinkSecret) -> bool {
    let link = found(world, secret).await;
    link.is_some_and(|link| CapacityReporter::of_link(&link, world.clock.instant()).is_ok())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_a_mail_reports_for_thirty_days() {
    for world in World::all().await {
        let secret = in_a_mail(&world).await;
        let link = found(&world, &secret).await.expect("the link");
        let reporter = CapacityReporter::of_link(&link, world.clock.instant()).expect("the right");
        let news = vec![said(world.home(), Seen::Unsaid, free(2))];
        let stands = world.capacity.report(&reporter, news).await.expect("a report");
        assert_eq!(stands[0].report.reported_by, world.office.name);
        assert_eq!(found(&world, &secret).await.expect("the link").used_at, Some(world.clock.instant()));
        world.clock.passes(Duration::days(30) - Duration::seconds(1));
        assert!(holds(&world, &secret).await);
        world.clock.passes(Duration::seconds(1));
        assert!(!holds(&world, &secret).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_the_organization_has_no_link_any_more() {
    for world in World::all().await {
        let secret = in_a_mail(&world).await;
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.delete_membership(world.office.id, world.organization.id).await.expect("they leave");
        tx.commit().await.expect("they have left");
        assert_eq!(found(&world, &secret).await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_reports_until_it_is_switched_off() {
    for world in World::all().await {
        let label = "Büro".to_owned();
        let (id, secret) =
            world.capacity.add_card(&world.lead(), &world.organization, label).await.expect("a card");
        world.clock.passes(Duration::days(2_000));
        assert!(holds(&world, &secret).await);
        assert!(world.capacity.revoke_link(&world.lead(), id).await.expect("an answer"));
        assert!(!world.capacity.revoke_link(&world.lead(), id).await.expect("an answer"));
        assert!(!holds(&world, &secret).await);
        assert_eq!(world.capacity.list_links(&world.lead()).await.expect("a list").len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_switched_off_while_somebody_types_reports_nothing() {
    for world in World::all().await {
        let card = world.capacity.add_card(&world.lead(), &world.organization, "Büro".to_owned()).await;
        let (id, secret) = card.expect("a card");
        let link = found(&world, &secret).await.expect("the link");
        let reporter = CapacityReporter::of_link(&link, world.clock.instant()).expect("the right");
        assert!(world.capacity.revoke_link(&world.lead(), id).await.expect("an answer"));
        let refused = world.capacity.report(&reporter, vec![said(world.home(), Seen::Unsaid, free(2))]).await;
        assert!(matches!(refused, Err(CapacityError::LinkOver)), "{refused:?}");
        assert_eq!(world.latest(world.home()).await, None, "{}", world.place.engine);
        assert_eq!(found(&world, &secret).await.expect("the link").used_at, None);
    }
}
