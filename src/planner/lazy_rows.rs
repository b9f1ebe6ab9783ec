//! Lazy constraints of hours and rest: whose hours or rest a solution violates, and the rows that forbid just that.
//!
//! Where somebody's proposals together are too much, not all of them may be needed for that. A deletion filter takes
//! them away one by one and keeps only those without which nothing would be violated: a minimal conflict (Chinneck and
//! Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3, 1991). The
//! row says that not all of a minimal conflict may be chosen, and so forbids every solution that contains it: a
//! combinatorial Benders cut (Codato and Fischetti, Operations Research 54, 2006). Each variable of the row stands for
//! everything that would have the person at work over the same time. Some violations end where more work is added, such
//! as a run of nights that becomes too short a rest: their row forbids exactly this work and this free time, and
//! nothing that has more or less.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, Span};

use super::draft::Draft;
use super::facts::Facts;
use super::fatigue::{Lasts, When};
use super::fixed_work::breach;
use super::index::{PersonIx, SessionIx, VarIx};
use super::model::{Model, Point, Row};

/// Proposals and running sessions of one person that together violate hours or rest.
pub(super) struct Conflict {
    /// Variables that are 1.
    pub vars: Vec<VarIx>,
    /// Variables of sessions that are 0.
    running: Vec<VarIx>,
    /// Whether more work could mend it.
    lasts: Lasts,
}

/// A minimal conflict of the person; not minimal where more work could mend it.
pub(super) fn conflict_of(facts: &Facts, model: &Model, values: &Point, person: PersonIx) -> Option<Conflict> {
    let all: Vec<VarIx> = work_of(facts, model, person).filter(|var| values[*var] == 1).collect();
    if all.is_empty() && !facts.rota.people[person].rules.is_trainee() {
        return None;
    }
    let sessions: Vec<(SessionIx, VarIx)> =
        facts.people[person].sessions.iter().filter_map(|s| Some((*s, model.session[*s]?))).collect();
    let mut running: Vec<VarIx> = sessions.iter().filter(|(_, var)| values[*var] == 0).map(|(_, var)| *var).collect();
    let mut vars = all;
    let test = |vars: &[VarIx], running: &[VarIx]| {
        let spans: Vec<_> = vars.iter().filter_map(|var| model.place(facts, *var)).map(|place| place.2).collect();
        breach(facts, person, &spans, |session| match model.session[session] {
            Some(var) => running.contains(&var),
            None => !model.postponed[session],
        })
    };
    let found = test(&vars, &running)?;
    if found.lasts == Lasts::Always {
        let lasts =
            |vars: &[VarIx], running: &[VarIx]| test(vars, running).is_some_and(|breach| breach.lasts == Lasts::Always);
        for at in (0..vars.len()).rev() {
            let mut fewer = vars.clone();
            fewer.remove(at);
            if lasts(&fewer, &running) {
                vars = fewer;
            }
        }
        for at in (0..running.len()).rev() {
            let mut fewer = running.clone();
            fewer.remove(at);
            if lasts(&vars, &fewer) {
                running = fewer;
            }
        }
    }
    Some(Conflict { vars, running, lasts: found.lasts })
}

/// The variables that would have the person at work.
pub(super) fn work_of<'a>(facts: &'a Facts, model: &'a Model, person: PersonIx) -> impl Iterator<Item = VarIx> + 'a {
    let vars = model.of_person[person].iter().copied();
    vars.filter(|var| model.place(facts, *var).is_some_and(|place| !facts.posts[place.1].on_call))
}

/// Whether these values violate the person's hours or rest.
pub(super) fn has_breach(facts: &Facts, model: &Model, values: &Point, person: PersonIx) -> bool {
    let vars = work_of(facts, model, person).filter(|var| values[*var] == 1);
    let spans: Vec<_> = vars.filter_map(|var| model.place(facts, var)).map(|place| place.2).collect();
    let runs = |session: SessionIx| model.session[session].map_or(!model.postponed[session], |var| values[var] == 0);
    breach(facts, person, &spans, runs).is_some()
}

