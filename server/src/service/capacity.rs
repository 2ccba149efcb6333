//! Capacity: who reports what, whether it makes sense, and how long it holds.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use app::{
    backend::{
        Clock, CurrentPortal, Desk, FacilityView,
        access::{CapacityReporter, ReportScope},
    },
    domain::{
        api_token::TokenState,
        audit::{Action, AuditEvent, Subject},
        capacity::{CapacityReport, Fault, Statement},
        care_type::{LightKind, Taxonomy},
        facility::{Facility, Visibility},
        ids::{FacilityId, OfferId},
        now::Now,
        offer::Offer,
    },
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::account::AccountError;
use crate::store::{Store, StoreError, Tx};

mod idempotency;
mod limits;
mod links;
mod table;
mod tokens;
mod validity;
mod weigh;

pub use idempotency::{Begun, Call, Once};
pub use limits::{CALL_AGAIN, FAIL_AGAIN};
pub use links::mail_link;
pub use table::{TableError, TablePlan};
pub use tokens::{Refusal, TokenSecret};

use weigh::{Moment, Weighed, days_of, whole_microseconds};

/// What a reporter knew of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The number of the latest report; `None`: there was none.
    Report(Option<i64>),
    /// It does not say: programs report what is, whatever was there.
    Unsaid,
    /// It was so at an instant: whatever was reported since is newer.
    At(OffsetDateTime),
}

/// What somebody says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What was said last is still true.
    Same,
    New(Statement),
}

/// News of one offer, as it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub offer: OfferId,
    pub seen: Seen,
    pub said: Said,
}

/// A report that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    pub report: CapacityReport,
    /// It was written now; else the same was sent twice, and stands once.
    pub is_new: bool,
}

/// Why nothing was reported. Whatever the reason, nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CapacityError {
    /// These offers are not there, have no light, or are somebody else's.
    #[error("there are no such offers")]
    Gone(Vec<OfferId>),
    /// These offers were named more than once.
    #[error("an offer is named twice")]
    Twice(Vec<OfferId>),
    /// What was said makes no sense.
    #[error("the news has faults")]
    Faults(Vec<(OfferId, Fault)>),
    /// Somebody else has reported since these were seen.
    #[error("somebody else was faster")]
    Conflict(Vec<OfferId>),
    /// There is newer news of these offers.
    #[error("there is newer news")]
    Outdated(Vec<OfferId>),
    /// Somebody else has answered this call.
    #[error("the call was taken over")]
    Overtaken,
    /// There are as many accesses of programs as there may be.
    #[error("there are too many accesses")]
    TooManyTokens,
    /// An access has this name already.
    #[error("the name is taken")]
    NameTaken,
    /// The organization has no such facility.
    #[error("there is no such facility")]
    NoFacility,
    /// The link is worth nothing any more.
    #[error("the link is over")]
    LinkOver,
    /// The access of a program is worth nothing any more.
    #[error("the access is over")]
    TokenOver,
    /// There are as many cards as there may be.
    #[error("there are too many cards")]
    TooManyCards,
    /// No report may hold so long.
    #[error("no such number of days")]
    Days,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers for capacity.
pub struct CapacityService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
    limits: limits::TokenLimits,
}

