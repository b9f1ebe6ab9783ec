//! COV-4: no normal staffing is entered, so nothing can be compared.
//!
//! Hours in which a unit is shut on purpose are no such stretch, unless nothing is entered in the whole window.

use super::context::Context;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::sweep::Sweep;
use super::{Code, Finding, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::Cov4,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Normal staffing not entered",
    why: "Cover is promised against a normal day. Where no normal staffing is entered, an empty unit would look safe: \
          enter it, or say that the unit is shut then.",
    source: "This program's promise: it says covered only where there is something to compare with",
    example: "
post Majors: A&E middle grade
normal Majors: 1 08:00-09:00
       |08  09  10  |
Majors |KP          |
            ^^^^^^^^ warning: A&E: normal staffing not entered 09:00–11:00 Tue 26-Apr-2016, so cover cannot be checked
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    for span in sweep.not_compared(ctx) {
        let (unit, when) = (ctx.unit_name(sweep.unit), ctx.when(span));
        let message = format!("{unit}: normal staffing not entered {when}, so cover cannot be checked");
        found.tell(Finding::new(Code::Cov4, Severity::Warning, message).at(ctx, sweep.window, sweep.unit).when(span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_post_held_from_home_is_no_normal_staffing() {
        check_rule(
            &RULE,
            "
post Consultant at home: A&E consultant, on call
                     |08  09  |
Consultant at home 1 |HG      |
                      ^^^^^^^^ warning: A&E: normal staffing not entered 08:00–10:00 Tue 26-Apr-2016, so cover cannot be checked
",
        );
    }

    #[test]
    fn shut_hours_are_left_out_but_not_where_nothing_is_entered_at_all() {
        let day = |shut: &str, told: &str| {
            check_rule(
                &RULE,
                &format!(
                    "day 07:00-07:00\npost Majors: A&E SHO\nnormal Majors: 1 08:00-22:00\n{shut}{told}"
                ),
            );
        };
        let told = |times: &str| format!("warning: A&E: normal staffing not entered {times}, so cover cannot be checked\n");
        let morning = told("07:00–08:00 Tue 26-Apr-2016");
        day("", &format!("{morning}{}", told("22:00 Tue 26-Apr-2016 – 07:00 Wed 27-Apr-2016")));
        day("shut A&E: 22:00-08:00\n", "");
        day("shut A&E: 22:00-07:00\n", &morning);
        day("shut A&E: 00:00-08:00\n", &told("22:00–00:00 Tue 26-Apr-2016"));
        day("shut A&E: 21:00-07:59\n", &told("07:59–08:00 Tue 26-Apr-2016"));
        check_rule(
            &RULE,
            &format!("day 08:00-10:00\nshut A&E: 00:00-00:00\n{}", told("08:00–10:00 Tue 26-Apr-2016")),
        );
    }

    #[test]
    fn shut_hours_are_by_the_clock_on_the_wall() {
        // 01:30 comes twice in the night of 29 October, and 22:00 to 08:00 has 11 hours.
        check_rule(
            &RULE,
            "day 29-Oct 07:00-07:00\npost Majors: A&E SHO\nnormal Majors: 1 07:00-22:00\nshut A&E: 22:00-01:30
warning: A&E: normal staffing not entered 01:30–01:00 (second) Sun 30-Oct-2016, so cover cannot be checked
warning: A&E: normal staffing not entered 01:30 (second)–07:00 Sun 30-Oct-2016, so cover cannot be checked",
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
