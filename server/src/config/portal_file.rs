//! `portal.toml`: what the portal is.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use app::{
    domain::{
        account::Email,
        holiday::{Holiday, State},
        place::{Ags, Position, PostalCode},
        portal::{AdviceCentre, Feedback, LegalPages, UrgentNumber},
    },
    text::holidays as names,
};
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{
    ConfigError, EXAMPLE,
    announcement::{WrittenAnnouncement, web_address},
    colours::Colours,
    error::OWN,
    taxonomy::CareTypeOverride,
};

/// The whole file. Every key may be left out; unknown ones are refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortalFile {
    pub portal: PortalSection,
    pub colours: Colours,
    pub advice_centre: Option<AdviceCentre>,
    pub urgent: Vec<UrgentNumber>,
    pub announcements: Vec<WrittenAnnouncement>,
    pub care_types: BTreeMap<String, CareTypeOverride>,
    pub municipalities: Vec<ConfiguredMunicipality>,
    pub staleness: Staleness,
    pub trust: TrustSection,
    pub map: MapSection,
    pub legal: LegalPages,
    pub accessibility: Feedback,
    pub mail: MailSection,
    pub editing: EditingSection,
}

/// How entries are edited.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditingSection {
    /// What somebody of the county wrote, somebody else of it approves.
    pub four_eyes: bool,
}

/// Mail that the portal writes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSection {
    /// Whom people answer to.
    #[serde(deserialize_with = "email")]
    pub from: Option<Email>,
}

/// Names and texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortalSection {
    pub county: String,
    pub name: String,
    pub claim: String,
    pub logo: Option<PathBuf>,
    /// The county's own pages.
    #[serde(deserialize_with = "web_address")]
    pub website: Option<String>,
    /// The state whose public holidays count; `None`: the one its municipalities' keys name.
    #[serde(deserialize_with = "state")]
    pub state: Option<State>,
    /// Public holidays besides those of the whole state.
    #[serde(deserialize_with = "holidays")]
    pub holidays: Vec<Holiday>,
    /// Languages of the pages; German is the only one so far.
    pub languages: Vec<String>,
}

impl Default for PortalSection {
    fn default() -> Self {
        Self {
            county: "Landkreis".to_owned(),
            name: "Kreislotse".to_owned(),
            claim: "Pflege, Gesundheit und Beratung in Ihrer Nähe.".to_owned(),
            logo: None,
            website: None,
            state: None,
            holidays: Vec::new(),
            languages: vec!["de".to_owned()],
        }
    }
}

/// The county on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapSection {
    /// GeoJSON of the municipalities, relative to this file.
    pub outlines: Option<PathBuf>,
    /// Who the outlines come from.
    pub attribution: Option<String>,
}

/// After how many days what was said counts as old.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Staleness {
    /// Without a change of an entry; 0: never.
    pub entry_days: u16,
    /// After the end of a report, until the county asks; 0: at once.
    pub report_days: u16,
}

impl Default for Staleness {
    fn default() -> Self {
        Self { entry_days: 365, report_days: 3 }
    }
}

/// When a light is doubted.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrustSection {
    /// So many people have to say that a place was not free after all; 0: however many do, nothing happens.
    pub review_from: u16,
}

impl Default for TrustSection {
    fn default() -> Self {
        Self { review_from: 3 }
    }
}

/// A municipality of the county.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfiguredMunicipality {
    pub name: String,
    #[serde(deserialize_with = "ags")]
    pub ags: Ags,
    /// Other ways to write its name.
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default, deserialize_with = "postal_codes")]
    pub postal_codes: Vec<PostalCode>,
    /// The middle of the place, `[latitude, longitude]`.
    #[serde(default, deserialize_with = "position")]
    pub position: Option<Position>,
    #[serde(default)]
    pub localities: Vec<ConfiguredLocality>,
}

/// An Ortsteil.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfiguredLocality {
    pub name: String,
    /// Other ways to write its name.
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default, deserialize_with = "postal_codes")]
    pub postal_codes: Vec<PostalCode>,
    /// `[latitude, longitude]`
    #[serde(default, deserialize_with = "position")]
    pub position: Option<Position>,
}

impl PortalFile {
    /// The file of the example county.
    pub(crate) fn example() -> Result<Self, ConfigError> {
        Self::parse(EXAMPLE, Path::new("portal.toml"))
    }

    pub(super) fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let text = text.trim_start_matches('\u{feff}');
        toml::from_str(text).map_err(|error| ConfigError::from_toml(file, text, &error))
    }
}

fn state<'de, D: Deserializer<'de>>(from: D) -> Result<Option<State>, D::Error> {
    let text = String::deserialize(from)?;
    names::find_state(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("{OWN}„{text}“ ist kein Bundesland, zum Beispiel Saarland")))
}

fn email<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Email>, D::Error> {
    let text = String::deserialize(from)?;
    Email::parse(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("{OWN}„{text}“ ist keine E-Mail-Adresse")))
}

fn holidays<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Holiday>, D::Error> {
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|text| {
            names::find(text).ok_or_else(|| {
                D::Error::custom(format!("{OWN}„{text}“ ist kein Feiertag, zum Beispiel Mariä Himmelfahrt"))
            })
        })
        .collect()
}

fn ags<'de, D: Deserializer<'de>>(from: D) -> Result<Ags, D::Error> {
    let text = String::deserialize(from)?;
    Ags::parse(&text)
        .ok_or_else(|| D::Error::custom(format!("{OWN}„{text}“ ist kein Gemeindeschlüssel aus acht Ziffern")))
}

fn postal_codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PostalCode>, D::Error> {
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|text| {
            PostalCode::parse(text).ok_or_else(|| {
                D::Error::custom(format!("{OWN}„{text}“ ist keine Postleitzahl aus fünf Ziffern"))
            })
        })
        .collect()
}

fn position<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Position>, D::Error> {
    let (lat, lon) = <(f64, f64)>::deserialize(from)?;
    Position::new(lat, lon).map(Some).ok_or_else(|| {
        D::Error::custom(format!(
            "{OWN}[{lat}, {lon}] ist kein Ort auf der Erde, erwartet wird [Breite, Länge]"
        ))
    })
}
