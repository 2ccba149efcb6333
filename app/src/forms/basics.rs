//! What and where it is: name, address, ways to reach it, and a text.

use super::{Known, LINE, Reader, Typed};
use crate::domain::{
    facility::Facility,
    place::{Position, PostalCode},
    value,
};

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    let address = &facility.address;
    typed.set("name", &facility.name);
    typed.set_optional("strasse", address.street.as_ref());
    typed.set("plz", address.postal_code.as_ref().map_or("", PostalCode::as_str));
    typed.set("gemeinde", address.municipality.as_ref().map_or_else(String::new, |own| own.id.to_string()));
    typed.set_optional("ortsteil", address.locality.as_ref());
    typed.set("lage", position_text(facility.position));
    typed.set_optional("telefon", facility.phone.as_ref());
    typed.set_optional("email", facility.email.as_ref());
    typed.set_optional("website", facility.website.as_ref());
    typed.set_optional("beschreibung", facility.description.as_ref());
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility, known: Known<'_>) {
    match reader.line("name", LINE) {
        Some(name) => facility.name = name,
        None => reader.problem("name", "Bitte nennen Sie den Namen der Einrichtung."),
    }
    let before = facility.position;
    let address = &mut facility.address;
    address.street = reader.line("strasse", LINE);
    address.postal_code = match reader.line("plz", 20) {
        None => None,
        Some(text) => {
            let code = PostalCode::parse(&text);
            if code.is_none() {
                reader.problem("plz", "Eine Postleitzahl hat fünf Ziffern.");
            }
            code
        }
    };
    let id = reader.typed.get("gemeinde");
    let municipality = known.municipalities.iter().find(|own| own.id.to_string() == id).cloned();
    if municipality.is_none() && !id.is_empty() {
        reader.problem("gemeinde", "Bitte wählen Sie eine Gemeinde aus der Liste.");
    }
    address.municipality = municipality;
    address.locality = reader.line("ortsteil", LINE);
    if address.locality.is_some() && id.is_empty() {
        reader.problem("gemeinde", "Bitte wählen Sie auch die Gemeinde, zu der der Ortsteil gehört.");
    }
    facility.position = reader.checked(
        "lage",
        (position_text(before), before),
        parse_position,
        "Bitte geben Sie Breite und Länge an, zum Beispiel 49,4667, 7,1667 – oder lassen Sie das Feld leer.",
    );
    facility.phone = reader.phone("telefon", facility.phone.clone().as_ref());
    facility.email = reader.email("email", facility.email.clone().as_ref());
    facility.website = reader.website("website", facility.website.clone().as_ref());
    facility.description = reader.lines("beschreibung", 5_000);
}

/// Latitude and longitude as a map on the phone shows them.
fn position_text(position: Option<Position>) -> String {
    position.map_or_else(String::new, |Position { lat, lon }| format!("{lat:.5}, {lon:.5}"))
}

/// Two numbers, each with point or comma.
fn parse_position(text: &str) -> Option<Position> {
    let (lat, lon) =
        text.split_once(", ").or_else(|| text.split_once(';')).or_else(|| text.split_once(' '))?;
    value::position(lat.trim(), lon.trim())
}
