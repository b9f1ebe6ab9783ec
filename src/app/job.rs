//! What the window's thread asks of the threads that work on files and keep unsaved work.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::editor::{Moment, OpenedFile, RecentFile, Settings};
use crate::file::KeptCopy;
use crate::model::Rota;

use super::giving::Exporting;
use super::open_file::Open;
use super::store::Writing;

/// What is told where a thread has broken.
pub(super) const BROKE: &str = "a fault in this program";

/// Something to be done with files, on whatever disk they are.
#[derive(Debug)]
pub(super) enum Job {
    /// Read a rota file.
    Read { path: PathBuf, view_only: bool },
    /// Make a folder for a file that is written next.
    MakeFolder(PathBuf),
    /// Write the rota.
    Write(Box<Writing>),
    /// Give the rota out in another format.
    Export(Box<Exporting>),
    /// The editor now works on this file, or on none.
    Watch(Option<PathBuf>),
    /// Look what has become of the file that kept work came from, which is given as it was then; the work is shown then.
    Recovered { kept: PathBuf, from: Option<Box<Open>>, opened: Box<OpenedFile> },
    /// Look whether the files of kept work have it already; what they have not is offered then.
    Compare(Vec<KeptCopy>),
    /// Look whether the files of the recent list are there.
    Reach(Vec<PathBuf>),
}

/// Unsaved work.
#[derive(Debug, Clone)]
pub(super) struct Work {
    /// The rota as it stands.
    pub rota: Box<Rota>,
    /// Where it was opened from.
    pub path: Option<PathBuf>,
    /// When its file was last saved.
    pub saved: Option<Moment>,
    /// How many changes are not in the file.
    pub changes: usize,
    /// The number of that state; comes back when it is kept.
    pub state: u64,
}

/// Something to be done in the user's data folder.
#[derive(Debug)]
pub(super) enum RecoveryJob {
    /// Tell what earlier runs left: recent files, kept work.
    Start,
    /// Keep unsaved work, soon.
    Keep(Work),
    /// Somebody does not want to save this work: it is put with what can be had back for a week.
    SetAside(Work),
    /// The kept work of this run is not needed any more.
    Drop,
    /// Kept work of an earlier run is not needed any more: it is saved.
    DropKept(PathBuf),
    /// Discard kept work of an earlier run; for a while it can be had back.
    Discard(PathBuf),
    /// Read kept work of an earlier run.
    ReadKept(PathBuf),
    /// Keep the list of recent files.
    KeepRecent(Vec<RecentFile>),
    KeepSettings(Settings),
    /// Keep now what waits, and say when it is done.
    Flush(Sender<()>),
    /// Keep what waits, and end.
    End,
}
