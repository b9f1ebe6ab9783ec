//! The rota read into facts: every id becomes a place in its list, and what is asked for often is worked out once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::names::name_key;
use crate::model::{
    Assignment, Availability, CompetencyId, Duty, DutyKind, Instant, MayCover, Person, PersonId, Post, PostId, Rota,
    Session, SessionState, Span, Status, TimeOfDay, Unit, Window,
};

use super::facts::{AssignmentFacts, Facts, InScope, PersonFacts, PostFacts, SessionFacts, Stays, Team, UnitFacts};
use super::index::{AssignmentIx, Ix, List, PersonIx, PostIx, SessionIx, UnitIx, WindowIx, numbered};
use super::scope::Scope;
use super::spans::{any_overlaps, merged, parts_in};

impl<'a> Facts<'a> {
    /// Reads the rota. `scope` says which Proposed assignments are loose.
    pub(super) fn new(rota: &'a Rota, scope: &Scope) -> Self {
        let unit_at: BTreeMap<_, _> = numbered(&rota.units).map(|(at, unit)| (&unit.id, at)).collect();
        let post_at: BTreeMap<_, _> = numbered(&rota.posts).map(|(at, post)| (&post.id, at)).collect();
        let person_at: BTreeMap<_, _> = numbered(&rota.people).map(|(at, p)| (&p.id, at)).collect();
        let skill_at: BTreeMap<_, _> = numbered(&rota.competencies).map(|(at, c)| (&c.id, at)).collect();
        let skills = |ids: &[CompetencyId]| ids.iter().filter_map(|id| skill_at.get(id).copied()).collect::<Vec<_>>();
        let post_facts =
            |post: &Post| PostFacts { requires: skills(&post.requires), ..post_facts(rota, post, unit_at[&post.unit]) };
        let posts: List<PostIx, PostFacts> = rota.posts.iter().map(post_facts).collect();
        let assignments: List<AssignmentIx, AssignmentFacts> =
            rota.assignments.iter().map(|a| assignment_facts(a, scope, rota, &post_at, &person_at)).collect();
        let scope_of = |person: &Person| -> Vec<InScope> {
            let line = |line: &MayCover| {
                let unit = *unit_at.get(&line.unit)?;
                let up_to = rota.units[unit].tier_index(&line.up_to).map(Ix::new)?;
                let only = line.only.iter().filter_map(|post| post_at.get(post).copied()).collect();
                Some(InScope { unit, up_to, only })
            };
            person.may_cover.iter().filter_map(line).collect()
        };
        let whole = whole(rota);
        let facts_of = |person: &Person| PersonFacts {
            scope: scope_of(person),
            skills: skills(&person.competencies).into_iter().collect(),
            ..person_facts(person, whole)
        };
        let mut people: List<PersonIx, PersonFacts> = rota.people.iter().map(facts_of).collect();
        mark_namesakes(rota, &mut people);
        let mut kept_on = List::new(Vec::new(), posts.len());
        let mut asked: List<PersonIx, Vec<Span>> = List::new(Vec::new(), people.len());
        for (at, assignment) in assignments.entries() {
            if rota.assignments[at].status.is_asked_or_agreed() {
                asked[assignment.person].push(assignment.span);
            }
            let person = &mut people[assignment.person];
            match assignment.kind {
                Stays::Kept => {
                    person.kept.push(at);
                    kept_on[assignment.post].push(at);
                }
                Stays::Loose => person.loose.push(at),
                Stays::Declined => person.declined.push((assignment.post, assignment.span)),
            }
        }
        for (at, asked) in asked.entries() {
            people[at].not_asked = not_asked(rota, &rota.people[at], (whole, &merged(asked.iter().copied())));
        }
        let mut sessions: List<SessionIx, SessionFacts> =
            rota.sessions.iter().map(|s| session_facts(s, &person_at)).collect();
        judge_teams(rota, &people, &mut sessions);
        for (at, session) in sessions.entries().filter(|(_, s)| s.state != SessionState::Postponed) {
            for person in &session.team {
                people[*person].sessions.push(at);
            }
        }
        let need = rota.windows.iter().map(|window| need_in(rota, window, &post_at)).collect();
        let lines = rota.normals.iter().map(|normal| {
            let mut of_post = List::new(Vec::new(), posts.len());
            normal.staffing.iter().for_each(|line| of_post[post_at[&line.post]].push(line));
            of_post
        });
        let lines = lines.collect();
        let units = List::default();
        let place = |(person, post)| Some((*person_at.get(person)?, *post_at.get(post)?));
        let last = scope.last.iter().map(|(person, post)| (person, post)).filter_map(place).collect();
        let mut facts = Self { rota, units, posts, people, sessions, assignments, kept_on, lines, need, last };
        facts.units = numbered(&rota.units).map(|(at, unit)| facts.unit_facts(at, unit)).collect();
        facts
    }

