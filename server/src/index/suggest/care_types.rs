//! Care types by their names and by what people call them.

use app::domain::{
    care_type::Taxonomy,
    search::SearchQuery,
    suggestion::{Suggestion, SuggestionKind},
};

use super::{Typed, texts::Texts};
use crate::index::{
    lexicon::{Lexicon, Meaning},
    text::words,
};

/// Most care types that a suggestion names; where a word means more, the words are searched for.
const NAMED: usize = 2;

/// A name of care types.
#[derive(Clone, Debug)]
struct Called {
    /// Positions in the taxonomy.
    types: Vec<u16>,
    /// What people say; `None`: the name itself.
    said: Option<Box<str>>,
    /// The word says more than the types ("Demenzheim"), so that only it leads there.
    refined: bool,
}

/// All names of care types.
#[derive(Clone, Debug, Default)]
pub struct CareTypeNames {
    called: Vec<Called>,
    texts: Texts,
}

impl CareTypeNames {
    /// Collects the names of the visible types, and the words of the lists that stand for them.
    pub fn build(taxonomy: &Taxonomy, lexicon: &Lexicon) -> Self {
        let mut called: Vec<(String, Called)> = Vec::new();
        for (at, care_type) in (0u16..).zip(taxonomy.all()) {
            if !care_type.hidden {
                called
                    .push((folded(&care_type.name), Called { types: vec![at], said: None, refined: false }));
            }
        }
        let ordinal = |slug: &String| {
            let at = taxonomy.ordinal(slug).filter(|at| !taxonomy.all()[*at].hidden)?;
            u16::try_from(at).ok()
        };
        for (phrase, meaning) in lexicon.phrases() {
            // Words that give way to others ("Platz") would be suggested for everything.
            if meaning.weak || meaning.operator || meaning.care_types.is_empty() {
                continue;
            }
            let types: Vec<u16> = meaning.care_types.iter().filter_map(ordinal).collect();
            let text = folded(phrase);
            if types.is_empty() || called.iter().any(|(known, _)| *known == text) {
                continue;
            }
            called.push((text, Called { types, said: Some(phrase.into()), refined: says_more(meaning) }));
        }
        let texts = Texts::build(called.iter().map(|(text, _)| text.as_str()));
        Self { called: called.into_iter().map(|(_, called)| called).collect(), texts }
    }

    /// The likeliest names that begin as typed, each meaning once.
    pub fn find(&self, typed: &Typed, taxonomy: &Taxonomy, most: usize) -> Vec<Suggestion> {
        let mut hits: Vec<(u32, u16, usize)> = typed
            .rows(&self.texts)
            .into_iter()
            .map(|(start, edits)| (start.entry, start.at, edits))
            .collect();
        hits.sort_by_cached_key(|(entry, at, edits)| {
            let called = &self.called[*entry as usize];
            let text = self.texts.get(*entry).unwrap_or_default();
            let phrase = called.said.is_some() && text.contains(' ');
            let bounds = (called.types[0], called.types.len(), called.refined);
            (*edits, *at > 0, phrase, bounds, called.said.is_some(), text.len(), text.to_owned())
        });
        let mut seen: Vec<&[u16]> = Vec::new();
        let mut found = Vec::new();
        for (entry, ..) in hits {
            let called = &self.called[entry as usize];
            if !seen.contains(&called.types.as_slice()) {
                seen.push(&called.types);
                found.push(self.suggestion(entry, taxonomy, None));
            }
            if found.len() == most {
                break;
            }
        }
        found
    }

    /// The entry that is called exactly like this.
    pub fn exactly(&self, text: &str) -> Option<u32> {
        let whole = |row: &&super::starts::Start| row.at == 0 && self.texts.get(row.entry) == Some(text);
        self.texts.range(text).iter().find(whole).map(|row| row.entry)
    }

    /// An entry as a suggestion, at a place if there is one.
    pub fn suggestion(&self, entry: u32, taxonomy: &Taxonomy, place: Option<&str>) -> Suggestion {
        let called = &self.called[entry as usize];
        let of = |at: &u16| taxonomy.all().get(usize::from(*at));
        let names: Vec<&str> = called.types.iter().filter_map(of).map(|t| t.name.as_str()).collect();
        let first = names.first().copied().unwrap_or_default();
        let said = called.said.as_deref();
        let mut query = SearchQuery { page: 1, ..SearchQuery::default() };
        match said {
            Some(said) if called.refined || called.types.len() > NAMED => said.clone_into(&mut query.text),
            _ => query.care_types = called.types.iter().filter_map(of).map(|t| t.slug.clone()).collect(),
        }
        place.unwrap_or_default().clone_into(&mut query.place);
        let url = app::routes::search(&query);
        let name = match (said, place) {
            (said, None) => said.unwrap_or(first).to_owned(),
            (said, Some(place)) => format!("{} in {place}", said.unwrap_or(first)),
        };
        let rest = if names.len() > NAMED { " und Ähnliches" } else { "" };
        let means = format!("{}{rest}", names[..names.len().min(NAMED)].join(", "));
        Suggestion::new(SuggestionKind::CareType, &name, said.map(|_| means.as_str()), url)
    }
}

fn says_more(meaning: &Meaning) -> bool {
    let only_types = Meaning { care_types: meaning.care_types.clone(), ..Meaning::default() };
    *meaning != only_types
}

pub(super) fn folded(text: &str) -> String {
    words(text).iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}