/// A row that a solution violates, since somebody works too much.
pub(super) struct LazyRow {
    pub person: PersonIx,
    /// Forbids what the person works.
    pub row: Row,
    /// When the conflict is, if no more work could mend it.
    pub lasting: Option<Span>,
}

/// A row for each person whose hours or rest these values violate.
pub(super) fn violated_rows(facts: &Facts, model: &Model, values: &Point) -> Vec<LazyRow> {
    let draft = Draft::of(facts, model, values);
    let is_broken = |person: &PersonIx| draft.breach(facts, *person, &draft.proposed_work(facts, *person)).is_some();
    let lazy_row = |person: PersonIx| {
        let conflict = conflict_of(facts, model, values, person)?;
        let row = forbidding(facts, model, values, person, &conflict);
        let spans = conflict.vars.iter().filter_map(|var| Some(model.place(facts, *var)?.2));
        let hull = Span::around(spans);
        Some(LazyRow { person, row, lasting: hull.filter(|_| conflict.lasts == Lasts::Always) })
    };
    facts.people.keys().filter(is_broken).filter_map(lazy_row).collect()
}

fn forbidding(facts: &Facts, model: &Model, values: &Point, person: PersonIx, conflict: &Conflict) -> Row {
    if let Lasts::While(when) = &conflict.lasts {
        return forbidding_just_that(facts, model, values, person, when);
    }
    let mut terms: BTreeMap<VarIx, i64> = BTreeMap::new();
    let span = |var: VarIx| model.place(facts, var).map(|place| place.2);
    let mut at_most = -1;
    for var in &conflict.vars {
        // A longer piece or a proposal that covers this one has the person at work then as well.
        let covers = |v: &VarIx| span(*v).zip(span(*var)).is_some_and(|(a, b)| a.covers(b));
        work_of(facts, model, person).filter(covers).for_each(|v| _ = terms.insert(v, 1));
        at_most += 1;
    }
    for var in &conflict.running {
        terms.insert(*var, -1);
    }
    Row { terms: terms.into_iter().collect(), at_most }
}

/// A row that forbids the person to be at work and free just as these values say, wherever that is, at the moments that
/// make the breach.
fn forbidding_just_that(facts: &Facts, model: &Model, values: &Point, person: PersonIx, when: &When) -> Row {
    let work: Vec<(VarIx, Span)> =
        work_of(facts, model, person).filter_map(|var| Some((var, model.place(facts, var)?.2))).collect();
    let mine = facts.people[person].sessions.iter();
    let sessions: Vec<(VarIx, Span)> =
        mine.filter_map(|s| Some((model.session[*s]?, facts.sessions[*s].span))).collect();
    let moments: BTreeSet<Instant> = match when {
        When::At(moments) => moments.iter().copied().collect(),
        When::In(reach) => {
            let parts = work.iter().chain(&sessions).filter_map(|(_, span)| span.overlap(*reach));
            parts.flat_map(|span| [span.from, span.to]).filter(|at| reach.contains(*at)).collect()
        }
    };
    let mut terms: BTreeMap<VarIx, i64> = BTreeMap::new();
    let mut at_most = -1;
    for at in moments {
        let holds = |all: &[(VarIx, Span)]| -> Vec<VarIx> {
            all.iter().filter(|(_, span)| span.contains(at)).map(|(var, _)| *var).collect()
        };
        // At most one of the proposals that hold this moment is chosen.
        let (here, beside) = (holds(&work), holds(&sessions));
        let is_at_work = here.iter().any(|var| values[*var] == 1);
        let running = beside.iter().find(|var| values[**var] == 0);
        if is_at_work {
            at_most += 1;
            for var in here {
                *terms.entry(var).or_default() += 1;
            }
        } else if let Some(session) = running {
            terms.insert(*session, -1);
        } else {
            for var in here {
                *terms.entry(var).or_default() -= 1;
            }
            for session in beside {
                at_most += i64::from(terms.insert(session, 1).is_none());
            }
        }
    }
    terms.retain(|_, by| *by != 0);
    Row { terms: terms.into_iter().collect(), at_most }
}
