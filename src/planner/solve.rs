//! The model solved: hours and rest as lazy constraints around a lexicographic search, component by component.
//!
//! Components that no row joins are solved by themselves, at once where there is a second core ([`super::components`]):
//! the best of the whole in the order of importance is the best of each component ([`super::lexicographic`]).
//!
//! Rows for hours and rest would be far too many to write down beforehand, and few of them matter. So they are left out
//! at first. A solution in which somebody works too much is met with rows that forbid just that ([`super::lazy_rows`]),
//! or that describe all the person may work ([`super::patterns`], [`super::rests`]). Such rows may join components.
//! That is repeated until nobody works too much; until then the model permits too much, and every figure is a bound.
//! Constraints added only when they are broken go back to Dantzig, Fulkerson and Johnson, "Solution of a large-scale
//! traveling-salesman problem", Operations Research 2 (1954).

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::components::{Component, Solution, SolvedComponent, SolvedComponents, Totals, assembled, components, key};
use super::desk::{Desk, WithReserve};
use super::facts::Facts;
use super::fewest;
use super::index::{List, VarIx};
use super::lazy_rows::{LazyRow, conflict_of, violated_rows};
use super::lexicographic::Context;
use super::model::{Model, Point, Row, VarKind};
use super::objective::Objective;
use super::patterns::Reformulations;
use super::repair::{filled, repaired};
use super::simplify::simplify;
use super::solver::Solver;

/// Rounds of lazy rows. Each round forbids the solution it was made for, so that the loop ends anyway; a rota that
/// takes more rounds than this is given up, and its figures stay unproven.
const ROUNDS_MAX: usize = 200;

/// Solves the model.
pub(super) fn solve(facts: &Facts, model: &mut Model, solver: &dyn Solver, desk: &WithReserve) -> Solution {
    let is_late = || desk.is_late();
    let mut start = starting_values(facts, model, desk);
    let mut reformulations = Reformulations::default();
    let mut known = SolvedComponents::new();
    let mut rounds = 0;
    let mut best = None;
    // Without any time the rota stays as it is.
    let has_begun = !desk.time_left().is_zero();
    loop {
        let components = components(model, &model.rows);
        solve_fresh(model, &components, &mut known, &start, solver, desk);
        let mut solution = assembled(model, &components, &known, &start);
        let mut violated = violated_rows(facts, model, &solution.values);
        if !violated.is_empty()
            && let Some(values) = repaired(facts, model, &solution.values, &is_late)
            && is_as_good(model, &values, &solution.values)
        {
            solution.values = values;
            violated.clear();
        }
        if violated.is_empty() && solution.has_ended {
            model.complete(&mut solution.values);
            simplify(facts, model, &components, &known, &mut solution, solver, desk);
            return solution;
        }
        rounds += 1;
        let is_last = violated.is_empty() || rounds == ROUNDS_MAX || desk.time_left().is_zero();
        let mut found = best_of(facts, model, best, &solution.values, has_begun.then_some(&is_late));
        if is_last {
            // The start keeps hours and rest.
            if !is_late() {
                found = best_of(facts, model, Some(found), &start, has_begun.then_some(&is_late));
            } else if model.costs(&start) < model.costs(&found) {
                found = start;
            }
            solution.values = found;
            solution.has_ended = false;
            return solution;
        }
        best = Some(found);
        add_lazy_rows(facts, model, violated, rounds, &mut reformulations);
        start.resize(model.kind.len(), 0);
        model.complete(&mut start);
    }
}

/// A repaired plan of a larger model may change more proposals than the solver's plan: it is taken since another round
/// is dearer there than a proposal that moves.
const KEPT_MAX: usize = 4_000;

/// Whether `values` are as good as `than` in what is proven, and change no more proposals.
fn is_as_good(model: &Model, values: &Point, than: &Point) -> bool {
    let (now, was) = (model.costs(values), model.costs(than));
    now.proven() == was.proven() && (now[Objective::Changes] <= was[Objective::Changes] || model.kind.len() > KEPT_MAX)
}

