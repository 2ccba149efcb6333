//! Words for those who report what is free.

use time::{Date, OffsetDateTime};

use super::{counts, dates, features};
use crate::domain::{
    capacity::{
        CapacityReport, Fault, Field, FreePeriod, FreeTimes, LONGEST_NOTE, LONGEST_REMARK, LightReason,
        MOST_PLACES, NotAgain, ReportSource,
    },
    care_type::{LightKind, Taxonomy},
    now::Now,
    offer::Offer,
};

/// What an offer is called where several stand below each other.
pub fn name(offer: &Offer, taxonomy: &Taxonomy) -> String {
    let own =
        [offer.label.clone(), offer.specialty.clone(), offer.form.map(|f| features::form(f).to_owned())];
    let kind = taxonomy.name_of(&offer.care_type).to_owned();
    std::iter::once(kind).chain(own.into_iter().flatten()).collect::<Vec<_>>().join(" · ")
}

/// "gilt bis Mittwoch, 8. Juli, 12 Uhr".
pub fn until(end: OffsetDateTime, today: Date) -> String {
    let there = dates::berlin(end);
    let minute = u16::from(there.hour()) * 60 + u16::from(there.minute());
    let day =
        if there.date() == today { "heute".to_owned() } else { dates::weekday_and_date(there.date(), today) };
    format!("gilt bis {day}, {} Uhr", dates::clock(minute))
}

/// What needs doing about an offer now, for a badge; `None`: nothing.
pub fn urgency(offer: &Offer, reason: Option<LightReason>, now: Now) -> Option<&'static str> {
    let Some(report) = &offer.latest_report else { return Some("noch nie gemeldet") };
    let days = (dates::berlin(report.valid_until).date() - now.berlin_date).whole_days();
    match (report.is_valid_at(now.instant), reason, days) {
        (false, ..) => Some("abgelaufen"),
        (true, Some(LightReason::AnnouncedNotConfirmed { .. }), _) => Some("bitte bestätigen"),
        (true, _, ..=0) => Some("läuft heute ab"),
        (true, _, 1) => Some("läuft morgen ab"),
        _ => None,
    }
}

/// Why an offer has to be reported anew.
pub fn not_again(why: NotAgain, today: Date) -> String {
    match why {
        NotAgain::NeverReported => "noch nie gemeldet".to_owned(),
        NotAgain::Over(day) => {
            format!("angekündigt war etwas für {}: Was gilt jetzt?", dates::date(day, today))
        }
        NotAgain::Unclear => "die letzte Meldung passt nicht mehr".to_owned(),
    }
}

/// Who said it last, for those who report themselves.
pub fn last_said(report: &CapacityReport, today: Date) -> String {
    let way = match report.source {
        ReportSource::Provider => "",
        ReportSource::County => ", Landkreis",
        ReportSource::Api => ", durch ein Programm",
        ReportSource::Phone => ", Landkreis, am Telefon",
        ReportSource::Import => ", aus einer Tabelle",
    };
    format!("Zuletzt gemeldet {}: {}{way}", dates::ago(report.reported_at, today), report.reported_by)
}

/// "3. August bis 17. August: 2 Plätze".
pub fn period(period: &FreePeriod, today: Date) -> String {
    let (from, until) = (dates::date(period.from, today), dates::date(period.until, today));
    format!("{from} bis {until}: {} frei", counts::places(period.places.into()))
}

/// When places are free, each time a line.
pub fn times(times: &FreeTimes, today: Date) -> Vec<String> {
    let mut lines: Vec<_> = times.periods.iter().map(|one| period(one, today)).collect();
    let days: Vec<_> = (1..=7u8)
        .zip(times.weekdays)
        .filter_map(|(day, free)| Some(format!("{} {}", dates::weekday(day), free?)))
        .collect();
    if !days.is_empty() {
        lines.push(format!("Freie Plätze je Wochentag: {}", days.join(", ")));
    }
    lines
}

/// What to do about a fault, one sentence.
pub fn fault(fault: Fault, light: LightKind) -> String {
    match fault {
        Fault::Nothing if light == LightKind::Intake => {
            "Bitte sagen Sie, ob Sie aufnehmen, eine Warteliste führen oder niemanden aufnehmen.".to_owned()
        }
        Fault::Nothing => "Bitte geben Sie an, was frei ist. 0 heißt: alles belegt.".to_owned(),
        Fault::TooMany(Field::WaitingWeeks) => "Bitte geben Sie höchstens 520 Wochen an.".to_owned(),
        Fault::TooMany(Field::Period(_)) => {
            format!("Bitte nennen Sie höchstens {} Zeiträume.", FreeTimes::MOST)
        }
        Fault::TooMany(_) => {
            format!("Bitte geben Sie höchstens {} Plätze an.", counts::number(MOST_PLACES as usize))
        }
        Fault::FreeOverTotal { total, .. } => {
            format!("Es gibt hier {}. Mehr können nicht frei sein.", counts::places(total))
        }
        Fault::Past(_) => "Dieser Tag ist schon vorbei. Bitte nennen Sie einen ab heute.".to_owned(),
        Fault::TooFar(_) => "Bitte nennen Sie einen Tag in den nächsten zwei Jahren.".to_owned(),
        Fault::Reversed(Field::WaitingWeeks) => "Bitte nennen Sie die kürzere Wartezeit zuerst.".to_owned(),
        Fault::Reversed(_) => "Der letzte Tag liegt vor dem ersten. Bitte tauschen Sie beide.".to_owned(),
        Fault::TooLong(Field::Remark) => format!("Bitte kürzen Sie auf {LONGEST_REMARK} Zeichen."),
        Fault::TooLong(_) => format!("Bitte kürzen Sie auf {LONGEST_NOTE} Zeichen."),
        Fault::UntilWithoutStop => {
            "Dieser Tag gehört zu einem Aufnahmestopp. Bitte wählen Sie ihn aus, oder leeren Sie das Feld.".to_owned()
        }
        Fault::AcceptsWhileStopped => {
            "Aufnehmen und Aufnahmestopp gehen nicht zugleich. Bitte wählen Sie eins.".to_owned()
        }
        Fault::WeeksWithoutList => {
            "Eine Wartezeit gehört zu einer offenen Warteliste. Bitte wählen Sie sie aus, oder leeren Sie die Wochen."
                .to_owned()
        }
        Fault::NotOfThisType(_) => "Diese Angabe gibt es für das Angebot nicht.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2026 - 07 - 01);

    #[test]
    fn how_long_a_report_holds_is_said_with_day_and_hour() {
        assert_eq!(until(datetime!(2026-07-08 10:00 UTC), TODAY), "gilt bis Mittwoch, 8. Juli, 12 Uhr");
        assert_eq!(until(datetime!(2026-07-01 21:30 UTC), TODAY), "gilt bis heute, 23:30 Uhr");
    }

    #[test]
    fn times_are_said_so_that_they_can_be_confirmed() {
        let august = FreePeriod { from: date!(2026 - 08 - 03), until: date!(2027 - 01 - 04), places: 1 };
        let mut said = FreeTimes { periods: vec![august], ..FreeTimes::default() };
        (said.weekdays[0], said.weekdays[2]) = (Some(3), Some(0));
        assert_eq!(
            times(&said, TODAY),
            ["3. August bis 4. Januar 2027: 1 Platz frei", "Freie Plätze je Wochentag: Montag 3, Mittwoch 0"]
        );
    }
}
