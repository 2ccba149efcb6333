//! Why the program does not start, in German, one sentence each.

use std::{io, net::SocketAddr, path::PathBuf};

use crate::store::StoreError;

/// Why the program does not start. The text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "Die Adresse {address} ist schon belegt: Bitte beenden Sie das andere Programm, oder nennen Sie in {variable} eine andere."
    )]
    PortTaken { address: SocketAddr, variable: &'static str },
    #[error("An der Adresse {address} lässt sich nicht lauschen ({reason}): Bitte prüfen Sie {variable}.")]
    Listen { address: SocketAddr, variable: &'static str, reason: &'static str },
    #[error(
        "Das Datenverzeichnis {} ist nicht beschreibbar: Bitte prüfen Sie KREISLOTSE_DATA_DIR und die Rechte daran.",
        .0.display()
    )]
    DataDirectory(PathBuf),
    #[error(
        "Mit dem Datenverzeichnis {} läuft schon ein Portal: Bitte beenden Sie es zuerst, oder nennen Sie in KREISLOTSE_DATA_DIR ein anderes.",
        .0.display()
    )]
    DataDirectoryInUse(PathBuf),
    #[error(
        "Die Zeitzone Europe/Berlin ist auf diesem Rechner nicht bekannt: Bitte installieren Sie tzdata."
    )]
    TimeZone,
    #[error("Die Datenbank {database} {problem}.")]
    Store {
        /// Its address without user and password.
        database: String,
        problem: String,
        #[source]
        cause: StoreError,
    },
    #[error(
        "Das Suchverzeichnis lässt sich nicht aufbauen: Bitte prüfen Sie den freien Speicherplatz und das Protokoll."
    )]
    Index,
    #[error(
        "In der Datenbank ist der Beispielkreis mit Konten, deren Passwort alle kennen: Unter einer https-Adresse startet das Portal damit nur mit --demo. Bitte nehmen Sie eine leere Datenbank."
    )]
    DemoPeople,
}

impl StartError {
    pub(super) fn listen(address: SocketAddr, variable: &'static str, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::AddrInUse => return Self::PortTaken { address, variable },
            io::ErrorKind::AddrNotAvailable => "dieser Rechner hat sie nicht",
            io::ErrorKind::PermissionDenied => "das Recht dazu fehlt",
            _ => "das Betriebssystem lehnt es ab",
        };
        Self::Listen { address, variable, reason }
    }

    /// What keeps the store from being used.
    pub fn store(url: &str, cause: StoreError) -> Self {
        let problem = match &cause {
            StoreError::Unavailable(_) => {
                format!("antwortet nicht{}: Bitte prüfen Sie, ob sie läuft und ob die Adresse stimmt", cause.in_words())
            }
            StoreError::Denied(_) => {
                "lässt diesen Benutzer nicht herein: Bitte prüfen Sie Benutzer, Passwort und Rechte in PostgreSQL".to_owned()
            }
            StoreError::Address => {
                "hat keine gültige Adresse: Erwartet wird postgres://BENUTZER@RECHNER/DATENBANK oder sqlite://DATEI".to_owned()
            }
            StoreError::OldSqlite(version) => {
                format!("braucht mindestens SQLite 3.51.3, dieses Programm enthält {version}")
            }
            StoreError::Encoding(found) => {
                format!("hat die Kodierung {found}, gebraucht wird UTF8: Bitte legen Sie sie mit ENCODING 'UTF8' neu an")
            }
            StoreError::Schema(_) => {
                "hat nicht die Tabellen dieses Programms: Sie gehört zu einem anderen oder zu einer neueren Version".to_owned()
            }
            _ => "meldet einen Fehler: Die Ursache steht im Protokoll".to_owned(),
        };
        let source = std::error::Error::source(&cause).map(ToString::to_string).unwrap_or_default();
        tracing::warn!(error = %cause, source, "the store cannot be used");
        Self::Store { database: without_secrets(url), problem, cause }
    }
}

/// The address of a database as it may be shown: no user, no password, no parameters.
fn without_secrets(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match url.split_once("://") {
        Some((scheme, rest)) => {
            format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            (
                "postgres://anna:ge@heim@db.kreis.de:5432/lotse?password=x",
                "postgres://db.kreis.de:5432/lotse",
            ),
            ("sqlite://./data/kreislotse.db", "sqlite://./data/kreislotse.db"),
            ("/var/lib/kreislotse.db", "/var/lib/kreislotse.db"),
        ] {
            assert_eq!(without_secrets(url), shown);
        }
    }
}
