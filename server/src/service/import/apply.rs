//! Applies a plan within one transaction.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use app::domain::{
    facility::{Facility, Visibility},
    ids::{FacilityId, MunicipalityId, OfferId},
    offer::{Offer, OfferForm, Source},
    organization::Organization,
    place::Municipality,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    facility::{self, Wanted},
    organization,
    report::{ImportReport, Outcome},
};
use crate::{
    import::{
        municipality::PlannedMunicipality,
        plan::{Plan, PlannedFacility},
        value::fold_name,
    },
    store::{ImportKey, StoreError, Tx},
};

/// Where the store has a planned facility and its offers.
#[derive(Default)]
pub(super) struct Place {
    pub(super) facility: Option<FacilityId>,
    /// Of each planned offer, in their order.
    pub(super) offers: Vec<Option<(FacilityId, OfferId)>>,
}

pub(super) struct Apply {
    pub(super) tx: Tx,
    pub(super) now: OffsetDateTime,
    municipalities: Vec<Municipality>,
    organizations: Vec<Organization>,
    /// Facilities that lost an offer to another one, with the line that took it.
    robbed: BTreeMap<FacilityId, usize>,
}

impl Apply {
    pub(super) fn new(
        tx: Tx,
        now: OffsetDateTime,
        municipalities: Vec<Municipality>,
        organizations: Vec<Organization>,
    ) -> Self {
        Self { tx, now, municipalities, organizations, robbed: BTreeMap::new() }
    }

    /// Brings the store to the plan and counts how every row ended. Rows whose id the store knows as
    /// something else become rejects of the plan. Gives the transaction back.
    pub(super) async fn run(mut self, plan: &mut Plan, report: &mut ImportReport) -> Result<Tx, StoreError> {
        let municipalities = self.settle_municipalities(&plan.municipalities).await?;
        let organizations =
            organization::settle(&mut self.tx, &plan.organizations, &mut self.organizations).await?;
        let places = self.find_places(plan).await?;
        for (planned, place) in plan.facilities.iter().zip(places) {
            if planned.offers.is_empty() {
                continue;
            }
            let wanted = Wanted {
                plan: planned,
                organization: planned.organization.map(|at| &organizations[at]),
                municipality: planned.municipality.map(|at| &municipalities[at]),
            };
            self.apply_facility(wanted, place, report).await?;
        }
        self.hide_emptied(report).await?;
        report.warnings.extend(plan.warnings.iter().cloned());
        report.warnings.sort_by_key(|remark| remark.line);
        report.rejects.clone_from(&plan.rejects);
        Ok(self.tx)
    }

    async fn settle_municipalities(
        &mut self,
        planned: &[PlannedMunicipality],
    ) -> Result<Vec<Municipality>, StoreError> {
        let mut settled = Vec::with_capacity(planned.len());
        for plan in planned {
            let stored = plan.known.and_then(|at| self.municipalities.get(at));
            let municipality = Municipality {
                id: stored.map_or_else(|| MunicipalityId(Uuid::now_v7()), |own| own.id),
                ags: plan.ags.clone(),
                name: plan.name.clone(),
                aliases: plan.aliases.clone(),
            };
            match stored {
                Some(stored) if *stored == municipality => {}
                Some(_) => self.tx.update_municipality(&municipality).await?,
                None => self.tx.insert_municipality(&municipality).await?,
            }
            settled.push(municipality);
        }
        Ok(settled)
    }

    /// A facility is found by its key; one whose name or address was corrected, by its offers.
    async fn find_places(&mut self, plan: &mut Plan) -> Result<Vec<Place>, StoreError> {
        let mut places = Vec::with_capacity(plan.facilities.len());
        let mut taken = HashSet::new();
        for at in 0..plan.facilities.len() {
            let planned = &plan.facilities[at];
            let key = ImportKey { source: planned.source.clone(), key: planned.key.clone() };
            let facility = self.tx.find_facility_by_import_key(&key).await?.map(|facility| facility.id);
            taken.extend(facility);
            let mut place = Place { facility, offers: Vec::new() };
            let mut next = 0;
            while let Some(offer) = plan.facilities[at].offers.get(next) {
                let found = self.find_offer_place(&offer.source, &offer.external_id).await?;
                if let Some(other) = self.foreign(&plan.facilities[at], &place, found).await? {
                    let id = &plan.facilities[at].offers[next].external_id;
                    let reason = format!(
                        "die Kennung „{id}“ gehört schon zu „{other}“, Name und Anschrift sind andere"
                    );
                    plan.reject(at, next, reason);
                } else {
                    place.offers.push(found);
                    next += 1;
                }
            }
            places.push(place);
        }
        for (planned, place) in
            plan.facilities.iter().zip(&mut places).filter(|(_, place)| place.facility.is_none())
        {
            let candidates: BTreeSet<FacilityId> = place.offers.iter().flatten().map(|(id, _)| *id).collect();
            for id in candidates.into_iter().filter(|id| !taken.contains(id)).collect::<Vec<_>>() {
                let stored = self.tx.find_facility(id).await?;
                let by_hand = self.tx.is_kept(id).await?;
                if by_hand || stored.is_some_and(|stored| names_all_offers(planned, &stored)) {
                    place.facility = Some(id);
                    taken.insert(id);
                    break;
                }
            }
        }
        Ok(places)
    }

