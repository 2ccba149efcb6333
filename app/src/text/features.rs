//! Names of accessibility features, languages, forms and sources.

use crate::domain::{
    accessibility::Feature,
    offer::{OfferForm, Source},
};

pub fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::BarrierFree => "Barrierefrei nach eigener Angabe",
        Feature::StepFreeEntrance => "Eingang ohne Stufen",
        Feature::Elevator => "Aufzug",
        Feature::AccessibleToilet => "Toilette für Rollstuhl geeignet",
        Feature::AccessibleParking => "Parkplatz für Menschen mit Behinderung",
        Feature::GuidanceForBlind => "Orientierungshilfen für blinde Menschen",
        Feature::HearingLoop => "Hilfe für schwerhörige Menschen (Induktionsschleife)",
        Feature::SignLanguage => "Deutsche Gebärdensprache",
        Feature::PlainLanguage => "Leichte Sprache",
    }
}

/// Yes, no, not known: spelled out.
pub fn known(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "ja",
        Some(false) => "nein",
        None => "nicht bekannt",
    }
}

/// How an offer of its type is given, for behind its name.
pub fn form(form: OfferForm) -> &'static str {
    match form {
        OfferForm::Standalone => "in eigenem Haus oder Bereich (solitär)",
        OfferForm::Embedded => "in Plätzen des Pflegeheims (eingestreut)",
        OfferForm::Residential => "in einer Einrichtung",
        OfferForm::AtHome => "bei Ihnen zu Hause",
        OfferForm::Hourly => "stundenweise",
    }
}

/// Where an entry comes from: "Angaben …".
pub fn source(source: &Source) -> String {
    match source {
        Source::Import(name) => format!("Angaben aus dem Import „{name}“"),
        Source::Provider => "Angaben der Einrichtung".to_owned(),
        Source::County => "Angaben des Landkreises".to_owned(),
    }
}

/// The German name of an ISO 639-1 language; the code itself where it is not in the list.
pub fn language(code: &str) -> &str {
    match code {
        "ar" => "Arabisch",
        "bg" => "Bulgarisch",
        "bs" => "Bosnisch",
        "cs" => "Tschechisch",
        "da" => "Dänisch",
        "el" => "Griechisch",
        "en" => "Englisch",
        "es" => "Spanisch",
        "fa" => "Persisch (Farsi, Dari)",
        "fr" => "Französisch",
        "hr" => "Kroatisch",
        "hu" => "Ungarisch",
        "it" => "Italienisch",
        "ku" => "Kurdisch",
        "nds" => "Plattdeutsch",
        "nl" => "Niederländisch",
        "pl" => "Polnisch",
        "pt" => "Portugiesisch",
        "ro" => "Rumänisch",
        "ru" => "Russisch",
        "sq" => "Albanisch",
        "sr" => "Serbisch",
        "tr" => "Türkisch",
        "uk" => "Ukrainisch",
        "vi" => "Vietnamesisch",
        "zh" => "Chinesisch",
        other => other,
    }
}
