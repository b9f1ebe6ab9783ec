//! All state worth keeping while a rota is open, and the one door through which it changes.
//!
//! Views read an [`Editor`] and push [`Action`]s; after drawing, [`Editor::run`] does them one by one. What only the
//! app can do (disk, dialogs, clipboard) comes out as [`Effect`]s and goes back in as [`Answer`]s. No window system
//! is known here.

mod action;
pub mod cells;
pub mod clipboard;
mod copy_day;
pub mod dates;
pub mod dialogs;
mod document;
mod effect;
mod env;
#[cfg(test)]
mod fixture;
pub mod find_text;
mod key;
pub mod lanes;
#[cfg(test)]
mod laws;
mod pieces;
mod log;
mod people_ops;
mod people_paste;
pub mod assign;
pub mod place;
mod removal;
mod rows;
pub mod selection;
mod sessions;
mod settings;
mod status;
#[cfg(test)]
mod testing;
mod typing;
mod verb;

pub use action::{Action, Ask, Choice, PeopleFilter, PeopleOrder, ProblemFilter, ProblemKind, Removed};
pub use dialogs::Dialog;
pub use document::{Document, FileState};
pub use effect::{Answer, Effect, KeptWork, OnDisk, OpenedFile, RecentFile, SaveFailure, SaveWhy};
pub use env::{Env, Moment};
pub use key::{Key, Shortcut, Where};
pub use lanes::{Block, Grid, GridPost, GridUnit, GridWindow, Lane, LaneWish, NeedStep};
pub use place::{Rect, Slots};
pub use selection::{Cell, CellRange, Direction, DropTarget, GridRow, Selection, View, Zoom};
pub use settings::{Settings, TEXT_PERCENTS, ThemeName};
pub use typing::{Typing, TypingChoice};
pub use verb::{Context, Menu, VERBS, Verb, VerbRow};

use crate::checker::{Candidate, Gap};
use crate::model::{Command, WindowId};

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
    dialog: Option<Dialog>,
    toast: Option<Toast>,
    notice: Option<String>,
    find_text: String,
    typing: Option<Typing>,
    who_could: Option<WhoCould>,
    chosen_finding: Option<usize>,
    problem_filter: ProblemFilter,
    people_filter: PeopleFilter,
    people_order: PeopleOrder,
    recent: Vec<RecentFile>,
    kept: Vec<KeptWork>,
    effects: Vec<Effect>,
}

impl Editor {
    /// Nothing open.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            doc: None,
            view: View::Posts,
            settings,
            window: None,
            selection: Selection::None,
            dialog: None,
            toast: None,
            notice: None,
            find_text: String::new(),
            typing: None,
            who_could: None,
            chosen_finding: None,
            problem_filter: ProblemFilter::default(),
            people_filter: PeopleFilter::default(),
            people_order: PeopleOrder::default(),
            recent: Vec::new(),
            kept: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// Does one action. Whatever is refused leaves everything as it was and says why.
    pub fn run(&mut self, action: Action, env: &mut Env<'_>) {
        self.toast = None;
        self.notice = None;
        match action {
            Action::Do(verb) => self.run_verb(verb, env),
            Action::Select(selection) => self.selection = selection,
            Action::ShowWindow(window) => self.window = Some(window),
            Action::SetFindText(text) => self.find_text = text,
            Action::FilterProblems(filter) => self.problem_filter = filter,
            Action::FilterPeople(filter) => self.people_filter = filter,
            Action::ChooseFinding(finding) => self.chosen_finding = finding,
            Action::DialogEdited(dialog) => self.dialog = Some(*dialog),
            Action::CloseDialog => self.dialog = None,
            _ => {}
        }
    }

    fn run_verb(&mut self, verb: Verb, _env: &mut Env<'_>) {
        match verb {
            Verb::Undo => self.step(Document::undo),
            Verb::Redo => self.step(Document::redo),
            Verb::ViewPosts => self.view = View::Posts,
            Verb::ViewPeople => self.view = View::People,
            Verb::ViewSessions => self.view = View::Sessions,
            Verb::Zoom15 => self.settings.zoom = Zoom::Quarter,
            Verb::Zoom30 => self.settings.zoom = Zoom::Half,
            Verb::Zoom60 => self.settings.zoom = Zoom::Hour,
            _ => {}
        }
    }

    fn step(&mut self, step: fn(&mut Document) -> bool) {
        if let Some(doc) = &mut self.doc {
            step(doc);
        }
    }

