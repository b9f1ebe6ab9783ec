//! Edits of the Posts grid, as pure functions: what is there and what is wanted, to one [`Command`].
//!
//! Every edit first works on [`Pieces`], a copy of the assignments of the posts it touches, and then says what became of
//! them. So all edits share their laws: nobody is on one post twice, minutes that were not chosen stay as they were,
//! touching pieces of one person, post and status are one, and edges that do not fall on the zoom survive.

use std::fmt;

use crate::model::{
    Assignment, AssignmentId, Change, Command, Instant, PersonId, PostId, Rota, Span, Status, WindowId, Zone, words,
};

use super::lanes::{Grid, GridWindow, LaneWish};
use super::pieces::Pieces;
use super::place::Rect;
use super::selection::{Cell, CellRange, GridRow};

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

/// What an edit comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// To be run; has no changes where only lanes were exchanged.
    pub command: Command,
    /// To be handed to [`Grid::with_wishes`] with the rota after it.
    pub wishes: Vec<LaneWish>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// Why nothing is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The window, the row or the block is no longer there.
    Gone,
    /// Nobody is on the chosen cells.
    NobodyThere,
    /// There is no gap at that cell.
    NoGap,
    /// Nobody is in the first column or row to fill from.
    NothingToFillFrom,
    /// There is nothing to paste.
    NothingToPaste,
    /// The time would end before it begins.
    NoTime,
    /// The person is already on that post at that time.
    AlreadyThere {
        /// Initials.
        who: String,
        /// The post's name.
        post: String,
        /// Such as "10:00–12:00".
        when: String,
    },
    /// Two blocks of one post at one time have nothing to swap.
    SamePost,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("It is no longer there"),
            Self::NobodyThere => f.write_str("Nobody is on the chosen cells"),
            Self::NoGap => f.write_str("There is no gap here"),
            Self::NothingToFillFrom => f.write_str("Nobody is in the first of the chosen cells to fill from"),
            Self::NothingToPaste => f.write_str("There is nothing to paste"),
            Self::NoTime => f.write_str("The end has to be after the start"),
            Self::AlreadyThere { who, post, when } => write!(f, "{who} is already on {post}, {when}"),
            Self::SamePost => f.write_str("The two are on the same post at the same time: there is nothing to swap"),
        }
    }
}

/// An edge of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
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
#[must_use]
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
#[must_use]
pub fn times(zone: Zone, span: Span) -> String {
    format!("{}–{}", zone.time_of_day(span.from), zone.time_of_day(span.to))
}

/// All assignments that hold a minute of the chosen cells, from top to bottom.
#[must_use]
pub fn assignments_in(window: &GridWindow, range: &CellRange) -> Vec<AssignmentId> {
    let Some(rect) = range.resolve(window) else { return Vec::new() };
    let lanes = window.rows[rect.rows].iter().filter_map(|row| window.lane(row));
    let blocks = lanes.flat_map(|lane| lane.blocks.iter().filter(|block| block.span.overlaps(rect.span)));
    blocks.map(|block| block.assignment.clone()).collect()
}

/// Puts a person on exactly the chosen slots, as Proposed. What was there is cut. Of several lanes of one post only the
/// topmost takes the person, who can be there only once.
///
/// # Errors
/// [`Refused::AlreadyThere`] if the person is on every chosen post in another lane at that time.
pub fn put(sheet: &mut Sheet<'_>, range: &CellRange, person: &PersonId) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let rows = topmost_rows(&window.rows[rect.rows.clone()]);
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut notes = Vec::new();
    for row in &rows {
        if !pieces.place(row, person, rect.span, sheet.random) {
            notes.push(sheet.already(person, &row.post, rect.span));
        }
    }
    if notes.len() == rows.len() {
        return Err(notes.swap_remove(0));
    }
    let who = initials(sheet.rota, person);
    let when = times(sheet.rota.zone(), rect.span);
    let label = match rows.as_slice() {
        [row] => format!("{who} to {}, {when}", post_name(sheet.rota, &row.post)),
        rows => format!("{who} to {} posts, {when}", rows.len()),
    };
    Ok(pieces.finish(label, notes.iter().map(ToString::to_string).collect()))
}

