//! What is known of one person, and why somebody named on a post does not count there.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::Code;
use super::judged::Judged;
use super::lookup::letters_number;
use super::records::{
    Held, Ids, PersonIx, PostFacts, PostIx, SessionFacts, SessionIx, Slot, TierIx, UnitFacts, UnitIx,
};
use super::spans::{self, ALWAYS};
use super::work::{Doings, Work};
use crate::model::names;
use crate::model::{Availability, Clock, Duty, DutyKind, Instant, Person, Rota, Rules, SessionState, Span, Status};

/// A stretch of one assignment in which nothing changes about whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub span: Span,
    /// On which post.
    pub post: PostIx,
    /// Of the assignment; never Declined.
    pub status: Status,
    /// Why it does not count as it stands, and if all agree.
    pub why: [Why; 2],
}

/// Why somebody named on a post does not count there: (a) to (f) of the definitions, each with the rule that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Why(u8);

impl Why {
    const CODES: [Code; 6] = [Code::Dbl1, Code::Avl1, Code::Scp1, Code::Skl1, Code::Ses1, Code::Dty1];

    /// Nothing stands against it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules, in the order of the definitions.
    pub fn codes(self) -> Vec<Code> {
        Self::CODES.into_iter().enumerate().filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, code)| code).collect()
    }

    /// Either's reasons.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without the other's reasons, but for those that stand always.
    const fn less(self, other: Self, always: Self) -> Self {
        Self(self.0 & !other.0 | always.0)
    }

    const DOUBLE: Self = Self(1);
    const AWAY: Self = Self(2);
    const SCOPE: Self = Self(4);
    const SKILL: Self = Self(8);
    const SESSION: Self = Self(16);
    const DUTY: Self = Self(32);
}

/// Which posts of one unit a person may cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub unit: UnitIx,
    /// The highest tier.
    pub up_to: TierIx,
    /// These posts of the unit and no others, sorted; all of them if empty.
    pub only: Vec<PostIx>,
}

impl Scope {
    /// Whether it holds the post, which is of its unit.
    fn holds(&self, at: PostIx, post: &PostFacts) -> bool {
        self.up_to >= post.tier && (self.only.is_empty() || self.only.binary_search(&at).is_ok())
    }
}

/// What is known of one person.
#[derive(Debug, Clone, Default)]
pub struct PersonFacts {
    /// Which working-time limits apply.
    pub rules: Option<Rules>,
    /// What the person may cover, by unit.
    pub may_cover: Vec<Scope>,
    /// Places in `rota.competencies`, sorted.
    pub competencies: Vec<usize>,
    /// When the person cannot be here, over all time: see [`spans`].
    pub not_available: Vec<Span>,
    /// When nobody has said, over all time.
    pub not_known: Vec<Span>,
    /// Other work, by time.
    pub duties: Vec<Duty>,
    /// Sessions of any state with the person in their team, by time.
    pub sessions: Vec<SessionIx>,
    /// Assignments that are not Declined, by time.
    pub assignments: Vec<Held>,
    /// Declined ones, by time.
    pub declined: Vec<Held>,
    /// The assignments in parts that count or do not.
    pub parts: Vec<Part>,
    /// Spells of work as it stands.
    work: Work,
    /// The same if all agree, where that is something else.
    work_if_all_agree: Option<Box<Work>>,
}

impl PersonFacts {
    /// What the record says; assignments and sessions come later, then [`Self::settle`].
    pub(super) fn of(person: &Person, ids: &Ids, units: &[UnitFacts], rota: &Rota) -> Option<Self> {
        let may_cover = person.may_cover.iter().map(|cover| {
            let unit = ids.units.get(&cover.unit).filter(|unit| *unit < units.len())?;
            let mut only: Vec<PostIx> = cover.only.iter().map(|id| ids.posts.get(id)).collect::<Option<_>>()?;
            only.sort_unstable();
            Some(Scope { unit, up_to: rota.units[unit].tier_index(&cover.up_to)?, only })
        });
        let competencies = person.competencies.iter().map(|id| ids.competencies.get(id));
        let mut facts = Self {
            rules: Some(person.rules),
            may_cover: may_cover.collect::<Option<_>>()?,
            competencies: competencies.collect::<Option<_>>()?,
            duties: person.duties.clone(),
            ..Self::default()
        };
        facts.may_cover.sort_by_key(|scope| scope.unit);
        facts.competencies.sort_unstable();
        facts.duties.sort_unstable();
        facts.set_availability(person);
        facts.duties.iter().all(|duty| !duty.span.is_empty()).then_some(facts)
    }

