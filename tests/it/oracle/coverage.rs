//! COV-1 to COV-6, whether a whole normal day is entered, and the minutes beside the verdicts.

use std::collections::{BTreeMap, BTreeSet};

use cover_rota::checker::{Code, Severity};
use cover_rota::model::Status;

use super::Row;
use super::numbers::{Moment, Numbers};
use super::runs::{Run, Runs};

/// For each unit: need summed over posts (not on call) and minutes, and the shortage summed over tiers and minutes.
pub(super) fn minutes(numbers: &Numbers, w: usize) -> Vec<(u64, u64)> {
    let units = 0..numbers.unit_count();
    let sums = units.map(|u| {
        let moments = numbers.moments[w].iter();
        moments.fold((0, 0), |(normal, short), moment| {
            let tiers = &moment.tiers[u];
            (normal + tiers[0].need, short + tiers.iter().map(|tier| tier.shortage).sum::<u64>())
        })
    });
    sums.collect()
}

pub(super) fn findings(agreed: &Numbers, all: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for w in 0..agreed.windows.len() {
        for u in 0..agreed.unit_count() {
            rows.extend(example_staffing(agreed, w, u));
            if agreed.windows[w].closed[u] {
                continue;
            }
            let shortages = shortages(agreed, all, w, u);
            rows.extend(shortages.iter().map(|run| shortage_row(agreed, w, u, run)));
            rows.extend(shortages.iter().filter_map(|run| could_move(agreed, all, w, u, run)));
            rows.extend(no_senior(agreed, all, w, u));
            rows.extend(no_normal_staffing(agreed, w, u));
        }
        rows.extend(posts_not_covered(agreed, all, w));
    }
    rows
}

/// The key of COV-1, and whether it exists only if all agree.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shortage {
    only_if_all: bool,
    tier: usize,
    short: u64,
    need: u64,
    have: u64,
    have_if_agreed: u64,
}

/// Who was named over an interval.
#[derive(Default)]
struct Named {
    counting: BTreeSet<usize>,
    not_counted: BTreeMap<usize, BTreeSet<Code>>,
}

fn shortages(agreed: &Numbers, all: &Numbers, w: usize, u: usize) -> Vec<Run<Shortage, Named>> {
    let mut runs = Runs::new();
    for (now, then) in agreed.moments[w].iter().zip(&all.moments[w]) {
        for (tier, (figures, figures_then)) in now.tiers[u].iter().zip(&then.tiers[u]).enumerate() {
            let only_if_all = figures.shortage == 0;
            let short = if only_if_all { figures_then.shortage } else { figures.shortage };
            if short == 0 {
                continue;
            }
            let key = Shortage {
                only_if_all,
                tier,
                short,
                need: figures.need,
                have: figures.have,
                have_if_agreed: figures_then.have,
            };
            let posts: Vec<usize> = agreed.posts_from(u, tier).collect();
            let counting = if only_if_all { &then.counting } else { &now.counting };
            name(agreed, all, &posts, counting, now.minute, only_if_all, runs.mark(now.minute, key));
        }
    }
    runs.finish()
}

/// Adds who counts on the posts at this minute, and who is named there but does not count, and why.
fn name(
    agreed: &Numbers,
    all: &Numbers,
    posts: &[usize],
    counting: &[Vec<usize>],
    minute: i64,
    only_if_all: bool,
    named: &mut Named,
) {
    let who: BTreeSet<usize> = posts.iter().flat_map(|q| counting[*q].iter().copied()).collect();
    let standing = || agreed.assignments.iter().filter(|a| posts.contains(&a.post) && a.stands_at(minute));
    let people: BTreeSet<usize> = standing().map(|a| a.person).filter(|p| !who.contains(p)).collect();
    for person in people {
        let why = named.not_counted.entry(person).or_default();
        let has_agreed = standing().any(|a| a.person == person && a.status == Status::Agreed);
        for a in standing().filter(|a| a.person == person) {
            if only_if_all || !has_agreed {
                why.extend(all.why_not(person, a.post, minute));
            } else if a.status == Status::Agreed {
                why.extend(agreed.why_not(person, a.post, minute));
            }
        }
    }
    named.counting.extend(who);
}

