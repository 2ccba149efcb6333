//! Invented data, and a backend that answers from memory.

mod facility;
mod map;
mod portal;
mod render;

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use async_trait::async_trait;
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use crate::{
    backend::{
        Backend, BackendError, Clock, Counts, FacilityBackend, FacilityView, Found, OrganizationBackend,
        OrganizationView, PublicAddress, SearchBackend,
    },
    domain::{
        accessibility::{Accessibility, Feature},
        account::{Account, Email},
        capacity::{Availability, FreeTimes, Light, LightReason},
        care_type::CareTypeSlug,
        facility::{Address, Contact, Document, Facility, LegalParticulars, Visibility},
        ids::{AccountId, FacilityId, MunicipalityId, OfferId, OrganizationId, Slug, UploadId},
        now::Now,
        offer::{Approval, CostShare, Offer, OfferForm, Source},
        opening_hours::{OpenSpan, OpeningHours},
        organization::Organization,
        place::{Municipality, Position, PostalCode},
        search::SearchQuery,
        search_results::{
            AskedTimes, FacetValue, Facets, FacilityHit, FoundPlace, HitKind, OfferHit, SearchResults,
        },
        suggestion::{SuggestQuery, Suggestion},
        upload::Picture,
    },
};

pub(crate) use facility::{facility_view, offer};
pub(crate) use map::{county_map, map_view};
pub(crate) use portal::portal;
pub(crate) use render::{html, readable};

/// A Sunday afternoon in November.
pub(crate) const NOW: Now = Now {
    instant: datetime!(2026-11-22 14:30 UTC),
    berlin_date: date!(2026 - 11 - 22),
    berlin_minute: 930,
    holiday: None,
};

/// Drives a future that never waits.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the fake backend never waits"),
    }
}

/// Answers what it was given.
pub(crate) struct Fake {
    pub(crate) results: Result<SearchResults, BackendError>,
    pub(crate) facility: Found<FacilityView>,
    pub(crate) organization: Found<OrganizationView>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            results: Ok(results()),
            facility: Found::Here(facility_view()),
            organization: Found::Here(OrganizationView {
                organization: organization(),
                facilities: vec![hit()],
            }),
        }
    }
}

#[async_trait]
impl SearchBackend for Fake {
    async fn search(&self, _: &SearchQuery, _: usize) -> Result<SearchResults, BackendError> {
        self.results.clone()
    }

    async fn suggest(&self, _: &SuggestQuery) -> Result<Vec<Suggestion>, BackendError> {
        Ok(Vec::new())
    }

    async fn counts(&self) -> Result<Counts, BackendError> {
        self.results.as_ref().map_err(|error| *error)?;
        let by_type = [
            ("vollstationaere-pflege", 34),
            ("kurzzeitpflege", 41),
            ("tagespflege", 22),
            ("ambulanter-pflegedienst", 48),
            ("betreutes-wohnen", 37),
            ("ambulant-betreute-wg", 9),
            ("hospiz", 1),
            ("pflegestuetzpunkt", 2),
            ("arzt", 180),
            ("apotheke", 46),
            ("krankenhaus", 4),
        ];
        let by_type = by_type.map(|(text, count)| (slug(text), count)).to_vec();
        Ok(Counts { facilities: 383, offers: 424, by_type })
    }
}

#[async_trait]
impl FacilityBackend for Fake {
    async fn list_facilities(&self, ids: &[FacilityId]) -> Result<Vec<FacilityView>, BackendError> {
        // Facilities up to number 9 exist.
        let known = ids.iter().filter(|id| id.0.as_u128() < 10);
        let view = |id: &FacilityId| {
            let mut view = facility_view();
            view.facility.id = *id;
            view
        };
        Ok(known.map(view).collect())
    }

    async fn find_facility(&self, _: &Slug) -> Result<Found<FacilityView>, BackendError> {
        Ok(self.facility.clone())
    }

