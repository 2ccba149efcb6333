//! Days and weekdays in what somebody typed: "14 Tage ab 3. August", "mittwochs". Only what is certain is read; all
//! else stays a word like others.

use std::ops::Range;

use time::{Date, Duration, Weekday};

use super::SearchQuery;
use crate::domain::capacity::{Stretch, WEEK};

mod day;
#[cfg(test)]
mod tests;
mod token;

use day::{Day, following, preceding};
use token::{Token, tokens};

const WEEKDAYS: [&str; 7] = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"];

/// The value of a weekday in addresses.
pub fn weekday_slug(weekday: Weekday) -> &'static str {
    WEEKDAYS[usize::from(weekday.number_days_from_monday())]
}

/// Reads the value of an address: `mittwoch` or `mi`.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|name| *name == text || name[..2] == *text)?;
    Some(WEEK[at])
}

/// Something that was read, and the words it was read from, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    pub value: T,
    pub spans: Vec<Range<usize>>,
}

/// The times in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTimes {
    pub stretch: Option<Read<Stretch>>,
    /// From Monday, each once.
    pub weekdays: Option<Read<Vec<Weekday>>>,
}

impl TypedTimes {
    pub fn is_empty(&self) -> bool {
        self.stretch.is_none() && self.weekdays.is_none()
    }

    /// Makes filters of them, where a search loses its words; what its filters say counts more.
    pub fn keep(&self, query: &mut SearchQuery) {
        if let Some(read) = self.stretch.as_ref().filter(|_| query.free_from.or(query.free_until).is_none()) {
            (query.free_from, query.free_until) = (Some(read.value.from), Some(read.value.until));
        }
        if let Some(read) = self.weekdays.as_ref().filter(|_| query.weekdays.is_empty()) {
            query.weekdays.clone_from(&read.value);
        }
    }

    /// The words of all that was read.
    pub fn spans(&self) -> Vec<Range<usize>> {
        let stretch = self.stretch.iter().flat_map(|read| read.spans.iter().cloned());
        stretch.chain(self.weekdays.iter().flat_map(|read| read.spans.iter().cloned())).collect()
    }
}

/// Days of a stay that are said in a text, longest.
const LONGEST: u16 = 366;

/// Reads the times in a text. A day without a year is the next one from today.
pub fn read(text: &str, today: Date) -> TypedTimes {
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens, today };
    let mut days: Option<(Days, Range<usize>)> = None;
    let mut length: Option<(u16, Range<usize>)> = None;
    let mut weekdays: Option<Read<Vec<Weekday>>> = None;
    let mut at = 0;
    while at < tokens.len() {
        at = if let Some((found, next)) = reader.days(at).filter(|_| days.is_none()) {
            days = Some((found, reader.span(at, next)));
            next
        } else if let Some((found, next)) = reader.length(at).filter(|_| length.is_none()) {
            length = Some((found, reader.span(at, next)));
            next
        } else if let Some((found, next)) = reader.weekdays(at) {
            let read = weekdays.get_or_insert_with(|| Read { value: Vec::new(), spans: Vec::new() });
            read.value.extend(found);
            read.spans.push(reader.span(at, next));
            next
        } else {
            at + 1
        };
    }
    if let Some(read) = &mut weekdays {
        read.value.sort_by_key(|weekday| weekday.number_days_from_monday());
        read.value.dedup();
    }
    TypedTimes { stretch: days.and_then(|days| settle(days, length, today)), weekdays }
}

/// Days as they were said, in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    From(Date),
    Until(Date),
    Both(Stretch),
}

