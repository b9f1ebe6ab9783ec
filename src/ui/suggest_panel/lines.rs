//! The lines of the panel, and how high each is.

use std::sync::Arc;

use egui::Galley;

use crate::checker::Verdict;
use crate::editor::{Action, Verb};
use crate::model::UnitId;

use super::super::row_list::LaidLines;

/// Left of the words of a change: its box and its number.
pub(super) const CHANGE_LEFT: f32 = 54.0;
/// Right of all words.
pub(super) const RIGHT: f32 = 16.0;
/// Right of the figures: whether they are proven.
pub(super) const PROOF: f32 = 108.0;
/// What the scroll bar of the list takes of its width.
pub(super) const SCROLL_BAR: f32 = 12.0;
const LINE: f32 = 18.0;
/// A line with a pill in it.
pub(super) const PILL_LINE: f32 = 28.0;

/// Among what is open: the other gaps too.
pub(super) const ALL_GAPS: usize = usize::MAX;
/// Among what is open: days, specialties and what moves.
pub(super) const DETAILS: usize = usize::MAX - 1;

/// All lines of the panel, laid out.
pub(super) type PanelLines = LaidLines<PanelLine>;

/// What a verdict will be: one pill, or several under one another where there is no room.
pub(super) type Pills = (Verdict, Vec<String>);

pub(super) enum PanelLine {
    /// A unit's verdict in a window, now and with the plan.
    Verdict {
        name: Arc<Galley>,
        spoken: String,
        now: (Verdict, Arc<Galley>),
        then: Pills,
        is_now_below: bool,
        is_then_below: bool,
        /// Where what it is now and what it will be begin, from the left: all verdicts stand in the same columns.
        columns: (f32, f32),
    },
    /// Words across the panel.
    Words {
        galley: Arc<Galley>,
        lead: Lead,
        above: f32,
    },
    Rule,
    /// The heading of a part, with a count.
    Heading {
        title: String,
        count: String,
        kind: Heading,
    },
    /// A unit whose changes follow.
    Unit {
        unit: UnitId,
        name: String,
        count: usize,
    },
    /// A change, by its place.
    Change {
        at: usize,
        title: Arc<Galley>,
        notes: Option<Arc<Galley>>,
        spoken: String,
    },
    /// What stays short, by its place.
    Short {
        at: usize,
        title: Arc<Galley>,
        notes: Vec<Arc<Galley>>,
        spoken: String,
    },
    /// Show or hide what belongs to a place.
    Fold {
        at: usize,
        open: bool,
        text: String,
    },
    /// Why a gap stays, or who could not and why.
    Reason {
        galley: Arc<Galley>,
    },
    /// One objective.
    Figure {
        name: Arc<Galley>,
        figures: Arc<Galley>,
        is_proven: bool,
        proof: Option<Arc<Galley>>,
        spoken: String,
    },
}

/// What stands before words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Nothing,
    Proven,
    NotProven,
    Covered,
    Waiting,
    Short,
    Warning,
    Error,
    Link(Link),
}

/// Words that act.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Again,
    Longer,
    /// To a change, by its place.
    Change(usize),
}

impl Link {
    /// What they ask for.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Again => Action::Do(Verb::SuggestAgain),
            Self::Longer => Action::Do(Verb::SuggestLonger),
            Self::Change(at) => Action::GoToChange(at),
        }
    }
}

/// Which part begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Plain,
    /// Of one group of changes.
    Group,
    /// With `all` and `none` at the right.
    Changes,
    /// With `now → plan` at the right.
    Figures,
}

impl PanelLine {
    pub(super) fn height(&self) -> f32 {
        let lines = |galley: &Arc<Galley>| LINE * galley.rows.len().max(1) as f32;
        match self {
            Self::Verdict { now, then, is_now_below, is_then_below, .. } => {
                let now = if *is_now_below { lines(&now.1) + 4.0 } else { 0.0 };
                let then = if *is_then_below { PILL_LINE * then.1.len() as f32 } else { 0.0 };
                PILL_LINE + now + then
            }
            Self::Words { galley, above, .. } => lines(galley).max(galley.size().y.ceil()) + above + 4.0,
            Self::Rule => 9.0,
            Self::Heading { kind: Heading::Group, .. } | Self::Unit { .. } | Self::Fold { .. } => 24.0,
            Self::Heading { .. } => 28.0,
            Self::Change { title, notes, .. } => 8.0 + lines(title) + notes.as_ref().map_or(0.0, lines),
            Self::Short { title, notes, .. } => 8.0 + lines(title) + notes.iter().map(lines).sum::<f32>(),
            Self::Reason { galley } => lines(galley) + 4.0,
            Self::Figure { name, .. } => 4.0 + lines(name),
        }
    }

    /// Whether the keyboard stops there.
    pub(super) fn is_stop(&self) -> bool {
        match self {
            Self::Change { .. } | Self::Short { .. } | Self::Fold { .. } => true,
            Self::Words { lead, .. } => matches!(lead, Lead::Link(_)),
            _ => false,
        }
    }
}
