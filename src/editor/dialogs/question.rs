//! Questions and pickers: declined, drop, postpone, remove, accept, unsaved, typed path, new, find, palette.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::exchange::Template;
use crate::model::{AssignmentId, PersonId, PostId, Rota, SessionId, SessionState, Span};

use super::super::Editor;
use super::super::dates::parse_day;
use super::super::effect::{PathWhy, SaveWhy};
use super::super::removal;
use super::super::removed::Removed;
use super::Dialog;
use super::draft::DialogDraft;
use super::field::{FieldError, Part};

/// Somebody said no: to this post, or to this time?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclinedDraft {
    /// The blocks, and the time of each that is meant.
    pub pieces: Vec<(AssignmentId, Span)>,
    /// Whose, such as "AN" or "AN and KP".
    pub who: String,
    /// Whether some of it was agreed before.
    pub had_agreed: bool,
    /// Such as "AN, Majors middle grade, 12:00–17:00 Tue 26-Apr-2016", a line each.
    pub lines: Vec<String>,
}

impl DialogDraft for DeclinedDraft {}

/// A person was dropped on somebody's block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDraft {
    /// Who was dropped.
    pub person: PersonId,
    /// On which block.
    pub on: AssignmentId,
    /// Such as "KP onto MW, Majors SHO, 08:00–17:00".
    pub about: String,
    /// What whoever is there has answered, and why the other would not count.
    pub lines: Vec<String>,
    /// Whether the person holds something to swap at that time.
    pub can_swap: bool,
}

impl DialogDraft for DropDraft {}

/// Sessions are to be put to postpone, or postponed: asked once, with a reason where one is protected. Or they are to go
/// back towards running, although patients may have been told or somebody would no longer count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostponeDraft {
    pub sessions: Vec<SessionId>,
    /// What they become.
    pub to: SessionState,
    /// Such as "Postpone Fracture clinic?".
    pub title: String,
    /// What the button says that does it, such as "Postpone".
    pub main: &'static str,
    /// They go back towards running.
    pub is_back: bool,
    /// Such as "Fracture clinic, 14 appointments".
    pub lines: Vec<String>,
    /// One of them is protected: a reason has to be given, and is kept in the log.
    pub asks_reason: bool,
    /// As typed.
    pub reason: String,
    /// Propose this person for a gap in the same step.
    pub propose: Option<(PersonId, PostId, Span)>,
}

impl DialogDraft for PostponeDraft {
    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        let why = "this is protected work: enter a reason; it is kept in the log";
        if self.asks_reason { no_reason(&self.reason, why) } else { Vec::new() }
    }
}

/// A record is to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveDraft {
    pub what: Removed,
    /// What it is called.
    pub name: String,
    /// Such as "RS holds 3 assignments and is in 1 session".
    pub lines: Vec<String>,
}

impl RemoveDraft {
    /// What would go.
    pub fn of(rota: &Rota, what: Removed) -> Self {
        let (name, lines) = (removal::name(rota, &what), removal::goes_with_it(rota, &what));
        Self { what, name, lines }
    }
}

impl DialogDraft for RemoveDraft {}

/// Why a warning is all right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptDraft {
    /// Its place in the report.
    pub finding: usize,
    /// Its sentence.
    pub message: String,
    /// As typed.
    pub reason: String,
}

impl DialogDraft for AcceptDraft {
    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        no_reason(&self.reason, "enter a reason")
    }
}

/// What is wrong where no reason is given.
fn no_reason(reason: &str, why: &str) -> Vec<FieldError> {
    if reason.trim().is_empty() { vec![FieldError::new(Part::Reason, why)] } else { Vec::new() }
}

/// A dialog was left by Cancel or Esc in which something was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscardDraft {
    /// Such as "the changes to normal staffing".
    pub what: &'static str,
    /// The dialog: where "Keep editing" leads.
    pub back: Box<Dialog>,
}

