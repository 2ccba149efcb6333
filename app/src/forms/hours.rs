//! The opening hours of one day as people write them: "8–12 Uhr, 14–17:30 Uhr".

use crate::domain::opening_hours::OpenSpan;

/// `None` where a part is no span, or where two overlap; nothing typed is closed.
pub fn parse(weekday: u8, text: &str) -> Option<Vec<OpenSpan>> {
    let text = text.to_lowercase();
    if matches!(text.trim(), "geschlossen" | "zu" | "-" | "–") {
        return Some(Vec::new());
    }
    let parts = text.split([',', ';']).flat_map(|part| part.split(" und "));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let mut spans: Vec<OpenSpan> = parts.map(|part| span(weekday, part)).collect::<Option<_>>()?;
    spans.sort_unstable();
    spans.windows(2).all(|pair| pair[0].to <= pair[1].from).then_some(spans)
}

fn span(weekday: u8, text: &str) -> Option<OpenSpan> {
    let text = text.trim_start_matches("von ").replace(" bis ", "-");
    let (from, to) = text.split_once(['-', '–', '—'])?;
    OpenSpan::new(weekday, minute(from)?, minute(to)?)
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim().trim_end_matches("uhr").trim();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// As [`parse`] reads it.
pub fn write(spans: &[OpenSpan]) -> String {
    let clock = |minute: u16| match (minute / 60, minute % 60) {
        (hours, 0) => hours.to_string(),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    };
    let one = |span: &OpenSpan| format!("{}–{} Uhr", clock(span.from), clock(span.to));
    spans.iter().map(one).collect::<Vec<_>>().join(", ")
}
