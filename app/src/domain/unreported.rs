//! What has not been reported for long: the county phones there.

use time::{Date, OffsetDateTime};

use super::ids::{FacilityId, Slug};

/// Which of them are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnreportedShow {
    /// All that nobody has put off.
    #[default]
    Open,
    /// Of these, those without any report so far.
    Never,
    /// What was put off to a later day.
    Later,
}

impl UnreportedShow {
    pub const ALL: [Self; 3] = [Self::Open, Self::Never, Self::Later];

    /// The value in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Open => "offen",
            Self::Never => "nie",
            Self::Later => "spaeter",
        }
    }

    /// What addresses say; anything else is the usual list.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.slug() == text).unwrap_or_default()
    }
}

/// A part of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnreportedQuery {
    pub show: UnreportedShow,
    /// Pages before this one.
    pub before: u32,
}

impl UnreportedQuery {
    /// Facilities on a page.
    pub const PAGE: u32 = 25;
}

/// Somebody has phoned, or will later: the list leaves the facility out until that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The day on which it is in the list again.
    pub on: Date,
    pub note: String,
    /// `None`: the account is gone.
    pub author: Option<String>,
    pub noted_at: OffsetDateTime,
}

impl FollowUp {
    /// Longest note in characters.
    pub const LONGEST_NOTE: usize = 300;
    /// How far away the day may be.
    pub const MOST_DAYS: i64 = 90;
}

/// A facility with offers that nobody has reported for long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreported {
    pub id: FacilityId,
    pub slug: Slug,
    pub name: String,
    pub organization: Option<String>,
    /// Of the facility, else of its organization.
    pub phone: Option<String>,
    /// When the first of its reports ended; `None`: there never was one.
    pub since: Option<OffsetDateTime>,
    /// How many of its offers it is about.
    pub offers: usize,
    /// How many people could report, and be reminded.
    pub people: usize,
    pub follow_up: Option<FollowUp>,
    /// Who was reminded last, and when; the newest first.
    pub reminded: Vec<(String, OffsetDateTime)>,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreportedPage {
    pub total: usize,
    pub facilities: Vec<Unreported>,
}
