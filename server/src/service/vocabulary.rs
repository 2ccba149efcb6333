//! What the county calls things: care types, specialisms and the words of the search.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{
        BackendError, Clock, CurrentPortal, SearchBackend,
        access::{CountyAdministrator, CountyStaff},
    },
    components::form::Problem,
    domain::{
        audit::{Action, AuditEvent},
        care_type::Taxonomy,
        vocabulary::{Comparison, Lists, Reading, Vocabulary},
    },
};
use tokio::sync::Mutex;

use super::{
    account::{AccountError, AccountService},
    search::SearchService,
};
use crate::store::{Store, StoreError, Tx};

mod care_types;
mod specialisms;
mod words;

/// Most characters of a word that is looked up.
const LONGEST: usize = 200;

/// Why something was not changed.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// There is no such thing, or the right to change it is gone.
    #[error("it is not there")]
    Gone,
    /// What was typed cannot be used.
    #[error("the form has problems")]
    Problems(Vec<Problem>),
    /// Somebody else has changed it since it was shown; what it is now, in words.
    #[error("somebody else was faster")]
    Changed(String),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Search(#[from] BackendError),
}

/// Answers for the county's lists.
pub struct VocabularyService {
    store: Store,
    clock: Arc<dyn Clock>,
    portal: CurrentPortal,
    accounts: Arc<AccountService>,
    search: Arc<SearchService>,
    /// One changes at a time: it holds a connection and may need a second one.
    turn: Mutex<()>,
}

impl VocabularyService {
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        portal: CurrentPortal,
        accounts: Arc<AccountService>,
        search: Arc<SearchService>,
    ) -> Self {
        Self { store, clock, portal, accounts, search, turn: Mutex::default() }
    }

    /// The lists as they are stored; pages and search follow within a moment.
    pub async fn lists(&self, _: &CountyStaff) -> Result<Lists, VocabularyError> {
        let vocabulary = self.store.list_vocabulary().await?;
        // While the search is away nobody knows how many there are, and the lists can be read all the same.
        let offers = self.search.counts().await.map(|counts| counts.by_type).ok();
        let current = self.portal.taxonomy_with(&vocabulary);
        Ok(Lists { configured: self.portal.configured().clone(), current, vocabulary, offers })
    }

    /// What the search understands under a word; `None` where nothing was typed.
    pub async fn look_up(&self, _: &CountyStaff, word: &str) -> Result<Option<Reading>, VocabularyError> {
        let word: String = app::domain::value::one_line(word).chars().take(LONGEST).collect();
        if word.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.search.read_word(&word).await?))
    }

    /// What words would find under other names and lines.
    async fn compare(
        &self,
        words: Vec<String>,
        taxonomy: Taxonomy,
        vocabulary: Vocabulary,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        Ok(self.search.compare(words, taxonomy, vocabulary.lines).await?)
    }

    /// The lists as a transaction sees them, which nobody else changes until its end. The right is asked for once more: it
    /// may be gone.
    async fn locked(
        &self,
        tx: &mut Tx,
        administrator: &CountyAdministrator,
    ) -> Result<(Vocabulary, Taxonomy), VocabularyError> {
        tx.lock_vocabulary().await?;
        let account = self.accounts.find(administrator.account()).await?.ok_or(VocabularyError::Gone)?;
        CountyAdministrator::require(&account).map_err(|_| VocabularyError::Gone)?;
        let vocabulary = tx.list_vocabulary().await?;
        let taxonomy = self.portal.taxonomy_with(&vocabulary);
        Ok((vocabulary, taxonomy))
    }

    /// Writes down who changed what, and makes it lasting.
    async fn commit(
        &self,
        mut tx: Tx,
        administrator: &CountyAdministrator,
        action: Action,
        (about, before, after): (String, String, String),
    ) -> Result<(), VocabularyError> {
        let detail = BTreeMap::from([("about", about), ("before", before), ("after", after)]);
        let (actor, at) = (Some(administrator.account()), self.clock.now().instant);
        tx.record_audit(&AuditEvent { actor, action, subject: None, detail, at }).await?;
        tx.commit().await?;
        Ok(())
    }
}
