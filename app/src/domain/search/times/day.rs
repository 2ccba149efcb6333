//! One day as it is written: "3. August", "3.8.", "03.08.2026", "2026-08-03".

use time::{Date, Month};

use super::token::Token;

/// A day that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Full {
        day: u8,
        month: Month,
        year: Option<i32>,
    },
    /// "3." before "bis 17. August".
    OfMonth(u8),
}

const MONTHS: [&[&str]; 12] = [
    &["januar", "jaenner", "jan"],
    &["februar", "feb"],
    &["maerz", "marz", "mrz"],
    &["april", "apr"],
    &["mai"],
    &["juni", "jun"],
    &["juli", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "okt"],
    &["november", "nov"],
    &["dezember", "dez"],
];

impl Day {
    /// Reads a day at a token; answers it with the number of the token behind it. `introduced`: a word before it says
    /// that a day follows, so that its full stops may be missing.
    pub(super) fn read(tokens: &[Token], at: usize, introduced: bool) -> Option<(Self, usize)> {
        let first = tokens.get(at)?;
        if first.text.len() == 4 {
            return Self::iso(tokens, at);
        }
        let day = u8::try_from(first.number?).ok().filter(|day| (1..=31).contains(day))?;
        if !first.has_dot && !introduced {
            return None;
        }
        let alone = first.has_dot.then_some((Self::OfMonth(day), at + 1));
        let Some(second) = tokens.get(at + 1) else { return alone };
        if let Some(month) = month(&second.text) {
            let year = tokens.get(at + 2).filter(|year| year.text.len() == 4).and_then(year_of);
            return Some((Self::Full { day, month, year }, at + 2 + usize::from(year.is_some())));
        }
        let month = second.number.filter(|_| first.has_dot && second.text.len() <= 2);
        let Some(month) = month.and_then(|number| Month::try_from(u8::try_from(number).ok()?).ok()) else {
            return alone;
        };
        let year =
            tokens.get(at + 2).filter(|year| second.has_dot && year.start == second.end).and_then(year_of);
        if year.is_none() && !second.has_dot && !introduced {
            return None;
        }
        Some((Self::Full { day, month, year }, at + 2 + usize::from(year.is_some())))
    }

    fn iso(tokens: &[Token], at: usize) -> Option<(Self, usize)> {
        let [year, dash, month, dash_too, day] = tokens.get(at..at + 5)? else { return None };
        let together = [(year, dash), (dash, month), (month, dash_too), (dash_too, day)];
        if dash.text != "-" || dash_too.text != "-" || together.iter().any(|(a, b)| a.end != b.start) {
            return None;
        }
        let year = year_of(year)?;
        let month = Month::try_from(u8::try_from(month.number?).ok()?).ok()?;
        let day = u8::try_from(day.number?).ok().filter(|day| (1..=31).contains(day))?;
        Some((Self::Full { day, month, year: Some(year) }, at + 5))
    }
}

fn month(word: &str) -> Option<Month> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    Month::try_from(u8::try_from(at + 1).ok()?).ok()
}

/// "2026" or "26".
fn year_of(token: &Token) -> Option<i32> {
    let number = i32::try_from(token.number?).ok()?;
    match token.text.len() {
        4 => (2000..=2999).contains(&number).then_some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

/// The first such day from a day on: 29 February may be some years away.
pub(super) fn following(start: Date, day: u8, month: Month) -> Option<Date> {
    (0..=8)
        .filter_map(|years| Date::from_calendar_date(start.year() + years, month, day).ok())
        .find(|date| *date >= start)
}

/// The last day up to another that fits, within a year.
pub(super) fn preceding(last: Date, fits: impl Fn(Date) -> bool) -> Option<Date> {
    let mut day = last;
    for _ in 0..366 {
        if fits(day) {
            return Some(day);
        }
        day = day.previous_day()?;
    }
    None
}
