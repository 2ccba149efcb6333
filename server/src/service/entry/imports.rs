//! Imports from a page: a file is tried first and kept; what is taken over is what was shown.

use std::{collections::BTreeMap, path::Path};

use app::{
    backend::access::CountyAdministrator,
    domain::{
        audit::Action,
        ids::ImportId,
        import::{ImportNumbers, ImportPreview, ImportRemark, PastImport, PendingImport},
        portal::Portal,
    },
};
use time::Duration;
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

use super::{EntryError, EntryService};
use crate::{
    import::{
        error::FileError,
        mapping::Mapping,
        plan::{Reject, Remark},
    },
    service::{
        export,
        import::{self, Applied, ImportError, ImportReport, Input, SOURCE},
    },
    store::{PendingFiles, StoreError, Tx, digest},
};

/// How long a file waits for a decision.
pub const KEPT: Duration = Duration::hours(24);
/// Largest file in bytes.
pub const FILE_BYTES: usize = 8 * 1024 * 1024;
/// Largest mapping in bytes: people write them by hand.
pub const MAPPING_BYTES: usize = 256 * 1024;
/// Imports of the past that are listed.
const PAST: i64 = 10;

/// Mappings that come with the program: key, what they are for, content.
pub const MAPPINGS: [(&str, &str, &str); 2] = [
    ("kreislotse", "Tabelle aus diesem Portal (Ausgabe von „kreislotse export“)", export::MAPPING),
    ("lup", "Pflegeportal Ludwigslust-Parchim, Stand 2015", include_str!("../../../mappings/lup.toml")),
];

/// A file with its name, as a browser sends it.
#[derive(Clone, Debug, Default)]
pub struct SentFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Why a file was not tried, or not taken over.
#[derive(Debug, thiserror::Error)]
pub enum ImportRefusal {
    /// Another import runs.
    #[error("another import runs")]
    Busy,
    /// It was taken over or thrown away, is too old, or somebody else's.
    #[error("it is not there")]
    Gone,
    /// The file or its mapping cannot be used; the text says why.
    #[error("the file cannot be used")]
    File(ImportError),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl From<StoreError> for ImportRefusal {
    fn from(error: StoreError) -> Self {
        Self::Entry(error.into())
    }
}

impl From<ImportError> for ImportRefusal {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Unavailable(error) => error.into(),
            error => Self::File(error),
        }
    }
}

impl ImportRefusal {
    /// Whether the mapping is what cannot be used.
    pub fn is_of_mapping(&self) -> bool {
        matches!(self, Self::File(ImportError::File { fault: FileError::Mapping { .. }, .. }))
    }
}

/// What became of a decision to take a file over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    TakenOver,
    /// By now the file would do something else: that is to be looked at.
    Differs,
}

/// What a page has shown of a file, for the form that decides about it.
pub fn stamp(preview: &ImportPreview) -> String {
    digest(&serde_json::to_vec(preview).unwrap_or_default())
}

impl EntryService {
    /// Tries a file and keeps it for a decision, in the place of what the same person tried before. Nothing of it is
    /// written.
    ///
    /// # Errors
    /// [`ImportRefusal::Busy`] or [`ImportRefusal::File`]
    pub async fn try_import(
        &self,
        who: &CountyAdministrator,
        file: SentFile,
        mapping: SentFile,
    ) -> Result<ImportId, ImportRefusal> {
        let _alone = self.alone()?;
        let now = self.clock.now().instant;
        let (file_name, mapping_name) = (shown_name(&file.name), shown_name(&mapping.name));
        let read = self.mapping(&mapping_name, &mapping.bytes)?;
        let portal = self.portal();
        let input = self.input(&portal, (&file_name, &file.bytes), &read);
        let Applied { tx, report, rejects } = import::apply(self.begin_alone().await?, &input).await?;
        tx.rollback().await?;
        let preview = preview(&read, &report);
        let pending =
            PendingImport { id: ImportId(Uuid::now_v7()), file_name, mapping_name, preview, created_at: now };
        let files = PendingFiles { content: file.bytes, mapping: mapping.bytes, rejects };
        let mut tx = self.store.begin().await?;
        tx.delete_old_pending_imports(now - KEPT).await?;
        tx.delete_pending_imports_of(who.account()).await?;
        tx.insert_pending_import(&pending, who.account(), &files).await?;
        tx.commit().await?;
        Ok(pending.id)
    }

    /// A file of this person that waits for a decision.
    pub async fn find_import(
        &self,
        who: &CountyAdministrator,
        id: ImportId,
    ) -> Result<Option<PendingImport>, ImportRefusal> {
        let since = self.clock.now().instant - KEPT;
        Ok(self.store.find_pending_import((id, who.account()), since).await?)
    }

    /// The rows of such a file that would be rejected, as a file.
    pub async fn find_rejects(
        &self,
        who: &CountyAdministrator,
        id: ImportId,
    ) -> Result<Option<Vec<u8>>, ImportRefusal> {
        let Some(pending) = self.find_import(who, id).await? else { return Ok(None) };
        Ok(self.store.find_pending_files(pending.id).await?.and_then(|files| files.rejects))
    }

