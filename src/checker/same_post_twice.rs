//! DBL-2: one person entered twice on one post at once.

use super::context::{Context, PersonIx, WindowIx};
use super::records::Held;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spans;
use super::{Code, Finding, Severity};
use crate::model::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::Dbl2,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Same post twice",
    why: "Two entries look like two doctors. The person is counted once.",
    source: "Common sense; comes from pasting a block twice",
    example: "
post Majors: A&E SHO
       |08  09  10  |
Majors |KP  KP  .   |
       |    KP  KP  |
            ^^^^ warning: KP is on Majors twice, 09:00–10:00 Tue 26-Apr-2016; counted once
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let mut helds: Vec<&Held> = ctx.people[person].assignments.iter().collect();
    if helds.windows(2).all(|pair| pair[0].span.to <= pair[1].span.from) {
        return;
    }
    helds.sort_by_key(|held| held.post);
    for same in helds.chunk_by(|a, b| a.post == b.post).filter(|same| same.len() > 1) {
        for whole in twice(same) {
            for (window, span) in ctx.windows_in(whole) {
                tell(ctx, found, person, same, (window, span));
            }
        }
    }
}

/// When more than one of the entries on one post, which are in order, says so.
fn twice(same: &[&Held]) -> Vec<Span> {
    let mut until = same[0].span.to;
    let mut twice = Vec::new();
    for held in &same[1..] {
        twice.push(Span::new(held.span.from, held.span.to.min(until)));
        until = until.max(held.span.to);
    }
    spans::union(twice)
}

fn tell(ctx: &Context, found: &mut Found, person: PersonIx, same: &[&Held], (window, span): (WindowIx, Span)) {
    let post = same[0].post;
    let unit = ctx.posts[post].unit;
    if !found.findings.has_room(ctx, Code::Dbl2, Severity::Warning, window, unit) {
        return;
    }
    let message = format!("{} is on {} twice, {}; counted once", ctx.who(person), ctx.post_name(post), ctx.when(span));
    let held = same.iter().filter(|held| held.span.overlaps(span));
    found.tell(
        Finding::new(Code::Dbl2, Severity::Warning, message)
            .at(ctx, window, unit)
            .when(span)
            .posts(ctx, [post])
            .people(ctx, [person])
            .assignments(ctx, held.map(|held| held.at)),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn touching_entries_another_post_and_declined_are_no_matter() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
post Minors: A&E SHO
       |08  09  |
Majors |KP  KP? |
       |KP/     |
Minors |KP      |
",
        );
    }

    #[test]
    fn three_times_is_said_once() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
       |08  09  |
Majors |KP      |
       |KP*     |
       |KP? .   |
        ^^^^^^^^ warning: KP is on Majors twice, 08:00–10:00 Tue 26-Apr-2016; counted once
",
        );
    }
}
