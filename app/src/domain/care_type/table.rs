//! The built-in code list. Names and validity as counties use them; light and days are product rules.

use super::{
    CareGroup::{self, Advice, AtHome, Hospice, Housing, Medicine, Prevention, Residential},
    CareType, CareTypeSlug,
    LightKind::{self, Intake, None as NoLight, Places},
};

/// slug, group, German name, light, days of validity (0: no light), comes to people
type Row = (&'static str, CareGroup, &'static str, LightKind, u16, bool);

#[rustfmt::skip]
const TYPES: &[Row] = &[
    ("vollstationaere-pflege", Residential, "Vollstationäre Pflege (Pflegeheim)", Places, 7, false),
    ("kurzzeitpflege", Residential, "Kurzzeitpflege", Places, 3, false),
    ("tagespflege", Residential, "Tagespflege", Places, 14, false),
    ("nachtpflege", Residential, "Nachtpflege", Places, 14, false),
    ("verhinderungspflege", Residential, "Verhinderungspflege", Places, 7, false),
    ("ambulanter-pflegedienst", AtHome, "Ambulanter Pflegedienst", Intake, 14, true),
    ("ausserklinische-intensivpflege", AtHome, "Außerklinische Intensivpflege", Intake, 14, true),
    ("sapv", AtHome, "Spezialisierte ambulante Palliativversorgung", Intake, 14, true),
    ("alltagsunterstuetzung", AtHome, "Angebote zur Unterstützung im Alltag", Intake, 30, true),
    ("hausnotruf", AtHome, "Hausnotruf", Intake, 30, true),
    ("menuedienst", AtHome, "Menüdienst", Intake, 30, true),
    ("fahrdienst", AtHome, "Fahrdienst", Intake, 30, true),
    ("betreutes-wohnen", Housing, "Betreutes Wohnen / Servicewohnen", Places, 30, false),
    ("ambulant-betreute-wg", Housing, "Ambulant betreute Wohngemeinschaft", Places, 30, false),
    ("barrierefreies-wohnen", Housing, "Barrierefreie Wohnung", Places, 30, false),
    ("barrierearmes-wohnen", Housing, "Barrierearme Wohnung", Places, 30, false),
    ("hospiz", Hospice, "Stationäres Hospiz", Places, 3, false),
    ("ambulanter-hospizdienst", Hospice, "Ambulanter Hospizdienst", Intake, 14, true),
    ("pflegestuetzpunkt", Advice, "Pflegestützpunkt", NoLight, 0, false),
    ("pflegeberatung", Advice, "Pflegeberatung", NoLight, 0, false),
    ("fachstelle-angehoerige", Advice, "Fachstelle für pflegende Angehörige", NoLight, 0, false),
    ("wohnberatung", Advice, "Wohnberatung", NoLight, 0, false),
    ("selbsthilfegruppe", Advice, "Selbsthilfegruppe", NoLight, 0, false),
    ("beratungsstelle", Advice, "Beratungsstelle", NoLight, 0, false),
    ("krisendienst", Advice, "Krisendienst", NoLight, 0, false),
    ("arzt", Medicine, "Arztpraxis", Intake, 60, false),
    ("hausarzt", Medicine, "Hausarztpraxis", Intake, 60, false),
    ("facharzt", Medicine, "Facharztpraxis", Intake, 60, false),
    ("zahnarzt", Medicine, "Zahnarztpraxis", Intake, 60, false),
    ("psychotherapie", Medicine, "Psychotherapie", Intake, 60, false),
    ("apotheke", Medicine, "Apotheke", NoLight, 0, false),
    ("krankenhaus", Medicine, "Krankenhaus", NoLight, 0, false),
    ("tagesklinik", Medicine, "Tagesklinik", NoLight, 0, false),
    ("rehabilitation", Medicine, "Rehabilitation", NoLight, 0, false),
    ("mvz", Medicine, "Medizinisches Versorgungszentrum", NoLight, 0, false),
    ("hebamme", Medicine, "Hebamme", Intake, 30, true),
    ("physiotherapie", Medicine, "Physiotherapie", Intake, 60, false),
    ("ergotherapie", Medicine, "Ergotherapie", Intake, 60, false),
    ("logopaedie", Medicine, "Logopädie", Intake, 60, false),
    ("podologie", Medicine, "Podologie", Intake, 60, false),
    ("sanitaetshaus", Medicine, "Sanitätshaus", NoLight, 0, false),
    ("praeventionskurs", Prevention, "Präventionskurs", NoLight, 0, false),
    ("sportangebot", Prevention, "Sportangebot", NoLight, 0, false),
    ("ernaehrungsberatung", Prevention, "Ernährungsberatung", NoLight, 0, false),
];

/// Pairs of types that stand in for each other where one is missing.
#[rustfmt::skip]
const RELATED: &[(&str, &str)] = &[
    ("verhinderungspflege", "kurzzeitpflege"),
    ("tagespflege", "nachtpflege"),
    ("betreutes-wohnen", "barrierefreies-wohnen"),
    ("betreutes-wohnen", "barrierearmes-wohnen"),
    ("betreutes-wohnen", "ambulant-betreute-wg"),
    ("barrierefreies-wohnen", "barrierearmes-wohnen"),
    ("hospiz", "ambulanter-hospizdienst"),
    ("sapv", "ambulanter-hospizdienst"),
    ("ambulanter-pflegedienst", "alltagsunterstuetzung"),
    ("ambulanter-pflegedienst", "ausserklinische-intensivpflege"),
    ("pflegestuetzpunkt", "pflegeberatung"),
    ("pflegestuetzpunkt", "fachstelle-angehoerige"),
    ("pflegeberatung", "fachstelle-angehoerige"),
    ("beratungsstelle", "pflegestuetzpunkt"),
    ("arzt", "hausarzt"),
    ("arzt", "facharzt"),
    ("arzt", "mvz"),
    ("hausarzt", "mvz"),
    ("facharzt", "mvz"),
    ("krankenhaus", "tagesklinik"),
    ("krankenhaus", "rehabilitation"),
    ("psychotherapie", "krisendienst"),
    ("praeventionskurs", "sportangebot"),
];

pub(super) fn builtin() -> Vec<CareType> {
    let slug = |text: &str| CareTypeSlug(text.to_owned());
    TYPES
        .iter()
        .map(|&(name_in_urls, group, name, light, days, comes_to_people)| CareType {
            slug: slug(name_in_urls),
            group,
            name: name.to_owned(),
            light,
            valid_days: (days > 0).then_some(days),
            related: RELATED
                .iter()
                .filter_map(|&(a, b)| match name_in_urls {
                    n if n == a => Some(slug(b)),
                    n if n == b => Some(slug(a)),
                    _ => None,
                })
                .collect(),
            comes_to_people,
            hidden: false,
        })
        .collect()
}