    /// Not available beats not known beats available; `usually` holds where none of them speaks.
    fn set_availability(&mut self, person: &Person) {
        if person.availability.is_empty() {
            match person.usually {
                Availability::Available => {}
                Availability::NotKnown => self.not_known = vec![ALWAYS],
                Availability::NotAvailable => self.not_available = vec![ALWAYS],
            }
            return;
        }
        let said = |is: Option<Availability>| {
            let spans = person.availability.iter().filter(|a| is.is_none_or(|is| a.is == is)).map(|a| a.span);
            spans::union(spans.collect())
        };
        let elsewhere = |is: Availability| {
            if person.usually == is { spans::gaps(ALWAYS, &said(None)) } else { Vec::new() }
        };
        let all = |is: Availability| spans::union([said(Some(is)), elsewhere(is)].concat());
        self.not_available = all(Availability::NotAvailable);
        self.not_known = spans::without(&all(Availability::NotKnown), &self.not_available);
    }

    /// Takes an assignment in; [`Self::settle`] puts it in order.
    pub(super) fn hold(&mut self, held: Held) {
        let list = if held.status == Status::Declined { &mut self.declined } else { &mut self.assignments };
        list.push(held);
    }

    /// Sorts what was taken in and finds out when it counts.
    pub(super) fn settle(&mut self, posts: &[PostFacts], sessions: &[SessionFacts], slots: &[Slot], clock: Clock) {
        // By id in the end: the place depends on the edits that led here.
        let order = |a: &Held, b: &Held| {
            let key = |held: &Held| (held.span, held.post, held.status);
            key(a).cmp(&key(b)).then_with(|| slots[a.at].id.cmp(&slots[b.at].id))
        };
        self.assignments.sort_unstable_by(order);
        self.declined.sort_unstable_by(order);
        self.sessions.sort_unstable_by_key(|at| (sessions[*at].span, *at));
        self.parts.clear();
        if self.assignments.len().max(self.sessions.len()).max(self.duties.len()) > MANY {
            self.part_many(posts, sessions);
        } else {
            (0..self.assignments.len()).for_each(|held| self.part(held, posts, sessions));
        }
        let is_open = |held: &Held| held.status != Status::Agreed && !posts[held.post].on_call;
        let may_differ = self.assignments.iter().any(is_open)
            || self.sessions.iter().any(|at| sessions[*at].state == SessionState::ToPostpone);
        let (rules, duties) = (self.rules, &self.duties);
        let doings = Doings { rules, assignments: &self.assignments, duties, sessions: &self.sessions };
        let work = Work::of(doings, Judged::Agreed, posts, sessions, clock);
        let if_all_agree = may_differ.then(|| Work::of(doings, Judged::IfAllAgree, posts, sessions, clock));
        (self.work, self.work_if_all_agree) = (work, if_all_agree.map(Box::new));
    }

    /// Spells of work under that judgement.
    pub fn work(&self, judged: Judged) -> &Work {
        match (judged, &self.work_if_all_agree) {
            (Judged::IfAllAgree, Some(work)) => work,
            _ => &self.work,
        }
    }

    /// Whether the person's work is the same under both judgements.
    pub fn has_one_work(&self) -> bool {
        self.work_if_all_agree.is_none()
    }

    /// All that is work under one judgement or the other: no spell reaches beyond one of these.
    pub(super) fn busy(&self, posts: &[PostFacts], sessions: &[SessionFacts]) -> Vec<Span> {
        let held = self.assignments.iter().filter(|held| !posts[held.post].on_call).map(|held| held.span);
        let duties = self.duties.iter().filter(|duty| duty.kind == DutyKind::Resident).map(|duty| duty.span);
        let sessions = self.sessions.iter().map(|at| &sessions[*at]);
        let sessions = sessions.filter(|session| Judged::Agreed.runs(session.state)).map(|session| session.span);
        spans::union(held.chain(duties).chain(sessions).collect())
    }

