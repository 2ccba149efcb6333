//! `kreislotse import`: a foreign file into the store, in one transaction. `service/entry/imports.rs` does the same from a
//! page, with a look at it in between.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use app::domain::{
    audit::{Action, AuditEvent},
    care_type::Taxonomy,
    ids::AccountId,
    place::Municipality,
};
use time::OffsetDateTime;

use super::demo;
use crate::{
    import::{self, error::FileError, mapping::Mapping, municipality::KnownMunicipality},
    store::{Store, StoreError, Tx, digest},
};

mod apply;
mod facility;
mod kept;
mod organization;
mod report;

pub use report::{ImportReport, Outcome};

/// The detail of the audit log that names where a file comes from.
pub(in crate::service) const SOURCE: &str = "source";

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

impl ImportError {
    /// Whether whoever sent the file can mend it; else the database is what refuses.
    pub fn is_of_file(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Unreadable { .. })
    }
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
    let input = Input {
        file: request.file,
        bytes: &bytes,
        mapping: &mapping,
        taxonomy: request.taxonomy,
        now: request.now,
    };
    let Applied { mut tx, mut report, rejects } = apply(store.begin_alone().await?, &input).await?;
    report.dry_run = request.dry_run;
    if request.dry_run {
        tx.rollback().await?;
        return Ok(report);
    }
    if let Some(bytes) = rejects {
        report.rejects_file = Some(keep_rejects(request, &bytes)?);
    }
    tx.record_audit(&event(None, &input, &report)).await?;
    tx.commit().await?;
    Ok(report)
}

/// A file in memory, with the name that errors begin with.
pub(in crate::service) struct Input<'a> {
    pub file: &'a Path,
    pub bytes: &'a [u8],
    pub mapping: &'a Mapping,
    pub taxonomy: &'a Taxonomy,
    pub now: OffsetDateTime,
}

/// A store that is as the file wants it, for whoever commits it.
pub(in crate::service) struct Applied {
    pub tx: Tx,
    pub report: ImportReport,
    /// The rejected rows as a file.
    pub rejects: Option<Vec<u8>>,
}

/// Brings the store to a file within a transaction of [`Store::begin_alone`]: what the plan starts from is read in the
/// transaction that changes it, as another import meanwhile would make it a plan for a store that is no more.
pub(in crate::service) async fn apply(mut tx: Tx, input: &Input<'_>) -> Result<Applied, ImportError> {
    let into_example = demo::is_demo_within(&mut tx).await?;
    let mut report = ImportReport { into_example, ..ImportReport::default() };
    let known = known_municipalities(&mut tx).await?;
    let mut plan = import::plan(input.bytes, input.mapping, input.taxonomy, &known.planned)
        .map_err(in_file(input.file))?;
    let organizations = tx.list_organizations().await?;
    let tx =
        apply::Apply::new(tx, input.now, known.stored, organizations).run(&mut plan, &mut report).await?;
    Ok(Applied { tx, report, rejects: plan.rejects_file() })
}

/// What the audit log says of an import: where the file comes from, which one it was, and the numbers.
pub(in crate::service) fn event(
    actor: Option<AccountId>,
    input: &Input<'_>,
    report: &ImportReport,
) -> AuditEvent {
    let numbers = report.numbers().pairs().map(|(key, number)| (key, number.to_string()));
    let mut detail = BTreeMap::from(numbers);
    detail.insert(SOURCE, input.mapping.source.clone());
    detail.insert("sha256", digest(input.bytes));
    AuditEvent { actor, action: Action::Imported, subject: None, detail, at: input.now }
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
