//! Reading foreign files: bytes and a mapping become a plan of what the store should hold.
//!
//! Nothing here does I/O. `service::import` applies a plan in one transaction. The way of a file:
//! [`decode`] → [`table`] → [`row`] → [`municipality`], [`organization`], [`facility`] → [`plan`].

use std::collections::HashMap;

use app::domain::care_type::Taxonomy;

use self::{
    error::{FileError, Place},
    field::Field,
    mapping::Mapping,
    municipality::KnownMunicipality,
    plan::{Plan, Reject, Remark},
    row::RowReader,
    table::Table,
};

pub mod capacity;
pub mod decode;
pub mod error;
pub mod facility;
pub mod field;
pub mod gazetteer;
pub mod mapping;
pub mod municipality;
pub mod organization;
pub mod plan;
pub mod row;
pub mod table;
pub use app::domain::value;

/// Reads a file. Every record becomes an offer of the plan or a reject, never both, never neither.
///
/// # Errors
/// When the file as a whole cannot be read with this mapping.
pub fn plan(
    bytes: &[u8],
    mapping: &Mapping,
    taxonomy: &Taxonomy,
    known: &[KnownMunicipality],
) -> Result<Plan, FileError> {
    let (text, encoding) = decode::decode(bytes, mapping.encoding)?;
    let table = Table::read(&text, mapping.delimiter, &mapping.column_names())?;
    let reader =
        RowReader { mapping, taxonomy, columns: columns(&table, mapping)?, width: table.header.len() };
    let (mut rows, mut rejects, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    // Line on which an id first stood.
    let mut ids: HashMap<(String, String), usize> = HashMap::new();
    for record in &table.records {
        let mut remarks = Vec::new();
        let row = reader.read(record, &mut remarks).and_then(|row| {
            let first = *ids.entry((row.source.clone(), row.external_id.clone())).or_insert(row.line);
            if first == row.line {
                Ok(row)
            } else {
                Err(format!("die Kennung „{}“ steht schon in Zeile {first}", row.external_id))
            }
        });
        match row {
            Ok(row) => {
                warnings.extend(remarks.into_iter().map(|text| Remark { line: record.line, text }));
                rows.push(row);
            }
            Err(reason) => rejects.push(Reject { line: record.line, reason, raw: record.raw.clone() }),
        }
    }
    let mut warn = |line, text| warnings.push(Remark { line, text });
    let (municipalities, of_row) = municipality::resolve(&mut rows, known, &mut warn);
    let (organizations, run_by) = organization::collect(&rows);
    let facilities = facility::group(rows, &of_row, &run_by, &mut warn);
    warnings.sort_by_key(|remark| remark.line);
    Ok(Plan { encoding, table, municipalities, organizations, facilities, rejects, warnings })
}

/// Where the columns of the mapping stand in the table.
fn columns(table: &Table, mapping: &Mapping) -> Result<Vec<(Field, usize)>, FileError> {
    let find = |(field, name): (&Field, &String)| {
        table.column(name).map(|at| (*field, at)).ok_or_else(|| FileError::MissingColumn {
            name: name.clone(),
            found: found_columns(table),
            place: Place::line(table.head_line),
        })
    };
    mapping.columns.iter().map(find).collect()
}

fn found_columns(table: &Table) -> String {
    let names: Vec<String> =
        table.header.iter().take(40).map(|name| format!("„{}“", row::shorten(name))).collect();
    names.join(", ")
}
