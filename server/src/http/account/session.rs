//! Sessions: how long they last, and who they belong to.

use std::sync::Arc;

use app::{
    domain::{
        account::Account,
        ids::{AccountId, SessionId},
    },
    routes,
};
use axum::{
    extract::FromRequestParts,
    http::{Method, header::USER_AGENT, request::Parts},
    response::Response,
};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, macros::datetime};
use tower_sessions::{
    Session, SessionStore,
    session::{self, Id, Record},
    session_store,
};

use super::{AccountState, away, failed, go, reader, unreadable};
use crate::{
    service::account::{AccountError, AccountService},
    store::{SessionKey, StoredSession},
};

/// Characters of a browser's own name that are kept.
const DEVICE: usize = 200;

/// What a session knows.
const WHO: &str = "who";
/// The secret of a second factor that is being set up.
pub(super) const PENDING: &str = "pending_totp";

/// Who a session belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Who {
    pub account: AccountId,
    /// Password, and code where one is wanted, were right.
    pub complete: bool,
    /// [`Account::credentials`] when they were.
    pub credentials: i64,
    /// Where to go once it is complete.
    pub next: String,
    /// What the browser calls itself.
    pub device: String,
}

impl Who {
    pub fn device_of(parts: &axum::http::HeaderMap) -> String {
        let name = parts.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
        name.chars().take(DEVICE).collect()
    }

    /// Makes the session this person's, empty and under a new id: what somebody knew of it, or left in it
    /// before, is worth nothing.
    pub async fn enter(&self, session: &Session) -> Result<(), session::Error> {
        session.cycle_id().await?;
        session.clear().await;
        session.insert(WHO, self).await
    }

    /// Whom a session belongs to, with the account as it is now. One from before a change of password or
    /// second factor belongs to nobody, nor does what an older program wrote and nobody can read.
    pub async fn of(state: &AccountState, session: &Session) -> Result<Option<(Self, Account)>, Response> {
        let who: Self = match session.get(WHO).await {
            Ok(Some(who)) => who,
            Ok(None) | Err(session::Error::SerdeJson(_)) => return Ok(None),
            Err(error) => return Err(unreadable(state, &error)),
        };
        let account = state.accounts.find(who.account).await.map_err(|error| away(state, &error))?;
        Ok(account.filter(|account| who.holds_for(account)).map(|account| (who, account)))
    }

    /// Whether it is still true of an account.
    pub fn holds_for(&self, account: &Account) -> bool {
        self.account == account.id && self.credentials == account.credentials
    }
}

/// Whom a stored session belongs to.
pub(super) fn stored(session: &StoredSession) -> Option<Who> {
    serde_json::from_value(session.data.get(WHO)?.clone()).ok()
}

/// The key under which a session is stored.
pub(super) fn key(id: Id) -> SessionKey {
    SessionKey::of(&id.0.to_le_bytes())
}

/// The store of sessions, as `tower-sessions` wants it.
#[derive(Clone)]
pub(super) struct SessionRecords(pub Arc<AccountService>);

impl std::fmt::Debug for SessionRecords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionRecords")
    }
}

fn account_of(record: &Record) -> Option<AccountId> {
    let who: Who = serde_json::from_value(record.data.get(WHO)?.clone()).ok()?;
    Some(who.account)
}

fn data_of(record: &Record) -> serde_json::Value {
    serde_json::to_value(&record.data).unwrap_or_default()
}

fn backend(error: AccountError) -> session_store::Error {
    tracing::error!(error = &error as &dyn std::error::Error, "a session could not be served");
    session_store::Error::Backend(error.to_string())
}

/// How long a session lasts is up to the service: the date that travels with a record says nothing.
const SOME_DAY: OffsetDateTime = datetime!(9999-12-31 00:00 UTC);

#[async_trait::async_trait]
impl SessionStore for SessionRecords {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // Ids are 128 random bits: no two are the same.
        self.0.begin_session(&key(record.id), account_of(record), &data_of(record)).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.0.save_session(&key(record.id), account_of(record), &data_of(record)).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = self.0.use_session(&key(*id)).await.map_err(backend)?;
        let record = |data| Record {
            id: *id,
            data: serde_json::from_value(data).unwrap_or_default(),
            expiry_date: SOME_DAY,
        };
        Ok(found.map(record))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.0.end_session(&key(*id)).await.map_err(backend)
    }
}

/// Somebody who is signed in, with everything their account wants for that.
pub(super) struct SignedIn {
    pub account: Account,
    pub session: Session,
    who: Who,
}

/// The same, where the second factor may still have to be set up.
pub(super) struct PasswordGiven(pub SignedIn);

impl SignedIn {
    /// The key of this very session.
    pub fn key(&self) -> Option<SessionKey> {
        self.session.id().map(key)
    }

    /// After a change of password or second factor: the same person in a session that knows of it.
    pub async fn renew(&self, account: &Account) -> Result<(), session::Error> {
        Who { credentials: account.credentials, ..self.who.clone() }.enter(&self.session).await
    }

    async fn of(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, state)
            .await
            .map_err(|(_, message)| failed(state, &std::io::Error::other(message)))?;
        // Back to where somebody was, if that is a page: a form that was lost is not sent again.
        let path = if parts.method == Method::GET { parts.uri.path() } else { routes::OWN_ACCOUNT };
        match Who::of(state, &session).await? {
            Some((who, account)) if who.complete => {
                reader::is(&account);
                Ok(Self { account, session, who })
            }
            Some(_) => Err(go(routes::SIGN_IN_CODE)),
            None => Err(go(&format!("{}?weiter={path}", routes::SIGN_IN))),
        }
    }
}

impl FromRequestParts<AccountState> for PasswordGiven {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        SignedIn::of(parts, state).await.map(Self)
    }
}

impl FromRequestParts<AccountState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::of(parts, state).await?;
        // In an example everybody may be anybody: a second step would be the next person's riddle.
        if signed_in.account.lacks_totp() && !state.http.backend.portal().demo {
            return Err(go(routes::SECOND_FACTOR));
        }
        Ok(signed_in)
    }
}

/// A path of ours that somebody may be sent to after signing in; what leads anywhere else is left out.
pub(super) fn own_path(text: &str) -> &str {
    let below =
        |path| text.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let ours = [routes::OWN_ACCOUNT, routes::EDITING, routes::COUNTY].into_iter().any(below);
    let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && !text.contains("//");
    if ours && plain && !text.contains("..") { text } else { routes::OWN_ACCOUNT }
}

/// The id of a session as a form sends it.
pub(super) fn parse_id(text: &str) -> Option<SessionId> {
    text.parse().ok().map(SessionId)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn after_signing_in_nobody_is_sent_elsewhere() {
        for path in ["/konto/zweiter-schritt", "/redaktion/haus-aue/team", "/kreis"] {
            assert_eq!(own_path(path), path);
        }
        for text in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/konto//evil.example",
            "/kontoauszug",
            "/konto/../suche",
            "/konto\r\nset-cookie: a=b",
            "javascript:alert(1)",
            "/suche",
            "/kreisverkehr",
        ] {
            assert_eq!(own_path(text), "/konto", "{text:?}");
        }
    }
}
