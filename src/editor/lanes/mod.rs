//! Lanes of the Posts grid: which block is drawn on which line, and where a line is empty.
//!
//! Lanes are derived and never saved. A post has one lane for each doctor normally there (at the peak of its need in
//! the window, at least one), and more while more people than that are on it. A block keeps its lane for as long as the
//! document is open, through edits of others, undo and redo; only an extra lane that is no longer needed closes.

mod build;
mod need;
mod spread;

use std::collections::BTreeMap;

use crate::model::{Assignment, AssignmentId, Instant, PersonId, PostId, Rota, Span, Status, Unit, UnitId, WindowId};

use super::selection::{Cell, GridRow};
use build::{assignments_by_post, build_unit};

/// A post never opens more lanes than this for doctors who are not there; blocks always have one.
pub const LANES_MAX: u32 = 48;

/// All windows of a rota as lanes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// In the order of the rota.
    pub windows: Vec<GridWindow>,
    /// The lane that each assignment was last in, also of those that are gone: undo may bring them back.
    remembered: BTreeMap<(WindowId, AssignmentId), usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridWindow {
    pub id: WindowId,
    /// When it is.
    pub span: Span,
    /// From where the window before it ends to where the one after it begins; without end where there is none.
    pub around: Span,
    /// In the order of the rota.
    pub units: Vec<GridUnit>,
    /// All lanes from top to bottom.
    pub rows: Vec<GridRow>,
}

/// One unit in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridUnit {
    pub id: UnitId,
    /// Does not open on such a day.
    pub closed: bool,
    /// Highest tier first, then in the order of the rota.
    pub posts: Vec<GridPost>,
}

/// One post in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridPost {
    pub id: PostId,
    /// Doctors normally there, covering the whole window, in order.
    pub need: Vec<NeedStep>,
    /// The most of them at any minute of the window.
    pub peak: u32,
    /// At least one.
    pub lanes: Vec<Lane>,
    /// How many of `lanes` are there for doctors normally there; those after it are over normal.
    pub base: usize,
}

/// A stretch of time with the same need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedStep {
    pub span: Span,
    /// Doctors normally there.
    pub count: u32,
}

/// One line of the grid. Its blocks, gaps and empty stretches fill the window without overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lane {
    /// By start.
    pub blocks: Vec<Block>,
    /// Where somebody is normally there and nobody is entered, within the window.
    pub gaps: Vec<Span>,
    /// Where nobody is normally there and nobody is entered, within the window.
    pub idle: Vec<Span>,
    /// Who declined, where that would have filled a gap of this lane.
    pub declined: Vec<Block>,
    /// 0, or how many more than normal there are with this lane.
    pub over: u32,
}

/// One assignment on its lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub assignment: AssignmentId,
    pub person: PersonId,
    /// All of its time, also outside the window.
    pub span: Span,
    /// How far the person has agreed.
    pub status: Status,
    /// Keeps the planner's hands off it.
    pub locked: bool,
}

/// The wish of an edit that a block be drawn on a certain lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneWish {
    pub window: WindowId,
    /// Which block.
    pub assignment: AssignmentId,
    /// 0 for the post's first lane.
    pub lane: usize,
}

impl Grid {
    /// The lanes of `rota`; blocks that `previous` had keep theirs.
    pub fn new(rota: &Rota, previous: Option<&Self>) -> Self {
        Self::with_wishes(rota, previous, &[])
    }

    /// The same after an edit that wants its blocks on certain lanes.
    pub fn with_wishes(rota: &Rota, previous: Option<&Self>, wishes: &[LaneWish]) -> Self {
        let mut remembered = previous.map(|grid| grid.remembered.clone()).unwrap_or_default();
        let by_post = assignments_by_post(rota);
        let mut windows = Vec::with_capacity(rota.windows.len());
        for window in &rota.windows {
            let normal = rota.normal(&window.normal);
            let wishes: Vec<&LaneWish> = wishes.iter().filter(|wish| wish.window == window.id).collect();
            let build = |unit: &Unit| build_unit(rota, window, normal, unit, &by_post, &remembered, &wishes);
            let units: Vec<GridUnit> = rota.units.iter().map(build).collect();
            for post in units.iter().flat_map(|unit| &unit.posts) {
                for (lane, block) in post.blocks() {
                    remembered.insert((window.id.clone(), block.assignment.clone()), lane);
                }
            }
            let rows = units.iter().flat_map(GridUnit::rows).collect();
            let around = around(rota, window.span);
            windows.push(GridWindow { id: window.id.clone(), span: window.span, around, units, rows });
        }
        Self { windows, remembered }
    }