/// The first row of each post.
fn topmost_rows(rows: &[GridRow]) -> Vec<GridRow> {
    let mut first: Vec<GridRow> = Vec::new();
    for row in rows {
        if first.last().is_none_or(|last| last.post != row.post) {
            first.push(row.clone());
        }
    }
    first
}

/// Puts a person on the whole gap that the cell lies in, as Proposed.
///
/// # Errors
/// [`Refused::NoGap`], [`Refused::AlreadyThere`].
pub fn fill_gap(sheet: &mut Sheet<'_>, cell: &Cell, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let gap = window.gap_at(cell).ok_or(Refused::NoGap)?;
    let mut pieces = Pieces::new(sheet.rota, window, [cell.row.post.clone()]);
    if !pieces.place(&cell.row, person, gap, sheet.random) {
        return Err(sheet.already(person, &cell.row.post, gap));
    }
    Ok(pieces.finish(to_post(sheet, person, &cell.row.post, gap), Vec::new()))
}

/// Puts a person on every gap of a post in the window shown, as Proposed. Where several lanes have a gap at one time the
/// person fills one of them.
///
/// # Errors
/// [`Refused::NoGap`], [`Refused::AlreadyThere`].
pub fn fill_post(sheet: &mut Sheet<'_>, post: &PostId, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let rows: Vec<&GridRow> = window.rows.iter().filter(|row| row.post == *post).collect();
    let gaps = |row: &GridRow| window.lane(row).map(|lane| lane.gaps.clone()).unwrap_or_default();
    let all: Vec<Span> = rows.iter().flat_map(|row| gaps(row)).collect();
    let (Some(from), Some(to)) = (all.iter().map(|g| g.from).min(), all.iter().map(|g| g.to).max()) else {
        return Err(Refused::NoGap);
    };
    let mut pieces = Pieces::new(sheet.rota, window, [post.clone()]);
    let mut placed = false;
    for row in rows {
        for gap in gaps(row) {
            placed |= pieces.place(row, person, gap, sheet.random);
        }
    }
    if !placed {
        return Err(sheet.already(person, post, Span::new(from, to)));
    }
    Ok(pieces.finish(to_post(sheet, person, post, Span::new(from, to)), Vec::new()))
}

/// Puts a person on a post for some time, as Proposed, beside whoever is there: on a lane that is free then, or on one
/// more.
///
/// # Errors
/// [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn propose(sheet: &mut Sheet<'_>, person: &PersonId, post: &PostId, span: Span) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let lanes = &window.post(post).ok_or(Refused::Gone)?.lanes;
    let is_free = |lane: &usize| lanes[*lane].blocks.iter().all(|block| !block.span.overlaps(span));
    let lane = (0..lanes.len()).find(is_free).unwrap_or(lanes.len());
    let row = row_of_post(sheet, post, lane)?;
    let mut pieces = Pieces::new(sheet.rota, window, [post.clone()]);
    if !pieces.place(&row, person, span, sheet.random) {
        return Err(sheet.already(person, post, span));
    }
    Ok(pieces.finish(to_post(sheet, person, post, span), Vec::new()))
}

fn row_of_post(sheet: &Sheet<'_>, post: &PostId, lane: usize) -> Result<GridRow, Refused> {
    let unit = sheet.rota.post(post).ok_or(Refused::Gone)?.unit.clone();
    Ok(GridRow { unit, post: post.clone(), lane })
}

fn to_post(sheet: &Sheet<'_>, person: &PersonId, post: &PostId, span: Span) -> String {
    let when = times(sheet.rota.zone(), span);
    format!("{} to {}, {when}", initials(sheet.rota, person), post_name(sheet.rota, post))
}

/// Cuts the chosen slots out of whatever is there. Where nobody is there but somebody declined, forgets that.
///
/// # Errors
/// [`Refused::NobodyThere`].
pub fn clear(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut people: Vec<PersonId> = Vec::new();
    for row in rows {
        people.extend(pieces.cut(row, rect.span, sheet.random));
    }
    if people.is_empty() {
        return forget_declined(sheet, window, &rect);
    }
    people.sort();
    people.dedup();
    let when = times(sheet.rota.zone(), rect.span);
    let label = match people.as_slice() {
        [one] => format!("clear {}, {when}", initials(sheet.rota, one)),
        many => format!("clear {} people, {when}", many.len()),
    };
    Ok(pieces.finish(label, Vec::new()))
}

