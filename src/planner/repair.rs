//! A repair heuristic for hours and rest: work that is too much for one person goes to somebody else at the same price.
//!
//! Components are solved as if nobody grew tired. Where somebody's work is too much, another person can often take a
//! stretch of it without a session postponed; the plan is then as good as its bound, and the components need not be
//! solved again. For a search that was stopped, the same moves take back what nobody may do and then fill empty places
//! greedily, the most important first.

use std::collections::BTreeMap;

use crate::model::Span;

use super::facts::Facts;
use super::index::{List, PersonIx, PostIx, RowIx, VarIx, numbered};
use super::lazy_rows::{conflict_of, has_breach};
use super::model::{Model, Point, Row, VarKind};
use super::objective::Objective;

/// So many handings-over are tried: counted, so that the plan is the same on every machine.
const TRIES_MAX: usize = 200_000;

/// The same plan with nobody's hours or rest violated and nothing dearer, if that is found.
pub(super) fn repaired(facts: &Facts, model: &Model, values: &Point, is_late: &dyn Fn() -> bool) -> Option<Point> {
    let mut repair = Repair::new(facts, model, values);
    repair.relieve(is_late, None).then_some(repair.values)
}

/// Which of somebody's pieces is taken back.
type TakenBack = fn(&[VarIx]) -> Option<&VarIx>;

/// The same plan with work that is too much given to others or taken back, and every place filled that somebody can
/// still take, the most important first: for a search that was stopped, so that nobody stands idle beside a gap. Of
/// work that is too much the last piece is taken back, or the first one, whichever leaves the better plan.
pub(super) fn filled(facts: &Facts, model: &Model, values: &Point, is_late: &dyn Fn() -> bool) -> Point {
    let late = filled_from(facts, model, values, <[VarIx]>::last, is_late);
    if is_late() {
        return late;
    }
    let early = filled_from(facts, model, values, <[VarIx]>::first, is_late);
    if model.costs(&early) < model.costs(&late) { early } else { late }
}

fn filled_from(
    facts: &Facts,
    model: &Model,
    values: &Point,
    taken_back: TakenBack,
    is_late: &dyn Fn() -> bool,
) -> Point {
    let mut repair = Repair::new(facts, model, values);
    repair.relieve(is_late, Some(taken_back));
    let pieces: Vec<VarIx> = repair.pieces.values().flatten().copied().collect();
    for objective in [Objective::EssentialShort, Objective::SeniorMissing, Objective::Short, Objective::PostShort] {
        for (n, piece) in pieces.iter().enumerate() {
            if n.is_multiple_of(256) && is_late() {
                break;
            }
            if repair.values[*piece] == 0 && repair.is_wanted(*piece, objective) {
                repair.try_piece(*piece, objective);
            }
        }
    }
    model.complete(&mut repair.values);
    repair.values
}

struct Repair<'a> {
    facts: &'a Facts<'a>,
    model: &'a Model,
    values: Point,
    /// The rows that each variable is in.
    rows_of: List<VarIx, Vec<RowIx>>,
    /// The pieces of one post and stretch, one for each person who may take it.
    pieces: BTreeMap<(PostIx, Span), Vec<VarIx>>,
    tries: usize,
}

impl<'a> Repair<'a> {
    fn new(facts: &'a Facts<'a>, model: &'a Model, values: &Point) -> Self {
        let mut rows_of = List::new(Vec::new(), model.kind.len());
        // Ways to work and rests follow from the others.
        let is_plain =
            |row: &Row| row.terms.iter().all(|(var, _)| !matches!(model.kind[*var], VarKind::Pattern | VarKind::Rest));
        for (at, row) in numbered(&model.rows).filter(|(_, row)| is_plain(row)) {
            row.terms.iter().for_each(|(var, _)| rows_of[*var].push(at));
        }
        let mut pieces: BTreeMap<(PostIx, Span), Vec<VarIx>> = BTreeMap::new();
        for (var, kind) in model.kind.entries() {
            if let VarKind::Piece { post, span, .. } = kind {
                pieces.entry((*post, *span)).or_default().push(var);
            }
        }
        Self { facts, model, values: values.clone(), rows_of, pieces, tries: 0 }
    }

    /// Gives work that is too much to others. A piece that nobody takes, or that there is no time for, is taken back;
    /// without `taken_back` the attempt ends there. Gives whether nobody's hours or rest are violated any more.
    fn relieve(&mut self, is_late: &dyn Fn() -> bool, taken_back: Option<TakenBack>) -> bool {
        for person in self.facts.people.keys() {
            while let Some(conflict) = conflict_of(self.facts, self.model, &self.values, person) {
                if !is_late() && conflict.vars.iter().rev().any(|var| self.hand_over(person, *var)) {
                    continue;
                }
                let Some(taken_back) = taken_back else { return false };
                let Some(back) = taken_back(&conflict.vars) else { break };
                self.set(&[*back], 0);
            }
        }
        true
    }