    /// Cuts one assignment where something that stands against it begins or ends.
    fn part(&mut self, held: usize, posts: &[PostFacts], sessions: &[SessionFacts]) {
        let own = self.assignments[held];
        let against = self.against(own, posts, sessions);
        let fixed = self.fixed(own.post, &posts[own.post]);
        if against.is_empty() {
            self.parts.push(Part { span: own.span, post: own.post, status: own.status, why: [fixed; 2] });
            return;
        }
        let mut edges = vec![own.span.from, own.span.to];
        edges.extend(against.iter().flat_map(|(span, _)| [span.from, span.to]));
        edges.sort_unstable();
        edges.dedup();
        let first = self.parts.len();
        for pair in edges.windows(2) {
            let span = Span::new(pair[0], pair[1]);
            let mut why = [fixed; 2];
            for (_, reasons) in against.iter().filter(|(other, _)| other.contains(span.from)) {
                why = [why[0].or(reasons[0]), why[1].or(reasons[1])];
            }
            match self.parts[first..].last_mut() {
                Some(last) if last.why == why => last.span.to = span.to,
                _ => self.parts.push(Part { span, post: own.post, status: own.status, why }),
            }
        }
    }

    /// The same for all at once, where there are so many that not each can be compared with each: what stands against
    /// an assignment is a matter of its post and the time, so that entries on one post are taken together.
    fn part_many(&mut self, posts: &[PostFacts], sessions: &[SessionFacts]) {
        let mut held: BTreeMap<(PostIx, Status), Vec<Span>> = BTreeMap::new();
        for one in &self.assignments {
            held.entry((one.post, one.status)).or_default().push(one.span);
        }
        let against = Against::of(self, posts, sessions);
        let room = 1_000 + 4 * self.assignments.len();
        let mut parts: Vec<Part> = Vec::new();
        for ((post, status), spans) in held {
            let fixed = self.fixed(post, &posts[post]);
            for span in spans::union(spans) {
                against.part(Part { span, post, status, why: [fixed; 2] }, &posts[post], room, &mut parts);
            }
        }
        parts.sort_unstable_by_key(|part| (part.span, part.post, part.status));
        self.parts = parts;
    }

    /// When the person is on more than one post, none of them on call, under that judgement.
    pub(super) fn doubled(&self, judged: Judged, posts: &[PostFacts]) -> Vec<Span> {
        let runs = runs_on_posts(&self.assignments, judged, posts);
        spans::union(runs.into_iter().filter(|(_, post)| post.is_none()).map(|(span, _)| span).collect())
    }

    /// (c) and (d): what stands against it at all times.
    fn fixed(&self, at: PostIx, post: &PostFacts) -> Why {
        let scope = if self.is_in_scope(at, post) { Why::default() } else { Why::SCOPE };
        let skill = if self.is_able(post) { Why::default() } else { Why::SKILL };
        scope.or(skill)
    }

    /// (a), (b), (e) and (f): what stands against it when, within its own time.
    fn against(&self, own: Held, posts: &[PostFacts], sessions: &[SessionFacts]) -> Vec<(Span, [Why; 2])> {
        let mut against = Vec::new();
        against.extend(spans::within(&self.not_available, own.span).map(|span| (span, [Why::AWAY; 2])));
        if posts[own.post].on_call {
            return against;
        }
        let mut add = |span: Span, why: Why, applies: [bool; 2]| {
            if let Some(span) = span.overlap(own.span) {
                against.push((span, applies.map(|applies| if applies { why } else { Why::default() })));
            }
        };
        let others = self.assignments.iter().take_while(|other| other.span.from < own.span.to);
        for other in others.filter(|other| other.post != own.post && !posts[other.post].on_call) {
            add(other.span, Why::DOUBLE, Judged::BOTH.map(|judged| judged.counts(other.status)));
        }
        for session in self.sessions.iter().map(|at| &sessions[*at]) {
            add(session.span, Why::SESSION, Judged::BOTH.map(|judged| judged.runs(session.state)));
        }
        for duty in self.duties.iter().filter(|duty| duty.kind != DutyKind::OnCall) {
            add(duty.span, Why::DUTY, [true; 2]);
        }
        against
    }

