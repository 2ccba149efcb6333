//! One record of a file as the offer it describes, or the reason why it is rejected.

use app::domain::{
    accessibility::Accessibility,
    care_type::{CareTypeSlug, LightKind, Taxonomy},
    facility::{Contact, Document, LegalParticulars},
    ids::Slug,
    offer::{Approval, CostShare, OfferForm, ServiceArea},
    opening_hours::OpeningHours,
    place::{Ags, Position, PostalCode},
};

use super::{
    field::Field,
    mapping::{Mapping, Meaning, fold_value},
    table::Record,
    value,
};

/// What a row says about its offer.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferCells {
    pub care_type: CareTypeSlug,
    pub label: Option<String>,
    pub form: Option<OfferForm>,
    pub specialty: Option<String>,
    pub specialisms: Vec<String>,
    pub places_total: Option<u32>,
    pub service_area: Option<ServiceArea>,
    pub cost_share: Option<CostShare>,
    pub approval: Option<Approval>,
    pub quality_report_url: Option<String>,
    pub conditions: Option<String>,
    /// External id of the row whose beds these are.
    pub shares_places_with: Option<String>,
}

/// What a row says about its facility.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityCells {
    /// Empty: the facility is a draft.
    pub name: String,
    pub slug: Option<Slug>,
    pub organization: Option<String>,
    pub umbrella: Option<String>,
    pub owner: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<PostalCode>,
    pub municipality: Option<String>,
    pub ags: Option<Ags>,
    pub locality: Option<String>,
    pub position: Option<Position>,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub contacts: Vec<Contact>,
    pub opening_hours: OpeningHours,
    pub languages: Vec<String>,
    pub accessibility: Accessibility,
    pub documents: Vec<Document>,
    pub legal: LegalParticulars,
}

/// One accepted row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub line: usize,
    pub external_id: String,
    /// The source the id belongs to.
    pub source: String,
    /// Rows with the same key are one facility.
    pub key: String,
    pub offer: OfferCells,
    pub facility: FacilityCells,
}

/// Reads records of one file.
pub struct RowReader<'a> {
    pub mapping: &'a Mapping,
    pub taxonomy: &'a Taxonomy,
    /// Where the columns of the fields stand.
    pub columns: Vec<(Field, usize)>,
    pub width: usize,
}

impl RowReader<'_> {
    /// Reads a record. Values that make no sense are left out with a warning; a row is rejected
    /// only where it cannot be an offer at all.
    ///
    /// # Errors
    /// The reason for the rejection, in German.
    pub fn read(&self, record: &Record, warnings: &mut Vec<String>) -> Result<Row, String> {
        if record.broken {
            return Err(
                "ein Anführungszeichen wird nicht geschlossen, oder ein Feld ist länger als 10.000 Zeichen"
                    .to_owned(),
            );
        }
        if record.fields.len() != self.width {
            let (found, wanted) = (record.fields.len(), self.width);
            return Err(format!("{found} Felder statt {wanted} wie in der Kopfzeile"));
        }
        let cells = Cells { reader: self, record };
        let (care_type, meaning) = cells.care_type()?;
        let external_id = cells.text(Field::ExternalId);
        if external_id.is_empty() {
            return Err("ohne Kennung".to_owned());
        }
        cells.check_lengths()?;
        let note = cells.text(Field::Note);
        let noted = self.mapping.notes.get(&fold_value(&note));
        let meanings: Vec<&Meaning> = [noted, Some(meaning)].into_iter().flatten().collect();
        let facility = cells.facility(&meanings, warnings);
        let note = (!note.is_empty() && noted.is_none()).then_some(note);
        let source = cells.text(Field::Source);
        Ok(Row {
            line: record.line,
            key: cells.key(&facility),
            source: if source.is_empty() { self.mapping.source.clone() } else { source },
            offer: cells.offer(care_type, &meanings, note, warnings),
            facility,
            external_id,
        })
    }
}

struct Cells<'a> {
    reader: &'a RowReader<'a>,
    record: &'a Record,
}

