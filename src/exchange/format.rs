//! The formats that a rota is given out in: one list, of which menu, command line, Help and README are made.

use thiserror::Error;

use super::names::made_different;
use crate::checker::Report;
use crate::file::Header;
use crate::model::{Instant, Rota, TimeOfDay};

/// One thing that a rota can be given out as.
#[derive(Debug)]
pub struct Format {
    /// As the command line has it: `day-sheet`.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    /// As the menu has it.
    pub title: &'static str,
    /// What it is for, in one sentence.
    pub purpose: &'static str,
    /// Who may see it, in one sentence.
    pub readers: &'static str,
    /// What can be chosen for it.
    pub choices: &'static [Choice],
    /// Whether it is several files, which go into a folder.
    pub is_folder: bool,
    /// Makes it: a pure function.
    pub write: fn(&Source<'_>, &Choices) -> Result<Vec<Document>, NotExported>,
}

/// What can be chosen for a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The times of day at which doctors are counted.
    Times,
}

/// What was chosen; what a format does not offer is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// When doctors are counted, by the clocks of the hospital.
    pub times: Vec<TimeOfDay>,
}

impl Default for Choices {
    fn default() -> Self {
        const NINE: u16 = 9 * 60;
        Self { times: TimeOfDay::from_minutes(NINE).into_iter().collect() }
    }
}

/// What is given out.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub rota: &'a Rota,
    /// What the checker says of this very rota.
    pub report: &'a Report,
    /// The header of the file that holds it.
    pub header: &'a Header,
    /// When it is given out.
    pub now: Instant,
    /// A number of no meaning, new each time.
    pub random: u128,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called among the files of its format, harmless as the name of a file; empty where it is the only one.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Document {
    /// The only file of its format.
    pub fn only(bytes: Vec<u8>) -> Vec<Self> {
        vec![Self { name: String::new(), bytes }]
    }
}

/// Why nothing was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotExported {
    /// Several files were asked for, and there is nothing for any.
    #[error("there is nothing to export: nobody is on a post")]
    Nothing,
    /// More findings than are listed: which sessions cannot run is not known.
    #[error("there are too many problems to say which sessions go ahead; mend the first ones, and try again")]
    TooManyProblems,
    /// The file has no number of its own by which a calendar would know its events again.
    #[error("save the rota first: a calendar knows its events again by the file's own number")]
    NotSaved,
    /// What is left out would have shown that something is not covered.
    #[error("the copy would look safer than the rota is, in {0}; mend what is wrong there first")]
    LooksSafer(String),
}

/// The formats, in the order of the menu: each is a file of that name with a constant `FORMAT`.
macro_rules! formats {
    ($($file:ident)*) => {
        $(mod $file;)*

        /// All of them, in the order of the menu.
        pub const FORMATS: &[Format] = &[$($file::FORMAT),*];
    };
}
pub(super) use formats;

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        super::FORMATS.iter().find(|format| format.name == name)
    }

    /// The rota in this format: one document, or several with names of their own.
    ///
    /// # Errors
    /// [`NotExported`]; nothing half made.
    pub fn documents(&self, source: &Source<'_>, choices: &Choices) -> Result<Vec<Document>, NotExported> {
        let mut documents = (self.write)(source, choices)?;
        if documents.is_empty() {
            return Err(NotExported::Nothing);
        }
        made_different(documents.iter_mut().map(|document| &mut document.name));
        Ok(documents)
    }

    /// Whether it can be copied instead of written: tables, for a spreadsheet, and texts to be sent.
    pub fn is_copied(&self) -> bool {
        ["csv", "txt"].contains(&self.ending)
    }

    /// All documents as one text for the clipboard: cells of tables with tabs between them, which no cell holds, texts one
    /// after another.
    pub fn copied(&self, documents: &[Document]) -> String {
        let line = |cells: Vec<String>| cells.join("\t");
        let text = |document| self.rows(document, usize::MAX).into_iter().map(line).collect::<Vec<_>>().join("\n");
        documents.iter().map(text).collect::<Vec<_>>().join("\n\n")
    }

    /// The first rows of a document: of a table its cells, of another text a line each.
    pub fn rows(&self, document: &Document, most: usize) -> Vec<Vec<String>> {
        let text = String::from_utf8_lossy(&document.bytes);
        let text = text.trim_start_matches('\u{feff}');
        if self.ending == "csv" {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
            return reader.records().take(most).flatten().map(cells).collect();
        }
        text.lines().take(most).map(|line| vec![line.to_owned()]).collect()
    }

    /// What the file of a document is called.
    pub fn file_name(&self, document: &Document) -> String {
        format!("{}.{}", document.name, self.ending)
    }

    /// The documents as files of a folder, each with its name and what it holds.
    pub fn files(&self, documents: Vec<Document>) -> Vec<(String, Vec<u8>)> {
        documents.into_iter().map(|document| (self.file_name(&document), document.bytes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_goes_into_cells_or_into_a_message() {
        let document = |text: &str| Document { name: String::new(), bytes: text.as_bytes().to_vec() };
        let table = Format::named("sitrep").unwrap();
        assert_eq!(table.copied(&[document("\u{feff}a,\"b, c\"\r\n1,2\r\n")]), "a\tb, c\n1\t2");
        let texts = Format::named("messages").unwrap();
        assert_eq!(texts.copied(&[document("To A\r\n- 1\r\n"), document("To B\r\n")]), "To A\n- 1\n\nTo B");
        assert!(!Format::named("ics").unwrap().is_copied());
    }
}
