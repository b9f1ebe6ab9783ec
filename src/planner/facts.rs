//! What the rota says, as numbers: who may do what when, what is needed where, and which assignments stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::names::name_key;
use crate::model::{
    Assignment, Availability, CompetencyId, Duty, DutyKind, Instant, MayCover, Person, PersonId, Post, PostId, Rota,
    Session, SessionState, Span, StaffingLine, Status, TimeOfDay, Window,
};

use super::objective::Objective;
use super::scope::Scope;

/// The rota with every id turned into a place in its list.
pub(super) struct Facts<'a> {
    pub rota: &'a Rota,
    pub units: Vec<UnitFacts>,
    pub posts: Vec<PostFacts>,
    pub people: Vec<PersonFacts>,
    pub sessions: Vec<SessionFacts>,
    /// In the order of the rota.
    pub assignments: Vec<AssignmentFacts>,
    /// For each post what stays there, in the order of the rota.
    pub kept_on: Vec<Vec<usize>>,
    /// For each normal and each post its lines.
    lines: Vec<Vec<Vec<&'a StaffingLine>>>,
    /// Need of each post in each window: `need[window][post]`, in order of time, without zeros.
    need: Vec<Vec<Vec<(Span, u32)>>>,
}

pub(super) struct UnitFacts {
    /// How many tiers.
    pub tiers: usize,
    /// The lowest tier that makes somebody senior.
    pub senior_from: Option<usize>,
    /// The posts of the unit, in the order of the rota.
    pub posts: Vec<usize>,
    /// The stretches between two neighbouring cuts, in order of time.
    pub segments: Vec<Span>,
}

pub(super) struct PostFacts {
    pub unit: usize,
    /// 0 for the lowest.
    pub tier: usize,
    pub essential: bool,
    pub exclusive: bool,
    pub on_call: bool,
    /// The competencies that it requires.
    requires: Vec<usize>,
}

pub(super) struct PersonFacts {
    /// What the person may cover, by unit.
    scope: Vec<InScope>,
    /// The competencies the person has.
    skills: BTreeSet<usize>,
    /// When the person is not available.
    pub away: Vec<Span>,
    /// When nobody knows, by window: not in windows in which the person is already Asked or Agreed.
    pub not_asked: Vec<(usize, Span)>,
    /// Duties of kind Resident or Other.
    pub busy: Vec<Span>,
    /// Duties of kind Resident.
    pub resident: Vec<Span>,
    /// Duties of kind `OnCall`.
    pub on_call: Vec<Span>,
    /// Sessions that are not Postponed and have the person in their team.
    pub sessions: Vec<usize>,
    /// Assignments that stay as they are and are not declined.
    pub kept: Vec<usize>,
    /// Proposed assignments that the planner may take back.
    pub loose: Vec<usize>,
    /// What the person declined: post and time.
    pub declined: Vec<(usize, Span)>,
    /// Everybody of the same name, this person too: two records of one doctor cannot be in two places.
    pub namesakes: Arc<[usize]>,
}

/// What somebody may cover in one unit.
struct InScope {
    unit: usize,
    /// The highest tier.
    up_to: usize,
    /// These posts and no others; empty for all of them.
    only: Vec<usize>,
}

pub(super) struct SessionFacts {
    pub span: Span,
    pub team: Vec<usize>,
    pub state: SessionState,
    pub locked: bool,
    pub protected: bool,
    pub operations: i64,
    pub appointments: i64,
    /// Why it could not run even if its team were on no post.
    pub team_is: Team,
}

/// Whether the team of a session could be there, posts and other sessions left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Team {
    /// Everybody is known to be available all the time, and nobody has another duty.
    Sure,
    /// Nobody is in it, or of somebody nobody knows.
    NotKnown,
    /// Somebody is not available, or has a Resident or Other duty (rule SES-2).
    Missing,
}

pub(super) struct AssignmentFacts {
    pub post: usize,
    pub person: usize,
    pub span: Span,
    pub kind: Stays,
}

/// What the planner may do with an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stays {
    /// Asked, Agreed, locked, or outside what was asked for.
    Kept,
    /// Declined: remembered.
    Declined,
    /// Proposed and not locked: may be kept, changed or dropped.
    Loose,
}

