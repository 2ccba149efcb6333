//! `kreislotse serve --demo`: the example county to try the program with.
//!
//! A setting in the database remembers that the entries are invented, so that the pages say it even
//! when the program is started without `--demo` later, or from a restored backup.

use std::{collections::HashMap, mem::discriminant, time::Duration};

use app::backend::Clock;
use app::domain::{
    account::{Account, Email},
    capacity::{Availability, CapacityReport},
    care_type::Taxonomy,
    demo_people::{self, DemoRole},
    ids::{AccountId, FacilityId, OfferId},
    now::Now,
    offer::Offer,
};

use crate::{
    example::{ExampleCounty, ListError, SOURCE},
    store::{ImportKey, Store, StoreError, StoredAccount, Tx},
};
use uuid::Uuid;

/// The setting that says which example the entries are.
const SETTING: &str = "demo";
const ST_WENDEL: &str = "st-wendel";

/// How long a light of the example may be grey that should not.
const PAUSE: Duration = Duration::from_mins(10);

/// Why the example county is not there. The text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(
        "Die Datenbank enthält schon Einträge: --demo braucht eine leere, zum Beispiel mit einem anderen KREISLOTSE_DATA_DIR."
    )]
    NotEmpty,
    #[error("Die Datenbank antwortet nicht: Bitte versuchen Sie es später noch einmal.")]
    Store(#[from] StoreError),
    #[error(transparent)]
    List(#[from] ListError),
}

/// Whether the entries of this store are invented.
pub async fn is_demo(store: &Store) -> Result<bool, StoreError> {
    Ok(store.find_setting(SETTING).await?.is_some())
}

/// The same, as a transaction sees it.
pub(super) async fn is_demo_within(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.find_setting(SETTING).await?.is_some())
}

/// Fills an empty store with the example county; where that was done before, see [`refresh`].
pub async fn fill(store: &Store, taxonomy: &Taxonomy, now: Now) -> Result<(), DemoError> {
    if !is_demo(store).await? && fill_alone(store, taxonomy, now).await? {
        return Ok(());
    }
    refresh(store, taxonomy, now).await.map(drop)
}

/// Two programs may be started at once: the second finds what the first has made, and `false` says so.
async fn fill_alone(store: &Store, taxonomy: &Taxonomy, now: Now) -> Result<bool, DemoError> {
    let mut tx = store.begin_alone().await?;
    if is_demo_within(&mut tx).await? {
        return Ok(false);
    }
    if !tx.is_empty().await? {
        return Err(DemoError::NotEmpty);
    }
    let county = ExampleCounty::at(now, taxonomy)?;
    tx.save_setting(SETTING, ST_WENDEL).await?;
    insert(&mut tx, &county, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// The hash of [`demo_people::PASSWORD`]: the same on every machine, as everything of the example is.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$a3JlaXNsb3RzZWJlaXNwaQ$F8O+gxORmsGz3BBwOKlWhdWzWbuMRDvyVsDFzwvGWC0";

async fn insert_people(tx: &mut Tx, county: &ExampleCounty, now: Now) -> Result<(), StoreError> {
    for (number, person) in (1..).zip(demo_people::PEOPLE) {
        let Some(email) = Email::parse(person.email) else { continue };
        let mut account = Account::new(AccountId(Uuid::from_u128(number)), email, person.name.to_owned());
        if let DemoRole::County(role) = person.role {
            account.county_role = Some(role);
        }
        let id = account.id;
        let stored = StoredAccount { account, password_hash: PASSWORD_HASH.to_owned(), totp_secret: None };
        tx.insert_account(&stored, now.instant).await?;
        if let (DemoRole::Organization(role), Some(own)) = (person.role, county.organizations.first()) {
            tx.save_membership(id, own.id, role).await?;
        }
    }
    Ok(())
}

/// Whether the accounts of the example are there, whose password everybody may know.
pub async fn has_demo_people(store: &Store) -> Result<bool, StoreError> {
    for person in demo_people::PEOPLE {
        let email = Email::parse(person.email);
        if let Some(email) = email
            && store.find_account_by_email(&email).await?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn insert(tx: &mut Tx, county: &ExampleCounty, now: Now) -> Result<(), StoreError> {
    for municipality in &county.municipalities {
        tx.insert_municipality(municipality).await?;
    }
    for locality in &county.localities {
        tx.save_locality(locality).await?;
    }
    for organization in &county.organizations {
        tx.insert_organization(organization).await?;
    }
    insert_people(tx, county, now).await?;
    for facility in &county.facilities {
        let key = ImportKey { source: SOURCE.to_owned(), key: facility.slug.to_string() };
        tx.insert_facility(facility, Some(&key)).await?;
        for offer in &facility.offers {
            tx.insert_offer(facility.id, offer).await?;
            if let Some(report) = &offer.latest_report {
                tx.insert_report(report).await?;
            }
        }
    }
    Ok(())
}

/// Lets offers report anew whose light no longer shows what the example means to show, and says how
/// many did. Reports of others stay while they are valid.
///
/// Without it every light would be grey some weeks after the county was made. Does nothing in a store
/// that is no example.
pub async fn refresh(store: &Store, taxonomy: &Taxonomy, now: Now) -> Result<usize, DemoError> {
    if !is_demo(store).await? {
        return Ok(0);
    }
    let county = ExampleCounty::at(now, taxonomy)?;
    let ids: Vec<FacilityId> = county.facilities.iter().map(|facility| facility.id).collect();
    let stored: HashMap<OfferId, Offer> = store
        .list_facilities(&ids)
        .await?
        .into_iter()
        .flat_map(|facility| facility.offers)
        .map(|offer| (offer.id, offer))
        .collect();
    let due: Vec<&CapacityReport> = county
        .facilities
        .iter()
        .flat_map(|facility| &facility.offers)
        .filter(|wanted| stored.get(&wanted.id).is_some_and(|offer| is_due(offer, wanted, taxonomy, now)))
        .filter_map(|wanted| wanted.latest_report.as_ref())
        // What is old in the example has grown old in the store by itself.
        .filter(|report| report.is_valid_at(now.instant))
        .collect();
    if due.is_empty() {
        return Ok(0);
    }
    let mut tx = store.begin().await?;
    for report in &due {
        tx.insert_report(report).await?;
    }
    tx.commit().await?;
    tracing::info!(reports = due.len(), "the example county has reported anew");
    Ok(due.len())
}

/// Lets the county report as long as it is shown; ends only with its task.
pub async fn keep_fresh(store: &Store, taxonomy: &Taxonomy, clock: &dyn Clock) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = refresh(store, taxonomy, clock.now()).await {
            // The next time may be luckier; until then lights turn grey, as they should.
            tracing::warn!(%error, "the example county could not report");
        }
    }
}

/// Whether the light of a stored offer has another reason than the example wants, and no valid report
/// of somebody else says so.
fn is_due(stored: &Offer, wanted: &Offer, taxonomy: &Taxonomy, now: Now) -> bool {
    let kind = taxonomy.light_of(&stored.care_type, stored.form);
    let reason = |report: Option<&CapacityReport>| {
        Availability::of(kind, report, now).map(|light| discriminant(&light.reason))
    };
    let (is, latest) = (reason(stored.latest_report.as_ref()), stored.latest_report.as_ref());
    let of_somebody_else = latest.zip(wanted.latest_report.as_ref()).is_some_and(|(latest, example)| {
        latest.reported_by != example.reported_by && latest.is_valid_at(now.instant)
    });
    is != reason(wanted.latest_report.as_ref()) && !of_somebody_else
}
