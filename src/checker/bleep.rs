//! CON-1: an essential post cannot be rung, or two posts would be rung at once.
//!
//! Said once for the rota, not for each window: a bleep does not change from day to day. A post that shares its bleep
//! is named with the first post that has it at the same time.

use super::context::{Context, PostIx};
use super::rule::{Check, Found, Rule};
use super::{Code, Finding, Severity};
use crate::model::words;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Con1,
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
warning: Resus, A&E: essential, and has no bleep
warning: Majors and Minors have the same bleep, 2145
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    let needed: Vec<PostIx> = (0..ctx.posts.len()).filter(|post| is_needed(ctx, *post)).collect();
    let bleep = |post: PostIx| ctx.post(post).bleep.trim();
    for post in needed.iter().copied().filter(|post| ctx.posts[*post].essential && bleep(*post).is_empty()) {
        let unit = ctx.posts[post].unit;
        let message = format!("{}, {}: essential, and has no bleep", ctx.post_name(post), ctx.unit_name(unit));
        found.tell(finding(ctx, message, &[post]));
    }
    let mut by_bleep: Vec<(&str, PostIx)> =
        needed.iter().map(|post| (bleep(*post), *post)).filter(|(bleep, _)| !bleep.is_empty()).collect();
    by_bleep.sort_unstable();
    for same in by_bleep.chunk_by(|a, b| a.0 == b.0) {
        for (at, (bleep, post)) in same.iter().enumerate() {
            let Some((_, first)) = same[..at].iter().find(|(_, other)| at_the_same_time(ctx, *other, *post)) else {
                continue;
            };
            let (a, b) = (ctx.post_name(*first), ctx.post_name(*post));
            let message = format!("{a} and {b} have the same bleep, {}", words::safe(bleep));
            found.tell(finding(ctx, message, &[*first, *post]));
        }
    }
}

fn finding(ctx: &Context, message: String, posts: &[PostIx]) -> Finding {
    let mut finding = Finding::new(Code::Con1, Severity::Warning, message).posts(ctx, posts.iter().copied());
    let unit = ctx.posts[posts[0]].unit;
    if posts.iter().all(|post| ctx.posts[*post].unit == unit) {
        finding.unit = Some(ctx.rota.units[unit].id.clone());
    }
    finding
}

fn is_needed(ctx: &Context, post: PostIx) -> bool {
    (0..ctx.windows.len()).any(|window| !ctx.need(window, post).is_empty())
}

fn at_the_same_time(ctx: &Context, a: PostIx, b: PostIx) -> bool {
    (0..ctx.windows.len()).any(|window| {
        let (mut a, mut b) = (ctx.need(window, a), ctx.need(window, b));
        while let ([first, ..], [second, ..]) = (a, b) {
            if first.span.overlaps(second.span) {
                return true;
            }
            if first.span.to <= second.span.to { a = &a[1..] } else { b = &b[1..] }
        }
        false
    })
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
warning: Day and Evening have the same bleep, 2145
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
