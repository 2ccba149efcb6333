//! Opening hours in one cell: `Mo 08:00-12:00; Mo 13:00-16:00; Ft 10:00-12:00` (`Ft`: public holidays), or
//! `nach Vereinbarung`.

use crate::domain::opening_hours::{OpenSpan, OpeningHours};

const DAYS: [&str; 8] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Ft"];
const BY_APPOINTMENT: &str = "nach Vereinbarung";

/// `None` where a part is no span; an empty cell is not known.
pub fn parse(text: &str) -> Option<OpeningHours> {
    if text.is_empty() {
        return Some(OpeningHours::NotKnown);
    }
    if text.to_lowercase() == BY_APPOINTMENT.to_lowercase() {
        return Some(OpeningHours::ByAppointment);
    }
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let mut spans: Vec<OpenSpan> = parts.map(span).collect::<Option<_>>()?;
    spans.sort_unstable();
    Some(OpeningHours::Regular(spans))
}

fn span(text: &str) -> Option<OpenSpan> {
    let (day, times) = text.split_once(' ')?;
    let weekday =
        (1..).zip(DAYS).find(|(_, name)| name.eq_ignore_ascii_case(day)).map(|(number, _)| number)?;
    let (from, to) = times.split_once(['-', '–'])?;
    OpenSpan::new(weekday, minute(from.trim())?, minute(to.trim())?)
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

pub fn write(hours: &OpeningHours) -> String {
    match hours {
        OpeningHours::NotKnown => String::new(),
        OpeningHours::ByAppointment => BY_APPOINTMENT.to_owned(),
        OpeningHours::Regular(spans) => {
            let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            let one = |span: &OpenSpan| {
                let day = DAYS.get(usize::from(span.weekday).wrapping_sub(1)).unwrap_or(&DAYS[0]);
                format!("{day} {}-{}", clock(span.from), clock(span.to))
            };
            let mut sorted = spans.clone();
            sorted.sort_unstable();
            sorted.iter().map(one).collect::<Vec<_>>().join("; ")
        }
    }
}
