//! What keeps one person from one place: every cause, its sentence, and the release that would do away with it.

use std::collections::BTreeMap;

use crate::model::{Span, TierId, words};

use super::draft::{Draft, Held};
use super::facts::Facts;
use super::fixed_work::FixedWork;
use super::index::{PersonIx, PostIx, SessionIx, TierIx, UnitIx};
use super::reason::Reason;
use super::spans::merged;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    NotAvailable,
    /// May not cover the unit up to that tier, or may not cover that post; without a post where a senior is missing.
    Scope {
        unit: UnitIx,
        tier: TierIx,
        post: Option<PostIx>,
    },
    LacksFor {
        post: PostIx,
    },
    Declined,
    /// On a duty: its number among the person's duties.
    Duty {
        reason: Reason,
        duty: Option<usize>,
    },
    OnPost {
        holder: PersonIx,
        post: PostIx,
        /// When.
        span: Span,
    },
    /// On two posts at once, the short one and another, and so counted on neither.
    Twice {
        post: PostIx,
        other: PostIx,
    },
    Session(SessionIx),
    /// Too much work or too little rest; beside which other work, if that is near.
    Tired(Reason, Option<Span>),
    /// Every place is filled by others.
    Filled,
    /// Needed elsewhere more.
    Needed,
    TimeRanOut,
}

impl Cause {
    /// The reason under which the cause is listed.
    pub(super) fn reason(self) -> Reason {
        match self {
            Self::NotAvailable => Reason::NotAvailable,
            Self::Scope { .. } => Reason::OutOfScope,
            Self::LacksFor { .. } => Reason::LacksCompetency,
            Self::Declined => Reason::Declined,
            Self::Duty { reason, .. } | Self::Tired(reason, _) => reason,
            Self::OnPost { .. } | Self::Twice { .. } | Self::Filled | Self::Needed => Reason::OnAnotherPost,
            Self::Session(_) => Reason::ProtectedSession,
            Self::TimeRanOut => Reason::TimeRanOut,
        }
    }

    /// Whether it is told together with the other: beside which work somebody is tired is said once.
    pub(super) fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Tired(reason, _), Self::Tired(other, _)) => reason == other,
            (Self::OnPost { holder, post, .. }, Self::OnPost { holder: of, post: on, .. }) => {
                (holder, post) == (of, on)
            }
            _ => self == other,
        }
    }

    /// The cause as a sentence about the person; what lies on another day than `gap` says on which.
    pub(super) fn text(self, facts: &Facts, person: PersonIx, gap: Span) -> String {
        let (rota, who) = (facts.rota, name(facts, person));
        match self {
            Self::NotAvailable => format!("{who} is not available"),
            Self::Scope { unit, tier, .. } => {
                let unit_name = words::safe(&rota.units[unit].name);
                match facts.up_to(person, unit) {
                    None => format!("{who} may not cover {unit_name}"),
                    Some(up_to) if up_to < tier => {
                        format!("{who} may cover {unit_name} only up to {}", tier_name(facts, unit, up_to))
                    }
                    Some(_) => {
                        let post = |post: &PostIx| words::safe(&rota.posts[*post].name).into_owned();
                        let only: Vec<String> = facts.only(person, unit).iter().map(post).collect();
                        format!("{who} may cover {unit_name} only on {}", words::list(&only))
                    }
                }
            }
            Self::LacksFor { post } => {
                let has = &rota.people[person].competencies;
                let lacking = rota.posts[post].requires.iter().filter(|c| !has.contains(c));
                let name = |id| words::safe(rota.competency(id).map_or(id.as_str(), |c| c.name.as_str())).into_owned();
                format!("{who} lacks {}", words::list(&lacking.map(name).collect::<Vec<_>>()))
            }
            Self::Declined => format!("{who} declined"),
            Self::Duty { duty, .. } => {
                let span = duty.map(|duty| rota.people[person].duties[duty].span);
                let when = span.map_or_else(String::new, |span| on_another_day(facts, span, gap));
                format!("{who} is on duty ({}{when})", label(facts, person, duty))
            }
            Self::OnPost { holder, post, span } => {
                let (post, when) = (words::safe(&rota.posts[post].name), on_another_day(facts, span, gap));
                if holder == person {
                    return format!("{who} is on {post}{when}");
                }
                format!("{who} has the same name as {}, who is on {post}{when}", name(facts, holder))
            }
            Self::Twice { post, other } => {
                let [post, other] = [post, other].map(|post| words::safe(&rota.posts[post].name));
                format!("{who} is on {post} and on {other} at once, and so counts on neither")
            }
            Self::Session(session) => {
                let kind = if facts.sessions[session].locked { "locked" } else { "protected" };
                format!("{who} has {} ({kind})", facts.title(session))
            }
            Self::Tired(reason, beside) => {
                let when = beside.map_or_else(String::new, |beside| on_another_day(facts, beside, gap));
                let beside = when.strip_prefix(", ").map_or_else(String::new, |when| format!(" (at work {when})"));
                let is_rest = reason == Reason::ShortRest;
                format!("{who} would {}{beside}", if is_rest { "have too little rest" } else { "work too long" })
            }
            Self::Filled => format!("{who}: every post is filled by others"),
            Self::Needed => format!("{who} is needed where nobody else can be"),
            Self::TimeRanOut => format!("{who}: the time ran out"),
        }
    }

    /// The release that would remove the cause, in words that follow "if".
    pub(super) fn release(self, facts: &Facts, person: PersonIx) -> Option<String> {
        let (rota, who) = (facts.rota, name(facts, person));
        match self {
            Self::NotAvailable => Some(format!("{who} were available")),
            Self::Scope { unit, tier, post } => {
                let only = post.filter(|_| facts.up_to(person, unit).is_some_and(|up_to| up_to >= tier));
                let place = match only {
                    Some(post) => words::safe(&rota.posts[post].name).into_owned(),
                    None => format!("{} {}", words::safe(&rota.units[unit].name), tier_name(facts, unit, tier)),
                };
                Some(format!("{who} were cleared for {place}"))
            }
            Self::Twice { other, .. } => Some(format!("{who} were taken off {}", words::safe(&rota.posts[other].name))),
            Self::Duty { duty, .. } => Some(format!("{who} were released from {}", label(facts, person, duty))),
            Self::Session(session) => {
                let title = facts.title(session);
                let day = words::day(rota.zone(), facts.sessions[session].span.from);
                Some(format!("{title} of {day} could be postponed"))
            }
            _ => None,
        }
    }
}

