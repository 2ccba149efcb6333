//! Facet counts: the count of a value is what would be listed if it were the only one chosen in its
//! group.

use std::collections::{HashMap, HashSet};

use super::{
    engine::{Listing, Prepared},
    filters::{Filters, Group},
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
        if listing.widened.is_some() {
            counts.add_widened(search, filters, listing);
        } else {
            counts.add_chosen_zeros(search, filters);
        }
        counts
    }

    /// A chosen value that matches nothing at the place would widen the search by itself.
    fn add_chosen_zeros(&mut self, search: &Prepared<'_>, filters: &Filters) {
        for &care_type in &filters.care_types {
            self.count_alone(Group::CareType, u32::from(care_type), || {
                search.total(&Filters { care_types: vec![care_type], ..filters.clone() })
            });
        }
        for &municipality in &filters.municipalities {
            self.count_alone(Group::Municipality, municipality, || {
                search.total(&Filters { municipalities: vec![municipality], ..filters.clone() })
            });
        }
        for &light in &filters.lights {
            self.count_alone(Group::Light, light as u32, || {
                search.total(&Filters { lights: vec![light], ..filters.clone() })
            });
        }
        for &specialism in &filters.specialisms {
            self.count_alone(Group::Specialism, u32::from(specialism), || {
                search.total(&Filters { specialisms: vec![specialism], ..filters.clone() })
            });
        }
        for &language in &filters.languages {
            self.count_alone(Group::Language, u32::from(language), || {
                search.total(&Filters { languages: vec![language], ..filters.clone() })
            });
        }
    }

    fn count_alone(&mut self, group: Group, value: u32, count: impl FnOnce() -> usize) {
        self.counts.entry((group, value)).or_insert_with(count);
    }

    /// Nothing matched at the place: values count what would be listed instead of it.
    fn add_widened(&mut self, search: &Prepared<'_>, filters: &Filters, listing: &Listing) {
        let everywhere = search.selection(filters).pass(&search.found.candidates, |_| true).gathered;
        let mut listed: HashSet<(Group, u32, u32)> = everywhere.clone();
        if let Some(related) = &listing.related {
            listed.extend(related.gathered.iter().copied());
        }
        let mut widened: HashMap<(Group, u32), usize> = HashMap::new();
        for (group, value, _) in &listed {
            *widened.entry((*group, *value)).or_default() += 1;
        }
        for (key, count) in widened {
            // What matches at the place by itself would not widen the search.
            if key.0 != Group::CareType || filters.care_types.is_empty() || search.asks_for_types() {
                self.counts.entry(key).or_insert(count);
            }
        }
        if !filters.care_types.is_empty() && !search.asks_for_types() {
            let types: HashSet<u32> =
                everywhere.iter().filter(|(g, _, _)| *g == Group::CareType).map(|(_, v, _)| *v).collect();
            for care_type in types.into_iter().chain(filters.care_types.iter().map(|t| u32::from(*t))) {
                let Ok(ordinal) = u16::try_from(care_type) else { continue };
                self.count_alone(Group::CareType, care_type, || {
                    search.total(&Filters { care_types: vec![ordinal], ..filters.clone() })
                });
            }
        }
    }
}
