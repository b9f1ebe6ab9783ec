//! How many people each post has at one moment in the model, and the rows of what is short there.
//!
//! The people on a post are variables, or are kept there; who is kept may count only once a session is postponed. For
//! each stretch in which nothing else changes there is a row for each post that keeps out more people than are needed,
//! and rows that make the number missing a variable: on each post, at each tier or above, and of seniors.

use std::collections::BTreeSet;

use crate::model::{Instant, Span};

use super::facts::Facts;
use super::index::{PersonIx, PostIx, TierIx, UnitIx, VarIx, WindowIx};
use super::model::{Model, Row, VarKind, summed};
use super::objective::Objective;

/// When a kept person counts on a post.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Always,
    /// Once the sessions of these variables are postponed.
    If(Vec<VarIx>),
}

/// Who is kept on a post and counts: always, and once a variable is 1.
pub(super) type KeptOn = (Vec<PersonIx>, Vec<(VarIx, PersonIx)>);

/// One post at one moment: the variables that would fill it, and who is kept there and counts.
pub(super) struct Supply {
    pub vars: Vec<(VarIx, PersonIx)>,
    pub always: Vec<PersonIx>,
    pub perhaps: Vec<(VarIx, PersonIx)>,
}

impl Model {
    /// Who is kept on `post` at `at` and counts: always, or once a variable is 1.
    pub(super) fn kept_on(&mut self, facts: &Facts, post: PostIx, at: Instant) -> KeptOn {
        let (mut always, mut perhaps) = (Vec::new(), Vec::new());
        let on_post = facts.kept_on[post].iter().map(|at| &facts.assignments[*at]);
        let people: BTreeSet<PersonIx> = on_post.filter(|a| a.span.contains(at)).map(|a| a.person).collect();
        for person in people {
            match self.kept_counts(facts, person, post, at) {
                Some(Kept::Always) => always.push(person),
                Some(Kept::If(vars)) if vars.len() == 1 => perhaps.push((vars[0], person)),
                Some(Kept::If(vars)) => perhaps.push((self.add_counts(&vars), person)),
                None => {}
            }
        }
        (always, perhaps)
    }

    /// When a kept person counts on the post, if ever (`docs/checker.md`, section 2, (a) to (f)).
    fn kept_counts(&self, facts: &Facts, person: PersonIx, post: PostIx, at: Instant) -> Option<Kept> {
        let (who, role) = (&facts.people[person], &facts.posts[post]);
        let at_once = |spans: &[Span]| spans.iter().any(|span| span.contains(at));
        if !facts.is_able(person, post) || at_once(&who.away) {
            return None;
        }
        if role.on_call {
            return Some(Kept::Always);
        }
        let elsewhere = who
            .kept
            .iter()
            .map(|at| &facts.assignments[*at])
            .any(|other| other.post != post && other.span.contains(at) && !facts.posts[other.post].on_call);
        if elsewhere || at_once(&who.busy) {
            return None;
        }
        let mut vars = Vec::new();
        for session in who.sessions.iter().filter(|s| facts.sessions[**s].span.contains(at)) {
            match self.session[*session] {
                Some(var) => vars.push(var),
                None if self.postponed[*session] => {}
                None => return None,
            }
        }
        Some(if vars.is_empty() { Kept::Always } else { Kept::If(vars) })
    }

    /// A variable that is 1 exactly when all of `vars` are.
    fn add_counts(&mut self, vars: &[VarIx]) -> VarIx {
        let counts = self.add(VarKind::Counts, 1);
        for var in vars {
            self.row(vec![(counts, 1), (*var, -1)], 0);
        }
        let mut terms: Vec<(VarIx, i64)> = vars.iter().map(|var| (*var, 1)).collect();
        terms.push((counts, -1));
        self.rows.push(Row { terms, at_most: vars.len() as i64 - 1 });
        counts
    }

