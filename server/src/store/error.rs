//! Why the store could not do it. No text here repeats what the database says; that is the source,
//! for the log.

use std::io;

use sqlx::{error::ErrorKind, migrate::MigrateError};

/// The error of the engine, for the log only.
type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer, is locked, or its disk is full. It may work again in a moment.
    #[error("the database does not answer")]
    Unavailable(#[source] Cause),
    /// The database does not let this user in, or not do what the program has to.
    #[error("the database does not accept this user")]
    Denied(#[source] Cause),
    /// The entry that was to be changed does not exist.
    #[error("the entry does not exist")]
    NotFound,
    /// An entry with the same slug, key or external id exists already.
    #[error("such an entry exists already")]
    Conflict(#[source] Cause),
    /// The entry names something that does not exist, or breaks a rule of the schema.
    #[error("the entry breaks a rule of the database")]
    Refused(#[source] Cause),
    /// The address of the database is neither `postgres://…` nor that of a SQLite file.
    #[error("the address of the database is not understood")]
    Address,
    /// This SQLite could corrupt its file; 3.51.3 is the oldest that does not.
    #[error("SQLite {0} is too old, at least 3.51.3 is needed")]
    OldSqlite(String),
    /// The database cannot hold German texts.
    #[error("the database has the encoding {0}, UTF8 is needed")]
    Encoding(String),
    /// The schema is not the one of this program, or could not be brought up to date.
    #[error("the database does not have the schema of this program")]
    Schema(#[source] Cause),
    /// A stored value is none that this program knows.
    #[error("the stored value of {0} cannot be read")]
    Unreadable(&'static str),
    /// A defect.
    #[error("the database refused a statement")]
    Internal(#[source] Cause),
}

impl StoreError {
    /// Whether trying again later may help.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl StoreError {
    /// What people can see to, in German and in parentheses; empty where nothing helpful is known.
    pub fn in_words(&self) -> &'static str {
        let Self::Unavailable(cause) = self else { return "" };
        let Some(error) = cause.downcast_ref::<sqlx::Error>() else { return "" };
        match error {
            sqlx::Error::Tls(_) => " (die verschlüsselte Verbindung kommt nicht zustande)",
            sqlx::Error::Io(error) => match error.kind() {
                io::ErrorKind::ConnectionRefused => " (an dieser Adresse läuft keine)",
                io::ErrorKind::NotFound => " (unter dieser Adresse ist nichts)",
                io::ErrorKind::StorageFull => DISK_FULL,
                _ => "",
            },
            error => error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .map_or("", |code| code_in_words(&code)),
        }
    }
}

const DISK_FULL: &str = " (der Datenträger ist voll)";

/// What a code of PostgreSQL or SQLite means to people.
fn code_in_words(code: &str) -> &'static str {
    if code.len() == 5 {
        return match code {
            "3D000" => " (diese Datenbank gibt es dort nicht)",
            "53100" => DISK_FULL,
            "53300" => " (sie nimmt gerade keine Verbindungen mehr an)",
            _ => "",
        };
    }
    match primary(code) {
        BUSY | LOCKED => " (ein anderes Programm schreibt gerade)",
        READONLY => " (sie lässt sich nur lesen)",
        IOERR => " (die Datei lässt sich nicht schreiben; vielleicht ist der Datenträger voll)",
        FULL => DISK_FULL,
        _ => "",
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        let Some(database) = error.as_database_error() else {
            return match error {
                E::Io(_)
                | E::Tls(_)
                | E::PoolTimedOut
                | E::PoolClosed
                | E::WorkerCrashed
                | E::BeginFailed => Self::Unavailable(Box::new(error)),
                E::ColumnDecode { .. } | E::Decode(_) => Self::Unreadable("a column"),
                error => Self::Internal(Box::new(error)),
            };
        };
        if database.code().is_some_and(|code| is_temporary(&code)) {
            return Self::Unavailable(Box::new(error));
        }
        if database.code().is_some_and(|code| is_denial(&code)) {
            return Self::Denied(Box::new(error));
        }
        match database.kind() {
            ErrorKind::UniqueViolation => Self::Conflict(Box::new(error)),
            ErrorKind::ForeignKeyViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation => {
                Self::Refused(Box::new(error))
            }
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => match Self::from(error) {
                Self::Unavailable(cause) => Self::Unavailable(cause),
                Self::Denied(cause) => Self::Denied(cause),
                other => Self::Schema(Box::new(other)),
            },
            error => Self::Schema(Box::new(error)),
        }
    }
}

const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const IOERR: i32 = 10;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;

/// Whether a code of PostgreSQL (five characters) or SQLite (a number) is no defect of ours, but a
/// state of the database that can end.
fn is_temporary(code: &str) -> bool {
    if code.len() == 5 {
        // Connection exceptions, resources, operator intervention, system errors; then: database
        // missing, not accepting connections, read-only, serialization failure, deadlock, lock timeout.
        return ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
            || ["3D000", "55000", "25006", "40001", "40P01", "55P03"].contains(&code);
    }
    [BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN].contains(&primary(code))
}

/// The low byte of an extended SQLite code is the primary one; 0 where it is no code.
fn primary(code: &str) -> i32 {
    code.parse::<i32>().map_or(0, |code| code & 0xff)
}

/// Whether SQLite has refused because somebody else has the file.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| primary(&code) == BUSY)
}

/// Whether a code of PostgreSQL says that this user may not: invalid authorization, or a privilege
/// that is missing.
fn is_denial(code: &str) -> bool {
    code.len() == 5 && (code.starts_with("28") || code == "42501")
}

#[cfg(test)]
mod tests {
    use super::{StoreError, code_in_words, is_denial, is_temporary};

    #[test]
    fn a_cause_is_said_where_people_can_see_to_it() {
        for (code, words) in
            [("13", "voll"), ("778", "vielleicht"), ("5", "schreibt gerade"), ("3D000", "gibt es")]
        {
            assert!(code_in_words(code).contains(words), "{code}");
        }
        assert_eq!((code_in_words("57P01"), code_in_words("")), ("", ""));
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        assert!(StoreError::from(sqlx::Error::Io(refused)).in_words().contains("läuft keine"));
        assert_eq!(StoreError::NotFound.in_words(), "");
    }

    #[test]
    fn a_wrong_password_and_a_missing_right_are_told_from_outages_and_defects() {
        for code in ["28P01", "28000", "42501"] {
            assert!(is_denial(code) && !is_temporary(code), "{code}");
        }
        for code in ["28", "42P01", "08006"] {
            assert!(!is_denial(code), "{code}");
        }
    }

    #[test]
    fn locks_full_disks_and_restarts_are_temporary_and_broken_rules_are_not() {
        for code in ["5", "261", "13", "778", "14", "57P01", "57P03", "53300", "53100", "08006", "40P01"] {
            assert!(is_temporary(code), "{code}");
        }
        for code in ["1", "2067", "787", "1555", "23505", "42P01", "P0001", ""] {
            assert!(!is_temporary(code), "{code}");
        }
    }
}
