//! COV-5: a unit is short while somebody could move there from a post that has more than it needs.
//!
//! A move is offered only if it helps: not within the tier that is short, where the mover is counted already, and not
//! out of another unit that would then be short itself.

use super::context::{Context, Judged, PersonIx, PostIx, TierIx, WindowIx};
use super::rule::{Check, Found, Rule};
use super::short_of_normal::{place, shortages};
use super::spans;
use super::sweep::{Counted, Sweep};
use super::{Code, Finding, Severity, said};
use crate::model::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Cov5,
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
    for sweep in sweeps {
        for tier in 0..ctx.units[sweep.unit].tiers {
            for (span, shortage) in shortages(sweep, tier).into_iter().filter(|(_, s)| s.judged == Judged::Agreed) {
                let moves = moves(ctx, sweeps, sweep, tier, span);
                if !moves.is_empty() {
                    found.tell(finding(ctx, sweep, tier, span, shortage.short, &moves));
                }
            }
        }
    }
}

/// Somebody who could move from a post, and when.
struct Move {
    person: PersonIx,
    from: PostIx,
    times: Vec<Span>,
}

fn finding(ctx: &Context, sweep: &Sweep, tier: TierIx, span: Span, short: u64, moves: &[Move]) -> Finding {
    let mut by_post: Vec<(PostIx, Vec<(PersonIx, Vec<Span>)>)> = Vec::new();
    for one in moves {
        let mover = (one.person, one.times.clone());
        match by_post.iter_mut().find(|(post, _)| *post == one.from) {
            Some((_, movers)) => movers.push(mover),
            None => by_post.push((one.from, vec![mover])),
        }
    }
    let say = |(post, movers): &(PostIx, Vec<(PersonIx, Vec<Span>)>)| {
        format!("{} could move from {}", said::names(ctx, movers, span), ctx.post_name(*post))
    };
    let said: Vec<String> = by_post.iter().map(say).collect();
    let place = place(ctx, sweep.unit, tier);
    let message = format!("{place} is {short} short, {}: {}", ctx.when(span), said.join("; "));
    let mut posts: Vec<PostIx> = moves.iter().map(|one| one.from).collect();
    posts.sort_unstable();
    posts.dedup();
    let mut people: Vec<PersonIx> = moves.iter().map(|one| one.person).collect();
    people.dedup();
    let mut finding = Finding::new(Code::Cov5, Severity::Info, message)
        .at(ctx, sweep.window, sweep.unit)
        .when(span)
        .posts(ctx, posts)
        .people(ctx, people);
    finding.tier = ctx.rota.units[sweep.unit].tiers.get(tier).map(|tier| tier.id.clone());
    finding
}

/// Everybody who could move to where the unit is short at the tier, by person and post.
fn moves(ctx: &Context, sweeps: &[Sweep], short: &Sweep, tier: TierIx, span: Span) -> Vec<Move> {
    let targets = targets(ctx, short, tier, span);
    let mut moves = Vec::new();
    for other in sweeps {
        for counted in other.counted(Judged::Agreed) {
            let post = &ctx.posts[counted.post];
            let is_counted_already = other.unit == short.unit && post.tier >= tier;
            let Some(shared) = counted.span.overlap(span).filter(|_| !post.on_call && !is_counted_already) else {
                continue;
            };
            let spare = spare(ctx, other, counted, shared, other.unit == short.unit);
            let fit = targets.iter().filter(|(to, _)| {
                *to != counted.post && ctx.is_in_scope(counted.person, *to) && ctx.is_able(counted.person, *to)
            });
            let times = fit.flat_map(|(_, when)| spare.iter().flat_map(|part| spans::within(when, *part)));
            let times = spans::union(times.collect());
            if !times.is_empty() {
                moves.push(Move { person: counted.person, from: counted.post, times });
            }
        }
    }
    moves.sort_by(|a, b| (a.person, a.from, &a.times).cmp(&(b.person, b.from, &b.times)));
    moves
}

/// The posts of the unit at the tier or above that have fewer than they need, with those times.
fn targets(ctx: &Context, short: &Sweep, tier: TierIx, span: Span) -> Vec<(PostIx, Vec<Span>)> {
    let posts = ctx.units[short.unit].posts.iter().copied().enumerate();
    let posts = posts.filter(|(_, post)| !ctx.posts[*post].on_call && ctx.posts[*post].tier >= tier);
    let short = posts.map(|(place, post)| {
        let lacks = |step: usize| {
            let cover = short.post(step, place);
            (cover.have[0] < cover.need).then_some(())
        };
        let runs = short.runs(lacks).into_iter().filter_map(|(run, ())| run.overlap(span));
        (post, runs.collect::<Vec<_>>())
    });
    short.filter(|(_, when)| !when.is_empty()).collect()
}

/// When the post that somebody counts on has more than it needs, and its unit would not be short without.
fn spare(ctx: &Context, other: &Sweep, counted: &Counted, shared: Span, same_unit: bool) -> Vec<Span> {
    let Ok(place) = ctx.units[other.unit].posts.binary_search(&counted.post) else { return Vec::new() };
    let is_spare = |step: usize| {
        let cover = other.post(step, place);
        let tiers = &other.tiers(step)[..=ctx.posts[counted.post].tier];
        cover.have[0] > cover.need && (same_unit || tiers.iter().all(|tier| tier.have[0] > tier.need))
    };
    let steps = (0..other.steps()).filter(|step| is_spare(*step));
    spans::union(steps.filter_map(|step| other.span(step).overlap(shared)).collect())
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
    fn another_unit_gives_only_what_it_can_spare() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO, Consultant
person HG: A&E never
person RS: ICU up to SHO
                 |08  09  |
A&E SHO 1        |.       |
ICU SHO          |RS      |
ICU consultant 1 |HG  .   |
                  ^^^^^^^^ info: A&E, SHO is 1 short, 08:00–10:00 Tue 26-Apr-2016: RS 08:00–09:00 could move from ICU SHO
",
        );
    }
}
