//! How long reports of single offers hold, where the county wants something else than their type says.

use std::collections::HashMap;

use app::{backend::access::ReportScope, domain::ids::OfferId};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    values::read_count,
};

const LIST: Sql = sql!("offer_validity/list");
const SAVE: Sql = sql!("offer_validity/save");
const DELETE: Sql = sql!("offer_validity/delete");

async fn list(session: Session<'_>, scope: ReportScope) -> Result<HashMap<OfferId, u16>, StoreError> {
    let id = match scope {
        ReportScope::Organization(id) => id.0,
        ReportScope::Facility(id) => id.0,
    };
    let rows = run!(session, fetch_all(Uuid, i64) = LIST, [id])?;
    rows.into_iter().map(|(offer, days)| Ok((OfferId(offer), read_count(days)?))).collect()
}

impl Store {
    /// The days of those offers that have their own.
    pub async fn list_offer_validity(&self, scope: ReportScope) -> Result<HashMap<OfferId, u16>, StoreError> {
        let mut lease = self.lease().await?;
        list(lease.session(), scope).await
    }
}

/// It concerns reports to come, so no change is recorded.
impl Tx {
    /// See [`Store::list_offer_validity`].
    pub async fn list_offer_validity(
        &mut self,
        scope: ReportScope,
    ) -> Result<HashMap<OfferId, u16>, StoreError> {
        list(self.session(), scope).await
    }

    /// Gives an offer days of its own, 1 to 365, or those of its type again.
    pub async fn save_offer_validity(&mut self, offer: OfferId, days: Option<u16>) -> Result<(), StoreError> {
        match days {
            Some(days) => run!(self.session(), execute SAVE, [offer.0, i64::from(days)])?,
            None => run!(self.session(), execute DELETE, [offer.0])?,
        };
        Ok(())
    }
}
