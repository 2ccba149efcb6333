//! The county's portal as it is now: what was configured at the start, with what the county has changed since.

use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::{care_type::Taxonomy, portal::Portal, vocabulary::Vocabulary};

/// Where everybody asks for the portal. Whoever answers a request asks once: it may be another one a moment later.
#[derive(Clone, Debug)]
pub struct CurrentPortal {
    configured: Arc<Portal>,
    current: Arc<RwLock<Arc<Portal>>>,
}

impl CurrentPortal {
    /// The portal of this moment. It never changes under whoever holds it.
    pub fn get(&self) -> Arc<Portal> {
        // Nobody panics while they hold the lock; what it holds is whole in any case.
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The lists as they were configured, without the county's changes.
    pub fn configured(&self) -> &Taxonomy {
        &self.configured.taxonomy
    }

    /// Puts the county's changes in the place of those before.
    pub fn change(&self, taxonomy: Taxonomy) {
        let changed = Arc::new(Portal { taxonomy, ..Portal::clone(&self.configured) });
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = changed;
    }

    /// The lists with these changes.
    pub fn taxonomy_with(&self, vocabulary: &Vocabulary) -> Taxonomy {
        vocabulary.taxonomy(self.configured())
    }
}

impl From<Arc<Portal>> for CurrentPortal {
    fn from(configured: Arc<Portal>) -> Self {
        Self { current: Arc::new(RwLock::new(configured.clone())), configured }
    }
}

impl From<Portal> for CurrentPortal {
    fn from(configured: Portal) -> Self {
        Arc::new(configured).into()
    }
}
