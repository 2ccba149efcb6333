//! Keeping the index in step with the store: build it once, then follow the change log.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    backend::BackendError,
    domain::{care_type::Taxonomy, facility::Facility, ids::FacilityId},
};
use tokio::{
    task::spawn_blocking,
    time::{sleep, timeout},
};

use super::SearchService;
use crate::{
    index::{
        IndexError, Opened, SearchIndex,
        lexicon::{Lexicon, LexiconError},
        places::OutsidePlace,
    },
    store::{ChangeKind, Store, StoreError},
};

mod progress;

pub(in crate::service) use progress::Progress;

/// How often the change log is read where nothing says that it has grown: other programs on the same database do not.
const INTERVAL: Duration = Duration::from_millis(250);
/// How long it rests after a change: each one drops the pages that are kept, and many reports may come at once.
const REST: Duration = Duration::from_millis(200);
/// How long after many of them: a page that is dropped five times a second is made anew for everybody each time.
const LONG_REST: Duration = Duration::from_millis(700);
/// So many changes in one reading are many.
const MANY: i64 = 5;
/// Facilities that are read at a time.
const PAGE: usize = 500;
/// Changes that are read at a time.
const CHANGES: usize = 2_000;

/// How far an index has come.
#[derive(Clone, Copy, Debug)]
struct Reached {
    /// The number of the last change that was taken in.
    up_to: i64,
    /// The number of the last change of words and types that was seen; 0: none.
    vocabulary: i64,
}

