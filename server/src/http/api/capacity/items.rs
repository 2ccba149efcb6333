//! Items of a call: which offers they mean, when they were true, and where in the call a refusal belongs.

use std::collections::HashMap;

use app::domain::ids::OfferId;
use time::{Duration, OffsetDateTime};

use super::{
    of_fault,
    problem::{self, Error, Kind},
    read::{Item, Which},
};
use crate::service::capacity::{CapacityError, News, Seen};

/// How far a program's clock may be ahead of ours.
const AHEAD: Duration = Duration::minutes(5);
/// Older news is no news.
const OLDEST: Duration = Duration::hours(24);

/// Items that were seen at an impossible time.
pub(super) fn misplaced(items: &[Item], now: OffsetDateTime) -> Vec<Error> {
    let check = |item: &Item| {
        let observed = item.observed_at?;
        let (code, detail) = if observed > now + AHEAD {
            (
                "observed_in_future",
                "„observed_at“ liegt in der Zukunft. Stellen Sie die Uhr des Programms; server_time nennt unsere.",
            )
        } else if observed < now - OLDEST {
            ("observed_too_old", "„observed_at“ liegt mehr als 24 Stunden zurück.")
        } else {
            return None;
        };
        Some(Error { pointer: format!("{}/observed_at", item.pointer), code, detail: detail.to_owned() })
    };
    items.iter().filter_map(check).collect()
}

/// The offers that items mean.
pub(super) fn resolve(
    items: Vec<Item>,
    external: &HashMap<String, Vec<OfferId>>,
) -> Result<Vec<(News, Item)>, Vec<Error>> {
    let (mut news, mut errors) = (Vec::with_capacity(items.len()), Vec::new());
    for item in items {
        let offer = match &item.which {
            Which::Offer(offer) => *offer,
            Which::External(id) => match external.get(id).map(Vec::as_slice) {
                Some([offer]) => *offer,
                found => {
                    let (code, detail) = match found {
                        None | Some([]) => ("unknown_offer", NO_OFFER),
                        Some(_) => {
                            ("ambiguous_offer", "Mehrere Angebote haben diese Kennung. Nennen Sie „offer“.")
                        }
                    };
                    let pointer = format!("{}/external_id", item.pointer);
                    errors.push(Error { pointer, code, detail: detail.to_owned() });
                    continue;
                }
            },
        };
        let seen = item.observed_at.map_or(Seen::Unsaid, Seen::At);
        news.push((News { offer, seen, said: item.said.clone() }, item));
    }
    if errors.is_empty() { Ok(news) } else { Err(errors) }
}

const NO_OFFER: &str =
    "Dieses Angebot hat Ihr Träger nicht, es hat keine Ampel, oder der Zugang gilt nicht dafür.";
const TWICE: &str = "Dieses Angebot steht schon weiter oben.";
const NEWER: &str = "Seit „observed_at“ wurde dieses Angebot schon gemeldet.";

/// Why a call was refused.
pub(super) struct Failure {
    pub kind: Kind,
    pub errors: Vec<Error>,
}

/// What of a refusal concerns the call; `None`: it is our own trouble.
pub(super) fn failure(error: &CapacityError, news: &[(News, Item)], many: bool) -> Option<Failure> {
    let places = |offers: &[OfferId], code, detail: &str, last: bool| -> Vec<Error> {
        let of = |offer: &OfferId| {
            let mut items = news.iter().filter(|(news, _)| news.offer == *offer).map(|(_, item)| item);
            let item = if last { items.next_back() } else { items.next() }?;
            let name = if matches!(item.which, Which::Offer(_)) { "offer" } else { "external_id" };
            let name = if code == "outdated" { "observed_at" } else { name };
            Some(Error { pointer: format!("{}/{name}", item.pointer), code, detail: detail.to_owned() })
        };
        offers.iter().filter_map(of).collect()
    };
    let (kind, errors) = match error {
        // The address says which offer: there is no place in the call to point at.
        CapacityError::Gone(_) if !many => (problem::UNKNOWN_OFFER, Vec::new()),
        CapacityError::Gone(gone) => (problem::INVALID, places(gone, "unknown_offer", NO_OFFER, false)),
        CapacityError::Twice(twice) => (problem::INVALID, places(twice, "named_twice", TWICE, true)),
        CapacityError::Faults(faults) => {
            let item =
                |offer: &OfferId| news.iter().find(|(news, _)| news.offer == *offer).map(|(_, item)| item);
            let errors = faults.iter().filter_map(|(offer, fault)| Some(of_fault(item(offer)?, *fault)));
            (problem::INVALID, errors.collect())
        }
        CapacityError::Conflict(offers) | CapacityError::Outdated(offers) => {
            (problem::OUTDATED, places(offers, "outdated", NEWER, false))
        }
        _ => return None,
    };
    Some(Failure { kind, errors })
}
