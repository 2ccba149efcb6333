//! Notices: what people without an account write to the county.

use app::domain::{
    account::Email,
    ids::{AccountId, FacilityId, NoticeId, Slug},
    notice::{Notice, NoticeAbout, NoticeKind, NoticeState},
};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    draft::author,
    engine::{Sql, run, sql},
    values::{Instant, Keyed, read},
};

const INSERT: Sql = sql!("notice/insert");
const FIND: Sql = sql!("notice/find");
const LIST: Sql = sql!("notice/list");
const DELETE_OLD: Sql = sql!("notice/delete_old");
const CLOSE: Sql = sql!("notice/close");

impl Keyed for NoticeKind {
    const NAME: &'static str = "kind of a notice";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

impl Keyed for NoticeState {
    const NAME: &'static str = "state of a notice";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

#[derive(FromRow)]
struct NoticeRow {
    id: Uuid,
    kind: String,
    facility_id: Option<Uuid>,
    slug: Option<String>,
    facility_name: Option<String>,
    organization_name: Option<String>,
    name: Option<String>,
    email: Option<String>,
    text: String,
    created_at: Instant,
    state: String,
    handled_by: Option<Uuid>,
    handler_name: Option<String>,
    handled_at: Option<Instant>,
    answer: Option<String>,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let about = match (row.facility_id, row.slug, row.facility_name) {
            (Some(id), Some(slug), Some(name)) => {
                let slug = Slug::parse(&slug).ok_or(StoreError::Unreadable("slug"))?;
                Some(NoticeAbout { id: FacilityId(id), slug, name })
            }
            _ => None,
        };
        let email =
            row.email.map(|email| Email::parse(&email).ok_or(StoreError::Unreadable("e-mail address")));
        Ok(Self {
            id: NoticeId(row.id),
            kind: read(&row.kind)?,
            about,
            organization_name: row.organization_name,
            name: row.name,
            email: email.transpose()?,
            text: row.text,
            created_at: row.created_at.read()?,
            state: read(&row.state)?,
            handled_by: author(row.handled_by, row.handler_name),
            handled_at: row.handled_at.map(Instant::read).transpose()?,
            answer: row.answer,
        })
    }
}

impl Store {
    pub async fn find_notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional NoticeRow = FIND, [id.0])?;
        row.map(Notice::try_from).transpose()
    }

    /// Notices that wait for the county (`open`), or those it has handled; the oldest open one and the newest
    /// handled one first.
    pub async fn list_notices(&self, open: bool, limit: i64) -> Result<Vec<Notice>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all NoticeRow = LIST, [open, limit])?;
        rows.into_iter().map(Notice::try_from).collect()
    }
}

impl Tx {
    pub async fn insert_notice(&mut self, notice: &Notice) -> Result<(), StoreError> {
        run!(self.session(), execute INSERT, [
            notice.id.0,
            notice.kind.key(),
            notice.about.as_ref().map(|about| about.id.0),
            &notice.organization_name,
            &notice.name,
            notice.email.as_ref().map(Email::as_str),
            &notice.text,
            Instant::from(notice.created_at),
        ])?;
        Ok(())
    }

    /// Forgets notices that were handled before this instant.
    pub async fn delete_old_notices(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }

    /// Says what became of a notice; `false`: somebody has handled it before.
    pub async fn close_notice(
        &mut self,
        id: NoticeId,
        state: NoticeState,
        by: AccountId,
        at: OffsetDateTime,
        answer: Option<&str>,
    ) -> Result<bool, StoreError> {
        let closed =
            run!(self.session(), execute CLOSE, [id.0, state.key(), by.0, Instant::from(at), answer])?;
        Ok(closed == 1)
    }
}
