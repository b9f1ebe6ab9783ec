//! A plan taken apart into changes: what goes with each new assignment, and what makes good what a change takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assignment, AssignmentId, Instant, Rota, SessionId, Span};

use super::cover::Cover;
use super::draft::Draft;
use super::facts::{AssignmentFacts, Facts, Stays};
use super::index::{AssignmentIx, PersonIx, PostIx, UnitIx, numbered, position};
use super::part::SuggestedChange;
use super::plan::Plan;
use super::scope::Scope;

/// A proposal nearer than this to a new assignment of the same person may have gone to make room for it, in minutes:
/// rest is 11 hours at the least, and a spell 13 at the most.
const NEAR_MINUTES: i64 = 13 * 60;

impl Plan {
    /// Its changes: new assignments by unit and time, then what goes, what is postponed for people who are on posts
    /// already, and what runs after all. Together they are the whole plan. `rota` is the one it was made for.
    pub fn items(&self, rota: &Rota) -> Vec<SuggestedChange> {
        Splitter::new(rota, self).items()
    }
}

struct Splitter<'a> {
    facts: Facts<'a>,
    plan: &'a Plan,
    /// New assignments by their place in the plan: person, post, span.
    added: BTreeMap<usize, (PersonIx, PostIx, Span)>,
    /// The proposals that go, by their place in the rota.
    removed: Vec<AssignmentIx>,
}

impl<'a> Splitter<'a> {
    fn new(rota: &'a Rota, plan: &'a Plan) -> Self {
        let facts = Facts::new(rota, &Scope::everything());
        let place = |(at, a): (usize, &Assignment)| {
            let person = position(&rota.people, |person| person.id == a.person)?;
            let post = position(&rota.posts, |post| post.id == a.post)?;
            Some((at, (person, post, a.span)))
        };
        let added = plan.assignments.iter().enumerate().filter_map(place).collect();
        let is_removed = |(_, a): &(AssignmentIx, &Assignment)| plan.removed.contains(&a.id);
        let removed = numbered(&rota.assignments).filter(is_removed).map(|(at, _)| at).collect();
        Self { facts, plan, added, removed }
    }

    fn items(&self) -> Vec<SuggestedChange> {
        let mut items = self.additions();
        let rota = self.facts.rota;
        let id = |at: &AssignmentIx| rota.assignments[*at].id.clone();
        let bound: BTreeSet<AssignmentId> = items.iter().flat_map(|item| item.removed.iter().cloned()).collect();
        let alone = self.removed.iter().map(id).filter(|id| !bound.contains(id));
        items.extend(alone.map(|id| SuggestedChange { removed: vec![id], ..SuggestedChange::default() }));
        let taken: BTreeSet<SessionId> = items.iter().flat_map(|item| item.postpone.iter().cloned()).collect();
        let for_kept = self.plan.postpone.iter().filter(|id| !taken.contains(id)).cloned();
        items.extend(for_kept.map(|id| SuggestedChange { postpone: vec![id], ..SuggestedChange::default() }));
        items.extend(self.plan.restore.iter().map(|session| SuggestedChange {
            restore: vec![session.clone()],
            needs: self.removed.iter().filter(|at| self.keeps_from_running(**at, session)).map(id).collect(),
            ..SuggestedChange::default()
        }));
        let changes: Vec<Vec<(UnitIx, Span)>> = items.iter().map(|item| self.gains(item)).collect();
        let of_item = |(at, item): (usize, &SuggestedChange)| {
            item.postpone.iter().map(move |id| (id.clone(), at)).collect::<Vec<_>>()
        };
        let by_session: BTreeMap<SessionId, usize> = items.iter().enumerate().flat_map(of_item).collect();
        for (at, item) in items.iter_mut().enumerate() {
            let mut with = BTreeSet::new();
            for (unit, span) in self.losses(item) {
                let comes_in = |span: Span| {
                    let is_there = move |gain: &(UnitIx, Span)| gain.0 == unit && gain.1.overlaps(span);
                    (0..changes.len()).filter(|n| *n != at && changes[*n].iter().any(is_there)).collect::<Vec<usize>>()
                };
                let mut good = comes_in(span);
                if good.is_empty() {
                    // Nobody comes at that time: what comes to the unit in the same window makes up for it.
                    let windows = self.facts.rota.windows.iter().map(|window| window.span);
                    good = windows.filter(|window| window.overlaps(span)).flat_map(comes_in).collect();
                }
                with.extend(good);
            }
            with.extend(self.postponed_to_run(item).filter_map(|id| by_session.get(&id).copied()).filter(|n| *n != at));
            item.with = with.into_iter().collect();
        }
        items
    }

