//! What only the app can do for the editor, and what it answers.

use std::path::PathBuf;
use std::sync::Arc;

use crate::exchange::Choices;
use crate::file::Faults;
use crate::model::{Instant, Rota};
use crate::planner::{Plan, Progress, Scope};

use super::env::Moment;
use super::settings::{Settings, ThemeName};

/// Something to be done outside: dialogs, disk, clipboard, window.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask which file to open.
    AskOpenPath,
    /// Ask where to save.
    AskSavePath {
        /// A file name to begin with.
        suggested: String,
        /// What it is for; comes back in the answer.
        why: SaveWhy,
    },
    /// Read a rota file.
    ReadFile {
        path: PathBuf,
        /// Only to look at it.
        view_only: bool,
    },
    /// Write the rota to a file, safely.
    WriteFile {
        path: PathBuf,
        /// What it is for; comes back in the answer.
        why: SaveWhy,
        /// What somebody has said may happen.
        allowed: SaveAllowed,
        /// The rota as it stood.
        rota: Box<Rota>,
        /// The number of that state; comes back in the answer.
        state: u64,
    },
    /// Ask where to give the rota out to.
    AskExportPath {
        /// The name of a file or a folder to begin with.
        suggested: String,
        export: Export,
    },
    /// Give the rota out in another format.
    Export {
        /// A file; or the folder in which a new one is made where the format is several files.
        path: PathBuf,
        export: Export,
        /// The rota as it stood.
        rota: Arc<Rota>,
    },
    /// Look for cover, away from the window's thread.
    Plan {
        /// Comes back in the answers.
        job: u64,
        /// The rota as it stood.
        rota: Arc<Rota>,
        /// What may be filled and changed.
        scope: Scope,
        /// How long to look, at the most.
        seconds: u32,
    },
    /// That job is to bring the best it has.
    StopPlan { job: u64 },
    /// Make a folder, and those above it, for a file that is written next.
    MakeFolder(PathBuf),
    /// Put text on the clipboard.
    CopyText(String),
    /// Ask for the clipboard's text: comes back as `Action::PasteText`.
    AskPaste,
    /// Keep the unsaved work in the user's data folder.
    KeepRecovery {
        /// The rota as it stands.
        rota: Box<Rota>,
        /// Where it was opened from.
        path: Option<PathBuf>,
        /// When its file was last saved.
        saved: Option<Moment>,
        /// How many changes are not in the file.
        changes: usize,
        /// The number of that state; comes back in the answer.
        state: u64,
    },
    /// Somebody does not want to save this: put it with the kept work that was discarded.
    SetAside {
        /// The rota as it stands.
        rota: Box<Rota>,
        /// Where it was opened from.
        path: Option<PathBuf>,
        /// When its file was last saved.
        saved: Option<Moment>,
        /// How many changes are not in the file.
        changes: usize,
    },
    /// The kept work is not needed any more.
    DropRecovery,
    /// Kept work of an earlier run is not needed any more: it is saved.
    DropKept(PathBuf),
    /// Discard kept work of an earlier run; for a while it can be had back.
    ThrowAway(PathBuf),
    /// Read kept work of an earlier run.
    ReadKept(PathBuf),
    /// The list of recent files changed: keep it.
    KeepRecent(Vec<RecentFile>),
    /// The settings changed: keep them.
    KeepSettings(Settings),
    /// Use this theme.
    ApplyTheme(ThemeName),
    /// Size of everything, in per cent.
    ApplyTextSize(u16),
    /// Give the keyboard to the find field.
    FocusFind,
    /// Move the keyboard to the next pane (or the one before).
    FocusPane { forward: bool },
    /// Bring the ring into sight.
    ScrollToSelection,
    /// The window's title.
    SetTitle(String),
    /// The program may close.
    CloseWindow,
    /// Draw again soon, although nothing was touched.
    Repaint,
}

/// What is given out, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The format's name.
    pub format: &'static str,
    /// What was chosen for it.
    pub choices: Choices,
}

/// What a save is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveWhy {
    /// Save or Save as: the editor goes on in that file.
    Save,
    /// Save a copy: the editor goes on where it was.
    Copy,
}

/// What a path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathWhy {
    Open,
    Save(SaveWhy),
    Export(Export),
}

/// What somebody has said may happen when the open file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaveAllowed {
    /// The file is gone: it is written as a new one.
    pub anew: bool,
    /// Who may open it, or its other names, may be lost.
    pub loss: bool,
}

