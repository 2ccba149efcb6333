//! Sends what is in the queue of mails. Several programs may do so at once: a mail is taken by one of them.
//! One that dies between sending and noting it leaves a mail that is sent once more, under the same
//! `Message-ID`.

use std::{convert::Infallible, sync::Arc};

use app::{backend::Clock, domain::reminder::may_write, routes};
use time::Duration;
use tokio::sync::Notify;

use crate::{
    mail::{SendError, Sender},
    store::{Mail, Store, StoreError, digest},
};

/// How long a mail that was taken belongs to whoever took it: longer than any mail server takes.
const TAKEN: Duration = Duration::minutes(10);
/// When a mail is tried again after its first attempts that failed.
const AGAIN: [Duration; 4] =
    [Duration::minutes(1), Duration::minutes(5), Duration::minutes(15), Duration::minutes(30)];
/// When after all others: a mail server that was away for a day gets everything within the hour.
const AT_LAST: Duration = Duration::hours(1);
/// How long a mail is tried, so that a mail server may be away from Friday to Monday.
const TRIED: Duration = Duration::hours(72);
/// When it is looked again whether reminders may be read.
const REST: Duration = Duration::minutes(10);
/// How often the queue is looked at that nobody has spoken of: others may have filled it.
const LOOK: std::time::Duration = std::time::Duration::from_secs(15);

/// Sends mails, one after the other.
pub struct MailJob {
    store: Store,
    clock: Arc<dyn Clock>,
    sender: Arc<dyn Sender>,
    wake: Arc<Notify>,
}

impl MailJob {
    /// `wake` is told when a mail was written.
    pub fn new(store: Store, clock: Arc<dyn Clock>, sender: Arc<dyn Sender>, wake: Arc<Notify>) -> Self {
        Self { store, clock, sender, wake }
    }

    pub async fn run(self) -> Infallible {
        loop {
            match self.send_due().await {
                Ok(()) => {}
                // It will be said often enough elsewhere.
                Err(error) if error.is_unavailable() => {}
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "mail cannot be sent");
                }
            }
            // Nothing is lost where both come together: then there is one look too many.
            let _ = tokio::time::timeout(LOOK, self.wake.notified()).await;
        }
    }

    /// Sends what is due by now.
    pub async fn send_due(&self) -> Result<(), StoreError> {
        while self.store.has_due_mail(self.clock.now().instant).await? {
            let now = self.clock.now().instant;
            let mut tx = self.store.begin().await?;
            let taken = tx.take_mail(now, now + TAKEN).await?;
            tx.commit().await?;
            match taken {
                Some(mail) if is_reminder(&mail) && !may_write(self.clock.now()) => {
                    let mut tx = self.store.begin().await?;
                    tx.rest_mail(mail.id, now + REST).await?;
                    tx.commit().await?;
                }
                Some(mail) => self.send(&mail).await?,
                None => break,
            }
        }
        Ok(())
    }

    async fn send(&self, mail: &Mail) -> Result<(), StoreError> {
        let sent = self.sender.send(mail).await;
        let now = self.clock.now().instant;
        let pause = usize::try_from(mail.attempts - 1).ok().and_then(|attempt| AGAIN.get(attempt));
        let again = Some(now + *pause.unwrap_or(&AT_LAST)).filter(|again| *again <= mail.created_at + TRIED);
        let mut tx = self.store.begin().await?;
        match (sent, again) {
            (Ok(()), _) => {
                tx.delete_mail(mail.id).await?;
                if is_reminder(mail) {
                    // It may be of yesterday: there is none of today then.
                    let today = self.clock.now().berlin_date;
                    tx.note_reminder_sent(&mail.recipient, today, &digest(mail.id.0.as_bytes())).await?;
                }
                tracing::info!(mail = %mail.id, attempts = mail.attempts, "mail sent");
            }
            (Err(SendError::Later(reason)), Some(again)) => {
                tx.postpone_mail(mail.id, again).await?;
                tracing::warn!(mail = %mail.id, attempts = mail.attempts, reason, "mail postponed");
            }
            (Err(SendError::Later(reason) | SendError::Refused(reason)), _) => {
                // What is kept of a letter says whom it was for: nothing is kept of citizens.
                if is_alert(mail) {
                    tx.delete_mail(mail.id).await?;
                } else {
                    tx.give_mail_up(mail.id).await?;
                }
                tracing::error!(mail = %mail.id, attempts = mail.attempts, reason, "mail given up");
            }
        }
        tx.commit().await
    }
}

/// Reminders are not read at night, on Sundays and holidays, even if a mail server was away by day.
fn is_reminder(mail: &Mail) -> bool {
    ends_at(mail, routes::STOP_REMINDERS)
}

fn is_alert(mail: &Mail) -> bool {
    ends_at(mail, routes::ALERTS)
}

/// Whether mails of this kind are ended below a path.
fn ends_at(mail: &Mail, path: &str) -> bool {
    mail.unsubscribe.as_ref().is_some_and(|address| address.contains(&format!("{path}/")))
}
