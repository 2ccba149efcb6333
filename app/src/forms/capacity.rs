//! What is free at one offer: a form that becomes a [`Statement`], and back.
//!
//! All forms of a page share one space of ids, so a form may number its names (`frei-7`) and say its number in `feld`.

use time::Date;

use super::{Reader, Typed};
use crate::{
    components::form::Problem,
    domain::{
        capacity::{
            Fault, Field, FreePeriod, FreeTimes, Intake, LONGEST_NOTE, LONGEST_REMARK, MOST_PLACES,
            Statement, TimeKind, WaitingList,
        },
        care_type::{LightKind, Taxonomy},
        offer::Offer,
        value,
    },
    text::capacity as words,
};

#[cfg(test)]
mod tests;

/// Empty rows below the periods of an offer.
const SPARE_ROWS: usize = 2;
/// More rows than anybody needs who is told that there are too many.
const MOST_ROWS: usize = FreeTimes::MOST + 4;
const NO_NUMBER: &str = "Bitte geben Sie eine ganze Zahl ab 0 an.";
const NO_DATE: &str = "Bitte geben Sie einen Tag an, zum Beispiel 3.8.2026.";

/// What can be said of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub light: LightKind,
    pub times: TimeKind,
}

impl Kind {
    pub fn of(offer: &Offer, taxonomy: &Taxonomy) -> Self {
        let light = taxonomy.light_of(&offer.care_type, offer.form);
        Self { light, times: TimeKind::of(&offer.care_type) }
    }
}

/// What was typed, as it may be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub statement: Statement,
    kind: Kind,
    /// The rows that the periods were typed into, in the order of the statement.
    rows: Vec<usize>,
}

/// The names of a form as they stand on a page beside others.
pub fn numbered(typed: &Typed, number: usize) -> Typed {
    Typed(typed.0.iter().map(|(name, value)| (format!("{name}-{number}"), value.clone())).collect())
}

/// The names of a form without its number.
pub fn plain(typed: Typed) -> Typed {
    let number = typed.get("feld").to_owned();
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return typed;
    }
    let ending = format!("-{number}");
    let without = |name: String| name.strip_suffix(&ending).map_or(name.clone(), str::to_owned);
    Typed(typed.0.into_iter().map(|(name, value)| (without(name), value)).collect())
}

/// The form that shows this.
pub fn write(statement: &Statement, kind: Kind) -> Typed {
    let mut typed = Typed::default();
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let yes = |is_so: bool| if is_so { "ja" } else { "" };
    if kind.light == LightKind::Places {
        typed.set("frei", number(statement.free_now));
        typed.set("gesamt", number(statement.total));
        typed.set("liste", list_key(statement.waiting_list));
        typed.set("stopp", yes(statement.intake_stop));
    } else {
        typed.set("aufnahme", intake_key(statement));
    }
    typed.set("ab", day(statement.free_from));
    let (from, to) = statement.waiting_weeks.unzip();
    typed.set("wochen-von", number(from.map(u32::from)));
    typed.set("wochen-bis", number(to.map(u32::from)));
    typed.set("stopp-bis", day(statement.intake_stop_until));
    typed.set("ruecksprache", yes(statement.only_after_assessment));
    typed.set_optional("raeume", statement.rooms.as_ref());
    typed.set_optional("fuer-wen", statement.for_whom.as_ref());
    typed.set_optional("hinweis", statement.remark.as_ref());
    for (row, period) in statement.times.periods.iter().enumerate() {
        typed.set(format!("zeit-von-{row}"), period.from.to_string());
        typed.set(format!("zeit-bis-{row}"), period.until.to_string());
        typed.set(format!("zeit-plaetze-{row}"), period.places.to_string());
    }
    for (day, free) in (1..).zip(statement.times.weekdays) {
        typed.set(format!("tag-{day}"), number(free.map(u32::from)));
    }
    typed
}

