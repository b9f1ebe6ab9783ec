//! The cover problem as a mathematical model: whole numbers, rows `sum <= bound`, and a cost for each objective.
//!
//! One variable for each person, post and stretch between two neighbouring cuts ("piece"), one for each Proposed
//! assignment left whole as it is, one for each session that may be postponed. A person's pieces that overlap make one
//! row for each moment (all of them at once, not pair by pair), and the session row takes the same pieces together:
//! so written, the relaxation is almost whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, SessionState, Span};

use super::desk::Desk;
use super::facts::{AssignmentFacts, Facts, Stays};
use super::objective::{Objective, Values};
use super::scope::Scope;

/// A smaller model is written whatever the time.
const LARGE_MIN: usize = 20_000;

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// 1: the person is on the post over the span, which lies between two neighbouring cuts.
    Piece { person: usize, post: usize, span: Span },
    /// 1: the Proposed assignment stays as it is.
    Whole { assignment: usize },
    /// 1: the session is postponed.
    Postponed { session: usize },
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
    Still,
    /// 1: somebody works in this way.
    Way,
    /// 1: a long rest of somebody begins.
    Rest,
}

/// `sum of coefficient × variable <= at_most`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub terms: Vec<(usize, i64)>,
    pub at_most: i64,
}

impl Row {
    /// What the left side comes to.
    pub(super) fn sum(&self, values: &[i64]) -> i64 {
        self.terms.iter().map(|(var, by)| by * values[*var]).sum()
    }

    /// Whether the values keep to it.
    pub(super) fn is_kept_by(&self, values: &[i64]) -> bool {
        self.sum(values) <= self.at_most
    }
}

/// The whole problem.
pub(super) struct Model {
    pub what: Vec<What>,
    pub upper: Vec<i64>,
    pub rows: Vec<Row>,
    /// The rows of people to ask, and of short stints. They join what is otherwise apart, and matter only once 1 to 7 are settled.
    pub late: Vec<Row>,
    /// For each variable what one unit of it costs: in objectives 1 to 7, people not known, changes and, once they are in
    /// the model, short stints. Nothing costs anything in the others.
    pub cost: Vec<Values>,
    /// What is lost whatever the variables are.
    pub constant: Values,
    /// For each person, the variables that put them on a post, in order.
    pub of_person: Vec<Vec<usize>>,
    /// The variable of each session that has one.
    pub session: Vec<Option<usize>>,
    /// Whether each session without a variable is postponed.
    pub postponed: Vec<bool>,
    /// What fills in the variables that were added after the model was written.
    pub completions: Vec<Box<dyn Completion>>,
}

/// Somebody who has added variables to the model and knows their values once everybody's place and every session is
/// known. No completion reads what another one fills in.
pub(super) trait Completion: Send + Sync {
    /// Puts the values of those variables among the others.
    fn complete(&self, values: &mut [i64]);
}

/// How much of somebody kept counts on a post.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Always,
    /// Once the sessions of these variables are postponed.
    If(Vec<usize>),
}

/// Who is kept on a post and counts: always, and once a variable is 1.
type KeptOn = (Vec<usize>, Vec<(usize, usize)>);

/// One post at one moment: the variables that would fill it, and who is kept there and counts.
struct Held {
    vars: Vec<(usize, usize)>,
    always: Vec<usize>,
    perhaps: Vec<(usize, usize)>,
}

/// Whether postponing the session would only let people count who are on posts that nobody asked about.
fn is_of_others(facts: &Facts, scope: &Scope, session: usize) -> bool {
    let session = &facts.sessions[session];
    let held = session.team.iter().flat_map(|person| &facts.people[*person].kept).map(|at| &facts.assignments[*at]);
    let mut here = held.filter(|a| !facts.posts[a.post].on_call && a.span.overlaps(session.span)).peekable();
    let is_asked = |a: &AssignmentFacts| scope.touches(facts.rota, &facts.rota.posts[a.post].id, a.span);
    here.peek().is_some() && !here.any(is_asked)
}

