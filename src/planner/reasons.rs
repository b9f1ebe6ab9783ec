//! What remains short in a plan, and why nobody can close it: every person's reasons, the release that would do it, and
//! the bottleneck.

use std::collections::BTreeSet;

use crate::model::{Instant, PersonId, PostId, Span, TierId, UnitId, WindowId, words};

use super::draft::{Draft, breach};
use super::facts::{Facts, Reason};
use super::objective::Cover;
use super::scope::Scope;

/// A stretch at which a plan is short, with the same number missing throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// In this window.
    pub window: WindowId,
    /// In this unit.
    pub unit: UnitId,
    /// At this tier or above.
    pub tier: TierId,
    /// Where somebody is missing.
    pub posts: Vec<PostId>,
    /// When.
    pub span: Span,
    /// How many are missing; 0 where only a senior is.
    pub short: u32,
    /// Everybody, in the order of the rota, with all reasons why not.
    pub people: Vec<WhyNot>,
    /// What would close it, where one release would do.
    pub releases: Vec<String>,
    /// The cause in words, where there are fewer people than places.
    pub bottleneck: Option<String>,
}

/// Why somebody cannot close a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// Who.
    pub person: PersonId,
    /// Every reason, in order.
    pub reasons: Vec<Reason>,
    /// The same as sentences.
    pub text: String,
}

/// So many releases are named for one gap.
const RELEASES_MAX: usize = 4;

/// What remains short in `draft` of what was asked for, by window, unit, time and tier. Where the search has not ended, a person without a
/// reason is told as such.
pub(super) fn gaps(facts: &Facts, scope: &Scope, draft: &Draft, has_ended: bool) -> Vec<Gap> {
    let explained =
        |(window, unit, hole): (usize, usize, Hole)| explained(facts, draft, window, unit, &hole, has_ended);
    holes_in(facts, scope, draft).map(explained).collect()
}

/// The same without reasons, which take their time.
pub(super) fn bare_gaps(facts: &Facts, scope: &Scope, draft: &Draft) -> Vec<Gap> {
    holes_in(facts, scope, draft).map(|(window, unit, hole)| bare(facts, window, unit, &hole)).collect()
}

/// What is missing of what was asked for, by window and unit.
fn holes_in(facts: &Facts, scope: &Scope, draft: &Draft) -> impl Iterator<Item = (usize, usize, Hole)> {
    let is_asked = |(_, _, hole): &(usize, usize, Hole)| {
        let touches = |post: &usize| scope.touches(facts.rota, &facts.rota.posts[*post].id, hole.span);
        *scope == Scope::everything() || hole.posts.iter().any(touches)
    };
    all_holes(facts, draft).into_iter().filter(is_asked)
}

/// What is missing, by window and unit.
fn all_holes(facts: &Facts, draft: &Draft) -> Vec<(usize, usize, Hole)> {
    let cover = Cover::new(facts, draft);
    let mut all = Vec::new();
    for window in 0..facts.rota.windows.len() {
        for unit in 0..facts.units.len() {
            all.extend(holes(facts, &cover, window, unit).into_iter().map(|hole| (window, unit, hole)));
        }
    }
    all
}

fn bare(facts: &Facts, window: usize, unit: usize, hole: &Hole) -> Gap {
    Gap {
        window: facts.rota.windows[window].id.clone(),
        unit: facts.rota.units[unit].id.clone(),
        tier: facts.rota.units[unit].tiers[hole.tier].id.clone(),
        posts: hole.posts.iter().map(|post| facts.rota.posts[*post].id.clone()).collect(),
        span: hole.span,
        short: hole.short,
        releases: Vec::new(),
        bottleneck: None,
        people: Vec::new(),
    }
}

/// What is missing at one tier over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Hole {
    span: Span,
    tier: usize,
    short: u32,
    posts: Vec<usize>,
}

fn holes(facts: &Facts, cover: &Cover, window: usize, unit: usize) -> Vec<Hole> {
    let whole = facts.rota.windows[window].span;
    let edges: Vec<Instant> =
        cover.edges(unit).into_iter().filter(|at| *at == whole.to || whole.contains(*at)).collect();
    let mut holes: Vec<Hole> = Vec::new();
    for pair in edges.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        for hole in holes_at(facts, cover, window, unit, span) {
            let before = holes.iter_mut().find(|h| {
                h.span.to == span.from && (h.tier, h.short, &h.posts) == (hole.tier, hole.short, &hole.posts)
            });
            match before {
                Some(before) => before.span.to = span.to,
                None => holes.push(hole),
            }
        }
    }
    holes.sort();
    holes
}

