//! Whom to ask about what, and when somebody is there.

use super::{LINE, Reader, Typed, hours};
use crate::{
    domain::{
        facility::{Contact, Facility},
        opening_hours::{OpenSpan, OpeningHours},
    },
    text::dates,
};

/// Most contacts of an entry.
pub const MOST: usize = 12;

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    for (at, contact) in facility.contacts.iter().enumerate() {
        typed.set(format!("kontakt-{at}-wofuer"), &contact.purpose);
        typed.set_optional(format!("kontakt-{at}-telefon"), contact.phone.as_ref());
        typed.set_optional(format!("kontakt-{at}-email"), contact.email.as_ref());
    }
    let kind = match facility.opening_hours {
        OpeningHours::NotKnown => "unbekannt",
        OpeningHours::ByAppointment => "vereinbarung",
        OpeningHours::Regular(_) => "regelmaessig",
    };
    typed.set("zeiten", kind);
    if let OpeningHours::Regular(spans) = &facility.opening_hours {
        for day in 1..=OpenSpan::HOLIDAY {
            let mut of_day: Vec<_> = spans.iter().copied().filter(|span| span.weekday == day).collect();
            of_day.sort_unstable();
            typed.set(format!("tag-{day}"), hours::write(&of_day));
        }
    }
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility) {
    let mut contacts = Vec::new();
    for at in 0..MOST.max(facility.contacts.len()) {
        let before = facility.contacts.get(at);
        let field = |name| format!("kontakt-{at}-{name}");
        let purpose = reader.line(field("wofuer"), LINE);
        let phone = reader.phone(field("telefon"), before.and_then(|own| own.phone.as_ref()));
        let email = reader.email(field("email"), before.and_then(|own| own.email.as_ref()));
        match purpose {
            Some(purpose) => contacts.push(Contact { purpose, phone, email }),
            None if phone.is_some() || email.is_some() => {
                reader.problem(
                    field("wofuer"),
                    "Bitte sagen Sie, wofür dieser Kontakt da ist, zum Beispiel „Aufnahme“.",
                );
            }
            None => {}
        }
    }
    facility.contacts = contacts;
    // Whoever fills in days where there were none means them.
    let days =
        || (1..=OpenSpan::HOLIDAY).any(|day| !reader.typed.get(&format!("tag-{day}")).trim().is_empty());
    let newly = !matches!(facility.opening_hours, OpeningHours::Regular(_)) && days();
    facility.opening_hours = match reader.typed.get("zeiten") {
        "unbekannt" | "" if newly => OpeningHours::Regular(read_week(reader)),
        "regelmaessig" => OpeningHours::Regular(read_week(reader)),
        "vereinbarung" => OpeningHours::ByAppointment,
        _ => OpeningHours::NotKnown,
    };
}

fn read_week(reader: &mut Reader<'_>) -> Vec<OpenSpan> {
    let mut spans = Vec::new();
    for day in 1..=OpenSpan::HOLIDAY {
        let field = format!("tag-{day}");
        let text = reader.line(field.clone(), LINE).unwrap_or_default();
        if let Some(of_day) = hours::parse(day, &text) {
            spans.extend(of_day);
        } else {
            let name = if day == OpenSpan::HOLIDAY { "Feiertage" } else { dates::weekday(day) };
            let text = "Bitte schreiben Sie die Zeiten so: 8–12 Uhr, 14–17:30 Uhr; den ganzen Tag: 0–24 Uhr.";
            reader.problem(field, format!("{name}: {text}"));
        }
    }
    if spans.is_empty() && reader.problems.is_empty() {
        reader.problem("tag-1", "Bitte nennen Sie für mindestens einen Tag die Zeiten.");
    }
    spans.sort_unstable();
    spans
}