fn settle(
    (days, span): (Days, Range<usize>),
    length: Option<(u16, Range<usize>)>,
    today: Date,
) -> Option<Read<Stretch>> {
    let mut spans = vec![span];
    let stretch = match (days, length) {
        (Days::Both(stretch), length) => {
            // "14 Tage vom 3. bis 16. August" says it twice.
            spans.extend(length.map(|(_, span)| span));
            stretch
        }
        (Days::From(from), Some((days, span))) => {
            spans.push(span);
            Stretch { from, until: from.checked_add(Duration::days(i64::from(days) - 1))? }
        }
        (Days::From(from), None) => Stretch { from, until: from },
        (Days::Until(until), _) => Stretch { from: today.min(until), until },
    };
    spans.sort_by_key(|span| span.start);
    Some(Read { value: stretch, spans })
}

/// Reads what stands at a token; answers it with the number of the token behind it.
struct Reader<'a> {
    tokens: &'a [Token],
    today: Date,
}

impl Reader<'_> {
    fn span(&self, from: usize, to: usize) -> Range<usize> {
        self.tokens[from].start..self.tokens[to - 1].end
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| words.contains(&token.text.as_str()))
    }

    fn skip(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.is(at, words))
    }

    fn weekday(&self, at: usize) -> Option<Weekday> {
        let word = self.tokens.get(at)?.text.as_str();
        let name = word.strip_suffix('s').unwrap_or(word);
        let name = if name == "sonnabend" { "samstag" } else { name };
        parse_weekday(name).filter(|_| name.len() > 2)
    }

    /// "ab 3. August", "vom 3. bis 17. August", "bis 17.8.", "am Montag, 3. August", "ab morgen", "ab Montag".
    fn days(&self, at: usize) -> Option<(Days, usize)> {
        // "Straße des 17. Juni", "Platz vor dem 1. Mai".
        if at > 0 && self.is(at - 1, &["des"]) {
            return None;
        }
        let opens = self.is(at, &["ab", "vom", "von", "am", "zum"]);
        let ends = self.is(at, &["bis"]);
        let mut next = at + usize::from(opens || ends);
        next = self.skip(next, &["zum", "einschliesslich"]);
        next = self.skip(next, &["dem", "den"]);
        let introduced = opens || ends;
        let (first, next) = self.day(next, introduced)?;
        if ends {
            let Day::Full { .. } = first else { return None };
            return Some((Days::Until(first.from(self.today)?), next));
        }
        if self.is(next, &["bis", "-"]) {
            let behind = self.skip(self.skip(next + 1, &["zum"]), &["dem", "den"]);
            if let Some((last @ Day::Full { .. }, next)) = self.day(behind, true) {
                let until = last.from(self.today)?;
                return Some((Days::Both(Stretch { from: first.before(until)?, until }), next));
            }
        }
        let Day::Full { .. } = first else { return None };
        Some((Days::From(first.from(self.today)?), next))
    }

    /// One day, after its weekday if that is said.
    fn day(&self, at: usize, introduced: bool) -> Option<(Day, usize)> {
        let adjective = self.skip(at, &["kommenden", "naechsten", "nachsten"]);
        let named = self.weekday(adjective);
        if named.is_some() {
            let behind = self.skip(self.skip(adjective + 1, &[","]), &["dem", "den"]);
            if let Some(found) = Day::read(self.tokens, behind, true) {
                return Some(found);
            }
        }
        if let Some(found) = Day::read(self.tokens, at, introduced) {
            return Some(found);
        }
        // "am Mittwoch" may be any; "ab Mittwoch" is the next.
        let from_then = at > 0 && self.is(at - 1, &["ab", "vom", "bis", "dem", "zum"]);
        let exact = |date: Date| Day::Full { day: date.day(), month: date.month(), year: Some(date.year()) };
        if let Some(weekday) = named.filter(|_| from_then) {
            let ahead =
                (7 + weekday.number_days_from_monday() - self.today.weekday().number_days_from_monday()) % 7;
            let date = self.today.checked_add(Duration::days(i64::from(ahead)))?;
            return Some((exact(date), adjective + 1));
        }
        let ahead = match self.tokens.get(at)?.text.as_str() {
            "heute" => 0,
            "morgen" => 1,
            "uebermorgen" | "ubermorgen" => 2,
            _ => return None,
        };
        let date = self.today.checked_add(Duration::days(ahead)).filter(|_| from_then)?;
        Some((exact(date), at + 1))
    }

    /// "14 Tage", "für zwei Wochen", in days.
    fn length(&self, at: usize) -> Option<(u16, usize)> {
        let number = self.skip(at, &["fuer", "fur"]);
        let token = self.tokens.get(number)?;
        let count: u16 = match token.number {
            Some(count) if !token.has_dot => u16::try_from(count).ok()?,
            _ => NUMBERS.iter().find(|(word, _)| *word == token.text)?.1,
        };
        let days = match self.tokens.get(number + 1)?.text.as_str() {
            "tag" | "tage" | "tagen" => count,
            "woche" | "wochen" => count.checked_mul(7)?,
            _ => return None,
        };
        (1..=LONGEST).contains(&days).then_some((days, number + 2))
    }

    /// "mittwochs und freitags", "am Mittwoch", "montags bis freitags".
    fn weekdays(&self, at: usize) -> Option<(Vec<Weekday>, usize)> {
        const BEFORE: [&str; 6] = ["am", "an", "jeden", "immer", "jeweils", "nur"];
        let mut next = self.skip(self.skip(at, &BEFORE), &BEFORE);
        let introduced = next > at;
        let mut last = self.weekday(next)?;
        let mut found = vec![last];
        next += 1;
        loop {
            let up_to = self.is(next, &["bis", "-"]);
            let joined = up_to || self.is(next, &["und", "oder", "sowie", ",", "/", "&"]);
            let behind = self.skip(self.skip(next + usize::from(joined), &["und"]), &BEFORE);
            let Some(weekday) = self.weekday(behind) else { break };
            if up_to {
                while last != weekday {
                    last = last.next();
                    found.push(last);
                }
            }
            found.push(weekday);
            last = weekday;
            next = behind + 1;
        }
        // Some people are called Freitag or Sonntag.
        let surname = !introduced && found.len() == 1 && self.is(at, &["freitag", "sonntag"]);
        (!surname).then_some((found, next))
    }
}

