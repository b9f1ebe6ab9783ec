//! Edits of the Posts grid, as pure functions: what is there and what is wanted, to one [`Command`](crate::model::Command).
//!
//! Every edit first works on `Pieces`, a copy of the assignments of the posts it touches, and then says what became of
//! them. So all edits share their laws: nobody is on one post twice, minutes that were not chosen stay as they were,
//! touching pieces of one person, post and status are one, and edges that do not fall on the zoom survive.

mod clear;
mod edit;
mod fill;
mod put;
mod shift;
mod swap;
mod to_window;

use crate::model::{Assignment, AssignmentId, PersonId, PostId, Rota, Span, WindowId, Zone, words};

use super::lanes::{Grid, GridWindow};
use super::place::Rect;
use super::refused::Refused;
use super::selection::CellRange;

pub use super::one_shift::shift_in;
pub use clear::clear;
pub use edit::Edit;
pub use fill::{fill_down, fill_right};
pub use put::{fill_gap, fill_post, propose, put, put_hours, shift_to_fill};
pub use shift::{Edge, move_block, resize, with_edge};
pub use swap::{replace, swap};
pub use to_window::copy_to_window;

/// What an edit starts from.
pub struct Sheet<'a> {
    /// The rota as it stands.
    pub rota: &'a Rota,
    /// Its lanes.
    pub grid: &'a Grid,
    /// The window shown.
    pub window: &'a WindowId,
    /// Random bits, for ids of new assignments.
    pub random: &'a mut dyn FnMut() -> u128,
}

impl<'a> Sheet<'a> {
    /// The lanes of the window shown.
    ///
    /// # Errors
    /// [`Refused::Gone`] if there is no such window.
    pub fn shown(&self) -> Result<&'a GridWindow, Refused> {
        self.grid.window(self.window).ok_or(Refused::Gone)
    }

    pub(super) fn rect(&self, range: &CellRange) -> Result<(&'a GridWindow, Rect), Refused> {
        let window = self.shown()?;
        Ok((window, range.resolve(window).ok_or(Refused::Gone)?))
    }

    fn block(&self, id: &AssignmentId) -> Result<&'a Assignment, Refused> {
        self.rota.assignment(id).ok_or(Refused::Gone)
    }

    fn already(&self, person: &PersonId, post: &PostId, span: Span) -> Refused {
        Refused::AlreadyThere {
            who: initials(self.rota, person),
            post: post_name(self.rota, post),
            when: times(self.rota.zone(), span),
        }
    }
}

/// Initials, or the family name where there are none, as they can safely be shown.
pub fn initials(rota: &Rota, person: &PersonId) -> String {
    words::safe(&initials_as_entered(rota, person)).into_owned()
}

/// The same as they were entered, for what is read again.
pub(super) fn initials_as_entered(rota: &Rota, person: &PersonId) -> String {
    let Some(person) = rota.person(person) else { return "?".to_owned() };
    if person.initials.trim().is_empty() { person.full_name() } else { person.initials.clone() }
}

pub(super) fn post_name(rota: &Rota, post: &PostId) -> String {
    rota.post(post).map_or_else(|| "?".to_owned(), |post| words::safe(&post.name).into_owned())
}

/// Such as `10:00–12:00`.
pub fn times(zone: Zone, span: Span) -> String {
    format!("{}–{}", zone.time_of_day(span.from), zone.time_of_day(span.to))
}

/// All assignments that hold a minute of the chosen cells, from top to bottom.
pub fn assignments_in(window: &GridWindow, range: &CellRange) -> Vec<AssignmentId> {
    let Some(rect) = range.resolve(window) else { return Vec::new() };
    let lanes = window.rows[rect.rows].iter().filter_map(|row| window.lane(row));
    let blocks = lanes.flat_map(|lane| lane.blocks.iter().filter(|block| block.span.overlaps(rect.span)));
    blocks.map(|block| block.assignment.clone()).collect()
}
