//! Alerts for citizens: wished for without an account, proved by a mail, told once, deleted for good.

use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use app::{
    backend::{BackendError, Clock, SearchBackend},
    domain::{
        account::Email,
        alert::{Alert, watched},
        audit::{Action, AuditEvent},
        ids::AlertId,
        search::SearchQuery,
        search_results::SearchResults,
    },
    routes,
    text::{alert as words, letters},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    account::{AccountError, limits::Limits, link::LinkSecret},
    mail::Mailbox,
    search::SearchService,
};
use crate::store::{Store, StoreError, Tx};

mod links;
mod matching;
mod telling;

pub use links::{LinkedAlert, Switched};

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// It is no address.
    #[error("the address cannot be used")]
    NoAddress,
    /// The search is longer than anybody types.
    #[error("the search is too long")]
    TooLong,
    /// The search asks for what nothing has.
    #[error("the search asks for what is not known")]
    Unknown,
    /// Too many wishes; to be tried again after a while.
    #[error("too many wishes")]
    TooOften,
    #[error(transparent)]
    Backend(#[from] BackendError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A defect of the search.
    #[error(transparent)]
    Index(#[from] crate::index::IndexError),
    #[error("searches could not be compared")]
    Worker(#[from] tokio::task::JoinError),
    /// The operating system gives no random bits.
    #[error("there are no random bits")]
    Random,
}

impl From<AccountError> for AlertError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Store(error) => Self::Store(error),
            // Of accounts, links alone are used here.
            _ => Self::Random,
        }
    }
}

impl AlertError {
    /// Whether the database does not answer, or the search is not there yet.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Store(error) => error.is_unavailable(),
            Self::Backend(error) => *error != BackendError::Internal,
            _ => false,
        }
    }
}

/// Answers for alerts.
pub struct AlertService {
    store: Store,
    clock: Arc<dyn Clock>,
    mailbox: Mailbox,
    search: Arc<SearchService>,
    limits: Limits,
    watch: tokio::sync::Mutex<matching::Watch>,
}

impl AlertService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, mailbox: Mailbox, search: Arc<SearchService>) -> Self {
        let (limits, watch) = (Limits::new(), tokio::sync::Mutex::default());
        Self { store, clock, mailbox, search, limits, watch }
    }

    /// What a search is about, in words; with what it asks for that nobody knows.
    pub async fn look(&self, query: &SearchQuery) -> Result<(String, SearchResults), AlertError> {
        let query = watched(query);
        let mut results = self.search.search(&query, 1).await?;
        let mut known = query;
        results.unknown.iter().for_each(|unknown| known.set_aside(unknown));
        results.unknown.clone_from(&known.unknown);
        Ok((words::search(&known, &results), results))
    }

    /// Writes a letter to an address, whatever is known of it, that says how an alert begins. Whoever asks learns
    /// nothing of the address, nor that so many letters went there that no more are written.
    ///
    /// # Errors
    /// [`AlertError::NoAddress`], [`AlertError::TooLong`], [`AlertError::Unknown`], [`AlertError::TooOften`]
    pub async fn ask(&self, email: &str, query: &SearchQuery, from: IpAddr) -> Result<(), AlertError> {
        let email = Email::parse(email).ok_or(AlertError::NoAddress)?;
        let query = watched(query);
        let text = routes::query_string(&query);
        if text.len() > Alert::MOST_QUERY {
            return Err(AlertError::TooLong);
        }
        self.limits.alert(from).ok_or(AlertError::TooOften)?;
        let (said, results) = self.look(&query).await?;
        if !results.unknown.is_empty() || words::unknown_place(&results).is_some() {
            return Err(AlertError::Unknown);
        }
        if self.limits.letter("alert", email.as_str()).is_none() {
            return Ok(());
        }
        let now = self.clock.now().instant;
        let secret = LinkSecret::random()?;
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        let known = tx.list_alerts_of(&email, now).await?;
        let (confirmed, waiting): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|alert| alert.confirmed_at.is_some());
        // Each that waits has sent a letter.
        if waiting.len() >= Alert::MOST_WAITING {
            return Ok(tx.rollback().await?);
        }
        let is_more = !confirmed.iter().any(|alert| alert.query == text);
        let portal = self.mailbox.portal();
        let link = self.link(&secret);
        let letter = if is_more && confirmed.len() >= Alert::MOST {
            for alert in &confirmed {
                tx.insert_alert_link(&secret.hash(), alert.id).await?;
            }
            letters::alerts_full(&portal, &said, link)
        } else {
            let alert = Alert {
                id: AlertId(Uuid::now_v7()),
                email: email.clone(),
                query: text,
                created_at: now,
                confirmed_at: None,
                ends_at: now + Duration::hours(Alert::HOURS_TO_CONFIRM),
            };
            tx.insert_alert(&alert).await?;
            tx.insert_alert_link(&secret.hash(), alert.id).await?;
            letters::confirm_alert(&portal, &said, link)
        };
        self.post(tx, &email, &letter, &secret, now).await
    }

    /// Writes a letter to an address with a link that ends all its alerts, if it has any. Whoever asks learns nothing.
    ///
    /// # Errors
    /// [`AlertError::NoAddress`], [`AlertError::TooOften`]
    pub async fn ask_for_end(&self, email: &str, from: IpAddr) -> Result<(), AlertError> {
        let email = Email::parse(email).ok_or(AlertError::NoAddress)?;
        self.limits.alert(from).ok_or(AlertError::TooOften)?;
        if self.limits.letter("end of alerts", email.as_str()).is_none() {
            return Ok(());
        }
        let now = self.clock.now().instant;
        let secret = LinkSecret::random()?;
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        let known = tx.list_alerts_of(&email, now).await?;
        if known.is_empty() {
            return Ok(tx.rollback().await?);
        }
        for alert in &known {
            tx.insert_alert_link(&secret.hash(), alert.id).await?;
        }
        let letter = letters::end_alerts(&self.mailbox.portal(), self.link(&secret));
        self.post(tx, &email, &letter, &secret, now).await
    }

    /// Deletes what is over, and writes down how much, but not whose.
    pub async fn purge(&self) -> Result<(), AlertError> {
        let now = self.clock.now().instant;
        if !self.store.has_over_alert(now).await? {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        let purged = tx.delete_over_alerts(now).await?;
        note_purged(&mut tx, purged, now).await?;
        tx.commit().await?;
        Ok(())
    }

    fn link(&self, secret: &LinkSecret) -> String {
        format!("{}{}", self.mailbox.portal().base_url, routes::alert_link(secret.as_str()))
    }

    async fn post(
        &self,
        mut tx: Tx,
        to: &Email,
        letter: &app::text::letter::Letter,
        secret: &LinkSecret,
        now: OffsetDateTime,
    ) -> Result<(), AlertError> {
        self.mailbox.post_with_end(&mut tx, to, letter, self.link(secret), now).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }
}

/// What was deleted takes its letters with it; the log says how many there were, and nothing else.
async fn note_purged(tx: &mut Tx, purged: u64, at: OffsetDateTime) -> Result<(), StoreError> {
    if purged == 0 {
        return Ok(());
    }
    tx.delete_alert_letters().await?;
    let detail = BTreeMap::from([("alerts", purged.to_string())]);
    let event = AuditEvent { actor: None, action: Action::AlertsPurged, subject: None, detail, at };
    tx.record_audit(&event).await
}
