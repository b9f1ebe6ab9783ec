//! A table with headings, as spreadsheets and other programs take it.

use crate::model::words;

/// Headings and rows of cells, each row as long as the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) headings: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    Number(u64),
    /// Nothing is known.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl Table {
    pub(super) fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// As CSV for a spreadsheet: UTF-8 with its mark, lines that end as on Windows, every text harmless.
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        let headings = self.headings.iter().map(|heading| (*heading).to_owned()).collect();
        for row in std::iter::once(headings).chain(self.rows.iter().map(|row| row.iter().map(text_of).collect())) {
            let row: Vec<String> = row;
            // Memory takes all of it, and all rows are as long as the first.
            writer.write_record(row).unwrap_or_default();
        }
        writer.flush().unwrap_or_default();
        drop(writer);
        bytes
    }
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => not_a_formula(&harmless(text)),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// The text in one line, without letters that hide or turn others.
pub(super) fn harmless(text: &str) -> String {
    let one_line: String = text.chars().map(|letter| if "\r\n\t".contains(letter) { ' ' } else { letter }).collect();
    words::safe_up_to(&one_line, usize::MAX).into_owned()
}

/// A spreadsheet takes what begins so for a formula, and runs it: an apostrophe before it makes it text.
pub fn not_a_formula(text: &str) -> String {
    let begins = text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if begins { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_a_line() {
        let mut table = Table::new(&["Name", "Number"]);
        table.rows.push(vec!["=1+1".into(), 3_u32.into()]);
        table.rows.push(vec![" @x".into(), Cell::Empty]);
        table.rows.push(vec!["O'Hara, \"Pat\"\r\nJo\0".into(), 0_u32.into()]);
        let text = String::from_utf8(table.csv()).unwrap();
        assert_eq!(text, "\u{feff}Name,Number\r\n'=1+1,3\r\n' @x,\r\n\"O'Hara, \"\"Pat\"\"  Jo\u{fffd}\",0\r\n");
    }
}
