//! How far a light can be trusted, in words.

use time::Date;

use super::{counts, dates, light};
use crate::domain::capacity::{
    CapacityReport, ReportSource,
    history::{Share, Span, Window},
};

/// "an 71 von 90 Tagen aktuell gemeldet (79 %)".
pub fn share(share: Share) -> String {
    format!(
        "an {} von {} Tagen aktuell gemeldet ({} %)",
        share.days(),
        share.of.whole_days(),
        share.percent()
    )
}

/// The same for everybody.
pub fn public_share(share: Share) -> String {
    let percent = share.percent();
    if percent == 0 {
        return format!("In den letzten {} Tagen gab es keine aktuelle Meldung.", Window::DAYS);
    }
    format!("In den letzten {} Tagen war die Meldung zu {percent} % der Zeit aktuell.", Window::DAYS)
}

/// Through which channel somebody reported.
pub fn source(source: ReportSource) -> &'static str {
    match source {
        ReportSource::Provider => "Einrichtung",
        ReportSource::County => "Landkreis",
        ReportSource::Api => "Programm der Einrichtung",
        ReportSource::Phone => "Landkreis, am Telefon",
        ReportSource::Import => "eingelesene Tabelle",
    }
}

/// How often people said that it was not free after all.
pub fn told(times: u32) -> String {
    match times {
        1 => "einmal „War doch nicht frei“ gemeldet".to_owned(),
        _ => format!("{}-mal „War doch nicht frei“ gemeldet", counts::number(times as usize)),
    }
}

/// The light of a span, as it was said then.
pub fn said(span: &Span, today: Date) -> String {
    light::text(&span.availability, today)
}

/// What a report says in numbers: free places, all of them, what is announced.
pub fn numbers(report: &CapacityReport, today: Date) -> String {
    let free = report.free_now.map(|free| format!("{} frei", counts::places(free)));
    let total = report.total.map(|total| format!("{} insgesamt", counts::places(total)));
    let from = report.free_from.map(|date| format!("ab {}", dates::date(date, today)));
    let weeks = report.waiting_weeks.map(|(from, to)| format!("{from}–{to} Wochen Wartezeit"));
    let all: Vec<String> = [free, total, from, weeks].into_iter().flatten().collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn a_share_is_said_in_days_and_hundredths() {
        let of = |days: i64| Share { covered: Duration::days(days), of: Duration::days(90) };
        assert_eq!(share(of(71)), "an 71 von 90 Tagen aktuell gemeldet (79 %)");
        assert_eq!(public_share(of(71)), "In den letzten 90 Tagen war die Meldung zu 79 % der Zeit aktuell.");
        assert_eq!(public_share(of(0)), "In den letzten 90 Tagen gab es keine aktuelle Meldung.");
    }
}
