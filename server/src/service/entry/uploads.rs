//! Pictures and documents that people send for an entry. What they make is a draft like everything else.

use std::collections::HashSet;

use app::{
    backend::access::EntryEditor,
    components::form::Problem,
    domain::{
        draft::Entry,
        facility::{Document, Facility},
        ids::{FacilityId, Slug, UploadId},
        upload::Picture,
    },
    forms::{self, NewUpload as Words},
    routes,
};
use time::{Duration, OffsetDateTime};
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

use super::{EntryError, EntryService};
use crate::{
    picture::{self, PictureFault, Prepared},
    store::{NewUpload, Tx, Upload},
};

/// Largest picture and largest document in bytes.
pub const FILE_BYTES: usize = 12_000_000;

/// Most files that are kept for an entry: those of its versions, too.
const MOST_KEPT: usize = 100;

/// How long a file is kept that nothing names: whoever has just sent it may still take back what they did.
const UNNAMED: Duration = Duration::days(1);

impl EntryService {
    /// Waits until a file may be received. Comes before its body is read.
    ///
    /// # Errors
    /// [`EntryError::TooOften`] where this person has sent enough for now.
    pub async fn receive(&self, editor: &EntryEditor) -> Result<SemaphorePermit<'_>, EntryError> {
        self.accounts.count_upload(editor.account()).ok_or(EntryError::TooOften)?;
        // It is never closed.
        self.files.acquire().await.map_err(|_| EntryError::TooOften)
    }

    /// Adds a picture to the draft.
    ///
    /// # Errors
    /// [`EntryError::Problems`] where file or words cannot be used; else as `save_part`.
    pub async fn add_picture(
        &self,
        editor: &EntryEditor,
        file: Vec<u8>,
        words: &Words,
    ) -> Result<(), EntryError> {
        let (alt, file) = both(forms::read_new_picture(words), sized(file))?;
        // One at a time: each may take hundreds of megabytes. The turn ends with the work, also where whoever sent it has
        // gone meanwhile.
        let turn = self.pictures.clone().acquire_owned().await;
        let prepared = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            picture::prepare(&file)
        })
        .await;
        // A panic of the library is a picture that nobody can read.
        let prepared = prepared.unwrap_or(Err(PictureFault::Damaged)).map_err(unreadable)?;
        let Prepared { large, small, width, height } = prepared;
        self.add_file(editor, &alt, (&large, Some(&small)), |next, id| {
            if next.pictures.len() >= forms::MOST_PICTURES {
                return Err(problem(format!("Mehr als {} Bilder haben keinen Platz.", forms::MOST_PICTURES)));
            }
            next.pictures.push(Picture { id, alt: alt.clone(), width, height });
            Ok(())
        })
        .await
    }

    /// Adds a PDF to the documents of the draft.
    ///
    /// # Errors
    /// As [`Self::add_picture`].
    pub async fn add_document(
        &self,
        editor: &EntryEditor,
        file: Vec<u8>,
        words: &Words,
    ) -> Result<(), EntryError> {
        let (title, file) = both(forms::read_new_document(words), sized(file))?;
        if !is_pdf(&file) {
            return Err(problem(
                "Das ist kein PDF. Bitte speichern Sie das Dokument als PDF und wählen Sie es noch einmal.",
            ));
        }
        self.add_file(editor, &title, (&file, None), |next, id| {
            if next.documents.len() >= forms::MOST_DOCUMENTS {
                let text = format!("Mehr als {} Dokumente haben keinen Platz.", forms::MOST_DOCUMENTS);
                return Err(problem(text));
            }
            next.documents.push(Document { title: title.clone(), url: routes::document(id) });
            Ok(())
        })
        .await
    }

    /// Keeps a file, and the draft that names it. `small` is a picture for phones.
    async fn add_file(
        &self,
        editor: &EntryEditor,
        words: &str,
        (content, small): (&[u8], Option<&[u8]>),
        name_it: impl FnOnce(&mut Facility, UploadId) -> Result<(), EntryError> + Send,
    ) -> Result<(), EntryError> {
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        let entry = self.editable(&mut tx, editor).await?;
        let (id, facility) = (UploadId(Uuid::now_v7()), entry.live.id);
        let mut next = entry.current().clone();
        name_it(&mut next, id)?;
        self.make_room(&mut tx, &entry).await?;
        let (name, created_at) = (Slug::from_name(words).to_string(), self.clock.now().instant);
        tx.insert_upload(&NewUpload { id, facility, name: &name, content, small, created_at }).await?;
        self.keep(&mut tx, editor, &entry, next).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A file without its content, and the entry it belongs to; `true`: citizens see it there.
    pub async fn find_upload(&self, id: UploadId) -> Result<Option<(Upload, Facility, bool)>, EntryError> {
        let Some(upload) = self.store.find_upload(id).await? else { return Ok(None) };
        let found = self.store.list_facilities(&[upload.facility]).await?.pop();
        Ok(found.map(|live| {
            let is_public = live.is_shown(&self.portal().taxonomy) && named(&live).any(|own| own == id);
            (upload, live, is_public)
        }))
    }

    /// What is in a file; of a picture the small size, where that is wanted.
    pub async fn read_upload(&self, id: UploadId, small: bool) -> Result<Option<Vec<u8>>, EntryError> {
        Ok(self.store.read_upload(id, small).await?)
    }

    /// Removes files that nothing names any more, and refuses one more where too many are left.
    async fn make_room(&self, tx: &mut Tx, entry: &Entry) -> Result<(), EntryError> {
        let known = tx.list_uploads(entry.live.id).await?;
        let used = self.used(entry.live.id, entry).await?;
        let before = self.clock.now().instant - UNNAMED;
        let is_left = |(id, at): &&(UploadId, OffsetDateTime)| used.contains(id) || *at > before;
        for (id, _) in known.iter().filter(|own| !is_left(own)) {
            tx.delete_upload(*id).await?;
        }
        if known.iter().filter(is_left).count() >= MOST_KEPT {
            return Err(problem(
                "Für diesen Eintrag sind schon sehr viele Dateien gespeichert. Bitte versuchen Sie es morgen noch einmal oder fragen Sie beim Landkreis nach.",
            ));
        }
        Ok(())
    }

    /// Files that the entry, its draft or one of its versions names.
    async fn used(&self, id: FacilityId, entry: &Entry) -> Result<HashSet<UploadId>, EntryError> {
        let mut used: HashSet<UploadId> = named(&entry.live).chain(named(entry.current())).collect();
        for version in self.store.list_versions(id).await? {
            used.extend(named(&version.facility));
        }
        Ok(used)
    }
}

