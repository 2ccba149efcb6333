//! What the county and its IT configure: the environment says where the program runs, `portal.toml`
//! says what the portal is. Read once at start.
//!
//! The file is read with `toml` itself, because its errors know the line.

use app::domain::{
    holiday::{Holidays, State},
    portal::Portal,
};
use colours::Accent;

use crate::mail::{MailServer, SmtpError, SmtpSender};

mod announcement;
pub mod colours;
mod error;
mod logo;
pub mod outlines;
mod portal_file;
pub mod settings;
mod taxonomy;

pub use error::ConfigError;
pub use logo::Logo;
pub use portal_file::{ConfiguredLocality, ConfiguredMunicipality, PortalFile};
pub use settings::Settings;

/// The configuration of the example county, in the root of the repository.
const EXAMPLE: &str = include_str!("../../portal.toml");

/// Everything that was configured, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub settings: Settings,
    pub portal: Portal,
    /// Where mail goes; `None`: the portal writes to nobody.
    pub mail: Option<SmtpSender>,
    /// The county's own colour, readable.
    pub accent: Option<Accent>,
    /// The county's logo or coat of arms.
    pub logo: Option<Logo>,
    /// Municipalities and their localities, as far as the records do not name them.
    pub municipalities: Vec<ConfiguredMunicipality>,
    /// Nobody wrote a `portal.toml`.
    pub is_unwritten: bool,
    /// What is questionable but does not keep the program from starting, one German sentence each.
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads the environment of the process and the file it names.
    pub fn load() -> Result<Self, ConfigError> {
        Self::from_environment(|name| std::env::var(name).ok()).map(Self::naming_strangers)
    }

    /// The same for the example county: where nobody wrote a file, its own configuration stands in.
    pub fn load_or_example() -> Result<Self, ConfigError> {
        Self::or_example(|name| std::env::var(name).ok()).map(Self::naming_strangers)
    }

    /// Warns of variables that look like the program's and are none: a typing error has no effect.
    fn naming_strangers(mut self) -> Self {
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        self.warnings.extend(names.filter(|name| settings::is_stranger(name)).map(|name| {
            format!("Die Umgebungsvariable {name} kennt dieses Programm nicht: Ist sie richtig geschrieben?")
        }));
        self
    }

    /// Reads the given environment and the file it names.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let (settings, mut warnings) = Settings::read(&variable)?;
        let file = read(&settings)?;
        if file.is_none() {
            warnings.push(format!(
                "Es gibt keine Datei {}: Das Portal hat noch keinen Namen und keine Rechtstexte.",
                settings.config.display()
            ));
        }
        Self::new(settings, file, PortalFile::default, warnings)
    }

    /// Reads the given environment and the file it names, else the one of the example county.
    pub fn or_example(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let (settings, warnings) = Settings::read(&variable)?;
        let (file, example) = (read(&settings)?, PortalFile::example()?);
        Self::new(settings, file, || example, warnings)
    }

    fn new(
        settings: Settings,
        written: Option<PortalFile>,
        instead: impl FnOnce() -> PortalFile,
        mut warnings: Vec<String>,
    ) -> Result<Self, ConfigError> {
        let is_unwritten = written.is_none();
        let file = written.unwrap_or_else(instead);
        let place = settings.config.clone();
        let taxonomy = taxonomy::build(&file.care_types, &place)?;
        // The example's own outlines are in the program, as its configuration is.
        let map = if is_unwritten && file.map.outlines.is_some() {
            outlines::example(&file.map)?
        } else {
            outlines::load(&file.map, &place)?
        };
        let conciliation = file.accessibility.conciliation.as_ref();
        if let Some(url) = conciliation.and_then(|body| body.url.as_deref())
            && !announcement::is_web(url)
        {
            return Err(ConfigError::Value {
                file: place,
                key: "accessibility.conciliation.url".to_owned(),
                reason: format!("„{url}“ ist keine Adresse: erwartet wird https://…"),
            });
        }
        let logo = file.portal.logo.as_deref().map(|name| logo::load(name, &place)).transpose()?;
        let accent = file.colours.accent.map(|colour| (colour, Accent::of(colour)));
        if let Some((colour, accent)) = accent
            && accent.by_day != colour
        {
            warnings.push(format!(
                "Die Farbe {colour} wäre auf Weiß schlecht zu lesen: Das Portal nimmt {}.",
                accent.by_day
            ));
        }
        let empty: Vec<String> = file
            .legal
            .all()
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(name, _)| name.replace('-', "_"))
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
        let mail = sender(&settings, &file)?;
        let sends_openly = settings.smtp_url.as_deref().is_some_and(|url| {
            url.starts_with("smtp://")
                && !url.contains("tls=required")
                && !url.contains("127.0.0.1")
                && !url.contains("localhost")
        });
        if sends_openly && settings.is_production() {
            warnings.push(
                "KREISLOTSE_SMTP_URL verlangt keine Verschlüsselung: Passwort und Links gehen offen zum Mailserver. Bitte \
                 nehmen Sie smtps:// oder hängen Sie ?tls=required an."
                    .to_owned(),
            );
        }
        if mail.is_none() && settings.is_production() {
            warnings.push(
                "Es ist kein Mailserver eingerichtet (KREISLOTSE_SMTP_URL): Niemand kann ein Passwort \
                 zurücksetzen oder eingeladen werden."
                    .to_owned(),
            );
        }
        let state = file.portal.state.or_else(|| state_of(&file.municipalities));
        let holidays = Holidays { state, also: file.portal.holidays };
        Ok(Self {
            portal: Portal {
                county: file.portal.county,
                name: file.portal.name,
                claim: file.portal.claim,
                base_url: settings.base_url.clone(),
                advice_centre: file.advice_centre,
                urgent: file.urgent,
                website: file.portal.website,
                announcements: file.announcements.into_iter().map(Into::into).collect(),
                legal: file.legal,
                accessibility: file.accessibility,
                taxonomy,
                map,
                holidays,
                stale_after_days: Some(file.staleness.entry_days).filter(|days| *days > 0),
                county_asks_after_days: file.staleness.report_days,
                review_from: Some(file.trust.review_from).filter(|people| *people > 0),
                demo: false,
                four_eyes: file.editing.four_eyes,
                writes_mail: mail.is_some(),
            },
            mail,
            accent: accent.map(|(_, accent)| accent),
            logo,
            municipalities: file.municipalities,
            is_unwritten,
            settings,
            warnings,
        })
    }
}

