//! SKL-1: somebody is on a post without being able to do what it requires.

use std::collections::BTreeMap;

use super::context::{Context, PersonIx, PostIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said};
use crate::model::words;

pub(super) const RULE: Rule = Rule {
    code: Code::Skl1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning",
    title: "Lacks a competency",
    why: "Some posts need a skill whatever the grade, such as leading in Resus or intubating. Nobody without it can fill them.",
    source: "General Medical Council, Good medical practice; what a post requires is the hospital's own",
    example: "
post Resus: A&E middle grade, needs Resus lead
person RS: can Resus lead
        |08  09  |
Resus 1 |RS  KP  |
             ^^^^ error: KP on Resus: lacks Resus lead, 09:00–10:00 Tue 26-Apr-2016
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let facts = &ctx.people[person];
    // Of each post once: the lists may be long.
    let mut is_able: BTreeMap<PostIx, bool> = BTreeMap::new();
    for held in &facts.assignments {
        if *is_able.entry(held.post).or_insert_with(|| ctx.is_able(person, held.post)) {
            continue;
        }
        for (window, span) in ctx.windows_in(held.span) {
            if !found.has_room_by_status(ctx, held.status, (Code::Skl1, window, ctx.posts[held.post].unit)) {
                continue;
            }
            let (who, post) = (ctx.who(person), ctx.post_name(held.post));
            let message = said::message(format_args!("{who} on {post}: lacks {}, {}", lacks(ctx, person, held.post), ctx.when(span)));
            let finding = Finding::new(Code::Skl1, Severity::Error, message);
            found.tell_by_status(ctx, held.status, finding.of_held(ctx, person, held, window).when(span));
        }
    }
}

/// What the post requires and the person cannot do.
fn lacks(ctx: &Context, person: PersonIx, post: PostIx) -> String {
    let known = &ctx.people[person].competencies;
    let lacks = ctx.posts[post].requires.iter().filter(|needed| known.binary_search(needed).is_err());
    let names: Vec<_> = lacks.map(|at| words::safe(&ctx.rota.competencies[*at].name)).collect();
    said::some(&names)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn every_one_that_is_missing_is_named() {
        check_rule(
            &RULE,
            "
post Resus: A&E middle grade, needs Airway, needs Trauma, needs Paeds
person KP: can Trauma
person RS: can Trauma; can Airway; can Paeds; can Ultrasound
        |08  09  |
Resus 1 |RS  KP? |
             ^^^^ warning: KP on Resus: lacks Airway and Paeds, 09:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }
}
