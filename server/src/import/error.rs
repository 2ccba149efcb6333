//! Why a file or a mapping could not be read at all. Nothing has been written then.

use std::fmt;

/// Where in a file something is wrong. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub line: Option<usize>,
    pub column: Option<usize>,
}

impl Place {
    pub fn line(line: usize) -> Self {
        Self { line: Some(line), column: None }
    }

    /// The place of a byte in a text.
    pub fn of_byte(text: &[u8], at: usize) -> Self {
        let before = &text[..at.min(text.len())];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
        let line = before.split(|b| *b == b'\n').count();
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Self { line: Some(line), column: Some(column) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, ", Zeile {line}")?;
        }
        match self.column {
            Some(column) => write!(f, ", Spalte {column}"),
            None => Ok(()),
        }
    }
}

/// A file or mapping that cannot be used as a whole. The text is one German sentence for the person
/// who called the command; the file's name and the [`Place`] are put before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("Die Datei ist leer.")]
    Empty,
    #[error("Die Datei enthält nur die Kopfzeile und keinen Datensatz.")]
    NoRows,
    #[error("Das ist keine Textdatei, sondern {0}; bitte die Tabelle als CSV speichern.")]
    Binary(&'static str, Place),
    #[error("{text}")]
    Encoding { text: String, place: Place },
    #[error("Die Kopfzeile nennt die Spalte „{name}“ zweimal.")]
    DuplicateColumn { name: String, place: Place },
    #[error("Die Spalte „{name}“ fehlt in der Kopfzeile; gefunden wurden: {found}.")]
    MissingColumn { name: String, found: String, place: Place },
    /// The mapping file is wrong.
    #[error("{text}")]
    Mapping { text: String, place: Place },
}

impl FileError {
    /// Where in the file it is.
    pub fn place(&self) -> Place {
        match self {
            Self::Empty | Self::NoRows => Place::default(),
            Self::Binary(_, place)
            | Self::Encoding { place, .. }
            | Self::DuplicateColumn { place, .. }
            | Self::MissingColumn { place, .. }
            | Self::Mapping { place, .. } => *place,
        }
    }
}
