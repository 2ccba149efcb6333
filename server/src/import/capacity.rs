//! Tables of what is free, as office software exports them: German headings, whatever their order. Nothing here knows
//! which offers there are.

use app::domain::{
    capacity::{FreePeriod, Intake, LONGEST_NOTE, LONGEST_REMARK, MOST_PLACES, Statement, WaitingList},
    ids::OfferId,
    value,
};
use time::Date;

use super::{
    decode::{Encoding, decode},
    error::{FileError, Place},
    table::{Record, Table},
};

/// Most rows of a table.
pub const MOST_ROWS: usize = 1_000;

/// A column by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Offer,
    ExternalId,
    /// For people only.
    Name,
    FreeNow,
    Total,
    FreeFrom,
    Intake,
    WaitingList,
    WeeksFrom,
    WeeksTo,
    Stop,
    StopUntil,
    Assessment,
    Rooms,
    ForWhom,
    Remark,
    Periods,
    /// Monday is 0.
    Weekday(usize),
    Unchanged,
}

/// Headings in the order of the template.
const COLUMNS: [(&str, Column); 26] = [
    ("Angebot-ID", Column::Offer),
    ("Kennung", Column::ExternalId),
    ("Einrichtung", Column::Name),
    ("Angebot", Column::Name),
    ("unverändert", Column::Unchanged),
    ("frei", Column::FreeNow),
    ("gesamt", Column::Total),
    ("frei ab", Column::FreeFrom),
    ("Aufnahme", Column::Intake),
    ("Warteliste", Column::WaitingList),
    ("Wartezeit von", Column::WeeksFrom),
    ("Wartezeit bis", Column::WeeksTo),
    ("Aufnahmestopp", Column::Stop),
    ("Aufnahmestopp bis", Column::StopUntil),
    ("nach Rücksprache", Column::Assessment),
    ("Zimmer", Column::Rooms),
    ("für wen", Column::ForWhom),
    ("Bemerkung", Column::Remark),
    ("Zeiträume", Column::Periods),
    ("Montag", Column::Weekday(0)),
    ("Dienstag", Column::Weekday(1)),
    ("Mittwoch", Column::Weekday(2)),
    ("Donnerstag", Column::Weekday(3)),
    ("Freitag", Column::Weekday(4)),
    ("Samstag", Column::Weekday(5)),
    ("Sonntag", Column::Weekday(6)),
];

/// The headings of a template.
pub fn headings() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter().map(|(heading, _)| heading)
}

/// Which offer a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    Offer(OfferId),
    /// By the id it had in an imported file.
    External(String),
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSays {
    Unchanged,
    New(Box<Statement>),
}

/// A row that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacityRow {
    /// From 1.
    pub line: usize,
    pub named: Named,
    pub says: RowSays,
}

/// A table as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapacityTable {
    pub rows: Vec<CapacityRow>,
    /// What is wrong, by line.
    pub faults: Vec<(usize, String)>,
    /// Headings that nobody knows: what stands below them is not read.
    pub unknown: Vec<String>,
    /// Rows that say nothing, as in a template that was filled in part.
    pub silent: usize,
}

/// Reads a table.
///
/// # Errors
/// Where the file as a whole cannot be read.
pub fn read(bytes: &[u8]) -> Result<CapacityTable, FileError> {
    let (text, _) = decode(bytes, Encoding::Auto)?;
    let expected: Vec<_> = COLUMNS.iter().map(|(heading, _)| *heading).collect();
    let table = Table::read(&text, None, &expected)?;
    let mut columns = Vec::new();
    let mut read = CapacityTable::default();
    for (at, heading) in table.header.iter().enumerate() {
        match COLUMNS.iter().find(|(own, _)| own.to_lowercase() == heading.to_lowercase()) {
            Some((own, column)) => columns.push((at, *own, *column)),
            None if heading.is_empty() => {}
            None => read.unknown.push(heading.clone()),
        }
    }
    if !columns.iter().any(|(_, _, column)| matches!(column, Column::Offer | Column::ExternalId)) {
        let found = table.header.join(", ").chars().take(200).collect();
        let name = "Angebot-ID".to_owned();
        return Err(FileError::MissingColumn { name, found, place: Place::line(table.head_line) });
    }
    for record in table.records {
        if read.rows.len() >= MOST_ROWS {
            let text = format!("Eine Tabelle hat höchstens {MOST_ROWS} Meldungen. Bitte teilen Sie sie.");
            read.faults.push((record.line, text));
            break;
        }
        read.add(&columns, &record);
    }
    Ok(read)
}

