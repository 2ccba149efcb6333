//! Reports hold as many days as their type says, or the county, and end by themselves.

use app::domain::capacity::Light;
use time::{Duration, macros::datetime};

use crate::world::{World, free};

async fn light(world: &World) -> Light {
    world.desk().await.facilities[0].light(world.home()).expect("a light").light
}

#[tokio::test(flavor = "multi_thread")]
async fn a_light_is_green_until_the_second_it_ends_also_when_the_clocks_change() {
    for world in World::all().await {
        // The clocks go back on 25 October and forward on 28 March: an hour more, an hour less, the same time of day.
        for (said, over) in [
            (datetime!(2026-10-20 08:00 UTC), datetime!(2026-10-27 09:00 UTC)),
            (datetime!(2027-03-25 09:00 UTC), datetime!(2027-04-01 08:00 UTC)),
        ] {
            world.clock.becomes(said);
            world.say(world.home(), free(2)).await.expect("a report");
            for (offset, expected) in [(-1, Light::Free), (0, Light::Unknown), (1, Light::Unknown)] {
                world.clock.becomes(over + Duration::seconds(offset));
                assert_eq!(light(&world).await, expected, "{}: {offset} s", world.place.engine);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_gives_an_offer_days_of_its_own_and_takes_them_back() {
    for world in World::all().await {
        let change = async |days| {
            let mut tx = world.place.store.begin().await.expect("a transaction");
            tx.save_offer_validity(world.home(), days).await.expect("the days");
            tx.commit().await.expect("they are there");
        };
        for (days, expected) in [(Some(2), 2), (Some(30), 30), (None, 7), (None, 7)] {
            change(days).await;
            assert_eq!(world.desk().await.days[&world.home()], expected);
            let report = world.say(world.home(), free(1)).await.expect("a report").remove(0).report;
            assert_eq!(report.valid_until - report.reported_at, Duration::days(i64::from(expected)));
        }
    }
}
