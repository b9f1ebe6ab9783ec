//! The dialogs: each a draft of plain text as typed, what is wrong with it, and the one command that OK does; and the
//! table of all of them, from which `Dialog` is made and all that asks which one is open.
//!
//! Nothing changes the rota before OK, and OK is one undo step.

mod consent;
mod draft;
mod export;
mod field;
mod left_out;
mod left_out_part;
mod many;
mod moved;
mod needed;
mod new_posts;
mod nobody_on;
mod normal;
mod other_name;
mod own_posts;
mod paste_sessions;
mod people;
mod people_row;
mod person;
mod places;
mod posts;
mod question;
mod renamed;
mod rota;
mod session;
mod several;
mod swap;
mod table;
mod time;
mod windows;

pub use super::people_columns::PasteColumn;
pub use super::sessions_paste::{SessionColumn, SessionPasteRow};
pub use super::sessions_team::{Doctor, WrittenDoctor};
pub(in crate::editor) use draft::At;
pub use draft::{Afterwards, CommandDraft, DialogDraft};
pub use export::{ExportDraft, Preview};
pub use field::{Field, FieldError, List, Part, Row, SpanFields};
pub use left_out::LeftOutDraft;
pub use many::{ManyDraft, ManyWhat};
pub use moved::{MovedAlong, Moves};
pub use new_posts::NewPostsDraft;
pub(in crate::editor) use normal::to_agree_again;
pub use normal::{LineRow, NormalDraft, ShutRow, UnreadRow};
pub use other_name::{Meant, OtherNameDraft};
pub(in crate::editor) use own_posts::keep_to_own_posts;
pub use own_posts::{all_of_another_told, tick_own_posts};
pub use paste_sessions::PasteSessionsDraft;
pub use people::{PasteDuplicate, PastePeopleDraft};
pub use people_row::{LeftOut, LeftOutWhy, Outgrown, PasteRow, Remedy, SetHere};
pub(super) use person::may_cover_of;
pub use person::{AvailableRow, DutyRow, PersonDraft, ScopeRow};
pub use places::{CompetenciesDraft, CompetencyRow, TierRow, UnitDraft};
pub use posts::{AddPostsDraft, NewPostRow, PostDraft};
pub use question::{
    AcceptDraft, DeclinedDraft, DiscardDraft, DropDraft, FindDraft, Message, NewDraft, PaletteDraft, PostponeDraft,
    RemoveDraft, SaveAgain, SaveAgainDraft, Then, TypedPathDraft,
};
pub use renamed::RenamedDraft;
pub use rota::PropertiesDraft;
pub use session::SessionDraft;
pub use several::{ScopeChange, SeveralDraft, UnitScope};
pub use swap::SwapDraft;
pub use time::{ChangeTimeDraft, CopyDayDraft, NotFreeFromDraft};
pub use windows::{MovedDaysDraft, WindowRow, WindowsDraft};

use crate::checker::Code;
use crate::model::{AssignmentId, NormalId, PersonId, PostId, SessionId, UnitId};

use super::Editor;
use super::env::Env;
use super::removed::Removed;
use table::dialogs;

