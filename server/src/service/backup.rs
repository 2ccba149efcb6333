//! `kreislotse backup`, `restore` and `move`: the whole store into a file and back, whichever engine.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, BufReader, BufWriter},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::store::{Store, StoreError, copy};

mod error;
mod format;

pub use error::BackupError;
pub use format::Header;
use format::{Fault, Line, Reader, Writer};

/// Rows that are sent to the database at a time.
const BATCH: usize = 500;
/// Texts of rows that are sent at a time, in bytes: one row may be a picture.
const BATCH_BYTES: usize = 8_000_000;

/// What a copy held, as the commands print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// When the copy was made, as RFC 3339.
    pub created_at: String,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
}

impl fmt::Display for BackupReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |table: &str| self.rows.get(table).copied().unwrap_or_default();
        write!(
            f,
            "Einrichtungen: {}, Angebote: {}, Kapazitätsmeldungen: {}, Orte: {}, Zeilen insgesamt: {}",
            of("facility"),
            of("offer"),
            of("capacity_report"),
            of("gazetteer_place"),
            self.rows.values().sum::<u64>()
        )
    }
}

/// Copies everything as it is at this moment into a file, while others read and write. The file
/// appears under its name only when it is complete and lies on the disk.
///
/// # Errors
/// Whatever the error, a file that had the name before is as it was.
pub async fn backup(store: &Store, file: &Path, now: OffsetDateTime) -> Result<BackupReport, BackupError> {
    let unwritable = |error: io::Error| BackupError::unwritable(file, &error);
    let unfinished = Unfinished::beside(file);
    // What is in it is not for everybody on this machine.
    let out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished.0);
    let out = out.map_err(unwritable)?;
    let header = Header {
        version: format::VERSION,
        schema: copy::schema(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at: now.format(&Rfc3339).unwrap_or_default(),
    };
    let mut writer = Writer::new(BufWriter::new(out), &header).map_err(unwritable)?;
    let mut moment = store.begin_copy().await?;
    for table in copy::TABLES {
        writer.table(table.name, table.columns()).map_err(unwritable)?;
        moment.read(table, |row| writer.row(&row).map_err(unwritable)).await?;
    }
    moment.end().await?;
    let (out, rows) = writer.finish().map_err(unwritable)?;
    let out = out.into_inner().map_err(|error| unwritable(error.into_error()))?;
    out.sync_all().map_err(unwritable)?;
    unfinished.becomes(file).map_err(unwritable)?;
    Ok(BackupReport { created_at: header.created_at, rows })
}

/// Reads a backup to its end without touching any store.
///
/// # Errors
/// When the file is none, is damaged, or comes from a newer version.
pub fn check(file: &Path) -> Result<BackupReport, BackupError> {
    let fault = |fault: Fault| BackupError::fault(file, fault);
    let (header, mut reader) = open(file)?;
    while reader.next().map_err(fault)?.is_some() {}
    let rows = reader.rows().clone();
    Ok(BackupReport { created_at: header.created_at, rows })
}

/// Fills an empty store from a backup. The file is read to its end first: a damaged one touches nothing.
///
/// # Errors
/// Whatever the error, the store is as empty as it was.
pub async fn restore(store: &Store, file: &Path) -> Result<BackupReport, BackupError> {
    let report = check(file)?;
    let fault = |fault: Fault| BackupError::fault(file, fault);
    let mut filling = store.begin_filling().await?.ok_or(BackupError::Serving)?;
    if !filling.is_empty().await? {
        return Err(BackupError::NotEmpty);
    }
    let (_, mut reader) = open(file)?;
    let mut part: Option<Part> = None;
    while let Some(line) = reader.next().map_err(fault)? {
        match line {
            Line::Table { name, columns } => {
                if let Some(part) = part.take() {
                    part.fill(&mut filling, file).await?;
                }
                let table = copy::TABLES.iter().find(|table| table.name == name);
                let table = table.ok_or_else(|| fault(Fault::Damaged))?;
                part = Some(Part { table, columns, rows: Vec::new(), bytes: 0 });
            }
            Line::Row(row) => {
                let Some(part) = &mut part else { return Err(fault(Fault::Damaged)) };
                part.bytes += row.iter().map(|value| value.as_str().map_or(0, str::len)).sum::<usize>();
                part.rows.push(row);
                if part.rows.len() >= BATCH || part.bytes >= BATCH_BYTES {
                    part.bytes = 0;
                    let rows = std::mem::take(&mut part.rows);
                    filling.insert(part.table, &part.columns, rows).await.map_err(refused(file))?;
                }
            }
        }
    }
    if let Some(part) = part {
        part.fill(&mut filling, file).await?;
    }
    filling.commit().await?;
    Ok(report)
}

/// Copies everything into another, empty store. Nothing can be written to the first one meanwhile.
///
/// # Errors
/// Whatever the error, both stores are as they were.
pub async fn copy_to(
    from: &Store,
    to: &Store,
    scratch: &Path,
    now: OffsetDateTime,
) -> Result<BackupReport, BackupError> {
    let mut alone = from.begin_alone().await?;
    if !alone.lock_out_portals().await? {
        return Err(BackupError::Serving);
    }
    let file = Unfinished(scratch.join(format!("umzug-{}.sicherung", std::process::id())));
    backup(from, &file.0, now).await?;
    let report = restore(to, &file.0).await?;
    alone.rollback().await?;
    Ok(report)
}

/// Rows of one table on their way.
struct Part {
    table: &'static copy::Table,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    /// Size of their texts.
    bytes: usize,
}

impl Part {
    async fn fill(self, filling: &mut copy::Filling, file: &Path) -> Result<(), BackupError> {
        filling.insert(self.table, &self.columns, self.rows).await.map_err(refused(file))
    }
}

/// A row that the database does not take is one that nobody could have saved.
fn refused(file: &Path) -> impl Fn(StoreError) -> BackupError {
    move |error| match error {
        StoreError::Unreadable(_) | StoreError::Conflict(_) | StoreError::Refused(_) => {
            tracing::debug!(error = &error as &dyn std::error::Error, "a row of the backup was refused");
            BackupError::fault(file, Fault::Damaged)
        }
        error => error.into(),
    }
}

fn open(file: &Path) -> Result<(Header, Reader<BufReader<fs::File>>), BackupError> {
    let from = fs::File::open(file).map_err(|error| BackupError::unreadable(file, &error))?;
    Reader::open(BufReader::new(from), copy::schema()).map_err(|fault| BackupError::fault(file, fault))
}

/// A file that is not there yet, or not for long; what is left of it goes with this value.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Self(file.with_file_name(format!(".{name}.{}", std::process::id())))
    }

    /// Gives it its name, and makes sure that a power cut does not take it away again.
    fn becomes(self, file: &Path) -> io::Result<()> {
        fs::rename(&self.0, file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After `becomes` there is nothing under this name.
        let _ = fs::remove_file(&self.0);
    }
}
