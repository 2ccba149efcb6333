//! Rows to facilities: one facility for all rows with the same key, each row an offer of it.

use std::collections::{BTreeMap, HashMap};

use app::domain::facility::{Contact, LegalParticulars};

use super::{
    plan::{PlannedFacility, PlannedOffer},
    row::Row,
    value,
};

/// Purpose of further numbers and addresses that rows of one facility have.
const FURTHER: &str = "Weiterer Kontakt";

/// Groups rows, in the order in which their facilities first appear. `municipalities` and
/// `organizations` say where those of each row stand in the plan.
pub fn group(
    rows: Vec<Row>,
    municipalities: &[Option<usize>],
    organizations: &[Option<usize>],
    mut warn: impl FnMut(usize, String),
) -> Vec<PlannedFacility> {
    let mut facilities: Vec<PlannedFacility> = Vec::new();
    let mut by_key: HashMap<(String, String), usize> = HashMap::new();
    for (at, row) in rows.into_iter().enumerate() {
        let next = facilities.len();
        let found = *by_key.entry((row.source.clone(), row.key.clone())).or_insert(next);
        if found == next {
            facilities.push(empty(&row));
        }
        add(&mut facilities[found], row, municipalities[at], organizations[at], &mut warn);
    }
    for facility in &mut facilities {
        share_places(facility);
    }
    facilities
}

fn empty(row: &Row) -> PlannedFacility {
    PlannedFacility {
        source: row.source.clone(),
        key: row.key.clone(),
        name: row.facility.name.clone(),
        slug: row.facility.slug.clone(),
        organization: None,
        owner: None,
        street: None,
        postal_code: None,
        municipality: None,
        locality: None,
        position: None,
        phone: None,
        email: None,
        website: None,
        description: None,
        contacts: Vec::new(),
        opening_hours: row.facility.opening_hours.clone(),
        languages: Vec::new(),
        accessibility: row.facility.accessibility.clone(),
        documents: Vec::new(),
        legal: LegalParticulars::default(),
        offers: Vec::new(),
    }
}

/// Adds a row. The first row that says something about the facility wins; a row that contradicts it
/// is mentioned.
fn add(
    facility: &mut PlannedFacility,
    row: Row,
    municipality: Option<usize>,
    organization: Option<usize>,
    warn: &mut impl FnMut(usize, String),
) {
    let line = row.line;
    let own = own_values(&row);
    let mut first = |differs: bool, what: &str| {
        if differs {
            warn(
                line,
                format!("{what} weicht von einer früheren Zeile derselben Einrichtung ab; die frühere gilt"),
            );
        }
    };
    let cells = row.facility;
    first(keep(&mut facility.organization, organization), "Der Träger");
    first(keep(&mut facility.municipality, municipality), "Die Gemeinde");
    first(keep(&mut facility.owner, cells.owner), "Der Eigentümer");
    first(keep(&mut facility.locality, cells.locality), "Der Ortsteil");
    first(keep(&mut facility.website, cells.website), "Die Internetadresse");
    first(keep(&mut facility.description, cells.description), "Die Beschreibung");
    let (own_legal, legal) = (&mut facility.legal, cells.legal);
    first(keep(&mut own_legal.legal_form, legal.legal_form), "Die Rechtsform");
    first(keep(&mut own_legal.represented_by, legal.represented_by), "Die Vertretung");
    first(keep(&mut own_legal.register, legal.register), "Das Register");
    first(keep(&mut own_legal.supervisory_authority, legal.supervisory_authority), "Die Aufsicht");
    first(keep(&mut own_legal.institution_code, legal.institution_code), "Das Institutionskennzeichen");
    // These are spelt in many ways, and positions differ by a metre: the first says enough.
    keep(&mut facility.street, cells.street);
    keep(&mut facility.postal_code, cells.postal_code);
    keep(&mut facility.position, cells.position);
    for phone in cells.phones {
        add_phone(facility, phone);
    }
    for email in cells.emails {
        add_email(facility, email);
    }
    for contact in cells.contacts {
        if !facility.contacts.contains(&contact) {
            facility.contacts.push(contact);
        }
    }
    if facility.opening_hours == app::domain::opening_hours::OpeningHours::NotKnown {
        facility.opening_hours = cells.opening_hours;
    }
    for language in cells.languages {
        if !facility.languages.contains(&language) {
            facility.languages.push(language);
        }
    }
    for document in cells.documents {
        if !facility.documents.contains(&document) {
            facility.documents.push(document);
        }
    }
    for (feature, yes) in cells.accessibility.0 {
        facility.accessibility.0.entry(feature).or_insert(yes);
    }
    facility.offers.push(PlannedOffer {
        line,
        external_id: row.external_id,
        source: row.source,
        cells: row.offer,
        shares_places_with: None,
        own,
    });
}

