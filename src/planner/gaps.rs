//! What remains short in a plan, and why nobody can close it: every person's reasons, the release that would do it, and
//! the bottleneck.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::model::{PersonId, PostId, Span, TierId, UnitId, WindowId, words};

use super::causes::{Cause, CauseFinder, name};
use super::cover::Cover;
use super::desk::Desk;
use super::draft::Draft;
use super::facts::Facts;
use super::index::{PersonIx, PostIx, TierIx, UnitIx, WindowIx};
use super::reason::Reason;
use super::scope::Scope;

/// A stretch at which a plan is short, with the same number missing throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub window: WindowId,
    pub unit: UnitId,
    /// At this tier or above.
    pub tier: TierId,
    /// Where somebody is missing.
    pub posts: Vec<PostId>,
    pub span: Span,
    /// How many are missing; 0 where only a senior is.
    pub short: u32,
    /// Everybody, in the order of the rota, with all reasons why not; shared, since there may be hundreds.
    pub people: Arc<[WhyNot]>,
    /// What would close it, where one release would do; of people to be cleared for the post's grade all.
    pub releases: Vec<Release>,
    /// The cause in words, where there are fewer people than places; or that the reasons were not reached.
    pub bottleneck: Option<String>,
    /// Whether the reasons were looked at; not where the time ran out before.
    pub is_reached: bool,
}

/// One thing that would close a gap by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Who could then be there.
    pub person: PersonId,
    /// The grade that the person would have to be cleared for, if that is it.
    pub clears: Option<TierId>,
    /// Such as "if RS were available".
    pub text: String,
}

/// Why somebody cannot close a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    pub person: PersonId,
    /// Every reason, in order.
    pub reasons: Vec<Reason>,
    /// The same as sentences.
    pub text: String,
}

/// So many people make one job: small enough for all cores to have work, large enough to be worth handing over.
const PEOPLE_AT_ONCE: usize = 16;
/// So many gaps are explained in one go: after each go the clock is looked at.
const GAPS_AT_ONCE: usize = 24;
/// So many answers are kept in all, one for each person and gap: more would take hundreds of megabytes.
const ANSWERS_MAX: usize = 1_000_000;

/// What remains short in `draft` of what was asked for, by window, unit, time and tier. Where the search has not ended,
/// a person without a reason is said to have none. All people are looked at, on as many cores as `desk` has, as long as
/// there is time; a gap that was not reached lists nobody.
pub(super) fn gaps(facts: &Facts, scope: &Scope, draft: &Draft, has_ended: bool, desk: &dyn Desk) -> Vec<Gap> {
    let holes: Vec<(WindowIx, UnitIx, Hole)> = holes_in(facts, scope, draft).collect();
    let people: Vec<PersonIx> = facts.people.keys().collect();
    let mut all: Vec<Gap> = Vec::with_capacity(holes.len());
    // The first gaps are explained whatever the time: a small rota has no more.
    let few = GAPS_AT_ONCE.min(FEW_ANSWERS_MAX / people.len().max(1));
    for some in holes.chunks(GAPS_AT_ONCE) {
        let has_time = !desk.time_left().is_zero() || all.len() + some.len() <= few;
        if has_time && (all.len() + some.len()).saturating_mul(people.len()) <= ANSWERS_MAX {
            all.extend(explained_gaps(facts, draft, some, &people, has_ended, desk));
        } else {
            let not_reached = Some("Reasons not looked at: the time ran out".to_owned());
            all.extend(some.iter().map(|(window, unit, hole)| Gap {
                bottleneck: not_reached.clone(),
                ..bare(facts, *window, *unit, hole)
            }));
        }
    }
    all
}

/// So many answers are worked out whatever the time: they take next to no time.
const FEW_ANSWERS_MAX: usize = 4_000;

fn explained_gaps(
    facts: &Facts,
    draft: &Draft,
    holes: &[(WindowIx, UnitIx, Hole)],
    people: &[PersonIx],
    has_ended: bool,
    desk: &dyn Desk,
) -> Vec<Gap> {
    let answers = Mutex::new(BTreeMap::new());
    let jobs = people.chunks(PEOPLE_AT_ONCE).map(|some| {
        let answers = &answers;
        Box::new(move || {
            for person in some {
                let answer = answers_of(facts, draft, holes, *person, has_ended);
                if let Ok(mut answers) = answers.lock() {
                    answers.insert(*person, answer);
                }
            }
        }) as Box<dyn FnOnce() + Send + '_>
    });
    desk.all(jobs.collect());
    let mut answers: Vec<_> = answers.into_inner().unwrap_or_default().into_values().map(Vec::into_iter).collect();
    let gap = |(window, unit, hole): &(WindowIx, UnitIx, Hole)| {
        let here: Vec<Answer> = answers.iter_mut().filter_map(Iterator::next).collect();
        Gap {
            releases: if hole.short == 1 { releases(&here) } else { Vec::new() },
            bottleneck: bottleneck(facts, *unit, hole),
            people: here.into_iter().map(|answer| answer.why_not).collect(),
            is_reached: true,
            ..bare(facts, *window, *unit, hole)
        }
    };
    holes.iter().map(gap).collect()
}

