//! How long reports of single offers hold is up to the county.

use app::domain::{audit::Action, ids::OfferId};
use server::service::capacity::CapacityError;
use time::Duration;
use uuid::Uuid;

use crate::world::{World, free};

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_holds_as_long_as_the_county_says_from_the_next_report_on() {
    for world in World::all().await {
        let (county, facility, home) = (world.county(), world.facility.id, world.home());
        let change = |offer, days| world.capacity.change_validity(&county, facility, offer, days);
        for days in [0, 366, u16::MAX] {
            assert!(matches!(change(home, Some(days)).await, Err(CapacityError::Days)), "{days}");
        }
        let foreign = OfferId(Uuid::max());
        assert!(
            matches!(change(foreign, Some(3)).await, Err(CapacityError::Gone(gone)) if gone == [foreign])
        );
        let before = world.say(world.home(), free(1)).await.expect("a report")[0].report.clone();
        for _twice in 0..2 {
            change(home, Some(365)).await.expect("changed");
        }
        assert_eq!(world.latest(home).await, Some(before), "{}", world.place.engine);
        assert_eq!(world.desk().await.days[&home], 365);
        assert_ne!(world.desk().await.days[&world.short()], 365);
        let long = world.say(world.home(), free(1)).await.expect("a report")[0].report.clone();
        assert_eq!(long.valid_until, long.reported_at + Duration::days(365));
        assert_eq!(world.capacity.list_validity(&county, facility).await.expect("a list").len(), 1);
        change(home, None).await.expect("changed");
        assert!(world.capacity.list_validity(&county, facility).await.expect("a list").is_empty());
        let log = world.place.store.list_audit(i64::MAX, 100).await.expect("the log");
        let changes = log.iter().filter(|line| line.action == Some(Action::ValidityChanged)).count();
        assert_eq!(changes, 2, "what changes nothing is no change");
    }
}
