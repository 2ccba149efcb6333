//! Whoever works for an organization is reminded to report: once, by day, and as they want it.

use std::sync::Arc;

use app::domain::{
    account::{Account, OrganizationRole},
    facility::Visibility,
    holiday::{Holidays, State},
    ids::OfferId,
    organization::Organization,
    portal::Portal,
    reminder::{ReminderKind, ReminderSettings},
};
use server::{
    clock::CountyClock,
    jobs::reminders::ReminderJob,
    service::{account::link::LinkSecret, mail::Mailbox, reminder::ReminderService},
    store::Mail,
};
use time::{
    Duration, OffsetDateTime,
    macros::{date, datetime},
};

use crate::{
    support::samples,
    world::{NOON, World, free},
};

/// A day before what was reported at [`NOON`] for a week ends.
const A_DAY_BEFORE: OffsetDateTime = datetime!(2026-07-07 10:00 UTC);
const AT_ITS_END: OffsetDateTime = datetime!(2026-07-08 10:00 UTC);

pub fn service(world: &World) -> Arc<ReminderService> {
    let holidays = Holidays { state: Some(State::Saarland), also: Vec::new() };
    let clock = Arc::new(CountyClock::new(world.clock.clone(), holidays.clone()));
    let portal = Portal {
        writes_mail: true,
        base_url: "https://pflege.example".to_owned(),
        county_asks_after_days: 3,
        holidays,
        ..Portal::default()
    };
    Arc::new(ReminderService::new(world.place.store.clone(), clock, Mailbox::new(Arc::new(portal))))
}

/// How many are reminded at an instant.
async fn at(world: &World, instant: OffsetDateTime) -> usize {
    world.clock.becomes(instant);
    let written = ReminderJob::new(service(world)).run_due().await.expect("an answer");
    let again = ReminderJob::new(service(world)).run_due().await.expect("an answer");
    assert_eq!(again, 0, "{}: {instant}, twice in a row", world.place.engine);
    written
}

/// All mails, the newest first.
async fn mails(world: &World) -> Vec<Mail> {
    world.place.store.list_mail(100).await.expect("mails")
}

/// What the links of a mail hold that begin so.
fn secrets(mail: &Mail, path: &str) -> Vec<LinkSecret> {
    let start = format!("https://pflege.example{path}/");
    let links = mail.text.split_whitespace().filter_map(|word| word.strip_prefix(&start));
    links.map(|secret| LinkSecret::parse(secret).expect("a secret")).collect()
}

