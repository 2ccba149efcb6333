//! One pass over the offers that the words found: which facilities are listed, and the counts of
//! every filter value.

use app::domain::{capacity::Light, now::Now};

use super::{
    facts::{FacilityRef, Facts, OfferFacts},
    filters::{Filters, Group, OfNow, PlaceFilter, Presence},
    retrieve::Candidate,
};

/// A facility that is listed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub facility: u32,
    pub score: f32,
    /// Best light of its matching offers, 0 is free; 4 for none.
    pub light: u8,
    /// Microseconds since 1970 of the newest report of a matching offer, 0 for none.
    pub reported_at: i64,
    pub presence: Presence,
}

/// Something for every value of every group.
#[derive(Clone, Debug)]
pub struct PerValue<T> {
    values: [Vec<T>; Group::ALL.len()],
}

impl<T: Clone + Default> PerValue<T> {
    pub fn get(&self, group: Group, value: u32) -> Option<&T> {
        self.values[group as usize].get(value as usize)
    }

    pub fn get_mut(&mut self, group: Group, value: u32) -> Option<&mut T> {
        self.values[group as usize].get_mut(value as usize)
    }

    /// All values of a group with their numbers.
    pub fn of_group(&self, group: Group) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(&self.values[group as usize])
    }
}

/// Facilities per filter value. A facility is counted once per value: its offers come one after the
/// other.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    pub count: u32,
    /// The facility counted last.
    last: u32,
}

impl Default for Tally {
    fn default() -> Self {
        Self { count: 0, last: u32::MAX }
    }
}

/// What a pass found.
#[derive(Debug)]
pub struct Pass {
    /// At the place.
    pub there: Vec<Hit>,
    /// Anywhere; complete only where nothing is at the place.
    pub anywhere: Vec<Hit>,
    pub tally: PerValue<Tally>,
}

/// What a pass goes by.
pub struct Selection<'a> {
    pub facts: &'a Facts,
    pub filters: &'a Filters,
    pub place: Option<&'a PlaceFilter>,
    pub now: Now,
    pub care_types: usize,
}

/// An offer that was looked at.
pub struct Seen<'a> {
    pub facility: FacilityRef<'a>,
    pub offer: &'a OfferFacts,
    pub candidate: Candidate,
    of_now: OfNow,
    /// Bits of the groups of filters that it fails.
    failed: u16,
    pub presence: Presence,
}

impl<'a> Selection<'a> {
    /// Every offer, for a search without words.
    pub fn everything(facts: &Facts) -> Vec<Candidate> {
        let offers = |(facility, facts): (u32, FacilityRef<'_>)| {
            let count = u16::try_from(facts.offers().len()).unwrap_or(u16::MAX);
            (0..count).map(move |offer| Candidate { facility, offer, score: 0.0 })
        };
        facts.iter().flat_map(offers).collect()
    }

    /// Goes over the candidates, which must be grouped by facility.
    pub fn pass(&self, candidates: &[Candidate]) -> Pass {
        let mut pass = Pass { there: Vec::new(), anywhere: Vec::new(), tally: self.per_value() };
        for run in runs(candidates) {
            self.look(run, |seen| {
                if let Some(hit) = self.listed(&seen) {
                    if seen.presence != Presence::Elsewhere {
                        push(&mut pass.there, hit);
                    }
                    // Nobody asks for these where something is at the place.
                    if self.place.is_some() && pass.there.is_empty() {
                        push(&mut pass.anywhere, hit);
                    }
                }
                if seen.presence == Presence::Elsewhere {
                    return;
                }
                let facility = seen.candidate.facility;
                self.for_values(&seen, |group, value| {
                    if let Some(tally) = pass.tally.get_mut(group, value)
                        && tally.last != facility
                    {
                        *tally = Tally { count: tally.count + 1, last: facility };
                    }
                });
            });
        }
        pass
    }

    /// An empty slot for every value.
    pub fn per_value<T: Clone + Default>(&self) -> PerValue<T> {
        let facts = self.facts;
        let sizes = [
            self.care_types,
            facts.municipalities.len(),
            Light::ALL.len(),
            facts.specialisms.all().len(),
            facts.languages.all().len(),
            1,
            1,
            0,
            7,
            1,
        ];
        PerValue { values: sizes.map(|size| vec![T::default(); size]) }
    }

