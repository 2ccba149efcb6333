//! What is suggested while somebody types.

use serde::{Deserialize, Serialize};

/// What a suggestion stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    CareType,
    Place,
    Facility,
}

/// One suggestion, as the API gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub kind: SuggestionKind,
    /// What it is called, and after a dash what tells it from others or why it is suggested:
    /// "Altersheim – Vollstationäre Pflege".
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// Between the two parts of a label.
const DASH: &str = " – ";

impl Suggestion {
    /// Most suggestions of an answer.
    pub const MOST: usize = 8;

    pub fn new(kind: SuggestionKind, name: &str, detail: Option<&str>, url: String) -> Self {
        let label = match detail {
            Some(detail) => format!("{name}{DASH}{detail}"),
            None => name.to_owned(),
        };
        Self { kind, label, url }
    }

    /// Name and detail. The name of a care type or a place is what its field is filled with.
    pub fn parts(&self) -> (&str, Option<&str>) {
        // Names of facilities may have a dash of their own; what tells them apart comes last.
        let parts = match self.kind {
            SuggestionKind::Facility => self.label.rsplit_once(DASH),
            SuggestionKind::CareType | SuggestionKind::Place => self.label.split_once(DASH),
        };
        parts.map_or((self.label.as_str(), None), |(name, detail)| (name, Some(detail)))
    }
}

/// What somebody has typed so far, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestQuery {
    /// At most [`super::search::SearchQuery::MAX_TEXT`] characters.
    pub text: String,
    /// Typed into "Ort oder PLZ": only places are of use.
    pub only_places: bool,
}

impl SuggestQuery {
    /// Fewest letters or digits that are worth a suggestion.
    pub const FEWEST: usize = 2;
    /// The value of `feld` for the field "Ort oder PLZ".
    pub const PLACE_FIELD: &'static str = "ort";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_name_and_detail() {
        let of = |kind, name, detail| Suggestion::new(kind, name, detail, String::new());
        let typed = of(SuggestionKind::CareType, "Altersheim", Some("Vollstationäre Pflege"));
        assert_eq!(typed.label, "Altersheim – Vollstationäre Pflege");
        assert_eq!(typed.parts(), ("Altersheim", Some("Vollstationäre Pflege")));
        assert_eq!(of(SuggestionKind::Place, "Lübz", None).parts(), ("Lübz", None));
        let house = of(SuggestionKind::Facility, "AWO – Haus am See", Some("Lübz"));
        assert_eq!(house.parts(), ("AWO – Haus am See", Some("Lübz")));
    }
}