    /// When the person, having left `leaving`, could not count on `to`, a post that is not on call: (a), (b), (e) and
    /// (f), and where the person has declined it. Without `to`, on a post that the person neither holds nor declined.
    pub(super) fn blocked(
        &self,
        to: Option<PostIx>,
        leaving: PostIx,
        judged: Judged,
        posts: &[PostFacts],
        sessions: &[SessionFacts],
    ) -> Vec<Span> {
        let others = self.assignments.iter().filter(|held| Some(held.post) != to && held.post != leaving);
        let others = others.filter(|held| judged.counts(held.status) && !posts[held.post].on_call);
        let declined = self.declined.iter().filter(|held| Some(held.post) == to);
        let running = self.sessions.iter().map(|at| &sessions[*at]).filter(|session| judged.runs(session.state));
        let duties = self.duties.iter().filter(|duty| duty.kind != DutyKind::OnCall);
        let mut blocked = self.not_available.clone();
        blocked.extend(others.chain(declined).map(|held| held.span));
        blocked.extend(running.map(|session| session.span).chain(duties.map(|duty| duty.span)));
        spans::union(blocked)
    }

    /// What the person may cover of the unit.
    pub fn scope_in(&self, unit: UnitIx) -> Option<&Scope> {
        self.may_cover.binary_search_by_key(&unit, |scope| scope.unit).ok().map(|at| &self.may_cover[at])
    }

    /// Whether the person may cover the unit at that tier or above, whatever the post: only then is anybody senior.
    pub fn is_senior(&self, unit: UnitIx, tier: TierIx) -> bool {
        self.scope_in(unit).is_some_and(|scope| scope.up_to >= tier && scope.only.is_empty())
    }

    /// Whether the person may cover the post.
    pub fn is_in_scope(&self, at: PostIx, post: &PostFacts) -> bool {
        self.scope_in(post.unit).is_some_and(|scope| scope.holds(at, post))
    }

    /// Whether the person can do all that the post requires.
    pub fn is_able(&self, post: &PostFacts) -> bool {
        post.requires.iter().all(|needed| self.competencies.binary_search(needed).is_ok())
    }
}

/// Somebody with more assignments, sessions or duties than this has very many.
const MANY: usize = 60;

/// When somebody is on a post that is not on call: which one, or `None` for more than one.
fn runs_on_posts(held: &[Held], judged: Judged, posts: &[PostFacts]) -> Vec<(Span, Option<PostIx>)> {
    let counted = held.iter().filter(|held| judged.counts(held.status) && !posts[held.post].on_call);
    let mut edges: Vec<(Instant, PostIx, bool)> =
        counted.flat_map(|held| [(held.span.from, held.post, true), (held.span.to, held.post, false)]).collect();
    edges.sort_unstable();
    let mut on: BTreeMap<PostIx, usize> = BTreeMap::new();
    let mut runs: Vec<(Span, Option<PostIx>)> = Vec::new();
    let mut since = ALWAYS.from;
    for same in edges.chunk_by(|a, b| a.0 == b.0) {
        let now = same[0].0;
        let post = on.keys().next().copied();
        let post = post.filter(|_| on.len() == 1);
        match runs.last_mut() {
            _ if on.is_empty() => {}
            Some((last, before)) if last.to == since && *before == post => last.to = now,
            _ => runs.push((Span::new(since, now), post)),
        }
        for (_, post, begins) in same {
            let count = on.entry(*post).or_default();
            *count = if *begins { *count + 1 } else { count.wrapping_sub(1) };
        }
        on.retain(|_, count| *count > 0);
        since = now;
    }
    runs
}

/// What stands against one person's assignments, by time.
struct Against {
    away: Vec<Span>,
    duty: Vec<Span>,
    sessions: [Vec<Span>; 2],
    on_posts: [Vec<(Span, Option<PostIx>)>; 2],
}

