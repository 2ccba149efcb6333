//! What can be wrong with a configuration, in German, with the place.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Marks texts of our own among those of the TOML reader.
pub(super) const OWN: &str = "kreislotse: ";

/// A configuration the program cannot start with. Its text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("Die Datei {} lässt sich nicht lesen: {reason}.", file.display())]
    Unreadable { file: PathBuf, reason: &'static str },
    #[error("{}, Zeile {line}, Schlüssel „{key}“: {reason}.", file.display())]
    File { file: PathBuf, line: usize, key: String, reason: String },
    #[error("{}, Schlüssel „{key}“: {reason}.", file.display())]
    Value { file: PathBuf, key: String, reason: String },
    #[error("Umgebungsvariable {name}: {reason}.")]
    Environment { name: &'static str, reason: String },
    #[error("Umrisse der Gemeinden in {}: {reason}.", file.display())]
    Outlines { file: PathBuf, reason: String },
    #[error(
        "{}: Unter einer https-Adresse müssen alle Rechtstexte ausgefüllt sein, im Abschnitt [legal] fehlen: {pages}.",
        file.display()
    )]
    LegalPages { file: PathBuf, pages: String },
}

impl ConfigError {
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "es gibt sie nicht",
            io::ErrorKind::PermissionDenied => "das Recht dazu fehlt",
            io::ErrorKind::InvalidData => "sie ist nicht in UTF-8 geschrieben",
            io::ErrorKind::IsADirectory => "es ist ein Verzeichnis",
            _ => "das Betriebssystem meldet einen Fehler",
        };
        Self::Unreadable { file: file.to_owned(), reason }
    }

    /// Translates what the TOML reader says and finds the place.
    pub(super) fn from_toml(file: &Path, source: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start).min(source.len());
        let before = source.get(..offset).unwrap_or_default();
        Self::File {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            key: key_at(source, offset),
            reason: reason(error.message()),
        }
    }
}

/// The key in whose line an offset lies, with the section above it.
fn key_at(source: &str, offset: usize) -> String {
    let start = source.get(..offset).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
    let line = source.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
    let is_section = |line: &str| line.starts_with('[') && line.ends_with(']');
    let name = |line: &str| line.trim_matches(['[', ']', ' ']).to_owned();
    if is_section(line) {
        return name(line);
    }
    let key = line.split('=').next().unwrap_or_default().trim();
    let section =
        source.get(..start).unwrap_or_default().lines().map(str::trim).rfind(|line| is_section(line));
    section.map_or_else(|| key.to_owned(), |section| format!("{}.{key}", name(section)))
}

fn reason(message: &str) -> String {
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if let Some(own) = message.strip_prefix(OWN) {
        own.to_owned()
    } else if message.starts_with("unknown field") {
        format!("den Schlüssel „{}“ gibt es hier nicht", quoted())
    } else if message.starts_with("missing field") {
        format!("der Schlüssel „{}“ fehlt", quoted())
    } else if message.starts_with("unknown variant") {
        format!("den Wert „{}“ gibt es hier nicht", quoted())
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        "der Wert hat nicht die Art, die hier erwartet wird".to_owned()
    } else if message.starts_with("duplicate") {
        "er steht zweimal in der Datei".to_owned()
    } else {
        "die Zeile ist kein gültiges TOML".to_owned()
    }
}
