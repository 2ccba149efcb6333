//! Kapazitätsmeldung and Ampel: what was reported, and the light that follows from it.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::{
    care_type::LightKind,
    ids::{OfferId, ReportId},
    now::Now,
};

mod free;
pub mod history;
mod not_free;
mod statement;
mod table;
#[cfg(test)]
mod tests;
mod times;
mod unchanged;

pub use free::{Stretch, WEEK, weekday_bit};
pub use not_free::{NotFreeLine, NotFreeRefusal, check_not_free};
pub use statement::{Fault, Field, LONGEST_NOTE, LONGEST_REMARK, MOST_PLACES, MOST_WEEKS, Statement};
pub use table::{RowChange, TableRow};
pub use times::{FreePeriod, FreeTimes, TimeKind};
pub use unchanged::NotAgain;

/// Whether an offer without places accepts people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    Accepting,
    Waiting,
    Stopped,
    NotSaid,
}

/// State of the waiting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingList {
    Open,
    Closed,
    None,
    NotSaid,
}

/// The channel a report came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportSource {
    Provider,
    County,
    Api,
    Phone,
    Import,
}

/// What somebody reported about one offer. Append-only: a report is never edited or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityReport {
    pub id: ReportId,
    pub offer: OfferId,
    /// Order of reports, set by the server; the latest report has the highest.
    pub sequence: i64,
    /// Agreed places in all, as reported.
    pub total: Option<u32>,
    /// Places that can really be filled today, not merely empty ones.
    pub free_now: Option<u32>,
    /// The date from which a place becomes free.
    pub free_from: Option<Date>,
    pub intake: Intake,
    pub waiting_list: WaitingList,
    /// Expected wait in weeks, shortest and longest.
    pub waiting_weeks: Option<(u16, u16)>,
    pub intake_stop: bool,
    /// Last day of the intake stop; `None` while its end is open.
    pub intake_stop_until: Option<Date>,
    /// Places are only given after an assessment ("nach Rücksprache").
    pub only_after_assessment: bool,
    /// Rooms, for example "Einzelzimmer".
    pub rooms: Option<String>,
    /// Whom the place is for, for example "nur Frauen".
    pub for_whom: Option<String>,
    /// Short public remark.
    pub remark: Option<String>,
    /// When places are free, for offers that give them for a while. The light does not depend on it.
    #[serde(default)]
    pub times: FreeTimes,
    /// Several people have said that it was not free after all. The store knows, and whoever reports does not.
    #[serde(default)]
    pub under_review: bool,
    /// Who reported, as shown to provider and county.
    pub reported_by: String,
    pub source: ReportSource,
    pub reported_at: OffsetDateTime,
    /// From this instant on the report counts for nothing.
    pub valid_until: OffsetDateTime,
}

impl CapacityReport {
    /// Whether it still counts at an instant.
    pub fn is_valid_at(&self, instant: OffsetDateTime) -> bool {
        instant < self.valid_until
    }
}

/// The four lights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    Free,
    WaitingList,
    Full,
    Unknown,
}

impl Light {
    pub const ALL: [Self; 4] = [Self::Free, Self::WaitingList, Self::Full, Self::Unknown];

    /// The German value in URLs and facets.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Free => "frei",
            Self::WaitingList => "warteliste",
            Self::Full => "belegt",
            Self::Unknown => "unbekannt",
        }
    }

    /// Reads the German value of URLs.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|light| light.slug() == slug)
    }

    /// The English value in the JSON API.
    pub fn api(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::WaitingList => "waiting_list",
            Self::Full => "full",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a light has its colour; the text beside it says this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LightReason {
    NeverReported,
    /// The last report has expired; its numbers are shown nowhere.
    Expired,
    IntakeStop {
        until: Option<Date>,
    },
    /// A date that was announced has come, and nobody has confirmed what it brought.
    AnnouncedNotConfirmed {
        date: Date,
    },
    FreePlaces(u32),
    Accepting,
    WaitingList {
        weeks: Option<(u16, u16)>,
    },
    FreeFrom(Date),
    Occupied,
    Stopped,
    /// A valid report that says nothing the light could be read from.
    NotSaid,
}

/// Die Ampel: derived from the latest report and the moment it is asked for, never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    pub light: Light,
    pub reason: LightReason,
    /// Free places of a valid report.
    pub free_now: Option<u32>,
    /// Places in all of a valid report.
    pub total: Option<u32>,
    /// "nach Rücksprache": changes no colour.
    pub only_after_assessment: bool,
    /// What a valid report says about its places: rooms and for whom ("Zweibettzimmer", "nur Frauen"), then
    /// its remark.
    pub notes: Vec<String>,
    /// "wird geprüft": people say it is not so. Changes no colour.
    #[serde(default)]
    pub under_review: bool,
    /// When places are free, as a valid report says; without what has passed.
    pub times: FreeTimes,
    /// When the last report was made, valid or not.
    pub reported_at: Option<OffsetDateTime>,
    /// End of validity of the last report.
    pub valid_until: Option<OffsetDateTime>,
}

