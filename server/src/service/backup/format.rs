//! The file of a backup: gzip over lines of JSON, the same for both engines.
//!
//! ```text
//! {"kreislotse_backup":1,"schema":1,"program":"0.1.0","created_at":"2026-11-22T08:00:00Z"}
//! {"table":"organization","columns":["id","slug",…]}
//! ["0193…","diakonie",…]
//! …
//! {"end":{"organization":12,…},"sha256":"…"}
//! ```
//!
//! The checksum is over all lines before the last one. Anything that is cut off, changed or added is
//! noticed.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Write},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The version of the form itself.
pub(super) const VERSION: u32 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    #[serde(rename = "kreislotse_backup")]
    pub version: u32,
    /// The newest migration of the program that wrote it.
    pub schema: i64,
    /// The version of that program.
    pub program: String,
    /// When it was made, as RFC 3339.
    pub created_at: String,
}

#[derive(Serialize, Deserialize)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct EndLine {
    end: BTreeMap<String, u64>,
    sha256: String,
}

/// What a line says.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    Table { name: String, columns: Vec<String> },
    Row(Vec<Value>),
}

/// Why a file is no backup that can be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// It never was one.
    #[error("not a backup")]
    Foreign,
    #[error("damaged or cut off")]
    Damaged,
    #[error("written by a newer version")]
    Newer { program: String },
    #[error(transparent)]
    Io(io::Error),
}

/// Writes a backup.
pub(super) struct Writer<W: Write> {
    out: GzEncoder<W>,
    digest: Sha256,
    table: String,
    rows: BTreeMap<String, u64>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W, header: &Header) -> io::Result<Self> {
        let out = GzEncoder::new(out, Compression::default());
        let mut writer = Self { out, digest: Sha256::new(), table: String::new(), rows: BTreeMap::new() };
        writer.line(header)?;
        Ok(writer)
    }

    pub(super) fn table(
        &mut self,
        name: &str,
        columns: impl Iterator<Item = &'static str>,
    ) -> io::Result<()> {
        name.clone_into(&mut self.table);
        self.rows.insert(name.to_owned(), 0);
        let columns = columns.map(str::to_owned).collect();
        self.line(&TableLine { table: name.to_owned(), columns })
    }

    pub(super) fn row(&mut self, row: &[Value]) -> io::Result<()> {
        *self.rows.entry(self.table.clone()).or_default() += 1;
        self.line(&row)
    }

    /// Writes the last line; gives back what it wrote to and the rows of each table.
    pub(super) fn finish(mut self) -> io::Result<(W, BTreeMap<String, u64>)> {
        let sha256 = hex(self.digest.clone());
        let end = self.rows.clone();
        self.line(&EndLine { end, sha256 })?;
        Ok((self.out.finish()?, self.rows))
    }

    fn line(&mut self, content: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(content)?;
        line.push(b'\n');
        self.digest.update(&line);
        self.out.write_all(&line)
    }
}

/// Reads a backup. What it gives before its end may still turn out to be damaged.
pub(super) struct Reader<R: Read> {
    from: BufReader<GzDecoder<R>>,
    digest: Sha256,
    table: Option<String>,
    rows: BTreeMap<String, u64>,
}

impl<R: Read> Reader<R> {
    /// Reads the first line. `schema` is the newest that this program knows.
    pub(super) fn open(from: R, schema: i64) -> Result<(Header, Self), Fault> {
        let from = BufReader::new(GzDecoder::new(from));
        let mut reader = Self { from, digest: Sha256::new(), table: None, rows: BTreeMap::new() };
        let first = reader.next_line().map_err(|fault| match fault {
            Fault::Damaged => Fault::Foreign,
            fault => fault,
        })?;
        // Other versions may have other fields; these two will always be there.
        let first: Value = serde_json::from_slice(&first).map_err(|_| Fault::Foreign)?;
        let version = first["kreislotse_backup"].as_u64().ok_or(Fault::Foreign)?;
        let program = first["program"].as_str().unwrap_or_default().to_owned();
        if version > u64::from(VERSION) || first["schema"].as_i64().is_some_and(|its| its > schema) {
            return Err(Fault::Newer { program });
        }
        let header: Header = serde_json::from_value(first).map_err(|_| Fault::Damaged)?;
        Ok((header, reader))
    }

    /// The next line; `None` after the last one, when everything was as it should be.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Fault> {
        let before = self.digest.clone();
        let line = self.next_line()?;
        if line.first() == Some(&b'[') {
            let table = self.table.as_ref().ok_or(Fault::Damaged)?;
            *self.rows.entry(table.clone()).or_default() += 1;
            return serde_json::from_slice(&line).map(|row| Some(Line::Row(row))).map_err(|_| Fault::Damaged);
        }
        if let Ok(TableLine { table, columns }) = serde_json::from_slice(&line) {
            self.table = Some(table.clone());
            self.rows.insert(table.clone(), 0);
            return Ok(Some(Line::Table { name: table, columns }));
        }
        let end: EndLine = serde_json::from_slice(&line).map_err(|_| Fault::Damaged)?;
        let mut rest = [0];
        let nothing_follows = self.from.read(&mut rest).map_err(damaged)? == 0;
        let whole = end.sha256 == hex(before) && end.end == self.rows && nothing_follows;
        if whole { Ok(None) } else { Err(Fault::Damaged) }
    }

    /// Rows of each table, as far as it was read.
    pub(super) fn rows(&self) -> &BTreeMap<String, u64> {
        &self.rows
    }

    fn next_line(&mut self) -> Result<Vec<u8>, Fault> {
        let mut line = Vec::new();
        self.from.read_until(b'\n', &mut line).map_err(damaged)?;
        self.digest.update(&line);
        if line.ends_with(b"\n") { Ok(line) } else { Err(Fault::Damaged) }
    }
}

/// What gzip cannot read is damaged; what the disk cannot read is another matter.
fn damaged(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Fault::Damaged
        }
        _ => Fault::Io(error),
    }
}

fn hex(digest: Sha256) -> String {
    use std::fmt::Write;
    digest.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
