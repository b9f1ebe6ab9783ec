//! Fewer people to ask, short stints and changes, once objectives 1 to 7 are settled.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::components::{Component, Solution, SolvedComponent, SolvedComponents, Totals, components, key, lowest};
use super::desk::Desk;
use super::draft::Draft;
use super::facts::Facts;
use super::fewest;
use super::figures::short_stints;
use super::index::{Ix, VarIx};
use super::lazy_rows::violated_rows;
use super::lexicographic::{ComponentSearch, Context, NODES};
use super::model::{Model, Row, VarKind};
use super::objective::Objective;
use super::solver::Solver;
use super::stints::add_stints;

/// Components with more variables are not searched for what need not be proven: a node takes longer the larger the
/// component is, and the time is better spent on local search.
const SIMPLIFIED_MAX: usize = 6_000;
/// Nor are components whose rows have more terms: a node takes longer the more terms there are, however few the rows.
const TERMS_MAX: usize = 30_000;
/// Models with more variables get no rows for short stints: there would be more of those than [`add_stints`] writes.
const STINTS_MAX: usize = 200_000;
/// Components with more variables than this are searched with [`FEW_NODES`], hardly more than a bound takes.
const SEARCHED_MAX: usize = 1_000;
const FEW_NODES: u64 = 4;

/// Fewer people whose availability is not known, short stints and changes, while objectives 1 to 7 keep their values:
/// with a counted amount of search, and only in components where something is left to gain.
pub(super) fn simplify(
    facts: &Facts,
    model: &mut Model,
    components_before: &[Component],
    known: &SolvedComponents,
    solution: &mut Solution,
    solver: &dyn Solver,
    desk: &dyn Desk,
) {
    let mut of_parts = solution.bound[Objective::PeopleNotKnown];
    let before = solution.values.clone();
    let is_known = model.costs(&before)[Objective::PeopleNotKnown] == 0;
    if !is_known {
        ask_fewer(facts, model, components_before, known, solution, desk);
    }
    let draft = Draft::of(facts, model, &solution.values);
    let now = model.costs(&solution.values);
    let has_reached = |objective: Objective| now[objective] == solution.bound[objective];
    let is_settled = has_reached(Objective::PeopleNotKnown) && has_reached(Objective::Changes);
    if (is_known || is_settled) && short_stints(facts, &draft) == 0 || model.kind.len() > STINTS_MAX {
        return;
    }
    add_stints(facts, model, &draft);
    solution.values.resize(model.kind.len(), 0);
    model.complete(&mut solution.values);
    let rows: Vec<Row> = model.rows.iter().chain(&model.late).cloned().collect();
    let mut values = solution.values.clone();
    for (vars, rows_of) in components(model, &rows) {
        let has_moved = |var: VarIx| before.get(var.at()).is_some_and(|before| *before != values[var]);
        let is_open = |var: &VarIx| {
            matches!(model.kind[*var], VarKind::ToAsk | VarKind::Stint) && values[*var] > 0 || has_moved(*var)
        };
        let terms: usize = rows_of.iter().map(|row| rows[*row].terms.len()).sum();
        let is_settled = !vars.iter().any(is_open);
        if is_settled || vars.len() > SIMPLIFIED_MAX || terms > TERMS_MAX || desk.time_left().is_zero() {
            continue;
        }
        let place: BTreeMap<VarIx, usize> = vars.iter().enumerate().map(|(at, var)| (*var, at)).collect();
        let within = |component: &&Component| place.contains_key(&component.0[0]);
        let held: Vec<&SolvedComponent> =
            components_before.iter().filter(within).filter_map(|component| known.get(&key(component))).collect();
        let totals = Mutex::new(Totals::new(model, &solution.values, components_before, known));
        let context = Context { solver, desk, totals: &totals };
        let mut search = ComponentSearch::new(model, &vars, rows_of.iter().map(|row| &rows[*row]), &values, &context);
        for row in held.iter().flat_map(|solved| &solved.held) {
            search.rows.push((row.terms.iter().map(|(var, by)| (place[var], *by)).collect(), row.at_most));
        }
        for var in held.iter().flat_map(|solved| &solved.closed) {
            search.upper[place[var]] = 0;
        }
        let goal = [Objective::PeopleNotKnown, Objective::ShortStints, Objective::Changes];
        let was = lowest(model, &vars);
        let mut known_low = was;
        let steps = if vars.len() > SEARCHED_MAX { FEW_NODES } else { NODES };
        if search.improve(&search.weighted(&goal), Some(steps), &goal, Some(&mut known_low)) {
            known_low[Objective::PeopleNotKnown] = search.value(Objective::PeopleNotKnown);
        }
        // What the components had found for themselves is in the bound already: only the gain is added.
        of_parts += known_low[Objective::PeopleNotKnown] - was[Objective::PeopleNotKnown];
        vars.iter().zip(&search.best).for_each(|(var, value)| values[*var] = *value);
    }
    solution.raise_bound(Objective::PeopleNotKnown, of_parts);
    if violated_rows(facts, model, &values).is_empty() {
        solution.values = values;
    }
}

/// As few people as possible who have to be asked whether they are available, by ejection chains.
fn ask_fewer(
    facts: &Facts,
    model: &Model,
    components_before: &[Component],
    known: &SolvedComponents,
    solution: &mut Solution,
    desk: &dyn Desk,
) {
    let held = components_before.iter().filter_map(|component| known.get(&key(component)));
    let by_window = fewest::bounds(facts, model, &held.flat_map(|solved| solved.closed.iter().copied()).collect());
    if let Some(values) = fewest::fewer(facts, model, &solution.values, &by_window, desk)
        && violated_rows(facts, model, &values).is_empty()
    {
        solution.values = values;
    }
    solution.raise_bound(Objective::PeopleNotKnown, by_window.iter().sum());
}
