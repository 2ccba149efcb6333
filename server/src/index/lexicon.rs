//! What people call things: a list of words, each with what it stands for.
//!
//! The lists are the text files of `server/lexicon/`, written for people: see its README.

use std::collections::{HashMap, HashSet};

use app::domain::{care_type::Taxonomy, vocabulary::LexiconLine};

use super::{compound::Splitter, text::words};

/// The built-in lists with their names, in reading order.
const FILES: &[(&str, &str)] = &[
    ("pflege.txt", include_str!("../../lexicon/pflege.txt")),
    ("zuhause.txt", include_str!("../../lexicon/zuhause.txt")),
    ("wohnen.txt", include_str!("../../lexicon/wohnen.txt")),
    ("hospiz.txt", include_str!("../../lexicon/hospiz.txt")),
    ("beratung.txt", include_str!("../../lexicon/beratung.txt")),
    ("medizin.txt", include_str!("../../lexicon/medizin.txt")),
    ("fachaerzte.txt", include_str!("../../lexicon/fachaerzte.txt")),
    ("vorbeugen.txt", include_str!("../../lexicon/vorbeugen.txt")),
    ("beduerfnisse.txt", include_str!("../../lexicon/beduerfnisse.txt")),
    ("traeger.txt", include_str!("../../lexicon/traeger.txt")),
    ("fuellwoerter.txt", include_str!("../../lexicon/fuellwoerter.txt")),
    ("wortteile.txt", include_str!("../../lexicon/wortteile.txt")),
];

/// Most words a phrase of the lexicon may have.
pub const LONGEST_PHRASE: usize = 6;

/// Shortest word of a phrase that compounds are split into; shorter parts are listed as such.
const SHORTEST_PART: usize = 4;

mod own;

/// What a word or phrase stands for.
// Each flag is a target of the lists of its own; together they are no state.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Slugs of care types, the likeliest first.
    pub care_types: Vec<String>,
    /// Slugs of specialisms.
    pub specialisms: Vec<String>,
    /// Slugs of specialisms that answer as well as the care types do.
    pub also: Vec<String>,
    /// Stems that say the same in names and descriptions.
    pub text: Vec<String>,
    /// Medical specialty, for doctors.
    pub specialty: Option<String>,
    pub barrier_free: bool,
    pub open_now: bool,
    /// ISO 639-1 code of a language.
    pub language: Option<String>,
    /// Names an operator or its association.
    pub operator: bool,
    /// Gives way where another care type stands beside it.
    pub weak: bool,
}

/// A line of a list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, Zeile {line}: {reason}")]
pub struct LexiconError {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

/// The lists, ready for use. Keys are stems, joined by a blank.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    meanings: HashMap<String, Meaning>,
    /// Folded words of all phrases with their spelling, for typing errors and compounds.
    words: HashMap<String, String>,
    /// The same as stems: a word of these is known.
    stems: HashSet<String>,
    stops: HashSet<String>,
    /// Words that only say "a place of this kind".
    fillers: HashSet<String>,
    parts: HashSet<String>,
    /// Words and phrases with a meaning, as written.
    phrases: Vec<Box<str>>,
    entries: usize,
}