    fn unit_facts(&self, at: UnitIx, unit: &Unit) -> UnitFacts {
        UnitFacts {
            tiers: numbered(&unit.tiers).map(|(at, _)| at).collect(),
            senior_from: unit.senior_from.as_ref().and_then(|tier| unit.tier_index(tier)).map(Ix::new),
            posts: self.posts_of(at),
            segments: self.segments(at),
        }
    }

    fn posts_of(&self, unit: UnitIx) -> Vec<PostIx> {
        self.posts.keys().filter(|post| self.posts[*post].unit == unit).collect()
    }

    /// The stretches between neighbouring cuts of the unit.
    fn segments(&self, unit: UnitIx) -> Vec<Span> {
        let cuts = self.cuts(unit);
        let windows = merged(self.rota.windows.iter().map(|w| w.span));
        let inside = |span: &Span| windows.iter().any(|window| window.covers(*span));
        cuts.windows(2).map(|pair| Span::new(Instant(pair[0]), Instant(pair[1]))).filter(inside).collect()
    }

    /// `docs/planner.md`: the windows' edges, and inside them the edges of the staffing lines of the unit's posts, the
    /// unit's handovers, the edges of what is kept on its posts, and of availability and duties of all who may cover
    /// it.
    fn cuts(&self, unit: UnitIx) -> Vec<i64> {
        let mut edges = BTreeSet::new();
        let mut add = |span: Span| edges.extend([span.from.0, span.to.0]);
        for person in self.people.keys() {
            if self.up_to(person, unit).is_some() {
                let person = &self.rota.people[person];
                person.availability.iter().for_each(|a| add(a.span));
                person.duties.iter().for_each(|d| add(d.span));
            }
        }
        let posts = self.posts_of(unit);
        posts.iter().flat_map(|post| &self.kept_on[*post]).for_each(|at| add(self.assignments[*at].span));
        let zone = self.rota.zone();
        let mut cuts = BTreeSet::new();
        for (at, window) in numbered(&self.rota.windows) {
            let (from, to) = (window.span.from.0, window.span.to.0);
            cuts.extend([from, to]);
            cuts.extend(edges.range(from..to));
            // Many posts have the same hours.
            let hours: BTreeSet<(TimeOfDay, TimeOfDay)> =
                posts.iter().flat_map(|post| self.lines(at, *post)).map(|line| (line.from, line.to)).collect();
            for (from, to) in &hours {
                let parts = zone.daily_parts(window.span, *from, *to);
                cuts.extend(parts.into_iter().flat_map(|span| [span.from.0, span.to.0]));
            }
            // A line of 24 hours has an edge as well, though nothing changes there.
            let whole_days = hours.iter().filter(|(from, to)| from == to).map(|(from, _)| *from);
            for time in self.rota.units[unit].handovers.iter().copied().chain(whole_days) {
                let minute = TimeOfDay::from_minutes((time.minutes() + 1) % (24 * 60)).unwrap_or(time);
                let parts = zone.daily_parts(window.span, time, minute);
                cuts.extend(parts.into_iter().map(|part| part.from.0));
            }
        }
        cuts.into_iter().collect()
    }
}

fn post_facts(rota: &Rota, post: &Post, unit: UnitIx) -> PostFacts {
    PostFacts {
        unit,
        tier: Ix::new(rota.units[unit].tier_index(&post.tier).unwrap_or(0)),
        essential: post.is_essential(),
        exclusive: post.exclusive,
        on_call: post.on_call,
        requires: Vec::new(),
    }
}

fn assignment_facts(
    a: &Assignment,
    scope: &Scope,
    rota: &Rota,
    post_at: &BTreeMap<&PostId, PostIx>,
    person_at: &BTreeMap<&PersonId, PersonIx>,
) -> AssignmentFacts {
    let kind = match a.status {
        Status::Declined => Stays::Declined,
        Status::Proposed if !a.locked && scope.holds(rota, &a.post, a.span) => Stays::Loose,
        _ => Stays::Kept,
    };
    AssignmentFacts { post: post_at[&a.post], person: person_at[&a.person], span: a.span, kind }
}

fn person_facts(person: &Person, whole: Option<Span>) -> PersonFacts {
    let duties = |kinds: &[DutyKind]| -> Vec<Span> {
        let of_kind = |duty: &&Duty| kinds.contains(&duty.kind);
        person.duties.iter().filter(of_kind).map(|duty| duty.span).collect()
    };
    PersonFacts {
        scope: Vec::new(),
        skills: BTreeSet::new(),
        away: availability_parts(person, whole, Availability::NotAvailable),
        not_asked: Vec::new(),
        busy: duties(&[DutyKind::Resident, DutyKind::Other]),
        resident: duties(&[DutyKind::Resident]),
        on_call: duties(&[DutyKind::OnCall]),
        sessions: Vec::new(),
        kept: Vec::new(),
        loose: Vec::new(),
        declined: Vec::new(),
        namesakes: Arc::default(),
    }
}

