//! A rota in the making: who would be where, and which sessions would be postponed.

use crate::model::{SessionState, Span};

use super::facts::{AssignmentFacts, Facts, Stays};
use super::fatigue::Breach;
use super::fixed_work::breach;
use super::index::{AssignmentIx, HeldIx, List, PersonIx, PostIx, SessionIx, placed};
use super::model::{Model, Point, VarKind};

placed! {
    Held by HeldIx,
}

/// What everybody would hold, and which sessions would not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// Sorted; touching proposals of one person and post are one.
    pub held: Vec<Held>,
    /// For each session of the rota.
    pub postponed: List<SessionIx, bool>,
}

/// One person on one post for one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub person: PersonIx,
    pub post: PostIx,
    pub span: Span,
    /// The assignment that stays, if it is not the planner's proposal.
    pub kept: Option<AssignmentIx>,
}

impl Held {
    /// What assignment number `at` of the rota holds.
    pub(super) fn standing(at: AssignmentIx, a: &AssignmentFacts) -> Self {
        Self { person: a.person, post: a.post, span: a.span, kept: (a.kind == Stays::Kept).then_some(at) }
    }
}

impl Draft {
    /// The rota as it is, without what was declined.
    pub(super) fn as_it_is(facts: &Facts) -> Self {
        let stands = facts.assignments.entries().filter(|(_, a)| a.kind != Stays::Declined);
        let mut held: Vec<Held> = stands.map(|(at, a)| Held::standing(at, a)).collect();
        held.sort();
        let postponed = facts.sessions.iter().map(|s| s.state != SessionState::Running).collect();
        Self { held, postponed }
    }

    /// What the values of the model's variables mean.
    pub(super) fn of(facts: &Facts, model: &Model, values: &Point) -> Self {
        let mut postponed = model.postponed.clone();
        let mut pieces: Vec<(PersonIx, PostIx, Span)> = Vec::new();
        for (var, kind) in model.kind.entries().filter(|(var, _)| values[*var] == 1) {
            if let VarKind::Postponed { session } = kind {
                postponed[*session] = true;
            }
            pieces.extend(model.place(facts, var));
        }
        let mut held: Vec<Held> = joined(pieces);
        let kept = facts.assignments.entries().filter(|(_, a)| a.kind == Stays::Kept);
        held.extend(kept.map(|(at, a)| Held::standing(at, a)));
        held.sort();
        Self { held, postponed }
    }

    /// What the person is proposed for and would be at work.
    pub(super) fn proposed_work(&self, facts: &Facts, person: PersonIx) -> Vec<Span> {
        let held = self.held.iter().filter(|h| h.person == person && h.kept.is_none());
        held.filter(|h| !facts.posts[h.post].on_call).map(|h| h.span).collect()
    }

    /// The limit of hours and rest that `proposed` would violate.
    pub(super) fn breach(&self, facts: &Facts, person: PersonIx, proposed: &[Span]) -> Option<Breach> {
        breach(facts, person, proposed, |session| !self.postponed[session])
    }
}

/// Touching and overlapping pieces of one person and post, joined.
pub(super) fn joined(mut pieces: Vec<(PersonIx, PostIx, Span)>) -> Vec<Held> {
    pieces.sort();
    let mut held: Vec<Held> = Vec::new();
    for (person, post, span) in pieces {
        match held.last_mut() {
            Some(last) if last.person == person && last.post == post && span.from <= last.span.to => {
                last.span.to = last.span.to.max(span.to);
            }
            _ => held.push(Held { person, post, span, kept: None }),
        }
    }
    held
}