dialogs! {
    drafts {
        RotaProperties(PropertiesDraft) "Title, hospital, zone.",
            asked RotaProperties |at| PropertiesDraft::of(at.rota),
            ok seen_first;
        Windows(WindowsDraft) "The list of windows.",
            asked Windows |at| WindowsDraft::of(at.rota, at.now),
            ok seen_first;
        MovedDays(MovedDaysDraft) "Windows begin on other days: what moves along?",
            ok seen_first;
        Competencies(CompetenciesDraft) "What posts can require.",
            asked Competencies |at| CompetenciesDraft::of(at.rota),
            ok seen_first;
        Unit(UnitDraft) "A unit with its tiers; a new one if none is named.",
            asked Unit(id: Option<UnitId>) |at| UnitDraft::of(at.rota, id.as_ref()),
            ok seen_first;
        Post(PostDraft) "A post.",
            asked Post(id: PostId) |at| PostDraft::of(at.rota, &id),
            ok seen_first;
        AddPosts(AddPostsDraft) "Several new posts.",
            asked AddPosts(unit: Option<UnitId>) |at| AddPostsDraft::of(at.rota, unit),
            ok seen_first;
        NewPosts(NewPostsDraft) "Posts come into a unit whose figures were agreed without them: is anybody normally there?",
            ok stays,
            NobodyNormally "New posts: nobody is normally on them." => Editor::nobody_normally,
            AgreeAgain "New posts: the figures are agreed again." => Editor::agree_again;
        Normal(NormalDraft) "Normal staffing; that of the window shown if none is named.",
            asked Normal(id: Option<NormalId>) |at| NormalDraft::asked(at, id),
            ok seen_first;
        LeftOut(LeftOutDraft)
            "People would be on posts where nothing is checked, or less would be needed than was agreed: is that meant?",
            ok by(Editor::accept_left_out);
        Discard(DiscardDraft) "Changes in a dialog would be discarded: is that meant?",
            ok closes;
        Person(PersonDraft) "A person; a new one if none is named.",
            asked Person(id: Option<PersonId>) |at| PersonDraft::of(at.rota, id.as_ref()),
            ok by(Editor::accept_person);
        Several(SeveralDraft) "Scope, availability and limits of several people at once; these are ticked already.",
            asked Several(people: Vec<PersonId>) |at| SeveralDraft::of(at.rota, people),
            ok command;
        Renamed(RenamedDraft) "Another name was typed over a person's: the same doctor, or somebody else?",
            ok stays,
            SameDoctor "Another name: it is the same doctor." => Editor::same_doctor,
            SomebodyElse "Another name: it is somebody else, whom nobody has asked." => Editor::somebody_else;
        OtherName(OtherNameDraft) "Another name for a post, a unit or a competency: the same under another name?",
            ok stays,
            SameThing "Another name: it is the same." => Editor::same_thing,
            AnotherThing "Another name: it is another, for which nobody has been asked." => Editor::another_thing;
        Session(SessionDraft) "A session; a new one if none is named.",
            asked Session(id: Option<SessionId>)
                |at| SessionDraft::of(at.rota, id.as_ref(), at.editor.window.as_ref(), at.now),
            ok command;
        PastePeople(PastePeopleDraft) "Preview of pasted staff.",
            asked PastePeople(text: String) |at| PastePeopleDraft::of(at.rota, &text, at.now),
            ok command;
        PasteSessions(PasteSessionsDraft) "Preview of pasted sessions.",
            asked PasteSessions(text: String)
                |at| PasteSessionsDraft::of(at.rota, &text, at.editor.window.as_ref(), at.now),
            ok command;
        NotFreeFrom(NotFreeFromDraft) "From when somebody is not free.",
            asked NotFreeFrom(person: PersonId) |at| at.editor.chosen_from(&person, at.now).map_or_else(
                || NotFreeFromDraft::of(at.rota, &person, at.now),
                |from| NotFreeFromDraft::beginning(at.rota, &person, from),
            ),
            ok command;
        ChangeTime(ChangeTimeDraft) "Other times for a block.",
            asked ChangeTime(block: AssignmentId) |at| ChangeTimeDraft::of(at.rota, &block),
            ok by(Editor::change_time);
        SwapWith(SwapDraft) "With whom to swap.",
            asked SwapWith(person: PersonId) |at| at.editor.chosen_span().map(|span| SwapDraft::of(person, span)),
            ok command;
        CopyDay(CopyDayDraft) "Which window to which.",
            asked CopyDay |at| CopyDayDraft::of(at.rota, at.editor.window.as_ref()),
            ok command;
        AcceptFinding(AcceptDraft) "Why a warning is all right.",
            ok by(Editor::accept_finding);
        ExplainRule(Code) "What a rule says.",
            asked Explain(code: Code) |_at| code,
            ok closes;
        Many(ManyDraft) "Many people are to be changed at once: asked about, by name.",
            ok by(Editor::do_to_many);
        Declined(DeclinedDraft) "Somebody said no: to this post only, or to all work at this time?",
            ok stays,
            NotThisPost "Declined: this post only." => Editor::not_this_post,
            NotFreeThen "Declined: all work at this time." => Editor::not_free_then;
        Drop(DropDraft) "A person was dropped on somebody's block: swap or replace.",
            ok stays,
            Swap "A person dropped on a block: the two swap." => Editor::drop_swap,
            Replace "A person dropped on a block: takes it over." => Editor::drop_replace;
        Postpone(PostponeDraft) "Postponed asks once; protected asks for a reason.",
            ok by(Editor::postpone);
        Remove(RemoveDraft) "A record is to be taken away, and this much with it.",
            asked Remove(what: Removed) |at| RemoveDraft::of(at.rota, what),
            ok by(Editor::remove);
        Unsaved(Then) "Save before going on?",
            ok by(Editor::save_then),
            Save "Save, of the question about unsaved changes." => Editor::save_then,
            CopyThen "Save a copy, where it cannot be saved to its file." => Editor::copy_then,
            Discard "Do not save." => Editor::discard_then;
        SaveAgain(SaveAgainDraft) "A save that asks first.",
            ok by(Editor::accept_save_again),
            SaveElsewhere "Save in another place." => Editor::save_elsewhere;
        TypedPath(TypedPathDraft) "A path to be typed where the system has no dialog for files.",
            ok by(Editor::accept_typed_path);
        Export(ExportDraft) "In which format the rota is given out.",
            ok by(Editor::accept_export),
            CopyExport "Export: copied instead of written." => Editor::copy_export;
        New(NewDraft) "Templates to start from.",
            ok by(Editor::accept_new);
        Find(FindDraft) "Find a person, a post, a session.",
            ok by(Editor::go_to_marked);
        Palette(PaletteDraft) "Any action by its name.",
            ok by(Editor::run_marked);
        Message(Message) "Something to be read.",
            ok closes;
    }
    notices {
        SealNotice "The file was changed outside the program, or damaged.",
            ok by(Editor::accept_seal);
        ChangedOnDisk "The file on disk is not the one that was opened.",
            ok stays,
            SaveCopy "The file changed on disk: write a copy." => Editor::save_as_copy,
            Reload "The file changed on disk: show what is there now." => Editor::reload;
        Recover "Work that an earlier run kept.", ok stays;
        Examples "Examples to look at.", ok closes;
        Help "Keys, rules, what is kept where.", ok closes;
        About "Version and licences.", ok closes;
    }
}

impl Dialog {
    /// Whether the two are the same dialog, whatever is typed in them.
    pub fn is_same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
