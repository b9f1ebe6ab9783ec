//! In which format the rota is given out, and what it will look like.

use crate::checker::Report;
use crate::exchange::{Choice, Choices, Document, FORMATS, Format, NotExported, Source};
use crate::file::Header;
use crate::model::{Instant, Rota, TimeOfDay, words};

use super::super::dates::parse_time;
use super::super::effect::Export;
use super::draft::DialogDraft;
use super::field::{FieldError, Part};

/// So many lines of a text are shown before it is written.
const LINES_SHOWN: usize = 40;

/// So many files are named before they are written.
const FILES_NAMED: usize = 3;

/// Which format, and what is chosen for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportDraft {
    /// Its place among the formats.
    pub format: usize,
    /// When doctors are counted, as typed.
    pub times: String,
    /// The rota has a file of its own.
    pub is_saved: bool,
}

/// What will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What it is: `34 files` and the first names, or nothing where it is one file.
    pub files: String,
    /// The beginning of the first file: of a table its cells, of another text a line each.
    pub rows: Vec<Vec<String>>,
}

impl ExportDraft {
    /// The first of the formats.
    pub fn new(is_saved: bool) -> Self {
        let times = Choices::default().times.iter().map(TimeOfDay::to_string).collect::<Vec<_>>().join(", ");
        Self { format: 0, times, is_saved }
    }

    pub fn format(&self) -> &'static Format {
        FORMATS.get(self.format).unwrap_or(&FORMATS[0])
    }

    /// Whether the format offers this to be chosen.
    pub fn offers(&self, choice: Choice) -> bool {
        self.format().choices.contains(&choice)
    }

    /// The times typed; none where one of them is no time of day.
    fn times(&self) -> Option<Vec<TimeOfDay>> {
        let typed = self.times.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        let times: Option<Vec<TimeOfDay>> = typed.map(|part| parse_time(part).ok().map(|(time, _)| time)).collect();
        times.filter(|times| !times.is_empty())
    }

    /// What is to be given out; none while something in it is wrong.
    pub fn export(&self) -> Option<Export> {
        let times = if self.offers(Choice::Times) { self.times()? } else { Choices::default().times };
        Some(Export { format: self.format().name, choices: Choices { times } })
    }

    /// What would be written, but for numbers that come with the file.
    pub(in crate::editor) fn documents(
        &self,
        rota: &Rota,
        report: &Report,
        now: Instant,
    ) -> Result<Vec<Document>, NotExported> {
        let choices = self.export().map(|export| export.choices).unwrap_or_default();
        let header = if self.is_saved { Header::new_document(0) } else { Header::default() };
        self.format().documents(&Source { rota, report, header: &header, now, random: 0 }, &choices)
    }

    /// What it would look like now.
    ///
    /// # Errors
    /// [`NotExported`], as when it is written.
    pub fn preview(&self, rota: &Rota, report: &Report, now: Instant) -> Result<Preview, NotExported> {
        let documents = self.documents(rota, report, now)?;
        let rows = documents.first().map_or_else(Vec::new, |first| self.format().rows(first, LINES_SHOWN));
        Ok(Preview { files: self.files(&documents), rows })
    }

    fn files(&self, documents: &[Document]) -> String {
        let format = self.format();
        if !format.is_folder {
            return String::new();
        }
        let mut names: Vec<String> = documents.iter().take(FILES_NAMED).map(|it| format.file_name(it)).collect();
        names.extend((documents.len() > FILES_NAMED).then(|| "…".to_owned()));
        format!("{}: {}", words::count(documents.len() as u64, "file"), names.join(", "))
    }
}

impl DialogDraft for ExportDraft {
    fn holds_work(&self) -> bool {
        false
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        if self.export().is_some() {
            Vec::new()
        } else {
            vec![FieldError::new(Part::Times, "enter times of day such as 09:00, 20:00")]
        }
    }
}