impl<'a> Facts<'a> {
    /// Reads the rota. `scope` says which Proposed assignments are loose.
    pub(super) fn new(rota: &'a Rota, scope: &Scope) -> Self {
        let unit_at: BTreeMap<_, _> = rota.units.iter().enumerate().map(|(at, unit)| (&unit.id, at)).collect();
        let post_at: BTreeMap<_, _> = rota.posts.iter().enumerate().map(|(at, post)| (&post.id, at)).collect();
        let person_at: BTreeMap<_, _> = rota.people.iter().enumerate().map(|(at, p)| (&p.id, at)).collect();
        let skill_at: BTreeMap<_, _> = rota.competencies.iter().enumerate().map(|(at, c)| (&c.id, at)).collect();
        let skills = |ids: &[CompetencyId]| ids.iter().filter_map(|id| skill_at.get(id).copied()).collect::<Vec<_>>();
        let post_facts =
            |post: &Post| PostFacts { requires: skills(&post.requires), ..post_facts(rota, post, unit_at[&post.unit]) };
        let posts: Vec<PostFacts> = rota.posts.iter().map(post_facts).collect();
        let assignments: Vec<AssignmentFacts> =
            rota.assignments.iter().map(|a| assignment_facts(a, scope, rota, &post_at, &person_at)).collect();
        let scope_of = |person: &Person| -> Vec<InScope> {
            let line = |line: &MayCover| {
                let unit = *unit_at.get(&line.unit)?;
                let up_to = rota.units[unit].tier_index(&line.up_to)?;
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
        let mut people: Vec<PersonFacts> = rota.people.iter().map(facts_of).collect();
        mark_namesakes(rota, &mut people);
        let mut kept_on = vec![Vec::new(); posts.len()];
        let mut asked: Vec<Vec<Span>> = vec![Vec::new(); people.len()];
        for (at, assignment) in assignments.iter().enumerate() {
            if matches!(rota.assignments[at].status, Status::Asked | Status::Agreed) {
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
        for (at, (person, asked)) in people.iter_mut().zip(asked).enumerate() {
            person.not_asked = not_asked(rota, &rota.people[at], (whole, &merged(asked)));
        }
        let mut sessions: Vec<SessionFacts> = rota.sessions.iter().map(|s| session_facts(s, &person_at)).collect();
        judge_teams(rota, &people, &mut sessions);
        for (at, session) in sessions.iter().enumerate().filter(|(_, s)| s.state != SessionState::Postponed) {
            for person in &session.team {
                people[*person].sessions.push(at);
            }
        }
        let need = rota.windows.iter().map(|window| need_in(rota, window, &post_at)).collect();
        let lines = rota.normals.iter().map(|normal| {
            let mut of_post = vec![Vec::new(); posts.len()];
            normal.staffing.iter().for_each(|line| of_post[post_at[&line.post]].push(line));
            of_post
        });
        let lines = lines.collect();
        let units = Vec::new();
        let mut facts = Self { rota, units, posts, people, sessions, assignments, kept_on, lines, need };
        facts.units = (0..rota.units.len()).map(|at| facts.unit_facts(at)).collect();
        facts
    }

    fn unit_facts(&self, at: usize) -> UnitFacts {
        let unit = &self.rota.units[at];
        UnitFacts {
            tiers: unit.tiers.len(),
            senior_from: unit.senior_from.as_ref().and_then(|tier| unit.tier_index(tier)),
            posts: (0..self.posts.len()).filter(|post| self.posts[*post].unit == at).collect(),
            segments: self.segments(at),
        }
    }

    /// The stretches between neighbouring cuts of the unit.
    fn segments(&self, unit: usize) -> Vec<Span> {
        let cuts = self.cuts(unit);
        let windows = merged(self.rota.windows.iter().map(|w| w.span));
        let inside = |span: &Span| windows.iter().any(|window| window.covers(*span));
        cuts.windows(2).map(|pair| Span::new(Instant(pair[0]), Instant(pair[1]))).filter(inside).collect()
    }

    /// `docs/planner.md`: the windows' edges, and inside them the edges of the staffing lines of the unit's posts, the
    /// unit's handovers, the edges of what is kept on its posts, and of availability and duties of all who may cover it.
    fn cuts(&self, unit: usize) -> Vec<i64> {
        let mut edges = BTreeSet::new();
        let mut add = |span: Span| edges.extend([span.from.0, span.to.0]);
        for person in 0..self.people.len() {
            if self.up_to(person, unit).is_some() {
                let person = &self.rota.people[person];
                person.availability.iter().for_each(|a| add(a.span));
                person.duties.iter().for_each(|d| add(d.span));
            }
        }
        let posts: Vec<usize> = (0..self.posts.len()).filter(|post| self.posts[*post].unit == unit).collect();
        posts.iter().flat_map(|post| &self.kept_on[*post]).for_each(|at| add(self.assignments[*at].span));
        let zone = self.rota.zone();
        let mut cuts = BTreeSet::new();
        for (at, window) in self.rota.windows.iter().enumerate() {
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

    /// The staffing lines of `post` that hold in `window`.
    fn lines(&self, window: usize, post: usize) -> &[&'a StaffingLine] {
        let normal = self.rota.normals.iter().position(|n| n.id == self.rota.windows[window].normal);
        normal.map_or(&[], |normal| &self.lines[normal][post])
    }

    /// How many doctors a normal day has on `post` at `at`, as window number `window` sees it.
    pub(super) fn need(&self, window: usize, post: usize, at: Instant) -> u32 {
        let parts = &self.need[window][post];
        parts.iter().find(|(span, _)| span.contains(at)).map_or(0, |(_, count)| *count)
    }

    /// The most that any window needs on `post` at `at`.
    pub(super) fn need_max(&self, post: usize, at: Instant) -> u32 {
        self.windows_at(at).map(|window| self.need(window, post, at)).max().unwrap_or(0)
    }

    /// The windows that hold `at`.
    pub(super) fn windows_at(&self, at: Instant) -> impl Iterator<Item = usize> {
        let holds = move |(_, window): &(usize, &Window)| window.span.contains(at);
        self.rota.windows.iter().enumerate().filter(holds).map(|(at, _)| at)
    }

    /// Whether the person may be on the post all the time of `span`, as far as the person alone is concerned.
    pub(super) fn may_take(&self, person: usize, post: usize, span: Span) -> bool {
        self.why_not(person, post, span).next().is_none()
    }

    /// Every reason of the person's own why not, sessions and fatigue left out.
    pub(super) fn why_not(&self, person: usize, post: usize, span: Span) -> impl Iterator<Item = Reason> {
        let facts = &self.people[person];
        let role = &self.posts[post];
        let overlaps = move |other: &Span| other.overlaps(span);
        let scope = !self.is_in_scope(person, post);
        [
            facts.away.iter().any(overlaps).then_some(Reason::NotAvailable),
            scope.then_some(Reason::OutOfScope),
            (!self.is_skilled(person, post)).then_some(Reason::LacksCompetency),
            facts.busy.iter().any(overlaps).then_some(Reason::OnDuty),
            ((role.exclusive || role.on_call) && facts.on_call.iter().any(overlaps)).then_some(Reason::OnCallDuty),
            facts.declined.iter().any(|(p, s)| *p == post && s.overlaps(span)).then_some(Reason::Declined),
            self.kept_in_the_way(person, span).map(|_| Reason::OnAnotherPost),
        ]
        .into_iter()
        .flatten()
    }

    /// What stays as it is and binds the person, or somebody of the same name, over part of `span`.
    pub(super) fn kept_in_the_way(&self, person: usize, span: Span) -> Option<&AssignmentFacts> {
        let kept = self.people[person].namesakes.iter().flat_map(|other| &self.people[*other].kept);
        kept.map(|at| &self.assignments[*at]).find(|a| a.span.overlaps(span))
    }

    /// The sessions of the person that have to be postponed before the person can be on a post over `span`: on one held
    /// from home too, since whoever is at work is not the one to ring.
    pub(super) fn sessions_in_the_way(&self, person: usize, span: Span) -> impl Iterator<Item = usize> {
        let sessions = self.people[person].sessions.iter().copied();
        sessions.filter(move |s| self.sessions[*s].span.overlaps(span))
    }

    /// Whether the session has to stay postponed: told, locked, or one of its team is kept on a post meanwhile.
    pub(super) fn must_stay_postponed(&self, session: usize) -> bool {
        let facts = &self.sessions[session];
        match facts.state {
            SessionState::Running => false,
            SessionState::Postponed => true,
            SessionState::ToPostpone => {
                let taken = |person: &usize| {
                    let kept = self.people[*person].kept.iter().map(|at| &self.assignments[*at]);
                    kept.into_iter().any(|a| !self.posts[a.post].on_call && a.span.overlaps(facts.span))
                };
                facts.locked || facts.team_is != Team::Sure || facts.team.iter().any(taken)
            }
        }
    }

    /// The other sessions that somebody of its team would be in at the same time, were both to run.
    pub(super) fn sessions_at_once(&self, session: usize) -> BTreeSet<usize> {
        let facts = &self.sessions[session];
        let others = facts.team.iter().flat_map(|person| &self.people[*person].sessions).copied();
        others.filter(|other| *other != session && self.sessions[*other].span.overlaps(facts.span)).collect()
    }

    fn scope(&self, person: usize, unit: usize) -> Option<&InScope> {
        self.people[person].scope.iter().find(|scope| scope.unit == unit)
    }

    /// The highest tier of the unit that the person may cover.
    pub(super) fn up_to(&self, person: usize, unit: usize) -> Option<usize> {
        self.scope(person, unit).map(|scope| scope.up_to)
    }

    /// The posts of the unit that the person may cover, if they may not cover all of them.
    pub(super) fn only(&self, person: usize, unit: usize) -> &[usize] {
        self.scope(person, unit).map_or(&[], |scope| &scope.only)
    }

    /// Whether the person may cover the post.
    pub(super) fn is_in_scope(&self, person: usize, post: usize) -> bool {
        let role = &self.posts[post];
        self.scope(person, role.unit)
            .is_some_and(|scope| scope.up_to >= role.tier && (scope.only.is_empty() || scope.only.contains(&post)))
    }

    /// Whether the person has every competency that the post requires.
    fn is_skilled(&self, person: usize, post: usize) -> bool {
        self.posts[post].requires.iter().all(|skill| self.people[person].skills.contains(skill))
    }

    /// Whether the person may cover the post and has every competency that it requires.
    pub(super) fn is_able(&self, person: usize, post: usize) -> bool {
        self.is_in_scope(person, post) && self.is_skilled(person, post)
    }

    /// Whether the person may cover the unit at its senior tier, and not only some of its posts.
    pub(super) fn is_senior(&self, person: usize, unit: usize) -> bool {
        let from = self.units[unit].senior_from;
        let scope = self.scope(person, unit).filter(|scope| scope.only.is_empty());
        from.is_some_and(|from| scope.is_some_and(|scope| scope.up_to >= from))
    }
}

impl PostFacts {
    /// The objective that counts how long the post is short.
    pub(super) fn shortage(&self) -> Objective {
        if self.essential { Objective::EssentialShort } else { Objective::PostShort }
    }
}

impl PersonFacts {
    /// The windows in which the person would have to be asked whether they are available, to be on a post over `span`.
    pub(super) fn to_ask(&self, span: Span) -> impl Iterator<Item = usize> {
        self.not_asked.iter().filter(move |(_, part)| part.overlaps(span)).map(|(window, _)| *window)
    }
}

/// Why somebody cannot be on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Not available at the time.
    NotAvailable,
    /// May not cover the unit, or not up to the post's tier.
    OutOfScope,
    /// Lacks a competency that the post requires.
    LacksCompetency,
    /// On another post, or already on this one.
    OnAnotherPost,
    /// Has a Resident or Other duty.
    OnDuty,
    /// The post is exclusive and the person has an on-call duty.
    OnCallDuty,
    /// Declined this post at this time.
    Declined,
    /// Would have too little rest.
    ShortRest,
    /// Would work too long at a stretch, or too much in seven days.
    Hours,
    /// A session that must not be postponed, or that is locked.
    ProtectedSession,
    /// Nobody has looked: the time ran out.
    TimeRanOut,
}

impl Reason {
    /// As in `plan --json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAvailable => "not-available",
            Self::OutOfScope => "out-of-scope",
            Self::LacksCompetency => "lacks-competency",
            Self::OnAnotherPost => "on-another-post",
            Self::OnDuty => "on-duty",
            Self::OnCallDuty => "on-call-duty",
            Self::Declined => "declined",
            Self::ShortRest => "short-rest",
            Self::Hours => "hours",
            Self::ProtectedSession => "protected-session",
            Self::TimeRanOut => "time-ran-out",
        }
    }

    /// As a person reads it, of one person or of several.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAvailable => "not available",
            Self::OutOfScope => "not cleared for this grade",
            Self::LacksCompetency => "missing competency",
            Self::OnAnotherPost => "on another post",
            Self::OnDuty => "on duty",
            Self::OnCallDuty => "on call",
            Self::Declined => "declined",
            Self::ShortRest => "too little rest",
            Self::Hours => "too many hours",
            Self::ProtectedSession => "protected clinic or list",
            Self::TimeRanOut => "not looked at: the time ran out",
        }
    }
}

fn post_facts(rota: &Rota, post: &Post, unit: usize) -> PostFacts {
    PostFacts {
        unit,
        tier: rota.units[unit].tier_index(&post.tier).unwrap_or(0),
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
    post_at: &BTreeMap<&PostId, usize>,
    person_at: &BTreeMap<&PersonId, usize>,
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
    let Some(whole) = whole else { return Vec::new() };
    let mut edges: BTreeSet<Instant> = [whole.from, whole.to].into();
    edges.extend(person.availability.iter().flat_map(|a| [a.span.from, a.span.to]).filter(|at| whole.contains(*at)));
    let edges: Vec<Instant> = edges.into_iter().collect();
    let parts = edges.windows(2).map(|pair| Span::new(pair[0], pair[1]));
    merged(parts.filter(|part| person.availability_at(part.from) == wanted))
}

/// When the person's availability is not known, by window, windows left out in which they hold one of `asked`.
fn not_asked(rota: &Rota, person: &Person, (whole, asked): (Option<Span>, &[Span])) -> Vec<(usize, Span)> {
    let unknown = availability_parts(person, whole, Availability::NotKnown);
    let windows = rota.windows.iter().enumerate().filter(|(_, window)| !any_overlaps(asked, window.span));
    windows.flat_map(|(at, window)| parts_in(&unknown, window.span).map(move |part| (at, part))).collect()
}

/// Whether one of these spans overlaps the other; they are in order and none touches the next.
pub(super) fn any_overlaps(spans: &[Span], other: Span) -> bool {
    spans.get(spans.partition_point(|span| span.to <= other.from)).is_some_and(|span| span.overlaps(other))
}

/// What of these spans lies in the other; they are in order and none touches the next.
fn parts_in(spans: &[Span], other: Span) -> impl Iterator<Item = Span> {
    let first = spans.partition_point(|span| span.to <= other.from);
    spans[first..].iter().map_while(move |span| span.overlap(other))
}

fn session_facts(session: &Session, person_at: &BTreeMap<&PersonId, usize>) -> SessionFacts {
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
fn judge_teams(rota: &Rota, people: &[PersonFacts], sessions: &mut [SessionFacts]) {
    let whole = Span::around(sessions.iter().map(|session| session.span));
    let mut of_person: Vec<Option<[Vec<Span>; 2]>> = vec![None; people.len()];
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
fn mark_namesakes(rota: &Rota, people: &mut [PersonFacts]) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in rota.people.iter().enumerate() {
        match name_key(person) {
            Some(name) => same.entry(name).or_default().push(at),
            None => people[at].namesakes = Arc::new([at]),
        }
    }
    for group in same.into_values().map(Arc::<[usize]>::from) {
        for at in &*group {
            people[*at].namesakes = Arc::clone(&group);
        }
    }
}

fn need_in(rota: &Rota, window: &Window, post_at: &BTreeMap<&PostId, usize>) -> Vec<Vec<(Span, u32)>> {
    let mut changes: Vec<BTreeMap<Instant, i64>> = vec![BTreeMap::new(); rota.posts.len()];
    if let Some(normal) = rota.normals.iter().find(|n| n.id == window.normal) {
        let open = |post: usize| !normal.closed.contains(&rota.posts[post].unit);
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
    changes.into_iter().map(steps).collect()
}

/// The stretches on which the running sum is constant and above nothing.
fn steps(changes: BTreeMap<Instant, i64>) -> Vec<(Span, u32)> {
    let mut sum = 0;
    let mut parts = Vec::new();
    let mut from = None;
    for (at, change) in changes {
        if let Some(from) = from.filter(|_| sum > 0) {
            parts.push((Span::new(from, at), u32::try_from(sum).unwrap_or(u32::MAX)));
        }
        sum += change;
        from = Some(at);
    }
    parts
}

/// The union of the spans, in order; touching ones are one.
pub(super) fn merged(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    spans.sort();
    let mut union: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match union.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => union.push(span),
        }
    }
    union
}
