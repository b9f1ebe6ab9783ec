//! SCP-1: somebody is on a post that the person may not cover.

use super::context::{Context, PersonIx, PostIx};
use super::rule::{Check, Found, Rule};
use super::{Code, Finding, Severity, said};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Scp1,
    severity: "error if agreed, else warning",
    title: "May not cover this",
    why: "A doctor who steps in must work within what he or she is competent to do. Who may cover which unit, and up \
          to which tier, is entered for each person.",
    source: "General Medical Council, Good medical practice: recognise and work within the limits of your competence",
    example: "
person KP: A&E up to SHO
                   |08  09  |
A&E middle grade 1 |RS  KP  |
                        ^^^^ error: KP on A&E middle grade: may cover A&E only up to SHO, 09:00–10:00 Tue 26-Apr-2016
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let helds = ctx.people[person].assignments.iter();
    for held in helds.filter(|held| !ctx.is_in_scope(person, held.post)) {
        for (window, span) in ctx.windows_in(held.span) {
            if !found.has_room_by_status(ctx, held.status, (Code::Scp1, window, ctx.posts[held.post].unit)) {
                continue;
            }
            let (who, post) = (ctx.who(person), ctx.post_name(held.post));
            let message = format!("{who} on {post}: {}, {}", may_cover(ctx, person, held.post), ctx.when(span));
            let finding = Finding::new(Code::Scp1, Severity::Error, message);
            found.tell_by_status(ctx, held.status, finding.of_held(ctx, person, held, window).when(span));
        }
    }
}

/// What the person may cover of the post's unit, or else where.
fn may_cover(ctx: &Context, person: PersonIx, post: PostIx) -> String {
    let facts = &ctx.people[person];
    let unit = ctx.posts[post].unit;
    if let Some(tier) = facts.up_to(unit) {
        return format!("may cover {} only up to {}", ctx.unit_name(unit), ctx.tier_name(unit, tier));
    }
    let mut elsewhere = facts.may_cover.clone();
    elsewhere.sort_unstable();
    let name =
        |(unit, tier): &(usize, usize)| format!("{} up to {}", ctx.unit_name(*unit), ctx.tier_name(*unit, *tier));
    let names: Vec<String> = elsewhere.iter().map(name).collect();
    let only = if names.is_empty() { "nothing is entered".to_owned() } else { format!("only {}", said::some(&names)) };
    format!("may not cover {} ({only})", ctx.unit_name(unit))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn at_the_tier_is_in_scope_and_home_is_no_excuse() {
        check_rule(
            &RULE,
            "
post Home: A&E consultant, on call
person KP: A&E up to middle grade
                   |08  09  |
A&E middle grade 1 |KP  .   |
Home 1             |    KP? |
                        ^^^^ warning: KP on Home: may cover A&E only up to middle grade, 09:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }

    #[test]
    fn somebody_from_elsewhere_is_told_where_from() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: Registrar
person KP: A&E never
person RS: A&E never; ICU never
          |08  09  |
A&E SHO 1 |KP  RS  |
           ^^^^ error: KP on A&E SHO: may not cover A&E (only ICU up to registrar), 08:00–09:00 Tue 26-Apr-2016
               ^^^^ error: RS on A&E SHO: may not cover A&E (nothing is entered), 09:00–10:00 Tue 26-Apr-2016
",
        );
    }
}
