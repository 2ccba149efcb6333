//! Many reports in few calls, while others read.

use app::{
    backend::access::CapacityReporter,
    domain::ids::{FacilityId, OfferId},
};
use server::service::capacity::{News, Seen};

use crate::{
    support::samples,
    world::{World, free, said},
};

/// Houses of the organization, and offers of each.
const HOUSES: usize = 100;
const EACH: usize = 20;
/// Reports of one call, as many as there may be.
const BATCH: usize = 1_000;

async fn many_offers(world: &World) -> Vec<(FacilityId, OfferId)> {
    let mut offers = Vec::new();
    let mut tx = world.place.store.begin().await.expect("a transaction");
    for number in 0..HOUSES {
        let mut house = samples::plain_facility(&format!("Haus {number}"));
        house.organization = Some(world.organization.clone());
        tx.insert_facility(&house, None).await.expect("inserted");
        for _ in 0..EACH {
            let offer = samples::plain_offer("vollstationaere-pflege");
            tx.insert_offer(house.id, &offer).await.expect("inserted");
            offers.push((house.id, offer.id));
        }
    }
    tx.commit().await.expect("committed");
    offers
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_reports_in_batches_all_stand_while_others_read() {
    for world in World::all().await {
        let offers = many_offers(&world).await;
        let (token, _) = world
            .capacity
            .add_token(&world.lead(), &world.organization, "Programm".to_owned(), None)
            .await
            .expect("an access");
        let mut tx = world.place.store.begin().await.expect("a transaction");
        let (account, role) = (world.office.id, app::domain::account::OrganizationRole::Owner);
        tx.save_membership(account, world.organization.id, role).await.expect("a role");
        tx.commit().await.expect("it is there");
        let known = world.place.store.list_api_tokens(world.organization.id).await.expect("accesses");
        let known = known.into_iter().find(|own| own.id == token).expect("the access");
        let reporter = CapacityReporter::of_token(&known).expect("the right");
        let begun = std::time::Instant::now();
        let batches = async {
            for round in 0..5 {
                for part in offers.chunks(BATCH) {
                    let news: Vec<News> =
                        part.iter().map(|(_, offer)| said(*offer, Seen::Unsaid, free(round))).collect();
                    let stands = world.capacity.report(&reporter, news).await.expect("reports");
                    assert!(stands.len() == BATCH && stands.iter().all(|own| own.is_new));
                }
            }
        };
        let reads = async {
            for (house, _) in offers.iter().step_by(EACH) {
                let found = world.place.store.list_facilities(&[*house]).await.expect("an answer");
                // All offers of a house are reported together: nobody ever sees half a batch.
                let seen: Vec<_> = found[0]
                    .offers
                    .iter()
                    .map(|own| own.latest_report.as_ref().map(|r| r.free_now))
                    .collect();
                assert!(seen.windows(2).all(|two| two[0] == two[1]), "{}: {seen:?}", world.place.engine);
            }
        };
        tokio::join!(batches, reads);
        eprintln!("{}: 10,000 reports took {:?}", world.place.engine, begun.elapsed());
        let houses: Vec<_> = offers.iter().step_by(EACH).map(|(house, _)| *house).collect();
        let all = world.place.store.list_facilities(&houses).await.expect("facilities");
        let latest: Vec<_> = all
            .iter()
            .flat_map(|own| &own.offers)
            .map(|own| own.latest_report.as_ref().and_then(|r| r.free_now))
            .collect();
        assert_eq!(latest, vec![Some(4); offers.len()], "{}", world.place.engine);
    }
}
