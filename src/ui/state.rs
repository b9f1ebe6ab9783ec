//! What the window remembers from frame to frame and the editor does not: one typed value, kept in one place.
//!
//! It is a part of egui's memory, so that it is there wherever a context is: in a widget in a dialog, in the plugin that
//! works at the end of a pass. Nothing in it is saved, and nothing in it changes a rota.

use egui::text_edit::TextEditState;
use egui::util::IdTypeMap;
use egui::{Context, Id, IdMap, IdSet, Pos2, Rect, Vec2};

use crate::checker::Gap;
use crate::editor::Selection;

use super::open_menu::OpenMenu;
use crate::editor::ThemeName;

/// The window's memory, part by part. A part that nothing has set says that nothing was asked for.
#[derive(Clone, Default)]
pub(super) struct UiState {
    /// The look that was chosen last.
    pub theme: ThemeName,
    /// What the editor has asked the view in the middle for.
    pub requests: Requests,
    /// The side panels where the window is narrow.
    pub sides: SidePanels,
    /// Where the keyboard is and where it goes.
    pub keyboard: Keyboard,
    pub panes: Panes,
    /// The menus: those of the bar, and the one that a right click opens.
    pub menus: Menus,
    /// What is unfolded in lists, and where the keyboard stands in them.
    pub lists: Lists,
    /// Suggested cover.
    pub suggested: Suggested,
    /// Dialogs and what stands in them.
    pub dialogs: Dialogs,
    pub verdicts: Option<Verdicts>,
    /// The last frame in which the start page was drawn.
    pub start_page_drawn_in: Option<u64>,
}

/// What is asked of whatever view is drawn next.
#[derive(Clone, Default)]
pub(super) struct Requests {
    /// The field to find something with that was drawn last.
    pub find_field: Option<Id>,
    /// The selection is to be brought into sight.
    pub scroll_to_selection: bool,
}

/// The side panels, first the people's, then the one at the right.
#[derive(Clone, Default)]
pub(super) struct SidePanels {
    /// What the settings said in the last frame, once they have said something.
    pub wanted: [Option<bool>; 2],
    /// Open over the view.
    pub over: [bool; 2],
    /// The pointer was pressed on the inner edge and has not been let go of.
    pub dragged: [bool; 2],
}

/// What has the keyboard, so far as egui does not know it.
#[derive(Clone, Default)]
pub(super) struct Keyboard {
    /// The view that draws a ring of its own.
    pub own_ring: Option<Id>,
    /// What has been scrolled to since it was given the keyboard.
    pub scrolled_to: Option<Id>,
    /// A dialog closed in this frame, and what had the keyboard before it.
    pub goes_back: Option<(u64, Id)>,
    /// What was open over the window in the last frame.
    pub in_the_way: InTheWay,
}

/// What is open over the window and has the keyboard, or has only just closed.
#[derive(Clone, Copy, Default)]
pub(super) struct InTheWay {
    pub dialog: bool,
    pub menu: bool,
}

impl InTheWay {
    pub(super) fn any(self) -> bool {
        self.dialog || self.menu
    }
}

/// The panes, and the one that is to have the keyboard.
#[derive(Clone, Default)]
pub(super) struct Panes {
    /// What was drawn last.
    pub seen: Seen,
    /// The pane that the keyboard is to go to, and the frame in which that was asked for.
    pub wanted: Option<(Pane, u64)>,
}

/// The panes of a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub frame: u64,
    /// Each with where it is and what takes the keyboard in it.
    pub panes: Vec<(Pane, Rect, Id)>,
}

/// Menus.
#[derive(Clone, Default)]
pub(super) struct Menus {
    /// Those of the bar that can be opened, as drawn last.
    pub in_bar: Vec<BarMenu>,
    /// The entry with the keyboard that opens a menu of its own.
    pub opens_another: Option<Id>,
    /// The open menu of the window shown, and what has the keyboard after it.
    pub of_window: Option<(OpenMenu, Id)>,
    /// The open menus of lists, by the list.
    pub of_lists: IdMap<OpenMenu>,
}

/// A menu that can be opened: its button, and what the button opens.
#[derive(Clone, Copy)]
pub(super) struct BarMenu {
    pub button: Id,
    /// The menu that the button opens.
    pub popup: Id,
}

/// Lists.
#[derive(Clone, Default)]
pub(super) struct Lists {
    /// The row with the keyboard, by the list.
    pub keyboard_at: IdMap<usize>,
    /// The lists that drop down and are open, by their buttons.
    pub drop_downs: IdMap<OpenList>,
    /// The list of people shows those who are not available.
    pub shows_away: bool,
    /// Who could: the reasons of those who could not are shown.
    pub why_not: bool,
    /// They have just been asked for, and are to be brought into sight.
    pub why_not_just_opened: bool,
    /// The gap that "Who could" was last drawn for: the list of another begins at its top.
    pub who_could_of: Option<Gap>,
    /// The finding whose problem was chosen in the last frame.
    pub chosen_problem: Option<usize>,
}

/// A list that drops down and is open.
#[derive(Clone, Default)]
pub(super) struct OpenList {
    /// In which frame it was last drawn.
    pub frame: u64,
    /// One of its entries has the keyboard.
    pub has_mark: bool,
    /// Typed until now, in small letters.
    pub letters: String,
    /// When the last of them came, in seconds.
    pub last_letter: f64,
}

