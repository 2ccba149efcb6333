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

/// Languages by ISO 639 code, with their German names in the order of the alphabet.
#[rustfmt::skip]
pub const LANGUAGES: &[(&str, &str)] = &[
    ("sq", "Albanisch"),
    ("ar", "Arabisch"),
    ("bs", "Bosnisch"),
    ("bg", "Bulgarisch"),
    ("zh", "Chinesisch"),
    ("da", "Dänisch"),
    ("en", "Englisch"),
    ("fr", "Französisch"),
    ("el", "Griechisch"),
    ("it", "Italienisch"),
    ("hr", "Kroatisch"),
    ("ku", "Kurdisch"),
    ("nl", "Niederländisch"),
    ("fa", "Persisch (Farsi, Dari)"),
    ("nds", "Plattdeutsch"),
    ("pl", "Polnisch"),
    ("pt", "Portugiesisch"),
    ("ro", "Rumänisch"),
    ("ru", "Russisch"),
    ("sr", "Serbisch"),
    ("es", "Spanisch"),
    ("cs", "Tschechisch"),
    ("tr", "Türkisch"),
    ("uk", "Ukrainisch"),
    ("hu", "Ungarisch"),
    ("vi", "Vietnamesisch"),
];

/// The German name of a language; the code itself where it is not in the list.
pub fn language(code: &str) -> &str {
    LANGUAGES.iter().find(|(own, _)| *own == code).map_or(code, |(_, name)| name)
}
