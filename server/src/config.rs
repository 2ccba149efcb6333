//! What the county and its IT configure: the environment says where the program runs, `portal.toml`
//! says what the portal is. Read once at start.
//!
//! The file is read with `toml` itself, because its errors know the line.

use std::path::PathBuf;

use app::domain::portal::Portal;

mod error;
mod portal_file;
mod settings;
mod taxonomy;

pub use error::ConfigError;
pub use portal_file::{Colours, ConfiguredLocality, ConfiguredMunicipality, PortalFile};
pub use settings::Settings;

/// Everything that was configured, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub settings: Settings,
    pub portal: Portal,
    pub colours: Colours,
    /// Picture file of the county's logo or coat of arms.
    pub logo: Option<PathBuf>,
    /// Municipalities and their localities, as far as the records do not name them.
    pub municipalities: Vec<ConfiguredMunicipality>,
    /// What is questionable but does not keep the program from starting, one German sentence each.
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads the environment of the process and the file it names.
    pub fn load() -> Result<Self, ConfigError> {
        Self::from_environment(|name| std::env::var(name).ok())
    }

    /// Reads the given environment and the file it names.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let (settings, mut warnings) = Settings::read(&variable)?;
        let file = match std::fs::read_to_string(&settings.config) {
            Ok(text) => PortalFile::parse(&text, &settings.config)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !settings.config_is_chosen => {
                warnings.push(format!(
                    "Es gibt keine Datei {}: Das Portal hat noch keinen Namen und keine Rechtstexte.",
                    settings.config.display()
                ));
                PortalFile::default()
            }
            Err(error) => return Err(ConfigError::unreadable(&settings.config, &error)),
        };
        Self::new(settings, file, warnings)
    }

    fn new(settings: Settings, file: PortalFile, mut warnings: Vec<String>) -> Result<Self, ConfigError> {
        let place = settings.config.clone();
        let taxonomy = taxonomy::build(&file.care_types, &place)?;
        let empty: Vec<&str> = file
            .legal
            .all()
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(name, _)| name)
            .collect();
        if !empty.is_empty() && settings.is_production() {
            return Err(ConfigError::LegalPages { file: place, pages: empty.join(", ") });
        }
        if !empty.is_empty() && warnings.is_empty() {
            warnings.push(format!(
                "In {} fehlen Rechtstexte ({}). Unter einer https-Adresse startet das Portal ohne sie nicht.",
                place.display(),
                empty.join(", ")
            ));
        }
        Ok(Self {
            portal: Portal {
                county: file.portal.county,
                name: file.portal.name,
                claim: file.portal.claim,
                base_url: settings.base_url.clone(),
                advice_centre: file.advice_centre,
                urgent: file.urgent,
                legal: file.legal,
                taxonomy,
                demo: false,
            },
            colours: file.colours,
            logo: file.portal.logo,
            municipalities: file.municipalities,
            settings,
            warnings,
        })
    }
}
