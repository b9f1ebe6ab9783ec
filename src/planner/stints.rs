//! Short stints as rows: a row for each set of touching pieces on one post that is too short in all, so that the set
//! costs one short stint unless the person also holds a piece just before or after it.

use std::collections::BTreeMap;

use crate::model::Span;

use super::draft::{Draft, Held};
use super::facts::Facts;
use super::holes::{Holes, STINT_MINUTES};
use super::index::{PostIx, VarIx};
use super::model::{Model, Row, VarKind};
use super::objective::Objective;

/// So many rows and no more: the local search afterwards ([`super::polish`]) looks at all short stints anyway.
const ROWS_MAX: usize = 20_000;

/// Adds the rows of short stints to the late rows. When a post lacks somebody is taken from `draft`; with other
/// sessions postponed it might lack somebody at other times, so that these rows prove nothing.
pub(super) fn add_stints(facts: &Facts, model: &mut Model, draft: &Draft) {
    let mut holes = Holes::new(facts, &draft.postponed);
    let rows_max = model.late.len() + ROWS_MAX;
    for person in facts.people.keys() {
        let mut of_post: BTreeMap<PostIx, Vec<(Span, VarIx)>> = BTreeMap::new();
        for var in &model.of_person[person] {
            if let Some((_, post, span)) = model.place(facts, *var) {
                of_post.entry(post).or_default().push((span, *var));
            }
        }
        for (post, mut places) in of_post {
            places.sort_unstable();
            let mut runs: Vec<Vec<(Span, VarIx)>> = places.iter().map(|place| vec![*place]).collect();
            while let Some(run) = runs.pop() {
                let Some(span) = Span::around(run.iter().map(|(span, _)| *span)).filter(is_short) else { continue };
                let held = Held { person, post, span, kept: None };
                if model.late.len() > rows_max {
                    return;
                }
                if holes.is_short_stint(&held) && !touches_kept(facts, &held) {
                    add_row(model, &run, &places, span);
                }
                // A piece and a whole proposal may go on from there.
                let next = places.iter().filter(|(next, _)| next.from == span.to);
                runs.extend(next.map(|next| run.iter().copied().chain([*next]).collect()));
            }
        }
    }
}

fn is_short(span: &Span) -> bool {
    span.minutes() < STINT_MINUTES
}

fn touches_kept(facts: &Facts, held: &Held) -> bool {
    let kept = facts.people[held.person].kept.iter().map(|at| &facts.assignments[*at]);
    let mut here = kept.filter(|a| a.post == held.post);
    here.any(|a| a.span.from <= held.span.to && held.span.from <= a.span.to)
}

/// All of `run` and nothing that touches it is a short stint.
fn add_row(model: &mut Model, run: &[(Span, VarIx)], places: &[(Span, VarIx)], span: Span) {
    let stint = model.add(VarKind::Stint, 1);
    model.cost[stint][Objective::ShortStints] = 1;
    let beside = places.iter().filter(|(other, _)| other.to == span.from || other.from == span.to);
    let mut terms: Vec<(VarIx, i64)> = beside.map(|(_, var)| (*var, -1)).collect();
    terms.extend(run.iter().map(|(_, var)| (*var, 1)));
    terms.push((stint, -1));
    terms.sort_unstable();
    model.late.push(Row { terms, at_most: run.len() as i64 - 1 });
}