    /// Gives the stretch of `var`, with all that touches it on the same post, or only it, to somebody else.
    fn hand_over(&mut self, person: PersonIx, var: VarIx) -> bool {
        let VarKind::Piece { post, .. } = self.model.kind[var] else { return false };
        let mut block = self.block(person, post, var);
        if self.give_to_anybody(person, post, &block) {
            return true;
        }
        block.retain(|other| *other == var);
        self.give_to_anybody(person, post, &block)
    }

    /// The person's pieces on the post that touch this one, and those that touch them.
    fn block(&self, person: PersonIx, post: PostIx, var: VarIx) -> Vec<VarIx> {
        let span = |var: VarIx| self.model.place(self.facts, var).map(|place| place.2);
        let mut held: Vec<VarIx> = self.model.of_person[person].clone();
        held.retain(|v| {
            matches!(self.model.kind[*v], VarKind::Piece { post: p, .. } if p == post) && self.values[*v] == 1
        });
        held.sort_by_key(|v| span(*v));
        let touch = |a: VarIx, b: VarIx| span(a).zip(span(b)).is_some_and(|(a, b)| a.to == b.from);
        let mut block = vec![var];
        while let Some(next) = held.iter().find(|v| touch(block[block.len() - 1], **v)) {
            block.push(*next);
        }
        while let Some(before) = held.iter().find(|v| touch(**v, block[0])) {
            block.insert(0, *before);
        }
        block
    }

    fn give_to_anybody(&mut self, person: PersonIx, post: PostIx, block: &[VarIx]) -> bool {
        let spans: Vec<Span> = block.iter().filter_map(|v| self.model.place(self.facts, *v)).map(|p| p.2).collect();
        let Some(first) = spans.first().and_then(|span| self.pieces.get(&(post, *span))) else { return false };
        let people: Vec<PersonIx> =
            first.iter().filter_map(|v| self.model.place(self.facts, *v)).map(|place| place.0).collect();
        people.into_iter().filter(|to| *to != person).any(|to| self.give_to(to, post, block, &spans))
    }

    fn give_to(&mut self, to: PersonIx, post: PostIx, block: &[VarIx], spans: &[Span]) -> bool {
        self.tries += 1;
        let piece = |span: &Span| {
            let pieces = self.pieces.get(&(post, *span))?;
            pieces.iter().copied().find(|v| self.model.place(self.facts, *v).is_some_and(|place| place.0 == to))
        };
        let Some(theirs) = spans.iter().map(piece).collect::<Option<Vec<VarIx>>>() else { return false };
        if self.tries > TRIES_MAX || theirs.iter().any(|v| self.values[*v] == 1) {
            return false;
        }
        self.set(block, 0);
        self.set(&theirs, 1);
        let rows = || block.iter().chain(&theirs).flat_map(|v| &self.rows_of[*v]);
        let is_kept = rows().all(|row| self.model.rows[*row].is_kept_by(&self.values));
        if is_kept && !has_breach(self.facts, self.model, &self.values, to) {
            return true;
        }
        self.set(block, 1);
        self.set(&theirs, 0);
        false
    }

    /// Whether a place of this importance is short that the piece would fill.
    fn is_wanted(&self, piece: VarIx, objective: Objective) -> bool {
        let is_short = |var: VarIx| self.model.kind[var] == VarKind::Short && self.model.cost[var][objective] > 0;
        self.rows_of[piece].iter().map(|row| &self.model.rows[*row]).any(|row| {
            let others = row.terms.iter().filter(|(var, _)| self.model.kind[*var] != VarKind::Short);
            row.terms.iter().any(|(var, _)| is_short(*var))
                && row.terms.contains(&(piece, -1))
                && others.map(|(var, by)| by * self.values[*var]).sum::<i64>() > row.at_most
        })
    }

    /// Takes the piece if everything permits it, postponing the person's sessions if they weigh less.
    fn try_piece(&mut self, piece: VarIx, objective: Objective) {
        let Some((person, _, span)) = self.model.place(self.facts, piece) else { return };
        let in_the_way = self.facts.sessions_in_the_way(person, span).filter_map(|s| self.model.session[s]);
        let sessions: Vec<VarIx> = in_the_way.filter(|var| self.values[*var] == 0).collect();
        let is_dear = |var: &VarIx| self.model.cost[*var][Objective::ProtectedPostponed] > 0;
        if objective > Objective::ProtectedPostponed && sessions.iter().any(is_dear) {
            return;
        }
        self.set(&[piece], 1);
        self.set(&sessions, 1);
        let follows = |var: VarIx| matches!(self.model.kind[var], VarKind::Short | VarKind::StillHeld);
        let is_kept = [piece].iter().chain(&sessions).flat_map(|v| &self.rows_of[*v]).all(|row| {
            let row = &self.model.rows[*row];
            row.terms.iter().any(|(var, _)| follows(*var)) || row.is_kept_by(&self.values)
        });
        if !is_kept || has_breach(self.facts, self.model, &self.values, person) {
            self.set(&[piece], 0);
            self.set(&sessions, 0);
        }
    }

    fn set(&mut self, vars: &[VarIx], value: i64) {
        for var in vars {
            self.values[*var] = value;
        }
    }
}