    pub fn window(&self, id: &WindowId) -> Option<&GridWindow> {
        self.windows.iter().find(|window| window.id == *id)
    }

    /// All of a gap of a window, with what goes on of it on the same post in the windows that touch it.
    pub fn whole_gap(&self, window: &GridWindow, post: &PostId, gap: Span) -> Span {
        let mut whole = gap;
        let (mut at, mut part) = (window, gap);
        while let Some((next, gap)) = self.windows.iter().find_map(|next| Some((next, at.gap_after(post, part, next)?)))
        {
            (at, part, whole.to) = (next, gap, gap.to);
        }
        let (mut at, mut part) = (window, gap);
        while let Some((last, gap)) =
            self.windows.iter().find_map(|last| Some((last, at.gap_before(post, part, last)?)))
        {
            (at, part, whole.from) = (last, gap, gap.from);
        }
        whole
    }
}

/// The time about a window up to its neighbours.
fn around(rota: &Rota, window: Span) -> Span {
    let others = || rota.windows.iter().map(|other| other.span);
    let before = others().filter(|other| other.from < window.from).map(|other| other.to.min(window.from)).max();
    let after = others().filter(|other| other.to > window.to).map(|other| other.from.max(window.to)).min();
    Span::new(before.unwrap_or(Instant(i64::MIN)), after.unwrap_or(Instant(i64::MAX)))
}

impl GridWindow {
    /// What is meant by whoever chooses that time: with the window's first or last slot also what goes on beyond it, as
    /// far as no other window shows that. For nobody can choose what is not drawn, and what would be left there goes
    /// on counting as work.
    pub fn reach(&self, span: Span) -> Span {
        let from = if span.from <= self.span.from { span.from.min(self.around.from) } else { span.from };
        let to = if span.to >= self.span.to { span.to.max(self.around.to) } else { span.to };
        Span::new(from, to)
    }

    /// The place of a lane among [`GridWindow::rows`]; the nearest lane of the post if it has fewer.
    pub fn row_index(&self, row: &GridRow) -> Option<usize> {
        let first = self.rows.iter().position(|r| r.post == row.post)?;
        let lanes = self.rows[first..].iter().take_while(|r| r.post == row.post).count();
        Some(first + row.lane.min(lanes - 1))
    }

    pub fn post(&self, id: &PostId) -> Option<&GridPost> {
        self.units.iter().flat_map(|unit| &unit.posts).find(|post| post.id == *id)
    }

    /// The lane at that row.
    pub fn lane(&self, row: &GridRow) -> Option<&Lane> {
        self.post(&row.post)?.lanes.get(row.lane)
    }

    /// The row that an assignment is drawn on.
    pub fn row_of(&self, assignment: &AssignmentId) -> Option<GridRow> {
        let posts = self.units.iter().flat_map(|unit| unit.posts.iter().map(move |post| (unit, post)));
        posts.into_iter().find_map(|(unit, post)| {
            let (lane, _) = post.blocks().find(|(_, block)| block.assignment == *assignment)?;
            Some(GridRow { unit: unit.id.clone(), post: post.id.clone(), lane })
        })
    }

    /// The gap with which one of this window goes on in the next: of several lanes the same one from the top.
    fn gap_after(&self, post: &PostId, gap: Span, next: &Self) -> Option<Span> {
        let edge = Some(next.span.from).filter(|from| *from == self.span.to && *from == gap.to)?;
        let nth = self.gaps_of(post).filter(|other| other.to == edge).position(|other| other == gap)?;
        next.gaps_of(post).filter(|other| other.from == edge).nth(nth)
    }

    /// The same with the window before.
    fn gap_before(&self, post: &PostId, gap: Span, last: &Self) -> Option<Span> {
        let edge = Some(last.span.to).filter(|to| *to == self.span.from && *to == gap.from)?;
        let nth = self.gaps_of(post).filter(|other| other.from == edge).position(|other| other == gap)?;
        last.gaps_of(post).filter(|other| other.to == edge).nth(nth)
    }

