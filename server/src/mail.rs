//! Sending mail: what is in the queue goes to the county's mail server.

use app::domain::account::Email;
use async_trait::async_trait;

use crate::store::Mail;

mod smtp;

pub use smtp::{SmtpError, SmtpSender};

/// The county's mail server, and who writes.
pub struct MailServer {
    /// `smtp://` or `smtps://`. May hold a password: never print it.
    pub url: String,
    /// Whom people answer to.
    pub from: Email,
    /// How they see that in their list of mails.
    pub from_name: String,
}

/// Why a mail was not taken. Nothing here names a recipient.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Its recipient will never be there (RFC 5321, 4.2.3: 550, 551, 553).
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// It may be taken later.
    #[error("the mail server did not take the mail: {0}")]
    Later(String),
}

/// Takes mails out of the house.
#[async_trait]
pub trait Sender: Send + Sync {
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}
