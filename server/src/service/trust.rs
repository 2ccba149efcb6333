//! Whether people can trust a light: what was reported over time, and who says that it was not so.

use std::{collections::BTreeMap, convert::Infallible, net::IpAddr, sync::Arc, time::Duration};

use app::{
    backend::{
        Clock, CurrentPortal, FacilityHistory, OfferHistory, ReportHistory,
        access::{CapacityReporter, CountyAdministrator, CountyStaff, ReportScope},
    },
    domain::{
        audit::{Action, AuditEvent},
        capacity::{
            NotFreeLine, NotFreeRefusal, check_not_free,
            history::{self, Share, Window},
        },
        care_type::{LightKind, Taxonomy},
        facility::{Facility, Visibility},
        ids::{FacilityId, OfferId, Slug},
        now::Now,
        offer::Offer,
    },
    text::dates,
};

use crate::store::{Store, StoreError};

mod tellers;

use tellers::{Tellers, Uncounted};

/// What the county has decided: `an` where everybody sees how reliably an offer is reported.
const PUBLIC_SHARE: &str = "public_share";
const ON: &str = "an";
const OFF: &str = "aus";
/// How often it is looked whether the day is over.
const LOOK: Duration = Duration::from_secs(20);
/// Most offers of a list.
const LIST: i64 = 200;
/// Offers of a facility whose history is shown at a time.
const PAGE: usize = 20;

/// Why nothing was counted, or changed.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error(transparent)]
    Refused(#[from] NotFreeRefusal),
    /// This network has said the same today.
    #[error("it was said already")]
    Already,
    /// It, or all together, have said enough for today.
    #[error("that is too often")]
    TooOften,
    /// There is no such facility, or the right is gone.
    #[error("it is not there")]
    Gone,
    /// The machine gives no random bits.
    #[error("there are no random bits")]
    Random,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Uncounted> for TrustError {
    fn from(uncounted: Uncounted) -> Self {
        match uncounted {
            Uncounted::Already => Self::Already,
            Uncounted::TooOften => Self::TooOften,
            Uncounted::NoKey => Self::Random,
        }
    }
}

/// Answers for trust.
pub struct TrustService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
    tellers: Tellers,
}

