//! RST-2: on call from home in the night before an assignment.
//!
//! The night is 23:00 to 07:00 by the clock, ending on the civil day on which the assignment begins, whatever the time
//! it begins. An assignment to an on-call post is itself being on call, so it is not asked about.

use super::blame::name;
use super::context::{Context, Judged, PersonIx, WindowIx};
use super::listed::Listed;
use super::pairs::Others;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::DAY;
use super::{Code, Finding, Severity, said};
use crate::model::{DutyKind, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Rst2,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Info,
    severity: "info",
    title: "On call the night before",
    why: "A night on call from home may have been a night of work. It is not counted as work, so ask before the shift begins, and know who could take over.",
    source: "Working Time Regulations 1998 (on call away from work counts once called); rosters of the 2016 walkout in \
             which consultants worked after a night on call",
    example: "
person HG: Grant, Helen; on call Mon 20:00-08:00
post Majors: A&E middle grade
HG on Majors 08:00-17:00
info: HG Grant: on call 20:00 Mon 25-Apr-2016 – 08:00 Tue 26-Apr-2016, the night before Majors 08:00–17:00 Tue 26-Apr-2016 (8 h of it between 23:00 and 07:00)
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let facts = &ctx.people[person];
    let is_on_call = facts.duties.iter().any(|duty| duty.kind == DutyKind::OnCall)
        || facts.assignments.iter().any(|held| ctx.posts[held.post].on_call);
    if is_on_call {
        found.judge_held(ctx, person, |judged, out| find(ctx, person, judged, out));
    }
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let facts = &ctx.people[person];
    let duties = facts.duties.iter().filter(|duty| duty.kind == DutyKind::OnCall).map(|duty| duty.span);
    let posts = facts.assignments.iter().filter(|h| judged.counts(h.status) && ctx.posts[h.post].on_call);
    let all_on_call = Others::new(duties.chain(posts.map(|held| held.span)).map(|span| (span, ())));
    for held in facts.assignments.iter().filter(|held| judged.counts(held.status) && !ctx.posts[held.post].on_call) {
        let unit = ctx.posts[held.post].unit;
        let has_room = |(window, _): (WindowIx, Span)| out.has_room(ctx, Code::Rst2, Severity::Info, window, unit);
        if !ctx.windows_in(held.span).any(has_room) {
            continue;
        }
        let around = Span::new(held.span.from.plus(-3 * DAY), held.span.from.plus(3 * DAY));
        if all_on_call.at(around).next().is_none() {
            continue;
        }
        let Some(night) = night_before(ctx, held.span) else { continue };
        let mut on_call: Vec<Span> = all_on_call.at(night).map(|(span, ())| span).collect();
        on_call.sort_unstable();
        let Some(first) = on_call.first() else { continue };
        let minutes = super::spans::within(&super::spans::union(on_call.clone()), night).map(Span::minutes).sum();
        let message = said::message(format_args!(
            "{}: on call {}, the night before {} {} ({} of it between 23:00 and 07:00)",
            name(ctx, person),
            ctx.when(*first),
            ctx.post_name(held.post),
            ctx.when(held.span),
            words::length(minutes)
        ));
        for (window, _) in ctx.windows_in(held.span) {
            let finding = Finding::new(Code::Rst2, Severity::Info, message.clone());
            let finding = finding.at(ctx, window, ctx.posts[held.post].unit).when(held.span).posts(ctx, [held.post]);
            out.push(finding.people(ctx, [person]).assignments(ctx, [held.at]));
        }
    }
}

/// 23:00 to 07:00, ending on the day that `span` begins.
pub(super) fn night_before(ctx: &Context, span: Span) -> Option<Span> {
    let day = ctx.clock().civil(span.from).local.date();
    let at = |date: chrono::NaiveDate, hour| Some(ctx.clock().instant_or_next(date.and_hms_opt(hour, 0, 0)?));
    Some(Span::new(at(day.pred_opt()?, 23)?, at(day, 7)?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}"));
    }

    #[test]
    fn a_minute_between_23_and_7_is_on_call_the_night_before() {
        says("person KP: on call Mon 18:00-23:00; on call 07:00-08:00\nKP on Majors 08:00-17:00");
        says(
            "person KP: on call Mon 18:00-23:01\nKP on Majors 08:00-17:00
info: KP Family KP: on call 18:00–23:01 Mon 25-Apr-2016, the night before Majors 08:00–17:00 Tue 26-Apr-2016 (1 min of it between 23:00 and 07:00)",
        );
        says(
            "person KP: on call 06:59-08:00\nKP on Majors 13:00-17:00
info: KP Family KP: on call 06:59–08:00 Tue 26-Apr-2016, the night before Majors 13:00–17:00 Tue 26-Apr-2016 (1 min of it between 23:00 and 07:00)",
        );
    }

    #[test]
    fn the_night_is_the_one_before_the_day_the_assignment_begins() {
        says(
            "day 08:00-08:00\nperson KP: on call 24-Apr 20:00-Mon 08:00; on call Wed 20:00-08:00\nKP on Majors 20:00-08:00",
        );
    }

    #[test]
    fn an_on_call_post_is_being_on_call_and_a_night_of_work_is_not() {
        says(
            "post Home: A&E consultant, on call\nKP on Home Mon 20:00-08:00, asked\nKP on Home 20:00-08:00\nKP on Majors 08:00-17:00
info: KP Family KP: on call 20:00 Mon 25-Apr-2016 – 08:00 Tue 26-Apr-2016, the night before Majors 08:00–17:00 Tue 26-Apr-2016 (8 h of it between 23:00 and 07:00)",
        );
        says("person KP: on duty Mon 20:00-08:00; elsewhere Mon 20:00-08:00\nKP on Majors 08:00-17:00");
    }

    #[test]
    fn being_on_call_again_is_not_asked_about() {
        says("post Home: A&E consultant, on call\nperson KP: on call Mon 20:00-08:00\nKP on Home 08:00-17:00");
    }

    #[test]
    fn what_is_outside_all_windows_or_declined_is_not_told() {
        says("person KP: on call Mon 20:00-08:00\nKP on Majors 06:00-08:00\nKP on Majors 17:00-18:00");
        says("person KP: on call Mon 20:00-08:00\nKP on Majors 08:00-17:00, declined");
    }
}