/// `, 20:00 Mon 25-Apr – 08:00 Tue 26-Apr` of what begins on another day than `gap`.
fn on_another_day(facts: &Facts, span: Span, gap: Span) -> String {
    let zone = facts.rota.zone();
    let date = |at: Span| zone.civil(at.from).local.date();
    if date(span) == date(gap) { String::new() } else { format!(", {}", words::times_beside(zone, span, gap)) }
}

impl Cause {
    /// The grade that the person would have to be cleared for.
    pub(super) fn clears(self, facts: &Facts) -> Option<TierId> {
        let Self::Scope { unit, tier, .. } = self else { return None };
        Some(facts.rota.units[unit].tiers[tier].id.clone())
    }
}

fn tier_name(facts: &Facts, unit: UnitIx, tier: TierIx) -> String {
    words::inside(&words::safe(&facts.rota.units[unit].tiers[tier].name))
}

fn label(facts: &Facts, person: PersonIx, duty: Option<usize>) -> String {
    let label = duty.map(|duty| facts.rota.people[person].duties[duty].label.as_str());
    words::safe(label.filter(|label| !label.is_empty()).unwrap_or("a duty")).into_owned()
}

/// Initials, or the name where there are none.
pub(super) fn name(facts: &Facts, person: PersonIx) -> String {
    let person = &facts.rota.people[person];
    let initials = person.initials.trim();
    if initials.is_empty() { words::safe(&person.full_name()).into_owned() } else { words::safe(initials).into_owned() }
}

/// Finds what keeps one person from each post beside a plan, and remembers what was found.
pub(super) struct CauseFinder<'a> {
    facts: &'a Facts<'a>,
    draft: &'a Draft,
    person: PersonIx,
    /// What is proposed for the person, and for others of the same name.
    held: Vec<Held>,
    /// When the person would be at work for these proposals.
    work: Vec<Span>,
    fixed_work: FixedWork<'a>,
    tired: BTreeMap<Span, Option<(Reason, Option<Span>)>>,
    /// The causes found, by post and number of the stretch between two cuts of its unit.
    known: BTreeMap<(PostIx, usize), Vec<Cause>>,
}

