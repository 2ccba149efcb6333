//! `kreislotse export`: every offer as a row that the mapping `kreislotse` reads again.
//!
//! A facility without any offer has no row. Capacity reports are not exported: a number without its
//! date would be an old light that looks new.

use std::{fmt, fs, io::Write as _, path::Path};

use app::domain::{
    facility::Facility,
    ids::OrganizationId,
    offer::{Offer, Source},
    place::{Ags, PostalCode},
};

use super::import::ImportError;
use crate::{
    import::{error::FileError, field::Field, value},
    store::{Store, StoreError},
};

mod lights;
mod workbook;

pub use lights::Moment;
pub use workbook::workbook;

/// The mapping of this format, part of the program.
pub const MAPPING: &str = include_str!("../../mappings/kreislotse.toml");

/// Facilities read in one go.
const BATCH: usize = 500;

/// What an export wrote, as the command prints it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    pub facilities: usize,
    pub offers: usize,
}

/// Writes everything, drafts too, to a file; `-` is the standard output.
pub async fn run(store: &Store, file: &Path) -> Result<ExportReport, ImportError> {
    let (bytes, report) = write(store, |_| true, |cell| cell, None).await?;
    let written = if file == Path::new("-") {
        std::io::stdout().lock().write_all(&bytes)
    } else {
        fs::write(file, &bytes)
    };
    written.map_err(|_| ImportError::Unreadable {
        file: file.display().to_string(),
        reason: "Die Datei lässt sich nicht schreiben.",
    })?;
    Ok(report)
}

/// The whole export as bytes: semicolons, UTF-8 with byte order mark and CRLF, as spreadsheets in
/// German offices want it. Entries that are not listed by somebody's wish, or archived, are in no file: whoever reads one
/// would bring them back.
async fn write(
    store: &Store,
    wanted: impl Fn(&Facility) -> bool,
    shown: impl Fn(String) -> String,
    lights: Option<Moment<'_>>,
) -> Result<(Vec<u8>, ExportReport), ImportError> {
    let columns =
        columns().map_err(|fault| ImportError::File { file: "kreislotse.toml".to_owned(), fault })?;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let defect = |_| ImportError::Refused(StoreError::Unreadable("a row of the export"));
    let lit = lights.map_or([].as_slice(), |_| lights::COLUMNS.as_slice());
    let names = columns.iter().map(|(name, _)| name.as_str());
    writer.write_record(names.chain(lit.iter().copied())).map_err(defect)?;
    let report = visit(store, wanted, |facility, offer| {
        let row = columns.iter().map(|(_, field)| shown(cell(facility, offer, *field)));
        let light = lights.map(|moment| moment.light(offer).cells());
        writer.write_record(row.chain(light.into_iter().flatten())).map_err(defect)
    })
    .await?;
    let bytes =
        writer.into_inner().map_err(|_| ImportError::Refused(StoreError::Unreadable("the export")))?;
    Ok((bytes, report))
}

/// Shows every offer that an export has to `row`, with its facility, always in the same order.
async fn visit(
    store: &Store,
    wanted: impl Fn(&Facility) -> bool,
    mut row: impl FnMut(&Facility, &Offer) -> Result<(), ImportError>,
) -> Result<ExportReport, ImportError> {
    let mut report = ExportReport::default();
    let mut after = None;
    loop {
        let facilities = store.list_all_facilities(after, BATCH).await?;
        let Some(last) = facilities.last() else { return Ok(report) };
        after = Some(last.id);
        let listed = |facility: &&Facility| {
            !facility.visibility.is_hidden() && !facility.offers.is_empty() && wanted(facility)
        };
        for facility in facilities.iter().filter(listed) {
            report.facilities += 1;
            for offer in &facility.offers {
                report.offers += 1;
                row(facility, offer)?;
            }
        }
    }
}

/// The same for somebody who opens it in a spreadsheet, with the lights of a moment: what would be a formula there is text.
pub async fn spreadsheet(
    store: &Store,
    organization: Option<OrganizationId>,
    moment: Moment<'_>,
) -> Result<Vec<u8>, ImportError> {
    Ok(write(store, is_of(organization), harmless, Some(moment)).await?.0)
}

/// Whether a facility is one of an organization; `None`: all are.
fn is_of(organization: Option<OrganizationId>) -> impl Fn(&Facility) -> bool {
    move |facility| organization.is_none() || facility.organization.as_ref().map(|own| own.id) == organization
}

/// A cell that no spreadsheet computes (OWASP: CSV injection); telephone numbers may begin with a plus.
fn harmless(cell: String) -> String {
    let formula = cell.starts_with(['=', '-', '@', '\t', '\r'])
        || cell.starts_with('+') && cell.contains(|c: char| c.is_alphabetic() || "|!=".contains(c));
    if formula { format!("'{cell}") } else { cell }
}

