//! A home with short-term places, and families who want to know when one is free.

use std::{net::IpAddr, sync::Arc, time::Duration as Wait};

use app::{
    backend::{
        CurrentPortal,
        access::{CapacityReporter, ReportScope},
    },
    domain::{
        account::{Account, CountyRole},
        capacity::Statement,
        facility::Facility,
        organization::Organization,
        portal::Portal,
    },
    routes,
};
use server::{
    jobs::alerts::AlertJob,
    service::{
        account::link::LinkSecret,
        alert::{AlertService, Switched},
        capacity::{CapacityService, News, Said, Seen},
        mail::Mailbox,
        search::SearchService,
    },
    store::{Mail, Store},
};
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::support::{TestStore, clock::TestClock, samples, stores};

/// A Wednesday, 12:00 in Berlin.
pub const NOON: OffsetDateTime = datetime!(2026-07-01 10:00 UTC);
pub const SEARCH: &str = "art=kurzzeitpflege&ort=Parchim";
pub const FAMILY: &str = "anna@familie.example";

/// One program of those that serve a county.
pub struct Node {
    pub alerts: Arc<AlertService>,
    pub search: Arc<SearchService>,
    following: tokio::task::JoinHandle<()>,
}

impl Drop for Node {
    fn drop(&mut self) {
        self.following.abort();
    }
}

pub struct World {
    pub place: TestStore,
    pub clock: Arc<TestClock>,
    pub portal: CurrentPortal,
    pub organization: Organization,
    pub facility: Facility,
    pub node: Node,
    capacity: CapacityService,
}

impl World {
    /// One for every engine.
    pub async fn all() -> Vec<Self> {
        let mut worlds = Vec::new();
        for place in stores().await {
            worlds.push(Self::over(place).await);
        }
        worlds
    }

    async fn over(place: TestStore) -> Self {
        let clock = Arc::new(TestClock::at(NOON));
        let portal = CurrentPortal::from(Portal {
            name: "Pflege im Kreis".to_owned(),
            county: "Landkreis Aue".to_owned(),
            base_url: "https://pflege.example".to_owned(),
            writes_mail: true,
            ..Portal::default()
        });
        let capacity = CapacityService::new(place.store.clone(), clock.clone(), portal.clone());
        let organization = samples::organization("Birkensee Pflege");
        let town = samples::municipality("Parchim", Some("13076108"));
        let mut facility = samples::full_facility("Haus am Birkensee", &organization, &town);
        facility.pictures.clear();
        facility.offers = vec![
            samples::plain_offer("kurzzeitpflege"),
            samples::plain_offer("kurzzeitpflege"),
            samples::plain_offer("tagespflege"),
        ];
        let mut tx = place.store.begin().await.expect("a transaction");
        tx.insert_organization(&organization).await.expect("an organization");
        tx.insert_municipality(&town).await.expect("a municipality");
        tx.insert_facility(&facility, None).await.expect("a facility");
        for offer in &facility.offers {
            tx.insert_offer(facility.id, offer).await.expect("an offer");
        }
        tx.commit().await.expect("it is there");
        let node = Self::node_over(&place.store, &clock, &portal);
        let world = Self { place, clock, portal, organization, facility, node, capacity };
        // Whoever begins knows from where.
        world.runs().await;
        world
    }

    fn node_over(store: &Store, clock: &Arc<TestClock>, portal: &CurrentPortal) -> Node {
        let search =
            Arc::new(SearchService::new(store.clone(), clock.clone(), portal.clone(), None, Vec::new()));
        let mailbox = Mailbox::new(portal.clone());
        let alerts = AlertService::new(store.clone(), clock.clone(), mailbox, search.clone());
        let following = tokio::spawn(search.clone().follow());
        Node { alerts: Arc::new(alerts), search, following }
    }

    /// Another program on the same database; it has counted nothing yet.
    pub fn another_node(&self) -> Node {
        Self::node_over(&self.place.store, &self.clock, &self.portal)
    }

    pub fn store(&self) -> &Store {
        &self.place.store
    }

    /// The search of a node knows what the store knows.
    pub async fn knows(&self, node: &Node) {
        let latest = self.store().latest_change().await.expect("a number");
        for _ in 0..3_000 {
            if node.search.snapshot().is_ok() && node.search.reached().0 >= latest {
                return;
            }
            tokio::time::sleep(Wait::from_millis(10)).await;
        }
        panic!("the search never knew");
    }

    /// The job does what is due.
    pub async fn runs(&self) {
        self.runs_on(&self.node).await;
    }

