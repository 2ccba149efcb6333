//! Making something the live entry: the only way to one by hand. The version before is kept.

use app::{
    domain::{
        draft::{Author, EntryVersion},
        facility::{Facility, Visibility},
        ids::Slug,
        offer::{Offer, Source},
        place::same_place,
    },
    text::editing as words,
};
use time::OffsetDateTime;

use super::EntryError;
use crate::store::{StoreError, Tx};

/// The version that was there before anybody edited the entry.
const FIRST: &str = "Stand vor der ersten Bearbeitung";

/// Who made something, who approved it, and why.
pub(super) struct Credit {
    pub author: Option<Author>,
    pub approved_by: Author,
    pub reason: Option<String>,
    pub source: Source,
    /// The import that new offers come from.
    pub import: Option<String>,
}

/// Writes a facility with its offers in the place of the live one, and a version of it.
///
/// # Errors
/// [`EntryError::Incomplete`]; [`EntryError::Changed`] where the entry is not listed any more: it comes back only by
/// a decision of its own.
pub(super) async fn publish(
    tx: &mut Tx,
    live: &Facility,
    wanted: Facility,
    credit: Credit,
    now: OffsetDateTime,
) -> Result<Facility, EntryError> {
    if live.visibility.is_hidden() {
        return Err(EntryError::Changed);
    }
    let obstacles = words::obstacles(&wanted);
    if !obstacles.is_empty() {
        return Err(EntryError::Incomplete(obstacles));
    }
    let first = keep_first(tx, live).await?;
    // Nobody has seen the address of what was never public.
    let slug = if first == 0 && live.visibility == Visibility::Draft {
        let place = wanted.address.municipality.as_ref().map_or("", |own| own.name.as_str());
        tx.free_facility_slug(&Slug::of_entry(&wanted.name, place)).await?
    } else {
        live.slug.clone()
    };
    let mut next = Facility {
        id: live.id,
        slug,
        visibility: Visibility::Public,
        organization: live.organization.clone(),
        // Digits that a document may have lost are no change.
        position: if same_place(live.position, wanted.position) { live.position } else { wanted.position },
        source: credit.source.clone(),
        updated_at: now,
        // Whoever wrote it has looked at it; an import has not.
        confirmed_at: if credit.import.is_some() { live.confirmed_at } else { Some(now) },
        ..wanted
    };
    tx.update_facility(&next).await?;
    write_offers(tx, live, &mut next, &credit).await?;
    let version = EntryVersion {
        number: first + 1,
        facility: next.clone(),
        author: credit.author,
        approved_by: Some(credit.approved_by),
        reason: credit.reason,
        recorded_at: now,
    };
    tx.insert_version(&version).await?;
    tx.delete_draft(live.id).await?;
    Ok(next)
}

/// Keeps what was public before anybody edited it. Gives the number of the newest version.
pub(super) async fn keep_first(tx: &mut Tx, live: &Facility) -> Result<i64, StoreError> {
    let last = tx.last_version(live.id).await?;
    if last > 0 || live.visibility != Visibility::Public {
        return Ok(last);
    }
    let facility = live.clone();
    let (author, approved_by, reason) = (None, None, Some(FIRST.to_owned()));
    let recorded_at = live.updated_at;
    tx.insert_version(&EntryVersion { number: 1, facility, author, approved_by, reason, recorded_at })
        .await?;
    Ok(1)
}

/// Offers that are new, changed, back again, or gone.
async fn write_offers(
    tx: &mut Tx,
    live: &Facility,
    next: &mut Facility,
    credit: &Credit,
) -> Result<(), StoreError> {
    let known = |id| live.offers.iter().find(|offer| offer.id == id);
    let source = &credit.source;
    let mut foreign = Vec::new();
    // New ones first, without what they refer to: others may refer to them.
    for offer in next.offers.iter().filter(|offer| known(offer.id).is_none()) {
        match (tx.find_facility_of_offer(offer.id).await?, &credit.import) {
            (Some(home), _) if home != live.id => foreign.push(offer.id),
            (Some(_), _) => {}
            // The next import finds it again.
            (None, Some(name)) => {
                let source = Source::Import(name.clone());
                tx.insert_offer(next.id, &Offer { shares_places_with: None, source, ..offer.clone() })
                    .await?;
            }
            (None, None) => {
                let source = source.clone();
                let plain = Offer { shares_places_with: None, source, external_id: None, ..offer.clone() };
                tx.insert_offer(next.id, &plain).await?;
            }
        }
    }
    // One that is another entry's by now stays there.
    next.offers.retain(|offer| !foreign.contains(&offer.id));
    for offer in &mut next.offers {
        let before = known(offer.id);
        offer.latest_report = before.and_then(|before| before.latest_report.clone());
        if before != Some(offer) {
            offer.source = source.clone();
            tx.update_offer(live.id, offer).await?;
        }
    }
    for gone in live.offers.iter().filter(|offer| !next.offers.iter().any(|own| own.id == offer.id)) {
        tx.withdraw_offer(live.id, &Offer { shares_places_with: None, ..gone.clone() }).await?;
    }
    Ok(())
}
