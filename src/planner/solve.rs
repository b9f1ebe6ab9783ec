//! The model solved, objective by objective, part by part.
//!
//! Parts that no row joins are solved by themselves, at once where there is a second core: the best of the whole in the
//! order of importance is the best of each part. Hours and rest come last: a plan that breaks them is met with rows that
//! forbid just that, or that write all the person may work ([`super::ways`], [`super::rests`]), which may join parts,
//! until no person's work breaks anything. Until then every figure is a bound.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::desk::{Desk, Early, Progress};
use super::draft::Draft;
use super::facts::Facts;
use super::fewest;
use super::figures::short_stints;
use super::model::{Model, Row, What};
use super::objective::{Objective, Values};
use super::repair::{filled, repaired};
use super::solver::{Linear, Solver};
use super::stints::add_stints;
use super::tired::{Cut, broken, cuts_of};
use super::ways::Listing;

/// Values for every variable, and what is known of them.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    pub values: Vec<i64>,
    /// No plan in the order of importance has less.
    pub bound: Values,
    /// Whether every part was solved to the end.
    pub has_ended: bool,
}

impl Solution {
    fn raise_bound(&mut self, objective: Objective, low: i64) {
        self.bound[objective] = self.bound[objective].max(low);
    }
}

/// So many steps of search are spent on what need not be proven, whatever the machine.
const STEPS: u64 = 40;
/// Larger parts are not searched for what need not be proven.
const SIMPLIFIED_MAX: usize = 6_000;
/// Nor parts whose rows speak of variables more often than this: one step of search takes too long.
const TERMS_MAX: usize = 30_000;
/// Models larger than this are left as they are where people to ask have been looked at.
const STINTS_MAX: usize = 200_000;
/// So many variables are searched with [`STEPS`], more of them with fewer, hardly more than for a bound.
const SEARCHED_MAX: usize = 1_000;
const FEW_STEPS: u64 = 4;
/// So many times hours and rest may send the plan back.
const ROUNDS_MAX: usize = 200;

