//! The system's file dialogs. Where it has none, a path is typed instead.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, Instant};

use rfd::{AsyncFileDialog, FileHandle};

use crate::editor::{Answer, Export, PathWhy, SaveWhy, with_ending};
use crate::exchange::Format;

use super::jobs::{Jobs, News, Wake};

/// A person does not cancel faster than this: no dialog came up. (Where a system has neither a portal nor zenity the
/// library answers like Cancel, at once.)
const NO_DIALOG: Duration = Duration::from_millis(300);

fn dialog(title: &str) -> AsyncFileDialog {
    AsyncFileDialog::new().set_title(title).add_filter("Rota", &["ron"]).add_filter("All files", &["*"])
}

/// Asks which file to open. The dialog is made on this thread and awaited on another.
pub(super) fn ask_open(jobs: &Jobs, wake: Wake) {
    let asked = dialog("Open a rota").pick_file();
    jobs.wait_for("open dialog", wake, move || {
        let (path, too_fast) = wait(asked);
        let answer = if too_fast {
            Answer::NoFileDialog { why: PathWhy::Open, suggested: String::new() }
        } else {
            Answer::OpenPath(path)
        };
        vec![News::Answer(answer)]
    });
}

/// Asks where to save.
pub(super) fn ask_save(jobs: &Jobs, wake: Wake, suggested: String, why: SaveWhy) {
    let title = match why {
        SaveWhy::Save => "Save the rota as",
        SaveWhy::Copy => "Save a copy of the rota",
    };
    let asked = dialog(title).set_file_name(&suggested).save_file();
    jobs.wait_for("save dialog", wake, move || {
        let (path, too_fast) = wait(asked);
        if too_fast {
            let suggested = in_home(&suggested);
            return vec![News::Answer(Answer::NoFileDialog { why: PathWhy::Save(why), suggested })];
        }
        named(path, "ron", |path| Answer::SavePath { path, why })
    });
}

/// Asks where to give the rota out to: a file, or the folder in which one is made for several files.
pub(super) fn ask_export(jobs: &Jobs, wake: Wake, (suggested, beside): (String, Option<&Path>), export: Export) {
    let Some(format) = Format::named(export.format) else { return };
    let mut dialog = AsyncFileDialog::new().set_title(format!("Export: {}", format.title));
    // A rota named on the command line may be named from where the program was started.
    let beside = beside.and_then(|path| std::path::absolute(path).ok());
    if let Some(folder) = beside.as_deref().and_then(Path::parent) {
        dialog = dialog.set_directory(folder);
    }
    let asked: Pin<Box<dyn Future<Output = Option<FileHandle>> + Send>> = if format.is_folder {
        Box::pin(dialog.pick_folder())
    } else {
        Box::pin(dialog.add_filter(format.title, &[format.ending]).set_file_name(&suggested).save_file())
    };
    jobs.wait_for("export dialog", wake, move || {
        let (path, too_fast) = wait(asked);
        if too_fast {
            return vec![News::Answer(Answer::NoFileDialog {
                why: PathWhy::Export(export),
                suggested: in_home(&suggested),
            })];
        }
        if format.is_folder {
            let path = path.map(|folder| folder.join(&suggested));
            return vec![News::Answer(Answer::ExportPath { path, export })];
        }
        named(path, format.ending, |path| Answer::ExportPath { path, export })
    });
}

/// The answer of a dialog in which a file was named, with its ending; and whether that very file may be replaced, which the
/// system asks of the name that was typed, not of the one with an ending.
fn named(path: Option<PathBuf>, ending: &str, answer: impl FnOnce(Option<PathBuf>) -> Answer) -> Vec<News> {
    let named = path.clone().map(|path| with_ending(path, ending));
    let may_replace = path.filter(|path| Some(path) == named.as_ref()).map(News::MayReplace);
    may_replace.into_iter().chain([News::Answer(answer(named))]).collect()
}

fn wait(asked: impl Future<Output = Option<FileHandle>>) -> (Option<PathBuf>, bool) {
    let began = Instant::now();
    let path = pollster::block_on(asked).map(|handle| handle.path().to_owned());
    let too_fast = path.is_none() && began.elapsed() < NO_DIALOG;
    (path, too_fast)
}

/// A bare name with the folder it would land in, so that nobody has to guess.
fn in_home(name: &str) -> String {
    let home = etcetera::home_dir().unwrap_or_default();
    let documents = home.join("Documents");
    let folder = if documents.is_dir() { documents } else { home };
    folder.join(name).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_ending_gets_one() {
        assert_eq!(with_ending(PathBuf::from("/x/cover"), "ron"), PathBuf::from("/x/cover.ron"));
        assert_eq!(with_ending(PathBuf::from("/x/cover.ron"), "ron"), PathBuf::from("/x/cover.ron"));
    }

    #[test]
    fn an_answer_at_once_means_that_there_is_no_dialog() {
        assert_eq!(wait(std::future::ready(None)), (None, true));
    }
}