impl<'a> CauseFinder<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, draft: &'a Draft, person: PersonIx) -> Self {
        let namesakes = &facts.people[person].namesakes;
        let held = draft.held.iter().filter(|h| h.kept.is_none() && namesakes.contains(&h.person)).copied().collect();
        let work = draft.proposed_work(facts, person);
        let windows = facts.rota.windows.iter().map(|window| window.span);
        let spans: Vec<Span> = work.iter().copied().chain(windows).collect();
        let fixed_work = FixedWork::new(facts, person, &spans);
        Self { facts, draft, person, held, work, fixed_work, tired: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// Whether the person is on one of these posts all that time and does not count there only for being on another
    /// one.
    pub(super) fn twice(&self, posts: &[PostIx], span: Span) -> Option<Cause> {
        let (facts, person) = (self.facts, self.person);
        let first = self.draft.held.partition_point(|held| held.person < person);
        let held = self.draft.held[first..].iter().take_while(|held| held.person == person);
        let at_work = |held: &&Held| held.span.overlaps(span) && !facts.posts[held.post].on_call;
        let held: Vec<&Held> = held.filter(at_work).collect();
        let here = held.iter().find(|held| posts.contains(&held.post) && held.span.covers(span))?;
        let other = held.iter().find(|held| held.post != here.post && held.span.covers(span))?;
        let who = &facts.people[person];
        let is_free = held.iter().all(|held| [here.post, other.post].contains(&held.post))
            && facts.is_able(person, here.post)
            && !who.away.iter().chain(&who.busy).any(|time| time.overlaps(span))
            && facts.sessions_in_the_way(person, span).all(|session| self.draft.postponed[session]);
        is_free.then_some(Cause::Twice { post: here.post, other: other.post })
    }

    /// Everything that keeps the person from `post` in stretch number `segment` between two cuts of its unit.
    pub(super) fn causes(&mut self, post: PostIx, segment: usize) -> &[Cause] {
        if !self.known.contains_key(&(post, segment)) {
            let span = self.facts.units[self.facts.posts[post].unit].segments[segment];
            let found = self.found(post, span);
            self.known.insert((post, segment), found);
        }
        self.known.get(&(post, segment)).map_or(&[], Vec::as_slice)
    }

    fn found(&mut self, post: PostIx, span: Span) -> Vec<Cause> {
        let (facts, person) = (self.facts, self.person);
        let role = &facts.posts[post];
        let mut causes: Vec<Cause> = Vec::new();
        for reason in facts.why_not(person, post, span) {
            causes.push(match reason {
                Reason::NotAvailable => Cause::NotAvailable,
                Reason::OutOfScope => Cause::Scope { unit: role.unit, tier: role.tier, post: Some(post) },
                Reason::LacksCompetency => Cause::LacksFor { post },
                Reason::Declined => Cause::Declined,
                Reason::OnDuty | Reason::OnCallDuty => {
                    let duties = &facts.rota.people[person].duties;
                    Cause::Duty { reason, duty: duties.iter().position(|duty| duty.span.overlaps(span)) }
                }
                _ => {
                    let kept = facts
                        .kept_in_the_way(person, span)
                        .map_or((person, post, span), |a| (a.person, a.post, a.span));
                    Cause::OnPost { holder: kept.0, post: kept.1, span: kept.2 }
                }
            });
        }
        let is_on_post = causes.iter().any(|cause| matches!(cause, Cause::OnPost { .. }));
        if let Some(held) = self.held.iter().find(|held| held.span.overlaps(span)).filter(|_| !is_on_post) {
            causes.push(Cause::OnPost { holder: held.person, post: held.post, span: held.span });
        }
        let sessions = facts.sessions_in_the_way(person, span).filter(|s| !self.draft.postponed[*s]);
        let stay = sessions.filter(|s| facts.sessions[*s].protected || facts.sessions[*s].locked);
        causes.extend(stay.map(Cause::Session));
        if !role.on_call {
            causes.extend(self.is_tired(span).map(|(reason, beside)| Cause::Tired(reason, beside)));
        }
        causes
    }

    /// Why more work in that time would violate the person's hours or rest.
    fn is_tired(&mut self, span: Span) -> Option<(Reason, Option<Span>)> {
        let (facts, draft) = (self.facts, self.draft);
        let (fixed_work, work) = (&self.fixed_work, &self.work);
        *self.tired.entry(span).or_insert_with(|| {
            let others: Vec<Span> = work.iter().chain(fixed_work.spans()).copied().collect();
            let work: Vec<Span> = work.iter().copied().chain([span]).collect();
            let would_run =
                |session: SessionIx| !draft.postponed[session] && !facts.sessions[session].span.overlaps(span);
            fixed_work.breach(&work, would_run).map(|breach| (breach.reason, nearest(&others, span)))
        })
    }
}

/// Work further away has no part in it, in minutes: no limit of a day looks further.
const NEAR: i64 = 24 * 60;

/// The work that is nearest to that time.
fn nearest(work: &[Span], span: Span) -> Option<Span> {
    let apart = |other: &Span| (other.from.0 - span.to.0).max(span.from.0 - other.to.0).max(0);
    merged(work.iter().copied())
        .into_iter()
        .filter(|other| apart(other) < NEAR)
        .min_by_key(|other| (apart(other), other.from))
}
