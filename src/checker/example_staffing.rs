//! COV-6: nobody has agreed the normal staffing that a unit is compared with: an example, or figures that were changed
//! since they were agreed.

use super::context::Context;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::sweep::Sweep;
use super::{Code, Finding, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::Cov6,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Figures not agreed",
    why: "The figures in a template are made up, and figures that were changed are no longer the ones that somebody \
          agreed. Compared with them an empty ward can look covered: have them agreed, or enter your own.",
    source: "This program's promise: a normal day is the unit's own",
    example: "
example
post Majors: A&E middle grade
normal Majors: 1 08:00-17:00
KP on Majors 08:00-17:00
warning: A&E: compared with figures that nobody has agreed: agree them
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    let window = &ctx.windows[sweep.window];
    if window.is_example && window.has_lines[sweep.unit] {
        let message = format!("{}: compared with figures that nobody has agreed: agree them", ctx.unit_name(sweep.unit));
        let finding = Finding::new(Code::Cov6, Severity::Warning, message);
        found.tell(finding.at(ctx, sweep.window, sweep.unit).when(window.span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn each_unit_with_lines_hears_of_it_in_each_window_of_that_normal() {
        let units = "unit A&E: SHO\nunit ICU: SHO\npost Ward: A&E SHO\nnormal Ward: 1 08:00-17:00\nexample
day Tue 08:00-17:00\nday Wed 08:00-17:00\nday Thu 08:00-17:00, weekend";
        let told = "warning: A&E: compared with figures that nobody has agreed: agree them";
        check_rule(&RULE, &format!("{units}\n{told}\n{told}"));
        check_rule(&RULE, &units.replace("\nexample", ""));
    }
}
