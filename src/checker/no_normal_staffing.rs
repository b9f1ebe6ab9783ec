//! COV-4: nothing normal is entered, so nothing can be compared.

use super::context::Context;
use super::rule::{Check, Found, Rule};
use super::sweep::Sweep;
use super::{Code, Finding, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Cov4,
    severity: "warning",
    title: "No normal staffing",
    why: "Cover is promised against a normal day. Where nothing normal is entered, an empty unit would look safe.",
    source: "This program's promise: it says covered only where there is something to compare with",
    example: "
post Majors: A&E middle grade
normal Majors: 1 08:00-09:00
       |08  09  10  |
Majors |KP          |
            ^^^^^^^^ warning: A&E: nothing normal entered, 09:00–11:00 Tue 26-Apr-2016
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    if sweep.closed {
        return;
    }
    for (span, ()) in sweep.runs(|step| (sweep.need(step) == 0).then_some(())) {
        let cannot_say = if span == ctx.windows[sweep.window].span { "cannot say covered, " } else { "" };
        let unit = ctx.unit_name(sweep.unit);
        let message = format!("{unit}: {cannot_say}nothing normal entered, {}", ctx.when(span));
        found.tell(Finding::new(Code::Cov4, Severity::Warning, message).at(ctx, sweep.window, sweep.unit).when(span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn throughout_it_says_that_covered_cannot_be_said() {
        check_rule(
            &RULE,
            "
post Consultant at home: A&E consultant, on call
                     |08  09  |
Consultant at home 1 |HG      |
                      ^^^^^^^^ warning: A&E: cannot say covered, nothing normal entered, 08:00–10:00 Tue 26-Apr-2016
",
        );
    }

    #[test]
    fn a_closed_unit_and_a_full_day_are_no_matter() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO
closed ICU
          |08  09  |
A&E SHO 1 |        |
",
        );
    }
}