    /// The name of the facility that an offer belongs to, where the row cannot mean it: a row with
    /// another row's id must not take over what it never was.
    async fn foreign(
        &mut self,
        planned: &PlannedFacility,
        place: &Place,
        found: Option<(FacilityId, OfferId)>,
    ) -> Result<Option<String>, StoreError> {
        let Some((home, _)) = found.filter(|(home, _)| place.facility != Some(*home)) else {
            return Ok(None);
        };
        let Some(stored) = self.tx.find_facility(home).await? else { return Ok(None) };
        let same = |a: &str, b: &str| fold_name(a) == fold_name(b);
        let street = |street: &Option<String>| street.clone().unwrap_or_default();
        let related = stored.name.is_empty()
            || same(&stored.name, &planned.name)
            || same(&street(&stored.address.street), &street(&planned.street))
                && stored.address.postal_code == planned.postal_code;
        Ok((!related).then_some(stored.name))
    }

    /// Offers that no import made are exported under their own id.
    async fn find_offer_place(
        &mut self,
        source: &str,
        external_id: &str,
    ) -> Result<Option<(FacilityId, OfferId)>, StoreError> {
        if let Some(place) = self.tx.find_offer_by_external_id(source, external_id).await? {
            return Ok(Some(place));
        }
        let Ok(id) = Uuid::parse_str(external_id) else { return Ok(None) };
        let facility = self.tx.find_facility_of_offer(OfferId(id)).await?;
        Ok(facility.map(|facility| (facility, OfferId(id))))
    }

    async fn apply_facility(
        &mut self,
        wanted: Wanted<'_>,
        place: Place,
        report: &mut ImportReport,
    ) -> Result<(), StoreError> {
        let stored = match place.facility {
            Some(id) => self.tx.find_facility(id).await?,
            None => None,
        };
        if let Some(stored) = &stored
            && let Some(outcome) = self.leave_alone(wanted, stored, &place).await?
        {
            for offer in &wanted.plan.offers {
                report.count(offer.line, outcome);
            }
            return Ok(());
        }
        let (facility, differences) = match &stored {
            None => {
                let slug = self.tx.free_facility_slug(&wanted.slug()).await?;
                let facility = wanted.facility(slug, self.now);
                let key = ImportKey { source: wanted.plan.source.clone(), key: wanted.plan.key.clone() };
                self.tx.insert_facility(&facility, Some(&key)).await?;
                (facility, None)
            }
            Some(stored) => {
                let next = self.next_facility(wanted, stored).await?;
                let differences = facility::differences(stored, &next);
                if !differences.is_empty() {
                    self.tx.update_facility(&next).await?;
                }
                (next, Some(differences))
            }
        };
        let offers = self.apply_offers(wanted.plan, &facility, &place).await?;
        let mut outcomes: Vec<Outcome> = wanted
            .plan
            .offers
            .iter()
            .zip(offers)
            .map(|(planned, outcome)| match (&differences, outcome) {
                (Some(differences), Outcome::Unchanged) if facility::is_new_of(planned, differences) => {
                    Outcome::Updated
                }
                (_, outcome) => outcome,
            })
            .collect();
        // A change that no row claims for itself still shows: a value was taken away, perhaps.
        let silent = differences.is_some_and(|differences| !differences.is_empty())
            && outcomes.iter().all(|outcome| *outcome == Outcome::Unchanged);
        if let (true, Some(first)) = (silent, outcomes.first_mut()) {
            *first = Outcome::Updated;
        }
        for (offer, outcome) in wanted.plan.offers.iter().zip(outcomes) {
            report.count(offer.line, if wanted.plan.is_draft() { Outcome::Draft } else { outcome });
        }
        Ok(())
    }

    pub(super) async fn next_facility(
        &mut self,
        wanted: Wanted<'_>,
        stored: &Facility,
    ) -> Result<Facility, StoreError> {
        let mut next = wanted.changed(stored, names_all_offers(wanted.plan, stored), self.now);
        // What becomes public gets the slug of its name; nobody has seen the one before.
        if stored.name.is_empty() && next.visibility == Visibility::Public {
            next.slug = self.tx.free_facility_slug(&wanted.slug()).await?;
        }
        Ok(next)
    }

