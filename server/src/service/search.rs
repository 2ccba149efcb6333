//! Search: words and filters to pages of facilities.

use std::{path::PathBuf, sync::Arc, time::Instant};

use app::{
    backend::{BackendError, Clock, Counts, CurrentPortal, SearchBackend},
    domain::{
        now::Now,
        portal::Portal,
        search::{SearchQuery, times::TypedTimes},
        search_results::{self, AskedTimes, SearchResults, Understood},
        suggestion::{SuggestQuery, Suggestion},
    },
};
use arc_swap::ArcSwapOption;
use async_trait::async_trait;
use time::OffsetDateTime;

use super::{
    pulse::{Pulse, Readiness},
    workers::Workers,
};
use crate::{
    index::{
        IndexError, SearchIndex,
        engine::{Outcome, Prepared},
        filters::PlaceFilter,
        places::OutsidePlace,
        snapshot::Snapshot,
    },
    store::Store,
};

mod facets;
mod follow;
mod free;
mod map;
mod preview;
mod results;
mod suggest;
mod times;
mod unknown;
mod ways;

use map::Plan;
pub(super) use results::listed_whole;

/// Answers searches, and keeps the index up to date with the store.
pub struct SearchService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
    /// Where the index lives; `None`: in memory.
    directory: Option<PathBuf>,
    /// Places of the configuration.
    configured_places: Vec<OutsidePlace>,
    /// Empty until the index is complete for the first time.
    index: ArcSwapOption<SearchIndex>,
    progress: follow::Progress,
    workers: Workers,
}

/// What the index says to a search, before the store is asked for the facilities.
struct Answer {
    outcome: Outcome,
    snapshot: Arc<Snapshot>,
    place: Option<PlaceFilter>,
    text_without_place: Option<String>,
    place_unknown: bool,
    notes: Vec<Understood>,
    times: AskedTimes,
    times_in_text: TypedTimes,
    suggestion: Option<search_results::Suggestion>,
    ways: Vec<search_results::Suggestion>,
    /// The map of it, still without names.
    plan: Option<Plan>,
}

impl SearchService {
    /// Makes the service; [`Self::follow`] brings it to life.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        portal: impl Into<CurrentPortal>,
        directory: Option<PathBuf>,
        configured_places: Vec<OutsidePlace>,
    ) -> Self {
        Self {
            store,
            clock,
            portal: portal.into(),
            directory,
            configured_places,
            index: ArcSwapOption::empty(),
            progress: follow::Progress::new(Instant::now()),
            workers: Workers::of_machine(),
        }
    }

    /// The current view of the index.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, BackendError> {
        self.index.load().as_ref().map(|index| index.snapshot()).ok_or(BackendError::Indexing)
    }
}

impl Pulse for SearchService {
    fn generation(&self) -> u64 {
        self.index.load().as_ref().map_or(0, |index| index.snapshot().generation)
    }

    fn fresh_until(&self, now: Now) -> Option<OffsetDateTime> {
        self.snapshot().ok()?.next_expiry(now.instant)
    }

    fn readiness(&self) -> Readiness {
        self.progress.readiness(Instant::now(), self.index.load().is_some())
    }
}

#[async_trait]
impl SearchBackend for SearchService {
    async fn search(&self, query: &SearchQuery, page_size: usize) -> Result<SearchResults, BackendError> {
        let (snapshot, now) = (self.snapshot()?, self.clock.now());
        let query = &unknown::set_aside(query, &snapshot);
        let asked = query.clone();
        let portal = self.portal.get();
        let mut answer = self
            .workers
            .run(move || answer(snapshot, &asked, page_size, &portal, now))
            .await
            .map_err(|error| internal(&error))?
            .map_err(|error| internal(&error))?;
        let ids: Vec<_> = answer.outcome.listed.iter().map(|listed| listed.facility).collect();
        let facilities = self.store.list_facilities(&ids).await.map_err(|e| super::store_error(&e))?;
        let map = match answer.plan.take() {
            Some(plan) => {
                let names = self.store.list_facility_names(plan.singles()).await;
                Some(plan.view(names.map_err(|e| super::store_error(&e))?))
            }
            None => None,
        };
        let results = results::assemble(query, page_size, answer, facilities, now);
        Ok(SearchResults { map, ..results })
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, BackendError> {
        // Some lookups in sorted tables: no work to hand to another thread.
        Ok(self.snapshot()?.suggest(query))
    }

    async fn counts(&self) -> Result<Counts, BackendError> {
        let snapshot = self.snapshot()?;
        let mut by_type = vec![0; snapshot.taxonomy.all().len()];
        let mut counts = Counts::default();
        for (_, facility) in snapshot.facts.iter() {
            counts.facilities += 1;
            counts.offers += facility.offers().len();
            for offer in facility.offers() {
                if let Some(count) = by_type.get_mut(offer.care_type as usize) {
                    *count += 1;
                }
            }
        }
        counts.by_type = snapshot.taxonomy.all().iter().map(|t| t.slug.clone()).zip(by_type).collect();
        Ok(counts)
    }
}

/// Asks the index. Blocks; takes a millisecond or two.
fn answer(
    snapshot: Arc<Snapshot>,
    query: &SearchQuery,
    page_size: usize,
    portal: &Portal,
    now: Now,
) -> Result<Answer, IndexError> {
    let prepared = Prepared::new(&snapshot, query, now)?;
    let mut outcome = prepared.answer(query, page_size);
    let located = outcome.located.take();
    let plan = located.map(|located| Plan::new(query, &located, &snapshot, &portal.map.outlines));
    let suggestion = if outcome.total == 0 { suggest::one_change(&prepared, query)? } else { None };
    let ways = ways::ways(&prepared, query, &outcome, suggestion.as_ref())?;
    let times = times::asked(&prepared, query, outcome.total);
    let Prepared { place, text_without_place, place_unknown, notes, times_in_text, .. } = prepared;
    Ok(Answer {
        outcome,
        snapshot,
        place,
        text_without_place,
        place_unknown,
        notes,
        times,
        times_in_text,
        suggestion,
        ways,
        plan,
    })
}

fn internal(error: &(dyn std::error::Error + 'static)) -> BackendError {
    tracing::error!(error, "search failed");
    BackendError::Internal
}
