//! What a plan is judged by, in the order of `docs/planner.md`, and the judging itself: counted from the finished rota,
//! not from the model that was solved.

use crate::model::{Instant, Span};

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Held};
use super::facts::{Facts, Stays, merged};
use super::fatigue::night_before;

/// One of the thirteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Objective {
    /// Minutes short on essential posts.
    EssentialShort,
    /// Minutes without a senior.
    SeniorMissing,
    /// Appointments and operations in protected sessions.
    ProtectedPostponed,
    /// Doctor-minutes short of normal.
    Short,
    /// Minutes short on other posts.
    PostShort,
    /// Operations postponed.
    Operations,
    /// Appointments postponed.
    Appointments,
    /// Assignments that begin on a morning after a night on call.
    AfterOnCall,
    /// Pairs of person and window: new cover at a time at which the person's availability is not known, unless they are
    /// already Asked or Agreed in that window.
    PeopleNotKnown,
    /// New assignments under 2 hours that touch no other of the same person and post, and do not fill the whole of a
    /// hole that is as short.
    ShortStints,
    /// Earlier Proposed assignments dropped or moved.
    Changes,
    /// Separate assignments.
    Handovers,
    /// Longest cover time of one person, in minutes.
    Unevenness,
}

/// A figure for each objective, in their order.
pub type Values = [i64; 13];

impl Objective {
    /// All of them, the most important first.
    pub const ALL: [Self; 13] = [
        Self::EssentialShort,
        Self::SeniorMissing,
        Self::ProtectedPostponed,
        Self::Short,
        Self::PostShort,
        Self::Operations,
        Self::Appointments,
        Self::AfterOnCall,
        Self::PeopleNotKnown,
        Self::ShortStints,
        Self::Changes,
        Self::Handovers,
        Self::Unevenness,
    ];

    /// How many of them have to be proven before a plan is.
    pub const PROVEN: usize = 7;

    /// As in `plan --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EssentialShort => "essential_short_minutes",
            Self::SeniorMissing => "senior_missing_minutes",
            Self::ProtectedPostponed => "protected_postponed",
            Self::Short => "short_minutes",
            Self::PostShort => "post_short_minutes",
            Self::Operations => "operations_postponed",
            Self::Appointments => "appointments_postponed",
            Self::AfterOnCall => "after_on_call",
            Self::PeopleNotKnown => "people_not_known",
            Self::ShortStints => "short_stints",
            Self::Changes => "changes",
            Self::Handovers => "handovers",
            Self::Unevenness => "unevenness",
        }
    }

    /// As a person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::EssentialShort => "Short on essential posts",
            Self::SeniorMissing => "Without a senior",
            Self::ProtectedPostponed => "Protected work postponed",
            Self::Short => "Short of normal, all posts",
            Self::PostShort => "Short on other posts",
            Self::Operations => "Operations postponed",
            Self::Appointments => "Appointments postponed",
            Self::AfterOnCall => "Shifts straight after a night on call",
            Self::PeopleNotKnown => "People to check with first",
            Self::ShortStints => "Shifts of under 2 hours",
            Self::Changes => "Proposals dropped or moved",
            Self::Handovers => "Separate shifts",
            Self::Unevenness => "Most hours for one person",
        }
    }

    /// Whether the figure is minutes.
    pub fn is_minutes(self) -> bool {
        matches!(self, Self::EssentialShort | Self::SeniorMissing | Self::Short | Self::PostShort | Self::Unevenness)
    }
}

/// Every figure of `draft`, judged as if all agree.
pub(super) fn values(facts: &Facts, draft: &Draft) -> Values {
    let mut values = [0; 13];
    let cover = Cover::new(facts, draft);
    for unit in 0..facts.units.len() {
        cover.add_shortage(unit, &mut values);
    }
    for (session, facts) in facts.sessions.iter().enumerate() {
        if draft.postponed[session] && facts.state != crate::model::SessionState::Postponed {
            values[5] += facts.operations;
            values[6] += facts.appointments;
            values[2] += if facts.protected { facts.operations + facts.appointments } else { 0 };
        }
    }
    values[7] = after_on_call(facts, draft);
    values[8] = people_not_known(facts, draft);
    values[9] = short_stints(facts, draft);
    values[10] = changes(facts, draft);
    values[11] = draft.held.len() as i64;
    values[12] = longest_cover(facts, draft);
    values
}

/// How many assignments begin on a morning after a night on call.
pub(super) fn after_on_call(facts: &Facts, draft: &Draft) -> i64 {
    let present = draft.held.iter().filter(|h| !facts.posts[h.post].on_call);
    present.filter(|h| is_after_on_call(facts, draft, h.person, h.span.from)).count() as i64
}

