//! HND-1: nobody is there around the edge of a window to hand over.
//!
//! It is said only where the unit needs somebody and somebody counts at the edge: an empty unit has a worse finding.
//! On duty are `Resident` and `OnCall`; whoever is elsewhere cannot hand over.

use super::context::{Context, Judged, PersonIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::sweep::Sweep;
use super::{Code, Finding, Severity, said};
use crate::model::{DutyKind, Instant, Span, words};
use std::collections::BTreeSet;

/// Minutes before or after the edge.
const HANDOVER_MINUTES: i64 = 15;

pub(super) const RULE: Rule = Rule {
    code: Code::Hnd1,
    family: Family::Unit,
    reach: Reach::Moment,
    worst: Severity::Info,
    severity: "info",
    title: "No handover",
    why: "When everybody starts on the minute at which everybody else walks out, nobody tells anybody about the \
          patients.",
    source: "General Medical Council, Good medical practice: share all relevant information when handing over care",
    example: "
post Majors: A&E SHO
normal Majors: 1 08:00-10:00
day 08:00-10:00
KP on Majors 07:45-10:00
info: A&E: nobody stays 15 min late for the 10:00 Tue 26-Apr-2016 handover
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    let window = ctx.windows[sweep.window].span;
    let unit = ctx.unit_name(sweep.unit);
    let Some(last) = sweep.steps().checked_sub(1) else { return };
    let first_minutes = Span::new(window.from, window.from.plus(HANDOVER_MINUTES).min(window.to));
    let last_minutes = Span::new(window.to.plus(-HANDOVER_MINUTES).max(window.from), window.to);
    if lacks(ctx, sweep, 0, window.from, window.from.plus(-HANDOVER_MINUTES)) {
        let at = words::moment(ctx.clock(), window.from);
        let message = said::message(format_args!("{unit}: nobody arrives 15 min early for the {at} handover"));
        found.tell(finding(ctx, sweep, message).when(first_minutes));
    }
    if lacks(ctx, sweep, last, window.to.plus(-1), window.to.plus(HANDOVER_MINUTES - 1)) {
        let at = words::moment(ctx.clock(), window.to);
        let message = said::message(format_args!("{unit}: nobody stays 15 min late for the {at} handover"));
        found.tell(finding(ctx, sweep, message).when(last_minutes));
    }
}

fn finding(ctx: &Context, sweep: &Sweep, message: String) -> Finding {
    Finding::new(Code::Hnd1, Severity::Info, message).at(ctx, sweep.window, sweep.unit)
}

/// Whether somebody is needed and counts at the edge, and none of those is around at `beyond`.
fn lacks(ctx: &Context, sweep: &Sweep, step: usize, edge: Instant, beyond: Instant) -> bool {
    let here = sweep.counted(Judged::Agreed).iter();
    let here = here.filter(|counted| counted.span.contains(edge) && !ctx.posts[counted.post].on_call);
    let here: BTreeSet<PersonIx> = here.map(|counted| counted.person).collect();
    sweep.need(step) > 0 && !here.is_empty() && !here.into_iter().any(|person| is_around(ctx, sweep, person, beyond))
}

/// Whether the person is assigned in the unit, agreed, or on duty at that moment.
fn is_around(ctx: &Context, sweep: &Sweep, person: PersonIx, at: Instant) -> bool {
    let facts = &ctx.people[person];
    let assigned = facts.assignments.iter().any(|held| {
        Judged::Agreed.counts(held.status) && ctx.posts[held.post].unit == sweep.unit && held.span.contains(at)
    });
    assigned || facts.duties.iter().any(|duty| duty.kind != DutyKind::Other && duty.span.contains(at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn a_quarter_of_an_hour_is_enough_and_a_minute_less_is_not() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-10:00
day 08:00-10:00
KP on Majors 07:45-09:00
RS on Majors 09:00-10:15
",
        );
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-10:00
day 08:00-10:00
KP on Majors 07:46-09:00
RS on Majors 09:00-10:14
info: A&E: nobody arrives 15 min early for the 08:00 Tue 26-Apr-2016 handover
info: A&E: nobody stays 15 min late for the 10:00 Tue 26-Apr-2016 handover
",
        );
    }

    #[test]
    fn a_duty_counts_and_being_elsewhere_does_not() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-10:00
day 08:00-10:00
person KP: on duty Mon 20:00-08:00; elsewhere 10:00-12:00
KP on Majors 08:00-10:00
info: A&E: nobody stays 15 min late for the 10:00 Tue 26-Apr-2016 handover
",
        );
    }

    #[test]
    fn an_empty_unit_and_one_that_needs_nobody_have_nothing_to_hand_over() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:30-09:30
day 08:00-10:00
KP on Majors 08:00-10:00
",
        );
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
normal Majors: 1 08:00-10:00
day 08:00-10:00
KP on Majors 08:00-10:00, asked
",
        );
    }
}
