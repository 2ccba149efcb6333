//! Entries that an import does not change: people keep them by hand, or nobody wants them listed.

use app::domain::{
    draft::{Proposal, says_the_same},
    facility::{Facility, Visibility},
    ids::OfferId,
    offer::{Offer, Source},
};
use uuid::Uuid;

use super::{
    apply::{Apply, Place},
    facility::{self, Wanted},
    report::Outcome,
};
use crate::store::StoreError;

impl Apply {
    /// What becomes of rows whose entry an import does not touch: it is hidden for good, or people keep it by hand.
    /// Then what the file says is proposed, once. `None`: the import may change it.
    pub(super) async fn leave_alone(
        &mut self,
        wanted: Wanted<'_>,
        stored: &Facility,
        place: &Place,
    ) -> Result<Option<Outcome>, StoreError> {
        if matches!(stored.visibility, Visibility::Archived | Visibility::Declined) {
            return Ok(Some(Outcome::HeldBack));
        }
        let by_hand = !matches!(stored.source, Source::Import(_));
        if !by_hand && !self.tx.is_kept(stored.id).await? {
            return Ok(None);
        }
        let mut next = self.next_facility(wanted, stored).await?;
        for (planned, found) in wanted.plan.offers.iter().zip(&place.offers) {
            let own = found.and_then(|(_, id)| next.offers.iter_mut().find(|offer| offer.id == id));
            match own {
                Some(own) => {
                    let shares_places_with = own.shares_places_with;
                    *own = Offer { shares_places_with, ..facility::offer(planned, Some(own), own.id) };
                }
                // One that was taken out by hand is not proposed again.
                None if found.is_none() => {
                    next.offers.push(facility::offer(planned, None, OfferId(Uuid::now_v7())));
                }
                None => {}
            }
        }
        let proposed = self.tx.find_proposal(stored.id).await?.map(|proposal| proposal.facility);
        let first = self.tx.first_version(stored.id).await?;
        let known = [Some(stored), proposed.as_ref(), first.as_ref()];
        let said = known.into_iter().flatten().any(|known| has_said(known, &next));
        if !said {
            let source = wanted.plan.source.clone();
            let proposal = Proposal { facility: next, source, proposed_at: self.now, is_decided: false };
            self.tx.save_proposal(&proposal).await?;
        }
        Ok(Some(if said { Outcome::Unchanged } else { Outcome::Proposed }))
    }
}

/// Whether this was known already. New offers have another id each time they are read.
fn has_said(known: &Facility, next: &Facility) -> bool {
    let mut next = next.clone();
    for offer in &mut next.offers {
        let same = |own: &&Offer| own.care_type == offer.care_type && own.label == offer.label;
        if !known.offers.iter().any(|own| own.id == offer.id)
            && let Some(own) = known.offers.iter().find(same)
        {
            offer.id = own.id;
        }
    }
    says_the_same(known, &next)
}
