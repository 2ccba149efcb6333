//! Facilities as plain text, for engines that know nothing of care.

use app::domain::{care_type::Taxonomy, facility::Facility};
use server::store::Store;

use crate::citizens::Question;

/// One facility: what weighs most first.
pub struct Document {
    pub name: String,
    /// Names of its care types, specialties and specialisms.
    pub kinds: String,
    /// Postal code, municipality, locality, street.
    pub place: String,
    care_types: Vec<String>,
    places: Vec<String>,
}

impl Document {
    fn new(facility: &Facility, taxonomy: &Taxonomy) -> Self {
        let mut kinds = Vec::new();
        for offer in &facility.offers {
            kinds.push(taxonomy.name_of(&offer.care_type).to_owned());
            kinds.extend(offer.label.clone());
            kinds.extend(offer.specialty.clone());
            kinds.extend(offer.specialisms.iter().cloned());
        }
        let address = &facility.address;
        let places: Vec<String> = address
            .municipality
            .iter()
            .map(|municipality| municipality.name.clone())
            .chain(address.locality.clone())
            .collect();
        let postal_code = address.postal_code.as_ref().map(|code| code.as_str().to_owned());
        let place: Vec<String> =
            postal_code.into_iter().chain(places.clone()).chain(address.street.clone()).collect();
        Self {
            name: facility.name.clone(),
            kinds: kinds.join(" "),
            place: place.join(" "),
            care_types: facility.offers.iter().map(|offer| offer.care_type.as_str().to_owned()).collect(),
            places,
        }
    }

    pub fn answers(&self, question: &Question) -> bool {
        let types: Vec<&str> = self.care_types.iter().map(String::as_str).collect();
        let places: Vec<&str> = self.places.iter().map(String::as_str).collect();
        question.fits(&self.name, &types, &places)
    }
}

/// All public facilities of a store.
pub async fn of(store: &Store) -> Vec<Document> {
    let taxonomy = Taxonomy::builtin();
    let mut documents = Vec::new();
    let mut after = None;
    loop {
        let page = store.list_public_facilities(after, 1000).await.expect("facilities");
        let Some(last) = page.last() else { return documents };
        after = Some(last.id);
        documents.extend(page.iter().map(|facility| Document::new(facility, &taxonomy)));
    }
}

/// The words of a question, without anything that an engine's query language could read.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
