//! Where the user is: views, windows, the ring, and going to a finding or to what was found.

use crate::checker::{Code, Finding, Gap};
use crate::model::{PostId, SessionId, Span, WindowId};

use super::cells;
use super::folding::Stop;
use super::lanes::Block;
use super::one_shift::{one_shift, shift_in};
use super::place::Rect;
use super::selection::{Cell, CellRange, GridRow, Selection};
use super::{Direction, Document, Editor, Effect, GridWindow, Slots, View, WhoCould};

/// What is chosen, to find it again after an edit.
pub(super) struct Chosen {
    /// The finding whose problem is chosen.
    finding: Option<Finding>,
    /// Each block of the chosen posts, and its lane.
    lanes: Vec<(PostId, usize, Block)>,
}

impl Editor {
    /// Chooses something, and fills "Who could" if it is a gap.
    pub(super) fn choose(&mut self, selection: Selection) {
        self.typing = None;
        self.selection = selection;
        self.unfold_chosen();
        self.refresh_who_could();
    }

    /// The chosen finding.
    pub(super) fn chosen(&self) -> Option<Finding> {
        let report = self.doc.as_ref()?.report();
        report.findings.get(self.chosen_finding?).cloned()
    }

    /// What is chosen, as it is before an edit.
    pub(super) fn chosen_before(&self) -> Chosen {
        Chosen { finding: self.chosen(), lanes: self.chosen_lanes() }
    }

    /// Each block of the posts that the chosen cells are of, with its lane.
    fn chosen_lanes(&self) -> Vec<(PostId, usize, Block)> {
        let (Some(doc), Selection::Cells(range)) = (&self.doc, &self.selection) else { return Vec::new() };
        let Some(window) = doc.grid().window(&range.window) else { return Vec::new() };
        let mut posts: Vec<&PostId> = range
            .resolve(window)
            .map_or_else(Vec::new, |rect| window.rows[rect.rows].iter().map(|row| &row.post).collect());
        posts.dedup();
        let of_post = |id: &&PostId| window.post(id).map(|post| (&post.id, post));
        let blocks = posts
            .iter()
            .filter_map(of_post)
            .flat_map(|(id, post)| post.blocks().map(move |(lane, block)| (id.clone(), lane, block.clone())));
        blocks.collect()
    }

    /// Whether the lanes of the chosen cells have gone, or show somebody who stood on another line before: the ring must
    /// not come to stand on a person whom nobody chose.
    fn has_slid(&self, before: &Chosen) -> bool {
        let (Some(doc), Selection::Cells(range)) = (&self.doc, &self.selection) else { return false };
        let Some(window) = doc.grid().window(&range.window) else { return false };
        let is_gone = |row: &GridRow| window.lane(row).is_none();
        if is_gone(&range.anchor.row) || is_gone(&range.last.row) {
            return true;
        }
        let here = cells::assignments_in(window, range);
        let stood_elsewhere = |(post, lane, now): &(PostId, usize, Block)| {
            let was = before.lanes.iter().find(|(_, _, was)| was.assignment == now.assignment);
            was.is_some_and(|(was_post, was_lane, was)| (was_post, was) == (post, now) && was_lane != lane)
        };
        self.chosen_lanes().iter().any(|it| here.contains(&it.2.assignment) && stood_elsewhere(it))
    }

