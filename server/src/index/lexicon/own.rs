//! The county's own lines, which add to what the built-in lists know.

use app::domain::vocabulary::{LexiconLine, Targets};

use super::{Lexicon, Meaning, merge};
use crate::index::text::words;

impl Lexicon {
    /// Adds lines of a county. A word that is known already gains further meanings.
    #[must_use]
    pub fn with_lines(mut self, lines: &[LexiconLine]) -> Self {
        // What "the same as" means is said by the lists, whatever the order of the lines.
        let meanings: Vec<Meaning> = lines.iter().map(|line| self.meaning_of(&line.targets)).collect();
        for (line, meaning) in lines.iter().zip(meanings) {
            for phrase in line.words.iter().filter(|_| meaning != Meaning::default()) {
                self.add_phrase(phrase, &meaning);
            }
        }
        self
    }

    /// What a word or phrase stands for, as somebody types it.
    pub fn meaning_of_phrase(&self, phrase: &str) -> Option<&Meaning> {
        self.meaning(&self.key_of(phrase))
    }

    /// Whether a word or phrase says nothing by itself, so that giving it a meaning would spoil other searches.
    pub fn says_nothing(&self, phrase: &str) -> bool {
        let stems: Vec<String> = words(phrase).into_iter().map(|word| word.stem).collect();
        self.is_stop(&stems.join(" ")) || stems.iter().all(|stem| self.is_stop(stem) || self.is_filler(stem))
    }

    fn key_of(&self, phrase: &str) -> String {
        let found = words(phrase);
        self.key(&found.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>())
    }

    fn meaning_of(&self, targets: &Targets) -> Meaning {
        let mut meaning = Meaning {
            care_types: targets.care_types.iter().map(ToString::to_string).collect(),
            specialisms: targets.specialisms.clone(),
            ..Meaning::default()
        };
        for same in &targets.same_as {
            match self.meaning_of_phrase(same) {
                Some(known) => merge(&mut meaning, known),
                None => meaning.text.extend(words(same).into_iter().map(|word| word.stem)),
            }
        }
        meaning
    }

    fn add_phrase(&mut self, phrase: &str, meaning: &Meaning) {
        let found = words(phrase);
        // A later program may call a stop word what was none when somebody wrote the line.
        if found.is_empty() || self.says_nothing(phrase) {
            return;
        }
        let key = self.key_of(phrase);
        self.entries += 1;
        self.phrases.push(phrase.into());
        merge(self.meanings.entry(key).or_default(), meaning);
        self.stems.extend(found.iter().map(|word| word.stem.clone()));
        self.words.extend(found.into_iter().map(|word| (word.folded, word.typed)));
    }
}

#[cfg(test)]
mod tests {
    use app::domain::{care_type::CareTypeSlug, ids::LexiconLineId};
    use time::OffsetDateTime;

    use super::*;

    fn line(words: &[&str], care_types: &[&str], same_as: &[&str]) -> LexiconLine {
        let list = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        LexiconLine {
            id: LexiconLineId(uuid::Uuid::nil()),
            words: list(words),
            targets: Targets {
                care_types: care_types.iter().filter_map(|slug| CareTypeSlug::parse(slug)).collect(),
                specialisms: Vec::new(),
                same_as: list(same_as),
            },
            author: None,
            changed_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_line_gives_its_words_types_or_the_meaning_of_others() {
        let lines = [
            line(&["Käsekrainer", "Haus für Käse"], &["tagespflege"], &[]),
            line(&["Wurstsemmel"], &[], &["Tagespflege"]),
            line(&["Semmel"], &[], &["Zimtschnecke"]),
        ];
        let lexicon = Lexicon::builtin().expect("readable lists").with_lines(&lines);
        for phrase in ["Käsekrainer", "haus fuer käse", "Wurstsemmel"] {
            let meaning = lexicon.meaning_of_phrase(phrase).expect(phrase);
            assert!(meaning.care_types.contains(&"tagespflege".to_owned()), "{phrase}: {meaning:?}");
        }
        let semmel = lexicon.meaning_of_phrase("Semmel").expect("a meaning");
        assert!(semmel.care_types.is_empty() && semmel.text.len() == 1);
    }

    #[test]
    fn a_stop_word_stays_one() {
        let builtin = Lexicon::builtin().expect("readable lists");
        assert!(builtin.says_nothing("für") && builtin.says_nothing("") && !builtin.says_nothing("Heim"));
        let lexicon = builtin.with_lines(&[line(&["für"], &["tagespflege"], &[])]);
        assert!(lexicon.is_stop("fur") && lexicon.meaning_of_phrase("für").is_none());
    }

    #[test]
    fn a_known_word_gains_a_meaning_and_loses_none() {
        let builtin = Lexicon::builtin().expect("readable lists");
        let before = builtin.meaning_of_phrase("Altersheim").expect("a meaning").care_types.clone();
        let lexicon = builtin.with_lines(&[line(&["Altersheim"], &["hospiz"], &[])]);
        let after = &lexicon.meaning_of_phrase("Altersheim").expect("a meaning").care_types;
        assert!(before.iter().all(|slug| after.contains(slug)) && after.contains(&"hospiz".to_owned()));
    }
}