/// What remains short, without reasons: those take longer.
pub(super) fn bare_gaps(facts: &Facts, scope: &Scope, draft: &Draft) -> Vec<Gap> {
    holes_in(facts, scope, draft).map(|(window, unit, hole)| bare(facts, window, unit, &hole)).collect()
}

/// What is missing of what was asked for, by window and unit.
fn holes_in(facts: &Facts, scope: &Scope, draft: &Draft) -> impl Iterator<Item = (WindowIx, UnitIx, Hole)> {
    let is_asked = |(_, _, hole): &(WindowIx, UnitIx, Hole)| {
        let touches = |post: &PostIx| scope.touches(facts.rota, &facts.rota.posts[*post].id, hole.span);
        scope.is_everything() || hole.posts.iter().any(touches)
    };
    all_holes(facts, draft).into_iter().filter(is_asked)
}

/// What is missing, by window and unit.
fn all_holes(facts: &Facts, draft: &Draft) -> Vec<(WindowIx, UnitIx, Hole)> {
    let cover = Cover::new(facts, draft);
    let mut all: BTreeMap<(WindowIx, UnitIx), Vec<Hole>> = BTreeMap::new();
    for unit in facts.units.keys() {
        cover.walk(unit, |span, counting| {
            for window in facts.windows_at(span.from) {
                let holes = all.entry((window, unit)).or_default();
                for hole in holes_at(facts, counting, window, unit, span) {
                    add_hole(holes, hole);
                }
            }
        });
    }
    let mut sorted = Vec::new();
    for ((window, unit), mut holes) in all {
        holes.sort();
        sorted.extend(holes.into_iter().map(|hole| (window, unit, hole)));
    }
    sorted
}

/// Adds a hole, or lengthens the hole just before if the same is missing.
fn add_hole(holes: &mut Vec<Hole>, hole: Hole) {
    let before = holes
        .iter_mut()
        .rev()
        .find(|h| h.span.to == hole.span.from && (h.tier, h.short, &h.posts) == (hole.tier, hole.short, &hole.posts));
    match before {
        Some(before) => before.span.to = hole.span.to,
        None => holes.push(hole),
    }
}

fn bare(facts: &Facts, window: WindowIx, unit: UnitIx, hole: &Hole) -> Gap {
    Gap {
        window: facts.rota.windows[window].id.clone(),
        unit: facts.rota.units[unit].id.clone(),
        tier: facts.rota.units[unit].tiers[hole.tier].id.clone(),
        posts: hole.posts.iter().map(|post| facts.rota.posts[*post].id.clone()).collect(),
        span: hole.span,
        short: hole.short,
        releases: Vec::new(),
        bottleneck: None,
        people: Arc::default(),
        is_reached: false,
    }
}

/// What is missing at one tier over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Hole {
    span: Span,
    tier: TierIx,
    short: u32,
    posts: Vec<PostIx>,
}

