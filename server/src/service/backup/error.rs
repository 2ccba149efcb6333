//! Why a store was not copied, in German, one sentence each.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::format::Fault;
use crate::store::StoreError;

/// Why a store was not copied. The text is one German sentence.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{}: Die Sicherung lässt sich nicht lesen ({reason}).", file.display())]
    Unreadable { file: PathBuf, reason: String },
    #[error("{}: Die Sicherung lässt sich hier nicht ablegen ({reason}).", file.display())]
    Unwritable { file: PathBuf, reason: String },
    #[error("{}: Das ist keine Sicherung von Kreislotse.", .0.display())]
    Foreign(PathBuf),
    #[error(
        "{}: Die Sicherung ist beschädigt oder unvollständig, es wurde nichts eingespielt; bitte nehmen Sie eine andere.",
        .0.display()
    )]
    Damaged(PathBuf),
    #[error(
        "{}: Die Sicherung stammt von der neueren Version {program}; bitte bringen Sie zuerst dieses Programm auf deren Stand.",
        file.display()
    )]
    Newer { file: PathBuf, program: String },
    #[error(
        "Die Datenbank enthält schon Einträge: Eingespielt wird nur in eine leere, zum Beispiel mit einem anderen KREISLOTSE_DATA_DIR oder einer neuen Datenbank in PostgreSQL."
    )]
    NotEmpty,
    #[error("Mit dieser Datenbank läuft ein Portal: Bitte beenden Sie es zuerst, auf allen Rechnern.")]
    Serving,
    #[error(
        "Die Datenbank antwortet nicht{}, es wurde nichts geschrieben; bitte später noch einmal versuchen.",
        .0.in_words()
    )]
    Unavailable(#[source] StoreError),
    #[error("Die Datenbank meldet einen Fehler, es wurde nichts geschrieben ({0}).")]
    Store(#[source] StoreError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() { Self::Unavailable(error) } else { Self::Store(error) }
    }
}

impl BackupError {
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::Unreadable { file: file.to_owned(), reason: reason(error) }
    }

    pub(super) fn unwritable(file: &Path, error: &io::Error) -> Self {
        Self::Unwritable { file: file.to_owned(), reason: reason(error) }
    }

    pub(super) fn fault(file: &Path, fault: Fault) -> Self {
        let path = file.to_owned();
        match fault {
            Fault::Foreign => Self::Foreign(path),
            Fault::Damaged => Self::Damaged(path),
            Fault::Newer { program } => Self::Newer { file: path, program },
            Fault::Io(error) => Self::unreadable(file, &error),
        }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "den Ordner oder die Datei gibt es nicht",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "das Recht dazu fehlt",
        io::ErrorKind::StorageFull => "der Datenträger ist voll",
        io::ErrorKind::IsADirectory => "es ist ein Ordner",
        _ => "das Betriebssystem meldet einen Fehler",
    }
    .to_owned()
}
