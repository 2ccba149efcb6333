//! The environment: where the program runs.

use std::{fmt, net::SocketAddr, path::PathBuf};

use axum::http::Uri;

use super::ConfigError;

/// Where pages are served.
pub const LISTEN: &str = "KREISLOTSE_LISTEN";
/// Where metrics are shown.
pub const ADMIN_LISTEN: &str = "KREISLOTSE_ADMIN_LISTEN";

/// All variables that the program, its scripts and its tests read.
const KNOWN: [&str; 17] = [
    ADMIN_LISTEN,
    "KREISLOTSE_BACKUP_DAYS",
    "KREISLOTSE_BACKUP_DIR",
    "KREISLOTSE_BASE_URL",
    "KREISLOTSE_CHROMIUM",
    "KREISLOTSE_CONFIG",
    "KREISLOTSE_DATABASE_URL",
    "KREISLOTSE_DATA_DIR",
    LISTEN,
    "KREISLOTSE_LOG",
    "KREISLOTSE_LOG_FORMAT",
    "KREISLOTSE_PROGRAM",
    "KREISLOTSE_PROGRAM_DATA",
    "KREISLOTSE_SETTINGS",
    "KREISLOTSE_SHARED",
    "KREISLOTSE_SMTP_URL",
    "KREISLOTSE_URL",
];

/// Whether a variable looks like one of these and is none.
pub(super) fn is_stranger(name: &str) -> bool {
    name.starts_with("KREISLOTSE_") && !name.starts_with("KREISLOTSE_TEST_") && !KNOWN.contains(&name)
}

/// Where the program listens and keeps its data.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// `sqlite://…` or `postgres://…`. May hold a password: never print it.
    pub database_url: String,
    pub data_dir: PathBuf,
    pub listen: SocketAddr,
    /// Where metrics are shown; `None`: nowhere.
    pub admin_listen: Option<SocketAddr>,
    /// Address under which people reach the portal: scheme and host, no slash at the end.
    pub base_url: String,
    /// The county's mail server, `smtp://…` or `smtps://…`; `None`: the portal writes to nobody. May hold a
    /// password: never print it.
    pub smtp_url: Option<String>,
    pub config: PathBuf,
    /// The configuration file was named, so it has to exist.
    pub config_is_chosen: bool,
}

/// Passwords are shown nowhere.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .field("base_url", &self.base_url)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads the variables that PRODUCT names; also gives warnings.
    pub(super) fn read(
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<(Self, Vec<String>), ConfigError> {
        let get = |name| variable(name).filter(|value| !value.trim().is_empty());
        let data_dir = PathBuf::from(get("KREISLOTSE_DATA_DIR").unwrap_or_else(|| "./data".to_owned()));
        let database_url = match get("KREISLOTSE_DATABASE_URL") {
            Some(url) => url,
            None => format!("sqlite://{}", data_dir.join("kreislotse.db").display()),
        };
        let listen_text = get(LISTEN).unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listen = address(LISTEN, &listen_text)?;
        let admin_listen = get(ADMIN_LISTEN).map(|text| address(ADMIN_LISTEN, &text)).transpose()?;
        let base_url = match get("KREISLOTSE_BASE_URL") {
            Some(text) => base_url(&text)?,
            None => format!("http://{listen}"),
        };
        let chosen = get("KREISLOTSE_CONFIG");
        let settings = Self {
            database_url,
            data_dir,
            listen,
            admin_listen,
            base_url,
            smtp_url: get("KREISLOTSE_SMTP_URL").map(|url| url.trim().to_owned()),
            config_is_chosen: chosen.is_some(),
            config: PathBuf::from(chosen.unwrap_or_else(|| "portal.toml".to_owned())),
        };
        Ok((settings, Vec::new()))
    }

    /// People reach the portal over https, so nothing may be missing.
    pub fn is_production(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The directory of the search index.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

fn address(name: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.trim().parse().map_err(|_| ConfigError::Environment {
        name,
        reason: format!(
            "„{text}“ ist keine Adresse mit Anschlussnummer, erwartet wird etwas wie 127.0.0.1:3000"
        ),
    })
}

fn base_url(text: &str) -> Result<String, ConfigError> {
    let trimmed = text.trim().trim_end_matches('/');
    let uri = trimmed.parse::<Uri>().ok();
    let fits = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.path() == "/"
            && uri.query().is_none()
            && !trimmed.contains('@')
    });
    if fits {
        return Ok(trimmed.to_owned());
    }
    Err(ConfigError::Environment {
        name: "KREISLOTSE_BASE_URL",
        reason: format!(
            "„{text}“ ist keine Adresse der Form https://pflege.landkreis.de, ohne Pfad dahinter"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::is_stranger;

    #[test]
    fn a_mistyped_variable_is_noticed() {
        assert!(is_stranger("KREISLOTSE_LISTN") && is_stranger("KREISLOTSE_"));
        assert!(
            !is_stranger("KREISLOTSE_LISTEN")
                && !is_stranger("KREISLOTSE_TEST_POSTGRES")
                && !is_stranger("PATH")
        );
    }
}
