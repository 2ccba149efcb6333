//! Choices that look like chance and are always the same.

use uuid::{Builder, Uuid};

/// 1 October 2026, in milliseconds: UUIDv7 begin with a moment.
const FOUNDED: u64 = 1_790_812_800_000;

/// Makes choices for one entry, by its name: a new line in a list changes no other entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(name: &str) -> Self {
        Self(mix(0xcbf2_9ce4_8422_2325, name))
    }

    /// The number this entry has for a question.
    fn roll(self, question: &str) -> u64 {
        // FNV alone leaves the low bits of similar texts alike.
        let mixed = mix(self.0, question);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 16
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub(super) fn below(self, question: &str, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        self.roll(question).checked_rem(limit).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
    }

    /// A number from a range, both ends included.
    pub(super) fn between(self, question: &str, [from, to]: [u32; 2]) -> u32 {
        let span = usize::try_from(to.saturating_sub(from)).unwrap_or(0) + 1;
        from + u32::try_from(self.below(question, span)).unwrap_or(0)
    }

    /// True for about so many of a hundred entries.
    pub(super) fn percent(self, question: &str, share: u32) -> bool {
        self.between(question, [0, 99]) < share
    }

    /// One of a list; `None` where it is empty.
    pub(super) fn pick<'a, T>(self, question: &str, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(question, list.len()))
    }

    /// Up to `most` neighbours in a list, at least `least`, in the order of the list.
    pub(super) fn some(self, question: &str, list: &[String], [least, most]: [u32; 2]) -> Vec<String> {
        let count = usize::try_from(self.between(question, [least, most])).unwrap_or(0).min(list.len());
        let start = self.below(question, list.len());
        let chosen = |at: usize| (at + list.len() - start) % list.len().max(1) < count;
        list.iter().enumerate().filter(|(at, _)| chosen(*at)).map(|(_, text)| text.clone()).collect()
    }

    /// A part of a degree, from -1 to 1.
    pub(super) fn offset(self, question: &str) -> f64 {
        f64::from(self.between(question, [0, 2000])) / 1000.0 - 1.0
    }

    /// The id of the entry.
    pub(super) fn id(self, kind: &str) -> Uuid {
        self.id_at(kind, FOUNDED)
    }

    /// An id for something of this entry that happened at a moment, in milliseconds since 1970.
    pub(super) fn id_at(self, kind: &str, moment: u64) -> Uuid {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&mix(self.0, kind).to_be_bytes());
        bytes[8..].copy_from_slice(&mix(self.0.rotate_left(17), kind).to_be_bytes()[..2]);
        Builder::from_unix_timestamp_millis(moment, &bytes).into_uuid()
    }
}

/// FNV-1a: small, known and the same on every machine.
fn mix(seed: u64, text: &str) -> u64 {
    text.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_the_same_each_time_and_differ_between_entries() {
        let (a, b) = (Dice::new("Haus Lindenhof"), Dice::new("Haus Abteigarten"));
        assert_eq!(a.between("places", [10, 90]), a.between("places", [10, 90]));
        assert_ne!(a.id("facility"), b.id("facility"));
        assert_eq!(a.id("facility").get_version_num(), 7);
        let yes = (0..1000).filter(|n| Dice::new(&format!("Haus {n}")).percent("offered", 30)).count();
        assert!((230..370).contains(&yes), "{yes}");
    }

    #[test]
    fn neighbours_of_a_list_stay_within_their_number() {
        let list: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        for n in 0..50 {
            let some = Dice::new(&n.to_string()).some("languages", &list, [1, 2]);
            assert!((1..=2).contains(&some.len()), "{some:?}");
            assert!(some.is_sorted());
        }
        assert_eq!(Dice::new("x").some("languages", &[], [1, 2]), Vec::<String>::new());
    }
}
