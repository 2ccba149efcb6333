//! What people may read before they come.

use super::{LINE, Reader, Typed};
use crate::domain::facility::{Document, Facility};

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
        let title = reader.line(field("titel"), LINE);
        let before = facility.documents.get(at).map(|own| &own.url);
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
            (None, Some(_)) => reader.problem(field("titel"), "Bitte geben Sie dem Dokument einen Titel."),
            _ => {}
        }
    }
    facility.documents = documents;
}
