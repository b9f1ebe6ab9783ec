//! The system's file dialogs. Where it has none, a path is typed instead.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rfd::{AsyncFileDialog, FileHandle};

use crate::editor::{Answer, SaveWhy};

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
            Answer::NoFileDialog { save: None, suggested: String::new() }
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
            return vec![News::Answer(Answer::NoFileDialog { save: Some(why), suggested })];
        }
        let named = path.clone().map(with_extension);
        // The system asked whether to replace the file of the name that was typed, not of the one with an ending.
        let may_replace = path.filter(|path| Some(path) == named.as_ref()).map(News::MayReplace);
        may_replace.into_iter().chain([News::Answer(Answer::SavePath { path: named, why })]).collect()
    });
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

/// A rota's name ends in `.ron`.
fn with_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("ron") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_ending_gets_one() {
        assert_eq!(with_extension(PathBuf::from("/x/cover")), PathBuf::from("/x/cover.ron"));
        assert_eq!(with_extension(PathBuf::from("/x/cover.ron")), PathBuf::from("/x/cover.ron"));
    }

    #[test]
    fn an_answer_at_once_means_that_there_is_no_dialog() {
        assert_eq!(wait(std::future::ready(None)), (None, true));
    }
}