    pub async fn runs_on(&self, node: &Node) {
        self.knows(node).await;
        AlertJob::new(node.alerts.clone()).run_due().await.expect("done");
    }

    /// Somebody of the county says what is free at one of the offers.
    pub async fn says(&self, offer: usize, statement: Statement) {
        self.reports(offer, Said::New(statement)).await;
    }

    pub async fn says_again(&self, offer: usize) {
        self.reports(offer, Said::Same).await;
    }

    async fn reports(&self, offer: usize, said: Said) {
        let account = Account {
            county_role: Some(CountyRole::Editor),
            ..samples::account("kreis@kreis.example").account
        };
        let reporter = CapacityReporter::require(&account, &self.organization).expect("the right");
        assert_eq!(reporter.scope(), ReportScope::Organization(self.organization.id));
        let news = News { offer: self.facility.offers[offer].id, seen: Seen::Unsaid, said };
        self.capacity.report(&reporter, vec![news]).await.expect("a report");
    }

    pub async fn is_free(&self, offer: usize, places: u32) {
        self.says(offer, Statement { free_now: Some(places), ..Statement::default() }).await;
    }

    /// Everything that waits for an address, the newest first.
    pub async fn mails_to(&self, email: &str) -> Vec<Mail> {
        let mails = self.store().list_mail(500).await.expect("mails");
        mails.into_iter().filter(|mail| mail.recipient.as_str() == email).collect()
    }

    /// The mails to an address, which are sent then.
    pub async fn reads(&self, email: &str) -> Vec<Mail> {
        let mails = self.mails_to(email).await;
        let mut tx = self.store().begin().await.expect("a transaction");
        for mail in &mails {
            tx.delete_mail(mail.id).await.expect("sent");
        }
        tx.commit().await.expect("sent");
        mails
    }

    /// Somebody wishes to be told; the link they get.
    pub async fn wishes(&self, email: &str, search: &str) -> LinkSecret {
        // Another node: nobody here tests how often one may ask.
        let node = self.another_node();
        self.knows(&node).await;
        node.alerts.ask(email, &routes::parse_search(search), network()).await.expect("asked");
        let mails = self.reads(email).await;
        assert_eq!(mails.len(), 1, "{}", self.place.engine);
        link_in(&mails[0])
    }

    /// The same, confirmed.
    pub async fn is_to_know(&self, email: &str, search: &str) -> LinkSecret {
        let link = self.wishes(email, search).await;
        assert_eq!(self.node.alerts.confirm(&link).await.expect("an answer"), Switched::On);
        link
    }

    pub fn passes(&self, time: Duration) {
        self.clock.passes(time);
    }
}

pub fn network() -> IpAddr {
    IpAddr::from([203, 0, 113, 7])
}

/// What the address of alerts holds that a mail names.
pub fn link_in(mail: &Mail) -> LinkSecret {
    let found = mail.text.split_whitespace().find_map(|word| word.split_once("/benachrichtigen/"));
    let secret = found.and_then(|(_, secret)| LinkSecret::parse(secret)).expect("a link");
    let one_click = format!("https://pflege.example/benachrichtigen/{}", secret.as_str());
    assert_eq!(mail.unsubscribe.as_deref(), Some(one_click.as_str()));
    secret
}

/// Everything that lies in any table, as text.
pub async fn everything_in(place: &TestStore) -> String {
    use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
    let mut all = String::new();
    if place.engine == "SQLite" {
        let mut connection = SqliteConnection::connect(&place.url).await.expect("the file");
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
        )
        .fetch_all(&mut connection)
        .await
        .expect("columns");
        for (table, column) in columns {
            let text =
                format!("SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            let rows: Vec<(String,)> =
                sqlx::query_as(AssertSqlSafe(text)).fetch_all(&mut connection).await.unwrap_or_default();
            all.extend(rows.into_iter().flat_map(|(value,)| [table.clone(), value, "\n".to_owned()]));
        }
    } else {
        let mut connection = PgConnection::connect(&place.url).await.expect("the database");
        let tables: Vec<(String,)> = sqlx::query_as(
            "SELECT table_name::TEXT FROM information_schema.tables WHERE table_schema = 'public'",
        )
        .fetch_all(&mut connection)
        .await
        .expect("tables");
        for (table,) in tables {
            let text = format!("SELECT t::TEXT FROM \"{table}\" t");
            let rows: Vec<(String,)> =
                sqlx::query_as(AssertSqlSafe(text)).fetch_all(&mut connection).await.expect("rows");
            all.extend(rows.into_iter().flat_map(|(row,)| [table.clone(), row, "\n".to_owned()]));
        }
    }
    all
}
