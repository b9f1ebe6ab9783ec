//! Why something is not done, in the words that the window says it with.

use thiserror::Error;

/// Why nothing is done, or cannot be done now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The window, the row, the block or what was to be moved is no longer there.
    #[error("It is no longer there")]
    Gone,
    #[error("this person is no longer there")]
    PersonGone,
    #[error("No rota is open")]
    NoRota,
    #[error("View only: save a copy to change it")]
    ViewOnly,
    #[error("No kept copies of earlier work")]
    NothingKept,
    #[error("Saving now")]
    Saving,
    #[error("The disk has not answered the last save: save a copy elsewhere")]
    DiskSilent,
    #[error("No changes to save")]
    NothingToSave,
    /// This window has nothing to save, but an earlier run kept work on the same file.
    #[error("Nothing was changed here. Newer work on this file is kept, but not saved: File > Recover…")]
    KeptNotSaved,
    #[error("Nothing to undo")]
    NothingToUndo,
    #[error("Nothing to redo")]
    NothingToRedo,

    #[error("Choose a gap first")]
    ChooseGap,
    #[error("Choose cells first")]
    ChooseCells,
    #[error("Choose cells, a person or sessions first")]
    ChooseToCopy,
    #[error("Choose cells or blocks first")]
    ChooseToClear,
    #[error("Choose a block first")]
    ChooseBlock,
    #[error("Choose one block first")]
    ChooseOneBlock,
    #[error("Choose a refusal first")]
    ChooseRefusal,
    #[error("Choose a person or a block first")]
    ChoosePerson,
    #[error("Choose a session first")]
    ChooseSession,
    #[error("Choose a unit first")]
    ChooseUnit,
    #[error("Choose a post first")]
    ChoosePost,
    #[error("Choose a unit or a post first")]
    ChooseUnitOrPost,
    #[error("Choose a problem first")]
    ChooseProblem,

    #[error("Enter the walkout times first")]
    TimesFirst,
    /// The same, as it stands beside a field.
    #[error("enter the walkout times first")]
    FieldTimesFirst,
    #[error("There are no days yet")]
    NoDays,
    #[error("There is one day only")]
    OneDay,
    #[error("There are no people yet")]
    NoPeople,
    #[error("Add a unit first")]
    NoUnits,
    #[error("every day needs a kind of normal day to be compared with: add another first")]
    LastNormal,
    #[error("Nobody is under trainee rules")]
    NoTrainees,
    #[error("It is the first unit")]
    FirstUnit,
    #[error("It is the last unit")]
    LastUnit,
    #[error("It is the first post of its grade")]
    FirstPost,
    #[error("It is the last post of its grade")]
    LastPost,

    #[error("Nothing has been suggested")]
    NothingSuggested,
    #[error("No search for cover is running")]
    NoSearch,
    #[error("Nothing is ticked")]
    NothingTicked,
    #[error("Errors must be fixed; they cannot be accepted")]
    ErrorStays,
    #[error("It is already accepted")]
    AlreadyAccepted,

    #[error("Already agreed")]
    AlreadyAgreed,
    /// Sessions, and whether there are several.
    #[error("Already agreed; {0} still {verb} then. Postpone {it} in Sessions (Ctrl+3).", verb = if *.1 { "run" } else { "runs" }, it = if *.1 { "them" } else { "it" })]
    StillRuns(String, bool),
    #[error("Declined: choose Back to proposed to ask again")]
    Declined,
    #[error("Nobody is on the chosen cells")]
    NobodyThere,
    /// There is no gap at that cell.
    #[error("There is no gap here")]
    NoGap,
    #[error("Nobody is in the first of the chosen cells to fill from")]
    NothingToFillFrom,
    #[error("There is nothing to paste")]
    NothingToPaste,
    #[error("{}", nothing_to_copy(*already_there, could_not.as_deref()))]
    NothingToCopy {
        /// How many pieces stand in the other day already.
        already_there: usize,
        /// Why the first of the others has no place there.
        could_not: Option<String>,
    },
    /// The time would end before it begins.
    #[error("The end has to be after the start")]
    NoTime,
    /// The person is already on that post at that time.
    #[error("{who} is already on {post}, {when}")]
    AlreadyThere {
        /// Initials.
        who: String,
        /// The post's name.
        post: String,
        /// Such as "10:00–12:00".
        when: String,
    },
    /// Two blocks of one post at one time have nothing to swap.
    #[error("The two are on the same post at the same time: there is nothing to swap")]
    SamePost,
    #[error("choose somebody else to swap with")]
    SamePerson,
    /// Initials, initials, and such as "10:00–12:00 Tue 26-Apr-2016".
    #[error("neither {0} nor {1} has a shift {2}")]
    NoShifts(String, String, String),
    /// Such as "17:00 Tue 26-Apr-2016".
    #[error("the walkout ends before that, at {0}")]
    AfterTheEnd(String),
}

fn nothing_to_copy(already_there: usize, could_not: Option<&str>) -> String {
    let mut text = "nothing to copy".to_owned();
    if already_there > 0 {
        text += "; ";
        text += &already_there.to_string();
        text += " there already";
    }
    could_not.into_iter().fold(text, |text, why| text + "; " + why)
}

/// What stands beside a field is text.
impl From<Refused> for String {
    fn from(refused: Refused) -> Self {
        refused.to_string()
    }
}