impl Availability {
    /// The light of an offer. `None` for offers that have no light at all.
    ///
    /// The order of the rows is the rule: the first that applies wins (PRODUCT, "The light").
    pub fn of(kind: LightKind, latest: Option<&CapacityReport>, now: Now) -> Option<Self> {
        if kind == LightKind::None {
            return None;
        }
        let Some(report) = latest else {
            return Some(Self {
                light: Light::Unknown,
                reason: LightReason::NeverReported,
                free_now: None,
                total: None,
                only_after_assessment: false,
                notes: Vec::new(),
                under_review: false,
                times: FreeTimes::default(),
                reported_at: None,
                valid_until: None,
            });
        };
        let valid = report.is_valid_at(now.instant);
        let (light, reason) =
            if valid { report.light_on(now.berlin_date) } else { (Light::Unknown, LightReason::Expired) };
        Some(Self {
            light,
            reason,
            free_now: report.free_now.filter(|_| valid),
            total: report.total.filter(|_| valid),
            only_after_assessment: valid && report.only_after_assessment,
            notes: if valid { report.notes() } else { Vec::new() },
            under_review: valid && report.under_review,
            times: report.times_at(now),
            reported_at: Some(report.reported_at),
            valid_until: Some(report.valid_until),
        })
    }

    /// The light alone, for those who ask for thousands.
    pub fn light_of(kind: LightKind, latest: Option<&CapacityReport>, now: Now) -> Option<Light> {
        if kind == LightKind::None {
            return None;
        }
        let valid = latest.filter(|report| report.is_valid_at(now.instant));
        Some(valid.map_or(Light::Unknown, |report| report.light_on(now.berlin_date).0))
    }
}

impl CapacityReport {
    fn notes(&self) -> Vec<String> {
        let places = [&self.rooms, &self.for_whom].into_iter().flatten().cloned().collect::<Vec<_>>();
        let places = (!places.is_empty()).then(|| places.join(", "));
        places.into_iter().chain(self.remark.clone()).collect()
    }

    /// Rows 2 to 7 of the rule, for a report that is still valid on this Berlin date.
    fn light_on(&self, today: Date) -> (Light, LightReason) {
        if self.intake_stop && self.intake_stop_until.is_none_or(|until| today <= until) {
            return (Light::Full, LightReason::IntakeStop { until: self.intake_stop_until });
        }
        if self.intake_stop
            && let Some(date) = self.intake_stop_until
        {
            return (Light::Unknown, LightReason::AnnouncedNotConfirmed { date });
        }
        let free = self.free_now.unwrap_or(0);
        if let Some(date) = self.free_from
            && date <= today
            && free == 0
        {
            return (Light::Unknown, LightReason::AnnouncedNotConfirmed { date });
        }
        if free >= 1 {
            return (Light::Free, LightReason::FreePlaces(free));
        }
        if self.intake == Intake::Accepting {
            return (Light::Free, LightReason::Accepting);
        }
        if let Some(date) = self.free_from {
            return (Light::WaitingList, LightReason::FreeFrom(date));
        }
        if self.waiting_list == WaitingList::Open || self.intake == Intake::Waiting {
            return (Light::WaitingList, LightReason::WaitingList { weeks: self.waiting_weeks });
        }
        match (self.free_now, self.intake) {
            (Some(0), _) => (Light::Full, LightReason::Occupied),
            (_, Intake::Stopped) => (Light::Full, LightReason::Stopped),
            _ => (Light::Unknown, LightReason::NotSaid),
        }
    }
}
