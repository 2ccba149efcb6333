//! Care types.

use app::{
    backend::access::CountyAdministrator,
    domain::{
        care_type::{CareType, CareTypeSlug},
        vocabulary::{Comparison, Lists},
    },
    forms::{Typed, vocabulary as forms},
    pages::county::{self as pages, CareTypePage, Shown},
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
            private(StatusCode::OK, pages::care_types(&state.site(), lists, may_change, done))
        }
        Err(error) => refused(&state, error),
    }
}

/// `/kreis/angebotsarten`.
pub(super) struct CareTypes;

impl List for CareTypes {
    type Id = CareTypeSlug;
    type Own = CareType;

    const PATH: &'static str = addresses::CARE_TYPES;
    const FIELD: &'static str = "name";
    const UNDONE: &'static str = "zurueckgesetzt";

    fn parse(segment: &str) -> Option<CareTypeSlug> {
        CareTypeSlug::parse(segment)
    }

    fn find(lists: &Lists, slug: &CareTypeSlug) -> Option<CareType> {
        lists.current.find(slug.as_str()).cloned()
    }

    fn write(own: &CareType) -> Typed {
        forms::write_care_type(own)
    }

    fn page(site: &Site, lists: Lists, own: Option<CareType>, shown: Shown) -> String {
        let is_changed = |own: &CareType| lists.vocabulary.find_care_type(&own.slug).is_some();
        let is_configured = |own: &CareType| lists.configured.find(own.slug.as_str()).is_some();
        let can_be_reset = own.as_ref().is_some_and(|own| is_changed(own) && is_configured(own));
        let offers = own.as_ref().and_then(|own| lists.offers_of(&own.slug));
        pages::care_type(site, CareTypePage { own, can_be_reset, offers, taxonomy: lists.current, shown })
    }

    async fn preview(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&CareTypeSlug>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        service.preview_care_type(lead, id, typed).await
    }

    async fn save(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: Option<&CareTypeSlug>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        service.save_care_type(lead, id, typed).await
    }

    async fn undo(
        service: &VocabularyService,
        lead: &CountyAdministrator,
        id: &CareTypeSlug,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        service.reset_care_type(lead, id, seen).await
    }
}
