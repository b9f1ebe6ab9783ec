//! One component solved in the order of importance: lexicographic optimisation.
//!
//! The first objective is minimised; then no values may be worse in it than the best are, and the second one is
//! minimised, and so on (Ehrgott, "Multicriteria Optimization", 2005). Each step is an integer programme with one cost
//! for each variable, solved by branch and bound. A step gives a bound even where the time runs out; from then on later
//! objectives are still improved, but nothing is proven of them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::components::{SolvedComponent, Totals, lowest};
use super::desk::Desk;
use super::index::{RowIx, VarIx};
use super::model::{Model, Point, Row};
use super::objective::{Objective, Values};
use super::solver::{Linear, Solver};

/// Nodes of branch and bound spent on what need not be proven: counted, so that the plan is the same on every machine,
/// and few, since the first nodes find most of what is to be found.
pub(super) const NODES: u64 = 40;

/// What a component is solved with.
pub(super) struct Context<'a> {
    pub solver: &'a dyn Solver,
    pub desk: &'a dyn Desk,
    pub totals: &'a Mutex<Totals>,
}

/// A component while it is being solved.
pub(super) struct ComponentSearch<'a> {
    pub upper: Vec<i64>,
    cost: Vec<Values>,
    pub rows: Vec<(Vec<(usize, i64)>, i64)>,
    /// The best values so far, in the order of the component's variables.
    pub best: Vec<i64>,
    context: &'a Context<'a>,
    /// What the totals have of this component: its best, and its bounds.
    reported: (Values, Values),
    /// Rows that keep objectives 1 to 7 at their best.
    held: Vec<(Vec<(usize, i64)>, i64)>,
    closed: Vec<usize>,
}

impl SolvedComponent {
    /// Solves the component of these variables and rows, beginning with `start`.
    pub(super) fn solve(model: &Model, vars: &[VarIx], rows: &[RowIx], start: &Point, context: &Context) -> Self {
        let mut search = ComponentSearch::new(model, vars, rows.iter().map(|row| &model.rows[*row]), start, context);
        let low = lowest(model, vars);
        search.reported = (search.costs_of(&search.best), low);
        let (bound, has_ended) = search.by_importance(&low);
        let global = |(terms, at_most): &(Vec<(usize, i64)>, i64)| Row {
            terms: terms.iter().map(|(var, by)| (vars[*var], *by)).collect(),
            at_most: *at_most,
        };
        let held = search.held.iter().map(global).collect();
        let closed = search.closed.iter().map(|var| vars[*var]).collect();
        Self { values: search.best, bound, has_ended, held, closed }
    }
}

