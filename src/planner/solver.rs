//! The one place that knows the solver library: whole-number problems in, a solution and a bound out.
//!
//! Whatever the library answers is rounded and checked in whole numbers against every row before it is believed.

use std::time::Duration;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, SolveOutcome, Variable};

use super::desk::Desk;

/// Minimise `cost · x` over whole `x` with `0 <= x <= upper` and every row `sum <= at_most`.
pub(super) struct Linear {
    pub upper: Vec<i64>,
    pub cost: Vec<i64>,
    pub rows: Vec<(Vec<(usize, i64)>, i64)>,
}

/// What a solver found.
pub(super) struct Found {
    /// The best solution, if any.
    pub values: Option<Vec<i64>>,
    /// No solution costs less; `None` if nothing is known.
    pub bound: Option<i64>,
    /// Whether `values` is proven best.
    pub is_best: bool,
}

/// Something that solves such problems exactly.
pub(super) trait Solver: Sync {
    /// Solves as long as the desk allows, beginning with the solution `start`, and at most `nodes` steps of search.
    fn minimise(&self, problem: &Linear, start: Option<&[i64]>, nodes: Option<u64>, desk: &dyn Desk) -> Found;
}

impl Linear {
    /// What `values` cost.
    pub(super) fn cost_of(&self, values: &[i64]) -> i64 {
        self.cost.iter().zip(values).map(|(cost, value)| cost * value).sum()
    }

    /// Whether `values` keep to every bound and row.
    pub(super) fn is_kept_by(&self, values: &[i64]) -> bool {
        let within = values.iter().zip(&self.upper).all(|(value, upper)| (0..=*upper).contains(value));
        let sum = |terms: &[(usize, i64)]| terms.iter().map(|(var, by)| by * values[*var]).sum::<i64>();
        within && self.rows.iter().all(|(terms, at_most)| sum(terms) <= *at_most)
    }
}

/// Branch and bound (Land and Doig, "An automatic method of solving discrete programming problems", Econometrica 28,
/// 1960) by microlp.
pub(super) struct Microlp;

/// How long the library works before it is asked whether to stop: somebody who presses Stop hardly notices a fifth of a
/// second, and to begin again so often costs next to nothing.
const SLICE: Duration = Duration::from_millis(200);

impl Solver for Microlp {
    fn minimise(&self, problem: &Linear, start: Option<&[i64]>, nodes: Option<u64>, desk: &dyn Desk) -> Found {
        let nothing = Found { values: None, bound: None, is_best: false };
        let Some(first) = slice(desk, SLICE) else { return nothing };
        let (model, vars) = written(problem);
        let mut options = SolveOptions::default();
        options.time_limit = Some(first);
        options.node_limit = nodes;
        options.warm_start = start.map(|start| vars.iter().zip(start).map(|(v, x)| (*v, *x as f64)).collect());
        let mut outcome = model.solve_with(options);
        let (mut length, mut solved) = (SLICE, 0);
        loop {
            let Ok(found) = outcome else { return nothing };
            let stopped = found.termination_reason() == microlp::TerminationReason::TimeLimit;
            let steps = found.stats().nodes_solved;
            // A step that a slice cuts short begins again: it gets twice the time.
            length = if steps == solved { length.saturating_mul(2) } else { SLICE };
            solved = steps;
            let more = if stopped { slice(desk, length) } else { None };
            let Some(slice) = more else { return believed(problem, &vars, &found) };
            let mut again = found.last_resume_options();
            again.time_limit = Some(slice);
            // The library counts afresh each time.
            again.node_limit = nodes.map(|nodes| nodes.saturating_sub(steps));
            outcome = found.resume_with(again);
        }
    }
}

fn slice(desk: &dyn Desk, length: Duration) -> Option<Duration> {
    let left = desk.time_left();
    (!left.is_zero()).then(|| left.min(length))
}

fn written(problem: &Linear) -> (Problem, Vec<Variable>) {
    let mut model = Problem::new(OptimizationDirection::Minimize);
    let vars: Vec<Variable> = problem
        .upper
        .iter()
        .zip(&problem.cost)
        .map(|(upper, cost)| model.add_integer_var(*cost as f64, (0, i32::try_from(*upper).unwrap_or(i32::MAX))))
        .collect();
    for (terms, at_most) in &problem.rows {
        let terms: Vec<(Variable, f64)> = terms.iter().map(|(var, by)| (vars[*var], *by as f64)).collect();
        model.add_constraint(&terms[..], ComparisonOp::Le, *at_most as f64);
    }
    (model, vars)
}

/// The library's answer in whole numbers, as far as it holds.
fn believed(problem: &Linear, vars: &[Variable], outcome: &SolveOutcome) -> Found {
    let values = outcome
        .solution()
        .map(|solution| -> Vec<i64> { vars.iter().map(|var| solution.var_value(*var).round() as i64).collect() });
    let values = values.filter(|values| problem.is_kept_by(values));
    let is_optimal = outcome.solution().is_some_and(|solution| solution.status() == SolutionStatus::Optimal);
    match values {
        Some(values) if is_optimal => {
            let cost = problem.cost_of(&values);
            Found { values: Some(values), bound: Some(cost), is_best: true }
        }
        values => {
            // A bound from computing with fractions: a little below it, and then the next whole number.
            let bound = outcome.stats().best_bound.filter(|bound| bound.is_finite());
            let bound = bound.map(|bound| (bound - 1e-6 * bound.abs().max(1.0)).ceil() as i64);
            Found { values, bound, is_best: false }
        }
    }
}