/// Of a part of the rota, only a session comes back whose team has or could have a place in that part meanwhile.
fn may_return(facts: &Facts, scope: &Scope, session: usize) -> bool {
    let session = &facts.sessions[session];
    let has_place =
        |person: usize| facts.people[person].loose.iter().any(|at| facts.assignments[*at].span.overlaps(session.span));
    let could_have = |person: usize| {
        let mut places = (0..facts.posts.len()).flat_map(|post| {
            let segments = facts.units[facts.posts[post].unit].segments.iter();
            segments.filter(|segment| segment.overlaps(session.span)).map(move |segment| (post, *segment))
        });
        places.any(|(post, segment)| {
            scope.holds(facts.rota, &facts.rota.posts[post].id, segment) && facts.may_take(person, post, segment)
        })
    };
    session.team.iter().any(|person| has_place(*person) || could_have(*person))
}

impl Model {
    /// The model of what may be done within `scope`; none if it is large and the time runs out.
    pub(super) fn new(facts: &Facts, scope: &Scope, desk: &dyn Desk) -> Option<Self> {
        let mut model = Self {
            what: Vec::new(),
            upper: Vec::new(),
            rows: Vec::new(),
            late: Vec::new(),
            cost: Vec::new(),
            constant: Values::default(),
            of_person: Vec::new(),
            session: vec![None; facts.sessions.len()],
            postponed: vec![false; facts.sessions.len()],
            completions: Vec::new(),
        };
        model.add_sessions(facts, scope);
        model.add_session_rows(facts);
        let mut by_person: Vec<Vec<usize>> = vec![Vec::new(); facts.people.len()];
        model.add_wholes(facts, &mut by_person);
        for unit in 0..facts.units.len() {
            model.add_unit(facts, scope, unit, &mut by_person, desk)?;
        }
        model.add_people_rows(facts, &by_person);
        model.goes_on(desk)?;
        model.add_not_known(facts, &by_person);
        model.add_changes(facts, &by_person);
        model.goes_on(desk)?;
        model.of_person = by_person;
        Some(model)
    }

    /// Nothing if the time has run out and much is still to be written.
    fn goes_on(&self, desk: &dyn Desk) -> Option<()> {
        (self.what.len() < LARGE_MIN || !desk.time_left().is_zero()).then_some(())
    }

    pub(super) fn add(&mut self, what: What, upper: i64) -> usize {
        self.what.push(what);
        self.upper.push(upper);
        self.cost.push(Values::default());
        self.what.len() - 1
    }

    pub(super) fn row(&mut self, terms: Vec<(usize, i64)>, at_most: i64) {
        let terms = summed(terms);
        let most: i64 = terms.iter().map(|(var, by)| by.max(&0) * self.upper[*var]).sum();
        if most > at_most {
            self.rows.push(Row { terms, at_most });
        }
    }

    fn add_sessions(&mut self, facts: &Facts, scope: &Scope) {
        for (at, session) in facts.sessions.iter().enumerate() {
            let is_everything = *scope == Scope::everything();
            let as_it_is = !is_everything && session.state == SessionState::ToPostpone && !may_return(facts, scope, at);
            let stays = facts.must_stay_postponed(at) || as_it_is;
            let is_fixed = session.locked || session.team.is_empty() || is_of_others(facts, scope, at);
            let runs = session.state == SessionState::Running && is_fixed;
            self.postponed[at] = stays;
            let (operations, appointments) = (session.operations, session.appointments);
            let cost = Values::of(|objective| match objective {
                Objective::ProtectedPostponed if session.protected => operations + appointments,
                Objective::Operations => operations,
                Objective::Appointments => appointments,
                _ => 0,
            });
            if stays && session.state == SessionState::ToPostpone {
                self.constant.add(1, &cost);
            } else if !stays && !runs {
                let var = self.add(What::Postponed { session: at }, 1);
                self.cost[var] = cost;
                self.session[at] = Some(var);
            }
        }
    }

    /// No session comes back while somebody of its team is in another one that runs.
    fn add_session_rows(&mut self, facts: &Facts) {
        let back = |at: &usize| facts.sessions[*at].state == SessionState::ToPostpone;
        for at in (0..facts.sessions.len()).filter(back) {
            let Some(var) = self.session[at] else { continue };
            for other in facts.sessions_at_once(at) {
                match self.session[other] {
                    // Two that are both to be postponed are one pair.
                    Some(_) if back(&other) && other < at => {}
                    Some(other) => self.row(vec![(var, -1), (other, -1)], -1),
                    None if self.postponed[other] => {}
                    None => self.row(vec![(var, -1)], -1),
                }
            }
        }
    }