impl CapacityTable {
    fn add(&mut self, columns: &[(usize, &'static str, Column)], record: &Record) {
        if record.broken {
            self.faults.push((record.line, "Ein Anführungszeichen ist nicht geschlossen.".to_owned()));
            return;
        }
        let mut row = Row::default();
        for (at, heading, column) in columns {
            let cell = record.fields.get(*at).map_or("", String::as_str).trim();
            if !cell.is_empty() {
                row.read(heading, *column, cell);
            }
        }
        let faults = row.faults.drain(..).map(|text| (record.line, text)).collect::<Vec<_>>();
        if !faults.is_empty() {
            self.faults.extend(faults);
        } else if !row.speaks {
            self.silent += 1;
        } else if let Some(named) = row.offer.take().or_else(|| row.external_id.take()) {
            row.statement.times.periods.sort_by_key(|period| period.from);
            row.statement.waiting_weeks = row.weeks();
            let says = if row.unchanged { RowSays::Unchanged } else { RowSays::New(Box::new(row.statement)) };
            self.rows.push(CapacityRow { line: record.line, named, says });
        } else {
            self.faults.push((record.line, "Angebot-ID und Kennung sind leer.".to_owned()));
        }
    }
}

/// A row that is being read.
#[derive(Default)]
struct Row {
    offer: Option<Named>,
    external_id: Option<Named>,
    statement: Statement,
    weeks_from: Option<u16>,
    weeks_to: Option<u16>,
    unchanged: bool,
    /// Something is said beside which offer it is.
    speaks: bool,
    faults: Vec<String>,
}

impl Row {
    /// One number alone is both.
    fn weeks(&self) -> Option<(u16, u16)> {
        Some((self.weeks_from.or(self.weeks_to)?, self.weeks_to.or(self.weeks_from)?))
    }

    fn read(&mut self, heading: &str, column: Column, cell: &str) {
        let said = match column {
            Column::Offer => {
                self.offer = cell.parse().ok().map(|id| Named::Offer(OfferId(id)));
                return self.complain(self.offer.is_some(), heading, cell, "eine Kennung wie in der Vorlage");
            }
            Column::ExternalId => {
                // Spreadsheets keep it a text by a sign before it.
                self.external_id = Some(Named::External(cell.trim_start_matches('\'').to_owned()));
                return;
            }
            Column::Name => return,
            Column::Unchanged => yes_or_no(cell).map(|yes| self.unchanged = yes),
            Column::FreeNow => count(cell).map(|count| self.statement.free_now = Some(count)),
            Column::Total => count(cell).map(|count| self.statement.total = Some(count)),
            Column::FreeFrom => value::date(cell).map(|date| self.statement.free_from = Some(date)),
            Column::Intake => intake(cell).map(|intake| self.statement.intake = intake),
            Column::WaitingList => waiting_list(cell).map(|list| self.statement.waiting_list = list),
            Column::WeeksFrom => small(cell).map(|weeks| self.weeks_from = Some(weeks)),
            Column::WeeksTo => small(cell).map(|weeks| self.weeks_to = Some(weeks)),
            Column::Stop => yes_or_no(cell).map(|yes| self.statement.intake_stop |= yes),
            Column::StopUntil => value::date(cell).map(|date| {
                // Whoever says until when says that there is one.
                self.statement.intake_stop = true;
                self.statement.intake_stop_until = Some(date);
            }),
            Column::Assessment => yes_or_no(cell).map(|yes| self.statement.only_after_assessment = yes),
            Column::Rooms => text(cell, LONGEST_NOTE).map(|text| self.statement.rooms = Some(text)),
            Column::ForWhom => text(cell, LONGEST_NOTE).map(|text| self.statement.for_whom = Some(text)),
            Column::Remark => text(cell, LONGEST_REMARK).map(|text| self.statement.remark = Some(text)),
            Column::Periods => periods(cell).map(|periods| self.statement.times.periods = periods),
            Column::Weekday(day) => {
                small(cell).map(|places| self.statement.times.weekdays[day] = Some(places))
            }
        };
        self.speaks = true;
        self.complain(said.is_some(), heading, cell, wanted(column));
    }

    fn complain(&mut self, is_right: bool, heading: &str, cell: &str, wanted: &str) {
        if !is_right {
            let cell: String = cell.chars().take(40).collect();
            self.faults.push(format!("Spalte „{heading}“: „{cell}“ ist nicht {wanted}."));
        }
    }
}

/// What a column holds.
fn wanted(column: Column) -> &'static str {
    match column {
        Column::Unchanged | Column::Stop | Column::Assessment => "ja oder nein",
        Column::FreeFrom | Column::StopUntil => "ein Datum wie 03.08.2026",
        Column::Intake => "ja, Warteliste oder gestoppt",
        Column::WaitingList => "offen, geschlossen oder keine",
        Column::Periods => "eine Liste wie 03.08.2026-17.08.2026: 2 | 01.09.2026-14.09.2026: 1",
        Column::Rooms | Column::ForWhom | Column::Remark => "ein kurzer Text ohne Steuerzeichen",
        _ => "eine ganze Zahl von 0 bis 9999",
    }
}

fn count(cell: &str) -> Option<u32> {
    cell.parse().ok().filter(|count| *count <= MOST_PLACES)
}

fn small(cell: &str) -> Option<u16> {
    count(cell).and_then(|count| u16::try_from(count).ok())
}

fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "ja" | "j" | "x" | "1" | "wahr" => Some(true),
        "nein" | "n" | "0" | "falsch" => Some(false),
        _ => None,
    }
}

