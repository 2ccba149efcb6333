use proptest::prelude::*;

use super::*;

fn fields(table: &Table) -> Vec<Vec<&str>> {
    table.records.iter().map(|r| r.fields.iter().map(String::as_str).collect()).collect()
}

#[test]
fn every_delimiter_and_line_end_gives_the_same_table() {
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id|name", "1|\"Haus \"\"Am See\"\"\"", "2|", ""].join(end).replace('|', delimiter);
            let table = Table::read(&text, None, &["id"]).expect("a table");
            assert_eq!(table.header, ["id", "name"]);
            assert_eq!(fields(&table), [vec!["1", "Haus \"Am See\""], vec!["2", ""]]);
            assert_eq!(table.records[1].line, 3);
        }
    }
}

#[test]
fn lines_are_counted_through_quotes_and_blank_lines() {
    let table = Table::read("id,text\r\n1,\"a\r\nb\"\r\n\r\n2,c\r\n", None, &[]).expect("a table");
    assert_eq!(fields(&table), [vec!["1", "a\nb"], vec!["2", "c"]]);
    assert_eq!((table.records[0].line, table.records[1].line), (2, 5));
    assert_eq!(table.records[0].raw, "1,\"a\r\nb\"");
}

#[test]
fn a_quote_that_is_never_closed_breaks_its_own_line_only() {
    let table = Table::read("id,text\n1,\"a\n2,b\n", None, &[]).expect("a table");
    assert!(table.records[0].broken);
    assert_eq!(table.records[0].raw, "1,\"a");
    assert_eq!(table.records[1].fields, ["2", "b"]);
    assert_eq!(table.records[1].line, 3);
}

#[test]
fn quotes_inside_a_field_that_nobody_doubled_are_kept() {
    let table =
        Table::read("id,text\n1,\"Haus \"Sonne\" am See\"\n2,5\" Rohr\n", None, &[]).expect("a table");
    assert_eq!(fields(&table), [vec!["1", "Haus \"Sonne\" am See"], vec!["2", "5\" Rohr"]]);
}

#[test]
fn a_field_beyond_all_measure_breaks_its_line() {
    let text = format!("id,text\n1,{}\n2,b\n", "x".repeat(MAX_FIELD + 1));
    let table = Table::read(&text, None, &[]).expect("a table");
    assert_eq!(table.records.iter().map(|r| r.broken).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn the_columns_that_are_expected_decide_the_delimiter() {
    let table = Table::read("Name, Ort;Straße\na, b;c\n", None, &["name, ort", "straße"]).expect("a table");
    assert_eq!(table.delimiter, ';');
    let table = Table::read("sep=;\r\nid;name, ort\r\n1;2\r\n", None, &[]).expect("a table");
    assert_eq!((table.delimiter, table.records[0].line), (';', 3));
    assert_eq!(table.head, "sep=;\r\nid;name, ort\r\n");
}

#[test]
fn a_header_that_names_a_column_twice_is_refused() {
    let error = Table::read("id,Name,name\n1,2,3\n", None, &[]).expect_err("twice");
    assert_eq!(error, FileError::DuplicateColumn { name: "name".to_owned(), place: Place::line(1) });
    assert_eq!(Table::read("id\n", None, &[]), Err(FileError::NoRows));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail_or_lose_a_character(text in "[a\",;\t\r\n ä]{0,80}") {
        let records = Reader { text: &text, at: 0, line: 1, delimiter: ',' }.records();
        let kept: usize = records.iter().map(|r| r.raw.matches('a').count()).sum();
        prop_assert_eq!(kept, text.matches('a').count());
        let mut lines: Vec<_> = records.iter().map(|r| r.line).collect();
        let count = lines.len();
        lines.dedup();
        prop_assert_eq!(lines.len(), count, "every record starts on a line of its own");
    }
}
