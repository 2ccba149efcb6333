//! A power cut while somebody saves and approves, again and again. `KREISLOTSE_TEST_CRASHES=50` does it fifty times.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use app::domain::{demo_people, ids::Slug};
use server::store::{Chain, Store};

use crate::{
    program::{Serving, directory},
    rounds,
    support::postgres_store,
};

/// Somebody of the county in front of a browser; the cookie outlives the portal.
struct Clerk {
    cookie: String,
    entry: Slug,
}

struct Answer {
    status: u16,
    location: String,
    text: String,
}

/// `None` where nobody is there or the connection breaks before its end.
fn send(
    address: &str,
    method: &str,
    path: &str,
    cookie: &str,
    fields: &[(&str, &str)],
) -> Option<(Answer, String)> {
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let body = pairs.join("&");
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: kreis\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let head = text.split("\r\n\r\n").next()?.to_owned();
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let cookie = header("set-cookie").and_then(|set| Some(set.split(';').next()?.to_owned()));
    let location = header("location").unwrap_or_default();
    Some((Answer { status, location, text }, cookie.unwrap_or_default()))
}

impl Clerk {
    fn sign_in(portal: &Serving, entry: Slug) -> Self {
        let fields = [("email", demo_people::PEOPLE[1].email), ("passwort", demo_people::PASSWORD)];
        let (answer, cookie) = send(&portal.address, "POST", "/anmelden", "", &fields).expect("an answer");
        assert_eq!(answer.status, 303, "{}", answer.text);
        Self { cookie, entry }
    }

    fn path(&self) -> String {
        format!("/redaktion/eintraege/{}", self.entry)
    }

    /// Gives the entry another name and publishes it; whether both were acknowledged.
    fn publish(&self, address: &str, number: usize) -> Option<()> {
        let part = format!("{}/grunddaten", self.path());
        let (page, _) = send(address, "GET", &part, &self.cookie, &[])?;
        let after = |before: &str| {
            let rest = page.text.split(before).nth(1)?;
            Some(rest.split('"').next()?.to_owned())
        };
        let stamp = after("name=\"stand\" value=\"")?;
        let chosen = page.text.split("\" selected>").next()?;
        let municipality = chosen.rsplit('"').next()?.to_owned();
        let name = name(number);
        let fields = [("stand", &*stamp), ("name", &*name), ("gemeinde", &*municipality)];
        let (saved, _) = send(address, "POST", &part, &self.cookie, &fields)?;
        assert!(saved.location.ends_with("getan=gespeichert"), "{} {}", saved.status, saved.text);
        let (page, _) = send(address, "GET", &self.path(), &self.cookie, &[])?;
        let seen = page.text.split("name=\"stand\" value=\"").nth(1)?.split('"').next()?.to_owned();
        let submit = format!("{}/einreichen", self.path());
        let (published, _) = send(address, "POST", &submit, &self.cookie, &[("stand", &*seen)])?;
        assert!(
            published.location.ends_with("getan=veroeffentlicht"),
            "{} {}",
            published.status,
            published.text
        );
        Some(())
    }
}

fn name(number: usize) -> String {
    format!("Absturzhaus {number}")
}

async fn crash(rounds: usize, url: Option<&str>) {
    let data = directory();
    let environment: Vec<_> = url.iter().map(|url| ("KREISLOTSE_DATABASE_URL", *url)).collect();
    let serve = || {
        let portal = Serving::start_with(data.path(), &["--demo"], &environment);
        portal.wait_until_ready();
        portal
    };
    let file = data.path().join("kreislotse.db").display().to_string();
    let portal = serve();
    let store = Store::connect(url.unwrap_or(&file)).await.expect("a store");
    let entry = store.list_public_facilities(None, 1).await.expect("entries").pop().expect("an entry");
    let clerk = Clerk::sign_in(&portal, entry.slug.clone());
    clerk.publish(&portal.address, 0).expect("an answer");
    portal.kill();
    let mut acknowledged = BTreeSet::from([name(0)]);
    let tried = AtomicUsize::new(1);
    for round in 0..rounds {
        let portal = serve();
        let address = portal.address.clone();
        let done = std::thread::scope(|scope| {
            let work = scope.spawn(|| {
                let mut done = Vec::new();
                loop {
                    let number = tried.fetch_add(1, Ordering::SeqCst);
                    match clerk.publish(&address, number) {
                        Some(()) => done.push(name(number)),
                        None => return done,
                    }
                }
            });
            // At another moment each time, with some work done before.
            std::thread::sleep(Duration::from_millis(1_500 + round as u64 * 137 % 500));
            portal.kill();
            work.join().expect("its work")
        });
        acknowledged.extend(done);

        let versions = store.list_versions(entry.id).await.expect("versions");
        let kept: BTreeSet<String> = versions.iter().map(|own| own.facility.name.clone()).collect();
        let lost: Vec<_> = acknowledged.difference(&kept).collect();
        assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
        let live = store.list_facilities(&[entry.id]).await.expect("an answer").pop().expect("the entry");
        assert_eq!(live.name, versions[0].facility.name, "the newest version is the live one");
        let chain = store.verify_audit().await.expect("an answer");
        assert!(matches!(chain, Chain::Sound { .. }), "{chain:?}");
        // What the index knows is what the store has: its suggestions come from memory, built at the start.
        let portal = serve();
        let wanted = format!("\"label\":\"{}", live.name);
        portal.wait_until("/api/v1/suggest?q=Absturzhaus", |answer| answer.contains(&wanted));
        let answer = portal.get("/api/v1/suggest?q=Absturzhaus");
        assert_eq!(answer.matches("Absturzhaus ").count(), 1, "{answer}");
        portal.kill();
    }
    println!("{} acknowledged, {} tried", acknowledged.len(), tried.load(Ordering::SeqCst));
    assert!(acknowledged.len() > rounds, "nothing was done between the cuts");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_during_saves_and_approvals_loses_nothing_acknowledged() {
    crash(rounds::rounds(), None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_holds_on_postgres() {
    let Some(database) = postgres_store().await else { return };
    crash(rounds::rounds(), Some(&database.url)).await;
}
