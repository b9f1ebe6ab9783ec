//! Work and rest of one person as a compact formulation: a variable for each moment at which a long rest may begin.
//!
//! No duty day is longer than 13 hours exactly if a long rest begins within 13 hours of each beginning of work (16
//! under the New Deal; rule RST-1). So whoever begins to work needs one of those rests to begin soon enough, and nobody
//! works while a rest lasts. A third kind of row forbids spells that are too long. That takes as many rows as the
//! person's time has edges, not one for each way in which too little rest can come about. The rows are those of minimum
//! up and down times of power stations (Rajan and Takriti, "Minimum up/down polytopes of the unit commitment problem
//! with start-up costs", IBM Research Report RC23628, 2005).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, Span};

use super::facts::Facts;
use super::fatigue::Daily;
use super::fixed_work::FixedWork;
use super::index::{PersonIx, VarIx};
use super::lazy_rows::work_of;
use super::model::{Completion, Model, Point, VarKind};
use super::spans::merged;

/// Work further from every proposal makes none of them too long, in minutes: no rest is longer than 48 hours.
const APART_MINUTES: i64 = 48 * 60;

/// The long rests of one person, as they stand in the model.
struct Rests {
    atoms: Vec<Atom>,
    /// When each rest would begin, and its variable.
    begin: Vec<(Instant, VarIx)>,
    daily: Daily,
}

/// A stretch within which nothing begins or ends.
struct Atom {
    span: Span,
    /// The variables that would have the person at work.
    vars: Vec<VarIx>,
    /// The variable of the session that the person has then.
    session: Option<VarIx>,
    /// Whether the person is at work whatever the plan is.
    is_fixed: bool,
}

/// Writes the person's rests into the model. Gives whether that was done: not where the person's other work alone
/// violates a rest, or the person has two sessions at once.
pub(super) fn add_rests(facts: &Facts, model: &mut Model, person: PersonIx) -> bool {
    let daily = Daily::of(facts.rota.people[person].rules);
    let Some(atoms) = atoms(facts, model, person, daily) else { return false };
    let mut rests = Rests { atoms, begin: Vec::new(), daily };
    for n in 0..rests.atoms.len() {
        let atom = &rests.atoms[n];
        let rest = Span::new(atom.span.to, atom.span.to.plus(daily.rest_min));
        let is_possible = !rests.atoms.iter().any(|other| other.is_fixed && other.span.overlaps(rest));
        if atom.may_be_work() && is_possible {
            let var = model.add(VarKind::Rest, 1);
            rests.begin.push((rest.from, var));
        }
    }
    rests.add_rows(model);
    model.completions.push(Box::new(rests));
    true
}

fn atoms(facts: &Facts, model: &Model, person: PersonIx, daily: Daily) -> Option<Vec<Atom>> {
    let work: Vec<(VarIx, Span)> =
        work_of(facts, model, person).filter_map(|var| Some((var, model.place(facts, var)?.2))).collect();
    let spans: Vec<Span> = work.iter().map(|(_, span)| *span).collect();
    let hull = Span::around(spans.iter().copied())?;
    let near = Span::new(hull.from.plus(-APART_MINUTES), hull.to.plus(APART_MINUTES));
    let fixed_work = FixedWork::new(facts, person, &spans);
    let mut fixed: Vec<Span> = fixed_work.spans().iter().copied().filter(|span| span.overlaps(near)).collect();
    let mut sessions: Vec<(VarIx, Span)> = Vec::new();
    for session in &facts.people[person].sessions {
        let span = facts.sessions[*session].span;
        match model.session[*session] {
            Some(var) if span.overlaps(near) => sessions.push((var, span)),
            None if span.overlaps(near) && !model.postponed[*session] => fixed.push(span),
            _ => {}
        }
    }
    let all = spans.iter().chain(&fixed).copied().chain(sessions.iter().map(|(_, span)| *span));
    let edges: BTreeSet<Instant> = all.flat_map(|span| [span.from, span.to]).collect();
    let edges: Vec<Instant> = edges.into_iter().collect();
    let mut atoms = Vec::new();
    for pair in edges.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let holds = |(_, other): &&(VarIx, Span)| other.covers(span);
        let of: Vec<VarIx> = sessions.iter().filter(holds).map(|(var, _)| *var).collect();
        if of.len() > 1 {
            return None;
        }
        atoms.push(Atom {
            span,
            vars: work.iter().filter(holds).map(|(var, _)| *var).collect(),
            session: of.first().copied(),
            is_fixed: fixed.iter().any(|other| other.covers(span)),
        });
    }
    let stays: Vec<bool> = atoms.iter().map(|atom| atom.is_fixed || atom.session.is_some()).collect();
    is_rested(&atoms, &stays, daily).then_some(atoms)
}

