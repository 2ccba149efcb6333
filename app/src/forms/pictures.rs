//! Pictures: what is to be seen, in which order, and which go. Their files come by a form of their own.

use super::{NewUpload, Reader, Typed};
use crate::{components::form::Problem, domain::facility::Facility};

/// Most pictures of an entry.
pub const MOST: usize = 12;

/// Longest alternative text in characters.
const ALT: usize = 250;

const NO_ALT: &str = "Bitte beschreiben Sie in einem kurzen Satz, was zu sehen ist. Wer das Bild nicht sieht, liest diesen Satz.";

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    for (own, place) in facility.pictures.iter().zip(1..) {
        typed.set(format!("bild-{}-alt", own.id), &own.alt);
        typed.set(format!("bild-{}-platz", own.id), place.to_string());
    }
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility) {
    let mut placed = Vec::new();
    for (mut own, before) in std::mem::take(&mut facility.pictures).into_iter().zip(1_usize..) {
        let field = |name| format!("bild-{}-{name}", own.id);
        // One that the form does not name came after it was shown.
        if !reader.typed.names(&field("alt")) {
            placed.push(((before, true), own));
            continue;
        }
        if reader.typed.has(&field("weg"), "ja") {
            continue;
        }
        let place = reader.typed.get(&field("platz")).parse().unwrap_or(before);
        match reader.line(field("alt"), ALT) {
            Some(alt) => own.alt = alt,
            None => reader.problem(field("alt"), NO_ALT),
        }
        // Whoever was moved to a place has it before whoever was there.
        placed.push(((place, place == before), own));
    }
    placed.sort_by_key(|(key, _)| *key);
    facility.pictures = placed.into_iter().map(|(_, own)| own).collect();
}

/// The alternative text of a picture that is sent.
pub fn read_new(words: &NewUpload) -> Result<String, Vec<Problem>> {
    words.read("neu-alt", ALT, NO_ALT)
}