/// The better of the best so far and of these values, once they are made to keep hours and rest: proposals that nobody
/// may do are taken back and, if there is time, the places that become free are filled.
fn best_of(
    facts: &Facts,
    model: &Model,
    best: Option<Point>,
    values: &Point,
    fill_until: Option<&dyn Fn() -> bool>,
) -> Point {
    let mut values = values.clone();
    if let Some(is_late) = fill_until {
        values = filled(facts, model, &values, is_late);
    } else {
        take_back(facts, model, &mut values);
    }
    let Some(mut best) = best else { return values };
    best.resize(model.kind.len(), 0);
    model.complete(&mut best);
    if model.costs(&values) < model.costs(&best) { values } else { best }
}

/// Adds rows that forbid what is violated, or that describe all the person may work, where that is short enough.
fn add_lazy_rows(
    facts: &Facts,
    model: &mut Model,
    violated: Vec<LazyRow>,
    rounds: usize,
    reformulations: &mut Reformulations,
) {
    for lazy_row in violated {
        if !reformulations.add(facts, model, &lazy_row, rounds) {
            model.rows.push(lazy_row.row);
        }
    }
}

/// Solves the components that are not known yet, as long as there is time.
fn solve_fresh(
    model: &Model,
    components: &[Component],
    known: &mut SolvedComponents,
    start: &Point,
    solver: &dyn Solver,
    desk: &WithReserve,
) {
    let solved = Mutex::new(Vec::new());
    let totals = Mutex::new(Totals::new(model, start, components, known));
    let fresh = components.iter().filter(|component| !known.contains_key(&key(component)));
    let jobs: Vec<Box<dyn FnOnce() + Send + '_>> = fresh
        .map(|component| {
            let (solved, totals) = (&solved, &totals);
            Box::new(move || {
                // A component that is not begun keeps the values of the start.
                if desk.is_late() {
                    return;
                }
                let (vars, rows) = component;
                let found = SolvedComponent::solve(model, vars, rows, start, &Context { solver, desk, totals });
                if let Ok(mut solved) = solved.lock() {
                    solved.push((key(component), found));
                }
            }) as Box<dyn FnOnce() + Send + '_>
        })
        .collect();
    desk.all(jobs);
    known.extend(solved.into_inner().unwrap_or_default());
}

/// The rota as it is, without the Proposed assignments that cannot stay.
fn starting_values(facts: &Facts, model: &Model, desk: &dyn Desk) -> Point {
    let mut values = List::new(0, model.kind.len());
    for (var, kind) in model.kind.entries() {
        if let VarKind::Postponed { session } = kind {
            values[var] = i64::from(facts.sessions[*session].state != crate::model::SessionState::Running);
        }
    }
    let simple: Vec<&Row> =
        model.rows.iter().filter(|row| row.terms.iter().all(|(v, _)| is_choice(model, *v))).collect();
    let mut of: BTreeMap<VarIx, Vec<&Row>> = BTreeMap::new();
    for row in simple {
        row.terms.iter().for_each(|(var, _)| of.entry(*var).or_default().push(row));
    }
    for var in values.keys().filter(|var| matches!(model.kind[*var], VarKind::Whole { .. })) {
        values[var] = 1;
        let rows = of.get(&var).map_or(&[][..], Vec::as_slice);
        if !rows.iter().all(|row| row.is_kept_by(&values)) {
            values[var] = 0;
        }
    }
    model.complete(&mut values);
    if !model.is_kept_by(&values) {
        values.keys().filter(|v| matches!(model.kind[*v], VarKind::Whole { .. })).for_each(|v| values[v] = 0);
        model.complete(&mut values);
    }
    take_back(facts, model, &mut values);
    fewest::fill(facts, model, &mut values, desk);
    values
}

fn is_choice(model: &Model, var: VarIx) -> bool {
    matches!(model.kind[var], VarKind::Piece { .. } | VarKind::Whole { .. } | VarKind::Postponed { .. })
}

/// Takes back proposals until nobody's hours or rest are violated.
fn take_back(facts: &Facts, model: &Model, values: &mut Point) {
    for person in facts.people.keys() {
        while let Some(set) = conflict_of(facts, model, values, person) {
            let Some(var) = set.vars.last() else { break };
            values[*var] = 0;
        }
    }
    model.complete(values);
}
