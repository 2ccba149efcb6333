//! Schwerpunkte: what an offer is specialised in.

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

/// The German name of a specialism; the slug itself where it is not in the list.
pub fn name(slug: &str) -> &str {
    SPECIALISMS.iter().find(|(s, _)| *s == slug).map_or(slug, |(_, name)| name)
}