    fn add_wholes(&mut self, facts: &Facts, by_person: &mut [Vec<usize>]) {
        for (at, a) in facts.assignments.iter().enumerate().filter(|(_, a)| a.kind == Stays::Loose) {
            if facts.may_take(a.person, a.post, a.span) && self.can_be_freed(facts, a.person, a.span) {
                let var = self.add(What::Whole { assignment: at }, 1);
                by_person[a.person].push(var);
            }
        }
    }

    /// Whether every session in the way is postponed or may be.
    pub(super) fn can_be_freed(&self, facts: &Facts, person: usize, span: Span) -> bool {
        facts.sessions_in_the_way(person, span).all(|s| self.postponed[s] || self.session[s].is_some())
    }

    fn add_unit(
        &mut self,
        facts: &Facts,
        scope: &Scope,
        unit: usize,
        by_person: &mut [Vec<usize>],
        desk: &dyn Desk,
    ) -> Option<()> {
        let loose: Vec<(usize, Span, usize, usize)> = (0..self.what.len())
            .filter_map(|var| match self.what[var] {
                What::Whole { assignment } => {
                    let a = &facts.assignments[assignment];
                    (facts.posts[a.post].unit == unit).then_some((var, a.span, a.post, a.person))
                }
                _ => None,
            })
            .collect();
        let mut edges: BTreeSet<Instant> = loose.iter().flat_map(|(_, span, ..)| [span.from, span.to]).collect();
        edges.extend(kept_edges(facts, unit));
        let units = facts.units[unit].posts.clone();
        for segment in facts.units[unit].segments.clone() {
            self.goes_on(desk)?;
            let inside = edges.range(segment.from.plus(1)..segment.to).copied();
            let bounds: Vec<Instant> =
                std::iter::once(segment.from).chain(inside).chain(std::iter::once(segment.to)).collect();
            let slices: Vec<Span> = bounds.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect();
            let kept: Vec<Vec<KeptOn>> = slices
                .iter()
                .map(|slice| units.iter().map(|post| self.kept_on(facts, *post, slice.from)).collect())
                .collect();
            let mut pieces: Vec<Vec<(usize, usize)>> = vec![Vec::new(); units.len()];
            for (n, post) in units.iter().enumerate() {
                let need = facts.need_max(*post, segment.from) as usize;
                let is_open = kept.iter().any(|kept| kept[n].0.len() < need);
                if is_open && scope.holds(facts.rota, &facts.rota.posts[*post].id, segment) {
                    pieces[n] = self.add_pieces(facts, *post, segment, by_person);
                }
            }
            for (slice, kept) in slices.iter().zip(kept) {
                let held: Vec<Held> = kept
                    .into_iter()
                    .enumerate()
                    .map(|(n, (always, perhaps))| {
                        let whole = loose.iter().filter(|l| l.1.covers(*slice) && l.2 == units[n]);
                        let vars = pieces[n].iter().copied().chain(whole.map(|l| (l.0, l.3))).collect();
                        Held { vars, always, perhaps }
                    })
                    .collect();
                self.add_slice(facts, unit, *slice, &held);
            }
        }
        Some(())
    }

    fn add_pieces(
        &mut self,
        facts: &Facts,
        post: usize,
        span: Span,
        by_person: &mut [Vec<usize>],
    ) -> Vec<(usize, usize)> {
        let mut pieces = Vec::new();
        for (person, vars) in by_person.iter_mut().enumerate() {
            if facts.may_take(person, post, span) && self.can_be_freed(facts, person, span) {
                let var = self.add(What::Piece { person, post, span }, 1);
                vars.push(var);
                pieces.push((var, person));
            }
        }
        pieces
    }