impl TrustService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, portal: CurrentPortal) -> Self {
        Self { store, clock, portal, tellers: Tellers::default() }
    }

    /// Somebody says that a place was not free after all, of a report by its number. Where they are is never written
    /// down.
    ///
    /// # Errors
    /// Why it does not count; then nothing was written.
    pub async fn tell_not_free(
        &self,
        facility: FacilityId,
        offer: OfferId,
        sequence: i64,
        network: IpAddr,
    ) -> Result<(), TrustError> {
        let (now, portal) = (self.clock.now(), self.portal.get());
        let check = |found: Option<&Facility>| {
            let public = found.filter(|own| own.visibility == Visibility::Public);
            let mut offers = public.into_iter().flat_map(|own| &own.offers);
            let offer = offers.find(|own| own.id == offer && portal.taxonomy.shows(&own.care_type));
            check_not_free(offer, sequence, &portal.taxonomy, now)
        };
        // First without holding anything: most of what is refused is refused here.
        check(self.store.list_facilities(&[facility]).await?.first())?;
        let admission = self.tellers.admit(network, sequence, now.berlin_date)?;
        let mut tx = self.store.begin().await?;
        check(tx.find_facility(facility).await?.as_ref())?;
        tx.tell_not_free(facility, sequence, now.berlin_date, portal.review_from).await?;
        tx.commit().await?;
        admission.stands();
        Ok(())
    }

    /// Throws away for ever, soon after each midnight, what could tell who said something.
    pub async fn forget_daily(self: Arc<Self>) -> Infallible {
        loop {
            tokio::time::sleep(LOOK).await;
            self.forget();
        }
    }

    /// Throws it away if the day is over.
    pub fn forget(&self) {
        self.tellers.forget(self.clock.now().berlin_date);
    }

    /// Whether something is there that could tell networks apart.
    pub fn remembers(&self) -> bool {
        self.tellers.has_key()
    }

    /// Offers that somebody reports and of which people say that they were not free after all.
    pub async fn list_doubts(&self, reporter: &CapacityReporter) -> Result<Vec<NotFreeLine>, TrustError> {
        let ReportScope::Organization(id) = reporter.scope() else { return Ok(Vec::new()) };
        Ok(self.store.list_not_free(Some(id), self.clock.now().instant, LIST).await?)
    }

    /// The same of the whole county.
    pub async fn list_not_free(&self, _: &CountyStaff) -> Result<Vec<NotFreeLine>, TrustError> {
        Ok(self.store.list_not_free(None, self.clock.now().instant, LIST).await?)
    }

    /// The history of one of the facilities somebody reports for: the one of this address, or the first. `page` counts
    /// from 1.
    ///
    /// # Errors
    /// [`TrustError::Gone`] where there is no such facility.
    pub async fn history(
        &self,
        reporter: &CapacityReporter,
        wanted: Option<&Slug>,
        page: usize,
    ) -> Result<ReportHistory, TrustError> {
        let mut facilities = match reporter.scope() {
            ReportScope::Organization(id) => self.store.list_facilities_of_organization(id).await?,
            ReportScope::Facility(id) => self.store.list_facilities(&[id]).await?,
        };
        let (portal, now) = (self.portal.get(), self.clock.now());
        for facility in &mut facilities {
            facility.offers.retain(|offer| kind_of(offer, &portal.taxonomy) != LightKind::None);
        }
        facilities.retain(|facility| !facility.offers.is_empty());
        let names = facilities.iter().map(|own| (own.slug.clone(), own.name.clone())).collect();
        let chosen = match wanted {
            Some(slug) => Some(facilities.into_iter().find(|own| own.slug == *slug).ok_or(TrustError::Gone)?),
            None => facilities.into_iter().next(),
        };
        let chosen = match chosen {
            Some(facility) => Some(self.history_of(facility, page, &portal.taxonomy, now).await?),
            None => None,
        };
        Ok(ReportHistory { facilities: names, chosen, window: Window::before(now.instant), now })
    }

    async fn history_of(
        &self,
        facility: Facility,
        page: usize,
        taxonomy: &Taxonomy,
        now: Now,
    ) -> Result<FacilityHistory, TrustError> {
        let pages = facility.offers.len().div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let offers: Vec<Offer> = facility.offers.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
        let ids: Vec<OfferId> = offers.iter().map(|offer| offer.id).collect();
        let window = Window::before(now.instant);
        let mut reports = self.store.list_reports(&ids, window.from).await?;
        let told = self.store.count_not_free(facility.id).await?;
        let histories = offers.into_iter().map(|offer| {
            let own: Vec<_> = reports.extract_if(.., |report| report.offer == offer.id).collect();
            let kind = kind_of(&offer, taxonomy);
            let name = offer.label.clone().unwrap_or_else(|| taxonomy.name_of(&offer.care_type).to_owned());
            OfferHistory {
                id: offer.id,
                name,
                counts_places: kind == LightKind::Places,
                share: Share::of(&own, window),
                spans: history::spans(kind, &own, window, |at| dates::berlin(at).date()),
                told: own
                    .iter()
                    .map(|report| told.get(&report.sequence).copied().unwrap_or_default())
                    .collect(),
                reports: own,
            }
        });
        Ok(FacilityHistory {
            slug: facility.slug,
            name: facility.name,
            offers: histories.collect(),
            page,
            pages,
        })
    }

    /// Whether everybody sees how reliably an offer is reported.
    pub async fn shows_share(&self, _: &CountyAdministrator) -> Result<bool, TrustError> {
        Ok(shows_share(&self.store).await?)
    }

    /// Shows it to everybody, or not any more.
    pub async fn set_share(
        &self,
        administrator: &CountyAdministrator,
        shows: bool,
    ) -> Result<(), TrustError> {
        let at = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        let before = tx.find_setting(PUBLIC_SHARE).await?.unwrap_or_else(|| OFF.to_owned());
        let after = if shows { ON } else { OFF };
        if before == after {
            tx.rollback().await?;
            return Ok(());
        }
        tx.save_shown_setting(PUBLIC_SHARE, after).await?;
        let about = "Verlässlichkeit der Meldungen öffentlich zeigen".to_owned();
        let detail = BTreeMap::from([("about", about), ("before", before), ("after", after.to_owned())]);
        let (actor, action) = (Some(administrator.account()), Action::ShareShown);
        tx.record_audit(&AuditEvent { actor, action, subject: None, detail, at }).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Whether the county shows everybody how reliably offers are reported.
async fn shows_share(store: &Store) -> Result<bool, StoreError> {
    Ok(store.find_setting(PUBLIC_SHARE).await?.as_deref() == Some(ON))
}

/// What everybody sees of how reliably the offers of a facility are reported: nothing, unless the county wants it.
pub(super) async fn public_shares(
    store: &Store,
    facility: &Facility,
    taxonomy: &Taxonomy,
    now: Now,
) -> Result<Vec<(OfferId, Share)>, StoreError> {
    let lit = |offer: &&Offer| kind_of(offer, taxonomy) != LightKind::None;
    let ids: Vec<OfferId> = facility.offers.iter().filter(lit).map(|offer| offer.id).collect();
    if ids.is_empty() || !shows_share(store).await? {
        return Ok(Vec::new());
    }
    let window = Window::before(now.instant);
    let mut reports = store.list_reports(&ids, window.from).await?;
    let share = |id: OfferId| {
        let own: Vec<_> = reports.extract_if(.., |report| report.offer == id).collect();
        (id, Share::of(&own, window))
    };
    Ok(ids.into_iter().map(share).collect())
}

fn kind_of(offer: &Offer, taxonomy: &Taxonomy) -> LightKind {
    if taxonomy.shows(&offer.care_type) {
        taxonomy.light_of(&offer.care_type, offer.form)
    } else {
        LightKind::None
    }
}
