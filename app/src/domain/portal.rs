//! What a county configures: its name, its texts, its numbers. Read once at start.

use serde::{Deserialize, Serialize};

use time::Date;

use super::{care_type::Taxonomy, holiday::Holidays, map::Outline};

/// A telephone number to name in need, for example 116 117.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrgentNumber {
    pub name: String,
    pub phone: String,
    /// When to call it, one short sentence.
    pub hint: Option<String>,
}

/// Meldung des Kreises: news on the start page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub title: String,
    /// Plain text; an empty line separates paragraphs.
    pub text: String,
    /// The day it is dated, and shown from.
    pub date: Date,
    /// The last day it is shown; `None`: it stays.
    pub until: Option<Date>,
    pub link: Option<AnnouncementLink>,
}

/// Where an announcement leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementLink {
    pub text: String,
    /// A path of the portal, or an address of the web.
    pub url: String,
}

impl Announcement {
    /// Whether it is shown on a Berlin date.
    pub fn is_current(&self, today: Date) -> bool {
        self.date <= today && self.until.is_none_or(|until| today <= until)
    }
}

/// The advice centre that is named wherever a search finds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceCentre {
    pub name: String,
    pub phone: String,
}

/// Legal pages, in Markdown; empty while the county has not written them.
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

/// Whom to tell of a barrier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feedback {
    pub email: Option<String>,
    /// `None`: that of the advice centre.
    pub phone: Option<String>,
    pub conciliation: Option<Conciliation>,
}

/// The body that mediates where a barrier stays: Schlichtungsstelle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conciliation {
    pub name: String,
    /// An address of the web.
    pub url: Option<String>,
}

/// The county on the map. Without outlines the map shows its places alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CountyMap {
    pub outlines: Vec<Outline>,
    /// Who the outlines come from, as their licence wants it said.
    pub attribution: Option<String>,
}

/// The county's portal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// The county's own pages.
    pub website: Option<String>,
    pub announcements: Vec<Announcement>,
    pub legal: LegalPages,
    pub accessibility: Feedback,
    pub taxonomy: Taxonomy,
    pub map: CountyMap,
    pub holidays: Holidays,
    /// After how many days without news an entry is called old; `None`: never.
    pub stale_after_days: Option<u16>,
    /// How many days after the end of a report the county asks; nought: at once.
    pub county_asks_after_days: u16,
    /// How many people have to say of a green light that it was not so, until it carries "wird geprüft"; `None`: it
    /// never does.
    pub review_from: Option<u16>,
    /// The entries are invented, and every page says so.
    pub demo: bool,
    /// What somebody of the county wrote, somebody else of it approves.
    pub four_eyes: bool,
    /// There is a mail server.
    pub writes_mail: bool,
}

impl Portal {
    /// Whether people get the letters that the portal writes. Those of an example lie open to be read.
    pub fn has_mail(&self) -> bool {
        self.writes_mail || self.demo
    }

    /// Whether an entry of one Berlin date counts as old on another.
    pub fn is_stale(&self, of: Date, today: Date) -> bool {
        self.stale_after_days.is_some_and(|days| (today - of).whole_days() >= i64::from(days))
    }

    /// The announcements of a Berlin date, the newest first; of one day in the order of the county.
    pub fn current_announcements(&self, today: Date) -> Vec<&Announcement> {
        let mut current: Vec<_> = self.announcements.iter().filter(|news| news.is_current(today)).collect();
        current.sort_by_key(|news| std::cmp::Reverse(news.date));
        current
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_entry_is_old_from_the_day_the_county_says() {
        let portal = Portal { stale_after_days: Some(365), ..Portal::default() };
        assert!(!portal.is_stale(date!(2025 - 11 - 22), date!(2026 - 11 - 21)));
        assert!(portal.is_stale(date!(2025 - 11 - 22), date!(2026 - 11 - 22)));
        assert!(!Portal::default().is_stale(date!(1970 - 01 - 01), date!(2026 - 11 - 22)));
    }

    #[test]
    fn an_announcement_appears_on_its_day_and_leaves_after_its_last() {
        let news = Announcement {
            title: "Kurs".to_owned(),
            text: String::new(),
            date: date!(2026 - 11 - 10),
            until: Some(date!(2026 - 11 - 20)),
            link: None,
        };
        for (today, shown) in [
            (date!(2026 - 11 - 09), false),
            (date!(2026 - 11 - 10), true),
            (date!(2026 - 11 - 20), true),
            (date!(2026 - 11 - 21), false),
        ] {
            assert_eq!(news.is_current(today), shown, "{today}");
        }
        assert!(Announcement { until: None, ..news }.is_current(date!(2036 - 01 - 01)));
    }
}
