//! Mail that waits to be sent. A row is gone once its mail was sent, so that no link stays readable.

use app::domain::{account::Email, ids::MailId};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("mail/insert");
const IS_DUE: Sql = sql!("mail/is_due");
const TAKE: Sql = sql!("mail/take");
const DELETE: Sql = sql!("mail/delete");
const POSTPONE: Sql = sql!("mail/postpone");
const REST: Sql = sql!("mail/rest");
const HAS_REMINDER: Sql = sql!("mail/has_reminder");
const GIVE_UP: Sql = sql!("mail/give_up");
const DELETE_OF_RECIPIENT: Sql = sql!("mail/delete_of_recipient");
const DELETE_OLD: Sql = sql!("mail/delete_old");
const LIST: Sql = sql!("mail/list");

/// A mail, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    pub id: MailId,
    pub recipient: Email,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The whole address that ends mails of this kind, for those that come by themselves.
    pub unsubscribe: Option<String>,
    pub created_at: OffsetDateTime,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

#[derive(FromRow)]
struct MailRow {
    id: Uuid,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    unsubscribe: Option<String>,
    created_at: Instant,
    attempts: i64,
}

impl TryFrom<MailRow> for Mail {
    type Error = StoreError;

    fn try_from(row: MailRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: MailId(row.id),
            recipient: Email::parse(&row.recipient).ok_or(StoreError::Unreadable("e-mail address"))?,
            subject: row.subject,
            text: row.text,
            html: row.html,
            unsubscribe: row.unsubscribe,
            created_at: row.created_at.read()?,
            attempts: row.attempts,
        })
    }
}

impl Store {
    /// Whether a mail wants to be sent by now.
    pub async fn has_due_mail(&self, now: OffsetDateTime) -> Result<bool, StoreError> {
        let mut lease = self.lease().await?;
        Ok(run!(lease.session(), fetch_optional(i32,) = IS_DUE, [Instant::from(now)])?.is_some())
    }

    /// The newest mails that were not sent, with those that were given up.
    pub async fn list_mail(&self, most: i64) -> Result<Vec<Mail>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all MailRow = LIST, [most])?;
        rows.into_iter().map(Mail::try_from).collect()
    }
}

/// Mail is in no index, so no change is recorded.
impl Tx {
    /// Puts a mail at the end of the queue.
    pub async fn insert_mail(&mut self, mail: &Mail) -> Result<(), StoreError> {
        run!(
            self.session(),
            execute INSERT,
            [
                mail.id.0,
                mail.recipient.as_str(),
                mail.subject.as_str(),
                mail.text.as_str(),
                mail.html.as_str(),
                mail.unsubscribe.as_deref(),
                Instant::from(mail.created_at),
            ]
        )?;
        Ok(())
    }

    /// The mail that has waited longest, for whoever commits this. Until `again` nobody else gets it.
    pub async fn take_mail(
        &mut self,
        now: OffsetDateTime,
        again: OffsetDateTime,
    ) -> Result<Option<Mail>, StoreError> {
        let (now, again) = (Instant::from(now), Instant::from(again));
        let row = run!(self.session(), fetch_optional MailRow = TAKE, [now, again])?;
        row.map(Mail::try_from).transpose()
    }

    /// Removes a mail that was sent.
    pub async fn delete_mail(&mut self, id: MailId) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE, [id.0])?;
        Ok(())
    }

    /// Removes what waits for an address.
    pub async fn delete_mail_to(&mut self, recipient: &Email) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OF_RECIPIENT, [recipient.as_str()])?;
        Ok(())
    }

    /// Tries a mail again at this instant.
    pub async fn postpone_mail(&mut self, id: MailId, again: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute POSTPONE, [id.0, Instant::from(again)])?;
        Ok(())
    }

    /// Leaves a mail that was taken for later, as if it had not been.
    pub async fn rest_mail(&mut self, id: MailId, until: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute REST, [id.0, Instant::from(until)])?;
        Ok(())
    }

    /// Whether a reminder waits for an address that was tried and could not be sent.
    pub async fn has_reminder_waiting(&mut self, recipient: &Email) -> Result<bool, StoreError> {
        Ok(run!(self.session(), fetch_optional(i32,) = HAS_REMINDER, [recipient.as_str()])?.is_some())
    }

    /// Tries a mail no more and forgets its words.
    pub async fn give_mail_up(&mut self, id: MailId) -> Result<(), StoreError> {
        run!(self.session(), execute GIVE_UP, [id.0])?;
        Ok(())
    }

    /// Removes mails that were written before this instant, sent or not.
    pub async fn delete_old_mail(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }
}
