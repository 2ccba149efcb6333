//! The groups of the start page and the situations that open a prepared search.

use crate::domain::{
    care_type::{CareGroup, CareTypeSlug},
    search::SearchQuery,
};

pub fn group(group: CareGroup) -> &'static str {
    match group {
        CareGroup::Residential => "Pflegeheim und Kurzzeit",
        CareGroup::AtHome => "Pflege zu Hause",
        CareGroup::Housing => "Wohnen",
        CareGroup::Hospice => "Hospiz und Palliativ",
        CareGroup::Advice => "Beratung und Hilfe",
        CareGroup::Medicine => "Medizin",
        CareGroup::Prevention => "Vorbeugen",
    }
}

/// One life situation: what people say, what helps then, and the search that opens.
pub struct Situation {
    pub title: &'static str,
    pub hint: &'static str,
    /// Slugs of care types.
    pub care_types: &'static [&'static str],
    /// Words of the search, where care types do not say it.
    pub text: &'static str,
}

impl Situation {
    /// The search that opens.
    pub fn query(&self) -> SearchQuery {
        SearchQuery {
            text: self.text.to_owned(),
            care_types: self.care_types.iter().filter_map(|slug| CareTypeSlug::parse(slug)).collect(),
            page: 1,
            ..SearchQuery::default()
        }
    }
}

pub const SITUATIONS: &[Situation] = &[
    Situation {
        title: "Plötzlich Pflegefall",
        hint: "Beratung, Pflegedienste und ein Platz für die ersten Wochen",
        care_types: &["pflegestuetzpunkt", "pflegeberatung", "ambulanter-pflegedienst", "kurzzeitpflege"],
        text: "",
    },
    Situation {
        title: "Aus dem Krankenhaus nach Hause",
        hint: "Kurzzeitpflege, Pflegedienste, Hausnotruf und Hilfsmittel",
        care_types: &["kurzzeitpflege", "ambulanter-pflegedienst", "hausnotruf", "sanitaetshaus"],
        text: "",
    },
    Situation {
        title: "Ich brauche eine Pause",
        hint: "Vertretung und Entlastung, wenn Sie jemanden pflegen",
        care_types: &["verhinderungspflege", "kurzzeitpflege", "tagespflege", "alltagsunterstuetzung"],
        text: "",
    },
    Situation {
        title: "Leben mit Demenz",
        hint: "Tagespflege, Wohngemeinschaften und Heime mit Erfahrung",
        care_types: &[],
        text: "Demenz",
    },
    Situation {
        title: "Pflege am Lebensende",
        hint: "Hospize und Begleitung, zu Hause oder im Haus",
        care_types: &["hospiz", "ambulanter-hospizdienst", "sapv"],
        text: "",
    },
    Situation {
        title: "Wohnen im Alter",
        hint: "Betreutes Wohnen, Wohngemeinschaften, Wohnungen ohne Stufen",
        care_types: &[
            "betreutes-wohnen",
            "ambulant-betreute-wg",
            "barrierefreies-wohnen",
            "barrierearmes-wohnen",
        ],
        text: "",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::care_type::Taxonomy;

    #[test]
    fn every_situation_asks_for_things_that_exist() {
        let taxonomy = Taxonomy::builtin();
        for situation in SITUATIONS {
            assert!(!situation.care_types.is_empty() || !situation.text.is_empty());
            for slug in situation.care_types {
                assert!(taxonomy.find(slug).is_some(), "{slug}");
            }
        }
    }
}