impl Against {
    fn of(facts: &PersonFacts, posts: &[PostFacts], sessions: &[SessionFacts]) -> Self {
        let duties = facts.duties.iter().filter(|duty| duty.kind != DutyKind::OnCall).map(|duty| duty.span);
        let runs = |judged: Judged| {
            let running = facts.sessions.iter().map(|at| &sessions[*at]).filter(|one| judged.runs(one.state));
            spans::union(running.map(|session| session.span).collect())
        };
        Self {
            away: facts.not_available.clone(),
            duty: spans::union(duties.collect()),
            sessions: Judged::BOTH.map(runs),
            on_posts: Judged::BOTH.map(|judged| runs_on_posts(&facts.assignments, judged, posts)),
        }
    }

    /// Every reason there is in the span, with its time.
    fn reasons(&self, of: Part, post: &PostFacts) -> impl Iterator<Item = (Span, [Why; 2])> + '_ {
        let span = of.span;
        let away = spans::within(&self.away, span).map(|span| (span, [Why::AWAY; 2]));
        let is_present = !post.on_call;
        let duty = spans::within(&self.duty, span).map(|span| (span, [Why::DUTY; 2]));
        let only = |judged: Judged, why: Why| Judged::BOTH.map(|j| if j == judged { why } else { Why::default() });
        let running = Judged::BOTH.into_iter().flat_map(move |judged| {
            let running = spans::within(&self.sessions[judged.ix()], span);
            running.map(move |span| (span, only(judged, Why::SESSION)))
        });
        let elsewhere = Judged::BOTH.into_iter().flat_map(move |judged| {
            let runs = &self.on_posts[judged.ix()];
            let first = runs.partition_point(|(run, _)| run.to <= span.from);
            let runs = runs[first..].iter().map_while(move |(run, on)| Some((run.overlap(span)?, *on)));
            let runs = runs.filter(move |(_, on)| *on != Some(of.post));
            runs.map(move |(run, _)| (run, only(judged, Why::DOUBLE)))
        });
        away.chain(duty.chain(running).chain(elsewhere).filter(move |_| is_present))
    }

    /// Cuts one stretch where a reason begins or ends. If that makes more parts than there is room for it is left whole,
    /// with all the reasons: whoever does not count for some of it then does not count at all.
    fn part(&self, whole: Part, post: &PostFacts, room: usize, parts: &mut Vec<Part>) {
        let left = room.saturating_sub(parts.len());
        let reasons: Vec<(Span, [Why; 2])> = self.reasons(whole, post).take(left + 1).collect();
        if reasons.len() > left {
            let why = reasons.iter().fold(whole.why, |all, (_, why)| [all[0].or(why[0]), all[1].or(why[1])]);
            // What stands against it only if all agree keeps it from counting then too.
            parts.push(Part { why: [why[0].or(why[1]), why[0].or(why[1])], ..whole });
            return;
        }
        let mut edges: Vec<(Instant, [Why; 2], bool)> = vec![(whole.span.to, [Why::default(); 2], false)];
        edges.extend(reasons.iter().flat_map(|(span, why)| [(span.from, *why, true), (span.to, *why, false)]));
        edges.sort_unstable_by_key(|(at, _, begins)| (*at, *begins));
        // Reasons of one kind do not overlap: each is there or not.
        let (mut now, mut since) = (whole.why, whole.span.from);
        let first = parts.len();
        for (at, why, begins) in edges {
            if since < at {
                let part = Part { span: Span::new(since, at), why: now, ..whole };
                match parts[first..].last_mut() {
                    Some(last) if last.why == part.why => last.span.to = at,
                    _ => parts.push(part),
                }
                since = at;
            }
            now = [0, 1].map(|ix| if begins { now[ix].or(why[ix]) } else { now[ix].less(why[ix], whole.why[ix]) });
        }
    }
}

/// What is said of a person, as numbers: the same number is the same said, and 0 is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// The whole name, family name first and given name first.
    names: [u32; 2],
    initials: u32,
    phone: u32,
}

