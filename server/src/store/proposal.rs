//! Proposals: what imports would make of entries that people edit by hand.

use app::domain::{
    draft::{Proposal, content},
    facility::Facility,
    ids::FacilityId,
};
use sqlx::{FromRow, types::Json};

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    values::Instant,
};

const FIND: Sql = sql!("proposal/find");
const LIST_OPEN: Sql = sql!("proposal/list_open");
const SAVE: Sql = sql!("proposal/save");

#[derive(FromRow)]
struct ProposalRow {
    content: Json<Facility>,
    source_name: String,
    fingerprint: String,
    proposed_at: Instant,
    is_decided: bool,
}

impl TryFrom<ProposalRow> for Proposal {
    type Error = StoreError;

    fn try_from(row: ProposalRow) -> Result<Self, StoreError> {
        Ok(Self {
            facility: row.content.0,
            source: row.source_name,
            fingerprint: row.fingerprint,
            proposed_at: row.proposed_at.read()?,
            is_decided: row.is_decided,
        })
    }
}

async fn find(session: Session<'_>, facility: FacilityId) -> Result<Option<Proposal>, StoreError> {
    let row = run!(session, fetch_optional ProposalRow = FIND, [facility.0])?;
    row.map(Proposal::try_from).transpose()
}

impl Store {
    /// What an import proposed for an entry, decided or not.
    pub async fn find_proposal(&self, facility: FacilityId) -> Result<Option<Proposal>, StoreError> {
        let mut lease = self.lease().await?;
        find(lease.session(), facility).await
    }

    /// Proposals that the county has to decide about, the oldest first.
    pub async fn list_proposals(&self, limit: i64) -> Result<Vec<Proposal>, StoreError> {
        let mut lease = self.lease().await?;
        let rows = run!(lease.session(), fetch_all ProposalRow = LIST_OPEN, [limit])?;
        rows.into_iter().map(Proposal::try_from).collect()
    }
}

impl Tx {
    /// See [`Store::find_proposal`], as this transaction sees it.
    pub async fn find_proposal(&mut self, facility: FacilityId) -> Result<Option<Proposal>, StoreError> {
        find(self.session(), facility).await
    }

    /// Writes a proposal in the place of the one before.
    pub async fn save_proposal(&mut self, proposal: &Proposal) -> Result<(), StoreError> {
        let content = content(&proposal.facility);
        run!(self.session(), execute SAVE, [
            proposal.facility.id.0,
            Json(&content),
            &proposal.source,
            &proposal.fingerprint,
            Instant::from(proposal.proposed_at),
            proposal.is_decided,
        ])?;
        Ok(())
    }
}
