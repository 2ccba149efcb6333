//! What becomes of mails in the queue.

use std::{
    sync::{Arc, Mutex},
    time::Duration as Wait,
};

use app::{
    backend::Clock,
    domain::{account::Email, ids::MailId, now::Now},
};
use server::{
    jobs::mail::MailJob,
    mail::{MailServer, SmtpSender},
    store::{Mail, Store},
};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    post_office::{Mood, PostOffice},
    support::stores,
};

struct Watch(Mutex<OffsetDateTime>);

impl Watch {
    fn passes(&self, time: Duration) {
        *self.0.lock().expect("a lock") += time;
    }
}

impl Clock for Watch {
    fn now(&self) -> Now {
        let instant = *self.0.lock().expect("a lock");
        Now { instant, berlin_date: instant.date(), berlin_minute: 0, holiday: None }
    }
}

/// A queue, whoever empties it, and the mail server.
struct Office {
    store: Store,
    watch: Arc<Watch>,
    post: PostOffice,
    job: MailJob,
}

impl Office {
    fn new(store: &Store) -> Self {
        let watch = Arc::new(Watch(Mutex::new(datetime!(2026-07-01 10:00 UTC))));
        let post = PostOffice::open();
        let job = job(store, &watch, &post.url);
        Self { store: store.clone(), watch, post, job }
    }

    async fn write(&self, subject: &str) {
        self.write_with(subject, None).await;
    }

    async fn write_with(&self, subject: &str, one_click: Option<String>) {
        let mail = Mail {
            id: MailId(Uuid::now_v7()),
            recipient: Email::parse("petra@heim.example").expect("an address"),
            subject: subject.to_owned(),
            text: "Schöne Grüße\n.\nhttps://pflege.example/geheim".to_owned(),
            html: "<p>Schöne Grüße</p>".to_owned(),
            unsubscribe: one_click,
            created_at: self.watch.now().instant,
            attempts: 0,
        };
        let mut tx = self.store.begin().await.expect("a transaction");
        tx.insert_mail(&mail).await.expect("queued");
        tx.commit().await.expect("committed");
    }

    async fn waiting(&self) -> Vec<Mail> {
        self.store.list_mail(100).await.expect("mails")
    }

    async fn send(&self) {
        self.job.send_due().await.expect("the store answers");
    }
}

pub fn job(store: &Store, watch: &Arc<impl Clock + 'static>, url: &str) -> MailJob {
    // Longer than any machine is busy with something else.
    job_with(store, watch, url, Wait::from_mins(10))
}