impl CapacityService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, portal: CurrentPortal) -> Self {
        Self { store, clock, portal, limits: limits::TokenLimits::new() }
    }

    /// Everything somebody may report, as it is now.
    pub async fn desk(&self, reporter: &CapacityReporter) -> Result<Desk, CapacityError> {
        let facilities = match reporter.scope() {
            ReportScope::Organization(id) => self.store.list_facilities_of_organization(id).await?,
            ReportScope::Facility(id) => self.store.list_facilities(&[id]).await?,
        };
        let own_days = self.store.list_offer_validity(reporter.scope()).await?;
        let (portal, now) = (self.portal.get(), self.clock.now());
        let mut desk = Desk { facilities: Vec::new(), days: HashMap::new(), now };
        for mut facility in facilities.into_iter().filter(|own| is_public(own) && reporter.covers(own.id)) {
            facility.offers.retain(|offer| has_light(offer, &portal.taxonomy));
            for offer in &facility.offers {
                desk.days.insert(offer.id, days_of(offer, &own_days, &portal.taxonomy));
            }
            if !facility.offers.is_empty() {
                desk.facilities.push(FacilityView::of(facility, &portal.taxonomy, now));
            }
        }
        Ok(desk)
    }

    /// Writes reports: all of them, or none.
    ///
    /// # Errors
    /// Each of [`CapacityError`] but those of cards and days.
    pub async fn report(
        &self,
        reporter: &CapacityReporter,
        news: Vec<News>,
    ) -> Result<Vec<Reported>, CapacityError> {
        self.report_once(reporter, news, None).await
    }

    /// The same for a call that has the same answer when it comes again.
    ///
    /// # Errors
    /// As [`Self::report`], and [`CapacityError::Overtaken`].
    pub async fn report_once(
        &self,
        reporter: &CapacityReporter,
        news: Vec<News>,
        once: Option<Once<'_>>,
    ) -> Result<Vec<Reported>, CapacityError> {
        let now = self.clock.now();
        let portal = self.portal.get();
        refuse_doubles(&news)?;
        let whose = self.whose(reporter.scope()).await?;
        let mut tx = self.store.begin().await?;
        tx.lock_reports(whose).await?;
        let facilities = match reporter.scope() {
            ReportScope::Organization(id) => {
                // Only what is reported: an organization may have thousands.
                let wanted: Vec<_> = news.iter().map(|one| one.offer).collect();
                tx.list_facilities_of_offers(id, &wanted).await?
            }
            ReportScope::Facility(id) => tx.find_facility(id).await?.into_iter().collect(),
        };
        let own_days = tx.list_offer_validity(reporter.scope()).await?;
        let offers: HashMap<OfferId, (FacilityId, &Offer)> = facilities
            .iter()
            .filter(|facility| is_public(facility) && reporter.covers(facility.id))
            .flat_map(|facility| facility.offers.iter().map(|offer| (facility.id, offer)))
            .filter(|(_, offer)| has_light(offer, &portal.taxonomy))
            .map(|(facility, offer)| (offer.id, (facility, offer)))
            .collect();
        let gone: Vec<_> = news.iter().map(|one| one.offer).filter(|id| !offers.contains_key(id)).collect();
        if !gone.is_empty() {
            return Err(CapacityError::Gone(gone));
        }
        let mut agreeing = HashSet::new();
        for one in news.iter().filter(|one| one.said == Said::Same) {
            let latest = offers.get(&one.offer).and_then(|own| own.1.latest_report.as_ref());
            if let (Seen::Report(Some(seen)), Some(latest)) = (one.seen, latest)
                && seen != latest.sequence
                && tx.reports_agree(seen, latest.sequence).await?
            {
                agreeing.insert(one.offer);
            }
        }
        let moment = Moment { reporter, taxonomy: &portal.taxonomy, agreeing, now };
        let (mut stands, mut faults) = (Vec::new(), Vec::new());
        let (mut conflicts, mut outdated) = (Vec::new(), Vec::new());
        for News { offer, seen, said } in news {
            match moment.weigh(offers[&offer].1, seen, said, &own_days) {
                Weighed::Stands(reported) => stands.push(*reported),
                Weighed::Conflict => conflicts.push(offer),
                Weighed::Outdated => outdated.push(offer),
                Weighed::Faults(found) => faults.extend(found.into_iter().map(|fault| (offer, fault))),
            }
        }
        if !faults.is_empty() {
            return Err(CapacityError::Faults(faults));
        }
        if !conflicts.is_empty() {
            return Err(CapacityError::Conflict(conflicts));
        }
        if !outdated.is_empty() {
            return Err(CapacityError::Outdated(outdated));
        }
        let new = stands.iter().filter(|reported| reported.is_new);
        let new: Vec<_> = new.map(|own| (offers[&own.report.offer].0, &own.report)).collect();
        let (written, sequences) = (new.len(), tx.insert_reports(&new).await?);
        for own in &mut stands {
            own.report.sequence = sequences.get(&own.report.id).copied().unwrap_or(own.report.sequence);
        }
        // It may have been switched off since it was looked at.
        if let Some(link) = reporter.link()
            && !tx.use_report_link(link, now.instant).await?
        {
            return Err(CapacityError::LinkOver);
        }
        // So may an access: reading what a program sends takes as long as the program likes.
        if let (Some(token), ReportScope::Organization(id)) = (reporter.token(), reporter.scope()) {
            let known = tx.list_api_tokens(id).await?;
            if !known.iter().any(|own| own.id == token && own.state() == TokenState::Good) {
                return Err(CapacityError::TokenOver);
            }
        }
        if written > 0 {
            self.audit(&mut tx, reporter, Action::CapacityReported, &[("offers", written.to_string())], now)
                .await?;
        }
        if let Some(once) = once {
            once.finish(&mut tx, &stands).await?;
        }
        tx.commit().await?;
        Ok(stands)
    }

    /// The offers of an organization by the ids they had in an imported file. Two files may have the same one.
    pub async fn find_by_external_id(
        &self,
        reporter: &CapacityReporter,
    ) -> Result<HashMap<String, Vec<OfferId>>, CapacityError> {
        let ReportScope::Organization(organization) = reporter.scope() else { return Ok(HashMap::new()) };
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        let all = self.store.list_external_ids(organization).await?;
        for (external_id, offer, _) in all.into_iter().filter(|(.., facility)| reporter.covers(*facility)) {
            found.entry(external_id).or_default().push(offer);
        }
        Ok(found)
    }

    /// Whoever reports the same offers has the same answer: an organization, or a facility without one.
    async fn whose(&self, scope: ReportScope) -> Result<Uuid, CapacityError> {
        let id = match scope {
            ReportScope::Organization(id) => return Ok(id.0),
            ReportScope::Facility(id) => id,
        };
        let facility = self.store.list_facilities(&[id]).await?.pop();
        Ok(facility.and_then(|own| own.organization).map_or(id.0, |own| own.id.0))
    }

    /// Writes down what a reporter did.
    async fn audit(
        &self,
        tx: &mut Tx,
        reporter: &CapacityReporter,
        action: Action,
        detail: &[(&'static str, String)],
        now: Now,
    ) -> Result<(), CapacityError> {
        let mut detail: BTreeMap<_, _> = detail.iter().cloned().collect();
        if let Some(link) = reporter.link() {
            detail.insert("link", link.to_string());
        }
        if let Some(token) = reporter.token() {
            detail.insert("token", token.to_string());
        }
        let subject = Some(match reporter.scope() {
            ReportScope::Organization(id) => Subject::Organization(id),
            ReportScope::Facility(id) => Subject::Entry(id),
        });
        let actor = reporter.account();
        tx.record_audit(&AuditEvent { actor, action, subject, detail, at: now.instant }).await?;
        Ok(())
    }
}

fn is_public(facility: &Facility) -> bool {
    facility.visibility == Visibility::Public
}

fn has_light(offer: &Offer, taxonomy: &Taxonomy) -> bool {
    taxonomy.shows(&offer.care_type) && taxonomy.light_of(&offer.care_type, offer.form) != LightKind::None
}

fn refuse_doubles(news: &[News]) -> Result<(), CapacityError> {
    let mut known = HashSet::new();
    let twice: Vec<_> = news.iter().map(|one| one.offer).filter(|offer| !known.insert(*offer)).collect();
    if twice.is_empty() { Ok(()) } else { Err(CapacityError::Twice(twice)) }
}
