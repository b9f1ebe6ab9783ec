//! What is shown and what is chosen: view, zoom, cells, people, sessions.

use crate::model::{AssignmentId, Instant, PersonId, PostId, SessionId, Span, UnitId, WindowId};

/// The three views of one rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// Posts by unit, columns of time.
    Posts,
    /// The same by person, with rest and hours.
    People,
    /// Clinics and lists.
    Sessions,
}

/// How long a slot of the grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zoom {
    /// 15 minutes.
    Quarter,
    /// 30 minutes.
    Half,
    /// 60 minutes.
    Hour,
    /// 60 minutes, as narrow as it takes to see the whole day.
    Day,
}

impl Zoom {
    /// The slot's length.
    pub fn minutes(self) -> i64 {
        match self {
            Self::Quarter => 15,
            Self::Half => 30,
            Self::Hour | Self::Day => 60,
        }
    }
}

/// A lane of a post: one row of the grid.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridRow {
    /// The unit the post belongs to.
    pub unit: UnitId,
    pub post: PostId,
    /// 0 for the first lane.
    pub lane: usize,
}

/// A lane over one slot. Where an edge does not fall on the zoom, the cell may be longer or shorter than a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The lane.
    pub row: GridRow,
    /// Where it starts.
    pub at: Instant,
    /// Where it ends.
    pub until: Instant,
}

impl Cell {
    /// The time it covers.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.until)
    }
}

/// A rectangle of lanes and slots between two corners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRange {
    /// The window whose grid it lies in.
    pub window: WindowId,
    /// Where the selection began.
    pub anchor: Cell,
    /// The cell with the ring.
    pub last: Cell,
}

impl CellRange {
    /// The range of one cell.
    pub fn one(window: WindowId, cell: Cell) -> Self {
        Self { window, anchor: cell.clone(), last: cell }
    }

    /// From the earlier start to the later end.
    pub fn span(&self) -> Span {
        Span::new(self.anchor.at.min(self.last.at), self.anchor.until.max(self.last.until))
    }
}

/// What is chosen. Verbs act on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    /// Nothing.
    #[default]
    None,
    /// A rectangle of the grid.
    Cells(CellRange),
    /// Blocks, as in the People view; never empty.
    Assignments(Vec<AssignmentId>),
    Person(PersonId),
    /// Sessions, the last chosen last; never empty.
    Session(Vec<SessionId>),
    /// A post, by its name in the frozen column.
    Post(PostId),
    /// A unit, by its heading.
    Unit(UnitId),
}

/// Which way to go after typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Stay.
    Here,
    /// Later.
    Right,
    /// Earlier.
    Left,
    /// The lane below.
    Down,
    /// The lane above.
    Up,
}

/// Where a dragged person is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DropTarget {
    Slot(Cell),
    /// On a gap: the whole gap, or the shift of it that the cell begins in.
    Gap(Cell),
    /// On somebody's block: swap or replace, which is asked.
    Block(AssignmentId),
    /// On a post's name: all of the window shown that is not filled.
    Post(PostId),
}
