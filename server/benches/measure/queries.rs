//! A hundred mixed German questions for the large set: kinds and places as people combine them.

const WHAT: [&str; 25] = [
    "Apotheke",
    "Zahnarzt",
    "Hausarzt",
    "Kinderarzt",
    "Physiotherapie",
    "Frauenarzt",
    "Krankenhaus",
    "Hebamme",
    "Apoteke",
    "Ergotherapie",
    "Logopädie",
    "Augenarzt",
    "Psychotherapie",
    "Fußpflege",
    "Krankengymnastik",
    "Adler Apotheke",
    "Dr. Müller",
    "Praxis Schmidt",
    "Sanitätshaus",
    "Orthopädie",
    "Physioterapie",
    "Klinik",
    "Pflegeheim",
    "Hautarzt",
    "Gemeinschaftspraxis",
];

const WHERE: [&str; 20] = [
    "",
    "Hamburg",
    "München",
    "Muenchen",
    "Berlin",
    "Köln",
    "Leipzig",
    "19370",
    "10115",
    "Parchim",
    "Freiburg",
    "in Dresden",
    "",
    "Stuttgart",
    "Nürnberg",
    "Bremen",
    "Schwerin",
    "Kiel",
    "Mainz",
    "Regensburg",
];

/// The first `count` questions, every one different up to 500.
pub fn texts(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| {
            format!("{} {}", WHAT[at % WHAT.len()], WHERE[(at / WHAT.len() + at) % WHERE.len()])
                .trim()
                .to_owned()
        })
        .collect()
}
