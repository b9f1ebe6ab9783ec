//! What the window remembers from frame to frame and the editor does not: one typed value, kept in one place.
//!
//! It is a part of egui's memory, so that it is there wherever a context is: in a widget in a dialog, in the plugin that
//! works at the end of a pass. Nothing in it is saved, and nothing in it changes a rota.

use egui::{Context, Id, Rect};

/// The window's memory, part by part. A part that nothing has set says that nothing was asked for.
#[derive(Clone, Default)]
pub(super) struct UiState {
    /// What the editor has asked the view in the middle for.
    pub requests: Requests,
    /// The side panels where the window is narrow.
    pub sides: SidePanels,
    /// Where the keyboard is and where it goes.
    pub keyboard: Keyboard,
    /// The panes that F6 goes round.
    pub panes: Panes,
    /// A dialog was open in the last frame.
    pub had_dialog: bool,
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
    /// The frame.
    pub frame: u64,
    /// Each with where it is and what takes the keyboard in it.
    pub panes: Vec<(Pane, Rect, Id)>,
}

/// A pane, in the order of F6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The verdict bar.
    Verdicts,
    /// The list of people.
    People,
    /// The view in the middle.
    Grid,
    /// The list of problems.
    Problems,
    /// "Who could", or the inspector.
    WhoCould,
    /// The status bar.
    Status,
}

impl UiState {
    /// Reads or changes the window's memory. The context is locked meanwhile: `with` must ask it for nothing.
    pub(super) fn of<R>(ctx: &Context, with: impl FnOnce(&mut Self) -> R) -> R {
        // The one place where the window's memory stands.
        ctx.data_mut(|data| with(data.get_temp_mut_or_default(Id::NULL)))
    }
}
