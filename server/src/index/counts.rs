//! Facet counts: the count of a value is what would be listed if it were the only one chosen in its
//! group.

use super::{
    engine::{Listing, Prepared},
    filters::{Filters, Group, Presence},
    retrieve::Candidate,
    select::{Hit, PerValue, Seen, Selection, push, runs},
};

/// Counts by group and value. Values are numbers of the facts or of the taxonomy.
#[derive(Debug)]
pub struct Counts {
    counts: PerValue<u32>,
}

impl Counts {
    /// The values of a group with their counts, without zeros.
    pub fn of_group(&self, group: Group) -> Vec<(u32, usize)> {
        let counted = self.counts.of_group(group).filter(|(_, count)| **count > 0);
        counted.map(|(value, count)| (value, *count as usize)).collect()
    }

    /// The count of one value.
    pub fn get(&self, group: Group, value: u32) -> usize {
        self.counts.get(group, value).map_or(0, |count| *count as usize)
    }

    pub(super) fn of(search: &Prepared<'_>, filters: &Filters, listing: &Listing) -> Self {
        let mut counts: PerValue<u32> = search.selection(filters).per_value();
        for group in Group::ALL {
            for (value, tally) in listing.pass.tally.of_group(group) {
                set(&mut counts, group, value, tally.count);
            }
        }
        // A value without a match at the place widens the search. Where the search as it is finds
        // something, only chosen values can be such; else every value.
        let chosen = filters.chosen();
        let missing =
            |counts: &PerValue<u32>, (group, value): (Group, u32)| counts.get(group, value) == Some(&0);
        if listing.widened.is_some() || chosen.iter().any(|key| missing(&counts, *key)) {
            let own = listing.widening.is_none().then(|| Widening::of(search, filters, false));
            let reaches = listing.widening.as_ref().or(own.as_ref()).into_iter();
            for (group, value, reach) in reaches.flat_map(Widening::reaches) {
                let wanted = listing.widened.is_some() || chosen.contains(&(group, value));
                if wanted && missing(&counts, (group, value)) {
                    set(&mut counts, group, value, reach.listed());
                }
            }
        }
        Self { counts }
    }
}

fn set(counts: &mut PerValue<u32>, group: Group, value: u32, count: u32) {
    if let Some(slot) = counts.get_mut(group, value) {
        *slot = count;
    }
}

/// How many facilities have a value.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// Found by the words, anywhere; or related and at the place.
    found_or_related_there: u32,
    /// Related, anywhere.
    related: u32,
}

impl Reach {
    /// What the value alone would list, as [`Prepared::list`] does; nothing matches it at the place.
    fn listed(self) -> u32 {
        if self.found_or_related_there > 0 { self.found_or_related_there } else { self.related }
    }
}

const FOUND: u8 = 1;
const RELATED_THERE: u8 = 2;
const RELATED: u8 = 4;

/// Relatives of what was asked for and the reach of every value, from one walk over everything that was
/// found and its relatives side by side, facility by facility.
#[derive(Debug)]
pub(super) struct Widening {
    reach: PerValue<Reach>,
    /// Relatives at the place.
    pub related_there: Vec<Hit>,
    /// Relatives anywhere, where they were asked for; complete only where none is at the place.
    pub related_anywhere: Vec<Hit>,
    /// What the facility at hand has of each value.
    marks: PerValue<u8>,
    marked: Vec<(Group, u32)>,
}

impl Widening {
    pub(super) fn of(search: &Prepared<'_>, filters: &Filters, anywhere: bool) -> Self {
        let found = search.selection(filters);
        let related = search.related_filters(filters);
        let related = related.as_ref().map(|(filters, candidates)| (search.selection(filters), *candidates));
        // Care types are asked for by the filter, not by words: then the relatives of a type are
        // among what was found.
        let types_by_filter = !search.asks_for_types();
        let relatives = if types_by_filter { search.relatives_of_types() } else { Vec::new() };
        let mut widening = Self {
            reach: found.per_value(),
            related_there: Vec::new(),
            related_anywhere: Vec::new(),
            marks: found.per_value(),
            marked: Vec::new(),
        };
        let mut beside = runs(related.as_ref().map_or(&[], |(_, candidates)| candidates)).peekable();
        let mark_related = |widening: &mut Self, run: &[Candidate]| {
            if let Some((selection, _)) = &related {
                selection.look(run, |seen| {
                    if let Some(hit) = selection.listed(&seen) {
                        widening.list(hit, anywhere);
                    }
                    widening.mark_related(selection, &seen, types_by_filter);
                });
            }
        };
        for run in runs(&search.found.candidates) {
            while let Some(before) = beside.next_if(|other| other[0].facility < run[0].facility) {
                mark_related(&mut widening, before);
                widening.count();
            }
            found.look(run, |seen| widening.mark_found(&found, &seen, &relatives));
            if let Some(same) = beside.next_if(|other| other[0].facility == run[0].facility) {
                mark_related(&mut widening, same);
            }
            widening.count();
        }
        for rest in beside {
            mark_related(&mut widening, rest);
            widening.count();
        }
        widening
    }

    fn reaches(&self) -> impl Iterator<Item = (Group, u32, Reach)> {
        Group::ALL
            .into_iter()
            .flat_map(|group| self.reach.of_group(group).map(move |(value, reach)| (group, value, *reach)))
    }

    /// Adds a relative to the lists.
    fn list(&mut self, hit: Hit, anywhere: bool) {
        if hit.presence != Presence::Elsewhere {
            push(&mut self.related_there, hit);
        }
        if anywhere && self.related_there.is_empty() {
            push(&mut self.related_anywhere, hit);
        }
    }

    /// `relatives` has, for each care type, the types that it is related to.
    fn mark_found(&mut self, selection: &Selection<'_>, seen: &Seen<'_>, relatives: &[Vec<u16>]) {
        let related = related_bits(seen.presence);
        selection.for_values(seen, |group, value| {
            self.mark(group, value, FOUND);
            if group == Group::CareType {
                for of in relatives.get(value as usize).into_iter().flatten() {
                    self.mark(group, u32::from(*of), related);
                }
            }
        });
    }

    fn mark_related(&mut self, selection: &Selection<'_>, seen: &Seen<'_>, types_by_filter: bool) {
        let related = related_bits(seen.presence);
        selection.for_values(seen, |group, value| {
            if !(types_by_filter && group == Group::CareType) {
                self.mark(group, value, related);
            }
        });
    }

    fn mark(&mut self, group: Group, value: u32, bits: u8) {
        // Relatives elsewhere count only where there is nothing better.
        if bits == RELATED && self.reach.get(group, value).is_some_and(|r| r.found_or_related_there > 0) {
            return;
        }
        if let Some(marks) = self.marks.get_mut(group, value) {
            if *marks == 0 {
                self.marked.push((group, value));
            }
            *marks |= bits;
        }
    }

    /// Counts what the facility at hand has, and makes room for the next one.
    fn count(&mut self) {
        for (group, value) in self.marked.drain(..) {
            let marks = self.marks.get_mut(group, value).map(std::mem::take).unwrap_or_default();
            if let Some(reach) = self.reach.get_mut(group, value) {
                reach.found_or_related_there += u32::from(marks & (FOUND | RELATED_THERE) != 0);
                reach.related += u32::from(marks & RELATED != 0);
            }
        }
    }
}

fn related_bits(presence: Presence) -> u8 {
    if presence == Presence::Elsewhere { RELATED } else { RELATED | RELATED_THERE }
}
