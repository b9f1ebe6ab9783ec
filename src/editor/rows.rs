//! Rows of cells out of text from a spreadsheet: tabs if there are any, else semicolons or commas; quotes as spreadsheets write them.

/// The rows of `text` without those that are blank, each with its line in the text, from 1.
pub(super) fn numbered_rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    // Text is UTF-8 and flexible rows have no wrong length, so nothing is left that could fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, |position| line_at(text, position.byte()));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((line, record.iter().map(ToOwned::to_owned).collect()));
        }
    }
    rows
}

/// The line of the record that is read next at that byte: blank lines before it are skipped.
fn line_at(text: &str, byte: u64) -> usize {
    let bytes = text.as_bytes();
    let mut at = usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
    while at < bytes.len() && matches!(bytes[at], b'\r' | b'\n') {
        at += 1;
    }
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// Tabs where most lines have one; else whichever of semicolon and comma there is more of, those in quotes left out.
/// Names may have commas in a list with semicolons: "Bell, Ann;ST4".
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut lines, mut with_tab, mut is_blank, mut has_tab) = (false, 0, 0, true, false);
    let (mut semicolons, mut commas) = (0, 0);
    for byte in text.bytes().chain([b'\n']) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !is_blank => {
                (lines, with_tab) = (lines + 1, with_tab + usize::from(has_tab));
                (is_blank, has_tab) = (true, false);
            }
            b'\t' => has_tab = true,
            b';' if !quoted => semicolons += 1,
            b',' if !quoted => commas += 1,
            _ => {}
        }
        is_blank &= byte.is_ascii_whitespace();
    }
    if with_tab * 2 >= lines && with_tab > 0 {
        b'\t'
    } else if semicolons > 0 && semicolons >= commas {
        b';'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rows(text: &str) -> Vec<Vec<String>> {
        numbered_rows(text).into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn tabs_go_before_commas_and_quotes_hold() {
        assert_eq!(read_rows("a\tb, c\n\n\"d\ne\"\tf\r\n"), [vec!["a", "b, c"], vec!["d\ne", "f"]]);
        assert_eq!(read_rows("\u{feff}a,b\n \n\"x, y\",z"), [vec!["a", "b"], vec!["x, y", "z"]]);
        assert_eq!(read_rows("a;b,c;d"), [vec!["a", "b,c", "d"]]);
        assert_eq!(read_rows(""), [] as [Vec<String>; 0]);
        let list = "Staff list, A&E\nName;Grade\n\"Bell, Ann; LTFT\";ST4\nFord, Jo;ST5\n";
        let read =
            [vec!["Staff list, A&E"], vec!["Name", "Grade"], vec!["Bell, Ann; LTFT", "ST4"], vec!["Ford, Jo", "ST5"]];
        assert_eq!(read_rows(list), read, "a title and names have commas");
        assert_eq!(read_rows("a,b\n1,2\t\n3,4"), [vec!["a", "b"], vec!["1", "2\t"], vec!["3", "4"]], "one stray tab");
    }

    #[test]
    fn lines_are_numbered_as_pasted() {
        let lines: Vec<usize> = numbered_rows("a,b\n\nc,d\n").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3]);
    }
}
