//! Two entries that are one and the same facility.

use super::{draft::Entry, facility::Facility, ids::Slug, offer::Offer};

/// What becomes of two entries where one goes into the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// Leaves the directory.
    pub from: Entry,
    /// Stays.
    pub to: Entry,
    /// Addresses that lead to the one that stays from now on.
    pub addresses: Vec<Slug>,
    /// Earlier versions of the one that leaves, which stay with it.
    pub versions: usize,
    /// Notices about it that nobody has answered.
    pub notices: usize,
}

impl Merge {
    /// Offers that go along, with their reports.
    pub fn moved(&self) -> impl Iterator<Item = &Offer> {
        self.from.live.offers.iter().filter(|offer| twin(offer, &self.to.live).is_none())
    }

    /// Offers that the one that stays has already: there, its own counts.
    pub fn dropped(&self) -> impl Iterator<Item = &Offer> {
        self.from.live.offers.iter().filter(|offer| twin(offer, &self.to.live).is_some())
    }
}

/// The offer of a facility that is the same as this one, as people tell them apart.
pub fn twin<'a>(offer: &Offer, of: &'a Facility) -> Option<&'a Offer> {
    let what = |offer: &Offer| {
        let Offer { care_type, label, form, specialty, specialisms, .. } = offer.clone();
        (care_type, label, form, specialty, specialisms)
    };
    of.offers.iter().find(|own| what(own) == what(offer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::facility_view;

    #[test]
    fn an_offer_of_another_name_goes_along_and_the_same_one_does_not() {
        let to = facility_view().facility;
        let mut from = to.clone();
        let mut other = from.offers[0].clone();
        other.label = Some("Zweite Gruppe".to_owned());
        from.offers.truncate(1);
        from.offers.push(other.clone());
        let entry = |live| Entry { live, draft: None };
        let merge = Merge {
            from: entry(from),
            to: entry(to.clone()),
            addresses: Vec::new(),
            versions: 0,
            notices: 0,
        };
        assert_eq!(merge.moved().collect::<Vec<_>>(), [&other]);
        assert_eq!(merge.dropped().collect::<Vec<_>>(), [&to.offers[0]]);
    }
}
