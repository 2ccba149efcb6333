//! Mail by SMTP.

use std::time::Duration;

use async_trait::async_trait;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{AsyncSmtpTransportBuilder, Error},
};

use super::{MailServer, SendError, Sender};
use crate::store::Mail;

/// How long the mail server may take over one mail.
const PATIENCE: Duration = Duration::from_mins(2);

/// The address of the mail server cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address of the mail server cannot be used")]
pub struct SmtpError;

/// Sends by the county's mail server.
#[derive(Clone)]
pub struct SmtpSender {
    transport: AsyncSmtpTransportBuilder,
    patience: Duration,
    from: Mailbox,
    /// The right side of a `Message-ID`.
    host: String,
}

/// Its password is shown nowhere.
impl std::fmt::Debug for SmtpSender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSender").field("from", &self.from).finish_non_exhaustive()
    }
}

impl SmtpSender {
    /// Who writes, as people see it.
    pub fn writer(&self) -> String {
        self.from.to_string()
    }

    /// # Errors
    /// [`SmtpError`] where the address is none; whether somebody is there shows when a mail is sent.
    pub fn new(server: &MailServer) -> Result<Self, SmtpError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&server.url).map_err(|_| SmtpError)?;
        let address: Address = server.from.as_str().parse().map_err(|_| SmtpError)?;
        let host = address.domain().to_owned();
        Ok(Self {
            transport,
            patience: PATIENCE,
            from: Mailbox::new(Some(server.from_name.clone()), address),
            host,
        })
    }

    /// The same, where the mail server may take so long over one mail.
    #[must_use]
    pub fn patient_for(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn message(&self, mail: &Mail) -> Result<Message, SendError> {
        let unusable = |_| SendError::Refused("the mail cannot be written".to_owned());
        let to: Address = mail
            .recipient
            .as_str()
            .parse()
            .map_err(|_| SendError::Refused("the address cannot be used".to_owned()))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(unusable)?;
        // RFC 3834, 5: nobody's holiday notice answers.
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
        // RFC 8058: a mail program ends them with one press of a button.
        if let Some(address) = &mail.unsubscribe {
            for (name, value) in [
                ("List-Unsubscribe", format!("<{address}>")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            ] {
                let name = HeaderName::new_from_ascii_str(name);
                message.headers_mut().insert_raw(HeaderValue::new(name, value));
            }
        }
        Ok(message)
    }
}

#[async_trait]
impl Sender for SmtpSender {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let transport: AsyncSmtpTransport<Tokio1Executor> = self.transport.clone().build();
        match tokio::time::timeout(self.patience, transport.send(self.message(mail)?)).await {
            Ok(sent) => sent.map(drop).map_err(|error| failure(&error)),
            Err(_) => Err(SendError::Later("timeout".to_owned())),
        }
    }
}

/// The code alone: what a server answers may name the recipient.
fn failure(error: &Error) -> SendError {
    let code = error.status().map(|code| code.to_string());
    // Of what is permanent to SMTP, only what is said about the recipient: a wrong password of the portal or a
    // blocked address of the server is mended, and then the mail goes out.
    if let Some(code) = code.as_ref().filter(|code| ["550", "551", "553"].contains(&code.as_str())) {
        return SendError::Refused(code.clone());
    }
    let what = if error.is_timeout() {
        "timeout"
    } else if error.is_tls() {
        "TLS"
    } else {
        "connection"
    };
    SendError::Later(code.unwrap_or_else(|| what.to_owned()))
}