/// An index that is complete.
struct Built {
    index: Arc<SearchIndex>,
    reached: Reached,
    /// The types that it was built with.
    taxonomy: Taxonomy,
    /// Changes of words and types up to this number are in it.
    vocabulary_at: i64,
}

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
                Ok(built) => {
                    // Pages of before belong to the index of before, and go with it.
                    self.portal.change(built.taxonomy.clone());
                    self.index.store(Some(built.index.clone()));
                    self.progress.moved(Instant::now());
                    tracing::info!(up_to = built.reached.up_to, "search index is ready");
                    self.keep_up(built).await;
                }
                Err(error) => sleep(self.failed(&error)).await,
            }
        }
    }

    /// Follows the change log until the index has to be built anew.
    async fn keep_up(&self, built: Built) {
        let Built { index, mut reached, vocabulary_at, .. } = built;
        let index = &index;
        let mut changes = self.store.changes();
        loop {
            if reached.vocabulary > vocabulary_at {
                tracing::info!("the county has changed its words or types: the search index is built anew");
                // The next one needs its lock; readers keep what they have until it is there.
                let closing = index.clone();
                if let Err(error) = spawn_blocking(move || closing.close()).await {
                    self.failed(&error.into());
                }
                return;
            }
            match self.apply(index, reached, false).await {
                Ok(newest) => {
                    let changes_seen = newest.up_to - reached.up_to;
                    reached = newest;
                    let up_to = reached.up_to;
                    if self.progress.is_current(Instant::now(), up_to) {
                        tracing::info!(up_to, "the search follows the store again");
                    }
                    if changes_seen > 0 {
                        sleep(if changes_seen < MANY { REST } else { LONG_REST }).await;
                    }
                    let _ = timeout(INTERVAL, changes.changed()).await;
                }
                Err(error) => {
                    let pause = self.failed(&error);
                    let index_is_broken = matches!(error, FollowError::Index(_) | FollowError::Worker(_));
                    if index_is_broken {
                        // The next one needs its lock; readers keep what they have.
                        index.close();
                    }
                    sleep(pause).await;
                    if index_is_broken {
                        return;
                    }
                }
            }
        }
    }

    /// How far the search has come: for the metrics.
    pub fn reached(&self) -> (i64, Duration) {
        self.progress.reached(Instant::now())
    }

    /// Logs a failure once, not at every attempt; answers how long to wait before the next.
    fn failed(&self, error: &FollowError) -> Duration {
        let away = matches!(error, FollowError::Store(StoreError::Unavailable(_)));
        let failure = self.progress.failed(away, error.to_string());
        if failure.is_news {
            tracing::error!(error = error as &dyn std::error::Error, "cannot follow the store");
        }
        failure.pause
    }

    /// Builds the index once. Failures are logged.
    pub async fn build_once(&self) -> Result<(), BackendError> {
        self.build().await.map(drop).map_err(|error| {
            self.failed(&error);
            BackendError::Internal
        })
    }

    /// Opens the index; writes all documents, unless those on disk are current but for the last changes;
    /// then reads what is known of all facilities.
    async fn build(&self) -> Result<Built, FollowError> {
        // In this order: a change that is read below may be read once more from the log, none is overlooked. That holds for
        // words and types as for facilities, so there is one number for both.
        let newest = self.store.latest_change().await?;
        let vocabulary = self.store.list_vocabulary().await?;
        let taxonomy = self.portal.taxonomy_with(&vocabulary);
        let (directory, types) = (self.directory.clone(), taxonomy.clone());
        let opened = spawn_blocking(move || {
            let lexicon = Lexicon::of_county(&types, &vocabulary.lines)?;
            Ok::<Opened, FollowError>(SearchIndex::open(directory.as_deref(), types, lexicon)?)
        })
        .await??;
        if let Some(aside) = &opened.moved_aside {
            self.note_aside(aside);
        }
        let index = Arc::new(opened.index);
        // An index ahead of its store belongs to another store.
        let written = match opened.up_to.filter(|up_to| *up_to <= newest) {
            Some(up_to) => up_to,
            None => self.rewrite(&index, newest).await?,
        };
        let (mut pages, mut load) = (Pages::of(&self.store), index.load());
        while let Some(page) = pages.next().await? {
            tokio::task::block_in_place(|| load.add(page));
        }
        tokio::task::block_in_place(|| load.finish())?;
        self.load_places(&index).await?;
        // What changed since the documents were written is known already, but not among them.
        let reached = self.apply(&index, Reached { up_to: written, vocabulary: 0 }, true).await?;
        Ok(Built { index, reached, taxonomy, vocabulary_at: newest })
    }

    /// An index that was moved away is kept for inspection, unless nothing was wrong with it but its words.
    fn note_aside(&self, aside: &Path) {
        if self.index.load().is_none() {
            tracing::warn!(aside = %aside.display(), "search index was not usable and is built anew");
        } else if let Err(error) = std::fs::remove_dir_all(aside) {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "an old search index could not be removed"
            );
        }
    }

    /// Writes all documents; answers the sequence up to which they are complete.
    async fn rewrite(&self, index: &SearchIndex, newest: i64) -> Result<i64, FollowError> {
        let (mut pages, rewrite) = (Pages::of(&self.store), index.rewrite()?);
        while let Some(page) = pages.next().await? {
            tokio::task::block_in_place(|| rewrite.add(page))?;
        }
        tokio::task::block_in_place(|| rewrite.finish(newest))?;
        Ok(newest)
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

    /// Takes in everything that changed after what was reached; answers what is reached then. Changes of words and types
    /// are only noted: they need another index.
    async fn apply(
        &self,
        index: &Arc<SearchIndex>,
        reached: Reached,
        force: bool,
    ) -> Result<Reached, FollowError> {
        let Reached { up_to: mut newest, mut vocabulary } = reached;
        loop {
            let changes = self.store.list_changes(newest, CHANGES).await?;
            let Some(last) = changes.last() else { return Ok(Reached { up_to: newest, vocabulary }) };
            let of_words = changes.iter().filter(|change| change.kind == ChangeKind::Vocabulary);
            vocabulary = of_words.map(|change| change.sequence).max().unwrap_or(vocabulary);
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
                self.progress.moved(Instant::now());
            }
            if changes.iter().any(|change| change.kind == ChangeKind::Facility && change.id.is_none()) {
                let index = index.clone();
                spawn_blocking(move || index.renew()).await??;
            }
            if changes.iter().any(|change| change.kind == ChangeKind::Gazetteer) {
                self.load_places(index).await?;
            }
        }
    }
}

/// All public facilities, some at a time.
struct Pages<'a> {
    store: &'a Store,
    after: Option<FacilityId>,
}

impl<'a> Pages<'a> {
    fn of(store: &'a Store) -> Self {
        Self { store, after: None }
    }

    async fn next(&mut self) -> Result<Option<Vec<Facility>>, StoreError> {
        let page = self.store.list_public_facilities(self.after, PAGE).await?;
        self.after = page.last().map(|last| last.id);
        Ok(self.after.is_some().then_some(page))
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

type Newest = Vec<(FacilityId, Option<Facility>)>;

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