const NUMBERS: [(&str, u16); 18] = [
    ("ein", 1),
    ("eine", 1),
    ("einen", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fuenf", 5),
    ("funf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("zwoelf", 12),
    ("zwolf", 12),
    ("vierzehn", 14),
    ("zwanzig", 20),
    ("dreissig", 30),
];

impl Day {
    /// The next such day from another on; with its year, just that day.
    fn from(self, start: Date) -> Option<Date> {
        let Self::Full { day, month, year } = self else { return None };
        match year {
            Some(year) => Date::from_calendar_date(year, month, day).ok(),
            None => following(start, day, month),
        }
    }

    /// The first day of a stretch that ends on another.
    fn before(self, until: Date) -> Option<Date> {
        let found = match self {
            Self::Full { day, month, year: Some(year) } => Date::from_calendar_date(year, month, day).ok()?,
            Self::Full { day, month, year: None } => {
                preceding(until, |date| date.day() == day && date.month() == month)?
            }
            Self::OfMonth(day) => preceding(until, |date| date.day() == day)?,
        };
        (found <= until).then_some(found)
    }
}

/// A text without some of its words.
pub fn without(text: &str, spans: &[Range<usize>]) -> String {
    blank(text, spans)
        .split_whitespace()
        .filter(|word| *word != ",")
        .collect::<Vec<_>>()
        .join(" ")
        .trim_matches(|c: char| c.is_whitespace() || c == ',')
        .to_owned()
}

/// A text with blanks in place of some of its words; all others stay where they are.
pub fn blank(text: &str, spans: &[Range<usize>]) -> String {
    let is_read = |at: usize| spans.iter().any(|span| span.contains(&at));
    text.char_indices()
        .map(|(at, c)| if is_read(at) { " ".repeat(c.len_utf8()) } else { c.to_string() })
        .collect()
}