impl Said {
    /// Of everybody.
    pub(super) fn of_all(rota: &Rota) -> Vec<Self> {
        let names = numbers(rota, names::push_both_orders);
        let one_text = |push: fn(&mut String, &Person)| {
            let mut one = String::new();
            numbers(rota, move |text, person| {
                one.clear();
                push(&mut one, person);
                text.push_str(&one);
                let said = text.len() - one.len()..text.len();
                [said]
            })
        };
        let (initials, phones) = (one_text(push_initials), one_text(names::push_phone));
        let each = names.iter().zip(initials.iter().zip(&phones));
        each.map(|(names, ([initials], [phone]))| Self { names: *names, initials: *initials, phone: *phone }).collect()
    }
}

fn push_initials(text: &mut String, person: &Person) {
    let initials = person.initials.trim();
    if initials.is_ascii() {
        text.extend(initials.bytes().map(|letter| char::from(letter.to_ascii_lowercase())));
    } else {
        text.extend(initials.chars().flat_map(char::to_lowercase));
    }
}

/// The numbers of the texts that are said of each person. `push` puts them into one text for all, since a text for each
/// would cost more than all else, and says where they are.
fn numbers<const N: usize>(
    rota: &Rota,
    mut push: impl FnMut(&mut String, &Person) -> [Range<usize>; N],
) -> Vec<[u32; N]> {
    let mut all = String::new();
    let said: Vec<[Range<usize>; N]> = rota.people.iter().map(|person| push(&mut all, person)).collect();
    let texts: Vec<&str> = said.as_flattened().iter().map(|range| &all[range.clone()]).collect();
    // In the order of a number that their letters give: few are then compared letter by letter.
    let mut order: Vec<(u64, usize)> = texts.iter().enumerate().map(|(at, text)| (letters_number(text), at)).collect();
    order.retain(|(_, at)| !texts[*at].is_empty());
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| texts[a.1].cmp(texts[b.1])));
    let mut numbers = vec![[0; N]; said.len()];
    let is_same = |a: &(u64, usize), b: &(u64, usize)| a.0 == b.0 && texts[a.1] == texts[b.1];
    for (same, number) in order.chunk_by(is_same).zip(1..) {
        for (_, at) in same {
            numbers.as_flattened_mut()[*at] = number;
        }
    }
    numbers
}

/// What people share, from what tells most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shared {
    /// A whole name.
    Name,
    Initials,
    /// A telephone number.
    Phone,
}

impl Shared {
    const ALL: [Self; 3] = [Self::Name, Self::Initials, Self::Phone];

    fn of(self, said: &Said) -> [u32; 2] {
        match self {
            Self::Name => said.names,
            Self::Initials => [said.initials, 0],
            Self::Phone => [said.phone, 0],
        }
    }
}

/// Everybody whom something shared joins with others, in groups that share nothing with each other: each sorted and
/// larger than one.
pub(super) fn namesakes(said: &[Said]) -> Vec<Vec<PersonIx>> {
    let people: Vec<PersonIx> = (0..said.len()).collect();
    joined(said, &people, &Shared::ALL)
}

/// The groups among those people that are told apart: who shares what. Initials and numbers that only people share who
/// are told together anyhow are not told again.
pub(super) fn told_groups(said: &[Said], people: &[PersonIx]) -> Vec<(Shared, Vec<PersonIx>)> {
    let mut groups: Vec<(Shared, Vec<PersonIx>)> = Vec::new();
    for shared in Shared::ALL {
        let of_kind = joined(said, people, &[shared]).into_iter().map(|group| (shared, group));
        groups.extend(of_kind);
    }
    // The group of each kind that each person is in: to see whether all of another are in it.
    let mut member: [BTreeMap<PersonIx, usize>; 3] = Default::default();
    for (at, (shared, group)) in groups.iter().enumerate() {
        member[*shared as usize].extend(group.iter().map(|person| (*person, at)));
    }
    let is_within = |at: usize, (shared, group): &(Shared, Vec<PersonIx>)| {
        let mut others = member.iter().filter_map(|of_kind| of_kind.get(&group[0]).copied());
        others.any(|other| {
            let (other_shared, all) = &groups[other];
            let is_larger = all.len() > group.len() || all.len() == group.len() && other_shared < shared;
            other != at && is_larger && group.iter().all(|person| all.binary_search(person).is_ok())
        })
    };
    let is_told: Vec<bool> =
        groups.iter().enumerate().map(|(at, group)| group.0 == Shared::Name || !is_within(at, group)).collect();
    let mut is_told = is_told.into_iter();
    groups.retain(|_| is_told.next().unwrap_or(true));
    groups.sort_unstable_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    groups
}