fn severity(only_if_all: bool) -> Severity {
    if only_if_all { Severity::Warning } else { Severity::Error }
}

fn shortage_row(numbers: &Numbers, w: usize, u: usize, run: &Run<Shortage, Named>) -> Row {
    let key = &run.key;
    Row {
        span: Some((run.from, run.to)),
        tier: Some(numbers.tier_name(u, key.tier)),
        people: numbers.people_names(run.gathered.counting.iter().copied()),
        not_counted: not_counted_names(numbers, &run.gathered),
        need: Some(key.need),
        have: Some(key.have),
        have_if_agreed: Some(key.have_if_agreed),
        short: Some(key.short),
        ..numbers.row(Code::Cov1, severity(key.only_if_all), Some(w), Some(u))
    }
}

fn not_counted_names(numbers: &Numbers, named: &Named) -> Vec<(String, Vec<Code>)> {
    let people = named.not_counted.iter();
    let mut names: Vec<_> =
        people.map(|(p, why)| (numbers.rota.people[*p].id.to_string(), why.iter().copied().collect())).collect();
    names.sort();
    names
}

/// COV-2 of all posts of open units, on-call posts too.
fn posts_not_covered(agreed: &Numbers, all: &Numbers, w: usize) -> Vec<Row> {
    let mut runs: Runs<(usize, bool, u64, usize, usize), Named> = Runs::new();
    for (now, then) in agreed.moments[w].iter().zip(&all.moments[w]) {
        for q in 0..agreed.posts.len() {
            let (need, have, have_then) = (now.needs[q], now.counting[q].len(), then.counting[q].len());
            let only_if_all = have as u64 >= need;
            if only_if_all && have_then as u64 >= need {
                continue;
            }
            let counting = if only_if_all { &then.counting } else { &now.counting };
            let named = runs.mark(now.minute, (q, only_if_all, need, have, have_then));
            name(agreed, all, &[q], counting, now.minute, only_if_all, named);
        }
    }
    let rows = runs.finish().into_iter().map(|run| {
        let (q, only_if_all, need, have, have_then) = run.key;
        let post = &agreed.posts[q];
        let severity = if post.essential { severity(only_if_all) } else { Severity::Warning };
        Row {
            span: Some((run.from, run.to)),
            posts: agreed.post_names([q]),
            people: agreed.people_names(run.gathered.counting.iter().copied()),
            not_counted: not_counted_names(agreed, &run.gathered),
            need: Some(need),
            have: Some(have as u64),
            have_if_agreed: Some(have_then as u64),
            short: Some(need - if only_if_all { have_then } else { have } as u64),
            ..agreed.row(Code::Cov2, severity, Some(w), Some(post.unit))
        }
    });
    rows.collect()
}

fn no_senior(agreed: &Numbers, all: &Numbers, w: usize, u: usize) -> Vec<Row> {
    let unit = &agreed.rota.units[u];
    let Some(senior_from) = &unit.senior_from else { return vec![] };
    let tier = unit.tiers.iter().position(|t| t.id == *senior_from).expect("a tier of the unit");
    let has_senior = |moment: &Moment| {
        let mut counting = agreed.posts_from(u, 0).flat_map(|q| &moment.counting[q]);
        counting.any(|person| agreed.may_cover_all_of(*person, u, tier))
    };
    let mut runs: Runs<bool, ()> = Runs::new();
    for (now, then) in agreed.moments[w].iter().zip(&all.moments[w]) {
        let need = agreed.need_of_unit(u, now);
        if need > 0 && !has_senior(now) {
            runs.mark(now.minute, false);
        } else if need > 0 && !has_senior(then) {
            runs.mark(now.minute, true);
        }
    }
    let rows = runs.finish().into_iter().map(|run| Row {
        span: Some((run.from, run.to)),
        ..agreed.row(Code::Cov3, severity(run.key), Some(w), Some(u))
    });
    rows.collect()
}

