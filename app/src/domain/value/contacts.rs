//! Contacts in one cell: `Aufnahme: 03871 1, aufnahme@haus.de | Beschwerden: 03871 2`.

use crate::domain::facility::Contact;

/// `None` where a part names no purpose.
pub fn parse(text: &str) -> Option<Vec<Contact>> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(contact).collect()
}

fn contact(text: &str) -> Option<Contact> {
    let (purpose, ways) = text.split_once(':')?;
    let mut contact = Contact { purpose: purpose.trim().to_owned(), phone: None, email: None };
    for way in ways.split(',').map(str::trim).filter(|way| !way.is_empty()) {
        let slot = if way.contains('@') { &mut contact.email } else { &mut contact.phone };
        if slot.replace(way.to_owned()).is_some() {
            return None;
        }
    }
    (!contact.purpose.is_empty()).then_some(contact)
}

/// The marks that separate parts cannot be part of a value: they become spaces.
pub fn write(contacts: &[Contact]) -> String {
    let plain = |text: &str| text.replace(['|', ':', ','], " ");
    let one = |contact: &Contact| {
        let ways: Vec<_> =
            [&contact.phone, &contact.email].into_iter().flatten().map(|way| plain(way)).collect();
        format!("{}: {}", plain(&contact.purpose), ways.join(", "))
    };
    contacts.iter().map(one).collect::<Vec<_>>().join(" | ")
}
