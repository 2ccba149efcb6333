//! Typing errors: how far two words are apart, and which known word was meant.

use std::cmp::Reverse;

/// A set of known words that finds the nearest one to a word nobody knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    word: Box<str>,
    /// One bit per letter that occurs: a cheap lower bound of the distance.
    letters: u64,
    length: u8,
    /// Preference among words at the same distance; higher is better.
    weight: u32,
}

/// Same first letter and weight: the greater is preferred.
type Rank = Reverse<(bool, u32)>;

/// How many edits a word of this length may be wrong by: none below 4 letters, one from 4, two from 8.
pub fn allowed_edits(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

impl Vocabulary {
    /// Adds a folded word with its weight. Words with digits are left out: a postcode is never
    /// corrected.
    pub fn add(&mut self, word: &str, weight: u32) {
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let Ok(length) = u8::try_from(word.chars().count()) else { return };
        if length >= 3 {
            self.entries.push(Entry { word: word.into(), letters: letters(word), length, weight });
        }
    }

    /// The known word nearest to `word`, with its distance, within the edits its length allows.
    /// Equal distances are decided by weight, then by the common beginning.
    pub fn nearest(&self, word: &str) -> Option<(&str, usize)> {
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let typed: Vec<char> = word.chars().collect();
        let allowed = allowed_edits(typed.len());
        if allowed == 0 {
            return None;
        }
        let mask = letters(word);
        let mut best: Option<(usize, Rank, &Entry)> = None;
        for entry in &self.entries {
            let bound = best.as_ref().map_or(allowed, |b| b.0);
            if usize::from(entry.length).abs_diff(typed.len()) > bound
                || (entry.letters ^ mask).count_ones() as usize > 2 * bound
                || allowed_edits(usize::from(entry.length)) == 0
            {
                continue;
            }
            let distance = edits(&typed, &entry.word, bound);
            if distance > bound {
                continue;
            }
            let same_start = entry.word.chars().next() == typed.first().copied();
            let rank = Reverse((same_start, entry.weight));
            if best.as_ref().is_none_or(|b| (distance, rank) < (b.0, b.1)) {
                best = Some((distance, rank, entry));
            }
        }
        best.map(|(distance, _, entry)| (&*entry.word, distance))
    }
}

fn letters(word: &str) -> u64 {
    word.chars().fold(0, |mask, c| mask | 1 << (u32::from(c) % 64))
}

/// Edits between two words (optimal string alignment: a swap of neighbours is one edit). Gives up
/// above `bound` and answers `bound + 1`.
fn edits(a: &[char], b: &str, bound: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    let width = b.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (i, &x) in a.iter().enumerate() {
        row[0] = i + 1;
        let mut smallest = row[0];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row[j + 1] = cost;
            smallest = smallest.min(cost);
        }
        if smallest > bound {
            return bound + 1;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for word in words {
            vocabulary.add(word, 1);
        }
        vocabulary
    }

    fn distance(a: &str, b: &str) -> usize {
        edits(&a.chars().collect::<Vec<_>>(), b, 9)
    }

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        assert_eq!(distance("ludwigslsut", "ludwigslust"), 1);
        assert_eq!(distance("tagesplfege", "tagespflege"), 1);
        assert_eq!(distance("apoteke", "apotheke"), 1);
        assert_eq!(distance("kat", "hund"), 4);
    }

    #[test]
    fn short_words_and_postcodes_are_never_corrected() {
        assert_eq!(vocabulary(&["arzt"]).nearest("art"), None);
        assert_eq!(vocabulary(&["19370"]).nearest("19371"), None);
    }

    #[test]
    fn long_words_may_be_wrong_twice_and_short_ones_once() {
        let known = vocabulary(&["hospiz", "kurzzeitpflege"]);
        assert_eq!(known.nearest("hopsiz"), Some(("hospiz", 1)));
        assert_eq!(known.nearest("hapsez"), None);
        assert_eq!(known.nearest("kurzeitpflge"), Some(("kurzzeitpflege", 2)));
    }

    #[test]
    fn the_nearest_word_wins_then_the_weightier_one() {
        let mut known = Vocabulary::default();
        for (word, weight) in [("plate", 5), ("platt", 1), ("platz", 9)] {
            known.add(word, weight);
        }
        assert_eq!(known.nearest("platx"), Some(("platz", 1)));
    }
}