    async fn list_addresses(&self) -> Result<Vec<PublicAddress>, BackendError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl OrganizationBackend for Fake {
    async fn find_organization(&self, _: &Slug) -> Result<Found<OrganizationView>, BackendError> {
        Ok(self.organization.clone())
    }
}

impl Clock for Fake {
    fn now(&self) -> Now {
        NOW
    }
}

/// A backend over a fake.
pub(crate) fn backend(fake: Fake) -> Backend {
    let fake = Arc::new(fake);
    Backend {
        search: fake.clone(),
        facilities: fake.clone(),
        organizations: fake.clone(),
        clock: fake,
        portal: portal().into(),
    }
}

pub(crate) fn results() -> SearchResults {
    SearchResults {
        total: 12,
        total_free: 0,
        page: 1,
        page_size: 20,
        place: None,
        understood: Vec::new(),
        unknown: Vec::new(),
        times: AskedTimes::default(),
        widened: None,
        facets: Facets {
            care_types: vec![
                facet("kurzzeitpflege", "Kurzzeitpflege", 12, true),
                facet("vollstationaere-pflege", "Vollstationäre Pflege (Pflegeheim)", 34, false),
            ],
            municipalities: [
                "Ahlow",
                "Birkensee",
                "Dabern",
                "Eichhof",
                "Föhren",
                "Grünow",
                "Hohen",
                "Ilow",
                "Kahl",
            ]
            .iter()
            .enumerate()
            .map(|(at, name)| facet(&format!("0000000{at}"), name, 9 - at, false))
            .collect(),
            lights: vec![facet("frei", "frei", 3, false), facet("unbekannt", "unbekannt", 9, false)],
            barrier_free: 4,
            ..Facets::default()
        },
        hits: vec![hit()],
        map: None,
        suggestion: None,
        ways: Vec::new(),
    }
}

pub(crate) fn facet(value: &str, label: &str, count: usize, chosen: bool) -> FacetValue {
    FacetValue { value: value.to_owned(), label: label.to_owned(), count, chosen }
}

pub(crate) fn place(label: &str) -> FoundPlace {
    FoundPlace {
        label: label.to_owned(),
        position: Position::new(53.4, 11.8),
        without: SearchQuery::default(),
        unknown: false,
        is_device: false,
    }
}

pub(crate) fn slug(text: &str) -> CareTypeSlug {
    CareTypeSlug::parse(text).expect("a slug")
}

/// A light with this reason, reported two days before [`NOW`] unless never.
pub(crate) fn light(light: Light, reason: LightReason) -> Availability {
    let reported: Option<OffsetDateTime> =
        (reason != LightReason::NeverReported).then_some(datetime!(2026-11-20 13:30 UTC));
    Availability {
        light,
        reason,
        free_now: None,
        total: None,
        notes: Vec::new(),
        times: FreeTimes::default(),
        only_after_assessment: false,
        under_review: false,
        reported_at: reported,
        valid_until: reported.map(|at| at + time::Duration::days(3)),
    }
}

pub(crate) fn offer_hit(care_type: &str, label: &str, availability: Option<Availability>) -> OfferHit {
    OfferHit {
        id: OfferId(Uuid::nil()),
        external_id: None,
        care_type: slug(care_type),
        label: label.to_owned(),
        form: None,
        availability,
        total: None,
        shares_places: false,
        count: 1,
    }
}

pub(crate) fn hit() -> FacilityHit {
    let free = light(Light::Free, LightReason::FreePlaces(3));
    let never = light(Light::Unknown, LightReason::NeverReported);
    FacilityHit {
        id: FacilityId(Uuid::nil()),
        slug: Slug::from_name("Haus am Birkensee"),
        name: "Haus am Birkensee".to_owned(),
        organization: Some("Birkensee Pflege gGmbH".to_owned()),
        street: Some("Uferweg 4".to_owned()),
        postal_code: Some("19999".to_owned()),
        municipality: Some("Birkensee".to_owned()),
        locality: Some("Klein Birken".to_owned()),
        position: Position::new(53.4, 11.8),
        phone: Some("03999 / 22-110".to_owned()),
        kind: HitKind::Match,
        distance_km: Some(3.24),
        offers: vec![
            OfferHit {
                form: Some(OfferForm::Embedded),
                total: Some(6),
                shares_places: true,
                ..offer_hit("kurzzeitpflege", "Kurzzeitpflege", Some(free))
            },
            OfferHit {
                count: 4,
                total: Some(12),
                ..offer_hit("betreutes-wohnen", "Betreutes Wohnen", Some(never))
            },
        ],
        other_offers: vec!["Tagespflege".to_owned(), "Arztpraxis".to_owned(), "Arztpraxis".to_owned()],
        facts: vec!["Demenz".to_owned(), "barrierefrei".to_owned()],
    }
}

/// Somebody who is nothing yet.
pub(crate) fn account() -> Account {
    let email = Email::parse("petra@heim.example").expect("an address");
    Account::new(AccountId(Uuid::nil()), email, "Petra Muster".to_owned())
}

pub(crate) fn organization() -> Organization {
    Organization {
        id: OrganizationId(Uuid::nil()),
        slug: Slug::from_name("Birkensee Pflege gGmbH"),
        name: "Birkensee Pflege gGmbH".to_owned(),
        umbrella: Some("Diakonie".to_owned()),
        phone: Some("03999 22 100".to_owned()),
        email: Some("post@birkensee.example".to_owned()),
        website: Some("www.birkensee.example".to_owned()),
    }
}