/// Whether nobody is needed at this moment though the unit is not shut.
fn is_not_entered(numbers: &Numbers, w: usize, u: usize, moment: &Moment) -> bool {
    numbers.need_of_unit(u, moment) == 0 && !numbers.is_shut(w, u, moment.minute)
}

/// Whether a promise can be made: the figures are the unit's own, and entered for every minute at which it is not shut.
pub(super) fn has_whole_normal_day(numbers: &Numbers, w: usize, u: usize) -> bool {
    let mut moments = numbers.moments[w].iter();
    !numbers.windows[w].example && !moments.any(|moment| is_not_entered(numbers, w, u, moment))
}

/// COV-4: over the whole window where nobody is ever needed, else each stretch outside the hours in which it is shut.
fn no_normal_staffing(numbers: &Numbers, w: usize, u: usize) -> Vec<Row> {
    let never = numbers.moments[w].iter().all(|moment| numbers.need_of_unit(u, moment) == 0);
    let mut runs: Runs<(), ()> = Runs::new();
    for moment in &numbers.moments[w] {
        if never || is_not_entered(numbers, w, u, moment) {
            runs.mark(moment.minute, ());
        }
    }
    let rows = runs.finish().into_iter().map(|run| Row {
        span: Some((run.from, run.to)),
        ..numbers.row(Code::Cov4, Severity::Warning, Some(w), Some(u))
    });
    rows.collect()
}

/// COV-6, of a closed unit too.
fn example_staffing(numbers: &Numbers, w: usize, u: usize) -> Option<Row> {
    let window = &numbers.windows[w];
    let has_lines = window.lines.iter().any(|line| numbers.posts[line.post].unit == u);
    (window.example && has_lines).then(|| Row {
        span: Some((window.at.from, window.at.to)),
        ..numbers.row(Code::Cov6, Severity::Warning, Some(w), Some(u))
    })
}

/// COV-5: who counts where there are more than needed, and could count on a short post of the unit instead.
fn could_move(agreed: &Numbers, all: &Numbers, w: usize, u: usize, run: &Run<Shortage, Named>) -> Option<Row> {
    let numbers = if run.key.only_if_all { all } else { agreed };
    let mut movers = BTreeSet::new();
    let mut spare_posts = BTreeSet::new();
    for moment in numbers.moments[w].iter().filter(|m| run.from <= m.minute && m.minute < run.to) {
        let have = |q: usize| moment.counting[q].len() as u64;
        let short_posts: Vec<usize> =
            numbers.posts_from(u, run.key.tier).filter(|q| have(*q) < moment.needs[*q]).collect();
        for spare in (0..numbers.posts.len()).filter(|r| have(*r) > moment.needs[*r]) {
            for person in &moment.counting[spare] {
                if short_posts.iter().any(|q| could_count(numbers, *person, spare, *q, moment.minute)) {
                    movers.insert(*person);
                    spare_posts.insert(spare);
                }
            }
        }
    }
    (!movers.is_empty()).then(|| Row {
        span: Some((run.from, run.to)),
        tier: Some(numbers.tier_name(u, run.key.tier)),
        posts: numbers.post_names(spare_posts),
        people: numbers.people_names(movers),
        ..numbers.row(Code::Cov5, Severity::Info, Some(w), Some(u))
    })
}

/// Whether somebody who leaves one post could count on another, not on call, at this minute.
fn could_count(numbers: &Numbers, person: usize, leaves: usize, post: usize, minute: i64) -> bool {
    let mut others = numbers.assignments.iter().filter(|a| a.person == person && a.at.holds(minute));
    let obstructed = others.any(|a| {
        a.post == post && a.status == Status::Declined
            || a.status == Status::Agreed && a.post != leaves && a.post != post && numbers.is_presence(a)
    });
    !obstructed
        && numbers.is_in_scope(person, post)
        && !numbers.lacks_competency(person, post)
        && !numbers.is_not_available(person, minute)
        && !numbers.is_in_running_session(person, minute)
        && !numbers.is_on_duty_at_work_or_elsewhere(person, minute)
}