    /// After an edit: whatever is chosen may be gone, and findings have other places.
    pub(super) fn after_change(&mut self, chosen: &Chosen) {
        self.typing = None;
        let Some(doc) = &self.doc else { return };
        let rota = doc.rota();
        let was = chosen.finding.as_ref();
        self.chosen_finding = was.and_then(|was| doc.report().findings.iter().position(|f| is_same(f, was)));
        let there = match &mut self.selection {
            Selection::None => true,
            Selection::Cells(range) => doc.grid().window(&range.window).is_some_and(|w| range.resolve(w).is_some()),
            Selection::Assignments(ids) => {
                ids.retain(|id| rota.assignment(id).is_some());
                !ids.is_empty()
            }
            Selection::Person(id) => rota.person(id).is_some(),
            Selection::Session(ids) => {
                ids.retain(|id| rota.session(id).is_some());
                !ids.is_empty()
            }
            Selection::Post(id) => rota.post(id).is_some(),
            Selection::Unit(id) => rota.unit(id).is_some(),
        };
        if !there || self.has_slid(chosen) {
            self.selection = Selection::None;
        }
        if self.window.as_ref().is_none_or(|id| rota.window(id).is_none()) {
            self.window = rota.windows.first().map(|w| w.id.clone());
        }
        self.refresh_who_could();
    }

    /// Fills "Who could" for the chosen gap; empties it where no gap is chosen.
    pub(super) fn refresh_who_could(&mut self) {
        self.who_could = self.chosen_gap().and_then(|gap| self.ask_who_could(gap));
    }

    /// Asks for a gap; of one longer than a shift for its first piece.
    pub(super) fn ask_who_could(&self, gap: Gap) -> Option<WhoCould> {
        let doc = self.doc.as_ref()?;
        let gap = one_shift(doc.rota(), gap);
        let all = doc.who_could(&gap);
        let (could, could_not) = all.into_iter().partition(|candidate| candidate.obstacles.is_empty());
        Some(WhoCould { gap, could, could_not })
    }

    fn chosen_gap(&self) -> Option<Gap> {
        let Selection::Cells(range) = &self.selection else { return None };
        gap_of_cells(self.doc.as_ref()?, range)
    }

    pub(super) fn show_window(&mut self, id: WindowId) {
        if self.window.as_ref() != Some(&id) {
            self.window = Some(id);
            self.chosen_finding = None;
            self.choose(Selection::None);
        }
    }

    pub(super) fn step_window(&mut self, forward: bool) {
        let Some(doc) = &self.doc else { return };
        let windows = &doc.rota().windows;
        let at = self.window.as_ref().and_then(|id| windows.iter().position(|w| w.id == *id)).unwrap_or(0);
        let next = if forward { (at + 1).min(windows.len().saturating_sub(1)) } else { at.saturating_sub(1) };
        if let Some(id) = windows.get(next).map(|w| w.id.clone()) {
            self.show_window(id);
        }
    }

    fn shown(&self) -> Option<(&GridWindow, Slots)> {
        let doc = self.doc.as_ref()?;
        let window = doc.grid().window(self.window.as_ref()?)?;
        let slots = Slots::new(window.span, doc.rota().zone(), self.settings.zoom.minutes());
        (!window.rows.is_empty() && !slots.is_empty()).then_some((window, slots))
    }

    pub(super) fn extend_to(&mut self, cell: Cell) {
        if let Selection::Cells(range) = &self.selection {
            let range = CellRange { last: cell, ..range.clone() };
            self.choose(Selection::Cells(range));
        } else if let Some(window) = self.window.clone() {
            self.choose(Selection::Cells(CellRange::one(window, cell)));
        }
    }

