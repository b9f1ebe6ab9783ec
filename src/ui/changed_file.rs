//! What is said of a file that is not what this window opened or saved: only what happened, and what can be done.

use std::path::Path;

use crate::editor::{Document, FileState, Stands};
use crate::model::words;

/// Why nothing is lost yet, wherever no file holds the rota any more.
const WHOLE: &str = "This window has the whole rota.";

/// The sentence of the dialog about it.
pub(super) fn what_happened(doc: &Document) -> String {
    let FileState::ChangedOnDisk { by, at, stands } = doc.file_state() else {
        return "The file is not the one that this window opened.".to_owned();
    };
    let when = at.map(|at| format!(" at {}", words::moment(doc.rota().zone(), at))).unwrap_or_default();
    match (stands, words::who(by)) {
        (Stands::Another, Some(by)) => format!("{by} saved the file{when}. This window shows it as it was before."),
        (Stands::Another, None) => {
            "The file was changed, and does not say who changed it. This window shows it as it was before.".to_owned()
        }
        (Stands::Older, by) => {
            let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
            format!("An older version of the file is there now, saved{by}{when}. This window has the newer one.")
        }
        (Stands::Unreadable, _) => cannot_be_read(doc),
    }
}

/// That the file is not there any more.
pub(super) fn gone(doc: &Document) -> String {
    format!("{} was moved, renamed or deleted. {WHOLE}", file_name(doc))
}

/// What stands in the bar over the rota.
pub(super) fn notice(doc: &Document) -> String {
    let FileState::ChangedOnDisk { by, at, stands } = doc.file_state() else { return String::new() };
    let zone = doc.rota().zone();
    let time = at.map(|at| format!(" at {}", words::time(zone, at))).unwrap_or_default();
    let yours =
        if doc.would_lose_work() { ", with changes that cannot be saved over it: save them as a new file" } else { "" };
    match (stands, words::who(by)) {
        (Stands::Another, Some(by)) => {
            format!("{by} has changed the file{time}. This window shows it as it was before{yours}.")
        }
        (Stands::Another, None) => {
            format!("The file has been changed{time}. This window shows it as it was before{yours}.")
        }
        (Stands::Older, _) => {
            let when = at.map(|at| format!(", saved at {}", words::moment(zone, at))).unwrap_or_default();
            format!("An older version of the file is there now{when}. This window shows the newer one{yours}.")
        }
        (Stands::Unreadable, _) => cannot_be_read(doc),
    }
}

/// What stands at the right end of the menu bar.
pub(super) fn link(doc: &Document) -> String {
    let FileState::ChangedOnDisk { by, at, stands } = doc.file_state() else { return String::new() };
    match stands {
        Stands::Another => {
            let by = words::who(by).map(|by| format!(" by {by}")).unwrap_or_default();
            let at = at.map(|at| format!(" {}", doc.rota().zone().time_of_day(at))).unwrap_or_default();
            format!("Changed{by}{at}: review")
        }
        Stands::Older => "An older file is there: review".to_owned(),
        Stands::Unreadable => "The file cannot be read: review".to_owned(),
    }
}

/// Why the verdicts are grey.
pub(super) fn not_current(doc: &Document) -> String {
    let FileState::ChangedOnDisk { at, stands, .. } = doc.file_state() else { return String::new() };
    match (stands, at) {
        (Stands::Another, Some(at)) => {
            format!("Not current: the file has changed since {}. Review.", doc.rota().zone().time_of_day(*at))
        }
        (Stands::Another, None) => "Not current: the file has changed. Review.".to_owned(),
        (Stands::Older, _) => "Not current: an older file is there. Review.".to_owned(),
        (Stands::Unreadable, _) => "Not current: the file cannot be read. Review.".to_owned(),
    }
}

/// Whether nothing can be read there.
pub(super) fn is_unreadable(doc: &Document) -> bool {
    matches!(doc.file_state(), FileState::ChangedOnDisk { stands: Stands::Unreadable, .. })
}

/// That nothing can be read in the file any more.
pub(super) fn cannot_be_read(doc: &Document) -> String {
    format!(
        "{} cannot be read any more: it was damaged, cut short or written by another program. {WHOLE}",
        file_name(doc)
    )
}

fn file_name(doc: &Document) -> String {
    let name = doc.path().and_then(Path::file_name).map(std::ffi::OsStr::to_string_lossy);
    name.map_or_else(|| "The file".to_owned(), |name| words::safe(&name).into_owned())
}