/// Where the leads from a place end; they are made shorter on the way.
fn first(leads: &mut [usize], mut place: usize) -> usize {
    while leads[place] != place {
        leads[place] = leads[leads[place]];
        place = leads[place];
    }
    place
}

/// Those of the people who are joined by something of those kinds, each group sorted and larger than one.
fn joined(said: &[Said], people: &[PersonIx], kinds: &[Shared]) -> Vec<Vec<PersonIx>> {
    let mut keys: Vec<(u32, Shared, usize)> = Vec::with_capacity(2 * people.len() * kinds.len());
    for (place, person) in people.iter().enumerate() {
        for kind in kinds {
            let numbers = kind.of(&said[*person]);
            keys.extend(numbers.into_iter().filter(|number| *number > 0).map(|number| (number, *kind, place)));
        }
    }
    keys.sort_unstable();
    // Each place leads to another of its group, in the end to the first.
    let mut leads: Vec<usize> = (0..people.len()).collect();
    let mut places: Vec<usize> = Vec::new();
    for same in keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|same| same.len() > 1) {
        for pair in same.windows(2) {
            let (one, other) = (first(&mut leads, pair[0].2), first(&mut leads, pair[1].2));
            leads[one.max(other)] = one.min(other);
        }
        places.extend(same.iter().map(|(_, _, place)| *place));
    }
    places.sort_unstable();
    places.dedup();
    let mut groups: BTreeMap<usize, Vec<PersonIx>> = BTreeMap::new();
    for place in places {
        groups.entry(first(&mut leads, place)).or_default().push(people[place]);
    }
    let sorted = groups.into_values().map(|mut group| {
        group.sort_unstable();
        group.dedup();
        group
    });
    sorted.filter(|group| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::context::Facts;
    use super::super::testing::rota;
    use super::*;

    /// Why the person does not count on a post at a moment, by post and status.
    fn whys(facts: &PersonFacts, at: Instant) -> Vec<(PostIx, Status, [Why; 2])> {
        let there = facts.parts.iter().filter(|part| part.span.contains(at));
        let mut whys: Vec<_> = there.map(|part| (part.post, part.status, part.why)).collect();
        whys.sort_unstable();
        whys.dedup();
        whys
    }

    #[test]
    fn many_assignments_taken_together_count_as_each_by_itself() {
        let rota = rota(
            "
unit A&E: SHO, Consultant
post Majors: A&E SHO
post Minors: A&E consultant
post Home: A&E SHO, on call
session Clinic: KP; 09:00-10:00
session Eye list: KP; 09:30-11:00; to postpone
person KP: A&E up to SHO; not available 08:30-09:15; elsewhere 10:30-12:00; on call 08:00-17:00
KP on Majors 08:00-12:00
KP on Majors 09:00-13:00
KP on Majors 11:00-14:00, asked
KP on Minors 12:30-15:00, asked
KP on Minors 13:00-16:00
KP on Home 08:00-17:00
KP on Home 15:00-16:00, proposed
",
        );
        let facts = Facts::of(&rota).unwrap();
        let each = facts.people.iter().find(|person| person.assignments.len() == 7).unwrap();
        let mut together = each.clone();
        together.part_many(&facts.posts, &facts.sessions);
        assert_ne!(each.parts, together.parts, "the entries on one post are joined");
        let window = facts.windows[0].span;
        for minute in window.from.0..window.to.0 {
            assert_eq!(whys(each, Instant(minute)), whys(&together, Instant(minute)), "minute {minute}");
        }
    }
}
