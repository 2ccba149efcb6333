//! Suggestions while somebody types: care types, places and facilities whose names begin so.
//!
//! Sorted tables of word beginnings, in memory; what they are read from stays in facts and places.

use std::{collections::HashSet, sync::Arc};

use app::domain::{
    care_type::Taxonomy,
    suggestion::{SuggestQuery, Suggestion, SuggestionKind},
};

use super::{
    facts::{FacilityRef, Facts},
    lexicon::Lexicon,
    places::Places,
    snapshot::Snapshot,
    text::words,
    typing,
};

pub mod care_types;
pub mod place_names;
pub mod starts;
pub mod texts;

use care_types::CareTypeNames;
use place_names::PlaceNames;
use starts::{Start, WordStarts, has_word, prefix_edits};
use texts::Texts;

/// Most care types and most places beside each other, so that each kind has room.
const CARE_TYPES: usize = 3;
const PLACES: usize = 3;
/// Most words that are read.
const WORDS: usize = 8;
/// Most beginnings that are looked at; a longer word narrows them.
const ROWS: usize = 3000;
/// Words between what is sought and where.
const BEFORE_PLACES: &[&str] = &["in", "bei", "nahe", "um"];

/// The tables of one moment.
#[derive(Clone, Debug, Default)]
pub struct SuggestTables {
    care_types: Arc<CareTypeNames>,
    places: Arc<PlaceNames>,
    facilities: Arc<WordStarts>,
}

impl SuggestTables {
    /// Tables of names that do not change while the program runs.
    pub fn new(taxonomy: &Taxonomy, lexicon: &Lexicon) -> Self {
        Self { care_types: Arc::new(CareTypeNames::build(taxonomy, lexicon)), ..Self::default() }
    }

    /// The same with other places.
    #[must_use]
    pub fn with_places(&self, places: &Places) -> Self {
        Self { places: Arc::new(PlaceNames::build(places)), ..self.clone() }
    }

    /// The same with all facilities of the facts.
    #[must_use]
    pub fn with_all(&self, facts: &Facts) -> Self {
        let names = facts.iter().map(|(ordinal, facility)| (ordinal, facility.sort_name()));
        Self { facilities: Arc::new(WordStarts::build(names)), ..self.clone() }
    }

    /// The same with some facilities in their newest state.
    #[must_use]
    pub fn with_changes(&self, changed: &HashSet<u32>, facts: &Facts) -> Self {
        if changed.is_empty() {
            return self.clone();
        }
        let facilities = self.facilities.with_changes(changed, |ordinal| name(facts, ordinal));
        Self { facilities: Arc::new(facilities), ..self.clone() }
    }
}

/// What was typed, folded: the last word may be a beginning.
#[derive(Clone, Debug)]
pub struct Typed {
    words: Vec<String>,
    pub(super) phrase: String,
    /// Typing errors that are forgiven.
    edits: usize,
}

impl Typed {
    fn new(words: Vec<String>, forgiving: bool) -> Self {
        let phrase = words.join(" ");
        let digits = phrase.bytes().any(|b| b.is_ascii_digit());
        let edits = if forgiving && !digits { typing::allowed_edits(phrase.chars().count()) } else { 0 };
        Self { words, phrase, edits }
    }

    /// Every beginning in the texts that fits, with how many typing errors it takes.
    pub(super) fn rows(&self, texts: &Texts) -> Vec<(Start, usize)> {
        if self.edits > 0 {
            let typed: Vec<char> = self.phrase.chars().collect();
            // The first letter is rarely wrong, and tells most texts apart.
            let first: String = typed.iter().take(1).collect();
            let edits = |row: &Start| Some((*row, prefix_edits(&typed, texts.suffix(*row), self.edits)?));
            return texts.range(&first).iter().filter_map(edits).collect();
        }
        let mut found: Vec<(Start, usize)> =
            texts.range(&self.phrase).iter().take(ROWS).map(|row| (*row, 0)).collect();
        if found.is_empty() && self.words.len() > 1 {
            let rows = self.words.iter().map(|word| texts.range(word)).min_by_key(|rows| rows.len());
            let fits = |row: &&Start| self.fits(texts.get(row.entry).unwrap_or_default());
            found = rows.unwrap_or_default().iter().take(ROWS).filter(fits).map(|row| (*row, 0)).collect();
        }
        found
    }

    /// Whether each word begins a word of the text.
    fn fits(&self, text: &str) -> bool {
        self.words.iter().all(|word| has_word(text, word))
    }
}