impl<'a> ComponentSearch<'a> {
    /// A component of these variables and rows, with the values of `start`.
    pub(super) fn new<'r>(
        model: &Model,
        vars: &[VarIx],
        rows: impl Iterator<Item = &'r Row>,
        start: &Point,
        context: &'a Context<'a>,
    ) -> Self {
        let place: BTreeMap<VarIx, usize> = vars.iter().enumerate().map(|(at, var)| (*var, at)).collect();
        let local = |row: &Row| (row.terms.iter().map(|(var, by)| (place[var], *by)).collect(), row.at_most);
        Self {
            upper: vars.iter().map(|var| model.upper[*var]).collect(),
            cost: vars.iter().map(|var| model.cost[*var]).collect(),
            rows: rows.map(local).collect(),
            best: vars.iter().map(|var| start[*var]).collect(),
            context,
            reported: Default::default(),
            held: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// What is solved for, one after the other; operations and appointments at once, since the same sessions decide
    /// both.
    const GOALS: [&'static [Objective]; 7] = [
        &[Objective::EssentialShort],
        &[Objective::SeniorMissing],
        &[Objective::ProtectedPostponed],
        &[Objective::Short],
        &[Objective::PostShort],
        &[Objective::Operations, Objective::Appointments],
        &[Objective::Changes],
    ];

    /// Solves for one objective after the other. Gives the bounds, and whether 1 to 7 are proven.
    fn by_importance(&mut self, low: &Values) -> (Values, bool) {
        let mut bound = *low;
        self.try_all_shortages(low);
        let mut is_proven = true;
        for goal in Self::GOALS {
            let is_last = !goal[0].has_to_be_proven();
            let is_lowest = goal.iter().all(|objective| self.value(*objective) == low[*objective]);
            let mut is_best = is_lowest;
            if !is_lowest && !self.context.desk.time_left().is_zero() {
                let nodes = is_last.then_some(NODES);
                is_best = self.improve(&self.weighted(goal), nodes, goal, is_proven.then_some(&mut bound));
            }
            if is_best && is_proven {
                for objective in goal {
                    bound[*objective] = self.value(*objective);
                }
            }
            is_proven &= is_best || is_last;
            for objective in goal {
                self.hold(*objective);
            }
            self.report(&bound, is_last);
        }
        (bound, is_proven)
    }

    /// The weight of one unit of shortage. A session's own price stays below it, so that sessions are postponed only
    /// where that mends a shortage.
    const SHORTAGE: i64 = 200;
    /// How many units of shortage a protected patient weighs: enough for protected sessions to be postponed last, and
    /// small enough for the solver's fractions to stay exact. Like all weights here it proves nothing.
    const PROTECTED: i64 = 40;

    /// A heuristic for a good beginning: one weighted sum of all shortages instead of one objective after the other.
    /// Often nothing is left to do for the first five objectives. The weights 4, 2, 1 and 1 follow the order of
    /// importance and prove nothing.
    fn try_all_shortages(&mut self, low: &Values) {
        let now = self.costs_of(&self.best);
        let is_lowest =
            now.more_important_than(Objective::Operations) == low.more_important_than(Objective::Operations);
        if is_lowest || self.context.desk.time_left().is_zero() {
            return;
        }
        let minutes = |cost: &Values| {
            4 * cost[Objective::EssentialShort]
                + 2 * cost[Objective::SeniorMissing]
                + cost[Objective::Short]
                + cost[Objective::PostShort]
        };
        let unit = self.cost.iter().fold(0, |a, cost| gcd(a, minutes(cost))).max(1);
        // Sessions have a small price, so that none is postponed where that does not help.
        let elective =
            |cost: &Values| (20 * cost[Objective::Operations] + cost[Objective::Appointments]).min(Self::SHORTAGE - 1);
        let price = |cost: &Values| {
            (minutes(cost) / unit + Self::PROTECTED * cost[Objective::ProtectedPostponed]) * Self::SHORTAGE
                + elective(cost)
        };
        let problem = self.problem(self.cost.iter().map(price).collect());
        let found = self.context.solver.minimise(&problem, Some(&self.best), Some(NODES), self.context.desk);
        let is_better = |values: &Vec<i64>| self.costs_of(values) < self.costs_of(&self.best);
        if let Some(values) = found.values.filter(is_better) {
            self.best = values;
        }
    }

    /// Reports the progress to the desk.
    fn report(&mut self, bound: &Values, is_done: bool) {
        let now = (self.costs_of(&self.best), *bound);
        let Ok(mut totals) = self.context.totals.lock() else { return };
        totals.best.add(1, &now.0);
        totals.best.add(-1, &self.reported.0);
        totals.bound.add(1, &now.1);
        totals.bound.add(-1, &self.reported.1);
        totals.done += usize::from(is_done);
        self.reported = now;
        self.context.desk.progress(&totals.progress());
    }

    fn costs_of(&self, values: &[i64]) -> Values {
        let mut costs = Values::default();
        values.iter().zip(&self.cost).for_each(|(value, cost)| costs.add(*value, cost));
        costs
    }

    /// What the best values cost in the objective.
    pub(super) fn value(&self, objective: Objective) -> i64 {
        self.best.iter().zip(&self.cost).map(|(value, cost)| value * cost[objective]).sum()
    }

    /// Several objectives as one weighted sum. Each weight is larger than everything the later objectives can come to,
    /// so that the sum has the lexicographic order (Sherali and Soyster, "Preemptive and nonpreemptive multi-objective
    /// programming", Journal of Optimization Theory and Applications 39, 1983).
    pub(super) fn weighted(&self, goal: &[Objective]) -> Vec<i64> {
        let mut weight = 1;
        let mut sum = vec![0; self.cost.len()];
        for objective in goal.iter().rev() {
            sum.iter_mut().zip(&self.cost).for_each(|(sum, cost)| *sum += weight * cost[*objective]);
            weight *= self.most(*objective) + 1;
        }
        sum
    }

    /// The largest amount by which an objective can differ from 0.
    fn most(&self, objective: Objective) -> i64 {
        self.cost.iter().zip(&self.upper).map(|(cost, upper)| cost[objective].abs() * upper).sum()
    }

    fn problem(&self, cost: Vec<i64>) -> Linear {
        Linear { upper: self.upper.clone(), cost, rows: self.rows.clone() }
    }

    /// Looks for values that cost less. Gives whether the best is now proven; raises the bound of the first objective
    /// of `goal`.
    pub(super) fn improve(
        &mut self,
        cost: &[i64],
        nodes: Option<u64>,
        goal: &[Objective],
        bound: Option<&mut Values>,
    ) -> bool {
        let unit = cost.iter().fold(0, |a, b| gcd(a, b.abs())).max(1);
        let problem = self.problem(cost.iter().map(|cost| cost / unit).collect());
        let found = self.context.solver.minimise(&problem, Some(&self.best), nodes, self.context.desk);
        if let Some(values) = found.values
            && problem.cost_of(&values) < problem.cost_of(&self.best)
        {
            self.best = values;
        }
        if let (Some(low), Some(bound)) = (found.bound, bound) {
            let first = goal[0];
            // The bound is of the weighted sum: the most that the later objectives can come to is taken off it first.
            let weight: i64 = goal[1..].iter().map(|objective| self.most(*objective) + 1).product();
            let least = low * unit - (weight - 1);
            bound[first] = bound[first].max(least.div_euclid(weight) + i64::from(least.rem_euclid(weight) > 0));
        }
        found.is_best || found.bound.is_some_and(|low| low >= problem.cost_of(&self.best))
    }

    /// From here on, no values may be worse in this objective than the best is: the step of lexicographic optimisation.
    /// Where the best is the lowest possible, the variables that cost anything are closed; elsewhere a row is added.
    fn hold(&mut self, objective: Objective) {
        let value = self.value(objective);
        let terms: Vec<(usize, i64)> =
            self.cost.iter().enumerate().map(|(var, cost)| (var, cost[objective])).filter(|(_, by)| *by != 0).collect();
        let lowest: i64 = terms.iter().map(|(var, by)| by.min(&0) * self.upper[*var]).sum();
        if value == lowest && terms.iter().all(|(_, by)| *by > 0) {
            for (var, _) in &terms {
                self.upper[*var] = 0;
            }
            self.closed.extend(terms.iter().map(|(var, _)| *var));
        } else if !terms.is_empty() {
            let unit = terms.iter().fold(0, |a, (_, by)| gcd(a, by.abs())).max(1);
            let row = (terms.into_iter().map(|(var, by)| (var, by / unit)).collect(), value.div_euclid(unit));
            if objective.has_to_be_proven() {
                self.held.push(Clone::clone(&row));
            }
            self.rows.push(row);
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