/// Solves the model. `start` keeps to every row.
pub(super) fn solve(facts: &Facts, model: &mut Model, solver: &dyn Solver, desk: &Early) -> Solution {
    let is_late = || desk.is_late();
    let mut start = start(facts, model, desk);
    let mut listing = Listing::default();
    let mut known = Known::new();
    let mut rounds = 0;
    let mut best = None;
    // Without any time the rota stays as it is.
    let has_begun = !desk.time_left().is_zero();
    loop {
        let parts = parts(model, &model.rows);
        solve_fresh(model, &parts, &mut known, &start, solver, desk);
        let mut solution = assembled(model, &parts, &known, &start);
        let mut cuts = cuts_of(facts, model, &solution.values);
        if !cuts.is_empty()
            && let Some(values) = repaired(facts, model, &solution.values, &is_late)
            && is_as_good(model, &values, &solution.values)
        {
            solution.values = values;
            cuts.clear();
        }
        if cuts.is_empty() && solution.has_ended {
            model.complete(&mut solution.values);
            simplify(facts, model, &parts, &known, &mut solution, solver, desk);
            return solution;
        }
        rounds += 1;
        let is_last = cuts.is_empty() || rounds == ROUNDS_MAX || desk.time_left().is_zero();
        let mut found = best_of(facts, model, best, &solution.values, has_begun.then_some(&is_late));
        if is_last {
            // The start breaks nothing as it is.
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
        forbid(facts, model, cuts, rounds, &mut listing);
        start.resize(model.what.len(), 0);
        model.complete(&mut start);
    }
}

/// Larger models need not keep every proposal that could be kept.
const KEPT_MAX: usize = 4_000;

/// Whether nothing that is proven becomes dearer, and no proposal changes that need not.
fn is_as_good(model: &Model, values: &[i64], than: &[i64]) -> bool {
    let (now, was) = (model.costs(values), model.costs(than));
    now.proven() == was.proven() && (now[Objective::Changes] <= was[Objective::Changes] || model.what.len() > KEPT_MAX)
}

/// The better of the best so far and of these values, after everything that nobody may do is taken back and, if there
/// was any time, everything filled that somebody still can.
fn best_of(
    facts: &Facts,
    model: &Model,
    best: Option<Vec<i64>>,
    values: &[i64],
    fill_until: Option<&dyn Fn() -> bool>,
) -> Vec<i64> {
    let mut values = values.to_vec();
    if let Some(is_late) = fill_until {
        values = filled(facts, model, &values, is_late);
    } else {
        rest(facts, model, &mut values);
    }
    let Some(mut best) = best else { return values };
    best.resize(model.what.len(), 0);
    model.complete(&mut best);
    if model.costs(&values) < model.costs(&best) { values } else { best }
}

/// Rows for what is broken, or for all that is permitted to whoever is tired, where that can be written.
fn forbid(facts: &Facts, model: &mut Model, cuts: Vec<Cut>, rounds: usize, listing: &mut Listing) {
    for cut in cuts {
        if !listing.add(facts, model, &cut, rounds) {
            model.rows.push(cut.row);
        }
    }
}

/// Solves the parts that are not known yet, as long as there is time.
fn solve_fresh(model: &Model, parts: &[Lot], known: &mut Known, start: &[i64], solver: &dyn Solver, desk: &Early) {
    let solved = Mutex::new(Vec::new());
    let tally = Mutex::new(Tally::new(model, start, parts, known));
    let fresh = parts.iter().filter(|(vars, rows)| !known.contains_key(&(vars.clone(), rows.len())));
    let jobs: Vec<Box<dyn FnOnce() + Send + '_>> = fresh
        .map(|(vars, rows)| {
            let (solved, tally) = (&solved, &tally);
            Box::new(move || {
                // What is not even begun stays as the start has it.
                if desk.is_late() {
                    return;
                }
                let part = Part::solve(model, vars, rows, start, &Room { solver, desk, tally });
                if let Ok(mut solved) = solved.lock() {
                    solved.push(((vars.clone(), rows.len()), part));
                }
            }) as Box<dyn FnOnce() + Send + '_>
        })
        .collect();
    desk.all(jobs);
    known.extend(solved.into_inner().unwrap_or_default());
}

/// People whose availability is not known, short stints and changes, once 1 to 7 are settled: with a counted amount of
/// search, and only where that is worth it.
fn simplify(
    facts: &Facts,
    model: &mut Model,
    parts_before: &[Lot],
    known: &Known,
    solution: &mut Solution,
    solver: &dyn Solver,
    desk: &dyn Desk,
) {
    let mut of_parts = solution.bound[Objective::PeopleNotKnown];
    let before = solution.values.clone();
    let is_known = model.costs(&before)[Objective::PeopleNotKnown] == 0;
    if !is_known {
        ask_fewer(facts, model, parts_before, known, solution, desk);
    }
    let draft = Draft::of(facts, model, &solution.values);
    let now = model.costs(&solution.values);
    let has_reached = |objective: Objective| now[objective] == solution.bound[objective];
    let is_settled = has_reached(Objective::PeopleNotKnown) && has_reached(Objective::Changes);
    if (is_known || is_settled) && short_stints(facts, &draft) == 0 || model.what.len() > STINTS_MAX {
        return;
    }
    add_stints(facts, model, &draft);
    solution.values.resize(model.what.len(), 0);
    model.complete(&mut solution.values);
    let rows: Vec<Row> = model.rows.iter().chain(&model.late).cloned().collect();
    let mut values = solution.values.clone();
    for (vars, rows_of) in parts(model, &rows) {
        let has_moved = |var: usize| before.get(var).is_some_and(|before| *before != values[var]);
        let is_open =
            |var: &usize| matches!(model.what[*var], What::ToAsk | What::Stint) && values[*var] > 0 || has_moved(*var);
        let terms: usize = rows_of.iter().map(|row| rows[*row].terms.len()).sum();
        let is_settled = !vars.iter().any(is_open);
        if is_settled || vars.len() > SIMPLIFIED_MAX || terms > TERMS_MAX || desk.time_left().is_zero() {
            continue;
        }
        let place: BTreeMap<usize, usize> = vars.iter().enumerate().map(|(at, var)| (*var, at)).collect();
        let within = |lot: &&Lot| place.contains_key(&lot.0[0]);
        let held: Vec<&Part> =
            parts_before.iter().filter(within).filter_map(|lot| known.get(&(lot.0.clone(), lot.1.len()))).collect();
        let tally = Mutex::new(Tally::new(model, &solution.values, parts_before, known));
        let room = Room { solver, desk, tally: &tally };
        let mut work = Work::new(model, &vars, rows_of.iter().map(|row| &rows[*row]), &values, &room);
        for row in held.iter().flat_map(|part| &part.held) {
            work.rows.push((row.terms.iter().map(|(var, by)| (place[var], *by)).collect(), row.at_most));
        }
        for var in held.iter().flat_map(|part| &part.closed) {
            work.upper[place[var]] = 0;
        }
        let goal = [Objective::PeopleNotKnown, Objective::ShortStints, Objective::Changes];
        let was = lowest(model, &vars);
        let mut known_low = was;
        let steps = if vars.len() > SEARCHED_MAX { FEW_STEPS } else { STEPS };
        if work.improve(&work.weighted(&goal), Some(steps), &goal, Some(&mut known_low)) {
            known_low[Objective::PeopleNotKnown] = work.value(Objective::PeopleNotKnown);
        }
        // What the parts had found for themselves stands in the bound already: only what is better is added.
        of_parts += known_low[Objective::PeopleNotKnown] - was[Objective::PeopleNotKnown];
        vars.iter().zip(&work.best).for_each(|(var, value)| values[*var] = *value);
    }
    solution.raise_bound(Objective::PeopleNotKnown, of_parts);
    if cuts_of(facts, model, &values).is_empty() {
        solution.values = values;
    }
}

/// Places go from hand to hand, until as few people as possible have to be asked whether they are available.
fn ask_fewer(
    facts: &Facts,
    model: &Model,
    parts_before: &[Lot],
    known: &Known,
    solution: &mut Solution,
    desk: &dyn Desk,
) {
    let held = parts_before.iter().filter_map(|lot| known.get(&(lot.0.clone(), lot.1.len())));
    let by_window = fewest::bounds(facts, model, &held.flat_map(|part| part.closed.iter().copied()).collect());
    if let Some(values) = fewest::fewer(facts, model, &solution.values, &by_window, desk)
        && cuts_of(facts, model, &values).is_empty()
    {
        solution.values = values;
    }
    solution.raise_bound(Objective::PeopleNotKnown, by_window.iter().sum());
}

/// The rota as it is, without the Proposed assignments that cannot stay.
fn start(facts: &Facts, model: &Model, desk: &dyn Desk) -> Vec<i64> {
    let mut values = vec![0; model.what.len()];
    for (var, what) in model.what.iter().enumerate() {
        if let What::Postponed { session } = what {
            values[var] = i64::from(facts.sessions[*session].state != crate::model::SessionState::Running);
        }
    }
    let simple: Vec<&Row> =
        model.rows.iter().filter(|row| row.terms.iter().all(|(v, _)| is_choice(model, *v))).collect();
    let mut of: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for row in simple {
        row.terms.iter().for_each(|(var, _)| of.entry(*var).or_default().push(row));
    }
    for var in (0..values.len()).filter(|var| matches!(model.what[*var], What::Whole { .. })) {
        values[var] = 1;
        let rows = of.get(&var).map_or(&[][..], Vec::as_slice);
        if !rows.iter().all(|row| row.is_kept_by(&values)) {
            values[var] = 0;
        }
    }
    model.complete(&mut values);
    if !model.is_kept_by(&values) {
        (0..values.len()).filter(|v| matches!(model.what[*v], What::Whole { .. })).for_each(|v| values[v] = 0);
        model.complete(&mut values);
    }
    rest(facts, model, &mut values);
    fewest::fill(facts, model, &mut values, desk);
    values
}

fn is_choice(model: &Model, var: usize) -> bool {
    matches!(model.what[var], What::Piece { .. } | What::Whole { .. } | What::Postponed { .. })
}

/// Takes back proposals until nobody's hours or rest are broken.
fn rest(facts: &Facts, model: &Model, values: &mut [i64]) {
    let people: BTreeSet<usize> = (0..facts.people.len()).collect();
    for person in people {
        while let Some(set) = broken(facts, model, values, person) {
            let Some(var) = set.vars.last() else { break };
            values[*var] = 0;
        }
    }
    model.complete(values);
}

/// The variables of one part, and the rows between them.
type Lot = (Vec<usize>, Vec<usize>);

/// What is known of parts, by their variables and the number of their rows: rows are only ever added.
type Known = BTreeMap<(Vec<usize>, usize), Part>;

/// The first of those that `at` is joined with.
fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// All parts that these rows leave.
fn parts(model: &Model, rows: &[Row]) -> Vec<Lot> {
    let mut leader: Vec<usize> = (0..model.what.len()).collect();
    for row in rows {
        for pair in row.terms.windows(2) {
            let (a, b) = (find(&mut leader, pair[0].0), find(&mut leader, pair[1].0));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Lot> = BTreeMap::new();
    for var in 0..model.what.len() {
        parts.entry(find(&mut leader, var)).or_default().0.push(var);
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some((var, _)) = row.terms.first() {
            parts.entry(find(&mut leader, *var)).or_default().1.push(at);
        }
    }
    parts.into_values().collect()
}

fn assembled(model: &Model, parts: &[Lot], known: &BTreeMap<(Vec<usize>, usize), Part>, start: &[i64]) -> Solution {
    let mut solution = Solution { values: start.to_vec(), bound: model.constant, has_ended: true };
    for (vars, rows) in parts {
        let Some(part) = known.get(&(vars.clone(), rows.len())) else {
            solution.has_ended = false;
            solution.bound.add(1, &lowest(model, vars));
            continue;
        };
        vars.iter().zip(&part.values).for_each(|(var, value)| solution.values[*var] = *value);
        solution.bound.add(1, &part.bound);
        solution.has_ended &= part.has_ended;
    }
    solution
}

/// What these variables cost at the least, whatever the rows say.
fn lowest(model: &Model, vars: &[usize]) -> Values {
    let mut low = Values::default();
    for var in vars {
        low.add(model.upper[*var], &Values::of(|objective| model.cost[*var][objective].min(0)));
    }
    low
}

/// One part solved by itself.
#[derive(Debug, Clone)]
struct Part {
    /// In the order of the part's variables.
    values: Vec<i64>,
    bound: Values,
    has_ended: bool,
    /// What holds 1 to 7 where they are: rows, and variables that stay 0.
    held: Vec<Row>,
    closed: Vec<usize>,
}

/// What a part is solved with.
struct Room<'a> {
    solver: &'a dyn Solver,
    desk: &'a dyn Desk,
    tally: &'a Mutex<Tally>,
}

/// How far all parts are together.
struct Tally {
    best: Values,
    bound: Values,
    done: usize,
    parts: usize,
}

impl Tally {
    fn new(model: &Model, start: &[i64], parts: &[Lot], known: &Known) -> Self {
        let so_far = assembled(model, parts, known, start);
        let done = parts.iter().filter(|(vars, rows)| known.contains_key(&(vars.clone(), rows.len()))).count();
        Self { best: model.costs(&so_far.values), bound: so_far.bound, done, parts: parts.len() }
    }

    fn progress(&self) -> Progress {
        let proven = |costs: &Values| std::array::from_fn(|n| costs.proven()[n]);
        Progress { best: proven(&self.best), bound: proven(&self.bound), parts_done: self.done, parts: self.parts }
    }
}

/// A part while it is being solved.
struct Work<'a> {
    upper: Vec<i64>,
    cost: Vec<Values>,
    rows: Vec<(Vec<(usize, i64)>, i64)>,
    best: Vec<i64>,
    room: &'a Room<'a>,
    /// What the tally has heard of this part: its best, and its bounds.
    told: (Values, Values),
    /// What holds 1 to 7 where they are.
    held: Vec<(Vec<(usize, i64)>, i64)>,
    closed: Vec<usize>,
}

impl Part {
    fn solve(model: &Model, vars: &[usize], rows: &[usize], start: &[i64], room: &Room) -> Self {
        let mut work = Work::new(model, vars, rows.iter().map(|row| &model.rows[*row]), start, room);
        let low = lowest(model, vars);
        work.told = (work.costs_of(&work.best), low);
        let (bound, has_ended) = work.by_importance(&low);
        let global = |(terms, at_most): &(Vec<(usize, i64)>, i64)| Row {
            terms: terms.iter().map(|(var, by)| (vars[*var], *by)).collect(),
            at_most: *at_most,
        };
        let held = work.held.iter().map(global).collect();
        let closed = work.closed.iter().map(|var| vars[*var]).collect();
        Self { values: work.best, bound, has_ended, held, closed }
    }
}

impl<'a> Work<'a> {
    fn new<'r>(
        model: &Model,
        vars: &[usize],
        rows: impl Iterator<Item = &'r Row>,
        start: &[i64],
        room: &'a Room<'a>,
    ) -> Self {
        let place: BTreeMap<usize, usize> = vars.iter().enumerate().map(|(at, var)| (*var, at)).collect();
        let local = |row: &Row| (row.terms.iter().map(|(var, by)| (place[var], *by)).collect(), row.at_most);
        Self {
            upper: vars.iter().map(|var| model.upper[*var]).collect(),
            cost: vars.iter().map(|var| model.cost[*var]).collect(),
            rows: rows.map(local).collect(),
            best: vars.iter().map(|var| start[*var]).collect(),
            room,
            told: Default::default(),
            held: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// What is solved for, one after the other; operations and appointments at once, since the same sessions decide both.
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
            let is_lowest = goal.iter().all(|n| self.value(*n) == low[*n]);
            let mut is_best = is_lowest;
            if !is_lowest && !self.room.desk.time_left().is_zero() {
                let nodes = is_last.then_some(STEPS);
                is_best = self.improve(&self.weighted(goal), nodes, goal, is_proven.then_some(&mut bound));
            }
            if is_best && is_proven {
                for n in goal {
                    bound[*n] = self.value(*n);
                }
            }
            is_proven &= is_best || is_last;
            for n in goal {
                self.hold(*n);
            }
            self.tell(&bound, is_last);
        }
        (bound, is_proven)
    }

    /// What a minute short weighs beside a session's small price, and what a protected patient weighs beside a minute.
    const SHORTAGE: i64 = 200;
    const PROTECTED: i64 = 40;

    /// All shortages at once, for a good beginning: often nothing is left to do for the first five.
    fn try_all_shortages(&mut self, low: &Values) {
        let now = self.costs_of(&self.best);
        let is_lowest =
            now.more_important_than(Objective::Operations) == low.more_important_than(Objective::Operations);
        if is_lowest || self.room.desk.time_left().is_zero() {
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
        let found = self.room.solver.minimise(&problem, Some(&self.best), Some(STEPS), self.room.desk);
        let is_better = |values: &Vec<i64>| self.costs_of(values) < self.costs_of(&self.best);
        if let Some(values) = found.values.filter(is_better) {
            self.best = values;
        }
    }

    /// Tells whoever watches how far it is.
    fn tell(&mut self, bound: &Values, is_done: bool) {
        let now = (self.costs_of(&self.best), *bound);
        let Ok(mut tally) = self.room.tally.lock() else { return };
        tally.best.add(1, &now.0);
        tally.best.add(-1, &self.told.0);
        tally.bound.add(1, &now.1);
        tally.bound.add(-1, &self.told.1);
        tally.done += usize::from(is_done);
        self.told = now;
        self.room.desk.progress(&tally.progress());
    }

    fn costs_of(&self, values: &[i64]) -> Values {
        let mut costs = Values::default();
        values.iter().zip(&self.cost).for_each(|(value, cost)| costs.add(*value, cost));
        costs
    }

    fn value(&self, objective: Objective) -> i64 {
        self.best.iter().zip(&self.cost).map(|(value, cost)| value * cost[objective]).sum()
    }

    /// Several objectives as one, each so heavy that those after it buy nothing of it.
    fn weighted(&self, goal: &[Objective]) -> Vec<i64> {
        let mut weight = 1;
        let mut sum = vec![0; self.cost.len()];
        for n in goal.iter().rev() {
            sum.iter_mut().zip(&self.cost).for_each(|(sum, cost)| *sum += weight * cost[*n]);
            weight *= self.most(*n) + 1;
        }
        sum
    }

    /// More than this an objective cannot be, either way.
    fn most(&self, objective: Objective) -> i64 {
        self.cost.iter().zip(&self.upper).map(|(cost, upper)| cost[objective].abs() * upper).sum()
    }

    fn problem(&self, cost: Vec<i64>) -> Linear {
        Linear { upper: self.upper.clone(), cost, rows: self.rows.clone() }
    }

    /// Looks for something cheaper. Gives whether the best is now proven; puts what is known below it in `bound`.
    fn improve(&mut self, cost: &[i64], nodes: Option<u64>, goal: &[Objective], bound: Option<&mut Values>) -> bool {
        let unit = cost.iter().fold(0, |a, b| gcd(a, b.abs())).max(1);
        let problem = self.problem(cost.iter().map(|cost| cost / unit).collect());
        let found = self.room.solver.minimise(&problem, Some(&self.best), nodes, self.room.desk);
        if let Some(values) = found.values
            && problem.cost_of(&values) < problem.cost_of(&self.best)
        {
            self.best = values;
        }
        if let (Some(low), Some(bound)) = (found.bound, bound) {
            let first = goal[0];
            // Of several as one, what the others can be at most is taken off before the first is told apart.
            let weight: i64 = goal[1..].iter().map(|n| self.most(*n) + 1).product();
            let least = low * unit - (weight - 1);
            bound[first] = bound[first].max(least.div_euclid(weight) + i64::from(least.rem_euclid(weight) > 0));
        }
        found.is_best || found.bound.is_some_and(|low| low >= problem.cost_of(&self.best))
    }

    /// From here on, no plan may be worse in this objective than the best is.
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