/// All the time that the rota speaks of: of many people it is worked out once.
fn whole(rota: &Rota) -> Option<Span> {
    Span::around(rota.windows.iter().map(|w| w.span).chain(rota.assignments.iter().map(|a| a.span)))
}

/// When the person's availability is `wanted`, over all the time that the rota speaks of.
fn availability_parts(person: &Person, whole: Option<Span>, wanted: Availability) -> Vec<Span> {
    whole.map_or_else(Vec::new, |whole| person.times_with(wanted, whole))
}

/// When the person's availability is not known, by window, windows left out in which they hold one of `asked`.
fn not_asked(rota: &Rota, person: &Person, (whole, asked): (Option<Span>, &[Span])) -> Vec<(WindowIx, Span)> {
    let unknown = availability_parts(person, whole, Availability::NotKnown);
    let windows = numbered(&rota.windows).filter(|(_, window)| !any_overlaps(asked, window.span));
    windows.flat_map(|(at, window)| parts_in(&unknown, window.span).map(move |part| (at, part))).collect()
}

fn session_facts(session: &Session, person_at: &BTreeMap<&PersonId, PersonIx>) -> SessionFacts {
    SessionFacts {
        span: session.span,
        team: session.team.iter().map(|id| person_at[id]).collect(),
        state: session.state,
        locked: session.locked,
        protected: session.protected,
        operations: i64::from(session.operations()),
        appointments: i64::from(session.appointments),
        team_is: Team::NotKnown,
    }
}

/// Works out of each session whether its team could be there.
fn judge_teams(rota: &Rota, people: &List<PersonIx, PersonFacts>, sessions: &mut [SessionFacts]) {
    let whole = Span::around(sessions.iter().map(|session| session.span));
    let mut of_person: List<PersonIx, Option<[Vec<Span>; 2]>> = List::new(None, people.len());
    for session in sessions {
        let mut is = if session.team.is_empty() { Team::NotKnown } else { Team::Sure };
        for person in &session.team {
            let [away, there] = of_person[*person].get_or_insert_with(|| {
                [Availability::NotAvailable, Availability::Available]
                    .map(|wanted| availability_parts(&rota.people[*person], whole, wanted))
            });
            let is_busy = people[*person].busy.iter().any(|duty| duty.overlaps(session.span));
            is = is.max(if is_busy || any_overlaps(away, session.span) {
                Team::Missing
            } else if there.iter().any(|part| part.covers(session.span)) {
                Team::Sure
            } else {
                Team::NotKnown
            });
        }
        session.team_is = is;
    }
}

/// Two records of the same name, however it is written, cannot both be at work at one time (rule DAT-1).
fn mark_namesakes(rota: &Rota, people: &mut List<PersonIx, PersonFacts>) {
    let mut same: BTreeMap<String, Vec<PersonIx>> = BTreeMap::new();
    for (at, person) in numbered(&rota.people) {
        match name_key(person) {
            Some(name) => same.entry(name).or_default().push(at),
            None => people[at].namesakes = Arc::new([at]),
        }
    }
    for group in same.into_values().map(Arc::<[PersonIx]>::from) {
        for at in &*group {
            people[*at].namesakes = Arc::clone(&group);
        }
    }
}

fn need_in(rota: &Rota, window: &Window, post_at: &BTreeMap<&PostId, PostIx>) -> List<PostIx, Vec<(Span, u32)>> {
    let mut changes: List<PostIx, BTreeMap<Instant, i64>> = List::new(BTreeMap::new(), rota.posts.len());
    if let Some(normal) = rota.normals.iter().find(|n| n.id == window.normal) {
        let open = |post: PostIx| !normal.closed.contains(&rota.posts[post].unit);
        for line in &normal.staffing {
            let post = post_at[&line.post];
            for part in rota.zone().daily_parts(window.span, line.from, line.to) {
                if open(post) {
                    *changes[post].entry(part.from).or_default() += i64::from(line.count);
                    *changes[post].entry(part.to).or_default() -= i64::from(line.count);
                }
            }
        }
    }
    changes.iter().map(steps).collect()
}

/// The stretches on which the running sum is constant and above nothing.
fn steps(changes: &BTreeMap<Instant, i64>) -> Vec<(Span, u32)> {
    let mut sum = 0;
    let mut parts = Vec::new();
    let mut from = None;
    for (at, change) in changes {
        if let Some(from) = from.filter(|_| sum > 0) {
            parts.push((Span::new(from, *at), u32::try_from(sum).unwrap_or(u32::MAX)));
        }
        sum += change;
        from = Some(*at);
    }
    parts
}
