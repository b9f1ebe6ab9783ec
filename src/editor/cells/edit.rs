//! What an edit of the Posts grid comes to.

use crate::editor::lanes::LaneWish;
use crate::model::{Command, PersonId, Span};

/// What an edit comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// To be run; has no changes where only lanes were exchanged.
    pub command: Command,
    /// To be handed to [`Grid::with_wishes`](crate::editor::Grid::with_wishes) with the rota after it.
    pub wishes: Vec<LaneWish>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
    /// Who keeps a time outside the day of the edit that they had been asked for or agreed to with more: now Proposed.
    pub left_over: Vec<(PersonId, Span)>,
}
