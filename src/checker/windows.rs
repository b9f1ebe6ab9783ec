//! DAT-2: windows that overlap, or one that is longer than a day.

use super::context::Context;
use super::rule::{Check, Found, Rule};
use super::{Code, Finding, Severity};
use crate::model::words;

/// Longer than this is more than a day, in elapsed minutes.
const DAY_MINUTES: i64 = 24 * 60;

/// A window is told with so many earlier ones that it overlaps, at most.
const OVERLAPS_MAX: usize = 20;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Dat2,
    severity: "warning",
    title: "Windows overlap or are too long",
    why: "Each window is compared with one kind of normal day. Where two overlap everything is said twice; one that \
          spans a weekend and a Monday is compared with the wrong day.",
    source: "This program's way of comparing: one window a day, so that each day has its own normal staffing",
    example: "
window Tue 08:00-17:00
window Tue 16:00-20:00
window Wed 08:00-Thu 09:00
warning: Day 1 and Day 2 overlap, 16:00–17:00 Tue 26-Apr-2016
warning: Day 3 is 25 h long: enter one window a day, so that each day has its own normal staffing
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    let name = |window: usize| words::safe(&ctx.rota.windows[window].label).into_owned();
    for (window, facts) in ctx.windows.iter().enumerate() {
        let earlier = ctx.windows[..window].iter().enumerate();
        let overlaps = earlier.filter_map(|(first, other)| Some((first, other.span.overlap(facts.span)?)));
        // A hundred of the same are one mistake, not five thousand.
        for (first, both) in overlaps.take(OVERLAPS_MAX) {
            let message = format!("{} and {} overlap, {}", name(first), name(window), ctx.when(both));
            found.tell(Finding::new(Code::Dat2, Severity::Warning, message).in_window(ctx, first).when(both));
        }
        if facts.span.minutes() > DAY_MINUTES {
            let long = words::length(facts.span.minutes());
            let message = format!(
                "{} is {long} long: enter one window a day, so that each day has its own normal staffing",
                name(window)
            );
            found.tell(Finding::new(Code::Dat2, Severity::Warning, message).in_window(ctx, window).when(facts.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_whole_day_after_another_is_right_and_a_minute_more_is_not() {
        check_rule(&RULE, "window Tue 07:00-Wed 07:00\nwindow Wed 07:00-Thu 07:00");
        check_rule(
            &RULE,
            "
window Tue 07:00-Wed 07:01
window Wed 07:01-Thu 07:00
warning: Day 1 is 24 h 1 min long: enter one window a day, so that each day has its own normal staffing
",
        );
    }
}
