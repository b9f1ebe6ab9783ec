//! All state worth keeping while a rota is open, and the one door through which it changes.
//!
//! Views read an [`Editor`] and push [`Action`]s; after drawing, [`Editor::run`] does them one by one. What only the
//! app can do (disk, dialogs, clipboard) comes out as [`Effect`]s and goes back in as [`Answer`]s. No window system
//! is known here.

mod action;
#[cfg(test)]
mod action_laws;
mod answers;
pub mod block_facts;
pub mod cells;
pub mod clipboard;
mod copy_day;
pub mod dates;
pub mod dialogs;
mod document;
mod edits;
mod exporting;
mod effect;
mod enabled;
mod env;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod grid_tests;
#[cfg(test)]
mod night_tests;
pub mod find_text;
mod folding;
mod going;
pub mod grades;
mod half_typed;
#[cfg(test)]
mod going_tests;
pub mod held_hours;
mod key;
pub mod lanes;
#[cfg(test)]
mod laws;
mod pieces;
mod log;
mod lost;
mod menu;
mod moving;
pub mod one_shift;
mod opening;
mod other_words;
pub mod palette;
mod paste_columns;
mod people_columns;
pub mod people_names;
mod people_ops;
pub mod other_specialty;
mod people_paste;
pub mod assign;
pub mod place;
pub mod possible_same;
mod posts_paste;
pub mod problems;
pub mod reach;
mod reading;
mod recovery;
mod refused;
pub mod releases;
mod removal;
mod removed;
mod reorder;
mod rows;
mod run_dialog;
mod run_verb;
mod same_name;
mod same_text;
mod saving;
pub mod scope_words;
pub mod selection;
pub mod selection_text;
mod sessions;
mod sessions_back;
mod sessions_paste;
mod sessions_team;
mod settings;
pub mod specialties;
mod status;
pub mod suggest;
pub mod surnames;
mod target;
#[cfg(test)]
pub(crate) mod testing;
mod tables;
mod typing;
mod typed_times;
mod typing_actions;
mod undoing;
mod unsaved_steps;
mod verb;
mod verdict_sentence;
pub mod verdict_text;
pub mod why_not;

pub use action::{Action, PeopleFilter, PeopleOrder, ProblemFilter, ProblemKind};
pub use dialogs::{Ask, Choice, Dialog};
pub use document::{Document, FileState};
pub use effect::{
    Answer, Effect, Export, KeptWork, OnDisk, OpenedFile, PathWhy, RecentFile, SaveAllowed, SaveFailure, SaveWhy,
    Stands,
};
pub use env::{Env, Moment};
pub use key::{Key, Shortcut, Where};
pub use lanes::{Block, Grid, GridPost, GridUnit, GridWindow, Lane, LaneWish, NeedStep};
pub use lost::answered;
pub use menu::{Group, Menu};
pub use opening::with_ending;
pub use place::{Rect, Slots};
pub use recovery::KEEP_AGAIN;
pub use refused::Refused;
pub use removed::Removed;
pub use selection::{Cell, CellRange, Direction, DropTarget, GridRow, Selection, View, Zoom};
pub use settings::{Settings, TEXT_PERCENTS, ThemeName};
pub use status::who_said;
pub use typing::{Typing, TypingChoice};
pub use verb::{Context, VERBS, Verb, VerbRow};

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use crate::checker::{Candidate, Finding, Gap};
use crate::model::{AssignmentId, SessionState, UnitId, WindowId};

use dialogs::Then;
use recovery::Recovery;
use suggest::Suggestion;

/// Everybody for one gap, in the order of the checker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoCould {
    /// Where and when.
    pub gap: Gap,
    /// Who could count there, by what it would cost.
    pub could: Vec<Candidate>,
    /// Who cannot, with every reason.
    pub could_not: Vec<Candidate>,
}

/// Said once, at the bottom centre: what was done, with Undo beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Such as "KP moved to Majors SHO, 10:00–12:00".
    pub text: String,
    /// Undo stands beside it.
    pub can_undo: bool,
    /// When it was said.
    pub said: Moment,
}

