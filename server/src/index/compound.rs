//! German compounds: "Kurzzeitpflegeplatz" is about Kurzzeitpflege and about a place.

use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use super::text::stem;

/// Shortest part a compound is split into, in letters; shorter ones must be listed themselves.
const SHORTEST: usize = 4;
/// Longest word that is split at all, in bytes: nothing in the language comes near it.
const LONGEST: usize = 60;
/// Most parts of one compound.
const MOST_PARTS: usize = 5;

/// The words that compounds are made of.
#[derive(Clone, Debug, Default)]
pub struct Splitter {
    /// Stems of known words.
    stems: HashSet<String>,
    /// Known words as they are written inside compounds.
    words: HashSet<String>,
}

impl Splitter {
    /// Builds the splitter from folded words.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let words: HashSet<String> = words.into_iter().filter(|word| word.len() >= 2).collect();
        Self { stems: words.iter().map(|word| stem(word)).collect(), words }
    }

    /// A number that changes with the words: documents were split by them.
    pub fn fingerprint(&self) -> u64 {
        let mut words: Vec<&String> = self.words.iter().collect();
        words.sort_unstable();
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    }

    /// The parts of a folded compound, each as it is written in it. Empty for a word that is none.
    ///
    /// Of several ways the one with the fewest parts wins, then the one with the longest last part,
    /// because the head of a German compound stands at its end.
    pub fn split(&self, folded: &str) -> Vec<String> {
        if folded.len() < 6 || folded.len() > LONGEST || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let mut best = Vec::new();
        self.search(folded, &mut Vec::new(), &mut best);
        if best.len() < 2 { Vec::new() } else { best.into_iter().map(str::to_owned).collect() }
    }

    /// Name and kind of a word like "Storchenapotheke": the longest known end with what stands before
    /// it. Empty where no end is known.
    pub fn split_off_head(&self, folded: &str) -> Vec<String> {
        if folded.len() > LONGEST || !folded.is_ascii() {
            return Vec::new();
        }
        (3..folded.len().saturating_sub(SHORTEST))
            .map(|at| folded.split_at(at))
            .find(|(_, end)| self.is_part(end, true))
            .map(|(name, end)| vec![name.to_owned(), end.to_owned()])
            .unwrap_or_default()
    }

    /// Whether a folded word is one of those compounds are made of.
    pub fn knows(&self, folded: &str) -> bool {
        self.is_part(folded, false)
    }

    fn search<'a>(&self, rest: &'a str, parts: &mut Vec<&'a str>, best: &mut Vec<&'a str>) {
        if rest.is_empty() {
            if best.is_empty() || parts.len() < best.len() {
                best.clone_from(parts);
            }
            return;
        }
        if parts.len() == MOST_PARTS || (!best.is_empty() && parts.len() + 1 >= best.len()) {
            return;
        }
        // Short beginnings first leave the longest last part to the first split of its length.
        for end in 2..=rest.len() {
            let whole = parts.is_empty() && end == rest.len();
            if !whole && self.is_part(&rest[..end], end == rest.len()) {
                parts.push(&rest[..end]);
                self.search(&rest[end..], parts, best);
                parts.pop();
            }
        }
    }

    fn is_part(&self, part: &str, last: bool) -> bool {
        if self.words.contains(part) {
            return true;
        }
        let known = |part: &str| part.len() >= SHORTEST && self.stems.contains(&stem(part));
        // The linking "s" of "Schwangerschaftsberatung" belongs to no stem.
        known(part) || (!last && part.strip_suffix('s').is_some_and(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splitter() -> Splitter {
        let words = "kurzzeitpflege platz senioren tagesstatte demenz wohngemeinschaft kranken pflegedienst \
                     wohnanlage schwangerschaft beratung apotheke pflege heim alten pflegeheim kurzzeit";
        Splitter::new(words.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_compound_is_split_into_its_longest_parts() {
        let splitter = splitter();
        for (word, parts) in [
            ("kurzzeitpflegeplatz", vec!["kurzzeitpflege", "platz"]),
            ("seniorentagesstatte", vec!["senioren", "tagesstatte"]),
            ("demenzwohngemeinschaft", vec!["demenz", "wohngemeinschaft"]),
            ("krankenpflegedienst", vec!["kranken", "pflegedienst"]),
            ("seniorenwohnanlagen", vec!["senioren", "wohnanlagen"]),
            ("schwangerschaftsberatung", vec!["schwangerschafts", "beratung"]),
            ("altenpflegeheime", vec!["alten", "pflegeheime"]),
        ] {
            assert_eq!(splitter.split(word), parts, "{word}");
        }
    }

    #[test]
    fn a_simple_or_unknown_word_has_no_parts() {
        for word in ["apotheke", "sternberg", "platz", "", "19370"] {
            assert!(splitter().split(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn an_unknown_name_is_told_from_the_kind_of_place() {
        assert_eq!(splitter().split_off_head("storchenapotheke"), ["storchen", "apotheke"]);
        assert!(splitter().split_off_head("sternberg").is_empty());
    }

    #[test]
    fn a_hostile_word_is_given_up_quickly() {
        assert!(splitter().split(&"pflege".repeat(40)).is_empty());
    }
}
