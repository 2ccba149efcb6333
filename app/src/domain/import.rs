//! An import through the browser: what a file would do is shown before it is done.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{draft::Author, ids::ImportId};

/// How the rows of a file end, each as exactly one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNumbers {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Without a name they wait for the county.
    pub drafts: usize,
    /// People keep the entry by hand: the county decides.
    pub proposed: usize,
    /// The entry is not listed by somebody's wish, or archived, and stays so.
    pub held_back: usize,
    pub rejected: usize,
}

impl ImportNumbers {
    /// Each number with its stable key: they are part of the audit log.
    pub fn pairs(self) -> [(&'static str, usize); 7] {
        [
            ("created", self.created),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("drafts", self.drafts),
            ("proposed", self.proposed),
            ("held_back", self.held_back),
            ("rejected", self.rejected),
        ]
    }

    /// The numbers by their keys, where one is known.
    pub fn from_keys(number: impl Fn(&str) -> Option<usize>) -> Self {
        let of = |key| number(key).unwrap_or_default();
        Self {
            created: of("created"),
            updated: of("updated"),
            unchanged: of("unchanged"),
            drafts: of("drafts"),
            proposed: of("proposed"),
            held_back: of("held_back"),
            rejected: of("rejected"),
        }
    }
}

/// Something about a line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRemark {
    pub line: usize,
    pub text: String,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// The origin of the file, as its mapping names it.
    pub source: String,
    pub numbers: ImportNumbers,
    /// The other entries are those of the example county.
    pub into_example: bool,
    pub warnings: Vec<ImportRemark>,
    pub rejects: Vec<ImportRemark>,
    /// A digest of how each single row ends: two files with equal numbers may do different things.
    pub outcomes: String,
}

/// A file that was tried and waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingImport {
    pub id: ImportId,
    /// As the browser calls it.
    pub file_name: String,
    pub mapping_name: String,
    pub preview: ImportPreview,
    pub created_at: OffsetDateTime,
}

/// An import of the past, as the audit log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastImport {
    pub at: OffsetDateTime,
    /// `None`: somebody at the command line.
    pub actor: Option<Author>,
    pub source: String,
    pub numbers: ImportNumbers,
}