fn forget_declined(sheet: &Sheet<'_>, window: &GridWindow, rect: &Rect) -> Result<Edit, Refused> {
    let lanes = window.rows[rect.rows.clone()].iter().filter_map(|row| window.lane(row));
    let declined: Vec<_> =
        lanes.flat_map(|lane| lane.declined.iter().filter(|block| block.span.overlaps(rect.span))).collect();
    let label = match declined.as_slice() {
        [] => return Err(Refused::NobodyThere),
        [one] => format!("forget that {} declined", initials(sheet.rota, &one.person)),
        many => format!("forget that {} declined", many.len()),
    };
    let changes = declined.iter().map(|block| Change::remove::<Assignment>(block.assignment.clone())).collect();
    Ok(Edit { command: Command::edit(label, changes), wishes: Vec::new(), notes: Vec::new() })
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
    Edit { command: Command::edit("change lanes", Vec::new()), wishes, notes: Vec::new() }
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
#[must_use]
pub fn with_edge(span: Span, edge: Edge, at: Instant) -> Span {
    match edge {
        Edge::Start => Span::new(at.min(span.to.plus(-1)), span.to),
        Edge::End => Span::new(span.from, at.max(span.from.plus(1))),
    }
}

/// Puts whoever ends the first chosen slot of each lane on the rest of it, as Proposed. Of one slot alone: whoever is
/// just before it.
///
/// # Errors
/// [`Refused::NothingToFillFrom`].
pub fn fill_right(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let first = if range.anchor.at <= range.last.at { &range.anchor } else { &range.last };
    let one_slot = range.anchor.at == range.last.at;
    let edge = if one_slot { rect.span.from } else { first.until.clamp(rect.span.from, rect.span.to) };
    let onward = Span::new(edge, rect.span.to);
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut notes = Vec::new();
    let mut filled = false;
    for row in rows {
        let source = window.lane(row).and_then(|lane| lane.block_at(edge.plus(-1)));
        let Some(source) = source.filter(|_| !onward.is_empty()) else { continue };
        if pieces.place(row, &source.person, onward, sheet.random) {
            filled = true;
        } else {
            notes.push(sheet.already(&source.person, &row.post, onward).to_string());
        }
    }
    if !filled {
        return Err(Refused::NothingToFillFrom);
    }
    Ok(pieces.finish(format!("fill right, {}", times(sheet.rota.zone(), onward)), notes))
}

/// Puts what is in the topmost chosen lane on the lanes below it, at the same times, as Proposed. Of one lane alone:
/// what is in the lane above it.
///
/// # Errors
/// [`Refused::NothingToFillFrom`], [`Refused::AlreadyThere`].
pub fn fill_down(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let top = if rect.rows.len() > 1 { Some(rect.rows.start) } else { rect.rows.start.checked_sub(1) };
    let top = top.ok_or(Refused::NothingToFillFrom)?;
    let source = window.lane(&window.rows[top]).ok_or(Refused::Gone)?;
    let cut = source.blocks.iter().filter_map(|block| Some((block.person.clone(), block.span.overlap(rect.span)?)));
    let cut: Vec<(PersonId, Span)> = cut.collect();
    if cut.is_empty() {
        return Err(Refused::NothingToFillFrom);
    }
    let rows = &window.rows[top + 1..rect.rows.end];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut refused = Vec::new();
    let mut filled = false;
    for row in rows {
        for (person, span) in &cut {
            if pieces.place(row, person, *span, sheet.random) {
                filled = true;
            } else {
                refused.push(sheet.already(person, &row.post, *span));
            }
        }
    }
    if !filled {
        return Err(refused.into_iter().next().unwrap_or(Refused::NothingToFillFrom));
    }
    let notes = refused.iter().map(ToString::to_string).collect();
    Ok(pieces.finish(format!("fill down, {}", times(sheet.rota.zone(), rect.span)), notes))
}

/// Gives two blocks each other's people; both become Proposed.
///
/// # Errors
/// [`Refused::SamePost`], [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn swap(sheet: &mut Sheet<'_>, one: &AssignmentId, other: &AssignmentId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let (a, b) = (sheet.block(one)?.clone(), sheet.block(other)?.clone());
    if a.person == b.person || (a.post == b.post && a.span == b.span) {
        return Err(Refused::SamePost);
    }
    let mut pieces = Pieces::new(sheet.rota, window, [a.post.clone(), b.post.clone()]);
    let (Some(taken_a), Some(taken_b)) = (pieces.take(one), pieces.take(other)) else { return Err(Refused::Gone) };
    for (taken, person) in [(taken_a, &b.person), (taken_b, &a.person)] {
        let lane = window.row_of(&taken.id).map_or(0, |row| row.lane);
        let row = row_of_post(sheet, &taken.post, lane)?;
        if pieces.is_on(&taken.post, person, taken.span) {
            return Err(sheet.already(person, &taken.post, taken.span));
        }
        let swapped = Assignment { person: person.clone(), status: Status::Proposed, ..taken };
        pieces.put_back(swapped, &row, sheet.random);
    }
    let label = format!("swap {} and {}", initials(sheet.rota, &a.person), initials(sheet.rota, &b.person));
    Ok(pieces.finish(label, Vec::new()))
}

