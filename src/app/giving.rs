//! The rota given out in another format: checked, made and written away from the window's thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::checker;
use crate::editor::Export;
use crate::exchange::{Document, Format, Source};
use crate::file::{self, Disk, Header, Over};
use crate::model::{Instant, Rota};

use super::open_file::OpenFile;

/// So many folders of one name may be there already.
const FOLDERS_MAX: usize = 1_000;

/// What is to be given out.
#[derive(Debug, Clone)]
pub(super) struct Exporting {
    /// A file, or the name of the folder for several files.
    pub path: PathBuf,
    /// The file that is open, if any.
    pub from: Option<PathBuf>,
    /// Somebody has said that another file of that name may go.
    pub replace: bool,
    pub export: Export,
    /// The rota as it stood.
    pub rota: Arc<Rota>,
    /// When it was asked for.
    pub now: Instant,
    /// A number of no meaning, new each time.
    pub random: u128,
}

/// Makes and writes it; where it is and how many files, or why not.
pub(super) fn give_out(disk: &dyn Disk, open: &OpenFile, job: &Exporting) -> Result<(PathBuf, usize), String> {
    let format = Format::named(job.export.format).ok_or("there is no such format")?;
    let header = open.named(job.from.as_deref()).map_or_else(Header::default, |open| open.header);
    let report = checker::check(&job.rota);
    let source = Source { rota: &job.rota, report: &report, header: &header, now: job.now, random: job.random };
    let documents = format.documents(&source, &job.export.choices).map_err(|why| why.to_string())?;
    if format.is_folder {
        return into_folder(disk, &job.path, format, documents);
    }
    let is_open = |path: PathBuf| open.get().is_some_and(|open| open.real == path);
    if disk.real_path(&job.path).is_ok_and(is_open) {
        return Err("not written: this is the rota that is open; choose another name".to_owned());
    }
    let over = if job.replace { Over::Anything } else { Over::Nothing };
    for document in &documents {
        file::write_all_or_nothing(disk, &job.path, &document.bytes, over).map_err(|why| why.to_string())?;
    }
    Ok((job.path.clone(), 1))
}

/// In a new folder of that name; of another where it is taken: what is there already stays.
fn into_folder(
    disk: &dyn Disk,
    path: &Path,
    format: &Format,
    documents: Vec<Document>,
) -> Result<(PathBuf, usize), String> {
    let files = format.files(documents);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1..=FOLDERS_MAX {
        let folder = if number == 1 { path.to_owned() } else { path.with_file_name(format!("{name} {number}")) };
        match file::save_folder(disk, &folder, &files) {
            Ok(folder) => return Ok((folder, files.len())),
            Err(file::SaveRefused::AlreadyThere) => {}
            Err(why) => return Err(why.to_string()),
        }
    }
    Err("not written: too many folders of that name are there already".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Choices;
    use crate::file::RealDisk;

    fn job(path: PathBuf, format: &'static str, replace: bool) -> Exporting {
        let example = include_bytes!("../../saved_rotas/norwich-2016-draft.ron");
        let rota = Arc::new(file::read(example).unwrap().rota);
        let export = Export { format, choices: Choices::default() };
        Exporting { path, from: None, replace, export, rota, now: Instant(0), random: 1 }
    }

    #[test]
    fn a_file_that_is_there_goes_only_where_somebody_said_so_and_a_folder_never() {
        let dir = tempfile::tempdir().unwrap();
        let give = |name: &str, format, replace| {
            give_out(&RealDisk, &OpenFile::default(), &job(dir.path().join(name), format, replace))
        };
        assert_eq!(give("a.csv", "csv", false).map(|(_, files)| files), Ok(1));
        assert!(give("a.csv", "csv", false).unwrap_err().contains("there is a file of that name"));
        assert_eq!(give("a.csv", "csv", true).map(|(_, files)| files), Ok(1));
        let (first, files) = give("messages", "messages", false).unwrap();
        assert!(first.ends_with("messages") && files > 20);
        assert!(give("messages", "messages", true).unwrap().0.ends_with("messages 2"));
        assert!(give("c", "ics", false).unwrap_err().starts_with("save the rota first"));
        let rota = dir.path().canonicalize().unwrap().join("rota.ron");
        let open = OpenFile::default();
        let hash = crate::file::ContentHash::of(b"");
        open.set(Some(super::super::open_file::Open::new(rota.clone(), rota.clone(), Header::default(), hash)));
        let over_itself = give_out(&RealDisk, &open, &job(rota.clone(), "share", true));
        assert!(over_itself.unwrap_err().contains("this is the rota that is open") && !rota.exists());
    }
}
