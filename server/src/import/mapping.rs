//! Mapping files: which column feeds which field, and what the values of a county mean.

use std::collections::BTreeMap;

use app::domain::{
    accessibility::Feature,
    care_type::{CareTypeSlug, Taxonomy},
    offer::OfferForm,
};
use serde::Deserialize;
use toml::{Spanned, Value};

use super::{
    decode::Encoding,
    error::{FileError, Place},
    field::Field,
};

/// What a value stands for besides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    pub form: Option<OfferForm>,
    pub specialty: Option<String>,
    pub specialisms: Vec<String>,
    pub accessibility: BTreeMap<Feature, bool>,
    pub conditions: Option<String>,
    pub description: Option<String>,
}

/// A mapping file, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Names the file's origin; ids are unique within it.
    pub source: String,
    pub encoding: Encoding,
    /// `None`: found out from the header.
    pub delimiter: Option<char>,
    /// Column name of each field.
    pub columns: BTreeMap<Field, String>,
    /// The fields that make rows one facility.
    pub facility: Vec<Field>,
    /// Empty: the file has the slugs themselves.
    pub care_types: BTreeMap<String, (CareTypeSlug, Meaning)>,
    pub notes: BTreeMap<String, Meaning>,
    /// Values that mean nothing, by field.
    pub ignore: BTreeMap<Field, Vec<String>>,
    /// Values for cells that are empty or have no column.
    pub defaults: BTreeMap<Field, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Spanned<String>,
    encoding: Option<Spanned<String>>,
    delimiter: Option<Spanned<String>>,
    facility: Option<Vec<Spanned<String>>>,
    columns: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    care_types: BTreeMap<String, Spanned<Value>>,
    #[serde(default)]
    notes: BTreeMap<String, Spanned<Value>>,
    #[serde(default)]
    ignore: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    defaults: BTreeMap<Spanned<String>, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeaningFile {
    #[serde(rename = "type")]
    care_type: Option<String>,
    form: Option<String>,
    specialty: Option<String>,
    #[serde(default)]
    specialisms: Vec<String>,
    #[serde(default)]
    accessibility: BTreeMap<String, bool>,
    conditions: Option<String>,
    description: Option<String>,
}

impl Mapping {
    /// Reads a mapping file. Care types are checked against the county's list.
    ///
    /// # Errors
    /// [`FileError::Mapping`] with the line for anything that is unknown, missing or said twice.
    pub fn parse(bytes: &[u8], taxonomy: &Taxonomy) -> Result<Self, FileError> {
        let text = std::str::from_utf8(bytes).map_err(|error| FileError::Mapping {
            text: "Die Zuordnung ist nicht in UTF-8 gespeichert.".to_owned(),
            place: Place::of_byte(bytes, error.valid_up_to()),
        })?;
        let check = Check { text, taxonomy };
        let file: File = toml::from_str(text).map_err(|error| check.broken_toml(&error))?;
        let mut columns = BTreeMap::new();
        for (column, field) in file.columns {
            let at = check.field(&field)?;
            if columns.insert(at, column).is_some() {
                return Err(
                    check.at(field.span(), format!("Zwei Spalten sind dem Feld „{}“ zugeordnet.", at.key()))
                );
            }
        }
        let mut defaults = BTreeMap::new();
        for (field, value) in file.defaults {
            defaults.insert(check.field(&field)?, value);
        }
        for field in [Field::ExternalId, Field::Name, Field::CareType] {
            let given =
                columns.contains_key(&field) || (field == Field::CareType && defaults.contains_key(&field));
            if !given {
                let text = format!("Keine Spalte ist dem Feld „{}“ zugeordnet.", field.key());
                return Err(FileError::Mapping { text, place: Place::default() });
            }
        }
        let mut care_types = BTreeMap::new();
        for (value, meaning) in file.care_types {
            let (slug, meaning) = check.meaning(meaning, true)?;
            let slug = slug.ok_or_else(|| nowhere(format!("„{value}“ nennt keine Angebotsart.")))?;
            care_types.insert(fold_value(&value), (slug, meaning));
        }
        let mut notes = BTreeMap::new();
        for (value, meaning) in file.notes {
            notes.insert(fold_value(&value), check.meaning(meaning, false)?.1);
        }
        let mut ignore = BTreeMap::new();
        for (field, values) in file.ignore {
            ignore.insert(check.field(&field)?, values.iter().map(|value| fold_value(value)).collect());
        }
        let facility = match file.facility {
            Some(fields) => fields.iter().map(|field| check.field(field)).collect::<Result<_, _>>()?,
            None => vec![Field::Name, Field::Street, Field::HouseNumber, Field::PostalCode],
        };
        Ok(Self {
            source: check.source(&file.source)?,
            encoding: check.encoding(file.encoding)?,
            delimiter: check.delimiter(file.delimiter)?,
            columns,
            facility,
            care_types,
            notes,
            ignore,
            defaults,
        })
    }

    /// Names of the columns this mapping reads.
    pub fn column_names(&self) -> Vec<&str> {
        self.columns.values().map(String::as_str).collect()
    }
}

