//! From what somebody typed to what they mean: a place, care types, needs, operators and names.

use std::collections::HashSet;

use app::domain::{care_type::Taxonomy, search_results::Understood};

use super::{
    compound::Splitter,
    lexicon::{LONGEST_PHRASE, Lexicon, Meaning},
    places::{Place, Places, Trust},
    text::{Word, stem, words},
    typing::Vocabulary,
};

mod phrases;

/// What the words of a query mean, and what it takes to match them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concept {
    /// Care types; an offer must be of one of them.
    CareTypes {
        /// Slugs, the likeliest first.
        asked: Vec<String>,
        /// Tags that answer as well as the types do.
        also: Vec<String>,
        typed: String,
        /// Stems of the typed words and of words that say the same: an entry named like this has a higher
        /// score.
        stems: Vec<String>,
        /// Only the care types with the greatest weight among the words count.
        weight: Weight,
    },
    /// A need, illness or target group, in an attribute or in the words of an entry.
    Need {
        tags: Vec<String>,
        /// Stems as typed.
        own: Vec<String>,
        /// Stems that say the same.
        stems: Vec<String>,
        typed: String,
    },
    /// An operator or its association.
    Operator { stems: Vec<String>, typed: String },
    /// Any other word: part of a name, a street, a description.
    Word { stem: String, parts: Vec<String>, typed: String },
    /// The place within a name ("Kloster Dobbertin"): it does not restrict, but orders.
    PlaceInName { stem: String, typed: String },
}

/// How much a word insists on its care types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It says something else first ("palliativ") and names care types only if nothing else does.
    Hint,
    /// It gives way where another care type stands beside it.
    Weak,
    Strong,
}

impl Concept {
    /// The words it was read from.
    pub fn typed(&self) -> &str {
        match self {
            Self::CareTypes { typed, .. }
            | Self::Need { typed, .. }
            | Self::Operator { typed, .. }
            | Self::Word { typed, .. }
            | Self::PlaceInName { typed, .. } => typed,
        }
    }
}

/// A query, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understanding {
    pub concepts: Vec<Concept>,
    pub place: Option<PlaceInText>,
    /// The text without "jetzt geöffnet", where that was among its words.
    pub text_without_open: Option<String>,
    pub notes: Vec<Understood>,
}

/// A place that was named in free text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceInText {
    pub place: Place,
    /// The text without the place's name.
    pub rest: String,
}

/// What understanding needs to know.
pub struct Knowledge<'a> {
    pub lexicon: &'a Lexicon,
    pub splitter: &'a Splitter,
    pub places: &'a Places,
    pub vocabulary: &'a Vocabulary,
    pub taxonomy: &'a Taxonomy,
    /// Whether a stem occurs in the records.
    pub occurs: &'a dyn Fn(&str) -> bool,
    /// Whether two stems stand side by side in a name.
    pub is_pair: &'a dyn Fn(&str, &str) -> bool,
    /// How a folded word is written properly.
    pub display: &'a dyn Fn(&str) -> Option<String>,
}

/// Words before which a place is meant even where the word means something else, too.
const BEFORE_PLACES: &[&str] = &["in", "bei", "nahe", "um", "nach", "aus", "raum", "umgebung"];

