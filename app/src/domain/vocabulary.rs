//! What a county changes, in the browser, of care types, specialisms and the words of the search.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    care_type::{CareGroup, CareType, CareTypeSlug, LightKind, Taxonomy},
    draft::Author,
    ids::LexiconLineId,
    specialism::Specialism,
    value,
};

mod preview;

pub use preview::{Comparison, Findings, Reading};

/// Characters of a name.
pub const NAME: std::ops::RangeInclusive<usize> = 2..=80;
/// Days for which a report may stay valid.
pub const VALID_DAYS: std::ops::RangeInclusive<u16> = 1..=365;
/// Most characters of a word or phrase of the search.
pub const LONGEST_WORD: usize = 80;
/// Most words of a phrase.
pub const LONGEST_PHRASE: usize = 6;
/// Most words and phrases of one line, on either side.
pub const MOST_WORDS: usize = 20;
/// Most lines of a county's own.
pub const MOST_LINES: usize = 500;
/// Most care types or specialisms that a county adds.
pub const MOST_OWN: usize = 200;

/// The county's lists, as they are and as they were configured.
#[derive(Clone, Debug)]
pub struct Lists {
    pub configured: Taxonomy,
    pub current: Taxonomy,
    pub vocabulary: Vocabulary,
    /// How many offers of each type people see; `None`: the search cannot say so at the moment.
    pub offers: Option<Vec<(CareTypeSlug, usize)>>,
}

impl Lists {
    /// How many offers of a type people see; `None`: nobody knows at the moment.
    pub fn offers_of(&self, slug: &CareTypeSlug) -> Option<usize> {
        let offers = self.offers.as_ref()?;
        Some(offers.iter().find(|(own, _)| own == slug).map_or(0, |(_, count)| *count))
    }
}

/// What differs of one care type. `None` leaves what the program and its configuration say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareTypeChange {
    pub slug: CareTypeSlug,
    pub name: Option<String>,
    pub group: Option<CareGroup>,
    pub light: Option<LightKind>,
    pub valid_days: Option<u16>,
    pub related: Option<Vec<CareTypeSlug>>,
    pub comes_to_people: Option<bool>,
    pub hidden: Option<bool>,
}

impl CareTypeChange {
    /// What makes a care type of the one that was configured; `None` where nothing differs.
    pub fn between(configured: Option<&CareType>, wanted: &CareType) -> Option<Self> {
        /// The wanted value, unless it is the configured one anyway.
        fn differing<T: Clone + PartialEq>(
            configured: Option<&CareType>,
            wanted: &CareType,
            of: impl Fn(&CareType) -> T,
        ) -> Option<T> {
            let value = of(wanted);
            (configured.map(&of).as_ref() != Some(&value)).then_some(value)
        }
        let change = Self {
            slug: wanted.slug.clone(),
            name: differing(configured, wanted, |own| own.name.clone()),
            group: differing(configured, wanted, |own| own.group),
            light: differing(configured, wanted, |own| own.light),
            valid_days: differing(configured, wanted, |own| own.valid_days).flatten(),
            related: differing(configured, wanted, |own| own.related.clone()),
            comes_to_people: differing(configured, wanted, |own| own.comes_to_people),
            hidden: differing(configured, wanted, |own| own.hidden),
        };
        (change != Self::none(wanted.slug.clone()) || configured.is_none()).then_some(change)
    }

    fn none(slug: CareTypeSlug) -> Self {
        Self {
            slug,
            name: None,
            group: None,
            light: None,
            valid_days: None,
            related: None,
            comes_to_people: None,
            hidden: None,
        }
    }

    /// The care type with this change. `None` for one that nobody configured and that says too little of itself.
    fn applied_to(&self, configured: Option<&CareType>) -> Option<CareType> {
        let mut own = match configured {
            Some(configured) => configured.clone(),
            None => CareType {
                slug: self.slug.clone(),
                group: self.group?,
                name: self.name.clone()?,
                light: self.light?,
                valid_days: None,
                related: Vec::new(),
                comes_to_people: false,
                hidden: false,
            },
        };
        own.name = self.name.clone().unwrap_or(own.name);
        own.group = self.group.unwrap_or(own.group);
        own.light = self.light.unwrap_or(own.light);
        own.valid_days = self.valid_days.or(own.valid_days);
        if own.light == LightKind::None {
            own.valid_days = None;
        }
        own.related = self.related.clone().unwrap_or(own.related);
        own.comes_to_people = self.comes_to_people.unwrap_or(own.comes_to_people);
        own.hidden = self.hidden.unwrap_or(own.hidden);
        Some(own)
    }
}

