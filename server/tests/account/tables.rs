//! Tables for spreadsheets show the lights of their moment.

use app::{
    backend::{CurrentPortal, access::CapacityReporter},
    domain::{
        account::{Account, CountyRole},
        capacity::Statement,
        portal::Portal,
    },
};
use server::service::capacity::{CapacityService, News, Said, Seen};
use time::Duration;

use crate::{
    desk::{EMAIL, Office},
    editing::editor,
};

/// The last cells of the row of an offer.
async fn row(office: &Office, offer: &str) -> Vec<String> {
    let browser = office.signed_in(EMAIL).await;
    let table = browser.get("/redaktion/diakonie-aue/eintraege.csv").await.text;
    let line = table.lines().find(|line| line.contains(offer)).expect("the offer");
    let cells: Vec<_> = line.split(';').map(str::to_owned).collect();
    cells[cells.len() - 4..].to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_over_gives_a_table_no_numbers() {
    let office = Office::open().await;
    let (_, entry) = editor(&office).await;
    let (organization, offer) = (entry.organization.clone().expect("its operator"), entry.offers[0].id);
    let id = offer.to_string();
    assert_eq!(row(&office, &id).await, ["unbekannt", "", "", ""]);
    let portal = CurrentPortal::from(Portal::default());
    let capacity = CapacityService::new(office.store().clone(), office.clock.clone(), portal);
    let account = Account {
        county_role: Some(CountyRole::Editor),
        ..crate::support::samples::account("amt@kreis.example").account
    };
    let reporter = CapacityReporter::require(&account, &organization).expect("the right");
    let statement = Statement { free_now: Some(2), ..Statement::default() };
    let news = vec![News { offer, seen: Seen::Unsaid, said: Said::New(statement) }];
    let until = capacity.report(&reporter, news).await.expect("a report")[0].report.valid_until;
    let last = until.date().to_string();
    assert_eq!(row(&office, &id).await, ["frei", "2", "2026-07-01", &last]);
    office.clock.passes(until - office.clock.instant() - Duration::seconds(1));
    assert_eq!(row(&office, &id).await[0], "frei");
    office.clock.passes(Duration::seconds(1));
    assert_eq!(row(&office, &id).await, ["unbekannt", "", "2026-07-01", &last]);
}