/// How many rows of periods a form shows: those that are filled, and some to fill.
pub fn rows(typed: &Typed) -> usize {
    let last = filled_rows(typed).last().map_or(0, |row| row + 1);
    (last + SPARE_ROWS).min(MOST_ROWS)
}

/// The same form with one free place more or less.
pub fn step(mut typed: Typed, more: bool) -> Typed {
    let free = typed.get("frei").trim().to_owned();
    if !free.bytes().all(|b| b.is_ascii_digit()) {
        return typed;
    }
    let free = count(&free).unwrap_or(0);
    let next = if more { free.saturating_add(1).min(MOST_PLACES) } else { free.saturating_sub(1) };
    typed.set("frei", next.to_string());
    typed
}

/// What somebody typed.
///
/// # Errors
/// What cannot be read. What makes no sense is found later, see [`Said::problems`].
pub fn read(typed: &Typed, kind: Kind) -> Result<Said, Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    let mut statement = Statement::default();
    if kind.light == LightKind::Places {
        statement.free_now = reader.count("frei");
        statement.total = reader.count("gesamt");
        statement.waiting_list = waiting_list(&mut reader);
        statement.intake_stop = typed.has("stopp", "ja");
    } else {
        statement.intake = intake(&mut reader);
        statement.intake_stop = statement.intake == Intake::Stopped;
    }
    statement.free_from = reader.day("ab");
    statement.waiting_weeks = waiting_weeks(&mut reader);
    statement.intake_stop_until = reader.day("stopp-bis");
    statement.only_after_assessment = typed.has("ruecksprache", "ja");
    statement.rooms = reader.line("raeume", LONGEST_NOTE);
    statement.for_whom = reader.line("fuer-wen", LONGEST_NOTE);
    statement.remark = reader.line("hinweis", LONGEST_REMARK);
    let mut rows = Vec::new();
    if kind.times == TimeKind::Stays {
        let mut periods: Vec<_> =
            filled_rows(typed).into_iter().filter_map(|row| Some((reader.period(row)?, row))).collect();
        periods.sort_by_key(|(period, _)| (period.from, period.until));
        (statement.times.periods, rows) = periods.into_iter().unzip();
    }
    if kind.times == TimeKind::Weekdays {
        for (day, free) in (1..).zip(&mut statement.times.weekdays) {
            *free = reader.small(&format!("tag-{day}"));
        }
    }
    if reader.problems.is_empty() { Ok(Said { statement, kind, rows }) } else { Err(reader.problems) }
}

impl Said {
    /// Faults at the fields where they are mended.
    pub fn problems(&self, faults: &[Fault]) -> Vec<Problem> {
        let at =
            |fault: &Fault| Problem::new(self.field(fault.field()), words::fault(*fault, self.kind.light));
        faults.iter().map(at).collect()
    }

    fn field(&self, field: Field) -> String {
        let name = match field {
            Field::FreeNow if self.kind.light == LightKind::Intake => "aufnahme",
            Field::FreeNow => "frei",
            Field::Total => "gesamt",
            Field::FreeFrom => "ab",
            Field::Intake => "aufnahme",
            Field::WaitingWeeks => "wochen-von",
            Field::IntakeStopUntil => "stopp-bis",
            Field::Rooms => "raeume",
            Field::ForWhom => "fuer-wen",
            Field::Remark => "hinweis",
            Field::Period(number) => {
                return format!("zeit-von-{}", self.rows.get(number).copied().unwrap_or(number));
            }
            Field::Weekdays => "tag-1",
        };
        name.to_owned()
    }
}

/// Rows of periods into which something was typed.
fn filled_rows(typed: &Typed) -> Vec<usize> {
    let is_filled = |row: &usize| {
        ["von", "bis", "plaetze"]
            .iter()
            .any(|part| !typed.get(&format!("zeit-{part}-{row}")).trim().is_empty())
    };
    (0..MOST_ROWS).filter(is_filled).collect()
}

/// Digits as a number; one that is too large for any is the largest.
fn count(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX))
}

