//! How one gets in and about, and which languages are spoken.

use super::{Reader, Typed};
use crate::{
    domain::{accessibility::Feature, facility::Facility},
    text::features::LANGUAGES,
};

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    for feature in Feature::ALL {
        let value = match facility.accessibility.get(feature) {
            Some(true) => "ja",
            Some(false) => "nein",
            None => "unbekannt",
        };
        typed.set(format!("merkmal-{}", feature.key()), value);
    }
    for code in &facility.languages {
        typed.set("sprache", code);
    }
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility) {
    for feature in Feature::ALL {
        let known = match reader.typed.get(&format!("merkmal-{}", feature.key())) {
            "ja" => Some(true),
            "nein" => Some(false),
            _ => None,
        };
        match known {
            Some(value) => drop(facility.accessibility.0.insert(feature, value)),
            None => drop(facility.accessibility.0.remove(&feature)),
        }
    }
    // Codes that no list has come from imports and can be taken away, not added.
    let known = |code: &&str| {
        LANGUAGES.iter().any(|(own, _)| own == code) || facility.languages.iter().any(|own| own == code)
    };
    let mut languages: Vec<String> = Vec::new();
    for code in reader.typed.all("sprache").filter(known) {
        if !languages.iter().any(|own| own == code) {
            languages.push(code.to_owned());
        }
    }
    facility.languages = languages;
}
