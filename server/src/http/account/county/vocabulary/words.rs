//! The county's own words.

use app::{
    backend::access::CountyAdministrator,
    domain::{
        ids::LexiconLineId,
        vocabulary::{Comparison, LexiconLine, Lists},
    },
    forms::{Typed, vocabulary as forms},
    pages::county::{self as pages, Shown, WordPage, WordsPage},
    routes as addresses,
    shell::Site,
};
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{
    DONE,
    list::{List, refused},
};
use crate::{
    http::account::{AccountState, county::Staff, private, said},
    service::vocabulary::{VocabularyError, VocabularyService},
};

pub(super) async fn list(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    query: RawQuery,
) -> Response {
    let lists = match state.vocabulary.lists(&staff).await {
        Ok(lists) => lists,
        Err(error) => return refused(&state, error),
    };
    let word = addresses::value_of(query.0.as_deref().unwrap_or_default(), "wort");
    let reading = match state.vocabulary.look_up(&staff, &word).await {
        Ok(reading) => reading,
        Err(error) => return refused(&state, error),
    };
    let (may_change, now) = (staff.is_administrator(), state.http.backend.clock.now());
    let shown = WordsPage { lists, may_change, reading, done: said(&query, &DONE), now };
    private(StatusCode::OK, pages::words(&state.site(), shown))
}

/// `/kreis/woerter`.
pub(super) struct Words;

impl List for Words {
    type Id = LexiconLineId;
    type Own = LexiconLine;

    const PATH: &'static str = addresses::WORDS;
    const FIELD: &'static str = "woerter";
    const UNDONE: &'static str = "entfernt";

    fn parse(segment: &str) -> Option<LexiconLineId> {
        segment.parse().ok().map(LexiconLineId)
    }

    fn find(lists: &Lists, id: &LexiconLineId) -> Option<LexiconLine> {
        lists.vocabulary.find_line(*id).cloned()
    }

    fn write(own: &LexiconLine) -> Typed {
        forms::write_line(own)
    }

    fn page(site: &Site, lists: Lists, own: Option<LexiconLine>, shown: Shown) -> String {
        pages::word(site, WordPage { line: own, taxonomy: lists.current, shown })
    }

    async fn preview(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&LexiconLineId>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        service.preview_line(lead, id.copied(), typed).await
    }

    async fn save(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&LexiconLineId>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        service.save_line(lead, id.copied(), typed).await
    }

    async fn undo(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: &LexiconLineId,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        service.remove_line(lead, *id, seen).await
    }
}
