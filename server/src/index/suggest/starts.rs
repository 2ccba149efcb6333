//! A sorted table of where words begin: finds every text with a word, or words side by side, that
//! begins as typed. It holds numbers only; the texts stay where they are.

use std::collections::HashSet;

/// A word of a text: number of the text, and where the word begins in it, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    pub entry: u32,
    pub at: u16,
}

/// Word beginnings in the order of what follows them. Texts are folded.
#[derive(Clone, Debug, Default)]
pub struct WordStarts {
    rows: Vec<Start>,
}

impl WordStarts {
    /// The table of some texts.
    pub fn build<'a>(texts: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut rows: Vec<(&str, Start)> = texts.flat_map(|(entry, text)| starts(entry, text)).collect();
        rows.sort_unstable_by_key(|(rest, start)| (*rest, start.entry));
        Self { rows: rows.into_iter().map(|(_, start)| start).collect() }
    }

    /// The same with some texts in their newest state. `text` answers nothing for one that is gone.
    #[must_use]
    pub fn with_changes<'a>(&self, changed: &HashSet<u32>, text: impl Fn(u32) -> Option<&'a str>) -> Self {
        let kept: Vec<Start> =
            self.rows.iter().filter(|row| !changed.contains(&row.entry)).copied().collect();
        let mut new: Vec<(&str, Start)> = changed
            .iter()
            .filter_map(|entry| Some((*entry, text(*entry)?)))
            .flat_map(|(entry, text)| starts(entry, text))
            .collect();
        new.sort_unstable_by_key(|(rest, start)| (*rest, start.entry));
        let mut rows = Vec::with_capacity(kept.len() + new.len());
        let mut from = 0;
        for (rest, start) in new {
            let before = |row: &Start| (suffix(*row, &text), row.entry) < (rest, start.entry);
            let to = from + kept[from..].partition_point(before);
            rows.extend_from_slice(&kept[from..to]);
            rows.push(start);
            from = to;
        }
        rows.extend_from_slice(&kept[from..]);
        Self { rows }
    }

    /// Every word that begins with `prefix`, in order of what follows.
    pub fn range<'a>(&self, prefix: &str, text: impl Fn(u32) -> Option<&'a str>) -> &[Start] {
        let from = self.rows.partition_point(|row| suffix(*row, &text) < prefix);
        let count = self.rows[from..].partition_point(|row| suffix(*row, &text).starts_with(prefix));
        &self.rows[from..from + count]
    }
}

fn suffix<'a>(row: Start, text: &impl Fn(u32) -> Option<&'a str>) -> &'a str {
    text(row.entry).and_then(|text| text.get(usize::from(row.at)..)).unwrap_or_default()
}

fn starts(entry: u32, text: &str) -> impl Iterator<Item = (&str, Start)> {
    word_starts(text)
        .filter_map(move |at| Some((text.get(at..)?, Start { entry, at: u16::try_from(at).ok()? })))
}

/// Where the words of a text begin, in bytes.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        begins.then_some(at)
    })
}

/// Whether a word of the text begins like this.
pub fn has_word(text: &str, prefix: &str) -> bool {
    word_starts(text).any(|at| text[at..].starts_with(prefix))
}

/// Edits between what was typed and the nearest beginning of a text (a swap of neighbours is one);
/// `None` above `bound`.
pub fn prefix_edits(typed: &[char], text: &str, bound: usize) -> Option<usize> {
    let text: Vec<char> = text.chars().take(typed.len() + bound).collect();
    let mut before_last = vec![0; text.len() + 1];
    let mut last: Vec<usize> = (0..=text.len()).collect();
    let mut row = vec![0; text.len() + 1];
    for (i, &x) in typed.iter().enumerate() {
        row[0] = i + 1;
        for (j, &y) in text.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == text[j - 1] && typed[i - 1] == y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        if row.iter().all(|cost| *cost > bound) {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.into_iter().min().filter(|edits| *edits <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] = ["haus am see", "seehaus (alt)", "am markt"];

    fn text(entry: u32) -> Option<&'static str> {
        TEXTS.get(entry as usize).copied()
    }

    fn found(table: &WordStarts, prefix: &str) -> Vec<u32> {
        table.range(prefix, text).iter().map(|row| row.entry).collect()
    }

    #[test]
    fn any_word_and_words_side_by_side_are_found_by_their_beginning() {
        let table = WordStarts::build((0..).zip(TEXTS));
        assert_eq!(found(&table, "see"), [0, 1]);
        assert_eq!(found(&table, "am s"), [0]);
        assert_eq!(found(&table, "alt"), [1]);
        assert!(found(&table, "zoo").is_empty());
    }

    #[test]
    fn a_table_changed_step_by_step_is_the_same_as_one_built_anew() {
        let before = WordStarts::build([(0, "haus am see"), (1, "weg"), (2, "fort")].into_iter());
        let changed = before.with_changes(&HashSet::from([1, 2]), text);
        assert_eq!(changed.rows, WordStarts::build((0..).zip(TEXTS)).rows);
    }

    #[test]
    fn a_beginning_may_be_mistyped() {
        let edits = |typed: &str, text| prefix_edits(&typed.chars().collect::<Vec<_>>(), text, 1);
        assert_eq!(edits("kurzei", "kurzzeitpflege"), Some(1));
        assert_eq!(edits("parhcim", "parchim"), Some(1));
        assert_eq!(edits("hospiz", "hospital"), Some(1));
        assert_eq!(edits("apotheke", "arzt"), None);
    }
}
