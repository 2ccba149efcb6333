//! A mail server that is away for a day loses no mail, and none arrives twice.

use std::{collections::BTreeSet, sync::Arc};

use app::domain::{account::Email, account::OrganizationRole, ids::MailId, portal::Portal};
use server::{
    jobs::reminders::ReminderJob,
    service::{mail::Mailbox, reminder::ReminderService},
    store::Mail,
};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::{
    post_office::{Mood, PostOffice},
    queue::{id_of, job},
    support::samples,
    world::{NOON, World, free},
};

/// People of the organization beside the one that is there.
const COLLEAGUES: usize = 4;

/// Colleagues, and a mail of another kind.
async fn fill(world: &World) {
    let mut tx = world.place.store.begin().await.expect("a transaction");
    for number in 0..COLLEAGUES {
        let account = samples::account(&format!("person{number}@birkensee.example"));
        tx.insert_account(&account, NOON).await.expect("inserted");
        let role = OrganizationRole::Editor;
        tx.save_membership(account.account.id, world.organization.id, role).await.expect("saved");
    }
    // It holds for a month, so that nothing else happens on the day after.
    tx.save_offer_validity(world.home(), Some(30)).await.expect("saved");
    tx.commit().await.expect("committed");
    world.say(world.home(), free(1)).await.expect("a report");
}

async fn write_something_else(world: &World) {
    let mail = Mail {
        id: MailId(Uuid::now_v7()),
        recipient: Email::parse("kreis@kreis.example").expect("an address"),
        subject: "Etwas anderes".to_owned(),
        text: "Text".to_owned(),
        html: "<p>Text</p>".to_owned(),
        unsubscribe: None,
        created_at: world.clock.instant(),
        attempts: 0,
    };
    let mut tx = world.place.store.begin().await.expect("a transaction");
    tx.insert_mail(&mail).await.expect("queued");
    tx.commit().await.expect("committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_for_a_day_loses_no_mail_and_sends_none_twice() {
    for world in World::all().await {
        fill(&world).await;
        let (store, engine) = (&world.place.store, world.place.engine);
        let portal =
            Portal { writes_mail: true, base_url: "https://pflege.example".to_owned(), ..Portal::default() };
        let mailbox = Mailbox::new(Arc::new(portal));
        let reminders = ReminderService::new(store.clone(), world.clock.clone(), mailbox);
        let reminders = ReminderJob::new(Arc::new(reminders));
        let post = PostOffice::open();
        let sender = job(store, &world.clock, &post.url);
        let to_nobody = job(store, &world.clock, "smtp://127.0.0.1:1");
        // Tuesday noon: three days before the report ends.
        let away = datetime!(2026-07-28 10:00 UTC);
        world.clock.becomes(away);
        let mut written = 0;
        for quarter in 0..=96 {
            post.is([Mood::Busy, Mood::Distrusts, Mood::Vanishes][quarter % 3]);
            written += reminders.run_due().await.expect("an answer");
            if quarter % 48 == 0 {
                write_something_else(&world).await;
            }
            // Mostly there is nobody; now and then somebody who takes nothing.
            let through = if quarter % 8 == 1 { &sender } else { &to_nobody };
            through.send_due().await.expect("the store answers");
            world.clock.passes(Duration::minutes(15));
        }
        assert_eq!(written, COLLEAGUES + 1, "{engine}: each of them once");
        assert!(post.received().is_empty(), "{engine}: nobody took anything");
        assert_eq!(
            store.list_mail(100).await.expect("mails").len(),
            written + 3,
            "{engine}: nothing is lost"
        );
        post.is(Mood::Takes);
        for _ in 0..=4 {
            world.clock.passes(Duration::minutes(15));
            written += reminders.run_due().await.expect("an answer");
            sender.send_due().await.expect("the store answers");
        }
        let received = post.received();
        let ids: BTreeSet<_> = received.iter().filter_map(|mail| id_of(&mail.message)).collect();
        assert_eq!((ids.len(), received.len()), (COLLEAGUES + 4, COLLEAGUES + 4), "{engine}");
        assert_eq!(written, COLLEAGUES + 1, "{engine}: and nobody is reminded again");
        let people: BTreeSet<_> = received.iter().flat_map(|mail| mail.to.clone()).collect();
        assert_eq!(people.len(), COLLEAGUES + 2, "{engine}: {people:?}");
        assert!(store.list_mail(100).await.expect("mails").is_empty(), "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_says_to_mail_programs_how_it_ends_and_other_mail_does_not() {
    for world in World::all().await {
        fill(&world).await;
        let (store, post) = (&world.place.store, PostOffice::open());
        let portal =
            Portal { writes_mail: true, base_url: "https://pflege.example".to_owned(), ..Portal::default() };
        let reminders =
            ReminderService::new(store.clone(), world.clock.clone(), Mailbox::new(Arc::new(portal)));
        world.clock.becomes(datetime!(2026-07-28 10:00 UTC));
        write_something_else(&world).await;
        reminders.remind_due().await.expect("an answer");
        job(store, &world.clock, &post.url).send_due().await.expect("the store answers");
        let received = post.received();
        assert_eq!(received.len(), COLLEAGUES + 2);
        for mail in received {
            let is_reminder = !mail.message.contains("Etwas anderes");
            // Long headers are folded.
            let unfolded = mail.message.replace("\r\n ", " ");
            let lines: Vec<_> =
                unfolded.lines().filter(|line| line.starts_with("List-Unsubscribe")).collect();
            assert_eq!(lines.len(), if is_reminder { 2 } else { 0 }, "{lines:?}");
            if is_reminder {
                let start = "List-Unsubscribe: <https://pflege.example/erinnerungen-abbestellen/";
                assert!(lines.iter().any(|line| line.starts_with(start)), "{lines:?}");
                assert!(lines.contains(&"List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{lines:?}");
            }
        }
    }
}