fn holes_at(facts: &Facts, counting: &[BTreeSet<PersonIx>], window: WindowIx, unit: UnitIx, span: Span) -> Vec<Hole> {
    let posts = &facts.units[unit].posts;
    let need: Vec<i64> = posts.iter().map(|post| i64::from(facts.need(window, *post, span.from))).collect();
    let lacks: Vec<i64> = need.iter().zip(counting).map(|(need, who)| need - who.len() as i64).collect();
    let is_present = |n: &usize| !facts.posts[posts[*n]].on_call;
    let tier = |n: usize| facts.posts[posts[n]].tier;
    let mut holes = Vec::new();
    let mut counted: BTreeSet<usize> = BTreeSet::new();
    let mut worst = 0;
    for k in facts.units[unit].tiers.iter().rev().copied() {
        let above: Vec<usize> = (0..posts.len()).filter(is_present).filter(|n| tier(*n) >= k).collect();
        let short: i64 = above.iter().map(|n| lacks[*n]).sum();
        if short > worst {
            let open: Vec<usize> = above.iter().copied().filter(|n| lacks[*n] > 0).collect();
            counted.extend(&open);
            let posts = open.iter().map(|n| posts[*n]).collect();
            holes.push(Hole { span, tier: k, short: u32::try_from(short - worst).unwrap_or(u32::MAX), posts });
            worst = short;
        }
    }
    for n in (0..posts.len()).filter(|n| lacks[*n] > 0 && !counted.contains(n)) {
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

/// What one person answers of one gap.
struct Answer {
    why_not: WhyNot,
    /// The release that would close the gap by itself, if there is one.
    release: Option<(Reason, Release)>,
}

/// What the person answers of each gap.
fn answers_of(
    facts: &Facts,
    draft: &Draft,
    holes: &[(WindowIx, UnitIx, Hole)],
    person: PersonIx,
    has_ended: bool,
) -> Vec<Answer> {
    let mut finder = CauseFinder::new(facts, draft, person);
    let answer = |(_, unit, hole): &(WindowIx, UnitIx, Hole)| {
        let causes = causes_against(facts, &mut finder, *unit, hole, person, has_ended);
        let release = match causes[..] {
            [only] if hole.short == 1 => {
                let moved = || moved_to_marked(facts, draft, &mut finder, *unit, hole, person);
                only.release(facts, person).or_else(moved).map(|text| {
                    let person = facts.rota.people[person].id.clone();
                    (only.reason(), Release { person, clears: only.clears(facts), text: format!("if {text}") })
                })
            }
            _ => None,
        };
        let reasons: BTreeSet<Reason> = causes.iter().map(|cause| cause.reason()).collect();
        let mut texts: Vec<String> = Vec::new();
        for text in causes.iter().map(|cause| cause.text(facts, person, hole.span)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let why_not = WhyNot {
            person: facts.rota.people[person].id.clone(),
            reasons: reasons.into_iter().collect(),
            text: texts.join("; "),
        };
        Answer { why_not, release }
    };
    holes.iter().map(answer).collect()
}

/// Everything that keeps the person from closing the hole, on the post with the fewest causes.
fn causes_against(
    facts: &Facts,
    finder: &mut CauseFinder,
    unit: UnitIx,
    hole: &Hole,
    person: PersonIx,
    has_ended: bool,
) -> Vec<Cause> {
    if let Some(twice) = finder.twice(&hole.posts, hole.span).filter(|_| hole.short > 0) {
        return vec![twice];
    }
    let mut fewest: Option<Vec<Cause>> = None;
    for post in &hole.posts {
        let all = causes_on(facts, finder, unit, *post, hole.span);
        if fewest.as_ref().is_none_or(|fewest| all.len() < fewest.len()) {
            fewest = Some(all);
        }
    }
    let is_missing_a_senior = hole.short == 0;
    let mut causes = fewest.unwrap_or_default();
    causes.sort_by_key(|cause| cause.reason());
    if is_missing_a_senior && !facts.is_senior(person, unit) {
        causes.insert(0, Cause::Scope { unit, tier: hole.tier, post: None });
    } else if is_missing_a_senior && hole.posts.is_empty() {
        causes.push(Cause::Filled);
    }
    if causes.is_empty() {
        causes.push(if has_ended { Cause::Needed } else { Cause::TimeRanOut });
    }
    causes
}

/// Everything that keeps the person from one post of the unit over that time.
fn causes_on(facts: &Facts, finder: &mut CauseFinder, unit: UnitIx, post: PostIx, span: Span) -> Vec<Cause> {
    let segments = &facts.units[unit].segments;
    let mut all: Vec<Cause> = Vec::new();
    for segment in segments.partition_point(|s| s.to <= span.from)..segments.partition_point(|s| s.from < span.to) {
        for cause in finder.causes(post, segment) {
            if !all.iter().any(|known| known.is_same(*cause)) {
                all.push(*cause);
            }
        }
    }
    all
}

/// That the person could be on a post of the hole that somebody marked as essential, but for being proposed for one that
/// nobody did, in words that follow "if".
fn moved_to_marked(
    facts: &Facts,
    draft: &Draft,
    finder: &mut CauseFinder,
    unit: UnitIx,
    hole: &Hole,
    person: PersonIx,
) -> Option<String> {
    let is_marked = |post: PostIx| facts.rota.posts[post].essential;
    let post = hole.posts.iter().copied().filter(|post| is_marked(*post)).find_map(|post| {
        match causes_on(facts, finder, unit, post, hole.span)[..] {
            [Cause::OnPost { holder, post, .. }] if holder == person && !is_marked(post) => Some(post),
            _ => None,
        }
    })?;
    let first = draft.held.partition_point(|held| held.person < person);
    let mut held = draft.held[first..].iter().take_while(|held| held.person == person);
    held.any(|held| held.post == post && held.kept.is_none() && held.span.overlaps(hole.span)).then(|| {
        let [who, from] = [name(facts, person), words::safe(&facts.rota.posts[post].name).into_owned()];
        format!("{who} were moved from {from}, which nobody marked as essential")
    })
}

/// The releases, each of which closes the gap by itself: first people who are there already, then protected work,
/// duties, people who may cover the post and are away, and last people who would have to be cleared for it.
fn releases(people: &[Answer]) -> Vec<Release> {
    let mut single: Vec<&(Reason, Release)> = people.iter().filter_map(|answer| answer.release.as_ref()).collect();
    let rank = |reason: Reason| match reason {
        // Somebody who is there already.
        Reason::OnAnotherPost => 0,
        Reason::ProtectedSession => 1,
        Reason::OnDuty | Reason::OnCallDuty => 2,
        Reason::NotAvailable => 3,
        _ => 4,
    };
    // In the order of the rota among themselves.
    single.sort_by_key(|(reason, _)| rank(*reason));
    let mut told = BTreeSet::new();
    single.retain(|(_, release)| told.insert(&release.text));
    single.into_iter().map(|(_, release)| release.clone()).collect()
}

/// The shared cause where fewer people are free than there are places: of posts that require the same competency, or of
/// posts of the unit at this tier or above.
fn bottleneck(facts: &Facts, unit: UnitIx, hole: &Hole) -> Option<String> {
    let at = hole.span.from;
    let rota = facts.rota;
    let free = |person: PersonIx| {
        let who = &facts.people[person];
        !who.away.iter().chain(&who.busy).any(|span| span.contains(at))
    };
    let places = |wanted: &dyn Fn(PostIx) -> bool| -> (u32, usize) {
        let posts: Vec<PostIx> = facts.posts.keys().filter(|post| wanted(*post)).collect();
        let need = posts.iter().map(|post| facts.need_max(*post, at)).sum();
        let able = |person: &PersonIx| free(*person) && posts.iter().any(|post| facts.is_able(*person, *post));
        (need, facts.people.keys().filter(able).count())
    };
    let when = words::moment(rota.zone(), at);
    for post in &hole.posts {
        for competency in &rota.posts[*post].requires {
            let (need, people) = places(&|p| rota.posts[p].requires.contains(competency) && !facts.posts[p].on_call);
            if (people as u64) < u64::from(need) {
                let name = rota.competency(competency).map_or(competency.as_str(), |c| c.name.as_str());
                let whom = doctor_with(&words::inside(&words::safe(name)));
                return Some(format!("{} {whom} at {when}; {}", posts_need(need), who_is_free(people)));
            }
        }
    }
    let here = |p: PostIx| facts.posts[p].unit == unit && facts.posts[p].tier >= hole.tier && !facts.posts[p].on_call;
    let (need, people) = places(&here);
    ((people as u64) < u64::from(need)).then(|| {
        let unit_name = words::safe(&rota.units[unit].name);
        let tier = words::inside(&words::safe(&rota.units[unit].tiers[hole.tier].name));
        format!("{unit_name} needs {need} at {tier} or above at {when}; {}", who_is_free(people))
    })
}

fn posts_need(need: u32) -> String {
    if need == 1 { "1 post needs".to_owned() } else { format!("{need} posts need") }
}

/// `a resus lead`; of a competency that is not a name for somebody, `a doctor with the competency “airway skills”`.
fn doctor_with(competency: &str) -> String {
    let is_somebody = ["lead", "ist", "er", "or", "ian"].iter().any(|end| competency.ends_with(end));
    match competency.chars().next() {
        Some(first) if is_somebody && "aeiouAEIOU".contains(first) => format!("an {competency}"),
        Some(_) if is_somebody => format!("a {competency}"),
        _ => format!("a doctor with the competency “{competency}”"),
    }
}

fn who_is_free(people: usize) -> String {
    match people {
        0 => "nobody is free".to_owned(),
        1 => "only 1 is free".to_owned(),
        _ => format!("only {people} are free"),
    }
}
