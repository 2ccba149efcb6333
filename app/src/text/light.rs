//! Die Ampel in words, exactly as the product's table has them.

use time::Date;

use super::{counts, dates};
use crate::domain::capacity::{Availability, Light, LightReason};

/// The text beside the shape.
pub fn text(availability: &Availability, today: Date) -> String {
    let said = match availability.reason {
        LightReason::NeverReported | LightReason::Expired | LightReason::NotSaid => {
            "keine aktuelle Meldung".to_owned()
        }
        LightReason::IntakeStop { until: None } => "Aufnahmestopp".to_owned(),
        LightReason::IntakeStop { until: Some(until) } => {
            format!("Aufnahmestopp bis {}", dates::date(until, today))
        }
        LightReason::AnnouncedNotConfirmed { date } => {
            format!("angekündigt für {}, noch nicht bestätigt", dates::date(date, today))
        }
        LightReason::FreePlaces(free) => format!("{} frei", counts::places(free)),
        LightReason::Accepting => "nimmt auf".to_owned(),
        LightReason::WaitingList { weeks } => waiting(weeks),
        LightReason::FreeFrom(date) => format!("ab {}", dates::weekday_and_date(date, today)),
        LightReason::Occupied | LightReason::Stopped => "belegt".to_owned(),
    };
    let after = if availability.only_after_assessment { ", nach Rücksprache" } else { "" };
    let review = if availability.under_review { ", wird geprüft" } else { "" };
    format!("{said}{after}{review}")
}

fn waiting(weeks: Option<(u16, u16)>) -> String {
    match weeks {
        None => "Warteliste".to_owned(),
        Some((1, 1)) => "Warteliste, etwa 1 Woche".to_owned(),
        Some((from, to)) if from == to => format!("Warteliste, etwa {from} Wochen"),
        Some((from, to)) => format!("Warteliste, etwa {from}–{to} Wochen"),
    }
}

/// Whether the report still says something, so that its date is "gemeldet vor …"; an old one is
/// only "zuletzt am …".
pub fn is_current(availability: &Availability) -> bool {
    !matches!(availability.reason, LightReason::NeverReported | LightReason::Expired | LightReason::NotSaid)
}

/// The name of a light in filters and legends.
pub fn name(light: Light) -> &'static str {
    match light {
        Light::Free => "Plätze frei",
        Light::WaitingList => "Warteliste oder bald frei",
        Light::Full => "belegt",
        Light::Unknown => "keine aktuelle Meldung",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn light(reason: LightReason) -> Availability {
        Availability {
            light: Light::Unknown,
            reason,
            free_now: None,
            total: None,
            notes: Vec::new(),
            times: crate::domain::capacity::FreeTimes::default(),
            only_after_assessment: false,
            under_review: false,
            reported_at: None,
            valid_until: None,
        }
    }

    #[test]
    fn every_reason_has_the_words_of_the_table() {
        let today = date!(2026 - 06 - 20);
        for (reason, words) in [
            (LightReason::NeverReported, "keine aktuelle Meldung"),
            (LightReason::Expired, "keine aktuelle Meldung"),
            (LightReason::NotSaid, "keine aktuelle Meldung"),
            (LightReason::IntakeStop { until: None }, "Aufnahmestopp"),
            (LightReason::IntakeStop { until: Some(date!(2026 - 07 - 01)) }, "Aufnahmestopp bis 1. Juli"),
            (
                LightReason::AnnouncedNotConfirmed { date: date!(2026 - 07 - 01) },
                "angekündigt für 1. Juli, noch nicht bestätigt",
            ),
            (LightReason::FreePlaces(1), "1 Platz frei"),
            (LightReason::FreePlaces(3), "3 Plätze frei"),
            (LightReason::Accepting, "nimmt auf"),
            (LightReason::WaitingList { weeks: Some((4, 6)) }, "Warteliste, etwa 4–6 Wochen"),
            (LightReason::WaitingList { weeks: Some((1, 1)) }, "Warteliste, etwa 1 Woche"),
            (LightReason::WaitingList { weeks: None }, "Warteliste"),
            (LightReason::FreeFrom(date!(2026 - 08 - 03)), "ab Montag, 3. August"),
            (LightReason::Occupied, "belegt"),
            (LightReason::Stopped, "belegt"),
        ] {
            assert_eq!(text(&light(reason), today), words);
        }
    }

    #[test]
    fn an_assessment_is_named_and_changes_no_other_word() {
        let mut free = light(LightReason::FreePlaces(2));
        free.only_after_assessment = true;
        assert_eq!(text(&free, date!(2026 - 06 - 20)), "2 Plätze frei, nach Rücksprache");
        free.under_review = true;
        assert_eq!(text(&free, date!(2026 - 06 - 20)), "2 Plätze frei, nach Rücksprache, wird geprüft");
    }
}