fn holes_at(facts: &Facts, cover: &Cover, window: usize, unit: usize, span: Span) -> Vec<Hole> {
    let posts = &facts.units[unit].posts;
    let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, span.from))).collect();
    let counting = cover.counting_in(unit, span.from);
    let lacks: Vec<i64> = need.iter().zip(&counting).map(|(need, who)| need - who.len() as i64).collect();
    let is_present = |n: &usize| !facts.posts[posts[*n]].on_call;
    let tier = |n: usize| facts.posts[posts[n]].tier;
    let mut holes = Vec::new();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut worst = 0;
    for k in (0..facts.units[unit].tiers).rev() {
        let above: Vec<usize> = (0..posts.len()).filter(is_present).filter(|n| tier(*n) >= k).collect();
        let short: i64 = above.iter().map(|n| lacks[*n]).sum();
        if short > worst {
            let open: Vec<usize> = above.iter().copied().filter(|n| lacks[*n] > 0).collect();
            told.extend(&open);
            let posts = open.iter().map(|n| posts[*n]).collect();
            holes.push(Hole { span, tier: k, short: u32::try_from(short - worst).unwrap_or(u32::MAX), posts });
            worst = short;
        }
    }
    for n in (0..posts.len()).filter(|n| lacks[*n] > 0 && !told.contains(n)) {
        let short = u32::try_from(lacks[n]).unwrap_or(u32::MAX);
        holes.push(Hole { span, tier: tier(n), short, posts: vec![posts[n]] });
    }
    let is_needed = (0..posts.len()).filter(is_present).any(|n| need[n] > 0);
    let has_senior = (0..posts.len()).filter(is_present).any(|n| counting[n].iter().any(|p| facts.is_senior(*p, unit)));
    if let Some(tier) = facts.units[unit].senior_from
        && is_needed
        && !has_senior
        && holes.iter().all(|hole| hole.tier < tier)
    {
        let open = (0..posts.len()).filter(is_present).filter(|n| lacks[*n] > 0).map(|n| posts[n]).collect();
        holes.push(Hole { span, tier, short: 0, posts: open });
    }
    holes
}

fn explained(facts: &Facts, draft: &Draft, window: usize, unit: usize, hole: &Hole, has_ended: bool) -> Gap {
    let people: Vec<(usize, Told)> =
        (0..facts.people.len()).map(|person| (person, told(facts, draft, unit, hole, person, has_ended))).collect();
    let releases = if hole.short == 1 { releases(&people) } else { Vec::new() };
    Gap {
        releases,
        bottleneck: bottleneck(facts, unit, hole),
        people: people
            .into_iter()
            .map(|(person, told)| WhyNot {
                person: facts.rota.people[person].id.clone(),
                reasons: told.iter().map(|(reason, ..)| *reason).collect::<BTreeSet<_>>().into_iter().collect(),
                text: sentences(&told),
            })
            .collect(),
        ..bare(facts, window, unit, hole)
    }
}

/// Reasons with their sentences, and what release would do away with each.
type Told = Vec<(Reason, String, Option<String>)>;

fn sentences(told: &Told) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for (_, text, _) in told {
        if !texts.contains(&text.as_str()) {
            texts.push(text);
        }
    }
    texts.join("; ")
}

/// Everything that keeps the person from closing the hole: on the post where the least stands in the way.
fn told(facts: &Facts, draft: &Draft, unit: usize, hole: &Hole, person: usize, has_ended: bool) -> Told {
    let segments = || facts.units[unit].segments.iter().filter(|segment| segment.overlaps(hole.span));
    let fewest = hole.posts.iter().map(|post| {
        let mut all: Told = Vec::new();
        for segment in segments() {
            for reason in reasons_at(facts, draft, person, *post, *segment) {
                if !all.contains(&reason) {
                    all.push(reason);
                }
            }
        }
        all.sort_by_key(|(reason, ..)| *reason);
        all
    });
    let is_missing_a_senior = hole.short == 0;
    let mut told = fewest.min_by_key(Vec::len).unwrap_or_default();
    if is_missing_a_senior && !facts.is_senior(person, unit) {
        told.insert(0, scope(facts, person, unit, hole.tier));
    } else if is_missing_a_senior && hole.posts.is_empty() {
        let who = name(facts, person);
        told.push((Reason::OnAnotherPost, format!("{who}: every place is filled by others"), None));
    }
    if told.is_empty() {
        let who = name(facts, person);
        let text = if has_ended {
            format!("{who} is needed where nobody else can be")
        } else {
            format!("{who}: the time ran out")
        };
        told.push((if has_ended { Reason::OnAnotherPost } else { Reason::TimeRanOut }, text, None));
    }
    told
}