/// Values are compared without regard to case and repeated spaces.
pub fn fold_value(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn nowhere(text: String) -> FileError {
    FileError::Mapping { text, place: Place::default() }
}

struct Check<'a> {
    text: &'a str,
    taxonomy: &'a Taxonomy,
}

impl Check<'_> {
    fn at(&self, span: std::ops::Range<usize>, text: String) -> FileError {
        FileError::Mapping { text, place: Place::of_byte(self.text.as_bytes(), span.start) }
    }

    fn broken_toml(&self, error: &toml::de::Error) -> FileError {
        let text = match error.message() {
            message if message.starts_with("missing field") => {
                let name = message.split('`').nth(1).unwrap_or_default();
                return nowhere(format!("In der Zuordnung fehlt die Angabe „{name}“."));
            }
            message if message.starts_with("unknown field") => {
                let name = message.split('`').nth(1).unwrap_or_default();
                format!("Die Angabe „{name}“ gibt es in einer Zuordnung nicht.")
            }
            message => format!("Die Zuordnung ist kein gültiges TOML ({}).", message.replace('\n', ", ")),
        };
        match error.span() {
            Some(span) => self.at(span, text),
            None => nowhere(text),
        }
    }

    fn field(&self, key: &Spanned<String>) -> Result<Field, FileError> {
        Field::parse(key.get_ref())
            .ok_or_else(|| self.at(key.span(), format!("Das Feld „{}“ gibt es nicht.", key.get_ref())))
    }

    fn source(&self, source: &Spanned<String>) -> Result<String, FileError> {
        let name = source.get_ref().trim();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(self
                .at(source.span(), "„source“ muss die Quelle in höchstens 200 Zeichen nennen.".to_owned()));
        }
        Ok(name.to_owned())
    }

    fn encoding(&self, name: Option<Spanned<String>>) -> Result<Encoding, FileError> {
        let Some(name) = name else { return Ok(Encoding::Auto) };
        match name.get_ref().to_lowercase().as_str() {
            "auto" => Ok(Encoding::Auto),
            "utf-8" | "utf8" => Ok(Encoding::Utf8),
            "windows-1252" | "cp1252" => Ok(Encoding::Windows1252),
            other => Err(self.at(
                name.span(),
                format!(
                    "Den Zeichensatz „{other}“ gibt es nicht; möglich sind auto, utf-8 und windows-1252."
                ),
            )),
        }
    }

    fn delimiter(&self, name: Option<Spanned<String>>) -> Result<Option<char>, FileError> {
        let Some(name) = name else { return Ok(None) };
        match name.get_ref().as_str() {
            "auto" => Ok(None),
            "," | "comma" => Ok(Some(',')),
            ";" | "semicolon" => Ok(Some(';')),
            "\t" | "tab" => Ok(Some('\t')),
            other => Err(self.at(
                name.span(),
                format!(
                    "Das Trennzeichen „{other}“ gibt es nicht; möglich sind auto, comma, semicolon und tab."
                ),
            )),
        }
    }

    fn care_type(&self, slug: &str, span: std::ops::Range<usize>) -> Result<CareTypeSlug, FileError> {
        self.taxonomy
            .find(slug)
            .map(|care_type| care_type.slug.clone())
            .ok_or_else(|| self.at(span, format!("Die Angebotsart „{slug}“ gibt es nicht.")))
    }

    fn meaning(
        &self,
        value: Spanned<Value>,
        has_type: bool,
    ) -> Result<(Option<CareTypeSlug>, Meaning), FileError> {
        let span = value.span();
        if let (Value::String(slug), true) = (value.get_ref(), has_type) {
            return Ok((Some(self.care_type(slug, span)?), Meaning::default()));
        }
        let file: MeaningFile = value.into_inner().try_into().map_err(|error: toml::de::Error| {
            self.at(span.clone(), format!("Die Bedeutung ist so nicht zu lesen ({}).", error.message()))
        })?;
        let slug = match (&file.care_type, has_type) {
            (Some(slug), true) => Some(self.care_type(slug, span.clone())?),
            (Some(_), false) => {
                return Err(self.at(span, "Ein Hinweis kann keine Angebotsart nennen.".to_owned()));
            }
            (None, _) => None,
        };
        let form = match &file.form {
            None => None,
            Some(key) => Some(
                OfferForm::parse(key)
                    .ok_or_else(|| self.at(span.clone(), format!("Die Form „{key}“ gibt es nicht.")))?,
            ),
        };
        let mut accessibility = BTreeMap::new();
        for (key, yes) in file.accessibility {
            let feature = Feature::parse(&key)
                .ok_or_else(|| self.at(span.clone(), format!("Das Merkmal „{key}“ gibt es nicht.")))?;
            accessibility.insert(feature, yes);
        }
        for slug in &file.specialisms {
            if CareTypeSlug::parse(slug).is_none() {
                return Err(self.at(span, format!("„{slug}“ ist kein Schwerpunkt.")));
            }
        }
        let meaning = Meaning {
            form,
            specialty: file.specialty,
            specialisms: file.specialisms,
            accessibility,
            conditions: file.conditions,
            description: file.description,
        };
        Ok((slug, meaning))
    }
}

#[cfg(test)]
mod tests;
