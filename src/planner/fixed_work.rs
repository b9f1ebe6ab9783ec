//! What one person works whatever the plan is, and which limit of hours and rest a proposal beside it would violate.

use crate::model::{SessionState, Span};

use super::facts::Facts;
use super::fatigue::{Breach, Work, nights_in};
use super::index::{PersonIx, SessionIx};
use super::spans::merged;

/// The limit of hours and rest that `proposed` would violate while these sessions run.
pub(super) fn breach(
    facts: &Facts,
    person: PersonIx,
    proposed: &[Span],
    runs: impl Fn(SessionIx) -> bool,
) -> Option<Breach> {
    FixedWork::new(facts, person, proposed).breach(proposed, runs)
}

/// What one person works whatever the plan is, worked out once for judging many proposals.
pub(super) struct FixedWork<'a> {
    facts: &'a Facts<'a>,
    person: PersonIx,
    /// Kept assignments and resident duties.
    fixed: Vec<Span>,
    /// With the sessions that run in the rota; merged.
    before: Vec<Span>,
    /// All of the work, proposals included, that lies at night.
    nights: Vec<Span>,
}

impl<'a> FixedWork<'a> {
    /// For proposals out of `spans`.
    pub(super) fn new(facts: &'a Facts<'a>, person: PersonIx, spans: &[Span]) -> Self {
        let who = &facts.people[person];
        let kept = who.kept.iter().map(|at| &facts.assignments[*at]).filter(|a| !facts.posts[a.post].on_call);
        let fixed: Vec<Span> = kept.map(|a| a.span).chain(who.resident.iter().copied()).collect();
        let sessions = || who.sessions.iter().map(|s| &facts.sessions[*s]);
        let running = sessions().filter(|session| session.state == SessionState::Running).map(|session| session.span);
        let before = merged(fixed.iter().copied().chain(running));
        let all = fixed.iter().chain(spans).copied().chain(sessions().map(|session| session.span));
        let nights =
            if facts.rota.people[person].rules.is_trainee() { nights_in(facts.rota.zone(), all) } else { Vec::new() };
        Self { facts, person, fixed, before, nights }
    }

    /// Kept assignments and resident duties.
    pub(super) fn spans(&self) -> &[Span] {
        &self.fixed
    }

    /// The limit of hours and rest that `proposed` would violate while these sessions run.
    pub(super) fn breach(&self, proposed: &[Span], runs: impl Fn(SessionIx) -> bool) -> Option<Breach> {
        let running = self.facts.people[self.person].sessions.iter().filter(|s| runs(**s));
        let stays = merged(self.fixed.iter().copied().chain(running.map(|s| self.facts.sessions[*s].span)));
        let rules = self.facts.rota.people[self.person].rules;
        Work { rules, nights: &self.nights, before: &self.before, stays: &stays, proposed }.breach()
    }
}