fn reasons_at(facts: &Facts, draft: &Draft, person: usize, post: usize, span: Span) -> Told {
    let who = name(facts, person);
    let unit = facts.posts[post].unit;
    let rota = facts.rota;
    let mut told: Told = Vec::new();
    for reason in facts.why_not(person, post, span) {
        let entry = match reason {
            Reason::NotAvailable => (reason, format!("{who} is not available"), Some(format!("{who} were available"))),
            Reason::OutOfScope => scope(facts, person, unit, facts.posts[post].tier),
            Reason::LacksCompetency => {
                let has = &rota.people[person].competencies;
                let lacking = rota.posts[post].requires.iter().filter(|c| !has.contains(c));
                let names: Vec<String> = lacking
                    .map(|id| words::safe(rota.competency(id).map_or(id.as_str(), |c| c.name.as_str())).into_owned())
                    .collect();
                (reason, format!("{who} lacks {}", words::list(&names)), None)
            }
            Reason::Declined => (reason, format!("{who} declined"), None),
            Reason::OnDuty | Reason::OnCallDuty => {
                let duty = rota.people[person].duties.iter().find(|duty| duty.span.overlaps(span));
                let label = duty.map(|duty| duty.label.as_str()).filter(|label| !label.is_empty()).unwrap_or("a duty");
                let label = words::safe(label).into_owned();
                (reason, format!("{who} is on duty ({label})"), Some(format!("{who} were released from {label}")))
            }
            _ => {
                let kept = facts.kept_in_the_way(person, post, span).map_or((person, post), |a| (a.person, a.post));
                (reason, on_post(facts, person, kept), None)
            }
        };
        told.push(entry);
    }
    let clash = draft.held.iter().filter(|h| h.kept.is_none() && h.span.overlaps(span)).find(|h| {
        let same_name = facts.people[person].namesakes.contains(&h.person);
        same_name && (h.person != person || h.post == post || facts.excludes_each_other(h.post, post))
    });
    if let Some(held) = clash
        && !told.iter().any(|(reason, ..)| *reason == Reason::OnAnotherPost)
    {
        told.push((Reason::OnAnotherPost, on_post(facts, person, (held.person, held.post)), None));
    }
    for session in facts.sessions_in_the_way(person, post, span).filter(|s| !draft.postponed[*s]) {
        let session_facts = &facts.sessions[session];
        if session_facts.protected || session_facts.locked {
            let title = words::safe(&rota.sessions[session].title).into_owned();
            let day = words::day(rota.zone(), session_facts.span.from);
            let kind = if session_facts.locked { "locked" } else { "protected" };
            told.push((
                Reason::ProtectedSession,
                format!("{who} has {title} ({kind})"),
                Some(format!("{title} of {day} could be postponed")),
            ));
        }
    }
    if !facts.posts[post].on_call {
        let mut work = draft.proposed_work(facts, person);
        work.push(span);
        let would_run = |session: usize| !draft.postponed[session] && !facts.sessions[session].span.overlaps(span);
        if let Some(broken) = breach(facts, person, &work, would_run) {
            let text = match broken.reason {
                Reason::ShortRest => format!("{who} would have too little rest"),
                _ => format!("{who} would work too long"),
            };
            told.push((broken.reason, text, None));
        }
    }
    told
}

