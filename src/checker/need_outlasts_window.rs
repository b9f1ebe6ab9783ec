//! EDG-1: normal staffing begins in a window and goes on after it, and no other window does.

use std::collections::BTreeMap;

use super::context::{Context, PostIx, UnitIx, WindowIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::DAY;
use super::{Code, Finding, Severity, said};
use crate::model::{Clock, Instant, PostId, Rota, Span, TimeOfDay, UnitId, WindowId, Zone, words};
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

/// So many posts are named in the message, at most.
const POSTS_NAMED_MAX: usize = 3;

pub(super) const RULE: Rule = Rule {
    code: Code::Edg1,
    family: Family::Unit,
    reach: Reach::Moment,
    worst: Severity::Info,
    severity: "info",
    title: "Walkout ends mid-shift",
    why: "A walkout that ends at 17:00 ends in the middle of shifts that normally run into the evening. Whoever \
          covered until then goes home.",
    source: "April 2016: walkouts from 08:00 to 17:00, and evening shifts from 13:00 to 22:00",
    example: "
post Majors: A&E SHO
normal Majors: 1 13:00-22:00
day 08:00-17:00
info: A&E: walkout ends mid-shift: who covers Majors 17:00–22:00 Tue 26-Apr-2016?
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    for (window, facts) in ctx.windows.iter().enumerate() {
        let end = facts.span.to;
        let goes_on = |(other, w): (usize, &super::context::WindowFacts)| other != window && w.span.contains(end);
        if ctx.windows.iter().enumerate().any(goes_on) {
            continue;
        }
        let lasting = lasting(ctx, window);
        for same in lasting.chunk_by(|a, b| a.unit == b.unit) {
            found.tell(finding(ctx, window, same));
        }
    }
}

/// The posts of the unit whose staffing goes on after the window, as the finding names them: in the order of the rota.
pub fn outlasting_posts(rota: &Rota, window: &WindowId, unit: &UnitId) -> Vec<PostId> {
    let ctx = Context::new(rota);
    let (Some(window), Some(unit)) = (ctx.window_ix(window), ctx.unit_ix(unit)) else { return Vec::new() };
    let here = lasting(&ctx, window).into_iter().filter(|one| one.unit == unit);
    let mut posts: Vec<PostId> = here.map(|one| ctx.rota.posts[one.post].id.clone()).collect();
    posts.dedup();
    posts
}

/// A post whose staffing goes on after the window.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lasting {
    unit: UnitIx,
    post: PostIx,
    until: Instant,
}

/// All of them, by unit and post.
fn lasting(ctx: &Context, window: WindowIx) -> Vec<Lasting> {
    let facts = &ctx.windows[window];
    let Some(normal) = ctx.rota.normal(&ctx.rota.windows[window].normal) else { return Vec::new() };
    let steady = steady_offset(ctx.clock(), facts.span.to);
    let mut known: BTreeMap<(TimeOfDay, TimeOfDay), Option<Instant>> = BTreeMap::new();
    let mut lasting = Vec::new();
    for line in normal.staffing.iter().filter(|line| line.count > 0) {
        let Some(post) = ctx.post_ix(&line.post) else { continue };
        if ctx.posts[post].on_call || facts.closed[ctx.posts[post].unit] {
            continue;
        }
        // Lines share a few pairs of times: each pair is worked out once.
        let times = (line.from, line.to);
        let until = *known.entry(times).or_insert_with(|| match steady {
            Some(offset) => outlasts_steadily(facts.span, times, offset),
            None => outlasts(ctx, facts.span, times),
        });
        lasting.extend(until.map(|until| Lasting { unit: ctx.posts[post].unit, post, until }));
    }
    lasting.sort_unstable();
    lasting
}

/// Minutes by which civil time is ahead of UTC on all days around `at`; `None` where the clocks change on one of them.
fn steady_offset(clock: Clock, at: Instant) -> Option<i64> {
    match clock.steady_parts(Span::new(at.plus(-4 * DAY), at.plus(4 * DAY)))[..] {
        [(_, offset)] => Some(offset),
        _ => None,
    }
}

/// As [`outlasts`], where no clock changes on any of those days.
fn outlasts_steadily(window: Span, (from, to): (TimeOfDay, TimeOfDay), offset: i64) -> Option<Instant> {
    let last_day = (window.to.0 + offset).div_euclid(DAY);
    let at = |day: i64, time: TimeOfDay| Instant(day * DAY + i64::from(time.minutes()) - offset);
    let ends = (last_day - 2..=last_day).filter_map(|day| {
        let ends = at(if to > from { day } else { day + 1 }, to);
        (window.contains(at(day, from)) && window.to < ends).then_some(ends)
    });
    ends.max()
}

