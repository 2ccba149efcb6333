//! Schwerpunkte: what an offer is specialised in.

use serde::{Deserialize, Serialize};

/// slug and German name of the built-in list.
#[rustfmt::skip]
pub const SPECIALISMS: &[(&str, &str)] = &[
    ("demenz", "Demenz"),
    ("gerontopsychiatrie", "Gerontopsychiatrie"),
    ("beatmung", "Beatmung"),
    ("wachkoma", "Wachkoma"),
    ("palliativ", "Palliativpflege"),
    ("junge-pflege", "Junge Pflege"),
    ("kinder", "Kinder und Jugendliche"),
    ("behinderung", "Menschen mit Behinderung"),
    ("sucht", "Sucht"),
    ("psychische-erkrankung", "Psychische Erkrankung"),
    ("parkinson", "Parkinson"),
    ("multiple-sklerose", "Multiple Sklerose"),
    ("schlaganfall", "Schlaganfall"),
    ("onkologie", "Krebserkrankung"),
    ("wundversorgung", "Wundversorgung"),
    ("diabetes", "Diabetes"),
    ("blind-sehbehindert", "Blindheit und Sehbehinderung"),
    ("gehoerlos", "Gehörlosigkeit und Schwerhörigkeit"),
];

/// One Schwerpunkt, as a county has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specialism {
    /// Its value in addresses, imports and APIs.
    pub slug: String,
    /// Name as shown to people (German).
    pub name: String,
    /// Hidden ones are in no list, and are shown nowhere.
    pub hidden: bool,
}

/// The list every county starts with.
pub(super) fn builtin() -> Vec<Specialism> {
    let one = |(slug, name): &(&str, &str)| Specialism {
        slug: (*slug).to_owned(),
        name: (*name).to_owned(),
        hidden: false,
    };
    SPECIALISMS.iter().map(one).collect()
}
