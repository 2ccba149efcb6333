//! What a search lists that is free, for those who want to be told.

use app::{backend::BackendError, domain::search::SearchQuery};

use super::{SearchService, internal};
use crate::index::matching::FreeOffer;

impl SearchService {
    /// The free offers that a search lists now as just what it asks for.
    pub async fn free_of(&self, query: &SearchQuery) -> Result<Vec<FreeOffer>, BackendError> {
        let (snapshot, now, query) = (self.snapshot()?, self.clock.now(), query.clone());
        let found = self.workers.run(move || snapshot.free_of(&query, now)).await;
        found.map_err(|error| internal(&error))?.map_err(|error| internal(&error))
    }
}
