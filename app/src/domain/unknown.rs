//! Values of filters that nobody knows: a typing error in an address, a care type of yesterday.

use serde::{Deserialize, Serialize};

use super::{care_type::CareTypeSlug, search::SearchQuery};

/// A filter of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    Radius,
    Municipality,
    CareType,
    Light,
    Specialism,
    Language,
    BarrierFree,
    OpenNow,
    /// The first day of a stay.
    FreeFrom,
    /// The last day of a stay.
    FreeUntil,
    Weekday,
    /// How old a report may be.
    Reported,
}

impl Filter {
    /// Its name in addresses.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Radius => "umkreis",
            Self::Municipality => "gemeinde",
            Self::CareType => "art",
            Self::Light => "ampel",
            Self::Specialism => "schwerpunkt",
            Self::Language => "sprache",
            Self::BarrierFree => "barrierefrei",
            Self::OpenNow => "geoeffnet",
            Self::FreeFrom => "frei_ab",
            Self::FreeUntil => "frei_bis",
            Self::Weekday => "wochentag",
            Self::Reported => "gemeldet",
        }
    }
}

/// A value that a filter does not have. Nothing meets it, so that a misspelt "frei" never lists who is
/// full; and the page says so, so that nobody takes it for an empty county.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnknownValue {
    pub filter: Filter,
    /// As typed, at most [`UnknownValue::MAX`] characters.
    pub value: String,
}

impl UnknownValue {
    /// Longest value that is read, in characters, that of the longest slug; the rest is left out.
    pub const MAX: usize = 64;
}

impl SearchQuery {
    /// Takes a value that nobody knows out of its filter and keeps it as [`SearchQuery::unknown`].
    pub fn set_aside(&mut self, unknown: &UnknownValue) {
        let value = unknown.value.as_str();
        match unknown.filter {
            Filter::Municipality => self.municipalities.retain(|v| v != value),
            Filter::CareType => self.care_types.retain(|v| v.as_str() != value),
            Filter::Specialism => self.specialisms.retain(|v| v != value),
            Filter::Language => self.languages.retain(|v| v != value),
            // What these do not know was never among their values.
            Filter::Radius
            | Filter::Light
            | Filter::BarrierFree
            | Filter::OpenNow
            | Filter::FreeFrom
            | Filter::FreeUntil
            | Filter::Weekday
            | Filter::Reported => {}
        }
        if !self.unknown.contains(unknown) {
            self.unknown.push(unknown.clone());
        }
    }

    /// The filters that ask for something, and for nothing that is known.
    pub fn asks_only_unknown(&self) -> impl Iterator<Item = Filter> {
        self.unknown.iter().map(|unknown| unknown.filter).filter(|filter| match filter {
            // Without a circle the place itself is listed, and nobody is misled.
            Filter::Radius => false,
            Filter::Municipality => self.municipalities.is_empty(),
            Filter::CareType => self.care_types.is_empty(),
            Filter::Light => self.lights.is_empty(),
            Filter::Specialism => self.specialisms.is_empty(),
            Filter::Language => self.languages.is_empty(),
            Filter::BarrierFree => !self.barrier_free,
            Filter::OpenNow => !self.open_now,
            Filter::FreeFrom => self.free_from.is_none(),
            Filter::FreeUntil => self.free_until.is_none(),
            Filter::Weekday => self.weekdays.is_empty(),
            Filter::Reported => self.reported_days.is_none(),
        })
    }
}

/// A slug that names something of the county's data, as text.
pub(super) fn slug_like(text: &str) -> Option<String> {
    CareTypeSlug::parse(text).map(|slug| slug.as_str().to_owned())
}
