//! What stays silent waits for the county.

use app::domain::{
    ids::{OfferId, Slug},
    offer::Offer,
    unreported::{Unreported, UnreportedQuery, UnreportedShow},
};
use server::service::reminder::{ReminderError, ReminderService};
use time::{
    Duration, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use crate::{
    reminders::service,
    support::samples,
    world::{NOON, World, free},
};

/// When what was reported at [`NOON`] for a week is over.
const ITS_END: OffsetDateTime = datetime!(2026-07-08 10:00 UTC);

async fn list(world: &World, reminders: &ReminderService, show: UnreportedShow) -> Vec<Unreported> {
    let query = UnreportedQuery { show, before: 0 };
    let page = reminders.list_unreported(&world.county(), query).await.expect("a list");
    assert_eq!(page.total, page.facilities.len());
    page.facilities
}

/// How many the home page of the county says.
async fn count(world: &World, reminders: &ReminderService) -> usize {
    reminders.count_unreported(&world.county()).await.expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_grey_for_three_days_waits_for_the_county_until_somebody_reports() {
    for world in World::all().await {
        let reminders = service(&world);
        world.say(world.home(), free(3)).await.expect("a report");
        world.clock.becomes(ITS_END);
        assert_eq!(reminders.remind_due().await.expect("an answer"), 1);
        let three_days = ITS_END + Duration::days(3);
        for (instant, expected) in [
            (ITS_END, 0),
            (three_days - Duration::SECOND, 0),
            (three_days, 1),
            (NOON + Duration::days(90), 1),
        ] {
            world.clock.becomes(instant);
            assert_eq!(count(&world, &reminders).await, expected, "{}: {instant}", world.place.engine);
        }
        let line = list(&world, &reminders, UnreportedShow::Open).await.remove(0);
        assert_eq!((line.id, line.since, line.offers, line.people), (world.facility.id, Some(ITS_END), 1, 1));
        assert_eq!(line.phone, world.organization.phone);
        assert_eq!(line.reminded, [(world.office.name.clone(), ITS_END)]);
        world.say(world.home(), free(0)).await.expect("a report");
        assert_eq!(count(&world, &reminders).await, 0, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_could_be_reminded_the_county_knows_at_once() {
    for world in World::all().await {
        let reminders = service(&world);
        for offer in [world.home(), world.short()] {
            world.say(offer, free(3)).await.expect("a report");
        }
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.delete_membership(world.office.id, world.organization.id).await.expect("they leave");
        tx.commit().await.expect("committed");
        // Short-term care ends first.
        let its_end = NOON + Duration::days(3);
        for (instant, expected) in [(its_end - Duration::SECOND, 0), (its_end, 1)] {
            world.clock.becomes(instant);
            assert_eq!(count(&world, &reminders).await, expected, "{}: {instant}", world.place.engine);
        }
        let line = list(&world, &reminders, UnreportedShow::Open).await.remove(0);
        assert_eq!((line.since, line.offers, line.people), (Some(its_end), 1, 0));
    }
}

/// An offer that was made at an instant.
fn offer_of(instant: OffsetDateTime) -> Offer {
    let millis = u64::try_from(instant.unix_timestamp_nanos() / 1_000_000).expect("after 1970");
    let id = OfferId(Uuid::from_u64_pair(millis << 16 | 0x7fff, 0x8fff_ffff_ffff_ffff));
    Offer { id, ..samples::plain_offer("tagespflege") }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_was_reported_comes_last_and_not_on_its_first_days() {
    for world in World::all().await {
        let reminders = service(&world);
        world.say(world.home(), free(3)).await.expect("a report");
        let mut new = samples::plain_facility("Haus Neu");
        new.organization = Some(world.organization.clone());
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.insert_facility(&new, None).await.expect("inserted");
        tx.insert_offer(new.id, &offer_of(NOON)).await.expect("inserted");
        tx.commit().await.expect("committed");
        world.clock.becomes(NOON + Duration::days(3));
        assert_eq!(count(&world, &reminders).await, 0, "{}", world.place.engine);
        world.clock.passes(Duration::SECOND);
        assert_eq!(count(&world, &reminders).await, 1, "{}", world.place.engine);
        world.clock.becomes(ITS_END + Duration::days(3));
        let names = |lines: &[Unreported]| lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>();
        let open = list(&world, &reminders, UnreportedShow::Open).await;
        assert_eq!(names(&open), ["Haus am Birkensee", "Haus Neu"], "{}", world.place.engine);
        assert_eq!(names(&list(&world, &reminders, UnreportedShow::Never).await), ["Haus Neu"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_comes_back_on_its_day() {
    for world in World::all().await {
        let reminders = service(&world);
        world.say(world.home(), free(3)).await.expect("a report");
        world.clock.becomes(ITS_END + Duration::days(3));
        let (county, slug) = (world.county(), world.facility.slug.clone());
        let put_off = async |on, note: &str| reminders.put_off(&county, &slug, on, note).await;
        for day in [date!(2026 - 07 - 10), date!(2026 - 10 - 10)] {
            let refused = put_off(day, "").await;
            assert!(matches!(refused, Err(ReminderError::Day)), "{day}: {refused:?}");
        }
        assert!(matches!(put_off(date!(2026 - 07 - 20), &"ä".repeat(301)).await, Err(ReminderError::Note)));
        let nowhere = Slug::from_name("Gibt es nicht");
        let gone = reminders.put_off(&county, &nowhere, date!(2026 - 07 - 20), "").await;
        assert!(matches!(gone, Err(ReminderError::Gone)), "{gone:?}");
        assert_eq!(count(&world, &reminders).await, 1, "nothing was put off");
        put_off(date!(2026 - 07 - 12), "besetzt").await.expect("put off");
        put_off(date!(2026 - 07 - 20), "Frau Muster\nmeldet selbst").await.expect("put off");
        assert_eq!(count(&world, &reminders).await, 0, "{}", world.place.engine);
        let later = list(&world, &reminders, UnreportedShow::Later).await.remove(0);
        let note = later.follow_up.expect("a note");
        assert_eq!((note.on, note.note.as_str()), (date!(2026 - 07 - 20), "Frau Muster meldet selbst"));
        assert_eq!(note.author.as_deref(), Some(world.office.name.as_str()));
        world.clock.becomes(datetime!(2026-07-19 21:59:59 UTC));
        assert_eq!(count(&world, &reminders).await, 0, "{}", world.place.engine);
        world.clock.passes(Duration::SECOND);
        assert_eq!(count(&world, &reminders).await, 1, "midnight in Berlin");
        assert!(list(&world, &reminders, UnreportedShow::Later).await.is_empty());
    }
}
