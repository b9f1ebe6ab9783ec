//! Moves, copies and lengthens blocks.

use crate::model::{Assignment, AssignmentId, Command, Instant, Span, Status};

use super::super::lanes::{GridWindow, LaneWish};
use super::super::pieces::Pieces;
use super::super::selection::{Cell, GridRow};
use super::put::row_of_post;
use super::{Edit, Refused, Sheet, initials, post_name, times};

/// An edge of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// Moves a block so that it starts at a cell, or puts a copy there (which is Proposed). What was there is cut. Only to
/// another lane of its post: the lanes change places and the rota stays as it is. Otherwise it becomes Proposed.
///
/// # Errors
/// [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn move_block(sheet: &mut Sheet<'_>, block: &AssignmentId, to: &Cell, copy: bool) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let from = sheet.block(block)?;
    let span = Span::new(to.at, to.at.plus(from.span.minutes()));
    if !copy && from.post == to.row.post && from.span == span {
        return Ok(exchange_lanes(window, from, &to.row));
    }
    let mut pieces = Pieces::new(sheet.rota, window, [from.post.clone(), to.row.post.clone()]);
    let moved = if copy { None } else { pieces.take(block) };
    if pieces.holds(&to.row, &from.person, span) {
        return Err(sheet.already(&from.person, &to.row.post, span));
    }
    match moved {
        Some(moved) => {
            let moved = Assignment { post: to.row.post.clone(), span, status: Status::Proposed, ..moved };
            pieces.put_back(moved, &to.row, sheet.random);
        }
        None => {
            pieces.place(&to.row, &from.person, span, sheet.random);
        }
    }
    let what = if copy { "copy" } else { "move" };
    let who = initials(sheet.rota, &from.person);
    let label = format!("{what} {who} to {}, {}", post_name(sheet.rota, &to.row.post), times(sheet.rota.zone(), span));
    Ok(pieces.finish(label, Vec::new()))
}

/// No change to the rota: the block and whoever is in its way on that lane change lanes.
fn exchange_lanes(window: &GridWindow, block: &Assignment, to: &GridRow) -> Edit {
    let wish =
        |assignment: &AssignmentId, lane| LaneWish { window: window.id.clone(), assignment: assignment.clone(), lane };
    let mut wishes = vec![wish(&block.id, to.lane)];
    if let (Some(from), Some(lane)) = (window.row_of(&block.id), window.lane(to)) {
        let others = lane.blocks.iter().filter(|other| other.span.overlaps(block.span) && other.assignment != block.id);
        wishes.extend(others.map(|other| wish(&other.assignment, from.lane)));
    }
    Edit { command: Command::edit("change lanes", Vec::new()), wishes, notes: Vec::new(), left_over: Vec::new() }
}

/// Gives a block another time. Where that is wholly within the old one the status stays, else it becomes Proposed.
/// Others on its lane are cut to make room.
///
/// # Errors
/// [`Refused::NoTime`], [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn resize(sheet: &mut Sheet<'_>, block: &AssignmentId, to: Span) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let old = sheet.block(block)?.clone();
    if to.is_empty() {
        return Err(Refused::NoTime);
    }
    let lane = window.row_of(block).map_or(0, |row| row.lane);
    let row = row_of_post(sheet, &old.post, lane)?;
    let mut pieces = Pieces::new(sheet.rota, window, [old.post.clone()]);
    let Some(taken) = pieces.take(block) else { return Err(Refused::Gone) };
    if pieces.holds(&row, &old.person, to) {
        return Err(sheet.already(&old.person, &old.post, to));
    }
    let status = if old.span.covers(to) { old.status } else { Status::Proposed };
    pieces.put_back(Assignment { span: to, status, ..taken }, &row, sheet.random);
    let label = format!("{} {}", initials(sheet.rota, &old.person), times(sheet.rota.zone(), to));
    Ok(pieces.finish(label, Vec::new()))
}

/// The time of a block after one of its edges was led to `at`: never less than one minute.
pub fn with_edge(span: Span, edge: Edge, at: Instant) -> Span {
    match edge {
        Edge::Start => Span::new(at.min(span.to.plus(-1)), span.to),
        Edge::End => Span::new(span.from, at.max(span.from.plus(1))),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, assignment_id, at, filled, range, rota, span, with};
    use super::*;

    #[test]
    fn moving_makes_it_proposed_and_keeps_odd_edges() {
        let mut sheet = TestSheet::new(filled());
        let mut to = range("cons", 0, "11:00", "cons", 0, "11:00").anchor;
        to.at = at("11:20");
        sheet.run(|s| move_block(s, &assignment_id("a2"), &to, false)).unwrap();
        assert_snapshot!(sheet.spans_on("cons").join("\n"), @r###"
        rs 11:20–14:40 Proposed
        "###);
        assert_eq!(sheet.undo().unwrap(), "move RS to Consultant, 11:20–14:40");
        sheet.run(|s| move_block(s, &assignment_id("a2"), &to, true)).unwrap();
        assert_eq!(sheet.rota().assignments.len(), 3);
    }

    #[test]
    fn to_another_lane_of_the_post_changes_nothing_but_the_lanes() {
        let mut sheet = TestSheet::new(filled());
        let mut to = range("mg", 1, "08:00", "mg", 1, "08:00").anchor;
        to.at = at("08:00");
        sheet.run(|s| move_block(s, &assignment_id("a1"), &to, false)).unwrap();
        assert_eq!(*sheet.rota(), filled());
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    ###/RS?RS?  RS?  RS?/######  ###  ###  |
        mg   |KP   KP   KP   KP   KP   KP   KP   KP   KP   |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        assert!(sheet.undo().is_none());
    }

    #[test]
    fn lengthening_makes_it_proposed_and_shortening_does_not() {
        let mut sheet = TestSheet::new(filled());
        sheet.run(|s| resize(s, &assignment_id("a2"), span("10:20", "12:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        rs 10:20–12:00 Asked
        "###);
        sheet.run(|s| resize(s, &assignment_id("a2"), span("10:20", "12:30"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        rs 10:20–12:30 Proposed
        "###);
        let none = span("12:30", "12:30");
        assert_eq!(sheet.run(|s| resize(s, &assignment_id("a2"), none)), Err(Refused::NoTime));
    }

    #[test]
    fn lengthening_over_a_neighbour_shortens_the_neighbour() {
        let rota = with(rota(), "a1", "cons", "hg", "08:00", "12:00", Status::Agreed);
        let mut sheet = TestSheet::new(with(rota, "a2", "cons", "mw", "12:00", "17:00", Status::Agreed));
        sheet.run(|s| resize(s, &assignment_id("a1"), span("08:00", "13:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("cons").join("\n"), @r###"
        hg 08:00–13:00 Proposed
        mw 13:00–17:00 Agreed
        "###);
    }
}
