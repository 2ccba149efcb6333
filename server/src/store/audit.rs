//! The audit log: appended in the transaction of what it tells of, each entry with a hash over itself
//! and the entry before.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use app::domain::{
    audit::{Action, AuditChange, AuditEvent, AuditLine, Subject},
    draft::Author,
    ids::Slug,
};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    draft::author,
    engine::{Session, Sql, run, sql},
    values::Instant,
};

const FIND_LAST: Sql = sql!("audit/find_last");
const INSERT: Sql = sql!("audit/insert");
const FIND_SAME: Sql = sql!("audit/find_same");
const LIST: Sql = sql!("audit/list");
const LIST_NEWEST: Sql = sql!("audit/list_newest");
const LIST_OF_ACTION: Sql = sql!("audit/list_of_action");

/// Entries that are read at a time.
const PAGE: i64 = 1_000;

/// What stands in the place of the hash before the first entry.
const BEGINNING: &str = "";

#[derive(FromRow)]
struct AuditRow {
    sequence: i64,
    recorded_at: Instant,
    actor_id: Option<Uuid>,
    action: String,
    subject_kind: Option<String>,
    subject_id: Option<Uuid>,
    detail: String,
    hash: String,
}

#[derive(FromRow)]
struct AuditLineRow {
    sequence: i64,
    recorded_at: Instant,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    action: String,
    detail: String,
    subject_id: Option<Uuid>,
    account_name: Option<String>,
    facility_name: Option<String>,
    organization_name: Option<String>,
    facility_slug: Option<String>,
}

/// Something of one kind that was done, with all the log says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAction {
    pub at: OffsetDateTime,
    /// `None`: the program, or somebody at its command line.
    pub actor: Option<Author>,
    pub detail: BTreeMap<String, String>,
}

#[derive(FromRow)]
struct PastActionRow {
    recorded_at: Instant,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    detail: String,
}

impl TryFrom<AuditLineRow> for AuditLine {
    type Error = StoreError;

    fn try_from(row: AuditLineRow) -> Result<Self, StoreError> {
        let slug = row.facility_slug.and_then(|slug| Slug::parse(&slug));
        let name = row.account_name.or(row.facility_name).or(row.organization_name);
        Ok(Self {
            sequence: row.sequence,
            at: row.recorded_at.read()?,
            actor: author(row.actor_id, row.actor_name),
            action: Action::parse(&row.action),
            subject: row.subject_id.and(name).map(|name| (name, slug)),
            change: change(&row.detail),
        })
    }
}

/// What a detail says of something that has no row of its own.
fn change(detail: &str) -> Option<AuditChange> {
    let mut detail: HashMap<String, String> = serde_json::from_str(detail).ok()?;
    let mut take = |name| detail.remove(name);
    Some(AuditChange { about: take("about")?, before: take("before")?, after: take("after")? })
}

impl AuditRow {
    /// The hash of this entry after another one: SHA-256 over all fields, each with its length before it,
    /// so that nothing can move from one field to the next.
    fn hash_after(&self, before: &str) -> String {
        let id = |id: Option<Uuid>| id.map(|id| id.simple().to_string()).unwrap_or_default();
        let fields = [
            before,
            &self.sequence.to_string(),
            &self.recorded_at.micros().to_string(),
            &id(self.actor_id),
            &self.action,
            self.subject_kind.as_deref().unwrap_or_default(),
            &id(self.subject_id),
            &self.detail,
        ];
        let mut hasher = Sha256::new();
        for field in fields {
            hasher.update(field.len().to_string());
            hasher.update(":");
            hasher.update(field);
        }
        hex(&hasher.finalize())
    }
}

/// SHA-256 in hexadecimal digits: how secrets are stored that are random themselves.
pub fn digest(secret: &[u8]) -> String {
    hex(&Sha256::digest(secret))
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What became of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every entry fits the one before.
    Sound {
        entries: u64,
        /// The hash of the last one: whoever wrote it down elsewhere sees, too, when the end was cut off.
        last: Option<String>,
    },
    /// The first entry that does not fit.
    Broken { sequence: i64 },
}