    /// The sessions that the plan postpones because somebody of their team is in the session that runs after all.
    fn postponed_to_run<'s>(&'s self, item: &'s SuggestedChange) -> impl Iterator<Item = SessionId> + 's {
        let sessions = &self.facts.rota.sessions;
        let runs = item.restore.iter().filter_map(|id| position(sessions, |session| session.id == *id));
        let at_once = runs.flat_map(|at| self.facts.sessions_at_once(at)).map(|other| sessions[other].id.clone());
        at_once.filter(|id| self.plan.postpone.contains(id))
    }

    /// What stays as it is of these people, not declined, within a span: unit and time.
    fn staying(&self, is_theirs: impl Fn(PersonIx) -> bool, span: Span) -> Vec<(UnitIx, Span)> {
        let facts = &self.facts;
        let stays = facts
            .assignments
            .entries()
            .filter(|(at, a)| !matches!(a.kind, Stays::Declined) && !self.removed.contains(at) && is_theirs(a.person));
        stays.filter_map(|(_, a)| Some((facts.posts[a.post].unit, a.span.overlap(span)?))).collect()
    }

    fn staying_of_team(&self, ids: &[SessionId]) -> Vec<(UnitIx, Span)> {
        let sessions = self.facts.rota.sessions.iter().zip(self.facts.sessions.iter());
        let named = sessions.filter(|(session, _)| ids.contains(&session.id));
        named.flat_map(|(_, facts)| self.staying(|person| facts.team.contains(&person), facts.span)).collect()
    }

    fn removed_of<'s>(&'s self, item: &'s SuggestedChange) -> impl Iterator<Item = &'s AssignmentFacts> {
        let is_its = |at: &&AssignmentIx| item.removed.contains(&self.facts.rota.assignments[**at].id);
        self.removed.iter().filter(is_its).map(|at| &self.facts.assignments[*at])
    }

    fn added_of(&self, item: &SuggestedChange) -> Option<(PersonIx, PostIx, Span)> {
        item.added.map(|at| self.added[&at])
    }

    /// Where somebody comes, or begins to count, by a change: unit and time.
    fn gains(&self, item: &SuggestedChange) -> Vec<(UnitIx, Span)> {
        let added = self.added_of(item).map(|(_, post, span)| (self.facts.posts[post].unit, span));
        let mut gains: Vec<(UnitIx, Span)> = added.into_iter().collect();
        gains.extend(self.staying_of_team(&item.postpone));
        for old in self.removed_of(item) {
            gains.extend(self.staying(|person| person == old.person, old.span));
        }
        gains
    }

    /// Where somebody goes, or counts no longer, by a change: unit and time.
    fn losses(&self, item: &SuggestedChange) -> Vec<(UnitIx, Span)> {
        let mut losses = self.staying_of_team(&item.restore);
        let added = self.added_of(item);
        for old in self.removed_of(item) {
            let unit = self.facts.posts[old.post].unit;
            let own = added.filter(|new| new.1 == old.post).and_then(|new| new.2.overlap(old.span));
            let left = match own {
                Some(own) => vec![Span::new(old.span.from, own.from), Span::new(own.to, old.span.to)],
                None => vec![old.span],
            };
            losses.extend(left.into_iter().filter(|span| span.from < span.to).map(|span| (unit, span)));
        }
        if let Some((new, _, span)) = added {
            losses.extend(self.staying(|person| person == new, span));
        }
        losses
    }