fn job_with(store: &Store, watch: &Arc<impl Clock + 'static>, url: &str, patience: Wait) -> MailJob {
    let from = Email::parse("pflege@kreis.example").expect("an address");
    let server = MailServer { url: url.to_owned(), from, from_name: "Pflegeportal Käfertal".to_owned() };
    let sender = SmtpSender::new(&server).expect("a sender").patient_for(patience);
    MailJob::new(store.clone(), watch.clone(), Arc::new(sender), Arc::new(Notify::new()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_once_and_is_gone_from_the_queue() {
    for test in stores().await {
        let office = Office::new(&test.store);
        office.write("Grüße").await;
        office.send().await;
        office.watch.passes(Duration::days(1));
        office.send().await;
        let received = office.post.received();
        assert_eq!(received.len(), 1, "{}", test.engine);
        assert_eq!(received[0].to, ["petra@heim.example"]);
        let message = &received[0].message;
        for part in [
            "From: =?utf-8?b?",
            "<pflege@kreis.example>\r\n",
            "To: petra@heim.example\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "@kreis.example>\r\n",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "multipart/alternative",
        ] {
            assert!(message.contains(part), "{part} is missing in {message}");
        }
        assert!(office.waiting().await.is_empty(), "{}", test.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_can_be_ended_with_one_click_says_so_to_mail_programs_and_no_other_does() {
    for test in stores().await {
        let office = Office::new(&test.store);
        let link = format!("https://pflege.example/benachrichtigen/{}", "ab".repeat(32));
        office.write_with("Frei", Some(link.clone())).await;
        office.write("Grüße").await;
        office.send().await;
        let received = office.post.received();
        let says = |at: usize, text: &str| received[at].message.replace("\r\n ", " ").contains(text);
        let header = format!("List-Unsubscribe: <{link}>\r\n");
        // Whoever waits in front of a page comes first.
        assert!(!says(0, "List-Unsubscribe"), "{}: {}", test.engine, received[0].message);
        assert!(says(1, &header), "{}: {}", test.engine, received[1].message);
        assert!(says(1, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{}", received[1].message);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_subject_makes_a_header_of_its_own() {
    for test in stores().await {
        let office = Office::new(&test.store);
        office.write("Guten Tag\r\nBcc: jemand@anders.example").await;
        office.send().await;
        let received = office.post.received();
        assert!(!received[0].message.contains("\nBcc:"), "{}", received[0].message);
        assert_eq!(received[0].to, ["petra@heim.example"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_is_given_up_and_its_words_are_forgotten() {
    for test in stores().await {
        let office = Office::new(&test.store);
        office.post.is(Mood::Refuses);
        office.write("Einladung").await;
        office.send().await;
        office.post.is(Mood::Takes);
        office.watch.passes(Duration::days(2));
        office.send().await;
        assert!(office.post.received().is_empty(), "{}", test.engine);
        let waiting = office.waiting().await;
        assert_eq!((waiting[0].attempts, waiting[0].text.as_str(), waiting[0].html.as_str()), (1, "", ""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_busy_slow_or_hangs_up_gets_the_mail_later() {
    for mood in [Mood::Busy, Mood::Distrusts, Mood::Slow(Wait::from_secs(5)), Mood::Vanishes] {
        for test in stores().await {
            let office = Office::new(&test.store);
            office.post.is(mood);
            office.write("Einladung").await;
            if let Mood::Slow(_) = mood {
                let impatient =
                    job_with(&test.store, &office.watch, &office.post.url, Wait::from_millis(500));
                impatient.send_due().await.expect("the store answers");
            } else {
                office.send().await;
            }
            let attempts =
                async || office.waiting().await.iter().map(|mail| mail.attempts).collect::<Vec<_>>();
            assert_eq!(attempts().await, [1], "{}: {mood:?}", test.engine);
            office.watch.passes(Duration::seconds(59));
            office.post.is(Mood::Takes);
            office.send().await;
            assert_eq!(attempts().await, [1], "{}: {mood:?}, too soon", test.engine);
            office.watch.passes(Duration::seconds(2));
            office.send().await;
            assert!(office.waiting().await.is_empty(), "{}: {mood:?}", test.engine);
            let ids: Vec<String> = office.post.received().iter().filter_map(|m| id_of(&m.message)).collect();
            assert!(!ids.is_empty() && ids.iter().all(|id| *id == ids[0]), "{}: {mood:?}", test.engine);
        }
    }
}

pub fn id_of(message: &str) -> Option<String> {
    message.lines().find_map(|line| line.strip_prefix("Message-ID: ")).map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_answers_a_mail_is_given_up_after_three_days_and_not_before() {
    for test in stores().await {
        let office = Office::new(&test.store);
        let nobody = job(&test.store, &office.watch, "smtp://127.0.0.1:1");
        office.write("Einladung").await;
        let mut hours = 0;
        while !office.waiting().await[0].text.is_empty() {
            nobody.send_due().await.expect("the store answers");
            office.watch.passes(Duration::hours(1));
            hours += 1;
            assert!(hours < 100, "{}: it is tried for ever", test.engine);
        }
        assert_eq!(office.waiting().await[0].attempts, hours, "{}: it is tried every hour", test.engine);
        assert!((72..=73).contains(&hours), "{}: {hours} hours", test.engine);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_send_each_mail_once() {
    for test in stores().await {
        let office = Office::new(&test.store);
        for number in 0..30 {
            office.write(&format!("Nummer {number}")).await;
        }
        let other = job(&test.store, &office.watch, &office.post.url);
        let (one, two) = tokio::join!(office.job.send_due(), other.send_due());
        one.and(two).expect("the store answers");
        let mut ids: Vec<String> = office.post.received().iter().filter_map(|m| id_of(&m.message)).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), office.post.received().len()), (30, 30), "{}", test.engine);
        assert!(office.waiting().await.is_empty(), "{}", test.engine);
    }
}