impl<'a> Cells<'a> {
    fn raw(&self, field: Field) -> &'a str {
        let column = self.reader.columns.iter().find(|(f, _)| *f == field);
        column.and_then(|(_, at)| self.record.fields.get(*at)).map_or("", String::as_str)
    }

    /// The cell as one line, values that mean nothing left out, the default where it is empty.
    fn text(&self, field: Field) -> String {
        let text = value::one_line(self.raw(field));
        let mapping = self.reader.mapping;
        let nothing = mapping.ignore.get(&field).is_some_and(|values| values.contains(&fold_value(&text)));
        if text.is_empty() || nothing {
            return mapping.defaults.get(&field).cloned().unwrap_or_default();
        }
        text
    }

    fn some(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    /// A cell in lines.
    fn long(&self, field: Field) -> Option<String> {
        let text = value::lines(self.raw(field));
        if text.contains('\n') { Some(text) } else { self.some(field) }
    }

    /// Reads a cell; what cannot be read is left out and said.
    fn read<T>(
        &self,
        field: Field,
        read: impl Fn(&str) -> Option<T>,
        warnings: &mut Vec<String>,
    ) -> Option<T> {
        let text = self.some(field)?;
        let value = read(&text);
        if value.is_none() {
            let column = self.reader.mapping.columns.get(&field).map_or(field.key(), String::as_str);
            warnings
                .push(format!("Spalte „{column}“: „{}“ ist nicht zu lesen und bleibt leer", shorten(&text)));
        }
        value
    }

    fn care_type(&self) -> Result<(CareTypeSlug, &'a Meaning), String> {
        static PLAIN: Meaning = Meaning {
            form: None,
            specialty: None,
            specialisms: Vec::new(),
            accessibility: std::collections::BTreeMap::new(),
            conditions: None,
            description: None,
        };
        let text = self.text(Field::CareType);
        if text.is_empty() {
            return Err("ohne Angebotsart".to_owned());
        }
        let unknown = || format!("unbekannte Angebotsart „{}“", shorten(&text));
        if let Some((slug, meaning)) = self.reader.mapping.care_types.get(&fold_value(&text)) {
            return Ok((slug.clone(), meaning));
        }
        if !self.reader.mapping.care_types.is_empty() && !self.is_default(Field::CareType) {
            return Err(unknown());
        }
        let care_type = self.reader.taxonomy.find(&text).ok_or_else(unknown)?;
        Ok((care_type.slug.clone(), &PLAIN))
    }

    fn is_default(&self, field: Field) -> bool {
        value::one_line(self.raw(field)).is_empty()
    }

    fn check_lengths(&self) -> Result<(), String> {
        for (field, _) in &self.reader.columns {
            let most = match field {
                Field::ExternalId | Field::FacilityKey => 100,
                Field::Conditions
                | Field::Note
                | Field::Description
                | Field::Contacts
                | Field::OpeningHours
                | Field::Documents
                | Field::ServiceArea => 10_000,
                _ => 500,
            };
            if self.raw(*field).chars().count() > most {
                let column = self.reader.mapping.columns.get(field).map_or("", String::as_str);
                return Err(format!("das Feld „{column}“ ist länger als {most} Zeichen"));
            }
        }
        Ok(())
    }

    /// Rows are one facility when the mapping's fields agree; without a name the address decides.
    fn key(&self, facility: &FacilityCells) -> String {
        const ADDRESS: [Field; 4] = [Field::Name, Field::Street, Field::HouseNumber, Field::PostalCode];
        let plain = |field: &Field| {
            self.text(*field).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
        };
        let said = |fields: &[Field]| fields.iter().map(plain).collect::<Vec<_>>();
        let mut parts = said(&self.reader.mapping.facility);
        if parts.iter().all(String::is_empty) {
            parts = said(&ADDRESS);
        }
        if parts.iter().all(String::is_empty) {
            // A row that says nothing has nothing in common with the next one.
            parts.push(format!("#{}", self.text(Field::ExternalId)));
        } else if facility.postal_code.is_none() {
            parts.push(plain(&Field::Municipality));
        }
        parts.join("|")
    }

    fn offer(
        &self,
        care_type: CareTypeSlug,
        meanings: &[&Meaning],
        note: Option<String>,
        warnings: &mut Vec<String>,
    ) -> OfferCells {
        let form = self.read(Field::Form, OfferForm::parse, warnings);
        let form = form.or_else(|| meanings.iter().find_map(|m| m.form));
        let mut specialisms: Vec<String> = Vec::new();
        let mut add = |slug: String| {
            if !specialisms.contains(&slug) {
                specialisms.push(slug);
            }
        };
        meanings.iter().flat_map(|m| m.specialisms.clone()).for_each(&mut add);
        for part in value::list(&self.text(Field::Specialisms)) {
            match self
                .reader
                .taxonomy
                .read_specialism(part)
                .or_else(|| CareTypeSlug::parse(part).map(|s| s.as_str().to_owned()))
            {
                Some(slug) => add(slug),
                None => warnings.push(format!("den Schwerpunkt „{}“ gibt es nicht", shorten(part))),
            }
        }
        let conditions: Vec<String> = [self.long(Field::Conditions), note]
            .into_iter()
            .flatten()
            .chain(meanings.iter().filter_map(|m| m.conditions.clone()))
            .collect();
        let counts = self.reader.taxonomy.light_of(&care_type, form) == LightKind::Places;
        let places = if counts { self.read(Field::PlacesTotal, value::number, warnings) } else { None };
        let cents = self.read(Field::CostShare, value::cents, warnings);
        let as_of = self.read(Field::CostShareDate, value::date, warnings);
        if cents.is_some() && as_of.is_none() {
            warnings.push("ein Eigenanteil ohne Datum bleibt leer".to_owned());
        }
        OfferCells {
            care_type,
            label: self.some(Field::Label),
            form,
            specialty: self
                .some(Field::Specialty)
                .or_else(|| meanings.iter().find_map(|m| m.specialty.clone())),
            specialisms,
            // A house without a single place is a house whose places nobody wrote down.
            places_total: places.filter(|places| *places > 0),
            service_area: self.read(Field::ServiceArea, value::service_area, warnings),
            cost_share: cents.zip(as_of).map(|(cents_per_month, as_of)| CostShare { cents_per_month, as_of }),
            approval: self.read(Field::Approval, Approval::parse, warnings),
            quality_report_url: self.read(Field::QualityReport, value::website, warnings),
            conditions: Some(conditions.join("\n")).filter(|text| !text.is_empty()),
            shares_places_with: self.some(Field::SharesPlacesWith),
        }
    }

    fn facility(&self, meanings: &[&Meaning], warnings: &mut Vec<String>) -> FacilityCells {
        let street: Vec<String> =
            [Field::Street, Field::HouseNumber].into_iter().filter_map(|field| self.some(field)).collect();
        let mut accessibility = Accessibility::default();
        // The later wins: what a type implies, what a note says, what a column says.
        for meaning in meanings.iter().rev() {
            accessibility.0.extend(meaning.accessibility.clone());
        }
        accessibility
            .0
            .extend(self.read(Field::Accessibility, value::accessibility, warnings).unwrap_or_default());
        let position = match (self.some(Field::Lat), self.some(Field::Lon)) {
            (None, None) => None,
            (lat, lon) => {
                let position = value::position(&lat.unwrap_or_default(), &lon.unwrap_or_default());
                if position.is_none() {
                    warnings.push("die Koordinaten sind keine und bleiben leer".to_owned());
                }
                position
            }
        };
        FacilityCells {
            name: self.text(Field::Name),
            slug: self.read(Field::Slug, Slug::parse, warnings),
            organization: self.some(Field::Organization),
            umbrella: self.some(Field::Umbrella),
            owner: self.some(Field::Owner),
            street: Some(street.join(" ")).filter(|street| !street.is_empty()),
            postal_code: self.read(Field::PostalCode, |text| PostalCode::parse(&zero(text, 5)), warnings),
            municipality: self.some(Field::Municipality),
            ags: self.read(Field::MunicipalityKey, |text| Ags::parse(&zero(text, 8)), warnings),
            locality: self.some(Field::Locality),
            position,
            phones: value::phones(&self.text(Field::Phone)),
            emails: self.read(Field::Email, value::emails, warnings).unwrap_or_default(),
            website: self.read(Field::Website, value::website, warnings),
            description: self
                .long(Field::Description)
                .or_else(|| meanings.iter().find_map(|m| m.description.clone())),
            contacts: self.read(Field::Contacts, value::contacts::parse, warnings).unwrap_or_default(),
            opening_hours: self.read(Field::OpeningHours, value::hours::parse, warnings).unwrap_or_default(),
            languages: self.languages(warnings),
            accessibility,
            documents: self.read(Field::Documents, value::documents::parse, warnings).unwrap_or_default(),
            legal: LegalParticulars {
                legal_form: self.some(Field::LegalForm),
                represented_by: self.some(Field::RepresentedBy),
                register: self.some(Field::Register),
                supervisory_authority: self.some(Field::SupervisoryAuthority),
                // What is there is kept as it is; the form asks for nine digits where somebody changes it.
                institution_code: self.some(Field::InstitutionCode),
            },
        }
    }

    fn languages(&self, warnings: &mut Vec<String>) -> Vec<String> {
        let codes = |text: &str| -> Option<Vec<String>> {
            let code = |part: &str| {
                let ok = part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
                ok.then(|| part.to_ascii_lowercase())
            };
            value::list(text).map(code).collect()
        };
        self.read(Field::Languages, codes, warnings).unwrap_or_default()
    }
}

/// Spreadsheets drop the nought in front.
fn zero(text: &str, digits: usize) -> String {
    if text.len() + 1 == digits && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("0{text}");
    }
    text.to_owned()
}

pub(super) fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    text.chars().take(59).chain(['…']).collect()
}