/// Fills what is empty; `true` where something else is there already.
fn keep<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    match (&slot, value) {
        (None, value) => {
            *slot = value;
            false
        }
        (Some(there), Some(value)) => *there != value,
        (Some(_), None) => false,
    }
}

/// No number is lost: those beside the first become contacts.
fn add_phone(facility: &mut PlannedFacility, phone: String) {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let known = facility.phone.iter().chain(facility.contacts.iter().filter_map(|c| c.phone.as_ref()));
    if known.clone().any(|own| digits(own) == digits(&phone)) {
        return;
    }
    if facility.phone.is_none() {
        facility.phone = Some(phone);
    } else {
        facility.contacts.push(Contact { purpose: FURTHER.to_owned(), phone: Some(phone), email: None });
    }
}

fn add_email(facility: &mut PlannedFacility, email: String) {
    let known = facility.email.iter().chain(facility.contacts.iter().filter_map(|c| c.email.as_ref()));
    if known.clone().any(|own| own.eq_ignore_ascii_case(&email)) {
        return;
    }
    if facility.email.is_none() {
        facility.email = Some(email);
    } else {
        facility.contacts.push(Contact { purpose: FURTHER.to_owned(), phone: None, email: Some(email) });
    }
}

/// What a row itself says, by the names that [`crate::service::import`] gives to changes.
fn own_values(row: &Row) -> BTreeMap<&'static str, String> {
    let cells = &row.facility;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    BTreeMap::from([
        ("name", cells.name.clone()),
        ("organization", text(&cells.organization)),
        ("owner", text(&cells.owner)),
        ("street", text(&cells.street)),
        ("postal_code", cells.postal_code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default()),
        ("municipality", text(&cells.municipality)),
        ("locality", text(&cells.locality)),
        ("position", cells.position.map(|p| format!("{} {}", p.lat, p.lon)).unwrap_or_default()),
        ("phone", cells.phones.join("/")),
        ("email", cells.emails.join("/")),
        ("website", text(&cells.website)),
        ("description", text(&cells.description)),
        ("opening_hours", value::hours::write(&cells.opening_hours)),
        ("languages", cells.languages.join(", ")),
        ("accessibility", value::write_accessibility(&cells.accessibility)),
        ("documents", value::documents::write(&cells.documents)),
        ("legal_form", text(&cells.legal.legal_form)),
        ("represented_by", text(&cells.legal.represented_by)),
        ("register", text(&cells.legal.register)),
        ("supervisory_authority", text(&cells.legal.supervisory_authority)),
        ("institution_code", text(&cells.legal.institution_code)),
    ])
}

/// Takes an offer out again.
pub fn remove(facility: &mut PlannedFacility, at: usize) -> PlannedOffer {
    let offer = facility.offers.remove(at);
    share_places(facility);
    offer
}

/// Which offer of the facility a row names as the one whose beds it has. That an eingestreute
/// Kurzzeitpflege has those of the home is found out where all offers of the house are known.
fn share_places(facility: &mut PlannedFacility) {
    let beds_of = |at: usize| {
        let named = facility.offers[at].cells.shares_places_with.as_ref()?;
        facility.offers.iter().position(|other| other.external_id == *named).filter(|other| *other != at)
    };
    let named: Vec<Option<usize>> = (0..facility.offers.len()).map(beds_of).collect();
    for (at, offer) in facility.offers.iter_mut().enumerate() {
        // Beds belong to one offer, which borrows none itself.
        offer.shares_places_with = named[at].filter(|other| named[*other].is_none());
    }
}
