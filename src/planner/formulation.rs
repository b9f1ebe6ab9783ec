//! The model written: its variables, and the rows of people and sessions.
//!
//! Nobody is in two places at once: that could be a row for each pair of pieces that overlap. Instead, all pieces that
//! hold one moment make one row, at most one of them 1, and the row of a session takes the same pieces together. Such
//! clique inequalities (Padberg, "On the facial structure of set packing polyhedra", Mathematical Programming 5, 1973)
//! forbid the same whole numbers and far more fractions. With the rows in order of time the ones of each column stand
//! side by side, and a matrix like that has only whole corners (Nemhauser and Wolsey, "Integer and Combinatorial
//! Optimization", 1988): the relaxation of this model is almost whole, and branch and bound takes few nodes.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, SessionState, Span};

use super::desk::Desk;
use super::facts::{AssignmentFacts, Facts, Stays};
use super::index::{List, PersonIx, PostIx, SessionIx, UnitIx, VarIx, WindowIx};
use super::model::{Model, Row, VarKind};
use super::objective::{Objective, Values};
use super::scope::Scope;
use super::supply::{KeptOn, Supply};

/// Smaller models are written whatever the time: it takes less time than looking at the clock would save.
const LARGE_MIN: usize = 20_000;

/// Whether postponing the session would only let people count who are on posts that nobody asked about.
fn is_of_others(facts: &Facts, scope: &Scope, session: SessionIx) -> bool {
    let session = &facts.sessions[session];
    let held = session.team.iter().flat_map(|person| &facts.people[*person].kept).map(|at| &facts.assignments[*at]);
    let mut here = held.filter(|a| !facts.posts[a.post].on_call && a.span.overlaps(session.span)).peekable();
    let is_asked = |a: &AssignmentFacts| scope.touches(facts.rota, &facts.rota.posts[a.post].id, a.span);
    here.peek().is_some() && !here.any(is_asked)
}

