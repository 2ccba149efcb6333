//! Text to records: comma, semicolon or tab, quotes, any line end, and the line every record starts on.

use super::error::{FileError, Place};

/// Longest field that is read, in characters. Longer ones are a broken file, not a text.
pub const MAX_FIELD: usize = 10_000;

/// One record of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Line it starts on, from 1.
    pub line: usize,
    pub fields: Vec<String>,
    /// The record as it stands in the file, without its line end.
    pub raw: String,
    /// A quote is not closed, or a field is too long: the fields mean nothing.
    pub broken: bool,
}

/// A file as header and records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub delimiter: char,
    /// Names of the columns, trimmed.
    pub header: Vec<String>,
    /// Line the header starts on.
    pub head_line: usize,
    /// Everything before the first record as it stands in the file, line ends as `line_end`.
    pub head: String,
    pub line_end: &'static str,
    pub records: Vec<Record>,
}

impl Table {
    /// Reads a table. `expected` are column names: the delimiter under which the header has most of
    /// them is taken, unless one is declared or the file begins with Excel's `sep=;`.
    ///
    /// # Errors
    /// When there is no record behind the header, or the header names a column twice.
    pub fn read(text: &str, declared: Option<char>, expected: &[&str]) -> Result<Self, FileError> {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (separator_line, says) = separator_line(text);
        let body = &text[separator_line.len()..];
        let delimiter = declared.or(says).unwrap_or_else(|| detect(body, expected));
        let first_line = 1 + usize::from(says.is_some());
        let mut records = Reader { text: body, at: 0, line: first_line, delimiter }.records();
        if records.is_empty() {
            return Err(FileError::Empty);
        }
        let head = records.remove(0);
        let place = Place::line(head.line);
        let header: Vec<String> = head.fields.iter().map(|name| name.trim().to_owned()).collect();
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].iter().any(|other| same_column(other, name)) {
                return Err(FileError::DuplicateColumn { name: name.clone(), place });
            }
        }
        if records.is_empty() {
            return Err(FileError::NoRows);
        }
        let separator = separator_line.trim_end();
        let head_line = head.line;
        let head = match separator {
            "" => format!("{}{line_end}", head.raw),
            line => format!("{line}{line_end}{}{line_end}", head.raw),
        };
        Ok(Self { delimiter, header, head_line, head, line_end, records })
    }

    /// Where a column stands, whatever its case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| same_column(column, name))
    }
}

fn same_column(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Excel's first line `sep=;` and what it says.
fn separator_line(text: &str) -> (&str, Option<char>) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let says = line
        .trim_end_matches(['\r', '\n'])
        .to_ascii_lowercase()
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next())
        .filter(|c| [',', ';', '\t'].contains(c));
    if says.is_some() { (line, says) } else { ("", None) }
}

fn detect(text: &str, expected: &[&str]) -> char {
    let score = |delimiter: char| {
        let header = Reader { text, at: 0, line: 1, delimiter }.next_record();
        let fields = header.map(|record| record.fields).unwrap_or_default();
        let known =
            expected.iter().filter(|name| fields.iter().any(|field| same_column(field, name))).count();
        (known, fields.len())
    };
    // The first of equals wins: the comma.
    [',', ';', '\t'].into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(',')
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    delimiter: char,
}

impl Reader<'_> {
    /// Every record with something in it; lines without any content are no records.
    fn records(mut self) -> Vec<Record> {
        let mut records = Vec::new();
        while let Some(record) = self.next_record() {
            if record.broken || record.fields.iter().any(|field| !field.trim().is_empty()) {
                records.push(record);
            }
        }
        records
    }

    fn next_record(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let mut fields = Vec::new();
        loop {
            match self.field() {
                Some((field, more)) => {
                    fields.push(field);
                    if !more {
                        break;
                    }
                }
                None => return Some(self.broken(start, line)),
            }
        }
        let raw = self.text[start..self.at].to_owned();
        self.end_line();
        Some(Record { line, fields, raw, broken: false })
    }

    /// A record that cannot be read ends where its first line ends: one missing quote must not
    /// swallow the rest of the file.
    fn broken(&mut self, start: usize, line: usize) -> Record {
        self.line = line;
        self.at = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
        let raw = self.text[start..self.at].to_owned();
        self.end_line();
        Record { line, fields: Vec::new(), raw, broken: true }
    }

    /// A field and whether another one follows in the record.
    fn field(&mut self) -> Option<(String, bool)> {
        let mut field = String::new();
        let mut length = 0;
        let mut quoted = self.peek() == Some('"');
        if quoted {
            self.at += 1;
        }
        while let Some(c) = self.peek() {
            length += 1;
            if length > MAX_FIELD {
                return None;
            }
            if quoted && c == '"' {
                self.at += 1;
                match self.peek() {
                    Some('"') => self.push(&mut field, '"'),
                    Some(next) if next != self.delimiter && next != '\r' && next != '\n' => field.push('"'),
                    _ => quoted = false,
                }
            } else if !quoted && c == self.delimiter {
                self.at += c.len_utf8();
                return Some((field, true));
            } else if c == '\r' || c == '\n' {
                if !quoted {
                    return Some((field, false));
                }
                self.end_line();
                field.push('\n');
            } else {
                self.push(&mut field, c);
            }
        }
        (!quoted).then_some((field, false))
    }

    fn push(&mut self, field: &mut String, c: char) {
        field.push(c);
        self.at += c.len_utf8();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn end_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        self.line += 1;
    }
}

#[cfg(test)]
mod tests;
