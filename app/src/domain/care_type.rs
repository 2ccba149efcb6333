//! Angebotsarten: the code list of what an offer can be.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::{offer::OfferForm, specialism::Specialism};

mod specialisms;
mod table;

/// The value of a care type in URLs, imports and APIs, for example `kurzzeitpflege`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CareTypeSlug(String);

impl CareTypeSlug {
    /// Accepts 1 to 64 lower-case ASCII letters, digits and hyphens; `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        ok.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CareTypeSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The groups of the start page, in their order there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CareGroup {
    Residential,
    AtHome,
    Housing,
    Hospice,
    Advice,
    Medicine,
    Prevention,
}

impl CareGroup {
    pub const ALL: [Self; 7] = [
        Self::Residential,
        Self::AtHome,
        Self::Housing,
        Self::Hospice,
        Self::Advice,
        Self::Medicine,
        Self::Prevention,
    ];

    /// How it is written in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Self::Residential => "residential",
            Self::AtHome => "at_home",
            Self::Housing => "housing",
            Self::Hospice => "hospice",
            Self::Advice => "advice",
            Self::Medicine => "medicine",
            Self::Prevention => "prevention",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.key() == key)
    }
}

/// What kind of light an offer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LightKind {
    /// The offer counts places.
    Places,
    /// No count: it accepts people, keeps a waiting list or has stopped.
    Intake,
    /// No light at all: no shape, in no filter.
    None,
}

impl LightKind {
    pub const ALL: [Self; 3] = [Self::Places, Self::Intake, Self::None];

    /// How it is written in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Intake => "intake",
            Self::None => "none",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// One Angebotsart. Which ones exist is data: a county may rename, hide or add some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareType {
    pub slug: CareTypeSlug,
    pub group: CareGroup,
    /// Name as shown to people (German).
    pub name: String,
    pub light: LightKind,
    /// How many days a capacity report stays valid; `None` for types without a light.
    pub valid_days: Option<u16>,
    /// Types to offer where this one is missing at a place.
    pub related: Vec<CareTypeSlug>,
    /// The service comes to people, so its service area decides where it is found.
    pub comes_to_people: bool,
    /// A county may hide a type; hidden types are in no list.
    pub hidden: bool,
}

/// The county's lists of care types and specialisms, in display order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    types: Vec<CareType>,
    specialisms: Vec<Specialism>,
}

impl Default for Taxonomy {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Taxonomy {
    /// The list every county starts with.
    pub fn builtin() -> Self {
        Self { types: table::builtin(), specialisms: super::specialism::builtin() }
    }

    /// Replaces the type with the same slug, or adds a new one at the end.
    pub fn set(&mut self, care_type: CareType) {
        match self.types.iter_mut().find(|t| t.slug == care_type.slug) {
            Some(slot) => *slot = care_type,
            None => self.types.push(care_type),
        }
    }

    /// The type with this slug, hidden or not.
    pub fn find(&self, slug: &str) -> Option<&CareType> {
        self.types.iter().find(|t| t.slug.as_str() == slug)
    }

    /// Position of a type in the list: small numbers for bit sets and facets.
    pub fn ordinal(&self, slug: &str) -> Option<usize> {
        self.types.iter().position(|t| t.slug.as_str() == slug)
    }

    /// Every type in display order, hidden ones too.
    pub fn all(&self) -> &[CareType] {
        &self.types
    }

    /// The visible types of a group in display order.
    pub fn in_group(&self, group: CareGroup) -> impl Iterator<Item = &CareType> {
        self.types.iter().filter(move |t| t.group == group && !t.hidden)
    }

    /// Whether people see offers of this type: it exists and the county does not hide it.
    pub fn shows(&self, slug: &CareTypeSlug) -> bool {
        self.find(slug.as_str()).is_some_and(|t| !t.hidden)
    }

    /// The kind of light an offer of this type and form has. Unknown types have none.
    ///
    /// Verhinderungspflege counts places where it is given in a home, and only says whether it
    /// accepts people where somebody comes to the house.
    pub fn light_of(&self, slug: &CareTypeSlug, form: Option<OfferForm>) -> LightKind {
        let Some(care_type) = self.find(slug.as_str()) else { return LightKind::None };
        match (care_type.light, form) {
            (LightKind::Places, Some(OfferForm::AtHome | OfferForm::Hourly)) => LightKind::Intake,
            (kind, _) => kind,
        }
    }

    /// The visible name of a type; the slug itself where the type is unknown.
    pub fn name_of<'a>(&'a self, slug: &'a CareTypeSlug) -> &'a str {
        self.find(slug.as_str()).map_or(slug.as_str(), |t| &t.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_related_type_exists_and_the_relation_goes_both_ways() {
        let taxonomy = Taxonomy::builtin();
        for care_type in taxonomy.all() {
            for related in &care_type.related {
                let other = taxonomy.find(related.as_str());
                assert!(
                    other.is_some_and(|o| o.related.contains(&care_type.slug)),
                    "{} names {related}",
                    care_type.slug
                );
            }
        }
    }

    #[test]
    fn types_with_a_light_have_days_and_others_have_none() {
        for care_type in Taxonomy::builtin().all() {
            assert_eq!(
                care_type.light == LightKind::None,
                care_type.valid_days.is_none(),
                "{}",
                care_type.slug
            );
        }
    }

    #[test]
    fn the_form_of_respite_care_decides_its_light() {
        let taxonomy = Taxonomy::builtin();
        let slug = CareTypeSlug::parse("verhinderungspflege").expect("a slug");
        assert_eq!(taxonomy.light_of(&slug, Some(OfferForm::Residential)), LightKind::Places);
        assert_eq!(taxonomy.light_of(&slug, Some(OfferForm::Hourly)), LightKind::Intake);
    }

    #[test]
    fn a_county_can_rename_and_add_types() {
        let mut taxonomy = Taxonomy::builtin();
        let count = taxonomy.all().len();
        let mut renamed = taxonomy.find("hospiz").expect("built in").clone();
        renamed.name = "Hospizhaus".to_owned();
        taxonomy.set(renamed.clone());
        renamed.slug = CareTypeSlug::parse("kinderhospiz").expect("a slug");
        taxonomy.set(renamed);
        assert_eq!(taxonomy.find("hospiz").map(|t| t.name.as_str()), Some("Hospizhaus"));
        assert_eq!(taxonomy.all().len(), count + 1);
    }
}
