//! The truth: everything the county knows, in SQLite or PostgreSQL.
//!
//! sqlx is named in this module and nowhere else. There is one SQL text for both engines
//! (`server/queries`); only the private `run!` macro knows which engine answers. Reads are methods of
//! [`Store`]; writes are methods of [`Tx`], which appends the change log when it commits.

mod account;
mod alert;
mod api_answer;
mod api_token;
mod audit;
mod capacity;
mod change;
pub mod copy;
mod county_mail;
mod draft;
mod engine;
mod entry_version;
mod error;
mod facility;
mod gazetteer;
mod invitation;
mod mail;
mod mail_token;
mod membership;
mod municipality;
mod not_free;
mod notice;
mod offer;
mod offer_validity;
mod organization;
mod pending_import;
mod presence;
mod proposal;
mod queue;
mod reminder;
mod report_link;
mod session;
mod setting;
mod transaction;
mod tx;
mod unreported;
mod upload;
mod values;
mod vocabulary;

pub use account::StoredAccount;
pub use alert::{AlertNews, AlertStamp, PastReport, WaitingNews};
pub use api_answer::{BegunCall, CallKey};
pub use audit::{Chain, PastAction, digest};
pub use change::{Change, ChangeKind};
pub use county_mail::CountyMail;
pub use error::StoreError;
pub use facility::ImportKey;
pub use mail::Mail;
pub use mail_token::MailToken;
pub use pending_import::PendingFiles;
pub use reminder::{ReminderWindow, TypeList};
pub use session::{SessionKey, StoredSession};
pub use tx::Tx;
pub use unreported::UnreportedSince;
pub use upload::{NewUpload, Upload};

use engine::{Db, Lease, Sql, run, sql};
use tokio::sync::watch;

const IS_EMPTY: Sql = sql!("store/is_empty");
const PING: Sql = sql!("store/ping");

/// Access to the database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
    /// Told of every commit of this program that changed something.
    changed: watch::Sender<()>,
}

impl Store {
    /// Opens `postgres://…`, `sqlite://path` or the path of a SQLite file, which is created where it
    /// is missing. The schema is brought up to date by [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where nothing answers, [`StoreError::Address`] where the address
    /// makes no sense, [`StoreError::OldSqlite`] where the engine could corrupt its file.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Ok(Self { db: Db::connect(url).await?, changed: watch::Sender::new(()) })
    }

    /// Brings the schema up to date. Does nothing where it already is.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.db.migrate().await
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut lease = self.lease().await?;
        run!(lease.session(), fetch_one(i32,) = PING, [])?;
        Ok(())
    }

    /// Whether there is no entry at all: no facility, no organization, no municipality.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let mut lease = self.lease().await?;
        let (empty,) = run!(lease.session(), fetch_one(bool,) = IS_EMPTY, [])?;
        Ok(empty)
    }

    /// Starts a transaction that may write. On SQLite there is one at a time, and the others wait.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Tx::begin(&self.db, &self.changed).await
    }

    /// Starts a transaction that looks at whole lists before it writes. There is one such transaction at
    /// a time, also among programs that share a PostgreSQL: the next sees what this one has written.
    pub async fn begin_alone(&self) -> Result<Tx, StoreError> {
        Tx::begin_alone(&self.db, &self.changed).await
    }

    /// The same for somebody who waits for an answer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where another one takes longer.
    pub async fn begin_alone_soon(&self) -> Result<Tx, StoreError> {
        Tx::begin_alone_soon(&self.db, &self.changed).await
    }

    /// Hears of commits of this very program at once. Others on the same database are heard of in the change log alone.
    pub fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Closes every connection; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// A connection for reading.
    async fn lease(&self) -> Result<Lease, StoreError> {
        self.db.lease().await
    }
}

impl Tx {
    /// See [`Store::is_empty`], as this transaction sees it.
    pub async fn is_empty(&mut self) -> Result<bool, StoreError> {
        let (empty,) = run!(self.session(), fetch_one(bool,) = IS_EMPTY, [])?;
        Ok(empty)
    }
}