    /// All gaps of a post, lane after lane.
    pub fn gaps_of(&self, post: &PostId) -> impl Iterator<Item = Span> + '_ {
        self.post(post).into_iter().flat_map(|post| &post.lanes).flat_map(|lane| lane.gaps.iter().copied())
    }

    /// The gap that a cell lies in.
    pub fn gap_at(&self, cell: &Cell) -> Option<Span> {
        self.lane(&cell.row)?.gap_at(cell.at)
    }
}

impl GridUnit {
    /// All its lanes from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = GridRow> + '_ {
        self.posts.iter().flat_map(move |post| {
            (0..post.lanes.len()).map(move |lane| GridRow { unit: self.id.clone(), post: post.id.clone(), lane })
        })
    }
}

impl GridPost {
    /// All blocks with their lanes.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.lanes.iter().enumerate().flat_map(|(lane, l)| l.blocks.iter().map(move |block| (lane, block)))
    }

    /// Whether nobody is normally there throughout the window.
    pub fn is_never_needed(&self) -> bool {
        self.peak == 0
    }

    /// Doctors normally there for whom no lane is drawn because there are too many.
    pub fn lanes_not_drawn(&self) -> u32 {
        self.peak.saturating_sub(self.base as u32)
    }
}

impl Lane {
    /// The block that holds `at`.
    pub fn block_at(&self, at: Instant) -> Option<&Block> {
        self.blocks.iter().find(|block| block.span.contains(at))
    }

    /// The first block in that time.
    pub fn block_in(&self, span: Span) -> Option<&Block> {
        self.blocks.iter().find(|block| block.span.overlaps(span))
    }

    /// The gap that holds `at`.
    pub fn gap_at(&self, at: Instant) -> Option<Span> {
        self.gaps.iter().copied().find(|gap| gap.contains(at))
    }

    fn is_free(&self, span: Span) -> bool {
        self.blocks.iter().all(|block| !block.span.overlaps(span))
    }

    fn add(&mut self, block: Block) {
        let at = self.blocks.partition_point(|other| other.span.from < block.span.from);
        self.blocks.insert(at, block);
    }
}

