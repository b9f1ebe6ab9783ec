//! AVL-1: somebody is on a post when not available.

use super::context::{Context, PersonIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spans;
use super::{Code, Finding, Severity, said};

pub(super) const RULE: Rule = Rule {
    code: Code::Avl1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning",
    title: "Not available",
    why: "Whoever cannot be there does not cover. Why somebody is not available is nobody's business here.",
    source: "What the person said; \"not available\" wins over \"not known\", and \"not known\" over \"available\"",
    example: "
person KP: not available 09:00-10:00
          |08  09  10  |
A&E SHO 1 |KP  KP  KP  |
               ^^^^ error: KP on A&E SHO: not available, 09:00–10:00 Tue 26-Apr-2016
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let facts = &ctx.people[person];
    if facts.not_available.is_empty() {
        return;
    }
    for held in &facts.assignments {
        for (window, part) in ctx.windows_in(held.span) {
            for span in spans::within(&facts.not_available, part) {
                if !found.has_room_by_status(ctx, held.status, (Code::Avl1, window, ctx.posts[held.post].unit)) {
                    break;
                }
                let (who, post) = (ctx.who(person), ctx.post_name(held.post));
                let message = said::message(format_args!("{who} on {post}: not available, {}", ctx.when(span)));
                let finding = Finding::new(Code::Avl1, Severity::Error, message);
                found.tell_by_status(ctx, held.status, finding.of_held(ctx, person, held, window).when(span));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn touching_is_not_overlapping() {
        check_rule(
            &RULE,
            "
person KP: not available 09:00-10:00
          |08  09  10  |
A&E SHO 1 |KP  .   KP  |
",
        );
        check_rule(
            &RULE,
            "
person KP: not available 09:00-09:15
          |08  09  |
A&E SHO 1 |KP      |
               ^ error: KP on A&E SHO: not available, 09:00–09:15 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn not_available_beats_the_rest_and_usually_holds_where_nothing_is_said() {
        check_rule(
            &RULE,
            "
person KP: usually not available; available 08:00-10:00; not known 09:00-10:00; not available 09:30-10:00
          |08  09  10  |
A&E SHO 1 |KP          |
                 ^^^^^^ error: KP on A&E SHO: not available, 09:30–11:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn proposed_and_asked_would_block_and_declined_would_not() {
        check_rule(
            &RULE,
            "
person KP: usually not available
          |08  09  10  |
A&E SHO 1 |KP* KP? KP/ |
           ^^^^ warning: KP on A&E SHO: not available, 08:00–09:00 Tue 26-Apr-2016; becomes an error once agreed
               ^^^^ warning: KP on A&E SHO: not available, 09:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }
}
