//! What the rota says, as numbers: who may do what when, what is needed where, and which assignments stay as they are.
//! [`super::reading`] reads the rota into them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Instant, Rota, SessionState, Span, StaffingLine, Window, words};

use super::index::{
    AssignmentIx, List, NormalIx, PersonIx, PostIx, SessionIx, SkillIx, TierIx, UnitIx, WindowIx, numbered, position,
};
use super::objective::Objective;
use super::reason::Reason;

/// The rota with every id turned into a place in its list.
pub(super) struct Facts<'a> {
    pub rota: &'a Rota,
    pub units: List<UnitIx, UnitFacts>,
    pub posts: List<PostIx, PostFacts>,
    pub people: List<PersonIx, PersonFacts>,
    pub sessions: List<SessionIx, SessionFacts>,
    /// In the order of the rota.
    pub assignments: List<AssignmentIx, AssignmentFacts>,
    /// For each post what stays there, in the order of the rota.
    pub kept_on: List<PostIx, Vec<AssignmentIx>>,
    /// For each normal and each post its lines.
    pub lines: List<NormalIx, List<PostIx, Vec<&'a StaffingLine>>>,
    /// Need of each post in each window: `need[window][post]`, in order of time, without zeros.
    pub need: List<WindowIx, List<PostIx, Vec<(Span, u32)>>>,
    /// Who is taken for a post only where nobody else is as good.
    pub last: BTreeSet<(PersonIx, PostIx)>,
}

pub(super) struct UnitFacts {
    /// The lowest first.
    pub tiers: Vec<TierIx>,
    /// The lowest tier that makes somebody senior.
    pub senior_from: Option<TierIx>,
    /// The posts of the unit, in the order of the rota.
    pub posts: Vec<PostIx>,
    /// The stretches between two neighbouring cuts, in order of time.
    pub segments: Vec<Span>,
}

pub(super) struct PostFacts {
    pub unit: UnitIx,
    pub tier: TierIx,
    pub essential: bool,
    pub exclusive: bool,
    pub on_call: bool,
    /// The competencies that it requires.
    pub requires: Vec<SkillIx>,
}

pub(super) struct PersonFacts {
    /// What the person may cover, by unit.
    pub scope: Vec<InScope>,
    /// The competencies the person has.
    pub skills: BTreeSet<SkillIx>,
    /// When the person is not available.
    pub away: Vec<Span>,
    /// When the availability is not known, by window; windows in which the person is Asked or Agreed are left out.
    pub not_asked: Vec<(WindowIx, Span)>,
    /// Duties of kind Resident or Other.
    pub busy: Vec<Span>,
    /// Duties of kind Resident.
    pub resident: Vec<Span>,
    /// Duties of kind `OnCall`.
    pub on_call: Vec<Span>,
    /// Sessions that are not Postponed and have the person in their team.
    pub sessions: Vec<SessionIx>,
    /// Assignments that stay as they are and are not declined.
    pub kept: Vec<AssignmentIx>,
    /// Proposed assignments that the planner may take back.
    pub loose: Vec<AssignmentIx>,
    /// What the person declined: post and time.
    pub declined: Vec<(PostIx, Span)>,
    /// Everybody of the same name, this person too: two records of one doctor cannot be in two places.
    pub namesakes: Arc<[PersonIx]>,
}

/// What somebody may cover in one unit.
pub(super) struct InScope {
    pub unit: UnitIx,
    /// The highest tier.
    pub up_to: TierIx,
    /// These posts and no others; empty for all of them.
    pub only: Vec<PostIx>,
}

pub(super) struct SessionFacts {
    pub span: Span,
    pub team: Vec<PersonIx>,
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
    /// The team is empty, or the availability of somebody in it is not known.
    NotKnown,
    /// Somebody is not available, or has a Resident or Other duty (rule SES-2).
    Missing,
}

pub(super) struct AssignmentFacts {
    pub post: PostIx,
    pub person: PersonIx,
    pub span: Span,
    pub kind: Stays,
}

/// What the planner may do with an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stays {
    /// Asked, Agreed, locked, or outside what was asked for.
    Kept,
    /// Declined: not proposed again.
    Declined,
    /// Proposed and not locked: may be kept, changed or dropped.
    Loose,
}

impl<'a> Facts<'a> {
    /// The title of a session, safe to print.
    pub(super) fn title(&self, session: SessionIx) -> String {
        words::safe(&self.rota.sessions[session].title).into_owned()
    }

    /// The staffing lines of `post` that hold in `window`.
    pub(super) fn lines(&self, window: WindowIx, post: PostIx) -> &[&'a StaffingLine] {
        let normal = position(&self.rota.normals, |n| n.id == self.rota.windows[window].normal);
        normal.map_or(&[], |normal| &self.lines[normal][post])
    }

    /// How many doctors a normal day has on `post` at `at`, as window number `window` sees it.
    pub(super) fn need(&self, window: WindowIx, post: PostIx, at: Instant) -> u32 {
        let parts = &self.need[window][post];
        parts.iter().find(|(span, _)| span.contains(at)).map_or(0, |(_, count)| *count)
    }

