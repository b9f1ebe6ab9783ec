//! A context menu that is open: where, and about what.

use egui::{Pos2, Rect, vec2};

use crate::editor::Context;
use crate::model::PersonId;

/// An open menu. What only drawing it needs is set by drawing it.
#[derive(Clone, Debug)]
pub struct OpenMenu {
    pub(super) at: Pos2,
    pub(super) context: Context,
    /// Whom it was opened on: what is about one person is about them, whoever else is chosen.
    pub(super) person: Option<PersonId>,
    /// The menu has been drawn once: from then on a click elsewhere closes the menu.
    pub(super) drawn: bool,
    /// The ring has been set on its first entry. Not in the first frame: what is under the pointer is chosen only then.
    pub(super) begun: bool,
    /// The last pass in which it was drawn. A menu whose view was away meanwhile is not shown again later.
    pub(super) pass: u64,
}

impl OpenMenu {
    /// A menu at a place.
    pub const fn new(at: Pos2, context: Context) -> Self {
        Self { at, context, person: None, drawn: false, begun: false, pass: 0 }
    }

    /// The same, opened on somebody's block.
    pub fn on(self, person: Option<PersonId>) -> Self {
        Self { person, ..self }
    }

    /// A menu under a row, bar or cell, as the keyboard asks for it.
    pub fn under(rect: Rect, context: Context) -> Self {
        Self::new(rect.left_bottom() + vec2(8.0, 4.0), context)
    }
}