    pub(super) fn move_cursor(&mut self, dx: i32, dy: i32, extend: bool, jump: bool) {
        let Some((window, slots)) = self.shown() else { return };
        if let Selection::Unit(unit) = &self.selection {
            if let Some(stop) = self.stop_from_heading(window, unit, dy) {
                let first = slots.slot(0);
                let selection = selection_at(window, stop, first);
                self.choose(selection);
                self.effects.push(Effect::ScrollToSelection);
            }
            return;
        }
        let range = match &self.selection {
            Selection::Cells(range) if range.window == window.id => Some(range),
            _ => None,
        };
        let Some((range, row)) = range.and_then(|r| Some((r, window.row_index(&r.last.row)?))) else {
            let first = slots.slot(0);
            let cell = Cell { row: window.rows[0].clone(), at: first.from, until: first.to };
            let range = CellRange::one(window.id.clone(), cell);
            self.choose(Selection::Cells(range));
            self.effects.push(Effect::ScrollToSelection);
            return;
        };
        let last = &range.last;
        let row = if jump || extend || dy == 0 {
            if jump { jump_row(window, row, dy) } else { stepped(row, dy, window.rows.len()) }
        } else {
            match self.stop_from(window, row, dy) {
                Stop::Lane(row) => row,
                heading @ Stop::Heading(_) => {
                    let selection = selection_at(window, heading, last.span());
                    self.choose(selection);
                    self.effects.push(Effect::ScrollToSelection);
                    return;
                }
            }
        };
        let column = slots.index_at(last.at);
        let column = if jump && dx != 0 {
            jump_column(window, slots, row, column, dx)
        } else if dx > 0 && last.until > slots.slot(column).to {
            // A cell longer than a slot is left at its end.
            slots.index_at(last.until).max(column)
        } else {
            stepped(column, dx, slots.len())
        };
        let keeps_hours = dx == 0 && !extend && !jump && self.typed_into.as_ref() == Some(range);
        if keeps_hours && range.anchor.row == range.last.row {
            let to = |cell: &Cell| Cell { row: window.rows[row].clone(), ..cell.clone() };
            let range = CellRange { window: range.window.clone(), anchor: to(&range.anchor), last: to(&range.last) };
            self.choose(Selection::Cells(range.clone()));
            self.typed_into = Some(range);
            self.effects.push(Effect::ScrollToSelection);
            return;
        }
        let slot = slots.slot(column);
        let slot = if dx == 0 { last.span() } else { slot };
        let cell = Cell { row: window.rows[row].clone(), at: slot.from, until: slot.to };
        let anchor = if extend { range.anchor.clone() } else { cell.clone() };
        let range = CellRange { window: window.id.clone(), anchor, last: cell };
        self.choose(Selection::Cells(range));
        self.effects.push(Effect::ScrollToSelection);
    }

    /// After typing: on from the cells that were typed into.
    pub(super) fn go_on(&mut self, from: &CellRange, go: Direction) {
        let (dx, dy) = match go {
            Direction::Here => {
                self.choose(Selection::Cells(from.clone()));
                self.typed_into = Some(from.clone());
                return;
            }
            Direction::Right => (1, 0),
            Direction::Left => (-1, 0),
            Direction::Down => (0, 1),
            Direction::Up => (0, -1),
        };
        if dy != 0 {
            self.choose(Selection::Cells(from.clone()));
            self.typed_into = Some(from.clone());
            self.move_cursor(0, dy, false, false);
            return;
        }
        let last = if dx > 0 { &from.last } else { &from.anchor };
        self.choose(Selection::Cells(CellRange::one(from.window.clone(), last.clone())));
        self.move_cursor(dx, dy, false, false);
    }

    pub(super) fn select_all(&mut self) {
        let selection = match self.view {
            View::People => None,
            View::Posts => self.shown().map(|(window, slots)| {
                let cell =
                    |row: usize, slot: Span| Cell { row: window.rows[row].clone(), at: slot.from, until: slot.to };
                let anchor = cell(0, slots.slot(0));
                let last = cell(window.rows.len() - 1, slots.slot(slots.len() - 1));
                Selection::Cells(CellRange { window: window.id.clone(), anchor, last })
            }),
            View::Sessions => {
                let ids = self.sessions_shown();
                (!ids.is_empty()).then_some(Selection::Session(ids))
            }
        };
        if let Some(selection) = selection {
            self.choose(selection);
        }
    }