    /// The most that any window needs on `post` at `at`.
    pub(super) fn need_max(&self, post: PostIx, at: Instant) -> u32 {
        self.windows_at(at).map(|window| self.need(window, post, at)).max().unwrap_or(0)
    }

    /// The windows that hold `at`.
    pub(super) fn windows_at(&self, at: Instant) -> impl Iterator<Item = WindowIx> {
        let holds = move |(_, window): &(WindowIx, &Window)| window.span.contains(at);
        numbered(&self.rota.windows).filter(holds).map(|(at, _)| at)
    }

    /// Whether the person may be on the post all the time of `span`, as far as the person alone is concerned.
    pub(super) fn may_take(&self, person: PersonIx, post: PostIx, span: Span) -> bool {
        self.why_not(person, post, span).next().is_none()
    }

    /// Every reason against it that lies with the person alone; sessions, hours and rest are left out.
    pub(super) fn why_not(&self, person: PersonIx, post: PostIx, span: Span) -> impl Iterator<Item = Reason> {
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

    /// A kept assignment of the person, or of somebody of the same name, over part of `span`.
    pub(super) fn kept_in_the_way(&self, person: PersonIx, span: Span) -> Option<&AssignmentFacts> {
        let kept = self.people[person].namesakes.iter().flat_map(|other| &self.people[*other].kept);
        kept.map(|at| &self.assignments[*at]).find(|a| a.span.overlaps(span))
    }

    /// The sessions of the person that have to be postponed before the person can be on a post over `span`: on one held
    /// from home too, since whoever is at work is not the one to ring.
    pub(super) fn sessions_in_the_way(&self, person: PersonIx, span: Span) -> impl Iterator<Item = SessionIx> {
        let sessions = self.people[person].sessions.iter().copied();
        sessions.filter(move |s| self.sessions[*s].span.overlaps(span))
    }

    /// Whether the session has to stay postponed: its patients have been told, it is locked, or its team is not free.
    pub(super) fn must_stay_postponed(&self, session: SessionIx) -> bool {
        let facts = &self.sessions[session];
        match facts.state {
            SessionState::Running => false,
            SessionState::Postponed => true,
            SessionState::ToPostpone => {
                let taken = |person: &PersonIx| {
                    let kept = self.people[*person].kept.iter().map(|at| &self.assignments[*at]);
                    kept.into_iter().any(|a| !self.posts[a.post].on_call && a.span.overlaps(facts.span))
                };
                facts.locked || facts.team_is != Team::Sure || facts.team.iter().any(taken)
            }
        }
    }

    /// The other sessions that somebody of its team would be in at the same time, were both to run.
    pub(super) fn sessions_at_once(&self, session: SessionIx) -> BTreeSet<SessionIx> {
        let facts = &self.sessions[session];
        let others = facts.team.iter().flat_map(|person| &self.people[*person].sessions).copied();
        others.filter(|other| *other != session && self.sessions[*other].span.overlaps(facts.span)).collect()
    }

    fn scope(&self, person: PersonIx, unit: UnitIx) -> Option<&InScope> {
        self.people[person].scope.iter().find(|scope| scope.unit == unit)
    }

    /// The highest tier of the unit that the person may cover.
    pub(super) fn up_to(&self, person: PersonIx, unit: UnitIx) -> Option<TierIx> {
        self.scope(person, unit).map(|scope| scope.up_to)
    }

    /// The posts of the unit that the person may cover, if they may not cover all of them.
    pub(super) fn only(&self, person: PersonIx, unit: UnitIx) -> &[PostIx] {
        self.scope(person, unit).map_or(&[], |scope| &scope.only)
    }

    /// Whether the person may cover the post.
    pub(super) fn is_in_scope(&self, person: PersonIx, post: PostIx) -> bool {
        let role = &self.posts[post];
        self.scope(person, role.unit)
            .is_some_and(|scope| scope.up_to >= role.tier && (scope.only.is_empty() || scope.only.contains(&post)))
    }

    /// Whether the person has every competency that the post requires.
    fn is_skilled(&self, person: PersonIx, post: PostIx) -> bool {
        self.posts[post].requires.iter().all(|skill| self.people[person].skills.contains(skill))
    }

    /// Whether the person may cover the post and has every competency that it requires.
    pub(super) fn is_able(&self, person: PersonIx, post: PostIx) -> bool {
        self.is_in_scope(person, post) && self.is_skilled(person, post)
    }

    /// Whether the person may cover the unit at its senior tier, and not only some of its posts.
    pub(super) fn is_senior(&self, person: PersonIx, unit: UnitIx) -> bool {
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
    pub(super) fn to_ask(&self, span: Span) -> impl Iterator<Item = WindowIx> {
        self.not_asked.iter().filter(move |(_, part)| part.overlaps(span)).map(|(window, _)| *window)
    }
}
