//! The cover problem as an integer programme: whole numbers, rows `sum <= bound`, and a cost for each objective.
//!
//! One variable for each person, post and stretch between two neighbouring cuts ("piece"), one for each Proposed
//! assignment left whole as it is, one for each session that may be postponed. Shortages are variables too: as many as
//! are missing, and each costs its minutes. [`super::formulation`] writes them, [`super::supply`] writes the shortages.

use std::collections::BTreeMap;

use crate::model::Span;

use super::facts::Facts;
use super::index::{AssignmentIx, List, PersonIx, PostIx, RowIx, SessionIx, VarIx, placed};
use super::objective::Values;

placed! {
    Row by RowIx,
    VarKind by VarIx,
}

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VarKind {
    /// 1: the person is on the post over the span, which lies between two neighbouring cuts.
    Piece { person: PersonIx, post: PostIx, span: Span },
    /// 1: the Proposed assignment stays as it is.
    Whole { assignment: AssignmentIx },
    /// 1: the session is postponed.
    Postponed { session: SessionIx },
    /// 1: somebody kept counts, since all these sessions are postponed.
    Counts,
    /// 1: more people are kept on a post than are needed there.
    Excess,
    /// So many too few.
    Short,
    /// 1: somebody has to be asked whether they are available in a window.
    ToAsk,
    /// 1: somebody is on a post for a little while alone.
    Stint,
    /// 1: the person of a Proposed assignment is on its post all the time of it.
    StillHeld,
    /// 1: somebody works in this pattern.
    Pattern,
    /// 1: a long rest of somebody begins.
    Rest,
}

/// A value for each variable.
pub(super) type Point = List<VarIx, i64>;

/// `sum of coefficient × variable <= at_most`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub terms: Vec<(VarIx, i64)>,
    pub at_most: i64,
}

impl Row {
    /// What the left side comes to.
    pub(super) fn sum(&self, values: &Point) -> i64 {
        self.terms.iter().map(|(var, by)| by * values[*var]).sum()
    }

    /// Whether the values keep to it.
    pub(super) fn is_kept_by(&self, values: &Point) -> bool {
        self.sum(values) <= self.at_most
    }
}

/// The whole problem.
pub(super) struct Model {
    pub kind: List<VarIx, VarKind>,
    pub upper: List<VarIx, i64>,
    pub rows: Vec<Row>,
    /// The rows of people to ask, and of short stints. They join what is otherwise apart, and matter only once 1 to 7
    /// are settled.
    pub late: Vec<Row>,
    /// For each variable what one unit of it costs: in objectives 1 to 7, people not known, changes and, once they are
    /// in the model, short stints. Nothing costs anything in the others.
    pub cost: List<VarIx, Values>,
    /// What is lost whatever the variables are.
    pub constant: Values,
    /// For each person, the variables that put them on a post, in order.
    pub of_person: List<PersonIx, Vec<VarIx>>,
    /// The variable of each session that has one.
    pub session: List<SessionIx, Option<VarIx>>,
    /// Whether each session without a variable is postponed.
    pub postponed: List<SessionIx, bool>,
    /// What fills in the variables that were added after the model was written.
    pub completions: Vec<Box<dyn Completion>>,
}

/// Somebody who has added variables to the model and knows their values once everybody's place and every session is
/// known. No completion reads what another one fills in.
pub(super) trait Completion: Send + Sync {
    /// Puts the values of those variables among the others.
    fn complete(&self, values: &mut Point);
}

impl Model {
    pub(super) fn add(&mut self, kind: VarKind, upper: i64) -> VarIx {
        self.upper.push(upper);
        self.cost.push(Values::default());
        self.kind.push(kind)
    }

    pub(super) fn row(&mut self, terms: Vec<(VarIx, i64)>, at_most: i64) {
        let terms = summed(terms);
        let most: i64 = terms.iter().map(|(var, by)| by.max(&0) * self.upper[*var]).sum();
        if most > at_most {
            self.rows.push(Row { terms, at_most });
        }
    }

    /// Whether every session in the way is postponed or may be.
    pub(super) fn can_be_freed(&self, facts: &Facts, person: PersonIx, span: Span) -> bool {
        facts.sessions_in_the_way(person, span).all(|s| self.postponed[s] || self.session[s].is_some())
    }

    /// Who would be where and when, if the variable puts somebody on a post.
    pub(super) fn place(&self, facts: &Facts, var: VarIx) -> Option<(PersonIx, PostIx, Span)> {
        match self.kind[var] {
            VarKind::Piece { person, post, span } => Some((person, post, span)),
            VarKind::Whole { assignment } => {
                let a = &facts.assignments[assignment];
                Some((a.person, a.post, a.span))
            }
            _ => None,
        }
    }

    /// Fills in what follows from where people are and which sessions are postponed.
    pub(super) fn complete(&self, values: &mut Point) {
        // `Counts` come before `Excess` and `Short` that use them, by the order in which they were added.
        let mut of: BTreeMap<VarIx, Vec<&Row>> = BTreeMap::new();
        for row in self.rows.iter().chain(&self.late) {
            for (var, _) in &row.terms {
                if !matches!(
                    self.kind[*var],
                    VarKind::Piece { .. }
                        | VarKind::Whole { .. }
                        | VarKind::Postponed { .. }
                        | VarKind::Pattern
                        | VarKind::Rest
                ) {
                    of.entry(*var).or_default().push(row);
                }
            }
        }
        self.completions.iter().for_each(|completion| completion.complete(values));
        for (var, rows) in of {
            values[var] = 0;
            if self.kind[var] == VarKind::Counts {
                // Rows that it serves do not call for it: it follows from the sessions alone.
                let mut all = rows.iter().filter(|row| row.at_most == 0 && row.terms.contains(&(var, 1)));
                let is_met = |row: &&Row| row.terms.iter().all(|(v, by)| *v == var || by * values[*v] < 0);
                let counts = all.all(is_met);
                values[var] = i64::from(counts);
                continue;
            }
            for row in &rows {
                let by = row.terms.iter().find(|(v, _)| *v == var).map_or(0, |(_, by)| *by);
                let sum = row.sum(values);
                if by < 0 && sum > row.at_most {
                    let missing = sum - row.at_most;
                    values[var] = values[var].max((missing + by.abs() - 1) / by.abs() + values[var]);
                }
            }
            values[var] = values[var].min(self.upper[var]);
            if self.kind[var] == VarKind::StillHeld {
                let others = |row: &&Row| row.sum(values) < 0;
                values[var] = i64::from(rows.iter().all(others));
            }
        }
    }

    /// Whether the values keep to every row.
    pub(super) fn is_kept_by(&self, values: &Point) -> bool {
        self.rows.iter().all(|row| row.is_kept_by(values))
    }

    /// What these values cost, by objective.
    pub(super) fn costs(&self, values: &Point) -> Values {
        let mut costs = self.constant;
        values.iter().zip(self.cost.iter()).for_each(|(value, cost)| costs.add(*value, cost));
        costs
    }
}

/// Each variable once: two who are kept may wait for the same session.
pub(super) fn summed(mut terms: Vec<(VarIx, i64)>) -> Vec<(VarIx, i64)> {
    terms.sort_unstable();
    let mut sums: Vec<(VarIx, i64)> = Vec::with_capacity(terms.len());
    for (var, by) in terms {
        match sums.last_mut().filter(|last| last.0 == var) {
            Some(last) => last.1 += by,
            None => sums.push((var, by)),
        }
    }
    sums.retain(|(_, by)| *by != 0);
    sums
}