impl Lexicon {
    /// Reads the built-in lists.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::read(FILES.iter().copied())
    }

    /// Reads lists, given as name and text. A word that occurs again gains further meanings.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        for (file, text) in files {
            for (at, line) in text.lines().enumerate() {
                let line = line.split('#').next().unwrap_or_default().trim();
                if !line.is_empty() {
                    lexicon.add_line(line).map_err(|reason| LexiconError {
                        file: file.to_owned(),
                        line: at + 1,
                        reason,
                    })?;
                }
            }
        }
        // A word that means something by itself is no stop word, whatever another list says.
        let meanings = &lexicon.meanings;
        lexicon.stops.retain(|stop| !meanings.contains_key(stop));
        // Queries lose their stop words before phrases are looked up, so the phrases lose theirs.
        for (phrase, meaning) in std::mem::take(&mut lexicon.meanings) {
            let key = lexicon.key(&phrase.split(' ').collect::<Vec<_>>());
            merge(lexicon.meanings.entry(key).or_default(), &meaning);
        }
        Ok(lexicon)
    }

    /// The built-in lists with the names and lines of a county.
    pub fn of_county(taxonomy: &Taxonomy, lines: &[LexiconLine]) -> Result<Self, LexiconError> {
        Ok(Self::builtin()?.with_names_of(taxonomy).with_lines(lines))
    }

    fn add_line(&mut self, line: &str) -> Result<(), String> {
        let (names, targets) = line.split_once('=').ok_or("es fehlt ein „=“ zwischen Wort und Bedeutung")?;
        let mut meaning = Meaning::default();
        let mut special = None;
        for target in join_blank_values(targets) {
            match target.split_once(':') {
                None if matches!(&*target, "stop" | "rest" | "teil") => special = Some(target),
                None if target == "traeger" => meaning.operator = true,
                Some(("art", slugs)) => meaning.care_types.extend(list(slugs, ',')),
                Some(("schwerpunkt", slugs)) => meaning.specialisms.extend(list(slugs, ',')),
                Some(("auch", slugs)) => meaning.also.extend(list(slugs, ',')),
                Some(("text", words_of)) => {
                    meaning.text.extend(list(words_of, '|').iter().flat_map(|w| words(w)).map(|w| w.stem));
                }
                Some(("fach", name)) => meaning.specialty = Some(name.to_owned()),
                Some(("merkmal", "barrierefrei")) => meaning.barrier_free = true,
                Some(("offen", "ja")) => meaning.open_now = true,
                Some(("sprache", code)) => meaning.language = Some(code.to_owned()),
                _ => return Err(format!("„{target}“ ist keine bekannte Bedeutung")),
            }
        }
        meaning.weak = special.as_deref() == Some("rest");
        if meaning != (Meaning { weak: meaning.weak, ..Meaning::default() }) {
            special = None;
        } else if special.is_none() {
            return Err("hinter dem „=“ steht keine Bedeutung".to_owned());
        }
        for name in list(names, ',') {
            self.add(&name, special.as_deref(), &meaning)?;
        }
        Ok(())
    }

    fn add(&mut self, name: &str, special: Option<&str>, meaning: &Meaning) -> Result<(), String> {
        let found = words(name);
        if found.is_empty() || found.len() > LONGEST_PHRASE + 4 {
            return Err(format!("„{name}“ ist kein Wort und keine kurze Wortgruppe"));
        }
        let key = found.iter().map(|w| w.stem.as_str()).collect::<Vec<_>>().join(" ");
        match special {
            Some("teil") => self.parts.extend(found.into_iter().map(|w| w.folded)),
            Some("stop") => drop(self.stops.insert(key)),
            other => {
                if other.is_some() {
                    self.fillers.insert(key);
                } else {
                    self.entries += 1;
                    self.phrases.push(name.into());
                    merge(self.meanings.entry(key).or_default(), meaning);
                }
                self.stems.extend(found.iter().map(|w| w.stem.clone()));
                self.words.extend(found.into_iter().map(|w| (w.folded, w.typed)));
            }
        }
        Ok(())
    }

    /// What a phrase stands for: its stems without stop words, joined by blanks.
    pub fn meaning(&self, key: &str) -> Option<&Meaning> {
        self.meanings.get(key)
    }

    /// Whether the word says nothing for a search.
    pub fn is_stop(&self, stem: &str) -> bool {
        self.stops.contains(stem)
    }

    /// Whether the word only says "a place of this kind".
    pub fn is_filler(&self, stem: &str) -> bool {
        self.fillers.contains(stem)
    }

    /// Whether the word occurs in the lists.
    pub fn knows(&self, stem: &str) -> bool {
        self.stems.contains(stem) || self.stops.contains(stem)
    }

    /// Folded words with a meaning, for the correction of typing errors.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(folded, typed)| (folded.as_str(), typed.as_str()))
    }

    /// Words and phrases as written, each with what it stands for.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &Meaning)> {
        self.phrases.iter().filter_map(|phrase| {
            let found = words(phrase);
            let key = self.key(&found.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>());
            Some((&**phrase, self.meaning(&key)?))
        })
    }

    /// Makes the names of care types known that no list knows: a county may call them as it likes.
    #[must_use]
    pub fn with_names_of(mut self, taxonomy: &Taxonomy) -> Self {
        for care_type in taxonomy.all() {
            let found = words(&care_type.name);
            let key = self.key(&found.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>());
            if !key.is_empty() && found.len() <= LONGEST_PHRASE && self.meaning(&key).is_none() {
                let care_types = vec![care_type.slug.as_str().to_owned()];
                self.meanings.insert(key, Meaning { care_types, ..Meaning::default() });
                self.stems.extend(found.iter().map(|word| word.stem.clone()));
                self.words.extend(found.into_iter().map(|word| (word.folded, word.typed)));
            }
        }
        self
    }

    /// How many words and phrases have a meaning.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// A splitter that knows the words of the lists.
    pub fn splitter(&self) -> Splitter {
        // Short words of phrases ("zum", "OP") would split what is no compound.
        let words = self.words.keys().filter(|word| word.len() >= SHORTEST_PART);
        Splitter::new(words.chain(&self.parts).cloned())
    }

    /// The key of a phrase: its stems without stop words, unless nothing else is left.
    fn key(&self, stems: &[&str]) -> String {
        let kept: Vec<&str> = stems.iter().copied().filter(|stem| !self.stops.contains(*stem)).collect();
        if kept.is_empty() { stems.join(" ") } else { kept.join(" ") }
    }
}

