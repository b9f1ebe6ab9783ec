//! `export FILE --to FORMAT`: the rota given out in another format.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::checker;
use crate::exchange::{Choices, Document, Format, Source};
use crate::file::{self, Over, RealDisk};
use crate::model::words;

use super::new::{now, random_numbers};
use super::{NotWritten, Said, refused};

/// What `export` was asked for.
pub(super) struct Wanted {
    pub file: PathBuf,
    pub format: &'static Format,
    pub choices: Choices,
    pub out: Option<PathBuf>,
}

/// Writes it, or gives it for standard output, and gives the exit status.
pub(super) fn run(wanted: &Wanted, err: &mut dyn Write) -> Said {
    let opened = match file::open(&RealDisk, &wanted.file) {
        Ok(on_disk) => on_disk.opened,
        Err(faults) => return refused(err, &wanted.file, faults.texts()),
    };
    let documents = match documents(wanted, &opened) {
        Ok(documents) => documents,
        Err(why) => return refused(err, &wanted.file, &[why]),
    };
    match written(wanted, documents) {
        Ok(out) => Said { out, status: 0 },
        Err(why) => refused(err, wanted.out.as_deref().unwrap_or(&wanted.file), &[why]),
    }
}

fn documents(wanted: &Wanted, opened: &file::Opened) -> Result<Vec<Document>, NotWritten> {
    // What is given out looks as if it could be trusted.
    if opened.sealed == Some(false) {
        return Err(NotWritten::WrongSeal);
    }
    let report = checker::check(&opened.rota);
    let source =
        Source { rota: &opened.rota, report: &report, header: &opened.header, now: now(), random: random_numbers()?() };
    Ok(wanted.format.documents(&source, &wanted.choices)?)
}

/// Puts them where they were wanted; what is to be said of it, or the text itself where no place was named.
fn written(wanted: &Wanted, documents: Vec<Document>) -> Result<String, NotWritten> {
    let format = wanted.format;
    let said = |path: &Path| format!("{}: written", words::safe(&path.to_string_lossy()));
    let Some(out) = &wanted.out else {
        let [only] = <[Document; 1]>::try_from(documents).map_err(|_| NotWritten::NoFolder(format.name))?;
        let text = String::from_utf8(only.bytes).map_err(|_| NotWritten::NoFile(format.name))?;
        // Printing ends the last line.
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    };
    if format.is_folder {
        let files = format.files(documents);
        file::save_folder(&RealDisk, out, &files)?;
        return Ok(format!("{}, {}", said(out), words::count(files.len() as u64, "file")));
    }
    for document in &documents {
        file::write_all_or_nothing(&RealDisk, out, &document.bytes, Over::Nothing)?;
    }
    Ok(said(out))
}