    fn additions(&self) -> Vec<SuggestedChange> {
        let rota = self.facts.rota;
        let mut order: Vec<usize> = self.added.keys().copied().collect();
        order.sort_by_key(|at| {
            let (person, post, span) = self.added[at];
            (self.facts.posts[post].unit, span.from, post, span.to, person)
        });
        let mut goes: Vec<Vec<AssignmentIx>> = order.iter().map(|at| self.goes_with(*at)).collect();
        self.bind_the_rest(&order, &mut goes);
        let item = |(at, goes): (&usize, &Vec<AssignmentIx>)| SuggestedChange {
            added: Some(*at),
            removed: goes.iter().map(|at| rota.assignments[*at].id.clone()).collect(),
            postpone: self.postponed_for(*at),
            ..SuggestedChange::default()
        };
        order.iter().zip(&goes).map(item).collect()
    }

    /// The proposals that go for a new assignment: those of the same person at that time or near it, and those that
    /// have its place on the post.
    fn goes_with(&self, added: usize) -> Vec<AssignmentIx> {
        let (person, post, span) = self.added[&added];
        let near = Span::new(span.from.plus(-NEAR_MINUTES), span.to.plus(NEAR_MINUTES));
        let facts = &self.facts;
        let goes = |at: &&AssignmentIx| {
            let old = &facts.assignments[**at];
            let is_theirs = facts.people[person].namesakes.contains(&old.person) && old.span.overlaps(near);
            is_theirs || old.post == post && old.span.overlaps(span) && self.has_no_room(post, old.span, span)
        };
        self.removed.iter().filter(goes).copied().collect()
    }

    /// Whether the post is full in the rota at some moment of both spans.
    fn has_no_room(&self, post: PostIx, old: Span, new: Span) -> bool {
        let Some(both) = old.overlap(new) else { return false };
        let draft = Draft::as_it_is(&self.facts);
        let cover = Cover::new(&self.facts, &draft);
        let unit = self.facts.posts[post].unit;
        let Some(n) = self.facts.units[unit].posts.iter().position(|p| *p == post) else { return false };
        let mut moments: Vec<Instant> = cover.edges(unit).into_iter().filter(|at| both.contains(*at)).collect();
        moments.push(both.from);
        moments.into_iter().any(|at| cover.counting_in(unit, at)[n].len() >= self.facts.need_max(post, at) as usize)
    }

    /// A proposal that made room for nobody in particular goes with the last new assignment to its post at that time.
    fn bind_the_rest(&self, order: &[usize], goes: &mut [Vec<AssignmentIx>]) {
        for old in &self.removed {
            if goes.iter().any(|goes| goes.contains(old)) {
                continue;
            }
            let facts = &self.facts.assignments[*old];
            let comes = |at: &usize| self.added[at].1 == facts.post && self.added[at].2.overlaps(facts.span);
            if let Some(last) = order.iter().rposition(comes) {
                goes[last].push(*old);
            }
        }
    }

    /// The sessions that the plan postpones and the new assignment cannot do without.
    fn postponed_for(&self, added: usize) -> Vec<SessionId> {
        let (person, _, span) = self.added[&added];
        let rota = self.facts.rota;
        let sessions = self.facts.sessions_in_the_way(person, span).map(|at| &rota.sessions[at].id);
        sessions.filter(|id| self.plan.postpone.contains(id)).cloned().collect()
    }

    /// Whether somebody of the session's team holds that post meanwhile.
    fn keeps_from_running(&self, old: AssignmentIx, session: &SessionId) -> bool {
        let old = &self.facts.assignments[old];
        let Some(at) = position(&self.facts.rota.sessions, |s| s.id == *session) else { return false };
        let session = &self.facts.sessions[at];
        session.team.contains(&old.person) && session.span.overlaps(old.span)
    }
}
