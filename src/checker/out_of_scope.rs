//! SCP-1: somebody is on a post that the person may not cover.

use std::fmt::Write as _;

use super::context::{Context, PersonIx, PostIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said};
use super::person::Scope;

pub(super) const RULE: Rule = Rule {
    code: Code::Scp1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning",
    title: "Not cleared for this post",
    why: "Doctors who step in must work within their competence. Which units each person may cover, and up to which grade, \
          is entered for that person.",
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
            let message = said::message(format_args!("{who} on {post}: {}, {}", may_cover(ctx, person, held.post), ctx.when(span)));
            let finding = Finding::new(Code::Scp1, Severity::Error, message);
            found.tell_by_status(ctx, held.status, finding.of_held(ctx, person, held, window).when(span));
        }
    }
}

/// What the person may cover of the post's unit, or else where.
pub(super) fn may_cover(ctx: &Context, person: PersonIx, post: PostIx) -> String {
    let facts = &ctx.people[person];
    let unit = ctx.posts[post].unit;
    match facts.scope_in(unit) {
        Some(scope) if scope.only.is_empty() => format!("may cover {} only up to {}", ctx.unit_name(unit), up_to(ctx, scope)),
        Some(scope) => format!("may cover in {} only {} (up to {})", ctx.unit_name(unit), only(ctx, scope), up_to(ctx, scope)),
        None => {
            let elsewhere = &facts.may_cover;
            let name = |text: &mut String, at: usize| {
                let scope: &Scope = &elsewhere[at];
                let only = if scope.only.is_empty() { String::new() } else { format!(", only {}", only(ctx, scope)) };
                let _ = write!(text, "{} up to {}{only}", ctx.unit_name(scope.unit), up_to(ctx, scope));
            };
            let names = said::some_of(elsewhere.len(), name);
            let only = if names.is_empty() { "nothing is entered".to_owned() } else { format!("only {names}") };
            format!("may not cover {} ({only})", ctx.unit_name(unit))
        }
    }
}

fn up_to(ctx: &Context, scope: &Scope) -> String {
    ctx.tier_name(scope.unit, scope.up_to)
}

fn only(ctx: &Context, scope: &Scope) -> String {
    said::some_of(scope.only.len(), |text, at| text.push_str(&ctx.post_name(scope.only[at])))
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
    fn who_may_cover_only_some_posts_is_told_which() {
        check_rule(
            &RULE,
            "
post Labour ward: A&E SHO
post Theatre: A&E middle grade
post Ward: A&E SHO
person KP: A&E up to middle grade, only Labour ward and Theatre
            |08  09  |
Labour ward |KP  .   |
Theatre     |    KP  |
",
        );
        check_rule(
            &RULE,
            "
post Labour ward: A&E SHO
post Theatre: A&E middle grade
post Ward: A&E SHO
person KP: A&E up to SHO, only Labour ward and Theatre
        |08  09  |
Ward    |KP  .   |
Theatre |    KP? |
         ^^^^ error: KP on Ward: may cover in A&E only Labour ward and Theatre (up to SHO), 08:00–09:00 Tue 26-Apr-2016
             ^^^^ warning: KP on Theatre: may cover in A&E only Labour ward and Theatre (up to SHO), 09:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
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
