//! The export as a workbook: the same rows, with numbers, dates and texts as what they are. A text is never a formula.

use app::domain::{facility::Facility, ids::OrganizationId, offer::Offer};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use time::Date;

use super::{Moment, cell, columns, is_of, lights, visit};
use crate::{
    import::field::Field,
    service::import::ImportError,
    store::{Store, StoreError},
};

/// Characters that a cell can hold.
const CELL: usize = 32_767;
/// Narrowest and widest column in characters.
const NARROW: usize = 8;
const WIDE: usize = 40;

/// What a cell holds.
#[derive(Debug, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
    Euro(f64),
    Date(Date),
}

fn value(facility: &Facility, offer: &Offer, field: Field) -> Value {
    let typed = match field {
        Field::PlacesTotal => offer.places_total.map(|places| Value::Number(places.into())),
        Field::CostShare => {
            let cents = offer.cost_share.as_ref().and_then(|share| i32::try_from(share.cents_per_month).ok());
            cents.map(|cents| Value::Euro(f64::from(cents) / 100.0))
        }
        Field::CostShareDate => offer.cost_share.as_ref().map(|share| Value::Date(share.as_of)),
        Field::Lat => facility.position.map(|position| Value::Number(position.lat)),
        Field::Lon => facility.position.map(|position| Value::Number(position.lon)),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::Text(cell(facility, offer, field)))
}

fn light(moment: Moment<'_>, offer: &Offer) -> [Value; 4] {
    let own = moment.light(offer);
    let nothing = || Value::Text(String::new());
    let day = |day: Option<Date>| day.map_or_else(nothing, Value::Date);
    let free = own.free_now.map_or_else(nothing, |free| Value::Number(free.into()));
    [Value::Text(own.light.to_owned()), free, day(own.reported), day(own.valid_until)]
}

/// Entries of one organization, or all, for somebody who opens them in a spreadsheet.
pub async fn workbook(
    store: &Store,
    organization: Option<OrganizationId>,
    moment: Moment<'_>,
) -> Result<Vec<u8>, ImportError> {
    let columns =
        columns().map_err(|fault| ImportError::File { file: "kreislotse.toml".to_owned(), fault })?;
    let mut rows = Vec::new();
    visit(store, is_of(organization), |facility, offer| {
        let entry = columns.iter().map(|(_, field)| value(facility, offer, *field));
        rows.push(entry.chain(light(moment, offer)).collect());
        Ok(())
    })
    .await?;
    let names = columns.iter().map(|(name, _)| name.clone());
    let head: Vec<String> = names.chain(lights::COLUMNS.map(str::to_owned)).collect();
    // It is compressed, too: nobody else waits for that.
    let written = tokio::task::spawn_blocking(move || write(&head, &rows)).await;
    let unwritable = |error: &(dyn std::error::Error + 'static)| {
        tracing::error!(error, "a workbook cannot be written");
        ImportError::Refused(StoreError::Unreadable("the workbook"))
    };
    written.map_err(|error| unwritable(&error))?.map_err(|error| unwritable(&error))
}

fn write(head: &[String], rows: &[Vec<Value>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Einträge")?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let styles = Styles {
        euro: Format::new().set_num_format("#,##0.00 \"€\""),
        date: Format::new().set_num_format("dd.mm.yyyy"),
    };
    for (column, name) in (0..).zip(head) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        let longest = rows.iter().filter_map(|row| Some(length(row.get(usize::from(column))?))).max();
        let width = longest.unwrap_or_default().max(name.chars().count() + 2).clamp(NARROW, WIDE);
        sheet.set_column_width(column, u32::try_from(width).unwrap_or_default())?;
    }
    for (row, values) in (1..).zip(rows) {
        for (column, value) in (0..).zip(values) {
            styles.write(sheet, (row, column), value)?;
        }
    }
    workbook.save_to_buffer()
}

/// How many characters a value takes, as far as that matters.
fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.chars().take(WIDE).count(),
        Value::Number(_) | Value::Euro(_) | Value::Date(_) => 11,
    }
}

struct Styles {
    euro: Format,
    date: Format,
}

impl Styles {
    fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        value: &Value,
    ) -> Result<(), XlsxError> {
        match value {
            Value::Text(text) if text.is_empty() => {}
            // Written as a string it stays one, whatever it begins with (OWASP: CSV injection).
            Value::Text(text) => {
                sheet.write_string(row, column, text.chars().take(CELL).collect::<String>())?;
            }
            Value::Number(number) => {
                sheet.write_number(row, column, *number)?;
            }
            Value::Euro(number) => {
                sheet.write_number_with_format(row, column, *number, &self.euro)?;
            }
            Value::Date(date) => {
                let year = u16::try_from(date.year()).unwrap_or_default();
                let date = ExcelDateTime::from_ymd(year, date.month().into(), date.day())?;
                sheet.write_datetime_with_format(row, column, date, &self.date)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use time::macros::date;

    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text_and_numbers_and_dates_are_what_they_are() {
        let hostile = ["=1+1", "+49 123", "-5", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\")", "01234"];
        let mut row: Vec<Value> = hostile.iter().map(|text| Value::Text((*text).to_owned())).collect();
        row.extend([Value::Number(12.0), Value::Euro(1234.5), Value::Date(date!(2026 - 07 - 01))]);
        let head = ["a", "b", "c", "d", "e", "f", "plaetze", "eigenanteil", "stand"].map(str::to_owned);
        let bytes = write(&head, &[row]).expect("a workbook");
        let mut read = Xlsx::new(Cursor::new(bytes)).expect("it opens");
        let sheet = read.worksheet_range("Einträge").expect("the sheet");
        let cell = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(0, 6), Data::String("plaetze".to_owned()));
        for (column, text) in (0..).zip(hostile) {
            assert_eq!(cell(1, column), Data::String(text.to_owned()));
        }
        assert_eq!((cell(1, 6), cell(1, 7)), (Data::Float(12.0), Data::Float(1234.5)));
        let Data::DateTime(day) = cell(1, 8) else { panic!("{:?} is no date", cell(1, 8)) };
        // Days since the end of 1899.
        assert!((day.as_f64() - 46_204.0).abs() < 0.01, "{day:?}");
        let formulas = read.worksheet_formula("Einträge").expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
    }

    #[test]
    fn a_text_that_no_cell_can_hold_is_cut() {
        let bytes = write(&["a".to_owned()], &[vec![Value::Text("ä".repeat(40_000))]]);
        assert!(bytes.is_ok());
    }
}
