//! COV-3: nobody senior is present in a unit that must have somebody.

use super::context::{Context, Judged};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spans;
use super::sweep::Sweep;
use super::{Code, Finding, Severity};
use crate::model::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::Cov3,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error",
    title: "Nobody senior present",
    why: "Enough doctors are not enough if nobody present can take the decisions of the unit. Whoever is on call from \
          home is not present.",
    source: "Royal College of Emergency Medicine: a senior decision maker in the department at all hours; the grade is \
             the hospital's own",
    example: "
unit A&E: SHO, Middle grade, Consultant; senior from Middle grade
person KP: A&E up to SHO
          |08  09  10  |
A&E SHO 1 |RS  KP  KP  |
               ^^^^^^^^ error: A&E: nobody present may cover at middle grade or above, 09:00–11:00 Tue 26-Apr-2016
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    let Some(senior) = ctx.units[sweep.unit].senior_from else { return };
    let present = Judged::BOTH.map(|judged| seniors(ctx, sweep, judged));
    let lacks = |step: usize, judged: Judged| {
        sweep.need(step) > 0 && !spans::holds(&present[judged.ix()], sweep.span(step).from)
    };
    for judged in Judged::BOTH {
        if (0..sweep.steps()).any(|step| lacks(step, judged)) {
            found.block(judged, sweep.window, sweep.unit, false);
        }
    }
    for (span, judged) in sweep.runs(|step| Judged::BOTH.into_iter().find(|judged| lacks(step, *judged))) {
        let highest = senior + 1 == ctx.units[sweep.unit].tiers;
        let or_above = if highest { "" } else { " or above" };
        let (severity, if_all_agree) = match judged {
            Judged::Agreed => (Severity::Error, ""),
            Judged::IfAllAgree => (Severity::Warning, " if everyone agrees"),
        };
        let message = format!(
            "{}: nobody present may cover at {}{or_above}{if_all_agree}, {}",
            ctx.unit_name(sweep.unit),
            ctx.tier_name(sweep.unit, senior),
            ctx.when(span)
        );
        found.tell(Finding::new(Code::Cov3, severity, message).at(ctx, sweep.window, sweep.unit).when(span));
    }
}

/// When somebody counts in the unit, on a post that is not on call, who may cover it at the senior tier or above, and
/// not only some of its posts.
fn seniors(ctx: &Context, sweep: &Sweep, judged: Judged) -> Vec<Span> {
    let Some(senior) = ctx.units[sweep.unit].senior_from else { return Vec::new() };
    let is_senior = |person: usize| ctx.people[person].is_senior(sweep.unit, senior);
    let here = sweep.counted(judged).iter().filter(|counted| !ctx.posts[counted.post].on_call);
    spans::union(here.filter(|counted| is_senior(counted.person)).map(|counted| counted.span).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn who_may_cover_only_some_posts_is_not_senior() {
        check_rule(
            &RULE,
            "
unit A&E: SHO, Middle grade; senior from Middle grade
post Theatre: A&E middle grade
person KP: A&E up to middle grade, only Theatre
          |08  09  |
Theatre 1 |KP  RS  |
           ^^^^ error: A&E: nobody present may cover at middle grade, 08:00–09:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn at_the_tier_is_senior_enough_on_whatever_post() {
        check_rule(
            &RULE,
            "
unit A&E: SHO, Middle grade, Consultant; senior from Middle grade
person RS: A&E up to Middle grade
          |08  09  |
A&E SHO 1 |RS      |
",
        );
    }

    #[test]
    fn whoever_is_asked_or_at_home_is_not_there() {
        check_rule(
            &RULE,
            "
unit A&E: SHO, Middle grade; senior from Middle grade
post Registrar at home: A&E middle grade, on call
person KP: A&E up to SHO
                    |08  09  |
Registrar at home 1 |RS      |
A&E SHO 1           |KP      |
                    |AN?     |
                     ^^^^^^^^ error: A&E: nobody present may cover at middle grade, 08:00–10:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn where_nobody_is_needed_nobody_senior_is() {
        check_rule(
            &RULE,
            "
unit A&E: SHO, Middle grade; senior from Middle grade
post Ward: A&E SHO
normal Ward: 1 09:00-10:00
     |08  09  10  |
Ward |            |
          ^^^^ error: A&E: nobody present may cover at middle grade, 09:00–10:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn a_senior_proposed_elsewhere_too_is_a_warning() {
        check_rule(
            &RULE,
            "
unit A&E: SHO, Middle grade; senior from Middle grade
unit ICU: SHO
          |08  09  |
A&E SHO 1 |RS      |
ICU SHO   |RS* .   |
           ^^^^ warning: A&E: nobody present may cover at middle grade if everyone agrees, 08:00–09:00 Tue 26-Apr-2016
",
        );
    }
}
