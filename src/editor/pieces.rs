//! A working copy of the assignments of some posts: cut, placed and joined, and at the end said as changes.

use std::collections::BTreeMap;

use crate::model::{Assignment, AssignmentId, Change, Command, PersonId, PostId, Rota, Span, Status};

use super::cells::Edit;
use super::lanes::{GridWindow, LaneWish};
use super::selection::GridRow;

/// Everything on some posts that takes a lane (whoever declined does not).
pub(super) struct Pieces<'a> {
    rota: &'a Rota,
    window: &'a GridWindow,
    before: Vec<&'a Assignment>,
    now: Vec<Piece>,
    /// Who keeps a time outside the window of a block that was cut, and had answered for more than that.
    left_over: Vec<(PersonId, Span)>,
}

/// A part of an assignment, or a new one.
struct Piece {
    assignment: Assignment,
    /// None where the window shown has no lane for it.
    lane: Option<usize>,
    /// New or changed by this edit: only such pieces join.
    touched: bool,
}

impl<'a> Pieces<'a> {
    /// What is on those posts, with the lanes of that window.
    pub(super) fn new(rota: &'a Rota, window: &'a GridWindow, posts: impl IntoIterator<Item = PostId>) -> Self {
        let posts: Vec<PostId> = posts.into_iter().collect();
        let is_here = |a: &&Assignment| a.status != Status::Declined && posts.contains(&a.post);
        let before: Vec<&Assignment> = rota.assignments.iter().filter(is_here).collect();
        let piece = |assignment: &&Assignment| {
            let post = window.post(&assignment.post);
            let lane = post.and_then(|post| post.blocks().find(|(_, block)| block.assignment == assignment.id));
            Piece { assignment: (*assignment).clone(), lane: lane.map(|(lane, _)| lane), touched: false }
        };
        let now = before.iter().map(piece).collect();
        Self { rota, window, before, now, left_over: Vec::new() }
    }

    /// Takes those minutes of the lane away from whoever is there, and what they have beyond the window's edge with
    /// them ([`GridWindow::reach`]). Says who was there and what was taken. What stays of a block outside the window
    /// becomes Proposed: nobody sees it there, and nobody agreed to come for that alone.
    pub(super) fn cut(&mut self, row: &GridRow, span: Span, random: &mut dyn FnMut() -> u128) -> Vec<(PersonId, Span)> {
        let reach = self.window.reach(span);
        let mut taken = Vec::new();
        let mut after = Vec::with_capacity(self.now.len() + 1);
        for piece in std::mem::take(&mut self.now) {
            if !piece.is_on(row) || !piece.assignment.span.overlaps(span) {
                after.push(piece);
                continue;
            }
            taken.extend(piece.assignment.span.overlap(reach).map(|part| (piece.assignment.person.clone(), part)));
            for (index, part) in piece.assignment.span.without(reach).enumerate() {
                let id = if index == 0 { piece.assignment.id.clone() } else { AssignmentId::random(random()) };
                let mut assignment = Assignment { id, span: part, ..piece.assignment.clone() };
                if !part.overlaps(self.window.span) && assignment.status != Status::Proposed {
                    assignment.status = Status::Proposed;
                    self.left_over.push((assignment.person.clone(), part));
                }
                after.push(Piece { assignment, lane: piece.lane, touched: true });
            }
        }
        self.now = after;
        taken
    }

    /// Puts a person on those minutes of a lane, as Proposed, cutting who is there; but not on minutes at which the
    /// person is on the post in another lane. Whether any minute was left.
    pub(super) fn place(
        &mut self,
        row: &GridRow,
        person: &PersonId,
        span: Span,
        random: &mut dyn FnMut() -> u128,
    ) -> bool {
        let mut parts = vec![span];
        for piece in self.now.iter().filter(|piece| piece.has(&row.post, person) && !piece.is_on(row)) {
            parts = parts.into_iter().flat_map(|part| part.without(piece.assignment.span)).collect();
        }
        parts.retain(|part| !part.is_empty());
        for part in &parts {
            self.cut(row, *part, random);
            let assignment = Assignment::new(AssignmentId::random(random()), row.post.clone(), person.clone(), *part);
            self.now.push(Piece { assignment, lane: Some(row.lane), touched: true });
        }
        !parts.is_empty()
    }

    /// Takes a whole assignment out, to be changed and put back.
    pub(super) fn take(&mut self, id: &AssignmentId) -> Option<Assignment> {
        let at = self.now.iter().position(|piece| piece.assignment.id == *id)?;
        Some(self.now.remove(at).assignment)
    }

    /// Puts an assignment on a lane, cutting who is there.
    pub(super) fn put_back(&mut self, assignment: Assignment, row: &GridRow, random: &mut dyn FnMut() -> u128) {
        self.cut(row, assignment.span, random);
        self.now.push(Piece { assignment, lane: Some(row.lane), touched: true });
    }