/// Worlds in which somebody has reported for a week at [`NOON`].
async fn reported() -> Vec<World> {
    let worlds = World::all().await;
    for world in &worlds {
        world.say(world.home(), free(3)).await.expect("a report");
    }
    worlds
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_before_and_at_its_end_somebody_hears_once_of_a_report() {
    for world in reported().await {
        assert_eq!(at(&world, A_DAY_BEFORE - Duration::SECOND).await, 0, "{}", world.place.engine);
        assert_eq!(at(&world, A_DAY_BEFORE).await, 1, "{}", world.place.engine);
        let mail = mails(&world).await.remove(0);
        assert_eq!(mail.recipient, world.office.email);
        for part in [
            "Haus am Birkensee, Vollstationäre Pflege (Pflegeheim): die Meldung gilt noch bis Mittwoch, 8. Juli, 12 Uhr",
            "Haus am Birkensee, Kurzzeitpflege: noch nie gemeldet",
        ] {
            assert!(mail.text.contains(part), "{part} is missing in {}", mail.text);
        }
        assert!(!mail.text.contains("Pflegestützpunkt"), "it has no light: {}", mail.text);
        let link = secrets(&mail, "/m").remove(0);
        let link = world.capacity.find_link(&link).await.expect("an answer").expect("a link");
        assert_eq!(link.organization, world.organization.id);
        assert_eq!(link.recipient.map(|(account, _)| account), Some(world.office.id));
        for instant in [datetime!(2026-07-07 15:59 UTC), datetime!(2026-07-08 06:00 UTC)] {
            assert_eq!(at(&world, instant).await, 0, "{}: {instant}", world.place.engine);
        }
        assert_eq!(at(&world, AT_ITS_END - Duration::SECOND).await, 0);
        assert_eq!(at(&world, AT_ITS_END).await, 1, "{}", world.place.engine);
        let mail = mails(&world).await.remove(0);
        assert!(mail.text.contains("keine aktuelle Meldung seit Mittwoch, 8. Juli"), "{}", mail.text);
        for days in 1..30 {
            assert_eq!(at(&world, AT_ITS_END + Duration::days(days)).await, 0, "{days}");
        }
        assert_eq!(mails(&world).await.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_written_to_at_night_on_sundays_and_on_holidays() {
    for world in World::all().await {
        // Three days of short-term care, from Wednesday to Saturday, the Day of German Unity.
        world.clock.becomes(datetime!(2026-09-30 10:00 UTC));
        world.say(world.short(), free(1)).await.expect("a report");
        for (instant, written) in [
            (datetime!(2026-10-01 15:59 UTC), 0),
            (datetime!(2026-10-02 05:59:59 UTC), 0),
            // On Friday it is said, because nobody writes on Saturday.
            (datetime!(2026-10-02 06:00 UTC), 1),
            (datetime!(2026-10-03 10:00 UTC), 0),
            (datetime!(2026-10-04 10:00 UTC), 0),
            (datetime!(2026-10-05 05:59:59 UTC), 0),
            (datetime!(2026-10-05 06:00 UTC), 1),
        ] {
            assert_eq!(at(&world, instant).await, written, "{}: {instant}", world.place.engine);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_morning_is_another_hour_when_the_clocks_have_changed() {
    for world in World::all().await {
        world.clock.becomes(datetime!(2026-10-19 06:30 UTC));
        world.say(world.home(), free(1)).await.expect("a report");
        for (instant, written) in [
            (datetime!(2026-10-24 15:00 UTC), 0),
            (datetime!(2026-10-26 06:59:59 UTC), 0),
            (datetime!(2026-10-26 07:00 UTC), 1),
        ] {
            assert_eq!(at(&world, instant).await, written, "{}: {instant}", world.place.engine);
        }
        let mail = mails(&world).await.remove(0);
        assert!(mail.text.contains("bis Montag, 26. Oktober, 8:30 Uhr"), "{}", mail.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_programs_at_the_same_moment_write_one_mail() {
    for world in reported().await {
        world.clock.becomes(A_DAY_BEFORE);
        let jobs = [(); 4].map(|()| ReminderJob::new(service(&world)));
        let [a, b, c, d] = &jobs;
        let (a, b, c, d) = tokio::join!(a.run_due(), b.run_due(), c.run_due(), d.run_due());
        let written: usize = [a, b, c, d].into_iter().map(|one| one.expect("an answer")).sum();
        assert_eq!((written, mails(&world).await.len()), (1, 1), "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_half_way_keeps_nobody_from_their_mail() {
    for world in reported().await {
        let mut tx = world.place.store.begin().await.expect("a transaction");
        let hash = "ab".repeat(32);
        assert!(tx.insert_reminder(world.office.id, date!(2026 - 07 - 07), &hash).await.expect("an answer"));
        drop(tx);
        assert_eq!(at(&world, A_DAY_BEFORE).await, 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_in_between_is_the_end_of_it() {
    for world in reported().await {
        world.clock.becomes(A_DAY_BEFORE - Duration::HOUR);
        world.say(world.home(), free(2)).await.expect("a report");
        for instant in [A_DAY_BEFORE, AT_ITS_END] {
            assert_eq!(at(&world, instant).await, 0, "{}", world.place.engine);
        }
        assert_eq!(at(&world, A_DAY_BEFORE + Duration::days(7)).await, 1, "the next one is news");
    }
}

/// The world's person works for another organization, too, whose offer was reported at the same moment.
async fn second_organization(world: &World) -> (Organization, OfferId) {
    let organization = samples::organization("Ahorn Pflege");
    let mut facility = samples::plain_facility("Haus Ahorn");
    facility.organization = Some(organization.clone());
    let offer = samples::plain_offer("vollstationaere-pflege");
    let mut report = samples::report(offer.id, 1);
    (report.reported_at, report.valid_until) = (NOON, AT_ITS_END);
    let mut tx = world.place.store.begin().await.expect("a transaction");
    tx.insert_organization(&organization).await.expect("inserted");
    tx.insert_facility(&facility, None).await.expect("inserted");
    tx.insert_offer(facility.id, &offer).await.expect("inserted");
    tx.insert_report(&report).await.expect("inserted");
    tx.save_membership(world.office.id, organization.id, OrganizationRole::Owner).await.expect("saved");
    tx.commit().await.expect("committed");
    (organization, offer.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_in_two_organizations_gets_one_mail_with_a_link_for_each() {
    for world in reported().await {
        let (other, _) = second_organization(&world).await;
        assert_eq!(at(&world, A_DAY_BEFORE).await, 1, "{}", world.place.engine);
        let mail = mails(&world).await.remove(0);
        let mut organizations = Vec::new();
        for link in secrets(&mail, "/m") {
            let link = world.capacity.find_link(&link).await.expect("an answer").expect("a link");
            organizations.push(link.organization);
        }
        assert_eq!(organizations, [other.id, world.organization.id], "{}", mail.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_an_organization_is_written_to_and_who_has_left_is_not() {
    for world in reported().await {
        let colleague = samples::account("leitung@birkensee.example");
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.insert_account(&colleague, NOON).await.expect("inserted");
        let (account, role) = (colleague.account.id, OrganizationRole::Owner);
        tx.save_membership(account, world.organization.id, role).await.expect("saved");
        tx.commit().await.expect("committed");
        assert_eq!(at(&world, A_DAY_BEFORE).await, 2, "{}", world.place.engine);
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.delete_membership(world.office.id, world.organization.id).await.expect("they leave");
        tx.commit().await.expect("committed");
        assert_eq!(at(&world, AT_ITS_END).await, 1, "{}", world.place.engine);
        assert_eq!(mails(&world).await[0].recipient, colleague.account.email);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_of_what_nobody_sees() {
    for world in reported().await {
        let mut facility = world.facility.clone();
        facility.visibility = Visibility::Archived;
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.update_facility(&facility).await.expect("updated");
        tx.commit().await.expect("committed");
        for instant in [A_DAY_BEFORE, AT_ITS_END] {
            assert_eq!(at(&world, instant).await, 0, "{}", world.place.engine);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_gets_the_reminders_they_want_and_none_in_a_pause() {
    let all = ReminderSettings::default();
    let paused = ReminderSettings { paused_until: Some(date!(2026 - 07 - 08)), ..all };
    for (settings, wanted) in [
        (all.without(Some(ReminderKind::BeforeExpiry)), [0, 1, 0]),
        (all.without(Some(ReminderKind::Expired)), [1, 0, 0]),
        (all.without(None), [0, 0, 0]),
        // After the pause it is still news.
        (paused, [0, 0, 1]),
    ] {
        for world in reported().await {
            service(&world).change(world.office.id, settings).await.expect("changed");
            let mut found = [0; 3];
            for (at_its, instant) in
                [A_DAY_BEFORE, AT_ITS_END, AT_ITS_END + Duration::DAY].into_iter().enumerate()
            {
                found[at_its] = at(&world, instant).await;
            }
            assert_eq!(found, wanted, "{}: {settings:?}", world.place.engine);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_the_reminders_of_its_reader_alone() {
    for world in reported().await {
        let reminders = service(&world);
        assert_eq!(at(&world, A_DAY_BEFORE).await, 1);
        let mail = mails(&world).await.remove(0);
        let secret = secrets(&mail, "/erinnerungen-abbestellen").remove(0);
        assert_eq!(
            mail.unsubscribe,
            Some(format!("https://pflege.example/erinnerungen-abbestellen/{}", secret.as_str()))
        );
        reminders.stop(&secret, None).await.expect("stopped");
        reminders.stop(&secret, None).await.expect("stopped already");
        let none = ReminderSettings::default().without(None);
        assert_eq!(reminders.settings(world.office.id).await.expect("an answer"), none);
        assert_eq!(at(&world, AT_ITS_END).await, 0, "{}", world.place.engine);
        let foreign = secrets(&mail, "/m").remove(0);
        assert!(reminders.stop(&foreign, None).await.is_err(), "a link that reports ends nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_mail_reminds_nobody() {
    for world in reported().await {
        world.clock.becomes(AT_ITS_END);
        let mailbox = Mailbox::new(Arc::new(Portal::default()));
        let silent = ReminderService::new(world.place.store.clone(), world.clock.clone(), mailbox);
        assert_eq!(silent.remind_due().await.expect("an answer"), 0);
        // Once there is a mail server, it is still news.
        assert_eq!(at(&world, AT_ITS_END).await, 1, "{}", world.place.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_gone_hears_nothing_and_is_nobody_who_was_reminded() {
    for world in reported().await {
        assert_eq!(at(&world, A_DAY_BEFORE).await, 1);
        let Account { id, .. } = world.office;
        let mut tx = world.place.store.begin().await.expect("a transaction");
        tx.delete_memberships(id).await.expect("they leave");
        tx.delete_account(id).await.expect("the account goes");
        tx.commit().await.expect("committed");
        assert_eq!(at(&world, AT_ITS_END).await, 0, "{}", world.place.engine);
    }
}
