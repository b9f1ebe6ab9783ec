//! DBL-2: one person entered twice on one post at once.

use super::context::{Context, PersonIx};
use super::rule::{Check, Found, Rule};
use super::spans;
use super::{Code, Finding, Severity};
use crate::model::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Dbl2,
    severity: "warning",
    title: "The same post twice",
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
    let helds = &ctx.people[person].assignments;
    let mut twice: Vec<(usize, Span)> = Vec::new();
    for (at, held) in helds.iter().enumerate() {
        let later = helds[at + 1..].iter().take_while(|other| other.span.from < held.span.to);
        let same = later.filter(|other| other.post == held.post);
        twice.extend(same.filter_map(|other| Some((held.post, other.span.overlap(held.span)?))));
    }
    twice.sort_unstable();
    for same in twice.chunk_by(|a, b| a.0 == b.0) {
        let post = same[0].0;
        for whole in spans::union(same.iter().map(|(_, span)| *span).collect()) {
            for (window, span) in ctx.windows_in(whole) {
                let message = format!(
                    "{} is on {} twice, {}; counted once",
                    ctx.who(person),
                    ctx.post_name(post),
                    ctx.when(span)
                );
                let held = helds.iter().filter(|held| held.post == post && held.span.overlaps(span));
                found.tell(
                    Finding::new(Code::Dbl2, Severity::Warning, message)
                        .at(ctx, window, ctx.posts[post].unit)
                        .when(span)
                        .posts(ctx, [post])
                        .people(ctx, [person])
                        .assignments(ctx, held.map(|held| held.at)),
                );
            }
        }
    }
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