/// All state worth keeping while the program runs.
#[derive(Debug)]
pub struct Editor {
    doc: Option<Document>,
    view: View,
    settings: Settings,
    window: Option<WindowId>,
    selection: Selection,
    /// Units of which only the heading is shown.
    folded: BTreeSet<UnitId>,
    dialog: Option<Dialog>,
    /// Cover that is looked for, or a proposal that is looked at.
    suggestion: Option<Suggestion>,
    /// How many jobs and versions of proposals there have been.
    suggestions: u64,
    toast: Option<Toast>,
    /// It tells what became of letters that were left in a cell.
    toast_stays: bool,
    notice: Option<String>,
    find_text: String,
    typing: Option<Typing>,
    /// The cells that were typed into last: while they are chosen, Up and Down keep their hours.
    typed_into: Option<CellRange>,
    /// What leaving the rota would lose besides its changes.
    half_typed: half_typed::HalfTyped,
    who_could: Option<WhoCould>,
    chosen_finding: Option<usize>,
    /// The problem that was gone to last, and of what kind it was: the next one is after it while it is as bad.
    stepped: Option<(Finding, ProblemKind)>,
    problem_filter: ProblemFilter,
    /// Of the People view, and of the list beside the other views.
    people_filters: [PeopleFilter; 2],
    people_order: PeopleOrder,
    recent: Vec<RecentFile>,
    kept: Vec<KeptWork>,
    /// Kept work that shall wait until it is asked for.
    kept_later: Vec<KeptWork>,
    thrown_away: Vec<KeptWork>,
    effects: Vec<Effect>,
    /// What the window is called now.
    title: String,
    /// What to go on with once the rota is saved.
    then: Option<Then>,
    /// How unsaved work stands to its copy on this computer.
    recovery: Recovery,
    /// The save that was asked for last: of which document, where to, and of which state.
    saving: Option<(u64, PathBuf, u64)>,
    /// What became Asked last, and how long the program had run then.
    just_asked: Option<(Vec<AssignmentId>, Duration)>,
    /// What is said in passing, and how long the program had run when it was first seen.
    toast_since: Option<(Toast, Duration)>,
    /// The kept copy that the open rota was recovered from.
    recovering: Option<KeptWork>,
    /// When the world was last heard of.
    now: Option<Moment>,
}

impl Editor {
    /// Nothing open.
    pub fn new(settings: Settings) -> Self {
        Self {
            doc: None,
            view: View::Posts,
            settings,
            window: None,
            selection: Selection::None,
            folded: BTreeSet::new(),
            dialog: None,
            suggestion: None,
            suggestions: 0,
            toast: None,
            toast_stays: false,
            notice: None,
            find_text: String::new(),
            typing: None,
            typed_into: None,
            half_typed: half_typed::HalfTyped::default(),
            who_could: None,
            chosen_finding: None,
            stepped: None,
            problem_filter: ProblemFilter::default(),
            people_filters: <[PeopleFilter; 2]>::default(),
            people_order: PeopleOrder::default(),
            recent: Vec::new(),
            kept: Vec::new(),
            kept_later: Vec::new(),
            thrown_away: Vec::new(),
            effects: Vec::new(),
            title: String::new(),
            then: None,
            recovery: Recovery::default(),
            saving: None,
            just_asked: None,
            toast_since: None,
            recovering: None,
            now: None,
        }
    }

    /// Does one action. Whatever is refused leaves everything as it was and says why.
    pub fn run(&mut self, action: Action, env: &mut Env<'_>) {
        self.now = Some(env.moment());
        // Editing a draft and moving the ring are no answers to what was said.
        if !matches!(action, Action::DialogEdited(_) | Action::TypingChanged(_) | Action::TypingMark(_)) {
            // Going on after letters were left in a cell is no answer to what became of them.
            self.toast_stays &= action.only_goes_on();
            if !self.toast_stays {
                self.toast = None;
            }
            self.notice = None;
        }
        let was = self.doc.as_ref().map(|doc| (doc.is_unsaved(), doc.path().is_some()));
        let saves = matches!(action, Action::Do(Verb::Save | Verb::SaveAs | Verb::SaveCopy));
        let types_on = if saves { self.take_unfinished() } else { None };
        if self.typing.is_some() && !action.is_of_typing() {
            self.leave_typing(env);
        }
        let open = half_typed::Opened::now(self);
        let edits_dialog = matches!(action, Action::DialogEdited(_));
        self.dispatch(action, env);
        if let Some(typing) = types_on {
            self.type_on_after_saving(typing, env);
        }
        self.follow_half_typed(open, edits_dialog);
        self.follow_with_proposal();
        if was != self.doc.as_ref().map(|doc| (doc.is_unsaved(), doc.path().is_some())) {
            self.retitle();
        }
        self.doubt_older_file();
        self.keep_unsaved(env.running);
        self.time_toast(env.running);
    }