    /// Who is kept on `post` at `at` and counts: always, or once a variable is 1.
    fn kept_on(&mut self, facts: &Facts, post: usize, at: Instant) -> KeptOn {
        let (mut always, mut perhaps) = (Vec::new(), Vec::new());
        let on_post = facts.kept_on[post].iter().map(|at| &facts.assignments[*at]);
        let people: BTreeSet<usize> = on_post.filter(|a| a.span.contains(at)).map(|a| a.person).collect();
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

    /// `docs/checker.md`, section 2, (a) to (f), of somebody kept.
    fn kept_counts(&self, facts: &Facts, person: usize, post: usize, at: Instant) -> Option<Kept> {
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
    fn add_counts(&mut self, vars: &[usize]) -> usize {
        let counts = self.add(What::Counts, 1);
        for var in vars {
            self.row(vec![(counts, 1), (*var, -1)], 0);
        }
        let mut terms: Vec<(usize, i64)> = vars.iter().map(|var| (*var, 1)).collect();
        terms.push((counts, -1));
        self.rows.push(Row { terms, at_most: vars.len() as i64 - 1 });
        counts
    }

    fn add_slice(&mut self, facts: &Facts, unit: usize, slice: Span, held: &[Held]) {
        let posts = &facts.units[unit].posts;
        for (post, held) in posts.iter().zip(held) {
            self.add_cap(i64::from(facts.need_max(*post, slice.from)), held);
        }
        let windows: Vec<usize> = facts.windows_at(slice.from).collect();
        for window in windows {
            let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, slice.from))).collect();
            for (n, post) in posts.iter().enumerate() {
                self.add_short(&[(need[n], vec![&held[n]])], facts.posts[*post].shortage(), slice.minutes());
            }
            let present: Vec<usize> = (0..posts.len()).filter(|n| !facts.posts[posts[*n]].on_call).collect();
            let of_tier = |tier: usize| -> (i64, Vec<&Held>) {
                let above = present.iter().filter(|n| facts.posts[posts[**n]].tier >= tier);
                above.fold((0, Vec::new()), |(sum, mut all), n| {
                    all.push(&held[*n]);
                    (sum + need[*n], all)
                })
            };
            let tiers: Vec<(i64, Vec<&Held>)> = (0..facts.units[unit].tiers).map(of_tier).collect();
            let is_needed = tiers.first().is_some_and(|(need, _)| *need > 0);
            self.add_short(&tiers, Objective::Short, slice.minutes());
            if is_needed && facts.units[unit].senior_from.is_some() {
                let senior: Vec<Held> = present.iter().map(|n| held[*n].seniors(facts, unit)).collect();
                self.add_short(&[(1, senior.iter().collect())], Objective::SeniorMissing, slice.minutes());
            }
        }
    }

    /// Never more people who count than are needed; whoever is kept beyond that takes every place.
    fn add_cap(&mut self, need: i64, held: &Held) {
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
            let over = held.perhaps.len() as i64 - free;
            let excess = self.add(What::Excess, 1);
            self.row(vars.clone().chain([(excess, free)]).collect(), free);
            self.row(vars.chain(perhaps).chain([(excess, -over)]).collect(), free);
        }
    }

    /// So many too few: the most that any of `tiers` lacks, at least none.
    fn add_short(&mut self, tiers: &[(i64, Vec<&Held>)], objective: Objective, minutes: i64) {
        let lacks = |(need, held): &(i64, Vec<&Held>)| need - held.iter().map(|h| h.always.len() as i64).sum::<i64>();
        let can_change =
            |(_, held): &&(i64, Vec<&Held>)| held.iter().any(|h| !h.vars.is_empty() || !h.perhaps.is_empty());
        let most = tiers.iter().map(lacks).max().unwrap_or(0).max(0);
        let least = tiers.iter().filter(|tier| !can_change(tier)).map(lacks).max().unwrap_or(0).max(0);
        let open: Vec<_> = tiers.iter().filter(|tier| can_change(tier) && lacks(tier) > least).collect();
        self.constant[objective] += least * minutes;
        if open.is_empty() {
            return;
        }
        let short = self.add(What::Short, most - least);
        self.cost[short][objective] = minutes;
        let mut rows = BTreeSet::new();
        for tier in open {
            let held = || tier.1.iter().flat_map(|h| h.vars.iter().chain(&h.perhaps));
            let mut terms: Vec<(usize, i64)> = held().map(|(var, _)| (*var, -1)).collect();
            terms.push((short, -1));
            rows.insert((summed(terms), least - lacks(tier)));
        }
        for (terms, at_most) in rows {
            self.rows.push(Row { terms, at_most });
        }
    }

    /// Nobody in two places at once, and nobody on a post while their session runs.
    fn add_people_rows(&mut self, facts: &Facts, by_person: &[Vec<usize>]) {
        for person in 0..facts.people.len() {
            let group = &facts.people[person].namesakes;
            if group.first() == Some(&person) {
                self.add_place_rows(facts, group, by_person);
            }
            let at_once = self.at_once(facts, &by_person[person]);
            let sessions: Vec<(usize, usize)> =
                facts.people[person].sessions.iter().filter_map(|s| Some((*s, self.session[*s]?))).collect();
            for (session, var) in sessions {
                let span = facts.sessions[session].span;
                let clash = |vars: &Vec<usize>| -> Vec<usize> {
                    vars.iter().copied().filter(|v| self.place(facts, *v).is_some_and(|p| p.2.overlaps(span))).collect()
                };
                let clashes: BTreeSet<Vec<usize>> = at_once.iter().map(clash).filter(|c| !c.is_empty()).collect();
                for vars in largest(clashes) {
                    let terms = vars.iter().map(|v| (*v, 1)).chain([(var, -1)]).collect();
                    self.row(terms, 0);
                }
            }
        }
    }

    /// One person, in one record or several of one name, holds one place at a time, from home or not.
    fn add_place_rows(&mut self, facts: &Facts, group: &[usize], by_person: &[Vec<usize>]) {
        let mut vars: Vec<usize> = group.iter().flat_map(|person| &by_person[*person]).copied().collect();
        vars.sort_unstable();
        for together in self.at_once(facts, &vars) {
            self.row(together.iter().map(|var| (*var, 1)).collect(), 1);
        }
    }

    /// The largest sets of these variables that hold one moment.
    fn at_once(&self, facts: &Facts, vars: &[usize]) -> Vec<Vec<usize>> {
        let places: Vec<(usize, Span)> =
            vars.iter().filter_map(|var| Some((*var, self.place(facts, *var)?.2))).collect();
        let starts: BTreeSet<Instant> = places.iter().map(|(_, span)| span.from).collect();
        let at = |start: Instant| -> Vec<usize> {
            places.iter().filter(|(_, span)| span.contains(start)).map(|(var, _)| *var).collect()
        };
        largest(starts.into_iter().map(at).collect())
    }

    /// Who would be where and when, if the variable puts somebody on a post.
    pub(super) fn place(&self, facts: &Facts, var: usize) -> Option<(usize, usize, Span)> {
        match self.what[var] {
            What::Piece { person, post, span } => Some((person, post, span)),
            What::Whole { assignment } => {
                let a = &facts.assignments[assignment];
                Some((a.person, a.post, a.span))
            }
            _ => None,
        }
    }

    fn add_not_known(&mut self, facts: &Facts, by_person: &[Vec<usize>]) {
        for (person, vars) in by_person.iter().enumerate() {
            let mut of_window: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for var in vars {
                let windows = self.place(facts, *var).map(|place| facts.people[person].to_ask(place.2));
                let windows: BTreeSet<usize> = windows.into_iter().flatten().collect();
                for window in windows {
                    of_window.entry(window).or_default().push(*var);
                }
            }
            for unknown in of_window.into_values() {
                let to_ask = self.add(What::ToAsk, 1);
                self.cost[to_ask][Objective::PeopleNotKnown] = 1;
                for set in self.at_once(facts, &unknown) {
                    let terms = set.into_iter().map(|var| (var, 1)).chain([(to_ask, -1)]).collect();
                    self.late.push(Row { terms, at_most: 0 });
                }
            }
        }
    }

    /// A Proposed assignment is changed unless its person has its post all its time, in whatever pieces.
    fn add_changes(&mut self, facts: &Facts, by_person: &[Vec<usize>]) {
        for a in facts.assignments.iter().filter(|a| a.kind == Stays::Loose) {
            let kept = facts.people[a.person].kept.iter().map(|at| &facts.assignments[*at]);
            if kept.into_iter().any(|kept| kept.post == a.post && kept.span.covers(a.span)) {
                continue;
            }
            self.constant[Objective::Changes] += 1;
            let vars: Vec<(usize, Span)> = (by_person[a.person].iter())
                .filter_map(|var| Some((*var, self.place(facts, *var)?)))
                .filter(|(_, (_, post, span))| *post == a.post && span.overlaps(a.span))
                .map(|(var, (.., span))| (var, span))
                .collect();
            let edges: BTreeSet<Instant> =
                vars.iter().flat_map(|(_, span)| [span.from, span.to]).chain([a.span.from]).collect();
            let slices: Vec<Vec<usize>> = (edges.into_iter().filter(|at| a.span.contains(*at)))
                .map(|at| vars.iter().filter(|(_, span)| span.contains(at)).map(|(var, _)| *var).collect())
                .collect();
            if slices.iter().any(Vec::is_empty) {
                continue;
            }
            let still = self.add(What::Still, 1);
            self.cost[still][Objective::Changes] = -1;
            for here in slices.into_iter().collect::<BTreeSet<_>>() {
                self.row(here.into_iter().map(|var| (var, -1)).chain([(still, 1)]).collect(), 0);
            }
        }
    }

    /// Fills in what follows from where people are and which sessions are postponed.
    pub(super) fn complete(&self, values: &mut [i64]) {
        // `Counts` come before `Excess` and `Short` that use them, by the order in which they were added.
        let mut of: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in self.rows.iter().chain(&self.late) {
            for (var, _) in &row.terms {
                if !matches!(
                    self.what[*var],
                    What::Piece { .. } | What::Whole { .. } | What::Postponed { .. } | What::Way | What::Rest
                ) {
                    of.entry(*var).or_default().push(row);
                }
            }
        }
        self.completions.iter().for_each(|completion| completion.complete(values));
        for (var, rows) in of {
            values[var] = 0;
            if self.what[var] == What::Counts {
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
            if self.what[var] == What::Still {
                let others = |row: &&Row| row.sum(values) < 0;
                values[var] = i64::from(rows.iter().all(others));
            }
        }
    }

    /// Whether the values keep to every row.
    pub(super) fn is_kept_by(&self, values: &[i64]) -> bool {
        self.rows.iter().all(|row| row.is_kept_by(values))
    }

    /// What these values cost, by objective.
    pub(super) fn costs(&self, values: &[i64]) -> Values {
        let mut costs = self.constant;
        values.iter().zip(&self.cost).for_each(|(value, cost)| costs.add(*value, cost));
        costs
    }
}