    /// Looks at the offers of one facility.
    #[inline]
    pub fn look(&self, run: &[Candidate], mut each: impl FnMut(Seen<'a>)) {
        let Some(facility) = run.first().and_then(|first| self.facts.get(first.facility)) else { return };
        if !self.filters.is_in_area(&facility) {
            return;
        }
        let open = self.facts.is_open(&facility, self.now);
        for candidate in run {
            let Some(offer) = facility.offers().get(candidate.offer as usize) else { continue };
            let of_now = self.filters.look(offer, open, self.now);
            let failed = self.filters.failed(self.facts, facility, offer, of_now, self.now);
            let presence = self.place.map_or(Presence::There, |place| place.presence(facility, offer));
            each(Seen { facility, offer, candidate: *candidate, of_now, failed, presence });
        }
    }

    /// Calls back with every value that an offer counts for: those of all groups if it passes, those
    /// of the only group it fails, else none.
    #[inline]
    pub fn for_values(&self, seen: &Seen<'_>, mut each: impl FnMut(Group, u32)) {
        if seen.failed.count_ones() > 1 {
            return;
        }
        for group in Group::ALL {
            if seen.failed & !group.bit() != 0 {
                continue;
            }
            match group {
                Group::CareType => each(group, u32::from(seen.offer.care_type)),
                Group::Municipality => seen.facility.municipality.into_iter().for_each(|v| each(group, v)),
                Group::Light => seen.of_now.light.into_iter().for_each(|light| each(group, light as u32)),
                Group::Specialism => {
                    self.facts.set(seen.offer.specialisms).iter().for_each(|v| each(group, u32::from(*v)));
                }
                Group::Language => {
                    self.facts.set(seen.facility.languages).iter().for_each(|v| each(group, u32::from(*v)));
                }
                Group::BarrierFree if seen.facility.barrier_free => each(group, 0),
                Group::OpenNow if seen.of_now.open => each(group, 0),
                Group::Reported if seen.of_now.recent => each(group, 0),
                Group::Weekday => {
                    let bits = seen.of_now.weekdays;
                    (0..7).filter(|day| bits & (1 << day) != 0).for_each(|day| each(group, day));
                }
                Group::BarrierFree | Group::OpenNow | Group::Reported | Group::FreeDays => {}
            }
        }
    }

    /// The offers of a facility that pass, by their position in it. The candidates must be in the
    /// order of facilities.
    pub fn matching_offers(&self, candidates: &[Candidate], facility: u32) -> Vec<u16> {
        let from = candidates.partition_point(|candidate| candidate.facility < facility);
        let run = candidates[from..].chunk_by(|a, b| a.facility == b.facility).next().unwrap_or_default();
        let mut found = Vec::new();
        if run.first().is_some_and(|first| first.facility == facility) {
            self.look(run, |seen| found.extend((seen.failed == 0).then_some(seen.candidate.offer)));
        }
        found
    }

    /// The facility as it is listed for this offer, if the offer passes.
    #[inline]
    pub fn listed(&self, seen: &Seen<'_>) -> Option<Hit> {
        if seen.failed != 0 {
            return None;
        }
        // A valid report that says nothing leaves the light grey: that is no news.
        let says = seen.of_now.light.is_some_and(|light| light != Light::Unknown);
        let report = seen.offer.report.as_deref().filter(|_| says);
        let micros = |report: &app::domain::capacity::CapacityReport| {
            i64::try_from(report.reported_at.unix_timestamp_nanos() / 1000).unwrap_or(0)
        };
        Some(Hit {
            facility: seen.candidate.facility,
            score: seen.candidate.score,
            light: seen.of_now.light.map_or(4, |light| light as u8),
            reported_at: report.map_or(0, micros),
            presence: seen.presence,
        })
    }
}

/// The candidates of one facility after the other.
pub fn runs(candidates: &[Candidate]) -> impl Iterator<Item = &[Candidate]> {
    candidates.chunk_by(|a, b| a.facility == b.facility)
}

/// Adds a hit, or joins it to the one of the same facility before it.
pub fn push(hits: &mut Vec<Hit>, hit: Hit) {
    match hits.last_mut() {
        Some(last) if last.facility == hit.facility => {
            last.score = last.score.max(hit.score);
            last.light = last.light.min(hit.light);
            last.reported_at = last.reported_at.max(hit.reported_at);
            if hit.presence == Presence::There {
                last.presence = Presence::There;
            }
        }
        _ => hits.push(hit),
    }
}
