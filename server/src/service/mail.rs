//! Writing mail: it is queued in the transaction of what it tells of, and sent later.

use std::sync::Arc;

use app::{
    backend::CurrentPortal,
    domain::{account::Email, ids::MailId, portal::Portal, value::one_line},
    text::letter::Letter,
};
use time::{Duration, OffsetDateTime};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::store::{Mail, StoreError, Tx};

/// After so long a mail is no news any more, sent or not.
const KEPT: Duration = Duration::days(30);

/// Where letters are put.
#[derive(Clone)]
pub struct Mailbox {
    portal: CurrentPortal,
    wake: Arc<Notify>,
}

impl Mailbox {
    pub fn new(portal: impl Into<CurrentPortal>) -> Self {
        Self { portal: portal.into(), wake: Arc::default() }
    }

    /// What the letters are about.
    pub fn portal(&self) -> Arc<Portal> {
        self.portal.get()
    }

    /// Told when a mail may be waiting.
    pub fn wake(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// Puts a letter into the queue; it is sent once the transaction is committed. Where nobody would ever read it,
    /// none is written.
    pub async fn post(
        &self,
        tx: &mut Tx,
        to: &Email,
        letter: &Letter,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.put(tx, to, letter, None, now).await
    }

    /// The same for a letter that comes by itself. `unsubscribe` is the whole address that ends such letters: mail
    /// programs offer it as a button.
    pub async fn post_with_end(
        &self,
        tx: &mut Tx,
        to: &Email,
        letter: &Letter,
        unsubscribe: String,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.put(tx, to, letter, Some(unsubscribe), now).await
    }

    async fn put(
        &self,
        tx: &mut Tx,
        to: &Email,
        letter: &Letter,
        unsubscribe: Option<String>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        tx.delete_old_mail(now - KEPT).await?;
        let portal = self.portal();
        if !portal.has_mail() {
            return Ok(());
        }
        let mail = Mail {
            id: MailId(Uuid::now_v7()),
            recipient: to.clone(),
            // Names are part of it, and what an import brought may hold anything.
            subject: one_line(&letter.subject),
            text: letter.text(&portal),
            html: letter.html(&portal),
            unsubscribe,
            created_at: now,
            attempts: 0,
        };
        tx.insert_mail(&mail).await
    }

    /// After the commit: what is in the queue can be sent.
    pub fn collect(&self) {
        self.wake.notify_one();
    }
}