    /// Takes a file over if it still does what was shown; else it is kept with what it would do by now.
    ///
    /// # Errors
    /// [`ImportRefusal::Gone`], [`ImportRefusal::Busy`] or [`ImportRefusal::File`]; nothing is written then.
    pub async fn take_over_import(
        &self,
        who: &CountyAdministrator,
        id: ImportId,
        seen: &str,
    ) -> Result<Decided, ImportRefusal> {
        let _alone = self.alone()?;
        let now = self.clock.now().instant;
        let own = (id, who.account());
        let mut tx = self.begin_alone().await?;
        let pending = tx.find_pending_import(own, now - KEPT).await?.ok_or(ImportRefusal::Gone)?;
        let files = tx.find_pending_files(id).await?.ok_or(ImportRefusal::Gone)?;
        let mapping = self.mapping(&pending.mapping_name, &files.mapping)?;
        let portal = self.portal();
        let input = self.input(&portal, (&pending.file_name, &files.content), &mapping);
        let Applied { mut tx, report, rejects } = import::apply(tx, &input).await?;
        let preview = preview(&mapping, &report);
        if stamp(&preview) != seen {
            tx.rollback().await?;
            let mut tx = self.store.begin().await?;
            tx.update_pending_import(id, &preview, rejects.as_deref()).await?;
            tx.commit().await?;
            return Ok(Decided::Differs);
        }
        // It may have taken minutes: the right is asked for once more.
        let account = self.accounts.find(who.account()).await.map_err(EntryError::from)?;
        let may = account.is_some_and(|account| CountyAdministrator::require(&account).is_ok());
        if !may {
            return Err(ImportRefusal::Gone);
        }
        tx.delete_pending_import(own).await?;
        tx.record_audit(&import::event(Some(who.account()), &input, &report)).await?;
        tx.commit().await?;
        Ok(Decided::TakenOver)
    }

    /// Forgets a file of this person.
    ///
    /// # Errors
    /// [`ImportRefusal::Gone`]
    pub async fn discard_import(&self, who: &CountyAdministrator, id: ImportId) -> Result<(), ImportRefusal> {
        let mut tx = self.store.begin().await?;
        let was_there = tx.delete_pending_import((id, who.account())).await?;
        tx.commit().await?;
        if was_there { Ok(()) } else { Err(ImportRefusal::Gone) }
    }

    /// The newest imports, those of the command line with them.
    pub async fn list_imports(&self, _: &CountyAdministrator) -> Result<Vec<PastImport>, ImportRefusal> {
        let past = self.store.list_audit_of(Action::Imported, PAST).await?;
        let read = |past: crate::store::PastAction| {
            let detail: BTreeMap<String, String> = past.detail;
            let numbers = ImportNumbers::from_keys(|key| detail.get(key)?.parse().ok());
            let source = detail.get(SOURCE).cloned().unwrap_or_default();
            PastImport { at: past.at, actor: past.actor, source, numbers }
        };
        Ok(past.into_iter().map(read).collect())
    }

    fn alone(&self) -> Result<SemaphorePermit<'_>, ImportRefusal> {
        self.imports.try_acquire().map_err(|_| ImportRefusal::Busy)
    }

    /// A transaction for an import. Where another program imports, it does not wait for ever.
    async fn begin_alone(&self) -> Result<Tx, ImportRefusal> {
        match self.store.begin_alone_soon().await {
            Ok(tx) => Ok(tx),
            Err(error) if !error.is_unavailable() => Err(error.into()),
            // The store does not say whether somebody writes or nothing answers.
            Err(_) => Err(ImportRefusal::Busy),
        }
    }

    fn mapping(&self, name: &str, bytes: &[u8]) -> Result<Mapping, ImportRefusal> {
        let read = Mapping::parse(bytes, &self.portal().taxonomy);
        Ok(read.map_err(import::in_file(Path::new(name)))?)
    }

    fn input<'a>(
        &self,
        portal: &'a Portal,
        (name, bytes): (&'a str, &'a [u8]),
        mapping: &'a Mapping,
    ) -> Input<'a> {
        let now = self.clock.now().instant;
        Input { file: Path::new(name), bytes, mapping, taxonomy: &portal.taxonomy, now }
    }
}

fn preview(mapping: &Mapping, report: &ImportReport) -> ImportPreview {
    let remark = |(line, text): (usize, &str)| ImportRemark { line, text: text.to_owned() };
    let warning = |own: &Remark| remark((own.line, &own.text));
    let reject = |own: &Reject| remark((own.line, &own.reason));
    ImportPreview {
        source: mapping.source.clone(),
        numbers: report.numbers(),
        into_example: report.into_example,
        warnings: report.warnings.iter().map(warning).collect(),
        rejects: report.rejects.iter().map(reject).collect(),
        outcomes: digest(format!("{:?}", report.outcomes).as_bytes()),
    }
}

/// The name of a file as it is kept and shown: browsers may send anything.
fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
    if name.trim().is_empty() { "Datei".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_short_name_without_folders() {
        for (sent, shown) in [
            ("C:\\fakepath\\liste.csv", "liste.csv"),
            ("../../etc/passwd", "passwd"),
            ("a\0\nb.csv", "ab.csv"),
            ("  ", "Datei"),
            ("", "Datei"),
        ] {
            assert_eq!(shown_name(sent), shown, "{sent:?}");
        }
        assert_eq!(shown_name(&"ä".repeat(500)).chars().count(), 100);
    }

    #[test]
    fn every_mapping_that_comes_along_can_be_read() {
        for (key, _, content) in MAPPINGS {
            let read = Mapping::parse(content.as_bytes(), &app::domain::care_type::Taxonomy::builtin());
            assert!(read.is_ok(), "{key}: {read:?}");
        }
    }
}
