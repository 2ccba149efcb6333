//! Forms of an entry: what they show, and what becomes of what somebody typed. Each part can be saved alone and sets
//! what belongs to it and nothing else.

use std::borrow::Cow;

use crate::{
    components::form::Problem,
    domain::{care_type::Taxonomy, facility::Facility, ids::OfferId, place::Municipality, value},
    text::account::NO_EMAIL,
};

mod access;
mod basics;
pub mod capacity;
mod contacts;
mod documents;
pub mod hours;
mod notice;
mod offer;
pub mod organization;
mod pictures;
mod provider;
pub mod vocabulary;

pub use contacts::MOST as MOST_CONTACTS;
pub use documents::{MOST as MOST_DOCUMENTS, read_new as read_new_document};
pub use notice::{NoticeTexts, read_notice};
pub use pictures::{MOST as MOST_PICTURES, read_new as read_new_picture};

/// Pairs of names and values, as a form shows or sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The value of a name; the last one counts.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether this value of a name was chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|own| own == value)
    }

    /// Whether the form had such a field.
    fn names(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    fn set_optional(&mut self, name: impl Into<String>, value: Option<&String>) {
        self.set(name, value.cloned().unwrap_or_default());
    }
}

/// A part of an entry that is saved alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What and where it is.
    Basics,
    /// Whom to ask, and when.
    Contacts,
    /// Accessibility and languages.
    Access,
    Pictures,
    Documents,
    /// Who answers for it in law.
    Provider,
    /// One of its offers.
    Offer(OfferId),
    NewOffer,
}

impl Part {
    /// All but the offers, in their order on the page.
    pub const FIXED: [Self; 6] =
        [Self::Basics, Self::Contacts, Self::Access, Self::Pictures, Self::Documents, Self::Provider];

    /// The last segment of its address; that of an offer is made of its id.
    pub fn segment(self) -> Cow<'static, str> {
        match self {
            Self::Basics => "grunddaten".into(),
            Self::Contacts => "kontakt".into(),
            Self::Access => "zugang".into(),
            Self::Pictures => "bilder".into(),
            Self::Documents => "unterlagen".into(),
            Self::Provider => "rechtliches".into(),
            Self::Offer(id) => format!("angebot-{id}").into(),
            Self::NewOffer => "angebot-neu".into(),
        }
    }

    pub fn parse(segment: &str) -> Option<Self> {
        if segment == "angebot-neu" {
            return Some(Self::NewOffer);
        }
        if let Some(id) = segment.strip_prefix("angebot-") {
            return id.parse().ok().map(|id| Self::Offer(OfferId(id)));
        }
        Self::FIXED.into_iter().find(|part| part.segment() == segment)
    }
}

/// What forms have to know of the county.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub taxonomy: &'a Taxonomy,
    pub municipalities: &'a [Municipality],
}

/// What the form of a part shows; `None` where the entry has no such offer.
pub fn write(part: Part, facility: &Facility) -> Option<Typed> {
    Some(match part {
        Part::Basics => basics::write(facility),
        Part::Contacts => contacts::write(facility),
        Part::Access => access::write(facility),
        Part::Pictures => pictures::write(facility),
        Part::Documents => documents::write(facility),
        Part::Provider => provider::write(facility),
        Part::Offer(id) => offer::write(facility.offers.iter().find(|offer| offer.id == id)?),
        Part::NewOffer => Typed::default(),
    })
}

/// Sets what somebody typed.
///
/// # Errors
/// What is wrong with it; the facility is then half-way and good for nothing.
pub fn read(
    part: Part,
    typed: &Typed,
    facility: &mut Facility,
    known: Known<'_>,
) -> Result<(), Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    match part {
        Part::Basics => basics::read(&mut reader, facility, known),
        Part::Contacts => contacts::read(&mut reader, facility),
        Part::Access => access::read(&mut reader, facility),
        Part::Pictures => pictures::read(&mut reader, facility),
        Part::Documents => documents::read(&mut reader, facility),
        Part::Provider => provider::read(&mut reader, facility),
        Part::Offer(id) => offer::read(&mut reader, facility, Some(id), known),
        Part::NewOffer => offer::read(&mut reader, facility, None, known),
    }
    if reader.problems.is_empty() { Ok(()) } else { Err(reader.problems) }
}

