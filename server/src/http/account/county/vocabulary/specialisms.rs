//! Specialisms.

use app::{
    backend::access::CountyAdministrator,
    domain::{
        specialism::Specialism,
        vocabulary::{Comparison, Lists},
    },
    forms::{Typed, vocabulary as forms},
    pages::county::{self as pages, Shown, SpecialismPage},
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
    match state.vocabulary.lists(&staff).await {
        Ok(lists) => {
            let (may_change, done) = (staff.is_administrator(), said(&query, &DONE));
            private(StatusCode::OK, pages::specialisms(&state.site(), lists, may_change, done))
        }
        Err(error) => refused(&state, error),
    }
}

/// `/kreis/schwerpunkte`.
pub(super) struct Specialisms;

impl List for Specialisms {
    type Id = String;
    type Own = Specialism;

    const PATH: &'static str = addresses::SPECIALISMS;
    const FIELD: &'static str = "name";
    const UNDONE: &'static str = "zurueckgesetzt";

    fn parse(segment: &str) -> Option<String> {
        Some(segment.to_owned())
    }

    fn find(lists: &Lists, slug: &String) -> Option<Specialism> {
        lists.current.find_specialism(slug).cloned()
    }

    fn write(own: &Specialism) -> Typed {
        forms::write_specialism(own)
    }

    fn page(site: &Site, lists: Lists, own: Option<Specialism>, shown: Shown) -> String {
        let is_changed = |own: &Specialism| lists.vocabulary.find_specialism(&own.slug).is_some();
        let is_configured = |own: &Specialism| lists.configured.find_specialism(&own.slug).is_some();
        let can_be_reset = own.as_ref().is_some_and(|own| is_changed(own) && is_configured(own));
        pages::specialism(site, SpecialismPage { own, can_be_reset, shown })
    }

    async fn preview(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&String>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        service.preview_specialism(lead, id.map(String::as_str), typed).await
    }

    async fn save(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&String>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        service.save_specialism(lead, id.map(String::as_str), typed).await
    }

    async fn undo(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: &String,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        service.reset_specialism(lead, id, seen).await
    }
}
