//! What an import did, as the command prints it.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use app::domain::import::ImportNumbers;

use crate::import::plan::{Reject, Remark};

/// How a row ended. Every row ends as exactly one of these, or is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// Its facility has no name and waits for the county; however often it is imported.
    Draft,
    /// People keep the entry by hand: the county decides what becomes of it.
    Proposed,
    /// The entry is not listed by somebody's wish, or archived, and stays so.
    HeldBack,
}

/// The report of one import. Its text ends with the line that programs read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub dry_run: bool,
    /// The other entries are those of the example county.
    pub into_example: bool,
    pub warnings: Vec<Remark>,
    pub rejects: Vec<Reject>,
    /// Where the rejected rows are, to be mended and imported again.
    pub rejects_file: Option<PathBuf>,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub drafts: usize,
    pub proposed: usize,
    pub held_back: usize,
    /// How each row ended, by its line.
    pub outcomes: BTreeMap<usize, Outcome>,
}

impl ImportReport {
    pub(super) fn count(&mut self, line: usize, outcome: Outcome) {
        self.outcomes.insert(line, outcome);
        *match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Draft => &mut self.drafts,
            Outcome::Proposed => &mut self.proposed,
            Outcome::HeldBack => &mut self.held_back,
        } += 1;
    }

    pub(super) fn warn(&mut self, line: usize, text: impl Into<String>) {
        self.warnings.push(Remark { line, text: text.into() });
    }

    pub fn numbers(&self) -> ImportNumbers {
        ImportNumbers {
            created: self.created,
            updated: self.updated,
            unchanged: self.unchanged,
            drafts: self.drafts,
            proposed: self.proposed,
            held_back: self.held_back,
            rejected: self.rejects.len(),
        }
    }

    /// Rows in all.
    pub fn rows(&self) -> usize {
        self.created
            + self.updated
            + self.unchanged
            + self.rejects.len()
            + self.drafts
            + self.proposed
            + self.held_back
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for warning in &self.warnings {
            writeln!(f, "Hinweis, Zeile {}: {}.", warning.line, warning.text)?;
        }
        for reject in &self.rejects {
            writeln!(f, "Abgelehnt, Zeile {}: {}.", reject.line, reject.reason)?;
        }
        if let Some(path) = &self.rejects_file {
            writeln!(
                f,
                "Die abgelehnten Zeilen stehen in {}; berichtigt lassen sie sich mit derselben Zuordnung einlesen.",
                path.display()
            )?;
        }
        if self.into_example {
            writeln!(
                f,
                "Hinweis: In dieser Datenbank liegt der Beispielkreis, und jede Seite sagt weiter, dass die Einträge erfunden sind. Ein eigener Landkreis braucht eine leere Datenbank, zum Beispiel mit einem anderen KREISLOTSE_DATA_DIR."
            )?;
        }
        if self.dry_run {
            writeln!(f, "Probelauf: Es wurde nichts geschrieben.")?;
        }
        write!(
            f,
            "created={} updated={} unchanged={} rejected={} drafts={}",
            self.created,
            self.updated,
            self.unchanged,
            self.rejects.len(),
            self.drafts
        )?;
        if self.proposed + self.held_back > 0 {
            write!(f, " proposed={} held_back={}", self.proposed, self.held_back)?;
        }
        Ok(())
    }
}