/// Whether nothing of this work is too long or without rest.
fn is_rested(atoms: &[Atom], at_work: &[bool], daily: Daily) -> bool {
    let spells: Vec<Span> =
        merged(atoms.iter().zip(at_work).filter(|(_, at_work)| **at_work).map(|(atom, _)| atom.span));
    !daily.days(&spells).any(|day| daily.is_too_long(day))
}

impl Atom {
    fn may_be_work(&self) -> bool {
        self.is_fixed || self.session.is_some() || !self.vars.is_empty()
    }

    /// What makes the person work then: atoms of the same key are worked together or not at all.
    fn key(&self) -> (&[VarIx], Option<VarIx>, bool) {
        (&self.vars, self.session, self.is_fixed)
    }

    /// Being at work then, as terms of a row and a constant.
    fn at_work(&self) -> (Vec<(VarIx, i64)>, i64) {
        if self.is_fixed {
            return (Vec::new(), 1);
        }
        let vars = self.vars.iter().map(|var| (*var, 1));
        let session = self.session.map(|var| (var, -1));
        (vars.chain(session).collect(), i64::from(self.session.is_some()))
    }
}

impl Rests {
    fn add_rows(&self, model: &mut Model) {
        for (n, atom) in self.atoms.iter().enumerate() {
            let (at_work, always) = atom.at_work();
            let rests = |wanted: &dyn Fn(Instant) -> bool, by: i64| -> Vec<(VarIx, i64)> {
                self.begin.iter().filter(|(from, _)| wanted(*from)).map(|(_, var)| (*var, by)).collect()
            };
            // Work may begin here.
            let begins = n == 0 || self.atoms[n - 1].key() != atom.key();
            if atom.may_be_work() && begins {
                let until = atom.span.from.plus(self.daily.day_max);
                let after = rests(&|from| atom.span.to <= from && from <= until, -1);
                model.row([&at_work[..], &after[..]].concat(), -always);
            }
            if !atom.is_fixed {
                let during = rests(&|from| from < atom.span.to && from.plus(self.daily.rest_min) > atom.span.from, 1);
                model.row([&at_work[..], &during[..]].concat(), 1 - always);
            }
            if atom.may_be_work() && begins {
                self.add_spell_row(model, n);
            }
        }
    }

    /// Adds the row that the person does not work all of the first spell of atoms from number `first` on that is too
    /// long.
    fn add_spell_row(&self, model: &mut Model, first: usize) {
        let mut seen: BTreeMap<(&[VarIx], Option<VarIx>, bool), &Atom> = BTreeMap::new();
        for atom in &self.atoms[first..] {
            if !atom.may_be_work() {
                return;
            }
            seen.insert(atom.key(), atom);
            if self.atoms[first].span.from.minutes_until(atom.span.to) > self.daily.spell_max {
                break;
            }
        }
        let last = seen.values().map(|atom| atom.span.to).max();
        if last.is_none_or(|to| self.atoms[first].span.from.minutes_until(to) <= self.daily.spell_max) {
            return;
        }
        let (mut terms, mut at_most) = (Vec::new(), -1);
        for atom in seen.values().filter(|atom| !atom.is_fixed) {
            let (at_work, always) = atom.at_work();
            terms.extend(at_work);
            at_most += 1 - always;
        }
        model.row(terms, at_most);
    }
}

impl Completion for Rests {
    /// A rest begins where the person stops working and is free for long enough.
    fn complete(&self, values: &mut Point) {
        let at_work: Vec<bool> = (self.atoms.iter())
            .map(|atom| {
                let (terms, always) = atom.at_work();
                terms.iter().map(|(var, by)| by * values[*var]).sum::<i64>() + always > 0
            })
            .collect();
        let works_in = |span: Span| {
            let first = self.atoms.partition_point(|atom| atom.span.to <= span.from);
            let atoms = self.atoms[first..].iter().zip(&at_work[first..]);
            atoms.take_while(|(atom, _)| atom.span.from < span.to).any(|(_, at_work)| *at_work)
        };
        let found: Vec<bool> = (self.begin.iter())
            .map(|(from, _)| {
                let before = Span::new(from.plus(-1), *from);
                works_in(before) && !works_in(Span::new(*from, from.plus(self.daily.rest_min)))
            })
            .collect();
        for ((_, var), is_rest) in self.begin.iter().zip(found) {
            values[*var] = i64::from(is_rest);
        }
    }
}
