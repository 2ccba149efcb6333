//! Entries that an import does not change: people keep them by hand, or nobody wants them listed.

use app::domain::{
    draft::{Proposal, says_the_same},
    facility::Facility,
    ids::{FacilityId, OfferId, Slug},
    offer::Source,
    opening_hours::OpeningHours,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    apply::{Apply, Place},
    facility::{self, Wanted},
    report::Outcome,
};
use crate::store::{StoreError, digest};

impl Apply {
    /// What becomes of rows whose entry an import does not touch: it is hidden for good, or people keep it by hand.
    /// Then what is new in the file is proposed, once. `None`: the import may change it.
    pub(super) async fn leave_alone(
        &mut self,
        wanted: Wanted<'_>,
        stored: &Facility,
        place: &Place,
    ) -> Result<Option<Outcome>, StoreError> {
        if stored.visibility.is_hidden() {
            return Ok(Some(Outcome::HeldBack));
        }
        let by_hand = !matches!(stored.source, Source::Import(_));
        if !by_hand && !self.tx.is_kept(stored.id).await? {
            return Ok(None);
        }
        let fingerprint = fingerprint(wanted);
        let last = self.tx.find_proposal(stored.id).await?;
        // One that nobody has decided about is made anew where the entry has changed since.
        let is_known = last.as_ref().is_some_and(|last| {
            last.fingerprint == fingerprint && (last.is_decided || stored.updated_at <= last.proposed_at)
        });
        let first = self.tx.first_version(stored.id).await?;
        let brings =
            |base: &Facility| Some(overlay(wanted, base, place)).filter(|next| !says_the_same(base, next));
        // What the file said before anybody edited the entry is no news.
        let is_old = last.is_none() && first.as_ref().is_some_and(|first| brings(first).is_none());
        let next = brings(stored).filter(|_| !is_known && !is_old);
        let Some(next) = next else {
            // What the file said before and says no more is no question any more.
            if let Some(last) = last.filter(|last| !last.is_decided && last.fingerprint != fingerprint) {
                self.tx.save_proposal(&Proposal { is_decided: true, ..last }).await?;
            }
            return Ok(Some(Outcome::Unchanged));
        };
        let proposal = Proposal {
            facility: next,
            source: wanted.plan.source.clone(),
            fingerprint,
            proposed_at: self.now,
            is_decided: false,
        };
        self.tx.save_proposal(&proposal).await?;
        Ok(Some(Outcome::Proposed))
    }
}

/// What the file says of an entry, whatever the store says.
fn fingerprint(wanted: Wanted<'_>) -> String {
    let mut said = wanted.facility(Slug::from_name(""), OffsetDateTime::UNIX_EPOCH);
    said.id = FacilityId(Uuid::nil());
    said.offers =
        wanted.plan.offers.iter().map(|own| facility::offer(own, None, OfferId(Uuid::nil()))).collect();
    digest(&serde_json::to_vec(&said).unwrap_or_default())
}

/// An entry with what the file says of it. Where the file says nothing, what people wrote stays.
fn overlay(wanted: Wanted<'_>, base: &Facility, place: &Place) -> Facility {
    fn stated<T>(own: &mut T, said: T, says: impl Fn(&T) -> bool) {
        if says(&said) {
            *own = said;
        }
    }
    let said = wanted.facility(base.slug.clone(), base.updated_at);
    let mut next = base.clone();
    stated(&mut next.name, said.name, |own| !own.is_empty());
    stated(&mut next.owner, said.owner, Option::is_some);
    stated(&mut next.address.street, said.address.street, Option::is_some);
    stated(&mut next.address.postal_code, said.address.postal_code, Option::is_some);
    if said.address.municipality.is_some() {
        next.address.municipality = said.address.municipality;
        next.address.locality = said.address.locality;
    }
    stated(&mut next.position, said.position, Option::is_some);
    stated(&mut next.phone, said.phone, Option::is_some);
    stated(&mut next.email, said.email, Option::is_some);
    stated(&mut next.website, said.website, Option::is_some);
    stated(&mut next.description, said.description, Option::is_some);
    stated(&mut next.contacts, said.contacts, |own| !own.is_empty());
    stated(&mut next.opening_hours, said.opening_hours, |own| *own != OpeningHours::NotKnown);
    stated(&mut next.languages, said.languages, |own| !own.is_empty());
    stated(&mut next.documents, said.documents, |own| !own.is_empty());
    next.accessibility.0.extend(said.accessibility.0);
    next.legal = facility::legal_over(&said.legal, &next.legal);
    for (planned, found) in wanted.plan.offers.iter().zip(&place.offers) {
        let own = found.and_then(|(_, id)| next.offers.iter_mut().find(|offer| offer.id == id));
        match own {
            Some(own) => {
                let said = facility::offer(planned, Some(own), own.id);
                own.care_type = said.care_type;
                stated(&mut own.label, said.label, Option::is_some);
                stated(&mut own.form, said.form, Option::is_some);
                stated(&mut own.specialty, said.specialty, Option::is_some);
                stated(&mut own.specialisms, said.specialisms, |own| !own.is_empty());
                stated(&mut own.places_total, said.places_total, Option::is_some);
                stated(&mut own.service_area, said.service_area, Option::is_some);
                stated(&mut own.cost_share, said.cost_share, Option::is_some);
                stated(&mut own.approval, said.approval, Option::is_some);
                stated(&mut own.quality_report_url, said.quality_report_url, Option::is_some);
                stated(&mut own.conditions, said.conditions, Option::is_some);
            }
            // One that was taken out by hand is not proposed again.
            None if found.is_some() => {}
            None => next.offers.push(facility::offer(planned, None, OfferId(Uuid::now_v7()))),
        }
    }
    next
}
