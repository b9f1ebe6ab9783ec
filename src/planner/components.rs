//! The model taken apart: sets of variables that no row joins are solved by themselves and put together again.

use std::collections::BTreeMap;

use super::desk::Progress;
use super::index::{List, RowIx, VarIx, numbered};
use super::model::{Model, Point, Row};
use super::objective::{Objective, Values};

/// Values for every variable, and what is known of them.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    pub values: Point,
    /// No plan in the order of importance has less.
    pub bound: Values,
    /// Whether every component was solved to the end.
    pub has_ended: bool,
}

impl Solution {
    /// Raises the bound of the objective to `low`, if it is lower.
    pub(super) fn raise_bound(&mut self, objective: Objective, low: i64) {
        self.bound[objective] = self.bound[objective].max(low);
    }
}

/// The variables of one component, and the rows between them.
pub(super) type Component = (Vec<VarIx>, Vec<RowIx>);

/// The components solved so far, by their variables and the number of their rows: rows are only ever added, so that a
/// component with as many rows as before is the same.
pub(super) type SolvedComponents = BTreeMap<(Vec<VarIx>, usize), SolvedComponent>;

/// Under what a component is known.
pub(super) fn key((vars, rows): &Component) -> (Vec<VarIx>, usize) {
    (vars.clone(), rows.len())
}

/// The first variable of the set that `at` is in: union-find with path halving (Tarjan and van Leeuwen, "Worst-case
/// analysis of set union algorithms", Journal of the ACM 31, 1984).
fn find(leader: &mut List<VarIx, VarIx>, mut at: VarIx) -> VarIx {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// The connected components of the model: sets of variables that no row joins.
pub(super) fn components(model: &Model, rows: &[Row]) -> Vec<Component> {
    let mut leader: List<VarIx, VarIx> = model.kind.keys().collect();
    for row in rows {
        for pair in row.terms.windows(2) {
            let (a, b) = (find(&mut leader, pair[0].0), find(&mut leader, pair[1].0));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut components: BTreeMap<VarIx, Component> = BTreeMap::new();
    for var in model.kind.keys() {
        components.entry(find(&mut leader, var)).or_default().0.push(var);
    }
    for (at, row) in numbered(rows) {
        if let Some((var, _)) = row.terms.first() {
            components.entry(find(&mut leader, *var)).or_default().1.push(at);
        }
    }
    components.into_values().collect()
}

/// The whole solution, where a component that is not solved yet keeps the values of `start`.
pub(super) fn assembled(model: &Model, components: &[Component], known: &SolvedComponents, start: &Point) -> Solution {
    let mut solution = Solution { values: start.clone(), bound: model.constant, has_ended: true };
    for component in components {
        let vars = &component.0;
        let Some(solved) = known.get(&key(component)) else {
            solution.has_ended = false;
            solution.bound.add(1, &lowest(model, vars));
            continue;
        };
        vars.iter().zip(&solved.values).for_each(|(var, value)| solution.values[*var] = *value);
        solution.bound.add(1, &solved.bound);
        solution.has_ended &= solved.has_ended;
    }
    solution
}

/// The least that these variables can cost, whatever the rows say.
pub(super) fn lowest(model: &Model, vars: &[VarIx]) -> Values {
    let mut low = Values::default();
    for var in vars {
        low.add(model.upper[*var], &Values::of(|objective| model.cost[*var][objective].min(0)));
    }
    low
}

/// One component solved by itself.
#[derive(Debug, Clone)]
pub(super) struct SolvedComponent {
    /// In the order of the component's variables.
    pub values: Vec<i64>,
    pub bound: Values,
    pub has_ended: bool,
    /// Rows that keep objectives 1 to 7 at their best.
    pub held: Vec<Row>,
    /// Variables that are 0 wherever objectives 1 to 7 are at their best.
    pub closed: Vec<VarIx>,
}

/// How far all components are together.
pub(super) struct Totals {
    pub best: Values,
    pub bound: Values,
    /// Components solved.
    pub done: usize,
    components: usize,
}

impl Totals {
    /// Beginning with the components solved so far.
    pub(super) fn new(model: &Model, start: &Point, components: &[Component], known: &SolvedComponents) -> Self {
        let so_far = assembled(model, components, known, start);
        let done = components.iter().filter(|component| known.contains_key(&key(component))).count();
        Self { best: model.costs(&so_far.values), bound: so_far.bound, done, components: components.len() }
    }

    pub(super) fn progress(&self) -> Progress {
        let proven = |costs: &Values| std::array::from_fn(|n| costs.proven()[n]);
        Progress { best: proven(&self.best), bound: proven(&self.bound), parts_done: self.done, parts: self.components }
    }
}