/// What somebody says about a file that they send.
#[derive(Clone, Debug, Default)]
pub struct NewUpload(pub Typed);

impl NewUpload {
    /// The one line that is wanted.
    fn read(&self, field: &'static str, longest: usize, missing: &str) -> Result<String, Vec<Problem>> {
        let mut reader = Reader { typed: &self.0, problems: Vec::new() };
        let line = reader.line(field, longest);
        match line {
            Some(line) if reader.problems.is_empty() => Ok(line),
            Some(_) => Err(reader.problems),
            None => Err(vec![Problem::new(field, missing)]),
        }
    }
}

/// Reads fields and collects what is wrong with them.
struct Reader<'a> {
    typed: &'a Typed,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, field: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.problems.push(Problem::new(field, text));
    }

    /// One line; `None` where nothing was typed.
    fn line(&mut self, field: impl Into<Cow<'static, str>>, longest: usize) -> Option<String> {
        let field = field.into();
        let text = value::one_line(self.typed.get(&field));
        self.bounded(field, text, longest)
    }

    /// Text in lines.
    fn lines(&mut self, field: &'static str, longest: usize) -> Option<String> {
        let text = value::lines(self.typed.get(field));
        self.bounded(field.into(), text, longest)
    }

    fn bounded(&mut self, field: Cow<'static, str>, text: String, longest: usize) -> Option<String> {
        let length = text.chars().count();
        if length > longest {
            self.problem(field, format!("Bitte kürzen Sie auf {longest} Zeichen. Es sind {length}."));
        }
        (!text.is_empty()).then_some(text)
    }

    /// One line that has a form. What the entry has already is taken as it is: an import may have brought it, and
    /// nobody else has to mend it.
    fn checked<T: Clone>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        (shown, before): (String, Option<T>),
        check: impl Fn(&str) -> Option<T>,
        problem: &str,
    ) -> Option<T> {
        let field = field.into();
        let text = self.line(field.clone(), LONG)?;
        if before.is_some() && text == value::one_line(&shown) {
            return before;
        }
        let checked = check(&text);
        if checked.is_none() {
            self.problem(field, problem);
        }
        checked
    }

    /// The same for what is kept as it was typed.
    fn checked_text(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        before: Option<&String>,
        check: impl Fn(&str) -> Option<String>,
        problem: &str,
    ) -> Option<String> {
        self.checked(field, (before.cloned().unwrap_or_default(), before.cloned()), check, problem)
    }

    fn phone(&mut self, field: impl Into<Cow<'static, str>>, before: Option<&String>) -> Option<String> {
        let check = |text: &str| {
            (text.chars().count() <= 60)
                .then(|| crate::text::address::tel(text))
                .flatten()
                .map(|_| text.to_owned())
        };
        self.checked_text(
            field,
            before,
            check,
            "Das ist keine Telefonnummer. Sie sieht zum Beispiel so aus: 06851 1234.",
        )
    }

    fn email(&mut self, field: impl Into<Cow<'static, str>>, before: Option<&String>) -> Option<String> {
        let check = |text: &str| crate::domain::account::Email::parse(text).map(|_| text.to_owned());
        self.checked_text(field, before, check, NO_EMAIL)
    }

    fn website(&mut self, field: impl Into<Cow<'static, str>>, before: Option<&String>) -> Option<String> {
        self.checked_text(
            field,
            before,
            value::website,
            "Das ist keine Web-Adresse. Sie sieht zum Beispiel so aus: https://haus.de.",
        )
    }
}

/// Longest line in characters.
const LINE: usize = 200;
/// Longest web address in characters.
const LONG: usize = 500;

#[cfg(test)]
mod tests;