impl Held {
    /// Those of them who may cover the unit at its senior tier.
    fn seniors(&self, facts: &Facts, unit: usize) -> Self {
        let senior = |(_, person): &&(usize, usize)| facts.is_senior(*person, unit);
        Self {
            vars: self.vars.iter().filter(senior).copied().collect(),
            always: self.always.iter().filter(|person| facts.is_senior(**person, unit)).copied().collect(),
            perhaps: self.perhaps.iter().filter(senior).copied().collect(),
        }
    }
}

/// The moments inside the unit at which it may change whether somebody kept counts.
fn kept_edges(facts: &Facts, unit: usize) -> BTreeSet<Instant> {
    let mut edges = BTreeSet::new();
    let mut add = |span: Span| edges.extend([span.from, span.to]);
    let here = facts.assignments.iter().filter(|a| a.kind == Stays::Kept && facts.posts[a.post].unit == unit);
    let people: BTreeSet<usize> = here.map(|a| a.person).collect();
    for person in people.into_iter().map(|at| &facts.people[at]) {
        person.kept.iter().for_each(|at| add(facts.assignments[*at].span));
        person.sessions.iter().for_each(|at| add(facts.sessions[*at].span));
        person.away.iter().chain(&person.busy).for_each(|span| add(*span));
    }
    edges
}

/// Each variable once: two who are kept may wait for the same session.
fn summed(mut terms: Vec<(usize, i64)>) -> Vec<(usize, i64)> {
    terms.sort_unstable();
    let mut sums: Vec<(usize, i64)> = Vec::with_capacity(terms.len());
    for (var, by) in terms {
        match sums.last_mut().filter(|last| last.0 == var) {
            Some(last) => last.1 += by,
            None => sums.push((var, by)),
        }
    }
    sums.retain(|(_, by)| *by != 0);
    sums
}

/// The sets that are not part of another one.
fn largest(sets: BTreeSet<Vec<usize>>) -> Vec<Vec<usize>> {
    let is_part = |small: &Vec<usize>, large: &Vec<usize>| {
        small.len() < large.len() && small.iter().all(|var| large.binary_search(var).is_ok())
    };
    let mut kept: Vec<Vec<usize>> = Vec::new();
    let mut sets: Vec<Vec<usize>> = sets.into_iter().collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    for set in sets {
        if !kept.iter().any(|large| is_part(&set, large)) {
            kept.push(set);
        }
    }
    kept
}