    fn dispatch(&mut self, action: Action, env: &mut Env<'_>) {
        match action {
            Action::Do(verb) => self.run_verb(verb, env),
            Action::Select(selection) => {
                self.chosen_finding = None;
                self.choose(selection);
            }
            Action::ExtendTo(cell) => {
                self.chosen_finding = None;
                self.extend_to(cell);
            }
            Action::MoveCursor { dx, dy, extend, jump } => {
                self.chosen_finding = None;
                self.move_cursor(dx, dy, extend, jump);
            }
            Action::ShowWindow(window) => self.show_window(window),

            Action::StartTyping(text) => self.start_typing(text),
            Action::TypingChanged(text) => self.typing_changed(text),
            Action::TypingMark(at) => self.typing_mark(at),
            Action::TypingChoose { person, anyway } => self.typing_choose(&person, anyway, Direction::Here, env),
            Action::CommitTyping { go, anyway } => self.commit_typing(go, anyway, env),
            Action::CancelTyping => self.typing = None,
            Action::LeaveTyping => self.leave_typing(env),

            Action::DropPerson { person, on } => self.drop_person(&person, &on, env),
            Action::MoveBlock { assignment, to, copy } => self.move_block(&assignment, &to, copy, env),
            Action::ResizeBlock { assignment, to } => {
                self.resize(&assignment, to, env);
            }
            Action::HandOver { assignment, to } => self.hand_over(&assignment, &to, env),
            Action::PasteText(text) => self.paste(&text, env),
            Action::Propose { person, gap, asked } => self.propose(&person, &gap, asked, env),
            Action::SetSessions(ids, to) => self.set_sessions(&ids, to, None, env),
            Action::PostponeAndPropose { session, person, gap } => {
                let propose = (person, gap.post, gap.span);
                self.set_sessions(&[session], SessionState::ToPostpone, Some(&propose), env);
            }

            Action::Suggest(what) => self.suggest(what, suggest::SECONDS, env),
            Action::TickChange { at, ticked } => self.tick_change(at, ticked),
            Action::TickAllChanges(ticked) => self.tick_all_changes(ticked),
            Action::GoToChange(at) => self.go_to_change(at),
            Action::GoToPlanGap(at) => self.go_to_plan_gap(at),
            Action::AcceptSuggested(accept) => self.accept_suggested(&accept, env),
            Action::CloseSuggestion => self.drop_suggestion(),

            Action::GoToFinding(at) => self.go_to_finding(at),
            Action::GoToUnit { unit, window } => self.go_to_unit(&unit, window),
            Action::ChooseFinding(finding) => self.choose_finding(finding),
            Action::AskAccept(at) => self.ask_accept(at),
            Action::WithdrawAccept(at) => self.withdraw_accept(at, env),
            Action::FilterProblems(filter) => {
                self.problem_filter = filter;
                self.stepped = None;
            }
            Action::FilterPeople(filter) => *self.people_filter_mut() = filter,
            Action::ResizePanel { people, width } => self.change_settings(|settings| {
                *(if people { &mut settings.people_width } else { &mut settings.right_width }) = Some(width);
            }),
            Action::CopyText(text) => self.effects.push(Effect::CopyText(text)),
            Action::SetFindText(text) => self.find_text = text,
            Action::GoTo(what) => self.go_to(what),

            Action::Ask(ask) => self.ask(ask, env),
            Action::DialogEdited(mut dialog) => {
                if let (Some(draft), Some(doc)) = (dialog.draft_mut(), &self.doc) {
                    draft.settle(doc.rota());
                }
                // An edit that comes after its dialog was closed is too late.
                if self.dialog.as_ref().is_some_and(|open| open.is_same_kind(&dialog)) {
                    self.dialog = Some(*dialog);
                }
            }
            Action::DialogOk => self.dialog_ok(env),
            Action::DialogPress(choice) => self.dialog_press(choice, env),
            Action::CloseDialog => self.close_dialog(),

            Action::OpenPath(path) => self.guard(Then::Open(path)),
            Action::ViewPath(path) => self.guard(Then::View(path)),
            Action::FilesDropped(paths) => self.open_dropped(&paths),
            Action::NewFrom { template } => self.new_from(template, env),
            Action::OpenExampleAt(at) => self.guard(Then::Example(at)),
            Action::ForgetRecent(at) => self.forget_recent(at),
            Action::Recover(at) => self.guard(Then::Recover(at)),
            Action::RecoverThrown(at) => self.guard(Then::RecoverThrown(at)),
            Action::ThrowAway(at) => self.throw_away(at, env),
            Action::KeptNotNow => {
                self.kept_later.append(&mut self.kept);
                self.dialog = self.dialog.take().filter(|dialog| *dialog != Dialog::Recover);
            }
            Action::ConfirmSeal => {
                if let Some(doc) = &mut self.doc {
                    doc.confirm_seal();
                }
            }
            Action::ShowSealNotice => {
                if self.doc.as_ref().is_some_and(|doc| !doc.seal_confirmed()) {
                    self.dialog = Some(Dialog::SealNotice);
                }
            }
            Action::ShowChangedOnDisk => self.dialog = Some(Dialog::ChangedOnDisk),
            Action::Refuse(why) => self.notice = Some(why),
        }
    }

    /// What only the app can do, in order; each is given once.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
