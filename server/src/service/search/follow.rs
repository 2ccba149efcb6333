//! Keeping the index in step with the store: build it once, then follow the change log.

use std::{
    collections::BTreeSet,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use app::{backend::BackendError, domain::ids::FacilityId};
use tokio::{task::spawn_blocking, time::sleep};

use super::SearchService;
use crate::{
    index::{
        IndexError, Opened, SearchIndex,
        lexicon::{Lexicon, LexiconError},
        places::OutsidePlace,
    },
    store::{ChangeKind, Store, StoreError},
};

/// How often the change log is read: a change is findable well within a second.
const INTERVAL: Duration = Duration::from_millis(250);
/// How long to wait before the next attempt after a failure.
const PAUSE: Duration = Duration::from_secs(1);
/// Facilities that are read at a time.
const PAGE: usize = 500;
/// Changes that are read at a time.
const CHANGES: usize = 2_000;

/// Why following stopped for the moment.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    #[error("the index worker panicked")]
    Worker(#[from] tokio::task::JoinError),
}

impl SearchService {
    /// Builds the index and follows the change log for ever. Failures are logged and tried again.
    pub async fn follow(self: Arc<Self>) {
        loop {
            match self.build().await {
                Ok((index, mut up_to)) => {
                    self.index.store(Some(index.clone()));
                    tracing::info!(up_to, "search index is ready");
                    loop {
                        let step = self.step(&index, up_to).await;
                        self.note(&step);
                        match step {
                            Ok(newest) => {
                                up_to = newest;
                                sleep(INTERVAL).await;
                            }
                            Err(FollowError::Index(_) | FollowError::Worker(_)) => {
                                // The next one needs its lock; readers keep what they have.
                                index.close();
                                break;
                            }
                            Err(_) => sleep(PAUSE).await,
                        }
                    }
                }
                Err(error) => self.note::<()>(&Err(error)),
            }
            sleep(PAUSE).await;
        }
    }

    /// Remembers whether the store is away, and logs a failure once, not every second.
    fn note<T>(&self, step: &Result<T, FollowError>) {
        let away = matches!(step, Err(FollowError::Store(StoreError::Unavailable(_))));
        let before = self.store_away.swap(away, Ordering::Relaxed);
        match step {
            Err(error) if !(away && before) => tracing::error!(%error, "cannot follow the store"),
            Ok(_) if before => tracing::info!("the store answers again"),
            _ => {}
        }
    }

    /// Builds the index once. Failures are logged.
    pub async fn build_once(&self) -> Result<(), BackendError> {
        let built = self.build().await;
        self.note(&built);
        built.map(|_| ()).map_err(|_| BackendError::Internal)
    }

    /// Opens the index; reads all facilities, and writes their documents unless those on disk are
    /// current but for the last changes.
    async fn build(&self) -> Result<(Arc<SearchIndex>, i64), FollowError> {
        let (directory, taxonomy) = (self.directory.clone(), self.portal.taxonomy.clone());
        let opened = spawn_blocking(move || {
            let lexicon = Lexicon::builtin()?;
            Ok::<Opened, FollowError>(SearchIndex::open(directory.as_deref(), taxonomy, lexicon)?)
        })
        .await??;
        if let Some(aside) = &opened.moved_aside {
            tracing::warn!(aside = %aside.display(), "search index was not usable and is built anew");
        }
        let index = Arc::new(opened.index);
        let newest = self.store.latest_change().await?;
        // An index ahead of its store belongs to another store.
        let current = opened.up_to.filter(|up_to| *up_to <= newest);
        let (mut after, mut load) = (None, index.load(current.is_none())?);
        loop {
            let page = self.store.list_public_facilities(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            tokio::task::block_in_place(|| load.add(page))?;
        }
        tokio::task::block_in_place(|| load.finish(newest))?;
        self.load_places(&index).await?;
        if let Some(up_to) = current {
            self.apply(&index, up_to, true).await?;
        }
        Ok((index, newest))
    }

    async fn load_places(&self, index: &Arc<SearchIndex>) -> Result<(), FollowError> {
        let mut outside = self.configured_places.clone();
        outside.extend(self.store.list_gazetteer().await?.into_iter().map(|place| OutsidePlace {
            name: place.name,
            postal_code: Some(place.postal_code.as_str().to_owned()),
            county_key: Some(place.county_key),
            ags: None,
            configured: false,
            position: place.position,
        }));
        let index = index.clone();
        spawn_blocking(move || index.set_outside_places(outside)).await??;
        Ok(())
    }

    async fn step(&self, index: &Arc<SearchIndex>, up_to: i64) -> Result<i64, FollowError> {
        self.apply(index, up_to, false).await
    }

    /// Takes in everything that changed after `up_to`; answers the newest sequence taken in.
    async fn apply(&self, index: &Arc<SearchIndex>, up_to: i64, force: bool) -> Result<i64, FollowError> {
        let mut newest = up_to;
        loop {
            let changes = self.store.list_changes(newest, CHANGES).await?;
            let Some(last) = changes.last() else { return Ok(newest) };
            let (before, after) = (newest, last.sequence);
            newest = after;
            let ids: BTreeSet<FacilityId> = changes
                .iter()
                .filter(|change| change.kind == ChangeKind::Facility)
                .filter_map(|change| change.id.map(FacilityId))
                .collect();
            let ids: Vec<FacilityId> = ids.into_iter().collect();
            for (some, up_to) in parts(&ids, PAGE, before, after) {
                let found = newest_state(&self.store, some).await?;
                let index = index.clone();
                spawn_blocking(move || index.apply(found, up_to, force)).await??;
            }
            if changes.iter().any(|change| change.kind == ChangeKind::Gazetteer) {
                self.load_places(index).await?;
            }
        }
    }
}

/// Facilities in parts, each with the sequence that the index then contains: only the last brings the
/// newest, for whoever stops in between must not believe that the rest was taken in.
fn parts(
    ids: &[FacilityId],
    size: usize,
    before: i64,
    newest: i64,
) -> impl Iterator<Item = (&[FacilityId], i64)> {
    let count = ids.len().div_ceil(size);
    ids.chunks(size).zip(1..).map(move |(part, at)| (part, if at == count { newest } else { before }))
}

type Newest = Vec<(FacilityId, Option<app::domain::facility::Facility>)>;

async fn newest_state(store: &Store, ids: &[FacilityId]) -> Result<Newest, StoreError> {
    let mut found = store
        .list_facilities(ids)
        .await?
        .into_iter()
        .map(|f| (f.id, f))
        .collect::<std::collections::HashMap<_, _>>();
    Ok(ids.iter().map(|id| (*id, found.remove(id))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_part_of_a_batch_says_that_the_batch_was_taken_in() {
        let ids = [FacilityId(uuid::Uuid::nil()); 5];
        let taken: Vec<(usize, i64)> =
            parts(&ids, 2, 10, 20).map(|(part, up_to)| (part.len(), up_to)).collect();
        assert_eq!(taken, [(2, 10), (2, 10), (1, 20)]);
        assert_eq!(parts(&ids, 5, 10, 20).map(|(_, up_to)| up_to).collect::<Vec<_>>(), [20]);
    }
}