/// Who writes to the mail server of these settings, in the name of the portal.
fn sender(settings: &Settings, file: &PortalFile) -> Result<Option<SmtpSender>, ConfigError> {
    let Some(url) = settings.smtp_url.clone() else { return Ok(None) };
    let Some(from) = file.mail.from.clone() else {
        return Err(ConfigError::Value {
            file: settings.config.clone(),
            key: "mail.from".to_owned(),
            reason: "Zu KREISLOTSE_SMTP_URL gehört die Adresse, die als Absender dasteht, zum Beispiel \
                     from = \"pflege@landkreis.de\" unter [mail]"
                .to_owned(),
        });
    };
    let server = MailServer { url, from, from_name: file.portal.name.clone() };
    match SmtpSender::new(&server) {
        Ok(sender) => Ok(Some(sender)),
        Err(SmtpError) => Err(ConfigError::Environment {
            name: "KREISLOTSE_SMTP_URL",
            reason: "erwartet wird etwas wie smtps://name:passwort@mail.landkreis.de oder \
                     smtp://mail.landkreis.de:587?tls=required; Sonderzeichen im Passwort werden mit % geschrieben"
                .to_owned(),
        }),
    }
}

/// The state that the keys of all municipalities begin with.
fn state_of(municipalities: &[ConfiguredMunicipality]) -> Option<State> {
    let mut states = municipalities.iter().map(|municipality| State::of_key(municipality.ags.as_str()));
    let first = states.next()??;
    states.all(|state| state == Some(first)).then_some(first)
}

/// The file of these settings; `None` where nobody wrote the usual one.
fn read(settings: &Settings) -> Result<Option<PortalFile>, ConfigError> {
    match std::fs::read_to_string(&settings.config) {
        Ok(text) => PortalFile::parse(&text, &settings.config).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !settings.config_is_chosen => Ok(None),
        Err(error) => Err(ConfigError::unreadable(&settings.config, &error)),
    }
}
