//! Values of single cells: how they are read, and how an export writes them so that they read the same.

use std::collections::BTreeMap;

use crate::domain::{
    accessibility::{Accessibility, Feature},
    offer::ServiceArea,
    place::{Ags, Position},
};
use time::{Date, macros::format_description};

pub mod contacts;
pub mod documents;
pub mod hours;

/// A cell as one line of text: no control characters, nothing invisible, single spaces.
pub fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell as text in lines.
pub fn lines(text: &str) -> String {
    text.split('\n').map(one_line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Control characters become spaces; characters that only change how others are shown go.
fn visible(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !hidden(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What makes two spellings of a name the same: letters and digits, umlauts written out.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// A whole number, with or without a point for thousands.
pub fn number(text: &str) -> Option<u32> {
    text.replace('.', "").parse().ok()
}

/// Several telephone numbers in one cell: a slash separates them only where each begins like one.
pub fn phones(text: &str) -> Vec<String> {
    let parts: Vec<&str> =
        text.split(['/', ';', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let whole =
        |part: &&str| part.starts_with(['0', '+']) && part.bytes().filter(u8::is_ascii_digit).count() >= 7;
    if parts.len() > 1 && parts.iter().all(whole) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
}

/// Several e-mail addresses in one cell; `None` where a part is none.
pub fn emails(text: &str) -> Option<Vec<String>> {
    let parts = text.split(['/', ';', ',', ' ']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| is_email(part).then(|| part.to_owned())).collect()
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.contains(['<', '>', '"', '\''])
}

/// An address on the web, with its scheme; `None` for anything a browser should not be sent to.
pub fn website(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.unwrap_or(&lower).split(['/', '?', '#']).next().unwrap_or_default();
    let ok = host.contains('.')
        && !host.contains([':', '@', ' ', '<', '"'])
        && !text.contains([' ', '<', '>', '"']);
    match (ok, rest) {
        (true, Some(_)) => Some(text.to_owned()),
        (true, None) => Some(format!("https://{text}")),
        (false, _) => None,
    }
}

/// A point on Earth from two cells; comma or point as decimal mark.
pub fn position(lat: &str, lon: &str) -> Option<Position> {
    let degrees = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    let position = Position::new(degrees(lat)?, degrees(lon)?)?;
    // Nought, nought lies in the Atlantic and means: not known.
    (position.lat != 0.0 || position.lon != 0.0).then_some(position)
}

/// A date as `2026-07-31` or `31.7.2026`.
pub fn date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .or_else(|_| Date::parse(text, format_description!("[day padding:none].[month padding:none].[year]")))
        .ok()
}

/// Euros as `1.234,50`, `1.234`, `1234.5` or `1234`, in cents.
pub fn cents(text: &str) -> Option<i64> {
    let text = text.trim_end_matches("Euro").trim_end_matches("EUR").trim_end_matches(['€', ' ']);
    let mut groups = text.split('.');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    // A point before three digits separates thousands.
    let thousands = first && text.contains('.') && groups.all(|group| group.len() == 3);
    let plain = if text.contains(',') || thousands {
        text.replace('.', "").replace(',', ".")
    } else {
        text.to_owned()
    };
    let (euros, rest) = plain.split_once('.').unwrap_or((&plain, "0"));
    if rest.is_empty() || rest.len() > 2 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    euros.parse::<u32>().ok().map(|euros| i64::from(euros) * 100 + cents)
}

/// As [`cents`] reads it.
pub fn write_cents(cents: i64) -> String {
    format!("{},{:02}", cents / 100, cents % 100)
}

/// Parts of a cell that holds a list.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty())
}

/// `25 km`, or official keys separated by commas.
pub fn service_area(text: &str) -> Option<ServiceArea> {
    if let Some(km) = text.to_lowercase().strip_suffix("km") {
        let km: f64 = km.trim().replace(',', ".").parse().ok()?;
        return (km > 0.0 && km <= 500.0).then_some(ServiceArea::RadiusKm(km));
    }
    let keys: Option<Vec<_>> =
        list(text).map(|key| Ags::parse(key).map(|ags| ags.as_str().to_owned())).collect();
    keys.filter(|keys| !keys.is_empty()).map(ServiceArea::Municipalities)
}

pub fn write_service_area(area: &ServiceArea) -> String {
    match area {
        ServiceArea::RadiusKm(km) => format!("{km} km"),
        ServiceArea::Municipalities(keys) => keys.join(", "),
    }
}

/// `elevator=ja, hearing_loop=nein`
pub fn accessibility(text: &str) -> Option<BTreeMap<Feature, bool>> {
    let feature = |part: &str| {
        let (key, yes) = part.split_once('=')?;
        let yes = match yes.trim().to_lowercase().as_str() {
            "ja" => true,
            "nein" => false,
            _ => return None,
        };
        Some((Feature::parse(key.trim())?, yes))
    };
    list(text).map(feature).collect()
}

pub fn write_accessibility(accessibility: &Accessibility) -> String {
    let parts = accessibility.0.iter();
    let parts = parts.map(|(feature, yes)| format!("{}={}", feature.key(), if *yes { "ja" } else { "nein" }));
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