impl Knowledge<'_> {
    /// Understands a text. With `find_place` false the place was given elsewhere.
    pub fn understand(&self, text: &str, find_place: bool) -> Understanding {
        let mut found = words(text);
        let mut understanding = Understanding::default();
        for word in &mut found {
            if let Some(note) = self.correct(word) {
                understanding.notes.push(note);
            }
        }
        let place = if find_place { self.find_place(&found) } else { None };
        if let Some((from, to, _)) = place
            && to - from == 1
            && self.is_name_with_place(&found, from)
        {
            let word = found.remove(from);
            self.read_concepts(text, &found, &mut understanding);
            understanding.concepts.push(Concept::PlaceInName { stem: word.stem, typed: word.typed });
            return understanding;
        }
        if let Some((from, to, place)) = place {
            understanding.place = Some(PlaceInText { place, rest: without(text, &found[from..to]) });
            found.drain(from..to);
        }
        self.read_concepts(text, &found, &mut understanding);
        understanding
    }

    /// The place that a text as a whole names, as in "Ort oder PLZ"; misspelt ones are forgiven.
    pub fn place_of(&self, text: &str) -> Option<Place> {
        let mut found = words(text);
        if let Some(code) = found.iter().find(|w| w.folded.len() == 5 && is_number(&w.folded))
            && let Some((place, _)) = self.places.find(&code.folded)
        {
            return Some(place.clone());
        }
        for attempt in 0..2 {
            let longest = (0..found.len())
                .filter_map(|at| self.places.longest_at(&found[at..]))
                .max_by_key(|(_, trust, count)| (*count, *trust));
            if let Some((place, _, _)) = longest {
                return Some(place.clone());
            }
            if attempt == 0 {
                for word in &mut found {
                    if let Some((near, _)) = self.vocabulary.nearest(&word.folded) {
                        word.folded = near.to_owned();
                    }
                }
            }
        }
        None
    }

    fn is_known(&self, word: &Word) -> bool {
        word.folded.len() < 4
            || word.folded.bytes().any(|b| b.is_ascii_digit())
            || self.lexicon.knows(&word.stem)
            || self.places.find(&word.folded).is_some_and(|(_, trust)| trust > Trust::Elsewhere)
            || (self.occurs)(&word.stem)
            || self.places.knows_word(&word.folded)
    }

    /// Reads an unknown word as the known one it was meant to be.
    fn correct(&self, word: &mut Word) -> Option<Understood> {
        if self.is_known(word) {
            return None;
        }
        let nearest = self.vocabulary.nearest(&word.folded);
        let meant = match nearest {
            // "Kurzeitpflege" could be made of "Kur", "Zeit" and "Pflege", but who would?
            Some((near, 1)) if word.folded.len() >= 8 && self.lexicon.meaning(&stem(near)).is_some() => {
                near.to_owned()
            }
            _ if !self.splitter.split(&word.folded).is_empty() => return None,
            Some((near, _)) => near.to_owned(),
            None => self.correct_compound(&word.folded)?,
        };
        word.stem = stem(&meant);
        let read_as = (self.display)(&meant).unwrap_or_else(|| meant.clone());
        word.folded = meant;
        Some(Understood::Corrected { typed: word.typed.clone(), read_as })
    }

    /// A compound with a typing error in one of two parts.
    fn correct_compound(&self, folded: &str) -> Option<String> {
        if !folded.is_ascii() || folded.len() > 60 {
            return None;
        }
        (4..folded.len().saturating_sub(3)).rev().find_map(|at| {
            let (head, tail) = folded.split_at(at);
            let known = |part: &str| self.lexicon.knows(&stem(part)) || !self.splitter.split(part).is_empty();
            if known(head) {
                self.vocabulary.nearest(tail).filter(|n| known(n.0)).map(|(near, _)| format!("{head}{near}"))
            } else if known(tail) {
                self.vocabulary.nearest(head).filter(|n| known(n.0)).map(|(near, _)| format!("{near}{tail}"))
            } else {
                None
            }
        })
    }

    /// Whether the query is nothing but a name with a place in it, as some record has it: "Kloster
    /// Dobbertin" runs houses in many places.
    fn is_name_with_place(&self, found: &[Word], place: usize) -> bool {
        let is_name = |word: &Word| {
            let meaning = self.lexicon.meaning(&word.stem);
            meaning.is_none_or(|m| m.care_types.is_empty() && m.specialisms.is_empty() && !m.operator)
                && !self.lexicon.is_stop(&word.stem)
                && !self.lexicon.is_filler(&word.stem)
                && (self.occurs)(&word.stem)
        };
        let Some(before) = place.checked_sub(1).map(|at| &found[at]) else { return false };
        let others = found.iter().enumerate().filter(|(at, _)| *at != place);
        others.map(|(_, word)| word).all(is_name) && (self.is_pair)(&before.stem, &found[place].stem)
    }

    fn names_care_types(&self, word: &Word) -> bool {
        let strong = |meaning: &Meaning| !meaning.care_types.is_empty() || meaning.operator;
        self.lexicon.meaning(&word.stem).is_some_and(strong) || self.lexicon.is_filler(&word.stem)
    }

    /// The likeliest place among the words: from, to, place.
    fn find_place(&self, found: &[Word]) -> Option<(usize, usize, Place)> {
        let mut best: Option<(Trust, usize, usize, Place)> = None;
        for at in 0..found.len() {
            let Some((place, trust, count)) = self.places.longest_at(&found[at..]) else { continue };
            let named = &found[at..at + count];
            let introduced = at > 0 && BEFORE_PLACES.contains(&found[at - 1].folded.as_str());
            let elsewhere = found[..at].iter().chain(&found[at + count..]);
            let asked_elsewhere = || elsewhere.clone().any(|word| self.names_care_types(word));
            let is_word = |word: &Word| {
                self.lexicon.meaning(&word.stem).is_some()
                    || self.lexicon.is_stop(&word.stem)
                    || self.lexicon.is_filler(&word.stem)
            };
            let in_records = named.iter().all(|w| (self.occurs)(&w.stem)) && !is_number(&named[0].folded);
            let accepted = match trust {
                // A village may be called like a thing ("Rampe"): then the other words tell.
                Trust::Records => {
                    introduced || count > 1 || !self.names_care_types(&named[0]) || asked_elsewhere()
                }
                Trust::Nearby => introduced || !(named.iter().any(is_word) || in_records),
                Trust::Elsewhere => !(named.iter().any(is_word) || in_records),
            };
            let better = best.as_ref().is_none_or(|b| (trust, count) > (b.0, b.2 - b.1));
            if accepted && better {
                best = Some((trust, at, at + count, place.clone()));
            }
        }
        best.map(|(_, from, to, place)| (from, to, place))
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// The text without some of its words, and without the "in" that stood before them.
fn without(text: &str, removed: &[Word]) -> String {
    let (Some(first), Some(last)) = (removed.first(), removed.last()) else { return text.to_owned() };
    without_span(text, first.start, last.end)
}

/// The same for a span in bytes.
fn without_span(text: &str, from: usize, to: usize) -> String {
    let mut before = text[..from].trim_end();
    for preposition in ["in der Nähe von", "in", "bei", "um", "nahe", "Raum"] {
        let Some(at) = before.len().checked_sub(preposition.len()) else { continue };
        let fits = before.is_char_boundary(at)
            && before[at..].to_lowercase() == preposition.to_lowercase()
            && (at == 0 || before[..at].ends_with(' '));
        if fits {
            before = before[..at].trim_end();
            break;
        }
    }
    let rest = format!("{before} {}", text[to..].trim_start());
    rest.trim_matches(|c: char| c.is_whitespace() || c == ',').to_owned()
}
