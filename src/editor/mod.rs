//! What is open, chosen and being done, and what every action does to it.

#[cfg(test)]
mod fixture;
pub mod lanes;
pub mod place;
pub mod selection;

pub use lanes::{Block, Grid, GridPost, GridUnit, GridWindow, Lane, LaneWish, NeedStep};
pub use place::{Rect, Slots};
pub use selection::{Cell, CellRange, Direction, DropTarget, GridRow, Selection, View, Zoom};
