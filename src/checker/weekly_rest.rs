//! RST-3: neither a day off in seven nor two in fourteen.
//!
//! Any 7 × 24 hours are looked at, to the minute, that share a minute with a spell that has an assignment in a window.
//! Time of which the file says nothing counts as free: the rule speaks only of what is known to be work.

use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::{DAY, WEEK, longest_free, without_weekly_rest};
use super::{Code, Severity};
use crate::model::{Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Rst3,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Warning,
    severity: "warning",
    title: "No weekly rest",
    why: "Nights, clinics and a walkout can join up into weeks without a day off, and nobody sees it on one day's sheet.",
    source: "Working Time Regulations 1998, regulation 11: 24 hours in each 7 days, or 48 hours in each 14 days",
    example: "
person KP: Pereira, Keith; on duty 13-Apr 08:00-17:00; on duty 14-Apr 08:00-17:00; on duty 15-Apr 08:00-17:00; on duty 16-Apr 08:00-17:00; on duty 17-Apr 08:00-17:00; on duty 18-Apr 08:00-17:00
person KP: on duty 19-Apr 08:00-17:00; on duty 20-Apr 08:00-17:00; on duty 21-Apr 08:00-17:00; on duty 22-Apr 08:00-17:00; on duty 23-Apr 08:00-17:00; on duty 24-Apr 08:00-17:00; on duty Mon 08:00-17:00
post Majors: A&E middle grade
KP on Majors 08:00-17:00
warning: KP Pereira: no 24 h free of work in the 7 days 08:01 Tue 19-Apr-2016 – 08:01 Tue 26-Apr-2016 (the longest 15 h, 9 h short), and no 48 h free in the 14 days that end then (the longest 23 h 59 min, 24 h 1 min short)
",
    check: Check::Person(check),
};

/// Fewer days than this hold no 14 × 24 hours without 48 hours free.
const REACH_MINUTES_MIN: i64 = 2 * WEEK - 4 * DAY;

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_once(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    let spells = worker.spells();
    let (Some(first), Some(last)) = (spells.first(), spells.last()) else { return };
    if first.from.minutes_until(last.to) < REACH_MINUTES_MIN {
        return;
    }
    let Some(week) = without_weekly_rest(spells, &worker.work.in_windows(ctx, person)) else { return };
    let Some(spell) = worker.last_in(week) else { return };
    let fortnight = Span::new(week.to.plus(-2 * WEEK), week.to);
    let [of_week, of_fortnight] = [week, fortnight].map(|stretch| longest_free(spells, stretch));
    let longest = |free: i64, wanted: i64| {
        format!("(the longest {}, {} short)", words::length(free), words::length(wanted - free))
    };
    let message = format!(
        "{}: no 24 h free of work in the 7 days {} {}, and no 48 h free in the 14 days that end then {}",
        worker.name(),
        ctx.when(week),
        longest(of_week, DAY),
        longest(of_fortnight, 2 * DAY)
    );
    worker.blame(spell, week, Code::Rst3, Severity::Warning, (&message, &[of_week, of_fortnight]), out);
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    /// Daily work, 08:00 to 17:00, from 13-Apr to 26-Apr without some days, the last of them in the window.
    fn days_without(off: &[u32]) -> String {
        let duties = (13..26).filter(|day| !off.contains(day)).map(|day| format!("; on duty {day}-Apr 08:00-17:00"));
        format!(
            "post Majors: A&E middle grade\nperson KP: Wtr{}\nKP on Majors 08:00-17:00",
            duties.collect::<Vec<_>>().concat()
        )
    }

    #[test]
    fn one_day_off_in_the_last_week_or_two_in_the_fortnight_are_enough() {
        check_rule(&RULE, &days_without(&[22]));
        check_rule(&RULE, &days_without(&[15, 16]));
    }

    #[test]
    fn one_day_off_in_the_week_before_is_not() {
        let told = "warning: KP Family KP: no 24 h free of work in the 7 days 08:01 Tue 19-Apr-2016 – 08:01 Tue 26-Apr-2016 (the longest 15 h, 9 h short), and no 48 h free in the 14 days that end then (the longest 39 h, 9 h short)";
        check_rule(&RULE, &format!("{}\n{told}", days_without(&[15])));
    }

    #[test]
    fn what_is_not_known_is_free() {
        // Work from 16-Apr: before it, and within 14 days of the end, more than two days are not known to be work.
        check_rule(&RULE, &days_without(&[13, 14, 15]));
    }

    #[test]
    fn work_without_an_assignment_in_a_window_gives_none() {
        let words = days_without(&[]).replace("KP on Majors 08:00-17:00", "KP on Majors 17:00-20:00");
        check_rule(&RULE, &words);
    }
}
