//! The shape of the index: one document per offer, words analysed before they get here.

use app::domain::{care_type::Taxonomy, facility::Facility, ids::FacilityId, offer::Offer};
use tantivy::{
    TantivyDocument,
    schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
};

use super::{
    compound::Splitter,
    text::{stem, words},
};

/// Raised whenever documents are made differently: an index of another version is built anew.
pub const VERSION: u32 = 3;

/// The fields. Words are stems, separated by blanks.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Id of the facility, for deletion.
    pub facility: Field,
    /// The same as two numbers, to find the facility of a document quickly.
    pub facility_high: Field,
    pub facility_low: Field,
    /// Position of the offer within its facility.
    pub offer: Field,
    /// `t:` care type, `s:` specialism, `f:` feature, `l:` language.
    pub tag: Field,
    /// Name of the facility and of the offer.
    pub name: Field,
    /// Words that stand side by side in names of facilities and organizations.
    pub pair: Field,
    /// Parts of the compounds in names.
    pub name_part: Field,
    /// Organization, its association, owner.
    pub organization: Field,
    /// Street, locality, municipality.
    pub address: Field,
    /// Description, conditions, specialty, specialisms.
    pub text: Field,
    pub text_part: Field,
}

/// Builds the schema with its fields.
pub fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let mut text = |name: &str| schema.add_text_field(name, words.clone());
    let (name, name_part, organization) = (text("name"), text("name_part"), text("organization"));
    let (address, body, text_part, tag) = (text("address"), text("text"), text("text_part"), text("tag"));
    let pair = text("pair");
    let fields = Fields {
        facility: schema.add_text_field("facility", STRING),
        facility_high: schema.add_u64_field("facility_high", FAST),
        facility_low: schema.add_u64_field("facility_low", FAST),
        offer: schema.add_u64_field("offer", FAST),
        tag,
        name,
        pair,
        name_part,
        organization,
        address,
        text: body,
        text_part,
    };
    (schema.build(), fields)
}

/// The term that all documents of a facility share.
pub fn facility_key(id: FacilityId) -> String {
    id.0.simple().to_string()
}

/// The documents of a facility, one per offer.
pub fn documents(
    facility: &Facility,
    fields: &Fields,
    splitter: &Splitter,
    taxonomy: &Taxonomy,
) -> Vec<TantivyDocument> {
    let (high, low) = facility.id.0.as_u64_pair();
    let address = [
        facility.address.street.as_deref(),
        facility.address.locality.as_deref(),
        facility.address.municipality.as_ref().map(|m| m.name.as_str()),
        facility.address.postal_code.as_ref().map(app::domain::place::PostalCode::as_str),
    ];
    let organization = facility.organization.as_ref();
    let organization = [
        organization.map(|o| o.name.as_str()),
        organization.and_then(|o| o.umbrella.as_deref()),
        facility.owner.as_deref(),
    ];
    (0u64..)
        .zip(&facility.offers)
        .map(|(at, offer)| {
            let mut document = TantivyDocument::default();
            document.add_text(fields.facility, facility_key(facility.id));
            document.add_u64(fields.facility_high, high);
            document.add_u64(fields.facility_low, low);
            document.add_u64(fields.offer, at);
            document.add_text(fields.tag, tags(facility, offer));
            let names = [Some(facility.name.as_str()), offer.label.as_deref()];
            add_words(&mut document, &names, fields.name, Some(fields.name_part), splitter);
            document.add_text(fields.pair, pairs(&[Some(facility.name.as_str()), organization[0]]));
            add_words(&mut document, &organization, fields.organization, None, splitter);
            add_words(&mut document, &address, fields.address, None, splitter);
            let specialisms: Vec<&str> =
                offer.specialisms.iter().map(|s| taxonomy.specialism_name(s)).collect();
            let mut texts = vec![
                facility.description.as_deref(),
                offer.conditions.as_deref(),
                offer.specialty.as_deref(),
            ];
            texts.extend(specialisms.into_iter().map(Some));
            add_words(&mut document, &texts, fields.text, Some(fields.text_part), splitter);
            document
        })
        .collect()
}

fn tags(facility: &Facility, offer: &Offer) -> String {
    let mut tags = vec![format!("t:{}", offer.care_type)];
    tags.extend(offer.specialisms.iter().map(|s| format!("s:{s}")));
    tags.extend(facility.languages.iter().map(|l| format!("l:{l}")));
    if facility.accessibility.is_barrier_free() {
        tags.push("f:barrierefrei".to_owned());
    }
    tags.join(" ")
}

fn add_words(
    document: &mut TantivyDocument,
    texts: &[Option<&str>],
    whole: Field,
    part: Option<Field>,
    splitter: &Splitter,
) {
    let (mut stems, mut parts) = (Vec::new(), Vec::new());
    for word in texts.iter().flatten().flat_map(|text| words(text)) {
        if part.is_some() {
            let mut split = splitter.split(&word.folded);
            if split.is_empty() {
                split = splitter.split_off_head(&word.folded);
            }
            parts.extend(runs(&split));
        }
        stems.push(word.stem);
    }
    document.add_text(whole, stems.join(" "));
    if let Some(part) = part
        && !parts.is_empty()
    {
        document.add_text(part, parts.join(" "));
    }
}

fn pairs(names: &[Option<&str>]) -> String {
    let mut pairs = Vec::new();
    for name in names.iter().flatten() {
        let words = words(name);
        pairs.extend(words.windows(2).map(|two| format!("{}_{}", two[0].stem, two[1].stem)));
    }
    pairs.join(" ")
}

/// Stems of all runs of parts that are shorter than the whole: a "Seniorenpflegeheim" is a
/// "Pflegeheim", too.
fn runs(parts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for from in 0..parts.len() {
        for to in from + 1..=parts.len() {
            if to - from < parts.len() {
                found.push(stem(&parts[from..to].concat()));
            }
        }
    }
    found
}