/// Where only a part of the rota was asked for, a session comes back only if somebody of its team has or could have a
/// place in that part at that time.
fn may_return(facts: &Facts, scope: &Scope, session: SessionIx) -> bool {
    let session = &facts.sessions[session];
    let has_place = |person: PersonIx| {
        facts.people[person].loose.iter().any(|at| facts.assignments[*at].span.overlaps(session.span))
    };
    let could_have = |person: PersonIx| {
        let mut places = facts.posts.keys().flat_map(|post| {
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
            kind: List::default(),
            upper: List::default(),
            rows: Vec::new(),
            late: Vec::new(),
            cost: List::default(),
            constant: Values::default(),
            of_person: List::default(),
            session: List::new(None, facts.sessions.len()),
            postponed: List::new(false, facts.sessions.len()),
            completions: Vec::new(),
        };
        model.add_sessions(facts, scope);
        model.add_session_rows(facts);
        let mut by_person: List<PersonIx, Vec<VarIx>> = List::new(Vec::new(), facts.people.len());
        model.add_wholes(facts, &mut by_person);
        for unit in facts.units.keys() {
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

    /// `None` if the time has run out and the model is large.
    fn goes_on(&self, desk: &dyn Desk) -> Option<()> {
        (self.kind.len() < LARGE_MIN || !desk.time_left().is_zero()).then_some(())
    }

    fn add_sessions(&mut self, facts: &Facts, scope: &Scope) {
        for (at, session) in facts.sessions.entries() {
            let is_everything = scope.is_everything();
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
                let var = self.add(VarKind::Postponed { session: at }, 1);
                self.cost[var] = cost;
                self.session[at] = Some(var);
            }
        }
    }

    /// No session comes back while somebody of its team is in another one that runs.
    fn add_session_rows(&mut self, facts: &Facts) {
        let back = |at: &SessionIx| facts.sessions[*at].state == SessionState::ToPostpone;
        for at in facts.sessions.keys().filter(back) {
            let Some(var) = self.session[at] else { continue };
            for other in facts.sessions_at_once(at) {
                match self.session[other] {
                    // Two sessions that are both to be postponed make one row.
                    Some(_) if back(&other) && other < at => {}
                    Some(other) => self.row(vec![(var, -1), (other, -1)], -1),
                    None if self.postponed[other] => {}
                    None => self.row(vec![(var, -1)], -1),
                }
            }
        }
    }

    fn add_wholes(&mut self, facts: &Facts, by_person: &mut List<PersonIx, Vec<VarIx>>) {
        for (at, a) in facts.assignments.entries().filter(|(_, a)| a.kind == Stays::Loose) {
            if facts.may_take(a.person, a.post, a.span) && self.can_be_freed(facts, a.person, a.span) {
                let var = self.add(VarKind::Whole { assignment: at }, 1);
                by_person[a.person].push(var);
            }
        }
    }

    fn add_unit(
        &mut self,
        facts: &Facts,
        scope: &Scope,
        unit: UnitIx,
        by_person: &mut List<PersonIx, Vec<VarIx>>,
        desk: &dyn Desk,
    ) -> Option<()> {
        let loose: Vec<(VarIx, Span, PostIx, PersonIx)> = (self.kind.entries())
            .filter_map(|(var, kind)| match kind {
                VarKind::Whole { assignment } => {
                    let a = &facts.assignments[*assignment];
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
            let mut pieces: Vec<Vec<(VarIx, PersonIx)>> = vec![Vec::new(); units.len()];
            for (n, post) in units.iter().enumerate() {
                let need = facts.need_max(*post, segment.from) as usize;
                let is_open = kept.iter().any(|kept| kept[n].0.len() < need);
                if is_open && scope.holds(facts.rota, &facts.rota.posts[*post].id, segment) {
                    pieces[n] = self.add_pieces(facts, *post, segment, by_person);
                }
            }
            for (slice, kept) in slices.iter().zip(kept) {
                let held: Vec<Supply> = kept
                    .into_iter()
                    .enumerate()
                    .map(|(n, (always, perhaps))| {
                        let whole = loose.iter().filter(|l| l.1.covers(*slice) && l.2 == units[n]);
                        let vars = pieces[n].iter().copied().chain(whole.map(|l| (l.0, l.3))).collect();
                        Supply { vars, always, perhaps }
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
        post: PostIx,
        span: Span,
        by_person: &mut List<PersonIx, Vec<VarIx>>,
    ) -> Vec<(VarIx, PersonIx)> {
        let mut pieces = Vec::new();
        for person in facts.people.keys() {
            if facts.may_take(person, post, span) && self.can_be_freed(facts, person, span) {
                let var = self.add(VarKind::Piece { person, post, span }, 1);
                by_person[person].push(var);
                pieces.push((var, person));
            }
        }
        pieces
    }

    /// Nobody in two places at once, and nobody on a post while their session runs.
    fn add_people_rows(&mut self, facts: &Facts, by_person: &List<PersonIx, Vec<VarIx>>) {
        for person in facts.people.keys() {
            let group = &facts.people[person].namesakes;
            if group.first() == Some(&person) {
                self.add_place_rows(facts, group, by_person);
            }
            let at_once = self.at_once(facts, &by_person[person]);
            let sessions: Vec<(SessionIx, VarIx)> =
                facts.people[person].sessions.iter().filter_map(|s| Some((*s, self.session[*s]?))).collect();
            for (session, var) in sessions {
                let span = facts.sessions[session].span;
                let clash = |vars: &Vec<VarIx>| -> Vec<VarIx> {
                    vars.iter().copied().filter(|v| self.place(facts, *v).is_some_and(|p| p.2.overlaps(span))).collect()
                };
                let clashes: BTreeSet<Vec<VarIx>> = at_once.iter().map(clash).filter(|c| !c.is_empty()).collect();
                for vars in largest(clashes) {
                    let terms = vars.iter().map(|v| (*v, 1)).chain([(var, -1)]).collect();
                    self.row(terms, 0);
                }
            }
        }
    }

    /// One person, in one record or several of one name, holds one place at a time, from home or not.
    fn add_place_rows(&mut self, facts: &Facts, group: &[PersonIx], by_person: &List<PersonIx, Vec<VarIx>>) {
        let mut vars: Vec<VarIx> = group.iter().flat_map(|person| &by_person[*person]).copied().collect();
        vars.sort_unstable();
        for together in self.at_once(facts, &vars) {
            self.row(together.iter().map(|var| (*var, 1)).collect(), 1);
        }
    }

    /// The largest sets of these variables that hold one moment.
    fn at_once(&self, facts: &Facts, vars: &[VarIx]) -> Vec<Vec<VarIx>> {
        let places: Vec<(VarIx, Span)> =
            vars.iter().filter_map(|var| Some((*var, self.place(facts, *var)?.2))).collect();
        let starts: BTreeSet<Instant> = places.iter().map(|(_, span)| span.from).collect();
        let at = |start: Instant| -> Vec<VarIx> {
            places.iter().filter(|(_, span)| span.contains(start)).map(|(var, _)| *var).collect()
        };
        largest(starts.into_iter().map(at).collect())
    }

    fn add_not_known(&mut self, facts: &Facts, by_person: &List<PersonIx, Vec<VarIx>>) {
        for (person, vars) in by_person.entries() {
            let mut of_window: BTreeMap<WindowIx, Vec<VarIx>> = BTreeMap::new();
            for var in vars {
                let windows = self.place(facts, *var).map(|place| facts.people[person].to_ask(place.2));
                let windows: BTreeSet<WindowIx> = windows.into_iter().flatten().collect();
                for window in windows {
                    of_window.entry(window).or_default().push(*var);
                }
            }
            for unknown in of_window.into_values() {
                let to_ask = self.add(VarKind::ToAsk, 1);
                self.cost[to_ask][Objective::PeopleNotKnown] = 1;
                for set in self.at_once(facts, &unknown) {
                    let terms = set.into_iter().map(|var| (var, 1)).chain([(to_ask, -1)]).collect();
                    self.late.push(Row { terms, at_most: 0 });
                }
            }
        }
    }

    /// A Proposed assignment counts as changed unless its person is on its post for all of its time, in whatever
    /// pieces.
    fn add_changes(&mut self, facts: &Facts, by_person: &List<PersonIx, Vec<VarIx>>) {
        for a in facts.assignments.iter().filter(|a| a.kind == Stays::Loose) {
            let kept = facts.people[a.person].kept.iter().map(|at| &facts.assignments[*at]);
            if kept.into_iter().any(|kept| kept.post == a.post && kept.span.covers(a.span)) {
                continue;
            }
            self.constant[Objective::Changes] += 1;
            let vars: Vec<(VarIx, Span)> = (by_person[a.person].iter())
                .filter_map(|var| Some((*var, self.place(facts, *var)?)))
                .filter(|(_, (_, post, span))| *post == a.post && span.overlaps(a.span))
                .map(|(var, (.., span))| (var, span))
                .collect();
            let edges: BTreeSet<Instant> =
                vars.iter().flat_map(|(_, span)| [span.from, span.to]).chain([a.span.from]).collect();
            let slices: Vec<Vec<VarIx>> = (edges.into_iter().filter(|at| a.span.contains(*at)))
                .map(|at| vars.iter().filter(|(_, span)| span.contains(at)).map(|(var, _)| *var).collect())
                .collect();
            if slices.iter().any(Vec::is_empty) {
                continue;
            }
            let still = self.add(VarKind::StillHeld, 1);
            self.cost[still][Objective::Changes] = -1;
            for here in slices.into_iter().collect::<BTreeSet<_>>() {
                self.row(here.into_iter().map(|var| (var, -1)).chain([(still, 1)]).collect(), 0);
            }
        }
    }
}

/// The moments inside the unit at which it may change whether somebody kept counts.
fn kept_edges(facts: &Facts, unit: UnitIx) -> BTreeSet<Instant> {
    let mut edges = BTreeSet::new();
    let mut add = |span: Span| edges.extend([span.from, span.to]);
    let here = facts.assignments.iter().filter(|a| a.kind == Stays::Kept && facts.posts[a.post].unit == unit);
    let people: BTreeSet<PersonIx> = here.map(|a| a.person).collect();
    for person in people.into_iter().map(|at| &facts.people[at]) {
        person.kept.iter().for_each(|at| add(facts.assignments[*at].span));
        person.sessions.iter().for_each(|at| add(facts.sessions[*at].span));
        person.away.iter().chain(&person.busy).for_each(|span| add(*span));
    }
    edges
}

/// The sets that are not contained in another one.
fn largest(sets: BTreeSet<Vec<VarIx>>) -> Vec<Vec<VarIx>> {
    let is_part = |small: &Vec<VarIx>, large: &Vec<VarIx>| {
        small.len() < large.len() && small.iter().all(|var| large.binary_search(var).is_ok())
    };
    let mut kept: Vec<Vec<VarIx>> = Vec::new();
    let mut sets: Vec<Vec<VarIx>> = sets.into_iter().collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    for set in sets {
        if !kept.iter().any(|large| is_part(&set, large)) {
            kept.push(set);
        }
    }
    kept
}