/// The columns in the order of the mapping file.
fn columns() -> Result<Vec<(String, Field)>, FileError> {
    let mapping = crate::import::mapping::Mapping::parse(
        MAPPING.as_bytes(),
        &app::domain::care_type::Taxonomy::builtin(),
    )?;
    let line = |name: &str| MAPPING.lines().position(|line| line.starts_with(&format!("{name} = ")));
    let mut columns: Vec<(String, Field)> =
        mapping.columns.into_iter().map(|(field, name)| (name, field)).collect();
    columns.sort_by_key(|(name, _)| line(name));
    Ok(columns)
}

/// The id under which an import finds an offer again.
fn external_id(offer: &Offer) -> String {
    match (&offer.source, &offer.external_id) {
        (Source::Import(_), Some(id)) => id.clone(),
        _ => offer.id.to_string(),
    }
}

fn cell(facility: &Facility, offer: &Offer, field: Field) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let organization = facility.organization.as_ref();
    let municipality = facility.address.municipality.as_ref();
    match field {
        Field::ExternalId => external_id(offer),
        Field::Source => match (&offer.source, &offer.external_id) {
            (Source::Import(name), Some(_)) => name.clone(),
            _ => String::new(),
        },
        Field::CareType => offer.care_type.to_string(),
        Field::Form => offer.form.map(|form| form.key().to_owned()).unwrap_or_default(),
        Field::Label => text(&offer.label),
        Field::Specialty => text(&offer.specialty),
        Field::Specialisms => offer.specialisms.join(", "),
        Field::PlacesTotal => offer.places_total.map(|places| places.to_string()).unwrap_or_default(),
        Field::ServiceArea => offer.service_area.as_ref().map(value::write_service_area).unwrap_or_default(),
        Field::CostShare => offer
            .cost_share
            .as_ref()
            .map(|share| value::write_cents(share.cents_per_month))
            .unwrap_or_default(),
        Field::CostShareDate => {
            offer.cost_share.as_ref().map(|share| share.as_of.to_string()).unwrap_or_default()
        }
        Field::Approval => offer.approval.map(|approval| approval.key().to_owned()).unwrap_or_default(),
        Field::QualityReport => text(&offer.quality_report_url),
        Field::Conditions => text(&offer.conditions),
        Field::SharesPlacesWith => offer
            .shares_places_with
            .and_then(|id| facility.offers.iter().find(|other| other.id == id))
            .map(external_id)
            .unwrap_or_default(),
        Field::Slug => facility.slug.to_string(),
        Field::Name => facility.name.clone(),
        Field::Street => text(&facility.address.street),
        Field::PostalCode => facility.address.postal_code.as_ref().map_or("", PostalCode::as_str).to_owned(),
        Field::Municipality => municipality.map(|own| own.name.clone()).unwrap_or_default(),
        Field::MunicipalityKey => {
            municipality.and_then(|own| own.ags.as_ref()).map_or("", Ags::as_str).to_owned()
        }
        Field::Locality => text(&facility.address.locality),
        Field::Owner => text(&facility.owner),
        Field::Organization => organization.map(|own| own.name.clone()).unwrap_or_default(),
        Field::Umbrella => organization.and_then(|own| own.umbrella.clone()).unwrap_or_default(),
        Field::Phone => text(&facility.phone),
        Field::Email => text(&facility.email),
        Field::Website => text(&facility.website),
        Field::Description => text(&facility.description),
        Field::Contacts => value::contacts::write(&facility.contacts),
        Field::OpeningHours => value::hours::write(&facility.opening_hours),
        Field::Languages => facility.languages.join(", "),
        Field::Accessibility => value::write_accessibility(&facility.accessibility),
        Field::Documents => value::documents::write(&facility.documents),
        Field::LegalForm => text(&facility.legal.legal_form),
        Field::RepresentedBy => text(&facility.legal.represented_by),
        Field::Register => text(&facility.legal.register),
        Field::SupervisoryAuthority => text(&facility.legal.supervisory_authority),
        Field::InstitutionCode => text(&facility.legal.institution_code),
        Field::Lat => facility.position.map(|position| position.lat.to_string()).unwrap_or_default(),
        Field::Lon => facility.position.map(|position| position.lon.to_string()).unwrap_or_default(),
        // Remarks were translated, the house number is part of the street, and the slug is the key.
        Field::Note | Field::HouseNumber | Field::FacilityKey => String::new(),
    }
}

impl fmt::Display for ExportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} Angebote von {} Einrichtungen geschrieben; einlesen mit „kreislotse import DATEI --mapping kreislotse“.",
            self.offers, self.facilities
        )
    }
}
