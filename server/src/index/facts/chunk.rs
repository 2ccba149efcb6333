//! Facilities that lie together in memory: a pass over thousands of them reads it in order, and a
//! change copies only one chunk.

use std::ops::Deref;

use super::{FacilityFacts, OfferFacts};

/// Facilities in a chunk.
const SIZE: u32 = 256;

/// Chunk and slot of an ordinal.
#[inline]
pub(super) fn place_of(ordinal: u32) -> (usize, usize) {
    ((ordinal / SIZE) as usize, (ordinal % SIZE) as usize)
}

/// Where something of a facility lies in its chunk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    start: u32,
    end: u32,
}

/// The texts of a facility, one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    start: u32,
    name_end: u32,
    names_end: u32,
    sort_end: u32,
    end: u32,
}

/// A facility on its way into a chunk.
pub(super) struct Entry {
    pub facts: FacilityFacts,
    pub offers: Vec<OfferFacts>,
    pub name: String,
    pub organization: String,
    pub sort_name: String,
    /// Its slug, where that is not made of name and municipality; else empty.
    pub odd_slug: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    facilities: Vec<Option<FacilityFacts>>,
    offers: Vec<OfferFacts>,
    text: String,
}

impl Chunk {
    #[inline]
    pub(super) fn get(&self, slot: usize) -> Option<FacilityRef<'_>> {
        self.facilities.get(slot)?.as_ref().map(|facts| FacilityRef { facts, chunk: self })
    }

    /// Fills or empties a slot; the rest moves together.
    pub(super) fn put(&mut self, slot: usize, entry: Option<Entry>) {
        if slot == self.facilities.len() {
            self.push(entry);
            return;
        }
        let before = std::mem::take(self);
        let mut entry = entry;
        for at in 0..before.facilities.len() {
            let kept = if at == slot { entry.take() } else { before.get(at).map(FacilityRef::to_entry) };
            self.push(kept);
        }
    }

    fn push(&mut self, entry: Option<Entry>) {
        let facts = entry.map(|Entry { mut facts, offers, name, organization, sort_name, odd_slug }| {
            let start = place(self.text.len());
            self.text.push_str(&name);
            let name_end = place(self.text.len());
            if !organization.is_empty() {
                self.text.push(' ');
                self.text.push_str(&organization);
            }
            let names_end = place(self.text.len());
            self.text.push_str(&sort_name);
            let sort_end = place(self.text.len());
            self.text.push_str(&odd_slug);
            facts.text = Text { start, name_end, names_end, sort_end, end: place(self.text.len()) };
            let start = place(self.offers.len());
            self.offers.extend(offers);
            facts.offers = Range { start, end: place(self.offers.len()) };
            facts
        });
        self.facilities.push(facts);
    }
}

/// Names and offers of 256 facilities stay far below 4 GiB.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A facility with what lies beside it.
#[derive(Clone, Copy, Debug)]
pub struct FacilityRef<'a> {
    facts: &'a FacilityFacts,
    chunk: &'a Chunk,
}

impl<'a> FacilityRef<'a> {
    #[inline]
    pub fn offers(self) -> &'a [OfferFacts] {
        let Range { start, end } = self.facts.offers;
        self.chunk.offers.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Its name as written.
    pub fn name(self) -> &'a str {
        self.text(self.facts.text.start, self.facts.text.name_end)
    }

    /// Names as written, of the facility and of its organization.
    pub fn names(self) -> &'a str {
        self.text(self.facts.text.start, self.facts.text.names_end)
    }

    /// Folded name, for sorting.
    pub fn sort_name(self) -> &'a str {
        self.text(self.facts.text.names_end, self.facts.text.sort_end)
    }

    /// Its slug, where that is not made of name and municipality.
    pub(super) fn odd_slug(self) -> Option<&'a str> {
        Some(self.text(self.facts.text.sort_end, self.facts.text.end)).filter(|slug| !slug.is_empty())
    }

    fn text(self, start: u32, end: u32) -> &'a str {
        self.chunk.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn to_entry(self) -> Entry {
        let Text { name_end, names_end, .. } = self.facts.text;
        Entry {
            facts: self.facts.clone(),
            offers: self.offers().to_vec(),
            name: self.name().to_owned(),
            organization: self.text((name_end + 1).min(names_end), names_end).to_owned(),
            sort_name: self.sort_name().to_owned(),
            odd_slug: self.odd_slug().unwrap_or_default().to_owned(),
        }
    }
}

impl Deref for FacilityRef<'_> {
    type Target = FacilityFacts;

    #[inline]
    fn deref(&self) -> &FacilityFacts {
        self.facts
    }
}
