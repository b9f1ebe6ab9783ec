//! Whose hours or rest a solution breaks, and the rows that forbid just that.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, Span};

use super::draft::Draft;
use super::facts::Facts;
use super::fatigue::{Lasts, When};
use super::fixed_work::breach;
use super::model::{Model, Row};

/// Proposals of one person, and running sessions, that cannot all be.
pub(super) struct Broken {
    /// Variables that are 1.
    pub vars: Vec<usize>,
    /// Variables of sessions that are 0.
    running: Vec<usize>,
    /// Whether adding to them mends nothing.
    lasts: Lasts,
}

/// A small set of what breaks the person's hours or rest.
pub(super) fn broken(facts: &Facts, model: &Model, values: &[i64], person: usize) -> Option<Broken> {
    let all: Vec<usize> = work_of(facts, model, person).filter(|var| values[*var] == 1).collect();
    if all.is_empty() && !facts.rota.people[person].rules.is_trainee() {
        return None;
    }
    let sessions: Vec<(usize, usize)> =
        facts.people[person].sessions.iter().filter_map(|s| Some((*s, model.session[*s]?))).collect();
    let mut running: Vec<usize> = sessions.iter().filter(|(_, var)| values[*var] == 0).map(|(_, var)| *var).collect();
    let mut vars = all;
    let test = |vars: &[usize], running: &[usize]| {
        let spans: Vec<_> = vars.iter().filter_map(|var| model.place(facts, *var)).map(|place| place.2).collect();
        breach(facts, person, &spans, |session| match model.session[session] {
            Some(var) => running.contains(&var),
            None => !model.postponed[session],
        })
    };
    let found = test(&vars, &running)?;
    if found.lasts == Lasts::Always {
        let lasts =
            |vars: &[usize], running: &[usize]| test(vars, running).is_some_and(|breach| breach.lasts == Lasts::Always);
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
    Some(Broken { vars, running, lasts: found.lasts })
}

/// The variables that would have the person at work.
pub(super) fn work_of<'a>(facts: &'a Facts, model: &'a Model, person: usize) -> impl Iterator<Item = usize> + 'a {
    let vars = model.of_person[person].iter().copied();
    vars.filter(|var| model.place(facts, *var).is_some_and(|place| !facts.posts[place.1].on_call))
}

/// Whether these values break the person's hours or rest.
pub(super) fn has_breach(facts: &Facts, model: &Model, values: &[i64], person: usize) -> bool {
    let vars = work_of(facts, model, person).filter(|var| values[*var] == 1);
    let spans: Vec<_> = vars.filter_map(|var| model.place(facts, var)).map(|place| place.2).collect();
    let runs = |session: usize| model.session[session].map_or(!model.postponed[session], |var| values[var] == 0);
    breach(facts, person, &spans, runs).is_some()
}

/// What a solution breaks of one person's hours or rest.
pub(super) struct Cut {
    pub person: usize,
    /// Forbids it.
    pub row: Row,
    /// When, if it stays broken whatever else the person works.
    pub lasting: Option<Span>,
}

/// Everybody whose hours or rest these values break.
pub(super) fn cuts_of(facts: &Facts, model: &Model, values: &[i64]) -> Vec<Cut> {
    let draft = Draft::of(facts, model, values);
    let is_broken = |person: &usize| draft.breach(facts, *person, &draft.proposed_work(facts, *person)).is_some();
    let cut = |person: usize| {
        let broken = broken(facts, model, values, person)?;
        let row = forbidding(facts, model, values, person, &broken);
        let spans = broken.vars.iter().filter_map(|var| Some(model.place(facts, *var)?.2));
        let hull = Span::around(spans);
        Some(Cut { person, row, lasting: hull.filter(|_| broken.lasts == Lasts::Always) })
    };
    (0..facts.people.len()).filter(is_broken).filter_map(cut).collect()
}

fn forbidding(facts: &Facts, model: &Model, values: &[i64], person: usize, broken: &Broken) -> Row {
    if let Lasts::While(when) = &broken.lasts {
        return forbidding_just_that(facts, model, values, person, when);
    }
    let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
    let span = |var: usize| model.place(facts, var).map(|place| place.2);
    let mut at_most = -1;
    for var in &broken.vars {
        // Whatever else would have the person at work over the same time breaks it as well.
        let covers = |v: &usize| span(*v).zip(span(*var)).is_some_and(|(a, b)| a.covers(b));
        work_of(facts, model, person).filter(covers).for_each(|v| _ = terms.insert(v, 1));
        at_most += 1;
    }
    for var in &broken.running {
        terms.insert(*var, -1);
    }
    Row { terms: terms.into_iter().collect(), at_most }
}

/// A row that forbids the person to be at work and free just as these values say, wherever that is, at the moments that
/// make the breach.
fn forbidding_just_that(facts: &Facts, model: &Model, values: &[i64], person: usize, when: &When) -> Row {
    let work: Vec<(usize, Span)> =
        work_of(facts, model, person).filter_map(|var| Some((var, model.place(facts, var)?.2))).collect();
    let mine = facts.people[person].sessions.iter();
    let sessions: Vec<(usize, Span)> =
        mine.filter_map(|s| Some((model.session[*s]?, facts.sessions[*s].span))).collect();
    let moments: BTreeSet<Instant> = match when {
        When::At(moments) => moments.iter().copied().collect(),
        When::In(reach) => {
            let parts = work.iter().chain(&sessions).filter_map(|(_, span)| span.overlap(*reach));
            parts.flat_map(|span| [span.from, span.to]).filter(|at| reach.contains(*at)).collect()
        }
    };
    let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
    let mut at_most = -1;
    for at in moments {
        let holds = |all: &[(usize, Span)]| -> Vec<usize> {
            all.iter().filter(|(_, span)| span.contains(at)).map(|(var, _)| *var).collect()
        };
        // Of proposals that hold one moment, at most one can be.
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