/// Whether the same person did the same to the same since an instant.
async fn has_same(
    session: Session<'_>,
    event: &AuditEvent,
    since: OffsetDateTime,
) -> Result<bool, StoreError> {
    let (actor, subject) = (event.actor.map(|own| own.0), event.subject.map(|own| own.parts().1));
    let (action, since) = (event.action.key(), Instant::from(since));
    let found = run!(session, fetch_optional(i64,) = FIND_SAME, [actor, action, subject, since])?;
    Ok(found.is_some())
}

impl Tx {
    /// Appends an entry unless there is the same one since an instant; `false`: there is.
    pub async fn record_audit_once(
        &mut self,
        event: &AuditEvent,
        since: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.lock_audit().await?;
        if has_same(self.session(), event, since).await? {
            return Ok(false);
        }
        self.record_audit(event).await?;
        Ok(true)
    }

    /// Appends an entry. There is one such transaction at a time, from here to its end.
    pub async fn record_audit(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        self.lock_audit().await?;
        let last = run!(self.session(), fetch_optional(i64, String) = FIND_LAST, [])?;
        let (sequence, before) = last.unwrap_or((0, BEGINNING.to_owned()));
        let subject = event.subject.map(Subject::parts);
        let mut row = AuditRow {
            sequence: sequence + 1,
            recorded_at: event.at.into(),
            actor_id: event.actor.map(|actor| actor.0),
            action: event.action.key().to_owned(),
            subject_kind: subject.map(|(kind, _)| kind.to_owned()),
            subject_id: subject.map(|(_, id)| id),
            detail: serde_json::to_string(&event.detail).unwrap_or_default(),
            hash: String::new(),
        };
        row.hash = row.hash_after(&before);
        run!(
            self.session(),
            execute INSERT,
            [
                row.sequence,
                row.recorded_at,
                row.actor_id,
                row.action.as_str(),
                row.subject_kind.as_deref(),
                row.subject_id,
                row.detail.as_str(),
                row.hash.as_str(),
            ]
        )?;
        Ok(())
    }
}

impl Store {
    /// The newest entries before a number, the newest first.
    pub async fn list_audit(&self, before: i64, limit: i64) -> Result<Vec<AuditLine>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all AuditLineRow = LIST_NEWEST, [before, limit])?;
        rows.into_iter().map(AuditLine::try_from).collect()
    }

    /// Whether there is the same entry since an instant.
    pub async fn was_audited(&self, event: &AuditEvent, since: OffsetDateTime) -> Result<bool, StoreError> {
        let mut lease = self.lease().await?;
        has_same(lease.session(), event, since).await
    }

    /// The newest entries of one kind, the newest first.
    pub async fn list_audit_of(&self, action: Action, limit: i64) -> Result<Vec<PastAction>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all PastActionRow = LIST_OF_ACTION, [action.key(), limit])?;
        let read = |row: PastActionRow| {
            let detail = serde_json::from_str(&row.detail).unwrap_or_default();
            let (at, actor) = (row.recorded_at.read()?, author(row.actor_id, row.actor_name));
            Ok(PastAction { at, actor, detail })
        };
        rows.into_iter().map(read).collect()
    }

    /// Follows the chain from its beginning.
    pub async fn verify_audit(&self) -> Result<Chain, StoreError> {
        let mut moment = self.moment().await?;
        let (mut sequence, mut before) = (0, BEGINNING.to_owned());
        loop {
            let rows = run!(moment.session(), fetch_all AuditRow = LIST, [sequence, PAGE])?;
            if rows.is_empty() {
                let entries = u64::try_from(sequence).unwrap_or_default();
                return Ok(Chain::Sound { entries, last: Some(before).filter(|hash| !hash.is_empty()) });
            }
            for row in rows {
                if row.sequence != sequence + 1 || row.hash != row.hash_after(&before) {
                    return Ok(Chain::Broken { sequence: sequence + 1 });
                }
                (sequence, before) = (row.sequence, row.hash);
            }
        }
    }
}
