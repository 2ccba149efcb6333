//! An organization with offers of each kind, and a program that reports for it.

use std::net::IpAddr;

use app::{
    backend::{
        CurrentPortal,
        access::{Team, TeamLead},
    },
    domain::{
        account::OrganizationRole,
        capacity::CapacityReport,
        facility::Facility,
        ids::{AccountId, ApiTokenId, FacilityId, OfferId, OrganizationId},
        offer::{Offer, Source},
        organization::Organization,
        portal::Portal,
    },
};
use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;
use server::{http::peer::Peer, service::capacity::CapacityService};
use tower::ServiceExt;

use crate::{
    desk::{EMAIL, Office},
    support::samples,
};

pub const BATCH: &str = "/api/v1/capacity";
const IMPORTED: &str = "Liste";

/// What a program is answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("JSON: {} {}", self.status, self.text))
    }

    /// It is a problem of this kind; `None`: one that the status says.
    pub fn is_problem(&self, status: u16, name: Option<&str>) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        let kind = name.map_or("about:blank".to_owned(), |name| {
            format!("https://pflege.example/api/v1/probleme/{name}")
        });
        assert_eq!((&problem["type"], &problem["status"]), (&kind.into(), &status.into()), "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|text| text.len() > 10), "{problem}");
        problem
    }

    /// It is refused for one reason at one place.
    pub fn is_refused(&self, pointer: &str, code: &str) {
        let problem = self.is_problem(422, Some("invalid-report"));
        let errors = problem["errors"].as_array().expect("errors");
        let found: Vec<_> = errors.iter().map(|error| (&error["pointer"], &error["code"])).collect();
        assert_eq!(found, [(&pointer.into(), &code.into())], "{problem}");
    }
}

/// The portal, an organization, and its access.
pub struct Program {
    pub office: Office,
    pub capacity: CapacityService,
    pub organization: Organization,
    pub facility: Facility,
    pub owner: AccountId,
    pub token: String,
    pub token_id: ApiTokenId,
}

impl Program {
    pub async fn begin() -> Self {
        let office = Office::open().await;
        let id = office.organization("Diakonie Aue").await;
        let organization = find(&office, id).await;
        let facility = facility(&office, "Haus Aue", &organization).await;
        let owner = office.person(EMAIL, None).await;
        office.joins(owner, id, OrganizationRole::Owner).await;
        let portal = CurrentPortal::from(Portal::default());
        let capacity = CapacityService::new(office.store().clone(), office.clock.clone(), portal);
        let mut program = Self {
            office,
            capacity,
            organization,
            facility,
            owner,
            token: String::new(),
            token_id: ApiTokenId(uuid::Uuid::nil()),
        };
        (program.token_id, program.token) = program.access("Heimsoftware", None).await;
        program
    }

    /// Somebody who leads the team.
    pub async fn lead(&self) -> TeamLead {
        let account = self.office.accounts.find(self.owner).await.expect("an answer").expect("an account");
        TeamLead::require(&account, Team::Organization(self.organization.clone())).expect("the right")
    }

    /// A new access.
    pub async fn access(&self, name: &str, facility: Option<FacilityId>) -> (ApiTokenId, String) {
        let lead = self.lead().await;
        let made = self.capacity.add_token(&lead, &self.organization, name.to_owned(), facility).await;
        let (id, secret) = made.expect("an access");
        (id, secret.text())
    }

    /// Offers by their type.
    pub fn offer(&self, care_type: &str) -> OfferId {
        let found = self.facility.offers.iter().find(|offer| offer.care_type.as_str() == care_type);
        found.expect("the offer").id
    }

    pub fn home(&self) -> OfferId {
        self.offer("vollstationaere-pflege")
    }

    pub fn path(offer: OfferId) -> String {
        format!("/api/v1/offers/{offer}/capacity")
    }

    /// Reports one offer.
    pub async fn put(&self, offer: OfferId, body: &Value) -> Reply {
        self.send(&Self::path(offer), &[], &body.to_string()).await
    }

    /// Reports many offers.
    pub async fn put_all(&self, body: &Value) -> Reply {
        self.send(BATCH, &[], &body.to_string()).await
    }

    /// Sends JSON as the program does, with more headers.
    pub async fn send(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.call(Method::PUT, path, &all, body.as_bytes().to_vec()).await
    }

    pub async fn call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.extension(Peer(IpAddr::from([203, 0, 113, 7])));
        let request = request.body(body.into()).expect("a request");
        let answer = self.office.router().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Reply { status: parts.status, headers: parts.headers, text }
    }

    /// What stands for an offer.
    pub async fn latest(&self, offer: OfferId) -> Option<CapacityReport> {
        let found = self.office.store().find_facility_by_slug(&self.facility.slug).await.expect("an answer");
        let offers = found.expect("the facility").offers;
        offers.into_iter().find(|own| own.id == offer).expect("the offer").latest_report
    }

    /// How many reports of an offer there are: the number of the last one, as nothing else is reported.
    pub async fn sequence(&self, offer: OfferId) -> Option<i64> {
        self.latest(offer).await.map(|report| report.sequence)
    }
}

pub async fn find(office: &Office, id: OrganizationId) -> Organization {
    let all = office.store().list_organizations().await.expect("organizations");
    all.into_iter().find(|own| own.id == id).expect("the organization")
}

/// A public facility with an offer of each kind.
pub async fn facility(office: &Office, name: &str, organization: &Organization) -> Facility {
    let mut facility = samples::plain_facility(name);
    facility.organization = Some(organization.clone());
    let number = |at: usize| format!("{}-{at}", facility.slug);
    let types = [
        "vollstationaere-pflege",
        "kurzzeitpflege",
        "tagespflege",
        "ambulanter-pflegedienst",
        "pflegestuetzpunkt",
    ];
    let offers = types.into_iter().enumerate().map(|(at, care_type)| Offer {
        places_total: (at < 3).then_some(40),
        external_id: Some(number(at)),
        source: Source::Import(IMPORTED.to_owned()),
        ..samples::plain_offer(care_type)
    });
    facility.offers = offers.collect();
    let mut tx = office.store().begin().await.expect("a transaction");
    tx.insert_facility(&facility, None).await.expect("inserted");
    for offer in &facility.offers {
        tx.insert_offer(facility.id, offer).await.expect("inserted");
    }
    tx.commit().await.expect("committed");
    facility
}