/// The longest cover of one person, in minutes.
pub(super) fn longest_cover(facts: &Facts, draft: &Draft) -> i64 {
    (0..facts.people.len()).map(|person| cover_minutes(facts, draft, person)).max().unwrap_or(0)
}

/// Whether work that begins at `from` comes after a night on call of that person.
pub(super) fn is_after_on_call(facts: &Facts, draft: &Draft, person: usize, from: Instant) -> bool {
    let night = night_before(facts.rota.zone(), from);
    let held = draft.held.iter().filter(|h| h.person == person && facts.posts[h.post].on_call);
    facts.people[person].on_call.iter().copied().chain(held.map(|h| h.span)).any(|span| span.overlaps(night))
}

fn people_not_known(facts: &Facts, draft: &Draft) -> i64 {
    let new = draft.held.iter().filter(|h| h.kept.is_none());
    let pairs: BTreeSet<(usize, usize)> =
        new.flat_map(|h| facts.people[h.person].to_ask(h.span).map(|window| (h.person, window))).collect();
    pairs.len() as i64
}

pub(super) fn short_stints(facts: &Facts, draft: &Draft) -> i64 {
    let mut holes = Holes::new(facts, &draft.postponed);
    // Everything of one person and post stands together, in order of time.
    let of_one = draft.held.chunk_by(|a, b| (a.person, a.post) == (b.person, b.post));
    let mut count = 0;
    for held in of_one {
        let mut until: Option<Instant> = None;
        for (n, one) in held.iter().enumerate() {
            let touches = until.is_some_and(|until| until >= one.span.from)
                || held.get(n + 1).is_some_and(|next| next.span.from <= one.span.to);
            count += i64::from(!touches && holes.is_short_stint(one));
            until = until.max(Some(one.span.to));
        }
    }
    count
}

/// A shorter assignment by itself is a short stint, in minutes.
pub(super) const STINT_MINUTES: i64 = 2 * 60;

/// When each post lacks somebody once those kept are counted.
pub(super) struct Holes<'a> {
    facts: &'a Facts<'a>,
    /// Those kept, and the sessions that do not run.
    kept: Draft,
    /// For each post, once somebody has asked.
    of_post: Vec<Option<Vec<Span>>>,
}

impl<'a> Holes<'a> {
    /// While these sessions do not run.
    pub(super) fn new(facts: &'a Facts<'a>, postponed: &[bool]) -> Self {
        let all = facts.assignments.iter().enumerate().filter(|(_, a)| a.kind == Stays::Kept);
        let held = all.map(|(at, a)| Held::standing(at, a)).collect();
        let kept = Draft { held, postponed: postponed.to_vec() };
        Self { facts, kept, of_post: vec![None; facts.posts.len()] }
    }

    /// Whether this is new, under 2 hours, and does not fill the whole of a hole; no other of the same person and post
    /// touches it.
    pub(super) fn is_short_stint(&mut self, held: &Held) -> bool {
        if held.kept.is_some() || held.span.minutes() >= STINT_MINUTES {
            return false;
        }
        let Self { facts, kept, of_post } = self;
        let holes = of_post[held.post].get_or_insert_with(|| Cover::new(facts, kept).holes(held.post));
        let first = holes.partition_point(|hole| hole.from < held.span.from);
        !holes.get(first).is_some_and(|hole| held.span.covers(*hole))
    }
}

fn changes(facts: &Facts, draft: &Draft) -> i64 {
    let is_still = |person: usize, post: usize, span: Span| {
        draft.held.iter().any(|h| h.person == person && h.post == post && h.span.covers(span))
    };
    let loose = facts.assignments.iter().filter(|a| a.kind == Stays::Loose);
    loose.filter(|a| !is_still(a.person, a.post, a.span)).count() as i64
}

/// How long the person covers, posts held from home left out.
pub(super) fn cover_minutes(facts: &Facts, draft: &Draft, person: usize) -> i64 {
    let held = draft.held.iter().filter(|h| h.person == person && !facts.posts[h.post].on_call);
    merged(held.map(|h| h.span)).into_iter().map(Span::minutes).sum()
}

/// Who is where, sorted for looking up.
pub(super) struct Cover<'a> {
    facts: &'a Facts<'a>,
    draft: &'a Draft,
    /// For each person what they hold.
    of_person: Vec<Vec<usize>>,
    /// For each post what is held there.
    on_post: Vec<Vec<usize>>,
}

impl<'a> Cover<'a> {
    /// Sorts what the draft holds.
    pub(super) fn new(facts: &'a Facts<'a>, draft: &'a Draft) -> Self {
        let mut cover = Self {
            facts,
            draft,
            of_person: vec![Vec::new(); facts.people.len()],
            on_post: vec![Vec::new(); facts.posts.len()],
        };
        for (at, held) in draft.held.iter().enumerate() {
            cover.of_person[held.person].push(at);
            cover.on_post[held.post].push(at);
        }
        cover
    }

