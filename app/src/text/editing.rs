//! Words about entries that are edited.

use crate::{
    domain::{
        draft::DraftState,
        facility::{Facility, Visibility},
        notice::NoticeKind,
        opening_hours::OpeningHours,
    },
    forms::Part,
};

/// What a draft is, for a badge.
pub fn draft_state(state: DraftState) -> &'static str {
    match state {
        DraftState::Editing => "Entwurf",
        DraftState::Submitted => "in Prüfung",
        DraftState::Returned => "zurückgegeben",
    }
}

/// What people see of an entry, for a badge.
pub fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "veröffentlicht",
        Visibility::Draft => "noch nicht veröffentlicht",
        Visibility::Archived => "archiviert",
        Visibility::Declined => "auf Wunsch nicht gelistet",
    }
}

/// What a part of an entry is about: its title, and what belongs to it.
pub fn part(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Basics => ("Grunddaten", "Name, Anschrift, Telefon, Beschreibung"),
        Part::Contacts => ("Kontakt und Öffnungszeiten", "Wer wofür zu erreichen ist, und wann"),
        Part::Access => ("Zugang und Sprachen", "Barrierefreiheit, Sprachen außer Deutsch"),
        Part::Pictures => ("Bilder", "Wie es bei Ihnen aussieht"),
        Part::Documents => ("Unterlagen", "Hausordnung, Preise, Anmeldebogen"),
        Part::Provider => ("Rechtliche Angaben", "Rechtsform, Vertretung, Aufsicht"),
        Part::Offer(_) => ("Angebot", "Plätze, Schwerpunkte, Kosten"),
        Part::NewOffer => ("Neues Angebot", "Plätze, Schwerpunkte, Kosten"),
    }
}

/// What has to be there before an entry can be submitted, each with the part where it is mended.
pub fn obstacles(facility: &Facility) -> Vec<(Part, &'static str)> {
    let mut found = Vec::new();
    if facility.name.trim().is_empty() {
        found.push((Part::Basics, "Der Name fehlt."));
    }
    if facility.address.municipality.is_none() {
        found.push((Part::Basics, "Die Gemeinde fehlt."));
    }
    if facility.offers.is_empty() {
        found.push((Part::NewOffer, "Es fehlt ein Angebot: Ohne Angebot findet niemand die Einrichtung."));
    }
    found
}

/// What would help people who look for something, each with the part where it is said.
pub fn hints(facility: &Facility) -> Vec<(Part, &'static str)> {
    let mut found = Vec::new();
    let mut hint = |missing: bool, part: Part, text: &'static str| {
        if missing {
            found.push((part, text));
        }
    };
    hint(facility.address.street.is_none(), Part::Basics, "Straße und Hausnummer fehlen.");
    hint(facility.phone.is_none(), Part::Basics, "Eine Telefonnummer fehlt. Die meisten rufen an.");
    hint(facility.description.is_none(), Part::Basics, "Eine Beschreibung fehlt: Wie ist es bei Ihnen?");
    hint(
        facility.opening_hours == OpeningHours::NotKnown,
        Part::Contacts,
        "Die Öffnungszeiten fehlen: Wann ist jemand zu erreichen?",
    );
    hint(facility.accessibility.0.is_empty(), Part::Access, "Zur Barrierefreiheit ist nichts gesagt.");
    hint(facility.pictures.is_empty(), Part::Pictures, "Es gibt noch kein Bild: Wie sieht es bei Ihnen aus?");
    hint(facility.legal.represented_by.is_none(), Part::Provider, "Wer die Einrichtung vertritt, fehlt.");
    for offer in &facility.offers {
        let lacks =
            offer.conditions.is_none() && offer.specialisms.is_empty() && offer.places_total.is_none();
        hint(lacks, Part::Offer(offer.id), "Ein Angebot hat noch keine Einzelheiten.");
    }
    found
}

/// What a submitted draft is.
pub fn waiting_entry(live: Visibility) -> &'static str {
    if live == Visibility::Draft { "Neuer Eintrag" } else { "Änderung" }
}

/// What a notice is about, for the county's list.
pub fn notice_kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Wrong => "Hinweis: etwas stimmt nicht",
        NoticeKind::Claim => "Antrag: Einrichtung übernehmen",
        NoticeKind::Decline => "Antrag: nicht gelistet werden",
        NoticeKind::Registration => "Antrag: neuer Träger",
    }
}
