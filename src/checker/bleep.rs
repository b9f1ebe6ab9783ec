//! CON-1: an essential post cannot be rung, or two posts would be rung at once.
//!
//! Said of the time in each window when the post, or both posts, are needed; of two posts in each of their units.

use super::context::{Context, PostIx, WindowIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, spans};
use crate::model::{Span, words};

/// A post is told with so many others that have its bleep, at most.
const SHARED_MAX: usize = 50;

pub(super) const RULE: Rule = Rule {
    code: Code::Con1,
    family: Family::Unit,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Bleep missing or shared",
    why: "Switchboard rings the bleep on the sheet. If it is missing nobody comes; if two posts share it, the wrong \
          one does.",
    source: "NHS England, planning for industrial action: contact details of all cover at switchboard",
    example: "
post Resus: A&E middle grade, essential
post Majors: A&E middle grade, bleep 2145
post Minors: A&E SHO, bleep 2145
normal Resus: 1 08:00-17:00
normal Majors: 1 08:00-17:00
normal Minors: 1 13:00-17:00
warning: A&E, Resus: essential, but has no bleep, 08:00–17:00 Tue 26-Apr-2016
warning: Majors and Minors have the same bleep, 2145, 13:00–17:00 Tue 26-Apr-2016
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    for window in 0..ctx.windows.len() {
        let needed: Vec<PostIx> = (0..ctx.posts.len()).filter(|post| !ctx.need(window, *post).is_empty()).collect();
        missing(ctx, window, &needed, found);
        shared(ctx, window, &needed, found);
    }
}

fn bleep<'a>(ctx: &Context<'a>, post: PostIx) -> &'a str {
    ctx.post(post).bleep.trim()
}

fn missing(ctx: &Context, window: WindowIx, needed: &[PostIx], found: &mut Found) {
    for post in needed.iter().copied().filter(|post| ctx.posts[*post].essential && bleep(ctx, *post).is_empty()) {
        for span in times(ctx, window, post) {
            let (name, unit) = (ctx.post_name(post), ctx.posts[post].unit);
            let message = format!("{}, {name}: essential, but has no bleep, {}", ctx.unit_name(unit), ctx.when(span));
            let finding = Finding::new(Code::Con1, Severity::Warning, message);
            found.tell(finding.at(ctx, window, unit).when(span).posts(ctx, [post]));
        }
    }
}

fn shared(ctx: &Context, window: WindowIx, needed: &[PostIx], found: &mut Found) {
    let mut by_bleep: Vec<(&str, PostIx)> =
        needed.iter().map(|post| (bleep(ctx, *post), *post)).filter(|(bleep, _)| !bleep.is_empty()).collect();
    by_bleep.sort_unstable();
    for same in by_bleep.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, post)) in same.iter().enumerate() {
            // A bleep that very many posts share is one mistake: the later ones are told with the first few only.
            for (_, first) in &same[..at.min(SHARED_MAX)] {
                pair(ctx, window, *first, *post, found);
            }
        }
    }
}

fn pair(ctx: &Context, window: WindowIx, a: PostIx, b: PostIx, found: &mut Found) {
    let mut units = vec![ctx.posts[a].unit, ctx.posts[b].unit];
    units.dedup();
    let other = times(ctx, window, b);
    for span in times(ctx, window, a).into_iter().flat_map(|span| spans::within(&other, span)) {
        let (first, second) = (ctx.post_name(a), ctx.post_name(b));
        let (bleep, when) = (words::safe(bleep(ctx, a)), ctx.when(span));
        let message = format!("{first} and {second} have the same bleep, {bleep}, {when}");
        for unit in &units {
            let finding = Finding::new(Code::Con1, Severity::Warning, message.clone());
            found.tell(finding.at(ctx, window, *unit).when(span).posts(ctx, [a, b]));
        }
    }
}

/// When the post is needed, however much.
fn times(ctx: &Context, window: WindowIx, post: PostIx) -> Vec<Span> {
    spans::union(ctx.need(window, post).iter().map(|step| step.span).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_bleep_handed_on_from_one_post_to_the_next_is_right() {
        check_rule(
            &RULE,
            "
post Day: A&E SHO, bleep 2145
post Evening: A&E SHO, bleep 2145
normal Day: 1 08:00-13:00
normal Evening: 1 13:00-17:00
",
        );
        check_rule(
            &RULE,
            "
post Day: A&E SHO, bleep 2145
post Evening: A&E SHO, bleep 2145
normal Day: 1 08:00-13:01
normal Evening: 1 13:00-17:00
warning: Day and Evening have the same bleep, 2145, 13:00–13:01 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn two_units_are_both_told() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO
post Day: A&E SHO, bleep 2145
post Unit: ICU SHO, bleep 2145
normal Day: 1 08:00-13:00
normal Unit: 1 08:00-17:00
warning: Day and Unit have the same bleep, 2145, 08:00–13:00 Tue 26-Apr-2016
warning: Day and Unit have the same bleep, 2145, 08:00–13:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn what_nobody_needs_nobody_rings() {
        check_rule(
            &RULE,
            "
post Resus: A&E SHO, essential
post Night: A&E SHO, needs Airway
post Ward: A&E SHO
normal Night: 1 20:00-08:00
normal Ward: 1 08:00-17:00
",
        );
    }
}
