//! What a county configures: its name, its texts, its numbers. Read once at start.

use serde::{Deserialize, Serialize};

use super::care_type::Taxonomy;

/// A telephone number to name in need, for example 116 117.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrgentNumber {
    pub name: String,
    pub phone: String,
    /// When to call it, one short sentence.
    pub hint: Option<String>,
}

/// The advice centre that is named wherever a search finds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceCentre {
    pub name: String,
    pub phone: String,
}

/// Legal pages, as plain text in paragraphs; empty while the county has not written them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LegalPages {
    pub impressum: String,
    pub datenschutz: String,
    pub barrierefreiheit: String,
    pub leichte_sprache: String,
    pub kontakt: String,
}

impl LegalPages {
    /// The pages by the name they have in addresses.
    pub fn all(&self) -> [(&'static str, &str); 5] {
        [
            ("impressum", &self.impressum),
            ("datenschutz", &self.datenschutz),
            ("barrierefreiheit", &self.barrierefreiheit),
            ("leichte-sprache", &self.leichte_sprache),
            ("kontakt", &self.kontakt),
        ]
    }
}

/// The county's portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// "Landkreis …"
    pub county: String,
    /// Name of the portal in titles and in the header.
    pub name: String,
    /// One sentence below the name on the start page.
    pub claim: String,
    /// Address under which people reach the portal, without a slash at the end.
    pub base_url: String,
    pub advice_centre: Option<AdviceCentre>,
    pub urgent: Vec<UrgentNumber>,
    pub legal: LegalPages,
    pub taxonomy: Taxonomy,
    /// The entries are invented, and every page says so.
    pub demo: bool,
}