fn merge(into: &mut Meaning, from: &Meaning) {
    let add = |into: &mut Vec<String>, from: &[String]| {
        for value in from {
            if !into.contains(value) {
                into.push(value.clone());
            }
        }
    };
    add(&mut into.care_types, &from.care_types);
    add(&mut into.specialisms, &from.specialisms);
    add(&mut into.also, &from.also);
    add(&mut into.text, &from.text);
    into.specialty = into.specialty.take().or_else(|| from.specialty.clone());
    into.language = into.language.take().or_else(|| from.language.clone());
    into.barrier_free |= from.barrier_free;
    into.open_now |= from.open_now;
    into.operator |= from.operator;
    into.weak |= from.weak;
}

fn list(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// Splits targets at blanks; what has no colon and is no keyword belongs to the value before it
/// ("fach:Innere Medizin").
fn join_blank_values(targets: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for word in targets.split_whitespace() {
        let starts = word.contains(':') || matches!(word, "stop" | "rest" | "teil" | "traeger");
        match joined.last_mut() {
            Some(last) if !starts && last.starts_with("fach:") => {
                last.push(' ');
                last.push_str(word);
            }
            _ => joined.push(word.to_owned()),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(text: &str) -> Lexicon {
        Lexicon::read([("probe.txt", text)]).expect("a readable list")
    }

    #[test]
    fn a_line_gives_each_of_its_words_the_meaning() {
        let lexicon = lexicon("Altersheim, Heim für Alte = art:vollstationaere-pflege # alt\nfür = stop");
        for key in ["altersheim", "heim alt"] {
            assert_eq!(lexicon.meaning(key).expect(key).care_types, ["vollstationaere-pflege"]);
        }
        assert!(lexicon.is_stop("fur"));
        assert_eq!(lexicon.len(), 2);
    }

    #[test]
    fn a_specialty_may_have_several_words() {
        let lexicon = lexicon("Internist = art:facharzt fach:Innere Medizin text:innere");
        let meaning = lexicon.meaning("internist").expect("a meaning");
        assert_eq!(meaning.specialty.as_deref(), Some("Innere Medizin"));
        assert_eq!(meaning.text, ["inn"]);
    }

    #[test]
    fn an_unreadable_line_is_named() {
        let error = Lexicon::read([("a.txt", "gut = stop\nHeim = was:auch-immer")]).expect_err("an error");
        assert_eq!((error.file.as_str(), error.line), ("a.txt", 2));
        assert!(Lexicon::read([("a.txt", "Heim")]).is_err());
    }

    #[test]
    fn the_builtin_lists_name_only_what_exists() {
        let lexicon = Lexicon::builtin().expect("readable lists");
        assert!(lexicon.len() >= 300, "{} entries", lexicon.len());
        let taxonomy = app::domain::care_type::Taxonomy::builtin();
        for (key, meaning) in &lexicon.meanings {
            for slug in &meaning.care_types {
                assert!(taxonomy.find(slug).is_some(), "{key} names {slug}");
            }
            for slug in meaning.specialisms.iter().chain(&meaning.also) {
                assert!(taxonomy.find_specialism(slug).is_some(), "{key} names {slug}");
            }
        }
    }
}