    /// Whether the person is on the post at any of those minutes, in another lane than that.
    pub(super) fn holds(&self, row: &GridRow, person: &PersonId, span: Span) -> bool {
        let mut others = self.now.iter().filter(|piece| piece.has(&row.post, person) && !piece.is_on(row));
        others.any(|piece| piece.assignment.span.overlaps(span))
    }

    /// Whether the person is on the post at any of those minutes.
    pub(super) fn is_on(&self, post: &PostId, person: &PersonId, span: Span) -> bool {
        self.minutes_of(post, person, span) > 0
    }

    /// How many of those minutes the person is on the post.
    pub(super) fn minutes_of(&self, post: &PostId, person: &PersonId, span: Span) -> i64 {
        let own = self.now.iter().filter(|piece| piece.has(post, person));
        own.filter_map(|piece| piece.assignment.span.overlap(span)).map(Span::minutes).sum()
    }

    /// Those minutes of the lane at which nobody is there.
    pub(super) fn free_parts(&self, row: &GridRow, span: Span) -> Vec<Span> {
        let mut parts = vec![span];
        for piece in self.now.iter().filter(|piece| piece.is_on(row)) {
            parts = parts.into_iter().flat_map(|part| part.without(piece.assignment.span)).collect();
        }
        parts
    }

    /// Joins what touches, and says what became of everything.
    pub(super) fn finish(mut self, label: String, notes: Vec<String>) -> Edit {
        self.join();
        let mut after: BTreeMap<&AssignmentId, &Assignment> =
            self.now.iter().map(|piece| (&piece.assignment.id, &piece.assignment)).collect();
        let mut changes = Vec::new();
        for before in &self.before {
            match after.remove(&before.id) {
                None => changes.push(Change::remove::<Assignment>(before.id.clone())),
                Some(now) if now != *before => changes.push(Change::replace(now.clone())),
                Some(_) => {}
            }
        }
        let is_new = |piece: &&Piece| after.contains_key(&piece.assignment.id);
        changes.extend(self.now.iter().filter(is_new).map(|piece| Change::add(piece.assignment.clone())));
        let wish = |piece: &Piece| {
            let lane = piece.lane.filter(|_| piece.touched)?;
            Some(LaneWish { window: self.window.id.clone(), assignment: piece.assignment.id.clone(), lane })
        };
        let wishes = self.now.iter().filter_map(wish).collect();
        let mut left_over = std::mem::take(&mut self.left_over);
        left_over.retain(|(person, part)| {
            self.now.iter().any(|piece| piece.assignment.person == *person && piece.assignment.span.covers(*part))
        });
        Edit { command: Command::edit(label, changes), wishes, notes, left_over }
    }

    /// The first of these lanes on which nobody is in the way of that piece; else one more.
    fn free_lane(&self, at: usize, lanes: [Option<usize>; 2]) -> Option<usize> {
        let piece = &self.now[at].assignment;
        let in_the_way = |lane: usize, other: &Piece| {
            let here = other.assignment.post == piece.post && other.lane == Some(lane);
            here && other.assignment.id != piece.id && other.assignment.span.overlaps(piece.span)
        };
        let known = || lanes.into_iter().flatten();
        let free = known().find(|lane| !self.now.iter().any(|other| in_the_way(*lane, other)));
        free.or(known().next().map(|_| usize::MAX))
    }

    fn join(&mut self) {
        self.now.sort_by_key(|piece| piece.assignment.span.from);
        let mut at = 0;
        while at < self.now.len() {
            let next = (at + 1..self.now.len()).find(|next| self.now[at].joins(&self.now[*next]));
            let Some(next) = next else {
                at += 1;
                continue;
            };
            let later = self.now.remove(next);
            // The id that the rota already knows lives on.
            let knows = |id: &AssignmentId| self.rota.assignment(id).is_some();
            let piece = &mut self.now[at];
            if !knows(&piece.assignment.id) && knows(&later.assignment.id) {
                piece.assignment.id = later.assignment.id.clone();
            }
            if piece.assignment.note.is_empty() {
                piece.assignment.note = later.assignment.note;
            }
            piece.assignment.span.to = later.assignment.span.to;
            piece.touched = true;
            let lanes = [piece.lane, later.lane];
            self.now[at].lane = self.free_lane(at, lanes);
        }
    }
}

impl Piece {
    fn is_on(&self, row: &GridRow) -> bool {
        self.assignment.post == row.post && self.lane == Some(row.lane)
    }

    fn has(&self, post: &PostId, person: &PersonId) -> bool {
        self.assignment.post == *post && self.assignment.person == *person
    }

    /// Whether `later` begins where this ends and nothing tells the two apart.
    fn joins(&self, later: &Self) -> bool {
        let (a, b) = (&self.assignment, &later.assignment);
        if a.span.to != b.span.from {
            return false;
        }
        let notes_agree = a.note == b.note || a.note.is_empty() || b.note.is_empty();
        let same = a.post == b.post && a.person == b.person && a.status == b.status && a.locked == b.locked;
        (self.touched || later.touched) && same && notes_agree
    }
}