/// When a line of those times that begins in the window ends, if that is after it.
fn outlasts(ctx: &Context, window: Span, (from, to): (TimeOfDay, TimeOfDay)) -> Option<Instant> {
    let zone = ctx.rota.zone();
    let last_day = zone.civil(window.to).local.date();
    let clock = |time: TimeOfDay| {
        NaiveTime::from_hms_opt(u32::from(time.minutes() / 60), u32::from(time.minutes() % 60), 0).unwrap_or_default()
    };
    // A line is at most a day long, but a day may have 25 hours.
    let ends = (0..=2).filter_map(|back| {
        let day = last_day.checked_sub_days(Days::new(back))?;
        let end_day = if to > from { day } else { day.succ_opt()? };
        let begins = zone.instant_or_next(day.and_time(clock(from)));
        let ends = end_of_line(zone, end_day.and_time(clock(to)));
        (window.contains(begins) && window.to < ends).then_some(ends)
    });
    ends.max()
}

/// When a line that ends at that time of day no longer holds: in the hour that happens twice it holds both times.
fn end_of_line(zone: Zone, to: NaiveDateTime) -> Instant {
    let last_minute = to - TimeDelta::minutes(1);
    match zone.instant(last_minute, true) {
        Ok(second) if zone.instant(last_minute, false) != Ok(second) => second.plus(1),
        _ => zone.instant_or_next(to),
    }
}

fn finding(ctx: &Context, window: WindowIx, lasting: &[Lasting]) -> Finding {
    let end = ctx.windows[window].span.to;
    let unit = lasting[0].unit;
    let until = lasting.iter().map(|one| one.until).max().unwrap_or(end);
    let mut posts: Vec<PostIx> = lasting.iter().map(|one| one.post).collect();
    posts.dedup();
    let mut names: Vec<String> =
        posts.iter().take(POSTS_NAMED_MAX).map(|post| ctx.post_name(*post).into_owned()).collect();
    if posts.len() > POSTS_NAMED_MAX {
        names.push(format!("{} more", posts.len() - POSTS_NAMED_MAX));
    }
    let (name, posts, when) = (ctx.unit_name(unit), words::list(&names), ctx.when(Span::new(end, until)));
    let message = said::message(format_args!("{name}: walkout ends mid-shift: who covers {posts} {when}?"));
    let finding = Finding::new(Code::Edg1, Severity::Info, message).at(ctx, window, unit);
    finding.when(Span::new(end, until))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_line_that_ends_with_the_window_or_began_before_it_is_no_matter() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-17:00, 1 07:59-20:00, 1 17:00-22:00
day 08:00-17:00
",
        );
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-17:01, 2 16:59-08:00
day 08:00-17:00
info: A&E: walkout ends mid-shift: who covers Majors 17:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016?
",
        );
    }

    #[test]
    fn whoever_is_on_call_from_home_goes_on_anyway() {
        check_rule(
            &RULE,
            "
post Home: A&E SHO, on call
normal Home: 1 13:00-22:00
day 08:00-17:00
",
        );
    }

    #[test]
    fn a_line_that_ends_in_the_hour_that_happens_twice_ends_the_second_time() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 20:00-01:30
day 24-Oct-2026 08:00-24-Oct-2026 22:00
info: A&E: walkout ends mid-shift: who covers Majors 22:00 Sat 24-Oct-2026 – 01:30 (second) Sun 25-Oct-2026?
",
        );
    }

    #[test]
    fn another_window_that_continues_takes_over() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 13:00-22:00
day 08:00-17:00
day 17:00-23:00
",
        );
    }

    #[test]
    fn one_for_each_unit_names_a_few_posts() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO
post A: A&E SHO
post B: A&E SHO
post C: A&E SHO
post D: A&E SHO
post E: A&E SHO
post F: ICU SHO
normal A: 1 13:00-18:00
normal B: 1 13:00-19:00
normal C: 1 13:00-20:00
normal D: 1 13:00-19:00
normal E: 1 13:00-19:00
normal F: 1 13:00-19:00
closed ICU
day 08:00-17:00
info: A&E: walkout ends mid-shift: who covers A, B, C and 2 more 17:00–20:00 Tue 26-Apr-2016?
",
        );
    }
}