    async fn apply_offers(
        &mut self,
        plan: &PlannedFacility,
        facility: &Facility,
        place: &Place,
    ) -> Result<Vec<Outcome>, StoreError> {
        let ids: Vec<OfferId> = place
            .offers
            .iter()
            .map(|found| found.map_or_else(|| OfferId(Uuid::now_v7()), |(_, id)| id))
            .collect();
        let mut outcomes = vec![Outcome::Unchanged; ids.len()];
        // Offers of the facility that this file does not name.
        let others: Vec<&Offer> = facility.offers.iter().filter(|offer| !ids.contains(&offer.id)).collect();
        let home = only_home(plan, &ids, &others);
        // Offers whose beds others share come first: the store must know them.
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_key(|at| {
            let planned = &plan.offers[*at];
            planned.shares_places_with.is_some() || planned.cells.form == Some(OfferForm::Embedded)
        });
        for at in order {
            let planned = &plan.offers[at];
            let stored = match place.offers[at] {
                Some((home, id)) => self.find_offer(home, id, facility).await?,
                None => None,
            };
            let mut next = facility::offer(planned, stored.as_ref(), ids[at]);
            next.shares_places_with = match planned.shares_places_with {
                Some(other) => Some(ids[other]),
                None if is_embedded(&next) => home,
                None => None,
            };
            let moved = match place.offers[at] {
                Some((home, _)) if home != facility.id => {
                    // Nothing is taken from an entry that people keep by hand.
                    if self.tx.is_kept(home).await? {
                        continue;
                    }
                    true
                }
                _ => false,
            };
            outcomes[at] = match stored {
                None => {
                    self.tx.insert_offer(facility.id, &next).await?;
                    Outcome::Created
                }
                Some(stored) if !matches!(stored.source, Source::Import(_)) => Outcome::Unchanged,
                Some(stored) if stored == next && !moved => Outcome::Unchanged,
                Some(_) => {
                    self.tx.update_offer(facility.id, &next).await?;
                    if let (true, Some((home, _))) = (moved, place.offers[at]) {
                        self.robbed.entry(home).or_insert(planned.line);
                    }
                    Outcome::Updated
                }
            };
        }
        for other in
            others.into_iter().filter(|other| is_embedded(other) && other.shares_places_with.is_none())
        {
            if home.is_some() && matches!(other.source, Source::Import(_)) {
                self.tx
                    .update_offer(facility.id, &Offer { shares_places_with: home, ..other.clone() })
                    .await?;
            }
        }
        Ok(outcomes)
    }

    async fn find_offer(
        &mut self,
        home: FacilityId,
        id: OfferId,
        facility: &Facility,
    ) -> Result<Option<Offer>, StoreError> {
        if home == facility.id {
            return Ok(facility.offers.iter().find(|offer| offer.id == id).cloned());
        }
        let other = self.tx.find_facility(home).await?;
        Ok(other.and_then(|other| other.offers.into_iter().find(|offer| offer.id == id)))
    }

    /// A facility whose last offer went elsewhere is no longer public; nothing is deleted.
    async fn hide_emptied(&mut self, report: &mut ImportReport) -> Result<(), StoreError> {
        for (id, line) in std::mem::take(&mut self.robbed) {
            let Some(mut left) = self.tx.find_facility(id).await? else { continue };
            if left.offers.is_empty() && left.visibility == Visibility::Public {
                report.warn(
                    line,
                    format!("„{}“ hat kein Angebot mehr und ist nicht mehr öffentlich", left.name),
                );
                left.visibility = Visibility::Draft;
                left.updated_at = self.now;
                self.tx.update_facility(&left).await?;
            }
        }
        Ok(())
    }
}

/// Eingestreute Kurzzeitpflege: its beds are those of a home.
fn is_embedded(offer: &Offer) -> bool {
    offer.care_type.as_str() == "kurzzeitpflege" && offer.form == Some(OfferForm::Embedded)
}

/// The home whose beds an eingestreute Kurzzeitpflege has, where the facility has exactly one.
fn only_home(plan: &PlannedFacility, ids: &[OfferId], others: &[&Offer]) -> Option<OfferId> {
    let planned = plan.offers.iter().zip(ids).map(|(offer, id)| (&offer.cells.care_type, *id));
    let stored = others.iter().map(|offer| (&offer.care_type, offer.id));
    let mut homes =
        planned.chain(stored).filter(|(care_type, _)| care_type.as_str() == "vollstationaere-pflege");
    let home = homes.next()?.1;
    homes.next().is_none().then_some(home)
}

/// Whether the file has every offer that its source gave the facility.
fn names_all_offers(plan: &PlannedFacility, stored: &Facility) -> bool {
    let of_source = |offer: &&Offer| offer.source == Source::Import(plan.source.clone());
    stored.offers.iter().filter(of_source).all(|offer| {
        plan.offers.iter().any(|planned| offer.external_id.as_deref() == Some(planned.external_id.as_str()))
    })
}
