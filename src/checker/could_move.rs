//! COV-5: a unit is short while somebody could move there from a post that has more than it needs.
//!
//! Asked of every shortage, of those that there would be if all agree too. Who has declined the short post is not
//! offered for it.

use super::context::{Context, Judged, PersonIx, PostIx, TierIx, WindowIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::short_of_normal::{place, shortages};
use super::spans;
use super::sweep::{Counted, PersonTime, Sweep};
use super::{Code, Finding, Severity, said};
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    code: Code::Cov5,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Info,
    severity: "info",
    title: "Somebody could move",
    why: "A gap is closed fastest by somebody who is already there and spare.",
    source: "Follows from COV-1",
    example: "
person CT: A&E up to SHO
                   |08  09  |
A&E middle grade 1 |KP  .   |
A&E SHO 1          |RS      |
                   |CT      |
                        ^^^^ info: A&E, middle grade or above is 1 short, 09:00–10:00 Tue 26-Apr-2016: RS could move from A&E SHO
",
    check: Check::Window(check),
};

fn check(ctx: &Context, _window: WindowIx, sweeps: &[Sweep], found: &mut Found) {
    // Few posts have somebody to spare: they are looked for once, and only if some unit is short at all.
    let mut spare: [Option<Vec<Spare>>; 2] = [None, None];
    let mut blocked = Blocked::default();
    for sweep in sweeps {
        for tier in 0..ctx.units[sweep.unit].tiers {
            let shortages = shortages(sweep, tier);
            if shortages.len() > SHORTAGES_MAX {
                found.findings.leave_out();
            }
            for (span, shortage) in shortages.into_iter().take(SHORTAGES_MAX) {
                let judged = shortage.judged;
                let spare = spare[judged.ix()].get_or_insert_with(|| all_spare(ctx, sweeps, judged, &mut blocked));
                if spare.is_empty() {
                    continue;
                }
                let targets = targets(ctx, sweep, judged, tier, span);
                let moves = moves(ctx, judged, spare, &targets, span, &mut blocked);
                if !moves.is_empty() {
                    found.tell(finding(ctx, sweep, tier, span, shortage.short, &moves));
                }
            }
        }
    }
}

/// For so many shortages of one tier in one window somebody is looked for, at most, and so many people are looked at.
const SHORTAGES_MAX: usize = 500;
const SPARE_MAX: usize = 1_000;

/// So many are named in a message, at most; the finding itself names all.
const NAMES_MAX: usize = 6;

/// Somebody who counts on a post that has more than it needs.
struct Spare {
    counted: Counted,
    /// When it has.
    times: Vec<Span>,
    /// When, of that, nothing stands against the person elsewhere.
    free: Vec<Span>,
    /// Other posts that the person holds or has declined: for them `free` does not say.
    other_posts: Vec<PostIx>,
}

/// When people, having left one post, could not count on another: of one person worked out once, however many entries
/// that takes.
#[derive(Default)]
struct Blocked(BTreeMap<(Judged, PersonIx, PostIx, Option<PostIx>), Vec<Span>>);

impl Blocked {
    fn of(&mut self, ctx: &Context, judged: Judged, person: PersonIx, from: PostIx, to: Option<PostIx>) -> &[Span] {
        let blocked = || ctx.people[person].blocked(to, from, judged, &ctx.posts, &ctx.sessions);
        self.0.entry((judged, person, from, to)).or_insert_with(blocked)
    }
}

/// Every post that the person holds or has declined.
fn posts_of(ctx: &Context, person: PersonIx) -> BTreeSet<PostIx> {
    let facts = &ctx.people[person];
    facts.assignments.iter().chain(&facts.declined).map(|held| held.post).collect()
}

