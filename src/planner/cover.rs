//! Who counts on each post at each moment of a draft (`docs/checker.md`, section 2), and what is short there.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Instant, Span};

use super::draft::Draft;
use super::facts::Facts;
use super::index::{HeldIx, List, PersonIx, PostIx, UnitIx, WindowIx, numbered};
use super::objective::{Objective, Values};
use super::spans::merged;

/// Who is where, sorted for looking up.
pub(super) struct Cover<'a> {
    facts: &'a Facts<'a>,
    draft: &'a Draft,
    /// For each person what they hold.
    of_person: List<PersonIx, Vec<HeldIx>>,
    /// For each post what is held there.
    on_post: List<PostIx, Vec<HeldIx>>,
}

impl<'a> Cover<'a> {
    /// Sorts what the draft holds.
    pub(super) fn new(facts: &'a Facts<'a>, draft: &'a Draft) -> Self {
        let mut cover = Self {
            facts,
            draft,
            of_person: List::new(Vec::new(), facts.people.len()),
            on_post: List::new(Vec::new(), facts.posts.len()),
        };
        for (at, held) in numbered(&draft.held) {
            cover.of_person[held.person].push(at);
            cover.on_post[held.post].push(at);
        }
        cover
    }

    /// Adds to the figures what the unit is short of.
    pub(super) fn add_shortage(&self, unit: UnitIx, values: &mut Values) {
        let facts = self.facts;
        self.walk(unit, |span, counting| {
            for window in facts.windows_at(span.from) {
                self.add_moment(unit, window, span.from, counting, span.minutes(), values);
            }
        });
    }

    /// A sweep over time: calls `each` for every stretch in which nothing changes, with who counts on each post of the
    /// unit. A post is looked at again only where an assignment, session, duty or absence of somebody on it begins or
    /// ends.
    pub(super) fn walk(&self, unit: UnitIx, mut each: impl FnMut(Span, &[BTreeSet<PersonIx>])) {
        let posts = &self.facts.units[unit].posts;
        let mut changes: BTreeMap<Instant, BTreeSet<usize>> = BTreeMap::new();
        for (n, post) in posts.iter().enumerate() {
            let people: BTreeSet<PersonIx> = self.on_post[*post].iter().map(|at| self.draft.held[*at].person).collect();
            for person in people {
                self.edges_of(person, &mut |at| _ = changes.entry(at).or_default().insert(n));
            }
        }
        let edges: Vec<Instant> = self.edges(unit).into_iter().collect();
        let Some(first) = edges.first() else { return };
        let mut counting = self.counting_in(unit, *first);
        for pair in edges.windows(2) {
            for n in changes.get(&pair[0]).into_iter().flatten() {
                counting[*n] = self.counting(posts[*n], pair[0]);
            }
            each(Span::new(pair[0], pair[1]), &counting);
        }
    }

    /// The moments at which it may change whether the person counts.
    fn edges_of(&self, person: PersonIx, add: &mut dyn FnMut(Instant)) {
        let who = &self.facts.people[person];
        let held = self.of_person[person].iter().map(|at| self.draft.held[*at].span);
        let sessions = who.sessions.iter().map(|at| self.facts.sessions[*at].span);
        for span in held.chain(sessions).chain(who.busy.iter().chain(&who.away).copied()) {
            add(span.from);
            add(span.to);
        }
    }

    /// Who counts on each post of the unit at `at`.
    pub(super) fn counting_in(&self, unit: UnitIx, at: Instant) -> Vec<BTreeSet<PersonIx>> {
        self.facts.units[unit].posts.iter().map(|post| self.counting(*post, at)).collect()
    }

    /// The moments at which it may change who counts in the unit, or how many are needed.
    pub(super) fn edges(&self, unit: UnitIx) -> BTreeSet<Instant> {
        let facts = self.facts;
        let posts = &facts.units[unit].posts;
        let mut edges: BTreeSet<Instant> = facts.units[unit].segments.iter().flat_map(|s| [s.from, s.to]).collect();
        let people: BTreeSet<PersonIx> =
            posts.iter().flat_map(|post| &self.on_post[*post]).map(|at| self.draft.held[*at].person).collect();
        for person in people {
            self.edges_of(person, &mut |at| _ = edges.insert(at));
        }
        edges
    }

    /// When the post lacks somebody; stretches that touch are one.
    pub(super) fn holes(&self, post: PostIx) -> Vec<Span> {
        let edges: Vec<Instant> = self.edges(self.facts.posts[post].unit).into_iter().collect();
        let lacks = |at: Instant| self.counting(post, at).len() < self.facts.need_max(post, at) as usize;
        merged(edges.windows(2).filter(|pair| lacks(pair[0])).map(|pair| Span::new(pair[0], pair[1])))
    }

    fn add_moment(
        &self,
        unit: UnitIx,
        window: WindowIx,
        at: Instant,
        counting: &[BTreeSet<PersonIx>],
        minutes: i64,
        values: &mut Values,
    ) {
        let facts = self.facts;
        let posts = &facts.units[unit].posts;
        let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, at))).collect();
        let mut most = 0;
        for tier in &facts.units[unit].tiers {
            let above = (0..posts.len()).filter(|n| {
                let post = &facts.posts[posts[*n]];
                !post.on_call && post.tier >= *tier
            });
            let lacks: i64 = above.map(|n| need[n] - counting[n].len() as i64).sum();
            most = most.max(lacks);
        }
        values[Objective::Short] += most * minutes;
        for n in 0..posts.len() {
            let short = (need[n] - counting[n].len() as i64).max(0);
            values[facts.posts[posts[n]].shortage()] += short * minutes;
        }
        let present = || (0..posts.len()).filter(|n| !facts.posts[posts[*n]].on_call);
        let is_needed = present().any(|n| need[n] > 0);
        let has_senior = present().any(|n| counting[n].iter().any(|person| facts.is_senior(*person, unit)));
        if is_needed && facts.units[unit].senior_from.is_some() && !has_senior {
            values[Objective::SeniorMissing] += minutes;
        }
    }

    /// Who counts on `post` at `at` (`docs/checker.md`, section 2), if all agree.
    fn counting(&self, post: PostIx, at: Instant) -> BTreeSet<PersonIx> {
        let held = self.on_post[post].iter().map(|n| &self.draft.held[*n]);
        held.filter(|h| h.span.contains(at)).map(|h| h.person).filter(|p| self.counts(*p, post, at)).collect()
    }

    fn counts(&self, person: PersonIx, post: PostIx, at: Instant) -> bool {
        let (who, role) = (&self.facts.people[person], &self.facts.posts[post]);
        let holds = |spans: &[Span]| spans.iter().any(|span| span.contains(at));
        if !self.facts.is_able(person, post) || holds(&who.away) {
            return false;
        }
        let elsewhere = || {
            let held = self.of_person[person].iter().map(|n| &self.draft.held[*n]);
            held.filter(|h| h.span.contains(at)).any(|h| h.post != post && !self.facts.posts[h.post].on_call)
        };
        let in_session = || {
            let sessions = who.sessions.iter().filter(|s| self.facts.sessions[**s].span.contains(at));
            sessions.into_iter().any(|s| !self.draft.postponed[*s])
        };
        role.on_call || !(elsewhere() || holds(&who.busy) || in_session())
    }
}
