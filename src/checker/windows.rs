//! DAT-2: windows that overlap, or one that is longer than a day of the calendar: 24 h, or 25 h where the clocks go back.

use super::context::Context;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity};
use crate::model::{Clock, Span, words};

/// Longer than this is more than a day, in elapsed minutes, where the clocks do not go back.
const DAY_MINUTES: i64 = 24 * 60;

/// A window is told with so many earlier ones that it overlaps, at most.
const OVERLAPS_MAX: usize = 20;

pub(super) const RULE: Rule = Rule {
    code: Code::Dat2,
    family: Family::Rota,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Days overlap or are too long",
    why: "Each day of the walkout is compared with one kind of normal day. Where two overlap everything is said twice; \
          one that spans a weekend and a Monday is compared with the wrong day.",
    source: "This program's way of comparing: each day by itself, so that each has its own normal staffing",
    example: "
day Tue 08:00-17:00
day Tue 16:00-20:00
day Wed 08:00-Thu 09:00
warning: Day 1 and Day 2 overlap, 16:00–17:00 Tue 26-Apr-2016
warning: Day 3 is 25 h long, 08:00 Wed 27-Apr-2016 – 09:00 Thu 28-Apr-2016: enter each day by itself, so that each has its own normal staffing
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    let name = |window: usize| words::safe(&ctx.rota.windows[window].label).into_owned();
    // By time and then by id: what is said, and under which day, must not hang on the order of the list.
    let mut by_time: Vec<usize> = (0..ctx.windows.len()).collect();
    by_time.sort_by_key(|at| (ctx.windows[*at].span, &ctx.rota.windows[*at].id));
    for (place, window) in by_time.iter().copied().enumerate() {
        let facts = &ctx.windows[window];
        let earlier = by_time[..place].iter().copied();
        let overlaps = earlier.filter_map(|first| Some((first, ctx.windows[first].span.overlap(facts.span)?)));
        // A hundred of the same are one mistake, not five thousand.
        for (first, both) in overlaps.take(OVERLAPS_MAX) {
            let message = format!("{} and {} overlap, {}", name(first), name(window), ctx.when(both));
            found.tell(Finding::new(Code::Dat2, Severity::Warning, message).in_window(ctx, first).when(both));
        }
        if facts.span.minutes() > DAY_MINUTES + put_back(ctx.clock(), facts.span) {
            let message = format!(
                "{} is {} long, {}: enter each day by itself, so that each has its own normal staffing",
                name(window),
                words::length(facts.span.minutes()),
                ctx.when(facts.span)
            );
            found.tell(Finding::new(Code::Dat2, Severity::Warning, message).in_window(ctx, window).when(facts.span));
        }
    }
}

/// Minutes by which the clocks go back in the window.
fn put_back(clock: Clock, window: Span) -> i64 {
    let parts = clock.steady_parts(window);
    parts.windows(2).map(|pair| (pair[0].1 - pair[1].1).max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_whole_day_after_another_is_right_and_a_minute_more_is_not() {
        check_rule(&RULE, "day Tue 07:00-Wed 07:00\nday Wed 07:00-Thu 07:00");
        check_rule(
            &RULE,
            "
day Tue 07:00-Wed 07:01
day Wed 07:01-Thu 07:00
warning: Day 1 is 24 h 1 min long, 07:00 Tue 26-Apr-2016 – 07:01 Wed 27-Apr-2016: enter each day by itself, so that each has its own normal staffing
",
        );
    }

    #[test]
    fn a_day_on_which_the_clocks_go_back_has_25_hours() {
        check_rule(&RULE, "day 29-Oct 08:00-08:00");
        check_rule(
            &RULE,
            "day 29-Oct 08:00-30-Oct 08:01
warning: Day 1 is 25 h 1 min long, 08:00 Sat 29-Oct-2016 – 08:01 Sun 30-Oct-2016: enter each day by itself, so that each has its own normal staffing",
        );
        // The next day has 24 again.
        check_rule(
            &RULE,
            "day 30-Oct 03:00-31-Oct 03:30
warning: Day 1 is 24 h 30 min long, 03:00 Sun 30-Oct-2016 – 03:30 Mon 31-Oct-2016: enter each day by itself, so that each has its own normal staffing",
        );
    }

    #[test]
    fn which_of_two_is_named_first_does_not_hang_on_the_order_of_the_list() {
        for days in ["day Tue 16:00-20:00\nday Tue 08:00-17:00", "day Tue 08:00-17:00\nday Tue 16:00-20:00"] {
            let rota = super::super::testing::rota(days);
            let early = rota.windows.iter().min_by_key(|window| window.span).unwrap();
            let report = super::super::check(&rota);
            let told = report.findings.iter().find(|finding| finding.code == super::Code::Dat2).unwrap();
            assert_eq!(told.window.as_ref(), Some(&early.id), "the earlier day, wherever it stands in the list");
        }
        check_rule(
            &RULE,
            "
day Tue 16:00-20:00
day Tue 08:00-17:00
warning: Day 2 and Day 1 overlap, 16:00–17:00 Tue 26-Apr-2016
",
        );
    }
}