fn all_spare(ctx: &Context, sweeps: &[Sweep], judged: Judged, blocked: &mut Blocked) -> Vec<Spare> {
    let mut all = Vec::new();
    let mut posts: BTreeMap<PersonIx, BTreeSet<PostIx>> = BTreeMap::new();
    for sweep in sweeps {
        if !sweep.has_spare(judged) {
            continue;
        }
        let places = ctx.units[sweep.unit].posts.iter().enumerate();
        let times: Vec<Vec<Span>> = places.map(|(place, _)| spare_times(sweep, judged, place)).collect();
        for counted in sweep.counted(judged) {
            let Ok(place) = ctx.units[sweep.unit].posts.binary_search(&counted.post) else { continue };
            let times: Vec<Span> = spans::within(&times[place], counted.span).collect();
            if !times.is_empty() && all.len() < SPARE_MAX {
                let (person, from) = (counted.person, counted.post);
                let held = posts.entry(person).or_insert_with(|| posts_of(ctx, person));
                let other_posts = held.iter().copied().filter(|post| *post != from).collect();
                let free = spans::without(&times, blocked.of(ctx, judged, person, from, None));
                all.push(Spare { counted: *counted, free, times, other_posts });
            }
        }
    }
    all
}

/// When the unit's post at that place has more than it needs.
fn spare_times(sweep: &Sweep, judged: Judged, place: usize) -> Vec<Span> {
    let is_spare = |step: usize| {
        let cover = sweep.post(step, place);
        (cover.have[judged.ix()] > cover.need).then_some(())
    };
    sweep.runs(is_spare).into_iter().map(|(run, ())| run).collect()
}

/// Somebody who could move from a post, and when.
struct Move {
    person: PersonIx,
    from: PostIx,
    times: Vec<Span>,
}

fn finding(ctx: &Context, sweep: &Sweep, tier: TierIx, span: Span, short: u64, moves: &[Move]) -> Finding {
    let mut by_post: Vec<(PostIx, Vec<PersonTime>)> = Vec::new();
    for one in &moves[..moves.len().min(NAMES_MAX)] {
        let who = one.times.iter().map(|time| (one.person, *time));
        match by_post.iter_mut().find(|(post, _)| *post == one.from) {
            Some((_, others)) => others.extend(who),
            None => by_post.push((one.from, who.collect())),
        }
    }
    let say = |(post, who): &(PostIx, Vec<PersonTime>)| {
        let mut text = String::with_capacity(said::MESSAGE_LETTERS);
        said::push_names(&mut text, ctx, who, span);
        text + " could move from " + &ctx.post_name(*post)
    };
    let mut said: Vec<String> = by_post.iter().map(say).collect();
    let place = place(ctx, sweep.unit, tier);
    let mut posts: Vec<PostIx> = moves.iter().map(|one| one.from).collect();
    posts.sort_unstable();
    posts.dedup();
    let mut people: Vec<PersonIx> = moves.iter().map(|one| one.person).collect();
    people.dedup();
    let mut named: Vec<PersonIx> = by_post.iter().flat_map(|(_, who)| who.iter().map(|(person, _)| *person)).collect();
    named.sort_unstable();
    named.dedup();
    match people.len() - named.len() {
        0 => {}
        1 => said.push("1 other could move".to_owned()),
        others => said.push(format!("{others} others could move")),
    }
    let message = format!("{place} is {short} short, {}: {}", ctx.when(span), said.join("; "));
    let mut finding = Finding::new(Code::Cov5, Severity::Info, message)
        .at(ctx, sweep.window, sweep.unit)
        .when(span)
        .posts(ctx, posts)
        .people(ctx, people);
    finding.tier = ctx.rota.units[sweep.unit].tiers.get(tier).map(|tier| tier.id.clone());
    finding
}

/// A post that is short, and when.
type Target = (PostIx, Vec<Span>);

/// Everybody who could move to one of the posts when it is short, in `span`, by person and post.
fn moves(
    ctx: &Context,
    judged: Judged,
    spare: &[Spare],
    targets: &[Target],
    span: Span,
    blocked: &mut Blocked,
) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    let mut times: Vec<Span> = Vec::new();
    for spare in spare.iter().filter(|spare| spare.counted.span.overlaps(span)) {
        let (person, from) = (spare.counted.person, spare.counted.post);
        times.clear();
        if could_go_any_time(ctx, spare, targets, span) {
            times.extend(spans::within(&spare.free, span));
        } else {
            for (to, when) in targets.iter().filter(|(to, _)| *to != from) {
                let before = times.len();
                add_times(ctx, judged, spare, (*to, when.as_slice()), blocked, &mut times);
                if times.len() > before && !may_hold(ctx, person, *to) {
                    times.truncate(before);
                }
            }
        }
        if !times.is_empty() {
            moves.push(Move { person, from, times: times.clone() });
        }
    }
    moves.sort_by_key(|one| (one.person, one.from));
    moves.dedup_by(|next, last| {
        let joins = (next.person, next.from) == (last.person, last.from);
        if joins {
            last.times.append(&mut next.times);
        }
        joins
    });
    for one in &mut moves {
        one.times = spans::union(std::mem::take(&mut one.times));
    }
    moves
}