    /// Adds the rows of one slice of a segment: what is needed on each post of the unit, and what is there.
    pub(super) fn add_slice(&mut self, facts: &Facts, unit: UnitIx, slice: Span, held: &[Supply]) {
        let posts = &facts.units[unit].posts;
        for (post, held) in posts.iter().zip(held) {
            self.add_cap(i64::from(facts.need_max(*post, slice.from)), held);
        }
        let windows: Vec<WindowIx> = facts.windows_at(slice.from).collect();
        for window in windows {
            let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, slice.from))).collect();
            for (n, post) in posts.iter().enumerate() {
                self.add_short(&[(need[n], vec![&held[n]])], facts.posts[*post].shortage(), slice.minutes());
            }
            let present: Vec<usize> = (0..posts.len()).filter(|n| !facts.posts[posts[*n]].on_call).collect();
            let of_tier = |tier: TierIx| -> (i64, Vec<&Supply>) {
                let above = present.iter().filter(|n| facts.posts[posts[**n]].tier >= tier);
                above.fold((0, Vec::new()), |(sum, mut all), n| {
                    all.push(&held[*n]);
                    (sum + need[*n], all)
                })
            };
            let tiers: Vec<(i64, Vec<&Supply>)> = facts.units[unit].tiers.iter().map(|tier| of_tier(*tier)).collect();
            let is_needed = tiers.first().is_some_and(|(need, _)| *need > 0);
            self.add_short(&tiers, Objective::Short, slice.minutes());
            if is_needed && facts.units[unit].senior_from.is_some() {
                let senior: Vec<Supply> = present.iter().map(|n| held[*n].seniors(facts, unit)).collect();
                self.add_short(&[(1, senior.iter().collect())], Objective::SeniorMissing, slice.minutes());
            }
        }
    }

    /// Never more people who count than are needed; whoever is kept beyond that takes every place.
    fn add_cap(&mut self, need: i64, held: &Supply) {
        if held.vars.is_empty() {
            return;
        }
        let vars = held.vars.iter().map(|(var, _)| (*var, 1));
        let perhaps = held.perhaps.iter().map(|(var, _)| (*var, 1));
        let free = need - held.always.len() as i64;
        if free <= 0 {
            self.row(vars.collect(), 0);
        } else if held.perhaps.len() as i64 <= free {
            self.row(vars.chain(perhaps).collect(), free);
        } else {
            // Big-M rows with the smallest factors that do: without `excess` the sum of all is at most `free`; with it
            // the proposals are 0 and the people kept are unlimited.
            let over = held.perhaps.len() as i64 - free;
            let excess = self.add(VarKind::Excess, 1);
            self.row(vars.clone().chain([(excess, free)]).collect(), free);
            self.row(vars.chain(perhaps).chain([(excess, -over)]).collect(), free);
        }
    }

    /// Adds a variable for how many people are missing: the most that any of `tiers` lacks, at least none.
    fn add_short(&mut self, tiers: &[(i64, Vec<&Supply>)], objective: Objective, minutes: i64) {
        let lacks = |(need, held): &(i64, Vec<&Supply>)| need - held.iter().map(|h| h.always.len() as i64).sum::<i64>();
        let can_change =
            |(_, held): &&(i64, Vec<&Supply>)| held.iter().any(|h| !h.vars.is_empty() || !h.perhaps.is_empty());
        let most = tiers.iter().map(lacks).max().unwrap_or(0).max(0);
        let least = tiers.iter().filter(|tier| !can_change(tier)).map(lacks).max().unwrap_or(0).max(0);
        let open: Vec<_> = tiers.iter().filter(|tier| can_change(tier) && lacks(tier) > least).collect();
        self.constant[objective] += least * minutes;
        if open.is_empty() {
            return;
        }
        let short = self.add(VarKind::Short, most - least);
        self.cost[short][objective] = minutes;
        let mut rows = BTreeSet::new();
        for tier in open {
            let held = || tier.1.iter().flat_map(|h| h.vars.iter().chain(&h.perhaps));
            let mut terms: Vec<(VarIx, i64)> = held().map(|(var, _)| (*var, -1)).collect();
            terms.push((short, -1));
            rows.insert((summed(terms), least - lacks(tier)));
        }
        for (terms, at_most) in rows {
            self.rows.push(Row { terms, at_most });
        }
    }
}

impl Supply {
    /// The same with only the people who may cover the unit at its senior tier.
    fn seniors(&self, facts: &Facts, unit: UnitIx) -> Self {
        let senior = |(_, person): &&(VarIx, PersonIx)| facts.is_senior(*person, unit);
        Self {
            vars: self.vars.iter().filter(senior).copied().collect(),
            always: self.always.iter().filter(|person| facts.is_senior(**person, unit)).copied().collect(),
            perhaps: self.perhaps.iter().filter(senior).copied().collect(),
        }
    }
}
