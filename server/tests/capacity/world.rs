//! An organization with a home and its short-term places, and whoever reports for it.

use std::sync::Arc;

use app::{
    backend::{
        CurrentPortal, Desk,
        access::{CapacityReporter, CountyStaff, Team, TeamLead},
    },
    domain::{
        account::{Account, CountyRole, Membership, OrganizationRole},
        capacity::{CapacityReport, Statement},
        facility::Facility,
        ids::OfferId,
        organization::Organization,
        portal::Portal,
    },
};
use server::service::capacity::{CapacityError, CapacityService, News, Reported, Said, Seen};
use time::{OffsetDateTime, macros::datetime};

use crate::support::{TestStore, clock::TestClock, samples, stores};

/// A Wednesday, 12:00 in Berlin.
pub const NOON: OffsetDateTime = datetime!(2026-07-01 10:00 UTC);

pub struct World {
    pub place: TestStore,
    pub clock: Arc<TestClock>,
    pub capacity: CapacityService,
    pub organization: Organization,
    pub facility: Facility,
    /// Somebody who may report and nothing else.
    pub office: Account,
}

impl World {
    /// One for every engine.
    pub async fn all() -> Vec<Self> {
        let mut worlds = Vec::new();
        for place in stores().await {
            worlds.push(Self::over(place).await);
        }
        worlds
    }

    async fn over(place: TestStore) -> Self {
        let clock = Arc::new(TestClock::at(NOON));
        let portal = CurrentPortal::from(Portal::default());
        let capacity = CapacityService::new(place.store.clone(), clock.clone(), portal);
        let organization = samples::organization("Birkensee Pflege");
        let mut facility = samples::plain_facility("Haus am Birkensee");
        facility.organization = Some(organization.clone());
        let mut home = samples::plain_offer("vollstationaere-pflege");
        home.places_total = Some(40);
        facility.offers =
            vec![home, samples::plain_offer("kurzzeitpflege"), samples::plain_offer("pflegestuetzpunkt")];
        let stored = samples::account("buero@birkensee.example");
        let mut tx = place.store.begin().await.expect("a transaction");
        tx.insert_organization(&organization).await.expect("an organization");
        tx.insert_facility(&facility, None).await.expect("a facility");
        for offer in &facility.offers {
            tx.insert_offer(facility.id, offer).await.expect("an offer");
        }
        tx.insert_account(&stored, NOON).await.expect("an account");
        let role = OrganizationRole::Capacity;
        tx.save_membership(stored.account.id, organization.id, role).await.expect("a membership");
        tx.commit().await.expect("it is there");
        let (slug, name) = (organization.slug.clone(), organization.name.clone());
        let own = Membership { organization: organization.id, slug, name, role };
        let office = Account { memberships: vec![own], ..stored.account };
        Self { place, clock, capacity, organization, facility, office }
    }

    pub fn reporter(&self) -> CapacityReporter {
        CapacityReporter::require(&self.office, &self.organization).expect("the right")
    }

    /// Somebody who leads the team.
    pub fn lead(&self) -> TeamLead {
        let mut owner = self.office.clone();
        owner.memberships[0].role = OrganizationRole::Owner;
        TeamLead::require(&owner, Team::Organization(self.organization.clone())).expect("the right")
    }

    pub fn county(&self) -> CountyStaff {
        let account = Account { county_role: Some(CountyRole::Editor), ..self.office.clone() };
        CountyStaff::require(&account).expect("the right")
    }

    /// The offer for good, and the one for some weeks.
    pub fn home(&self) -> OfferId {
        self.facility.offers[0].id
    }

    pub fn short(&self) -> OfferId {
        self.facility.offers[1].id
    }

    pub async fn say(&self, offer: OfferId, statement: Statement) -> Result<Vec<Reported>, CapacityError> {
        self.capacity.report(&self.reporter(), vec![said(offer, Seen::Unsaid, statement)]).await
    }

    pub async fn desk(&self) -> Desk {
        self.capacity.desk(&self.reporter()).await.expect("a desk")
    }

    /// What stands for an offer.
    pub async fn latest(&self, offer: OfferId) -> Option<CapacityReport> {
        let desk = self.desk().await;
        let found = desk.facilities.iter().flat_map(|view| &view.facility.offers).find(|own| own.id == offer);
        found.expect("the offer").latest_report.clone()
    }
}

pub fn said(offer: OfferId, seen: Seen, statement: Statement) -> News {
    News { offer, seen, said: Said::New(statement) }
}

pub fn free(places: u32) -> Statement {
    Statement { free_now: Some(places), ..Statement::default() }
}