    /// Does a command on the open rota; what it was is said once, and why not where it is refused.
    pub(crate) fn command(&mut self, command: Command, env: &Env<'_>) -> bool {
        let Some(doc) = &mut self.doc else { return false };
        let label = command.label.clone();
        match doc.run(command, &[]) {
            Ok(true) => {
                self.toast = Some(Toast { text: label, can_undo: true, said: env.moment() });
                true
            }
            Ok(false) => false,
            Err(refusal) => {
                self.notice = Some(refusal.to_string());
                false
            }
        }
    }

    /// What only the app can do, in order; each is given once.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// What came back from an effect.
    pub fn answer(&mut self, answer: Answer, _env: &mut Env<'_>) {
        match answer {
            Answer::FileRead { path, result: Ok(file) } => {
                let doc = Document::opened(*file, path);
                self.window = doc.rota().windows.first().map(|w| w.id.clone());
                self.doc = Some(doc);
            }
            Answer::FileRead { path, result: Err(lines) } => {
                self.dialog = Some(Dialog::Message { title: format!("{} was not opened", path.display()), lines });
            }
            Answer::Recent(recent) => self.recent = recent,
            Answer::Kept(kept) => self.kept = kept,
            _ => {}
        }
    }

    /// The open rota.
    #[must_use]
    pub fn doc(&self) -> Option<&Document> {
        self.doc.as_ref()
    }

    /// Which view is shown.
    #[must_use]
    pub fn view(&self) -> View {
        self.view
    }

    /// How long a slot is.
    #[must_use]
    pub fn zoom(&self) -> Zoom {
        self.settings.zoom
    }

    /// The theme as chosen.
    #[must_use]
    pub fn theme(&self) -> ThemeName {
        self.settings.theme
    }

    /// How the window is set up.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The window shown in Posts and Sessions.
    #[must_use]
    pub fn window(&self) -> Option<&WindowId> {
        self.window.as_ref()
    }

    /// What is chosen.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What is open over the window.
    #[must_use]
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// What was just done, with Undo.
    #[must_use]
    pub fn toast(&self) -> Option<&Toast> {
        self.toast.as_ref()
    }

    /// Why the last action was not done; shown until the next.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The text of the people list's find field.
    #[must_use]
    pub fn find_text(&self) -> &str {
        &self.find_text
    }

    /// What is being typed into the grid.
    #[must_use]
    pub fn typing(&self) -> Option<&Typing> {
        self.typing.as_ref()
    }

    /// Who could fill the chosen gap.
    #[must_use]
    pub fn who_could(&self) -> Option<&WhoCould> {
        self.who_could.as_ref()
    }

    /// The chosen finding, by its place in the report.
    #[must_use]
    pub fn chosen_finding(&self) -> Option<usize> {
        self.chosen_finding
    }

    /// Which problems are listed.
    #[must_use]
    pub fn problem_filter(&self) -> &ProblemFilter {
        &self.problem_filter
    }

    /// Which people are listed.
    #[must_use]
    pub fn people_filter(&self) -> PeopleFilter {
        self.people_filter
    }

    /// The order of the People view.
    #[must_use]
    pub fn people_order(&self) -> PeopleOrder {
        self.people_order
    }

    /// Files of the start page.
    #[must_use]
    pub fn recent(&self) -> &[RecentFile] {
        &self.recent
    }

    /// Work that an earlier run kept.
    #[must_use]
    pub fn kept(&self) -> &[KeptWork] {
        &self.kept
    }

    /// Whether a verb can be used now, or why not.
    ///
    /// # Errors
    /// One short sentence: why not.
    pub fn is_enabled(&self, verb: Verb) -> Result<(), &'static str> {
        match verb {
            Verb::Undo if self.doc.as_ref().is_none_or(|doc| doc.undo_label().is_none()) => Err("nothing to undo"),
            Verb::Redo if self.doc.as_ref().is_none_or(|doc| doc.redo_label().is_none()) => Err("nothing to redo"),
            _ => Ok(()),
        }
    }

    /// A verb's label now, as in "Undo: move KP to Labour ward".
    #[must_use]
    pub fn label(&self, verb: Verb) -> String {
        let doc = self.doc.as_ref();
        match (verb, doc.and_then(Document::undo_label), doc.and_then(Document::redo_label)) {
            (Verb::Undo, Some(label), _) => format!("Undo: {label}"),
            (Verb::Redo, _, Some(label)) => format!("Redo: {label}"),
            _ => verb.row().label.to_owned(),
        }
    }
}