/// A day as browsers send it, or as people write it: `2026-08-03`, `3.8.2026`, `3. 8. 26`.
fn day(text: &str) -> Option<Date> {
    let text: String = text.split_whitespace().collect();
    value::date(&text).or_else(|| {
        let (rest, year) = text.rsplit_once('.')?;
        let is_short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
        is_short.then(|| value::date(&format!("{rest}.20{year}"))).flatten()
    })
}

impl Reader<'_> {
    fn count(&mut self, field: &str) -> Option<u32> {
        let text = value::one_line(self.typed.get(field));
        let read = count(&text);
        if read.is_none() && !text.is_empty() {
            self.problem(field.to_owned(), NO_NUMBER);
        }
        read
    }

    /// A count that is kept in less room; what does not fit is too many of anything.
    fn small(&mut self, field: &str) -> Option<u16> {
        self.count(field).map(|count| u16::try_from(count).unwrap_or(u16::MAX))
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        let text = value::one_line(self.typed.get(field));
        let read = day(&text);
        if read.is_none() && !text.is_empty() {
            self.problem(field.to_owned(), NO_DATE);
        }
        read
    }

    fn period(&mut self, row: usize) -> Option<FreePeriod> {
        let [von, bis, plaetze] = ["von", "bis", "plaetze"].map(|part| format!("zeit-{part}-{row}"));
        let before = self.problems.len();
        let (from, until, places) = (self.day(&von), self.day(&bis), self.small(&plaetze));
        if self.problems.len() == before {
            for (field, is_missing, text) in [
                (von, from.is_none(), "Bitte nennen Sie den ersten Tag."),
                (bis, until.is_none(), "Bitte nennen Sie den letzten Tag."),
                (plaetze, places.is_none(), "Bitte sagen Sie, wie viele Plätze in dieser Zeit frei sind."),
            ] {
                if is_missing {
                    self.problem(field, text);
                }
            }
        }
        Some(FreePeriod { from: from?, until: until?, places: places? })
    }
}

fn waiting_weeks(reader: &mut Reader<'_>) -> Option<(u16, u16)> {
    match (reader.small("wochen-von"), reader.small("wochen-bis")) {
        (None, None) => None,
        (Some(weeks), None) | (None, Some(weeks)) => Some((weeks, weeks)),
        (Some(from), Some(to)) => Some((from, to)),
    }
}

const LISTS: [(&str, WaitingList); 4] = [
    ("", WaitingList::NotSaid),
    ("offen", WaitingList::Open),
    ("geschlossen", WaitingList::Closed),
    ("keine", WaitingList::None),
];

fn list_key(list: WaitingList) -> &'static str {
    LISTS.iter().find(|(_, own)| *own == list).map_or("", |(key, _)| key)
}

fn waiting_list(reader: &mut Reader<'_>) -> WaitingList {
    let typed = reader.typed.get("liste");
    let found = LISTS.iter().find(|(key, _)| *key == typed);
    if found.is_none() {
        reader.problem("liste", "Bitte wählen Sie, wie es um die Warteliste steht.");
    }
    found.map_or(WaitingList::NotSaid, |(_, list)| *list)
}

const INTAKES: [(&str, Intake); 4] = [
    ("", Intake::NotSaid),
    ("ja", Intake::Accepting),
    ("warteliste", Intake::Waiting),
    ("stopp", Intake::Stopped),
];

fn intake_key(statement: &Statement) -> &'static str {
    let intake = if statement.intake_stop { Intake::Stopped } else { statement.intake };
    INTAKES.iter().find(|(_, own)| *own == intake).map_or("", |(key, _)| key)
}

fn intake(reader: &mut Reader<'_>) -> Intake {
    let typed = reader.typed.get("aufnahme");
    let found = INTAKES.iter().find(|(key, _)| *key == typed);
    if found.is_none() {
        reader.problem("aufnahme", "Bitte wählen Sie, ob Sie aufnehmen.");
    }
    found.map_or(Intake::NotSaid, |(_, intake)| *intake)
}
