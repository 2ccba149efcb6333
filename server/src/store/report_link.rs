//! Links that report capacity. Only hashes lie in the database.

use app::domain::{
    ids::{AccountId, OrganizationId, ReportLinkId, Slug},
    report_link::ReportLink,
};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    values::Instant,
};

const INSERT: Sql = sql!("report_link/insert");
const FIND: Sql = sql!("report_link/find");
const LIST: Sql = sql!("report_link/list_of_organization");
const USE: Sql = sql!("report_link/use");
const REVOKE: Sql = sql!("report_link/revoke");
const DELETE_OLD: Sql = sql!("report_link/delete_old");

#[derive(FromRow)]
struct LinkRow {
    id: Uuid,
    organization_id: Uuid,
    organization_slug: String,
    organization_name: String,
    account_id: Option<Uuid>,
    account_name: Option<String>,
    label: String,
    created_at: Instant,
    expires_at: Option<Instant>,
    revoked_at: Option<Instant>,
    used_at: Option<Instant>,
}

impl TryFrom<LinkRow> for ReportLink {
    type Error = StoreError;

    fn try_from(row: LinkRow) -> Result<Self, StoreError> {
        let instant = |instant: Option<Instant>| instant.map(Instant::read).transpose();
        Ok(Self {
            id: ReportLinkId(row.id),
            organization: OrganizationId(row.organization_id),
            organization_slug: Slug::parse(&row.organization_slug).ok_or(StoreError::Unreadable("slug"))?,
            organization_name: row.organization_name,
            recipient: row.account_id.map(|id| (AccountId(id), row.account_name.unwrap_or_default())),
            label: row.label,
            created_at: row.created_at.read()?,
            expires_at: instant(row.expires_at)?,
            revoked_at: instant(row.revoked_at)?,
            used_at: instant(row.used_at)?,
        })
    }
}

async fn list(session: Session<'_>, of: OrganizationId) -> Result<Vec<ReportLink>, StoreError> {
    let rows = run!(session, fetch_all LinkRow = LIST, [of.0])?;
    rows.into_iter().map(ReportLink::try_from).collect()
}

impl Store {
    /// The link with this hash, worth something or not. Links of people who have left are found no more.
    pub async fn find_report_link(&self, hash: &str) -> Result<Option<ReportLink>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional LinkRow = FIND, [hash])?;
        row.map(ReportLink::try_from).transpose()
    }

    /// All links of an organization, the newest first.
    pub async fn list_report_links(&self, of: OrganizationId) -> Result<Vec<ReportLink>, StoreError> {
        let mut lease = self.lease().await?;
        list(lease.session(), of).await
    }
}

/// Links are in no index, so no change is recorded.
impl Tx {
    /// See [`Store::list_report_links`].
    pub async fn list_report_links(&mut self, of: OrganizationId) -> Result<Vec<ReportLink>, StoreError> {
        list(self.session(), of).await
    }

    /// Adds a link; `hash` is of what it holds.
    pub async fn insert_report_link(&mut self, hash: &str, link: &ReportLink) -> Result<(), StoreError> {
        let account = link.recipient.as_ref().map(|(account, _)| account.0);
        let (created, expires) = (Instant::from(link.created_at), link.expires_at.map(Instant::from));
        run!(
            self.session(),
            execute INSERT,
            [link.id.0, hash, link.organization.0, account, &link.label, created, expires]
        )?;
        Ok(())
    }

    /// Notes that a link was used; `false`: it is worth nothing any more.
    pub async fn use_report_link(
        &mut self,
        id: ReportLinkId,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let rows = run!(self.session(), execute USE, [id.0, Instant::from(at)])?;
        Ok(rows > 0)
    }

    /// Switches a link of an organization off for good; `false`: there is none that was on.
    pub async fn revoke_report_link(
        &mut self,
        id: ReportLinkId,
        of: OrganizationId,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let rows = run!(self.session(), execute REVOKE, [id.0, of.0, Instant::from(at)])?;
        Ok(rows > 0)
    }

    /// Forgets links that were worth nothing before an instant.
    pub async fn delete_old_report_links(&mut self, before: OffsetDateTime) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [Instant::from(before)])?;
        Ok(())
    }
}
