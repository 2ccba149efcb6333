//! From changes to news: which alerts want to know of which offer.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{
    domain::{
        capacity::{Availability, Light},
        ids::{AlertId, FacilityId},
        now::Now,
    },
    routes,
};
use time::OffsetDateTime;

use super::{AlertError, AlertService};
use crate::{
    clock,
    index::{
        IndexError,
        matching::{FreeOffer, Matcher},
        snapshot::Snapshot,
    },
    store::{AlertNews, AlertStamp, ChangeKind, PastReport},
};

/// Changes that are taken at a time.
const CHANGES: usize = 50;
/// Reports that are read at a time.
const REPORTS: i64 = 500;

/// All alerts that tell, by search.
#[derive(Default)]
pub(super) struct Watch {
    /// `None`: they have to be read anew.
    stamp: Option<AlertStamp>,
    matcher: Matcher,
    /// Whose each search of the matcher is.
    alerts: Arc<Vec<Vec<AlertId>>>,
}

impl AlertService {
    /// Goes on along the change log and notes what has become free for whom. What is noted waits for a mail.
    pub async fn find_news(&self) -> Result<(), AlertError> {
        // In this order: the view knows at least what was reached.
        let (reached, _) = self.search.reached();
        let Ok(snapshot) = self.search.snapshot() else { return Ok(()) };
        let latest = self.store.latest_change().await?;
        let position = self.store.find_alert_position().await?;
        let Some(mut position) = position.filter(|position| *position <= latest) else {
            let mut tx = self.store.begin().await?;
            tx.start_alerts(latest).await?;
            return Ok(tx.commit().await?);
        };
        loop {
            let changes = self.store.list_changes(position, CHANGES).await?;
            let known: Vec<_> = changes.iter().take_while(|change| change.sequence <= reached).collect();
            let Some(last) = known.last() else { return Ok(()) };
            let facilities: BTreeSet<FacilityId> = known
                .iter()
                .filter(|change| change.kind == ChangeKind::Facility)
                .filter_map(|change| change.id.map(FacilityId))
                .collect();
            let news = self.news_of(&snapshot, facilities).await?;
            let mut tx = self.store.begin().await?;
            tx.lock_alerts().await?;
            if !tx.advance_alerts(position, last.sequence).await? {
                // Somebody else has looked at the same changes.
                return Ok(tx.rollback().await?);
            }
            tx.insert_alert_news(&news, false).await?;
            tx.commit().await?;
            position = last.sequence;
        }
    }

    async fn news_of(
        &self,
        snapshot: &Arc<Snapshot>,
        facilities: BTreeSet<FacilityId>,
    ) -> Result<Vec<AlertNews>, AlertError> {
        let now = self.clock.now();
        let free: Vec<FreeOffer> =
            facilities.into_iter().flat_map(|facility| snapshot.free_offers(facility, now)).collect();
        let mut news = Vec::new();
        for (free, alerts) in self.whose(snapshot, free, now).await? {
            let since = self.free_since(&free).await?;
            news.extend(alerts.into_iter().map(|alert| AlertNews {
                alert,
                facility: free.facility,
                offer: free.offer,
                since,
            }));
        }
        Ok(news)
    }

    /// Offers with the alerts whose search lists them.
    async fn whose(
        &self,
        snapshot: &Arc<Snapshot>,
        free: Vec<FreeOffer>,
        now: Now,
    ) -> Result<Vec<(FreeOffer, Vec<AlertId>)>, AlertError> {
        if free.is_empty() {
            return Ok(Vec::new());
        }
        let mut watch = self.watch.lock().await;
        let stamp = self.store.find_alert_stamp(now.instant).await?;
        if watch.stamp != Some(stamp) {
            *watch = self.watch_all(now.instant).await?;
        }
        // Where comparing fails, all is read anew.
        watch.stamp = None;
        let (mut matcher, alerts) = (std::mem::take(&mut watch.matcher), watch.alerts.clone());
        if alerts.is_empty() {
            watch.stamp = Some(stamp);
            return Ok(Vec::new());
        }
        let snapshot = snapshot.clone();
        let (matcher, found) = tokio::task::spawn_blocking(move || {
            let found = all_matches(&mut matcher, &alerts, &snapshot, free, now);
            (matcher, found)
        })
        .await?;
        watch.matcher = matcher;
        watch.stamp = Some(stamp);
        Ok(found?)
    }

    async fn watch_all(&self, now: OffsetDateTime) -> Result<Watch, AlertError> {
        let mut by_search: BTreeMap<String, Vec<AlertId>> = BTreeMap::new();
        for (alert, query) in self.store.list_confirmed_alerts(now).await? {
            by_search.entry(query).or_default().push(alert);
        }
        let matcher = Matcher::new(by_search.keys().map(|query| routes::parse_search(query)));
        Ok(Watch { stamp: None, matcher, alerts: Arc::new(by_search.into_values().collect()) })
    }

    /// The report with which an offer became free: those after it only said so again.
    pub(super) async fn free_since(&self, free: &FreeOffer) -> Result<i64, AlertError> {
        let (mut since, mut said_again, mut below) = (free.sequence, None, free.sequence);
        // What is known of an earlier look needs not be walked again.
        let known = self.store.find_latest_news_of(free.offer, free.sequence).await?;
        loop {
            let reports = self.store.list_past_reports(free.offer, below, REPORTS).await?;
            let is_last = i64::try_from(reports.len()).unwrap_or(i64::MAX) < REPORTS;
            for PastReport(report) in reports {
                let was_free = |at: OffsetDateTime| {
                    let light = Availability::of(free.kind, Some(&report), clock::berlin(at));
                    light.is_some_and(|light| light.light == Light::Free)
                };
                if said_again.is_some_and(|at| !was_free(at)) {
                    return Ok(since);
                }
                (since, said_again) = (report.sequence, Some(report.reported_at));
                if known == Some(report.sequence) {
                    return Ok(since);
                }
            }
            if is_last {
                return Ok(since);
            }
            below = since - 1;
        }
    }
}

fn all_matches(
    matcher: &mut Matcher,
    alerts: &[Vec<AlertId>],
    snapshot: &Snapshot,
    free: Vec<FreeOffer>,
    now: Now,
) -> Result<Vec<(FreeOffer, Vec<AlertId>)>, IndexError> {
    let mut found = Vec::new();
    for free in free {
        let searches = matcher.matches(snapshot, free.facility, free.offer, now)?;
        let whose: Vec<AlertId> =
            searches.into_iter().filter_map(|at| alerts.get(at)).flatten().copied().collect();
        if !whose.is_empty() {
            found.push((free, whose));
        }
    }
    Ok(found)
}
