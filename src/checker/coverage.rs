//! Cover step by step, for the grid and the curve: need, have and names of one unit in one window.

use super::context::{Context, Judged};
use super::finding::{CoverStep, NotCounted, PostStep};
use super::sweep::{On, Sweep, people_of};
use crate::model::{PersonId, Rota, UnitId, WindowId};

/// Need and cover of the unit in the window, step by step; nothing if there is no such window or unit.
pub fn coverage(rota: &Rota, window: &WindowId, unit: &UnitId) -> Vec<CoverStep> {
    coverage_in(&Context::new(rota), window, unit)
}

/// The same where the rota has been read already.
pub fn coverage_in(ctx: &Context, window: &WindowId, unit: &UnitId) -> Vec<CoverStep> {
    match (ctx.window_ix(window), ctx.unit_ix(unit)) {
        (Some(window), Some(unit)) => cover_steps(ctx, &Sweep::new(ctx, window, unit)),
        _ => Vec::new(),
    }
}

/// The steps of a sweep, neighbours that say the same joined.
pub(super) fn cover_steps(ctx: &Context, sweep: &Sweep) -> Vec<CoverStep> {
    let mut steps: Vec<CoverStep> = Vec::with_capacity(sweep.steps());
    for at in 0..sweep.steps() {
        let step = cover_step(ctx, sweep, at);
        match steps.last_mut() {
            Some(last) if same_but_for_time(last, &step) => last.span.to = step.span.to,
            _ => steps.push(step),
        }
    }
    steps
}

fn same_but_for_time(a: &CoverStep, b: &CoverStep) -> bool {
    let figures = |step: &CoverStep| (step.need, step.have, step.have_if_agreed, step.short, step.short_if_agreed);
    figures(a) == figures(b) && a.posts == b.posts
}

fn cover_step(ctx: &Context, sweep: &Sweep, at: usize) -> CoverStep {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let lowest = sweep.tiers(at).first().copied().unwrap_or_default();
    let short = |judged: Judged| number(sweep.tiers(at).iter().map(|tier| tier.short[judged.ix()]).sum());
    CoverStep {
        span: sweep.span(at),
        need: number(lowest.need),
        have: number(lowest.have[0]),
        have_if_agreed: number(lowest.have[1]),
        short: short(Judged::Agreed),
        short_if_agreed: short(Judged::IfAllAgree),
        posts: post_steps(ctx, sweep, at),
    }
}

fn post_steps(ctx: &Context, sweep: &Sweep, at: usize) -> Vec<PostStep> {
    let span = sweep.span(at);
    let id = |person: usize| -> PersonId { ctx.rota.people[person].id.clone() };
    let steps = sweep.posts(at).map(|(post, cover)| {
        let counts = |judged| -> Vec<PersonId> {
            people_of(&sweep.who_counts(ctx, judged, span, On::Post(post))).map(id).collect()
        };
        let not = sweep.who_does_not(ctx, Judged::Agreed, span, On::Post(post));
        let not_counted = not.into_iter();
        let not_counted =
            not_counted.map(|(person, why, status)| NotCounted { person: id(person), why: why.codes(), status });
        PostStep {
            post: ctx.rota.posts[post].id.clone(),
            need: cover.need,
            counts: counts(Judged::Agreed),
            counts_if_agreed: counts(Judged::IfAllAgree),
            not_counted: not_counted.collect(),
        }
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Code;
    use crate::checker::testing::rota;
    use crate::model::{Status, words};

    #[test]
    fn a_step_lasts_while_all_stays_the_same() {
        let rota = rota(
            "
person AN: not available 10:00-11:00
                   |08  09  10  |
A&E consultant 1   |HG  .   .   |
A&E middle grade 1 |KP  KP? AN  |
",
        );
        let steps = coverage(&rota, &rota.windows[0].id, &rota.units[0].id);
        let told: Vec<String> = steps
            .iter()
            .map(|s| {
                let times = words::times(rota.zone(), s.span);
                format!("{times} need {} have {}+{} short {}", s.need, s.have, s.have_if_agreed - s.have, s.short)
            })
            .collect();
        assert_eq!(
            told,
            [
                "08:00–09:00 need 2 have 2+0 short 0",
                "09:00–10:00 need 2 have 0+1 short 2",
                "10:00–11:00 need 2 have 0+0 short 2",
            ]
        );
        let not_counted: Vec<_> = steps.iter().map(|step| step.posts[1].not_counted.clone()).collect();
        assert_eq!(not_counted[0], []);
        assert_eq!(
            not_counted[1],
            [NotCounted { person: rota.people[2].id.clone(), why: vec![], status: Status::Asked }]
        );
        assert_eq!(
            not_counted[2],
            [NotCounted { person: rota.people[0].id.clone(), why: vec![Code::Avl1], status: Status::Agreed }]
        );
    }
}