    /// Sessions of the walkout day shown, in the order of the rota; all where none is. A session is of each walkout day
    /// that it shares a minute with, or, where it lies outside all of them, of the day that begins on its date.
    pub fn sessions_shown(&self) -> Vec<SessionId> {
        let Some(doc) = &self.doc else { return Vec::new() };
        let (rota, zone) = (doc.rota(), doc.rota().zone());
        let day = self.window.as_ref().and_then(|id| rota.window(id)).map(|window| window.span);
        let date = |span: Span| zone.civil(span.from).local.date();
        let is_outside = |span: Span| !rota.windows.iter().any(|window| window.span.overlaps(span));
        let is_of = |span: Span, day: Span| span.overlaps(day) || (date(span) == date(day) && is_outside(span));
        let here = |s: &&crate::model::Session| day.is_none_or(|day| is_of(s.span, day));
        rota.sessions.iter().filter(here).map(|s| s.id.clone()).collect()
    }
}

/// The gap that cells lie in, as one person is asked for it: those cells where they are more than one slot, else the
/// shift of the gap that they begin in, with what goes on of it in the next day.
pub(super) fn gap_of_cells(doc: &Document, range: &CellRange) -> Option<Gap> {
    let window = doc.grid().window(&range.window)?;
    let lane = window.lane(&range.last.row)?;
    let Rect { span, .. } = range.resolve(window)?;
    let gap = lane.gaps.iter().copied().find(|gap| gap.overlaps(span))?;
    let post = range.last.row.post.clone();
    if range.anchor != range.last {
        return Some(Gap { post, span: gap.overlap(span)? });
    }
    let at = gap.from.max(span.from);
    let gap = Gap { post, span: gap };
    let span = shift_in(doc.rota(), doc.grid(), window, &gap, at);
    Some(Gap { span, ..gap })
}

/// Whether a finding is one that was there before an edit, about the same place and time.
pub(super) fn is_same(now: &Finding, was: &Finding) -> bool {
    now.code == was.code
        && now.window == was.window
        && now.unit == was.unit
        && now.tier == was.tier
        && now.posts == was.posts
        && now.span == was.span
        && now.sessions == was.sessions
        && (matches!(now.code, Code::Cov1 | Code::Cov2) || now.people == was.people)
}

/// A lane's cell of that slot, or a heading.
fn selection_at(window: &GridWindow, stop: Stop, slot: Span) -> Selection {
    match stop {
        Stop::Lane(row) => {
            let cell = Cell { row: window.rows[row].clone(), at: slot.from, until: slot.to };
            Selection::Cells(CellRange::one(window.id.clone(), cell))
        }
        Stop::Heading(unit) => Selection::Unit(unit),
    }
}

fn stepped(at: usize, by: i32, count: usize) -> usize {
    let by = by as isize;
    at.saturating_add_signed(by).min(count.saturating_sub(1))
}

/// The first row of the next post, or of this one and then the one before.
fn jump_row(window: &GridWindow, row: usize, dy: i32) -> usize {
    let rows = &window.rows;
    let starts = |at: &usize| *at == 0 || rows[*at].unit != rows[*at - 1].unit;
    match dy.signum() {
        1 => (row + 1..rows.len()).find(starts).unwrap_or(rows.len() - 1),
        -1 => (0..row).rev().find(starts).unwrap_or(0),
        _ => row,
    }
}

/// The slot in which the lane next changes.
fn jump_column(window: &GridWindow, slots: Slots, row: usize, column: usize, dx: i32) -> usize {
    let Some(lane) = window.lane(&window.rows[row]) else { return column };
    let parts = lane.blocks.iter().map(|b| b.span).chain(lane.gaps.iter().copied()).chain(lane.idle.iter().copied());
    let edges: Vec<usize> = parts.filter(|s| s.from >= slots.span.from).map(|s| slots.index_at(s.from)).collect();
    if dx > 0 {
        edges.into_iter().filter(|e| *e > column).min().unwrap_or(slots.len() - 1)
    } else {
        edges.into_iter().filter(|e| *e < column).max().unwrap_or(0)
    }
}
