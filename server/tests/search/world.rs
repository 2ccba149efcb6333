//! Small invented counties in memory, and questions to them that read like sentences.

use app::domain::{
    accessibility::Feature,
    capacity::{CapacityReport, FreeTimes, Intake, ReportSource, WaitingList},
    care_type::{CareTypeSlug, Taxonomy},
    facility::Facility,
    ids::ReportId,
    now::Now,
    offer::{Offer, ServiceArea},
    place::{Municipality, Position, PostalCode},
    search::SearchQuery,
};
use server::index::{
    SearchIndex,
    engine::{Outcome, Prepared},
    lexicon::Lexicon,
    places::OutsidePlace,
    snapshot::Snapshot,
};
use std::sync::Arc;
use time::{Duration, OffsetDateTime, macros::date, macros::datetime};
use uuid::Uuid;

use crate::support::samples;

/// Noon of a Wednesday in Berlin.
pub fn noon() -> Now {
    Now {
        instant: datetime!(2026-07-01 10:00 UTC),
        berlin_date: date!(2026 - 07 - 01),
        berlin_minute: 720,
        holiday: None,
    }
}

/// An index in memory over some facilities.
pub fn index_of(facilities: &[Facility]) -> SearchIndex {
    let index = empty_index();
    fill(&index, facilities, 1);
    index
}

/// Writes and takes in some facilities as all there are.
pub fn fill(index: &SearchIndex, facilities: &[Facility], up_to: i64) {
    let rewrite = index.rewrite().expect("an index that is open");
    rewrite.add(facilities.to_vec()).expect("written");
    rewrite.finish(up_to).expect("on disk");
    let mut load = index.load();
    load.add(facilities.to_vec());
    load.finish().expect("visible");
}

/// An index in memory over nothing.
pub fn empty_index() -> SearchIndex {
    let lexicon = Lexicon::builtin().expect("the lists");
    SearchIndex::open(None, Taxonomy::builtin(), lexicon).expect("an index").index
}

/// Gazetteer places for an index.
pub fn outside(name: &str, postal_code: &str, lat: f64, lon: f64) -> OutsidePlace {
    OutsidePlace {
        name: name.to_owned(),
        postal_code: Some(postal_code.to_owned()),
        county_key: None,
        ags: None,
        configured: false,
        position: Position { lat, lon },
    }
}

/// Answers an address of the results page, without the path.
pub fn ask(snapshot: &Arc<Snapshot>, address: &str) -> Outcome {
    ask_at(snapshot, address, noon())
}

/// The same at another moment.
pub fn ask_at(snapshot: &Arc<Snapshot>, address: &str, now: Now) -> Outcome {
    let query = app::routes::parse_search(address);
    prepare(snapshot, &query, now).answer(&query, 100)
}

/// A search whose words are understood.
pub fn prepare<'a>(snapshot: &'a Arc<Snapshot>, query: &SearchQuery, now: Now) -> Prepared<'a> {
    Prepared::new(snapshot, query, now).expect("a prepared search")
}

/// Names of what is listed, in order.
pub fn names(snapshot: &Snapshot, outcome: &Outcome) -> Vec<String> {
    let name = |listed: &server::index::engine::Listed| {
        snapshot.facts.find(listed.facility).map(|facts| facts.sort_name().to_owned())
    };
    outcome.listed.iter().filter_map(name).collect()
}

pub fn town(name: &str, ags: &str) -> Municipality {
    Municipality { aliases: Vec::new(), ..samples::municipality(name, Some(ags)) }
}

pub fn care_type(slug: &str) -> CareTypeSlug {
    CareTypeSlug::parse(slug).expect("a slug")
}

/// An offer of a type about which nothing else is known.
pub fn offer(slug: &str) -> Offer {
    samples::plain_offer(slug)
}

/// What tests say about facilities and offers, as sentences.
pub trait Says {
    fn in_town(self, town: &Municipality, postal_code: &str, lat: f64, lon: f64) -> Self;
    fn in_locality(self, name: &str) -> Self;
    fn offering(self, offer: Offer) -> Self;
    fn barrier_free(self) -> Self;
}

impl Says for Facility {
    fn in_town(mut self, town: &Municipality, postal_code: &str, lat: f64, lon: f64) -> Self {
        self.address.municipality = Some(town.clone());
        self.address.postal_code = PostalCode::parse(postal_code);
        self.position = Position::new(lat, lon);
        self
    }

    fn in_locality(mut self, name: &str) -> Self {
        self.address.locality = Some(name.to_owned());
        self
    }

    fn offering(mut self, offer: Offer) -> Self {
        self.offers.push(offer);
        self
    }

    fn barrier_free(mut self) -> Self {
        self.accessibility.0.insert(Feature::BarrierFree, true);
        self
    }
}

pub trait Reports {
    /// Reported at noon's day before, valid until the given instant.
    fn reporting(self, free_now: u32, valid_until: OffsetDateTime) -> Self;
    fn specialised_in(self, slug: &str) -> Self;
    fn coming_to(self, area: ServiceArea) -> Self;
}

impl Reports for Offer {
    fn reporting(mut self, free_now: u32, valid_until: OffsetDateTime) -> Self {
        self.latest_report = Some(CapacityReport {
            id: ReportId(Uuid::now_v7()),
            offer: self.id,
            sequence: 1,
            total: Some(20),
            free_now: Some(free_now),
            free_from: None,
            intake: Intake::NotSaid,
            waiting_list: WaitingList::NotSaid,
            waiting_weeks: None,
            intake_stop: false,
            intake_stop_until: None,
            only_after_assessment: false,
            rooms: None,
            for_whom: None,
            remark: None,
            times: FreeTimes::default(),
            under_review: false,
            reported_by: "Büro".to_owned(),
            source: ReportSource::Provider,
            reported_at: noon().instant - Duration::days(1),
            valid_until,
        });
        self
    }

    fn specialised_in(mut self, slug: &str) -> Self {
        self.specialisms.push(slug.to_owned());
        self
    }

    fn coming_to(mut self, area: ServiceArea) -> Self {
        self.service_area = Some(area);
        self
    }
}