impl DialogDraft for DiscardDraft {
    /// Whoever does not mean it goes on where it was typed.
    fn cancelled(&self, editor: &mut Editor) {
        editor.dialog = Some((*self.back).clone());
    }
}

/// What to go on with once the unsaved rota is dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Close the rota.
    Close,
    /// Close the program.
    Quit,
    /// Open a file.
    Open(PathBuf),
    /// Open a file to look at it.
    View(PathBuf),
    /// Read the same file again.
    Reload,
    /// Start from a template.
    New(NewDraft),
    /// Open an example.
    Example(usize),
    /// Open kept work.
    Recover(usize),
    /// Open kept work that was thrown away.
    RecoverThrown(usize),
}

impl DialogDraft for Then {
    fn holds_work(&self) -> bool {
        false
    }

    fn cancelled(&self, editor: &mut Editor) {
        editor.give_back_half_typed();
    }
}

/// A save that asks first: it would do more than to bring the file up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAgainDraft {
    pub path: PathBuf,
    /// What the file is saved for.
    pub why: SaveWhy,
    /// What is asked about.
    pub about: SaveAgain,
    /// What to go on with once it is saved.
    pub then: Option<Then>,
}

impl DialogDraft for SaveAgainDraft {
    fn holds_work(&self) -> bool {
        false
    }
}

/// What a save asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveAgain {
    /// The file is gone: it would be written as a new one.
    Gone,
    /// Who may open the file would change.
    Access,
    /// Other names of the file would go on showing what it was.
    Links,
}

/// A path typed where the system has no dialog for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPathDraft {
    /// What the path is asked for.
    pub why: PathWhy,
    /// As typed.
    pub text: String,
    /// What went wrong with the path before, one sentence each; empty where the system has no dialog for files.
    pub wrong: Vec<String>,
    /// The folder is not there: it is made first.
    pub make_folder: bool,
    /// Such a folder is not there, and may be made.
    pub no_folder: bool,
}

impl TypedPathDraft {
    /// To be typed, or put right.
    pub fn new(why: PathWhy, text: String) -> Self {
        Self { why, text, wrong: Vec::new(), make_folder: false, no_folder: false }
    }
}

impl DialogDraft for TypedPathDraft {
    fn holds_work(&self) -> bool {
        false
    }
}

/// Which template, and from which day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewDraft {
    /// Its place in the list of templates.
    pub template: usize,
    /// The first day as typed, for templates that can be moved; empty leaves the template's own.
    pub first_day: String,
    /// The day that typed days are seen from.
    pub today: NaiveDate,
    /// The template was chosen before: the keyboard begins on its first day.
    pub is_chosen: bool,
}

impl NewDraft {
    /// Whether the chosen template asks for its first day.
    pub fn asks_day(&self) -> bool {
        Template::ALL.get(self.template).is_some_and(|template| template.is_movable)
    }

    /// The first day typed, if it is one.
    pub fn day(&self) -> Option<NaiveDate> {
        parse_day(&self.first_day, self.today).ok()
    }
}

impl DialogDraft for NewDraft {
    fn holds_work(&self) -> bool {
        false
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        if !self.asks_day() || self.first_day.trim().is_empty() {
            return Vec::new();
        }
        let error = parse_day(&self.first_day, self.today).err();
        error.map(|error| FieldError::new(Part::FirstDay, error)).into_iter().collect()
    }
}

/// Find a person, a post, a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindDraft {
    /// As typed.
    pub text: String,
    /// Which of the matches has the mark.
    pub marked: usize,
}

impl DialogDraft for FindDraft {
    fn holds_work(&self) -> bool {
        false
    }
}

/// Any action by its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaletteDraft {
    /// As typed.
    pub text: String,
    /// Which of the matches has the mark.
    pub marked: usize,
}

impl DialogDraft for PaletteDraft {
    fn holds_work(&self) -> bool {
        false
    }
}

/// Something to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it is about.
    pub title: String,
    /// One sentence each.
    pub lines: Vec<String>,
}

impl DialogDraft for Message {
    fn holds_work(&self) -> bool {
        false
    }
}