/// What came back from an effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// From `AskOpenPath`; none if it was cancelled.
    OpenPath(Option<PathBuf>),
    /// The system has no dialog for files: a path is typed instead.
    NoFileDialog {
        why: PathWhy,
        /// A file name to begin with.
        suggested: String,
    },
    /// From `AskSavePath`.
    SavePath {
        /// None if it was cancelled.
        path: Option<PathBuf>,
        why: SaveWhy,
    },
    /// From `AskExportPath`.
    ExportPath {
        /// None if it was cancelled.
        path: Option<PathBuf>,
        export: Export,
    },
    /// From `Export`: where it is, and how many files; or why not.
    Exported(Result<(PathBuf, usize), String>),
    /// From `ReadFile`.
    FileRead { path: PathBuf, result: Result<Box<OpenedFile>, Faults> },
    /// From `ReadKept`.
    KeptRead {
        /// Which kept copy.
        path: PathBuf,
        /// The file it belongs to, and what has become of that since; none where it may not be written.
        file: Option<(PathBuf, OnDisk)>,
        result: Result<Box<OpenedFile>, Faults>,
    },
    /// From `WriteFile`.
    FileWritten {
        path: PathBuf,
        why: SaveWhy,
        state: u64,
        /// How it went.
        result: Result<(), SaveFailure>,
    },
    /// From `Plan`: how far it is.
    PlanProgress {
        job: u64,
        /// How far.
        progress: Progress,
        /// How long it has been at it.
        millis: u64,
    },
    /// From `Plan`: it is done.
    Planned {
        job: u64,
        /// The best it found.
        plan: Box<Plan>,
        /// How long it took.
        millis: u64,
    },
    /// From `Plan`: it could not be done.
    PlanFailed { job: u64, why: String },
    /// The open file was looked at on disk.
    OnDisk(OnDisk),
    /// Work that an earlier run kept.
    Kept(Vec<KeptWork>),
    /// Kept work that was discarded and can still be had back.
    ThrownAway(Vec<KeptWork>),
    /// The list of recent files, as kept.
    Recent(Vec<RecentFile>),
    /// Files of that list that cannot be reached, each with why.
    Unreachable(Vec<(PathBuf, String)>),
    /// Unsaved work was kept, and read back.
    RecoveryKept {
        /// As handed over.
        state: u64,
        at: Moment,
    },
    /// Unsaved work could not be kept: why.
    RecoveryFailed(String),
    /// Something went wrong that nothing waits for.
    Trouble(String),
}

/// A rota as read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedFile {
    pub rota: Rota,
    /// `Some(false)` where it was changed outside the program or damaged; `None` where written by hand.
    pub sealed: Option<bool>,
    /// It cannot be written, or was opened to be looked at.
    pub read_only: bool,
    /// When it was saved.
    pub saved_at: Option<Instant>,
    /// By whom.
    pub saved_by: String,
}

/// Why a save did not work. The file is as it was unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// Somebody else changed it meanwhile.
    ChangedOnDisk {
        /// Who, if the file says.
        by: String,
        /// When, if the file says.
        at: Option<Instant>,
        /// What is there now.
        stands: Stands,
    },
    /// It was written, but reading it back did not confirm it.
    NotConfirmed(String),
    /// Its folder is not there.
    NoFolder(String),
    /// The file that was opened is gone.
    Gone,
    /// It can be replaced only by a file that is not quite like it.
    WouldLose {
        /// Who may open it would change; else the file has other names, which would keep what they show.
        access: bool,
    },
    /// The disk has not answered so far; it may still be saved, and is told then.
    NoAnswer {
        /// When it was asked.
        since: Moment,
    },
    /// There is no room on its disk: what to do.
    Full(String),
    /// It could not be written: why.
    CannotWrite(String),
}

/// What stands where the open file was read or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Another rota, or another state of this one.
    Another,
    /// What was saved before the one that is open.
    Older,
    /// Nothing that this program can read: it was damaged, cut short, or written by another program.
    Unreadable,
}

/// What a look at the open file on disk says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDisk {
    /// As it was read or saved.
    Same,
    /// Somebody else changed it.
    Changed {
        /// Who, if the file says.
        by: String,
        /// When, if the file says.
        at: Option<Instant>,
        /// What is there now.
        stands: Stands,
    },
    /// It is not there.
    Gone,
    /// It cannot be read.
    Unreadable,
    /// The disk does not answer.
    NoAnswer {
        /// When it was asked.
        since: Moment,
    },
}

/// A file of the start page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentFile {
    pub path: PathBuf,
    /// The rota's title.
    pub title: String,
    pub hospital: String,
    /// When it was last saved or opened.
    pub saved_at: Option<Instant>,
    /// By whom.
    pub saved_by: String,
    /// What it said then, as in "SHORT 4 h"; shown as "was short 4 h".
    pub verdict: String,
    /// Why it cannot be reached, if it cannot.
    pub unreachable: Option<String>,
}

/// Unsaved work that an earlier run of the program kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWork {
    /// The kept copy.
    pub kept_path: PathBuf,
    /// The rota's title.
    pub title: String,
    /// When it was kept.
    pub kept: Option<Moment>,
    /// The file it belongs to.
    pub path: Option<PathBuf>,
    /// When that was last saved.
    pub saved: Option<Moment>,
    /// How many changes are only in the kept copy.
    pub changes: usize,
}