/// Gives a block to another person, as Proposed.
///
/// # Errors
/// [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn replace(sheet: &mut Sheet<'_>, block: &AssignmentId, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let old = sheet.block(block)?.clone();
    let lane = window.row_of(block).map_or(0, |row| row.lane);
    let row = row_of_post(sheet, &old.post, lane)?;
    let mut pieces = Pieces::new(sheet.rota, window, [old.post.clone()]);
    let Some(taken) = pieces.take(block) else { return Err(Refused::Gone) };
    if pieces.is_on(&old.post, person, old.span) {
        return Err(sheet.already(person, &old.post, old.span));
    }
    pieces.put_back(Assignment { person: person.clone(), status: Status::Proposed, ..taken }, &row, sheet.random);
    let (new, old) = (initials(sheet.rota, person), initials(sheet.rota, &old.person));
    Ok(pieces.finish(format!("{new} in place of {old}"), Vec::new()))
}

/// Copies the chosen cells, or the whole window, to the same civil times of another window, as Proposed. Where somebody
/// is there already nothing is put.
///
/// # Errors
/// [`Refused::NobodyThere`] if nothing was chosen that could be put there, [`Refused::Gone`].
pub fn copy_to_window(sheet: &mut Sheet<'_>, range: Option<&CellRange>, to: &WindowId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let rect = match range {
        Some(range) => range.resolve(window).ok_or(Refused::Gone)?,
        None => Rect { rows: 0..window.rows.len(), span: window.span },
    };
    let target = sheet.grid.window(to).ok_or(Refused::Gone)?;
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, target, rows.iter().map(|row| row.post.clone()));
    let (mut placed, mut left) = (0, 0);
    for row in rows {
        let Some(lane) = window.lane(row) else { continue };
        for block in &lane.blocks {
            let Some(part) = block.span.overlap(rect.span) else { continue };
            let shifted = same_time_in(sheet.rota.zone(), part, window.span, target.span);
            let free = shifted.map(|span| pieces.free_parts(row, span)).unwrap_or_default();
            for free in free {
                placed += usize::from(pieces.place(row, &block.person, free, sheet.random));
            }
            let now = shifted.map_or(0, Span::minutes);
            left += usize::from(shifted.is_none_or(|s| pieces.minutes_of(&row.post, &block.person, s) < now));
        }
    }
    if placed == 0 {
        return Err(Refused::NobodyThere);
    }
    let name = |id: &WindowId| sheet.rota.window(id).map(|w| w.label.clone()).unwrap_or_default();
    let label = match range {
        None => format!("copy {} to {}", name(sheet.window), name(to)),
        Some(_) => format!("copy to {}", name(to)),
    };
    let note = |left| format!("{left} left out: somebody else is there, or it is outside {}", name(to));
    Ok(pieces.finish(label, (left > 0).then(|| note(left)).into_iter().collect()))
}