impl Block {
    fn of(assignment: &Assignment) -> Self {
        Self {
            assignment: assignment.id.clone(),
            person: assignment.person.clone(),
            span: assignment.span,
            status: assignment.status,
            locked: assignment.locked,
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::fixture::{assignment_id, drawn, rota, span, window_id, with, with_day};
    use super::*;
    use crate::model::{StaffingLine, Status};

    fn draw(rota: &Rota) -> String {
        drawn(&Grid::new(rota, None), rota, 60)
    }

    #[test]
    fn a_lane_for_each_doctor_normally_there_and_at_least_one() {
        assert_snapshot!(draw(&rota()), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn lanes_are_in_the_order_of_first_start_and_handovers_share_one() {
        let rota = with(rota(), "a1", "mg", "an", "12:00", "17:00", Status::Asked);
        let rota = with(rota, "a2", "mg", "rs", "08:30", "10:00", Status::Proposed);
        let rota = with(rota, "a3", "mg", "kp", "08:00", "17:00", Status::Agreed);
        assert_snapshot!(draw(&rota), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   KP   KP   KP   KP   KP   KP   KP   |
        mg   |./RS*RS*  ###  ###  AN?  AN?  AN?  AN?  AN?  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn more_people_than_normal_open_extra_lanes() {
        let rota = with(rota(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "cons", "mw", "09:00", "12:00", Status::Agreed);
        let rota = with(rota, "a3", "sho", "kp", "09:00", "12:00", Status::Agreed);
        assert_snapshot!(draw(&rota), @r###"
        cons |HG   HG   HG   HG   HG   HG   HG   HG   HG   |
        cons |.    MW   MW   MW   .    .    .    .    .    | +1
        mg   |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    KP   KP   KP   .    .    .    .    .    |
        "###);
    }

    #[test]
    fn who_declined_takes_no_lane_and_is_remembered_with_the_gap() {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "rs", "11:00", "12:00", Status::Declined);
        let rota = with(rota, "a3", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a4", "cons", "mw", "08:00", "17:00", Status::Declined);
        assert_snapshot!(draw(&rota), @r###"
        cons |HG   HG   HG   HG   HG   HG   HG   HG   HG   |
        mg   |KP   KP   KP   KP   KP   KP   KP   KP   KP   |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  | (RS)
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn nobody_jumps_lanes_because_somebody_else_was_edited() {
        let before = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let before = with(before, "a2", "mg", "rs", "09:00", "17:00", Status::Agreed);
        let grid = Grid::new(&before, None);
        let mut after = before.clone();
        after.assignments.remove(0);
        let kept = Grid::new(&after, Some(&grid));
        assert_snapshot!(drawn(&kept, &after, 60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  .    ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    RS   RS   RS   RS   RS   RS   RS   RS   |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        assert_eq!(Grid::new(&before, Some(&kept)).windows, grid.windows, "undo brings the lanes back too");
    }

    #[test]
    fn parts_of_a_block_stay_on_its_lane_and_so_does_everybody_else() {
        // B's middle is cleared while C is over normal: C does not fit in whole, and nobody makes room for C.
        let mut before = with(rota(), "a", "mg", "kp", "08:00", "12:00", Status::Agreed);
        before = with(before, "b", "mg", "rs", "10:00", "17:00", Status::Agreed);
        before = with(before, "c", "mg", "an", "11:00", "15:00", Status::Agreed);
        let grid = Grid::new(&before, None);
        let mut after = before.clone();
        after.assignments[1].span = span("10:00", "11:00");
        let after = with(after, "b2", "mg", "rs", "12:00", "17:00", Status::Agreed);
        let wish = |id| LaneWish { window: window_id(), assignment: assignment_id(id), lane: 1 };
        let cut = Grid::with_wishes(&after, Some(&grid), &[wish("b"), wish("b2")]);
        assert_snapshot!(drawn(&cut, &after, 60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   KP   KP   .    .    .    ###  ###  |
        mg   |.    .    RS   .    RS   RS   RS   RS   RS   |
        mg   |.    .    .    AN   AN   AN   AN   .    .    |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        let again = Grid::new(&after, Some(&cut));
        assert_eq!(again.windows, cut.windows);
        assert_eq!(Grid::new(&before, Some(&again)).windows, grid.windows);
    }

    #[test]
    fn an_extra_lane_closes_when_there_is_room_again() {
        let before = with(rota(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let before = with(before, "a2", "cons", "mw", "09:00", "12:00", Status::Agreed);
        let grid = Grid::new(&before, None);
        let mut after = before;
        after.assignments.remove(0);
        let grid = Grid::new(&after, Some(&grid));
        assert_eq!(grid.windows[0].post(&after.posts[2].id).unwrap().lanes.len(), 1);
    }

    #[test]
    fn an_edit_may_wish_for_a_lane() {
        let rota = with(rota(), "a1", "mg", "kp", "10:00", "12:00", Status::Proposed);
        let wish = LaneWish { window: window_id(), assignment: assignment_id("a1"), lane: 1 };
        let grid = Grid::with_wishes(&rota, None, &[wish]);
        assert_snapshot!(drawn(&grid, &rota, 60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    KP*  KP*  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        let row = grid.windows[0].row_of(&assignment_id("a1")).unwrap();
        assert_eq!(row.lane, 1);
    }

    #[test]
    fn pieces_outside_every_window_belong_to_the_nearest() {
        let rota = with(rota(), "a1", "mg", "kp", "2016-04-26T18:00", "2016-04-26T19:00", Status::Agreed);
        let rota = with_day(rota, span("2016-04-27T08:00", "2016-04-27T17:00"));
        let grid = Grid::new(&rota, None);
        assert_eq!(grid.windows[0].post(&rota.posts[1].id).unwrap().blocks().count(), 1);
        assert_eq!(grid.windows[1].post(&rota.posts[1].id).unwrap().blocks().count(), 0);
    }

    #[test]
    fn a_need_of_a_hundred_thousand_opens_few_lanes() {
        let mut rota = rota();
        let line: &mut StaffingLine = &mut rota.normals[0].staffing[0];
        line.count = 100_000;
        let grid = Grid::new(&rota, None);
        let post = grid.windows[0].post(&rota.posts[2].id).unwrap();
        assert_eq!((post.lanes.len(), post.lanes_not_drawn()), (48, 99_952));
    }
}