impl Snapshot {
    /// Suggests what somebody may mean who is still typing.
    pub fn suggest(&self, query: &SuggestQuery) -> Vec<Suggestion> {
        let found: Vec<String> = words(&query.text).into_iter().take(WORDS).map(|word| word.folded).collect();
        if found.iter().map(|word| word.chars().count()).sum::<usize>() < SuggestQuery::FEWEST {
            return Vec::new();
        }
        let exact = Typed::new(found, false);
        let mut suggested = self.suggest_for(&exact, query.only_places);
        if suggested.is_empty() {
            suggested = self.suggest_for(&Typed::new(exact.words.clone(), true), query.only_places);
        }
        if suggested.is_empty() && !query.only_places {
            // Names whose words are complete, but misspelt.
            let nearest = |word: &String| match self.words.vocabulary.nearest(word) {
                Some((known, _)) => known.to_owned(),
                None => word.clone(),
            };
            let corrected: Vec<String> = exact.words.iter().map(nearest).collect();
            if corrected != exact.words {
                suggested = self.suggest_for(&Typed::new(corrected, false), false);
            }
        }
        suggested
    }

    fn suggest_for(&self, typed: &Typed, only_places: bool) -> Vec<Suggestion> {
        let most = Suggestion::MOST;
        let places = self.suggestions.places.find(typed, &self.places, only_places, most);
        let places: Vec<_> = places.into_iter().map(|p| place_names::suggestion(p, &self.facts)).collect();
        if only_places {
            return places;
        }
        let mut care_types = self.suggestions.care_types.find(typed, &self.taxonomy, most);
        if care_types.is_empty() {
            care_types = self.types_at_places(typed);
        }
        mixed(care_types, places, self.facilities_named(typed))
    }

    /// "Kurzzeitpflege Par": what was named, at the places whose names begin so.
    fn types_at_places(&self, typed: &Typed) -> Vec<Suggestion> {
        let words = &typed.words;
        let found = (1..words.len()).rev().find_map(|at| {
            let entry = self.suggestions.care_types.exactly(&words[..at].join(" "))?;
            let rest = &words[at..];
            let rest = if BEFORE_PLACES.contains(&rest[0].as_str()) { &rest[1..] } else { rest };
            (!rest.is_empty()).then(|| (entry, rest.to_vec()))
        });
        let Some((entry, rest)) = found else { return Vec::new() };
        let place = Typed::new(rest, typed.edits > 0);
        let places = self.suggestions.places.find(&place, &self.places, false, CARE_TYPES);
        let care_types = &self.suggestions.care_types;
        places.iter().map(|place| care_types.suggestion(entry, &self.taxonomy, Some(&place.label))).collect()
    }

    fn facilities_named(&self, typed: &Typed) -> Vec<Suggestion> {
        if typed.edits > 0 {
            return Vec::new();
        }
        let name = |ordinal| name(&self.facts, ordinal);
        let table = &self.suggestions.facilities;
        let mut rows: Vec<Start> = table.range(&typed.phrase, name).iter().take(ROWS).copied().collect();
        if rows.len() < Suggestion::MOST && typed.words.len() > 1 {
            let fewest = typed.words.iter().map(|word| table.range(word, name)).min_by_key(|rows| rows.len());
            let fits = |row: &&Start| name(row.entry).is_some_and(|name| typed.fits(name));
            rows.extend(fewest.unwrap_or_default().iter().take(ROWS).filter(fits));
        }
        // More than are shown, as some are left out.
        let key = |row: &Start| (row.at > 0, name(row.entry), row.entry);
        let wanted = 3 * Suggestion::MOST;
        if rows.len() > wanted {
            rows.select_nth_unstable_by_key(wanted, key);
            rows.truncate(wanted);
        }
        rows.sort_unstable_by_key(key);
        let mut seen = HashSet::new();
        let mut suggested: Vec<Suggestion> = Vec::new();
        for facility in rows.iter().filter_map(|row| self.facts.get(row.entry)) {
            let town = self.facts.municipality_of(&facility);
            let url = app::routes::facility(&self.facts.slug(facility));
            let suggestion = Suggestion::new(SuggestionKind::Facility, facility.name(), town, url);
            if seen.insert(suggestion.label.clone()) {
                suggested.push(suggestion);
            }
        }
        suggested
    }
}

/// Some of each kind; where one has few, the others have more.
fn mixed(
    care_types: Vec<Suggestion>,
    places: Vec<Suggestion>,
    facilities: Vec<Suggestion>,
) -> Vec<Suggestion> {
    let most = Suggestion::MOST;
    let mut room = [care_types.len().min(CARE_TYPES), places.len().min(PLACES), 0];
    room[2] = facilities.len().min(most - room[0] - room[1]);
    let mut left = most - room.iter().sum::<usize>();
    for (at, kind) in [&care_types, &places].into_iter().enumerate() {
        let more = left.min(kind.len() - room[at]);
        room[at] += more;
        left -= more;
    }
    let kinds = [care_types, places, facilities].into_iter().zip(room);
    kinds.flat_map(|(kind, room)| kind.into_iter().take(room)).collect()
}

fn name(facts: &Facts, ordinal: u32) -> Option<&str> {
    facts.get(ordinal).map(FacilityRef::sort_name)
}