/// Suggested cover.
#[derive(Clone, Default)]
pub(super) struct Suggested {
    /// The change that is pointed at by its place in the grid.
    pub pointed_at_in_grid: Option<usize>,
    /// The change that is pointed at by its row in the panel.
    pub pointed_at_in_panel: Option<usize>,
    /// How the window stood when the suggestion was asked for.
    pub asked: Option<Asked>,
    /// The job that was shown last, and when it was first shown, in seconds.
    pub begun: Option<(u64, f64)>,
    /// The plan, by how long it took, and the gaps of it of which the reasons are shown.
    pub open_gaps: Option<(u64, Vec<usize>)>,
    /// Where the rows of the panel stand.
    pub steady: Option<Steady>,
}

/// Where the rows of a suggestion stand, so that a tick does not move them.
#[derive(Clone, Default)]
pub(super) struct Steady {
    /// The number of the search.
    pub job: u64,
    /// That of the proposal whose lines are shown.
    pub version: u64,
    /// The panel's width, bit by bit.
    pub width: u32,
    /// What has to stay where it is when the lines change.
    pub held: Option<SteadyRow>,
    /// Empty room above the changes, in points.
    pub room: f32,
    /// At least so high is what scrolls.
    pub least: f32,
    /// How far the rows have to be scrolled when they are drawn next.
    pub next: Option<f32>,
    /// How far the rows were scrolled, and how high what was in sight is.
    pub offset: f32,
    pub height: f32,
}

/// A row that has to stay where it is.
#[derive(Clone)]
pub(super) struct SteadyRow {
    /// The change in it; none for the heading of all changes.
    pub change: Option<usize>,
    /// Its place among the lines.
    pub row: usize,
    /// Where it begins among the rows.
    pub top: f32,
}

/// What had the keyboard, and what was chosen, when a suggestion was asked for.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    /// The number of the search.
    pub job: u64,
    /// A proposal is there.
    pub shows_proposal: bool,
    /// What had the keyboard.
    pub focused: Option<Id>,
    /// What was chosen.
    pub selection: Selection,
}

/// Dialogs.
#[derive(Clone, Default)]
pub(super) struct Dialogs {
    /// Each that has been open, by its title.
    pub open: IdMap<OpenDialog>,
    /// Each field with a list under it: the last frame it was drawn in, and what had the keyboard before.
    pub pickers: IdMap<(u64, Option<Id>)>,
    /// Each form that has been open, by its title.
    pub forms: IdMap<OpenForm>,
    /// The field that the keyboard is to begin in once it is there, and the frame in which that was asked for.
    pub begins_in: Option<(String, u64)>,
    /// The frame in which a main button was pressed although something is wrong.
    pub refused_in: Option<u64>,
    /// The box to tick that had the keyboard when it was last drawn.
    pub tick_box: Option<Id>,
    /// The buttons that were pressed once and ask again.
    pub asks_again: IdSet,
}

/// An open dialog.
#[derive(Clone, Copy, Default)]
pub(super) struct OpenDialog {
    /// The last frame in which it was drawn; a gap means that it has just been opened.
    pub last_frame: u64,
    /// The frame in which it was opened. Its Enter or Esc was meant for something else.
    pub opened_in: u64,
    /// The pass in which it was opened, which only measures it.
    pub measured_in: u64,
    /// How large it was then drawn.
    pub size: Vec2,
    /// What had the focus before it was opened.
    pub focus_before: Option<Id>,
    /// When, in seconds, and in which frame it was opened, or a key that could answer it was last pressed.
    pub quiet_since: (f64, u64),
    /// It has been quiet for a moment: keys answer it.
    pub answers: bool,
    /// Somebody has pressed something in it: from then on the keyboard stays where it is put.
    pub touched: bool,
}

/// An open form.
#[derive(Clone, Copy, Default)]
pub(super) struct OpenForm {
    /// The last frame in which it was drawn.
    pub last_frame: u64,
    /// The frame in which it was opened.
    pub opened_in: u64,
    /// The main button of the form was pressed.
    pub tried: bool,
}

/// How high the verdict bar is, as long as it stands in the same place.
#[derive(Clone)]
pub(super) struct Verdicts {
    pub place: VerdictPlace,
    /// Lines that a sentence has at most.
    pub lines: usize,
    /// In points.
    pub height: f32,
}

/// What the height of the verdict bar depends on, but for what is said in it.
#[derive(Clone, PartialEq)]
pub(super) struct VerdictPlace {
    /// The number of the rota’s document.
    pub rota: u64,
    /// How many units it has.
    pub units: usize,
    /// How many windows it has.
    pub windows: usize,
    /// The room in the window of the program.
    pub room: Pos2,
}

/// A pane, in the order of F6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    Verdicts,
    People,
    /// The view in the middle.
    Grid,
    Problems,
    /// "Who could", or the inspector.
    WhoCould,
    Status,
}

impl UiState {
    /// Reads or changes the window's memory. The context is locked meanwhile: `with` must ask it for nothing.
    pub(super) fn of<R>(ctx: &Context, with: impl FnOnce(&mut Self) -> R) -> R {
        // The one place where the window's memory stands.
        ctx.data_mut(|data| with(data.get_temp_mut_or_default(Id::NULL)))
    }
}

/// Forgets carets and what Ctrl+Z would bring back in every field. A field is known by its place in its dialog, where
/// another record may stand now: that record's text must not come into this one.
pub(super) fn forget_typing(ctx: &Context) {
    // Each field keeps these in egui's memory itself.
    ctx.data_mut(IdTypeMap::remove_by_type::<TextEditState>);
}

/// What a view keeps for itself alone, in a type of its own, so that this file need not know the views.
pub(super) fn own<T: Clone + Default + Send + Sync + 'static>(ctx: &Context) -> T {
    // Its type is its name.
    ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default()
}

/// Keeps it until the next frame.
pub(super) fn keep_own<T: Clone + Send + Sync + 'static>(ctx: &Context, own: T) {
    // Under its type, as it is asked for.
    ctx.data_mut(|data| data.insert_temp(Id::NULL, own));
}
