//! HRS-2: more than 72 hours of work in some 168 consecutive hours.
//!
//! Any 168 hours are looked at, to the minute, not calendar days, that share a minute with a spell that has an
//! assignment in a window; the earliest with the most work are named, once for each person.

use super::Code;
use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::Severity;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::{HOUR, WEEK, most_work};
use crate::model::{Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Hrs2,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Error,
    severity: "error for trainees if agreed, else warning",
    title: "Too many hours in 7 days",
    why: "Cover is added on top of a normal week; the sum is seen on no single day.",
    source: "Junior doctors' contract 2016 and 2019, schedule 3, paragraph 8: at most 72 hours in any 168 consecutive \
             hours. The New Deal and the Working Time Regulations 1998 allow less on average (56 and 48 hours a week)",
    example: "
person KP: Pereira, Keith; on duty 19-Apr 20:00-08:30; on duty 20-Apr 20:00-08:30; on duty 21-Apr 20:00-08:30; on duty 22-Apr 20:00-08:30; on duty 24-Apr 08:00-20:30; on duty Mon 08:00-12:00
post Majors: A&E middle grade
KP on Majors 08:00-17:00
warning: KP Pereira: 75 h 30 min worked in 7 days to 17:00 Tue 26-Apr-2016 (limit 72 h, 3 h 30 min over)
",
    check: Check::Person(check),
};

/// The most work in 168 hours that is not too much.
pub const MINUTES_MAX: i64 = 72 * HOUR;

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_once(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    let spells = worker.spells();
    if spells.iter().map(|spell| spell.minutes()).sum::<i64>() <= MINUTES_MAX {
        return;
    }
    let most = most_work(spells, WEEK, &worker.work.in_windows(ctx, person));
    let Some((stretch, minutes)) = most.filter(|(_, minutes)| *minutes > MINUTES_MAX) else { return };
    let Some(spell) = worker.last_in(stretch) else { return };
    let message = message(&worker, stretch, minutes);
    worker.blame(spell, stretch, Code::Hrs2, worker.severity(), (&message, &[minutes]), out);
}

fn message(worker: &Worker, stretch: Span, minutes: i64) -> String {
    format!(
        "{}: {} worked in 7 days to {} (limit 72 h, {} over)",
        worker.name(),
        words::length(minutes),
        words::moment(worker.ctx.clock(), stretch.to),
        words::length(minutes - MINUTES_MAX)
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    /// Six spells of 12 h in the week that ends with the window at 17:00, and some minutes more.
    fn says(rules: &str, from: &str, status: &str, told: &str) {
        let duties = (20..25).map(|day| format!("; on duty {day}-Apr 07:00-19:00")).collect::<Vec<_>>().concat();
        let words = format!("person KP: {rules}{duties}\nKP on Majors {from}-17:00{status}");
        check_rule(&RULE, &format!("post Majors: A&E middle grade\nday 05:00-17:00\n{words}\n{told}"));
    }

    #[test]
    fn seventy_two_hours_are_not_too_many_and_a_minute_more_is() {
        let told = "KP Family KP: 72 h 1 min worked in 7 days to 17:00 Tue 26-Apr-2016 (limit 72 h, 1 min over)";
        for (rules, severity, would) in [
            ("Wtr", "warning", ""),
            ("Compensatory", "warning", ""),
            ("Trainee2016", "error", "; becomes an error once agreed"),
            ("Trainee2019", "error", "; becomes an error once agreed"),
            ("NewDeal", "error", "; becomes an error once agreed"),
        ] {
            says(rules, "05:00", "", "");
            says(rules, "04:59", "", &format!("{severity}: {told}"));
            says(rules, "04:59", ", asked", &format!("warning: {told}{would}"));
            says(rules, "04:59", ", declined", "");
        }
    }

    #[test]
    fn what_falls_out_of_168_hours_is_not_counted() {
        let duties = "on duty 19-Apr 07:00-19:00; on duty 20-Apr 07:00-19:00; on duty 21-Apr 07:00-19:00; on duty 22-Apr 07:00-19:00; on duty 23-Apr 07:00-19:00";
        let says = |to: &str, told: &str| {
            let words = format!("post Majors: A&E middle grade\nperson KP: {duties}\nKP on Majors Mon 19:00-{to}");
            check_rule(&RULE, &format!("day 05:00-17:00\n{words}\n{told}"));
        };
        // 60 h and 12 h in the 168 h to 07:00; each minute after that puts one in at the end and takes one out.
        says("07:00", "");
        says("08:00", "");
        // With an hour more before it, 73 h are in the 168 h to 07:00.
        let early = format!(
            "post Majors: A&E middle grade\nperson KP: {duties}; on duty 24-Apr 20:00-21:00\nKP on Majors Mon 19:00-08:00"
        );
        check_rule(
            &RULE,
            &format!(
                "day 05:00-17:00\n{early}\nwarning: KP Family KP: 73 h worked in 7 days to 07:00 Tue 26-Apr-2016 (limit 72 h, 1 h over)"
            ),
        );
    }

    #[test]
    fn overlapping_work_is_counted_once() {
        let duties = (20..25).map(|day| format!("; on duty {day}-Apr 07:00-19:00")).collect::<Vec<_>>().concat();
        let words = format!("person KP: Wtr{duties}\nsession Clinic: KP; 05:00-12:00\nKP on Majors 05:00-17:00");
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}"));
    }

    #[test]
    fn a_busier_week_without_cover_hides_nothing() {
        // 84 h of duties a fortnight before, and 73 h in the week of the walkout.
        let before = (4..11).map(|day| format!("; on duty {day}-Apr 07:00-19:00")).collect::<Vec<_>>().concat();
        let during = (20..25).map(|day| format!("; on duty {day}-Apr 07:00-19:00")).collect::<Vec<_>>().concat();
        let words = format!("person KP: Trainee2016{before}{during}\nKP on Majors 04:00-17:00");
        let told = "error: KP Family KP: 73 h worked in 7 days to 17:00 Tue 26-Apr-2016 (limit 72 h, 1 h over)";
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}\n{told}"));
    }
}