/// The files that a version of an entry names.
fn named(facility: &Facility) -> impl Iterator<Item = UploadId> {
    let documents = facility.documents.iter().filter_map(|own| routes::uploaded_document(&own.url));
    facility.pictures.iter().map(|own| own.id).chain(documents)
}

/// What was said and what was sent, or all that is wrong with either.
fn both(
    words: Result<String, Vec<Problem>>,
    file: Result<Vec<u8>, Problem>,
) -> Result<(String, Vec<u8>), EntryError> {
    match (words, file) {
        (Ok(words), Ok(file)) => Ok((words, file)),
        (words, file) => {
            let mut problems: Vec<_> = file.err().into_iter().collect();
            problems.extend(words.err().unwrap_or_default());
            Err(EntryError::Problems(problems))
        }
    }
}

fn sized(file: Vec<u8>) -> Result<Vec<u8>, Problem> {
    match file.len() {
        0 => Err(Problem::new("datei", "Bitte wählen Sie eine Datei aus.")),
        size if size > FILE_BYTES => {
            Err(Problem::new("datei", "Die Datei ist zu groß. Höchstens 12 MB sind möglich."))
        }
        _ => Ok(file),
    }
}

fn unreadable(fault: PictureFault) -> EntryError {
    problem(match fault {
        PictureFault::Foreign => {
            "Das ist kein Bild, das wir lesen können. Bitte wählen Sie ein Bild als JPEG, PNG oder WebP."
        }
        PictureFault::Damaged => {
            "Das Bild ist beschädigt oder nicht vollständig. Bitte wählen Sie ein anderes."
        }
        PictureFault::TooLarge => "Das Bild hat zu viele Bildpunkte. Höchstens 50 Millionen sind möglich.",
        PictureFault::TooSmall => {
            "Das Bild ist zu klein. Es braucht mindestens 100 Bildpunkte in Breite und Höhe."
        }
    })
}

fn problem(text: impl Into<String>) -> EntryError {
    EntryError::Problems(vec![Problem::new("datei", text)])
}

/// Whether a file begins and ends as a PDF does (ISO 32000-2, 7.5). It is handed out to be saved, never shown by us.
fn is_pdf(file: &[u8]) -> bool {
    let end = &file[file.len().saturating_sub(2_048)..];
    file.starts_with(b"%PDF-") && end.windows(5).any(|part| part == b"%%EOF")
}