/// Whether `free` is all there is to say: the person may hold a post that is short for the whole of `span`, and has
/// nothing to do with any that is short.
fn could_go_any_time(ctx: &Context, spare: &Spare, targets: &[Target], span: Span) -> bool {
    let (person, from) = (spare.counted.person, spare.counted.post);
    targets.iter().all(|(to, _)| !spare.other_posts.contains(to))
        && targets.iter().any(|(to, when)| *to != from && *when == [span] && may_hold(ctx, person, *to))
}

fn may_hold(ctx: &Context, person: PersonIx, post: PostIx) -> bool {
    ctx.is_in_scope(person, post) && ctx.is_able(person, post)
}

/// Adds when the spare person could be on a post that is short at those times.
fn add_times(
    ctx: &Context,
    judged: Judged,
    spare: &Spare,
    (to, when): (PostIx, &[Span]),
    blocked: &mut Blocked,
    times: &mut Vec<Span>,
) {
    if spare.other_posts.contains(&to) {
        // What the person holds or has declined on that very post makes it another matter.
        let blocked = blocked.of(ctx, judged, spare.counted.person, spare.counted.post, Some(to));
        add_shared(&spans::without(&spare.times, blocked), when, times);
    } else {
        add_shared(&spare.free, when, times);
    }
}

/// Adds what two sets of time share.
fn add_shared(one: &[Span], other: &[Span], times: &mut Vec<Span>) {
    times.extend(one.iter().flat_map(|a| other.iter().filter_map(|b| a.overlap(*b))));
}

/// The posts of the unit at the tier or above that have fewer than they need, with those times in `span`.
fn targets(ctx: &Context, short: &Sweep, judged: Judged, tier: TierIx, span: Span) -> Vec<Target> {
    let posts = ctx.units[short.unit].posts.iter().copied().enumerate();
    let posts = posts.filter(|(_, post)| !ctx.posts[*post].on_call && ctx.posts[*post].tier >= tier);
    let short = posts.map(|(place, post)| {
        let lacks = |step: usize| {
            let cover = short.post(step, place);
            (cover.have[judged.ix()] < cover.need).then_some(())
        };
        let runs = short.runs(lacks).into_iter().filter_map(|(run, ())| run.overlap(span));
        (post, runs.collect::<Vec<_>>())
    });
    short.filter(|(_, when)| !when.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn nobody_is_taken_from_a_post_that_has_just_enough() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E middle grade 1 |.       |
A&E SHO 1          |RS      |
",
        );
    }

    #[test]
    fn nobody_moves_who_may_not_cover_there() {
        check_rule(
            &RULE,
            "
person RS: A&E up to SHO
                   |08  09  |
A&E middle grade 1 |.       |
A&E SHO            |RS      |
",
        );
    }

    #[test]
    fn another_unit_can_give_and_who_has_declined_is_not_offered() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO, Consultant
person RS: ICU up to SHO
person AN: ICU up to SHO
          |08  09  |
A&E SHO 1 |        |
          |AN/     |
ICU SHO 1 |RS      |
          |AN  .   |
           ^^^^^^^^ info: A&E, SHO is 1 short, 08:00–10:00 Tue 26-Apr-2016: RS 08:00–09:00 could move from ICU SHO
",
        );
    }

    #[test]
    fn whoever_is_on_call_may_come_in_unless_something_else_is_on() {
        check_rule(
            &RULE,
            "
post Home: A&E consultant, on call
session Skin clinic: MW; 08:00-10:00
          |08  09  |
A&E SHO 1 |        |
Home      |HG      |
          |MW      |
           ^^^^^^^^ info: A&E, SHO or above is 1 short, 08:00–10:00 Tue 26-Apr-2016: HG could move from Home
",
        );
    }
}
