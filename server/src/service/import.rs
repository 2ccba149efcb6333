//! `kreislotse import`: a foreign file into the store, in one transaction.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use app::domain::{care_type::Taxonomy, place::Municipality};
use time::OffsetDateTime;

use super::demo;
use crate::{
    import::{self, error::FileError, mapping::Mapping, municipality::KnownMunicipality},
    store::{Store, StoreError, Tx},
};

mod apply;
mod facility;
mod kept;
mod organization;
mod report;

pub use report::{ImportReport, Outcome};

/// What the command was asked to do.
#[derive(Clone, Debug)]
pub struct ImportRequest<'a> {
    pub file: &'a Path,
    pub mapping: &'a Path,
    /// Do everything but write.
    pub dry_run: bool,
    /// Where rejected rows go; `None`: beside the file, see [`ImportReport::rejects_file`].
    pub rejects: Option<&'a Path>,
    /// The folder for rejected rows where nothing can be written beside the file.
    pub elsewhere: Option<&'a Path>,
    pub taxonomy: &'a Taxonomy,
    pub now: OffsetDateTime,
}

/// Why nothing was imported. The text is one German sentence that begins with the file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{file}: {reason}")]
    Unreadable { file: String, reason: &'static str },
    #[error("{file}{}: {fault}", fault.place())]
    File { file: String, fault: FileError },
    #[error(
        "{file}: Die abgelehnten Zeilen lassen sich hier nicht ablegen ({reason}), es wurde nichts eingelesen; bitte mit --rejects eine andere Datei nennen."
    )]
    Rejects { file: String, reason: String },
    #[error(
        "Die Datenbank antwortet nicht{}, es wurde nichts geschrieben; bitte später noch einmal versuchen.",
        .0.in_words()
    )]
    Unavailable(#[source] StoreError),
    #[error("Die Datenbank hat den Import abgewiesen, es wurde nichts geschrieben ({0}).")]
    Refused(#[source] StoreError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() { Self::Unavailable(error) } else { Self::Refused(error) }
    }
}

/// Imports a file. Rejected rows are written to their file before anything becomes lasting.
///
/// # Errors
/// Whatever the error, the store is as it was.
pub async fn run(store: &Store, request: &ImportRequest<'_>) -> Result<ImportReport, ImportError> {
    let mapping_file = read_mapping(request.mapping)?;
    let mapping = Mapping::parse(&mapping_file, request.taxonomy).map_err(in_file(request.mapping))?;
    let bytes = read(request.file)?;
    let mut report = ImportReport { dry_run: request.dry_run, ..ImportReport::default() };
    // What the plan starts from is read in the transaction that changes it: another import meanwhile
    // would make it a plan for a store that is no more.
    let mut tx = store.begin_alone().await?;
    report.into_example = demo::is_demo_within(&mut tx).await?;
    let known = known_municipalities(&mut tx).await?;
    let mut plan =
        import::plan(&bytes, &mapping, request.taxonomy, &known.planned).map_err(in_file(request.file))?;
    let organizations = tx.list_organizations().await?;
    let applied =
        apply::Apply::new(tx, request.now, known.stored, organizations).run(&mut plan, &mut report).await?;
    if request.dry_run {
        applied.rollback().await?;
        return Ok(report);
    }
    if let Some(bytes) = plan.rejects_file() {
        report.rejects_file = Some(keep_rejects(request, &bytes)?);
    }
    applied.commit().await?;
    Ok(report)
}

/// A mapping file; the name `kreislotse` alone is the format of [`super::export`].
fn read_mapping(path: &Path) -> Result<Vec<u8>, ImportError> {
    // Also where the program itself lies in the folder, under this very name.
    if path == Path::new("kreislotse") {
        return Ok(super::export::MAPPING.as_bytes().to_vec());
    }
    read(path)
}

/// A whole file, or why it cannot be read.
pub(in crate::service) fn read(path: &Path) -> Result<Vec<u8>, ImportError> {
    fs::read(path).map_err(|error| ImportError::Unreadable {
        file: path.display().to_string(),
        reason: match error.kind() {
            std::io::ErrorKind::NotFound => "Diese Datei gibt es nicht.",
            std::io::ErrorKind::PermissionDenied => "Für diese Datei fehlt die Berechtigung zum Lesen.",
            std::io::ErrorKind::IsADirectory => "Das ist ein Ordner, keine Datei.",
            _ => "Die Datei lässt sich nicht lesen.",
        },
    })
}

pub(in crate::service) fn in_file(path: &Path) -> impl Fn(FileError) -> ImportError {
    move |fault| ImportError::File { file: path.display().to_string(), fault }
}

struct Known {
    stored: Vec<Municipality>,
    planned: Vec<KnownMunicipality>,
}

async fn known_municipalities(tx: &mut Tx) -> Result<Known, StoreError> {
    let stored = tx.list_municipalities().await?;
    let codes = tx.list_postal_codes().await?;
    let planned = stored
        .iter()
        .map(|municipality| KnownMunicipality {
            ags: municipality.ags.clone(),
            name: municipality.name.clone(),
            aliases: municipality.aliases.clone(),
            postal_codes: codes
                .iter()
                .filter(|(id, _)| *id == municipality.id)
                .map(|(_, code)| code.clone())
                .collect::<BTreeSet<_>>(),
        })
        .collect();
    Ok(Known { stored, planned })
}

/// Writes rejected rows where they are wanted, else beside the file that is imported, else elsewhere;
/// answers where they are.
fn keep_rejects(request: &ImportRequest<'_>, bytes: &[u8]) -> Result<PathBuf, ImportError> {
    if let Some(path) = request.rejects {
        let is_input =
            fs::canonicalize(path).ok().is_some_and(|path| fs::canonicalize(request.file).ok() == Some(path));
        if is_input {
            let reason = "das ist die Datei, die eingelesen wird".to_owned();
            return Err(ImportError::Rejects { file: path.display().to_string(), reason });
        }
        write_rejects(path, bytes)?;
        return Ok(path.to_owned());
    }
    let beside = free_name(request.file, bytes);
    match (write_rejects(&beside, bytes), request.elsewhere) {
        (Ok(()), _) => Ok(beside),
        (Err(_), Some(folder)) => {
            let path = free_name(&folder.join(request.file.file_name().unwrap_or_default()), bytes);
            write_rejects(&path, bytes)?;
            Ok(path)
        }
        (Err(error), None) => Err(error),
    }
}

/// `NAME.rejected.csv` beside a file; one that is there already, perhaps half mended, is never overwritten.
fn free_name(file: &Path, bytes: &[u8]) -> PathBuf {
    let stem = file.file_stem().map_or_else(|| "import".into(), |stem| stem.to_string_lossy().into_owned());
    let names = (1..).map(|number| match number {
        1 => file.with_file_name(format!("{stem}.rejected.csv")),
        number => file.with_file_name(format!("{stem}.rejected-{number}.csv")),
    });
    let free = |path: &PathBuf| fs::read(path).map_or(true, |there| there == bytes);
    names.take(10_000).find(free).unwrap_or_else(|| file.with_file_name(format!("{stem}.rejected.csv")))
}

fn write_rejects(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    fs::write(path, bytes).map_err(|error| ImportError::Rejects {
        file: path.display().to_string(),
        reason: match error.kind() {
            std::io::ErrorKind::NotFound => "den Ordner gibt es nicht".to_owned(),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                "die Berechtigung zum Schreiben fehlt".to_owned()
            }
            std::io::ErrorKind::StorageFull => "der Datenträger ist voll".to_owned(),
            _ => "die Datei lässt sich nicht schreiben".to_owned(),
        },
    })
}
