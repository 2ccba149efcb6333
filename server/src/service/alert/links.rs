//! What a link in a mail shows and does. To look at one changes nothing, because mail scanners do.

use std::collections::HashMap;

use app::{
    backend::FacilityView,
    domain::{alert::Alert, ids::FacilityId},
    routes,
    text::{alert as words, letters::FreedOffer},
};
use time::Duration;

use super::{AlertError, AlertService, note_purged};
use crate::{index::matching::FreeOffer, service::account::link::LinkSecret, store::AlertNews};

/// Offers that a page names for each alert.
const NAMED: usize = 10;
/// How long a page waits for the search to know what the store knows.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// An alert as its link shows it.
#[derive(Clone, Debug)]
pub struct LinkedAlert {
    pub alert: Alert,
    /// Its search, in words.
    pub words: String,
    /// Some of what is free for it already, and how many there are.
    pub free: (Vec<FreedOffer>, usize),
}

/// What became of a wish to let alerts tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switched {
    On,
    /// The address has as many as it may have.
    TooMany,
    /// The link is good no more.
    Gone,
}

impl AlertService {
    /// The alerts of a link; none: it is good no more.
    pub async fn find(&self, secret: &LinkSecret) -> Result<Vec<LinkedAlert>, AlertError> {
        let now = self.clock.now();
        let mut found = Vec::new();
        for alert in self.store.list_alerts_of_link(&secret.hash(), now.instant).await? {
            let query = routes::parse_search(&alert.query);
            let (words, _) = self.look(&query).await?;
            let free =
                if alert.confirmed_at.is_some() { self.search.free_of(&query).await? } else { Vec::new() };
            let named = self.named(&free).await?;
            found.push(LinkedAlert { alert, words, free: (named, free.len()) });
        }
        Ok(found)
    }

    async fn named(&self, free: &[FreeOffer]) -> Result<Vec<FreedOffer>, AlertError> {
        let some = &free[..free.len().min(NAMED)];
        let facilities = self.views(some.iter().map(|free| free.facility)).await?;
        let portal = self.mailbox.portal();
        let name = |free: &FreeOffer| {
            let view = facilities.get(&free.facility)?;
            let offer = view.facility.offers.iter().find(|offer| offer.id == free.offer)?;
            words::freed(view, offer, &portal)
        };
        Ok(some.iter().filter_map(name).collect())
    }

    /// Public facilities as they are now.
    pub(super) async fn views(
        &self,
        ids: impl Iterator<Item = FacilityId>,
    ) -> Result<HashMap<FacilityId, FacilityView>, AlertError> {
        let mut ids: Vec<FacilityId> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let (portal, now) = (self.mailbox.portal(), self.clock.now());
        let found = self.store.list_facilities(&ids).await?.into_iter();
        let public = found.filter_map(|facility| facility.shown(&portal.taxonomy));
        Ok(public.map(|facility| (facility.id, FacilityView::of(facility, &portal.taxonomy, now))).collect())
    }

    /// Lets what waits behind a link tell from now on.
    pub async fn confirm(&self, secret: &LinkSecret) -> Result<Switched, AlertError> {
        let now = self.clock.now().instant;
        let ends_at = now + Duration::days(Alert::DAYS);
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        let linked = tx.list_alerts_of_link(&secret.hash(), now).await?;
        let Some(first) = linked.first() else {
            tx.rollback().await?;
            return Ok(Switched::Gone);
        };
        let known = tx.list_alerts_of(&first.email, now).await?;
        let mut confirmed: Vec<Alert> =
            known.into_iter().filter(|alert| alert.confirmed_at.is_some()).collect();
        let mut begun = Vec::new();
        for alert in linked.into_iter().filter(|alert| alert.confirmed_at.is_none()) {
            if let Some(same) = confirmed.iter().find(|own| own.query == alert.query) {
                // The same wish again: the one that is there lasts longer, and the link is for it.
                tx.extend_alert(same.id, ends_at).await?;
                tx.insert_alert_link(&secret.hash(), same.id).await?;
                tx.delete_alert(alert.id).await?;
            } else if confirmed.len() >= Alert::MOST {
                tx.rollback().await?;
                return Ok(Switched::TooMany);
            } else {
                tx.confirm_alert(alert.id, now, ends_at).await?;
                begun.push(alert.clone());
                confirmed.push(alert);
            }
        }
        tx.commit().await?;
        self.catch_up().await?;
        for alert in begun {
            self.note_free(&alert).await?;
        }
        Ok(Switched::On)
    }

    /// What is free already is on the page, and no news for a mail.
    async fn note_free(&self, alert: &Alert) -> Result<(), AlertError> {
        let mut told = Vec::new();
        for free in self.search.free_of(&routes::parse_search(&alert.query)).await? {
            let since = self.free_since(&free).await?;
            told.push(AlertNews { alert: alert.id, facility: free.facility, offer: free.offer, since });
        }
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        tx.insert_alert_news(&told, true).await?;
        Ok(tx.commit().await?)
    }

    /// Waits until the search knows what the store knows by now: what it overlooks here is told by nobody.
    async fn catch_up(&self) -> Result<(), AlertError> {
        let latest = self.store.latest_change().await?;
        let reached = async {
            while self.search.reached().0 < latest {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        // A search that is far behind is shown by nobody, either.
        let _ = tokio::time::timeout(PATIENCE, reached).await;
        Ok(())
    }

    /// Ends the alerts of a link, or all of its address. `false`: the link is good no more.
    pub async fn end(&self, secret: &LinkSecret, all: bool) -> Result<bool, AlertError> {
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        tx.lock_alerts().await?;
        let mut ended = tx.list_alerts_of_link(&secret.hash(), now).await?;
        if let Some(first) = ended.first().filter(|_| all) {
            let email = first.email.clone();
            ended = tx.list_alerts_of(&email, now).await?;
        }
        let mut purged = 0;
        for alert in &ended {
            purged += tx.delete_alert(alert.id).await?;
        }
        note_purged(&mut tx, purged, now).await?;
        tx.commit().await?;
        Ok(purged > 0)
    }
}