/// What differs of one specialism.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialismChange {
    pub slug: String,
    pub name: Option<String>,
    pub hidden: Option<bool>,
}

impl SpecialismChange {
    /// What makes a specialism of the one that was configured; `None` where nothing differs.
    pub fn between(configured: Option<&Specialism>, wanted: &Specialism) -> Option<Self> {
        let name = (configured.map(|own| &own.name) != Some(&wanted.name)).then(|| wanted.name.clone());
        let hidden = (configured.map(|own| own.hidden) != Some(wanted.hidden)).then_some(wanted.hidden);
        let differs = name.is_some() || hidden.is_some();
        differs.then(|| Self { slug: wanted.slug.clone(), name, hidden })
    }
}

/// What the words of a line stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    pub care_types: Vec<CareTypeSlug>,
    /// Slugs.
    pub specialisms: Vec<String>,
    /// Words that say the same.
    pub same_as: Vec<String>,
}

impl Targets {
    pub fn is_empty(&self) -> bool {
        self.care_types.is_empty() && self.specialisms.is_empty() && self.same_as.is_empty()
    }
}

/// What people of this county call something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconLine {
    pub id: LexiconLineId,
    pub words: Vec<String>,
    pub targets: Targets,
    /// Who changed it last.
    pub author: Option<Author>,
    pub changed_at: OffsetDateTime,
}

/// All that the county has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// In the order in which they were made.
    pub care_types: Vec<CareTypeChange>,
    pub specialisms: Vec<SpecialismChange>,
    pub lines: Vec<LexiconLine>,
}

impl Vocabulary {
    /// The configured lists with the county's changes; what it added stands at the end.
    pub fn taxonomy(&self, configured: &Taxonomy) -> Taxonomy {
        let mut taxonomy = configured.clone();
        for change in &self.care_types {
            if let Some(own) = change.applied_to(configured.find(change.slug.as_str())) {
                taxonomy.set(own);
            }
        }
        for change in &self.specialisms {
            let known = configured.find_specialism(&change.slug).cloned();
            let Some(name) = change.name.clone().or_else(|| known.as_ref().map(|own| own.name.clone()))
            else {
                continue;
            };
            let hidden = change.hidden.unwrap_or_else(|| known.is_some_and(|own| own.hidden));
            taxonomy.set_specialism(Specialism { slug: change.slug.clone(), name, hidden });
        }
        taxonomy
    }

    pub fn find_care_type(&self, slug: &CareTypeSlug) -> Option<&CareTypeChange> {
        self.care_types.iter().find(|change| change.slug == *slug)
    }

    pub fn find_specialism(&self, slug: &str) -> Option<&SpecialismChange> {
        self.specialisms.iter().find(|change| change.slug == slug)
    }

    pub fn find_line(&self, id: LexiconLineId) -> Option<&LexiconLine> {
        self.lines.iter().find(|line| line.id == id)
    }
}

/// A name of a care type or specialism as somebody typed it; `None` where it is too short, too long, or no name.
pub fn name(text: &str) -> Option<String> {
    let name = value::one_line(text);
    let fits = NAME.contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
    fits.then_some(name)
}

/// Words and phrases of a field, each once; `Err` holds the first that is none.
///
/// # Errors
/// What has no letter or digit, more than [`LONGEST_WORD`] characters, or more than [`LONGEST_PHRASE`] words.
pub fn phrases(text: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for phrase in text.split(['\n', ',', ';']).map(value::one_line).filter(|phrase| !phrase.is_empty()) {
        let words = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        if !(1..=LONGEST_PHRASE).contains(&words) || phrase.chars().count() > LONGEST_WORD {
            return Err(phrase.chars().take(LONGEST_WORD).collect());
        }
        if !found.iter().any(|own| is_same(own, &phrase)) {
            found.push(phrase);
        }
    }
    Ok(found)
}

/// Whether two spellings are one word.
pub fn is_same(one: &str, other: &str) -> bool {
    value::fold_name(one) == value::fold_name(other)
}

#[cfg(test)]
mod tests;