fn scope(facts: &Facts, person: usize, unit: usize, tier: usize) -> (Reason, String, Option<String>) {
    let (who, rota) = (name(facts, person), facts.rota);
    let unit_name = words::safe(&rota.units[unit].name).into_owned();
    let tier_name = |tier: usize| words::inside(&words::safe(&rota.units[unit].tiers[tier].name));
    let text = match facts.people[person].up_to[unit] {
        None => format!("{who} may not cover {unit_name}"),
        Some(up_to) => format!("{who} may cover {unit_name} only up to {}", tier_name(up_to)),
    };
    (Reason::OutOfScope, text, Some(format!("{who} agreed to cover {unit_name} up to {}", tier_name(tier))))
}

/// That the person, or somebody of the same name, is on a post.
fn on_post(facts: &Facts, person: usize, (holder, post): (usize, usize)) -> String {
    let (who, post) = (name(facts, person), words::safe(&facts.rota.posts[post].name));
    if holder == person {
        return format!("{who} is on {post}");
    }
    format!("{who} has the same name as {}, who is on {post}", name(facts, holder))
}

/// Initials, or the name where there are none.
fn name(facts: &Facts, person: usize) -> String {
    let person = &facts.rota.people[person];
    let initials = person.initials.trim();
    if initials.is_empty() { words::safe(&person.full_name()).into_owned() } else { words::safe(initials).into_owned() }
}

/// Protected work, scope and duties before people who are away; each closes the gap by itself.
fn releases(people: &[(usize, Told)]) -> Vec<String> {
    let mut single: Vec<(Reason, usize, String)> = people
        .iter()
        .filter_map(|(person, told)| match &told[..] {
            [(reason, _, Some(release))] => Some((*reason, *person, format!("if {release}"))),
            _ => None,
        })
        .collect();
    let rank = |reason: Reason| match reason {
        Reason::ProtectedSession => 0,
        Reason::OutOfScope => 1,
        Reason::OnDuty | Reason::OnCallDuty => 2,
        _ => 3,
    };
    single.sort_by_key(|(reason, person, _)| (rank(*reason), *person));
    let mut texts: Vec<String> = Vec::new();
    for (.., text) in single {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.truncate(RELEASES_MAX);
    texts
}

/// Whether there are fewer people free who could be on such posts than such places, and what makes the posts such.
fn bottleneck(facts: &Facts, unit: usize, hole: &Hole) -> Option<String> {
    let at = hole.span.from;
    let rota = facts.rota;
    let free = |person: usize| {
        let who = &facts.people[person];
        !who.away.iter().chain(&who.busy).any(|span| span.contains(at))
    };
    let places = |wanted: &dyn Fn(usize) -> bool| -> (u32, usize) {
        let posts: Vec<usize> = (0..facts.posts.len()).filter(|post| wanted(*post)).collect();
        let need = posts.iter().map(|post| facts.need_max(*post, at)).sum();
        let able = |person: &usize| {
            let who = &facts.people[*person];
            free(*person)
                && posts.iter().any(|post| {
                    let post_facts = &facts.posts[*post];
                    who.able[*post] && who.up_to[post_facts.unit].is_some_and(|up_to| up_to >= post_facts.tier)
                })
        };
        (need, (0..facts.people.len()).filter(able).count())
    };
    let when = words::moment(rota.zone(), at);
    for post in &hole.posts {
        for competency in &rota.posts[*post].requires {
            let (need, people) = places(&|p| rota.posts[p].requires.contains(competency) && !facts.posts[p].on_call);
            if (people as u64) < u64::from(need) {
                let name = rota.competency(competency).map_or(competency.as_str(), |c| c.name.as_str());
                let (name, places) = (words::safe(name), words::count(need, "place"));
                return Some(format!("{places} at {when} need {name}; {}", who_may(people)));
            }
        }
    }
    let here = |p: usize| facts.posts[p].unit == unit && facts.posts[p].tier >= hole.tier && !facts.posts[p].on_call;
    let (need, people) = places(&here);
    ((people as u64) < u64::from(need)).then(|| {
        let unit_name = words::safe(&rota.units[unit].name);
        let tier = words::inside(&words::safe(&rota.units[unit].tiers[hole.tier].name));
        let places = words::count(need, "place");
        format!("{unit_name} has {places} at {tier} or above at {when}; {}", who_may(people))
    })
}

fn who_may(people: usize) -> String {
    match people {
        0 => "nobody may cover them and is free".to_owned(),
        1 => "1 person may cover them and is free".to_owned(),
        _ => format!("{people} people may cover them and are free"),
    }
}
