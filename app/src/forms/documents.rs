//! What people may read before they come.

use super::{LINE, NewUpload, Reader, Typed};
use crate::{
    components::form::Problem,
    domain::facility::{Document, Facility},
};

const NO_TITLE: &str = "Bitte geben Sie dem Dokument einen Titel.";

/// Most documents of an entry.
pub const MOST: usize = 12;

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    for (at, document) in facility.documents.iter().enumerate() {
        typed.set(format!("unterlage-{at}-titel"), &document.title);
        typed.set(format!("unterlage-{at}-adresse"), &document.url);
    }
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility) {
    let mut documents = Vec::new();
    for at in 0..MOST.max(facility.documents.len()) {
        let field = |name| format!("unterlage-{at}-{name}");
        if reader.typed.has(&field("weg"), "ja") {
            continue;
        }
        let title = reader.line(field("titel"), LINE);
        // Somebody may have put them into another order, and an uploaded one has no address of the web.
        let typed = reader.typed.get(&field("adresse"));
        let before = facility.documents.iter().map(|own| &own.url).find(|own| *own == typed);
        let problems = reader.problems.len();
        let url = reader.website(field("adresse"), before);
        match (title, url) {
            (Some(title), Some(url)) => documents.push(Document { title, url }),
            (Some(_), None) if reader.problems.len() == problems => {
                reader.problem(
                    field("adresse"),
                    "Bitte geben Sie an, unter welcher Adresse das Dokument im Netz steht.",
                );
            }
            (None, Some(_)) => reader.problem(field("titel"), NO_TITLE),
            _ => {}
        }
    }
    facility.documents = documents;
}

/// The title of a document that is sent.
pub fn read_new(words: &NewUpload) -> Result<String, Vec<Problem>> {
    words.read("neu-titel", LINE, NO_TITLE)
}
