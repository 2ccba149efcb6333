//! German words as the index sees them: folded, stemmed, without regard to spelling habits.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word of a text: as typed, folded and stemmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub typed: String,
    /// Lower case, without umlauts: `lubz` for Lübz, Luebz and Lubz.
    pub folded: String,
    /// The folded word's stem: `pfleg` for Pflege and pflegen.
    pub stem: String,
    /// Where it stands in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

/// Folds a word so that its usual spellings become the same: lower case, no accents, `ß` as `ss`, and
/// `ae`, `oe`, `ue` like the umlauts they stand for (not in `que`, and not after a vowel as in
/// "Bauer"), as in Snowball's "german2" stemmer.
pub fn fold(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c == 'ß' {
            plain.push_str("ss");
        } else if c == 'e' && ends_like_an_umlaut(&plain) {
            // The umlaut's own letter stays, its "e" goes.
        } else {
            plain.push(c);
        }
    }
    plain
}

fn ends_like_an_umlaut(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match (letters.next(), letters.next()) {
        (Some('a' | 'o'), _) => true,
        (Some('u'), previous) => !matches!(previous, Some('a' | 'e' | 'i' | 'o' | 'u' | 'q')),
        _ => false,
    }
}

/// Plurals the stemmer does not know, at the end of compounds too, with the stem of their singular.
const IRREGULAR: &[(&str, &str)] = &[("praxen", "praxis"), ("zentren", "zentrum"), ("museen", "museum")];

/// The stem of a folded word. Numbers stay as they are.
pub fn stem(folded: &str) -> String {
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.to_owned();
    }
    // "Kurs" is no "Kur".
    if matches!(folded, "kurs" | "kurse" | "kursen" | "kurses") {
        return "kurs".to_owned();
    }
    for (plural, singular) in IRREGULAR {
        if let Some(before) = folded.strip_suffix(plural) {
            return format!("{before}{singular}");
        }
    }
    let stem = Stemmer::create(Algorithm::German).stem(folded).into_owned();
    // The stemmer leaves the feminine "in" alone.
    match stem.strip_suffix("inn").or_else(|| stem.strip_suffix("in")) {
        Some(male) if male.len() >= 5 => male.to_owned(),
        _ => stem,
    }
}

/// Splits a text into words at everything that is neither letter nor digit.
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = spans(text)
        .map(|(start, end)| {
            let folded = fold(&text[start..end]);
            Word { typed: text[start..end].to_owned(), stem: stem(&folded), folded, start, end }
        })
        .collect();
    join_zuhause(text, &mut found);
    found
}

/// Where the words of a text stand, in bytes.
pub fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric() || is_combining_mark(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found.into_iter()
}

/// "zu Hause" is one word, so that "Hause" is not mistaken for a house.
fn join_zuhause(text: &str, found: &mut Vec<Word>) {
    let mut at = 1;
    while at < found.len() {
        if found[at].folded == "hause" && matches!(found[at - 1].folded.as_str(), "zu" | "nach" | "von") {
            let house = found.remove(at);
            let joined = &mut found[at - 1];
            joined.end = house.end;
            text[joined.start..joined.end].clone_into(&mut joined.typed);
            "zuhause".clone_into(&mut joined.folded);
            joined.stem = stem("zuhause");
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn umlauts_are_the_same_in_every_spelling() {
        for spelling in ["Lübz", "Luebz", "Lubz", "LÜBZ", "lu\u{308}bz"] {
            assert_eq!(fold(spelling), "lubz", "{spelling}");
        }
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("Quelle"), "quelle");
        assert_eq!(fold("Bauer"), "bauer");
        assert_eq!(fold("Neue"), "neue");
    }

    #[test]
    fn inflected_words_share_a_stem() {
        let stem_of = |word: &str| words(word)[0].stem.clone();
        for (one, other) in [
            ("Arzt", "Ärzte"),
            ("Arzt", "Aerzten"),
            ("Apotheke", "Apotheken"),
            ("Pflegeheim", "Pflegeheime"),
            ("Haus", "Häuser"),
            ("Wohnung", "Wohnungen"),
            ("Arztpraxis", "Arztpraxen"),
            ("Seniorenzentrum", "Seniorenzentren"),
            ("häusliche", "häuslicher"),
        ] {
            assert_eq!(stem_of(one), stem_of(other), "{one} {other}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "Pflege-WG, Lübz";
        let found = words(text);
        assert_eq!(found.iter().map(|w| &text[w.start..w.end]).collect::<Vec<_>>(), ["Pflege", "WG", "Lübz"]);
    }

    proptest! {
        #[test]
        fn any_text_is_split_without_panic(text in ".{0,200}") {
            for word in words(&text) {
                prop_assert_eq!(&text[word.start..word.end], word.typed.as_str());
            }
        }
    }
}
