//! All that can be asked of the editor: views push these, [`super::Editor::run`] does them.

use std::path::PathBuf;

use crate::checker::{Gap, Severity};
use crate::model::{AssignmentId, PersonId, SessionId, SessionState, Span, UnitId, WindowId};

use super::dialogs::{Ask, Choice, Dialog};
use super::palette::FoundWhat;
use super::selection::{Cell, Direction, DropTarget, Selection};
use super::suggest::{Accept, SuggestFor};
use super::verb::Verb;

/// One thing asked of the editor.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A verb of the registry, by menu, palette, button or key.
    Do(Verb),

    /// Choose this.
    Select(Selection),
    /// Make the chosen cells reach to this one.
    ExtendTo(Cell),
    /// Move the ring by so many columns and rows.
    MoveCursor {
        /// Columns, later is positive.
        dx: i32,
        /// Rows, down is positive.
        dy: i32,
        /// Keep the anchor (Shift).
        extend: bool,
        /// To the next edge of a block, or of the unit (Ctrl).
        jump: bool,
    },
    ShowWindow(WindowId),

    /// Begin to type into the chosen cells.
    StartTyping(String),
    /// The text is now this.
    TypingChanged(String),
    /// The line of the completion list at this place has the mark.
    TypingMark(usize),
    /// Put that person there.
    TypingChoose {
        person: PersonId,
        /// Although the checker says that the person cannot (Ctrl+Enter).
        anyway: bool,
    },
    /// Take what is typed.
    CommitTyping {
        /// Where to go on.
        go: Direction,
        /// Although the checker says that the person cannot (Ctrl+Enter).
        anyway: bool,
    },
    /// Leave without a change.
    CancelTyping,
    /// The keyboard has gone elsewhere: enter the whole initials of one person, say of anything else that it was not
    /// entered, and leave.
    LeaveTyping,

    /// Somebody was dragged from the list.
    DropPerson {
        person: PersonId,
        on: DropTarget,
    },
    /// A block was dragged.
    MoveBlock {
        /// The block.
        assignment: AssignmentId,
        /// Where its start goes.
        to: Cell,
        /// Leave the old one (Ctrl).
        copy: bool,
    },
    /// An edge of a block was dragged.
    ResizeBlock {
        /// The block.
        assignment: AssignmentId,
        /// Its new time.
        to: Span,
    },
    /// A block was dragged onto another person's row.
    HandOver {
        /// The block.
        assignment: AssignmentId,
        /// Who has it now.
        to: PersonId,
    },
    /// Text came from the clipboard.
    PasteText(String),
    /// Put that person on a gap, from "Who could".
    Propose {
        person: PersonId,
        /// Where and when.
        gap: Gap,
        /// And mark as asked (Ctrl+Enter).
        asked: bool,
    },
    /// Set the state of sessions, asking what has to be asked.
    SetSessions(Vec<SessionId>, SessionState),
    /// Put a session to postpone and propose a member of its team for a gap, in one step.
    PostponeAndPropose {
        session: SessionId,
        person: PersonId,
        /// Where and when.
        gap: Gap,
    },

    /// Look for cover.
    Suggest(SuggestFor),
    /// Tick a change of the proposal, or take its tick off.
    TickChange {
        /// Its place among the changes.
        at: usize,
        /// Ticked from now on.
        ticked: bool,
    },
    /// Tick all changes of the proposal, or none.
    TickAllChanges(bool),
    /// Go to where a change of the proposal is, by its place.
    GoToChange(usize),
    /// Go to what the proposal leaves short, by its place.
    GoToPlanGap(usize),
    /// Take so much of the proposal, as Proposed.
    AcceptSuggested(Accept),
    /// Put away what the suggestion has to say, without a word.
    CloseSuggestion,

    /// Go to the cells of a finding, by its place in the report.
    GoToFinding(usize),
    /// Go to a unit's first problem in a window (the one shown if none is named), or to the unit.
    GoToUnit {
        unit: UnitId,
        window: Option<WindowId>,
    },
    /// Only choose it.
    ChooseFinding(Option<usize>),
    /// Ask for the reason to accept it.
    AskAccept(usize),
    /// Take back that it was accepted.
    WithdrawAccept(usize),
    /// Which problems are listed.
    FilterProblems(ProblemFilter),
    /// Which people are listed.
    FilterPeople(PeopleFilter),
    /// The edge of a side panel was dragged: remember how wide it is, in points.
    ResizePanel {
        /// The list of people; else the panel at the right.
        people: bool,
        /// How wide.
        width: u16,
    },
    /// Put this text on the clipboard: a problem's sentence, a row.
    CopyText(String),
    /// The text of the people list's find field.
    SetFindText(String),
    /// Go to what was found.
    GoTo(FoundWhat),

    /// Open a dialog, its draft made from the rota.
    Ask(Ask),
    /// The draft on the screen was edited: this is now the draft.
    DialogEdited(Box<Dialog>),
    /// The dialog's main button, or Enter.
    DialogOk,
    /// Another of its buttons.
    DialogPress(Choice),
    /// Esc or Cancel.
    CloseDialog,

    /// Open that file.
    OpenPath(PathBuf),
    /// Open that file to look at it only.
    ViewPath(PathBuf),
    /// Files were dropped on the window.
    FilesDropped(Vec<PathBuf>),
    /// Start from that template, after asking for the first day where it can be moved.
    NewFrom {
        /// Its place in the list of templates.
        template: usize,
    },
    /// Open that example, by its place in the list.
    OpenExampleAt(usize),
    /// Take a file off the recent list.
    ForgetRecent(usize),
    /// Look at kept work, by its place in [`super::Editor::kept`].
    Recover(usize),
    /// Throw kept work away; it can be had back for a while.
    ThrowAway(usize),
    /// Look at kept work that was thrown away, by its place in [`super::Editor::thrown_away`].
    RecoverThrown(usize),
    /// Do not show the notice of kept work until the next start.
    KeptNotNow,
    /// The notice about the seal has been read and the file looked at.
    ConfirmSeal,
    /// Show the notice about the seal again.
    ShowSealNotice,
    /// Ask what to do about a file that somebody else changed.
    ShowChangedOnDisk,
    /// Say why something the user tried was not done.
    Refuse(String),
}