    fn add_shortage(&self, unit: usize, values: &mut Values) {
        let facts = self.facts;
        self.walk(unit, |span, counting| {
            for window in facts.windows_at(span.from) {
                self.add_moment(unit, window, span.from, counting, span.minutes(), values);
            }
        });
    }

    /// Tells every stretch in which nothing changes, and who counts on each post of the unit meanwhile. A post is looked
    /// at again only where something of somebody on it begins or ends.
    pub(super) fn walk(&self, unit: usize, mut each: impl FnMut(Span, &[BTreeSet<usize>])) {
        let posts = &self.facts.units[unit].posts;
        let mut changes: BTreeMap<Instant, BTreeSet<usize>> = BTreeMap::new();
        for (n, post) in posts.iter().enumerate() {
            let people: BTreeSet<usize> = self.on_post[*post].iter().map(|at| self.draft.held[*at].person).collect();
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
    fn edges_of(&self, person: usize, add: &mut dyn FnMut(Instant)) {
        let who = &self.facts.people[person];
        let held = self.of_person[person].iter().map(|at| self.draft.held[*at].span);
        let sessions = who.sessions.iter().map(|at| self.facts.sessions[*at].span);
        for span in held.chain(sessions).chain(who.busy.iter().chain(&who.away).copied()) {
            add(span.from);
            add(span.to);
        }
    }

    /// Who counts on each post of the unit at `at`.
    pub(super) fn counting_in(&self, unit: usize, at: Instant) -> Vec<BTreeSet<usize>> {
        self.facts.units[unit].posts.iter().map(|post| self.counting(*post, at)).collect()
    }

    /// The moments at which it may change who counts in the unit, or how many are needed.
    pub(super) fn edges(&self, unit: usize) -> BTreeSet<Instant> {
        let facts = self.facts;
        let posts = &facts.units[unit].posts;
        let mut edges: BTreeSet<Instant> = facts.units[unit].segments.iter().flat_map(|s| [s.from, s.to]).collect();
        let people: BTreeSet<usize> =
            posts.iter().flat_map(|post| &self.on_post[*post]).map(|at| self.draft.held[*at].person).collect();
        for person in people {
            self.edges_of(person, &mut |at| _ = edges.insert(at));
        }
        edges
    }

    /// When the post lacks somebody; stretches that touch are one.
    fn holes(&self, post: usize) -> Vec<Span> {
        let edges: Vec<Instant> = self.edges(self.facts.posts[post].unit).into_iter().collect();
        let lacks = |at: Instant| self.counting(post, at).len() < self.facts.need_max(post, at) as usize;
        merged(edges.windows(2).filter(|pair| lacks(pair[0])).map(|pair| Span::new(pair[0], pair[1])))
    }

    fn add_moment(
        &self,
        unit: usize,
        window: usize,
        at: Instant,
        counting: &[BTreeSet<usize>],
        minutes: i64,
        values: &mut Values,
    ) {
        let facts = self.facts;
        let posts = &facts.units[unit].posts;
        let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, at))).collect();
        let mut most = 0;
        for tier in 0..facts.units[unit].tiers {
            let above = (0..posts.len()).filter(|n| {
                let post = &facts.posts[posts[*n]];
                !post.on_call && post.tier >= tier
            });
            let lacks: i64 = above.map(|n| need[n] - counting[n].len() as i64).sum();
            most = most.max(lacks);
        }
        values[3] += most * minutes;
        for n in 0..posts.len() {
            let short = (need[n] - counting[n].len() as i64).max(0);
            values[if facts.posts[posts[n]].essential { 0 } else { 4 }] += short * minutes;
        }
        let present = || (0..posts.len()).filter(|n| !facts.posts[posts[*n]].on_call);
        let is_needed = present().any(|n| need[n] > 0);
        let has_senior = present().any(|n| counting[n].iter().any(|person| facts.is_senior(*person, unit)));
        if is_needed && facts.units[unit].senior_from.is_some() && !has_senior {
            values[1] += minutes;
        }
    }

    /// Who counts on `post` at `at` (`docs/checker.md`, section 2), if all agree.
    fn counting(&self, post: usize, at: Instant) -> BTreeSet<usize> {
        let held = self.on_post[post].iter().map(|n| &self.draft.held[*n]);
        held.filter(|h| h.span.contains(at)).map(|h| h.person).filter(|p| self.counts(*p, post, at)).collect()
    }

    fn counts(&self, person: usize, post: usize, at: Instant) -> bool {
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