/// The same civil time as many days later as the one window begins after the other, cut to that window.
fn same_time_in(zone: Zone, span: Span, from: Span, to: Span) -> Option<Span> {
    let days = zone.civil(to.from).local.date() - zone.civil(from.from).local.date();
    let shift = |at: Instant| zone.instant_or_next(zone.civil(at).local + days);
    Span::new(shift(span.from), shift(span.to)).overlap(to)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::fixture::{TestSheet, assignment_id, at, person_id, post_id, range, rota, span, with};
    use super::*;
    use crate::model::Kind;

    fn filled() -> Rota {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        with(rota, "a2", "mg", "rs", "10:20", "13:40", Status::Asked)
    }

    #[test]
    fn typing_cuts_what_was_there_and_its_parts_keep_their_status() {
        let mut sheet = TestSheet::new(filled());
        let cells = range("mg", 0, "10:00", "mg", 0, "11:00");
        sheet.run(|s| put(s, &cells, &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   HG*  HG*  KP   KP   KP   KP   KP   |
        mg   |.    .    ###/RS?RS?  RS?  RS?/######  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–10:00 Agreed
        hg 10:00–12:00 Proposed
        rs 10:20–13:40 Asked
        kp 12:00–17:00 Agreed
        "###);
        assert_eq!(sheet.undo().unwrap(), "HG to Middle grade, 10:00–12:00");
        assert_eq!(*sheet.rota(), filled());
    }

    #[test]
    fn touching_pieces_of_one_person_post_and_status_join() {
        let mut sheet = TestSheet::new(rota());
        for hour in ["10:00", "12:00", "11:00"] {
            sheet.run(|s| put(s, &range("mg", 1, hour, "mg", 1, hour), &person_id("kp"))).unwrap();
        }
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 10:00–13:00 Proposed
        "###);
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    KP*  KP*  KP*  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn nobody_is_on_one_post_twice() {
        let mut sheet = TestSheet::new(filled());
        let cells = range("mg", 1, "08:00", "mg", 1, "16:00");
        let refused = sheet.run(|s| put(s, &cells, &person_id("kp"))).unwrap_err();
        assert_eq!(refused.to_string(), "KP is already on Middle grade, 08:00–17:00");
        let cells = range("mg", 0, "09:00", "mg", 1, "10:00");
        sheet.run(|s| put(s, &cells, &person_id("rs"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–09:00 Agreed
        rs 09:00–10:20 Proposed
        kp 10:20–17:00 Agreed
        rs 10:20–13:40 Asked
        "###);
    }

    #[test]
    fn dropping_on_a_gap_fills_all_of_it() {
        let mut sheet = TestSheet::new(filled());
        let cell = range("mg", 1, "15:00", "mg", 1, "15:00").anchor;
        sheet.run(|s| fill_gap(s, &cell, &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        rs 10:20–13:40 Asked
        hg 13:40–17:00 Proposed
        "###);
        let cell = range("sho", 0, "15:00", "sho", 0, "15:00").anchor;
        assert_eq!(sheet.run(|s| fill_gap(s, &cell, &person_id("hg"))), Err(Refused::NoGap));
    }

    #[test]
    fn dropping_on_a_post_fills_its_gaps() {
        let mut sheet = TestSheet::new(filled());
        sheet.run(|s| fill_post(s, &post_id("mg"), &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        hg 10:00–10:20 Proposed
        rs 10:20–13:40 Asked
        hg 13:40–17:00 Proposed
        "###);
    }

    #[test]
    fn clearing_cuts_and_leaves_edges_that_are_off_the_zoom() {
        let mut sheet = TestSheet::new(filled());
        sheet.run(|s| clear(s, &range("mg", 0, "11:00", "mg", 1, "12:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–11:00 Agreed
        rs 10:20–11:00 Asked
        kp 13:00–17:00 Agreed
        rs 13:00–13:40 Asked
        "###);
        assert_eq!(sheet.undo().unwrap(), "clear 2 people, 11:00–13:00");
        let empty = range("cons", 0, "11:00", "cons", 0, "12:00");
        assert_eq!(sheet.run(|s| clear(s, &empty)), Err(Refused::NobodyThere));
    }

    #[test]
    fn clearing_a_gap_forgets_who_declined_there() {
        let mut sheet = TestSheet::new(with(rota(), "a1", "cons", "hg", "08:00", "12:00", Status::Declined));
        sheet.run(|s| clear(s, &range("cons", 0, "11:00", "cons", 0, "12:00"))).unwrap();
        assert!(sheet.rota().assignments.is_empty());
        assert_eq!(sheet.undo().unwrap(), "forget that HG declined");
    }

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

    #[test]
    fn fill_right_goes_on_with_the_first_slot() {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "09:00", Status::Agreed);
        let mut sheet = TestSheet::new(with(rota, "a2", "cons", "hg", "08:00", "09:00", Status::Agreed));
        sheet.run(|s| fill_right(s, &range("cons", 0, "08:00", "mg", 0, "11:00"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |HG   HG*  HG*  HG*  ###  ###  ###  ###  ###  |
        mg   |KP   KP*  KP*  KP*  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        sheet.undo();
        sheet.run(|s| fill_right(s, &range("mg", 0, "09:00", "mg", 0, "09:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–09:00 Agreed
        kp 09:00–10:00 Proposed
        "###);
        let nobody = range("sho", 0, "08:00", "sho", 0, "11:00");
        assert_eq!(sheet.run(|s| fill_right(s, &nobody)), Err(Refused::NothingToFillFrom));
    }

    #[test]
    fn fill_down_copies_the_top_lane() {
        let mut sheet = TestSheet::new(with(rota(), "a1", "cons", "hg", "08:30", "10:00", Status::Agreed));
        sheet.run(|s| fill_down(s, &range("cons", 0, "08:00", "mg", 0, "11:00"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###/HGHG   ###  ###  ###  ###  ###  ###  ###  |
        mg   |###/HG*HG*  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn swapping_and_replacing_ask_both_again() {
        let rota = with(rota(), "a1", "cons", "hg", "08:00", "12:00", Status::Agreed);
        let mut sheet = TestSheet::new(with(rota, "a2", "mg", "kp", "09:00", "17:00", Status::Agreed));
        sheet.run(|s| swap(s, &assignment_id("a1"), &assignment_id("a2"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |KP*  KP*  KP*  KP*  ###  ###  ###  ###  ###  |
        mg   |###  HG*  HG*  HG*  HG*  HG*  HG*  HG*  HG*  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        sheet.run(|s| replace(s, &assignment_id("a1"), &person_id("an"))).unwrap();
        assert_snapshot!(sheet.spans_on("cons").join("\n"), @r###"
        an 08:00–12:00 Proposed
        "###);
        assert_eq!(sheet.undo().unwrap(), "AN in place of KP");
    }

    #[test]
    fn a_day_is_copied_to_where_nobody_is() {
        let mut rota = filled();
        let mut second = rota.windows[0].clone();
        second.id = WindowId::new("w2").unwrap();
        second.label = "Day 2".to_owned();
        second.span = span("2016-04-27T08:00", "2016-04-27T16:00");
        rota.windows.push(second);
        let rota = with(rota, "a3", "mg", "an", "2016-04-27T12:00", "2016-04-27T13:00", Status::Agreed);
        let mut sheet = TestSheet::new(rota);
        let to = WindowId::new("w2").unwrap();
        let notes = sheet.run(|s| copy_to_window(s, None, &to)).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   KP   KP   KP   KP   KP   KP   KP   |
        mg   |.    .    ###/RS?RS?  RS?  RS?/######  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        cons |###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP*  KP*  KP*  KP*  AN   KP*  KP*  KP*  |
        mg   |.    .    ###/RS*RS*  RS*  RS*/######  ###  |
        sho  |.    .    .    .    .    .    .    .    |
        "###);
        assert_snapshot!(notes.join("\n"), @r###"
        1 left out: somebody else is there, or it is outside Day 2
        "###);
        assert_eq!(sheet.undo().unwrap(), "copy Day 1 to Day 2");
    }

    #[test]
    fn every_edit_is_one_that_cannot_make_consent() {
        let sheet = TestSheet::new(filled());
        let mut chance = || 7;
        let mut s = Sheet { rota: sheet.rota(), grid: &sheet.grid, window: &sheet.window, random: &mut chance };
        let edit = put(&mut s, &range("mg", 0, "10:00", "mg", 0, "11:00"), &person_id("hg")).unwrap();
        assert_eq!(edit.command.kind, Kind::Edit);
    }
}