impl Action {
    /// Whether it only looks elsewhere, or keeps what there is: what comes with leaving a cell in mid-typing.
    pub(super) fn only_goes_on(&self) -> bool {
        match self {
            Self::Select(_)
            | Self::ExtendTo(_)
            | Self::MoveCursor { .. }
            | Self::ShowWindow(_)
            | Self::LeaveTyping
            | Self::GoToFinding(_)
            | Self::GoToUnit { .. }
            | Self::ChooseFinding(_) => true,
            Self::Do(verb) => matches!(
                verb,
                Verb::Save
                    | Verb::ViewPosts
                    | Verb::ViewPeople
                    | Verb::ViewSessions
                    | Verb::NextProblem
                    | Verb::PreviousProblem
                    | Verb::NextPane
            ),
            _ => false,
        }
    }

    /// Whether it is about what is being typed into a cell; after any other the typing is over.
    pub(super) fn is_of_typing(&self) -> bool {
        matches!(
            self,
            Self::StartTyping(_)
                | Self::TypingChanged(_)
                | Self::TypingMark(_)
                | Self::TypingChoose { .. }
                | Self::CommitTyping { .. }
                | Self::CancelTyping
                | Self::LeaveTyping
        )
    }
}

/// Which problems the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemFilter {
    /// Only of this severity or kind.
    pub kind: ProblemKind,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Of all windows, not only the one shown.
    pub all_windows: bool,
    /// Accepted ones too.
    pub accepted: bool,
}

/// The chips above the problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ProblemKind {
    /// All.
    #[default]
    All,
    /// Short or broken whatever they answer.
    Error,
    /// Until somebody agrees.
    ToAgree,
    Warning,
    Info,
}

impl ProblemKind {
    /// The kind that the severity alone would give.
    pub fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

/// The chips above the people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PeopleFilter {
    /// Everybody.
    #[default]
    All,
    /// With an assignment in a window.
    OnTheRota,
    /// Named by a problem.
    WithProblems,
    /// With something Proposed or Asked.
    ToAgree,
    /// Available and with nothing to do in the window shown.
    Free,
    /// Not available in the window shown.
    NotAvailable,
}

/// The order of the People view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PeopleOrder {
    /// By grade, then as entered.
    #[default]
    Grade,
    /// By family name.
    Name,
    /// Most hours first.
    Hours,
    /// Those with problems first.
    Problems,
}
