//! What a dialog is: one trait for whatever is open, and one for what is filled in and done by a command.

use crate::checker::Code;
use crate::model::{Command, Instant, PostId, Rota, Span, words};

use super::super::Editor;
use super::super::env::Env;
use super::super::selection::View;
use super::Dialog;
use super::field::FieldError;

/// So many rows that are left out are named in the message; all of them are listed beside it.
const LEFT_OUT_NAMED: usize = 3;

/// What is typed, chosen or asked in a dialog.
pub trait DialogDraft {
    /// Whether it holds work: leaving would lose it, and a rota that is only looked at has no use for it. What is
    /// looked for, asked or read is none.
    fn holds_work(&self) -> bool {
        true
    }

    /// What is wrong, by field.
    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        Vec::new()
    }

    /// Whether nothing is wrong.
    ///
    /// # Errors
    /// What is.
    fn checked(&self, rota: &Rota) -> Result<(), Vec<FieldError>> {
        let errors = self.errors(rota);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Rows of a spreadsheet were pasted while it was open.
    fn take_rows(&mut self, _rota: &Rota, _text: &str, _now: Instant) {}

    /// Something in it was edited: brings the rest of it up to date.
    fn settle(&mut self, _rota: &Rota) {}

    /// What leaving it would throw away, such as "the changes to normal staffing": once something in it was changed,
    /// Cancel and Esc ask first. None where there is but a field or two, which are filled in again in a moment.
    fn would_lose(&self) -> Option<&'static str> {
        None
    }

    /// Whether it holds nothing new though it is not as it was opened: another record was gone to, or a list searched.
    fn holds_nothing_new(&self, _opened: &Dialog, _rota: &Rota) -> bool {
        false
    }

    /// It was left with Cancel or Esc.
    fn cancelled(&self, _editor: &mut Editor) {}
}

/// A dialog that is filled in, and whose main button runs one command.
pub trait CommandDraft: DialogDraft {
    /// What OK does, as one step of undo.
    ///
    /// # Errors
    /// What is wrong with each field.
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>>;

    /// What has to be asked before it is asked whether cover may go out of sight.
    fn asks_first(&self, _rota: &Rota) -> Option<Dialog> {
        None
    }

    /// What is shown and said once it is done; asked before, with the rota as it was.
    fn afterwards(&self, _rota: &Rota, _command: &Command) -> Afterwards {
        Afterwards::default()
    }
}

/// What is shown and said once a command is done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Afterwards {
    /// Said instead of what the step of undo is called.
    pub said: Option<String>,
    /// What was not done: a title, and a line for each; nothing is shown where there is no line.
    pub not_done: (String, Vec<String>),
    /// A gap to go to, with who could.
    pub gap: Option<(PostId, Span)>,
    /// The view to go to.
    pub view: Option<View>,
}

impl Afterwards {
    /// What was pasted, and in a list of their own the rows that were left out.
    pub(super) fn pasted(said: String, left_out: Vec<String>) -> Self {
        let title = format!("{} left out", words::count(left_out.len() as u64, "row"));
        Self { said: Some(said), not_done: (title, left_out), ..Self::default() }
    }

    /// And who was added and may cover above the grade, each by name: nothing on a rota shows it later.
    pub(super) fn with_above_grade(mut self, each: Vec<String>) -> Self {
        if !each.is_empty() {
            let above = format!("{} may cover above the grade: check", words::people(each.len()));
            let (title, lines) = &mut self.not_done;
            *title = if lines.is_empty() { above } else { format!("{title}; {above}") };
            lines.extend(each);
        }
        self
    }
}

/// Such as `4 rows left out: AB (initials taken), row 4 (no name), row 9 (no name), 1 more`; none where none was.
pub(super) fn left_out_words(mut names: Vec<String>) -> Option<String> {
    let all = names.len();
    let rows = words::count(all as u64, "row");
    if all > LEFT_OUT_NAMED {
        names.truncate(LEFT_OUT_NAMED);
        names.push(format!("{} more", all - LEFT_OUT_NAMED));
    }
    (all > 0).then(|| format!("{rows} left out: {}", names.join(", ")))
}

/// What the button of a paste says that adds so many of a thing and leaves rows out, such as `Add 11 sessions, leave out
/// 1 row`; while nothing can be added, or every row is, what it always says.
pub(super) fn add_words(many: usize, noun: &str, left_out: usize) -> String {
    match (many, left_out) {
        (0, _) | (_, 0) => "Add to the rota".to_owned(),
        _ => format!("Add {}, leave out {}", words::count(many as u64, noun), words::count(left_out as u64, "row")),
    }
}

/// What there is when a dialog is opened.
pub(in crate::editor) struct At<'a> {
    /// What is shown and chosen.
    pub editor: &'a Editor,
    /// The open rota.
    pub rota: &'a Rota,
    pub now: Instant,
}

/// A dialog in which nothing is typed.
impl DialogDraft for () {
    fn holds_work(&self) -> bool {
        false
    }
}

/// What a rule says.
impl DialogDraft for Code {
    fn holds_work(&self) -> bool {
        false
    }
}
