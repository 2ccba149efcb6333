//! Facet counts: the count of a value is what would be listed if it were the only one chosen in its
//! group.

use std::collections::{HashMap, HashSet};

use super::{
    engine::{Listing, Prepared},
    filters::{Filters, Group},
    select::{Gathered, Values},
};

/// Counts by group and value. Values are numbers of the facts or of the taxonomy.
#[derive(Debug, Default)]
pub struct Counts {
    counts: HashMap<(Group, u32), usize>,
}

impl Counts {
    /// The values of a group with their counts, without zeros.
    pub fn of_group(&self, group: Group) -> Vec<(u32, usize)> {
        let mut values: Vec<(u32, usize)> = self
            .counts
            .iter()
            .filter(|((g, _), count)| *g == group && **count > 0)
            .map(|((_, value), count)| (*value, *count))
            .collect();
        values.sort_unstable();
        values
    }

    /// The count of one value.
    pub fn get(&self, group: Group, value: u32) -> usize {
        self.counts.get(&(group, value)).copied().unwrap_or(0)
    }

    pub(super) fn of(search: &Prepared<'_>, filters: &Filters, listing: &Listing) -> Self {
        let mut counts = Self::default();
        for group in Group::ALL {
            for value in 0..listing.pass.tally.values(group) {
                let count = listing.pass.tally.count(group, value);
                if count > 0 {
                    counts.counts.insert((group, u32::try_from(value).unwrap_or(u32::MAX)), count);
                }
            }
        }
        // A value without a match at the place widens the search. Where the search as it is finds
        // something, only chosen values can be such; else every value.
        let missing = |key: &(Group, u32)| !counts.counts.contains_key(key);
        let chosen: Vec<_> = chosen(filters).into_iter().filter(missing).collect();
        if listing.widened.is_some() || !chosen.is_empty() {
            let widening = Widening::of(search, filters);
            let values = if listing.widened.is_some() { widening.values(search) } else { chosen };
            for key in values.into_iter().filter(missing).collect::<Vec<_>>() {
                let count = widening.count(search, key);
                counts.counts.insert(key, count);
            }
        }
        counts
    }
}

fn chosen(filters: &Filters) -> Vec<(Group, u32)> {
    let care_types = filters.care_types.iter().map(|v| (Group::CareType, u32::from(*v)));
    let municipalities = filters.municipalities.iter().map(|v| (Group::Municipality, *v));
    let lights = filters.lights.iter().map(|v| (Group::Light, *v as u32));
    let specialisms = filters.specialisms.iter().map(|v| (Group::Specialism, u32::from(*v)));
    let languages = filters.languages.iter().map(|v| (Group::Language, u32::from(*v)));
    care_types.chain(municipalities).chain(lights).chain(specialisms).chain(languages).collect()
}

/// Facilities by value, from one pass over everything that was found and one over its relatives:
/// enough to tell for any value what [`Prepared::list`] would list.
struct Widening {
    found: Gathered,
    related: Gathered,
    /// Care types are asked for by the filter, not by words: then the relatives of a type are among
    /// what was found.
    types_by_filter: bool,
}

impl Widening {
    fn of(search: &Prepared<'_>, filters: &Filters) -> Self {
        Self {
            found: search.selection(filters).pass(&search.found.candidates, true).gathered,
            related: search.related_pass(filters, true).map(|pass| pass.gathered).unwrap_or_default(),
            types_by_filter: !search.asks_for_types(),
        }
    }

    fn values(&self, search: &Prepared<'_>) -> Vec<(Group, u32)> {
        let mut values: HashSet<(Group, u32)> = self.found.keys().copied().collect();
        values.extend(self.related.keys().copied());
        if self.types_by_filter {
            // A type that is not there lists its relatives.
            values.retain(|(group, _)| *group != Group::CareType);
            for (_, value) in self.found.keys().filter(|(group, _)| *group == Group::CareType) {
                let relatives = search.related_ordinals(&[u16::try_from(*value).unwrap_or(u16::MAX)]);
                values.extend(relatives.iter().map(|v| (Group::CareType, u32::from(*v))));
                values.insert((Group::CareType, *value));
            }
        }
        values.into_iter().collect()
    }

    /// What the value alone would list; nothing matches it at the place.
    fn count(&self, search: &Prepared<'_>, key: (Group, u32)) -> usize {
        let none = Values::default();
        let found = self.found.get(&key).unwrap_or(&none);
        let relatives: Vec<&Values> = match key {
            (Group::CareType, value) if self.types_by_filter => {
                let value = u16::try_from(value).unwrap_or(u16::MAX);
                let related = search.related_ordinals(&[value]);
                let keys = related.iter().map(|v| (Group::CareType, u32::from(*v)));
                keys.filter_map(|key| self.found.get(&key)).collect()
            }
            key => self.related.get(&key).into_iter().collect(),
        };
        let there: HashSet<u32> = relatives.iter().flat_map(|v| &v.there).copied().collect();
        if there.is_empty() && found.anywhere.is_empty() {
            return relatives.iter().flat_map(|v| &v.anywhere).collect::<HashSet<_>>().len();
        }
        there.union(&found.anywhere).count()
    }
}