fn intake(cell: &str) -> Option<Intake> {
    match cell.to_lowercase().as_str() {
        "ja" | "nimmt auf" => Some(Intake::Accepting),
        "warteliste" => Some(Intake::Waiting),
        "nein" | "gestoppt" | "stopp" => Some(Intake::Stopped),
        _ => None,
    }
}

fn waiting_list(cell: &str) -> Option<WaitingList> {
    match cell.to_lowercase().as_str() {
        "ja" | "offen" => Some(WaitingList::Open),
        "geschlossen" => Some(WaitingList::Closed),
        "nein" | "keine" => Some(WaitingList::None),
        _ => None,
    }
}

fn text(cell: &str, longest: usize) -> Option<String> {
    let text = value::one_line(cell);
    (text.chars().count() <= longest && !text.chars().any(char::is_control)).then_some(text)
}

/// `03.08.2026-17.08.2026: 2`, several of them between upright lines.
fn periods(cell: &str) -> Option<Vec<FreePeriod>> {
    let one = |text: &str| {
        let (days, places) = text.rsplit_once(':')?;
        let (from, until) = days.split_once(['-', '–'])?;
        let day = |text: &str| -> Option<Date> { value::date(text.trim()) };
        Some(FreePeriod { from: day(from)?, until: day(until)?, places: small(places.trim())? })
    };
    cell.split('|').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const ID: &str = "01890000-0000-7000-8000-000000000001";

    #[test]
    fn an_export_of_an_office_is_read_as_it_is() {
        let text = format!(
            "Angebot-ID;FREI;frei ab;Warteliste;Aufnahmestopp bis;Bemerkung;Zeiträume;Mittwoch;Zimmernr.\r\n\
             {ID};3;3.8.2026;offen;;\"Bitte; gern\r\nanrufen\";01.09.2026-14.09.2026: 1 | 03.08.2026–17.08.2026: 2;4;7\r\n\
             {ID};;;;31.12.2026;;;;\r\n{ID};;;;;;;;\r\n"
        );
        let (ansi, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        for bytes in [text.as_bytes(), &[b"\xef\xbb\xbf", text.as_bytes()].concat(), &ansi] {
            let table = read(bytes).expect("a table");
            assert_eq!(
                (table.rows.len(), table.silent, &table.unknown[..]),
                (2, 1, &["Zimmernr.".to_owned()][..])
            );
            assert_eq!(table.faults, []);
            let RowSays::New(says) = &table.rows[0].says else { panic!("it says something") };
            assert_eq!((says.free_now, says.free_from), (Some(3), Some(date!(2026 - 08 - 03))));
            assert_eq!(says.remark.as_deref(), Some("Bitte; gern anrufen"));
            assert_eq!(says.times.periods[0].from, date!(2026 - 08 - 03), "in the order of their days");
            assert_eq!(says.times.weekdays[2], Some(4));
            let RowSays::New(says) = &table.rows[1].says else { panic!("it says something") };
            assert!(says.intake_stop && says.intake_stop_until == Some(date!(2026 - 12 - 31)));
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        let faults = |text: &str| {
            read(text.as_bytes())
                .expect("a table")
                .faults
                .into_iter()
                .map(|(line, _)| line)
                .collect::<Vec<_>>()
        };
        assert_eq!(faults(&format!("Angebot-ID;frei\n{ID};-1\n{ID};3\nx;1\n;2\n{ID};zwei\n")), [2, 4, 5, 6]);
        assert_eq!(
            faults(&format!("Angebot-ID;frei ab;unverändert\n{ID};31.02.2026;\n{ID};;vielleicht\n")),
            [2, 3]
        );
        assert_eq!(
            faults(&format!("Kennung,Zeiträume\n7,3.8.2026: 2\n7,03.08.2026-04.08.2026\n7,\"{}\"\n", "x")),
            [2, 3, 4]
        );
        assert_eq!(faults(&format!("Kennung\tBemerkung\n7\t{}\n", "x".repeat(201))), [2]);
        assert!(read(b"frei;gesamt\n1;2\n").is_err(), "whose places these are nobody knows");
        let long = format!("Kennung;frei\n{}", "7;1\n".repeat(MOST_ROWS + 1));
        assert_eq!(faults(&long), [MOST_ROWS + 2]);
    }
}
