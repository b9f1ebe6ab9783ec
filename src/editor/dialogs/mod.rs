//! The dialogs: each a draft of plain text as typed, what is wrong with it, and the one command that OK does.
//!
//! Nothing changes the rota before OK, and OK is one undo step.

mod field;
mod left_out;
mod left_out_part;
mod many;
mod moved;
mod needed;
mod normal;
mod paste_sessions;
mod people;
mod person;
mod places;
mod posts;
mod question;
mod renamed;
mod rota;
mod session;
mod several;
mod swap;
mod time;
mod windows;

pub use field::{Field, FieldError, List, Part, Row, SpanFields};
pub use left_out::LeftOutDraft;
pub use many::{ManyDraft, ManyWhat};
pub use moved::{MovedAlong, Moves};
pub(in crate::editor) use normal::to_agree_again;
pub use normal::{LineRow, NormalDraft, ShutRow, UnreadRow};
pub use paste_sessions::{PasteSessionsDraft, SessionColumn, SessionPasteRow};
pub use people::{LeftOut, PasteColumn, PasteDuplicate, PastePeopleDraft, PasteRow, Remedy, SetHere};
pub use person::{AvailableRow, DutyRow, PersonDraft, ScopeRow};
pub use places::{CompetenciesDraft, CompetencyRow, TierRow, UnitDraft};
pub use posts::{AddPostsDraft, NewPostRow, PostDraft};
pub use question::{
    AcceptDraft, DeclinedDraft, DropDraft, FindDraft, NewDraft, PaletteDraft, PathWhy, PostponeDraft, RemoveDraft,
    SaveAgain, SaveAgainDraft, Then, TypedPathDraft,
};
pub use renamed::RenamedDraft;
pub use rota::PropertiesDraft;
pub use session::{SessionDraft, state_words};
pub use several::{ScopeChange, SeveralDraft, UnitScope};
pub use swap::SwapDraft;
pub use time::{ChangeTimeDraft, CopyDayDraft, NotFreeFromDraft};
pub use windows::{WindowRow, WindowsDraft};

use crate::checker::Code;

/// What is open over the window. One at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// Title, hospital, zone.
    RotaProperties(PropertiesDraft),
    /// The list of windows.
    Windows(WindowsDraft),
    /// Windows begin on other days: what moves along?
    MovedDays(WindowsDraft),
    /// What posts can require.
    Competencies(CompetenciesDraft),
    /// A unit with its tiers.
    Unit(UnitDraft),
    Post(PostDraft),
    /// Several new posts.
    AddPosts(AddPostsDraft),
    /// Normal staffing.
    Normal(NormalDraft),
    /// People would be on posts where nothing is checked, or less would be needed than was agreed: is that meant?
    LeftOut(LeftOutDraft),
    Person(PersonDraft),
    /// The same for several people.
    Several(SeveralDraft),
    /// Another name was typed over a person's: the same doctor, or somebody else.
    Renamed(Box<RenamedDraft>),
    Session(SessionDraft),
    /// Preview of pasted staff.
    PastePeople(PastePeopleDraft),
    /// Preview of pasted sessions.
    PasteSessions(PasteSessionsDraft),
    /// From when somebody is not free.
    NotFreeFrom(NotFreeFromDraft),
    /// Other times for a block.
    ChangeTime(ChangeTimeDraft),
    /// With whom to swap.
    SwapWith(SwapDraft),
    /// Which window to which.
    CopyDay(CopyDayDraft),
    /// Why a warning is all right.
    AcceptFinding(AcceptDraft),
    /// What a rule says.
    ExplainRule(Code),
    /// Many people are to be changed at once: asked about, by name.
    Many(ManyDraft),
    /// "Not this post" or "not free then".
    Declined(DeclinedDraft),
    /// A person was dropped on somebody's block: swap or replace.
    Drop(DropDraft),
    /// Postponed asks once; protected asks for a reason.
    Postpone(PostponeDraft),
    /// A record is to be taken away, and this much with it.
    Remove(RemoveDraft),
    /// Save before going on?
    Unsaved(Then),
    /// The file was changed outside the program, or damaged.
    SealNotice,
    /// The file on disk is not the one that was opened.
    ChangedOnDisk,
    /// Work that an earlier run kept.
    Recover,
    /// A save that asks first.
    SaveAgain(SaveAgainDraft),
    /// A path to be typed where the system has no dialog for files.
    TypedPath(TypedPathDraft),
    /// Templates to start from.
    New(NewDraft),
    /// Examples to look at.
    Examples,
    /// Find a person, a post, a session.
    Find(FindDraft),
    /// Any action by its name.
    Palette(PaletteDraft),
    /// Something to be read.
    Message {
        /// What it is about.
        title: String,
        /// One sentence each.
        lines: Vec<String>,
    },
    Help,
    /// Version and licences.
    About,
}

impl Dialog {
    /// Whether the two are the same dialog, whatever is typed in them.
    pub fn is_same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
